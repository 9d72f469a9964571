# SPDX-License-Identifier: Apache-2.0
"""The ceiling holds in the long run, exactly, and lets no long burst through."""

from __future__ import annotations

import threading
from collections.abc import Iterator, Mapping
from contextlib import contextmanager

import pytest
from hypothesis import given
from hypothesis import strategies as st

from player.transport import Reply
from player.transport.ceiling import Ceiling, Limited


class Time:
    def __init__(self) -> None:
        self.now = 1000.0

    def clock(self) -> float:
        return self.now

    def sleep(self, seconds: float) -> None:
        assert seconds > 0
        self.now += seconds

    def ceiling(self, kbit: int) -> Ceiling:
        return Ceiling(kbit, self.clock, self.sleep)


@given(st.integers(16, 20_000), st.lists(st.integers(1, 65536), min_size=50, max_size=200))
def test_the_rate_is_exact_in_the_long_run(kbit: int, sizes: list[int]) -> None:
    time = Time()
    ceiling = time.ceiling(kbit)
    for size in sizes:
        ceiling.take(size)
    wanted = sum(sizes) / (kbit * 125)
    assert time.now - 1000 == pytest.approx(max(0, wanted - 1), rel=0.02)  # a burst of one second


@given(st.lists(st.tuples(st.floats(0, 5), st.integers(1, 50_000)), min_size=2, max_size=80))
def test_no_stretch_of_time_has_more_than_its_rate_and_one_second(
    steps: list[tuple[float, int]],
) -> None:
    time, rate = Time(), 100 * 125
    ceiling = time.ceiling(100)
    came: list[tuple[float, int]] = []
    for pause, size in steps:
        time.now += pause
        ceiling.take(size)
        came.append((time.now, size))
    for first in range(len(came)):
        total = sum(size for _, size in came[first:])
        assert total <= rate * (came[-1][0] - came[first][0] + 1) + came[first][1] + 1


def test_sleeping_too_long_is_made_up_for() -> None:
    time = Time()
    late = Ceiling(80, time.clock, lambda seconds: time.sleep(seconds + 0.3))
    for _ in range(100):
        late.take(10_000)
    assert time.now - 1000 == pytest.approx(99, abs=0.5)


def test_without_a_ceiling_nobody_sleeps_and_it_can_be_set_at_any_moment() -> None:
    time = Time()
    ceiling = time.ceiling(0)
    ceiling.take(10**9)
    assert (time.now, ceiling.step) == (1000, None)
    ceiling.kbit_per_s = 8
    ceiling.take(1000)
    ceiling.take(1000)
    assert time.now == pytest.approx(1001)


def test_threads_share_it() -> None:
    time = Time()
    waits: list[float] = []
    ceiling = Ceiling(80, time.clock, waits.append)

    def take() -> None:
        for _ in range(50):
            ceiling.take(1000)

    threads = [threading.Thread(target=take) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert max(waits) == pytest.approx(200 * 0.1 - 1)
    assert len(set(waits)) == len(waits)  # each has a time of its own


class Body:
    @contextmanager
    def request(
        self,
        method: str,
        url: str,
        *,
        headers: Mapping[str, str] | None = None,
        body: bytes | None = None,
    ) -> Iterator[Reply]:
        yield Reply(200, {}, iter([b"a" * 100_000, b"b", b""]), url)


def test_bodies_come_slowly_in_pieces_that_leave_time_to_stop() -> None:
    time = Time()
    slow = Limited(Body(), time.ceiling(80))
    with slow.request("GET", "https://campus.example/x") as reply:
        pieces = list(reply.body)
    assert b"".join(pieces) == b"a" * 100_000 + b"b"
    assert max(map(len, pieces)) == 2500
    assert time.now - 1000 == pytest.approx(9, rel=0.02)
    with slow.request("GET", "file:///media/stick/x") as reply:
        assert next(reply.body) == b"a" * 100_000
    assert time.now - 1000 == pytest.approx(9, rel=0.02)
