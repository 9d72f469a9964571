# SPDX-License-Identifier: Apache-2.0
"""How far a store was read for what a learner did on other PCs, and what was heard of it so far.

What is heard lies aside until a look has come to its end, for stores show the latest first and the
journal is to have it in the order in which it was done.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

import msgspec

from player.journal import union
from player.journal.learners import Learner
from player.journal.union import TOLD, Brought
from player.store.database import Database, translated

_AT_ONCE = 200


@dataclass(frozen=True, slots=True)
class Look:
    """Where the reading of a learner's acts stands; times are RFC 3339, '' for never.

    `tried_at` is by this PC's clock, the others by the store's. `kind`, `began_at` and `more` (the
    address where it goes on) are of a look that did not come to its end, '' where there is none.
    """

    elsewhere: bool = False
    tried_at: str = ""
    looked_at: str = ""
    wide_at: str = ""
    kind: str = ""
    began_at: str = ""
    more: str = ""


def look(db: Database, learner: str, endpoint: str) -> Look:
    """Where it stands."""
    query = (
        "SELECT elsewhere, tried_at, looked_at, wide_at, kind, began_at, more FROM looks"
        " WHERE learner = ? AND endpoint = ?"
    )
    with translated(db.path):
        row = db.execute(query, (learner, endpoint)).fetchone()
    return Look(bool(row[0]), *row[1:]) if row else Look()


def keep(db: Database, learner: str, endpoint: str, found: Look) -> None:
    """Write down where it stands."""
    row = (learner, endpoint, int(found.elsewhere), found.tried_at, found.looked_at, found.wide_at)
    with translated(db.path), db.atomic():
        db.execute(
            "INSERT OR REPLACE INTO looks VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)",
            (*row, found.kind, found.began_at, found.more),
        )


def set_aside(
    db: Database, learner: str, endpoint: str, acts: Iterable[Brought], then: Look
) -> None:
    """Keep what a page told of, and where it goes on after it: both or neither."""
    rows = [(learner, one.id, one.done_at, msgspec.json.encode(one).decode()) for one in acts]
    with translated(db.path), db.atomic():
        db.conn.executemany("INSERT OR IGNORE INTO heard VALUES (?, ?, ?, ?)", rows)
        keep(db, learner, endpoint, then)


def take(db: Database, learner: Learner) -> int:
    """Have what lies aside in the journal, in the order in which it was done; how many are new."""
    query = (
        "SELECT id, act FROM heard WHERE learner = ?"
        " ORDER BY done_at, act ->> '$.monotonic', id LIMIT ?"
    )
    new = 0
    with translated(db.path):
        while rows := db.execute(query, (learner.id, _AT_ONCE)).fetchall():
            acts = [msgspec.json.decode(act, type=Brought) for _, act in rows]
            with db.atomic():
                new += union.take(db, learner, acts, TOLD)
                db.conn.executemany(
                    "DELETE FROM heard WHERE learner = ? AND id = ?",
                    [(learner.id, id_) for id_, _ in rows],
                )
    return new


def known(db: Database, ids: Iterable[str]) -> set[str]:
    """Which of these acts are in the journal."""
    query = "SELECT id FROM events WHERE id IN (SELECT value FROM json_each(?))"
    with translated(db.path):
        listed = msgspec.json.encode(list(ids)).decode()
        return {row[0] for row in db.execute(query, (listed,))}
