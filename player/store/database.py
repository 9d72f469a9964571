# SPDX-License-Identifier: Apache-2.0
"""Opening the database: `prepare` once at the start, `connect` once in each thread.

SQLite in WAL mode with `synchronous=FULL`: a commit is on the disk when it returns, whatever
happens to the power next. An answer is worth an fsync.
"""

from __future__ import annotations

import shutil
import sqlite3
from collections.abc import Generator, Iterator
from contextlib import closing, contextmanager
from pathlib import Path

import sqlite_utils

from player.errors import (
    QT_TRANSLATE_NOOP,
    DatabaseBusy,
    DatabaseDamaged,
    DatabaseTooNew,
    DiskFull,
    NotWritable,
    PlayerError,
)
from player.store import place
from player.store.lock import alone
from player.store.schema import VERSION, VIEWS, migrations

FILE = "player.db"
_UNWRITTEN = (sqlite3.SQLITE_IOERR_WRITE, sqlite3.SQLITE_IOERR_TRUNCATE, sqlite3.SQLITE_IOERR_FSYNC)
"""Beyond a quota, say: what is there is whole, and whoever reads "damaged" would move it away."""
_ROOM = 1024 * 1024  # bytes; with less, SQLite finds no place for the index of its log
_PATIENCE = 30.0  # seconds to wait while another thread or program writes


class Database(sqlite_utils.Database):
    """A connection whose transactions ask for the right to write at their start.

    A transaction that begins by reading and then writes is refused at once, without waiting, when
    somebody else wrote in between (SQLITE_BUSY_SNAPSHOT). `BEGIN IMMEDIATE` waits its turn.
    """

    @contextmanager
    def atomic(self) -> Generator[sqlite_utils.Database, None, None]:
        """All or nothing; blocks inside one another are savepoints."""
        if not self.conn.in_transaction:
            self.conn.execute("BEGIN IMMEDIATE")
            try:
                yield self
                self.conn.execute("COMMIT")
            except BaseException:
                self.conn.rollback()
                raise
            return
        with super().atomic():
            yield self

    @property
    def path(self) -> Path:
        """The database's file."""
        return Path(self.execute("PRAGMA database_list").fetchone()[2])

    @property
    def home(self) -> Path:
        """The folder it lies in."""
        return self.path.parent


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
    used = (home / "blobs").exists() or (home / place.FILE).exists()
    if used and path.exists() and not path.stat().st_size:
        raise DatabaseDamaged(place=str(path))  # SQLite would begin anew, and drop its log
    with alone(home / "prepare.lock", wait=_PATIENCE), translated(path), closing(_open(path)) as db:
        found = db.execute("PRAGMA user_version").fetchone()[0]
        if found > VERSION:
            raise DatabaseTooNew(place=str(path))
        if migrations.pending(db):
            if found:
                _copy(db, path.with_suffix(f".before-{VERSION}.db"))
            migrations.apply(db)
            db.execute(f"PRAGMA user_version = {VERSION}")
        _remake_views(db)


def connect(home: Path) -> Database:
    """Return a connection for this thread alone. Close it when the thread ends."""
    path = home / FILE
    with translated(path):
        return _open(path)


@contextmanager
def translated(place: Path) -> Iterator[None]:
    """Turn SQLite's and the disk's faults inside the block into ours."""
    try:
        yield
    except sqlite3.Error as error:
        raise _ours(error, place) from error


def _ours(error: sqlite3.Error, place: Path) -> PlayerError:
    exactly = getattr(error, "sqlite_errorcode", 0)
    code = exactly & 0xFF
    free = shutil.disk_usage(place.parent).free
    if code == sqlite3.SQLITE_FULL or (code == sqlite3.SQLITE_IOERR and free < _ROOM):
        return DiskFull(
            place=str(place.parent),
            needed=QT_TRANSLATE_NOOP("errors", "some MB"),
            free=f"{free / 1e6:.1f} MB",
        )
    if code in (sqlite3.SQLITE_BUSY, sqlite3.SQLITE_LOCKED):
        return DatabaseBusy(place=str(place))
    may_not = (sqlite3.SQLITE_READONLY, sqlite3.SQLITE_CANTOPEN, sqlite3.SQLITE_PERM)
    if code in may_not or exactly in _UNWRITTEN:
        return NotWritable(place=str(place))
    if code in (sqlite3.SQLITE_CORRUPT, sqlite3.SQLITE_NOTADB, sqlite3.SQLITE_IOERR):
        return DatabaseDamaged(place=str(place))
    raise error  # a mistake of ours, not of the world


def _open(path: Path) -> Database:
    connection = sqlite3.connect(path, timeout=_PATIENCE, isolation_level="IMMEDIATE")
    try:
        connection.execute("PRAGMA journal_mode = WAL")
        connection.execute("PRAGMA synchronous = FULL")
        connection.execute("PRAGMA foreign_keys = ON")
    except sqlite3.Error:
        connection.close()
        raise
    return Database(connection)


def _copy(db: Database, path: Path) -> None:
    """Copy the database, what stands in its write-ahead log included."""
    with closing(sqlite3.connect(path)) as target:
        db.conn.backup(target)


def _remake_views(db: Database) -> None:
    with db.atomic():
        for name, select in VIEWS.items():
            db.execute(f"DROP VIEW IF EXISTS {name}")
            db.execute(f"CREATE VIEW {name} AS {select}")
