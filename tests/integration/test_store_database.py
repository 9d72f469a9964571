# SPDX-License-Identifier: Apache-2.0
from __future__ import annotations

import sqlite3
import subprocess
import sys
import threading
from contextlib import closing
from pathlib import Path

import pytest

from player.errors import DatabaseBusy, DatabaseDamaged, DatabaseTooNew, NotWritable
from player.journal.events import Opened
from player.journal.journal import Where, broken_links, record
from player.store import database, schema
from player.store.database import FILE, Database
from player.store.lock import alone


def test_preparing_twice_changes_nothing(home: Path) -> None:
    database.prepare(home)
    with closing(database.connect(home)) as db:
        assert db.execute("SELECT count(*) FROM ledger").fetchone()[0] == 0
        assert db.home == home


def test_a_newer_database_is_left_untouched(home: Path) -> None:
    with closing(sqlite3.connect(home / FILE)) as db:
        db.execute(f"PRAGMA user_version = {schema.VERSION + 1}")
    with pytest.raises(DatabaseTooNew):
        database.prepare(home)


def test_a_file_that_is_no_database_is_damaged_and_left_as_it_is(tmp_path: Path) -> None:
    (tmp_path / FILE).write_bytes(b"no database" * 1000)
    with pytest.raises(DatabaseDamaged):
        database.prepare(tmp_path)
    assert (tmp_path / FILE).read_bytes() == b"no database" * 1000


def test_a_home_that_cannot_be_made_is_named(tmp_path: Path) -> None:
    (tmp_path / "file").write_bytes(b"")
    with pytest.raises(NotWritable, match="file"):
        database.prepare(tmp_path / "file" / "home")


def test_the_copy_before_a_change_has_what_only_the_log_has(
    home: Path, db: Database, monkeypatch: pytest.MonkeyPatch
) -> None:
    db.execute("PRAGMA wal_autocheckpoint = 0")
    db.execute("INSERT INTO learners VALUES ('a', 'Awa', 't')")

    class Later:
        """A migration of the next version."""

        def pending(self, _db: Database) -> bool:
            return True

        def apply(self, changed: Database) -> None:
            changed.execute("DELETE FROM learners")

    monkeypatch.setattr(database, "migrations", Later())
    database.prepare(home)
    (copy,) = home.glob("*.before-*.db")
    with closing(sqlite3.connect(copy)) as before:
        assert before.execute("SELECT name FROM learners").fetchall() == [("Awa",)]
    assert db.execute("SELECT name FROM learners").fetchall() == []


def test_threads_that_read_and_then_write_wait_for_one_another(
    home: Path, db: Database, learner: str
) -> None:
    """A deferred transaction would be refused at once: SQLITE_BUSY_SNAPSHOT."""
    errors: list[BaseException] = []

    def write() -> None:
        with closing(database.connect(home)) as own:
            for _ in range(20):
                try:
                    record(own, Where(learner, "demo", 1), Opened(name="x", type="page"))
                except DatabaseBusy as error:
                    errors.append(error)

    threads = [threading.Thread(target=write) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert not errors
    assert broken_links(db) == []
    assert db.execute("SELECT count(*) FROM events").fetchone()[0] == 80


def test_blocks_inside_one_another_are_undone_alone_and_together(db: Database) -> None:
    def add(name: str) -> None:
        db.execute("INSERT INTO learners VALUES (?, 'x', 't')", [name])

    def fails(*names: str) -> None:
        with db.atomic():
            for name in names:
                with db.atomic():
                    add(name)
            raise KeyError

    with db.atomic():
        add("a")
        with pytest.raises(KeyError):
            fails("b")
    with pytest.raises(KeyError):
        fails("c", "d")
    assert [row[0] for row in db.execute("SELECT id FROM learners")] == ["a"]


def test_one_holds_the_lock_and_the_next_is_told(tmp_path: Path) -> None:
    with alone(tmp_path / "lock"), pytest.raises(DatabaseBusy), alone(tmp_path / "lock"):
        pytest.fail("two hold the lock")
    with alone(tmp_path / "lock"):
        pass


def test_a_killed_program_leaves_no_lock(tmp_path: Path) -> None:
    code = (
        "import sys, pathlib; from player.store.lock import alone\n"
        "with alone(pathlib.Path(sys.argv[1])): print('held', flush=True); sys.stdin.read()"
    )
    with subprocess.Popen(
        [sys.executable, "-c", code, tmp_path / "lock"],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
    ) as other:
        assert other.stdout is not None
        assert other.stdout.readline() == b"held\n"
        with pytest.raises(DatabaseBusy), alone(tmp_path / "lock"):
            pytest.fail("two programs hold the lock")
        other.kill()
        other.wait()
    with alone(tmp_path / "lock"):
        pass


def test_a_lock_in_a_folder_that_cannot_be_written_is_named(tmp_path: Path) -> None:
    with pytest.raises(NotWritable), alone(tmp_path / "missing" / "lock"):
        pytest.fail("there is no such folder")


_BEYOND = """
import resource, sys
from pathlib import Path
from player.errors import NotWritable
from player.store import database
db = database.connect(Path(sys.argv[1]))
resource.setrlimit(resource.RLIMIT_FSIZE, (100_000, 100_000))
try:
    with database.translated(db.path), db.atomic():
        db.execute("INSERT INTO learners VALUES ('a', ?, 't')", ["x" * 200_000])
except NotWritable:
    sys.exit(7)
"""


@pytest.mark.skipif(sys.platform == "win32", reason="Windows has no such limit")
def test_beyond_a_quota_nothing_is_called_damaged(home: Path) -> None:
    database.prepare(home)
    ended = subprocess.run([sys.executable, "-c", _BEYOND, str(home)], check=False)
    assert ended.returncode == 7
    with closing(database.connect(home)) as db:
        assert db.execute("SELECT count(*) FROM learners").fetchone()[0] == 0


def test_an_emptied_database_is_not_begun_anew(home: Path) -> None:
    (home / "blobs").mkdir(exist_ok=True)
    (home / database.FILE).write_bytes(b"")
    with pytest.raises(DatabaseDamaged):
        database.prepare(home)
    assert (home / database.FILE).read_bytes() == b""
