# SPDX-License-Identifier: Apache-2.0
"""Notes that the disk refused as one left them: written down as soon as it takes them.

Whoever is told that the disk is full leaves the activity to free some space. What was typed since
may be nowhere but in the field; it is held here until then.
"""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QObject, QTimer

from player.clock import Now
from player.errors import StorageProblem
from player.lesson import noting
from player.lesson.noting import Writing
from player.store.database import Database

_EVERY = 3000  # milliseconds from one try to the next


class LateNotes(QObject):
    """Holds notes, in the order in which they were left, and tries again while there are some."""

    def __init__(self, db: Callable[[], Database], now: Now, parent: QObject) -> None:
        super().__init__(parent)
        self._db, self._now = db, now
        self._waiting: list[tuple[Writing, str]] = []
        self._timer = QTimer(self, interval=_EVERY)
        self._timer.timeout.connect(self.write)

    def take(self, writing: Writing, text: str) -> None:
        """Hold a note until it is written down."""
        self._waiting.append((writing, text))
        self._timer.start()

    def write(self) -> None:
        """Write down what waits, as far as the disk takes it."""
        while self._waiting:
            try:
                noting.write(self._db(), *self._waiting[0], self._now)
            except StorageProblem:
                return  # it was said when it was typed
            del self._waiting[0]
        self._timer.stop()
