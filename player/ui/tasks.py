# SPDX-License-Identifier: Apache-2.0
"""Run a stage's function beside the window: the only threads of the program.

The stages are synchronous. `Tasks.run` gives one of their functions to a worker thread and brings
its result, or its `PlayerError`, back to the window's thread. A bug reaches `sys.excepthook`.
"""

from __future__ import annotations

import sys
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from typing import Any, TypeVar

from PySide6.QtCore import QObject, Qt, Signal, Slot

from player.errors import PlayerError

T = TypeVar("T")


class Tasks(QObject):
    """Work beside the window.

    Signals:
        done: (then, result), from a worker to the window's thread.
    """

    done = Signal(object, object)

    def __init__(self, after_each: Callable[[], None], parent: QObject | None = None) -> None:
        """`after_each` runs in the worker when a piece of work has ended."""
        super().__init__(parent)
        self._after_each = after_each
        self._pool = ThreadPoolExecutor(max_workers=3, thread_name_prefix="cartable")
        self._running = 0
        self.done.connect(self._deliver, Qt.ConnectionType.QueuedConnection)

    def run(
        self,
        work: Callable[[], T],
        then: Callable[[T], None],
        failed: Callable[[PlayerError], None],
    ) -> None:
        """Do `work` in a worker, then call `then` or `failed` here."""

        def job() -> None:
            try:
                result = work()
            except PlayerError as error:
                self.done.emit(failed, error)
            except BaseException as error:
                self.done.emit(_raise, error)
            else:
                self.done.emit(then, result)
            finally:
                self._after_each()

        self._running += 1
        self._pool.submit(job)

    @property
    def idle(self) -> bool:
        """Whether nothing is under way."""
        return self._running == 0

    def close(self) -> None:
        """Let what is under way end, and start nothing more."""
        self._pool.shutdown(wait=True, cancel_futures=True)

    @Slot(object, object)
    def _deliver(self, then: Callable[[Any], None], result: object) -> None:
        self._running -= 1
        then(result)


def _raise(error: BaseException) -> None:
    sys.excepthook(type(error), error, error.__traceback__)
