# SPDX-License-Identifier: Apache-2.0
"""The dates of a course one after the other, and as a file for other calendars."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

import icalendar
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scheduled import BLOB, course, page, week

from player.course.agenda import Entry, agenda
from player.course.ics import calendar_file, uid
from player.course.manifest import CoursePath, Manifest, Meeting, Quiz
from player.course.schedule import Situation, standings

NOON = datetime(2026, 3, 2, 12, 0, tzinfo=UTC)
PARIS = ZoneInfo("Europe/Paris")


def entries(manifest: Manifest, **facts: Any) -> list[Entry]:
    known: dict[str, Any] = {"now": NOON, "reached": NOON, "zone": PARIS, "enrolled": NOON, **facts}
    situation = Situation(**known)
    return agenda(manifest, situation, standings(manifest, situation))


def told(found: list[Entry]) -> list[tuple[str, str, str]]:
    return [(f"{one.at:%m-%d %H:%M}", one.kind, one.part) for one in found]


PLAN = course(
    week("one", page("a"), due_after=6.0),
    week(
        "two",
        page("b"),
        Quiz(
            id="quiz",
            title="Quiz",
            blob=BLOB,
            questions=1,
            answer_by="2026-03-14T18:00:00Z",
            connect_by="2026-03-20",
        ),
        opens_after=7.0,
    ),
    starts="2026-03-02",
    ends="2026-04-30",
    meetings=(
        Meeting(
            id="live",
            title="Questions ?",
            starts="2026-03-12T17:00:00Z",
            ends="2026-03-12T18:00:00Z",
            url="https://meet.example/a",
            note="Bring one; or two,\nthat is.",
        ),
        Meeting(id="cafe", title="Café", starts="2026-03-15", kind="meetup", place="Dakar"),
        Meeting(id="odd", title="Never", starts="2026-02-31"),
    ),
)


def test_everything_with_a_date_stands_there_in_its_order() -> None:
    assert told(entries(PLAN)) == [
        ("03-02 00:00", "starts", ""),
        ("03-08 23:59", "due", "one"),
        ("03-09 00:00", "opens", "two"),
        ("03-12 18:00", "live", "live"),
        ("03-14 19:00", "due", "quiz"),
        ("03-15 00:00", "meetup", "cafe"),
        ("03-20 23:59", "connect", "quiz"),
        ("04-30 23:59", "ends", ""),
    ]


def test_what_is_on_other_paths_is_left_out() -> None:
    plan = course(
        week("one", due="2026-03-08"),
        week("two", due="2026-03-15"),
        paths=(CoursePath("a", "", ("one",)), CoursePath("b", "", ("two",))),
    )
    assert told(entries(plan, aside={"two"})) == [("03-08 23:59", "due", "one")]


@pytest.mark.parametrize("last", ["9999-12-31", "9999-12-31T23:59:59Z"])
def test_the_end_of_time_takes_no_calendar_down(last: str) -> None:
    quiz = Quiz(id="q", title="", blob=BLOB, questions=1, answer_by=last, connect_by=last)
    live = Meeting(id="live", title="", starts=last)
    plan = course(
        *(week("one", quiz, due=last), week("two", opens=last)),
        starts=last,
        ends=last,
        meetings=(live,),
    )
    assert entries(plan) == []
    near = course(week("one", due="2026-03-08"), meetings=(live,), ends=last)
    found = entries(near)
    assert [one.kind for one in found if not one.is_past(NOON)] == ["due"]
    assert len(read(written(found))) == 1


def test_what_was_open_from_the_beginning_is_no_news() -> None:
    plan = course(
        week("one", opens_after=0.0),
        week("two", opens="2026-03-01"),
        week("three"),
        starts="2026-03-09",
    )
    assert [one.kind for one in entries(plan)] == ["starts"]


def test_a_click_leads_to_the_first_thing_to_do() -> None:
    plan = course(week("one", page("a"), page("b"), due="2026-03-08"))
    assert [one.activity for one in entries(plan)] == ["a"]
    [found] = entries(plan, done={"a"})
    assert (found.activity, found.done) == ("b", False)
    [found] = entries(plan, done={"a", "b"})
    assert (found.activity, found.done) == ("a", True)


@pytest.mark.parametrize(
    ("part", "before", "after"),
    [
        ("live", "2026-03-12T18:00:00Z", "2026-03-12T18:00:01Z"),
        ("cafe", "2026-03-15T22:59:00Z", "2026-03-15T23:00:01Z"),
        ("one", "2026-03-08T22:59:59Z", "2026-03-08T23:00:00Z"),
        ("two", "2026-03-09T22:59:00Z", "2026-03-09T23:00:01Z"),
    ],
)
def test_what_is_past(part: str, before: str, after: str) -> None:
    found = next(one for one in entries(PLAN) if one.part == part)
    assert not found.is_past(datetime.fromisoformat(before))
    assert found.is_past(datetime.fromisoformat(after))


# As a file


def written(found: list[Entry], **facts: Any) -> bytes:
    known: dict[str, Any] = {
        "owner": "awa",
        "versions": {"a-course": 3},
        "summary": lambda one: f"{one.kind}: {one.title}",
        "made_at": NOON,
        **facts,
    }
    return calendar_file(found, **known)


def read(data: bytes) -> list[icalendar.Event]:
    """Read a file back, its lines looked at as RFC 5545 has them."""
    assert data.endswith(b"\r\n")
    for line in data[:-2].split(b"\r\n"):
        assert len(line) <= 75
        assert b"\n" not in line
        line.decode()  # no letter is cut in two
    [calendar] = icalendar.Calendar.from_ical(data, multiple=True)
    assert (calendar["version"], calendar["method"]) == ("2.0", "PUBLISH")
    assert b"VTIMEZONE" not in data
    assert b"TZID" not in data
    return list(calendar.walk("VEVENT"))


def test_a_calendar_reads_what_was_written() -> None:
    found = entries(PLAN)
    events = {str(one["uid"]): one for one in read(written(found))}
    assert len(events) == len(found)
    by_part = {(one.kind, one.part): events[uid(one, "awa")] for one in found}
    assert all(one["sequence"] == 3 for one in events.values())
    assert all(one["dtstamp"].dt == NOON for one in events.values())
    due = by_part["due", "one"]
    assert (due["dtstart"].dt, due["dtend"].dt) == (date(2026, 3, 8), date(2026, 3, 9))
    assert due["transp"] == "TRANSPARENT"
    live = by_part["live", "live"]
    assert live["dtstart"].dt == datetime(2026, 3, 12, 17, 0, tzinfo=UTC)
    assert live["dtend"].dt == datetime(2026, 3, 12, 18, 0, tzinfo=UTC)
    assert live["url"] == "https://meet.example/a"
    assert live["description"] == "Bring one; or two,\nthat is."
    assert "transp" not in live
    cafe = by_part["meetup", "cafe"]
    assert (cafe["dtstart"].dt, cafe["location"]) == (date(2026, 3, 15), "Dakar")
    quiz = by_part["due", "quiz"]
    assert quiz["dtstart"].dt == datetime(2026, 3, 14, 18, 0, tzinfo=UTC)
    assert "dtend" not in quiz


def test_names_of_events_stay_and_are_each_ones_own() -> None:
    first, second = entries(PLAN), entries(PLAN, enrolled=NOON + timedelta(days=3))
    assert [one.part for one in first] != []
    assert {uid(one, "awa") for one in first} == {uid(one, "awa") for one in second}
    assert len({uid(one, "awa") for one in first}) == len(first)
    assert not {uid(one, "awa") for one in first} & {uid(one, "binta") for one in first}


def test_what_a_strangers_titles_hold_stays_a_text() -> None:
    hostile = "A\r\nEND:VEVENT\nBEGIN:VALARM\x00\x1b; B, C: \\n “é” " + "長" * 40 + "\ud800"
    plan = course(
        week("one"),
        title=hostile,
        meetings=(
            Meeting(
                id="m",
                title=hostile,
                starts="2026-03-12T17:00:00Z",
                place=hostile,
                note=hostile,
                url="https://meet.example/a\r\nATTACH:x",
            ),
        ),
    )
    [event] = read(written(entries(plan)))
    assert "VALARM" in str(event["summary"])
    assert "\x00" not in str(event["location"])
    assert str(event["url"]).startswith("https://meet.example/aATTACH")
    assert event.subcomponents == []


@given(st.text(max_size=200), st.text(max_size=200))
def test_no_text_whatever_breaks_a_line(title: str, note: str) -> None:
    meeting = Meeting(id="m", title=title, starts="2026-03-12T17:00:00Z", note=note, place=title)
    assert len(read(written(entries(course(week("one"), meetings=(meeting,)))))) == 1


def test_a_link_that_leads_nowhere_on_the_web_is_left_out() -> None:
    meeting = Meeting(id="m", title="", starts="2026-03-12T17:00:00Z", url="file:///etc/passwd")
    [event] = read(written(entries(course(week("one"), meetings=(meeting,)))))
    assert "url" not in event
