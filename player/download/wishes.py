# SPDX-License-Identifier: Apache-2.0
"""What was asked for, in which order, and how much of it is here."""

from __future__ import annotations

import logging
from collections.abc import Iterable, Sequence, Set
from dataclasses import dataclass
from typing import Any

from player.clock import Now, stamp
from player.course import needs
from player.course.manifest import Manifest, Section, Video
from player.course.needs import Choice
from player.download import parts
from player.download.plan import Wish, wanted
from player.download.roads import forgive
from player.download.room import writing
from player.errors import NotOffered
from player.store import blobs, spoken
from player.store.database import Database, translated
from player.store.place import parts_folder

log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Queued:
    """A wish in the queue: `here` of `total` bytes of what it is for.

    `problem` says why it is not fulfilled, '' while nothing is wrong. With `rests`, it is not tried
    again before somebody asks again; with `held`, the learner has it wait. An empty file has no
    bytes and may lack, so whether all is here is said apart.
    """

    manifest: Manifest
    wish: Wish
    here: int
    total: int
    problem: str
    rests: bool
    held: bool
    fulfilled: bool


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


def ask(  # noqa: PLR0913 - what is wanted is four things
    db: Database,
    course: Manifest,
    sections: Sequence[str],
    rendition: str,
    now: Now,
    *,
    activity: str = "",
    languages: Sequence[str] = (),
) -> None:
    """Wish to have sections here, their videos in `rendition`; '' for all but the videos.

    They come at the end of the queue, in the order given. Asking again changes the choice, and has
    another try at what went wrong. With `activity`, only that one of the section is wanted; to ask
    for the whole section later takes it in.

    Raises:
        NotOffered: the course has no such section or activity; nothing was asked for.
    """
    known = {section.id: section for section in course.sections}
    for name in sections:
        section = known.get(name)
        if section is None:
            raise NotOffered(what=f"{course.title}: {name}")
        if activity and all(one.id != activity for one in section.activities()):
            raise NotOffered(what=f"{course.title}: {activity}")
    asked = [Wish(name, rendition, activity, tuple(languages)) for name in sections]
    _look_again(db, course, asked)
    at = stamp(now())
    tracks = " ".join(languages)
    with translated(db.path), db.atomic():
        end = db.execute("SELECT coalesce(max(place), 0) FROM wishes").fetchone()[0]
        if not activity:
            db.conn.executemany(
                "DELETE FROM wishes WHERE course = ? AND section = ? AND activity <> ''",
                [(course.id, name) for name in sections],
            )
        db.conn.executemany(
            "INSERT INTO wishes (course, section, activity, rendition, languages, place, asked_at)"
            " VALUES (?, ?, ?, ?, ?, ?, ?) ON CONFLICT DO UPDATE SET"
            " rendition = excluded.rendition, languages = excluded.languages,"
            " asked_at = excluded.asked_at, held = 0, rests = 0, problem = ''",
            [
                (course.id, name, activity, rendition, tracks, end + number, at)
                for number, name in enumerate(sections, 1)
            ],
        )


def try_again(db: Database) -> None:
    """Have another try at every wish that is not fulfilled and not held."""
    for one in pending(db):
        if not one.held:
            _look_again(db, one.manifest, [one.wish])
            note(db, one.manifest.id, [one.wish], "", rests=False)


def look_again(db: Database, course: str) -> None:
    """Have another try at every wish for a course: it is for something else now."""
    note(db, course, wished_for(db, course), "", rests=False)


def _look_again(db: Database, course: Manifest, asked: Sequence[Wish]) -> None:
    """Forget what is no longer here as it came; its right pieces stay, and only the rest comes."""
    found = wanted(course, asked)
    for sha256 in found & blobs.present(db):
        file = blobs.path(db.home, sha256)
        if blobs.whole(file, sha256, course.blobs[sha256].size):
            continue
        with writing(db.home, 0):
            if course.blobs[sha256].pieces and file.exists():
                parts.take_back(parts_folder(db.home), file, sha256)
        blobs.forget(db, db.home, sha256)
    pieces = (blobs.pieces(db.home, course.blobs[sha256]) for sha256 in found)
    forgive(db, found | {piece for listed in pieces for _, piece in listed})


def order(db: Database, queue: Sequence[tuple[str, str, str]]) -> None:
    """Have these wishes, each (course, section, activity), first in the queue, in this order."""
    with translated(db.path), db.atomic():
        db.execute("UPDATE wishes SET place = place + ?", [len(queue)])
        db.conn.executemany(
            "UPDATE wishes SET place = ? WHERE course = ? AND section = ? AND activity = ?",
            [(number, *one) for number, one in enumerate(queue)],
        )


def hold(db: Database, course: str, section: str, activity: str = "", *, held: bool) -> None:
    """Have one wish wait, or go on."""
    with translated(db.path), db.atomic():
        db.execute(
            "UPDATE wishes SET held = ? WHERE course = ? AND section = ? AND activity = ?",
            [int(held), course, section, activity],
        )


def give_up(db: Database, course: str, section: str, activity: str = "") -> None:
    """No longer want something; what came of it stays."""
    with translated(db.path), db.atomic():
        db.execute(
            "DELETE FROM wishes WHERE course = ? AND section = ? AND activity = ?",
            [course, section, activity],
        )


def wished(db: Database, course: str) -> list[Wish]:
    """The wishes for a course that are to be worked off, in the order of the queue."""
    return _wishes(db, course, "NOT rests AND NOT held")


def wished_for(db: Database, course: str) -> list[Wish]:
    """Every wish for a course, also those that rest or are held."""
    return _wishes(db, course, "1")


def _wishes(db: Database, course: str, condition: str) -> list[Wish]:
    rows = db.execute(
        "SELECT section, rendition, activity, languages FROM wishes"  # noqa: S608 - one of two
        f" WHERE course = ? AND {condition} ORDER BY place, rowid",
        [course],
    )
    return [_wish(row) for row in rows.fetchall()]


def _wish(row: Sequence[Any]) -> Wish:
    section, rendition, activity, languages = row
    return Wish(section, rendition, activity, tuple(languages.split()))


def queue(db: Database) -> list[Queued]:
    """Every wish and where it stands, in the order of the queue."""
    present = blobs.present(db)
    query = (
        "SELECT course, section, rendition, activity, languages, problem, rests, held FROM wishes"
        " ORDER BY place, rowid"
    )
    found = []
    for course, *asked, problem, rests, held in db.execute(query).fetchall():
        manifest = spoken.goal(db, course)
        if manifest is None:
            continue
        wish = _wish(asked)
        needed = wanted(manifest, [wish])
        here, total = needs.size(manifest, needed & present), needs.size(manifest, needed)
        state = (problem, bool(rests), bool(held), needed <= present)
        found.append(Queued(manifest, wish, here, total, *state))
    return found


def pending(db: Database) -> list[Queued]:
    """Every wish that is not fulfilled, in the order of the queue."""
    return [one for one in queue(db) if not one.fulfilled]


def sections_state(db: Database, manifest: Manifest) -> list[SectionState]:
    """Where each section of a course stands, in the order of the course."""
    present = blobs.present(db)
    query = (
        "SELECT section, rendition, activity, languages FROM wishes"
        " WHERE course = ? AND activity = ''"
    )
    asked = {row[0]: _wish(row) for row in db.execute(query, [manifest.id]).fetchall()}
    return [_state(manifest, one, asked.get(one.id), present) for one in manifest.sections]


def _state(
    manifest: Manifest, section: Section, wish: Wish | None, present: Set[str]
) -> SectionState:
    needed = wanted(manifest, [wish]) if wish else _as_it_is(section, present)
    here = needed & present
    if here == needed:
        state = "here"
    elif wish is None:
        state = "absent"
    else:
        state = "partial" if here else "wanted"
    sizes = needs.size(manifest, here), needs.size(manifest, needed)
    return SectionState(section.id, state, wish.rendition if wish else "", *sizes)


def _as_it_is(section: Section, present: Set[str]) -> Set[str]:
    """Its blobs, each video by the heaviest rendition that is here, else the lightest."""
    needed = set(needs.texts(section, Choice()))
    for activity in section.activities():
        if isinstance(activity, Video):
            held = [one.blob for one in activity.renditions if one.blob in present]
            needed.add(held[-1] if held else activity.renditions[0].blob)
    return needed


def note(db: Database, course: str, wishes: Iterable[Wish], problem: str, *, rests: bool) -> None:
    """Write down why wishes are not fulfilled; with `rests`, until somebody asks again."""
    with translated(db.path), db.atomic():
        db.conn.executemany(
            "UPDATE wishes SET problem = ?, rests = ?"
            " WHERE course = ? AND section = ? AND activity = ?",
            [(problem, int(rests), course, wish.section, wish.activity) for wish in wishes],
        )
