# SPDX-License-Identifier: Apache-2.0
"""What the journal tells of time: how long somebody learnt, when last, and how fast."""

from __future__ import annotations

from datetime import datetime, timedelta

import pytest
from clock import Clock

from player.journal import study
from player.journal.events import (
    Answered,
    AnyAct,
    Begun,
    Completed,
    Downloaded,
    Finished,
    Left,
    Opened,
    Watching,
)
from player.journal.journal import Where, record
from player.store.database import Database

OPENED, DONE = Opened(type="page"), Completed(type="page")


class Desk:
    """Somebody at a desk, whose clock is put on between acts."""

    def __init__(self, db: Database, learner: str, clock: Clock) -> None:
        self.db, self.learner, self.clock = db, learner, clock
        self.began = clock.now

    def do(self, act: AnyAct, *, course: str = "c", activity: str = "a", **later: float) -> None:
        """Do something, so much later."""
        self.clock.forward(**later)
        record(self.db, Where(self.learner, course, 1, activity), act, self.clock)

    def spent(self, since: datetime | None = None) -> dict[str, float]:
        end = max(self.clock.now, self.began) + timedelta(hours=1)
        return study.spent(self.db, self.learner, since or self.began, end)


@pytest.fixture
def desk(db: Database, learner: str, clock: Clock) -> Desk:
    return Desk(db, learner, clock)


def answer(question: str, seconds: float, attempt: str = "t") -> Answered:
    return Answered(
        attempt=attempt,
        question=question,
        title="",
        interaction="choice",
        response="",
        given={},
        seconds=seconds,
    )


def test_time_is_counted_between_acts_and_a_long_silence_only_in_part(desk: Desk) -> None:
    desk.do(OPENED)
    desk.do(DONE, minutes=4)
    assert desk.spent() == {"c": 240}
    desk.do(OPENED, activity="b", hours=3)  # the window was left open
    assert desk.spent() == {"c": 240 + study.QUIET}


def test_an_answer_that_took_long_counts_as_long_but_never_more_than_the_gap(desk: Desk) -> None:
    desk.do(Begun(type="quiz", attempt="t", number=1))
    desk.do(answer("one", 480), minutes=8)
    assert desk.spent() == {"c": 480}
    desk.do(answer("two", 480), minutes=2)  # it says more than there was
    assert desk.spent() == {"c": 600}
    desk.do(answer("three", 7200), hours=2)  # lunch
    assert desk.spent() == {"c": 600 + study.AWAY}


def test_after_a_video_was_closed_nothing_counts_until_the_next_act(desk: Desk) -> None:
    playing = {"visit": "v", "length": 600.0}
    desk.do(OPENED)
    desk.do(Watching(time=10, **playing), seconds=10)
    desk.do(Left(time=60, **playing), seconds=50)
    desk.do(OPENED, activity="b", minutes=4)
    assert desk.spent() == {"c": 60}


def test_what_the_program_does_by_itself_is_no_learning(desk: Desk) -> None:
    desk.do(Downloaded(section="s"), activity="")
    desk.do(Downloaded(section="t"), activity="", minutes=2)
    assert desk.spent() == {}
    assert study.last_at(desk.db, desk.learner, "c") is None


def test_each_course_has_the_time_until_the_next_act_whichever_it_is_in(desk: Desk) -> None:
    desk.do(OPENED, course="c")
    desk.do(OPENED, course="d", minutes=3)
    desk.do(DONE, course="d", minutes=1)
    assert desk.spent() == {"c": 180, "d": 60}


def test_a_clock_that_is_set_adds_nothing_and_takes_nothing(desk: Desk) -> None:
    desk.do(OPENED)
    desk.clock.now += timedelta(hours=1)  # put forward: no time went by
    desk.do(DONE, minutes=2)
    assert desk.spent() == {"c": 120}
    desk.clock.now -= timedelta(minutes=30)
    desk.do(OPENED, activity="b", minutes=1)
    assert desk.spent() == {"c": 180}


def test_over_a_restart_the_clock_measures_and_never_backwards(desk: Desk) -> None:
    desk.do(OPENED)
    desk.clock.restart(minutes=2)
    desk.do(DONE)
    assert desk.spent() == {"c": 120}
    desk.clock.restart(minutes=-1)
    desk.do(OPENED, activity="b")
    assert desk.spent() == {"c": 120}


def test_a_week_has_only_its_own_acts(desk: Desk) -> None:
    desk.do(OPENED)
    desk.do(DONE, minutes=4)
    desk.clock.forward(days=7)
    monday = desk.clock.now
    desk.do(OPENED)
    desk.do(DONE, minutes=1)
    assert desk.spent(monday) == {"c": 60}


def test_when_somebody_learnt_last(desk: Desk) -> None:
    desk.do(OPENED)
    last = desk.clock.now
    desk.do(Downloaded(section="s"), activity="", days=30)
    assert study.last_at(desk.db, desk.learner, "c") == last
    desk.db.execute(
        "INSERT INTO origins (event, device, previous, hash, done_at)"
        " SELECT id, 'other', '', '', '2026-03-01T00:00:00Z' FROM events WHERE kind = 'opened'"
    )
    found = study.last_at(desk.db, desk.learner, "c")
    assert found is not None
    assert found.month == 3


def test_the_pace_is_the_middle_of_the_last_answers_without_those_left_alone(desk: Desk) -> None:
    assert study.answer_seconds(desk.db, desk.learner) is None
    for number, seconds in enumerate((10, 14, 90, 5000, 0.1)):
        desk.do(answer(str(number), seconds))
    assert study.answer_seconds(desk.db, desk.learner) == 14
    for number in range(study.ANSWERS):
        desk.do(answer(str(number), 40))
    assert study.answer_seconds(desk.db, desk.learner) == 40


def test_how_much_of_an_attempt_is_answered(desk: Desk) -> None:
    def so_far() -> int:
        return study.answered_so_far(desk.db, desk.learner, "c", "a")

    assert so_far() == 0
    desk.do(Begun(type="quiz", attempt="t", number=1))
    desk.do(answer("one", 5))
    desk.do(answer("one", 5))
    desk.do(answer("two", 5))
    assert so_far() == 2
    desk.do(Finished(type="quiz", attempt="t", score=1, points=1, out_of=1))
    assert so_far() == 0
    desk.do(Begun(type="quiz", attempt="u", number=2))
    assert so_far() == 0


def test_what_was_done_this_week_is_found_below_what_came_and_what_is_old(
    desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(study, "STRIDE", 2)
    desk.clock.forward(days=-30)
    for _ in range(3):
        desk.do(OPENED, minutes=1)
    desk.clock.forward(days=30)
    desk.do(OPENED)
    desk.do(DONE, minutes=2)
    desk.do(OPENED, minutes=1)
    assert desk.spent() == {"c": 180}
    for _ in range(4):  # old acts that came from another PC
        record(desk.db, Where(desk.learner, "c", 1, "a"), OPENED, desk.clock)
    desk.db.execute(
        "INSERT INTO origins (event, device, previous, hash, done_at)"
        " SELECT id, 'other', '', '', '2025-03-01T00:00:00Z' FROM events ORDER BY seq DESC LIMIT 4"
    )
    assert desk.spent() == {"c": 180}
