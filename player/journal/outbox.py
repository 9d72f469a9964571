# SPDX-License-Identifier: Apache-2.0
"""How far each event is: saved, packed, sent, received and then marked, or refused.

Beside the journal, one row for each event: the statement as it was rendered once, and its state.
Every function is one transaction, on the disk when it returns. What the platform has received stays
received, and what was rendered is never rendered anew (triggers in the schema).
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from itertools import islice

import msgspec

from player.journal.events import LOCAL, Event
from player.journal.items import Mark
from player.journal.journal import events
from player.store.database import Database, translated

_OPEN = "('ready', 'sent')"
_TOLD = f"kind NOT IN ({', '.join(repr(kind) for kind in sorted(LOCAL))})"
_SHOWN = (
    "CASE WHEN state = 'received' AND is_marked THEN 'marked' WHEN state <> 'ready' THEN state"
    " WHEN packed_at IS NULL THEN 'saved' ELSE 'packed' END"
)


@dataclass(frozen=True, slots=True)
class Delivery:
    """One statement under way. `seq` orders; `tries` is how often it was sent before."""

    seq: int
    event: str
    statement: bytes
    tries: int


@dataclass(frozen=True, slots=True)
class Counts:
    """How many acts are where: `saved` here only, `packed` into a file that somebody carries,
    `sent` without an answer yet, and so on; `received` without a mark."""

    saved: int = 0
    packed: int = 0
    sent: int = 0
    received: int = 0
    marked: int = 0
    refused: int = 0

    @property
    def arrived(self) -> int:
        """How many the platform has, marked or not."""
        return self.received + self.marked

    @property
    def waiting(self) -> int:
        """How many are still to be sent: what is packed too, for a stick may be lost."""
        return self.saved + self.packed + self.sent


@dataclass(frozen=True, slots=True)
class Entry:
    """One act and how far it is: `state` is a field of `Counts`; times are RFC 3339, UTC.

    `reason` says why it was refused, `mark` what it is worth by the latest word of the platform. Of
    the files of an answer `gone` of so many `pieces` have gone.
    """

    event: Event
    state: str
    reason: str
    packed_at: str | None
    sent_at: str | None
    received_at: str | None
    mark: Mark | None = None
    gone: int = 0
    pieces: int = 0


def owed(db: Database, limit: int, until: int = 2**63 - 1) -> list[Event]:
    """The oldest `limit` events that nobody has rendered yet, none later than seq `until`."""
    with translated(db.path):
        return list(islice(events(db, "state = 'saved' AND seq <= ?", (until,)), limit))


def stamps(db: Database) -> list[tuple[int, str, float, str]]:
    """When each event was done that nobody has rendered yet: seq, `at`, `monotonic`, `boot`."""
    query = "SELECT seq, at, monotonic, boot FROM ledger WHERE state = 'saved' ORDER BY seq"
    with translated(db.path):
        return db.execute(query).fetchall()


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


def open_deliveries(
    db: Database, limit: int, after: int = 0, learner: str | None = None
) -> list[Delivery]:
    """The oldest `limit` statements without an answer, of events later than seq `after`.

    Of one learner, or of all.
    """
    query = (
        "SELECT seq, event, statement, tries FROM deliveries"  # noqa: S608 - ours
        f" WHERE state IN {_OPEN} AND seq > ? AND (? IS NULL OR learner = ?)"
        " ORDER BY seq LIMIT ?"
    )
    with translated(db.path):
        rows = db.execute(query, (after, learner, learner, limit)).fetchall()
    return [Delivery(*row) for row in rows]


def mark_packed(db: Database, ids: Collection[str], at: str, bundle: str) -> None:
    """They are in a bundle that somebody can carry. They are sent all the same if there is a road.

    An act that went into several bundles is known by the last one.
    """
    _move(db, "packed_at = ?, bundle = ?", [at, bundle], ids)


def mark_sent(db: Database, ids: Collection[str], at: str) -> None:
    """They are about to leave: from now on they may have arrived, whatever is heard of them."""
    _move(db, "state = 'sent', sent_at = ?, tries = tries + 1", [at], ids)


def acknowledge(db: Database, ids: Collection[str], at: str) -> None:
    """The platform has them."""
    _move(db, "state = 'received', received_at = ?, reason = ''", [at], ids)


def refuse(db: Database, event: str, reason: str) -> None:
    """The platform will not have it as it is. It stays, with the reason."""
    _move(db, "state = 'refused', reason = ?", [reason], [event])


@dataclass(frozen=True, slots=True)
class Heard:
    """What a receipt was news of: how many acts are now received, and how many refused."""

    received: int = 0
    refused: int = 0


def hear(
    db: Database, bundle: str, received: Collection[str], refused: Mapping[str, str], at: str
) -> Heard:
    """Write down what a receipt for `bundle` says, all or none; others' ids are passed over.

    What the platform has counts, whatever was thought here. A refusal (by id, with its reason)
    counts only while that bundle is the last word on the act: an old receipt that comes again must
    not refuse what was meanwhile put back among those to be sent.
    """
    have = (
        "UPDATE deliveries SET state = 'received', received_at = ?, reason = ''"
        " WHERE event IN (SELECT value FROM json_each(?)) AND state NOT IN ('received', 'local')"
    )
    not_ = (
        "UPDATE deliveries SET state = 'refused', reason = ?"  # noqa: S608 - ours
        f" WHERE event = ? AND bundle = ? AND state IN {_OPEN}"
    )
    with translated(db.path), db.atomic():
        news = db.execute(have, (at, _list(received))).rowcount
        rows = ((reason, event, bundle) for event, reason in refused.items())
        return Heard(news, sum(db.execute(not_, row).rowcount for row in rows))


def retry(db: Database, event: str) -> None:
    """Put a refused one back among those to be sent, the same bytes."""
    with translated(db.path), db.atomic():
        db.execute(
            "UPDATE deliveries SET state = 'ready', reason = '', packed_at = NULL, bundle = ''"
            " WHERE event = ? AND state = 'refused'",
            (event,),
        )


def counts(db: Database, learner: str | None = None) -> Counts:
    """How many acts are where, of one learner or of all; each query is answered by an index."""
    told = (
        "SELECT count(*) FROM events"  # noqa: S608 - ours
        f" WHERE {_TOLD} AND (:learner IS NULL OR learner = :learner)"
    )
    moved = (
        "SELECT state, count(*) FROM deliveries WHERE state <> 'local'"
        " AND (:learner IS NULL OR learner = :learner) GROUP BY state"
    )
    packed = (
        "SELECT count(*) FROM deliveries WHERE state = 'ready' AND packed_at IS NOT NULL"
        " AND (:learner IS NULL OR learner = :learner)"
    )
    marked = (  # CROSS: it begins with the marks, which are few
        "SELECT count(DISTINCT m.event) FROM marks AS m CROSS JOIN deliveries AS d ON d.seq = m.seq"
        " WHERE d.state = 'received' AND (:learner IS NULL OR m.learner = :learner)"
    )
    with translated(db.path):
        whose = {"learner": learner}
        total = db.execute(told, whose).fetchone()[0]
        found: dict[str, int] = dict(db.execute(moved, whose).fetchall())
        found["packed"] = db.execute(packed, whose).fetchone()[0]
        found["marked"] = db.execute(marked, whose).fetchone()[0]
    found.pop("ready", None)
    found["received"] = found.get("received", 0) - found["marked"]
    return Counts(saved=total - sum(found.values()), **found)


def states(db: Database, ids: Collection[str]) -> dict[str, str]:
    """How far these events are, by id, in the words of `Counts`."""
    query = f"SELECT id, {_SHOWN} FROM ledger WHERE id IN (SELECT value FROM json_each(?))"  # noqa: S608 - ours
    with translated(db.path):
        return dict(db.execute(query, (_list(ids),)).fetchall())


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
        f"SELECT seq, {_SHOWN}, reason, packed_at, sent_at, received_at"  # noqa: S608 - ours
        " FROM ledger"
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
        seqs = _list(row[0] for row in rows)
        found = {event.seq: event for event in events(db, chosen, (seqs,))}
        marks = _marks(db, seqs)
        files = _files(db, seqs)
    return [
        Entry(*(found[seq], *rest, marks.get(seq), *files.get(seq, (0, 0)))) for seq, *rest in rows
    ]


def _marks(db: Database, seqs: str) -> dict[int, Mark]:
    """The latest mark of each of these events, a JSON list, that has one."""
    query = (
        "SELECT seq, item FROM marks WHERE seq IN (SELECT value FROM json_each(?))"
        " ORDER BY at, place"
    )
    return {seq: msgspec.json.decode(item, type=Mark) for seq, item in db.execute(query, (seqs,))}


def _files(db: Database, seqs: str) -> dict[int, tuple[int, int]]:
    """How many pieces of their files have gone, and of how many, by event: those that have any."""
    query = (
        "SELECT e.seq, count(p.taken_at), count(*) FROM events AS e"
        " JOIN handed_files AS f ON f.act = e.id JOIN handed_pieces AS p ON p.file = f.id"
        " WHERE e.seq IN (SELECT value FROM json_each(?)) GROUP BY e.seq"
    )
    return {seq: (gone, pieces) for seq, gone, pieces in db.execute(query, (seqs,))}


def _move(db: Database, change: str, values: Sequence[str], ids: Collection[str]) -> None:
    """Make one change to those of `ids` that still wait for an answer."""
    query = (
        f"UPDATE deliveries SET {change}"  # noqa: S608 - ours
        f" WHERE event IN (SELECT value FROM json_each(?)) AND state IN {_OPEN}"
    )
    with translated(db.path), db.atomic():
        db.execute(query, (*values, _list(ids)))


def _list(values: Iterable[object]) -> str:
    return msgspec.json.encode(list(values)).decode()
