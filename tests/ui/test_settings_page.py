# SPDX-License-Identifier: Apache-2.0
"""Settings: each choice counts at once and on the next day."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from PySide6.QtCore import QPoint, QPointF, Qt
from PySide6.QtGui import QWheelEvent
from PySide6.QtWidgets import (
    QApplication,
    QCheckBox,
    QComboBox,
    QFileDialog,
    QPushButton,
    QSpinBox,
)
from pytestqt.qtbot import QtBot
from shell import COURSE, Publisher, Shell, running, seen, spoken

from player import settings
from player.course.manifest import Page
from player.publish.single import pack_course
from player.ui.lesson.page_view import PageView
from player.ui.reading_fields import ReadingPanel
from player.ui.settings_page import SettingsPage

pytestmark = pytest.mark.qt_log_ignore("propagateSizeHints")  # Qt's, of a screen that is none


@pytest.fixture
def page(shell: Shell) -> SettingsPage:
    shell.learn()
    shell.window._show(shell.window.settings)
    return shell.window.settings


def box(page: SettingsPage, name: str) -> QComboBox:
    return next(one for one in seen(page, QComboBox) if spoken(one) == name)


def stored(shell: Shell) -> settings.Settings:
    return settings.load(shell.shown.services.home)


@pytest.mark.parametrize(
    ("name", "value", "field"),
    [
        ("Download videos as", "480p", "rendition"),
        ("Download videos as", "", "rendition"),
        ("Captions", "fr", "caption_language"),
        ("Videos are played by", "qt", "engine"),
    ],
)
def test_a_choice_is_kept_at_once(
    shell: Shell, page: SettingsPage, name: str, value: str, field: str
) -> None:
    chosen = box(page, name)
    chosen.setCurrentIndex(chosen.findData(value))
    assert getattr(shell.shown.services.settings, field) == value
    assert getattr(stored(shell), field) == value


def test_the_size_of_the_text_and_sending_are_kept_at_once(
    shell: Shell, page: SettingsPage
) -> None:
    seen(page, QSpinBox)[0].setValue(150)
    switch = next(o for o in seen(page, QCheckBox) if o.text() == "Send my work by itself")
    assert switch.isChecked()
    switch.click()
    assert (stored(shell).text_size, stored(shell).send_by_itself) == (150, False)


def test_choices_survive_a_restart(qtbot: QtBot, tmp_path: Path, publisher: Publisher) -> None:
    home = tmp_path / "home"
    with running(qtbot, home, publisher) as shell:
        shell.learn()
        shell.window._show(shell.window.settings)
        chosen = box(shell.window.settings, "Download videos as")
        chosen.setCurrentIndex(chosen.findData("audio"))
        seen(shell.window.settings, QSpinBox)[0].setValue(125)
    with running(qtbot, home, publisher) as shell:
        shell.idle()
        shell.window._show(shell.window.settings)
        assert box(shell.window.settings, "Download videos as").currentData() == "audio"
        assert seen(shell.window.settings, QSpinBox)[0].value() == 125


def test_what_was_chosen_elsewhere_is_shown(shell: Shell, page: SettingsPage) -> None:
    shell.shown.services.change(rendition="360p", send_by_itself=False)
    page.show_now()
    assert box(page, "Download videos as").currentText() == "360p"
    assert stored(shell).rendition == "360p"  # showing it changes nothing
    switch = next(o for o in seen(page, QCheckBox) if o.text() == "Send my work by itself")
    assert not switch.isChecked()


def test_an_address_can_be_added_and_forgotten_and_its_courses_stay(
    shell: Shell, page: SettingsPage, qtbot: QtBot
) -> None:
    shell.take(COURSE, "")
    shell.window._show(page)
    address = shell.shown.services.repositories()[0].url
    assert any(text.startswith("Last looked at") for text in shell.texts(page))
    next(one for one in seen(page, QPushButton) if "Forget" in spoken(one)).click()
    shell.idle()
    assert shell.shown.services.repositories() == []
    assert [one.id for one in shell.shown.services.library()] == [COURSE]
    field = page._address
    qtbot.keyClicks(field, "no place at all")
    qtbot.keyClick(field, Qt.Key.Key_Return)
    assert shell.window.messages.kind == "bad"
    assert field.text() == "no place at all"  # to be mended
    field.setText(address)
    qtbot.keyClick(field, Qt.Key.Key_Return)
    shell.idle()
    assert field.text() == ""
    assert [one.url for one in shell.shown.services.repositories()] == [address]
    assert shell.window.messages.text == "1 course on offer."


def test_a_folder_can_be_chosen(
    shell: Shell, page: SettingsPage, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(QFileDialog, "getExistingDirectory", lambda *_a, **_k: str(tmp_path))
    shell.press("A folder or stick…", page)
    shell.idle()
    assert len(shell.shown.services.repositories()) == 2
    assert shell.window.messages.kind == "bad"  # there is no repository in it, and that is said
    assert any("There is no course repository" in text for text in shell.texts(page))
    monkeypatch.setattr(QFileDialog, "getExistingDirectory", lambda *_a, **_k: "")
    shell.press("A folder or stick…", page)
    assert len(shell.shown.services.repositories()) == 2


def test_a_course_file_can_be_chosen(
    shell: Shell, page: SettingsPage, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    file = tmp_path / "one.course"
    pack_course(shell.publisher.folder, COURSE, file)
    monkeypatch.setattr(QFileDialog, "getOpenFileName", lambda *_a, **_k: (str(file), ""))
    shell.press("A course file…", page)
    shell.idle()
    assert shell.window.messages.text == "1 course on offer."
    assert file.as_uri() + "/" in [one.url for one in shell.shown.services.repositories()]


@pytest.mark.parametrize(
    "text", ["{", "[]", json.dumps({"format": "cartable/9", "kind": "platform"}), None]
)
def test_a_platform_file_that_is_none_changes_nothing(
    shell: Shell,
    page: SettingsPage,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    text: str | None,
) -> None:
    file = tmp_path / "platform.json"
    if text is not None:  # else it cannot be read at all
        file.write_text(text, encoding="utf-8")
    monkeypatch.setattr(QFileDialog, "getOpenFileName", lambda *_a, **_k: (str(file), ""))
    shell.press("Choose a platform file…", page)
    assert shell.window.messages.kind == "bad"
    assert shell.shown.services.platform is None
    assert "None yet: your work stays on this computer." in shell.texts(page)


def test_a_platform_is_joined_and_shown(
    shell: Shell, page: SettingsPage, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    file = platform_file(tmp_path, shell.publisher)
    monkeypatch.setattr(QFileDialog, "getOpenFileName", lambda *_a, **_k: (str(file), ""))
    shell.press("Choose a platform file…", page)
    shell.idle()
    assert any(text.startswith("Campus du Sahel") for text in shell.texts(page))


def test_a_damaged_platform_file_in_the_home_is_said_and_stops_nothing(shell: Shell) -> None:
    (shell.shown.services.home / "platform.json").write_text("{", encoding="utf-8")
    shell.shown.renew()
    shell.learn()
    shell.window._show(shell.window.settings)
    assert any("cannot be read" in text for text in shell.texts(shell.window.settings))


def test_unsigned_courses_are_looked_for_as_soon_as_they_are_allowed(
    shell: Shell, publisher: Publisher
) -> None:
    services = shell.shown.services
    (publisher.folder / "catalogue.json.minisig").unlink()
    services.introduce("Awa")
    services.add_repository(str(publisher.folder))
    shell.window.begin()
    shell.idle()
    assert "not signed" in shell.window.messages.text
    shell.press("Settings", shell.window.messages)
    assert shell.window.page == "settings"
    shell.press_switch("Also open courses that nobody signed")
    shell.idle()
    assert [one.id for one in services.library()] == [COURSE]


def test_a_key_is_trusted_from_the_message_and_no_longer_from_the_settings(
    shell: Shell, publisher: Publisher
) -> None:
    services = shell.shown.services
    services.introduce("Awa")
    services.add_repository(str(publisher.folder))
    shell.window.begin()
    shell.idle()
    assert services.library() == []
    assert "someone this computer does not know" in shell.window.messages.text
    shell.press("Trust this key")
    shell.idle()
    assert [one.id for one in services.library()] == [COURSE]
    shell.window._show(shell.window.settings)
    buttons = seen(shell.window.settings, QPushButton)
    next(one for one in buttons if "Trust it no longer" in spoken(one)).click()
    shell.idle()
    assert services.settings.allowed_keys == ()
    assert "someone this computer does not know" in shell.window.messages.text


def test_without_the_key_itself_there_is_only_the_sentence(
    shell: Shell, publisher: Publisher
) -> None:
    for key in (publisher.folder / "keys").iterdir():
        key.unlink()
    shell.shown.services.introduce("Awa")
    shell.shown.services.add_repository(str(publisher.folder))
    shell.window.begin()
    shell.idle()
    assert "someone this computer does not know" in shell.window.messages.text
    assert shell.window.messages._action.isHidden()


def test_the_wheel_scrolls_past_a_choice_without_changing_it(
    shell: Shell, page: SettingsPage
) -> None:
    chosen = box(page, "Download videos as")
    page.setFocus()
    before = chosen.currentIndex()
    place = QPointF(chosen.rect().center())
    wheel = QWheelEvent(
        place, QPointF(chosen.mapToGlobal(place)), QPoint(), QPoint(0, -120),
        Qt.MouseButton.NoButton, Qt.KeyboardModifier.NoModifier,
        Qt.ScrollPhase.NoScrollPhase, False,
    )  # fmt: skip
    QApplication.sendEvent(chosen, wheel)
    assert chosen.currentIndex() == before


def platform_file(folder: Path, publisher: Publisher) -> Path:
    file = folder / "campus.json"
    facts = {
        "format": "cartable/1",
        "kind": "platform",
        "name": "Campus du Sahel",
        "home": "https://campus.invalid/",
        "repositories": [publisher.folder.as_uri() + "/"],
        "keys": [publisher.public],
    }
    file.write_text(json.dumps(facts), encoding="utf-8")
    return file


def test_the_look_of_text_is_kept_and_shown_at_once(shell: Shell, page: SettingsPage) -> None:
    sample = page.reading.sample
    assert sample is not None
    high = sample.height()
    letters = box(page, "Letters")
    letters.setCurrentIndex(letters.findData("dyslexic"))
    number = next(o for o in seen(page, QSpinBox) if spoken(o) == "From line to line")
    number.setValue(200)
    assert (stored(shell).text_font, stored(shell).line_spacing) == ("dyslexic", 200)
    assert sample.document().defaultFont().families()[0] == "OpenDyslexic"
    assert sample.height() > high


@pytest.mark.qt_log_ignore("grabbing", "raise")  # a small window, on a screen that is none
def test_letters_are_chosen_beside_a_page_and_it_follows(shell: Shell) -> None:
    shell.learn()
    shell.take(COURSE, "")
    page = next(o for o in shell.shown.services.course(COURSE).activities() if isinstance(o, Page))
    shell.window.open_activity(COURSE, page.id)
    view = shell.window.lesson.view
    assert isinstance(view, PageView)
    before = view.document().defaultFont().pointSizeF()
    shell.press("How text looks")
    panel = next(o for o in QApplication.topLevelWidgets() if isinstance(o, ReadingPanel))
    assert panel.isVisible()
    assert panel.fields.first.hasFocus() or not panel.isActiveWindow()
    panel.fields._numbers["text_size"].setValue(200)
    assert view.document().defaultFont().pointSizeF() == pytest.approx(2 * before)
    assert stored(shell).text_size == 200
    shell.qtbot.keyClick(panel.fields.first, Qt.Key.Key_Escape)
    assert not panel.isVisible()
    shell.qtbot.keyClick(view, Qt.Key.Key_Minus, Qt.KeyboardModifier.ControlModifier)
    assert stored(shell).text_size == 175
    assert view.document().defaultFont().pointSizeF() == pytest.approx(1.75 * before)
