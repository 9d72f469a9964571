# SPDX-License-Identifier: Apache-2.0
"""Questions read aloud: what is asked, what may be chosen, then the verdict."""

from __future__ import annotations

import weakref
from dataclasses import replace
from pathlib import Path

import pytest
from lesson_course import Desk
from PySide6.QtCore import QLocale, Qt
from PySide6.QtGui import QShortcut
from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot

from player.course.interactions import (
    Choice,
    ChoiceInteraction,
    Item,
    MatchInteraction,
    OrderInteraction,
    TextAnswer,
    TextInteraction,
)
from player.course.manifest import Exam, Quiz, Survey, Work
from player.course.quiz import Outcome, Question
from player.journal.journal import Now
from player.store.database import Database
from player.ui import voices
from player.ui.lesson.aloud import Sentence
from player.ui.lesson.intro_page import Intro
from player.ui.lesson.listening import Hearing, said
from player.ui.lesson.question_page import QuestionPage
from player.ui.lesson.quiz_view import QuizView
from player.ui.lesson.survey_pages import PAGE, Asking
from player.ui.lesson.survey_view import SurveyView
from player.ui.lesson.views import view_for
from player.ui.lesson.work_view import WorkView

pytestmark = pytest.mark.qt_log_ignore(
    "propagateSizeHints", "pipewire", "PulseAudio", "No audio device"
)

WHO = Question(
    id="who",
    title="",
    body=r"<p>Who decides? In a team of \(n\).</p>",
    interactions=(
        ChoiceInteraction(
            "i",
            (Choice("a", "The <b>team</b>", 1.0, feedback="Together."), Choice("b", "Nobody")),
            shuffle=False,
        ),
    ),
    feedback="<p>Read week 1.</p>",
    outcome=Outcome(right="<p>Well done.</p>"),
    hints=("<p>Count them.</p>",),
)
TOWN = Question(
    id="town",
    title="",
    body="<p>The capital?</p>",
    interactions=(TextInteraction("t", (TextAnswer("Dakar"),)),),
)


@pytest.fixture
def desk(db: Database, home: Path, learner: str, clock: Now) -> Desk:
    return Desk(db, home, learner, clock, language="en")


@pytest.fixture(autouse=True)
def _spoken(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(voices, "engines", lambda: ["mock"])  # Qt's own, which has no sound
    QLocale.setDefault(QLocale("en_US"))


def opened(qtbot: QtBot, desk: Desk, kind: type[Quiz], *asked: Question) -> QWidget:
    activity = kind(id="q", title="Quiz", blob=desk.quiz(*asked), questions=len(asked))
    kinds = {Survey: SurveyView, Work: WorkView}
    view = kinds.get(kind, QuizView)(desk.context(activity), activity)  # type: ignore[arg-type]
    qtbot.addWidget(view, before_close_func=lambda one: one.close_lesson())
    view.resize(760, 640)
    with qtbot.waitActive(view):
        view.show()
        view.activateWindow()
    view.setFocus()
    return view


def quiz(qtbot: QtBot, desk: Desk, *asked: Question) -> QuizView:
    view = opened(qtbot, desk, Quiz, *asked)
    assert isinstance(view, QuizView)
    return view


def page(view: QuizView) -> QuestionPage:
    assert isinstance(view.page, QuestionPage)
    return view.page


def _go_on(view: QuizView) -> None:
    page(view).on.click()


def press(qtbot: QtBot, view: QWidget) -> None:
    both = Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.ShiftModifier
    qtbot.keyClick(view.focusWidget() or view, "u", both)


def heard(qtbot: QtBot, view: QuizView | SurveyView | WorkView) -> list[str]:
    """Press the key, and listen to the end."""
    words: list[str] = []

    def hear(sentence: Sentence | None) -> None:
        words.append(sentence.words if sentence else "")

    assert view.listening.aloud is not None
    view.listening.aloud._speech.setRate(1.0)
    view.listening.heard.connect(hear)
    press(qtbot, view)
    qtbot.waitUntil(lambda: words[-1:] == [""], timeout=20_000)
    view.listening.heard.disconnect(hear)
    return words[:-1]


def test_the_question_then_the_choices_then_what_is_new_after_the_answer(
    qtbot: QtBot, desk: Desk
) -> None:
    view = quiz(qtbot, desk, WHO)
    [button] = view.tools()
    assert button.accessibleName() == "Read aloud (Ctrl+Shift+U)"
    asked = ["Who decides?", "In a team of n.", "The team", "Nobody"]
    assert heard(qtbot, view) == asked
    assert heard(qtbot, view) == asked, "all was heard: once more"
    page(view).card.show_hints(1)
    assert heard(qtbot, view) == ["Count them."]
    page(view).card.fields[0].show_given("a")
    page(view).answer()
    news = ["Your choice: right", "Together.", "Right.", "Well done.", "Read week 1."]
    assert heard(qtbot, view) == news


def test_what_is_heard_is_marked_and_it_rests_goes_on_and_ends(qtbot: QtBot, desk: Desk) -> None:
    view = quiz(qtbot, desk, WHO, TOWN)
    [button] = view.tools()
    press(qtbot, view)
    aloud, text = view.listening.aloud, page(view).card.text
    assert aloud is not None
    assert aloud.playing
    [mark] = text.extraSelections()
    assert mark.cursor.selectedText().strip() == "Who decides?"
    assert button.accessibleName().startswith("Pause")
    press(qtbot, view)
    assert not aloud.playing
    assert aloud.begun
    button.click()
    assert aloud.playing
    qtbot.keyClick(view.focusWidget(), Qt.Key.Key_Escape)
    assert not aloud.begun
    assert not text.extraSelections()
    silence = [one for one in view.findChildren(QShortcut) if one.key().toString() == "Esc"]
    assert [one.isEnabled() for one in silence] == [False], "it stands in nobody's way"


def test_it_is_silent_as_soon_as_something_else_is_asked(qtbot: QtBot, desk: Desk) -> None:
    view = quiz(qtbot, desk, WHO, TOWN)
    aloud = view.listening.aloud
    assert aloud is not None
    for leave in (
        lambda: page(view).go_to(1),
        lambda: page(view).go_to(0),
        lambda: (page(view).card.fields[0].show_given("b"), page(view).answer()),
        lambda: page(view).retry(),
        lambda: _go_on(view),
        view.close_lesson,
    ):
        press(qtbot, view)
        assert aloud.playing
        leave()
        assert not aloud.begun
    qtbot.wait(1)  # what was shown is thrown away by now, and nobody misses it


def test_words_of_ours_are_said_in_our_language_or_not_at_all(qtbot: QtBot, desk: Desk) -> None:
    view = quiz(qtbot, desk, WHO)
    page(view).card.fields[0].show_given("b")
    page(view).answer()
    known = {one.words: one.language for one in said(page(view).card, "nb")}
    assert known["Nobody"] == "nb"
    assert known["Not right."] == QLocale().name()
    aloud = view.listening.aloud
    assert aloud is not None
    for ours, spoken in (("en_GB", True), ("nb", True), ("fr", False)):
        QLocale.setDefault(QLocale(ours))
        aloud.read(list(said(page(view).card, "fi")))
        read = [one.words for one in aloud._sentences]
        assert "Nobody" in read
        assert ("Not right." in read) is spoken
    QLocale.setDefault(QLocale("nb"))
    aloud.read(
        [one for one in said(page(view).card, "fi") if one.words in ("Nobody", "Not right.")]
    )
    voices_of = [aloud._speech.locale().name()]
    aloud.sentence_changed.connect(lambda _: voices_of.append(""))
    qtbot.waitUntil(lambda: len(voices_of) == 2)  # the next one has begun
    assert (voices_of[0], aloud._speech.locale().name()) == ("fi_FI", "nb_NO")
    view.close_lesson()


def test_what_is_matched_and_put_in_order_is_read_once(qtbot: QtBot, desk: Desk) -> None:
    items = (Item("x", "Rain"), Item("y", "Sun"))
    asked = Question(
        id="m",
        title="",
        body="<p>Match.</p>",
        interactions=(
            MatchInteraction("m", sources=items, targets=(Item("1", "Wet"), Item("2", "Dry"))),
            OrderInteraction("o", items=(Item("p", "First"), Item("q", "Then"))),
        ),
    )
    view = quiz(qtbot, desk, asked)
    course = [one.words for one in said(page(view).card, "nb") if one.language == "nb"]
    assert course[0] == "Match."
    assert sorted(course[1:]) == ["Dry", "First", "Rain", "Sun", "Then", "Wet"]


def test_rules_questionnaires_and_works_are_read_too(qtbot: QtBot, desk: Desk) -> None:
    exam = opened(qtbot, desk, Exam, TOWN)
    assert isinstance(exam, QuizView)
    assert isinstance(exam.page, Intro)
    press(qtbot, exam)
    assert exam.listening.aloud is not None
    assert exam.listening.aloud.playing
    exam.begin()
    assert not exam.listening.aloud.begun
    many = tuple(Question(f"s{n}", "", f"<p>Wish {n}.</p>", WHO.interactions) for n in range(45))
    survey = opened(qtbot, desk, Survey, *many)
    assert isinstance(survey, SurveyView)
    assert isinstance(survey.page, Asking)
    press(qtbot, survey)
    assert survey.listening.aloud is not None
    assert survey.listening.aloud.playing
    survey.page.open(45 // PAGE)
    assert not survey.listening.aloud.begun
    work = opened(qtbot, desk, Work, TOWN)
    assert isinstance(work, WorkView)
    assert "The capital?" in heard(qtbot, work)


def test_without_a_voice_nothing_of_it_is_there(
    qtbot: QtBot, desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    desk.language = "ar"
    view = quiz(qtbot, desk, WHO)
    assert view.tools() == []
    assert [keys for keys, _ in view.key_rows()] == [("Ctrl++", "Ctrl+-")]
    press(qtbot, view)
    assert view.listening.aloud is None
    monkeypatch.setattr(voices, "engines", list)
    assert quiz(qtbot, desk, TOWN).tools() == []


class Speaker(QWidget):
    """What is read in one language, then in another."""

    spoken = "en-GB"

    def to_read(self) -> list[Sentence]:
        return [Sentence(0, 0, "Hello.", self.spoken, self)]


def test_another_language_has_another_voice(qtbot: QtBot) -> None:
    speaker = Speaker()
    qtbot.addWidget(speaker)
    hearing = Hearing(speaker)
    for tag, name in (("en-GB", "en_GB"), ("fi", "fi_FI")):
        speaker.spoken = tag
        hearing.turn()
        assert hearing.aloud is not None
        assert hearing.aloud._speech.locale().name() == name
        hearing.begin_anew()
    speaker.spoken = "ar"
    hearing.turn()
    assert hearing.aloud is None


@pytest.mark.parametrize("kind", [Quiz, Exam, Survey, Work])
def test_a_view_that_nobody_has_any_more_is_gone(
    qtbot: QtBot, desk: Desk, kind: type[Quiz]
) -> None:
    activity = kind(id="q", title="Quiz", blob=desk.quiz(WHO), questions=1)
    view = view_for(replace(desk.context(activity), activity=activity))
    ends = weakref.ref(view)
    view.close_lesson()
    del view
    assert ends() is None  # with no help of the collector, which is off
