# SPDX-License-Identifier: Apache-2.0
"""How fast bytes come: said only when enough was seen for the figure to be true."""

from __future__ import annotations

import time
from collections import deque
from collections.abc import Callable

ENOUGH = 3.0  # seconds of watching before a figure is given
SPAN = 15.0  # seconds that a figure looks back: a line that changed shows soon


class Rate:
    """Bytes a second, over the last seconds."""

    def __init__(self, clock: Callable[[], float] = time.monotonic) -> None:
        self._clock = clock
        self._seen: deque[tuple[float, int]] = deque()

    def forget(self) -> None:
        """Begin anew: nothing is under way."""
        self._seen.clear()

    def hear(self, count: int) -> None:
        """Take note that `count` bytes are here now."""
        now = self._clock()
        self._seen.append((now, count))
        while now - self._seen[0][0] > SPAN:
            self._seen.popleft()

    def speed(self) -> float | None:
        """Bytes a second; None where too little was seen, or nothing came."""
        if not self._seen:
            return None
        (since, before), (_, after) = self._seen[0], self._seen[-1]
        passed = self._clock() - since  # a line that has stopped slows down at once
        return (after - before) / passed if passed >= ENOUGH and after > before else None
