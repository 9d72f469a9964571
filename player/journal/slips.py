# SPDX-License-Identifier: Apache-2.0
"""What a learner answers anonymously, on its way to the platform: a slip, as in a ballot box.

A slip has an account of its own, drawn by chance for one learner and one questionnaire. It holds
no learner, no PC, no time; nothing that the platform hears has both it and one of these. Why, and
what still can betray somebody: docs/decisions/0020-anonymous-answers.md.
"""

from __future__ import annotations

import secrets
import uuid
from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime, timedelta

import msgspec

from player.clock import stamp
from player.store.database import Database, translated

WAIT = timedelta(days=1)
"""No longer than this a slip waits for its moment, by chance: else it lay next to what was done
just before, and thirty who answer in one lesson would be heard in the order of their seats."""

LONGEST = timedelta(days=7)
"""A slip leaves in a run that has nothing else to send, since a store shows what came in at the
same moment; after this long, in any."""


class Said(msgspec.Struct, frozen=True, omit_defaults=True):
    """One answer. `id` is its statement's; the rest as in `player.journal.events.Answered`."""

    id: str
    question: str
    title: str
    interaction: str
    response: str
    choices: dict[str, str] = {}


class Slip(msgspec.Struct, frozen=True, omit_defaults=True):
    """All that is told of one questionnaire: by nobody, `account`, of this version of a course."""

    account: str
    course: str
    version: int
    activity: str
    name: str
    language: str
    answers: tuple[Said, ...]


@dataclass(frozen=True, slots=True)
class Lying:
    """A slip that has not arrived, and the name under which it lies here."""

    id: str
    slip: Slip


@dataclass(frozen=True, slots=True)
class State:
    """How far a slip is: `ready`, `packed`, `received` or `refused` with a reason."""

    state: str
    reason: str = ""


def chance() -> str:
    """A UUID of chance alone: the journal's own ids show which of them one program wrote."""
    return str(uuid.UUID(bytes=secrets.token_bytes(16), version=4))


def put(db: Database, slip: Slip, now: datetime) -> str:
    """Lay a slip in, in the transaction of the act that it belongs to; returns its name here."""
    id_ = chance()
    after = now + secrets.randbelow(int(WAIT.total_seconds())) * timedelta(seconds=1)
    row = (id_, msgspec.json.encode(slip).decode(), stamp(after))
    db.execute("INSERT INTO slips (id, slip, after) VALUES (?, ?, ?)", row)
    return id_


def waiting(db: Database) -> list[Lying]:
    """The slips that have not arrived, in the order of chance."""
    return [one for one, _ in _open(db)]


def due(db: Database, now: datetime, *, alone: bool = True) -> list[Lying]:
    """Those whose moment has come; not `alone`, those that have waited for `LONGEST` since.

    A clock that was set holds none up.
    """
    return [one for one, after in _open(db) if _is_due(after - now, alone=alone)]


def _is_due(left: timedelta, *, alone: bool) -> bool:
    return left > WAIT or left <= (timedelta() if alone else -LONGEST)


def _open(db: Database) -> list[tuple[Lying, datetime]]:
    query = "SELECT id, slip, after FROM slips WHERE state IN ('ready', 'packed') ORDER BY id"
    with translated(db.path):
        rows = db.execute(query).fetchall()
    return [
        (Lying(id_, msgspec.json.decode(text, type=Slip)), datetime.fromisoformat(after))
        for id_, text, after in rows
    ]


def state(db: Database, id_: str) -> State | None:
    """How far it is; None where it lies on another PC."""
    with translated(db.path):
        row = db.execute("SELECT state, reason FROM slips WHERE id = ?", (id_,)).fetchone()
    return State(*row) if row else None


def settle(db: Database, id_: str, state_: str, reason: str = "") -> None:
    """Write down how far it is; what was received stays so."""
    query = "UPDATE slips SET state = ?, reason = ? WHERE id = ? AND state <> 'received'"
    with translated(db.path), db.atomic():
        db.execute(query, (state_, reason, id_))


def pack(db: Database, id_: str, bundle: str) -> None:
    """It lies in this file, which somebody can carry; it is sent too if there is a road."""
    query = (
        "UPDATE slips SET state = 'packed', bundle = ? WHERE id = ?"
        " AND state IN ('ready', 'packed')"
    )
    with translated(db.path), db.atomic():
        db.execute(query, (bundle, id_))


def hear(db: Database, bundle: str, received: Collection[str], reason: str) -> str:
    """Believe a receipt for the last file that a slip went into: the state that is news, or ''.

    It arrived where all its answers are `received`; `reason` says why one was refused.
    """
    query = "SELECT id, slip FROM slips WHERE bundle = ? AND bundle <> '' AND state = 'packed'"
    with translated(db.path), db.atomic():
        row = db.execute(query, (bundle,)).fetchone()
        if row is None:
            return ""
        answers = {one.id for one in msgspec.json.decode(row[1], type=Slip).answers}
        news = "refused" if reason else "received" if answers <= set(received) else ""
        if news:
            settle(db, row[0], news, reason)
        return news


def retry(db: Database) -> None:
    """Put the refused ones back among those to be sent, the same bytes."""
    with translated(db.path), db.atomic():
        db.execute("UPDATE slips SET state = 'ready', reason = '' WHERE state = 'refused'")
