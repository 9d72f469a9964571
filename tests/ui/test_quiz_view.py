# SPDX-License-Identifier: Apache-2.0
"""A quiz answers at once, an exam at its end; both keep what was given."""

from __future__ import annotations

from pathlib import Path

import pytest
from lesson_course import Desk, picture, shows
from PySide6.QtCore import QPoint, Qt
from PySide6.QtWidgets import QLabel, QPushButton, QWidget
from pytestqt.qtbot import QtBot

from player.course.interactions import (
    Choice,
    ChoiceInteraction,
    NumberAnswer,
    NumberInteraction,
    TextAnswer,
    TextInteraction,
    Unsupported,
)
from player.course.manifest import Exam, Quiz
from player.course.quiz import Question
from player.errors import DiskFull, Malformed, NotHere
from player.journal.events import Answered, Finished
from player.journal.journal import Now
from player.lesson.attempt import Attempt
from player.store.database import Database
from player.ui.lesson.answer_fields import ChoiceField, LineField
from player.ui.lesson.intro_page import Intro
from player.ui.lesson.question_page import QuestionPage
from player.ui.lesson.quiz_pages import HandIn, Result
from player.ui.lesson.quiz_view import QuizView

pytestmark = pytest.mark.qt_log_ignore("propagateSizeHints")  # Qt's, of a screen that is none

WHO = Question(
    id="who",
    title="Qui",
    body="<p>Qui décide ?</p>",
    feedback="<p>Relisez la séquence 1.</p>",
    interactions=(
        ChoiceInteraction(
            id="i",
            shuffle=False,
            choices=(
                Choice(id="a", text="<b>L'équipe</b>", fraction=1, feedback="Oui, ensemble."),
                Choice(id="b", text="Personne", feedback="Alors tout est urgent."),
            ),
        ),
    ),
)
SEVERAL = Question(
    id="several",
    title="Aides",
    body="<p>Qu'est-ce qui aide ?</p>",
    interactions=(
        ChoiceInteraction(
            id="i",
            multiple=True,
            shuffle=False,
            choices=(
                Choice(id="a", text="Un tableau", fraction=0.5),
                Choice(id="b", text="Un point", fraction=0.5),
                Choice(id="c", text="Des courriels", fraction=-1),
            ),
        ),
    ),
)
DAYS = Question(
    id="days",
    title="Jours",
    body="<p>Deux semaines ?</p>",
    interactions=(
        NumberInteraction(
            id="n", unit="jours", answers=(NumberAnswer(low=14, high=14, feedback="Deux fois 7."),)
        ),
    ),
)
CITY = Question(
    id="city",
    title="Ville",
    body="<p>La capitale ?</p>",
    interactions=(TextInteraction(id="t", answers=(TextAnswer(text="dakar"),)),),
)
MAP = Question(
    id="map",
    title="Carte",
    body="<p>Montrez Dakar.</p>",
    interactions=(Unsupported(id="u", kind="hotspot"),),
)


@pytest.fixture
def desk(db: Database, home: Path, learner: str, clock: Now) -> Desk:
    return Desk(db, home, learner, clock)


def quiz(desk: Desk, *questions: Question, **rules: float) -> Quiz:
    return Quiz(
        id="q", title="Le point", blob=desk.quiz(*questions), questions=len(questions), **rules
    )


def exam(desk: Desk, *questions: Question, **rules: float) -> Exam:
    return Exam(
        id="x", title="Examen", blob=desk.quiz(*questions), questions=len(questions), **rules
    )


def opened(qtbot: QtBot, desk: Desk, activity: Quiz) -> QuizView:
    view = QuizView(desk.context(activity), activity)
    qtbot.addWidget(view)
    view.resize(760, 640)
    with qtbot.waitActive(view):
        view.show()
        view.activateWindow()
    view.setFocus()
    return view


def asked(view: QuizView) -> QuestionPage:
    assert isinstance(view.page, QuestionPage)
    return view.page


def choices(view: QuizView) -> ChoiceField:
    field = asked(view).card.fields[0]
    assert isinstance(field, ChoiceField)
    return field


def line(view: QuizView) -> LineField:
    field = asked(view).card.fields[0]
    assert isinstance(field, LineField)
    return field


def said(widget: QWidget) -> str:
    labels = [one for one in widget.findChildren(QLabel) if one.isVisible()]
    return " | ".join(one.text() for one in labels if one.text())


def press(qtbot: QtBot, button: QPushButton) -> None:
    assert button.isVisible()
    qtbot.mouseClick(button, Qt.MouseButton.LeftButton)


def type_in(qtbot: QtBot, view: QuizView, text: str) -> None:
    line(view).line.selectAll()
    qtbot.keyClicks(line(view).line, text)


def answers(desk: Desk) -> list[Answered]:
    return [act for act in desk.acts("answered") if isinstance(act, Answered)]


# Practice


def test_practice_begins_at_once_and_marks_each_answer(qtbot: QtBot, desk: Desk) -> None:
    view = opened(qtbot, desk, quiz(desk, WHO, CITY))
    assert "Question 1 of 2" in said(view)
    assert not asked(view).submit.isEnabled()
    qtbot.mouseClick(choices(view).rows[0], Qt.MouseButton.LeftButton, pos=QPoint(300, 12))
    press(qtbot, asked(view).submit)
    assert "Right." in said(view)
    assert "Saved on this computer" in said(view)
    assert asked(view).card.outcome is not None
    assert choices(view).rows[0].button.accessibleDescription() == (
        "Your choice: right Oui, ensemble."
    )
    (act,) = answers(desk)
    assert (act.question, act.given, act.score, act.success) == ("who", {"i": "a"}, 1.0, True)
    assert desk.kinds() == ["opened", "begun", "answered"]


def test_a_wrong_choice_is_explained_beneath_it_and_may_be_tried_again(
    qtbot: QtBot, desk: Desk
) -> None:
    view = opened(qtbot, desk, quiz(desk, WHO))
    choices(view).rows[1].button.click()
    press(qtbot, asked(view).submit)
    assert "Not right." in said(view)
    assert "Not the right choice" in said(choices(view).rows[1])
    assert not choices(view).rows[0].button.isEnabled()
    press(qtbot, asked(view).again)
    assert "Not right." not in said(view)
    choices(view).rows[0].button.click()
    press(qtbot, asked(view).submit)
    assert "Right." in said(view)
    assert not asked(view).again.isVisible()
    assert [(act.number, act.score) for act in answers(desk)] == [(1, 0.0), (2, 1.0)]


def test_a_verdict_is_told_by_sign_words_and_colour(qtbot: QtBot, desk: Desk) -> None:
    view = opened(qtbot, desk, quiz(desk, SEVERAL))
    choices(view).rows[0].button.click()
    press(qtbot, asked(view).submit)
    assert "Partly right: 50% of the points." in said(view)
    assert asked(view).card.outcome.property("role") == "warn"  # type: ignore[union-attr]


def test_tries_that_are_used_up_are_gone(qtbot: QtBot, desk: Desk) -> None:
    view = opened(qtbot, desk, quiz(desk, WHO, tries=2))
    assert "2 more answer(s) possible" in said(view)
    choices(view).rows[1].button.click()
    press(qtbot, asked(view).submit)
    press(qtbot, asked(view).again)
    press(qtbot, asked(view).submit)
    assert "0 more answer(s) possible" in said(view)
    assert not asked(view).again.isVisible()
    assert not asked(view).submit.isVisible()


def test_what_is_no_number_is_said_and_costs_no_try(qtbot: QtBot, desk: Desk) -> None:
    view = opened(qtbot, desk, quiz(desk, DAYS))
    type_in(qtbot, view, "quatorze")
    press(qtbot, asked(view).submit)
    assert "“quatorze” is not a number." in said(view)
    assert answers(desk) == []
    type_in(qtbot, view, "14")
    assert "is not a number" not in said(view)
    press(qtbot, asked(view).submit)
    assert "Right." in said(view)
    assert line(view).line.accessibleDescription() == "Deux fois 7."
    assert answers(desk)[0].response == "14"


def test_a_question_of_a_later_version_says_so_and_is_passed_over(qtbot: QtBot, desk: Desk) -> None:
    view = opened(qtbot, desk, quiz(desk, MAP, WHO))
    assert "Question 2 of 2" in said(view)
    press(qtbot, asked(view).previous)
    assert "needs a newer Cartable" in said(view)
    assert not asked(view).submit.isVisible()
    press(qtbot, asked(view).on)
    choices(view).rows[0].button.click()
    press(qtbot, asked(view).submit)
    press(qtbot, asked(view).on)
    assert isinstance(view.page, Result)
    assert "100%: 1 of 1 points." in said(view)
    assert "Needs a newer Cartable." in said(view)


def test_the_keyboard_is_enough(qtbot: QtBot, desk: Desk) -> None:
    view = opened(qtbot, desk, quiz(desk, WHO, SEVERAL))

    def key(which: Qt.Key) -> None:
        qtbot.keyClick(view.focusWidget(), which)

    qtbot.waitUntil(choices(view).rows[0].button.hasFocus)
    key(Qt.Key.Key_Down)
    key(Qt.Key.Key_Space)
    assert choices(view).given == "b"
    key(Qt.Key.Key_Up)
    assert choices(view).given == "a"
    key(Qt.Key.Key_2)
    assert choices(view).given == "b"
    asked(view).on.setFocus()
    key(Qt.Key.Key_1)
    assert choices(view).given == "a"
    key(Qt.Key.Key_Return)
    assert "Right." in said(view)
    key(Qt.Key.Key_Return)
    assert "Question 2 of 2" in said(view)
    key(Qt.Key.Key_2)
    key(Qt.Key.Key_Up)
    key(Qt.Key.Key_Space)
    assert choices(view).given == ["a", "b"]
    key(Qt.Key.Key_Enter)
    key(Qt.Key.Key_Enter)
    assert isinstance(view.page, Result)
    assert [act.success for act in answers(desk)] == [True, True]


def test_enter_on_a_button_presses_that_button(qtbot: QtBot, desk: Desk) -> None:
    view = opened(qtbot, desk, quiz(desk, CITY, WHO))
    press(qtbot, asked(view).on)
    choices(view).rows[0].button.click()
    asked(view).previous.setFocus()
    qtbot.keyClick(asked(view).previous, Qt.Key.Key_Return)
    assert "Question 1 of 2" in said(view)
    assert answers(desk) == []


def test_a_quiz_goes_on_where_it_was_left(qtbot: QtBot, desk: Desk) -> None:
    activity = quiz(desk, WHO, CITY)
    view = opened(qtbot, desk, activity)
    choices(view).rows[1].button.click()
    press(qtbot, asked(view).submit)
    view.close_lesson()
    view = opened(qtbot, desk, activity)
    assert "Question 2 of 2" in said(view)
    press(qtbot, asked(view).previous)
    assert choices(view).given == "b"
    assert "Not right." in said(view)
    assert desk.kinds() == ["opened", "begun", "answered", "opened"]


def test_the_end_names_what_is_open_and_then_the_result(qtbot: QtBot, desk: Desk) -> None:
    view = opened(qtbot, desk, quiz(desk, WHO, CITY, passing=0.6))
    choices(view).rows[0].button.click()
    press(qtbot, asked(view).submit)
    press(qtbot, asked(view).on)
    press(qtbot, asked(view).on)
    assert isinstance(view.page, HandIn)
    assert "1 question(s) not answered:" in said(view)
    assert "2. La capitale ?" in said(view)
    press(qtbot, view.page.confirm)
    assert isinstance(view.page, Result)
    assert view.page.verdict.text() == "Not passed yet."
    assert "50%: 1 of 2 points." in said(view)
    (act,) = desk.acts("finished")
    assert isinstance(act, Finished)
    assert (act.score, act.passed) == (0.5, False)


def test_after_the_result_one_may_go_on_look_back_or_begin_again(qtbot: QtBot, desk: Desk) -> None:
    activity = quiz(desk, WHO)
    view = opened(qtbot, desk, activity)
    choices(view).rows[1].button.click()
    press(qtbot, asked(view).submit)
    press(qtbot, asked(view).on)
    assert isinstance(view.page, Result)
    press(qtbot, view.page.on)
    assert desk.activities == ["suite"]
    look = next(one for one in view.findChildren(QPushButton) if one.text() == "Look at it")
    press(qtbot, look)
    assert "Not right." in said(view)
    assert not asked(view).again.isVisible()
    press(qtbot, asked(view).on)
    assert isinstance(view.page, Result)
    view = opened(qtbot, desk, activity)
    assert isinstance(view.page, Result)
    press(qtbot, view.page.again)
    assert choices(view).given == ""
    assert desk.kinds().count("begun") == 2


def test_a_picture_of_the_quiz_is_shown_in_a_choice(qtbot: QtBot, desk: Desk) -> None:
    look = Question(
        id="look",
        title="",
        body="<p>Lequel ?</p>",
        interactions=(
            ChoiceInteraction(
                id="i", choices=(Choice(id="a", text="<img src='a.png' alt='Un carré rouge'>"),)
            ),
        ),
    )
    activity = Quiz(
        id="q",
        title="Le point",
        blob=desk.quiz(look),
        questions=1,
        resources={"a.png": desk.blob(picture("#ff0000"))},
    )
    view = opened(qtbot, desk, activity)
    assert choices(view).rows[0].button.accessibleName() == "Un carré rouge"
    qtbot.waitUntil(lambda: shows(view.grab().toImage(), "#ff0000"))


def test_long_choices_wrap_and_are_whole(qtbot: QtBot, desk: Desk) -> None:
    long = Question(
        id="long",
        title="",
        body="<p>Laquelle ?</p>",
        interactions=(
            ChoiceInteraction(
                id="i", choices=(Choice(id="a", text="Donaudampfschifffahrt und " * 20),)
            ),
        ),
    )
    view = opened(qtbot, desk, quiz(desk, long))
    (row,) = choices(view).rows
    text = row.findChildren(QWidget, options=Qt.FindChildOption.FindDirectChildrenOnly)
    assert row.width() <= view.width()
    qtbot.waitUntil(lambda: row.height() > 100)
    assert max(one.geometry().bottom() for one in text if one.isVisible()) < row.height()


def test_a_full_disk_keeps_the_answer_on_the_screen(
    qtbot: QtBot, desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    view = opened(qtbot, desk, quiz(desk, WHO))
    full = DiskFull(place="home", needed="1 MB", free="0 kB")

    def refuse(*_: object) -> None:
        raise full

    choices(view).rows[0].button.click()
    with monkeypatch.context() as patch:
        patch.setattr(Attempt, "answer", refuse)
        press(qtbot, asked(view).submit)
    assert desk.said == [full]
    assert "Saved" not in said(view)
    assert choices(view).given == "a"
    press(qtbot, asked(view).submit)
    assert "Right." in said(view)


def test_questions_that_are_not_here_or_broken_are_said(desk: Desk, qtbot: QtBot) -> None:
    missing = Quiz(id="q", title="Le point", blob="0" * 64, questions=1)
    with pytest.raises(NotHere):
        QuizView(desk.context(missing), missing)
    broken = Quiz(id="q", title="Le point", blob=desk.blob(b"{}"), questions=1)
    with pytest.raises(Malformed):
        QuizView(desk.context(broken), broken)
    assert desk.kinds() == []


# Exams


def begun(qtbot: QtBot, desk: Desk, activity: Exam) -> QuizView:
    view = opened(qtbot, desk, activity)
    assert isinstance(view.page, Intro)
    press(qtbot, view.page.start)
    return view


def test_an_exam_tells_its_rules_before_it_begins(qtbot: QtBot, desk: Desk) -> None:
    view = opened(qtbot, desk, exam(desk, WHO, CITY, passing=0.6, attempts=2))
    rules = said(view)
    assert "2 question(s)" in rules
    assert "You need 60% of the points to pass." in rules
    assert "2 attempt(s) left." in rules
    assert desk.kinds() == ["opened"]


def test_an_exam_says_nothing_before_its_end_and_lets_answers_change(
    qtbot: QtBot, desk: Desk
) -> None:
    view = begun(qtbot, desk, exam(desk, WHO, CITY))
    choices(view).rows[1].button.click()
    press(qtbot, asked(view).on)
    assert "Saved on this computer" in said(view)
    assert "ight." not in said(view)
    press(qtbot, asked(view).previous)
    assert choices(view).given == "b"
    choices(view).rows[0].button.click()
    press(qtbot, asked(view).on)
    type_in(qtbot, view, "Dakar")
    press(qtbot, asked(view).on)
    assert isinstance(view.page, HandIn)
    assert "Every question is answered." in said(view)
    press(qtbot, view.page.confirm)
    assert isinstance(view.page, Result)
    assert view.page.verdict.text() == "Passed."
    assert [act.given for act in answers(desk)] == [{"i": "b"}, {"i": "a"}, {"t": "Dakar"}]
    assert desk.kinds()[-2:] == ["finished", "completed"]


def test_handing_in_asks_first_and_leads_back_to_what_is_open(qtbot: QtBot, desk: Desk) -> None:
    view = begun(qtbot, desk, exam(desk, WHO, CITY))
    press(qtbot, asked(view).hand_in)
    assert isinstance(view.page, HandIn)
    assert "2 question(s) not answered:" in said(view)
    fill = [one for one in view.findChildren(QPushButton) if one.text() == "Answer it"]
    press(qtbot, fill[1])
    assert "Question 2 of 2" in said(view)
    assert "finished" not in desk.kinds()


def test_any_question_of_an_exam_is_one_click_away(qtbot: QtBot, desk: Desk) -> None:
    view = begun(qtbot, desk, exam(desk, WHO, SEVERAL, CITY))
    qtbot.mouseClick(asked(view).dots, Qt.MouseButton.LeftButton, pos=QPoint(2 * 24 + 12, 12))
    assert "Question 3 of 3" in said(view)
    assert asked(view).dots.accessibleName() == "Question 3 of 3"


def test_closing_an_exam_keeps_what_is_given(qtbot: QtBot, desk: Desk) -> None:
    activity = exam(desk, WHO, CITY, attempts=1)
    view = begun(qtbot, desk, activity)
    choices(view).rows[0].button.click()
    view.close_lesson()
    assert [act.given for act in answers(desk)] == [{"i": "a"}]
    view = opened(qtbot, desk, activity)
    assert "Question 2 of 2" in said(view)
    press(qtbot, asked(view).previous)
    assert choices(view).given == "a"


def test_an_exam_without_attempts_left_offers_none(qtbot: QtBot, desk: Desk) -> None:
    activity = exam(desk, WHO, attempts=1)
    view = begun(qtbot, desk, activity)
    press(qtbot, asked(view).on)
    assert isinstance(view.page, HandIn)
    press(qtbot, view.page.confirm)
    assert isinstance(view.page, Result)
    assert not view.page.again.isVisible()
    assert "0 attempt(s) left" in said(view)


def test_a_right_answer_says_what_wrong_tries_took_off(qtbot: QtBot, desk: Desk) -> None:
    city = Question("city", "", "", CITY.interactions, penalty=1 / 3)
    view = opened(qtbot, desk, quiz(desk, city))
    shown = view.page
    assert isinstance(shown, QuestionPage)
    said = []
    for text in ("Thiès", "Louga", "Dakar"):
        shown.card.show_given({"t": text})
        shown.answer()
        assert shown.card.outcome is not None
        said.append(shown.card.outcome.findChildren(QLabel))
        if text != "Dakar":
            shown.retry()
    words = [label.text() for label in said[-1]]
    assert "Right after 2 wrong try(s): 33% of the points." in words
    shown.go_to(1)
    assert isinstance(view.page, Result)
    assert any("after 2 wrong" in label.text() for label in view.page.findChildren(QLabel))
