# SPDX-License-Identifier: Apache-2.0
"""What the platform marks: answered, handed in, read again, and marked when the letter came."""

from __future__ import annotations

from pathlib import Path

import msgspec
import pytest
from lesson_course import COURSE, Desk
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLabel, QWidget
from pytestqt.qtbot import QtBot
from test_quiz_view import CITY, DAYS, WHO

from player.course.manifest import Quiz, Survey
from player.journal import mail
from player.journal.events import Answered, Completed, Finished
from player.journal.items import Box
from player.journal.journal import Now, Where, events, record
from player.journal.progress import activities_done
from player.publish.withheld import withheld
from player.store.database import Database
from player.ui.course_tree import Column, CourseTree
from player.ui.lesson.answer_fields import ChoiceField, LineField
from player.ui.lesson.intro_page import Intro
from player.ui.lesson.question_page import QuestionPage
from player.ui.lesson.quiz_pages import HandIn, Result
from player.ui.lesson.quiz_view import QuizView

pytestmark = pytest.mark.qt_log_ignore("propagateSizeHints")  # Qt's, of a screen that is none


@pytest.fixture
def desk(db: Database, home: Path, learner: str, clock: Now) -> Desk:
    return Desk(db, home, learner, clock)


@pytest.fixture
def graded(desk: Desk) -> Quiz:
    shown, _ = withheld((WHO, DAYS, CITY), b"secret", "mini/bilan")
    blob = desk.quiz(*shown)
    rules = {"passing": 0.5, "attempts": 1, "marking": "platform"}
    return msgspec.convert(
        {"type": "quiz", "id": "bilan", "title": "Bilan", "blob": blob, "questions": 3, **rules},
        Quiz,
    )


def opened(qtbot: QtBot, desk: Desk, quiz: Quiz) -> QuizView:
    view = QuizView(desk.context(quiz), quiz)
    qtbot.addWidget(view)
    view.resize(760, 640)
    with qtbot.waitExposed(view):
        view.show()
    return view


def said(view: QWidget) -> str:
    return "\n".join(one.text() for one in view.findChildren(QLabel) if one.isVisible())


def asked(view: QuizView) -> QuestionPage:
    assert isinstance(view.page, QuestionPage)
    return view.page


def handed_in(qtbot: QtBot, desk: Desk, graded: Quiz) -> QuizView:
    """Everything answered, by the keyboard alone."""
    view = opened(qtbot, desk, graded)
    assert isinstance(view.page, Intro)
    assert "what is right is not on this computer" in said(view)
    view.page.start.click()
    for typed in ("1", "14", "dakar"):
        page = asked(view)
        field = page.card.fields[0]
        if isinstance(field, ChoiceField):
            qtbot.keyClick(page, Qt.Key.Key_1)
        else:
            assert isinstance(field, LineField)
            qtbot.keyClicks(field.entry, typed)
        qtbot.keyClick(page, Qt.Key.Key_Return)
        assert "Right" not in said(view)
        assert "Not right" not in said(view)
    assert isinstance(view.page, HandIn)
    view.page.confirm.click()
    return view


def letter(desk: Desk, **marks: dict[str, object]) -> None:
    """The platform's marks, by question; `whole` for the whole."""
    acts = {
        one.act.question if isinstance(one.act, Answered) else "whole": one.id
        for one in events(desk.db)
        if isinstance(one.act, Answered | Finished)
    }
    items = [
        {"type": "mark", "id": f"m-{name}", "at": "2026-12-01T10:00:00Z", "act": acts[name], **mark}
        for name, mark in marks.items()
    ]
    box = Box("https://campus.example", COURSE, desk.learner, "age1")
    mail.take(desk.db, box, 1, "2026-12-01T10:00:00Z", items, "2026-12-01T11:00:00Z")


def test_handed_in_there_is_no_mark_and_never_nought(
    qtbot: QtBot, desk: Desk, graded: Quiz
) -> None:
    view = handed_in(qtbot, desk, graded)
    assert isinstance(view.page, Result)
    assert view.page.verdict.text() == "Handed in."
    assert "The mark comes back after your answers were sent." in said(view)
    assert said(view).count("Answered; the mark comes later.") == 3
    assert "0%" not in said(view)
    assert "points" not in said(view)
    (act,) = desk.acts("finished")
    assert isinstance(act, Finished)
    assert (act.passed, act.out_of, act.questions) == (None, 0, graded.blob[:16])
    assert activities_done(desk.db, desk.learner, COURSE)["bilan"].score is None


def test_what_was_handed_in_is_read_and_not_changed(qtbot: QtBot, desk: Desk, graded: Quiz) -> None:
    handed_in(qtbot, desk, graded)
    view = opened(qtbot, desk, graded)
    assert isinstance(view.page, Result)
    view.page.picked.emit(1)
    page = asked(view)
    field = page.card.fields[0]
    assert isinstance(field, LineField)
    assert (field.given, page.answerable) == ("14", False)
    assert not page.submit.isVisible()
    assert not page.again.isVisible()
    qtbot.keyClicks(field.entry, "5")
    assert field.given == "14"
    page.go_to(2)
    assert desk.kinds().count("answered") == 3


def test_the_mark_is_shown_when_its_letter_came(qtbot: QtBot, desk: Desk, graded: Quiz) -> None:
    handed_in(qtbot, desk, graded)
    letter(
        desk,
        whole={"score": 0.5, "points": 1.5, "out_of": 3.0, "late": True},
        who={"score": 1.0},
        days={"score": 0.5, "feedback": "Presque :\n<b>quatorze</b>"},
    )
    view = opened(qtbot, desk, graded)
    assert isinstance(view.page, Result)
    assert view.page.verdict.text() == "Passed."
    for words in (
        "50%: 1.5 of 3 points.",
        "This was answered after it was due.",
        "Right.",
        "Partly right: 50% of the points.",
        "Answered; the mark comes later.",
    ):
        assert words in said(view)
    view.page.picked.emit(1)
    assert "Partly right" in said(view)
    assert activities_done(desk.db, desk.learner, COURSE)["bilan"].score == 0.5


def test_an_attempt_that_does_not_count_says_why(qtbot: QtBot, desk: Desk, graded: Quiz) -> None:
    handed_in(qtbot, desk, graded)
    letter(desk, whole={"feedback": "Tentatives qui comptent : 1."})
    view = opened(qtbot, desk, graded)
    assert isinstance(view.page, Result)
    assert view.page.verdict.text() == "Handed in."
    assert "Tentatives qui comptent : 1." in said(view)
    assert "0%" not in said(view)


def test_the_course_says_what_was_handed_in_and_what_it_brought(
    desk: Desk, qtbot: QtBot, graded: Quiz
) -> None:
    tree = CourseTree()
    tree.show(desk.context(graded).manifest)

    def row() -> tuple[str, str, str]:
        done = activities_done(desk.db, desk.learner, COURSE, {graded.id: graded.counts})
        tree.mark(done, frozenset([graded.id]), {})
        title = tree.index_of(graded.id)
        cell = title.siblingAtColumn(Column.DONE)
        tip = cell.data(Qt.ItemDataRole.ToolTipRole) or ""
        return cell.data(), tip, title.data(Qt.ItemDataRole.AccessibleTextRole)

    assert row()[:2] == ("", "")
    handed_in(qtbot, desk, graded)
    later = "The mark comes after your answers were sent."
    assert row() == ("Handed in", later, "Bilan, Handed in")
    letter(desk, whole={"score": 0.75})
    assert row() == ("75%", "The best attempt counts.", "Bilan, 75%")


@pytest.mark.parametrize(
    ("counts", "score"), [("best", 0.9), ("first", 0.9), ("last", None), ("average", 0.7)]
)
def test_of_several_attempts_the_rule_says_which_mark_stands_beside_it(
    desk: Desk, graded: Quiz, counts: str, score: float | None
) -> None:
    where = Where(desk.learner, COURSE, 1, graded.id)
    surplus, unmarked = {"feedback": "Attempts that count: 2."}, dict[str, object]()
    here: list[dict[str, object]] = [surplus, {"score": 0.9}, {"score": 0.5}, unmarked, surplus]
    ends = [
        record(
            desk.db, where, Finished(type="quiz", attempt=f"{n}", score=0, points=0, out_of=0)
        ).id
        for n, _ in enumerate(here)
    ]
    items = [
        {"type": "mark", "id": f"m{n}", "at": "2026-12-01T10:00:00Z", "act": act, **mark}
        for n, (act, mark) in enumerate(zip(ends, here, strict=True))
        if mark
    ]
    box = Box("https://campus.example", COURSE, desk.learner, "age1")
    mail.take(desk.db, box, 1, "2026-12-01T10:00:00Z", items, "2026-12-01T11:00:00Z")
    done = activities_done(desk.db, desk.learner, COURSE, {graded.id: counts})
    assert done[graded.id].score == (score if score is None else pytest.approx(score))


def test_a_questionnaire_has_no_mark_whatever_its_points_say(desk: Desk) -> None:
    survey = Survey(id="avis", title="Avis", blob="0" * 64, questions=1)
    where = Where(desk.learner, COURSE, 1, survey.id)
    end = Finished(type="survey", attempt="a", score=0.5, points=1, out_of=2)
    record(desk.db, where, end)
    record(desk.db, where, Completed(type="survey"))
    tree = CourseTree()
    tree.show(desk.context(survey).manifest)
    tree.mark(activities_done(desk.db, desk.learner, COURSE), frozenset([survey.id]), {})
    cell = tree.index_of(survey.id).siblingAtColumn(Column.DONE)
    assert (cell.data(), cell.data(Qt.ItemDataRole.ToolTipRole)) == ("Done", None)
