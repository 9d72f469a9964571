# SPDX-License-Identifier: Apache-2.0
"""The index: what was read of each file, kept so that no file is read twice.

    name of a source (how it is read, hash of what) ─► its pieces ─► their words in FTS5

Made beside the program while a learner answers, so each transaction is small; and cut off anywhere,
it goes on there: a source counts only once it is whole. The words are kept without their text
(`content = ''`), which makes the index a third smaller; to take them out again they are folded
again, by the same rules or not at all.
"""

from __future__ import annotations

import logging
import sqlite3
import time
from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from pathlib import Path

import msgspec

from player.search import folding, sources
from player.search.folding import tokens
from player.search.places import Place
from player.search.segments import Segment
from player.store import blobs
from player.store.database import Database, translated
from player.store.lock import alone

log = logging.getLogger(__name__)

RULES = f"{folding.RULES}/{sources.READERS}"
SHIFT = 20
"""A piece's row is its source's number, shifted, and its place in it: so which source a hit is of
is known without looking it up."""

ROWS = 50
"""Pieces in one transaction: some milliseconds, for which an answer may have to wait."""

WAIT = 10.0
"""Seconds to wait for another program that reads for the same home."""

Report = Callable[[int, int], None]
"""Told how many sources are through, of how many; may raise to stop."""


@dataclass(frozen=True, slots=True)
class Indexed:
    """What one run did: sources that were `read`, that cannot be, and that are `gone`."""

    read: int = 0
    unreadable: int = 0
    gone: int = 0


def known(db: Database) -> dict[str, int]:
    """The number of each source that can be asked, by its name."""
    if _rules(db) != RULES:
        return {}
    return {name: number for number, name in _sources(db, "state = 'whole'")}


def _sources(db: Database, condition: str = "1") -> list[tuple[int, str]]:
    query = f"SELECT id, CAST(name AS BLOB) FROM search_sources WHERE {condition}"  # noqa: S608
    return [(number, read(name)) for number, name in db.execute(query)]


def read(text: bytes) -> str:
    """A text as it was kept; a drive that rots takes some letters, and not the search."""
    return text.decode("utf-8", "replace")


def lacking(db: Database, places: Iterable[Place]) -> int:
    """How many sources there are still to read."""
    return len(_lacking(db, {place.source: place for place in places}))


def refresh(
    db: Database, home: Path, places: Iterable[Place], report: Report = lambda _done, _total: None
) -> Indexed:
    """Read what was not read yet, and let go of what is gone.

    Args:
        db: the database.
        home: the home folder.
        places: all that may be found now.
        report: told how far it is; may raise to stop, after which the next run goes on.

    Raises:
        DriveGone: the files lie on a drive that is not plugged in.
        DatabaseBusy: another program reads for the same home.
        DiskFull, …: as they say; what was read stays.
    """
    by_name = {place.source: place for place in places}
    with ExitStack() as held:
        held.enter_context(alone(home / "search.lock", WAIT, lambda: report(0, len(by_name))))
        held.enter_context(translated(db.path))
        held.enter_context(_unhurried(db))
        try:
            return _refresh(db, home, by_name, report)
        except sqlite3.DatabaseError as error:
            if not is_spoilt(error):
                raise
            forget(db)
            return _refresh(db, home, by_name, report)


def _refresh(db: Database, home: Path, by_name: Mapping[str, Place], report: Report) -> Indexed:
    _follow_rules(db)
    gone = _forget_gone(db, by_name)
    missing = _lacking(db, by_name)
    taken = 0
    for number, place in enumerate(missing):
        report(number, len(missing))
        taken += _take(db, home, place, lambda at=number: report(at, len(missing)))  # type: ignore[misc]
    if missing:
        report(len(missing), len(missing))
    return Indexed(taken, len(missing) - taken, gone)


def is_spoilt(error: BaseException | None) -> bool:
    """Whether FTS5 no longer understands its own tables; those of others are sound."""
    code = getattr(error, "sqlite_errorcode", 0)
    return code == sqlite3.SQLITE_CORRUPT_VTAB or "invalid fts5 file format" in str(error)


def forget(db: Database) -> None:
    """Throw the index away; the next run makes it anew."""
    with translated(db.path), db.atomic():
        try:
            db.execute("INSERT INTO search_words (search_words) VALUES ('delete-all')")
        except sqlite3.DatabaseError as error:
            if not is_spoilt(error):
                raise
            _empty(db)
        for table in ("search_pieces", "search_sources", "search_rules"):
            db.execute(f"DELETE FROM {table}")  # noqa: S608 - ours


def _empty(db: Database) -> None:
    """Have the tables of FTS5 as those of a new index: damaged, it can neither empty nor drop its
    own. They are ordinary tables (https://www.sqlite.org/fts5.html#fts5_data_structures)."""
    query = "SELECT sql FROM sqlite_schema WHERE name = 'search_words'"
    made = db.execute(query).fetchone()[0]
    db.execute(made.replace("search_words", "search_anew", 1))
    for part in ("data", "idx", "docsize", "config"):
        db.execute(f"DELETE FROM search_words_{part}")  # noqa: S608 - ours
        db.execute(f"INSERT INTO search_words_{part} SELECT * FROM search_anew_{part}")  # noqa: S608
    db.execute("DROP TABLE search_anew")


def _rules(db: Database) -> str:
    row = db.execute("SELECT rules FROM search_rules").fetchone()
    return row[0] if row else ""


def _follow_rules(db: Database) -> None:
    if _rules(db) != RULES:
        forget(db)
        with db.atomic():
            db.execute("INSERT INTO search_rules (rules) VALUES (?)", [RULES])


@contextmanager
def _unhurried(db: Database) -> Iterator[None]:
    """No waiting for the disk at each commit: what a power cut takes is read again."""
    db.execute("PRAGMA synchronous = NORMAL")
    try:
        yield
    finally:
        db.execute("PRAGMA synchronous = FULL")


def _lacking(db: Database, by_name: Mapping[str, Place]) -> list[Place]:
    """What is to be read, in the order in which it was named."""
    through: set[str] = set()
    if _rules(db) == RULES:
        through = {name for _, name in _sources(db, "state <> 'begun'")}
    return [one for name, one in by_name.items() if name not in through]


def _forget_gone(db: Database, by_name: Mapping[str, Place]) -> int:
    """Let go of files that are not here any more, and of notes and links that are others now.

    What is here and only may not be found, because its week is not open say, stays for then.
    """
    present = blobs.present(db)
    gone = [
        (number, name)
        for number, name in _sources(db)
        if name not in by_name and name.partition(":")[2] not in present
    ]
    for number, name in gone:
        _drop(db, number)
        with db.atomic():
            db.execute("DELETE FROM search_sources WHERE id = ?", [number])
        log.debug("%s is gone", name)
    return len(gone)


def _take(db: Database, home: Path, place: Place, alive: Callable[[], None]) -> bool:
    """Read one source; whether it could be."""
    number = _begin(db, place)
    found = sources.read(home, place, alive)
    _drop(db, number)  # of a run that was cut off
    if found is None:
        log.warning("%s cannot be searched: %s", place.activity or place.course, place.source)
    _write(db, number, found or (), "whole" if found is not None else "unreadable")
    return found is not None


def _begin(db: Database, place: Place) -> int:
    """Write down that a source is being read; its number."""
    with db.atomic():
        db.execute("INSERT OR IGNORE INTO search_sources (name) VALUES (?)", [place.source])
        query = "SELECT id FROM search_sources WHERE name = ?"
        return int(db.execute(query, [place.source]).fetchone()[0])


def _write(db: Database, number: int, found: tuple[Segment, ...], state: str) -> None:
    first = number << SHIFT
    for start in range(0, max(1, len(found)), ROWS):
        rows = list(enumerate(found[start : start + ROWS], first + start))
        pieces = [(row, one.text, one.page, _packed(one)) for row, one in rows]
        words = [(row, tokens(one.text)) for row, one in rows]
        began = time.monotonic()
        with db.atomic():
            db.conn.executemany("INSERT INTO search_pieces VALUES (?, ?, ?, ?)", pieces)
            db.conn.executemany("INSERT INTO search_words (rowid, words) VALUES (?, ?)", words)
            now = state if start + ROWS >= len(found) else "begun"
            change = "UPDATE search_sources SET state = ? WHERE id = ?"
            db.execute(change, [now, number])
        time.sleep(min(0.05, time.monotonic() - began))  # others write, too


def _packed(segment: Segment) -> str:
    return msgspec.json.encode(segment.seconds).decode() if segment.seconds else ""


def _drop(db: Database, number: int) -> None:
    """Take the pieces of a source out again, and their words by the tokens they went in with."""
    first, end = number << SHIFT, (number + 1) << SHIFT
    query = "SELECT id, CAST(text AS BLOB) FROM search_pieces WHERE id >= ? AND id < ? LIMIT ?"
    while rows := db.execute(query, [first, end, ROWS]).fetchall():
        words = [(row, tokens(read(text))) for row, text in rows]
        with db.atomic():
            db.conn.executemany(
                "INSERT INTO search_words (search_words, rowid, words) VALUES ('delete', ?, ?)",
                words,
            )
            db.conn.executemany(
                "DELETE FROM search_pieces WHERE id = ?", [[row] for row, _ in rows]
            )
