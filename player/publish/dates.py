# SPDX-License-Identifier: Apache-2.0
"""Dates, meetings and needs of a course as its author writes them (docs/authoring.md).

What the learner's program would pass over (`player.course.schedule_rules`) is a fault here.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime

from player.clock import stamp
from player.course.manifest import Manifest, Meeting, Quiz
from player.course.schedule_rules import DAYS, Oddity, oddities, rough
from player.publish.faults import Findings, Place, meant
from player.publish.table import Table

KINDS = ("live", "meetup")
_DATE = "Write a day such as 2027-03-31, or a moment such as 2027-03-31T18:00:00Z, without quotes."
_MEETING = "A meeting has at least `title` and `starts`."

Places = Mapping[tuple[str, str], Place]
"""Where each rule stands, by part and key as in an `Oddity`."""


@dataclass(frozen=True, slots=True)
class Dates:
    """When a section opens and is due, and what it needs. `places` are by key."""

    opens: str = ""
    opens_after: float | None = None
    due: str = ""
    due_after: float | None = None
    needs: tuple[str, ...] = ()
    places: Mapping[str, Place] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class MeetingLine:
    """A meeting as the author wrote it; its `id` is empty where its title shall make one."""

    place: Place
    meeting: Meeting
    places: Mapping[str, Place]


def read_dates(table: Table) -> Dates:
    """The keys of a section that say when."""
    keys = ("opens", "opens_after", "due", "due_after", "needs")
    return Dates(
        opens=moment(table, "opens"),
        opens_after=_days(table, "opens_after"),
        due=moment(table, "due"),
        due_after=_days(table, "due_after"),
        needs=tuple(table.texts("needs")),
        places={key: table.place(key) for key in keys},
    )


def moment(table: Table, key: str) -> str:
    """A day (`2027-03-31`) or a point in time (RFC 3339, UTC); '' where there is none."""
    table.known.append(key)
    value = table.raw.get(key)
    if isinstance(value, datetime):
        found = table.moment(key)
        return stamp(found) if found else ""
    if isinstance(value, date):
        return value.isoformat()
    if value is not None:
        what = f"`{key}` has to be a date." if not isinstance(value, str) else _no_date(key, value)
        table.findings.fault(table.place(key), what, _DATE)
    return ""


def read_meetings(root: Table, id_: Callable[[Table], str]) -> Iterator[MeetingLine]:
    """The tables `[[meeting]]`. `id_` reads the id of a table."""
    for table in root.tables("meeting", _MEETING):
        name = id_(table)
        title = table.text("title", "Say what the meeting is called.")
        if "starts" not in table.raw:
            table.findings.fault(table.place(), "This meeting does not say when it is.", _MEETING)
        kind, url = table.text("kind", default="live"), table.text("url")
        if kind not in KINDS:
            what, do = f"`kind` is “{kind}”.", 'Write "live" or "meetup".'
            table.findings.fault(table.place("kind"), what, do)
        if url and not url.startswith(("https://", "http://")):
            what = "`url` is not a web address."
            table.findings.fault(table.place("url"), what, "Begin it with https://.")
        made = Meeting(
            id=name,
            title=title,
            starts=moment(table, "starts"),
            ends=moment(table, "ends"),
            kind=kind,
            place=table.text("place"),
            url=url,
            note=table.text("note"),
        )
        places = {key: table.place(key) for key in ("starts", "ends")}
        yield MeetingLine(table.place(), made, places)
        table.close()


def check_dates(manifest: Manifest, places: Places, findings: Findings) -> None:
    """Report what cannot be, as faults, and what was hardly meant, as warnings."""
    known = [*(one.id for one in manifest.sections), *(one.id for one in manifest.activities())]
    for odd in oddities(manifest):
        place = places.get((odd.part, odd.key))
        if place and not _is_said(odd, findings, place):
            findings.fault(place, *_words(odd, known))
    for part, key, what in _doubtful(manifest):
        if place := places.get((part, key)):
            findings.warn(place, what, "Look whether that is what you mean.")


def _is_said(odd: Oddity, findings: Findings, place: Place) -> bool:
    """Whether something worse was said of that line already."""
    return odd.what == "date" and any((one.file, one.line) == place for one in findings.faults)


def _words(odd: Oddity, known: Iterable[str]) -> tuple[str, str]:
    """What is wrong, and what to do."""
    key, other = odd.key, odd.other
    if odd.what == "unknown":
        what = f"`needs` names “{other}”, which is no section or activity of this course."
        return what, meant(other, known) or "Write the `id` of one."
    return {
        "date": (f"`{key}` is not a date of the calendar.", _DATE),
        "days": (f"`{key}` is no number of days.", f"Write days from 0 to {DAYS:.0f}."),
        "both": (f"`{key}` and `{other}` say two things.", "Keep one of the two."),
        "backwards": (f"`{key}` and `{other}` are the wrong way round.", "Turn them."),
        "late": (f"`{key}` is later than `{other}`.", "Let it open before it is due."),
        "over": (f"`{key}` is after the end of the course.", "Change it, or `ends`."),
        "itself": (
            f"`needs` names “{other}” itself."
            if odd.part == other
            else f"`needs` names “{other}”, and one is in the other.",
            "Name something else.",
        ),
        "circle": (
            f"This waits for “{other}”, which waits for this.",
            "Take one of the `needs` out.",
        ),
    }[odd.what]


def _doubtful(manifest: Manifest) -> Iterator[tuple[str, str, str]]:
    """What can be, but was hardly meant: part, key, and what is doubtful."""
    ends = rough(manifest.ends, last=True)
    for section in manifest.sections:
        due, opens = rough(section.due), rough(section.opens)
        if due and ends and due > ends:
            yield section.id, "due", "`due` is after the end of the course."
        for one in section.activities():
            asked = rough(one.answer_by, last=True) if isinstance(one, Quiz) else None
            if asked and opens and asked < opens:
                yield one.id, "answer_by", "`answer_by` is before the section opens."


def _days(table: Table, key: str) -> float | None:
    table.known.append(key)
    value = table.raw.get(key)
    if value is None:
        return None
    if isinstance(value, bool) or not isinstance(value, (int, float)):
        what = f"`{key}` has to be a number of days, such as 7."
        table.findings.fault(table.place(key), what)
        return None
    return float(value)


def _no_date(key: str, text: str) -> str:
    if rough(text):
        return f"`{key}` stands in quotes."
    return f"`{key}` is “{text}”, which is not a date of the calendar."
