# SPDX-License-Identifier: Apache-2.0
"""How far each event is on its way to the platform: saved, sent, received or refused.

Beside the journal, one row for each event: the statement as it was rendered once, and its state.
Every function is one transaction, on the disk when it returns. What the platform has received stays
received, and what was rendered is never rendered anew (triggers in the schema).
"""

from __future__ import annotations

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from itertools import islice

import msgspec

from player.journal.events import LOCAL, Event
from player.journal.journal import events
from player.store.database import Database, translated

_OPEN = "('ready', 'sent')"
_TOLD = f"kind NOT IN ({', '.join(repr(kind) for kind in sorted(LOCAL))})"
_SHOWN = "CASE state WHEN 'ready' THEN 'saved' ELSE state END"


@dataclass(frozen=True, slots=True)
class Delivery:
    """One statement under way. `seq` orders; `tries` is how often it was sent before."""

    seq: int
    event: str
    statement: bytes
    tries: int


@dataclass(frozen=True, slots=True)
class Counts:
    """How many acts are where: `saved` here only, `sent` without an answer yet, and so on."""

    saved: int = 0
    sent: int = 0
    received: int = 0
    refused: int = 0


@dataclass(frozen=True, slots=True)
class Entry:
    """One act and how far it is: `state` is a field of `Counts`; times are RFC 3339, UTC.

    `reason` says why it was refused.
    """

    event: Event
    state: str
    reason: str
    sent_at: str | None
    received_at: str | None


def owed(db: Database, limit: int) -> list[Event]:
    """The oldest `limit` events that nobody has rendered yet."""
    with translated(db.path):
        return list(islice(events(db, "state = 'saved'"), limit))


def put(db: Database, rendered: Iterable[tuple[str, bytes | None]]) -> None:
    """Keep statements by event id, all or none; None: the platform is not told of it.

    What is already rendered stays as it is.
    """
    rows = [
        (event, event, event, statement, "local" if statement is None else "ready")
        for event, statement in rendered
    ]
    with translated(db.path), db.atomic():
        db.conn.executemany(
            "INSERT INTO deliveries (seq, event, learner, statement, state) VALUES"
            " ((SELECT seq FROM events WHERE id = ?), ?,"
            " (SELECT learner FROM events WHERE id = ?), ?, ?) ON CONFLICT (seq) DO NOTHING",
            rows,
        )


def open_deliveries(db: Database, limit: int, after: int = 0) -> list[Delivery]:
    """The oldest `limit` statements without an answer, of events later than seq `after`."""
    query = (
        "SELECT seq, event, statement, tries FROM deliveries"  # noqa: S608 - ours
        f" WHERE state IN {_OPEN} AND seq > ? ORDER BY seq LIMIT ?"
    )
    with translated(db.path):
        return [Delivery(*row) for row in db.execute(query, (after, limit)).fetchall()]


def mark_sent(db: Database, ids: Collection[str], at: str) -> None:
    """They are about to leave: from now on they may have arrived, whatever is heard of them."""
    _move(db, "state = 'sent', sent_at = ?, tries = tries + 1", at, ids)


def acknowledge(db: Database, ids: Collection[str], at: str) -> None:
    """The platform has them."""
    _move(db, "state = 'received', received_at = ?, reason = ''", at, ids)


def refuse(db: Database, event: str, reason: str) -> None:
    """The platform will not have it as it is. It stays, with the reason."""
    _move(db, "state = 'refused', reason = ?", reason, [event])


def retry(db: Database, event: str) -> None:
    """Put a refused one back among those to be sent, the same bytes."""
    with translated(db.path), db.atomic():
        db.execute(
            "UPDATE deliveries SET state = 'ready', reason = ''"
            " WHERE event = ? AND state = 'refused'",
            (event,),
        )


def counts(db: Database, learner: str | None = None) -> Counts:
    """How many acts are where, of one learner or of all; both queries are answered by an index."""
    told = (
        "SELECT count(*) FROM events"  # noqa: S608 - ours
        f" WHERE {_TOLD} AND (:learner IS NULL OR learner = :learner)"
    )
    moved = (
        "SELECT state, count(*) FROM deliveries WHERE state <> 'local'"
        " AND (:learner IS NULL OR learner = :learner) GROUP BY state"
    )
    with translated(db.path):
        whose = {"learner": learner}
        total = db.execute(told, whose).fetchone()[0]
        found: dict[str, int] = dict(db.execute(moved, whose).fetchall())
    found.pop("ready", None)
    return Counts(saved=total - sum(found.values()), **found)


def ledger(
    db: Database,
    learner: str,
    *,
    states: Collection[str] = (),
    kinds: Collection[str] = (),
    before: int = 0,
    limit: int = 100,
) -> list[Entry]:
    """The learner's acts and how far each is, latest first: one page of "my work".

    Args:
        db: this thread's connection.
        learner: whose.
        states: which states, by the names of `Counts`; none means all.
        kinds: which kinds of act; none means all.
        before: the `seq` of the last entry of the page before; 0 for the first page.
        limit: how many.
    """
    query = (
        f"SELECT seq, {_SHOWN}, reason, sent_at, received_at FROM ledger"  # noqa: S608 - ours
        f" WHERE {_TOLD} AND state <> 'local' AND learner = ? AND (? = 0 OR seq < ?)"
        f" AND (? = '[]' OR {_SHOWN} IN (SELECT value FROM json_each(?)))"
        " AND (? = '[]' OR kind IN (SELECT value FROM json_each(?)))"
        " ORDER BY seq DESC LIMIT ?"
    )
    shown, done = _list(states), _list(kinds)
    values = (learner, before, before, shown, shown, done, done, limit)
    with translated(db.path):
        rows = db.execute(query, values).fetchall()
        chosen = "seq IN (SELECT value FROM json_each(?))"
        found = {event.seq: event for event in events(db, chosen, (_list(r[0] for r in rows),))}
    return [Entry(found[seq], *rest) for seq, *rest in rows]


def _move(db: Database, change: str, value: str, ids: Collection[str]) -> None:
    """Make one change to those of `ids` that still wait for an answer."""
    query = (
        f"UPDATE deliveries SET {change}"  # noqa: S608 - ours
        f" WHERE event IN (SELECT value FROM json_each(?)) AND state IN {_OPEN}"
    )
    with translated(db.path), db.atomic():
        db.execute(query, (value, _list(ids)))


def _list(values: Iterable[object]) -> str:
    return msgspec.json.encode(list(values)).decode()
