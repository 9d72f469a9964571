# SPDX-License-Identifier: Apache-2.0
"""How old news is. Advice, never a lock: the clocks of PCs are wrong, and dates come from others.

What a trusted publisher signed was written at `issued`; it cannot be earlier now. So a clock that
stands in the past hides nothing, and one that runs ahead brings a notice too many, no more.
"""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

from player.errors import ClockBehind, Stale
from player.store.database import Database
from player.transport import place

TOLERANCE = timedelta(days=1)  # of a clock: the wrong time zone is not the wrong time


def newest_issued(db: Database) -> datetime | None:
    """When the newest catalogue that a trusted key signed was written; None where there is none."""
    rows = db.execute("SELECT issued FROM repositories WHERE trust = 'trusted'").fetchall()
    return max(filter(None, (moment(row[0]) for row in rows)), default=None)


def clock_is_behind(db: Database, now: datetime) -> ClockBehind | None:
    """What to say where this PC's clock stands before something that was already written."""
    newest = newest_issued(db)
    if newest is None or now >= newest - TOLERANCE:
        return None
    return ClockBehind(date=now.date(), newest=newest.date())


def at_least_now(db: Database, now: datetime) -> datetime:
    """The time as far as it is known: the PC's clock, or the newest catalogue if that is later."""
    newest = newest_issued(db)
    return max(now, newest) if newest else now


def stale(db: Database, url: str, fresh_until: str, now: datetime) -> str:
    """A sentence where a repository should have had news by now; '' otherwise."""
    until = moment(fresh_until)
    if until is None or at_least_now(db, now) <= until:
        return ""
    return str(Stale(place=place(url), date=until.date()))


def moment(text: str) -> datetime | None:
    """A time of RFC 3339; None where it is none: a date that cannot be read is no fault."""
    try:
        found = datetime.fromisoformat(text)
        return found.astimezone(UTC) if found.tzinfo else None
    except (ValueError, OverflowError):
        return None
