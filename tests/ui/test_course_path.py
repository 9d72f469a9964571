# SPDX-License-Identifier: Apache-2.0
"""On a course's page: questionnaires are offered, never forced, and the learner's path shows."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtWidgets import QApplication, QTreeView
from pytestqt.qtbot import QtBot
from shell import COURSE, Publisher, Shell, running, seen
from small_course import COURSE as OUTLINE

from player.journal.events import Completed, PathChosen
from player.journal.journal import record
from player.ui.course_tree import Column, CourseTree
from player.ui.lesson.survey_pages import Asking
from player.ui.lesson.survey_thanks import Thanks
from player.ui.lesson.survey_view import SurveyView

pytestmark = pytest.mark.qt_log_ignore("propagateSizeHints")  # Qt's, of a screen that is none

QUESTIONS = """\
[[question]]
title = "Niveau"
body = "Où en êtes-vous ?"
interaction = { type = "choice", choices = { new = "Je commence", old = "Depuis longtemps" } }
"""
RULE = '{ path = "fast", when = { question = "niveau", chosen = "old" }, reason = "Vous savez." }'
ASKED = f"""\
[[section]]
title = "Avis"

[[section.sequence]]
id = "avis"
title = "Avis"
activities = [
    {{ survey = "quizzes/avant.toml", title = "Avant", when = "entry", rules = [{RULE}] }},
    {{ survey = "quizzes/avant.toml", title = "Après", id = "apres", when = "exit" }},
]

[[path]]
id = "calm"
title = "Pas à pas"
sections = ["decider"]

[[path]]
id = "fast"
title = "Droit au but"
sections = ["organiser"]
"""


@pytest.fixture
def shell(qtbot: QtBot, tmp_path: Path) -> Iterator[Shell]:
    publisher = Publisher(tmp_path)
    publisher.publish({"course.toml": OUTLINE + ASKED, "quizzes/avant.toml": QUESTIONS})
    with running(qtbot, tmp_path / "home", publisher) as made:
        made.learn()
        made.take(COURSE, "")
        yield made


def tree(shell: Shell) -> QTreeView:
    return seen(shell.window.course, QTreeView)[0]


def finish(shell: Shell, *activities: str) -> None:
    services = shell.shown.services
    for one in activities:
        act = Completed(name=one, type="page")
        record(services.db, services.where(COURSE, one), act, services.now)
    shell.window.course.show_now()


def sections(shell: Shell) -> dict[str, str]:
    """What stands beside each section."""
    model = tree(shell).model()
    assert isinstance(model, CourseTree)
    rows = [model.index(number, 0) for number in range(model.rowCount())]
    return {one.data(): one.siblingAtColumn(Column.PLACE).data() for one in rows}


def test_the_first_questionnaire_is_offered_and_goes_when_it_is_sent(shell: Shell) -> None:
    asks = shell.window.course.asks
    shell.press("Questionnaire")
    assert "Before you begin, if you like: Avant" in shell.texts(asks)
    shell.button("Begin").click()  # never forced
    assert not isinstance(shell.window.lesson.view, SurveyView)
    shell.window.lesson.leave()
    shell.press("Answer", asks)
    view = shell.window.lesson.view
    assert isinstance(view, SurveyView)
    view.send()
    shell.window.lesson.leave()
    assert not asks.survey.isVisibleTo(asks)


def test_the_last_one_is_offered_at_the_end(shell: Shell) -> None:
    ids = [one.id for one in shell.shown.services.course(COURSE).activities()]
    finish(shell, *(one for one in ids if one not in ("avant", "apres")))
    shell.press("Questionnaire")
    said = shell.texts(shell.window.course.asks)
    assert "You have come to the end. What did you think? Après" in said


def test_one_line_is_shown_and_the_others_are_a_press_away(shell: Shell) -> None:
    page = shell.window.course
    asks, rest = page.asks, page.asides.rest
    lines, row = (asks.survey, asks.path), page.asides.height()
    assert [one.isVisible() for one in lines] == [False, True]  # there is something to decide
    rest.setFocus()
    rest.click()
    QApplication.processEvents()
    assert [one.isVisible() for one in lines] == [True, True]
    assert page.asides.height() > row
    asks.survey.act.setFocus()
    rest.click()
    shell.qtbot.waitUntil(lambda: page.asides.height() == row)
    assert (rest.text(), rest.hasFocus()) == ("Questionnaire", True)
    shell.shown.services.paths.follow(shell.shown.services.course(COURSE), "calm")
    page.show_now()
    assert [one.isVisible() for one in lines] == [False, True]
    assert not rest.isVisible()  # the questionnaire is the next step now, and said there


def test_a_path_is_chosen_by_answers_and_changed_on_the_page(shell: Shell) -> None:
    window, asks = shell.window, shell.window.course.asks
    assert "This course has several paths. You see all of them." in shell.texts(asks)
    assert "Not on your path" not in "".join(sections(shell).values())
    window.open_activity(COURSE, "avant")
    view = window.lesson.view
    assert isinstance(view, SurveyView)
    assert isinstance(view.page, Asking)
    view.page.cards["niveau"].fields[0].show_given("old")
    view.send()
    assert isinstance(view.page, Thanks)
    assert view.page.choice is not None
    view.page.choice.follow.click()
    window.lesson.leave()
    assert not window.course.asides.rest.isVisible()  # the questionnaire is sent
    assert "Your path: Droit au but" in shell.texts(asks)
    beside = sections(shell)
    assert beside["Décider"].startswith("Not on your path")
    assert not beside["Organiser"].startswith("Not on your path")
    assert not beside["Avis"].startswith("Not on your path")
    shell.press("Change…", asks)
    assert asks.choice is not None
    asks.choice.options["calm"].setChecked(True)
    shell.press("Follow this path", asks)
    assert "Your path: Pas à pas" in shell.texts(asks)
    assert sections(shell)["Organiser"].startswith("Not on your path")


def test_progress_and_the_next_step_follow_the_path(shell: Shell) -> None:
    services, page = shell.shown.services, shell.window.course
    course = services.course(COURSE)
    services.paths.follow(course, "calm")
    page.show_now()
    assert services.next_activity(course) == "avant"
    finish(shell, "avant", "apres")
    assert services.next_activity(course) == "suite-page"
    assert any("2 of 3 done" in text for text in shell.texts(page))
    finish(shell, "suite-page")
    assert any("3 of 3 done" in text for text in shell.texts(page))
    shell.window.open_activity(COURSE, "qui-fait-quoi")  # what is aside opens all the same
    assert shell.window.lesson.activity == "qui-fait-quoi"


def test_a_path_that_the_course_has_no_longer_is_none(shell: Shell) -> None:
    services = shell.shown.services
    course = services.course(COURSE)
    act = PathChosen(name="x", path="gone")
    record(services.db, services.where(COURSE), act, services.now)
    shell.window.course.show_now()
    assert "This course has several paths. You see all of them." in shell.texts()
    assert services.next_activity(course)
    with pytest.raises(KeyError):
        services.paths.follow(course, "gone")
