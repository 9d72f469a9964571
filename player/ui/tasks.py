# SPDX-License-Identifier: Apache-2.0
"""Run a stage's function beside the window: the only threads of the program.

The stages are synchronous. `Tasks.run` gives one of their functions to a thread of its own and
brings its result, or its `PlayerError`, back to the window's thread. A bug reaches
`sys.excepthook` there. What is under way never keeps the program from ending: every stage is made
to be cut off anywhere, as a power cut would.
"""

from __future__ import annotations

import sys
import time
from collections.abc import Callable
from functools import partial
from threading import Thread, current_thread
from typing import Any, TypeVar

from PySide6.QtCore import QObject, Qt, Signal, Slot

from player.errors import PlayerError

T = TypeVar("T")

MOMENT = 1.5  # seconds that the program waits, at its end, for what is under way


class Tasks(QObject):
    """Work beside the window.

    Signals:
        done: (thread, what to call), from a worker to the window's thread.
    """

    done = Signal(object, object)

    def __init__(self, after_each: Callable[[], None], parent: QObject | None = None) -> None:
        """`after_each` runs in the worker when a piece of work has ended."""
        super().__init__(parent)
        self._after_each = after_each
        self._threads: set[Thread] = set()
        self._closed = False
        self.done.connect(self._deliver, Qt.ConnectionType.QueuedConnection)

    def run(
        self,
        work: Callable[[], T],
        then: Callable[[T], None],
        failed: Callable[[PlayerError], None],
    ) -> None:
        """Do `work` in a thread, then call `then` or `failed` here; nothing after `close`."""
        if self._closed:
            return

        def job() -> None:
            outcome = self._outcome(work, then, failed)
            if not self._closed:
                self.done.emit(current_thread(), outcome)

        thread = Thread(target=job, name="cartable", daemon=True)
        self._threads.add(thread)
        thread.start()

    def _outcome(
        self,
        work: Callable[[], T],
        then: Callable[[T], None],
        failed: Callable[[PlayerError], None],
    ) -> Callable[[], None]:
        try:
            try:
                result = work()
            finally:
                self._after_each()
        except PlayerError as error:
            return partial(failed, error)
        except BaseException as error:
            return partial(_raise, error)
        return partial(then, result)

    @property
    def idle(self) -> bool:
        """Whether nothing is under way."""
        return not self._threads

    def close(self, wait: float = MOMENT) -> None:
        """Start and deliver nothing more; give what is under way `wait` seconds to end."""
        self._closed = True
        until = time.monotonic() + wait
        for thread in self._threads:
            thread.join(max(0.0, until - time.monotonic()))

    @Slot(object, object)
    def _deliver(self, thread: Thread, outcome: Callable[[], None]) -> None:
        self._threads.discard(thread)
        if not self._closed:
            outcome()


class Repeated:
    """Work of one kind: one piece at a time, and once more after one that it was asked for in."""

    def __init__(
        self,
        tasks: Tasks,
        work: Callable[[], T],
        then: Callable[[T], None],
        failed: Callable[[PlayerError], None],
    ) -> None:
        """As `Tasks.run`; where `is_running` when one of them is called, it is out of date."""
        self._begin = partial(tasks.run, work, partial(self._end, then), partial(self._end, failed))
        self.is_running = self._once_more = False

    def run(self) -> None:
        """Do it, or do it again after what is under way."""
        if self.is_running:
            self._once_more = True
            return
        self.is_running, self._once_more = True, False
        self._begin()

    def _end(self, told: Callable[[Any], None], result: object) -> None:
        self.is_running = False
        if self._once_more:
            self.run()
        told(result)


def _raise(error: BaseException) -> None:
    sys.excepthook(type(error), error, error.__traceback__)
