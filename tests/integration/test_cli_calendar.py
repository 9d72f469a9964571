# SPDX-License-Identifier: Apache-2.0
"""`cartable calendar`: what is coming, for people and for scripts."""

from __future__ import annotations

from datetime import UTC, datetime, time, timedelta
from pathlib import Path

import icalendar
import msgspec
import pytest
from command_line import cartable
from repository_builder import Draft, build

from player import app
from player.course.manifest import Manifest, Meeting

COMING = (datetime.now(UTC) + timedelta(days=400)).date()
LIVE = datetime.combine(COMING, time(18), UTC)


@pytest.fixture
def home(tmp_path: Path) -> Path:
    """A home with two courses, one of them with dates that are far ahead."""

    def dated(manifest: Manifest) -> Manifest:
        meeting = Meeting(id="live", title="Questions", starts=f"{COMING}T18:00:00Z")
        first, second = manifest.sections
        second = msgspec.structs.replace(second, opens=COMING.isoformat())
        return msgspec.structs.replace(manifest, sections=(first, second), meetings=(meeting,))

    plan = Draft(change=dated).section("one", [b"<p>1</p>"]).section("two", [b"<p>2</p>"])
    plain = Draft(id="plain", title="Plain").section("three", [b"<p>3</p>"])
    built = build(plan, plain)
    built.write(tmp_path / "repository")
    services = app.build(tmp_path / "home")
    services.introduce("Awa")
    services.change(allowed_keys=(str(built.key),))
    services.add_repository(str(tmp_path / "repository"))
    services.refresh_all()
    for name in ("demo", "plain"):
        services.take_up(name)
    services.close_thread()
    return tmp_path / "home"


def test_what_is_coming_is_listed_in_its_order(home: Path) -> None:
    lines = cartable(home, "calendar").out.splitlines()
    days = [COMING, LIVE.astimezone().date()]  # on the other side of the world it is tomorrow
    assert [line.split()[1] for line in lines] == [one.isoformat() for one in days]
    assert "opens" in lines[0]
    assert "Two  (A course)" in lines[0]
    assert "live session" in lines[1]
    assert cartable(home, "calendar", "--course", "plain").out == "Nothing is coming.\n"


def test_scripts_are_told_all_of_it(home: Path) -> None:
    facts = cartable(home, "calendar", "--json").facts
    assert [(one["kind"], one["part"], one["whole_day"]) for one in facts["entries"]] == [
        ("opens", "two", True),
        ("live", "live", False),
    ]
    assert facts["entries"][1]["at"] == f"{COMING}T18:00:00Z"


def test_a_calendar_file_is_written_whole(home: Path, tmp_path: Path) -> None:
    file = tmp_path / "cartable.ics"
    ran = cartable(home, "calendar", "--ics", file)
    assert ran.out == f"2 dates are in {file}.\n"
    events = icalendar.Calendar.from_ical(file.read_bytes()).walk("VEVENT")
    assert {str(one["summary"]) for one in events} == {"Two (opens)", "Questions (live session)"}
    first = {str(one["uid"]) for one in events}
    cartable(home, "calendar", "--ics", file)
    again = icalendar.Calendar.from_ical(file.read_bytes()).walk("VEVENT")
    assert {str(one["uid"]) for one in again} == first


def test_a_course_that_is_not_here_and_a_file_that_cannot_be_written_are_said(
    home: Path, tmp_path: Path
) -> None:
    ran = cartable(home, "calendar", "--course", "nothing", "--json")
    assert (ran.code, ran.facts["error"]) == (1, "NotOffered")
    ran = cartable(home, "calendar", "--ics", tmp_path / "no" / "where.ics")
    assert ran.code == 1
    assert not (tmp_path / "no").exists()


def test_a_calendar_can_be_written_to_the_terminal_and_steers_it_in_nothing(
    home: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    ran = cartable(home, "calendar", "--ics", "-")
    assert len(icalendar.Calendar.from_ical(ran.out).walk("VEVENT")) == 2
    assert not (tmp_path / "-").exists()
    hostile = Meeting(id="x", title="\x1b]0;mine\x07\x9b2J\rTitle", starts=f"{COMING}T19:00:00Z")
    draft = Draft(
        id="hostile",
        change=lambda one: msgspec.structs.replace(one, meetings=(hostile,)),
    ).section("one", [b"<p>1</p>"])
    built = build(draft)
    built.write(tmp_path / "hostile")
    services = app.build(home)
    services.add_repository(str(tmp_path / "hostile"))
    services.refresh_all()
    services.take_up("hostile")
    services.close_thread()
    shown = cartable(home, "calendar", "--course", "hostile").out
    assert "Title" in shown
    assert not any(letter in shown for letter in "\x1b\x07\x9b\r")


def test_a_course_that_cannot_be_read_hides_no_date_and_no_word_of_others(home: Path) -> None:
    services = app.build(home)
    with services.db.atomic():
        later = "replace(CAST(manifest AS TEXT), '\"cartable/1', '\"cartable/9')"
        change = f"UPDATE courses SET manifest = CAST({later} AS BLOB) WHERE id = 'plain'"  # noqa: S608
        assert services.db.execute(change).rowcount == 1
    services.close_thread()
    assert len(cartable(home, "calendar").out.splitlines()) == 2
    assert cartable(home, "calendar", "--course", "plain").code == 1
    assert "Two" not in cartable(home, "find", "two").out  # not open yet
    assert "A course" in cartable(home, "find", "course").out
