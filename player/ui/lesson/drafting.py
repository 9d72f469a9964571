# SPDX-License-Identifier: Apache-2.0
"""Keeps what is typed in a question's form, at most half a second later."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QObject, QTimer

from player.lesson.attempt import Attempt
from player.ui.lesson.context import LessonContext
from player.ui.lesson.question_card import QuestionCard

_WITHIN = 500  # milliseconds; each writing waits for the disk


class Soon(QTimer):
    """Has what is typed written, half a second after `ask`: not at the end of the typing, which
    may be far."""

    def __init__(self, write: Callable[[], None], parent: QObject) -> None:
        super().__init__(parent, singleShot=True, interval=_WITHIN)
        self.timeout.connect(write)

    def ask(self) -> None:
        """Something was typed."""
        if not self.isActive():
            self.start()


class Drafting(QObject):
    """Watches one form at a time, and writes what is new in it."""

    def __init__(self, context: LessonContext, attempt: Attempt, parent: QObject) -> None:
        super().__init__(parent)
        self._context, self._attempt = context, attempt
        self._card: QuestionCard | None = None
        self._timer = Soon(self._write, self)

    def watch(self, card: QuestionCard) -> None:
        """Keep what is typed in `card` from now on."""
        self._card = card
        card.edited.connect(self._timer.ask)

    def keep(self) -> None:
        """Write now what is waiting to be written."""
        if self._timer.isActive():
            self._timer.stop()
            self._write()

    def drop(self) -> None:
        """Write nothing of what is waiting: it was answered."""
        self._timer.stop()

    def _write(self) -> None:
        if self._card is not None:
            with self._context.saying():
                self._attempt.keep(self._card.question, self._card.given)
