# SPDX-License-Identifier: Apache-2.0
"""A store that asked to be left alone is, over a restart too, and by no clock for ever."""

from __future__ import annotations

import pytest
from clock import Clock
from every_act import PASSED
from lrs_simulator import (
    BUSY_FOR_AN_HOUR,
    ENDPOINT,
    FAILS,
    PLATFORM,
    SILENT,
    Answer,
    LrsSimulator,
)

from player.journal.journal import Where, record
from player.store.database import Database
from player.sync import rest
from player.sync.backoff import Pace
from player.sync.packing import Packing
from player.sync.push import push


def test_it_lasts_as_long_as_was_asked(db: Database, clock: Clock) -> None:
    assert rest.left(db, ENDPOINT, clock) == 0
    rest.keep(db, ENDPOINT, 1800, clock)
    assert rest.left(db, ENDPOINT, clock) == 1800
    assert rest.left(db, "https://another.example/xAPI", clock) == 0
    clock.restart(minutes=10)
    assert rest.left(db, ENDPOINT, clock) == 1200
    clock.forward(minutes=20)
    assert rest.left(db, ENDPOINT, clock) == 0


@pytest.mark.parametrize(("asked", "kept"), [(86_400, rest.MOST), (10**12, rest.MOST), (0, 1)])
def test_nobody_may_ask_for_more_than_an_hour(
    db: Database, clock: Clock, asked: int, kept: int
) -> None:
    rest.keep(db, ENDPOINT, asked, clock)
    assert rest.left(db, ENDPOINT, clock) == kept


@pytest.mark.parametrize("off", [{"days": -4000}, {"seconds": -1}, {"hours": 1}, {"days": 4000}])
def test_a_clock_that_was_set_ends_it(db: Database, clock: Clock, off: dict[str, float]) -> None:
    rest.keep(db, ENDPOINT, 3600, clock)
    clock.restart(**off)
    assert rest.left(db, ENDPOINT, clock) == 0


def test_the_last_word_counts_and_what_else_is_known_stays(db: Database, clock: Clock) -> None:
    Packing(db, ENDPOINT, clock).worked()
    rest.keep(db, ENDPOINT, 3600, clock)
    rest.keep(db, ENDPOINT, 60, clock)
    assert rest.left(db, ENDPOINT, clock) == 60
    assert Packing(db, ENDPOINT, clock).state == "yes"


def test_what_was_only_busy_tells_nothing_of_gzip(db: Database, clock: Clock) -> None:
    rest.keep(db, ENDPOINT, 60, clock)
    assert Packing(db, ENDPOINT, clock).state == ""


@pytest.mark.parametrize(
    ("answer", "left"), [(BUSY_FOR_AN_HOUR, 3600), (FAILS, 0), (SILENT, 0), (None, 0)]
)
def test_a_push_keeps_what_it_was_told(
    db: Database, learner: str, clock: Clock, answer: Answer | None, left: int
) -> None:
    record(db, Where(learner, "course", 1, "quiz"), PASSED, clock)
    store = LrsSimulator()
    store.now, store.always = clock, answer
    pace = Pace(sleep=lambda _: None, chance=lambda: 0.5)
    push(db, store, PLATFORM, now=clock, announce=lambda _: None, pace=pace)
    assert rest.left(db, ENDPOINT, clock) == left
