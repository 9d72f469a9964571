# SPDX-License-Identifier: Apache-2.0
"""The window of a timed exam: its clock, its end, what is doubted, and its faults."""

from __future__ import annotations

import dataclasses
from datetime import datetime
from pathlib import Path
from unittest.mock import patch

import pytest
from clock import Clock
from lesson_course import Desk
from msgspec.structs import replace
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLabel
from pytestqt.qtbot import QtBot

from player.course.interactions import Choice, ChoiceInteraction, TextAnswer, TextInteraction
from player.course.manifest import Exam, Quiz
from player.course.quiz import Question
from player.errors import DiskFull, TimeIsUp
from player.journal.events import Answered, Finished, Remark, Ticked
from player.lesson import record
from player.lesson.attempt import Attempt
from player.store.database import Database
from player.ui.lesson.exam_bar import ExamBar
from player.ui.lesson.exam_words import said
from player.ui.lesson.intro_page import Intro
from player.ui.lesson.question_page import QuestionPage
from player.ui.lesson.quiz_pages import HandIn, Result
from player.ui.lesson.quiz_view import QuizView

pytestmark = pytest.mark.qt_log_ignore("propagateSizeHints")  # Qt's, of a screen that is none

ROLE = Question(
    id="role",
    title="Rôle",
    body="<p>Qui décide ?</p>",
    interactions=(
        ChoiceInteraction(
            "r", (Choice("a", "L'équipe", 1.0), Choice("b", "Personne")), shuffle=False
        ),
    ),
)
TOWN = Question(
    id="town",
    title="Ville",
    body="<p>La capitale ?</p>",
    interactions=(TextInteraction("t", (TextAnswer("Dakar"),)),),
)


@pytest.fixture
def desk(db: Database, home: Path, learner: str, clock: Clock) -> Desk:
    return Desk(db, home, learner, clock)


def exam(desk: Desk, **more: object) -> Exam:
    made = {"id": "e", "title": "Examen", "blob": desk.quiz(ROLE, TOWN), "questions": 2}
    return Exam(**{**made, "limit": 1800.0, **more})  # type: ignore[arg-type]


def shown(qtbot: QtBot, desk: Desk, activity: Quiz) -> QuizView:
    view = QuizView(desk.context(activity), activity)
    qtbot.addWidget(view, before_close_func=QuizView.close_lesson)
    view.resize(760, 640)
    view.show()
    view.activateWindow()
    return view


def begun(qtbot: QtBot, desk: Desk, activity: Quiz) -> QuizView:
    view = shown(qtbot, desk, activity)
    assert isinstance(view.page, Intro)
    view.page.start.click()
    assert isinstance(view.page, QuestionPage)
    return view


def bar(view: QuizView) -> ExamBar:
    assert view.bar is not None
    return view.bar


def page(view: QuizView) -> QuestionPage:
    assert isinstance(view.page, QuestionPage)
    return view.page


def words(widget: object) -> str:
    assert isinstance(widget, QuizView | Result | Intro | HandIn)
    return "\n".join(one.text() for one in widget.findChildren(QLabel) if one.isVisibleTo(widget))


def test_its_time_runs_and_at_its_end_the_result_is_shown(
    qtbot: QtBot, desk: Desk, clock: Clock
) -> None:
    view = begun(qtbot, desk, exam(desk))
    assert "30" in bar(view).words.text()
    page(view).card.fields[0].entry.setFocus()
    qtbot.keyClick(page(view), Qt.Key.Key_1)
    for _ in range(90):
        clock.forward(seconds=20)
        bar(view).look()
    qtbot.waitUntil(lambda: isinstance(view.page, Result))
    (result,) = desk.acts("finished")
    assert isinstance(result, Finished)
    assert (result.points, result.ended, result.record) == (1, "time", ())
    assert len([one for one in desk.acts() if isinstance(one, Ticked)]) == 90
    assert view.bar is None
    assert "The time was up" in words(view.page)


def test_what_a_later_version_asks_is_not_shown_with_an_earlier_result(
    qtbot: QtBot, desk: Desk
) -> None:
    view = begun(qtbot, desk, exam(desk))
    page(view).card.fields[0].show_given("a")
    page(view).keep()
    view._finish()
    assert "La capitale" in words(view)
    later = exam(desk, blob=desk.quiz(ROLE, TOWN, replace(TOWN, id="river", body="Le fleuve ?")))
    context = desk.context(later)
    context = dataclasses.replace(context, where=dataclasses.replace(context.where, version=2))
    again = QuizView(context, later)
    qtbot.addWidget(again, before_close_func=QuizView.close_lesson)
    assert isinstance(again.page, Result)
    assert "Qui décide" in words(again)
    assert "La capitale" not in words(again)
    assert "Le fleuve" not in words(again)
    again.begin()
    assert isinstance(again.page, QuestionPage)
    assert len(again._attempt.questions) == 3  # type: ignore[union-attr]


def test_asleep_at_the_end_the_result_is_shown_on_waking(
    qtbot: QtBot, desk: Desk, clock: Clock
) -> None:
    view = begun(qtbot, desk, exam(desk))
    qtbot.keyClick(page(view), Qt.Key.Key_1)
    clock.forward(hours=9)
    bar(view).look()
    qtbot.waitUntil(lambda: isinstance(view.page, Result))
    (result,) = desk.acts("finished")
    assert isinstance(result, Finished)
    assert result.ended == "time"
    assert result.seconds == 1800


def test_no_room_at_the_end_is_said_and_nothing_typed_later_counts(
    qtbot: QtBot, desk: Desk, clock: Clock
) -> None:
    view = begun(qtbot, desk, exam(desk))
    page(view).go_to(1)
    qtbot.keyClicks(page(view).card.fields[0].entry, "Dakar")
    page(view).keep()
    clock.forward(minutes=30)
    with patch.object(Attempt, "finish", side_effect=DiskFull(place="x", needed="1", free="0")):
        bar(view).look()
        qtbot.waitUntil(lambda: bool(desk.said))
    assert isinstance(view.page, QuestionPage), "it goes on to be there"
    clock.forward(minutes=30)
    qtbot.keyClicks(page(view).card.fields[0].entry, "!!")
    page(view).keep()
    assert isinstance(desk.said[-1], TimeIsUp)
    answers = [one.given for one in desk.acts("answered") if isinstance(one, Answered)]
    assert answers == [{"t": "Dakar"}]
    bar(view).look()
    qtbot.waitUntil(lambda: isinstance(view.page, Result))
    assert view.bar is None


def test_what_is_doubted_is_marked_by_mouse_and_key_and_there_after_a_restart(
    qtbot: QtBot, desk: Desk
) -> None:
    activity = exam(desk)
    view = begun(qtbot, desk, activity)
    qtbot.keyClick(page(view), Qt.Key.Key_M, Qt.KeyboardModifier.ControlModifier)
    page(view).doubt.click() if not page(view).doubt.isChecked() else None
    assert page(view).doubt.isChecked()
    qtbot.keyClick(page(view), Qt.Key.Key_1)
    page(view).go_to(1)
    assert not page(view).doubt.isChecked()
    again = shown(qtbot, desk, activity)
    page(again).go_to(0)
    assert page(again).doubt.isChecked()
    page(again).hand_in.click()
    assert isinstance(again.page, HandIn)
    said_there = words(again.page)
    assert "1 question(s) not answered" in said_there
    assert "1 question(s) to look at again" in said_there


def test_practice_has_nothing_to_doubt(qtbot: QtBot, desk: Desk) -> None:
    practice = Quiz(id="p", title="Quiz", blob=desk.quiz(ROLE, TOWN), questions=2)
    view = shown(qtbot, desk, practice)
    assert not page(view).doubt.isVisible()
    page(view).doubt.click()
    assert view._attempt is not None
    assert view._attempt.doubtful == frozenset()


@pytest.mark.parametrize(
    "remark",
    [
        Remark(record.CLOCK, -3600, "2026-11-22T09:00:00.250Z"),
        Remark(record.CLOCK, 500_000_000, "2026-11-22T09:00:00.250Z"),
        Remark(record.CLOSED, 61, "2026-11-22T09:00:00.250Z"),
        Remark(record.RESTARTED, 3, "2026-11-22T09:00:00.250Z"),
        Remark(record.LATE, 90, "2026-11-22T09:00:00.250Z"),
        Remark(record.DEVICES),
        Remark(record.CHAIN),
    ],
)
def test_every_remark_has_its_words(qtbot: QtBot, remark: Remark) -> None:
    found = said(remark)
    assert found
    assert "{" not in found
    assert not found.startswith((":", " "))
    assert len(found) < 150, found


def test_a_remark_of_a_later_version_is_passed_over() -> None:
    assert said(Remark("aliens", 3.0)) == ""


@pytest.mark.parametrize(
    ("now", "expected"),
    [
        ("2026-01-05T09:00:00+00:00", ["Answer by", "Have your answers sent by"]),
        ("2026-01-10T09:00:00+00:00", ["The time to answer ended", "Have your answers sent by"]),
        ("2026-03-01T09:00:00+00:00", ["The time to answer ended", "were to be sent by"]),
        ("2004-01-05T09:00:00+00:00", ["Answer by", "Have your answers", "That is wrong"]),
    ],
)
def test_dates_are_said_as_they_stand_and_a_clock_that_cannot_be_right_too(
    qtbot: QtBot, desk: Desk, clock: Clock, now: str, expected: list[str]
) -> None:
    clock.now = datetime.fromisoformat(now)
    dates = {"answer_by": "2026-01-09T17:00:00Z", "connect_by": "2026-02-01T00:00:00Z"}
    view = shown(qtbot, desk, exam(desk, **dates))
    said_there = words(view.page)
    assert all(one in said_there for one in expected), said_there
    assert "a record and no proof" in said_there
