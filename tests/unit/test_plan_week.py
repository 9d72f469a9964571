# SPDX-License-Identifier: Apache-2.0
"""A plan by the week: when a week begins, what a course's words suggest, and no guilt."""

from __future__ import annotations

import time
from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta

import pytest

from player.app.plan import Week, hours_in, suggestion, week_start
from player.course.manifest import Licence, Manifest


@pytest.fixture
def dakar(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """A place east of Greenwich, where Monday comes earlier."""
    with monkeypatch.context() as patch:
        patch.setenv("TZ", "UTC-3")  # POSIX: three hours ahead
        time.tzset()
        yield
    time.tzset()


def course(effort: str = "", ends: str = "") -> Manifest:
    return Manifest(
        format="cartable/1", kind="course", id="c", version=1, title="C", language="fr", summary="",
        authors=(), licence=Licence("CC0-1.0"), issued="", sections=(), blobs={}, effort=effort,
        ends=ends,
    )  # fmt: skip


@pytest.mark.parametrize(
    ("effort", "hours"),
    [
        ("2 h par semaine, pendant 4 semaines", 2),
        ("90 minutes per week, for 3 weeks", 1.5),
        ("1 h 30 par semaine", 1.5),
        ("2h15 par semaine", 2.5),
        ("2 à 3 heures par semaine", 2),
        ("2-3 hours a week", 2),
        ("3,5 horas por semana", 3.5),
        ("20 min a week", 0.5),
        ("4 weeks", None),
        ("10 h in all", None),
        ("0 h per week", None),
        ("200 hours a week", 40),
        ("", None),
        ("9" * 400 + " h per week", 40),
    ],
)
def test_hours_a_week_are_read_off_what_an_author_writes(effort: str, hours: float | None) -> None:
    assert hours_in(effort) == hours


def test_without_such_words_the_last_date_says_what_would_fit() -> None:
    now = datetime(2026, 1, 5, tzinfo=UTC)
    end = now + timedelta(weeks=4)
    assert suggestion(course("2 h par semaine"), 3600, now, end) == 2
    assert suggestion(course(), 6 * 3600, now, end) == 1.5
    assert suggestion(course(ends="2026-01-19T00:00:00Z"), 6 * 3600, now) == 3
    assert suggestion(course(ends="2026-01-06T00:00:00Z"), 3 * 3600, now) == 3  # days are left
    for ends in ("", "soon", "2026-01-19", "2025-01-19T00:00:00Z"):
        assert suggestion(course(ends=ends), 6 * 3600, now) is None
    assert suggestion(course(), 0, now, end) is None


@pytest.mark.parametrize(("first_day", "starts"), [(1, 5), (7, 4), (6, 3)])
def test_a_week_begins_on_the_readers_first_day(first_day: int, starts: int) -> None:
    now = datetime(2026, 1, 7, 12, tzinfo=UTC)  # a Wednesday
    assert week_start(now, first_day).date() == date(2026, 1, starts)
    again = week_start(datetime(2026, 1, starts, 12, tzinfo=UTC), first_day)
    assert again.date() == date(2026, 1, starts)


@pytest.mark.usefixtures("dakar")
def test_a_week_begins_at_the_local_midnight() -> None:
    late = datetime(2026, 1, 4, 22, 30, tzinfo=UTC)  # Monday, half past one
    assert week_start(late) == datetime(2026, 1, 4, 21, tzinfo=UTC)


def test_a_share_of_a_plan_never_exceeds_it_and_without_one_there_is_none() -> None:
    assert Week(date(2026, 1, 5), 2, 3600).share == 0.5
    assert Week(date(2026, 1, 5), 2, 36000).share == 1
    assert Week(date(2026, 1, 5), 0, 3600).share == 0
