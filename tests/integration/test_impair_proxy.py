# SPDX-License-Identifier: Apache-2.0
"""The poor network behind `benchmarks/transfer` is at least as poor as it is said to be."""

from __future__ import annotations

import http.client
import socket
import time
from collections.abc import Iterator
from contextlib import closing, suppress
from functools import partial

import pytest
from impair_proxy import PORTAL_HTML, Profile, ProxyThread, Windows, parse_rate, parse_size
from repository_builder import noise
from transfer.server import Address, serving_plainly

BODY = noise("body", 200_000)


@pytest.fixture(scope="module")
def upstream(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Address]:
    root = tmp_path_factory.mktemp("www")
    (root / "f").write_bytes(BODY)
    (root / "s").write_bytes(b"small")
    with serving_plainly(root) as address:
        yield address


def get(
    proxy: ProxyThread, path: str = "/f", timeout: float = 20, headers: dict[str, str] | None = None
) -> tuple[int, bytes, float]:
    """The status, the body, and the seconds that they took."""
    began = time.monotonic()
    with closing(http.client.HTTPConnection("127.0.0.1", proxy.port, timeout=timeout)) as line:
        line.request("GET", path, headers=headers or {})
        with line.getresponse() as response:
            return response.status, response.read(), time.monotonic() - began


def test_what_a_profile_says() -> None:
    assert parse_size("1M") == 1_000_000
    assert parse_size("64Ki") == 65536
    assert parse_rate("256k") == 256_000
    assert parse_rate("2mbit") == 2e6
    assert parse_rate(0) == 0
    windows = Windows.parse("5-10,every=60:for=20:first=20")
    assert [windows.end_of_window(at) for at in (7, 12, 25, 85)] == [10, None, 40, 100]
    assert windows.next_start(41) == 80


def test_a_perfect_link_changes_nothing_and_counts(upstream: Address) -> None:
    with ProxyThread(upstream, Profile()) as proxy:
        assert get(proxy)[1] == BODY
        counted = proxy.stats()
    assert (counted["requests"], counted["connections"]) == (1, 1)
    assert counted["down_bytes"] > len(BODY)


def test_the_rate_is_no_higher(upstream: Address) -> None:
    with ProxyThread(upstream, Profile(rate="2m")) as proxy:
        _, data, seconds = get(proxy)
    assert data == BODY
    assert seconds > 0.75  # 200 kB at 250 kB/s


def test_round_trips_and_slow_start_take_their_time(upstream: Address) -> None:
    with ProxyThread(upstream, Profile(rtt_ms=100)) as proxy:
        assert get(proxy, "/s")[2] > 0.19  # handshake, request
        assert get(proxy)[2] > 0.28  # a window more


def test_a_cut_link_gives_no_more_than_it_says_and_can_be_gone_on_with(upstream: Address) -> None:
    got = b""
    with ProxyThread(upstream, Profile(drop_bytes=50_000)) as proxy:
        while len(got) < len(BODY):
            part = _until_it_is_cut(proxy.port, len(got))
            assert 0 < len(part) <= 50_000
            got += part.partition(b"\r\n\r\n")[2]
        assert proxy.stats()["drops"] >= 4
    assert got == BODY


def _until_it_is_cut(port: int, first: int) -> bytes:
    data = b""
    with socket.create_connection(("127.0.0.1", port)) as line:
        line.sendall(b"GET /f HTTP/1.1\r\nHost: x\r\nConnection: close\r\n")
        line.sendall(b"Range: bytes=%d-\r\n\r\n" % first)
        with suppress(ConnectionResetError):
            while block := line.recv(65536):
                data += block
    return data


def test_one_bit_is_flipped_once(upstream: Address) -> None:
    with ProxyThread(upstream, Profile(flip_at=[100_000])) as proxy:
        data = get(proxy)[1]
        assert len(data) == len(BODY)
        assert sum(a != b for a, b in zip(data, BODY, strict=True)) == 1
        assert get(proxy)[1] == BODY


def test_a_captive_portal_answers_for_everybody_for_a_while(upstream: Address) -> None:
    with ProxyThread(upstream, Profile(portal="0-1.5")) as proxy:
        status, data, _ = get(proxy, headers={"Range": "bytes=5-"})
        assert (status, data) == (200, PORTAL_HTML)
        while (data := get(proxy)[1]) == PORTAL_HTML:
            time.sleep(0.05)
        assert data == BODY


def test_a_server_may_be_busy(upstream: Address) -> None:
    with ProxyThread(upstream, Profile(http_error="0-60")) as proxy:
        assert get(proxy)[0] == 503


def test_a_link_refuses_and_comes_back(upstream: Address) -> None:
    with ProxyThread(upstream, Profile(refuse="0.2-1.7")) as proxy:
        get(proxy, "/s")  # starts the clock
        while "refusals" not in proxy.stats():
            time.sleep(0.01)
        with pytest.raises(ConnectionRefusedError):
            get(proxy, "/s")
        while (data := _unless_refused(proxy)) is None:
            time.sleep(0.05)
        assert data == b"small"


def _unless_refused(proxy: ProxyThread) -> bytes | None:
    try:
        return get(proxy, "/s")[1]
    except ConnectionRefusedError:
        return None


def test_a_half_open_connection_is_dead_without_a_word(upstream: Address) -> None:
    with ProxyThread(upstream, Profile(rate="1m", outage="0.5-1.2")) as proxy:
        with socket.create_connection(("127.0.0.1", proxy.port), 1.5) as line:
            line.sendall(b"GET /f HTTP/1.1\r\nHost: x\r\n\r\n")
            with pytest.raises(TimeoutError):
                all(iter(partial(line.recv, 65536), b""))
        assert get(proxy)[1] == BODY


def test_a_stalled_connection_goes_on(upstream: Address) -> None:
    with ProxyThread(upstream, Profile(rate="2m", outage="0.3-1.3", outage_mode="stall")) as proxy:
        _, data, seconds = get(proxy)
    assert data == BODY
    assert seconds > 1.7
