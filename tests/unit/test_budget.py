# SPDX-License-Identifier: Apache-2.0
"""How much may be fetched now: the rules, over every clock and both changes of summer time."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from player.download.budget import Allowance, Budget, allowed
from player.errors import BudgetSpent, DayBudgetSpent, MeteredLink, OutsideHours

PARIS = ZoneInfo("Europe/Paris")
NOON = datetime(2026, 11, 26, 12, tzinfo=PARIS)
NIGHT = ((22 * 60, 6 * 60),)
MB = 1_000_000

limits = st.none() | st.integers(0, 500)
minutes = st.integers(0, 1439)
hours = st.lists(st.tuples(minutes, minutes), max_size=3).map(tuple)
budgets = st.builds(Budget, limits, limits, hours, st.sampled_from(["ask", "go", "wait"]))
moments = st.integers(0, 13 * 366 * 24 * 60).map(
    lambda minute: (datetime(2026, 1, 1, tzinfo=UTC) + timedelta(minutes=minute)).astimezone(PARIS)
)
metered = st.sampled_from([None, True, False])


def at(*when: int, fold: int = 0) -> datetime:
    year, month, day, hour, minute = when
    return datetime(year, month, day, hour, minute, tzinfo=PARIS, fold=fold)


def judge(budget: Budget, now: datetime = NOON, today: int = 0, month: int = 0) -> Allowance:
    return allowed(budget, today, month, now, None, False)


def test_without_rules_everything_may_come() -> None:
    assert judge(Budget(), today=10**12, month=10**12) == Allowance(None)


def test_the_smaller_rest_counts() -> None:
    assert judge(Budget(day=50, month=200), today=20, month=100) == Allowance(30)
    assert judge(Budget(day=50, month=200), today=20, month=190) == Allowance(10)
    assert judge(Budget(day=50), today=50, month=50).bytes_left == 0


@pytest.mark.parametrize(
    ("budget", "today", "month", "now", "reason", "until"),
    [
        (Budget(day=50), 50, 50, NOON, "day", at(2026, 11, 27, 0, 0)),
        (Budget(month=200), 0, 201, NOON, "month", at(2026, 12, 1, 0, 0)),
        (Budget(50, 200), 50, 200, NOON, "month", at(2026, 12, 1, 0, 0)),
        (Budget(month=200), 0, 200, at(2026, 12, 31, 23, 59), "month", at(2027, 1, 1, 0, 0)),
        (Budget(hours=NIGHT), 0, 0, NOON, "hours", at(2026, 11, 26, 22, 0)),
        (Budget(hours=((1, 2),)), 0, 0, NOON, "hours", at(2026, 11, 27, 0, 1)),
        (Budget(50, None, NIGHT), 50, 0, NOON, "day", at(2026, 11, 27, 0, 0)),
        (Budget(50, None, ((480, 720),)), 50, 0, NOON, "day", at(2026, 11, 27, 8, 0)),
    ],
)
def test_it_says_why_and_until_when(
    budget: Budget, today: int, month: int, now: datetime, reason: str, until: datetime
) -> None:
    found = judge(budget, now, today, month)
    assert (found.bytes_left, found.reason, found.until) == (0, reason, until)


@pytest.mark.parametrize(
    ("clock", "open_"),
    [("21:59", False), ("22:00", True), ("23:59", True), ("00:00", True), ("05:59", True),
     ("06:00", False)],
)  # fmt: skip
def test_a_night_goes_over_midnight(clock: str, open_: bool) -> None:
    hour, minute = map(int, clock.split(":"))
    found = judge(Budget(hours=NIGHT), NOON.replace(hour=hour, minute=minute))
    assert (found.bytes_left is None) is open_


def test_a_hand_overrides_hours_and_line_but_not_the_megabytes() -> None:
    rules = Budget(50, None, NIGHT)
    assert allowed(rules, 20, 20, NOON, True, True) == Allowance(30)
    found = allowed(rules, 50, 50, NOON, True, True)
    assert (found.reason, found.until) == ("day", at(2026, 11, 27, 0, 0))


@pytest.mark.parametrize("rule", ["ask", "wait"])
def test_a_metered_line_holds_and_time_does_not_help(rule: str) -> None:
    found = allowed(Budget(on_metered=rule), 0, 0, NOON, True, False)
    assert found == Allowance(0, None, "metered")
    assert allowed(Budget(on_metered=rule), 0, 0, NOON, None, False).bytes_left is None


def test_on_a_metered_line_it_may_be_let_go() -> None:
    assert allowed(Budget(on_metered="go"), 0, 0, NOON, True, False) == Allowance(None)


def test_a_day_that_the_clock_has_not_reached_ends_with_itself() -> None:
    found = allowed(Budget(day=50), 50, 50, NOON, None, False, today=date(2026, 11, 30))
    assert found.until == at(2026, 12, 1, 0, 0)


def test_summer_time_begins_and_ends() -> None:
    gone = judge(Budget(hours=((150, 300),)), at(2026, 3, 29, 1, 50))  # 2:30 does not exist
    assert gone.until is not None
    assert gone.until.astimezone(UTC) == datetime(2026, 3, 29, 1, 30, tzinfo=UTC)
    second = judge(Budget(hours=((165, 300),)), at(2026, 10, 25, 2, 30, fold=1))
    assert second.until is not None
    assert second.until.astimezone(UTC) == datetime(2026, 10, 25, 1, 45, tzinfo=UTC)
    spent = judge(Budget(day=1), at(2026, 10, 25, 1, 0), today=1)  # a day of 25 hours
    assert spent.until is not None
    assert (spent.until - at(2026, 10, 25, 1, 0)) == timedelta(hours=23)
    ahead = spent.until.astimezone(UTC) - at(2026, 10, 25, 1, 0).astimezone(UTC)
    assert ahead == timedelta(hours=24)


@given(budgets, st.integers(0, 600), st.integers(0, 600), moments, metered, st.booleans())
def test_every_judgement_makes_sense(
    budget: Budget, today: int, more: int, now: datetime, line: bool | None, hand: bool
) -> None:
    month = today + more
    found = allowed(budget, today, month, now, line, hand)
    assert (found.bytes_left == 0) == bool(found.reason)
    assert (found.held is not None) == bool(found.reason)
    if found.bytes_left:
        assert found.bytes_left <= min(
            limit for limit in (budget.day, budget.month) if limit is not None
        ) - min(today, month)
    if found.until is not None:
        assert found.bytes_left == 0
        assert found.until.astimezone(UTC) > now.astimezone(UTC)
        assert found.until.astimezone(UTC) - now.astimezone(UTC) <= timedelta(days=33)
    # More was never allowed for having used more, nor for not having asked
    assert _size(allowed(budget, today + 1, month + 1, now, line, hand)) <= _size(found)
    assert _size(found) <= _size(allowed(budget, today, month, now, line, True))


@given(budgets, st.integers(0, 600), st.integers(0, 600), moments)
def test_at_that_time_it_does_go_on(budget: Budget, today: int, more: int, now: datetime) -> None:
    found = allowed(budget, today, today + more, now, False, False)
    if found.until is None:
        return
    then = found.until.astimezone(UTC).astimezone(PARIS)
    left = allowed(
        budget,
        0 if then.date() > now.date() else today,
        0 if (then.year, then.month) > (now.year, now.month) else today + more,
        then,
        False,
        False,
    )
    spent_for_good = 0 in (budget.day, budget.month)
    skipped = then.replace(tzinfo=None) != found.until.replace(tzinfo=None)  # a gap in the day
    assert left.bytes_left != 0 or spent_for_good or skipped


def _size(found: Allowance) -> float:
    return float("inf") if found.bytes_left is None else found.bytes_left


def test_what_is_said() -> None:
    spent = judge(Budget(month=200 * MB), month=200 * MB).held
    assert isinstance(spent, BudgetSpent)
    assert str(spent).startswith(
        "This month's 200 MB are used up. What came is kept; it goes on by itself on 2026-12-01,"
    )
    assert isinstance(judge(Budget(day=1), today=1).held, DayBudgetSpent)
    night = judge(Budget(hours=NIGHT)).held
    assert isinstance(night, OutsideHours)
    assert "until 2026-11-26 22:00," in str(night)
    line = allowed(Budget(), 0, 0, NOON, True, False).held
    assert isinstance(line, MeteredLink)
    assert line.retry
    assert judge(Budget()).held is None
