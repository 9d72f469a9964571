# SPDX-License-Identifier: Apache-2.0
"""How much may be fetched now, by the learner's own rules. Pure.

What was asked for by hand, just now, overrides the hours and the metered line: those say what
Cartable may do by itself. It does not override the megabytes: they are money.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import Literal

from player.errors import BudgetSpent, DayBudgetSpent, Held, MeteredLink, OutsideHours

Reason = Literal["", "month", "day", "hours", "metered"]
_MIDNIGHT = 24 * 60


@dataclass(frozen=True, slots=True)
class Budget:
    """The rules. `day` and `month` in bytes, None for no limit.

    `hours` are (start, end) in minutes of the local day, (1320, 360) from 22:00 to 06:00; none:
    always. What ends when it starts is the whole day. `on_metered`: `go`, or `ask` or `wait`, which
    both hold back what nobody asked for.
    """

    day: int | None = None
    month: int | None = None
    hours: tuple[tuple[int, int], ...] = ()
    on_metered: str = "ask"


@dataclass(frozen=True, slots=True)
class Allowance:
    """What may be fetched: `bytes_left`, None for any number, 0 for nothing.

    Where it is nothing, `reason` says which rule holds, the lasting one first ('' otherwise), and
    `until` when it goes on by itself: None where that is not a matter of time. `limit` is the
    budget that is spent, in bytes.
    """

    bytes_left: int | None
    until: datetime | None = None
    reason: Reason = ""
    limit: int = 0

    @property
    def held(self) -> Held | None:
        """What to raise where nothing may be fetched."""
        until, amount = _said(self.until), f"{self.limit / 1e6:g}"
        match self.reason:
            case "month":
                return BudgetSpent(amount=amount, until=until)
            case "day":
                return DayBudgetSpent(amount=amount, until=until)
            case "hours":
                return OutsideHours(until=until)
            case "metered":
                return MeteredLink()
        return None


def allowed(  # noqa: PLR0913 - the rules and each thing that they are about
    budget: Budget,
    used_today: int,
    used_month: int,
    now_local: datetime,
    metered: bool | None,
    asked_by_hand: bool,
    *,
    today: date | None = None,
) -> Allowance:
    """Judge the moment.

    Args:
        budget: the rules.
        used_today: bytes of the day that counts.
        used_month: bytes of its month.
        now_local: the time, in the zone of the person: a real zone, that knows its summer time.
        metered: whether the line is paid by the megabyte; None: nobody knows, and it is not held.
        asked_by_hand: whether somebody asked for it just now.
        today: the day that counts, where it is not the clock's (`player.store.traffic`).
    """
    today = today or now_local.date()
    month_spent = budget.month is not None and used_month >= budget.month
    day_spent = budget.day is not None and used_today >= budget.day
    hours = () if asked_by_hand else budget.hours
    reason: Reason = ""
    at, limit = now_local, 0
    if month_spent:
        reason, at, limit = "month", _midnight(_next_month(today), now_local), budget.month or 0
    elif day_spent:
        reason, at, limit = "day", _midnight(_next_day(today), now_local), budget.day or 0
    opens = _opening(hours, at)
    if opens > at:
        reason, at = reason or "hours", opens
    if metered and not asked_by_hand and budget.on_metered != "go":
        return Allowance(0, at if reason else None, reason or "metered", limit)
    if reason:
        return Allowance(0, at, reason, limit)
    left = [
        limit - used
        for limit, used in ((budget.day, used_today), (budget.month, used_month))
        if limit is not None
    ]
    return Allowance(min(left, default=None))


def _opening(hours: tuple[tuple[int, int], ...], at: datetime) -> datetime:
    """`at`, if it lies in one of the hours, else when the next of them begins."""
    minute = at.hour * 60 + at.minute
    if not hours or any(_within(minute, start, end) for start, end in hours):
        return at
    wait = min((start - minute) % _MIDNIGHT for start, _ in hours)
    days, minutes = divmod(minute + wait, _MIDNIGHT)
    begins = time(minutes // 60, minutes % 60)
    if days:
        return datetime.combine(_next_day(at.date()), begins, tzinfo=at.tzinfo)
    # In the hour that the end of summer time repeats, the one that is still to come
    return datetime.combine(at.date(), begins, tzinfo=at.tzinfo).replace(fold=at.fold)


def _within(minute: int, start: int, end: int) -> bool:
    if start < end:
        return start <= minute < end
    return minute >= start or minute < end


def _midnight(day: date, like: datetime) -> datetime:
    return datetime.combine(day, time(), tzinfo=like.tzinfo)


def _next_day(day: date) -> date:
    return day + timedelta(days=1) if day < date.max else day


def _next_month(day: date) -> date:
    if (day.year, day.month) == (date.max.year, date.max.month):
        return date.max
    return (day.replace(day=1) + timedelta(days=32)).replace(day=1)


def _said(until: datetime | None) -> str:
    """A local time for a sentence, to the minute; only its day where it is midnight."""
    if until is None:
        return ""
    form = "%Y-%m-%d" if (until.hour, until.minute) == (0, 0) else "%Y-%m-%d %H:%M"
    return until.strftime(form)
