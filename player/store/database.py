# SPDX-License-Identifier: Apache-2.0
"""Opening the database: `prepare` once at the start, `connect` once in each thread.

SQLite in WAL mode with `synchronous=FULL`: a commit is on the disk when it returns, whatever
happens to the power next. An answer is worth an fsync.
"""

from __future__ import annotations

import shutil
import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from sqlite_utils import Database

from player.errors import (
    DatabaseBusy,
    DatabaseDamaged,
    DatabaseTooNew,
    DiskFull,
    NotWritable,
    PlayerError,
)
from player.store.schema import VERSION, VIEWS, migrations

FILE = "player.db"


def prepare(home: Path) -> None:
    """Make or bring up to date the database of `home`; a copy is kept before a change.

    Raises:
        NotWritable: the folder cannot be made or written.
        DatabaseTooNew: a newer Cartable wrote it; nothing was touched.
        DatabaseDamaged, DatabaseBusy, DiskFull: as they say.
    """
    try:
        home.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise NotWritable(place=str(home)) from error
    path = home / FILE
    with translated(path):
        db = Database(_open(path))
        try:
            found = db.execute("PRAGMA user_version").fetchone()[0]
            if found > VERSION:
                raise DatabaseTooNew(place=str(path))
            if migrations.pending(db):
                if path.stat().st_size and found:
                    shutil.copy2(path, path.with_suffix(f".before-{VERSION}.db"))
                migrations.apply(db)
                db.execute(f"PRAGMA user_version = {VERSION}")
            _remake_views(db)
        finally:
            db.close()


def connect(home: Path) -> Database:
    """Return a connection for this thread alone. Close it when the thread ends."""
    path = home / FILE
    with translated(path):
        return Database(_open(path))


@contextmanager
def translated(place: Path) -> Iterator[None]:
    """Turn SQLite's and the disk's faults inside the block into ours."""
    try:
        yield
    except sqlite3.Error as error:
        raise _ours(error, place) from error


def _ours(error: sqlite3.Error, place: Path) -> PlayerError:
    code = getattr(error, "sqlite_errorcode", 0) & 0xFF
    if code == sqlite3.SQLITE_FULL:
        free = shutil.disk_usage(place.parent).free
        return DiskFull(place=str(place.parent), needed="a few MB", free=f"{free // 1024} kB")
    if code in (sqlite3.SQLITE_BUSY, sqlite3.SQLITE_LOCKED):
        return DatabaseBusy(place=str(place))
    if code in (sqlite3.SQLITE_READONLY, sqlite3.SQLITE_CANTOPEN, sqlite3.SQLITE_PERM):
        return NotWritable(place=str(place))
    if code in (sqlite3.SQLITE_CORRUPT, sqlite3.SQLITE_NOTADB, sqlite3.SQLITE_IOERR):
        return DatabaseDamaged(place=str(place))
    raise error  # a mistake of ours, not of the world


def _open(path: Path) -> sqlite3.Connection:
    connection = sqlite3.connect(path, timeout=30, isolation_level="IMMEDIATE")
    connection.execute("PRAGMA journal_mode = WAL")
    connection.execute("PRAGMA synchronous = FULL")
    connection.execute("PRAGMA foreign_keys = ON")
    return connection


def _remake_views(db: Database) -> None:
    with db.atomic():
        for name, select in VIEWS.items():
            db.execute(f"DROP VIEW IF EXISTS {name}")
            db.execute(f"CREATE VIEW {name} AS {select}")
