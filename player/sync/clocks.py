# SPDX-License-Identifier: Apache-2.0
"""How wrong this PC's clock was at each act, told from how wrong it is now. Pure.

Somebody may have set the clock between an act and the first connection, forwards or backwards, or
its battery is dead and it begins at 2010 each morning. While the PC runs, the seconds since its
start tell what was set. Over a night they tell nothing: then the clock is believed as it was, but
for the order, which is known: what was done before is not later.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta
from operator import itemgetter
from typing import NamedTuple

from player.journal.events import Event
from player.sync.statements import Clock

DRIFT = timedelta(seconds=2)  # by which two clocks part by themselves, between two acts


class Stamp(NamedTuple):
    """When an act was done, as the PC knew it: the wall clock, seconds since which start."""

    seq: int
    at: datetime
    monotonic: float
    boot: str


@dataclass(frozen=True, slots=True)
class Contact:
    """The moment at which a server told the time: true time was `at` (this PC's) plus `offset`."""

    at: datetime
    monotonic: float
    boot: str
    offset: timedelta = timedelta()


def clocks(stamps: Iterable[Stamp], contact: Contact) -> Callable[[Event], Clock]:
    """The clock to render each event by.

    Args:
        stamps: of all events that are to be rendered, oldest first.
        contact: what a server said, after them.
    """
    stretches: list[tuple[int, timedelta]] = []  # their last seq, how wrong the clock was then
    offset, later = contact.offset, Stamp(0, contact.at, contact.monotonic, contact.boot)
    for stamp in reversed(list(stamps)):
        moved = _moved(stamp, later)
        if moved or not stretches:
            offset += moved
            stretches.append((stamp.seq, offset))
        later = stamp
    stretches.reverse()
    now = contact.at + contact.offset

    def clock(event: Event) -> Clock:
        place = bisect_left(stretches, event.seq, key=itemgetter(0))
        found = stretches[place][1] if place < len(stretches) else contact.offset
        return Clock(found, now)

    return clock


def _moved(stamp: Stamp, later: Stamp) -> timedelta:
    """By how much somebody set the clock forwards between two acts; negative for backwards."""
    passed = later.at - stamp.at
    if not stamp.boot or stamp.boot != later.boot:
        return min(passed, timedelta())  # else what came first would be the later one
    moved = passed - timedelta(seconds=later.monotonic - stamp.monotonic)
    return moved if abs(moved) > DRIFT else timedelta()
