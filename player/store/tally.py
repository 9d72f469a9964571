# SPDX-License-Identifier: Apache-2.0
"""Counting what the line is used for as it comes, without writing each byte down.

Written down is more than came: a stretch is reserved, used up, and the next one reserved; what is
left of the last one is given back at the end. So `kill -9` or a power cut makes the ledger a little
too high and never too low. The stretch grows with the speed of the line, from 16 KiB to 1 MiB, so
that there is about one write a second.
"""

from __future__ import annotations

import logging
import threading
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date

from player.errors import StorageProblem
from player.store.traffic import Row

log = logging.getLogger(__name__)

LEAST, MOST = 16 * 1024, 1024 * 1024
_AGAIN = 5.0  # seconds between tries to write where it failed
_QUICK, _SLOW = 1.0, 8.0  # seconds: a stretch used up sooner is too small, later too large


@dataclass(slots=True)
class _Open:
    """What came of a kind since it was last written, and how much was reserved for it then."""

    day: date
    content: int = 0
    overhead: int = 0
    reserved: int = 0
    stretch: int = LEAST
    since: float = 0.0

    @property
    def ahead(self) -> int:
        return self.reserved - self.content - self.overhead


class Tally:
    """Counts from any thread; `write` puts rows into the database, with whichever connection."""

    def __init__(
        self,
        write: Callable[[Sequence[Row]], None],
        today: Callable[[], date],
        clock: Callable[[], float] = time.monotonic,
    ) -> None:
        self._write = write
        self._today = today
        self._clock = clock
        self._lock = threading.Lock()
        self._open: dict[tuple[str, str], _Open] = {}
        self._not_before = float("-inf")

    def add(self, kind: str, content: int, overhead: int, course: str = "") -> None:
        """Count bytes that came or left just now. Never raises for the disk: see `_put`."""
        with self._lock:
            one = self._open.get((kind, course))
            if one is None:
                one = self._open[kind, course] = _Open(self._today())
            one.content += content
            one.overhead += overhead
            if one.ahead < 0 and self._clock() >= self._not_before:
                self._go_on(kind, course, one)

    def settle(self) -> None:
        """Have exactly what came in the database: give back what is reserved and not used."""
        with self._lock:
            rows = [
                (one.day, kind, course, one.content - one.reserved, one.overhead)
                for (kind, course), one in self._open.items()
            ]
            if not rows or self._put(rows):
                self._open.clear()

    def ahead(self) -> dict[tuple[date, str], int]:
        """Bytes by day and kind that the database has too many: reserved, and not come yet."""
        found: dict[tuple[date, str], int] = {}
        with self._lock:
            for (kind, _), one in self._open.items():
                found[one.day, kind] = found.get((one.day, kind), 0) + one.ahead
        return found

    def _go_on(self, kind: str, course: str, one: _Open) -> None:
        """Write what came, and reserve the next stretch, under the day that it is now."""
        now, today = self._clock(), self._today()
        stretch = one.stretch
        if one.reserved and now - one.since < _QUICK:
            stretch = min(MOST, 2 * stretch)
        elif now - one.since > _SLOW:
            stretch = max(LEAST, stretch // 2)
        came = (one.content - one.reserved, one.overhead)
        rows: list[Row] = [(one.day, kind, course, *came), (today, kind, course, stretch, 0)]
        if self._put(rows):
            fresh = _Open(today, reserved=stretch, stretch=stretch, since=now)
            self._open[kind, course] = fresh

    def _put(self, rows: Sequence[Row]) -> bool:
        """Write, or keep it for the next time: a full disk is said by who stores the bytes."""
        try:
            self._write(rows)
        except (StorageProblem, OSError) as problem:
            log.warning("the traffic cannot be written down now: %s", problem)
            self._not_before = self._clock() + _AGAIN
            return False
        return True
