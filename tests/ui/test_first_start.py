# SPDX-License-Identifier: Apache-2.0
"""The first start: a name is enough, the keyboard is enough, and nothing typed is lost."""

from __future__ import annotations

from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QComboBox, QFileDialog, QLineEdit
from pytestqt.qtbot import QtBot
from shell import COURSE, Shell, seen
from test_settings_page import platform_file

pytestmark = pytest.mark.qt_log_ignore("propagateSizeHints")  # Qt's, of a screen that is none


def fields(shell: Shell) -> tuple[QLineEdit, QLineEdit]:
    name, address = seen(shell.window.first_start, QLineEdit)
    return name, address


def test_it_comes_first_and_alone(shell: Shell) -> None:
    assert shell.window.page == "first_start"
    assert shell.window.side.isHidden()
    assert not shell.button("Start learning").isEnabled()


def test_the_keyboard_is_enough(shell: Shell, qtbot: QtBot) -> None:
    name, address = fields(shell)
    assert shell.window.focusWidget() is name
    qtbot.keyClicks(name, "Awa Diop")
    qtbot.keyClick(name, Qt.Key.Key_Tab)
    assert shell.window.focusWidget() is address
    qtbot.keyClicks(address, str(shell.publisher.folder))
    qtbot.keyClick(address, Qt.Key.Key_Return)
    shell.idle()
    learner = shell.shown.services.learner
    assert learner is not None
    assert learner.name == "Awa Diop"
    assert shell.window.page == "library"
    assert not shell.window.side.isHidden()
    assert [one.url for one in shell.shown.services.repositories()] == [
        shell.publisher.folder.as_uri() + "/"
    ]
    assert "someone this computer does not know" in shell.window.messages.text


def test_without_a_name_the_enter_key_does_nothing(shell: Shell, qtbot: QtBot) -> None:
    name, address = fields(shell)
    name.setText("   ")
    qtbot.keyClick(address, Qt.Key.Key_Return)
    assert shell.window.page == "first_start"
    assert shell.shown.services.learner is None


def test_where_courses_come_from_can_wait(shell: Shell) -> None:
    fields(shell)[0].setText("Awa")
    shell.press("Start learning")
    assert shell.window.page == "library"
    assert shell.shown.services.repositories() == []


def test_an_address_that_is_none_is_said_and_nobody_is_written_down(shell: Shell) -> None:
    name, address = fields(shell)
    name.setText("Awa")
    address.setText("https://no host")
    shell.press("Start learning")
    assert shell.window.messages.kind == "bad"
    assert shell.window.page == "first_start"
    assert shell.shown.services.learner is None
    assert (name.text(), address.text()) == ("Awa", "https://no host")


def test_a_platform_file_is_enough_to_have_courses(
    shell: Shell, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    file = platform_file(tmp_path, shell.publisher)
    monkeypatch.setattr(QFileDialog, "getOpenFileName", lambda *_a, **_k: (str(file), ""))
    shell.press("A file from my platform…")
    assert "Your platform: Campus du Sahel" in shell.texts()
    assert len(seen(shell.window.first_start, QLineEdit)) == 1  # nothing more to ask
    fields_left = seen(shell.window.first_start, QLineEdit)
    fields_left[0].setText("Awa")
    shell.press("Start learning")
    shell.idle()
    assert [one.id for one in shell.shown.services.library()] == [COURSE]
    assert shell.shown.services.library()[0].trust == "trusted"


def test_a_folder_can_be_chosen(
    shell: Shell, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(QFileDialog, "getExistingDirectory", lambda *_a, **_k: str(tmp_path))
    shell.press("A folder or stick…")
    assert fields(shell)[1].text() == str(tmp_path)


def test_a_course_file_can_be_chosen_and_a_bad_one_is_said(
    shell: Shell, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    file = tmp_path / "week1.course"
    file.write_bytes(b"half of a zip")
    monkeypatch.setattr(QFileDialog, "getOpenFileName", lambda *_a, **_k: (str(file), ""))
    name, address = fields(shell)
    name.setText("Awa")
    shell.press("A course file…")
    assert address.text() == str(file)
    assert shell.window.focusWidget() is address
    shell.press("Start learning")
    shell.idle()
    assert shell.window.page == "library"
    assert "week1.course is damaged or only half copied" in shell.window.messages.text


def test_what_is_dropped_there_waits_for_the_name(shell: Shell, tmp_path: Path) -> None:
    shell.window.add_file(str(tmp_path / "week1.course"))
    assert shell.window.page == "first_start"
    assert fields(shell)[1].text() == str(tmp_path / "week1.course")
    assert shell.shown.services.repositories() == []


def test_another_language_keeps_what_was_typed(shell: Shell) -> None:
    fields(shell)[0].setText("Aïssatou")
    language = seen(shell.window.first_start, QComboBox)[0]
    language.setCurrentIndex(language.findData("fr"))
    QApplication.processEvents()
    assert "Bienvenue dans Cartable" in shell.texts()
    assert fields(shell)[0].text() == "Aïssatou"
