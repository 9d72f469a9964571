# SPDX-License-Identifier: Apache-2.0
"""The dates of courses as a calendar file (RFC 5545), for the calendar that people use. Pure.

Whole days are dates, which a calendar shows where its owner is; hours are in UTC, so that the file
needs no table of time zones. The name of an event (UID) never changes, and SEQUENCE is the version
of the course: whoever takes in a later file has each event moved, not doubled.
"""

from __future__ import annotations

import re
import uuid
from collections.abc import Callable, Iterable, Mapping
from datetime import UTC, datetime, timedelta

import icalendar

from player.course.agenda import MEETINGS, Entry

PRODUCT = "-//Cartable//Calendar//EN"
SPACE = uuid.UUID("6f3c2f0a-8d5e-5b1c-9a57-3b1d5d0e4c21")
"""The namespace of the names of events."""

MOST = 2000  # letters of one text: titles are a stranger's
_CONTROL = re.compile(r"[\x00-\x08\x0b-\x1f\x7f]|[\ud800-\udfff]")


def calendar_file(
    entries: Iterable[Entry],
    *,
    owner: str,
    versions: Mapping[str, int],
    summary: Callable[[Entry], str],
    made_at: datetime,
    name: str = "Cartable",
) -> bytes:
    """Return a file with an event for each entry.

    Args:
        entries: what is to be in it.
        owner: whose they are: two learners of one course have different days.
        versions: of each course.
        summary: an entry in one line, in the reader's words.
        made_at: when this is written (DTSTAMP).
        name: what the calendar is called.
    """
    calendar = icalendar.Calendar()
    calendar.add("prodid", PRODUCT)
    calendar.add("version", "2.0")
    calendar.add("method", "PUBLISH")
    calendar.add("name", _text(name))  # RFC 7986
    calendar.add("x-wr-calname", _text(name))  # who does not know that one
    for entry in entries:
        event = _event(entry, summary(entry))
        event.add("uid", uid(entry, owner))
        event.add("dtstamp", made_at.astimezone(UTC).replace(microsecond=0))
        event.add("sequence", versions.get(entry.course, 0))
        calendar.add_component(event)
    return bytes(calendar.to_ical())


def uid(entry: Entry, owner: str) -> str:
    """The name of an event, the same in every file."""
    whole = "/".join((owner, entry.course, entry.part, entry.kind))
    return f"{uuid.uuid5(SPACE, whole)}@cartable"


def _event(entry: Entry, summary: str) -> icalendar.Event:
    event = icalendar.Event()
    event.add("summary", _text(summary))
    if entry.whole_day:
        day, last = entry.at.date(), (entry.ends or entry.at).date()
        event.add("dtstart", day)
        event.add("dtend", max(day, last) + timedelta(days=1))
    else:
        event.add("dtstart", _utc(entry.at))
        if entry.kind in MEETINGS:
            event.add("dtend", _utc(entry.over_at))
    if entry.kind not in MEETINGS:
        event.add("transp", "TRANSPARENT")  # nobody is busy because something opens
    if entry.place:
        event.add("location", _text(entry.place))
    if entry.url.startswith(("https://", "http://")):
        event.add("url", "".join(_text(entry.url).split()))
    if entry.note:
        event.add("description", _text(entry.note))
    event.add("categories", [_text(entry.course_title)])
    return event


def _utc(at: datetime) -> datetime:
    return at.astimezone(UTC).replace(microsecond=0)


def _text(text: str) -> str:
    """A text of somebody else, without what no calendar bears."""
    return _CONTROL.sub("", text.replace("\r\n", "\n").replace("\r", "\n"))[:MOST]
