# SPDX-License-Identifier: Apache-2.0
"""Some requests under way at the same time: over a long line, waiting is most of the time.

Only the request itself runs in a thread; what becomes of it is for whoever asked for it, in order.
"""

from __future__ import annotations

from collections import deque
from collections.abc import Callable, Iterator
from concurrent.futures import Future, ThreadPoolExecutor
from contextlib import contextmanager
from typing import Generic, TypeVar

A = TypeVar("A")
B = TypeVar("B")


class Abreast(Generic[A, B]):
    """What is under way, oldest first: what it was, and what came of it."""

    def __init__(self, pool: ThreadPoolExecutor, most: int) -> None:
        self._pool, self._most = pool, most
        self._under_way: deque[tuple[A, Future[B]]] = deque()

    def __len__(self) -> int:
        return len(self._under_way)

    @property
    def is_full(self) -> bool:
        """Whether the oldest has to be waited for first."""
        return len(self._under_way) >= self._most

    def start(self, what: A, work: Callable[[], B]) -> None:
        """Begin another one."""
        self._under_way.append((what, self._pool.submit(work)))

    def wait(self) -> tuple[A, B]:
        """Wait for the oldest. Raises what its work raised."""
        what, future = self._under_way.popleft()
        return what, future.result()


@contextmanager
def abreast(most: int) -> Iterator[ThreadPoolExecutor]:
    """Threads for up to `most` at a time, started when needed; none runs on after the block."""
    with ThreadPoolExecutor(most, thread_name_prefix="answers") as pool:
        yield pool
