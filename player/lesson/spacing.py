# SPDX-License-Identifier: Apache-2.0
"""When a question comes again: FSRS-6, as py-fsrs has it, on whole days. Pure.

Steps of minutes and chance are switched off: the least interval is a day, and the same acts give
the same days on every PC. The parameters are those that py-fsrs ships, fitted to many learners'
reviews (https://github.com/open-spaced-repetition/py-fsrs).
"""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from functools import cache

from fsrs import Card, Rating, Scheduler, State

AGAIN, HARD, GOOD, EASY = 1, 2, 3, 4
_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
_RETENTION = 0.9  # asked for when nine of ten would still know it
_LONGEST = 365  # days: a question of a course is seen once a year at least

Memory = tuple[float, float, int]
"""FSRS' stability (days) and difficulty (1 to 10), and the day of the last review."""


def after(memory: Memory | None, rating: int, day: int) -> tuple[Memory, int]:
    """Return the memory after a review, and the day on which the question comes again.

    `day` counts from any day, the same for all; one before the last review counts as that one.
    """
    stability, difficulty, last = memory or (None, None, day)
    card = Card(
        card_id=1,
        state=State.Review if memory else State.Learning,
        stability=stability,
        difficulty=difficulty,
        due=_EPOCH,
        last_review=_at(last) if memory else None,
    )
    day = max(day, last)
    found, _ = _scheduler().review_card(card, Rating(rating), _at(day))
    if found.stability is None or found.difficulty is None:
        raise AssertionError("FSRS gives both at every review")
    return (found.stability, found.difficulty, day), (found.due - _EPOCH).days


def _at(day: int) -> datetime:
    return _EPOCH + timedelta(days=day)


@cache
def _scheduler() -> Scheduler:
    return Scheduler(
        desired_retention=_RETENTION,
        learning_steps=(),
        relearning_steps=(),
        maximum_interval=_LONGEST,
        enable_fuzzing=False,
    )
