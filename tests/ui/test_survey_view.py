# SPDX-License-Identifier: Apache-2.0
"""A questionnaire in the window: filled in, kept, sent once, thanked for, and what follows."""

from __future__ import annotations

from typing import Any

import msgspec
import pytest
from lesson_course import COURSE, Desk
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QAbstractButton, QLabel, QProgressBar, QRadioButton
from pytestqt.qtbot import QtBot

from player.course.interactions import (
    Choice,
    ChoiceInteraction,
    FreeTextInteraction,
    Item,
    NumberAnswer,
    NumberInteraction,
    SurveyInteraction,
    Unsupported,
)
from player.course.manifest import CoursePath, Quiz, Rule, Survey
from player.course.quiz import Question
from player.journal import mail, slips
from player.journal.events import Answered, Confided, Enrolled, PathChosen
from player.journal.items import Box, Poll, written
from player.journal.journal import Now, Where, record
from player.store.database import Database
from player.ui.lesson.poll_result import PollResult
from player.ui.lesson.question_page import QuestionPage
from player.ui.lesson.quiz_view import QuizView
from player.ui.lesson.scale_field import ScaleField
from player.ui.lesson.survey_pages import PAGE, Asking
from player.ui.lesson.survey_thanks import Thanks
from player.ui.lesson.survey_view import SurveyView

pytestmark = pytest.mark.qt_log_ignore("propagateSizeHints")  # Qt's, of a screen that is none

LEVEL = Question(
    "level",
    "Niveau",
    "<p>Avez-vous déjà <b>dirigé</b> une équipe ?</p>",
    (
        ChoiceInteraction(
            "r",
            (Choice("new", "Jamais"), Choice("some", "Un peu"), Choice("old", "Depuis longtemps")),
            shuffle=False,
            scoring="none",
        ),
    ),
    required=True,
)
EASE = Question(
    "ease",
    "Aisance",
    "<p>Que dites-vous de ces phrases ?</p>",
    (
        SurveyInteraction(
            "r",
            (Item("plan", "Je sais planifier."), Item("talk", "Je parle <i>facilement</i>.")),
            (
                Item("no", "Pas du tout d'accord"),
                Item("hm", "Ni l'un ni l'autre"),
                Item("yes", "Tout à fait d'accord"),
            ),
        ),
    ),
)
YEARS = Question(
    "years",
    "Années",
    "<p>Depuis combien d'années travaillez-vous ?</p>",
    (NumberInteraction("r", (NumberAnswer(0, 99),), unit="ans"),),
)
WISH = Question(
    "wish", "Souhait", "<p>Qu'attendez-vous du cours ?</p>", (FreeTextInteraction("r"),)
)
QUESTIONS = (LEVEL, EASE, YEARS, WISH)
PATHS = (
    CoursePath("calm", "Pas à pas", ("s",), "Pour commencer tranquillement."),
    CoursePath("fast", "Droit au but", ("t",)),
)
RULES = (
    Rule("fast", {"question": "level", "chosen": "old"}, "Vous dirigez depuis longtemps."),
    Rule("calm", {"question": "level", "chosen": "new"}, "Vous commencez."),
)


@pytest.fixture
def desk(db: Database, home: Any, learner: str, clock: Now) -> Desk:
    return Desk(db, home, learner, clock)


def survey(desk: Desk, **more: Any) -> Survey:
    blob = desk.quiz(*QUESTIONS)
    return Survey(id="avant", title="Avant", blob=blob, questions=4, **{"when": "entry", **more})


def opened(
    qtbot: QtBot, desk: Desk, activity: Survey, *, paths: bool = False, several: bool = False
) -> SurveyView:
    context = desk.context(activity)
    if paths:
        manifest = msgspec.structs.replace(context.manifest, paths=PATHS, combine_paths=several)
        context = type(context)(**{**_fields(context), "manifest": manifest})
    view = SurveyView(context, activity)
    qtbot.addWidget(view)
    view.resize(760, 640)
    with qtbot.waitActive(view):
        view.show()
        view.activateWindow()
    view.setFocus()
    return view


def _fields(context: Any) -> dict[str, Any]:
    return {name: getattr(context, name) for name in type(context).__dataclass_fields__}


def asking(view: SurveyView) -> Asking:
    assert isinstance(view.page, Asking)
    return view.page


def thanks(view: SurveyView) -> Thanks:
    assert isinstance(view.page, Thanks)
    return view.page


def words(view: SurveyView) -> str:
    labels = [one for one in view.findChildren(QLabel) if one.isVisibleTo(view)]
    return "\n".join(one.text() for one in labels)


def pick(view: SurveyView, question: str, choice: str) -> None:
    field = asking(view).cards[question].fields[0]
    field.show_given(choice)
    field.edited.emit()


def test_a_scale_is_answered_by_keyboard_and_read_with_what_it_is_said_of(
    qtbot: QtBot, desk: Desk
) -> None:
    view = opened(qtbot, desk, survey(desk))
    field = asking(view).cards["ease"].fields[0]
    assert isinstance(field, ScaleField)
    names = [one.accessibleName() for one in field.rows["talk"].steps.values()]
    assert names[0] == "Je parle facilement.: Pas du tout d'accord"
    field.entry.setFocus()
    qtbot.keyClick(field.entry, Qt.Key.Key_Space)
    qtbot.keyClick(field.entry, Qt.Key.Key_Down)
    assert field.given == ["plan hm"]
    qtbot.mouseClick(field.rows["plan"].undo, Qt.MouseButton.LeftButton)
    assert field.given == []
    assert field.entry.hasFocus()


def test_what_is_filled_in_is_kept_and_there_again(qtbot: QtBot, desk: Desk) -> None:
    activity = survey(desk)
    view = opened(qtbot, desk, activity)
    pick(view, "level", "some")
    asking(view).cards["ease"].fields[0].show_given(["plan yes"])
    asking(view).cards["wish"].fields[0].show_given("Du courage")
    view.close_lesson()
    again = opened(qtbot, desk, activity)
    assert asking(again).answers == {
        "level": {"r": "some"},
        "ease": {"r": ["plan yes"]},
        "wish": {"r": "Du courage"},
    }
    assert "3 of 4 answered" in words(again)
    assert desk.kinds() == ["begun", "opened", "opened"]


def test_it_may_be_skipped_but_for_what_is_asked_for(qtbot: QtBot, desk: Desk) -> None:
    view = opened(qtbot, desk, survey(desk))
    view.send()
    assert "1 question(s) still need an answer." in words(view)
    assert asking(view).cards["level"].fields[0].entry.hasFocus()
    pick(view, "level", "new")
    view.send()
    assert thanks(view).on.isVisibleTo(view)
    assert desk.kinds() == ["begun", "opened", "answered", "finished", "completed"]


def test_what_this_version_cannot_ask_stands_in_nobodys_way(qtbot: QtBot, desk: Desk) -> None:
    odd = Question("odd", "O", "<p>Dansez.</p>", (Unsupported("r", "dance"),), required=True)
    text = Question("text", "T", "<p>Merci d'être là.</p>", required=True)
    blob = desk.quiz(odd, text, YEARS)
    activity = Survey(id="avant", title="Avant", blob=blob, questions=3)
    view = opened(qtbot, desk, activity)
    assert "0 of 1 answered" in words(view)
    assert "needs a newer Cartable" in words(view)
    view.send()
    assert isinstance(view.page, Thanks)


def test_very_many_questions_are_on_several_pages(qtbot: QtBot, desk: Desk) -> None:
    many = [msgspec.structs.replace(WISH, id=f"w{n}", required=n == 3) for n in range(PAGE + 2)]
    blob = desk.quiz(*many)
    activity = Survey(id="avant", title="Avant", blob=blob, questions=len(many))
    view = opened(qtbot, desk, activity)
    assert len(asking(view).cards) == PAGE
    pick(view, "w0", "Un")
    asking(view).send.click()
    assert list(asking(view).cards) == ["w40", "w41"]
    assert "Question 42" in words(view)
    pick(view, "w41", "Deux")
    asking(view).send.click()
    assert asking(view).cards["w3"].fields[0].entry.hasFocus()
    pick(view, "w3", "Trois")
    view.send()
    assert isinstance(view.page, Thanks)
    said = {
        one.question: one.response for one in desk.acts("answered") if isinstance(one, Answered)
    }
    assert said == {"w0": "Un", "w3": "Trois", "w41": "Deux"}


def test_what_is_no_number_is_said_before_it_is_sent(qtbot: QtBot, desk: Desk) -> None:
    view = opened(qtbot, desk, survey(desk))
    pick(view, "level", "new")
    asking(view).cards["years"].fields[0].show_given("beaucoup")
    view.send()
    assert "One answer cannot be read." in words(view)
    assert not desk.acts("answered")
    asking(view).cards["years"].fields[0].show_given("12,5")
    view.send()
    said = [one.response for one in desk.acts("answered") if isinstance(one, Answered)]
    assert said == ["new", "12.5"]


def test_it_is_sent_once_and_shown_afterwards(qtbot: QtBot, desk: Desk) -> None:
    activity = survey(desk)
    view = opened(qtbot, desk, activity)
    pick(view, "level", "new")
    view.send()
    view.send()
    count = len(desk.kinds())
    again = opened(qtbot, desk, activity)
    assert "You have sent this." in words(again)
    buttons = thanks(again).cards[0].findChildren(QRadioButton)
    assert [one.isChecked() for one in buttons] == [True, False, False]
    assert len(desk.acts("answered")) == 1
    assert len(desk.kinds()) == count + 1  # it was looked at


def test_an_anonymous_one_leaves_no_named_act_and_lies_apart(qtbot: QtBot, desk: Desk) -> None:
    activity = survey(desk, anonymous=True)
    view = opened(qtbot, desk, activity)
    assert "Anonymous:" in words(view)
    pick(view, "level", "old")
    view.close_lesson()
    assert desk.kinds() == []
    view.send()
    (act,) = desk.acts()
    assert isinstance(act, Confided)
    assert act.answers == {"level": {"r": "old"}}
    (lying,) = slips.waiting(desk.db)
    assert [one.response for one in lying.slip.answers] == ["old"]
    again = opened(qtbot, desk, activity)
    assert "without your name" in words(again)
    assert desk.kinds() == ["confided"]
    slips.settle(desk.db, lying.id, "received")
    assert "has received them" in words(opened(qtbot, desk, activity))


def test_a_path_is_suggested_with_its_reason_and_the_learner_decides(
    qtbot: QtBot, desk: Desk
) -> None:
    activity = survey(desk, rules=RULES)
    view = opened(qtbot, desk, activity, paths=True)
    pick(view, "level", "old")
    view.send()
    choice = thanks(view).choice
    assert choice is not None
    assert "By your answers, “Droit au but” would suit you." in words(view)
    assert "Vous dirigez depuis longtemps." in words(view)
    assert not desk.acts("path_chosen")  # nothing happens by itself
    choice.follow.click()
    choice.options["calm"].setChecked(True)
    choice.follow.click()
    chosen = [(one.path, one.by) for one in desk.acts("path_chosen") if isinstance(one, PathChosen)]
    assert chosen == [("fast", "rule"), ("calm", "learner")]


def test_where_paths_combine_every_one_that_fits_is_ticked_and_none_has_to_stay(
    qtbot: QtBot, desk: Desk
) -> None:
    rules = (*RULES, Rule("calm", {"question": "level", "chosen": "old"}, "Prenez le temps."))
    view = opened(qtbot, desk, survey(desk, rules=rules), paths=True, several=True)
    pick(view, "level", "old")
    view.send()
    choice = thanks(view).choice
    assert choice is not None
    assert {one for one, box in choice.options.items() if box.isChecked()} == {"calm", "fast"}
    assert "Prenez le temps." in words(view)
    assert choice.follow.text() == "Follow these paths"
    choice.follow.click()
    choice.options["calm"].click()
    assert choice.follow.text() == "Follow this path"
    choice.follow.click()
    choice.options["fast"].click()
    assert not choice.follow.isEnabled()  # none at all is no path
    chosen = [one for one in desk.acts("path_chosen") if isinstance(one, PathChosen)]
    titles = " + ".join(one.title for one in PATHS)
    assert [(one.name, one.by) for one in chosen] == [(titles, "rule"), ("Droit au but", "learner")]
    assert chosen[0].path.split() == [one.id for one in PATHS]


def test_a_rule_that_cannot_be_understood_suggests_nothing(qtbot: QtBot, desk: Desk) -> None:
    odd = (Rule("fast", {"moon": "full"}), Rule("gone", {"question": "level", "chosen": "new"}))
    view = opened(qtbot, desk, survey(desk, rules=odd), paths=True)
    pick(view, "level", "new")
    view.send()
    assert thanks(view).choice is not None
    assert "By your answers" not in words(view)


def result(desk: Desk, **changes: Any) -> None:
    where = Where(desk.learner, COURSE, 1)
    record(desk.db, where, Enrolled(), desk.now)
    poll = Poll(
        id="p1",
        at="2026-01-05T09:00:00Z",
        title="Niveau",
        activity="avant",
        question="level",
        counts={"new": 6, "some": 3, "gone": 10**9},
        answers=10,
    )
    found = written(msgspec.structs.replace(poll, **changes))
    box = Box("https://campus.example", COURSE)
    mail.take(desk.db, box, 1, "2026-01-05T09:00:00Z", [found], "2026-01-06T09:00:00Z")


def test_the_result_of_a_poll_stands_beneath_it_once_it_came(qtbot: QtBot, desk: Desk) -> None:
    activity = survey(desk)
    view = opened(qtbot, desk, activity)
    pick(view, "level", "some")
    view.send()
    assert "The result comes back" in words(view)
    result(desk)
    view = opened(qtbot, desk, activity)
    text = words(view)
    assert "Jamais: 6 (60%)" in text
    assert "Un peu: 3 (30%) · your answer" in text
    assert "Depuis longtemps: 0 (0%)" in text
    bars = [one for one in view.findChildren(QProgressBar) if one.accessibleName()]
    assert [one.value() for one in bars] == [600, 300, 0]


@pytest.mark.parametrize(
    "changes", [{"counts": {"new": 10**300}}, {"answers": 10**300}, {"counts": {"new": -1}}]
)
def test_a_result_that_makes_no_sense_is_none(
    qtbot: QtBot, desk: Desk, changes: dict[str, Any]
) -> None:
    result(desk, **changes)
    view = opened(qtbot, desk, survey(desk))
    pick(view, "level", "some")
    view.send()
    assert "The result comes back" in words(view)


def test_a_poll_in_a_quiz_says_what_the_class_answered(qtbot: QtBot, desk: Desk) -> None:
    quiz = Quiz(id="avant", title="Q", blob=desk.quiz(LEVEL), questions=1)
    view = QuizView(desk.context(quiz), quiz)
    qtbot.addWidget(view)
    view.show()
    assert isinstance(view.page, QuestionPage)
    assert view.page.card.findChild(PollResult) is None
    field = view.page.card.fields[0]
    field.show_given("new")
    field.edited.emit()
    view.page.answer()
    said = view.page.card.findChild(PollResult)
    assert said is not None
    texts = [one.text() for one in said.findChildren(QLabel)]
    assert any(text.startswith("The result comes back") for text in texts)


def test_what_was_confided_stays_so_though_the_course_asks_by_name_now(
    qtbot: QtBot, desk: Desk
) -> None:
    view = opened(qtbot, desk, survey(desk, anonymous=True))
    pick(view, "level", "old")
    view.send()
    later = opened(qtbot, desk, survey(desk, rules=RULES), paths=True)
    assert "You have sent this." in words(later)
    assert thanks(later).choice is None  # the path would tell the answer
    assert not desk.acts("answered", "begun", "finished", "path_chosen")


def test_the_whole_of_it_by_keyboard_alone(qtbot: QtBot, desk: Desk) -> None:
    view = opened(qtbot, desk, survey(desk))
    window = view.window()

    def focused() -> QAbstractButton:
        widget = window.focusWidget()
        assert widget is not None
        return widget  # type: ignore[return-value]

    qtbot.keyClick(focused(), Qt.Key.Key_Space)
    for _ in range(40):
        if focused() is asking(view).send:
            break
        qtbot.keyClick(focused(), Qt.Key.Key_Tab)
    qtbot.keyClick(focused(), Qt.Key.Key_Space)
    assert isinstance(view.page, Thanks)
    assert len(desk.acts("answered")) == 1
