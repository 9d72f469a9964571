# SPDX-License-Identifier: Apache-2.0
"""Which of several tries and attempts counts, and what a wrong try costs. Pure.

Scores are 0 to 1. Names and rules are Moodle's and Open edX's: docs/questions.md.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from statistics import fmean

from player.lesson.parts import NEARLY

_COUNTS: Mapping[str, Callable[[Sequence[float]], float]] = {
    "best": max,
    "first": lambda scores: scores[0],
    "last": lambda scores: scores[-1],
    "average": fmean,
}


def counted(scores: Sequence[float], counts: str = "best") -> float | None:
    """Return the score that stands for several attempts, oldest first; None without any.

    A word that is not known here counts the best, which takes nothing from anybody.
    """
    return _COUNTS.get(counts, max)(scores) if scores else None


def passes(score: float, passing: float) -> bool | None:
    """Whether `score` is the share that `passing` asks for; None where it asks for none."""
    return score + NEARLY >= passing if passing else None


def after_tries(score: float, wrong: int, penalty: float) -> float:
    """Return what `score` brings after `wrong` tries, each of which costs `penalty`."""
    return max(score - wrong * penalty, 0.0)
