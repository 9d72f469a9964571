# SPDX-License-Identifier: Apache-2.0
"""A piece of work, from the task to the mark."""

from __future__ import annotations

from PySide6.QtWidgets import QWidget

from player.course.manifest import Work
from player.course.quiz import decode_quiz
from player.errors import PlayerError
from player.journal import handing
from player.lesson import attempt as attempts
from player.lesson import reading
from player.lesson.attempt import Attempt
from player.lesson.grading import grade
from player.lesson.spot import Spot, place_asked
from player.store import blobs
from player.ui.lesson.context import LessonContext
from player.ui.lesson.listening import HeardPages
from player.ui.lesson.work_handed import HandedIn
from player.ui.lesson.work_pages import Asking, Writing


class WorkView(HeardPages):
    """Goes on where the learner was: in what is being written, or at what was handed in.

    Raises (when made):
        NotHere, Damaged, Malformed, NewerFormat: its questions cannot be read.
    """

    def __init__(self, context: LessonContext, work: Work) -> None:
        super().__init__(context)
        self._context, self._work = context, work
        self._questions = decode_quiz(blobs.read(context.home, work.blob, work.title))
        self._attempt: Attempt | None = None
        self._writing: Writing | None = None
        with context.recording():
            reading.opened(context.db, context.where, work, context.now)
        db, where = context.db, context.where
        if attempts.unfinished(db, where) is None and attempts.history(db, where):
            self._show_handed()
        else:
            self.write()

    def close_lesson(self) -> None:
        """Keep what is typed."""
        super().close_lesson()
        if self._writing is not None:
            self._writing.keep()

    def show_spot(self, spot: Spot) -> None:
        """Bring a question of what was handed in into sight."""
        page = self.page
        if isinstance(page, HandedIn):
            number = place_asked(spot, self._questions, [one.question for one in page.cards])
            if number is not None:
                page.cards[number].lead(page, spot.words)

    def write(self) -> None:
        """Begin an attempt, or go on with the one that was begun."""
        context = self._context
        try:
            found = attempts.begin_or_resume(
                context.db, context.where, self._work, self._questions, context.now
            )
        except PlayerError as error:
            context.say(error)
            return
        if found is None:
            return
        self._attempt = found
        context.changed()
        page = Writing(context, found, self._work)
        page.asked.connect(self.ask)
        page.activity_asked.connect(context.open_activity)
        page.address_asked.connect(context.follow)
        self._show(page)
        self._writing = page

    def ask(self) -> None:
        """Ask whether it may be handed in; not while a file is still being copied."""
        writing = self._writing
        if writing is None or writing.is_busy:
            return
        writing.keep()
        page = Asking(self._context, writing, self._attempts_left())
        page.confirmed.connect(self.hand_in)
        page.went_back.connect(self._go_back)
        self._put(page)

    def hand_in(self) -> None:
        """End the attempt with what is given, as one, and have the files follow.

        Where that cannot be done, all of it is still there to be handed in.
        """
        attempt, writing, context = self._attempt, self._writing, self._context
        if attempt is None or writing is None:
            return
        for made in writing.cards:
            if unread := grade(made.question, made.given).unread:
                self._go_back()
                made.refuse(unread)
                return
        try:
            writing.keep_now()
            attempt.finish()
        except PlayerError as error:
            context.say(error)
            self._go_back()
            return
        with context.saying():  # what fails here is made up for at the next sync
            handing.gather(context.db, context.home)
        context.changed()
        self._show_handed()

    def _go_back(self) -> None:
        if self._writing is not None:
            self._put(self._writing)

    def _show_handed(self) -> None:
        context, work = self._context, self._work
        past = attempts.history(context.db, context.where)[-1]
        found = attempts.look_back(context.db, context.where, work, self._questions, past)
        page = HandedIn(context, found, work, past.finished_at, self._attempts_left())
        page.begun_again.connect(self.write)
        following = context.following
        page.on.setVisible(bool(following))
        page.went_on.connect(lambda: context.open_activity(following))
        page.activity_asked.connect(context.open_activity)
        page.address_asked.connect(context.follow)
        self._show(page)

    def _attempts_left(self) -> int | None:
        return attempts.attempts_left(self._context.db, self._context.where, self._work)

    def _show(self, page: QWidget) -> None:
        """Show a page for good: what was being written is done with."""
        writing, self._writing = self._writing, None
        self._put(page)
        if writing is not None:
            writing.deleteLater()

    def _put(self, page: QWidget) -> None:
        """Show a page; what is being written stays behind it."""
        self.show_page(page, keep=self._writing)
