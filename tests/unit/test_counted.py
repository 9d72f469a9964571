# SPDX-License-Identifier: Apache-2.0
"""What a request costs is counted as it crosses the line, over fakes and a real socket."""

from __future__ import annotations

import gzip
import socket
import threading
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import contextmanager

import pytest
from hypothesis import given
from hypothesis import strategies as st
from simulator import LOGIN, URL, Simulator

from player.errors import NotTheServer, Offline
from player.transport import Roads
from player.transport.counted import Counted

DATA = bytes(range(256)) * 40


class Ledger:
    def __init__(self) -> None:
        self.content: Counter[str] = Counter()
        self.overhead: Counter[str] = Counter()

    def __call__(self, kind: str, content: int, overhead: int) -> None:
        assert content >= 0
        assert overhead >= 0
        self.content[kind] += content
        self.overhead[kind] += overhead


@pytest.fixture
def ledger() -> Ledger:
    return Ledger()


def test_a_body_counts_as_it_comes_and_heads_beside_it(ledger: Ledger) -> None:
    server = Simulator(files={"a": DATA})
    road = Counted(server, "content", ledger)
    with road.request("GET", URL + "a") as reply:
        next(reply.body)
        assert ledger.content["content"] == server.block
        rest = b"".join(reply.body)
    assert len(rest) == len(DATA) - server.block
    assert ledger.content["content"] == server.served["a"] == len(DATA)
    assert 150 < ledger.overhead["content"] < 600


@given(st.integers(0, len(DATA) + 10), st.integers(1, 3000))
def test_what_came_before_a_cut_is_counted_to_the_byte(size: int, block: int) -> None:
    ledger, server = Ledger(), Simulator(files={"a": DATA}, block=block)
    server.cut_after(size)
    try:
        with Counted(server, "content", ledger).request("GET", URL + "a") as reply:
            assert reply.read(10**6) == DATA
    except Offline:
        pass
    assert ledger.content["content"] == server.served["a"]


def test_a_login_page_a_refusal_and_a_repeat_are_paid_too(ledger: Ledger) -> None:
    server = Simulator(files={"a": DATA})
    road = Counted(server, "catalogue", ledger)
    server.captive_portal()
    with road.request("GET", URL + "a") as reply:
        reply.read(1000)
    assert ledger.content["catalogue"] == len(LOGIN)
    server.captive_portal(False)
    for _ in range(2):
        with road.request("GET", URL + "a") as reply:
            reply.read(10**6)
    assert ledger.content["catalogue"] == len(LOGIN) + 2 * len(DATA)


def test_what_is_sent_counts_also_where_no_answer_comes(ledger: Ledger) -> None:
    server = Simulator()
    road = Counted(server, "answers", ledger)
    with road.request("POST", URL + "statements", body=b"x" * 500):
        pass
    assert ledger.content["answers"] == 500
    server.unreachable()
    with pytest.raises(Offline), road.request("POST", URL + "statements", body=b"x" * 500):
        pass
    assert ledger.content["answers"] == 1000  # it may have left


def test_a_fault_of_who_reads_is_not_counted_as_another_request(ledger: Ledger) -> None:
    server = Simulator(files={"a": DATA})
    road = Counted(server, "content", ledger)
    with road.request("GET", URL + "a"):
        once = ledger.overhead["content"]
    server.captive_portal()
    with pytest.raises(NotTheServer), road.request("GET", URL + "a") as reply:
        reply.read(10)
    assert once < ledger.overhead["content"] < 2 * once  # a shorter head


def test_folders_and_neighbours_cost_nothing(ledger: Ledger) -> None:
    for url in ("file:///media/stick/", "http://192.168.1.7:8123/"):
        server = Simulator(url=url, files={"a": DATA})
        road = Counted(server, "content", ledger, lambda url: "192.168." in url)
        with road.request("GET", url + "a") as reply:
            assert reply.read(10**6) == DATA
    assert not ledger.content + ledger.overhead


def test_threads_count_together() -> None:
    lock, total = threading.Lock(), [0]

    def tally(_kind: str, content: int, _overhead: int) -> None:
        with lock:
            total[0] += content

    road = Counted(Simulator(files={"a": DATA}), "content", tally)

    def fetch() -> None:
        for _ in range(20):
            with road.request("GET", URL + "a") as reply:
                reply.read(10**6)

    threads = [threading.Thread(target=fetch) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert total[0] == 80 * len(DATA)


# A real connection, every byte of it counted on the other side


@contextmanager
def listening(answers: list[bytes]) -> Iterator[tuple[str, Callable[[], int]]]:
    """A server that gives these answers to one connection, and how many bytes it was sent."""
    came: list[int] = []
    with socket.create_server(("127.0.0.1", 0)) as server:

        def serve() -> None:
            connection, _ = server.accept()
            with connection:
                for answer in answers:
                    asked = b""
                    while b"\r\n\r\n" not in asked:
                        asked += connection.recv(65536)
                    head, _, body = asked.partition(b"\r\n\r\n")
                    for line in head.split(b"\r\n"):
                        if line.lower().startswith(b"content-length:"):
                            while len(body) < int(line.split(b":")[1]):
                                body += connection.recv(65536)
                    came.append(len(head) + 4 + len(body))
                    connection.sendall(answer)

        thread = threading.Thread(target=serve)
        thread.start()
        try:
            yield f"http://127.0.0.1:{server.getsockname()[1]}", lambda: sum(came)
        finally:
            thread.join()


def answer(body: bytes, *fields: str, status: str = "200 OK") -> bytes:
    head = [f"HTTP/1.1 {status}", f"Content-Length: {len(body)}", *fields]
    return "\r\n".join(head).encode() + b"\r\n\r\n" + body


@pytest.fixture
def roads() -> Iterator[Roads]:
    made = Roads("Cartable/test")
    yield made
    made.close()


@pytest.mark.parametrize(
    ("method", "body", "answers"),
    [
        ("GET", None, [answer(DATA, "ETag: \"x\"", "Set-Cookie: a=1", "Set-Cookie: b=2")]),
        ("GET", None, [answer(gzip.compress(DATA), "Content-Encoding: gzip")]),
        ("POST", b"y" * 3000, [answer(b"", status="204 No Content")]),
        ("GET", None, [answer(b"moved!", "Location: /there", status="302 Found"), answer(DATA)]),
        ("GET", None, [answer(b"", status="404 Not Found")]),
    ],
    ids=["plain", "coded", "sent", "redirected", "missing"],
)  # fmt: skip
def test_every_byte_of_the_connection_is_counted(
    roads: Roads, ledger: Ledger, method: str, body: bytes | None, answers: list[bytes]
) -> None:
    with listening(answers) as (url, came):
        road = Counted(roads, "content", ledger)
        with road.request(method, url + "/a%20b?q=1", headers={"Range": "x"}, body=body) as reply:
            reply.read(10**6)
    counted = ledger.content["content"] + ledger.overhead["content"]
    assert counted == came() + sum(map(len, answers))
    last = answers[-1].partition(b"\r\n\r\n")[2]
    assert ledger.content["content"] == len(last) + len(body or b"")


def test_where_no_connection_came_about_nothing_was_paid(roads: Roads, ledger: Ledger) -> None:
    road = Counted(roads, "content", ledger)
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        for host in (f"127.0.0.1:{taken.getsockname()[1]}", "campus.invalid", "["):
            with pytest.raises(Offline), road.request("GET", f"http://{host}/", body=b"x" * 500):
                pass
    assert not ledger.content + ledger.overhead


def test_a_request_that_nobody_answered_was_paid(roads: Roads, ledger: Ledger) -> None:
    with (
        listening([b""]) as (url, came),
        pytest.raises(Offline),
        Counted(roads, "content", ledger).request("GET", url),
    ):
        pass
    assert came() - 60 < ledger.overhead["content"] < came() + 60
