# SPDX-License-Identifier: Apache-2.0
"""What each course takes of the disk, and what can go.

Rows go first, in one transaction, then the files: a crash in between leaves files without a row,
which `cartable doctor --repair` finds, and never a row without its file. Both under the lock of the
files: a download that runs counts on what was here when it began. The journal is no part of this:
whatever is freed, what the learner did stays.
"""

from __future__ import annotations

import logging
import shutil
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence, Set
from dataclasses import dataclass, field
from pathlib import Path

from player.course.manifest import Manifest, Section, Unknown, Video
from player.errors import ContentProblem, DriveGone
from player.store import blobs, place, spoken, versions
from player.store.database import FILE, Database, translated
from player.store.drives import drive_of
from player.store.lock import Waiting, files_of

log = logging.getLogger(__name__)

SYNCED, WATCHED = "synced", "watched"
LITTLE = 200_000_000  # bytes: less than a week of video


@dataclass(frozen=True, slots=True)
class Usage:
    """What a course takes, in bytes; `shared_bytes` of them another course uses too.

    `free_bytes` come free where its files are removed, those of older versions with them.
    """

    course: str
    version: int
    title: str
    bytes: int
    shared_bytes: int
    drive: str
    free_bytes: int


@dataclass(frozen=True, slots=True)
class Room:
    """The `folder` of the files, the drive that it is on, and the bytes there."""

    folder: Path
    drive: Path
    free: int
    total: int

    @property
    def little(self) -> bool:
        """Whether a download may not fit any more."""
        return self.free < LITTLE


@dataclass(frozen=True, slots=True)
class Suggestion:
    """The videos of a section: `bytes` come free.

    `what` is 'synced' where all of the section is done and the platform has received all of it,
    'watched' where its videos are watched; then nobody needs them now. Otherwise it is ''.
    """

    course: str
    section: str
    title: str
    what: str
    bytes: int


@dataclass(frozen=True, slots=True)
class _Known:
    """The versions that count: `current` ones, and of each course the blobs of a coming one too."""

    current: list[Manifest] = field(default_factory=list)
    own: dict[str, set[str]] = field(default_factory=dict)
    users: Counter[str] = field(default_factory=Counter)
    """In how many courses a blob is named."""

    def of_others(self, course: str, names: Iterable[str]) -> set[str]:
        """Those of `names` that another course needs."""
        own = self.own.get(course, set())
        return {name for name in names if self.users[name] > (name in own)}


def _known(db: Database) -> _Known:
    """Raises ContentProblem where one cannot be read: then nothing is known to be free."""
    found = _Known()
    query = "SELECT stage, manifest FROM courses WHERE stage <> 'past' ORDER BY id, version"
    for stage, data in db.execute(query).fetchall():
        manifest = versions.decoded(bytes(data))
        found.own.setdefault(manifest.id, set()).update(manifest.blobs)
        if stage == "current":
            found.current.append(manifest)
    for own in found.own.values():
        found.users.update(own)
    return found


def unreferenced(db: Database) -> list[str]:
    """Blobs that are here and that no current or coming version of any course names."""
    try:
        named = _known(db).users
    except ContentProblem as error:
        log.warning("nothing is freed, a course cannot be read: %s", error)
        return []
    return sorted(blobs.present(db) - named.keys())


def taken(db: Database) -> int:
    """What all files that are here take."""
    return sum(_sizes(db).values())


def unreferenced_bytes(db: Database) -> int:
    """What nobody references takes."""
    sizes = _sizes(db)
    return _sum(sizes, sizes.keys() & unreferenced(db))


def free_unreferenced(db: Database, home: Path, waiting: Waiting | None = None) -> int:
    """Delete what nobody references; return how many bytes came free. Raises FilesBusy."""
    with files_of(home, waiting):
        return drop_unreferenced(db, home)


def drop_unreferenced(db: Database, home: Path) -> int:
    """`free_unreferenced` for whoever holds the files already."""
    with translated(home / FILE), db.atomic():
        gone = unreferenced(db)
        size = _drop_rows(db, gone)
    _delete(home, gone)
    return size


def remove_course_files(
    db: Database, home: Path, course: str, waiting: Waiting | None = None
) -> int:
    """Have nothing of a course here but what was done in it; return how many bytes came free.

    It stays listed; what other courses share with it stays. An update that was coming is given up.
    Raises FilesBusy.
    """
    with files_of(home, waiting):
        with translated(home / FILE), db.atomic():
            versions.give_up_coming(db, course)
            db.execute("DELETE FROM wishes WHERE course = ?", [course])
            gone = _removable(db, _known(db), course)
            size = _drop_rows(db, gone)
        _delete(home, gone)
    return size


def _removable(db: Database, known: _Known, course: str) -> list[str]:
    """Blobs that are here and that only this course has, in any of its versions."""
    rows = db.execute("SELECT manifest FROM courses WHERE id = ?", [course]).fetchall()
    named = {blob for row in rows for blob in versions.decoded(bytes(row[0])).blobs}
    here = named & blobs.present(db)
    return sorted(here - known.of_others(course, here))


def usage(db: Database, home: Path) -> list[Usage]:
    """What each course that is here takes, the greatest first. Raises DriveGone."""
    drive = str(drive_of(place.content_folder(home)))
    known, sizes = _known(db), _sizes(db)
    found = []
    for manifest in (spoken.in_it(db, one) for one in known.current):
        course, version, title = manifest.id, manifest.version, manifest.title
        own = known.own.get(course, set()) & sizes.keys()
        shared = _sum(sizes, known.of_others(course, own))
        freed = _sum(sizes, sizes.keys() & _removable(db, known, course))
        found.append(Usage(course, version, title, _sum(sizes, own), shared, drive, freed))
    return sorted(found, key=lambda one: -one.bytes)


def room(home: Path) -> Room:
    """Where the files are, and how much is free there. Raises DriveGone."""
    folder = place.content_folder(home)
    try:
        found = shutil.disk_usage(folder)
    except OSError as error:
        raise DriveGone(place=str(folder)) from error
    return Room(folder, drive_of(folder), found.free, found.total)


def suggestions(db: Database, learner: str) -> list[Suggestion]:
    """Videos that could go, those first whose every act the platform has; then by size."""
    found = [one for one in videos(db, learner) if one.what]
    return sorted(found, key=lambda one: (one.what != SYNCED, -one.bytes))


def videos(db: Database, learner: str) -> list[Suggestion]:
    """The videos that are here, by section, in the order of the courses."""
    known, sizes = _known(db), _sizes(db)
    found = []
    for manifest in known.current:
        titles = {one.id: one.title for one in spoken.in_it(db, manifest).sections}
        done = _completed(db, learner, manifest.id)
        open_ = _not_received(db, learner, manifest.id)
        for section in manifest.sections:
            alone = _videos_alone(known, manifest, [section.id])
            if size := _sum(sizes, alone & sizes.keys()):
                what = _state(section, done, open_)
                found.append(Suggestion(manifest.id, section.id, titles[section.id], what, size))
    return found


def _state(section: Section, done: Set[str], open_: Set[str]) -> str:
    activities = [one for one in section.activities() if not isinstance(one, Unknown)]
    if any(isinstance(one, Video) and one.id not in done for one in activities):
        return ""
    if all(one.id in done and one.id not in open_ for one in activities):
        return SYNCED
    return WATCHED


def _completed(db: Database, learner: str, course: str) -> set[str]:
    query = "SELECT activity FROM events WHERE learner = ? AND course = ? AND kind = 'completed'"
    return {row[0] for row in db.execute(query, [learner, course]).fetchall()}


def _not_received(db: Database, learner: str, course: str) -> set[str]:
    """Activities with acts that the platform should have and has not."""
    query = (
        "SELECT DISTINCT activity FROM ledger WHERE learner = ? AND course = ?"
        " AND state NOT IN ('received', 'local')"
    )
    return {row[0] for row in db.execute(query, [learner, course]).fetchall()}


def _videos_alone(known: _Known, manifest: Manifest, sections: Sequence[str]) -> set[str]:
    """The videos of sections, with their piece lists, that nothing else names."""
    films, others = set[str](), set[str]()
    for section in manifest.sections:
        for activity in manifest.in_every_language(section):
            others.update(activity.blobs())
            if isinstance(activity, Video):
                its = films if section.id in sections else others
                its.update(one.blob for one in activity.renditions)
    return films - others - known.of_others(manifest.id, films)


def free(
    db: Database, home: Path, chosen: Iterable[Suggestion], waiting: Waiting | None = None
) -> int:
    """Have the chosen videos here no longer, nor want them; return how many bytes came free.

    Raises FilesBusy.
    """
    sections: dict[str, list[str]] = {}
    for one in chosen:
        sections.setdefault(one.course, []).append(one.section)
    gone: list[str] = []
    with files_of(home, waiting):
        with translated(home / FILE), db.atomic():
            known, present = _known(db), blobs.present(db)
            for course, names in sections.items():
                manifest = versions.course(db, course)
                if manifest is None:
                    continue
                db.conn.executemany(
                    "UPDATE wishes SET rendition = '' WHERE course = ? AND section = ?",
                    [(course, name) for name in names],
                )
                gone += sorted(_videos_alone(known, manifest, names) & present)
            size = _drop_rows(db, gone)
        _delete(home, gone)
    return size


def enough(found: Iterable[Suggestion], wanted: int) -> Iterator[Suggestion]:
    """As many of `found`, in their order, as bring `wanted` bytes."""
    for one in found:
        if wanted <= 0:
            return
        wanted -= one.bytes
        yield one


def _sizes(db: Database) -> dict[str, int]:
    """Of all blobs at one moment; a download may bring more while they are looked through."""
    return dict(db.execute("SELECT sha256, size FROM blobs").fetchall())


def _sum(sizes: dict[str, int], names: Iterable[str]) -> int:
    return sum(sizes[name] for name in names)


def _drop_rows(db: Database, gone: Sequence[str]) -> int:
    sizes = _sizes(db)
    db.conn.executemany("DELETE FROM blobs WHERE sha256 = ?", [(one,) for one in gone])
    return _sum(sizes, gone)


def _delete(home: Path, gone: Iterable[str]) -> None:
    for sha256 in gone:
        try:
            blobs.path(home, sha256).unlink(missing_ok=True)
        except OSError as error:  # Windows, while a player shows it; `doctor --repair` finds it
            log.warning("%s stays for now: %s", sha256, error)
