# SPDX-License-Identifier: Apache-2.0
"""What came back from the platform: letters that were taken, and the items that stood in them.

Append-only, guarded by triggers in the schema; deleting a course deletes none. A letter's number
and its items are one transaction, so whatever happens it is taken once and whole.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import msgspec

from player.errors import PlayerError
from player.journal import outbox
from player.journal.items import AnyItem, Box, Mark, Poll, Received, item
from player.store.database import Database, translated

_HIDDEN = "('receipt')"  # says how far an act is, and is shown there

_FOR = f"""
    FROM items AS i LEFT JOIN readings AS r ON r.item = i.seq AND r.learner = :learner
    WHERE i.learner IN ('', :learner) AND i.type NOT IN {_HIDDEN}
    AND i.course IN (SELECT course FROM events WHERE learner = :learner AND kind = 'enrolled')
    AND (:course = '' OR i.course = :course)
"""  # noqa: S608 - ours


@dataclass(frozen=True, slots=True)
class Came:
    """One item that came. `learner` is '' where it is for everybody in the course."""

    item: AnyItem
    type: str
    course: str
    learner: str
    is_read: bool

    @property
    def id(self) -> str:
        """What names it."""
        return self.item.id


@dataclass(frozen=True, slots=True)
class Collected:
    """What a look for letters came to: `new` items, and what went wrong on the way.

    What came before that is kept.
    """

    new: int = 0
    problems: tuple[PlayerError, ...] = ()


def last(db: Database, box: Box) -> int:
    """The number of the last letter that was taken of a box, 0 before the first."""
    query = (
        "SELECT coalesce(max(number), 0) FROM letters"
        " WHERE platform = ? AND course = ? AND learner = ? AND recipient = ?"
    )
    with translated(db.path):
        return int(db.execute(query, _named(box)).fetchone()[0])


def take(
    db: Database, box: Box, number: int, at: str, items: Sequence[Mapping[str, Any]], now: str
) -> int:
    """Write down a letter and what it says, all or none; returns how many items are new.

    What it marks or has received counts as received, of the box's own learner and course.

    Args:
        db: this thread's connection.
        box: where it came from.
        number: its number. One that was taken already changes nothing.
        at: when the platform wrote it.
        items: what stands in it, each such that `items.item` can read it.
        now: when it was taken.

    Raises:
        DiskFull, DatabaseBusy, NotWritable: nothing was written.
    """
    row = (*_named(box), number, at, now)
    with translated(db.path), db.atomic():
        if not db.execute(
            "INSERT INTO letters VALUES (?, ?, ?, ?, ?, ?, ?) ON CONFLICT DO NOTHING", row
        ).rowcount:
            return 0
        new = [piece for found in items if (piece := _added(db, box, found)) is not None]
        for piece in new if box.learner else ():
            _hear(db, box, piece, at)
    return len(new)


def came(db: Database, learner: str, course: str = "") -> list[Came]:
    """What came for a learner, in one course or in all that they take, the newest first."""
    query = f"SELECT i.item, i.type, i.course, i.learner, r.at IS NOT NULL {_FOR}"
    with translated(db.path):
        rows = db.execute(f"{query} ORDER BY i.at DESC, i.seq DESC", _whose(learner, course))
        return [
            Came(item(msgspec.json.decode(text)), kind, where, whose, bool(is_read))
            for text, kind, where, whose, is_read in rows
        ]


def poll(db: Database, learner: str, course: str, activity: str, question: str) -> Poll | None:
    """What the class answered to a question, by the latest word of the platform."""
    query = (
        f"SELECT i.item {_FOR} AND i.type = 'poll' AND i.learner = ''"
        " AND i.item ->> '$.activity' = :activity AND i.item ->> '$.question' = :question"
        " ORDER BY i.at DESC, i.seq DESC"
    )
    values = _whose(learner, course) | {"activity": activity, "question": question}
    with translated(db.path):
        rows = db.execute(query, values).fetchall()
    found = (item(msgspec.json.decode(row[0])) for row in rows)
    return next((one for one in found if isinstance(one, Poll)), None)


def unread(db: Database, learner: str, course: str = "") -> int:
    """How many of these nobody has read yet."""
    query = f"SELECT count(*) {_FOR} AND r.at IS NULL"
    with translated(db.path):
        return int(db.execute(query, _whose(learner, course)).fetchone()[0])


def marks(db: Database, acts: Iterable[str]) -> dict[str, Mark]:
    """Return the latest mark of each of these acts that has one."""
    query = (
        "SELECT event, item FROM marks WHERE event IN (SELECT value FROM json_each(?))"
        " ORDER BY at, place"
    )
    with translated(db.path):
        rows = db.execute(query, (msgspec.json.encode(list(acts)).decode(),)).fetchall()
    found = {event: item(msgspec.json.decode(text)) for event, text in rows}
    return {event: mark for event, mark in found.items() if isinstance(mark, Mark)}


def read(db: Database, learner: str, ids: Iterable[str], at: str) -> None:
    """Write down that a learner has read these items."""
    chosen = f"SELECT :learner, i.seq, :at {_FOR} AND i.id IN (SELECT value FROM json_each(:ids))"  # noqa: S608 - ours
    values = _whose(learner, "") | {"at": at, "ids": msgspec.json.encode(list(ids)).decode()}
    with translated(db.path), db.atomic():
        db.execute(f"INSERT OR IGNORE INTO readings {chosen}", values)


def looked_at(db: Database, platform: str, course: str) -> str:
    """When the boxes of a course were last asked for letters, '' before the first time."""
    query = "SELECT at FROM box_looks WHERE platform = ? AND course = ?"
    with translated(db.path):
        row = db.execute(query, (platform, course)).fetchone()
    return row[0] if row else ""


def looked(db: Database, platform: str, course: str, at: str) -> None:
    """They were asked now."""
    with translated(db.path), db.atomic():
        db.execute("INSERT OR REPLACE INTO box_looks VALUES (?, ?, ?)", (platform, course, at))


def _whose(learner: str, course: str) -> dict[str, str]:
    return {"learner": learner, "course": course}


def _named(box: Box) -> tuple[str, str, str, str]:
    return box.platform, box.course, box.learner, box.recipient


def _added(db: Database, box: Box, found: Mapping[str, Any]) -> AnyItem | None:
    """Keep one item as it came, and return it; None where it is here already."""
    piece = item(found)
    act = piece.act if isinstance(piece, Mark) else ""
    row = (box.platform, box.course, box.learner, piece.id, found["type"], piece.at, act)
    query = (
        "INSERT INTO items (platform, course, learner, id, type, at, act, item)"
        " VALUES (?, ?, ?, ?, ?, ?, ?, ?) ON CONFLICT DO NOTHING"
    )
    is_new = db.execute(query, (*row, msgspec.json.encode(found).decode())).rowcount
    return piece if is_new else None


def _hear(db: Database, box: Box, piece: AnyItem, at: str) -> None:
    """Believe what an item says of acts: of this learner in this course, and of no others."""
    if isinstance(piece, Mark):
        piece = Received(id=piece.id, at=piece.at, received=(piece.act,))
    if not isinstance(piece, Received):
        return
    refused = {one.id: one.reason for one in piece.refused if piece.bundle}
    named = msgspec.json.encode([*piece.received, *refused]).decode()
    query = (
        "SELECT id FROM events WHERE learner = ? AND course = ?"
        " AND id IN (SELECT value FROM json_each(?))"
    )
    own = {row[0] for row in db.execute(query, (box.learner, box.course, named))}
    ours = {id_: reason for id_, reason in refused.items() if id_ in own}
    outbox.hear(db, piece.bundle, own.intersection(piece.received), ours, at)
