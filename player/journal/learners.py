# SPDX-License-Identifier: Apache-2.0
"""Who works on this PC. One PC serves many; nobody's work is mixed with another's."""

from __future__ import annotations

import uuid
from dataclasses import dataclass

from player.clock import stamp, utc_now
from player.store.database import Database, translated


@dataclass(frozen=True, slots=True)
class Learner:
    """`id` is a UUID, the account's name on the platform; `name` is what the window says."""

    id: str
    name: str


def add(db: Database, name: str) -> Learner:
    """Write down a new learner. Two may have the same name.

    Raises:
        DiskFull, DatabaseBusy, NotWritable: nothing was written.
    """
    learner = Learner(str(uuid.uuid4()), " ".join(name.split()))
    at = stamp(utc_now(), "milliseconds")
    with translated(db.path), db.atomic():
        db.execute("INSERT INTO learners VALUES (?, ?, ?)", (learner.id, learner.name, at))
    return learner


def keep(db: Database, learner: Learner) -> None:
    """Know a learner of another PC here; the name that is known here already stays.

    Where nobody has done anything yet, whoever was written down makes way: they typed their name
    before their work came.
    """
    at = stamp(utc_now(), "milliseconds")
    with translated(db.path), db.atomic():
        db.execute(
            "DELETE FROM learners WHERE id <> ? AND NOT EXISTS (SELECT 1 FROM events)",
            (learner.id,),
        )
        db.execute(
            "INSERT OR IGNORE INTO learners VALUES (?, ?, ?)", (learner.id, learner.name, at)
        )


def who_worked(db: Database) -> list[Learner]:
    """Everybody who has done something here, in the order in which they came."""
    query = (
        "SELECT id, name FROM learners"
        " WHERE EXISTS (SELECT 1 FROM events WHERE events.learner = learners.id) ORDER BY rowid"
    )
    return [Learner(*row) for row in db.execute(query)]


def all_learners(db: Database) -> list[Learner]:
    """Return everybody, in the order in which they came."""
    query = "SELECT id, name FROM learners ORDER BY rowid"
    return [Learner(*row) for row in db.execute(query)]


def first(db: Database) -> Learner | None:
    """Who came first: the one whom the window speaks to. None before the first start is through."""
    return next(iter(all_learners(db)), None)
