# SPDX-License-Identifier: Apache-2.0
"""The courses that are here: their manifests as they were verified, and the library's list.

A manifest is kept as its bytes, so that fields of a later minor version are not lost.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime
from functools import lru_cache
from typing import Any

import msgspec

from player.course import needs
from player.course.catalogue import Cost
from player.course.manifest import Manifest, decode_manifest
from player.course.needs import Choice
from player.store import blobs
from player.store.database import Database, translated


@dataclass(frozen=True, slots=True)
class Shelf:
    """A course as the library shows it.

    `version` is the one that is here, 0 if none; `offered` the one a repository has, 0 if none.
    `completed` of `activities` are done. `base` and `renditions` are what fetching all of it takes
    (`player.course.catalogue.Cost`), in bytes; nothing where it is no longer offered. `here` says
    that the learner has asked for some of it. `last_at` is when the learner last did something in
    it, RFC 3339, '' for never.
    """

    id: str
    version: int
    offered: int
    title: str
    language: str
    summary: str
    repository: str
    trust: str
    activities: int
    completed: int
    base: int
    renditions: dict[str, int]
    here: bool
    last_at: str


@dataclass(frozen=True, slots=True)
class Held:
    """How much of a section is here, in bytes: of its texts, and on top of each rendition."""

    section: str
    total: int
    here: int
    renditions: dict[str, tuple[int, int]]
    """By name: how many bytes it has, how many of them are here."""


class _Offered(msgspec.Struct, frozen=True):
    """What the list needs of an offer."""

    cost: Cost
    summary: str = ""
    activities: int = 0


def keep(db: Database, data: bytes, repository: str, trust: str) -> Manifest:
    """Keep a verified manifest; return the course that is now kept under its id and version.

    Versions never change, so the same one twice is kept once. Where somebody published two under
    one number, the later counts, but nobody replaces what a trusted publisher signed.

    Args:
        db: the database.
        data: the bytes of the manifest.
        repository: the URL it came from.
        trust: 'trusted', 'untrusted' or 'unsigned', as its catalogue was.

    Raises:
        Malformed, NewerFormat: nothing was kept.
    """
    manifest = decoded(data)
    row = {
        "id": manifest.id,
        "version": manifest.version,
        "title": manifest.title,
        "language": manifest.language,
        "summary": manifest.summary,
        "activities": sum(1 for _ in manifest.activities()),
        "repository": repository,
        "trust": trust,
        "manifest": data,
        "added_at": datetime.now(UTC).isoformat(timespec="seconds"),
    }
    names = ", ".join(row)
    values = ", ".join(f":{name}" for name in row)
    changes = ", ".join(f"{name} = excluded.{name}" for name in row)
    query = (
        f"INSERT INTO courses ({names}) VALUES ({values}) "  # noqa: S608 - names of ours
        f"ON CONFLICT DO UPDATE SET {changes} "
        "WHERE courses.trust <> 'trusted' OR excluded.trust = 'trusted'"
    )
    with translated(db.path), db.atomic():
        db.execute(query, row)
    return course(db, manifest.id, manifest.version) or manifest


def course(db: Database, course: str, version: int | None = None) -> Manifest | None:
    """The course of that id as it is here, in its latest version unless one is named."""
    data = manifest_bytes(db, course, version)
    return decoded(data) if data is not None else None


def manifest_bytes(db: Database, course: str, version: int | None = None) -> bytes | None:
    """The manifest as it came; None where it is not here. See `course`."""
    query = (
        "SELECT manifest FROM courses WHERE id = ? AND version = coalesce(?, version)"
        " ORDER BY version DESC LIMIT 1"
    )
    row = db.execute(query, [course, version]).fetchone()
    return bytes(row[0]) if row else None


# By the bytes themselves: right for every home and version, and reading them is the cheap part.
decoded = lru_cache(maxsize=8)(decode_manifest)

_LISTING = """
    WITH known AS (SELECT id FROM current_courses UNION SELECT course FROM best_offers)
    SELECT known.id,
           coalesce(c.version, 0), coalesce(o.version, 0),
           coalesce(c.title, o.title), coalesce(c.language, o.language), c.summary,
           coalesce(c.repository, o.repository), coalesce(c.trust, o.trust),
           c.activities, coalesce(p.completed, 0), o.offer,
           c.id IS NOT NULL AND EXISTS (SELECT 1 FROM wishes WHERE course = known.id),
           coalesce(e.at, '')
    FROM known
    LEFT JOIN current_courses AS c ON c.id = known.id
    LEFT JOIN best_offers AS o ON o.course = known.id
    LEFT JOIN course_progress AS p ON p.course = known.id AND p.learner = :learner
    LEFT JOIN events AS e ON e.seq =
        (SELECT max(seq) FROM events WHERE learner = :learner AND course = known.id)
    ORDER BY 4, 1
"""


def listing(db: Database, learner: str) -> list[Shelf]:
    """One row for each course that is here or offered, by title. `learner` may be ''."""
    return [_shelf(row) for row in db.execute(_LISTING, {"learner": learner})]


def _shelf(row: tuple[Any, ...]) -> Shelf:
    course_id, version, offered, title, language, summary, repository, trust = row[:8]
    activities, completed, entry, here, last_at = row[8:]
    offer = msgspec.json.decode(entry, type=_Offered) if entry else _Offered(Cost(0, {}))
    count = offer.activities if activities is None else activities
    return Shelf(
        id=course_id,
        version=version,
        offered=offered,
        title=title,
        language=language,
        summary=offer.summary if summary is None else summary,
        repository=repository,
        trust=trust,
        activities=count,
        completed=min(completed, count),  # a new version may have fewer
        base=offer.cost.base,
        renditions=offer.cost.renditions,
        here=bool(here),
        last_at=last_at,
    )


def have(db: Database, manifest: Manifest) -> list[Held]:
    """How much of each section is here, in the order of the course."""
    present = blobs.present(db)
    names = needs.rendition_names(manifest)
    held = []
    for section in manifest.sections:
        texts = frozenset(needs.texts(section))
        on_top = {name: frozenset(needs.videos(section, Choice(name))) - texts for name in names}
        held.append(
            Held(
                section.id,
                needs.size(manifest, texts),
                needs.size(manifest, texts & present),
                {
                    name: (needs.size(manifest, more), needs.size(manifest, more & present))
                    for name, more in on_top.items()
                },
            )
        )
    return held
