# SPDX-License-Identifier: Apache-2.0
"""Some requests under way at the same time: over a long line, waiting is most of the time.

Only the request itself runs in a thread; what becomes of it is for whoever asked for it, in order.
"""

from __future__ import annotations

from collections import deque
from collections.abc import Callable
from threading import Thread
from typing import Generic, TypeVar

A = TypeVar("A")
B = TypeVar("B")


class Abreast(Generic[A, B]):
    """What is under way, oldest first: what it was, and what came of it. Not for several threads.

    A program that ends waits for none of it.
    """

    def __init__(self, most: int) -> None:
        self._most = most
        self._under_way: deque[tuple[A, _Errand[B]]] = deque()

    def __len__(self) -> int:
        return len(self._under_way)

    @property
    def is_full(self) -> bool:
        """Whether the oldest has to be waited for first."""
        return len(self._under_way) >= self._most

    def start(self, what: A, work: Callable[[], B]) -> None:
        """Begin another one."""
        errand = _Errand(work)
        errand.start()
        self._under_way.append((what, errand))

    def wait(self) -> tuple[A, B]:
        """Wait for the oldest. Raises what its work raised."""
        what, errand = self._under_way.popleft()
        return what, errand.outcome()

    def end(self) -> None:
        """Wait for all; what came of them is not looked at."""
        while self._under_way:
            self._under_way.popleft()[1].join()


class _Errand(Thread, Generic[B]):
    """One piece of work and what came of it."""

    def __init__(self, work: Callable[[], B]) -> None:
        super().__init__(name="answers", daemon=True)
        self._work = work
        self._came: list[B] = []
        self._raised: BaseException | None = None

    def run(self) -> None:
        """Do it."""
        try:
            self._came.append(self._work())
        except BaseException as error:
            self._raised = error

    def outcome(self) -> B:
        """Wait for it. Raises what it raised."""
        self.join()
        if self._raised is not None:
            raise self._raised
        return self._came[0]
