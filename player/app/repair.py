# SPDX-License-Identifier: Apache-2.0
"""Files and the table of files, where they do not agree; and mending that.

What is damaged goes back among what is on its way, so that a download checks each of its pieces and
fetches only the bad ones. Rows go first, then files; nothing here touches the journal.
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Callable, Iterator, Set
from contextlib import suppress
from dataclasses import dataclass, replace
from datetime import datetime
from pathlib import Path

from player.course.manifest import AnyActivity, Blob, Manifest, Section, Video
from player.download import parts, wishes
from player.download.plan import Wish, wanted
from player.download.room import writing
from player.store import blobs, courses, moving, place, space, spoken
from player.store.blobs import Meter, Report, silent
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
    but the disk's. `files` is how many rows there are, `cost` what fetching again takes, in bytes.
    """

    damaged: tuple[str, ...]
    missing: tuple[str, ...]
    sound: dict[str, int]
    broken: tuple[str, ...]
    stray: tuple[Path, ...]
    unreferenced: tuple[str, ...]
    files: int = 0
    cost: int = 0

    @property
    def lost(self) -> frozenset[str]:
        """What is damaged or missing."""
        return frozenset((*self.damaged, *self.missing))


@dataclass(frozen=True, slots=True)
class Spot:
    """Where something is damaged: the titles of the course, the section and the activity."""

    course: str
    section: str
    activity: str


@dataclass(frozen=True, slots=True)
class Repaired:
    """What was mended, in files; `freed` bytes. `to_fetch` lack now and come with a download."""

    to_fetch: int
    adopted: int
    removed: int
    freed: int


def look(db: Database, home: Path, report: Report = silent) -> Found:
    """Look at every file. Reads everything, changes nothing. Raises DriveGone.

    `report` may raise to stop.
    """
    folder = place.content_folder(home)
    sizes = dict(db.execute("SELECT sha256, size FROM blobs").fetchall())
    present, meter = sizes.keys(), Meter(report, sum(sizes.values()))
    bad = blobs.verify(db, home, meter)
    missing = [one for one in bad if not blobs.path(home, one).exists()]
    place.content_folder(home)  # unplugged meanwhile, everything would seem to be missing
    manifests = manifests_of(db)
    named = _named(manifests)
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
    cost = _cost(db, home, frozenset(bad), manifests)
    files = len(sizes), cost
    return Found(damaged, tuple(missing), sound, tuple(broken), tuple(stray), unused, *files)


def spots(db: Database, lost: Set[str]) -> list[Spot]:
    """Where in the courses something of `lost` is missed, in their order."""
    found = [
        Spot(manifest.title, section.title, activity.title)
        for manifest in manifests_of(db)
        for section in manifest.sections
        for activity in section.activities()
        if not lost.isdisjoint(blobs_of(activity))
    ]
    return list(dict.fromkeys(found))


def repair(
    db: Database,
    home: Path,
    now: Callable[[], datetime],
    found: Found | None = None,
    *,
    free: bool = True,
) -> Repaired:
    """Mend what does not agree.

    Args:
        db: the database.
        home: its folder.
        now: the wall clock.
        found: what `look` found before: what still holds of it is mended, and not everything is
            read again.
        free: delete, too, what no course references.

    Raises:
        FilesBusy: a download is under way; nothing was changed.
        DriveGone, NotWritable, DiskFull: what was mended so far stays so.
    """
    with files_of(home), writing(home, 0):
        moving.finish(home)
        found = _still(db, home, found) if found else look(db, home)
        lost = found.lost
        wish_again(db, lost, now)  # first: whoever is killed before the next line finds it again
        _forget(db, lost)
        named = _named(manifests_of(db))
        for sha256 in (*found.damaged, *found.broken):
            hand_back(home, sha256, named.get(sha256))
        blobs.add_all(db, home, found.sound)
        for file in found.stray:
            file.unlink(missing_ok=True)
        freed = space.drop_unreferenced(db, home) if free else 0
    return Repaired(len(lost), len(found.sound), len(found.stray), freed)


def _still(db: Database, home: Path, found: Found) -> Found:
    """What holds of a finding from before: others may have worked meanwhile."""
    sizes = dict(db.execute("SELECT sha256, size FROM blobs").fetchall())
    paths = {one: blobs.path(home, one) for one in (*found.lost, *found.sound, *found.broken)}
    bad = [
        one for one in found.lost if one in sizes and not blobs.whole(paths[one], one, sizes[one])
    ]
    left = {*_leftovers(place.parts_folder(home), sizes.keys())}
    left.update(file for file in found.stray if file.name.removesuffix(".part") not in sizes)
    return replace(
        found,
        damaged=tuple(one for one in bad if paths[one].exists()),
        missing=tuple(one for one in bad if not paths[one].exists()),
        sound={one: size for one, size in found.sound.items() if paths[one].exists()},
        broken=tuple(one for one in found.broken if one not in sizes),
        stray=tuple(file for file in found.stray if file in left and file.exists()),
    )


def _cost(db: Database, home: Path, lost: Set[str], manifests: list[Manifest]) -> int:
    """Bytes that fetching again takes, but for the pieces of damaged files that are right."""
    here, named = blobs.present(db) - lost, _named(manifests)
    lacking = set[str]()
    for manifest in manifests:
        lacking |= wanted(manifest, _wishes_again(db, manifest, lost)) - here
    lacking |= {one for name in lacking if (one := named[name].pieces)} - here
    here_right = (right(blobs.path(home, one), blobs.pieces(home, named[one])) for one in lacking)
    return sum(named[one].cost for one in lacking) - sum(here_right)


def right(file: Path, listed: tuple[tuple[int, str], ...]) -> int:
    """Bytes of a damaged file that are in right pieces."""
    right = 0
    with suppress(OSError), file.open("rb") as stream:
        for length, sha256 in listed:
            if hashlib.sha256(stream.read(length)).hexdigest() == sha256:
                right += length
    return right


def _forget(db: Database, lost: Set[str]) -> None:
    with translated(db.path), db.atomic():
        db.conn.executemany("DELETE FROM blobs WHERE sha256 = ?", [(one,) for one in lost])


def hand_back(home: Path, sha256: str, blob: Blob | None) -> None:
    """Have a damaged file as one that is on its way, if it can be mended by pieces."""
    file = blobs.path(home, sha256)
    if blob is not None and blob.pieces:
        with suppress(FileNotFoundError):
            parts.take_back(place.parts_folder(home), file, sha256)
    elif file.is_file():
        file.unlink(missing_ok=True)


def wish_again(db: Database, lost: Set[str], now: Callable[[], datetime]) -> None:
    """Have the sections that lost something wished for."""
    for manifest in manifests_of(db):
        known = wishes.wished_for(db, manifest.id)
        for wish in _wishes_again(db, manifest, lost):
            if wish in known:
                wishes.note(db, manifest.id, [wish], "", rests=False)
            else:
                wishes.ask(db, manifest, [wish.section], wish.rendition, now)


def _wishes_again(db: Database, manifest: Manifest, lost: Set[str]) -> list[Wish]:
    """What is to be wished for: what lost something, as it was; else as it lay here."""
    found = []
    known = wishes.wished_for(db, manifest.id)
    for section in manifest.sections:
        if any(not lost.isdisjoint(blobs_of(activity)) for activity in section.activities()):
            own = [wish for wish in known if wish.section == section.id]
            found += own or [Wish(section.id, _rendition(section, lost))]
    return found


def blobs_of(activity: AnyActivity) -> set[str]:
    """Every blob of an activity, all renditions with it."""
    return set(activity.every_blob())


def _rendition(section: Section, lost: Set[str]) -> str:
    """The rendition that was lost, '' where only texts were."""
    for activity in section.activities():
        for one in activity.renditions if isinstance(activity, Video) else ():
            if one.blob in lost:
                return one.name
    return ""


def manifests_of(db: Database) -> list[Manifest]:
    """Every version that is shown or coming, in the language in which it is read."""
    query = "SELECT manifest FROM courses WHERE stage <> 'past' ORDER BY id, stage"
    rows = db.execute(query).fetchall()
    return [spoken.in_it(db, courses.decoded(bytes(row[0]))) for row in rows]


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
