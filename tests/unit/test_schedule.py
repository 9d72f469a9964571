# SPDX-License-Identifier: Apache-2.0
"""When parts of a course open, are due, and what they wait for."""

from __future__ import annotations

from collections.abc import Sequence as Several
from datetime import UTC, datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st
from scheduled import BLOB, course, page, week

from player.course.manifest import (
    CoursePath,
    Manifest,
    Meeting,
    Quiz,
    Section,
    Unknown,
)
from player.course.schedule import Situation, Standing, course_dates, is_scheduled, standings
from player.course.schedule_rules import oddities

NOON = datetime(2026, 3, 2, 12, 0, tzinfo=UTC)  # a Monday
DAKAR, PARIS, AUCKLAND = (
    ZoneInfo("Africa/Dakar"),
    ZoneInfo("Europe/Paris"),
    ZoneInfo("Pacific/Auckland"),
)


def situation(now: datetime = NOON, **facts: Any) -> Situation:
    given_: dict[str, Any] = {"reached": now, "zone": PARIS, "enrolled": NOON, **facts}
    return Situation(now=now, **given_)


def standing(of: Section, **facts: Any) -> Standing:
    return standings(course(of), situation(**facts))[of.id]


def odd(manifest: Manifest) -> list[tuple[str, str, str, str]]:
    return [(one.part, one.key, one.what, one.other) for one in oddities(manifest)]


# Dates


def test_a_course_without_rules_is_open_and_asks_for_no_reading() -> None:
    plain = course(week("one"), week("two"))
    assert not is_scheduled(plain)
    assert set(standings(plain, situation()).values()) == {Standing()}


@pytest.mark.parametrize(
    "rules",
    [
        {"opens": "2026-03-09"},
        {"opens_after": 0.0},
        {"due": "2026-03-09"},
        {"due_after": 7.0},
        {"needs": ("x",)},
    ],
)
def test_any_rule_makes_a_course_one_with_a_schedule(rules: dict[str, Any]) -> None:
    assert is_scheduled(course(week("one", **rules)))


def test_a_point_in_time_opens_for_everybody_at_once_and_is_said_in_their_own_zone() -> None:
    second = week("two", opens="2026-03-09T08:00:00+01:00")
    for zone, hour in ((DAKAR, 7), (PARIS, 8), (AUCKLAND, 20)):
        found = standing(second, zone=zone)
        assert not found.is_open
        assert found.opens_at is not None
        assert (found.opens_at.hour, found.opens_at.day) == (hour, 9)
    opening = datetime(2026, 3, 9, 7, 0, tzinfo=UTC)
    assert not standing(second, now=opening - timedelta(seconds=1)).is_open
    assert standing(second, now=opening).is_open


def test_a_date_alone_is_a_day_where_the_learner_is() -> None:
    second = week("two", opens="2026-03-09", due="2026-03-15")
    there = standing(second, zone=AUCKLAND)
    assert there.opens_at == datetime(2026, 3, 9, tzinfo=AUCKLAND)
    assert there.due == datetime(2026, 3, 15, 23, 59, 59, tzinfo=AUCKLAND)
    first = datetime(2026, 3, 8, 11, 0, tzinfo=UTC)  # midnight in Auckland; noon before in Paris
    assert standing(second, zone=AUCKLAND, now=first).is_open
    assert not standing(second, zone=PARIS, now=first).is_open


def test_days_since_the_enrolment_go_by_the_calendar() -> None:
    late = datetime(2026, 3, 2, 22, 30, tzinfo=UTC)  # 23:30 in Paris: still Monday
    second = week("two", opens_after=7.0, due_after=13.0)
    found = standing(second, enrolled=late, now=late)
    assert found.opens_at == datetime(2026, 3, 9, tzinfo=PARIS)
    assert found.due == datetime(2026, 3, 15, 23, 59, 59, tzinfo=PARIS)
    assert standing(week("one", opens_after=0.0), enrolled=late, now=late).is_open


def test_a_part_of_a_day_is_added_from_the_moment_itself() -> None:
    found = standing(week("two", opens_after=0.5, due_after=1.25))
    assert found.opens_at == NOON + timedelta(hours=12)
    assert found.due == NOON + timedelta(hours=30)


def test_a_week_with_a_day_of_23_hours_is_a_week() -> None:
    before = datetime(2026, 3, 28, 20, 0, tzinfo=UTC)  # Paris turns its clocks on the 29th
    found = standing(week("two", opens_after=1.0, due_after=1.0), enrolled=before, now=before)
    assert found.opens_at == datetime(2026, 3, 29, tzinfo=PARIS)
    assert found.due == datetime(2026, 3, 29, 23, 59, 59, tzinfo=PARIS)
    assert found.due is not None
    assert found.opens_at is not None
    assert found.due.astimezone(UTC) - found.opens_at.astimezone(UTC) == timedelta(
        hours=23, seconds=-1
    )


def test_where_clocks_leap_over_midnight_the_day_begins_where_they_land() -> None:
    beirut = ZoneInfo("Asia/Beirut")  # on 28 March 2027 after 23:59:59 comes 1:00
    found = standing(week("two", opens="2027-03-28"), zone=beirut)
    assert found.opens_at == datetime(2027, 3, 27, 22, 0, tzinfo=UTC)
    assert found.opens_at.hour == 1


def test_days_are_counted_from_the_start_of_a_course_that_begins_later() -> None:
    plan = course(week("one"), week("two", opens_after=7.0), starts="2026-04-06", ends="2026-05-03")
    found = standings(plan, situation())
    assert found["one"].opens_at == datetime(2026, 4, 6, tzinfo=PARIS)
    assert not found["one"].is_open
    assert found["two"].opens_at == datetime(2026, 4, 13, tzinfo=PARIS)
    late = standings(plan, situation(datetime(2026, 4, 20, 9, tzinfo=UTC), enrolled=NOON))
    assert late["one"].is_open
    assert late["two"].is_open


def test_the_end_of_a_course_and_deadlines_lock_nothing() -> None:
    plan = course(week("one", due="2026-03-08"), starts="2026-02-01", ends="2026-03-10")
    found = standings(plan, situation(datetime(2027, 1, 1, tzinfo=UTC)))
    assert found["one"].is_open
    assert found["one-page"].is_open


def test_an_activity_is_due_with_its_section_or_by_its_own_date() -> None:
    asked = Quiz(id="quiz", title="", blob=BLOB, questions=1, answer_by="2026-03-05T18:00:00Z")
    found = standings(course(week("one", page("text"), asked, due="2026-03-08")), situation())
    assert found["text"].due == found["one"].due == datetime(2026, 3, 8, 23, 59, 59, tzinfo=PARIS)
    assert found["quiz"].due == datetime(2026, 3, 5, 18, 0, tzinfo=UTC)


# Needs


def test_what_is_needed_has_to_be_done_first() -> None:
    plan = course(
        week("one", page("a"), page("b")), week("two", page("c", "a"), page("d"), needs=("one",))
    )
    found = standings(plan, situation())
    assert found["two"].lacks == ("one",)
    assert (found["c"].is_open, found["c"].lacks) == (False, ("one", "a"))
    found = standings(plan, situation(done={"a"}))
    assert (found["c"].lacks, found["d"].lacks) == (("one",), ("one",))
    assert all(one.is_open for one in standings(plan, situation(done={"a", "b"})).values())


def test_nobody_waits_for_what_cannot_be_done() -> None:
    plan = course(
        week("one", page("a", "no-such", "strange"), Unknown(id="strange", title="", kind="vr")),
        week("two", page("b"), needs=("one", "other")),
        week("other", page("c")),
        paths=(CoursePath("mine", "", ("two",)), CoursePath("theirs", "", ("other",))),
    )
    found = standings(plan, situation(aside={"other"}, done={"a"}))
    assert found["a"].is_open
    assert found["two"].is_open
    assert not standings(plan, situation(done={"a"}))["two"].is_open  # nobody chose a path


@pytest.mark.parametrize(
    ("plan", "expected"),
    [
        pytest.param(
            course(week("one", page("a", "b"), page("b", "a"))),
            [("a", "needs", "circle", "b"), ("b", "needs", "circle", "a")],
            id="two pages wait for each other",
        ),
        pytest.param(
            course(week("one", page("a", "c")), week("two", page("b"), page("c"), needs=("one",))),
            [("a", "needs", "circle", "c"), ("two", "needs", "circle", "one")],
            id="a page waits for one in the section that waits for it",
        ),
        pytest.param(
            course(week("one", page("a"), needs=("one",))),
            [("one", "needs", "itself", "one")],
            id="a section waits for itself",
        ),
        pytest.param(
            course(week("one", page("a"), page("b", "one"))),
            [("b", "needs", "itself", "one")],
            id="a page waits for the section in which it is",
        ),
        pytest.param(
            course(week("one", page("a"), needs=("a",))),
            [("one", "needs", "itself", "a")],
            id="a section waits for its own page",
        ),
    ],
)
def test_a_circle_is_open_and_reported(
    plan: Manifest, expected: list[tuple[str, str, str, str]]
) -> None:
    assert odd(plan) == expected
    assert all(one.is_open for one in standings(plan, situation()).values())


def test_beside_a_circle_needs_hold() -> None:
    plan = course(
        week("one", page("a", "b"), page("b", "a"), page("c", "a"), page("d")),
        week("two", page("e", "d")),
    )
    found = standings(plan, situation())
    assert [one for one in "abcde" if not found[one].is_open] == ["c", "e"]


@given(
    st.lists(
        st.tuples(st.integers(0, 7), st.sampled_from(["w0", "w1", *(f"p{n}" for n in range(8))])),
        max_size=20,
    )
)
def test_whatever_is_needed_somebody_who_does_what_is_open_gets_to_the_end(
    needs: list[tuple[int, str]],
) -> None:
    pages = [page(f"p{n}", *(need for one, need in needs if one == n)) for n in range(8)]
    plan = course(week("w0", *pages[:4]), week("w1", *pages[4:], needs=("p0",)))
    done: set[str] = set()
    for _ in pages:
        found = standings(plan, situation(done=done))
        done |= {one.id for one in pages if found[one.id].is_open}
    assert len(done) == len(pages)


def test_next_and_previous_pass_by_what_is_closed() -> None:
    plan = course(
        week("one", page("a"), page("b", "z"), page("c")), week("two", page("d"), page("z"))
    )
    found = standings(plan, situation())
    may = {one for one, how in found.items() if how.is_open}
    assert (plan.beside("a", 1, may=may), plan.beside("c", -1, may=may)) == ("c", "a")
    assert (plan.beside("a", 1), plan.beside("a", 2), plan.beside("z", 1)) == ("b", "c", "")
    assert (plan.beside("a", -1, may=may), plan.beside("nobody", 1, may=may)) == ("", "")


# Clocks


def test_what_was_open_once_stays_open_under_a_clock_that_was_set_back() -> None:
    plan = course(
        week("one", page("a")),
        week("two", page("b"), page("c"), opens="2026-03-09"),
        week("three", page("d"), opens_after=14.0),
        week("four", page("e", "a"), page("f", "a")),
    )
    back = NOON - timedelta(days=365)
    closed = standings(plan, situation(back))
    assert [one for one in "abcdef" if not closed[one].is_open] == ["b", "c", "d", "e", "f"]
    again = standings(plan, situation(back, touched={"b", "e"}, opened={"three"}))
    assert [one for one in "abcdef" if not again[one].is_open] == ["f"]


def test_openings_go_by_what_the_time_has_come_to_and_not_by_what_the_clock_says() -> None:
    plan = course(week("two", opens="2026-03-09"))
    back = NOON - timedelta(days=365)
    assert standings(plan, situation(back, reached=NOON + timedelta(days=7)))["two"].is_open


def test_whoever_enrolled_years_ahead_waits_no_longer_than_others() -> None:
    ahead = datetime(2038, 1, 19, 12, 0, tzinfo=UTC)
    second = week("two", opens_after=7.0)
    found = standing(second, enrolled=ahead, now=NOON, reached=ahead + timedelta(days=2))
    assert not found.is_open
    assert found.opens_at == datetime(2026, 3, 7, tzinfo=PARIS)
    assert standing(second, enrolled=ahead, now=NOON, reached=ahead + timedelta(days=7)).is_open


# What cannot be


@pytest.mark.parametrize(
    ("rules", "expected"),
    [
        ({"opens": "2026-02-31"}, [("opens", "date", "")]),
        ({"opens": "soon"}, [("opens", "date", "")]),
        ({"opens": "2026-03-09T08:00:00"}, [("opens", "date", "")]),
        ({"opens": "9999-12-31T23:59:59-14:00"}, [("opens", "date", "")]),
        ({"due": "2026-13-01T00:00:00Z"}, [("due", "date", "")]),
        ({"opens": "2026-03-20", "due": "2026-03-15"}, [("opens", "late", "due")]),
        ({"opens_after": 9.0, "due_after": 7.0}, [("opens_after", "late", "due_after")]),
        ({"opens_after": -1.0}, [("opens_after", "days", "")]),
        ({"opens_after": 1e300}, [("opens_after", "days", "")]),
        ({"opens_after": float("nan")}, [("opens_after", "days", "")]),
        ({"due_after": -0.5}, [("due_after", "days", "")]),
        ({"opens": "2026-06-01"}, [("opens", "over", "")]),
        (
            {"opens": "2026-03-09", "opens_after": 7.0},
            [("opens", "both", "opens_after"), ("opens_after", "both", "opens")],
        ),
    ],
)
def test_an_impossible_rule_is_reported_and_leaves_the_week_open(
    rules: dict[str, Any], expected: list[tuple[str, str, str]]
) -> None:
    plan = course(week("two", **rules), ends="2026-04-30")
    assert odd(plan) == [("two", *one) for one in expected]
    found = standings(plan, situation())["two"]
    assert found.is_open
    assert found.opens_at is None


def test_a_course_that_ends_before_it_begins_always_runs() -> None:
    plan = course(week("one"), starts="2026-05-01", ends="2026-04-01")
    assert odd(plan) == [("", "starts", "backwards", "ends"), ("", "ends", "backwards", "starts")]
    assert course_dates(plan, PARIS) == (None, None)
    assert standings(plan, situation())["one"].is_open


def test_a_meeting_needs_a_beginning_and_ends_after_it() -> None:
    def found(**dates: str) -> list[tuple[str, str, str, str]]:
        return odd(course(week("one"), meetings=(Meeting(id="live", title="", **dates),)))

    assert found(starts="2026-03-04T18:00:00Z", ends="2026-03-04T19:00:00Z") == []
    assert found(starts="") == [("live", "starts", "date", "")]
    assert found(starts="2026-03-04T18:00:00Z", ends="2026-03-04T17:00:00Z") == [
        ("live", "ends", "backwards", "starts")
    ]


_TEXTS = st.one_of(
    st.sampled_from(["", "2026-03-09", "2026-03-09T08:00:00Z", "0001-01-01", "9999-12-31"]),
    st.text(max_size=30),
)
_DAYS = st.one_of(st.none(), st.floats())


@given(_TEXTS, _TEXTS, _DAYS, _DAYS, _TEXTS, _TEXTS)
def test_no_rule_whatever_takes_the_calendar_down(
    opens: str, due: str, opens_after: float | None, due_after: float | None, starts: str, ends: str
) -> None:
    one = week("one", opens=opens, due=due, opens_after=opens_after, due_after=due_after)
    plan = course(one, starts=starts, ends=ends, meetings=(Meeting(id="m", title="", starts=due),))
    for zone in (DAKAR, AUCKLAND):
        assert set(standings(plan, situation(zone=zone))) == {"one", "one-page"}


@pytest.mark.parametrize("last", ["9999-12-31", "9999-12-31T23:59:59Z", "0001-01-01"])
def test_a_year_that_nobody_meant_is_no_date(last: str) -> None:
    plan = course(week("one", opens=last, due=last), starts=last, ends=last)
    assert standings(plan, situation())["one"] == Standing()
    assert course_dates(plan, PARIS) == (None, None)
    assert {one.what for one in oddities(plan)} == {"date"}


@pytest.mark.parametrize("days", [1.0, 0.5, 36_600.0])
def test_nobody_waits_for_days_that_no_calendar_has(days: float) -> None:
    late = datetime(9999, 12, 31, 12, tzinfo=UTC)  # a clock that says so was believed once
    plan = course(week("one", opens_after=days, due_after=days))
    found = standings(plan, situation(enrolled=late))["one"]
    assert found.is_open or found.opens_at


def _sections(number: int) -> Several[Section]:
    return [week(f"w{n}", page(f"p{n}"), needs=(f"w{n - 1}",) if n else ()) for n in range(number)]


def test_a_chain_of_ten_thousand_sections_is_walked() -> None:
    plan = course(*_sections(10_000))
    found = standings(plan, situation())
    assert found["w0"].is_open
    assert not found["w9999"].is_open
    assert odd(plan) == []
