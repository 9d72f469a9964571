# SPDX-License-Identifier: Apache-2.0
"""A quiz or an exam, from the rules to the result."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QWidget

from player.course.manifest import Exam, Quiz
from player.course.quiz import decode_quiz
from player.errors import PlayerError
from player.lesson import attempt as attempts
from player.lesson import reading
from player.lesson.attempt import Attempt
from player.lesson.spot import Spot, place_asked
from player.store import blobs
from player.ui.lesson.context import LessonContext
from player.ui.lesson.exam_bar import ExamBar
from player.ui.lesson.intro_page import Intro
from player.ui.lesson.listening import HeardPages
from player.ui.lesson.question_page import QuestionPage
from player.ui.lesson.quiz_pages import HandIn, Result, place_of, unanswered


class QuizView(HeardPages):
    """Goes on where the learner was: in the attempt that was begun, or at the last result.

    Practice without a limit begins at once; where attempts are counted, or in an exam, only when
    the learner says so.

    Raises (when made):
        NotHere, Damaged, Malformed, NewerFormat: its questions cannot be read.
    """

    def __init__(self, context: LessonContext, quiz: Quiz) -> None:
        super().__init__(context)
        self._context, self._quiz = context, quiz
        self._exam = attempts.is_deferred(quiz)
        self._questions = decode_quiz(blobs.read(context.home, quiz.blob, quiz.title))
        self._attempt: Attempt | None = None
        self.bar: ExamBar | None = None
        with context.recording():
            reading.opened(context.db, context.where, quiz, context.now)
        self._enter()

    def close_lesson(self) -> None:
        """Keep what is typed; in an exam it is the answer. Everything else is recorded already."""
        super().close_lesson()
        if isinstance(self.page, QuestionPage):
            self.page.keep()
        if self.bar is not None:
            self.bar.stop()

    @property
    def to_hear(self) -> QWidget:
        """The question, else all of the page."""
        return self.page.card if isinstance(self.page, QuestionPage) else self.page

    def show_spot(self, spot: Spot) -> None:
        """Turn to a question, where one may go to any: in practice, and in what is over."""
        attempt = self._attempt
        if attempt is None or (self._exam and attempt.result is None):
            return
        number = place_asked(spot, self._questions, attempt.questions)
        if number is not None:
            self._ask(number, spot.words)

    def begin(self) -> None:
        """Begin an attempt, or go on with the one that was begun."""
        context = self._context
        try:
            found = attempts.begin_or_resume(
                context.db, context.where, self._quiz, self._questions, context.now
            )
        except PlayerError as error:
            context.say(error)
            self._show_intro()
            return
        self._attempt = found
        if found is None:
            return
        if found.result is not None:  # its time ran out meanwhile
            self._show_result()
        else:
            self._show_time(found)
            self._ask(place_of(found))
        context.changed()

    def _enter(self) -> None:
        db, where, quiz = self._context.db, self._context.where, self._quiz
        past = attempts.history(db, where)
        if attempts.unfinished(db, where) is not None:
            self.begin()
        elif past:
            self._attempt = attempts.look_back(db, where, quiz, self._questions, past[-1])
            self._show_result()
        elif self._exam or quiz.attempts:
            self._show_intro()
        else:
            self.begin()

    def _show_time(self, attempt: Attempt) -> None:
        """The clock stays above everything until the exam is over."""
        if attempt.time is None or not isinstance(self._quiz, Exam) or self.bar is not None:
            return
        self.bar = ExamBar(self._context, self._quiz, attempt.time)
        self.bar.up.connect(self._time_is_up, Qt.ConnectionType.QueuedConnection)
        self.body.insertWidget(0, self.bar)

    def _time_is_up(self) -> None:
        """Hand in what is typed, in whatever page the learner is."""
        if isinstance(self.page, QuestionPage):
            self.page.keep()
        self._finish()

    def _show_intro(self) -> None:
        intro = Intro(self._quiz, self._attempts_left(), self._context.now())
        intro.started.connect(self.begin)
        self.show_page(intro)

    def _ask(self, number: int, words: str = "") -> None:
        """Show a question, at these words of it; a quiz without any is at its end."""
        attempt = self._attempt
        if attempt is None or not attempt.questions:
            return self._finish()
        page = QuestionPage(self._context, attempt, exam=self._exam)
        page.ended.connect(self._end)
        page.turned.connect(self.listening.begin_anew)
        page.marked.connect(self.listening.stop)
        page.activity_asked.connect(self._context.open_activity)
        page.address_asked.connect(self._context.follow)
        self.show_page(page)
        page.open(number, words)
        return None

    def _end(self) -> None:
        attempt = self._attempt
        if attempt is None:
            return
        if attempt.result is not None:
            self._show_result()
        elif self._exam or unanswered(attempt):
            page = HandIn(attempt, exam=self._exam)
            page.picked.connect(self._ask)
            page.confirmed.connect(self._finish)
            page.went_back.connect(lambda: self._ask(len(attempt.questions) - 1))
            self.show_page(page)
        else:
            self._finish()

    def _finish(self) -> None:
        if self._attempt is not None:
            with self._context.recording():
                self._attempt.finish()
            self._show_result()

    def _show_result(self) -> None:
        attempt = self._attempt
        if attempt is None or attempt.result is None:
            return
        if self.bar is not None:
            self.bar.stop()
            self.bar.deleteLater()
            self.bar = None
        page = Result(attempt, attempt.result, self._quiz, self._attempts_left())
        page.picked.connect(self._ask)
        page.begun_again.connect(self.begin)
        following = self._context.following
        page.on.setVisible(bool(following))
        page.went_on.connect(lambda: self._context.open_activity(following))
        self.show_page(page)

    def _attempts_left(self) -> int | None:
        return attempts.attempts_left(self._context.db, self._context.where, self._quiz)
