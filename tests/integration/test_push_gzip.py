# SPDX-License-Identifier: Apache-2.0
"""In gzip where the store takes it: tried once, remembered, and never in the way."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta

import pytest
from clock import Clock
from every_act import PASSED
from lrs_simulator import (
    BUSY,
    FAILS,
    PLATFORM,
    SILENT,
    UNREAD,
    LrsSimulator,
)

from player.errors import Offline
from player.journal import outbox
from player.journal.journal import Where, record
from player.journal.outbox import Counts
from player.store.database import Database
from player.sync.backoff import Pace
from player.sync.push import Pushed, push

Act = Callable[[int], list[str]]
Send = Callable[[], Pushed]


@pytest.fixture
def store(clock: Clock) -> LrsSimulator:
    found = LrsSimulator()
    found.now = clock
    return found


@pytest.fixture
def act(db: Database, learner: str, clock: Clock) -> Act:
    where = Where(learner, "course", 1, "quiz")
    return lambda many: [record(db, where, PASSED, clock).id for _ in range(many)]


@pytest.fixture
def send(db: Database, store: LrsSimulator, clock: Clock) -> Send:
    pace = Pace(sleep=lambda _: None, chance=lambda: 0.5)
    return lambda: push(db, store, PLATFORM, now=clock, announce=lambda _: None, pace=pace)


def known(db: Database) -> list[tuple[str, int]]:
    rows: list[tuple[str, int]] = db.execute("SELECT gzip, doubts FROM stores").fetchall()
    return rows


def test_a_store_that_takes_it_gets_a_tenth(
    db: Database, store: LrsSimulator, act: Act, send: Send
) -> None:
    act(100)
    assert send() == Pushed(sent=100, received=100, refused=0, left=0)
    (size,) = store.wire
    plain = sum(len(row[0]) for row in db.execute("SELECT statement FROM deliveries").fetchall())
    assert size * 10 < plain
    assert known(db) == [("yes", 0)]


def test_what_fits_in_a_packet_goes_as_it_is(
    db: Database, store: LrsSimulator, act: Act, send: Send
) -> None:
    act(1)
    assert send().received == 1
    assert store.wire[0] > 500
    assert known(db) == [("", 0)]


@pytest.mark.parametrize("unread", ["400", "400 page", "415"])
def test_a_store_that_says_it_is_wrong_gets_the_same_ids_plain_and_is_remembered(
    db: Database, store: LrsSimulator, act: Act, send: Send, unread: str
) -> None:
    ids = act(5)
    store.gzip = unread
    assert send().received == 5
    assert (store.posts, store.unread) == ([ids], 1)
    assert known(db) == [("no", 0)]
    act(5)
    assert send().received == 5
    assert store.unread == 1


def test_a_store_that_fails_at_it_is_believed_the_third_time(
    db: Database, store: LrsSimulator, act: Act, send: Send
) -> None:
    store.gzip = "500"
    for unread in (1, 2, 3, 3, 3):
        act(5)
        assert send() == Pushed(sent=5, received=5, refused=0, left=0)
        assert store.unread == unread
    assert known(db) == [("no", 0)]


def test_one_hiccup_costs_no_month_of_plain_bodies(
    db: Database, store: LrsSimulator, act: Act, send: Send
) -> None:
    act(5)
    store.once = [FAILS]
    assert send().received == 5
    assert known(db) == [("", 1)]
    act(5)
    assert send().received == 5
    assert known(db) == [("yes", 0)]


@pytest.mark.parametrize("unread", ["breaks", "portal"])
def test_whoever_breaks_off_at_it_gets_the_same_ids_plain(
    db: Database, store: LrsSimulator, act: Act, send: Send, unread: str
) -> None:
    store.gzip = unread
    for unread_so_far in (1, 2, 3, 3):
        act(5)
        assert send() == Pushed(sent=5, received=5, refused=0, left=0)
        assert store.unread == unread_so_far
    assert known(db) == [("no", 0)]


def test_whoever_breaks_off_at_it_since_today_does_not_hold_anything_up_for_long(
    db: Database, store: LrsSimulator, act: Act, send: Send
) -> None:
    act(5)
    send()
    store.gzip = "breaks"
    act(5)
    for _ in range(3):
        assert isinstance(send().problem, Offline)
    assert send() == Pushed(sent=5, received=5, refused=0, left=0)


@pytest.mark.parametrize("before", ["", "yes"])
def test_a_line_that_is_down_says_nothing_against_gzip(
    db: Database, store: LrsSimulator, act: Act, send: Send, before: str
) -> None:
    if before:
        act(5)
        send()
    act(5)
    store.once = [SILENT] * 100
    for _ in range(10):
        assert isinstance(send().problem, Offline)
    store.once = []
    assert send().left == 0
    assert known(db) == [("yes", 0)]


@pytest.mark.parametrize("days", [31, -60])
def test_after_a_month_it_is_tried_again_whatever_the_clock_says(
    db: Database, store: LrsSimulator, act: Act, send: Send, clock: Clock, days: int
) -> None:
    act(5)
    store.gzip = "415"
    send()
    clock.forward(days=20)
    act(5)
    send()
    assert store.unread == 1
    clock.now += timedelta(days=days)
    store.gzip = "takes"
    act(5)
    send()
    assert known(db) == [("yes", 0)]


def test_another_endpoint_is_another_question(db: Database, act: Act, send: Send) -> None:
    with db.atomic():
        db.execute(
            "INSERT INTO stores (endpoint, gzip, asked_at)"
            " VALUES ('https://old.example/xAPI', 'no', '2026-01-01')"
        )
    act(5)
    send()
    assert sorted(known(db)) == [("no", 0), ("yes", 0)]


def test_a_store_that_takes_it_no_longer_is_found_out(
    db: Database, store: LrsSimulator, act: Act, send: Send
) -> None:
    act(5)
    send()
    store.gzip = "400"
    act(5)
    assert send() == Pushed(sent=5, received=5, refused=0, left=0)
    store.gzip = "takes"
    assert known(db) == [("no", 0)]


def test_a_store_that_fails_at_it_all_at_once_is_found_out(
    db: Database, store: LrsSimulator, act: Act, send: Send
) -> None:
    act(5)
    send()
    store.gzip = "500"
    act(5)
    done = send()
    assert (done.received, done.refused, done.left) == (5, 0, 0)


@pytest.mark.parametrize("unread", UNREAD)
@pytest.mark.parametrize("status", [400, 422, 500])
def test_a_bad_statement_is_found_all_the_same(
    db: Database, store: LrsSimulator, act: Act, send: Send, unread: str, status: int
) -> None:
    ids = act(9)
    store.gzip, store.names_it = unread, False
    store.poison = {ids[4]: status}
    for _ in range(4):
        send()
    assert outbox.counts(db) == Counts(received=8, refused=1)
    assert sorted(store.stored) == sorted(set(ids) - set(store.poison))


def test_a_busy_server_is_not_answered_with_more(store: LrsSimulator, act: Act, send: Send) -> None:
    act(5)
    store.once = [BUSY]
    assert send() == Pushed(sent=10, received=5, refused=0, left=0)
    assert len(store.posts) == 2
    assert max(store.wire) < 2000
