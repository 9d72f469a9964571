# SPDX-License-Identifier: Apache-2.0
"""How many questions are due today: counted beside the window, for all that was ever answered
has to be read for it."""

from __future__ import annotations

import logging

from PySide6.QtCore import QObject, Signal

from player.app import Services
from player.errors import PlayerError
from player.ui.tasks import Repeated, Tasks

log = logging.getLogger(__name__)


class DueCount(QObject):
    """One count at a time.

    Signals:
        counted: how many are due.
    """

    counted = Signal(int)

    def __init__(self, services: Services, tasks: Tasks, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._services = services
        self._counting = Repeated(tasks, self._read, self._take, self._fail)
        self.due = 0
        """As they were counted last."""

    def count(self) -> None:
        """Count them; once more, where that is under way."""
        self._counting.run()

    def _read(self) -> int:
        return self._services.revision.due().today

    def _take(self, due: int) -> None:
        self.due = due
        self.counted.emit(due)

    def _fail(self, error: PlayerError) -> None:
        log.warning("what is due was not counted: %s", error)
