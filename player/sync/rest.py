# SPDX-License-Identifier: Apache-2.0
"""How long a store asked to be left alone, kept: a restart of the program does not forget it."""

from __future__ import annotations

from datetime import datetime

from player.clock import Now, stamp
from player.store.database import Database

MOST = 3600  # seconds that a store may ask for


def keep(db: Database, endpoint: str, seconds: int, now: Now) -> None:
    """It asked just now for so many `seconds`."""
    row = (endpoint, stamp(now(), "milliseconds"), min(max(1, seconds), MOST))
    with db.atomic():
        db.execute(
            "INSERT INTO stores (endpoint, busy_at, rest) VALUES (?, ?, ?)"
            " ON CONFLICT (endpoint) DO UPDATE SET busy_at = excluded.busy_at,"
            " rest = excluded.rest",
            row,
        )


def left(db: Database, endpoint: str, now: Now) -> float:
    """For how many seconds it still wants it; 0 for not at all.

    A clock that was set since makes it shorter or ends it, never longer than it was asked for.
    """
    query = "SELECT busy_at, rest FROM stores WHERE endpoint = ? AND busy_at <> ''"
    row = db.execute(query, [endpoint]).fetchone()
    if row is None:
        return 0
    over = (now() - datetime.fromisoformat(row[0])).total_seconds()
    return float(row[1] - over) if 0 <= over < row[1] else 0
