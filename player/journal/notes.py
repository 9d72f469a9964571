# SPDX-License-Identifier: Apache-2.0
"""What the learner wrote down, marked and put by, read from the journal.

Nobody is told of these acts. Of several acts on one thing (a note, a bookmark, a link) the one of
the highest `number` counts; where two PCs counted alike, the later one, then the one of the higher
id: so every PC that has the same acts shows the same, in whatever order they came, and a clock that
was set back hides nothing.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from typing import TypeVar

from player.journal.events import Bookmarked, Event, LinkKept, Noted
from player.journal.journal import events
from player.store.database import Database

Place = tuple[str, str, float | None, int | None]
"""Course, activity, second and page of a bookmark: two at one place are one."""


@dataclass(frozen=True, slots=True)
class Note:
    """A note as it is now.

    `since` and `at` (RFC 3339, UTC) are when it was begun and last written; `name` is the title of
    its activity, `language` and `version` those of the course then; `number` how often it was
    written.
    """

    id: str
    course: str
    activity: str
    text: str
    time: float | None
    page: int | None
    at: str
    since: str
    name: str
    language: str
    version: int
    number: int


@dataclass(frozen=True, slots=True)
class Bookmark:
    """A bookmark; the fields are those of a `Note`."""

    course: str
    activity: str
    time: float | None
    page: int | None
    at: str
    name: str
    language: str
    version: int
    number: int

    @property
    def place(self) -> Place:
        """Where it is."""
        return self.course, self.activity, self.time, self.page


@dataclass(frozen=True, slots=True)
class KeptLink:
    """A link that waits for a connection; the other fields are those of a `Note`."""

    url: str
    title: str
    course: str
    activity: str
    at: str
    name: str
    language: str
    version: int
    number: int


def all(  # noqa: A001 - said with its module: notes.all
    db: Database, learner: str, course: str = "", activity: str = ""
) -> list[Note]:
    """The learner's notes, in the order in which they were begun.

    Of one course, or one activity of it, where that is named. Those thrown away are left out.
    """
    return [one for one in written(db, learner, course, activity) if one.text]


def written(db: Database, learner: str, course: str = "", activity: str = "") -> list[Note]:
    """As `all`, with the notes that were thrown away: their `text` is ''."""
    found: dict[str, Note] = {}
    for event, act in _acts(db, Noted, "noted", learner, course, activity):
        new = Note(
            act.note,
            event.course,
            event.activity,
            act.text,
            act.time,
            act.page,
            event.at,
            event.at,
            act.name,
            act.language,
            event.version,
            act.number,
        )
        known = found.pop(act.note, new)
        since = min(known.since, new.since)
        found[act.note] = replace(new, since=since)
    return sorted(found.values(), key=lambda note: (note.since, note.id))


def bookmarks(
    db: Database, learner: str, course: str = "", activity: str = ""
) -> dict[Place, Bookmark]:
    """The learner's bookmarks by their places, the oldest first. See `all`."""
    return {place: one for place, (one, kept) in marked(db, learner, course, activity) if kept}


def marked(
    db: Database, learner: str, course: str = "", activity: str = ""
) -> list[tuple[Place, tuple[Bookmark, bool]]]:
    """As `bookmarks`, with those taken away: each with whether it is there."""
    found: dict[Place, tuple[Bookmark, bool]] = {}
    for event, act in _acts(db, Bookmarked, "bookmarked", learner, course, activity):
        new = Bookmark(
            event.course,
            event.activity,
            act.time,
            act.page,
            event.at,
            act.name,
            act.language,
            event.version,
            act.number,
        )
        found[new.place] = new, act.kept
    return sorted(found.items(), key=lambda item: item[1][0].at)


def links(db: Database, learner: str) -> list[KeptLink]:
    """The links that wait for a connection, each once, the oldest first."""
    return sorted(
        (one for one, kept in put_by(db, learner).values() if kept), key=lambda one: one.at
    )


def put_by(db: Database, learner: str) -> dict[str, tuple[KeptLink, bool]]:
    """As `links`, by their addresses, with those that wait no longer: whether each still does."""
    found: dict[str, tuple[KeptLink, bool]] = {}
    for event, act in _acts(db, LinkKept, "link_kept", learner):
        link = KeptLink(
            act.url,
            act.title,
            event.course,
            event.activity,
            event.at,
            act.name,
            act.language,
            event.version,
            act.number,
        )
        found[act.url] = link, act.kept
    return found


_Act = TypeVar("_Act", Noted, Bookmarked, LinkKept)


def _acts(
    db: Database, type_: type[_Act], kind: str, learner: str, course: str = "", activity: str = ""
) -> Iterator[tuple[Event, _Act]]:
    """The acts of a kind; of several on one thing, that which counts comes last."""
    asked = {"learner": learner, "kind": kind, "course": course, "activity": activity}
    named = {column: value for column, value in asked.items() if value}
    condition = " AND ".join(f"{column} = ?" for column in named)
    found = [
        (event, act)
        for event in events(db, condition, tuple(named.values()))
        if isinstance(act := event.act, type_)
    ]
    yield from sorted(found, key=lambda one: (one[1].number, one[0].at, one[0].id))
