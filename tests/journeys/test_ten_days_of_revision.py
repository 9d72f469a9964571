# SPDX-License-Identifier: Apache-2.0
"""A quiz is missed on Monday; for ten days its questions come again, a few minutes a day.

The PC is switched off each night, the course gets a new version, one day is left out, and on the
last day the learner has had enough.
"""

from __future__ import annotations

from collections.abc import Iterator
from itertools import pairwise
from pathlib import Path

import pytest
from clock import Clock
from revised import COURSE, Pupil
from small_course import GIFT

from player.journal.events import Reviewed
from player.journal.journal import events


@pytest.fixture
def days(tmp_path: Path, clock: Clock) -> Iterator[list[Pupil]]:
    started: list[Pupil] = []
    yield started
    for one in started:
        one.services.close_thread()


def morning(days: list[Pupil], clock: Clock, root: Path) -> Pupil:
    """Switch the PC on, a day later."""
    if days:
        days[-1].services.close_thread()
        clock.restart(days=1)
    days.append(Pupil(root, clock))
    return days[-1]


def asked(pupil: Pupil) -> list[str]:
    acts = (one.act for one in events(pupil.services.db, "kind = 'reviewed'"))
    return [one.question for one in acts if isinstance(one, Reviewed)]


def test_ten_days_of_revision(days: list[Pupil], clock: Clock, tmp_path: Path) -> None:
    monday = morning(days, clock, tmp_path)
    monday.take()
    monday.sit(right=False)
    score = monday.services.done(COURSE)[monday.activity().id].score
    assert monday.revise() == 0, "it was shown today"

    came: list[set[str]] = []
    for day in range(1, 10):
        pupil = morning(days, clock, tmp_path)
        if day == 3:
            pupil.take(GIFT.replace("Personne", "Nul"))
        if day == 5:
            came.append(set())
            continue  # nobody sits down, and nobody is reminded
        before = len(asked(pupil))
        seen: list[tuple[str, str, str]] = []
        while one := pupil.services.revision.ask(seen):
            right = one.question.id == "role" or day > 6
            pupil.answer(one, right=right, seconds=25)
            seen.append(one.key)
        came.append(set(asked(pupil)[before:]))
        due = pupil.services.revision.due()
        assert due.due == 0
        assert due.following is not None
        assert due.following.date() > clock.now.date()

    hard = [day for day, questions in enumerate(came, 1) if "jours" in questions]
    known = [day for day, questions in enumerate(came, 1) if "role" in questions]
    assert hard[:5] == [1, 2, 3, 4, 6], "what is missed comes the next day, or the next time"
    gaps = [later - sooner for sooner, later in pairwise(known)]
    assert gaps == sorted(gaps), "what is known comes ever more rarely"
    assert len(known) < len(hard)

    last = morning(days, clock, tmp_path)
    assert last.services.done(COURSE)[last.activity().id].score == score, "no score changed"
    last.services.revision.take_all_out(COURSE)
    clock.forward(days=400)
    assert last.services.revision.due().total == 0
