# SPDX-License-Identifier: Apache-2.0
"""How long a timed attempt has been going on, whatever was done to the PC and its clock. Pure.

The clock runs on while the program is closed, while the PC sleeps, and while it is off. Within one
start of the PC its monotonic clock tells, which nobody can move. From one start to the next only
the wall clock can tell, and it may be wrong: what it says is believed unless it says less than the
PC has been up since, which is certain. A wall clock that was set back while the PC was off gives
time that nobody can see; only a clock behind the last act is seen (`player.lesson.record`). Between
two PCs nothing but their wall clocks can be compared.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from itertools import pairwise

from player.journal.events import Event

MOVED = 10.0
"""Seconds by which wall and monotonic clock may differ: NTP moves a clock by less."""

_ROUNDED = 0.01
"""Seconds: an act is written down to the millisecond, and may seem to be later than now."""


@dataclass(frozen=True, slots=True)
class Moment:
    """When something was: by the wall clock, in seconds since the PC's start, and which start.

    `boot` is '' where the system does not tell. `here` says whether it was on this PC.
    """

    at: datetime
    monotonic: float
    boot: str
    here: bool = True

    @classmethod
    def of(cls, event: Event, *, here: bool = True) -> Moment:
        """When an act was done."""
        return cls(datetime.fromisoformat(event.at), event.monotonic, event.boot, here)


@dataclass(frozen=True, slots=True)
class Step:
    """From one moment to the next: `seconds` that passed, and what the clocks say of each other.

    `moved` is by how many seconds the wall clock was moved meanwhile, as far as anybody can tell.
    """

    seconds: float
    moved: float
    restarted: bool


def step(before: Moment, after: Moment, floor: datetime) -> Step:
    """Return what lies between two moments, `before` first.

    Args:
        before: the earlier one, by the order of the journal.
        after: the later one.
        floor: before which no clock can be right, such as when the course was published. Between a
            clock before it and one after it nothing is known but how long the PC has been up; where
            not even its starts are told apart, only that it did not stand still.
    """
    wall = (after.at - before.at).total_seconds()
    if not (before.here and after.here):
        return Step(max(wall, 0.0) if before.at >= floor else 0.0, 0.0, restarted=False)
    passed = after.monotonic - before.monotonic
    if -_ROUNDED <= passed < 0:
        passed = 0.0
    told = bool(before.boot) or wall - passed <= MOVED  # if not, it may have been off meanwhile
    if before.boot == after.boot and passed >= 0 and told:
        return Step(passed, _moved(wall - passed), restarted=False)
    up = passed if before.boot == after.boot and passed >= 0 else max(after.monotonic, 0.0)
    if before.at < floor <= after.at:
        return Step(up, wall - up, restarted=True)
    return Step(max(wall, up), _moved(min(wall - up, 0.0)), restarted=True)


def elapsed(moments: Sequence[Moment], now: Moment, floor: datetime) -> float:
    """Return the seconds since the first of `moments`, which are in the order of the journal.

    The more of them there are, the less is left to the wall clock. None without any is 0.
    """
    return sum(one.seconds for one in steps([*moments, now], floor))


def steps(moments: Iterable[Moment], floor: datetime) -> list[Step]:
    """Return what lies between each two of `moments`."""
    return [step(before, after, floor) for before, after in pairwise(moments)]


def _moved(seconds: float) -> float:
    return seconds if abs(seconds) > MOVED else 0.0
