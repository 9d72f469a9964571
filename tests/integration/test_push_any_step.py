# SPDX-License-Identifier: Apache-2.0
"""Killed at the Nth step, for every N, then everything reopened from disk."""

from __future__ import annotations

import shutil
from collections.abc import Callable, Iterator, Mapping
from contextlib import closing, contextmanager, suppress
from datetime import datetime
from itertools import count, product
from pathlib import Path
from urllib.parse import parse_qsl

import msgspec
import pytest
from clock import Clock
from every_act import EVERY_ACT
from lrs_simulator import (
    ANSWER_LOST,
    ENDPOINT,
    FAILS,
    FAILS_AFTER_STORING,
    PLATFORM,
    Answer,
    LrsSimulator,
)
from power import Killed, Power, Road, power

from player.course.platform import Lrs, Platform, SignIn
from player.errors import PlayerError, SignInNeeded
from player.journal.events import LOCAL, Event, kind_of
from player.journal.journal import Where, record
from player.store import database
from player.sync.admission import Admission
from player.sync.backoff import Pace
from player.sync.endpoint import Authorize
from player.sync.openid import Server, Tokens
from player.sync.push import push
from player.transport import Reply

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


def send(
    home: Path,
    road: Road,
    clock: Callable[[], datetime],
    platform: Platform = PLATFORM,
    authorize: Authorize | None = None,
    abreast: int = 1,
) -> PlayerError | None:
    with closing(database.connect(home)) as db:
        pace = Pace(batch=3 if abreast == 1 else 2, abreast=abreast, sleep=lambda _: None)
        return push(
            db,
            road,
            platform,
            now=clock,
            announce=lambda _: None,
            pace=pace,
            authorize=authorize,
        ).problem


FINE: list[Answer] = []
TROUBLE = [FINE, [FAILS_AFTER_STORING], [FAILS] * 3, [ANSWER_LOST]]
CASES = [
    *product(
        [False, True], [FINE, [FAILS_AFTER_STORING], [FAILS] * 3, [ANSWER_LOST]], ["takes"], [1]
    ),
    (False, FINE, "415", 1),
    (False, FINE, "500", 1),
    (True, FINE, "breaks", 1),
    (True, [ANSWER_LOST], "400 page", 1),
    (False, FINE, "takes", 3),
    (True, FINE, "takes", 3),
]


@pytest.mark.parametrize(("strict", "trouble", "gzip", "abreast"), CASES)
def test_killed_at_any_step_each_act_arrives_exactly_once(  # noqa: PLR0917 - fixtures and a case
    tmp_path: Path,
    done_at_home: list[Event],
    power: Power,
    clock: Callable[[], datetime],
    strict: bool,
    trouble: list[Answer],
    gzip: str,
    abreast: int,
) -> None:
    told = {event.id for event in done_at_home if kind_of(event.act) not in LOCAL}
    bad = done_at_home[1].id
    for goes_at in count(1):
        home = shutil.copytree(tmp_path / "before", tmp_path / str(goes_at))
        store = LrsSimulator(strict=strict)
        store.now, store.poison, store.once = clock, {bad: 422}, list(trouble)
        store.gzip = gzip
        power.steps, power.goes_at = 0, goes_at
        for _ in range(5):
            with suppress(Killed):
                send(home, Road(store, power), clock, abreast=abreast)
            assert in_state(home, "received") <= set(store.stored)
        assert in_state(home, "received") == set(store.stored) == told - {bad}
        assert in_state(home, "refused") == {bad}
        assert not in_state(home, "sent") | in_state(home, "ready")
        if power.steps < goes_at:
            break
    assert goes_at > 30


class Issuer:
    """Gives tokens in memory, each refresh token for one use, and speaks for the store."""

    def __init__(self, store: LrsSimulator) -> None:
        self._store = store
        self.given = 0

    def next(self) -> Tokens:
        self.given += 1
        self._store.keys = {f"Bearer {self.given}"}
        return Tokens(f"{self.given}", f"refresh {self.given}", 60)

    @contextmanager
    def request(
        self, method: str, url: str, *, headers: Mapping[str, str] | None = None, body: bytes = b""
    ) -> Iterator[Reply]:
        if url.startswith(ENDPOINT):
            with self._store.request(method, url, headers=headers, body=body) as reply:
                yield reply
        elif method == "GET":
            yield said(200, Server(SIGN_IN.issuer, f"{SIGN_IN.issuer}/token"))
        elif dict(parse_qsl(body.decode()))["refresh_token"] == f"refresh {self.given}":
            yield said(200, self.next())
        else:
            yield said(400, {"error": "invalid_grant"})


def said(status: int, what: object) -> Reply:
    return Reply(status, body=iter([msgspec.json.encode(what)]))


SIGN_IN = SignIn("https://id.example", "cartable")
SIGNED_IN = msgspec.structs.replace(PLATFORM, lrs=Lrs(ENDPOINT, auth=SIGN_IN))


def test_killed_at_any_step_of_renewing_a_sign_in_no_work_is_lost(
    tmp_path: Path, done_at_home: list[Event], power: Power, clock: Clock
) -> None:
    told = {event.id for event in done_at_home if kind_of(event.act) not in LOCAL}
    signed_in_again = 0
    for goes_at in count(1):
        home = shutil.copytree(tmp_path / "before", tmp_path / str(goes_at))
        store = LrsSimulator()
        store.now = clock
        issuer, admission = Issuer(store), Admission(home, SIGN_IN)
        road = Road(issuer, power)  # type: ignore[arg-type]
        admission.keep(issuer.next())
        clock.forward(hours=1)
        power.steps, power.goes_at = 0, goes_at

        def authorize(renew: bool) -> str:
            return admission.header(road, renew=renew)  # noqa: B023 - used at once

        for _ in range(3):
            with suppress(Killed):
                if isinstance(send(home, road, clock, SIGNED_IN, authorize), SignInNeeded):
                    signed_in_again += 1
                    admission.keep(issuer.next())
            assert in_state(home, "received") <= set(store.stored)
        assert in_state(home, "received") == set(store.stored) == told
        assert not in_state(home, "sent") | in_state(home, "ready") | in_state(home, "refused")
        if power.steps < goes_at:
            break
    assert goes_at > 20
    assert 0 < signed_in_again < 5  # where the new token was given, and not yet kept
