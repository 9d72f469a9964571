# SPDX-License-Identifier: Apache-2.0
"""The journey of an exam by keyboard alone, in the real window, from its rules to its result."""

from __future__ import annotations

from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QAbstractButton, QApplication, QPushButton, QWidget
from pytestqt.qtbot import QtBot
from shell import COURSE, Publisher, Shell, running
from small_course import COURSE as OUTLINE

from player.journal.events import Answered, Finished
from player.journal.journal import events
from player.ui.lesson.intro_page import Intro
from player.ui.lesson.question_page import QuestionPage
from player.ui.lesson.quiz_pages import HandIn, Result
from player.ui.lesson.quiz_view import QuizView

pytestmark = pytest.mark.qt_log_ignore("propagateSizeHints")  # Qt's, of a screen that is none

TIMED = OUTLINE.replace("attempts = 2", 'attempts = 1, limit = 30, code = "Baobab 2026"')


class Keys:
    """Ten fingers, and no mouse."""

    def __init__(self, shell: Shell) -> None:
        self._shell = shell

    @property
    def at(self) -> QWidget:
        """What has the keyboard."""
        QApplication.processEvents()
        found = self._shell.window.focusWidget()
        assert found is not None
        assert found.isVisible(), "the keyboard is somewhere that nobody sees"
        return found

    def press(self, key: Qt.Key, ctrl: bool = False) -> None:
        held = Qt.KeyboardModifier.ControlModifier if ctrl else Qt.KeyboardModifier.NoModifier
        self._shell.qtbot.keyClick(self.at, key, held)
        QApplication.processEvents()

    def type(self, text: str) -> None:
        self._shell.qtbot.keyClicks(self.at, text)
        QApplication.processEvents()

    def all_the_way_round(self) -> set[str]:
        """The words of every button that Tab comes to."""
        found = set()
        for _ in range(40):
            self.press(Qt.Key.Key_Tab)
            if isinstance(at := self.at, QAbstractButton):
                found.add(at.text())
        return found

    def tab_to(self, words: str) -> None:
        """Go on with Tab until a button with these words has the keyboard."""
        for _ in range(60):
            at = self.at
            if isinstance(at, QPushButton) and words in (at.text(), at.accessibleName()):
                return
            self.press(Qt.Key.Key_Tab)
        raise AssertionError(f"Tab never comes to {words!r}")


def view_of(shell: Shell) -> QuizView:
    found = shell.window.lesson.view
    assert isinstance(found, QuizView)
    return found


def test_an_exam_by_keyboard_alone(qtbot: QtBot, tmp_path: Path, publisher: Publisher) -> None:
    publisher.publish({"course.toml": TIMED})
    with running(qtbot, tmp_path / "home", publisher) as shell:
        shell.learn()
        shell.take(COURSE, "240p")
        course = shell.shown.services.course(COURSE)
        exam = next(one.id for one in course.activities() if one.title == "Examen")
        shell.window.open_activity(COURSE, exam)
        view, keys = view_of(shell), Keys(shell)

        assert isinstance(view.page, Intro)
        keys.type("acacia")
        keys.press(Qt.Key.Key_Return)
        assert isinstance(view.page, Intro), "another code does not open it"
        qtbot.waitUntil(view.page.start.isEnabled)
        keys.press(Qt.Key.Key_A, ctrl=True)
        keys.type("baobab 2026")
        keys.press(Qt.Key.Key_Return)

        assert isinstance(view.page, QuestionPage)
        assert view.bar is not None
        assert view.bar.isVisible()
        keys.press(Qt.Key.Key_M, ctrl=True)
        keys.press(Qt.Key.Key_Return)  # on, without an answer
        page = view.page
        keys.type("15" if "semaines" in page.card.question.body else "1")
        keys.press(Qt.Key.Key_Return)

        assert isinstance(view.page, HandIn)
        assert {"Answer it", "Go back", "Hand in"} <= keys.all_the_way_round()
        keys.tab_to("Answer it")
        keys.press(Qt.Key.Key_Return)
        page = view.page
        assert isinstance(page, QuestionPage)
        assert page.doubt.isChecked()
        assert {"Look at it again", "Next question", "Hand in…"} <= keys.all_the_way_round()
        page.card.fields[0].entry.setFocus()
        keys.type("1" if "décide" in page.card.question.body else "14")
        keys.press(Qt.Key.Key_M, ctrl=True)
        assert not page.doubt.isChecked()
        keys.tab_to("Hand in…")
        keys.press(Qt.Key.Key_Space)

        assert isinstance(view.page, HandIn)
        keys.tab_to("Hand in")
        keys.press(Qt.Key.Key_Space)
        assert isinstance(view.page, Result)
        assert {"Look at it", "Continue"} <= keys.all_the_way_round()
        assert view.bar is None
        acts = [one.act for one in events(shell.shown.services.db)]
        (result,) = (one for one in acts if isinstance(one, Finished))
        assert result.ended == ""
        assert len([one for one in acts if isinstance(one, Answered)]) == 2
        assert keys.at.isEnabled(), "the keyboard has a place on the last page too"
