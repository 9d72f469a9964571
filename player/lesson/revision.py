# SPDX-License-Identifier: Apache-2.0
"""Which questions come again, and when: nothing but what the journal tells. Pure.

In comes what was missed, known in part, or known only after several tries or with a hint, and what
the learner put in; out goes what the learner took out, until it is put in again. On each day the
first answer to a question counts: what was just shown is no test of memory.

Time is counted in days, by which every PC of a learner comes to the same. A stretch of more than
`BREAK` days without an answer counts as so many: after a long absence, or a clock that stood a year
ahead, there is a pile of a month at the most.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from functools import cache
from typing import NamedTuple

import msgspec

BREAK = 30  # days
MISSED, IN_PART, KNOWN = 1, 2, 3
_DAY = 86_400.0
_AFTER = 0.001  # seconds by which an act is later than the one before, at the least

Key = tuple[str, str, str]
"""Course, activity and question."""
Memory = tuple[float, float, int]


class Deed(NamedTuple):
    """One act, as far as a revision goes by it.

    `when` is in seconds since 1970, UTC, and `id` that of the act: their order is that of all PCs.
    `rating` is 1 to 4, 0 for what was put in and -1 for what was taken out. `attempt` is '' for
    these. `revised`: it came in a revision.
    """

    when: float
    id: str
    key: Key
    rating: int
    attempt: str = ""
    revised: bool = False
    seconds: float = 0.0


class Card(msgspec.Struct, array_like=True):
    """What is known of one question. `due` is a day of `Book`; `is_in` whether it comes again.

    `before` is the memory before the answer that counts on the day of `memory`, and `attempt` that
    answer's.
    """

    is_in: bool = False
    is_aside: bool = False
    due: int = 0
    memory: Memory | None = None
    before: Memory | None = None
    attempt: str = ""


class Book(msgspec.Struct):
    """All questions of a learner, up to the last deed.

    `day` is that of the last deed by the calendar (days since 1970, UTC), `shift` how many days of
    breaks were left out until then. `spent` are the seconds of revision on that day, `pace` those
    of all answers in revisions, and how many they were.
    """

    cards: dict[Key, Card] = {}
    day: int = 0
    shift: int = 0
    when: float = 0.0
    id: str = ""
    spent: float = 0.0
    pace: float = 0.0
    answers: int = 0
    counted: dict[str, float] = {}

    def today(self, now: float) -> int:
        """The day of the schedule that it is at `now`, seconds since 1970."""
        day = max(int(now // _DAY), self.day)
        return self.day - self.shift + min(day - self.day, BREAK)

    def spent_on(self, now: float) -> float:
        """Seconds of revision on the day of `now`."""
        return self.spent if int(now // _DAY) <= self.day else 0.0

    def take(self, deeds: Iterable[Deed]) -> None:
        """Go on with deeds that are later than all before."""
        for deed in sorted(deeds):
            day = int(deed.when // _DAY)
            if day > self.day:
                if self.day:
                    self.shift += max(day - self.day - BREAK, 0)
                self.day, self.spent = day, 0.0
                self.counted.clear()
            self.when, self.id = deed.when, deed.id
            if deed.revised:
                self._count(deed)
            self._take(deed, self.day - self.shift)

    def is_later(self, deed: Deed) -> bool:
        """Whether `deed` comes after all that was taken."""
        return (deed.when, deed.id) > (self.when, self.id)

    def _count(self, deed: Deed) -> None:
        """The time of an answer counts once, however often it was rated."""
        if deed.attempt not in self.counted:
            self.counted[deed.attempt] = deed.seconds
            self.spent += deed.seconds
            self.pace += deed.seconds
            self.answers += 1

    def _take(self, deed: Deed, day: int) -> None:
        course, _, question = deed.key
        if deed.rating < 0 and not question:
            for key, card in self.cards.items():
                if key[0] == course and card.is_in:
                    card.is_in, card.is_aside = False, True
            return
        if deed.key not in self.cards and deed.rating >= KNOWN:
            return  # most answers: it is known, and nobody asked for more
        card = self.cards.setdefault(deed.key, Card())
        if deed.rating < 0:
            card.is_in, card.is_aside = False, True
        elif deed.rating == 0:
            card.due = min(card.due, day) if card.is_in else day
            card.is_in, card.is_aside = True, False
        else:
            _answer(card, deed, day)


def _answer(card: Card, deed: Deed, day: int) -> None:
    if card.memory is not None and card.memory[2] >= day:
        if not deed.revised or deed.attempt != card.attempt:
            return
    else:
        card.before, card.attempt = card.memory, deed.attempt
    card.memory, card.due = _scheduler()(card.before, deed.rating, day)
    card.is_in = not card.is_aside and (card.is_in or deed.rating < KNOWN)


@cache
def _scheduler() -> Callable[[Memory | None, int, int], tuple[Memory, int]]:
    """FSRS takes as long to load as a page: only who has something to revise waits for it."""
    from player.lesson.spacing import after  # noqa: PLC0415 - see above

    return after


class Moment(NamedTuple):
    """When an act was done on this PC, or that it is now: `at` is what its clock said.

    `told` is what its statement says, set right by a server's clock if one was asked; None while
    there is none. Seconds since 1970; `monotonic` those since the start of the PC that is `boot`.
    """

    at: float
    monotonic: float
    boot: str
    told: float | None = None


def straight(before: tuple[Moment, float] | None, moment: Moment) -> float:
    """Return when `moment` was, of a PC whose clock may have been set since `before`.

    While a PC runs, the seconds since its start tell how long it was. Over a start the clock is
    believed, but not that time ran backwards: then it stood still. `before` is the act before on
    this PC, and when that was.
    """
    if moment.told is not None:
        return moment.told
    if before is None:
        return moment.at
    last, when = before
    ran = moment.monotonic - last.monotonic
    if moment.boot and moment.boot == last.boot and ran >= 0:
        return when + max(ran, _AFTER)
    return max(moment.at + when - last.at, when + _AFTER)


def rated(score: float | None, *, success: bool | None, first: bool = True) -> int:
    """Return the rating of an answer: `first` where it was the first try, and without a hint."""
    if success:
        return KNOWN if first else IN_PART
    return IN_PART if first and score else MISSED
