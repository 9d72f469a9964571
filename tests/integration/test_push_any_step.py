# SPDX-License-Identifier: Apache-2.0
"""Killed at the Nth step, for every N, then everything reopened from disk."""

from __future__ import annotations

import shutil
from collections.abc import Callable
from contextlib import closing, suppress
from datetime import datetime
from itertools import count
from pathlib import Path

import pytest
from every_act import EVERY_ACT
from lrs_simulator import (
    ANSWER_LOST,
    FAILS,
    FAILS_AFTER_STORING,
    PLATFORM,
    Answer,
    LrsSimulator,
)
from power import Killed, Power, Road, power

from player.journal.events import LOCAL, Event, kind_of
from player.journal.journal import Where, record
from player.store import database
from player.sync.backoff import Pace
from player.sync.push import push

__all__ = ["power"]  # a fixture, asked for by name


@pytest.fixture
def done_at_home(tmp_path: Path, clock: Callable[[], datetime]) -> list[Event]:
    """Eight acts in the home `before`, one of them for this PC alone."""
    home = tmp_path / "before"
    database.prepare(home)
    with closing(database.connect(home)) as db:
        with db.atomic():
            db.execute("INSERT INTO learners VALUES ('ada', 'Ada', '2026-01-05T08:00:00Z')")
        where = Where("ada", "course", 1, "activity")
        return [record(db, where, act, clock) for act in list(EVERY_ACT.values())[9:17]]


def in_state(home: Path, state: str) -> set[str]:
    with closing(database.connect(home)) as db:
        query = "SELECT event FROM deliveries WHERE state = ?"
        return {row[0] for row in db.execute(query, [state]).fetchall()}


def send(home: Path, road: Road, clock: Callable[[], datetime]) -> None:
    with closing(database.connect(home)) as db:
        pace = Pace(batch=3, sleep=lambda _: None)
        push(db, road, PLATFORM, now=clock, announce=lambda _: None, pace=pace)


@pytest.mark.parametrize("strict", [False, True], ids=["kind", "strict"])
@pytest.mark.parametrize(
    "trouble",
    [[], [FAILS_AFTER_STORING], [FAILS] * 3, [ANSWER_LOST]],
    ids=["fine", "stores and fails", "fails", "answer lost"],
)
def test_killed_at_any_step_each_act_arrives_exactly_once(
    tmp_path: Path,
    done_at_home: list[Event],
    power: Power,
    clock: Callable[[], datetime],
    strict: bool,
    trouble: list[Answer],
) -> None:
    told = {event.id for event in done_at_home if kind_of(event.act) not in LOCAL}
    bad = done_at_home[1].id
    for goes_at in count(1):
        home = shutil.copytree(tmp_path / "before", tmp_path / str(goes_at))
        store = LrsSimulator(strict=strict)
        store.now, store.poison, store.once = clock, {bad: 422}, list(trouble)
        power.steps, power.goes_at = 0, goes_at
        for _ in range(4):
            with suppress(Killed):
                send(home, Road(store, power), clock)
            assert in_state(home, "received") <= set(store.stored)
        assert in_state(home, "received") == set(store.stored) == told - {bad}
        assert in_state(home, "refused") == {bad}
        assert not in_state(home, "sent") | in_state(home, "ready")
        if power.steps < goes_at:
            break
    assert goes_at > 30
