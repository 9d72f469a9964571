# SPDX-License-Identifier: Apache-2.0
"""What was typed and the hints that were shown are there again, after a kill too."""

from __future__ import annotations

from pathlib import Path

import pytest
from clock import Clock
from lesson_course import Desk
from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from player.course.interactions import (
    Choice,
    ChoiceInteraction,
    ClozeInteraction,
    FormulaAnswer,
    FormulaInteraction,
    Free,
    FreeTextInteraction,
    Interaction,
    Item,
    MatchInteraction,
    NumberAnswer,
    NumberInteraction,
    OrderInteraction,
    SurveyInteraction,
    TextAnswer,
    TextInteraction,
)
from player.course.manifest import Exam, Quiz
from player.course.quiz import Question
from player.errors import DiskFull
from player.journal.events import Hinted
from player.lesson.answers import Answer
from player.store.database import Database
from player.ui.lesson.answer_fields import LineField
from player.ui.lesson.question_page import QuestionPage
from player.ui.lesson.quiz_view import QuizView

pytestmark = pytest.mark.qt_log_ignore("propagateSizeHints")  # Qt's, of a screen that is none

CITY = TextInteraction("t", (TextAnswer("Dakar"),))
CHOICES = (Choice("a", "Un", 1.0), Choice("b", "Deux", 0.0))
THINGS, PLACES = (Item("x", "X"), Item("y", "Y")), (Item("1", "Un"), Item("2", "Deux"))
FORMS: dict[str, tuple[Interaction, Answer]] = {
    "choice": (ChoiceInteraction("i", CHOICES), "b"),
    "several": (ChoiceInteraction("i", CHOICES, multiple=True), ["a", "b"]),
    "text": (TextInteraction("i", (TextAnswer("Dakar"),)), "Dak"),
    "number": (NumberInteraction("i", (NumberAnswer(1, 2),)), "1,"),
    "formula": (FormulaInteraction("i", (FormulaAnswer("2*a"),), (Free("a"),)), "2*("),
    "cloze": (ClozeInteraction("i", "{{g}}", (TextInteraction("g", CITY.answers),)), ["g Da"]),
    "match": (MatchInteraction("i", THINGS, PLACES), ["x 2"]),
    "order": (OrderInteraction("i", (*THINGS, Item("z", "Z")), ("x", "y", "z")), ["z", "y", "x"]),
    "freetext": (FreeTextInteraction("i"), "Deux\nlignes"),
    "survey": (SurveyInteraction("i", THINGS, PLACES), ["y 1"]),
}


@pytest.fixture
def desk(db: Database, home: Path, learner: str, clock: Clock) -> Desk:
    return Desk(db, home, learner, clock)


def quiz(desk: Desk, *questions: Question) -> Quiz:
    return Quiz(id="q", title="Quiz", blob=desk.quiz(*questions), questions=len(questions))


def opened(qtbot: QtBot, desk: Desk, activity: Quiz) -> tuple[QuizView, QuestionPage]:
    """The view as after a start; whatever was open before is not told of it."""
    view = QuizView(desk.context(activity), activity)
    qtbot.addWidget(view)
    view.resize(760, 640)
    view.show()
    assert isinstance(view.page, QuestionPage)
    return view, view.page


def drafts(desk: Desk) -> int:
    return int(desk.db.execute("SELECT count(*) FROM drafts").fetchone()[0])


@pytest.mark.parametrize("kind", FORMS)
def test_what_was_typed_is_there_after_a_kill(qtbot: QtBot, desk: Desk, kind: str) -> None:
    interaction, answer = FORMS[kind]
    activity = quiz(desk, Question("one", "", "", (interaction,)))
    _, page = opened(qtbot, desk, activity)
    page.card.show_given({"i": answer})
    page.card.fields[0].edited.emit()
    typed = page.card.given
    qtbot.waitUntil(lambda: drafts(desk) == 1)
    _, after = opened(qtbot, desk, activity)
    assert after.card.given == typed
    assert sorted(typed["i"]) == sorted(answer)  # choices come in the attempt's order
    assert after.submit.isEnabled()
    assert "answered" not in desk.kinds()


def test_it_opens_where_something_was_typed(qtbot: QtBot, desk: Desk) -> None:
    one, two = (Question(id_, "", "", (CITY,)) for id_ in ("one", "two"))
    activity = quiz(desk, one, two)
    view, page = opened(qtbot, desk, activity)
    page.open(1)
    field = page.card.fields[0]
    assert isinstance(field, LineField)
    qtbot.keyClicks(field.line, "Dak")
    view.close_lesson()
    _, after = opened(qtbot, desk, activity)
    assert (after.card.question.id, after.card.given) == ("two", {"t": "Dak"})
    after.answer()
    assert drafts(desk) == 0


def test_going_to_another_question_loses_nothing(qtbot: QtBot, desk: Desk) -> None:
    one, two = (Question(id_, "", "", (CITY,)) for id_ in ("one", "two"))
    _, page = opened(qtbot, desk, quiz(desk, one, two))
    field = page.card.fields[0]
    assert isinstance(field, LineField)
    qtbot.keyClicks(field.line, "Thi")
    page.go_to(1)
    page.go_to(0)
    assert page.card.given == {"t": "Thi"}


def test_a_second_try_is_gone_on_with(qtbot: QtBot, desk: Desk) -> None:
    activity = quiz(desk, Question("one", "", "", (CITY,)))
    _, page = opened(qtbot, desk, activity)
    page.card.show_given({"t": "Thiès"})
    page.answer()
    page.retry()
    page.card.show_given({"t": "Dak"})
    page.card.edited.emit()
    page.keep()
    _, after = opened(qtbot, desk, activity)
    assert after.card.given == {"t": "Dak"}
    assert after.answerable
    assert after.card.outcome is None


def test_in_an_exam_too(qtbot: QtBot, desk: Desk) -> None:
    blob = desk.quiz(Question("one", "", "", (CITY,)))
    activity = Exam(id="x", title="Examen", blob=blob, questions=1)
    view = QuizView(desk.context(activity), activity)
    qtbot.addWidget(view)
    view.begin()
    assert isinstance(view.page, QuestionPage)
    view.page.card.show_given({"t": "Dak"})
    view.page.card.edited.emit()
    qtbot.waitUntil(lambda: drafts(desk) == 1)
    _, after = opened(qtbot, desk, activity)
    assert after.card.given == {"t": "Dak"}
    after.keep()
    assert drafts(desk) == 0
    assert desk.kinds().count("answered") == 1


def test_a_full_disk_is_said_and_the_form_stays(
    qtbot: QtBot, desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(*_: object) -> None:
        raise DiskFull(place="/", needed="1 MB", free="0 MB")

    _, page = opened(qtbot, desk, quiz(desk, Question("one", "", "", (CITY,))))
    monkeypatch.setattr("player.lesson.drafts.keep", full)
    page.card.show_given({"t": "Dak"})
    page.card.edited.emit()
    page.keep()
    assert isinstance(desk.said[0], DiskFull)
    assert page.card.given == {"t": "Dak"}


def test_hints_are_recorded_and_there_again(qtbot: QtBot, desk: Desk) -> None:
    question = Question("one", "", "", (CITY,), hints=("Au bord", "de la mer"))
    activity = quiz(desk, question)
    view, page = opened(qtbot, desk, activity)
    assert page.card.hints is not None
    page.card.hints.more.setFocus()
    qtbot.keyClick(page.card.hints.more, Qt.Key.Key_Space)
    (act,) = desk.acts("hinted")
    assert isinstance(act, Hinted)
    assert (act.question, act.number) == ("one", 1)
    assert act.name == "Quiz"
    _, after = opened(qtbot, desk, activity)
    assert after.card.hints is not None
    assert after.card.hints.shown == 1
    after.card.hints.more.click()
    assert after.card.hints.shown == 2
    assert after.card.hints.more.isHidden()
    view.page.card.hints.more.click()  # type: ignore[attr-defined]  # an older window
    assert [act.number for act in desk.acts("hinted") if isinstance(act, Hinted)] == [1, 2, 2]


def test_a_hint_that_could_not_be_written_is_not_shown(
    qtbot: QtBot, desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(*_: object) -> None:
        raise DiskFull(place="/", needed="1 MB", free="0 MB")

    question = Question("one", "", "", (CITY,), hints=("Au bord",))
    _, page = opened(qtbot, desk, quiz(desk, question))
    monkeypatch.setattr("player.lesson.attempt.record", full)
    assert page.card.hints is not None
    page.card.hints.more.click()
    assert page.card.hints.shown == 0
    assert isinstance(desk.said[0], DiskFull)
