# SPDX-License-Identifier: Apache-2.0
"""Weeks that open one after the other: far from any network, and under a clock that lies.

A course with three weeks: the first is open, the second opens a week after the enrolment, the third
on Monday 26 January 2026.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date, timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest
from clock import Clock
from pupil import attempt, open_questions, opening, read, watch
from simulator import Simulator
from small_course import small_course

from player.app import Services
from player.publish.keys import own_key, public_text
from player.publish.repository import publish

COURSE, DAKAR = "petit-cours", ZoneInfo("Africa/Dakar")
WEEKS = """
[[section]]
id = "two"
title = "Two"
opens_after = 7
due_after = 13

[[section.sequence]]
title = "Sitting"
activities = [
    { id = "video", video = "media/roles" },
    { id = "page", page = "pages/roles.md" },
    { id = "exam", exam = "quizzes/roles.gift", title = "Exam", limit = 30, needs = ["page"] },
]

[[section]]
id = "three"
title = "Three"
opens = 2026-01-26

[[section.sequence]]
title = "Sitting"
activities = [{ id = "last", page = "pages/roles.md" }]
"""


@pytest.fixture
def server(tmp_path: Path, clock: Clock) -> Simulator:
    """A server with the course; the key of its publisher lies beside it."""
    source = small_course(tmp_path / "source")
    outline = source / "course.toml"
    text = outline.read_text(encoding="utf-8").replace("[[section]]\n", '[[section]]\nid = "one"\n')
    outline.write_text(text + WEEKS, encoding="utf-8")
    publish(source, tmp_path / "repository", own_key(tmp_path / "key"), now=clock)
    made = Simulator()
    made.publish(tmp_path / "repository")
    return made


@contextmanager
def sitting(tmp_path: Path, server: Simulator, clock: Clock) -> Iterator[Services]:
    """Cartable, from its start to its end."""
    with opening(tmp_path / "home", server, clock) as services:
        services.calendar.zone = DAKAR
        yield services


def fetched(tmp_path: Path, server: Simulator, clock: Clock) -> None:
    """A learner who enrolled, and fetched all of it, what is closed as well."""
    with sitting(tmp_path, server, clock) as services:
        services.introduce("Awa")
        services.change(allowed_keys=(public_text(own_key(tmp_path / "key")),))
        services.add_repository(server.url)
        services.refresh_all()
        services.ask(COURSE, ["one", "two", "three"], "240p")
        assert services.download().sections == 3


def open_weeks(services: Services) -> list[str]:
    found = services.calendar.standing(services.course(COURSE))
    return [one for one in ("one", "two", "three") if found[one].is_open]


def test_a_week_opens_while_offline(tmp_path: Path, server: Simulator, clock: Clock) -> None:
    fetched(tmp_path, server, clock)
    with sitting(tmp_path, server, clock) as services:
        assert {one.state for one in services.sections(services.course(COURSE))} == {"here"}
        assert open_weeks(services) == ["one"]
        two = services.calendar.standing(services.course(COURSE))["two"]
        assert two.opens_at is not None
        assert two.opens_at.date() == date(2026, 1, 12)
        assert services.next_activity(services.course(COURSE)) == "qui-fait-quoi"

    server.unreachable()
    asked = len(server.asked)
    for _ in range(6):
        clock.restart(days=1)
        with sitting(tmp_path, server, clock) as services:
            assert open_weeks(services) == ["one"]
    clock.now = clock.now.replace(hour=23, minute=59)  # Sunday, in Dakar
    with sitting(tmp_path, server, clock) as services:
        assert open_weeks(services) == ["one"]
        for one in services.course(COURSE).sections[0].activities():
            if one.id != "examen":
                read(services, COURSE, one.id)
        clock.forward(minutes=2)  # it opens while the program is open
        assert open_weeks(services) == ["one", "two"]
        assert services.next_activity(services.course(COURSE)) == "examen"
        watch(services, clock, COURSE, "video", 1.5).left(1.5)
        assert services.done(COURSE)["video"].completed_at
        may = services.calendar.open_to(services.course(COURSE))
        assert "exam" not in may
        read(services, COURSE, "page")
        assert "exam" in services.calendar.open_to(services.course(COURSE))
        assert len(server.asked) == asked, "nobody was asked for anything"


def test_the_clock_is_set_back_a_year(tmp_path: Path, server: Simulator, clock: Clock) -> None:
    fetched(tmp_path, server, clock)
    server.unreachable()
    clock.restart(days=8)
    with sitting(tmp_path, server, clock) as services:
        assert open_weeks(services) == ["one", "two"]  # seen, and nothing done in it

    clock.restart()
    clock.now -= timedelta(days=365)
    with sitting(tmp_path, server, clock) as services:
        course = services.course(COURSE)
        assert open_weeks(services) == ["one", "two"]
        read(services, COURSE, "page")
        started = attempt(services, COURSE, "exam")
        assert open_questions(started)
        dates = services.calendar.all_entries()
        assert [one.part for one in dates if one.kind in ("opens", "due")] == [
            "two",
            "two",
            "three",
        ]
        found = services.calendar.standing(course)["three"]
        assert found.opens_at is not None
        assert found.opens_at.date() == date(2026, 1, 26), "the date of the course is said"

    # Nobody sets it right; the days pass all the same, and Monday the 26th is 13 days away
    for day in range(13):
        with sitting(tmp_path, server, clock) as services:
            assert "three" not in open_weeks(services), day
            read(services, COURSE, "page")
        clock.restart(days=1)
    with sitting(tmp_path, server, clock) as services:
        assert open_weeks(services) == ["one", "two", "three"]
        read(services, COURSE, "last")

    clock.restart()
    clock.now += timedelta(days=365)
    with sitting(tmp_path, server, clock) as services:
        assert open_weeks(services) == ["one", "two", "three"]
        assert services.done(COURSE)["last"].completed_at
        assert services.done(COURSE)["exam"].last_at


def test_a_clock_far_ahead_opens_early_and_loses_nothing(
    tmp_path: Path, server: Simulator, clock: Clock
) -> None:
    fetched(tmp_path, server, clock)
    clock.restart()
    clock.now += timedelta(days=12 * 365)
    with sitting(tmp_path, server, clock) as services:
        assert open_weeks(services) == ["one", "two", "three"]
        read(services, COURSE, "last")
    clock.restart()
    clock.now -= timedelta(days=12 * 365)
    with sitting(tmp_path, server, clock) as services:
        assert open_weeks(services) == ["one", "two", "three"]
        assert services.done(COURSE)["last"].completed_at
