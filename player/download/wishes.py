# SPDX-License-Identifier: Apache-2.0
"""What was asked for, and how much of it is here."""

from __future__ import annotations

from collections.abc import Callable, Sequence, Set
from dataclasses import dataclass
from datetime import UTC, datetime

from player.course import needs
from player.course.manifest import Manifest, Section, Video
from player.download.plan import Wish
from player.errors import NotOffered
from player.store import blobs, courses
from player.store.database import Database, translated


@dataclass(frozen=True, slots=True)
class Pending:
    """A wish that is not fulfilled. `problem` says why, '' while nothing is wrong.

    With `rests`, it is not tried again before somebody asks again.
    """

    course: str
    section: str
    rendition: str
    lacking: int
    problem: str
    rests: bool


@dataclass(frozen=True, slots=True)
class SectionState:
    """Where a section stands: `here` of `total` bytes for its wish.

    `state` is 'absent' (not asked for), 'wanted' (nothing here yet), 'partial' or 'here'. Without a
    wish, its videos count in whatever rendition is here.
    """

    section: str
    state: str
    rendition: str
    here: int
    total: int


def ask(
    db: Database,
    course: Manifest,
    sections: Sequence[str],
    rendition: str,
    now: Callable[[], datetime],
) -> None:
    """Wish to have sections here, their videos in `rendition`; '' for all but the videos.

    Asking again changes the rendition, and has another try at what went wrong.

    Raises:
        NotOffered: the course has no such section; nothing was asked for.
    """
    known = {section.id for section in course.sections}
    for section in sections:
        if section not in known:
            raise NotOffered(what=f"{course.title}: {section}")
    _look_again(db, course, sections, rendition)
    at = now().astimezone(UTC).isoformat(timespec="seconds").replace("+00:00", "Z")
    with translated(db.path), db.atomic():
        db.conn.executemany(
            "INSERT INTO wishes (course, section, rendition, asked_at) VALUES (?, ?, ?, ?)"
            " ON CONFLICT DO UPDATE SET rendition = excluded.rendition,"
            " asked_at = excluded.asked_at, paused = 0, problem = ''",
            [(course.id, section, rendition, at) for section in sections],
        )


def _look_again(db: Database, course: Manifest, sections: Sequence[str], rendition: str) -> None:
    """Forget what is no longer here as it came, so that it is fetched once more."""
    wanted = {
        blob for part in needs.chosen(course, sections) for blob in needs.needs(part, rendition)
    }
    for sha256 in wanted & blobs.present(db):
        if not blobs.whole(blobs.path(db.home, sha256), sha256, course.blobs[sha256].size):
            blobs.forget(db, db.home, sha256)


def wished(db: Database, course: str) -> list[Wish]:
    """The wishes for a course that are to be worked off, in the order they were asked for."""
    rows = db.execute(
        "SELECT section, rendition FROM wishes WHERE course = ? AND NOT paused"
        " ORDER BY asked_at, rowid",
        [course],
    )
    return [Wish(*row) for row in rows]


def pending(db: Database) -> list[Pending]:
    """Every wish that is not fulfilled, in the order they were asked for."""
    present = blobs.present(db)
    query = (
        "SELECT course, section, rendition, problem, paused FROM wishes ORDER BY asked_at, rowid"
    )
    found = []
    for course, section, rendition, problem, paused in db.execute(query).fetchall():
        manifest = courses.course(db, course)
        if manifest is None:
            continue
        for one in needs.chosen(manifest, [section]):
            if lacking := needs.needs(one, rendition).keys() - present:
                size = needs.size(manifest, lacking)
                found.append(Pending(course, section, rendition, size, problem, bool(paused)))
    return found


def sections_state(db: Database, manifest: Manifest) -> list[SectionState]:
    """Where each section of a course stands, in the order of the course."""
    present = blobs.present(db)
    query = "SELECT section, rendition FROM wishes WHERE course = ?"
    asked: dict[str, str] = dict(db.execute(query, [manifest.id]).fetchall())
    return [_state(manifest, one, asked.get(one.id), present) for one in manifest.sections]


def _state(
    manifest: Manifest, section: Section, rendition: str | None, present: Set[str]
) -> SectionState:
    if rendition is None:
        wanted = _as_it_is(section, present)
    else:
        wanted = needs.needs(section, rendition).keys()
    here = wanted & present
    if here == wanted:
        state = "here"
    elif rendition is None:
        state = "absent"
    else:
        state = "partial" if here else "wanted"
    sizes = needs.size(manifest, here), needs.size(manifest, wanted)
    return SectionState(section.id, state, rendition or "", *sizes)


def _as_it_is(section: Section, present: Set[str]) -> Set[str]:
    """Its blobs, each video by the heaviest rendition that is here, else the lightest."""
    wanted = set(needs.texts(section))
    for activity in section.activities():
        if isinstance(activity, Video):
            held = [one.blob for one in activity.renditions if one.blob in present]
            wanted.add(held[-1] if held else activity.renditions[0].blob)
    return wanted


def note(db: Database, course: str, sections: Set[str], problem: str, *, rests: bool) -> None:
    """Write down why wishes are not fulfilled; with `rests`, until somebody asks again."""
    with translated(db.path), db.atomic():
        db.conn.executemany(
            "UPDATE wishes SET problem = ?, paused = ? WHERE course = ? AND section = ?",
            [(problem, int(rests), course, section) for section in sections],
        )
