# SPDX-License-Identifier: Apache-2.0
"""How wrong this PC's clock was at each act, told from how wrong it was at a contact. Pure.

Somebody may have set the clock between an act and the first connection, forwards or backwards, or
its battery is dead and it begins at 2010 each morning. While the PC runs, the seconds since its
start tell what was set. Over a night they tell nothing: then the clock is believed as it was, but
for the order, which is known: what was done before is not later.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Callable, Iterable
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from operator import itemgetter
from typing import NamedTuple

from player.journal.events import Event
from player.sync.statements import Clock

DRIFT = timedelta(seconds=2)  # by which two clocks part by themselves, between two acts
_OLD = timedelta(days=1)  # after which a PC's own clocks have parted too far from the true time


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

    @property
    def stamp(self) -> Stamp:
        """The moment alone."""
        return Stamp(0, self.at, self.monotonic, self.boot)

    def moved_to(self, later: Contact) -> Contact | None:
        """This contact as of `later`, whoever set the clock since; None where nobody can tell."""
        ran = timedelta(seconds=later.monotonic - self.monotonic)
        if not self.boot or self.boot != later.boot or not timedelta() <= ran < _OLD:
            return None
        return replace(later, offset=self.offset - _moved(self.stamp, later.stamp))


def clocks(stamps: Iterable[Stamp], contact: Contact) -> Callable[[Event], Clock]:
    """The clock to render each event by.

    Args:
        stamps: of all events that are to be rendered, oldest first.
        contact: what a server said, after them.
    """
    stretches: list[tuple[int, timedelta]] = []  # their last seq, how wrong the clock was then
    offset, later = contact.offset, contact.stamp
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


def earlier(contact: Contact | None) -> Callable[[Event], Clock]:
    """The clock to render each event by where no server can be asked: by the last contact, if any.

    It tells the time of the acts of the same start of the PC. Of others nothing is known, and a
    wrong correction would be worse than none.
    """

    def clock(event: Event) -> Clock:
        if contact is None or not event.boot or event.boot != contact.boot:
            return Clock(contact="none")
        stamp = Stamp(event.seq, datetime.fromisoformat(event.at), event.monotonic, event.boot)
        return Clock(contact.offset - _moved(contact.stamp, stamp), contact="earlier")

    return clock


def _moved(stamp: Stamp, later: Stamp) -> timedelta:
    """By how much somebody set the clock forwards between two acts; negative for backwards."""
    passed = later.at - stamp.at
    if not stamp.boot or stamp.boot != later.boot:
        return min(passed, timedelta())  # else what came first would be the later one
    moved = passed - timedelta(seconds=later.monotonic - stamp.monotonic)
    return moved if abs(moved) > DRIFT else timedelta()
