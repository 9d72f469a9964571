# SPDX-License-Identifier: Apache-2.0
"""How fast bytes come, and how long the rest takes: said only when enough was seen to be true.

A line of this kind comes in bursts. What tells when it is through is not how fast it is while it
carries, but what it carried over minutes, waiting included; so that is what is measured.
"""

from __future__ import annotations

import time
from collections import deque
from collections.abc import Callable

ENOUGH = 10.0  # seconds of watching before a figure is given
SPAN = 120.0  # seconds that a figure looks back, waiting included
ASLEEP = 30.0  # seconds without news: the PC slept, or nobody watched


class Rate:
    """Bytes a second, over the last two minutes."""

    def __init__(self, clock: Callable[[], float] = time.monotonic) -> None:
        self._clock = clock
        self._seen: deque[tuple[float, int]] = deque()

    def forget(self) -> None:
        """Begin anew: nothing is under way."""
        self._seen.clear()

    def hear(self, count: int) -> None:
        """Take note that `count` bytes are here now; also while nothing comes."""
        now = self._clock()
        if self._seen and not 0 <= now - self._seen[-1][0] <= ASLEEP:
            self._seen.clear()
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
