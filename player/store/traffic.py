# SPDX-License-Identifier: Apache-2.0
"""What the line was used for, by local day: the ledger of what the learner pays.

Which day it is decides over money, and clocks jump. The day that counts is the later of the
clock's and the latest written, so that a clock set back brings no new budget. Two exceptions keep a
wrong clock from locking anybody out: a day more than `WILD` after the clock's was written by a
clock that ran wild, and is passed over; a clock before `FLOOR` has lost its battery, and the latest
day written counts, however far ahead.
"""

from __future__ import annotations

import calendar
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from player.store.database import Database, translated

WILD = timedelta(days=31)
FLOOR = date(2026, 1, 1)  # no Cartable is older
NONE: Mapping[tuple[date, str], int] = {}
Row = tuple[date, str, str, int, int]
"""Day, kind, course ('' for none), bytes of content, bytes of overhead; to be added."""


@dataclass(frozen=True, slots=True)
class Month:
    """Bytes of one month: of content by what it was, of overhead, and all of it by day."""

    first: date
    content: int
    catalogue: int
    answers: int
    overhead: int
    by_day: tuple[tuple[date, int], ...]

    @property
    def total(self) -> int:
        """All of it."""
        return self.content + self.catalogue + self.answers + self.overhead


def add(db: Database, day: date, kind: str, content: int, overhead: int, course: str = "") -> None:
    """Add to what was used on a day. Each call is a transaction: `Tally` makes few of them."""
    add_all(db, [(day, kind, course, content, overhead)])


def add_all(db: Database, rows: Sequence[Row]) -> None:
    """Add to several days or kinds as one; what was reserved and not used is added as less than 0.

    Raises:
        DiskFull, DatabaseBusy: nothing was added.
    """
    with translated(db.path), db.atomic():
        db.conn.executemany(
            "INSERT INTO traffic (day, kind, course, content, overhead) VALUES (?, ?, ?, ?, ?)"
            " ON CONFLICT DO UPDATE SET content = max(0, content + excluded.content),"
            " overhead = overhead + excluded.overhead",
            [(day.isoformat(), *rest) for day, *rest in rows],
        )


def used(db: Database, first_day: date, last_day: date) -> int:
    """Bytes of everything from one day to another, both included."""
    query = "SELECT coalesce(sum(content + overhead), 0) FROM traffic WHERE day BETWEEN ? AND ?"
    return int(db.execute(query, [first_day.isoformat(), last_day.isoformat()]).fetchone()[0])


def by_day(
    db: Database, month_of: date, ahead: Mapping[tuple[date, str], int] = NONE
) -> tuple[tuple[date, int], ...]:
    """Bytes by day, for the days of a month that have any. `ahead`: see `month`."""
    query = (
        "SELECT day, sum(content + overhead) FROM traffic WHERE day BETWEEN ? AND ?"
        " GROUP BY day ORDER BY day"
    )
    found = {date.fromisoformat(day): size for day, size in db.execute(query, _between(month_of))}
    for (day, _), size in ahead.items():
        if day in found:
            found[day] -= size
    return tuple((day, size) for day, size in found.items() if size > 0)


def month(db: Database, month_of: date, ahead: Mapping[tuple[date, str], int] = NONE) -> Month:
    """What the line was used for in the month of a day.

    `ahead` (`Tally.ahead`) is what is written already and did not come yet; it is left out.
    """
    query = (
        "SELECT kind, sum(content), sum(overhead) FROM traffic WHERE day BETWEEN ? AND ?"
        " GROUP BY kind"
    )
    rows = db.execute(query, _between(month_of)).fetchall()
    content = Counter({kind: size for kind, size, _ in rows})
    first, last = ends(month_of)
    content.subtract({kind: size for (day, kind), size in ahead.items() if first <= day <= last})
    return Month(
        first=first,
        content=content["content"],
        catalogue=content["catalogue"],
        answers=content["answers"],
        overhead=sum(size for _, _, size in rows),
        by_day=by_day(db, month_of, ahead),
    )


def _between(month_of: date) -> list[str]:
    return [day.isoformat() for day in ends(month_of)]


def ends(month_of: date) -> tuple[date, date]:
    """The first and the last day of a month."""
    last = calendar.monthrange(month_of.year, month_of.month)[1]
    return month_of.replace(day=1), month_of.replace(day=last)


def day_that_counts(db: Database, now_local: datetime) -> date:
    """Which day it is for the budget. See above."""
    clock = now_local.date()
    limit = date.max if clock < FLOOR else min(clock, date.max - WILD) + WILD
    query = "SELECT max(day) FROM traffic WHERE day <= ?"
    latest = db.execute(query, [limit.isoformat()]).fetchone()[0]
    return max(clock, date.fromisoformat(latest)) if latest else clock
