# SPDX-License-Identifier: Apache-2.0
"""Sending, against a store that behaves and one that does not."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime, timedelta
from itertools import product

import msgspec
import pytest
from every_act import EVERY_ACT, PASSED
from lrs_simulator import (
    ANSWER_LOST,
    BUSY,
    BUSY_FOR_AN_HOUR,
    FAILS,
    FAILS_AFTER_STORING,
    NOT_ADMITTED,
    NOT_FOUND,
    PLATFORM,
    PORTAL,
    SILENT,
    Answer,
    LrsSimulator,
)

from player.course.platform import Lrs, Platform
from player.errors import (
    NoPlatform,
    NotAdmitted,
    NotTheServer,
    Offline,
    PlayerError,
    ServerBusy,
    ServerRefused,
    WrongEndpoint,
)
from player.journal import outbox
from player.journal.events import LOCAL
from player.journal.journal import Where, events, record
from player.journal.outbox import Counts
from player.store.database import Database
from player.sync.backoff import Pace
from player.sync.push import Pushed, SyncNews, push

Act = Callable[[int], list[str]]
Send = Callable[..., Pushed]


@pytest.fixture(params=["kind", "strict"])
def store(request: pytest.FixtureRequest, clock: Callable[[], datetime]) -> LrsSimulator:
    found = LrsSimulator(strict=request.param == "strict")
    found.now = clock
    return found


@pytest.fixture
def act(db: Database, learner: str, clock: Callable[[], datetime]) -> Act:
    """Do so many things; returns their ids."""
    where = Where(learner, "course", 1, "quiz")
    return lambda many: [record(db, where, PASSED, clock).id for _ in range(many)]


@pytest.fixture
def slept() -> list[float]:
    return []


@pytest.fixture
def send(
    db: Database, store: LrsSimulator, clock: Callable[[], datetime], slept: list[float]
) -> Send:
    def once(
        batch: int = 100,
        platform: Platform = PLATFORM,
        announce: Callable[[object], None] = lambda _: None,
    ) -> Pushed:
        pace = Pace(batch=batch, sleep=slept.append, chance=lambda: 0.5)
        return push(db, store, platform, now=clock, announce=announce, pace=pace)

    return once


def refused(db: Database, learner: str) -> dict[str, str]:
    return {one.event.id: one.reason for one in outbox.ledger(db, learner, states=["refused"])}


def test_everything_arrives_once_in_order_and_in_batches(
    store: LrsSimulator, act: Act, send: Send
) -> None:
    ids = act(7)
    assert send(batch=3) == Pushed(sent=7, received=7, refused=0, left=0)
    assert store.posts == [ids[:3], ids[3:6], ids[6:]]
    assert list(store.stored) == ids


def test_what_was_received_is_never_sent_again(store: LrsSimulator, act: Act, send: Send) -> None:
    act(2)
    send()
    later = act(1)
    send()
    assert store.posts[1:] == [later]
    assert send() == Pushed(0, 0, 0, 0)
    assert len(store.posts) == 2


def test_with_nothing_to_say_nobody_is_asked_anything(store: LrsSimulator, send: Send) -> None:
    assert send() == Pushed(0, 0, 0, 0)
    assert (store.posts, store.gets) == ([], [])


def test_every_kind_of_act_is_told_but_those_for_this_pc(
    db: Database, store: LrsSimulator, learner: str, send: Send
) -> None:
    for each in EVERY_ACT.values():
        record(db, Where(learner, "course", 1, "activity"), each)
    assert send().left == 0
    told = {event.id for event in events(db) if event.kind not in LOCAL}
    assert set(store.stored) == told


def test_a_request_is_not_larger_than_a_store_takes(
    db: Database, store: LrsSimulator, act: Act, clock: Callable[[], datetime]
) -> None:
    act(6)
    store.largest = 4000
    pace = Pace(size=3900, plain=3900)
    done = push(db, store, PLATFORM, now=clock, announce=lambda _: None, pace=pace)
    assert (done.received, done.refused) == (6, 0)
    assert 1 < len(store.posts) < 6


def test_a_request_that_is_too_large_all_the_same_is_halved(
    store: LrsSimulator, act: Act, send: Send
) -> None:
    act(9)
    store.largest = 4000
    done = send()
    assert (done.received, done.refused, done.left) == (9, 0, 0)
    assert done.sent == 27 or store.strict  # which says only that it is a bad request: try again


def test_news_tell_how_far_it_is(act: Act, send: Send) -> None:
    act(5)
    told: list[object] = []
    send(batch=2, announce=told.append)
    assert told == [SyncNews(2, 0, 3), SyncNews(4, 0, 1), SyncNews(5, 0, 0)]


def test_whoever_hears_the_news_can_stop_it(
    store: LrsSimulator, db: Database, act: Act, send: Send
) -> None:
    class Enough(Exception):
        pass

    def stop(_: object) -> None:
        raise Enough

    act(4)
    with pytest.raises(Enough):
        send(batch=2, announce=stop)
    assert outbox.counts(db) == Counts(saved=2, received=2)
    assert send().left == 0


def test_without_a_platform_to_tell_everything_stays(act: Act, send: Send) -> None:
    act(1)
    done = send(platform=msgspec.structs.replace(PLATFORM, lrs=None))
    assert isinstance(done.problem, NoPlatform)
    assert done.left == 1


@pytest.mark.parametrize(
    ("answer", "problem"),
    [
        (SILENT, Offline),
        (ANSWER_LOST, Offline),
        (PORTAL, NotTheServer),
        (NOT_ADMITTED, NotAdmitted),
        (NOT_FOUND, WrongEndpoint),
        (BUSY_FOR_AN_HOUR, ServerBusy),
        (FAILS, ServerRefused),
        (FAILS_AFTER_STORING, ServerRefused),
    ],
)
def test_whatever_goes_wrong_nothing_is_lost_or_doubled(
    store: LrsSimulator,
    db: Database,
    act: Act,
    send: Send,
    answer: Answer,
    problem: type[PlayerError],
) -> None:
    ids = act(5)
    store.always = answer
    for _ in range(2):
        done = send(batch=2)
        assert isinstance(done.problem, problem)
        assert (done.received, done.refused, done.left) == (0, 0, 5)
    store.always = None
    assert send(batch=2).left == 0
    assert outbox.counts(db) == Counts(received=5)
    assert sorted(store.stored) == sorted(ids)


def test_a_wrong_password_is_said(store: LrsSimulator, act: Act, send: Send) -> None:
    act(1)
    assert PLATFORM.lrs is not None
    other = msgspec.structs.replace(PLATFORM, lrs=Lrs(PLATFORM.lrs.endpoint, "device", "wrong"))
    done = send(platform=other)
    assert isinstance(done.problem, NotAdmitted)
    assert (done.left, store.stored) == (1, {})
    assert send().left == 0


def test_before_anybody_proved_to_be_the_store_nothing_is_rendered(
    store: LrsSimulator, db: Database, act: Act, send: Send
) -> None:
    act(1)
    store.always = PORTAL
    send()
    assert len(outbox.owed(db, 9)) == 1


@pytest.mark.parametrize("hiccup", [FAILS, BUSY, FAILS_AFTER_STORING])
def test_a_hiccup_is_waited_out(
    store: LrsSimulator, act: Act, send: Send, slept: list[float], hiccup: Answer
) -> None:
    act(1)
    store.once = [hiccup]
    assert send().received == 1
    assert len(slept) == 1
    assert slept[0] >= float(hiccup.headers.get("retry-after", 0))


def test_nobody_waits_an_hour_in_a_worker_thread(
    store: LrsSimulator, act: Act, send: Send, slept: list[float]
) -> None:
    act(1)
    store.once = [BUSY_FOR_AN_HOUR]
    done = send()
    assert isinstance(done.problem, ServerBusy)
    assert done.problem.details["seconds"] == 3600
    assert slept == []


def test_a_server_that_always_fails_is_not_asked_for_ever(
    store: LrsSimulator, act: Act, send: Send
) -> None:
    act(100)
    store.always = FAILS
    assert send().left == 100
    assert len(store.posts) <= 25


@pytest.mark.parametrize(
    ("status", "names_it", "where"), list(product([400, 422, 500], [True, False], [0, 3, 6]))
)
def test_one_bad_statement_blocks_no_other(  # noqa: PLR0917 - fixtures and one case
    store: LrsSimulator,
    db: Database,
    learner: str,
    act: Act,
    send: Send,
    status: int,
    names_it: bool,
    where: int,
) -> None:
    ids = act(7)
    store.poison = {ids[where]: status}
    store.names_it = names_it
    done = send(batch=5)
    assert (done.received, done.refused, done.left, done.problem) == (6, 1, 0, None)
    (reason,) = refused(db, learner).values()
    assert "The platform refused this" in reason
    assert set(store.stored) == set(ids) - {ids[where]}


def test_many_bad_ones_are_all_found(
    store: LrsSimulator, db: Database, learner: str, act: Act, send: Send
) -> None:
    ids = act(40)
    store.poison = dict.fromkeys(ids[::3], 422) | {ids[1]: 500, ids[2]: 500}
    assert send().left == 0
    assert set(refused(db, learner)) == set(store.poison)
    assert set(store.stored) == set(ids) - set(store.poison)


def test_a_statement_alone_at_which_the_server_fails_is_not_given_up(
    store: LrsSimulator, db: Database, learner: str, act: Act, send: Send
) -> None:
    (bad,) = act(1)
    store.poison = {bad: 500}
    done = send()
    assert isinstance(done.problem, ServerRefused)
    assert (done.refused, done.left) == (0, 1)
    act(1)
    assert send().left == 0
    assert set(refused(db, learner)) == {bad}


def test_what_was_refused_can_be_sent_again(
    store: LrsSimulator, db: Database, act: Act, send: Send
) -> None:
    (bad, _) = act(2)
    store.poison = {bad: 422}
    send()
    store.poison = {}
    assert send().received == 0
    outbox.retry(db, bad)
    assert send().received == 1
    assert bad in store.stored


def test_a_strict_store_that_has_it_already_is_believed_after_a_look(
    act: Act, send: Send, db: Database, clock: Callable[[], datetime], slept: list[float]
) -> None:
    store = LrsSimulator(strict=True)
    store.now = clock
    act(6)
    pace = Pace(batch=4, sleep=slept.append)

    def go() -> Pushed:
        return push(db, store, PLATFORM, now=clock, announce=lambda _: None, pace=pace)

    store.once = [ANSWER_LOST, ANSWER_LOST]  # in gzip and plain
    assert isinstance(go().problem, Offline)
    assert go().left == 0
    assert outbox.counts(db) == Counts(received=6)
    assert len(store.stored) == 6


def test_an_id_that_holds_something_else_is_refused_not_received(
    store: LrsSimulator, db: Database, learner: str, act: Act, send: Send
) -> None:
    mine, other = act(2)
    send()
    late = act(1)[0]
    store.stored[late] = {**store.stored[mine], "id": late, "timestamp": "2020-01-01T00:00:00Z"}
    assert send().refused == 1
    assert "something else" in refused(db, learner)[late]
    assert other in store.stored


def test_an_id_that_may_not_be_looked_at_is_refused_not_received(
    store: LrsSimulator, db: Database, learner: str, act: Act, send: Send
) -> None:
    mine = act(1)[0]
    send()
    late = act(1)[0]
    store.stored[late] = {**store.stored[mine], "id": late, "timestamp": "2020-01-01T00:00:00Z"}
    store.readable = False
    assert send().refused == 1
    assert "does not show" in refused(db, learner)[late]


@pytest.mark.parametrize("wrong", [timedelta(days=-5000), timedelta(days=4000)])
def test_a_wrong_clock_is_set_right_before_the_first_sending_and_never_after(
    store: LrsSimulator, db: Database, act: Act, send: Send, wrong: timedelta, clock: object
) -> None:
    assert callable(clock)
    true = clock()
    store.now = lambda: true - wrong
    ids = act(2)
    store.once = [SILENT, SILENT]
    assert isinstance(send().problem, Offline)
    store.now = lambda: true - wrong + timedelta(days=30)
    assert send().received == 2  # the simulator checks that the bytes are the same
    stamps = {store.stored[id_]["timestamp"] for id_ in ids}
    (stamp,) = {datetime.fromisoformat(stamp) for stamp in stamps}
    assert abs(stamp - (true - wrong)) <= timedelta(seconds=1)


def test_a_clock_that_is_a_little_off_is_left_alone(
    store: LrsSimulator, db: Database, act: Act, send: Send, clock: object
) -> None:
    assert callable(clock)
    store.now = lambda: clock() + timedelta(seconds=3)
    (id_,) = act(1)
    send()
    assert datetime.fromisoformat(store.stored[id_]["timestamp"]) == clock()
