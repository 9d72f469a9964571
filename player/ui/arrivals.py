# SPDX-License-Identifier: Apache-2.0
"""What comes to this PC from afar: the platform's letters, and what the learner did elsewhere."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal

from player.app import Services
from player.errors import PlayerError
from player.journal.mail import Collected
from player.ui.tasks import Tasks

if TYPE_CHECKING:
    from player.app.homecoming import Home


class Arrivals(QObject):
    """One look of each kind at a time; asking again while it runs changes nothing.

    Signals:
        looking: whether letters are being looked for.
        letters: a `Collected`, or the `PlayerError` that stood in the way.
        homing: whether it is being looked for what was done elsewhere.
        home: a `Home`, or a `PlayerError`.
    """

    looking = Signal(bool)
    letters = Signal(object)
    homing = Signal(bool)
    home = Signal(object)

    def __init__(self, services: Services, tasks: Tasks, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._services = services
        self._tasks = tasks
        self.is_looking = self.is_homing = False

    def look(self) -> None:
        """Look for letters."""
        if self.is_looking:
            return
        self._set_looking(looking=True)
        self._tasks.run(self._services.mail.collect, self._looked, self._looked)

    def look_elsewhere(self) -> None:
        """Look for what the learner did on other PCs, however long ago."""
        learner = self._services.learner
        if self.is_homing or learner is None:
            return
        self._set_homing(homing=True)
        work = partial(self._services.homecoming.bring, learner, whole=True)
        self._tasks.run(work, self._came_home, self._came_home)

    def _looked(self, result: Collected | PlayerError) -> None:
        self._set_looking(looking=False)
        self.letters.emit(result)

    def _came_home(self, result: Home | PlayerError) -> None:
        self._set_homing(homing=False)
        self.home.emit(result)

    def _set_looking(self, *, looking: bool) -> None:
        self.is_looking = looking
        self.looking.emit(looking)

    def _set_homing(self, *, homing: bool) -> None:
        self.is_homing = homing
        self.homing.emit(homing)
