# SPDX-License-Identifier: Apache-2.0
"""Which attempt counts and what tries cost, by the examples of Moodle and Open edX."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from player.lesson.policy import after_tries, counted, passes


@pytest.mark.parametrize(
    ("counts", "score"),
    [("best", 0.9), ("first", 0.5), ("last", 0.7), ("average", 0.7), ("a later word", 0.9)],
)
def test_moodles_four_grading_methods(counts: str, score: float) -> None:
    assert counted([0.5, 0.9, 0.7], counts) == pytest.approx(score)
    assert counted([], counts) is None


def test_moodles_adaptive_mode_takes_a_third_for_each_wrong_try() -> None:
    """Penalty factor 0.3333333: right at once, at the second, the third and the fourth try."""
    marks = [after_tries(1.0, wrong, 0.3333333) for wrong in range(4)]
    assert marks == pytest.approx([1, 2 / 3, 1 / 3, 0], abs=1e-6)


def test_moodles_adaptive_mode_takes_penalties_from_partial_marks_too() -> None:
    assert after_tries(0.5, 2, 0.1) == pytest.approx(0.3)


@given(st.floats(0, 1), st.integers(0, 50), st.floats(0, 1))
def test_tries_never_add_and_never_go_below_nothing(
    score: float, wrong: int, penalty: float
) -> None:
    assert 0 <= after_tries(score, wrong, penalty) <= score


@given(st.lists(st.floats(0, 1), min_size=1), st.sampled_from(["best", "first", "last", "average"]))
def test_what_counts_lies_within_what_was_reached(scores: list[float], counts: str) -> None:
    found = counted(scores, counts)
    assert found is not None
    assert min(scores) - 1e-12 <= found <= max(scores) + 1e-12


@pytest.mark.parametrize(
    ("score", "passing", "passed"),
    [
        (0.6, 0.6, True),
        (0.59996, 0.6, True),
        (0.59, 0.6, False),
        (0.0, 0.0, None),
        (1.0, 0.0, None),
    ],
)
def test_what_is_nearly_enough_is_enough(score: float, passing: float, passed: bool | None) -> None:
    assert passes(score, passing) is passed
