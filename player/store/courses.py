# SPDX-License-Identifier: Apache-2.0
"""The courses that are here: their versions (`player.store.versions`), and the library's list."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Any, TypeVar

import msgspec

from player.course import needs
from player.course.catalogue import Cost, Words
from player.course.languages import spoken_in
from player.course.manifest import Manifest
from player.course.needs import Choice
from player.store import blobs
from player.store.database import Database
from player.store.versions import (
    MOST_LANGUAGES,
    Outside,
    coming,
    course,
    decoded,
    give_up_coming,
    goal,
    keep,
    manifest_bytes,
    settle,
)

T = TypeVar("T", bound=Outside)

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
    it, RFC 3339, '' for never. `licence` is its name. `language` is the one of all words; the
    course's `own` may be another, and `translations` are what it is called in others. `spoken` is
    the language that was chosen here, '' where nobody chose; `wished` says that some of it is
    wished for, in whichever version.
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
    licence: str = ""
    own: str = ""
    spoken: str = ""
    wished: bool = False
    translations: tuple[Words, ...] = ()

    @property
    def languages(self) -> tuple[str, ...]:
        """Those that it can be read in, its own first."""
        return spoken_in(self.own or self.language, (one.language for one in self.translations))

    def in_language(self, language: str) -> Shelf:
        """The same shelf, said in one of its languages."""
        wanted = language.lower()
        words = next((one for one in self.translations if one.language.lower() == wanted), None)
        if words is None:
            return self
        prices = None if self.version else words.cost  # of what is here nobody shows a price
        return replace(
            self,
            language=words.language,
            title=words.title or self.title,
            summary=words.summary or self.summary,
            base=prices.base if prices else self.base,
            renditions=prices.renditions if prices else self.renditions,
        )


@dataclass(frozen=True, slots=True)
class Held:
    """How much of a section is here, in bytes: of its texts, and on top of each rendition."""

    section: str
    total: int
    here: int
    renditions: dict[str, tuple[int, int]]
    """By name: how many bytes it has, how many of them are here."""


class _Offered(Outside, frozen=True, kw_only=True):
    """What the list needs of an offer."""

    cost: Cost = Cost(0, {})
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
           max(coalesce(e.at, ''), coalesce(w.at, '')), coalesce(n.version, 0), c.about,
           EXISTS (SELECT 1 FROM wishes WHERE course = known.id),
           (SELECT payload ->> '$.spoken' FROM events WHERE learner = :learner
            AND kind = 'language_chosen' AND course = known.id ORDER BY seq DESC LIMIT 1)
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
    activities, completed, entry, here, last_at, coming_version, about, wished, spoken = row[8:]
    offer = _read(entry, _Offered)
    outside = offer if about is None else _read(about, Outside)
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
        licence=outside.licence.id,
        own=language,
        spoken=spoken or "",
        wished=bool(wished),
        translations=outside.translations[:MOST_LANGUAGES],
    )


def _read(text: str | None, kind: type[T]) -> T:
    """What another version of ours wrote down otherwise is as good as nothing."""
    try:
        return msgspec.json.decode(text or "{}", type=kind)
    except msgspec.DecodeError:
        return kind()


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
