# SPDX-License-Identifier: Apache-2.0
"""The revision in the window: what is due, one question after another, and the end of it."""

from __future__ import annotations

from datetime import timedelta

import pytest
from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot
from shell import COURSE, Shell, spoken

from player.course.manifest import Quiz
from player.journal import journal
from player.journal.events import Reviewed, SetAside
from player.lesson.attempt import begin_or_resume
from player.ui import voices
from player.ui.lesson.question_page import QuestionPage
from player.ui.lesson.quiz_view import QuizView

pytestmark = pytest.mark.qt_log_ignore(  # Qt's, of a screen and of speakers that are none
    "propagateSizeHints", "pipewire", "PulseAudio", "No audio device"
)


def quiz_of(shell: Shell) -> Quiz:
    activities = shell.shown.services.course(COURSE).activities()
    return next(one for one in activities if type(one) is Quiz)


def acts(shell: Shell, kind: str) -> list[object]:
    found = journal.events(shell.shown.services.db, "kind = ?", (kind,))
    return [one.act for one in found]


@pytest.fixture
def missed(shell: Shell, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch) -> Shell:
    """A learner who missed both questions of the quiz yesterday."""
    shell.learn()
    shell.take(COURSE, "")
    shell.window.open_activity(COURSE, quiz_of(shell).id)
    services, now = shell.shown.services, shell.shown.services.now
    view = shell.window.lesson.view
    assert isinstance(view, QuizView)
    yesterday = lambda: now() - timedelta(days=1)  # noqa: E731 - a clock
    context = view._context
    boot = journal.boot_id
    monkeypatch.setattr(journal, "boot_id", lambda: "yesterday's")
    attempt = begin_or_resume(
        services.db, context.where, quiz_of(shell), view._questions, yesterday
    )
    assert attempt is not None
    for question in attempt.questions:
        (interaction,) = question.interactions
        choices = getattr(interaction, "choices", ())
        wrong = next((one.id for one in choices if one.fraction <= 0), None)
        attempt.answer(question.id, {interaction.id: [wrong] if wrong else "1"}, 20)
    monkeypatch.setattr(journal, "boot_id", boot)
    show(shell)
    return shell


def scores(shell: Shell) -> dict[str, float | None]:
    return {name: one.score for name, one in shell.shown.services.done(COURSE).items()}


def show(shell: Shell) -> None:
    shell.window._show(shell.window.revision)
    shell.idle()


def give(shell: Shell, qtbot: QtBot, *, right: bool) -> None:
    """Answer what is asked, from the keyboard."""
    session = shell.window.revision.session
    (interaction,) = session.card.question.interactions
    if choices := getattr(interaction, "choices", ()):
        wanted = next(one.id for one in choices if (one.fraction > 0) == right)
        session.card.show_given({interaction.id: [wanted]})
        session._judge()
    else:
        qtbot.keyClicks(shell.window.focusWidget(), "14" if right else "3")
    qtbot.keyClick(session, Qt.Key.Key_Return)


def test_with_nothing_missed_it_says_what_comes_here(shell: Shell) -> None:
    shell.learn()
    show(shell)
    assert any("Nothing to revise yet" in one for one in shell.texts())
    assert spoken(shell.window.revision)


def test_what_is_asked_again_can_be_heard(
    missed: Shell, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    page = missed.window.revision
    page.start.click()
    assert page.session.speaks.isHidden(), "nothing speaks here"
    page.session.stop.click()
    monkeypatch.setattr(voices, "engines", lambda: ["mock"])
    monkeypatch.setattr(type(page.session), "spoken", "en")
    page.start.click()
    assert page.session.speaks.isVisible()
    aloud = page.session.listening.aloud
    assert aloud is not None
    for leave in (
        lambda: give(missed, qtbot, right=False),
        page.session.go_on,
        lambda: qtbot.keyClick(missed.window.focusWidget(), Qt.Key.Key_Escape),
        lambda: missed.window.show_page("library"),
    ):
        page.session.speaks.click()
        assert aloud.playing
        leave()
        assert not aloud.begun
    assert page.session.isVisibleTo(page), "Escape was for the voice alone"


def test_what_was_missed_yesterday_is_due_and_answered_from_the_keyboard(
    missed: Shell, qtbot: QtBot
) -> None:
    page = missed.window.revision
    assert page.words.text() == "2 questions today, about 1 minute."
    assert missed.button("Revision (2)", missed.window.side)
    assert missed.window.focusWidget() is page.start
    qtbot.keyClick(page.start, Qt.Key.Key_Return)
    before = scores(missed)
    for right in (True, False):
        give(missed, qtbot, right=right)
        assert page.session.card.outcome is not None
        qtbot.keyClick(missed.window.focusWidget(), Qt.Key.Key_Return)
    assert not page.is_asking
    assert page.words.text() == "Done for today."
    missed.idle()  # what is due is counted beside the window
    assert missed.button("Revision", missed.window.side)
    assert "The next one comes on" in page.more.text()
    first, second = acts(missed, "reviewed")
    assert isinstance(first, Reviewed)
    assert isinstance(second, Reviewed)
    assert (first.rating >= 3, second.rating) == (True, 1)
    assert scores(missed) == before, "no score changes by it"


def test_it_can_be_stopped_at_any_question(missed: Shell, qtbot: QtBot) -> None:
    page = missed.window.revision
    page.start.click()
    assert page.is_asking
    qtbot.keyClick(missed.window.focusWidget(), Qt.Key.Key_Escape)
    assert not page.is_asking
    assert missed.window.focusWidget() is page.start
    assert not acts(missed, "reviewed")


def test_right_and_hard_comes_sooner(missed: Shell, qtbot: QtBot) -> None:
    page = missed.window.revision
    page.start.click()
    give(missed, qtbot, right=True)
    page.session.hard.click()
    first, second = acts(missed, "reviewed")
    assert isinstance(first, Reviewed)
    assert isinstance(second, Reviewed)
    assert (second.rating, second.attempt) == (2, first.attempt)


def test_one_is_taken_out_or_all(missed: Shell) -> None:
    page = missed.window.revision
    page.start.click()
    page.session.out.click()
    assert page.is_asking, "the next one"
    page.session.stop.click()
    assert page.words.text() == "1 question today, about 1 minute."
    missed.press("Take all out", page)
    assert "1 question will not come again. Your answers and marks stay." in missed.texts(page)
    missed.press("Keep them", page)
    assert len(acts(missed, "set_aside")) == 1
    missed.press("Take all out", page)
    missed.press("Take out", page)
    assert page.start.isHidden()
    whole = acts(missed, "set_aside")[-1]
    assert isinstance(whole, SetAside)
    assert whole.question == ""


def test_once_the_minutes_are_over_it_is_enough_for_today(missed: Shell, qtbot: QtBot) -> None:
    page = missed.window.revision
    missed.shown.services.change(revision_minutes=1)
    asked = missed.shown.services.revision.ask()
    assert asked is not None
    missed.shown.services.revision.answer(asked, {}, 61)
    show(missed)
    page.show_now()
    assert page.words.text() == "Done for today."
    assert page.start.text() == "Go on all the same"
    page.start.click()
    assert page.is_asking


def test_it_can_be_switched_off_and_on(missed: Shell) -> None:
    page = missed.window.revision
    missed.shown.services.change(revise=False)
    page.show_now()
    assert page.nothing.text() == "The revision is switched off."
    missed.press("Switch it on", page)
    assert page.words.text() == "2 questions today, about 1 minute."


def test_below_an_answered_question_it_can_be_put_in_and_taken_out(
    missed: Shell, qtbot: QtBot
) -> None:
    missed.window.open_activity(COURSE, quiz_of(missed).id)
    view = missed.window.lesson.view
    assert isinstance(view, QuizView)
    if not isinstance(view.page, QuestionPage):
        view._ask(0)
    page = view.page
    assert isinstance(page, QuestionPage)
    page.open(0)
    assert page.again_later.change.text() == "Take it out"
    page.again_later.change.click()
    assert page.again_later.change.text() == "Ask me this again later"
    page.again_later.change.click()
    assert len(acts(missed, "put_in")) == 1
    assert page.again_later.change.text() == "Take it out"
