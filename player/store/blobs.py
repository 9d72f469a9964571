# SPDX-License-Identifier: Apache-2.0
"""Files by their SHA-256: `blobs/<aa>/<sha256>`, and the table that says which are whole.

They lie where `player.store.place` says: in the home, or on another drive.

A row is written after its file is verified, on the disk and under its name; so whatever the power
does, the table never claims what is not there. Two courses that share a file share the blob.
"""

from __future__ import annotations

import hashlib
import logging
import os
import re
import sys
from collections.abc import Callable, Mapping
from pathlib import Path

from player.clock import stamp, utc_now
from player.course.manifest import Blob
from player.course.pieces import decode_pieces
from player.errors import ContentProblem, Damaged, LessonProblem, NotHere
from player.store.database import FILE, Database, translated
from player.store.place import blobs_folder

log = logging.getLogger(__name__)

_SHA256 = re.compile(r"[0-9a-f]{64}")
BLOCK = 1024 * 1024

Report = Callable[[int, int], None]
"""Told how many bytes are through, of how many; may raise to stop."""


def silent(_done: int, _total: int) -> None:
    """Report nothing."""


class Meter:
    """How far a long reading of many files is, told block by block, so that it can be stopped."""

    def __init__(self, report: Report = silent, total: int = 0) -> None:
        self._report, self._total = report, total
        self._through = self._at = self._end = 0

    def begin(self, size: int) -> None:
        """The next file, of so many bytes, is what is read from here on."""
        self._through = self._at = self._end
        self._end += size
        self.hear(0)

    def hear(self, size: int) -> None:
        """So many bytes more of it; read twice, it counts once."""
        self._at = min(self._at + size, self._end)
        self._report(self._at, self._total)

    def again(self) -> None:
        """The file is read once more."""
        self._at = self._through


def path(home: Path, sha256: str) -> Path:
    """Where a blob lies, or would lie.

    Raises:
        ValueError: for what is no hash, so none leads out.
        DriveGone: on a drive that is not plugged in.
    """
    if not _SHA256.fullmatch(sha256):
        raise ValueError(f"not a SHA-256: {sha256[:80]!r}")
    return blobs_folder(home) / sha256[:2] / sha256


def present(db: Database) -> frozenset[str]:
    """The hashes of all blobs that are here."""
    return frozenset(row[0] for row in db.execute("SELECT sha256 FROM blobs"))


def place(home: Path, files: Mapping[str, Path]) -> None:
    """Move whole, verified files to their names as blobs; on the disk when this returns.

    Args:
        home: the home folder; the files lie on the same disk.
        files: by the hash of each.
    """
    folders: set[Path] = set()
    for sha256, file in files.items():
        sync(file)
        target = path(home, sha256)
        target.parent.mkdir(parents=True, exist_ok=True)
        file.replace(target)
        folders.update((target.parent, target.parent.parent))
    for folder in folders:
        sync(folder)


def sync(what: Path) -> None:
    """Have a file's bytes, or a folder's names, on the disk before going on."""
    if sys.platform == "win32" and what.is_dir():
        return  # Windows opens no folders, and NTFS keeps its names in its own journal
    handle = os.open(what, os.O_RDONLY if what.is_dir() else os.O_RDWR)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)


def add(db: Database, home: Path, sha256: str, size: int) -> None:
    """Record one blob that `place` has put there. `size` in bytes."""
    add_all(db, home, {sha256: size})


def add_all(db: Database, home: Path, sizes: Mapping[str, int]) -> None:
    """Record blobs that `place` has put there, by hash, as one. See `add`."""
    now = stamp(utc_now())
    with translated(home / FILE), db.atomic():
        db.conn.executemany(
            "INSERT OR IGNORE INTO blobs (sha256, size, added_at) VALUES (?, ?, ?)",
            [(sha256, size, now) for sha256, size in sizes.items()],
        )


def read(home: Path, sha256: str, what: str) -> bytes:
    """Return a small blob's bytes, checked. `what` is how to call it in a sentence.

    Raises:
        NotHere: it was not fetched.
        Damaged: what lies there is not what was fetched, or the disk cannot read it.
    """
    file = path(home, sha256)
    try:
        data = file.read_bytes()
    except FileNotFoundError as error:
        raise NotHere(what=what) from error
    except OSError as error:
        raise Damaged(what=what, place=str(file)) from error
    if hashlib.sha256(data).hexdigest() != sha256:
        raise Damaged(what=what, place=str(file))
    return data


def pieces(home: Path, blob: Blob) -> tuple[tuple[int, str], ...]:
    """The pieces of a large file, (length, SHA-256) each; none where its list is not here.

    A list that is none, or is damaged, is as good as not here: the file is one piece then.
    """
    if blob.pieces is None:
        return ()
    try:
        return decode_pieces(read(home, blob.pieces, "The piece list"), blob.size)
    except (ContentProblem, LessonProblem):
        return ()


def whole(file: Path, sha256: str, size: int, meter: Meter | None = None) -> bool:
    """Whether `file` is there with that size and hash. Reads all of it."""
    try:
        return file.stat().st_size == size and digest(file, meter) == sha256
    except OSError:
        return False


def digest(file: Path, meter: Meter | None = None) -> str:
    """The SHA-256 of a file of any size."""
    found = hashlib.sha256()
    with file.open("rb") as stream:
        while block := stream.read(BLOCK):
            found.update(block)
            if meter:
                meter.hear(len(block))
    return found.hexdigest()


def forget(db: Database, home: Path, sha256: str) -> None:
    """Have a blob no longer: first its row, then its file."""
    with translated(home / FILE), db.atomic():
        db.execute("DELETE FROM blobs WHERE sha256 = ?", [sha256])
    try:
        path(home, sha256).unlink(missing_ok=True)
    except PermissionError as error:  # Windows, while a player shows it; taken up at the next fetch
        log.warning("%s stays for now: %s", sha256, error)


def verify(db: Database, home: Path, meter: Meter | None = None) -> list[str]:
    """Return the hashes of blobs that are damaged or missing. Reads everything, deletes nothing."""
    rows = db.execute("SELECT sha256, size FROM blobs ORDER BY sha256").fetchall()
    meter, bad = meter or Meter(), []
    for sha256, size in rows:
        meter.begin(size)
        if not whole(path(home, sha256), sha256, size, meter):
            bad.append(sha256)
    return bad
