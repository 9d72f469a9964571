# SPDX-License-Identifier: Apache-2.0
"""A question that was found: its activity opens there, where the learner may go to any question."""

from __future__ import annotations

from pathlib import Path

import pytest
from lesson_course import Desk
from PySide6.QtCore import QPoint
from PySide6.QtWidgets import QScrollArea, QWidget
from pytestqt.qtbot import QtBot

from player.course.interactions import (
    Choice,
    ChoiceInteraction,
    FreeTextInteraction,
)
from player.course.manifest import Exam, Quiz, Survey, Work
from player.course.quiz import Pool, Question
from player.journal.journal import Now
from player.lesson.spot import Spot
from player.store.database import Database
from player.ui.lesson.intro_page import Intro
from player.ui.lesson.question_card import QuestionCard
from player.ui.lesson.question_page import QuestionPage
from player.ui.lesson.quiz_pages import HandIn, Result
from player.ui.lesson.quiz_view import QuizView
from player.ui.lesson.survey_pages import PAGE, Asking
from player.ui.lesson.survey_thanks import Thanks
from player.ui.lesson.survey_view import SurveyView
from player.ui.lesson.work_handed import HandedIn
from player.ui.lesson.work_view import WorkView

pytestmark = pytest.mark.qt_log_ignore("propagateSizeHints")  # Qt's, of a screen that is none

CASE = "<p>Une équipe de six personnes ouvre un puits.</p>" * 40


def question(number: int, body: str = "", pool: Pool | None = None) -> Question:
    return Question(
        id=f"q{number}",
        title="",
        body=body or f"<p>Question {number}, laquelle ?</p>",
        interactions=(
            ChoiceInteraction(
                "i", (Choice("a", "Une", 1.0), Choice("b", "Autre")), shuffle=False, scoring="sum"
            ),
        ),
        pool=pool,
    )


ASKED = (
    question(1),
    question(2),
    question(3, f"{CASE}<p>Qui a creusé la <b>margelle</b> ?</p>{CASE}"),
    question(4),
)
SPOT = Spot(words="margelle ?", question=3)


@pytest.fixture
def desk(db: Database, home: Path, learner: str, clock: Now) -> Desk:
    return Desk(db, home, learner, clock)


def quiz(desk: Desk, kind: type[Quiz] = Quiz, *asked: Question, **rules: object) -> Quiz:
    questions = asked or ASKED
    blob = desk.quiz(*questions)
    return kind(id="q", title="Le point", blob=blob, questions=len(questions), **rules)  # type: ignore[arg-type]


def led(
    qtbot: QtBot, desk: Desk, activity: Quiz, spot: Spot = SPOT
) -> QuizView | SurveyView | WorkView:
    """The view of an activity, opened as the lesson page does it for what was found."""
    kinds = {Survey: SurveyView, Work: WorkView}
    view = kinds.get(type(activity), QuizView)(desk.context(activity), activity)  # type: ignore[arg-type]
    qtbot.addWidget(view, before_close_func=lambda one: one.close_lesson())
    view.resize(760, 640)
    with qtbot.waitActive(view):
        view.show()
        view.activateWindow()
    view.setFocus()
    view.show_spot(spot)
    return view


def page(view: QWidget) -> QuestionPage:
    found = getattr(view, "page")  # noqa: B009 - of one of three kinds
    assert isinstance(found, QuestionPage)
    return found


def marked(card: QuestionCard) -> str:
    return card.text.textCursor().selectedText()


def is_in_sight(card: QuestionCard, place: QScrollArea) -> bool:
    """Whether the line that is marked, or the first one, can be seen."""
    line = card.text.viewport().mapTo(place.viewport(), card.text.cursorRect().center())
    return place.viewport().rect().contains(QPoint(5, line.y()))


def test_practice_turns_to_the_question_and_its_words(qtbot: QtBot, desk: Desk) -> None:
    view = led(qtbot, desk, quiz(desk))
    card = page(view).card
    assert card.question.id == "q3"
    assert card.fields[0].entry.hasFocus()
    qtbot.waitUntil(lambda: marked(card) == "margelle ?")
    place = view.findChild(QScrollArea)
    qtbot.waitUntil(lambda: is_in_sight(card, place))


@pytest.mark.parametrize("shuffle", [False, True])
def test_in_whichever_order_they_are_asked(qtbot: QtBot, desk: Desk, shuffle: bool) -> None:
    activity = quiz(desk, shuffle=shuffle)
    for number in (1, 2, 3, 4):
        view = led(qtbot, desk, activity, Spot(question=number))
        assert page(view).card.question.id == f"q{number}"
        view.close_lesson()


def test_what_is_over_shows_the_question_with_its_verdict(qtbot: QtBot, desk: Desk) -> None:
    activity = quiz(desk)
    view = led(qtbot, desk, activity)
    page(view).card.fields[0].show_given("a")
    page(view).answer()
    page(view).ended.emit()
    assert isinstance(view.page, HandIn)
    view.page.confirm.click()
    assert isinstance(view.page, Result)
    again = led(qtbot, desk, activity)
    assert page(again).card.question.id == "q3"
    assert page(again).card.outcome is not None
    assert page(again).on.hasFocus()


def test_an_exam_begins_as_it_always_does_and_is_led_into_once_it_is_over(
    qtbot: QtBot, desk: Desk
) -> None:
    activity = quiz(desk, Exam)
    view = led(qtbot, desk, activity)
    assert isinstance(view, QuizView)
    assert isinstance(view.page, Intro)
    view.begin()
    running = led(qtbot, desk, activity)
    assert page(running).card.question.id == "q1"
    assert not desk.said
    assert isinstance(running, QuizView)
    running._finish()
    over = led(qtbot, desk, activity)
    assert page(over).card.question.id == "q3"
    assert not page(over).answerable


def test_where_attempts_are_counted_nothing_begins_unasked(qtbot: QtBot, desk: Desk) -> None:
    view = led(qtbot, desk, quiz(desk, attempts=2))
    assert isinstance(view.page, Intro)
    assert "begun" not in desk.kinds()


@pytest.mark.parametrize("place", [0, 2, 99])
def test_a_question_that_is_not_asked_leads_to_the_beginning(
    qtbot: QtBot, desk: Desk, place: int
) -> None:
    pool = Pool("p", 1)
    asked = (question(1), question(2, pool=pool), question(3, pool=pool))
    view = led(qtbot, desk, quiz(desk, Quiz, *asked), Spot())
    drawn = {one.id for one in view._attempt.questions}  # type: ignore[union-attr]
    left_out = 2 if "q2" not in drawn else 3
    view.show_spot(Spot(question=left_out if place == 2 else place))
    assert page(view).card.question.id == "q1"


def test_a_questionnaire_turns_to_the_page_and_after_it_to_the_answer(
    qtbot: QtBot, desk: Desk
) -> None:
    asked = tuple(question(number) for number in range(1, PAGE + 6))
    activity = quiz(desk, Survey, *asked)
    spot = Spot(words="laquelle", question=PAGE + 3)
    view = led(qtbot, desk, activity, spot)
    assert isinstance(view, SurveyView)
    assert isinstance(view.page, Asking)
    card = view.page.cards[f"q{PAGE + 3}"]
    assert card.fields[0].entry.hasFocus()
    qtbot.waitUntil(lambda: marked(card) == "laquelle")
    card.fields[0].show_given("a")
    view.send()
    sent = led(qtbot, desk, activity, Spot(words="laquelle", question=PAGE - 3))
    assert isinstance(sent.page, Thanks)
    thanks, last = sent.page, sent.page.cards[PAGE - 4]
    qtbot.waitUntil(lambda: marked(last) == "laquelle")
    qtbot.waitUntil(lambda: is_in_sight(last, thanks))


def test_what_was_handed_in_is_shown_at_the_question(qtbot: QtBot, desk: Desk) -> None:
    asked = tuple(
        Question(f"t{one}", "", f"{CASE}<p>Racontez {one}.</p>", (FreeTextInteraction("t"),))
        for one in range(1, 4)
    )
    activity = quiz(desk, Work, *asked, marking="platform")
    spot = Spot(words="Racontez", question=3)
    view = led(qtbot, desk, activity, spot)
    assert isinstance(view, WorkView)
    view.hand_in()
    again = led(qtbot, desk, activity, spot)
    assert isinstance(again.page, HandedIn)
    handed, card = again.page, again.page.cards[2]
    qtbot.waitUntil(lambda: marked(card) == "Racontez")
    qtbot.waitUntil(lambda: is_in_sight(card, handed))
