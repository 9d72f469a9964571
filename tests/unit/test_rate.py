# SPDX-License-Identifier: Apache-2.0
"""The speed that is said: over minutes of wall time, and nothing while too little is known."""

from __future__ import annotations

import pytest

from player.ui.rate import Rate


class Watch:
    """A clock that a test sets."""

    def __init__(self) -> None:
        self.now = 1000.0

    def __call__(self) -> float:
        return self.now


def watched(steps: list[tuple[float, int]]) -> tuple[Rate, Watch]:
    """A rate that heard, after so many seconds each, that so many bytes are here."""
    watch = Watch()
    rate = Rate(watch)
    rate.hear(0)
    for seconds, count in steps:
        watch.now += seconds
        rate.hear(count)
    return rate, watch


def test_nothing_is_said_while_too_little_was_seen() -> None:
    rate, watch = watched([(1, 500_000)])
    assert rate.speed() is None
    watch.now += 9
    rate.hear(1_000_000)
    assert rate.speed() == pytest.approx(100_000)


def test_waiting_counts_too() -> None:
    """Dead 20 s of each 30 s: a third of what the line carries."""
    cycle = [(10.0, 1_000_000), (20.0, 1_000_000)]
    steps = [(s, count + n * 1_000_000) for n in range(8) for s, count in cycle]
    rate, _ = watched(steps)
    assert rate.speed() == pytest.approx(1_000_000 / 30, rel=0.15)


def test_a_line_that_died_slows_down_and_then_says_nothing() -> None:
    rate, watch = watched([(10, 1_000_000)])
    watch.now += 10
    assert rate.speed() == pytest.approx(50_000)
    for _ in range(13):
        watch.now += 10
        rate.hear(1_000_000)
    assert rate.speed() is None


@pytest.mark.parametrize("jump", [3600.0, -3600.0])
def test_after_a_sleep_or_a_jump_of_the_clock_it_begins_anew(jump: float) -> None:
    rate, watch = watched([(10, 1_000_000), (jump, 1_000_000)])
    assert rate.speed() is None
    watch.now += 10
    rate.hear(1_200_000)
    assert rate.speed() == pytest.approx(20_000)
