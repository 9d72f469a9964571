# SPDX-License-Identifier: Apache-2.0
"""Which files of the learners' answers are to go to the platform, and which pieces have gone.

Every function is one transaction, on the disk when it returns. A piece that was taken stays taken
(trigger in the schema).
"""

from __future__ import annotations

import secrets
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from player.journal.events import Answered, Event
from player.journal.journal import events
from player.store import handed
from player.store.database import Database, translated
from player.store.handed import File

_DAY = 24 * 3600
# The last answer to a question, in an attempt that is over. Those in between are nobody's business
_FINAL = """
    kind = 'answered' AND payload ->> '$.interaction' = 'other'
    AND id NOT IN (SELECT act FROM handed_files)
    AND EXISTS (
        SELECT 1 FROM events AS f WHERE f.kind = 'finished' AND f.learner = ledger.learner
        AND f.course = ledger.course AND f.activity = ledger.activity
        AND f.payload ->> '$.attempt' = ledger.payload ->> '$.attempt')
    AND NOT EXISTS (
        SELECT 1 FROM events AS l WHERE l.kind = 'answered' AND l.learner = ledger.learner
        AND l.course = ledger.course AND l.activity = ledger.activity AND l.seq > ledger.seq
        AND l.payload ->> '$.attempt' = ledger.payload ->> '$.attempt'
        AND l.payload ->> '$.question' = ledger.payload ->> '$.question')
"""


@dataclass(frozen=True, slots=True)
class Handed:
    """A file of an answer, on its way under the name `id`."""

    id: str
    act: str
    learner: str
    course: str
    activity: str
    question: str
    file: File


@dataclass(frozen=True, slots=True)
class Piece:
    """One that the drop box has not taken. `sealed` bytes left when it was last sent, 0: never."""

    number: int
    sealed: int


@dataclass(frozen=True, slots=True)
class Standing:
    """How far the files of an answer, or of all, are: of so many `pieces` so many are where."""

    files: int = 0
    pieces: int = 0
    taken: int = 0
    packed: int = 0

    @property
    def left(self) -> int:
        """Pieces that nobody has taken yet."""
        return self.pieces - self.taken


def files_of(act: Answered) -> list[File]:
    """The files that an answer names, each once, as they lie on the PC where it was given."""
    lines = [line for one in act.given.values() if isinstance(one, list) for line in one]
    return [file for line in dict.fromkeys(lines) if (file := handed.file_of(line))]


def gather(db: Database, home: Path) -> None:
    """Write down the files of answers that were handed in since; those that are not here never."""
    found = [event for event in events(db, _FINAL) if isinstance(event.act, Answered)]
    with translated(db.path), db.atomic():
        for event in found:
            for file in files_of(event.act) if isinstance(event.act, Answered) else ():
                if handed.is_here(home, file):
                    _add(db, event, file)


def _add(db: Database, event: Event, file: File) -> None:
    name, question = secrets.token_hex(16), getattr(event.act, "question", "")
    place = (event.id, event.learner, event.course, event.activity, question)
    added = db.execute(
        "INSERT OR IGNORE INTO handed_files VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)",
        (name, *place, file.sha256, file.size, file.name),
    )
    if added.rowcount:
        numbers = [(name, number + 1) for number in range(file.pieces)]
        db.conn.executemany("INSERT INTO handed_pieces (file, number) VALUES (?, ?)", numbers)


def waiting(db: Database) -> list[Handed]:
    """The files of which pieces are left, in the order in which they were handed in."""
    query = (
        "SELECT * FROM handed_files AS f WHERE EXISTS (SELECT 1 FROM handed_pieces"
        " WHERE file = f.id AND taken_at IS NULL) ORDER BY rowid"
    )
    return [_handed(row) for row in db.execute(query)]


def left(db: Database, file: Handed) -> list[Piece]:
    """The pieces that nobody has taken, in their order."""
    query = (
        "SELECT number, sealed FROM handed_pieces"
        " WHERE file = ? AND taken_at IS NULL ORDER BY number"
    )
    return [Piece(*row) for row in db.execute(query, [file.id])]


def leaving(db: Database, file: Handed, number: int, sealed: int) -> None:
    """A piece is about to leave, in so many bytes: from now on it may have arrived."""
    _move(db, "sealed = ?", sealed, [(file.id, number)])


def mark_packed(db: Database, pieces: Iterable[tuple[str, int]], at: str) -> None:
    """They lie on a stick. They are sent all the same where there is a road."""
    _move(db, "packed_at = ?", at, pieces)


def take(db: Database, pieces: Iterable[tuple[str, int]], at: str) -> int:
    """The drop box has these, by file and number; how many that is news of. Others are nobody's."""
    return _move(db, "taken_at = ?", at, pieces)


def _move(db: Database, change: str, value: object, pieces: Iterable[tuple[str, int]]) -> int:
    with translated(db.path), db.atomic():
        return sum(
            db.execute(
                f"UPDATE handed_pieces SET {change}"  # noqa: S608 - ours
                " WHERE file = ? AND number = ? AND taken_at IS NULL",
                (value, *one),
            ).rowcount
            for one in pieces
        )


def standing(db: Database, act: str = "") -> Standing:
    """How far the files are: of one act, or of all."""
    query = (
        "SELECT count(DISTINCT f.id), count(*), count(taken_at),"
        " sum(taken_at IS NULL AND packed_at IS NOT NULL)"
        " FROM handed_files AS f JOIN handed_pieces AS p ON p.file = f.id"
        " WHERE ? IN ('', f.act)"
    )
    files, pieces, taken, packed = db.execute(query, (act,)).fetchone()
    return Standing(files, pieces, taken, packed or 0)


def all_files(db: Database) -> list[Handed]:
    """Every file that was handed in from this PC."""
    rows = db.execute("SELECT * FROM handed_files ORDER BY rowid")
    return [_handed(row) for row in rows]


def _handed(row: tuple[Any, ...]) -> Handed:
    id_, act, learner, course, activity, question, *file = row
    return Handed(id_, act, learner, course, activity, question, File(*file))


def tidy(db: Database, home: Path, now: float) -> int:
    """Delete copies that no answer and no draft names, and what is left of broken ones; bytes.

    One of the last day stays: a draft of it may be on its way. `now` in seconds, as files have it.
    """
    freed = 0
    with translated(db.path), db.atomic():
        for file in [*handed.stored(home), *(home / handed.FOLDER).glob("*.part")]:
            facts = file.stat()
            if now - facts.st_mtime > _DAY and not _is_named(db, file.name):
                freed += facts.st_size
                file.unlink(missing_ok=True)
    return freed


def _is_named(db: Database, sha256: str) -> bool:
    """Whether an answer or a draft has it: as text, so that one of a later version counts too."""
    query = (
        "SELECT EXISTS (SELECT 1 FROM drafts WHERE instr(given, :it))"
        " OR EXISTS (SELECT 1 FROM events WHERE kind = 'answered' AND instr(payload, :it))"
    )
    return bool(db.execute(query, {"it": sha256}).fetchone()[0])
