# SPDX-License-Identifier: Apache-2.0
"""How a course's files stand at a glance."""

from __future__ import annotations

import pytest

from player.app import WishedSection
from player.ui.standing import standings


def wish(here: int, *, problem: str = "", held: bool = False, course: str = "a") -> WishedSection:
    return WishedSection(course, "s", "A", "S", "", here, 1_000_000, problem, held=held)


@pytest.mark.parametrize(
    ("wished", "running", "sign"),
    [
        ([wish(1_000_000), wish(1_000_000)], True, "check-circle"),
        ([wish(1_000_000), wish(5)], True, "download"),
        ([wish(1_000_000), wish(5)], False, "pause"),
        ([wish(1_000_000), wish(5, held=True)], True, "pause"),
        ([wish(5, problem="gone"), wish(5)], True, "warning"),
        ([wish(1_000_000, problem="gone")], True, "check-circle"),  # it came since
    ],
)
def test_the_sign_says_what_the_words_say(
    wished: list[WishedSection], running: bool, sign: str
) -> None:
    assert standings(wished, running=running)["a"].sign == sign


def test_figures_of_one_course_are_added_and_of_two_are_not() -> None:
    found = standings([wish(250_000), wish(750_000), wish(5, course="b")], running=True)
    assert (found["a"].here, found["a"].total, found["b"].here) == (1_000_000, 2_000_000, 5)
    assert "50" in found["a"].words
