# SPDX-License-Identifier: Apache-2.0
"""Looking for words beside the window: the index is brought up to date, questions are answered."""

from __future__ import annotations

import logging
import threading
import time
from collections.abc import Collection
from dataclasses import dataclass
from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QTimer, Signal

from player.app import Services
from player.errors import PlayerError
from player.ui.tasks import Repeated, Tasks

if TYPE_CHECKING:
    from player.app.finding import Answer
    from player.search.index import Indexed

log = logging.getLogger(__name__)

SOON = 2500  # ms after the start: the library comes first
TELL_EVERY = 0.5  # seconds between words on how far it is


class _Stopped(Exception):
    """Raised out of the index's report to stop it."""


@dataclass(frozen=True, slots=True)
class Asked:
    """A question: see `Finding.find`."""

    typed: str
    near: str = ""
    within: str = ""
    kinds: Collection[str] = ()


class Lookup(QObject):
    """One reading and one question at a time; of questions that wait, the last is asked.

    Signals:
        read: how many files are still to read; 0 at the end.
        answered: (`Asked`, its `Answer`).
        failed: (`Asked`, the `PlayerError` that stood in the way).
    """

    read = Signal(int)
    answered = Signal(object, object)
    failed = Signal(object, object)

    def __init__(self, services: Services, tasks: Tasks, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._services, self._tasks = services, tasks
        self._stop = threading.Event()
        self._told = 0.0
        self._reading = Repeated(tasks, self._index, self._was_read, self._was_read)
        self._is_asking = False
        self._waits: Asked | None = None
        self._soon = QTimer(self, singleShot=True, interval=SOON)
        self._soon.timeout.connect(self.update_index)

    def begin(self) -> None:
        """Bring the index up to date in a moment."""
        self._soon.start()

    def close(self) -> None:
        """Stop reading; what was read stays."""
        self._stop.set()
        self._soon.stop()

    def update_index(self) -> None:
        """Read what was not read yet; asked for while it runs, once more after it."""
        self._reading.run()

    def _index(self) -> Indexed | None:
        try:
            return self._services.finding.index(self._report)
        except _Stopped:
            return None

    def _report(self, done: int, total: int) -> None:
        if self._stop.is_set():
            raise _Stopped
        if time.monotonic() - self._told > TELL_EVERY:
            self._told = time.monotonic()
            self.read.emit(total - done)

    def _was_read(self, result: Indexed | PlayerError | None) -> None:
        if isinstance(result, PlayerError):  # a drive that is gone, a full disk: said elsewhere
            log.warning("The search reads no further for now: %s", result)
        if not self._reading.is_running:
            self.read.emit(0)

    def ask(self, asked: Asked) -> None:
        """Look for what was typed."""
        self._waits = asked
        if not self._is_asking:
            self._ask_next()

    def _ask_next(self) -> None:
        asked, self._waits = self._waits, None
        if asked is None:
            return
        self._is_asking = True
        work = partial(
            self._services.finding.find,
            asked.typed,
            near=asked.near,
            within=asked.within,
            kinds=asked.kinds,
        )
        self._tasks.run(work, partial(self._answer, asked), partial(self._fail, asked))

    def _answer(self, asked: Asked, answer: Answer) -> None:
        self._is_asking = False
        if self._waits is None:  # else it is out of date already
            self.answered.emit(asked, answer)
        self._ask_next()

    def _fail(self, asked: Asked, problem: PlayerError) -> None:
        self._is_asking = False
        self.failed.emit(asked, problem)
        self._ask_next()
