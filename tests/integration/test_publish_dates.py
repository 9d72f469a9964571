# SPDX-License-Identifier: Apache-2.0
"""Dates, meetings and needs as an author writes them: what is published, and what is reported."""

from __future__ import annotations

from pathlib import Path

import pytest
from small_course import small_course

from player.course.manifest import Manifest, Meeting, decode_manifest
from player.course.schedule import is_scheduled
from player.course.schedule_rules import oddities
from player.errors import SourceFaults
from player.publish.keys import own_key
from player.publish.repository import publish
from player.publish.source import Source, read_source

MORE = """
[[section]]
id = "decider"
title = "Décider"
{section}

[[section.sequence]]
id = "suite"
title = "Suite"
activities = [
    {{ id = "choisir", page = "pages/roles.md"{activity} }},
    {{ id = "voter", quiz = "quizzes/roles.gift", title = "Voter"{quiz} }},
]
{meeting}
"""


def outline(folder: Path, course: str = "", **more: str) -> Path:
    """The small course with a second section; `course` goes into its first table."""
    source = small_course(folder)
    blanks = {"section": "", "activity": "", "quiz": "", "meeting": "", **more}
    path = source / "course.toml"
    text = path.read_text().replace("[course]\n", f"[course]\n{course}\n", 1)
    path.write_text(text + MORE.format(**blanks), encoding="utf-8")
    return source


def line(source: Path, words: str) -> int:
    """The line in which these words stand."""
    lines = (source / "course.toml").read_text().splitlines()
    return next(n for n, one in enumerate(lines, 1) if words in one)


def faults(source: Path) -> list[tuple[int, str]]:
    with pytest.raises(SourceFaults) as caught:
        read_source(source)
    return [(fault.line, fault.what) for fault in caught.value.faults]  # type: ignore[attr-defined]


def second(source: Source) -> dict[str, object]:
    section = source.sections[1]
    return {
        key: getattr(section, key) for key in ("opens", "opens_after", "due", "due_after", "needs")
    }


def test_dates_are_written_as_they_were_meant(tmp_path: Path) -> None:
    source = outline(
        tmp_path / "source",
        "starts = 2027-01-04\nends = 2027-02-28T18:00:00+01:00",
        section="opens = 2027-01-11T08:00:00+01:00\ndue = 2027-01-17\nneeds = ['organiser']",
        activity=', needs = ["faites-le-point"]',
        meeting='[[meeting]]\ntitle = "Questions ?"\nstarts = 2027-01-13T18:00:00Z\n'
        'ends = 2027-01-13T19:00:00Z\nurl = "https://meet.example/"\nnote = "Venez."\n'
        '[[meeting]]\nid = "cafe"\ntitle = "Café"\nkind = "meetup"\nplace = "Dakar"\n'
        "starts = 2027-01-16\n",
    )
    publish(source, tmp_path / "repository", own_key(tmp_path / "key"))
    path = tmp_path / "repository" / "courses" / "petit-cours" / "1.json"
    made: Manifest = decode_manifest(path.read_bytes())
    assert (made.starts, made.ends) == ("2027-01-04", "2027-02-28T17:00:00Z")
    section = made.sections[1]
    assert (section.opens, section.due) == ("2027-01-11T07:00:00Z", "2027-01-17")
    assert section.needs == ("organiser",)
    found = made.find("choisir")
    assert found is not None
    assert found.needs == ("faites-le-point",)
    assert made.meetings == (
        Meeting(
            id="questions",
            title="Questions ?",
            starts="2027-01-13T18:00:00Z",
            ends="2027-01-13T19:00:00Z",
            url="https://meet.example/",
            note="Venez.",
        ),
        Meeting(id="cafe", title="Café", kind="meetup", place="Dakar", starts="2027-01-16"),
    )
    assert is_scheduled(made)
    assert list(oddities(made)) == []


def test_days_since_the_enrolment_may_be_parts_of_days(tmp_path: Path) -> None:
    source = read_source(outline(tmp_path, section="opens_after = 7\ndue_after = 13.5"))
    assert second(source) == {
        "opens": "",
        "opens_after": 7.0,
        "due": "",
        "due_after": 13.5,
        "needs": (),
    }


@pytest.mark.parametrize(
    ("section", "at", "what"),
    [
        ('opens = "2027-01-11"', "opens", "`opens` stands in quotes."),
        (
            'opens = "2026-02-31"',
            "opens",
            "`opens` is “2026-02-31”, which is not a date of the calendar.",
        ),
        ("due = 12", "due", "`due` has to be a date."),
        (
            "opens = 2027-01-11T08:00:00",
            "opens",
            "`opens` does not say in which time zone.",
        ),
        ("opens_after = -7", "opens_after", "`opens_after` is no number of days."),
        ("due_after = nan", "due_after", "`due_after` is no number of days."),
        (
            "opens_after = '7'",
            "opens_after",
            "`opens_after` has to be a number of days, such as 7.",
        ),
        ("opens = 2027-01-11\ndue = 2027-01-10", "opens", "`opens` is later than `due`."),
        (
            "opens_after = 7\ndue_after = 6",
            "opens_after",
            "`opens_after` is later than `due_after`.",
        ),
        ("opens = 2028-01-11", "opens", "`opens` is after the end of the course."),
        ("needs = ['decider']", "needs", "`needs` names “decider” itself."),
        (
            "needs = ['organise']",
            "needs",
            "`needs` names “organise”, which is no section or activity of this course.",
        ),
        ("needs = 'organiser'", "needs", "`needs` has to be a list of texts in quotes."),
    ],
)
def test_what_cannot_be_is_reported_in_its_line(
    tmp_path: Path, section: str, at: str, what: str
) -> None:
    source = outline(tmp_path, "ends = 2027-12-31", section=section)
    found = faults(source)
    assert found[0][1].startswith(what)
    assert found == [(line(source, at), found[0][1])]


def test_two_ways_of_saying_when_are_both_reported(tmp_path: Path) -> None:
    source = outline(tmp_path, section="opens = 2027-01-11\nopens_after = 7")
    assert faults(source) == [
        (line(source, "opens ="), "`opens` and `opens_after` say two things."),
        (line(source, "opens_after"), "`opens_after` and `opens` say two things."),
    ]


@pytest.mark.parametrize("odd", ["2026-02-31", "2026-13-01T08:00:00Z"])
def test_a_day_that_no_calendar_has_is_named_where_toml_itself_stumbles(
    tmp_path: Path, odd: str
) -> None:
    source = outline(tmp_path, section=f"opens = {odd}")
    assert faults(source) == [(line(source, "opens"), f"“{odd}” is not a date of the calendar.")]


def test_a_circle_is_reported_at_each_of_its_needs(tmp_path: Path) -> None:
    source = outline(
        tmp_path, section="", activity=', needs = ["voter"]', quiz=', needs = ["choisir"]'
    )
    assert faults(source) == [
        (line(source, '"choisir", page'), "This waits for “voter”, which waits for this."),
        (line(source, '"voter", quiz'), "This waits for “choisir”, which waits for this."),
    ]


def test_a_course_that_ends_before_it_begins_is_reported(tmp_path: Path) -> None:
    source = outline(tmp_path, "starts = 2027-03-01\nends = 2027-02-01")
    assert [one for one, _ in faults(source)] == [line(source, "starts"), line(source, "ends")]


def test_a_meeting_says_what_when_and_where(tmp_path: Path) -> None:
    source = outline(
        tmp_path,
        meeting='[[meeting]]\ntitle = "A"\n[[meeting]]\ntitle = "B"\nkind = "party"\n'
        'starts = 2027-01-13T18:00:00Z\nends = 2027-01-13T17:00:00Z\nurl = "meet"\nwhere = "x"\n',
    )
    found = dict(faults(source))
    assert found[line(source, "kind")] == "`kind` is “party”."
    assert (
        found[line(source, "ends = 2027-01-13")] == "`ends` and `starts` are the wrong way round."
    )
    assert found[line(source, "url")] == "`url` is not a web address."
    assert found[line(source, "where")] == "`where` is not a key that belongs here."
    assert "This meeting does not say when it is." in found.values()


def test_a_meeting_may_not_take_the_id_of_something_else(tmp_path: Path) -> None:
    source = outline(
        tmp_path, meeting='[[meeting]]\nid = "voter"\ntitle = "A"\nstarts = 2027-01-13\n'
    )
    assert "The id `voter` stands in line" in faults(source)[0][1]


def test_what_was_hardly_meant_is_a_warning(tmp_path: Path) -> None:
    source = outline(
        tmp_path,
        "ends = 2027-01-31",
        section="opens = 2027-01-11\ndue = 2027-02-07",
        quiz=", answer_by = 2027-01-05T18:00:00Z",
    )
    found = [(one.line, one.what) for one in read_source(source).warnings]
    assert (line(source, "due"), "`due` is after the end of the course.") in found
    assert (line(source, "answer_by"), "`answer_by` is before the section opens.") in found
