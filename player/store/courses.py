# SPDX-License-Identifier: Apache-2.0
"""The courses that are here: their versions (`player.store.versions`), and the library's list."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import msgspec

from player.course import needs
from player.course.catalogue import Cost
from player.course.manifest import Manifest
from player.course.needs import Choice
from player.store import blobs
from player.store.database import Database
from player.store.versions import (
    coming,
    course,
    decoded,
    give_up_coming,
    goal,
    keep,
    manifest_bytes,
    settle,
)

__all__ = [
    "Held",
    "Shelf",
    "coming",
    "course",
    "decoded",
    "give_up_coming",
    "goal",
    "have",
    "keep",
    "listing",
    "manifest_bytes",
    "settle",
]


@dataclass(frozen=True, slots=True)
class Shelf:
    """A course as the library shows it.

    `version` is the one that is here, 0 if none; `offered` the one a repository has, 0 if none;
    `coming` the one that is being fetched to take the place of what is here, 0 if none.
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
    coming: int = 0


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


_LISTING = """
    WITH known AS (SELECT id FROM current_courses UNION SELECT course FROM best_offers),
    elsewhere AS (                          -- CROSS: most have done nothing on another PC
        SELECT e.course, max(o.done_at) AS at
        FROM origins AS o CROSS JOIN events AS e ON e.id = o.event
        WHERE e.learner = :learner GROUP BY e.course
    )
    SELECT known.id,
           coalesce(c.version, 0), coalesce(o.version, 0),
           coalesce(c.title, o.title), coalesce(c.language, o.language), c.summary,
           coalesce(c.repository, o.repository), coalesce(c.trust, o.trust),
           c.activities, coalesce(p.completed, 0) + coalesce(a.completed, 0), o.offer,
           c.id IS NOT NULL AND EXISTS (SELECT 1 FROM wishes WHERE course = known.id),
           max(coalesce(e.at, ''), coalesce(w.at, '')), coalesce(n.version, 0)
    FROM known
    LEFT JOIN current_courses AS c ON c.id = known.id
    LEFT JOIN courses AS n ON n.id = known.id AND n.stage = 'coming'
    LEFT JOIN best_offers AS o ON o.course = known.id
    LEFT JOIN course_progress AS p ON p.course = known.id AND p.learner = :learner
    LEFT JOIN course_confided AS a ON a.course = known.id AND a.learner = :learner
    LEFT JOIN elsewhere AS w ON w.course = known.id
    LEFT JOIN events AS e ON e.seq = (
        SELECT seq FROM events AS own WHERE learner = :learner AND course = known.id
        AND NOT EXISTS (SELECT 1 FROM origins WHERE event = own.id) ORDER BY seq DESC LIMIT 1
    )
    ORDER BY 4, 1
"""


def listing(db: Database, learner: str) -> list[Shelf]:
    """One row for each course that is here or offered, by title. `learner` may be ''."""
    return [_shelf(row) for row in db.execute(_LISTING, {"learner": learner})]


def _shelf(row: tuple[Any, ...]) -> Shelf:
    course_id, version, offered, title, language, summary, repository, trust = row[:8]
    activities, completed, entry, here, last_at, coming_version = row[8:]
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
        coming=coming_version,
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
