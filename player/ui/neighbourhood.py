# SPDX-License-Identifier: Apache-2.0
"""The PCs next door, while the window is open: lending to them, looking what they lend."""

from __future__ import annotations

import socket
import threading
import time
from functools import partial

from PySide6.QtCore import QObject, Signal

from player.app import Services
from player.app.neighbours import addresses, listen
from player.catalogue.refresh import Refreshed
from player.course.peer import PORT
from player.errors import NeighbourProblem, PlayerError
from player.ui.errands import Stopped
from player.ui.tasks import Tasks

PORTS = range(PORT, PORT + 4)  # the first that is free: another program may have one
OFTEN = 1.0  # seconds between two words of how much was lent


class Neighbourhood(QObject):
    """Outlives the window, as errands do.

    Signals:
        changed: lending began, ended, or something was lent.
        looked: (list of `Refreshed` or `PlayerError`, whether nobody asked for it).
    """

    changed = Signal()
    looked = Signal(list, bool)

    def __init__(self, services: Services, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._services = services
        self._lending, self._looking = (Tasks(services.close_thread, self) for _ in range(2))
        self._stop = threading.Event()
        self._listener: socket.socket | None = None
        self._wanted = self._begun = False
        self._told = 0.0
        self.problem: PlayerError | None = None
        """Why nothing can be lent, though it was wanted."""
        self.sent = 0
        """Bytes that were lent since lending began."""

    @property
    def idle(self) -> bool:
        """Whether nobody is being looked at; lending goes on for as long as it is wanted."""
        return self._looking.idle

    def begin(self) -> None:
        """Lend if that was chosen, and look what the others have. Once is enough."""
        if self._begun:
            return
        self._begun = True
        self.lend(self._services.settings.lend)
        self.look(quietly=True)

    def close(self) -> None:
        """End everything, nearly at once."""
        self._wanted = False
        self._stop.set()
        self._lending.close()
        self._looking.close()

    # Lend

    @property
    def addresses(self) -> list[str]:
        """What to type on another PC, best first; none while nothing is lent or there is no net."""
        if self._listener is None or not self._wanted:
            return []
        try:
            return [one for one in addresses(self._listener) if not one.startswith("127.")]
        except OSError:  # it has just been closed
            return []

    def lend(self, on: bool) -> None:
        """Lend the courses that are here from now on, or no longer."""
        self._wanted = on
        if not on:
            self._stop.set()
        elif self._listener is None:
            self._begin_lending()

    def _begin_lending(self) -> None:
        self.problem, self.sent = None, 0
        try:
            self._listener = _listening()
        except NeighbourProblem as error:
            self.problem = error
        else:
            self._stop.clear()
            run = partial(self._lend, self._listener)
            self._lending.run(run, self._lent, self._lent)
        self.changed.emit()

    def _lend(self, listener: socket.socket) -> None:
        def report(sent: int) -> None:
            if self._stop.is_set():
                raise Stopped
            now = time.monotonic()
            if sent != self.sent and now - self._told >= OFTEN:
                self.sent, self._told = sent, now
                self.changed.emit()

        try:
            self._services.neighbours.lend(listener, report)
        except Stopped:
            return

    def _lent(self, problem: PlayerError | None) -> None:
        self._listener, self.problem = None, problem
        if self._wanted and problem is None:  # wanted again before it had ended
            self._begin_lending()
        self.changed.emit()

    # Look

    def look(self, *, quietly: bool = False) -> None:
        """Look what the neighbours that are known lend."""
        if not self._looking.idle or not self._services.neighbours.known():
            return
        ended = partial(self._looked, quietly)
        self._looking.run(self._look, ended, lambda error: ended([error]))

    def _look(self) -> list[Refreshed | PlayerError]:
        neighbours = self._services.neighbours
        found: list[Refreshed | PlayerError] = []
        for one in neighbours.known():
            try:
                found += neighbours.look_at(one.url)
            except PlayerError as error:
                found.append(error)
        return found

    def _looked(self, quietly: bool, found: list[Refreshed | PlayerError]) -> None:
        self.looked.emit(found, quietly)


def _listening() -> socket.socket:
    """Raises PortTaken where none of our ports can be had."""
    for port in PORTS[:-1]:
        try:
            return listen(port)
        except NeighbourProblem:
            continue
    return listen(PORTS[-1])
