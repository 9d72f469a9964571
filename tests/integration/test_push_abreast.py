# SPDX-License-Identifier: Apache-2.0
"""Several batches under way: everything arrives once, whatever becomes of each."""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager

import pytest
from clock import Clock
from every_act import PASSED
from lrs_simulator import (
    ANSWER_LOST,
    BUSY_FOR_AN_HOUR,
    FAILS,
    FAILS_AFTER_STORING,
    NOT_ADMITTED,
    PLATFORM,
    PORTAL,
    SILENT,
    Answer,
    LrsSimulator,
)

from player.errors import ServerBusy
from player.journal import outbox
from player.journal.journal import Where, record_all
from player.journal.outbox import Counts
from player.store.database import Database
from player.sync.backoff import Pace
from player.sync.push import Pushed, push
from player.sync.statements import Clock as StatementClock
from player.sync.statements import statement
from player.transport import Reply, Transport

Send = Callable[..., Pushed]


@pytest.fixture(params=["kind", "strict"])
def store(request: pytest.FixtureRequest, clock: Clock) -> LrsSimulator:
    found = LrsSimulator(strict=request.param == "strict")
    found.now = clock
    return found


@pytest.fixture
def ids(db: Database, learner: str, clock: Clock) -> list[str]:
    where = Where(learner, "course", 1, "quiz")
    return [one.id for one in record_all(db, where, [PASSED] * 40, clock)]


@pytest.fixture
def send(db: Database, store: LrsSimulator, clock: Clock) -> Send:
    def once(road: Transport = store) -> Pushed:
        pace = Pace(batch=4, abreast=3, sleep=lambda _: None)
        return push(db, road, PLATFORM, now=clock, announce=lambda _: None, pace=pace)

    return once


class Meeting:
    """A road on which three batches wait for one another, once the first one is through."""

    def __init__(self, store: LrsSimulator) -> None:
        self._store = store
        self._posts = 0
        self.met = threading.Barrier(3)

    @contextmanager
    def request(self, method: str, url: str, **more: object) -> Iterator[Reply]:
        if method == "POST":
            self._posts += 1
            if self._posts > 1:
                self.met.wait(30)
        with self._store.request(method, url, **more) as reply:  # type: ignore[arg-type]
            yield reply


def test_once_one_is_through_three_are_under_way(
    db: Database, store: LrsSimulator, ids: list[str], send: Send
) -> None:
    """It would not end if they were not."""
    assert send(Meeting(store)) == Pushed(sent=40, received=40, refused=0, left=0)
    assert sorted(store.stored) == sorted(ids)
    assert len(store.posts) == 10


def test_what_another_pc_rendered_is_not_sent_instead_of_what_came_before(
    db: Database, ids: list[str], send: Send
) -> None:
    foreign = [one for one in outbox.owed(db, 40) if one.id in ids[-9:]]
    outbox.put(db, [(one.id, statement(one, PLATFORM, StatementClock())) for one in foreign])
    assert send() == Pushed(sent=40, received=40, refused=0, left=0)


@pytest.mark.parametrize(
    "trouble",
    [SILENT, ANSWER_LOST, FAILS, FAILS_AFTER_STORING, NOT_ADMITTED, PORTAL, BUSY_FOR_AN_HOUR],
)
@pytest.mark.parametrize("after", [2, 3, 5])
def test_trouble_on_one_of_them_loses_and_doubles_nothing(
    db: Database, store: LrsSimulator, ids: list[str], send: Send, trouble: Answer, after: int
) -> None:
    real, posts = store._keep, [0]

    def keep(*args: object) -> Answer:
        posts[0] += 1
        if posts[0] in (after, after + 1):
            if trouble.stores:
                real(*args)  # type: ignore[arg-type]
            return trouble
        return real(*args)  # type: ignore[arg-type]

    store._keep = keep  # type: ignore[method-assign]
    for _ in range(3):
        done = send()
        assert outbox.counts(db).received <= len(store.stored)
    assert done.left == 0
    assert outbox.counts(db) == Counts(received=40)
    assert sorted(store.stored) == sorted(ids)


def test_bad_ones_are_found_among_several_batches(
    db: Database, store: LrsSimulator, ids: list[str], send: Send
) -> None:
    store.poison = {ids[9]: 422, ids[18]: 500, ids[27]: 400}
    done = send()
    assert (done.received, done.refused, done.left) == (37, 3, 0)


def test_a_server_that_wants_rest_gets_it(
    db: Database, store: LrsSimulator, ids: list[str], send: Send
) -> None:
    real = store._keep

    def keep(*args: object) -> Answer:
        return BUSY_FOR_AN_HOUR if store.stored else real(*args)  # type: ignore[arg-type]

    store._keep = keep  # type: ignore[method-assign]
    assert isinstance(send().problem, ServerBusy)
    assert len(store.posts) <= 4  # what was under way, and no more
