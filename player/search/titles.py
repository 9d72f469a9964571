# SPDX-License-Identifier: Apache-2.0
"""Titles, found in the courses themselves: they are few, and never out of date."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from player.course.manifest import Manifest, Video
from player.search.finding import Hit
from player.search.folding import tokens
from player.search.query import Query, merged

_WORTH = {"course": 3.0, "section": 2.0, "sequence": 1.0, "activity": 2.0, "chapter": 0.0}
LONGEST = 300  # characters; what is longer is no title
TITLE = 100.0
"""What a title is worth more than any text."""


@dataclass(frozen=True, slots=True)
class Title:
    """One title and where it leads; `tokens` are enclosed by blanks."""

    kind: str
    course: str
    section: str
    activity: str
    text: str
    tokens: str
    time: float | None = None


def of_course(manifest: Manifest, open_: frozenset[str]) -> Iterator[Title]:
    """The titles of a course, of its chapters too; of what may be opened alone."""
    yield _title("course", manifest, "", "", manifest.title)
    for section in manifest.sections:
        if not any(one.id in open_ for one in section.activities()):
            continue
        yield _title("section", manifest, section.id, "", section.title)
        for sequence in section.sequences:
            seen = [one for one in sequence.activities if one.id in open_]
            if seen and sequence.title != section.title:
                yield _title("sequence", manifest, section.id, seen[0].id, sequence.title)
            for one in seen:
                yield _title("activity", manifest, section.id, one.id, one.title)
                for part in one.chapters if isinstance(one, Video) else ():
                    yield _title("chapter", manifest, section.id, one.id, part.title, part.at)


def _title(
    kind: str, manifest: Manifest, section: str, activity: str, text: str, time: float | None = None
) -> Title:
    text = text[:LONGEST]
    return Title(kind, manifest.id, section, activity, text, f" {tokens(text)} ", time)


def find(query: Query, titles: Iterable[Title]) -> list[Hit]:
    """The titles that say all of it."""
    return (
        [_hit(query, title) for title in titles if query.stands_in(title.tokens)] if query else []
    )


def _hit(query: Query, title: Title) -> Hit:
    marks = query.marks(title.text)
    exact = sum(mark.exact for mark in marks) / max(1, len(marks))
    share = sum(mark.end - mark.start for mark in marks) / max(1, len(title.text))
    return Hit(
        kind=title.kind,
        course=title.course,
        activity=title.activity,
        text=title.text,
        marks=tuple(merged((mark.start, mark.end) for mark in marks)),
        time=title.time,
        score=TITLE + _WORTH[title.kind] + 4 * exact + 4 * share,
        section=title.section,
    )
