# SPDX-License-Identifier: Apache-2.0
"""Every page, and the next activity, within two keys from anywhere; and the sheet that says so."""

from __future__ import annotations

from functools import cached_property

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLabel
from pytestqt.qtbot import QtBot
from shell import COURSE, Shell, seen

from player.course import manifest
from player.ui.main_window import MainWindow
from player.ui.parts import Page

pytestmark = pytest.mark.qt_log_ignore("propagateSizeHints")  # Qt's, of a screen that is none

INSIDE = {"course": "Alt+Home", "attestation": "Alt+End", "lesson": "Alt+Right"}


@pytest.fixture
def learning(shell: Shell) -> Shell:
    """Somebody in the middle of a course."""
    shell.learn()
    shell.take(COURSE, "240p")
    shell.done(COURSE, 2)
    return shell


def press(shell: Shell, keys: str) -> None:
    """Press keys where the keyboard is; the off-screen platform activates no window by itself."""
    shell.window.activateWindow()
    shell.qtbot.waitUntil(shell.window.isActiveWindow)
    found = QKeySequence(keys)[0]
    QTest.keyClick(shell.window, found.key(), found.keyboardModifiers())
    QApplication.processEvents()


def stand(shell: Shell, page: str) -> None:
    """Be on a page, the keyboard in it."""
    if page == "lesson":
        first = next(shell.shown.services.course(COURSE).activities())
        shell.window.open_activity(COURSE, first.id)
    elif page == "attestation":
        shell.window.open_attestation(COURSE)
    else:
        shell.window.show_page(page)


def test_every_page_and_the_next_activity_are_within_two_keys(learning: Shell) -> None:
    shell, window = learning, learning.window
    ways = {page: keys for keys, (page, _) in window.side.keys.items()} | INSIDE
    later = {name for name, one in vars(MainWindow).items() if isinstance(one, cached_property)}
    made = [getattr(window, name) for name in later]  # pages that wait to be asked for
    assert sum(isinstance(one, Page) for one in made) >= 4
    everywhere = {name for name in window._pages if name != "first_start"}
    assert everywhere == set(ways), "a page without a key"
    names = [one.id for one in shell.shown.services.course(COURSE).activities()]
    for start in ("library", "course", "lesson", "settings", "attestation"):
        for page, keys in ways.items():
            stand(shell, start)
            press(shell, keys)
            assert window.page == page, f"{keys} from {start}"
            if page == "lesson":
                assert window.lesson.activity == names[2], f"from {start}"


def test_no_two_keys_of_the_window_are_the_same(learning: Shell) -> None:
    own = [
        one for one in learning.window.findChildren(QShortcut) if one.parent() is learning.window
    ]
    keys = [one.key().toString() for one in own]
    assert len(keys) == len(set(keys)) >= len(learning.window.side.keys) + len(INSIDE)


def test_the_next_step_leads_through_and_costs_nothing(learning: Shell) -> None:
    shell, window = learning, learning.window
    names = [one.id for one in shell.shown.services.course(COURSE).activities()]
    press(shell, "Alt+Right")
    assert window.lesson.activity == names[2]
    press(shell, "Alt+Right")  # left behind, though it is not done
    assert window.lesson.activity == names[3]
    shell.done(COURSE, len(names))
    press(shell, "Alt+Right")
    assert window.page == "course"  # nothing is left: it says so
    assert window.course.next.step is not None
    assert window.course.next.step.activity is None


def test_what_is_not_here_is_not_fetched_by_a_key(shell: Shell) -> None:
    shell.learn()
    shell.take(COURSE)
    shell.window.show_page("settings")
    press(shell, "Alt+Right")
    assert shell.window.page == "course"
    assert shell.window.focusWidget() is shell.window.course.next.go
    assert shell.shown.services.wishes() == []


def test_without_a_course_the_keys_lead_to_the_library(shell: Shell) -> None:
    shell.learn()
    shell.window.show_page("settings")
    press(shell, "Alt+Home")
    assert shell.window.page == "settings"
    press(shell, "Alt+Right")
    assert shell.window.page == "library"


def test_before_anybody_learns_here_no_key_leads_away(shell: Shell, qtbot: QtBot) -> None:
    for keys in ("Ctrl+1", "Ctrl+7", "Alt+Right", "Alt+End", "F1"):
        press(shell, keys)
        assert shell.window.page == "first_start"
    assert shell.window.keys.sheet is None


@pytest.mark.parametrize("page", ["library", "course", "lesson", "settings"])
def test_a_sheet_lists_the_keys_of_the_window_and_of_the_page(learning: Shell, page: str) -> None:
    shell = learning
    stand(shell, page)
    press(shell, "F1")
    sheet = shell.window.keys.sheet
    assert sheet is not None
    assert sheet.isVisible()
    said = [one.text() for one in seen(sheet, QLabel)]
    assert {"Ctrl+1", "Library", "Alt+Right", "the next step, from anywhere"} <= set(said)
    assert ("On this page" in said) == (page != "settings")
    focused = sheet.focusWidget()
    assert focused is not None
    QTest.keyClick(focused, Qt.Key.Key_Escape)
    QApplication.processEvents()
    assert shell.window.page == page


def test_a_page_has_its_keys_on_the_sheet(learning: Shell) -> None:
    every = learning.shown.services.course(COURSE).activities()
    for kind, words in (
        (manifest.Page, "Find words in it"),
        (manifest.Document, "Go to a page"),
    ):
        found = next((one.id for one in every if type(one) is kind), "")
        learning.window.open_activity(COURSE, found)
        press(learning, "F1")
        sheet = learning.window.keys.sheet
        assert sheet is not None
        said = [one.text() for one in seen(sheet, QLabel)]
        assert {"In this activity", words, "Take a note", "N", "B"} <= set(said)
        sheet.close()


def test_an_activity_with_keys_of_its_own_has_them_on_the_sheet(
    learning: Shell, monkeypatch: pytest.MonkeyPatch
) -> None:
    stand(learning, "lesson")
    view = learning.window.lesson.view
    assert view is not None
    monkeypatch.setattr(view, "key_rows", lambda: [(("K",), "stop and go on")], raising=False)
    press(learning, "F1")
    sheet = learning.window.keys.sheet
    assert sheet is not None
    said = [one.text() for one in seen(sheet, QLabel)]
    assert {"In this activity", "stop and go on"} <= set(said)
    sheet.close()
