# SPDX-License-Identifier: Apache-2.0
"""Two PCs and one learner, with a connection: what was done elsewhere comes home, each act once."""

from __future__ import annotations

import json
import shutil
from contextlib import suppress
from datetime import timedelta
from itertools import count
from pathlib import Path
from urllib.parse import parse_qs, urlsplit

import pytest
from carrying import ADA, BOB, Pc
from clock import Clock
from every_act import EVERY_ACT
from lrs_simulator import ENDPOINT, FAILS, NOT_FOUND, PORTAL, SILENT, Answer, LrsSimulator
from power import Killed, Power, Road, power

from player.errors import MayNotRead, NotAdmitted, NothingToBring, NotTheServer, Offline
from player.journal import outbox
from player.journal.events import LOCAL, kind_of
from player.journal.journal import broken_links
from player.sync import courier, homecoming
from player.sync.homecoming import Home

__all__ = ["power"]  # a fixture, asked for by name

TOLD = [act for act in EVERY_ACT.values() if kind_of(act) not in LOCAL]


@pytest.fixture(params=["kind", "strict"])
def store(request: pytest.FixtureRequest, clock: Clock) -> LrsSimulator:
    found = LrsSimulator(strict=request.param == "strict")
    found.now, found.page = clock, 4
    return found


@pytest.fixture
def pcs(tmp_path: Path, clock: Clock) -> tuple[Pc, Pc]:
    """A and B; on A every kind of act was done, a second apart."""
    a, b = Pc(tmp_path / "a", clock, 1), Pc(tmp_path / "b", clock, 2)
    for act in TOLD:
        a.do(act)
        clock.forward(seconds=1)
    b.learn()
    return a, b


def told(pc: Pc) -> set[str]:
    return set(pc.states())


def since(url: str) -> str:
    """Since when a request for a page asks."""
    return parse_qs(urlsplit(url).query).get("since", [""])[0]


def test_everything_comes_home_once_and_in_the_order_in_which_it_was_done(
    pcs: tuple[Pc, Pc], store: LrsSimulator
) -> None:
    a, b = pcs
    a.push(store)
    assert b.bring_home(store) == Home(new=len(TOLD))
    assert b.ids() == a.ids()
    assert b.received() == set(a.ids())
    with b.db() as db:
        assert broken_links(db) == []
    again = b.bring_home(store)
    assert (again.new, again.problem) == (0, None)
    posts = len(store.posts)
    assert b.push(store).sent == 0
    assert len(store.posts) == posts


def test_both_come_to_have_the_same_and_the_platform_has_each_once(
    pcs: tuple[Pc, Pc], store: LrsSimulator, clock: Clock
) -> None:
    a, b = pcs
    a.push(store)
    b.bring_home(store)
    own = b.do(*TOLD[:3])
    b.push(store)
    clock.forward(days=1)
    assert a.bring_home(store).new == 3
    assert told(a) == told(b) == set(store.stored)
    assert set(a.ids()[-3:]) == set(own)


def test_what_came_home_says_the_same_to_the_platform(
    pcs: tuple[Pc, Pc], store: LrsSimulator
) -> None:
    """The statement that B has for an act of A's is A's, byte for byte."""
    a, b = pcs
    a.push(store)
    b.bring_home(store)

    def statements(pc: Pc) -> dict[str, bytes]:
        with pc.db() as db:
            return dict(db.execute("SELECT event, statement FROM deliveries").fetchall())

    assert statements(b) == statements(a)


def test_what_came_home_goes_on_to_a_third_pc_as_a_file(
    pcs: tuple[Pc, Pc], store: LrsSimulator, tmp_path: Path, clock: Clock
) -> None:
    a, b = pcs
    a.push(store)
    b.bring_home(store)
    b.do(*TOLD[:2])
    (parcel,) = b.pack_journal()
    courier.write(tmp_path / parcel.name, parcel.data)
    c = Pc(tmp_path / "c", clock, 3)
    assert c.bring(tmp_path / parcel.name).new == len(TOLD) + 2
    assert c.ids() == b.ids()
    assert c.bring_home(store).new == 0


def test_a_file_and_the_network_bring_each_act_once_whichever_comes_first(
    pcs: tuple[Pc, Pc], store: LrsSimulator, tmp_path: Path, clock: Clock
) -> None:
    a, b = pcs
    a.push(store)
    (parcel,) = a.pack_journal()
    courier.write(tmp_path / parcel.name, parcel.data)
    b.bring(tmp_path / parcel.name)
    assert b.bring_home(store).new == 0
    c = Pc(tmp_path / "c", clock, 3)
    c.bring_home(store)
    assert c.bring(tmp_path / parcel.name).new == 0
    assert c.ids() == b.ids() == a.ids()


def test_a_look_asks_for_what_is_new_and_a_few_days_before(
    pcs: tuple[Pc, Pc], store: LrsSimulator, clock: Clock
) -> None:
    a, b = pcs
    a.push(store)
    start = clock()
    asked = []
    for _ in range(16):
        before = len(store.gets)
        assert b.bring_home(store).problem is None
        url = next(url for url in store.gets[before:] if "limit=" in url)
        asked.append(since(url))
        clock.forward(days=1)

    def ago(day: int, back: timedelta) -> str:
        return (start + timedelta(days=day) - back).isoformat().replace("+00:00", "Z")

    expected = [ago(day - 1, homecoming.NEAR) for day in range(16)]
    expected[0], expected[7], expected[14] = "", ago(0, homecoming.WIDE), ago(7, homecoming.WIDE)
    assert asked == expected


def test_what_was_handed_in_three_weeks_late_comes_home_by_itself(
    pcs: tuple[Pc, Pc], store: LrsSimulator, clock: Clock
) -> None:
    a, b = pcs
    a.push(store)
    b.bring_home(store)
    late = a.do(*TOLD[:5])  # and then A has no connection
    for _ in range(21):
        clock.forward(days=1)
        assert b.bring_home(store).new == 0
    a.push(store)
    came = 0
    for _ in range(8):
        clock.forward(days=1)
        came += b.bring_home(store).new
    assert came == 5
    assert set(late) <= set(b.ids())


def test_what_is_later_still_comes_with_a_look_at_the_whole(
    pcs: tuple[Pc, Pc], store: LrsSimulator, clock: Clock
) -> None:
    a, b = pcs
    a.push(store)
    b.bring_home(store)
    a.do(*TOLD[:5])
    for _ in range(60):
        clock.forward(days=1)
        b.bring_home(store)
    a.push(store)
    clock.forward(days=8)
    b.bring_home(store)
    b.bring_home(store, whole=True)
    assert set(b.ids()) == set(a.ids())


@pytest.mark.parametrize("trouble", [SILENT, FAILS, PORTAL, Answer(429)])
def test_a_look_that_is_cut_goes_on_at_the_page_where_it_was(
    pcs: tuple[Pc, Pc], store: LrsSimulator, trouble: Answer
) -> None:
    a, b = pcs
    a.push(store)
    pages = 0
    while True:
        before = len(store.gets)
        _let_through(store, 1, trouble)
        found = b.bring_home(store)
        pages += sum("limit=" in url for url in store.gets[before:])
        if found.problem is None:
            break
        assert b.ids() == [], "nothing is shown before all is there"
    assert b.ids() == a.ids()
    needed = -(-len(TOLD) // store.page)
    assert pages <= 2 * needed + 1


def _let_through(store: LrsSimulator, pages: int, then: Answer) -> None:
    """Answer so many requests for a page truly, and the next one with `then`."""
    real = store._page

    def page(asked: dict[str, str], key: str) -> Answer:
        nonlocal pages
        pages -= 1
        if pages < 0:
            store._page = real  # type: ignore[method-assign]
            return then
        return real(asked, key)

    store._page = page  # type: ignore[method-assign]


def test_a_page_whose_address_the_store_forgot_is_begun_anew(
    pcs: tuple[Pc, Pc], store: LrsSimulator, clock: Clock
) -> None:
    a, b = pcs
    a.push(store)
    _let_through(store, 2, SILENT)
    assert isinstance(b.bring_home(store).problem, Offline)
    store.reads = [NOT_FOUND]
    assert b.bring_home(store) == Home(new=len(TOLD))
    c = Pc(b.home.with_name("c"), clock, 3)
    _let_through(store, 2, SILENT)
    c.bring_home(store)
    clock.forward(days=2)
    assert c.bring_home(store) == Home(new=len(TOLD))
    assert since(store.gets[-1]) == ""


def test_a_line_that_breaks_off_long_answers_brings_it_home_in_smaller_pages(
    pcs: tuple[Pc, Pc], store: LrsSimulator
) -> None:
    a, b = pcs
    a.push(store)
    store.page = 100
    real = store._page

    def page(asked: dict[str, str], key: str) -> Answer:
        found = real(asked, key)
        return found if len(found.body) < 12_000 else SILENT

    store._page = page  # type: ignore[method-assign]
    problems = [b.bring_home(store).problem for _ in range(5)]
    assert [type(one) for one in problems[:3]] == [Offline] * 3
    assert problems[-1] is None
    assert b.ids() == a.ids()


def test_a_server_that_fails_now_and_then_is_not_begun_anew_each_time(
    pcs: tuple[Pc, Pc], store: LrsSimulator
) -> None:
    a, b = pcs
    a.push(store)
    for _ in range(2):
        _let_through(store, 2, FAILS)
        b.bring_home(store)
        store.reads = [FAILS]
        assert b.bring_home(store).problem is not None
    assert b.bring_home(store) == Home(new=len(TOLD))


def test_killed_at_any_step_each_act_comes_home_exactly_once(
    tmp_path: Path, power: Power, clock: Clock, store: LrsSimulator, pcs: tuple[Pc, Pc]
) -> None:
    a, before = pcs
    store.page = 8  # fewer steps of the same kind
    a.push(store)
    before.do(TOLD[0])
    own = before.ids()
    road = Road(store, power)
    for goes_at in count(1):
        pc = Pc(shutil.copytree(before.home, tmp_path / f"{goes_at}"), clock, 2)
        power.steps, power.goes_at = 0, goes_at
        for _ in range(2):
            with suppress(Killed):
                pc.bring_home(road)
            ids = pc.ids()
            assert len(set(ids)) == len(ids)
            assert ids[: len(own)] == own
        assert ids == own + a.ids()
        is_through, power.goes_at = power.steps < goes_at, None
        with pc.db() as db:
            assert broken_links(db) == []
            assert db.execute("SELECT count(*) FROM heard").fetchone()[0] == 0
        shutil.rmtree(pc.home)
        if is_through:
            break
    assert goes_at > 30


def test_killed_at_the_last_step_it_needs_no_connection_any_more(
    pcs: tuple[Pc, Pc], store: LrsSimulator, monkeypatch: pytest.MonkeyPatch
) -> None:
    a, b = pcs
    a.push(store)

    def killed(*_: object) -> int:
        raise Killed

    with monkeypatch.context() as power_cut:
        power_cut.setattr(homecoming.looks, "take", killed)
        with suppress(Killed):
            b.bring_home(store)
    assert b.ids() == []
    store.always = SILENT
    found = b.bring_home(store)
    assert (found.new, type(found.problem)) == (len(TOLD), Offline)


def test_who_may_not_read_is_told_so_and_nothing_is_lost(
    pcs: tuple[Pc, Pc], store: LrsSimulator
) -> None:
    a, b = pcs
    a.push(store)
    store.readable = False
    mine = b.do(*TOLD[:2])
    assert isinstance(b.bring_home(store).problem, MayNotRead)
    assert b.ids() == mine
    assert b.push(store).left == 0
    store.readable, keys, store.keys = True, store.keys, set()
    assert isinstance(b.bring_home(store).problem, NotAdmitted)
    store.keys = keys
    assert b.bring_home(store).new == len(TOLD)


def test_a_key_that_shows_its_own_alone_is_said(pcs: tuple[Pc, Pc], store: LrsSimulator) -> None:
    a, b = pcs
    a.push(store)
    store.only_mine = True
    store._stored = {id_: (at, "Basic another") for id_, (at, _) in store._stored.items()}
    assert b.bring_home(store) == Home()
    with b.db() as db:
        homecoming.expect(db, ADA.id, ENDPOINT)
    assert isinstance(b.bring_home(store, whole=True).problem, NothingToBring)
    store.only_mine = False
    assert b.bring_home(store, whole=True) == Home(new=len(TOLD))
    assert b.bring_home(store, whole=True).problem is None


def test_others_work_and_what_others_say_is_passed_over(
    pcs: tuple[Pc, Pc], store: LrsSimulator, clock: Clock
) -> None:
    """A store that shows more than it was asked for, and things that nobody should show."""
    a, b = pcs
    a.do(*TOLD[:3], learner=BOB)
    a.push(store)
    one = json.loads(json.dumps(next(iter(store.stored.values()))))
    strange = [
        {},
        {"id": 7},
        {**one, "id": "é" * 36},
        {**one, "id": "\ud800"},
        {**one, "id": "6e0e2a55-9d0c-4b5d-8a63-6e1f4f2f0a77", "verb": {"id": "urn:later"}},
        {**one, "id": "6e0e2a55-9d0c-4b5d-8a63-6e1f4f2f0a78", "context": {}},
        {**one, "id": "6e0e2a55-9d0c-4b5d-8a63-6e1f4f2f0a79", "timestamp": 1e400},
    ]
    shown = [*strange, *store.stored.values(), None, 7, "x"]
    store.reads = [Answer(200, json.dumps({"statements": shown, "more": ""}).encode())]
    found = b.bring_home(store)
    assert (found.new, found.problem) == (len(TOLD), None)
    assert found.passed_over == len(strange) + 3
    assert set(b.ids()) == {id_ for id_, one in a_learners(a).items() if one == ADA.id}


def a_learners(pc: Pc) -> dict[str, str]:
    with pc.db() as db:
        return dict(db.execute("SELECT id, learner FROM events").fetchall())


def test_a_store_that_goes_round_for_ever_is_left(pcs: tuple[Pc, Pc], store: LrsSimulator) -> None:
    a, b = pcs
    a.push(store)
    ids = iter(range(10**9))

    def lies(asked: dict[str, str], key: str) -> Answer:
        shown = [next(iter(store.stored.values()))]
        more = f"https://evil.example/xAPI/statements?limit=1&after={next(ids)}"
        return Answer(200, json.dumps({"statements": shown, "more": more}).encode())

    store._page = lies  # type: ignore[method-assign]
    found = b.bring_home(store)
    assert (found.new, found.problem) == (1, None)
    assert all(url.startswith(ENDPOINT) for url in store.gets)


def test_a_store_that_never_ends_is_left_for_today(
    pcs: tuple[Pc, Pc], store: LrsSimulator, monkeypatch: pytest.MonkeyPatch
) -> None:
    a, b = pcs
    a.push(store)
    monkeypatch.setattr(homecoming, "_MOST", 3)
    found = b.bring_home(store)
    assert (found.new, found.problem, b.ids()) == (0, None, [])
    for _ in range(10):
        b.bring_home(store)
    assert b.ids() == a.ids()


@pytest.mark.parametrize(
    "date", ["Mon, 01 Jan 0001 00:00:00 GMT", "Fri, 31 Dec 9999 23:59:59 GMT", "", "soon"]
)
def test_whatever_time_a_store_says_it_is_nothing_is_missed(
    pcs: tuple[Pc, Pc], store: LrsSimulator, date: str
) -> None:
    a, b = pcs
    a.push(store)
    empty = Answer(200, b'{"statements":[]}', {"date": date})
    real = store._get
    store._get = lambda *_: empty  # type: ignore[method-assign]
    assert b.bring_home(store) == Home()
    store._get = real  # type: ignore[method-assign]
    assert b.bring_home(store) == Home(new=len(TOLD))


def test_a_portal_is_not_the_store(pcs: tuple[Pc, Pc], store: LrsSimulator) -> None:
    _, b = pcs
    store.always = PORTAL
    assert isinstance(b.bring_home(store).problem, NotTheServer)
    with b.db() as db:
        assert outbox.counts(db).waiting == 0
