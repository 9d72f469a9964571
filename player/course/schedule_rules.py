# SPDX-License-Identifier: Apache-2.0
"""Which dates and rules of a course can be followed, and which cannot. Pure.

What is found here is reported to the author by `publish`, and leaves the learner's way open: see
`player.course.schedule`.
"""

from __future__ import annotations

import math
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import UTC, date, datetime, time

from player.course.manifest import Manifest, Meeting, Quiz, Section

DAYS = 36_600.0
"""The most that a rule may count, a century: what is beyond was not meant."""

_DATE = 10  # letters of 2026-12-07
_YEARS = range(1900, 9000)  # what is beyond was not meant, and no calendar counts on from there


@dataclass(frozen=True, slots=True)
class Oddity:
    """One rule that comes to nothing.

    `part` is the id of a section, an activity or a meeting, '' for the course; `key` the field.
    `what` is "date" (none can be read, or of a year that nobody meant), "days" (below 0, or a
    century), "both" (a date and a number of days), "backwards" (it ends before it begins), "late"
    (it opens after it is due), "over" (it opens after the course's end), and of needs, where
    `other` is the id that is needed, "unknown", "itself" or "circle".
    """

    part: str
    key: str
    what: str
    other: str = ""


def read_day(text: str) -> date | None:
    """A date alone, as RFC 3339 has it; None for anything else, and beyond the years that count."""
    if len(text) != _DATE:
        return None
    try:
        found = date.fromisoformat(text)
    except ValueError:
        return None
    return found if found.year in _YEARS else None


def read_moment(text: str) -> datetime | None:
    """A point in time, UTC, as RFC 3339 has it; None for anything else. See `read_day`."""
    if len(text) <= _DATE:
        return None
    try:
        found = datetime.fromisoformat(text)
        return found.astimezone(UTC) if found.tzinfo and found.year in _YEARS else None
    except (ValueError, OverflowError):
        return None


def oddities(manifest: Manifest) -> Iterator[Oddity]:
    """Yield every rule of a course that comes to nothing, in its order."""
    own = list(of_course(manifest))
    yield from own
    backwards = any(one.what == "backwards" for one in own)
    ends = None if backwards else rough(manifest.ends, last=True)
    for section in manifest.sections:
        yield from _of_section(section, ends)
        for activity in section.activities():
            if isinstance(activity, Quiz):
                dates = {"answer_by": activity.answer_by, "connect_by": activity.connect_by}
                yield from _of_dates(activity.id, dates)
    for meeting in manifest.meetings:
        yield from _of_meeting(meeting)
    yield from _of_needs(manifest)


def of_course(manifest: Manifest) -> Iterator[Oddity]:
    """Yield those that are about the course itself."""
    yield from _of_dates("", {"starts": manifest.starts, "ends": manifest.ends})
    begins, ends = rough(manifest.starts), rough(manifest.ends, last=True)
    if begins and ends and begins > ends:
        yield Oddity("", "starts", "backwards", "ends")
        yield Oddity("", "ends", "backwards", "starts")


def rough(text: str, *, last: bool = False) -> datetime | None:
    """A date to compare others with, None where `text` is none.

    A day is taken as in UTC, which is out by a day at the most.
    """
    day = read_day(text)
    if day:
        return datetime.combine(day, time.max if last else time.min, UTC)
    return read_moment(text)


def _of_dates(part: str, dates: Mapping[str, str]) -> Iterator[Oddity]:
    for key, text in dates.items():
        if text and rough(text) is None:
            yield Oddity(part, key, "date")


def _of_section(section: Section, ends: datetime | None) -> Iterator[Oddity]:
    yield from _of_dates(section.id, {"opens": section.opens, "due": section.due})
    counted = {"opens_after": section.opens_after, "due_after": section.due_after}
    for key, days in counted.items():
        if days is not None and not (math.isfinite(days) and 0 <= days <= DAYS):
            yield Oddity(section.id, key, "days")
    for fixed, key in (("opens", "opens_after"), ("due", "due_after")):
        if getattr(section, fixed) and counted[key] is not None:
            yield Oddity(section.id, fixed, "both", key)
            yield Oddity(section.id, key, "both", fixed)
    opens, due = rough(section.opens), rough(section.due, last=True)
    if opens and due and opens > due:
        yield Oddity(section.id, "opens", "late", "due")
    elif opens and ends and opens > ends:
        yield Oddity(section.id, "opens", "over")
    if None not in counted.values() and counted["opens_after"] > counted["due_after"]:  # type: ignore[operator]
        yield Oddity(section.id, "opens_after", "late", "due_after")


def _of_meeting(meeting: Meeting) -> Iterator[Oddity]:
    dates = {"starts": meeting.starts, "ends": meeting.ends}
    yield from _of_dates(meeting.id, dates)
    if not meeting.starts:
        yield Oddity(meeting.id, "starts", "date")
    begins, ends = rough(meeting.starts), rough(meeting.ends, last=True)
    if begins and ends and begins > ends:
        yield Oddity(meeting.id, "ends", "backwards", "starts")


def _of_needs(manifest: Manifest) -> Iterator[Oddity]:
    inside = {one.id: {a.id for a in one.activities()} for one in manifest.sections}
    known = set(inside).union(*inside.values())
    needs = []
    for part, need in _asked(manifest):
        if need not in known:
            yield Oddity(part, "needs", "unknown", need)
        elif part == need or part in inside.get(need, ()) or need in inside.get(part, ()):
            yield Oddity(part, "needs", "itself", need)
        else:
            needs.append((part, need))
    circular = _circular(inside, needs)
    for part, need in needs:
        if (part, need) in circular:
            yield Oddity(part, "needs", "circle", need)


def _asked(manifest: Manifest) -> Iterator[tuple[str, str]]:
    """Who needs what, each once, in the order of the course."""
    for section in manifest.sections:
        yield from ((section.id, need) for need in dict.fromkeys(section.needs))
        for one in section.activities():
            yield from ((one.id, need) for need in dict.fromkeys(one.needs))


def _circular(
    inside: Mapping[str, Iterable[str]], needs: Iterable[tuple[str, str]]
) -> set[tuple[str, str]]:
    """Those of the `needs` that are part of a circle, or lie between two circles.

    An activity waits for its section to open, which waits for what it needs; a section that is
    needed is done when its activities are. What waits for nothing is taken away, and what nothing
    waits for, until only circles are left.
    """
    waits: dict[tuple[str, str], set[tuple[str, str]]] = {}
    for section, activities in inside.items():
        for one in activities:
            waits.setdefault(("do", one), set()).add(("open", section))
            waits.setdefault(("do", section), set()).add(("do", one))
    asked = {}
    for part, need in needs:
        start = ("open" if part in inside else "do", part)
        waits.setdefault(start, set()).add(("do", need))
        asked[part, need] = (start, ("do", need))
    left = _peeled(_peeled(waits), forwards=False)
    return {one for one, (start, end) in asked.items() if end in left.get(start, ())}


def _peeled(
    waits: Mapping[tuple[str, str], set[tuple[str, str]]], *, forwards: bool = True
) -> dict[tuple[str, str], set[tuple[str, str]]]:
    """The graph without what waits for nothing; with `forwards` false, without what nothing waits
    for. In the time of its edges."""
    out: dict[tuple[str, str], set[tuple[str, str]]] = {}
    back: dict[tuple[str, str], set[tuple[str, str]]] = {}
    for one, others in waits.items():
        for other in others:
            start, end = (one, other) if forwards else (other, one)
            out.setdefault(start, set()).add(end)
            back.setdefault(end, set()).add(start)
    free = [one for one in back if one not in out]
    while free:
        end = free.pop()
        for start in back.get(end, ()):
            out[start].discard(end)
            if not out[start]:
                del out[start]
                free.append(start)
    found: dict[tuple[str, str], set[tuple[str, str]]] = {}
    for start, ends in out.items():
        for end in ends:
            one, other = (start, end) if forwards else (end, start)
            found.setdefault(one, set()).add(other)
    return found
