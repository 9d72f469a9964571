# SPDX-License-Identifier: Apache-2.0
"""The journal: record an act, read the acts. Append-only; triggers in the schema guard it.

Each row carries the hash of the row before (research/xapi.md §6): an edit made afterwards shows to
whoever holds a later hash.
"""

from __future__ import annotations

import hashlib
import secrets
import time
import uuid
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from functools import cache
from pathlib import Path

import msgspec

from player.clock import Now, stamp
from player.journal.events import AnyAct, Event, kind_of
from player.store.database import Database, translated

_COLUMNS = (
    "seq, id, learner, course, version, activity, payload, at, monotonic, boot, previous, hash"
)
_START = str(uuid.uuid4())[:24]  # how the ids that this program makes begin


@dataclass(frozen=True, slots=True)
class Where:
    """Who did it, and in what: `activity` is '' for the course as a whole."""

    learner: str
    course: str
    version: int
    activity: str = ""


def record(db: Database, where: Where, act: AnyAct, now: Now | None = None) -> Event:
    """Write one act and return its event. When this returns, it is on the disk.

    Raises:
        DiskFull, DatabaseBusy, NotWritable: nothing was written; say so and try again.
    """
    return record_all(db, where, [act], now)[0]


def record_all(
    db: Database, where: Where, acts: list[AnyAct], now: Now | None = None
) -> list[Event]:
    """Write several acts as one: all of them or none. See `record`."""
    clock = now or (lambda: datetime.now(UTC))
    with translated(db.path), db.atomic():
        return [_append(db, where, act, clock) for act in acts]


def events(db: Database, condition: str = "1", values: tuple[object, ...] = ()) -> Iterator[Event]:
    """Yield the events that fulfil an SQL condition over `ledger`, oldest first."""
    query = f"SELECT {_COLUMNS} FROM ledger WHERE {condition} ORDER BY seq"  # noqa: S608 - ours
    for row in db.execute(query, values):
        yield _event(row)


def broken_links(db: Database, first: int = 1, last: int | None = None) -> list[int]:
    """The `seq` of every row whose hash or whose link to the row before does not hold.

    Of all rows, or of those from `first` to `last`.
    """
    before = db.execute(
        "SELECT hash FROM events WHERE seq < ? ORDER BY seq DESC LIMIT 1", [first]
    ).fetchone()
    found, previous = [], before[0] if before else ""
    query = f"SELECT {_COLUMNS} FROM events WHERE seq BETWEEN ? AND ? ORDER BY seq"  # noqa: S608 - ours
    for row in db.execute(query, (first, last or 2**62)):
        facts = row[1:11]
        if row[10] != previous or row[11] != hash_of(facts):
            found.append(row[0])
        previous = row[11]
    return found


def chained(db: Database, facts: tuple[object, ...], kind: str) -> Event:
    """Append a row of these facts (`id` to `boot`) to the chain, inside a transaction."""
    last = db.execute("SELECT hash FROM events ORDER BY seq DESC LIMIT 1").fetchone()
    linked = (*facts, last[0] if last else "")
    row = (*linked, hash_of(linked))
    cursor = db.execute(
        "INSERT INTO events (id, learner, course, version, activity, payload, at, monotonic, boot,"
        " previous, hash, kind) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
        (*row, kind),
    )
    return _event((cursor.lastrowid, *row))


def new_id() -> str:
    """A UUID (RFC 9562, version 4) whose last 48 bits are its own; the rest is this start's.

    So the ids of a batch are less than half as long in gzip. Nobody guesses one from another, to
    occupy it in the store before its act arrives (RFC 9562, 6.9): that would take 2^47 requests.
    """
    return f"{_START}{secrets.token_hex(6)}"


def hash_of(linked: tuple[object, ...]) -> str:
    """The hash of a row: over its facts and the hash of the row before."""
    return hashlib.sha256(msgspec.json.encode(linked)).hexdigest()


def _append(db: Database, where: Where, act: AnyAct, now: Now) -> Event:
    at = stamp(now(), "milliseconds")
    facts = (
        _unused(db),
        where.learner,
        where.course,
        where.version,
        where.activity,
        msgspec.json.encode(act).decode(),
        at,
        round(since_boot(), 3),
        boot_id(),
    )
    return chained(db, facts, kind_of(act))


def _unused(db: Database) -> str:
    """An id that no act here has: 48 bits may fall the same way twice."""
    while db.execute("SELECT 1 FROM events WHERE id = ?", [id_ := new_id()]).fetchone():
        pass
    return id_


def _event(row: tuple[object, ...]) -> Event:
    act = msgspec.json.decode(str(row[6]), type=AnyAct)
    return Event(*row[:6], act, *row[7:])  # type: ignore[arg-type, call-arg]


def since_boot() -> float:
    """Seconds since this PC started, those in which it slept included where it knows them."""
    if hasattr(time, "CLOCK_BOOTTIME"):  # on Linux `monotonic` stands still meanwhile
        return time.clock_gettime(time.CLOCK_BOOTTIME)
    return time.monotonic()


@cache
def boot_id() -> str:
    """Which boot of this PC: with it, monotonic times can be compared. Empty where unknown."""
    try:
        return Path("/proc/sys/kernel/random/boot_id").read_text(encoding="ascii").strip()
    except OSError:
        return ""
