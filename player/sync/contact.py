# SPDX-License-Identifier: Apache-2.0
"""When a store last told the time, kept: while this PC runs, nobody has to ask again."""

from __future__ import annotations

from datetime import datetime, timedelta

from player.clock import Now, stamp
from player.journal import journal
from player.store.database import Database
from player.sync.clocks import Contact


def here(now: Now) -> Contact:
    """This moment, as the PC knows it, its clock taken to be right."""
    return Contact(now(), journal.since_boot(), journal.boot_id())


def latest(db: Database, endpoint: str) -> Contact | None:
    """The last one; None before the first."""
    query = (
        "SELECT told_at, monotonic, boot, clock_offset FROM stores"
        " WHERE endpoint = ? AND told_at <> ''"
    )
    row = db.execute(query, [endpoint]).fetchone()
    if row is None:
        return None
    at, monotonic, boot, offset = row
    return Contact(datetime.fromisoformat(at), monotonic, boot, timedelta(seconds=offset))


def keep(db: Database, endpoint: str, found: Contact) -> None:
    """Write down what a store told just now."""
    at = stamp(found.at, "milliseconds")
    row = (endpoint, at, found.monotonic, found.boot, found.offset.total_seconds())
    with db.atomic():
        db.execute(
            "INSERT INTO stores (endpoint, told_at, monotonic, boot, clock_offset)"
            " VALUES (?, ?, ?, ?, ?) ON CONFLICT (endpoint) DO UPDATE SET told_at ="
            " excluded.told_at, monotonic = excluded.monotonic, boot = excluded.boot,"
            " clock_offset = excluded.clock_offset",
            row,
        )


def every(db: Database) -> list[Contact]:
    """The last one of each store, the latest first by this PC's clock."""
    rows = db.execute(
        "SELECT told_at, monotonic, boot, clock_offset FROM stores"
        " WHERE told_at <> '' ORDER BY told_at DESC"
    )
    return [
        Contact(datetime.fromisoformat(at), monotonic, boot, timedelta(seconds=offset))
        for at, monotonic, boot, offset in rows
    ]
