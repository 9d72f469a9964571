# SPDX-License-Identifier: Apache-2.0
"""The PC next door: its address, and what it says; nothing of it is believed unread."""

from __future__ import annotations

import json
import socket
import threading
from collections.abc import Iterator
from contextlib import contextmanager

import pytest
from hypothesis import given
from hypothesis import strategies as st
from simulator import URL, Simulator

from player.course.peer import (
    decode_have,
    decode_peer,
    encode_have,
    is_lent,
    is_public,
    peer_url,
    repository_path,
)
from player.errors import Malformed, NewerFormat, NotAPeer
from player.transport import Roads
from player.transport.ceiling import Ceiling, Limited
from player.transport.detour import Detour


@pytest.mark.parametrize(
    ("typed", "url"),
    [
        ("192.168.1.20:7717", "http://192.168.1.20:7717/cartable/1/"),
        (" 10.0.0.7 ", "http://10.0.0.7:7717/cartable/1/"),
        ("http://172.16.3.4:80/", "http://172.16.3.4:80/cartable/1/"),
        ("HTTP://169.254.7.8:9/cartable/1/", "http://169.254.7.8:9/cartable/1/"),
        ("localhost:8000", "http://localhost:8000/cartable/1/"),
        ("[fe80::1]:7000", "http://[fe80::1]:7000/cartable/1/"),
        ("127.0.0.1:7717", "http://127.0.0.1:7717/cartable/1/"),
    ],
)
def test_an_address_however_it_is_typed(typed: str, url: str) -> None:
    assert peer_url(typed) == url


@pytest.mark.parametrize(
    "typed",
    [
        "",
        "8.8.8.8:7717",
        "campus.example",
        "pc-12.local:7717",
        "https://192.168.1.20",
        "file:///etc/",
        "user@192.168.1.20",
        "192.168.1.20:99999",
        "192.168.1.20/other/",
        "192.168.1.20?x",
        "0.0.0.0",  # noqa: S104 - to be refused
        "224.0.0.251",
        "255.255.255.255",
        "2001:4860:4860::8888",
        "[::ffff:8.8.8.8]:80",
        "3232235796",
        "192.168.1",
        "[",
    ],
)
def test_what_is_no_pc_of_this_network(typed: str) -> None:
    with pytest.raises(NotAPeer, match="not the address of a computer in this network"):
        peer_url(typed)


def said(**fields: object) -> bytes:
    return json.dumps({"format": "cartable/1", "kind": "peer"} | fields).encode()


def test_what_it_lends() -> None:
    lent = {"url": "https://a.example/", "number": 3, "path": repository_path("x"), "new": 1}
    found = decode_peer(said(repositories=[lent], free=4, later=True))
    assert (found.repositories[0].url, found.repositories[0].number, found.free) == (
        "https://a.example/",
        3,
        4,
    )


@pytest.mark.parametrize(
    "lent",
    [
        {"number": 1, "path": "../../"},
        {"number": 1, "path": "r/0123456789abcdef"},
        {"number": -1, "path": "r/0123456789abcdef/"},
        {"number": 1, "path": "http://other.example/"},
        {"path": "r/0123456789abcdef/"},
    ],
)
def test_what_it_cannot_lend(lent: object) -> None:
    with pytest.raises(Malformed):
        decode_peer(said(repositories=[lent]))


def test_a_newer_peer() -> None:
    with pytest.raises(NewerFormat):
        decode_peer(said(format="cartable/2"))


@given(st.frozensets(st.binary(min_size=32, max_size=32).map(bytes.hex), max_size=20))
def test_a_list_of_files_comes_back(hashes: frozenset[str]) -> None:
    data = encode_have(hashes)
    assert (decode_have(data), len(data)) == (hashes, 32 * len(hashes))


def test_a_list_that_was_cut() -> None:
    with pytest.raises(Malformed, match="middle of a hash"):
        decode_have(b"x" * 33)


def test_only_what_a_peer_lends_costs_nothing() -> None:
    assert is_lent("http://10.0.0.7:7717/cartable/1/blobs/aa/bb")
    assert not is_lent("http://10.0.0.7:7717/courses/")
    assert not is_lent("http://8.8.8.8/cartable/1/have")
    assert not is_lent("http://campus.example/cartable/1/have")
    assert not is_lent("http://[/cartable/1/have")


@pytest.mark.parametrize(
    "url",
    ["file:///media/stick/", "https://a:b@c.example/", "https:///x/", "http://a/?t=1", "ftp://a/"],
)
def test_addresses_that_are_not_told(url: str) -> None:
    assert not is_public(url)


# On the way there


@contextmanager
def answering(answer: bytes) -> Iterator[str]:
    """A peer that says the same to everyone; its address."""
    with socket.create_server(("127.0.0.1", 0)) as listener:

        def run() -> None:
            while True:
                try:
                    connection, _ = listener.accept()
                except OSError:
                    return
                with connection:
                    connection.recv(8192)
                    connection.sendall(answer)

        thread = threading.Thread(target=run)
        thread.start()
        try:
            yield peer_url(f"127.0.0.1:{listener.getsockname()[1]}")
        finally:
            listener.shutdown(socket.SHUT_RDWR)
            thread.join(10)


def test_a_neighbour_leads_nowhere_else(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("http_proxy", "http://127.0.0.1:1")  # nobody is there
    moved = b"HTTP/1.1 302 Found\r\nLocation: https://campus.invalid/x\r\nContent-Length: 0\r\n\r\n"
    roads = Roads()
    with answering(moved) as url, roads.request("GET", url + "have") as reply:
        assert reply.status == 302
    roads.close()


def test_a_detour_asks_elsewhere_and_keeps_no_tag() -> None:
    server = Simulator(url="http://10.0.0.7:7717/cartable/1/r/0123456789abcdef/")
    server.publish({"catalogue.json": b"{}"})
    detour = Detour(server, URL, server.url)
    with detour.request("GET", f"{URL}catalogue.json", headers={"If-None-Match": '"x"'}) as reply:
        assert (reply.read(10), "etag" in reply.headers) == (b"{}", False)
    assert (server.asked, server.headers) == (["catalogue.json"], [{}])


def test_what_is_free_is_not_slowed() -> None:
    server = Simulator()
    server.publish({"a": b"x" * 5000})
    slept: list[float] = []
    ceiling = Ceiling(8, clock=lambda: 0.0, sleep=slept.append)
    for free, slow in ((True, False), (False, True)):
        with Limited(server, ceiling, lambda _url, free=free: free).request("GET", URL + "a") as r:
            assert r.read(5000) == b"x" * 5000
        assert bool(slept) is slow
