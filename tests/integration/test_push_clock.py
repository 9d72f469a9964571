# SPDX-License-Identifier: Apache-2.0
"""Clocks that are wrong, and set: on the platform order and times are right after a contact."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime, timedelta

import pytest
from clock import Clock
from every_act import PASSED
from hypothesis import given, settings
from hypothesis import strategies as st
from lrs_simulator import ANSWER_LOST, PLATFORM, LrsSimulator

from player.journal.journal import Where, record
from player.store.database import Database
from player.sync.backoff import Pace
from player.sync.push import push

START = datetime(2026, 11, 22, 12, tzinfo=UTC)
YEARS = [datetime(2010, 1, 1, tzinfo=UTC), datetime(2038, 1, 19, 3, 14, tzinfo=UTC), START]


class World:
    """A PC whose clock may be anything, and the time that it really is."""

    def __init__(self, db: Database, learner: str, clock: Clock) -> None:
        self.db, self.clock = db, clock
        self.where = Where(learner, "course", 1, "quiz")
        self.true = START
        self.done: dict[str, datetime] = {}
        self.store = LrsSimulator()
        self.store.now = lambda: self.true

    def passes(self, **time: float) -> None:
        self.true += timedelta(**time)
        self.clock.forward(**time)

    def night(self, **time: float) -> None:
        self.true += timedelta(**time)
        self.clock.restart(**time)

    def act(self) -> None:
        self.done[record(self.db, self.where, PASSED, self.clock).id] = self.true

    def send(self) -> None:
        pace = Pace(sleep=lambda _: None)
        push(self.db, self.store, PLATFORM, now=self.clock, announce=lambda _: None, pace=pace)

    def told(self) -> dict[str, datetime]:
        times = {id_: one["timestamp"] for id_, one in self.store.stored.items()}
        return {id_: datetime.fromisoformat(at) for id_, at in times.items()}

    def is_right(self) -> bool:
        told = self.told()
        assert set(told) == set(self.done)
        return all(abs(told[id_] - at) <= timedelta(seconds=1) for id_, at in self.done.items())

    def is_in_order(self) -> bool:
        told = self.told()
        times = [told[id_] for id_ in self.done]
        return times == sorted(times)


@pytest.fixture
def world(db: Database, learner: str, clock: Clock) -> World:
    clock.now = START
    return World(db, learner, clock)


@pytest.mark.parametrize("year", YEARS)
def test_a_clock_of_another_year_is_right_on_the_platform(world: World, year: datetime) -> None:
    world.clock.now = year
    for _ in range(3):
        world.act()
        world.passes(minutes=20)
    world.night(hours=9)
    world.act()
    world.passes(minutes=1)
    world.send()
    assert world.is_right()
    assert world.is_in_order()


@pytest.mark.parametrize("first", YEARS)
@pytest.mark.parametrize("then", YEARS)
def test_a_clock_that_is_set_between_two_acts_spoils_neither(
    world: World, first: datetime, then: datetime
) -> None:
    world.clock.now = first
    world.act()
    world.passes(minutes=20)
    world.act()
    world.clock.now = then
    world.passes(minutes=5)
    world.act()
    world.passes(minutes=1)
    world.send()
    assert world.is_right()


def test_after_the_first_contact_a_clock_that_is_set_offline_is_told_from_the_next(
    world: World,
) -> None:
    world.act()
    world.send()
    world.passes(hours=1)
    world.clock.now = YEARS[1]
    world.act()
    world.passes(days=2)
    world.clock.now = YEARS[0]
    world.act()
    world.passes(days=3)
    world.send()
    assert world.is_right()


def test_a_pc_that_slept_is_no_clock_that_was_set(world: World) -> None:
    world.act()
    world.passes(hours=14)
    world.act()
    world.send()
    assert world.is_right()


def test_a_clock_with_a_dead_battery_keeps_the_order(world: World) -> None:
    for _ in range(3):
        world.night(hours=15)
        world.clock.now = YEARS[0]
        for _ in range(2):
            world.act()
            world.passes(minutes=10)
    world.send()
    told = list(world.told().values())
    assert world.is_in_order()
    assert told[-1] <= world.true
    assert told[-1] - told[-2] == timedelta(minutes=10)  # the last day is right


def test_the_time_is_asked_for_once_while_the_pc_runs(world: World) -> None:
    def asked() -> int:
        return len(world.store.gets)

    for set_to in YEARS:
        world.act()
        world.passes(hours=3)
        world.send()
        world.clock.now = set_to
    assert asked() == 1
    for _ in range(2):
        world.act()
        world.passes(days=1)  # the PC's own clocks part from the true time
        world.send()
    assert asked() == 3
    world.night(hours=9)
    world.act()
    world.send()
    assert asked() == 4
    assert world.is_right()


def test_what_is_done_while_others_are_sent_keeps_its_time(world: World) -> None:
    world.act()

    def announce(_: object) -> None:
        if len(world.done) == 1:
            world.passes(minutes=4)
            world.act()

    push(world.db, world.store, PLATFORM, now=world.clock, announce=announce)
    world.passes(minutes=1)
    world.send()
    assert world.is_right()


def test_what_was_rendered_is_not_set_right_again(world: World) -> None:
    world.act()
    world.passes(minutes=1)
    world.store.once = [ANSWER_LOST, ANSWER_LOST]
    world.send()
    world.clock.now = YEARS[1]
    world.passes(minutes=1)
    world.send()  # the simulator checks that the bytes are the same
    assert world.is_right()


STEPS = st.lists(
    st.one_of(
        st.tuples(st.just("act")),
        st.tuples(st.just("pass"), st.integers(1, 200_000)),
        st.tuples(st.just("set"), st.sampled_from(YEARS)),
        st.tuples(st.just("send")),
    ),
    max_size=14,
)


@settings(max_examples=40)
@given(steps=STEPS)
def test_however_it_is_set_while_the_pc_runs(
    world_of: Callable[[], World], steps: list[tuple[object, ...]]
) -> None:
    world = world_of()
    for what, *how in steps:
        match what, how:
            case "act", _:
                world.act()
            case "pass", [int(seconds)]:
                world.passes(seconds=seconds)
            case "set", [datetime() as shown]:
                world.clock.now = shown
            case _:
                world.send()
        world.passes(seconds=7)
    world.send()
    assert world.is_right()
    assert world.is_in_order()


@pytest.fixture
def world_of(db: Database, learner: str, clock: Clock) -> Callable[[], World]:
    def fresh() -> World:
        clock.restart()  # true time goes back only between two worlds
        clock.now = START
        return World(db, learner, clock)

    return fresh
