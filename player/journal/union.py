# SPDX-License-Identifier: Apache-2.0
"""Two PCs, one learner: what was done on either is done on both, each act once.

An act keeps its id, its times and its boot wherever it goes; only its place in the chain of hashes
is another on each PC. What it was in the chain of the PC where it was done is kept beside it, so
that the evidence of that chain travels too. Its statement travels as it was rendered, for the
platform must hear the same bytes from both.
"""

from __future__ import annotations

from datetime import datetime
from typing import Annotated

import msgspec

from player.clock import stamp
from player.journal import learners, outbox
from player.journal.events import AnyAct, kind_of
from player.journal.journal import chained, hash_of
from player.journal.learners import Learner
from player.store.database import Database, translated

TOLD = "?"
"""The `device` of an act that the platform told of: which PC it was done on, nobody says."""

_NONE = b"null"


class _Dated(msgspec.Struct):
    timestamp: Annotated[datetime, msgspec.Meta(tz=True)]


class Brought(msgspec.Struct, frozen=True, omit_defaults=True):
    """One act as it travels: the row of the journal where it was done, and how far it is.

    `device` is '' where the PC that packed it is the one where it was done. `statement` is as it
    was rendered, null where the platform is not told; `state` as in `deliveries`.
    """

    id: str
    learner: str
    course: str
    version: int
    activity: str
    payload: str
    at: str
    monotonic: float
    boot: str
    previous: str
    hash: str
    device: str = ""
    statement: msgspec.Raw = msgspec.Raw(_NONE)
    state: str = "ready"
    reason: str = ""
    received_at: str | None = None

    @property
    def facts(self) -> tuple[object, ...]:
        """What every PC has alike."""
        return (
            self.id,
            self.learner,
            self.course,
            self.version,
            self.activity,
            self.payload,
            self.at,
            self.monotonic,
            self.boot,
        )

    @property
    def rendered(self) -> bytes | None:
        """The statement's bytes; None where the platform is not told."""
        return None if bytes(self.statement) == _NONE else bytes(self.statement)

    @property
    def done_at(self) -> str:
        """When it was done, as its statement says: by a clock that was set right, if one was."""
        try:
            told = msgspec.json.decode(self.statement, type=_Dated).timestamp
            return stamp(told, "milliseconds")
        except (msgspec.MsgspecError, OverflowError):
            return self.at

    @property
    def kind(self) -> str:
        """The kind of the act. Raises msgspec.ValidationError: of a later version, or none."""
        return kind_of(msgspec.json.decode(self.payload, type=AnyAct))

    @property
    def is_whole(self) -> bool:
        """Whether it is what its own journal wrote down."""
        return self.hash == hash_of((*self.facts, self.previous))


def of(db: Database, learner: str, after: int, limit: int) -> list[tuple[int, Brought]]:
    """The learner's rendered acts later than seq `after`, oldest first, to be taken elsewhere."""
    query = (
        "SELECT e.seq, e.id, e.learner, e.course, e.version, e.activity, e.payload, e.at,"
        " e.monotonic, e.boot, iif(o.hash <> '', o.previous, e.previous),"
        " iif(o.hash <> '', o.hash, e.hash),"  # what the platform told of is in our chain alone
        " coalesce(o.device, ''), d.statement, d.state, d.reason, d.received_at"
        " FROM events AS e JOIN deliveries AS d ON d.seq = e.seq"
        " LEFT JOIN origins AS o ON o.event = e.id"
        " WHERE e.learner = ? AND e.seq > ? ORDER BY e.seq LIMIT ?"
    )
    with translated(db.path):
        rows = db.execute(query, (learner, after, limit)).fetchall()
    found = []
    for seq, *facts in rows:
        named = dict(zip(Brought.__struct_fields__, facts, strict=True))
        named["statement"] = msgspec.Raw(named["statement"] or _NONE)
        found.append((seq, Brought(**named)))
    return found


def take(db: Database, learner: Learner, brought: list[Brought], device: str) -> int:
    """Add what is not here yet, all of it or none; returns how many acts that were.

    Args:
        db: this thread's connection.
        learner: whose acts they are; written down where nobody knows them.
        brought: acts that are whole, see `Brought.is_whole`.
        device: the public key of the PC that packed them.
    """
    known = "SELECT 1 FROM events WHERE id = ?"
    with translated(db.path), db.atomic():
        learners.keep(db, learner)
        new = [one for one in brought if not db.execute(known, (one.id,)).fetchone()]
        for one in new:
            chained(db, one.facts, one.kind)
            origin = (one.id, one.device or device, one.previous, one.hash, one.done_at)
            db.execute("INSERT INTO origins VALUES (?, ?, ?, ?, ?)", origin)
        outbox.put(db, [(one.id, one.rendered) for one in brought])
        for one in new:
            if one.state == "refused":
                outbox.refuse(db, one.id, one.reason)
        for one in brought:
            if one.state == "received":
                outbox.acknowledge(db, [one.id], one.received_at or one.at)
    return len(new)


def has_origins(db: Database, learner: str) -> bool:
    """Whether anything here was done by the learner on another PC."""
    query = (
        "SELECT 1 FROM origins AS o CROSS JOIN events AS e ON e.id = o.event"  # most have none
        " WHERE e.learner = ? LIMIT 1"
    )
    with translated(db.path):
        return db.execute(query, (learner,)).fetchone() is not None


def is_from_elsewhere(db: Database, event: str) -> bool:
    """Whether this act was done on another PC."""
    with translated(db.path):
        found = db.execute("SELECT 1 FROM origins WHERE event = ?", (event,)).fetchone()
    return found is not None
