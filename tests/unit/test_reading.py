# SPDX-License-Identifier: Apache-2.0
"""Reading a store, page by page: both ways that stores have, and some that they should not."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta
from functools import partial
from typing import Any

import pytest
from lrs_simulator import ENDPOINT, FORBIDDEN, NOT_ADMITTED, PLATFORM, PORTAL, SILENT, LrsSimulator

from player.course.platform import Lrs, SignIn
from player.errors import MayNotRead, NotAdmitted, NotTheServer, Offline
from player.sync.endpoint import Endpoint
from player.sync.lrs import joined
from player.sync.packing import Packing
from player.sync.reading import pages
from player.transport import Reply

NOW = datetime(2026, 1, 5, 9, tzinfo=UTC)
HOME = "https://campus.example"


def endpoint(transport: Any, lrs: Lrs | None = PLATFORM.lrs) -> Endpoint:
    assert lrs is not None
    packing = Packing(None, lrs.endpoint, lambda: NOW)
    return Endpoint(transport, lrs, packing, lambda renew: "Bearer new" if renew else "Bearer old")


def statement(number: int, who: str = "awa") -> bytes:
    done = NOW + timedelta(minutes=number)
    facts = {
        "id": f"00000000-0000-4000-8000-{number:012}",
        "actor": {"objectType": "Agent", "account": {"homePage": HOME, "name": who}},
        "verb": {"id": "http://adlnet.gov/expapi/verbs/answered"},
        "object": {"id": "https://campus.example/question"},
        "timestamp": done.isoformat().replace("+00:00", "Z"),
    }
    return json.dumps(facts).encode()


@pytest.fixture(params=["kind", "strict"])
def store(request: pytest.FixtureRequest) -> LrsSimulator:
    found = LrsSimulator(strict=request.param == "strict")
    found.page = 3
    return found


def fill(store: LrsSimulator, *statements: bytes) -> None:
    for one in statements:
        at = datetime.fromisoformat(json.loads(one)["timestamp"])
        store.now = partial(datetime.astimezone, at)
        endpoint(store).post([one])


def read(transport: Any, **choice: str) -> list[int]:
    """The numbers of the statements that came, in the order in which they came."""
    found = pages(endpoint(transport), **choice)
    return [int(one["id"][-12:]) for page in found for one in page]


@pytest.mark.parametrize("many", [0, 1, 3, 6, 7])
def test_all_come_in_the_stores_own_order(store: LrsSimulator, many: int) -> None:
    fill(store, *(statement(number) for number in range(many)))
    assert read(store) == sorted(range(many), reverse=store.strict)


def test_one_account_can_be_asked_for(store: LrsSimulator) -> None:
    fill(store, *(statement(number, "awa" if number % 2 else "bio") for number in range(9)))
    assert sorted(read(store, agent="bio", home=HOME)) == [0, 2, 4, 6, 8]
    assert read(store, agent="bio", home="https://elsewhere.example") == []


def test_since_goes_by_the_stores_own_time(store: LrsSimulator) -> None:
    fill(store, *(statement(number) for number in range(9)))
    since = (NOW + timedelta(minutes=5)).isoformat().replace("+00:00", "Z")
    assert sorted(read(store, since=since)) == [6, 7, 8]


def test_who_may_not_read_is_told_so(store: LrsSimulator) -> None:
    store.readable = False
    with pytest.raises(MayNotRead, match="right to read"):
        read(store)
    store.reads = [FORBIDDEN]
    store.readable = True
    with pytest.raises(MayNotRead):
        read(store)
    store.keys = set()
    with pytest.raises(NotAdmitted):
        read(store)


def test_a_token_that_is_over_is_renewed_once(store: LrsSimulator) -> None:
    fill(store, statement(1))
    signing_in = Lrs(ENDPOINT, auth=SignIn("https://id.example", "cartable"))
    store.keys = {"Bearer new"}
    assert [len(page) for page in pages(endpoint(store, signing_in))] == [1]
    store.keys = set()
    with pytest.raises(NotAdmitted):
        list(pages(endpoint(store, signing_in)))


@pytest.mark.parametrize(
    ("answer", "problem"), [(PORTAL, NotTheServer), (SILENT, Offline), (NOT_ADMITTED, NotAdmitted)]
)
def test_what_breaks_off_leaves_what_came(
    store: LrsSimulator, answer: Any, problem: type[Exception]
) -> None:
    fill(store, *(statement(number) for number in range(7)))
    came = []
    reading = pages(endpoint(store))
    came.append(next(reading))
    store.reads = [answer]
    with pytest.raises(problem):
        next(reading)
    assert len(came[0]) == 3


class Says:
    """A store that answers each request with the next of `bodies`, the last one for ever."""

    def __init__(self, *bodies: bytes) -> None:
        self.bodies = list(bodies)
        self.asked: list[str] = []

    @contextmanager
    def request(
        self,
        method: str,
        url: str,
        *,
        headers: Mapping[str, str] | None = None,
        body: bytes | None = None,
    ) -> Iterator[Reply]:
        assert (method, body) == ("GET", None)
        assert headers
        self.asked.append(url)
        assert len(self.asked) < 50, "it goes round for ever"
        yield Reply(200, {}, iter([self.bodies.pop(0) if self.bodies[1:] else self.bodies[0]]))


def page(*numbers: int, more: str = "") -> bytes:
    whole = joined([statement(number) for number in numbers])
    return b'{"statements":%b,"more":%b}' % (whole, json.dumps(more).encode())


def test_a_store_that_goes_round_in_a_circle_is_read_once() -> None:
    assert read(Says(page(1, 2, more="/xAPI/more/1"))) == [1, 2]
    circle = [page(1, more="/a"), page(2, more="/b"), page(1, more="/c"), page(2, more="/d")]
    assert read(Says(*circle * 20)) == [1, 2]
    assert read(Says(page(1, more="/a"), page(more="/b"))) == [1]


@pytest.mark.parametrize(
    ("more", "asked"),
    [
        ("/xAPI/statements?after=1", "https://campus.example/xAPI/statements?after=1"),
        ("statements?after=1", "https://campus.example/xAPI/statements?after=1"),
        ("?after=1", "https://campus.example/xAPI/statements?after=1"),
        ("https://campus.example/xAPI/more/1", "https://campus.example/xAPI/more/1"),
        ("http://lrs:8080/xAPI/more/1", "https://campus.example/xAPI/more/1"),
        ("//evil.example/xAPI/more/1", "https://campus.example/xAPI/more/1"),
        ("https://campus.example@evil.example/1", "https://campus.example/1"),
        ("file:///etc/passwd", "https://campus.example/etc/passwd"),
    ],
)
def test_no_other_host_is_asked(more: str, asked: str) -> None:
    says = Says(page(1, more=more), page())
    assert read(says) == [1]
    assert says.asked[1] == asked


@pytest.mark.parametrize("body", [b"[]", b"{}", b'{"statements":{}}', b"<html>", b"", b'{"statem'])
def test_what_is_no_page_is_not_the_store(body: bytes) -> None:
    with pytest.raises(NotTheServer):
        read(Says(body))
    with pytest.raises(NotTheServer):
        read(Says(page(1, more="http://[")))


def test_what_python_writes_though_it_is_no_json_spoils_no_page() -> None:
    odd = b'{"statements":[{"id":"1","n":NaN},{"id":"2","s":"\\ud800"},7,null],"more":null}'
    ((one, two),) = pages(endpoint(Says(odd)))
    assert (one["id"], two["id"]) == ("1", "2")
