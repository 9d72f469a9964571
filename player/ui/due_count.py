# SPDX-License-Identifier: Apache-2.0
"""How many questions are due today: counted beside the window, for all that was ever answered
has to be read for it."""

from __future__ import annotations

import logging

from PySide6.QtCore import QObject, Signal

from player.app import Services
from player.errors import PlayerError
from player.ui.tasks import Tasks

log = logging.getLogger(__name__)


class DueCount(QObject):
    """One count at a time; asked for while it runs, once more after it.

    Signals:
        counted: how many are due.
    """

    counted = Signal(int)

    def __init__(self, services: Services, tasks: Tasks, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._services, self._tasks = services, tasks
        self._is_counting = self._counts_again = False
        self.due = 0
        """As they were counted last."""

    def count(self) -> None:
        """Count them."""
        if self._is_counting:
            self._counts_again = True
            return
        self._is_counting, self._counts_again = True, False
        self._tasks.run(self._read, self._take, self._fail)

    def _read(self) -> int:
        return self._services.revision.due().today

    def _take(self, due: int) -> None:
        self.due = due
        self.counted.emit(due)
        self._go_on()

    def _fail(self, error: PlayerError) -> None:
        log.warning("what is due was not counted: %s", error)
        self._go_on()

    def _go_on(self) -> None:
        self._is_counting = False
        if self._counts_again:
            self.count()
