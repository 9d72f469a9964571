# SPDX-License-Identifier: Apache-2.0
"""Counting what goes over the line, in front of any transport.

Counted are the bytes of HTTP: bodies as they come, still coded, and the heads of requests and
answers. What lies below is not seen here: TCP, IP and TLS add about 4 % (research/transport.md),
nor are the few kB that were under way when a transfer is broken off.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import replace

from player.errors import ConnectionProblem
from player.transport.reply import Reply, Transport, head_bytes

Count = Callable[[str, int, int], None]
"""Told (kind, bytes of content, bytes of overhead) as they come, from any thread."""

_USUAL = [  # what a client says unasked; of a transport that does not tell how long its heads are
    ("Host", "campus.example"),
    ("User-Agent", "Cartable/0.1.0"),
    ("Accept-Encoding", "gzip"),
    ("Accept", "*/*"),
    ("Connection", "keep-alive"),
]


def _nowhere(_url: str) -> bool:
    return False


class Counted:
    """A transport that counts what it costs. `file:` costs nothing, nor does what is `free`."""

    def __init__(
        self, inner: Transport, kind: str, tally: Count, free: Callable[[str], bool] = _nowhere
    ) -> None:
        """Count `inner` as `kind`; `free` says of a URL that it leads no further than the LAN."""
        self._inner = inner
        self._kind = kind
        self._tally = tally
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
        paid = url.lower().startswith(("http:", "https:")) and not self._free(url)
        road = self._inner.request(method, url, headers=headers, body=body)
        if not paid:
            with road as reply:
                yield reply
            return
        sent = len(body or b"")
        asked = head_bytes(f"{method} {url} HTTP/1.1", [*_USUAL, *(headers or {}).items()])
        entered = False
        try:
            with road as reply:
                entered = True
                self._tally(self._kind, sent, reply.head_bytes or asked + _answer_head(reply))
                counting = _Body(reply, lambda size: self._tally(self._kind, size, 0))
                try:
                    yield replace(reply, body=iter(counting))
                finally:
                    counting.settle()
        except ConnectionProblem as problem:
            if not entered and problem.left:
                self._tally(self._kind, sent, asked)
            raise


def _answer_head(reply: Reply) -> int:
    return head_bytes(f"HTTP/1.1 {reply.status} OK", reply.headers.items())


class _Body:
    """The body of an answer, counted on its way."""

    def __init__(self, reply: Reply, came: Callable[[int], None]) -> None:
        self._reply = reply
        self._came = came
        self._counted = 0

    def __iter__(self) -> Iterator[bytes]:
        for block in self._reply.body:
            if self._reply.received is None:
                self._came(len(block))
            else:
                self.settle()
            yield block

    def settle(self) -> None:
        """Count what came and was not yet counted: of coded bytes some may be of no block yet."""
        if self._reply.received is None:
            return
        came = self._reply.received()
        if came > self._counted:
            self._came(came - self._counted)
            self._counted = came
