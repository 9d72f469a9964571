# SPDX-License-Identifier: Apache-2.0
"""Not taking the whole line: a rate that all threads together keep.

What is not read from a connection is not sent either, soon: TCP holds the server back. So it is
enough to read slowly.
"""

from __future__ import annotations

import threading
import time
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import replace

from player.transport.reply import Reply, Transport

_SAVED = 1.0  # seconds of rate that may be saved up, and then come as a burst
_LEAST = 256  # bytes


class Ceiling:
    """So many kbit/s (10^3 bits), shared by all who `take`; 0 for no ceiling.

    Each take gets its place in one line of time, so threads are served in turn, and what one waits
    too long for the system to wake it is not lost. `kbit_per_s` may be changed at any moment.
    """

    def __init__(
        self,
        kbit_per_s: int,
        clock: Callable[[], float] = time.monotonic,
        sleep: Callable[[float], None] = time.sleep,
    ) -> None:
        self.kbit_per_s = kbit_per_s
        self._clock = clock
        self._sleep = sleep
        self._lock = threading.Lock()
        self._until = float("-inf")  # when all that was taken so far has had its time

    @property
    def step(self) -> int | None:
        """Bytes to take at once so that nobody sleeps much longer than a quarter of a second."""
        rate = self.kbit_per_s * 125
        return max(_LEAST, rate // 4) if rate else None

    def take(self, n: int) -> None:
        """Sleep until `n` bytes more may come."""
        rate = self.kbit_per_s * 125  # bytes/s
        if rate <= 0:
            return
        with self._lock:
            now = self._clock()
            self._until = max(self._until, now - _SAVED) + n / rate
            wait = self._until - now
        if wait > 0:
            self._sleep(wait)


class Limited:
    """A transport whose bodies come no faster than a ceiling lets them, but for what is `free`."""

    def __init__(
        self,
        inner: Transport,
        ceiling: Ceiling,
        free: Callable[[str], bool] = lambda _url: False,
    ) -> None:
        self._inner = inner
        self._ceiling = ceiling
        self._free = free

    @contextmanager
    def request(
        self,
        method: str,
        url: str,
        *,
        headers: Mapping[str, str] | None = None,
        body: bytes | None = None,
    ) -> Iterator[Reply]:
        """Ask. See `Transport.request`."""
        with self._inner.request(method, url, headers=headers, body=body) as reply:
            if url.lower().startswith("file:") or self._free(url):
                yield reply
            else:
                yield replace(reply, body=self._slowly(reply.body))

    def _slowly(self, blocks: Iterator[bytes]) -> Iterator[bytes]:
        for block in blocks:
            step = self._ceiling.step or len(block)
            for start in range(0, len(block), max(1, step)):
                piece = block[start : start + step]
                self._ceiling.take(len(piece))
                yield piece
