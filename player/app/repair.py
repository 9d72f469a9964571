# SPDX-License-Identifier: Apache-2.0
"""Files and the table of files, where they do not agree; and mending that.

What is damaged goes back among what is on its way, so that a download checks each of its pieces and
fetches only the bad ones. Rows go first, then files; nothing here touches the journal.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Set
from contextlib import suppress
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from player.course import needs
from player.course.manifest import Blob, Manifest, Section, Video
from player.course.needs import Choice
from player.download import parts, wishes
from player.download.room import writing
from player.store import blobs, courses, moving, place, space
from player.store.database import Database, translated
from player.store.lock import files_of

_BLOB = re.compile(r"[0-9a-f]{64}")
_LEFT = re.compile(r"([0-9a-f]{64})\.(part|got|new|list)")


@dataclass(frozen=True, slots=True)
class Found:
    """What does not agree.

    By hash: rows whose file is `damaged` or `missing`; files without a row that are `sound`, by
    their sizes, or `broken`: not sound, but with pieces that may be. By path: files of ours that
    nobody needs, `stray`. `unreferenced` are blobs that no course names; they are in nobody's way
    but the disk's.
    """

    damaged: tuple[str, ...]
    missing: tuple[str, ...]
    sound: dict[str, int]
    broken: tuple[str, ...]
    stray: tuple[Path, ...]
    unreferenced: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Repaired:
    """What was mended, in files; `freed` bytes. `to_fetch` lack now and come with a download."""

    to_fetch: int
    adopted: int
    removed: int
    freed: int


def look(db: Database, home: Path) -> Found:
    """Look at every file. Reads everything, changes nothing. Raises DriveGone."""
    folder = place.content_folder(home)
    present = blobs.present(db)
    bad = blobs.verify(db, home)
    missing = [one for one in bad if not blobs.path(home, one).exists()]
    place.content_folder(home)  # unplugged meanwhile, everything would seem to be missing
    named = _named(_manifests(db))
    sound, broken, stray = {}, [], list(_leftovers(folder / "parts", present))
    for file in _ours(folder / "blobs"):
        name = file.name
        if name in present:
            continue
        if name in named and blobs.whole(file, name, named[name].size):
            sound[name] = named[name].size
        elif name in named and named[name].pieces:
            broken.append(name)
        else:
            stray.append(file)
    damaged = tuple(one for one in bad if one not in missing)
    unused = tuple(space.unreferenced(db))
    return Found(damaged, tuple(missing), sound, tuple(broken), tuple(stray), unused)


def repair(db: Database, home: Path, now: Callable[[], datetime]) -> Repaired:
    """Mend what does not agree.

    Raises:
        FilesBusy: a download is under way; nothing was changed.
        DriveGone, NotWritable, DiskFull: what was mended so far stays so.
    """
    with files_of(home), writing(home, 0):
        moving.finish(home)
        found = look(db, home)
        lost = {*found.damaged, *found.missing}
        _wish_again(db, lost, now)  # first: whoever is killed before the next line finds it again
        _forget(db, lost)
        named = _named(_manifests(db))
        for sha256 in (*found.damaged, *found.broken):
            _hand_back(home, sha256, named.get(sha256))
        blobs.add_all(db, home, found.sound)
        for file in found.stray:
            file.unlink(missing_ok=True)
        freed = space.drop_unreferenced(db, home)
    return Repaired(len(lost), len(found.sound), len(found.stray), freed)


def _forget(db: Database, lost: Set[str]) -> None:
    with translated(db.path), db.atomic():
        db.conn.executemany("DELETE FROM blobs WHERE sha256 = ?", [(one,) for one in lost])


def _hand_back(home: Path, sha256: str, blob: Blob | None) -> None:
    """Have a damaged file as one that is on its way, if it can be mended by pieces."""
    file = blobs.path(home, sha256)
    if blob is not None and blob.pieces:
        with suppress(FileNotFoundError):
            parts.take_back(place.parts_folder(home), file, sha256)
    elif file.is_file():
        file.unlink(missing_ok=True)


def _wish_again(db: Database, lost: Set[str], now: Callable[[], datetime]) -> None:
    """Have the sections that lost something wished for, as they were; else as they lay here."""
    for manifest in _manifests(db):
        wished = {wish.section: wish for wish in wishes.wished_for(db, manifest.id)}
        for section in manifest.sections:
            if not _loses(section, lost):
                continue
            if wish := wished.get(section.id):
                wishes.note(db, manifest.id, [wish], "", rests=False)
            else:
                wishes.ask(db, manifest, [section.id], _rendition(section, lost), now)


def _loses(section: Section, lost: Set[str]) -> bool:
    own = set(needs.texts(section, Choice()))
    for activity in section.activities():
        if isinstance(activity, Video):
            own.update(one.blob for one in activity.renditions)
    return not own.isdisjoint(lost)


def _rendition(section: Section, lost: Set[str]) -> str:
    """The rendition that was lost, '' where only texts were."""
    for activity in section.activities():
        for one in activity.renditions if isinstance(activity, Video) else ():
            if one.blob in lost:
                return one.name
    return ""


def _manifests(db: Database) -> list[Manifest]:
    """Every version that is shown or coming."""
    query = "SELECT manifest FROM courses WHERE stage <> 'past' ORDER BY id, stage"
    return [courses.decoded(bytes(row[0])) for row in db.execute(query).fetchall()]


def _named(manifests: list[Manifest]) -> dict[str, Blob]:
    return {name: blob for manifest in manifests for name, blob in manifest.blobs.items()}


def _ours(folder: Path) -> Iterator[Path]:
    """Files that have names as ours; in a folder that somebody chose may be others' too."""
    for file in sorted(folder.glob("??/*")):
        name = file.name.removesuffix(".part")
        if _BLOB.fullmatch(name) and file.parent.name == name[:2] and file.is_file():
            yield file


def _leftovers(folder: Path, present: Set[str]) -> Iterator[Path]:
    """Beginnings of what is here by now, and of small files that were never placed."""
    for file in sorted(folder.glob("*")):
        match = _LEFT.fullmatch(file.name)
        if match and (match[1] in present or match[2] in ("new", "list")):
            yield file
