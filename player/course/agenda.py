# SPDX-License-Identifier: Apache-2.0
"""The dates of a course, one after the other: what a calendar shows of it. Pure.

What is on other paths, or cannot be understood, is left out.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Set
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

from player.course.manifest import Manifest, Meeting, Quiz, Section
from player.course.schedule import (
    Rules,
    Situation,
    Standing,
    end_of,
    is_last_second,
    is_midnight,
    rules,
    start_of,
)
from player.course.schedule_rules import read_day

STARTS, ENDS, OPENS, DUE, CONNECT, LIVE, MEETUP = (
    *("starts", "ends", "opens", "due", "connect", "live", "meetup"),
)
MEETINGS = (LIVE, MEETUP)
_SHORTEST = timedelta(hours=1)  # how long a meeting takes of which nobody says


@dataclass(frozen=True, slots=True)
class Entry:
    """One date. `kind` is one of the words above, `at` in the learner's zone.

    With `whole_day` the hour says nothing: an opening begins with it, a deadline ends with it.
    `part` is the id of what it concerns, '' for the course, and `title` its name. `activity` is
    where a click leads, '' for the course's page. `ends`, `place`, `url` and `note` are of
    meetings. With `done` there is nothing left to do.
    """

    kind: str
    at: datetime
    course: str
    course_title: str
    part: str
    title: str
    activity: str = ""
    whole_day: bool = False
    done: bool = False
    ends: datetime | None = None
    place: str = ""
    url: str = ""
    note: str = ""

    @property
    def over_at(self) -> datetime:
        """From when it is past."""
        if self.kind in MEETINGS:
            day = timedelta(days=1) if self.whole_day else _SHORTEST
            return self.ends or self.at + day
        return self.at + timedelta(days=1) if self.whole_day and self.kind != DUE else self.at

    def is_past(self, now: datetime) -> bool:
        """Whether it is over: a day of 23 hours may be so for one hour too long."""
        return self.over_at.astimezone(UTC) < now


def agenda(
    manifest: Manifest,
    situation: Situation,
    found: Mapping[str, Standing],
    known: Rules | None = None,
) -> list[Entry]:
    """Return the dates of a course in their order; `found` is how each part stands.

    `known` are the rules, if they were read before.
    """
    read = known or rules(manifest, situation.zone, situation.aside)
    drafting = _Drafting(manifest, situation, found, read.void, read.starts, read.ends)
    entries = [*drafting.of_course(), *drafting.of_sections(), *drafting.of_meetings()]
    return sorted(entries, key=lambda one: (one.at, one.kind))


@dataclass(frozen=True, slots=True)
class _Drafting:
    manifest: Manifest
    situation: Situation
    found: Mapping[str, Standing]
    void: Set[tuple[str, str]]
    starts: datetime | None
    ends: datetime | None

    def of_course(self) -> Iterator[Entry]:
        title = self.manifest.title
        if at := self.starts:
            yield self._entry(STARTS, at, "", title, whole_day=is_midnight(at))
        if at := self.ends:
            yield self._entry(ENDS, at, "", title, whole_day=is_last_second(at))

    def of_sections(self) -> Iterator[Entry]:
        for section in self.manifest.sections:
            if section.id not in self.situation.aside:
                yield from self._of_section(section)

    def _of_section(self, section: Section) -> Iterator[Entry]:
        stands = self.found[section.id]
        first = next((one.id for one in section.activities()), "")
        done = {one.id for one in section.activities()} <= self.situation.done
        if stands.opens_at and not self._opens_with_the_course(stands.opens_at):
            whole = is_midnight(stands.opens_at)
            yield self._entry(
                OPENS, stands.opens_at, section.id, section.title, first, whole_day=whole, done=done
            )
        if stands.due:
            whole = is_last_second(stands.due)
            to_do = (one.id for one in section.activities() if one.id not in self.situation.done)
            yield self._entry(
                DUE,
                stands.due,
                section.id,
                section.title,
                next(to_do, first),
                whole_day=whole,
                done=done,
            )
        for activity in section.activities():
            if isinstance(activity, Quiz):
                yield from self._of_quiz(activity)

    def _of_quiz(self, quiz: Quiz) -> Iterator[Entry]:
        done = quiz.id in self.situation.done
        for kind, text in ((DUE, quiz.answer_by), (CONNECT, quiz.connect_by)):
            if at := end_of(text, self.situation.zone):
                whole = is_last_second(at)
                yield self._entry(
                    kind, at, quiz.id, quiz.title, quiz.id, whole_day=whole, done=done
                )

    def of_meetings(self) -> Iterator[Entry]:
        for one in self.manifest.meetings:
            at = start_of(one.starts, self.situation.zone)
            if at and (one.id, "starts") not in self.void:
                ends = "" if (one.id, "ends") in self.void else one.ends
                yield self._of_meeting(one, at, ends)

    def _of_meeting(self, meeting: Meeting, at: datetime, ends: str) -> Entry:
        return Entry(
            kind=MEETUP if meeting.kind == MEETUP else LIVE,
            at=at,
            course=self.manifest.id,
            course_title=self.manifest.title,
            part=meeting.id,
            title=meeting.title,
            whole_day=bool(read_day(meeting.starts)),
            ends=end_of(ends, self.situation.zone),
            place=meeting.place,
            url=meeting.url,
            note=meeting.note,
        )

    def _opens_with_the_course(self, opens: datetime) -> bool:
        """Nobody is told of what was open from the beginning, or opens with everything else."""
        begun = self.situation.enrolled or self.situation.now
        return opens <= begun or opens == self.starts

    def _entry(  # noqa: PLR0913 - the fields of an entry
        self,
        kind: str,
        at: datetime,
        part: str,
        title: str,
        activity: str = "",
        *,
        whole_day: bool,
        done: bool = False,
    ) -> Entry:
        return Entry(
            kind=kind,
            at=at,
            course=self.manifest.id,
            course_title=self.manifest.title,
            part=part,
            title=title,
            activity=activity,
            whole_day=whole_day,
            done=done,
        )
