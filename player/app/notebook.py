# SPDX-License-Identifier: Apache-2.0
"""A learner's notes, bookmarks and kept links over all courses, and the notes as Markdown."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from contextlib import suppress
from dataclasses import dataclass, replace
from itertools import groupby

from player.clock import Now
from player.course.manifest import Manifest
from player.errors import PlayerError, StorageProblem
from player.journal import notes
from player.journal.learners import Learner
from player.journal.notes import Bookmark, KeptLink, Note
from player.lesson import noting
from player.lesson.spot import Spot
from player.store import courses
from player.store.database import Database

_LAST = 1_000_000  # the place of what the course has no longer: behind all that it has
_ESCAPED = re.compile(r"[\\`*_\[\]<&~|]|:(?=//)|(?<=\w)@|(?<=\bwww)\.", re.IGNORECASE)
_MARKER = re.compile(r"^([-+=#>]|\d{1,9}(?=[.)]))")  # of a list, a heading, a quotation, a rule
_BETWEEN = re.compile(r"\n\s*\n")  # two paragraphs


@dataclass(frozen=True, slots=True)
class Words:
    """What the words around the notes are in the reader's language."""

    title: str = "Notes"
    page: str = "page {page}"
    bookmark: str = "Bookmark"
    nothing: str = "Nothing is noted yet."


@dataclass(frozen=True, slots=True)
class Entry:
    """A note or a bookmark (`what`), and where it stands, in titles.

    `place` orders the activities of a course; `is_here` says whether the activity can be opened.
    """

    what: Note | Bookmark
    course_title: str
    section: str
    title: str
    place: int
    is_here: bool

    @property
    def text(self) -> str:
        """What was noted; '' for a bookmark."""
        return self.what.text if isinstance(self.what, Note) else ""

    @property
    def at(self) -> str:
        """When it was begun; RFC 3339, UTC."""
        return self.what.since if isinstance(self.what, Note) else self.what.at

    @property
    def spot(self) -> Spot:
        """Where in the activity it stands."""
        return Spot(time=self.what.time, page=self.what.page)

    @property
    def order(self) -> tuple[str, str, int, str, float, int, str]:
        """Its place among all, in the order of the courses."""
        what = self.what
        moment = what.time or 0.0, what.page or 0
        return self.course_title, what.course, self.place, what.activity, *moment, self.at


@dataclass(frozen=True, slots=True)
class Notebook:
    """The notes of whoever learns here, for any thread.

    `said` gives a course in the language in which it is read.
    """

    db: Callable[[], Database]
    learner: Callable[[], Learner | None]
    now: Now
    said: Callable[[Manifest], Manifest] = lambda manifest: manifest

    def entries(self, course: str = "") -> list[Entry]:
        """Every note and bookmark, of one course or all, in the order of the courses.

        What a crash left typed is among them, unless the disk takes nothing now.
        """
        db, learner = self.db(), self.learner()
        if learner is None:
            return []
        with suppress(StorageProblem):  # on a full disk, what is written can be read still
            noting.adopt(db, learner.id, course, now=self.now)
        found: list[Note | Bookmark] = [
            *notes.all(db, learner.id, course),
            *notes.bookmarks(db, learner.id, course).values(),
        ]
        known: dict[str, _Course] = {}
        entries = []
        for one in found:
            if one.course not in known:
                known[one.course] = self._known(db, learner.id, one.course)
            entries.append(known[one.course].entry(one))
        return sorted(entries, key=lambda entry: entry.order)

    def _known(self, db: Database, learner: str, course: str) -> _Course:
        try:
            manifest = courses.course(db, course)
        except PlayerError:  # of a later version
            manifest = None
        if manifest is not None:
            manifest = self.said(manifest)
            return _Course(manifest.title, _activities(manifest))
        query = (
            "SELECT payload ->> '$.name' FROM events WHERE learner = ? AND kind = 'enrolled'"
            " AND course = ? ORDER BY seq DESC LIMIT 1"
        )
        row = db.execute(query, [learner, course]).fetchone()
        return _Course(row[0] if row and row[0] else course, {})

    def links(self) -> list[KeptLink]:
        """The links that wait for a connection, the oldest first."""
        learner = self.learner()
        return notes.links(self.db(), learner.id) if learner else []

    def write(self, note: Note, text: str) -> Note:
        """Write a note anew, '' to throw it away. Raises: see `noting.write`."""
        writing = noting.again(note, self._whose())
        noting.write(self.db(), writing, text, self.now)
        return replace(note, text=text.strip(), number=note.number + 1)

    def take_away(self, mark: Bookmark) -> None:
        """Take a bookmark away. Raises: see `player.journal.journal.record`."""
        noting.take_away(self.db(), self._whose(), mark, self.now)

    def put_back(self, mark: Bookmark) -> None:
        """Put back one that was taken away. Raises: see `player.journal.journal.record`."""
        noting.put_back(self.db(), self._whose(), mark, self.now)

    def let_go(self, link: KeptLink) -> None:
        """Wait with a link no longer. Raises: see `player.journal.journal.record`."""
        noting.let_go(self.db(), self._whose(), link.url, self.now)

    def follow(self, link: KeptLink) -> None:
        """Record that a link that waited is opened. Raises: see `noting.follow`."""
        noting.follow(self.db(), self._whose(), link, self.now)

    def _whose(self) -> str:
        learner = self.learner()
        if learner is None:
            raise RuntimeError("the first start comes before the first note")
        return learner.id


@dataclass(frozen=True, slots=True)
class _Course:
    """What is known of a course: its titles, its activities and their sections in order."""

    title: str
    activities: dict[str, tuple[int, str, str]]

    def entry(self, one: Note | Bookmark) -> Entry:
        """The note among the titles of the course; by its own words where that lacks them."""
        found = self.activities.get(one.activity)
        place, section, title = found or (_LAST, "", one.name or one.activity)
        return Entry(one, self.title, section, title, place, is_here=found is not None)


def _activities(manifest: Manifest) -> dict[str, tuple[int, str, str]]:
    found: dict[str, tuple[int, str, str]] = {}
    for section in manifest.sections:
        for activity in section.activities():
            found[activity.id] = len(found), section.title, activity.title
    return found


# Markdown


def markdown(entries: Iterable[Entry], words: Words = Words()) -> str:
    """The notes as a CommonMark document, in the order given by course and activity.

    Whatever stands in a title or a note is text there: no heading, link, picture or HTML.
    """
    ordered = sorted(entries, key=lambda entry: entry.order)
    lines = [f"# {_plain(words.title)}", ""]
    for _, of_course in groupby(ordered, key=lambda entry: entry.what.course):
        section: str | None = None
        for _, group in groupby(of_course, key=lambda entry: entry.what.activity):
            here = list(group)
            if section is None:
                lines += [f"## {_plain(here[0].course_title)}", ""]
            if here[0].section != section:
                section = here[0].section
                lines += [f"### {_plain(section)}", ""] if section else []
            lines += [f"#### {_plain(here[0].title)}", "", *_items(here, words), ""]
    if len(lines) == 2:
        lines += [_plain(words.nothing), ""]
    return "\n".join(lines)


def _items(entries: Iterable[Entry], words: Words) -> list[str]:
    """Each note as an item of a list; what it says over several lines stays in several."""
    found: list[str] = []
    for entry in entries:
        at = moment(entry.spot, words)
        head = f"**{_plain(at)}** " if at else ""
        paragraphs = _BETWEEN.split((entry.text or words.bookmark).strip())
        body = "\n\n".join(
            "\\\n".join(map(_line, paragraph.splitlines())) for paragraph in paragraphs
        )
        first, *rest = f"- {head}{body}".splitlines()
        found += [first, *(f"  {line}" if line else "" for line in rest)]
    return found


def moment(spot: Spot, words: Words = Words()) -> str:
    """The second or the page of a note, as a person reads it; '' for neither."""
    if spot.time is not None:
        minutes, seconds = divmod(int(max(0.0, spot.time)), 60)
        hours, minutes = divmod(minutes, 60)
        return f"{hours}:{minutes:02}:{seconds:02}" if hours else f"{minutes}:{seconds:02}"
    return words.page.format(page=spot.page) if spot.page is not None else ""


def _plain(text: str) -> str:
    """One line of text that stays text in Markdown."""
    return _line(" ".join(text.split()))


def _line(text: str) -> str:
    told = "".join(one if one.isprintable() else " " for one in text).strip()
    return _MARKER.sub(_marked, _ESCAPED.sub(r"\\\g<0>", told))


def _marked(found: re.Match[str]) -> str:
    return f"{found[0]}\\" if found[0][0].isdigit() else f"\\{found[0]}"
