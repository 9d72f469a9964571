# SPDX-License-Identifier: Apache-2.0
"""What is typed and not answered yet, kept as it is typed, and the questions that are doubted.

No acts: a draft is written over by the next one, nobody is told of it, and it goes when the answer
is recorded. It stays on this PC.
"""

from __future__ import annotations

from datetime import UTC, datetime
from typing import TYPE_CHECKING

import msgspec

from player.clock import Now, stamp
from player.journal.journal import Where
from player.store.database import Database, translated

if TYPE_CHECKING:
    from player.lesson.grading import Given

_PLACE = "learner = ? AND course = ? AND activity = ? AND attempt = ?"
_FIELDS = ("learner", "course", "activity", "attempt", "question")


def keep(
    db: Database, where: Where, attempt: str, question: str, given: Given, now: Now | None = None
) -> None:
    """Keep what the form of `question` holds now. When this returns, it is on the disk.

    Raises:
        DiskFull, DatabaseBusy, NotWritable: what was kept before is still there.
    """
    at = stamp((now or (lambda: datetime.now(UTC)))(), "milliseconds")
    text = msgspec.json.encode(dict(given)).decode()
    _put(db, where, attempt, question, {"given": text, "at": at})


def of(db: Database, where: Where, attempt: str) -> dict[str, Given]:
    """Return what is kept for `attempt`, by question, the latest last."""
    query = f"SELECT question, given FROM drafts WHERE {_PLACE} AND given <> '' ORDER BY at"  # noqa: S608 - ours
    rows = db.execute(query, _place(where, attempt))
    return {question: _read(given) for question, given in rows}


def across(db: Database, learner: str, attempt: str) -> list[tuple[str, str, str, Given]]:
    """Return the learner's drafts of `attempt` in all courses, the latest last.

    Each with its course, its activity and its question.
    """
    query = (
        "SELECT course, activity, question, given FROM drafts"
        " WHERE learner = ? AND attempt = ? AND given <> '' ORDER BY at"
    )
    rows = db.execute(query, (learner, attempt)).fetchall()
    return [(*place, _read(given)) for *place, given in rows]


def forget(db: Database, where: Where, attempt: str, question: str = "") -> None:
    """Let go of the draft of `question`, of all of `attempt` where none is named.

    A question that is doubted stays so: it may be after it was answered too.
    """
    chosen, values = f"{_PLACE} AND ? IN ('', question)", (*_place(where, attempt), question)
    with translated(db.path), db.atomic():
        db.execute(f"UPDATE drafts SET given = '' WHERE {chosen}", values)  # noqa: S608 - ours
        _sweep(db)


def doubt(db: Database, where: Where, attempt: str, question: str, on: bool) -> None:
    """Say whether the learner wants to look at `question` again. Raises: see `keep`."""
    _put(db, where, attempt, question, {"doubtful": int(on)})


def doubtful(db: Database, where: Where, attempt: str) -> set[str]:
    """Return the questions that the learner wants to look at again."""
    query = f"SELECT question FROM drafts WHERE {_PLACE} AND doubtful"  # noqa: S608 - ours
    return {question for (question,) in db.execute(query, _place(where, attempt))}


def _put(
    db: Database, where: Where, attempt: str, question: str, change: dict[str, object]
) -> None:
    row = dict(zip(_FIELDS, (*_place(where, attempt), question), strict=True))
    with translated(db.path), db.atomic():
        db.table("drafts").upsert({**row, **change}, pk=_FIELDS)
        _sweep(db)


def _sweep(db: Database) -> None:
    db.execute("DELETE FROM drafts WHERE given = '' AND NOT doubtful")


def _place(where: Where, attempt: str) -> tuple[str, str, str, str]:
    return where.learner, where.course, where.activity, attempt


def _read(given: str) -> Given:
    return msgspec.json.decode(given, type=dict[str, str | list[str]])
