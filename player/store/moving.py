# SPDX-License-Identifier: Apache-2.0
"""Taking the files of the courses to another drive, with the care of a download.

Each file is copied, checked by its hash as it was read, on the disk before it has its name; then
`content.json` is switched; then the old files go. Interrupted anywhere, one of the two places is
whole and counts, and moving again copies only what lacks.
"""

from __future__ import annotations

import errno
import hashlib
import logging
import os
import re
import shutil
import uuid
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path

import msgspec

from player.errors import QT_TRANSLATE_NOOP, DiskFull, DriveGone, NotWritable
from player.store import blobs, place
from player.store.blobs import Meter, Report, silent
from player.store.database import Database, translated
from player.store.lock import files_of

log = logging.getLogger(__name__)

_OURS = re.compile(r"[0-9a-f]{64}(\.(part|got|new|list))?")
_NAME = "Cartable"
_RESERVE = 16 * 1024 * 1024  # bytes that stay free on the drive


@dataclass(frozen=True, slots=True)
class Moved:
    """What a move did: bytes copied, and files that were damaged and are to be fetched again."""

    folder: Path
    copied: int
    damaged: int


@dataclass(frozen=True, slots=True)
class Left:
    """What giving up a lost drive did: `held` wishes wait until somebody lets them go on."""

    held: int


@dataclass(frozen=True, slots=True)
class Plan:
    """What a move to `folder` takes: `size` bytes to copy, where `free` ones may be used."""

    folder: Path
    size: int
    free: int

    @property
    def fits(self) -> bool:
        """Whether there is room."""
        return self.size <= self.free


def plan(db: Database, home: Path, chosen: Path) -> Plan:
    """Say what moving to the folder that somebody chose would take. Nothing is touched.

    Where others have files in it, it is a folder of our own below: on a drive say.

    Raises:
        DriveGone, NotWritable: it cannot be moved, or not there.
    """
    source = place.content_folder(home)
    with _writing(chosen):
        target = _below(home, source, chosen)
        if _same(target, source):
            return Plan(source, 0, 0)
        rows = db.execute("SELECT sha256, size FROM blobs").fetchall()
        parts = [file.stat().st_size for file in _ours(source, "parts")]
        size = sum(one for name, one in rows if not _seems_there(target, name, one)) + sum(parts)
        return Plan(target, size, _room(target))


def _below(home: Path, source: Path, chosen: Path) -> Path:
    chosen = Path(os.path.abspath(chosen))  # noqa: PTH100 - a link stays one: it may be meant
    known = place.chosen(home) or place.Place()

    def ours(folder: Path) -> bool:
        """Where the files are, or are on their way to, or nobody has anything."""
        if _same(folder, source) or (known.coming and place.marked(folder) == known.coming):
            return True
        return not (folder.exists() and any(folder.iterdir()))

    names = [chosen / f"{_NAME}{number}" for number in ("", *range(2, 100))]
    if _same(chosen, home):
        return chosen
    return next((one for one in (chosen, *names) if ours(one)), names[0])


def give_up(home: Path, target: Path) -> None:
    """Have nothing in `target` of a move that was broken off. Raises FilesBusy, NotWritable."""
    with files_of(home), _writing(target):
        known = place.chosen(home)
        if known is None or not known.coming or place.marked(target) != known.coming:
            return
        _clear(target)
        known = msgspec.structs.replace(known, coming="")
        place.choose(home, known if known != place.Place() else None)


def leave(db: Database, home: Path) -> Left:
    """Begin anew in the home: the drive with the files is lost for good.

    Every wish is held, so that nothing is paid for again unasked. Where the drive is there after
    all, nothing happens.

    Raises:
        FilesBusy: somebody uses the files.
        NotWritable: the home cannot be written.
    """
    with files_of(home), _writing(home):
        try:
            place.content_folder(home)
        except DriveGone:
            # The rows first: killed in between, a drive that comes back is taken as it is
            with translated(db.path), db.atomic():
                db.execute("DELETE FROM blobs")
                held = db.execute("UPDATE wishes SET held = 1").rowcount
            place.choose(home, None)
            (home / place.MARKER).unlink(missing_ok=True)
            return Left(held)
    return Left(0)


def move_content(db: Database, home: Path, target: Path, report: Report = silent) -> Moved:
    """Have the files of all courses in the folder `target`; the home's own brings them back.

    Where `report` raises, what was copied is kept for the next time; see `give_up`.

    Raises:
        FilesBusy: a download is under way.
        DriveGone, DiskFull, NotWritable: everything is used from where it was.
    """
    target = Path(os.path.abspath(target))  # noqa: PTH100 - a link stays one: it may be meant
    with files_of(home), _writing(target):
        finish(home)
        source = place.content_folder(home)
        if _same(source, target):
            return Moved(target, 0, 0)
        name = _claimed(home, source, target)
        copied, damaged = _copy_all(db, source, target, report)
        _forget(db, damaged)
        _switch(home, source, target, name)
        finish(home)
    return Moved(target, copied, len(damaged))


def _claimed(home: Path, source: Path, target: Path) -> str:
    """The id of `target`, written into it; what belongs to another home is never taken.

    Raises NotWritable.
    """
    chosen = place.chosen(home) or place.Place()
    inside = [target.resolve().is_relative_to((source / name).resolve()) for name in place.FOLDERS]
    found = place.marked(target)
    theirs = not found and (target / "catalogue.json").exists()  # a course repository has `blobs/`
    if any(inside) or theirs or found not in ("", chosen.coming):
        raise NotWritable(place=str(target))
    name = chosen.coming or str(uuid.uuid4())
    place.choose(home, msgspec.structs.replace(chosen, coming=name))
    target.mkdir(parents=True, exist_ok=True)
    place.mark(target, name)
    return name


def _switch(home: Path, source: Path, target: Path, name: str) -> None:
    """From here on, the files in `target` count."""
    path = "" if _same(target, home) else str(target)
    left = "" if _same(source, home) else str(source)
    place.choose(home, place.Place(path, name, left=left, left_id=place.marked(source)))
    blobs.sync(home)


def finish(home: Path) -> None:
    """Delete what a move left in the old place; where that cannot be, it is tried again later."""
    chosen = place.chosen(home)
    if chosen is None or chosen.left is None:
        return
    old = Path(chosen.left or home)
    if not old.exists() or _same(old, place.content_folder(home)):
        return
    # By its id: another drive may be under the old path by now, with somebody else's courses
    if not chosen.left or place.marked(old) == chosen.left_id:
        try:
            _clear(old)
        except OSError as error:  # Windows, while a player shows it; or the drive is gone
            log.warning("%s is not cleared yet: %s", old, error)
            return
    if chosen.path:
        place.choose(home, msgspec.structs.replace(chosen, left=None, left_id=""))
    else:
        (home / place.MARKER).unlink(missing_ok=True)
        place.choose(home, None)


def _clear(folder: Path) -> None:
    """Delete our files, and the folders where nobody else has any; what names it goes last."""
    for name in place.FOLDERS:
        files = _ours(folder, name)
        for file in files:
            file.unlink(missing_ok=True)
        for emptied in [*{file.parent for file in files}, folder / name]:
            with suppress(OSError):
                emptied.rmdir()
    (folder / place.MARKER).unlink(missing_ok=True)


def _ours(folder: Path, kind: str) -> list[Path]:
    """The files of `blobs` or `parts` that have names as ours."""
    pattern = "??/*" if kind == "blobs" else "*"
    found = sorted((folder / kind).glob(pattern))
    return [file for file in found if _OURS.fullmatch(file.name) and file.is_file()]


def _copy_all(db: Database, source: Path, target: Path, report: Report) -> tuple[int, list[str]]:
    """Copy what is not there; return the bytes of blobs, and those that were damaged."""
    rows = db.execute("SELECT sha256, size FROM blobs ORDER BY sha256").fetchall()
    parts = {file: file.stat().st_size for file in _ours(source, "parts")}
    meter = Meter(report, sum(size for _, size in rows) + sum(parts.values()))
    lacking = [size for sha256, size in rows if not _seems_there(target, sha256, size)]
    _check_room(target, sum(lacking) + sum(parts.values()))
    copied, damaged = 0, []
    folders: set[Path] = {target / "blobs"}
    for sha256, size in rows:
        meter.begin(size)
        goal = _blob(target, sha256)
        if blobs.whole(goal, sha256, size, meter):
            continue
        meter.again()
        goal.parent.mkdir(parents=True, exist_ok=True)
        folders.add(goal.parent)
        if _copy(_blob(source, sha256), goal, sha256, meter):
            copied += size
        else:
            damaged.append(sha256)
    for file, size in parts.items():
        meter.begin(size)
        _copy_plainly(file, target / "parts" / file.name, meter)
    meter.begin(0)
    for folder in folders:
        if folder.exists():
            blobs.sync(folder)
    if damaged and place.marked(target) == "":
        raise NotWritable(place=str(target))  # unplugged: that says nothing of the files
    return copied, damaged


def _blob(folder: Path, sha256: str) -> Path:
    return folder / "blobs" / sha256[:2] / sha256


def _seems_there(target: Path, sha256: str, size: int) -> bool:
    file = _blob(target, sha256)
    return file.exists() and file.stat().st_size == size


def _copy(source: Path, goal: Path, sha256: str, meter: Meter) -> bool:
    """Copy one blob; whether it was as it should be. What was not, leaves nothing."""
    part = goal.with_name(f"{sha256}.part")
    found = hashlib.sha256()
    with part.open("wb") as out:
        for block in _blocks(source):
            found.update(block)
            out.write(block)
            meter.hear(len(block))
        out.flush()
        os.fsync(out.fileno())
    if found.hexdigest() != sha256:
        part.unlink()
        return False
    part.replace(goal)
    return True


def _blocks(source: Path) -> Iterator[bytes]:
    """A file's bytes, as far as the disk can read them: the hash tells whether that was all."""
    try:
        with source.open("rb") as stream:
            while block := stream.read(blobs.BLOCK):
                yield block
    except OSError as error:
        log.warning("%s cannot be read: %s", source, error)


def _copy_plainly(source: Path, goal: Path, meter: Meter) -> None:
    """A beginning: its pieces are checked when it is gone on with."""
    goal.parent.mkdir(parents=True, exist_ok=True)
    there, here = goal.stat() if goal.exists() else None, source.stat()
    if there and there.st_size == here.st_size and there.st_mtime >= here.st_mtime:
        return
    with goal.open("wb") as out:
        for block in _blocks(source):
            out.write(block)
            meter.hear(len(block))
    shutil.copystat(source, goal)


def _forget(db: Database, damaged: list[str]) -> None:
    """A row must not claim what will not be there: the next download brings it."""
    with translated(db.path), db.atomic():
        db.conn.executemany("DELETE FROM blobs WHERE sha256 = ?", [(one,) for one in damaged])


def _check_room(target: Path, needed: int) -> None:
    free = _room(target)
    if needed > free:
        raise DiskFull(place=str(target), needed=_mb(needed), free=_mb(free))


def _room(target: Path) -> int:
    """Bytes that may be used where `target` is or will be."""
    there = next(one for one in (target, *target.parents) if one.exists())
    return max(0, shutil.disk_usage(there).free - _RESERVE)


def _mb(size: int) -> str:
    return f"{size / 1e6:.1f} MB"


def _same(one: Path, other: Path) -> bool:
    try:
        return one.samefile(other)
    except OSError:
        return one == other


@contextmanager
def _writing(target: Path) -> Iterator[None]:
    try:
        yield
    except OSError as error:
        if error.errno in (errno.ENOSPC, errno.EDQUOT):
            raise DiskFull(
                place=str(target), needed=QT_TRANSLATE_NOOP("errors", "some MB"), free="0 MB"
            ) from error
        raise NotWritable(place=str(target)) from error
