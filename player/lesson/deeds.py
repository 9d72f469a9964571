# SPDX-License-Identifier: Apache-2.0
"""What the journal tells of a learner's revision, read as a `Book`.

Reading 50,000 answers anew takes seconds on an old PC. So the book is put by in the database now
and then, and read on from there; it is nothing but a reading, thrown away wherever the journal says
otherwise: an act of another PC that was done before, or a statement that tells another day.
"""

from __future__ import annotations

import logging
from collections.abc import Iterator, Sequence
from datetime import datetime
from typing import NamedTuple

import msgspec

from player.clock import Now
from player.errors import StorageProblem
from player.journal import journal
from player.lesson.revision import Book, Deed, Moment, rated, straight
from player.store.database import Database, translated

log = logging.getLogger(__name__)

FORMAT = 1
"""Of what is put by; another one, or another FSRS, is read from the journal again."""
OFTEN = 200  # deeds after which the book is put by again
_DAY = 86_400
_KINDS = "('answered', 'hinted', 'reviewed', 'put_in', 'set_aside', 'opened')"
"""What is opened tells how time went by on this PC, and nothing else."""
_FACTS = """
    SELECT e.seq, e.id, e.course, e.activity, e.kind, e.at, e.monotonic, e.boot, o.done_at,
           CAST(d.statement AS TEXT) ->> '$.timestamp',
           coalesce(e.payload ->> '$.question', ''), coalesce(e.payload ->> '$.attempt', ''),
           coalesce(e.payload ->> '$.rating', 0), e.payload ->> '$.success',
           e.payload ->> '$.score', coalesce(e.payload ->> '$.number', 1),
           coalesce(e.payload ->> '$.seconds', 0)
    FROM events AS e
    LEFT JOIN origins AS o ON o.event = e.id LEFT JOIN deliveries AS d ON d.seq = e.seq
"""


class _Row(NamedTuple):
    seq: int
    id: str
    course: str
    activity: str
    kind: str
    at: str
    monotonic: float
    boot: str
    done_at: str | None
    told: str | None
    question: str
    attempt: str
    rating: int
    success: int | None
    score: float | None
    number: int
    seconds: float


class _Kept(msgspec.Struct, array_like=True):
    """A book, up to and with the act `upto`; `last` is this PC's own last one, and when it was.

    `untold` are the acts whose statements were not rendered yet, by seq, and the days they were on;
    `hinted` the attempts and questions with a hint and no answer yet.
    """

    format: int = FORMAT
    upto: int = 0
    last: tuple[Moment, float] | None = None
    untold: dict[int, int] = {}
    hinted: set[tuple[str, str]] = set()
    book: Book = msgspec.field(default_factory=Book)

    def take(self, rows: Sequence[_Row]) -> bool:
        """Go on with rows, oldest first; False where one of them comes before what was taken."""
        deeds = [deed for row in rows if (deed := self._deed(row))]
        if self.upto and not all(map(self.book.is_later, deeds)):
            return False
        self.book.take(deeds)
        self.upto = max(self.upto, rows[-1].seq)
        return True

    def _deed(self, row: _Row) -> Deed | None:
        rating = self._rating(row)
        if row.done_at:
            when = _seconds(row.done_at)
        else:
            moment = _moment(row)
            when = straight(self.last, moment)
            self.last = moment, when
            if row.told is None and rating is not None:
                self.untold[row.seq] = int(when // _DAY)
        if rating is None:
            return None
        key = (row.course, row.activity, row.question)
        revised = row.kind == "reviewed"
        return Deed(when, row.id, key, rating, row.attempt, revised, row.seconds)

    def _rating(self, row: _Row) -> int | None:
        place = (row.attempt, row.question)
        if row.kind == "hinted":
            self.hinted.add(place)
        if row.kind == "reviewed":
            return min(max(row.rating, 1), 4)
        if row.kind == "answered" and row.success is not None:
            first = row.number == 1 and place not in self.hinted
            self.hinted.discard(place)
            return rated(row.score, success=bool(row.success), first=first)
        return {"put_in": 0, "set_aside": -1}.get(row.kind)


def book(db: Database, learner: str, now: Now) -> tuple[Book, float]:
    """Return the learner's book, and what time it is by it: seconds since 1970.

    Raises:
        DatabaseBusy, NotWritable: see `translated`.
    """
    with translated(db.path):
        kept, count = _kept(db, learner), 0
        if kept is not None:
            rows = list(_rows(db, learner, kept.upto))
            count = len(rows)
            kept = kept if not rows or kept.take(rows) else None
        if kept is None:
            kept, rows = _Kept(), list(_rows(db, learner, 0))
            count = len(rows)
            if rows:
                kept.take(rows)
        if count >= OFTEN:
            _put_by(db, learner, kept)
        moment = Moment(now().timestamp(), round(journal.since_boot(), 3), journal.boot_id())
        return kept.book, straight(kept.last, moment)


def _rows(db: Database, learner: str, after: int) -> Iterator[_Row]:
    condition = f" WHERE e.learner = ? AND e.kind IN {_KINDS} AND e.seq > ? ORDER BY e.seq"
    return (_Row(*row) for row in db.execute(_FACTS + condition, (learner, after)))


def _moment(row: _Row) -> Moment:
    told = _seconds(row.told) if row.told else None
    return Moment(_seconds(row.at), row.monotonic, row.boot, told)


def _seconds(text: str) -> float:
    return datetime.fromisoformat(text).timestamp()


def _kept(db: Database, learner: str) -> _Kept | None:
    """What was put by, if the journal still says so."""
    row = db.execute("SELECT book FROM revision WHERE learner = ?", [learner]).fetchone()
    try:
        found = msgspec.msgpack.decode(row[0], type=_Kept) if row else None
    except (msgspec.MsgspecError, ValueError):
        return None
    if found is None or found.format != FORMAT:
        return None
    told = (
        "SELECT d.seq, CAST(statement AS TEXT) ->> '$.timestamp'"  # noqa: S608 - ours
        " FROM deliveries AS d JOIN events AS e ON e.seq = d.seq"
        " WHERE d.seq BETWEEN ? AND ? AND statement IS NOT NULL"
        f" AND e.learner = ? AND e.kind IN {_KINDS}"
    )
    if found.untold:
        about = (min(found.untold), max(found.untold), learner)
        for seq, timestamp in db.execute(told, about):
            day = found.untold.pop(seq, None)
            if day is not None and timestamp and int(_seconds(timestamp) // _DAY) != day:
                return None
    return found


def _put_by(db: Database, learner: str, kept: _Kept) -> None:
    try:
        data = msgspec.msgpack.encode(kept)
        with translated(db.path), db.atomic():
            db.execute("INSERT OR REPLACE INTO revision VALUES (?, ?)", (learner, data))
    except StorageProblem as error:
        log.info("the book of the revision was not put by: %s", error)
