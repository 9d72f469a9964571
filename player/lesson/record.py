# SPDX-License-Identifier: Apache-2.0
"""What the journal shows of a timed attempt afterwards. Pure.

It is evidence and not proof. Whoever owns a PC can write another journal from the beginning; what
was handed out before, with a hash in it, then no longer fits. docs/exams.md says what each remark
can mean, most of them nothing bad.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence
from datetime import datetime
from itertools import islice

from player.clock import stamp
from player.journal.events import Answered, Event, Remark
from player.lesson.exam_clock import Moment, steps

TICK = 20.0
"""Seconds between two ticks while an exam is open."""
GRACE = 5.0
"""Seconds after the end in which an answer is still taken: the last one is on its way then."""

_GAP = 3 * TICK
_MOST = 100  # remarks that travel: whoever reads more than that learns nothing new

CLOCK = "clock"
"""The wall clock was moved by `seconds`, while the PC was on, or set back while it was off."""
CLOSED = "closed"
"""For `seconds` nothing was recorded: the exam was closed, the PC asleep or off."""
RESTARTED = "restarted"
"""The PC was started anew; `seconds` is how long nothing was recorded."""
LATE = "late"
"""An answer came `seconds` after the time was up."""
DEVICES = "devices"
"""It was worked on at more than one PC."""
CHAIN = "chain"
"""A row was changed, taken out or put in afterwards."""


def remarks(
    events: Sequence[Event],
    moments: Sequence[Moment],
    floor: datetime,
    *,
    limit: float = 0.0,
    broken: Collection[int] = (),
    devices: int = 1,
) -> tuple[Remark, ...]:
    """Return what is to be said of an attempt, in the order of its acts.

    Args:
        events: its acts on this PC, ticks among them, in the order of the journal.
        moments: when each of them was; one more is when it ends, which is no act yet.
        floor: see `exam_clock.step`.
        limit: seconds that it may take, 0 without a limit.
        broken: the `seq` of rows since it was begun of which the chain does not hold. They need not
            be its own: after one that was taken out, the next one shows it.
        devices: on how many PCs it was worked on.
    """
    found = [*islice(_on_the_way(events, moments, floor, limit), _MOST)]
    if devices > 1:
        found.append(Remark(DEVICES))
    if broken:
        found.append(Remark(CHAIN))
    return tuple(found)


def _on_the_way(
    events: Sequence[Event], moments: Sequence[Moment], floor: datetime, limit: float
) -> Iterator[Remark]:
    passed = 0.0
    for number, one in enumerate(steps(moments, floor), 1):
        at = stamp(moments[number].at, "milliseconds")
        passed += one.seconds
        if one.moved:
            yield Remark(CLOCK, round(one.moved), at)
        if one.restarted:
            yield Remark(RESTARTED, round(one.seconds), at)
        elif one.seconds > _GAP:
            yield Remark(CLOSED, round(one.seconds), at)
        answered = number < len(events) and isinstance(events[number].act, Answered)
        if limit and answered and passed > limit + GRACE:
            yield Remark(LATE, round(passed - limit), at)
