# SPDX-License-Identifier: Apache-2.0
"""One activity, as a learner does it: watched, read, answered, handed in."""

from __future__ import annotations

from collections.abc import Mapping

from keyed_answers import PARTLY, RIGHT, WRONG, answers
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QWidget
from walker import Lost, Walker

from player.course.manifest import AnyActivity, Exam, Quiz
from player.course.quiz import Question
from player.lesson.attempt import is_deferred
from player.lesson.grading import Given
from player.ui.language import translate
from player.ui.lesson.question_page import QuestionPage
from player.ui.lesson.quiz_pages import Result
from player.ui.lesson.survey_pages import Asking
from player.ui.lesson.survey_thanks import Thanks
from player.ui.lesson.survey_view import SurveyView
from player.ui.lesson.video_view import VideoView
from player.ui.lesson.work_pages import Writing
from player.ui.lesson.work_view import WorkView

from .hands import fill

WATCH_SECONDS = 4.0
Keys = Mapping[str, Question]


def learn(
    walker: Walker, activity: AnyActivity, view: QWidget | None, name: str, keys: Keys
) -> None:
    """Do what there is to do in the open `activity`; pictures are named `name`.

    `keys` are the questions whose key the platform keeps.
    """
    if isinstance(view, VideoView):
        _watch(walker, view, name)
    elif isinstance(view, SurveyView):
        _confide(walker, view, name)
    elif isinstance(view, WorkView):
        _hand_in(walker, view, name)
    elif isinstance(activity, Quiz) and view is not None:
        _answer(walker, activity, view, name, keys)
    else:
        walker.rest(0.4)
        walker.picture(name)
        if view is not None:
            walker.key(Qt.Key.Key_End, view)
            walker.rest(0.1)


def _watch(walker: Walker, view: VideoView, name: str) -> None:
    walker.press(translate("VideoView", "Play"))
    walker.until(lambda: view.playback.position > WATCH_SECONDS, "the video to play")
    walker.picture(name)
    walker.press(translate("VideoView", "Pause"))


def _confide(walker: Walker, view: SurveyView, name: str) -> None:
    """A questionnaire: all of it on one page, sent once; the path that it suggests is taken."""
    asking = view.page
    if not isinstance(asking, Asking):
        raise Lost("the questionnaire was sent already")
    for made in asking.cards.values():
        fill(walker, made, pick(answers(made.question), RIGHT))
    walker.picture(name)
    walker.press(translate("Survey", "Send"), view)
    walker.rest(0.1)
    walker.picture(f"{name}-sent")
    if isinstance(view.page, Thanks) and view.page.choice is not None:
        walker.click(view.page.choice.follow)


def _hand_in(walker: Walker, view: WorkView, name: str) -> None:
    """A piece of work: a text and a picture, looked over once, and handed in."""
    writing = view.page
    if not isinstance(writing, Writing):
        raise Lost("the work was handed in already")
    for made in writing.cards:
        fill(walker, made, pick(answers(made.question), RIGHT))
    walker.picture(name)
    walker.press(translate("HandIn", "Hand in…"), view)
    walker.picture(f"{name}-asking")
    walker.press(translate("HandIn", "Hand in"), view)
    walker.picture(f"{name}-handed")


def _answer(walker: Walker, quiz: Quiz, view: QWidget, name: str, keys: Keys) -> None:
    """Question after question, the second one wrong, to see what that looks like."""
    deferred = is_deferred(quiz)
    walker.rest(0.1)
    if walker.see(Result, view):
        return  # it was among the richest activities, and among the quizzes
    if not walker.see(QuestionPage, view):  # the rules come before the first question
        walker.picture(f"{name}-rules")
        exam = isinstance(quiz, Exam)
        words = translate("QuizView", "Begin the exam") if exam else translate("QuizView", "Begin")
        walker.press(words, view)
    page = walker.see(QuestionPage, view)[0]
    count = 0
    while walker.see(QuestionPage, view):
        count += 1
        question = page.card.question
        given = answers(keys.get(question.id, question))
        if page.card.fields:
            fill(walker, page.card, pick(given, WRONG if count == 2 else RIGHT))
            if not deferred:
                walker.press(translate("QuizView", "Answer"), page)
        walker.picture(f"{name}-{count}")
        walker.click(page.on)
    if deferred:
        walker.picture(f"{name}-hand-in")
        walker.press(translate("QuizView", "Hand in"), view)
    walker.picture(f"{name}-result")


def pick(given: Mapping[str, Given], worth: str) -> Given:
    """Return the answer of that worth, or the nearest there is."""
    return next(given[one] for one in (worth, RIGHT, PARTLY, WRONG) if one in given)
