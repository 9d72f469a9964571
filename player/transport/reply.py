# SPDX-License-Identifier: Apache-2.0
"""What every road gives back, and what to call where it leads."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import AbstractContextManager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Protocol
from urllib.parse import urlsplit

from player.errors import ConnectionProblem, NotTheServer, Offline, ServerBusy, ServerRefused

_BUSY = (429, 503)
_BUSY_SECONDS = 30  # where a busy server names no time
_LEAST = 500  # bytes/s: half of what the slowest mobile line brings
_DROPS = 30.0  # seconds for which a document may come more slowly
_LOGIN_NEEDED = 511  # RFC 6585 §6: a captive portal that says so


@dataclass(slots=True)
class Reply:
    """An answer. `headers` have lower-case names; `body` gives bytes as they come, once.

    Iterating `body` raises `Offline` when the road breaks. What it costs on the line: `head_bytes`
    of the heads of request and answer, redirections included, 0 where nobody counted; `received`
    tells the bytes of the body that came so far, still coded, None where they are those of `body`.

    Who watches over the body from another thread may be `patient`, to have it wait longer than
    usual for the next bytes (in seconds), and `abort` it: then iterating ends with `Offline`.
    """

    status: int
    headers: Mapping[str, str] = field(default_factory=dict)
    body: Iterator[bytes] = field(default_factory=lambda: iter(()))
    url: str = ""
    head_bytes: int = 0
    received: Callable[[], int] | None = None
    patient: Callable[[float], None] = lambda _seconds: None
    abort: Callable[[], None] = lambda: None

    def read(self, limit: int) -> bytes:
        """The whole body.

        Raises `NotTheServer` where it is longer than `limit` bytes, `Offline` where it but drips.
        """
        data, until = bytearray(), time.monotonic() + _DROPS
        for chunk in self.body:
            data += chunk
            until += len(chunk) / _LEAST
            if len(data) > limit:
                raise NotTheServer(place=place(self.url) or "the server")
            if time.monotonic() > until:  # each drop alone comes in time, and it never ends
                raise Offline(place=place(self.url) or "the server")
        return bytes(data)


class Transport(Protocol):
    """A road. A status is the caller's to judge."""

    def request(
        self,
        method: str,
        url: str,
        *,
        headers: Mapping[str, str] | None = None,
        body: bytes | None = None,
    ) -> AbstractContextManager[Reply]:
        """Ask. Raises `Offline` when nobody answers, `NotTheServer` when TLS fails."""
        ...


def place(url: str) -> str:
    """What to call a URL in a sentence: its host, or its folder; never its secrets."""
    try:
        parts = urlsplit(url)
        if parts.scheme == "file":
            return str(local_path(url))
    except ValueError:
        return url
    return parts.netloc.rpartition("@")[2] or url


def head_bytes(first: str, headers: Iterable[tuple[str, str]]) -> int:
    """How long a head is on the line: its first line, its fields, an empty line."""
    fields = sum(len(f"{name}: {value}\r\n".encode()) for name, value in headers)
    return len(first.encode()) + 2 + fields + 2


def refusal(reply: Reply, url: str) -> ConnectionProblem:
    """What to raise for a status that is not the one hoped for."""
    if reply.status == _LOGIN_NEEDED:
        return NotTheServer(place=place(url))
    if reply.status in _BUSY:
        asked = reply.headers.get("retry-after", "").strip()
        known = asked.isascii() and asked.isdigit()  # RFC 9110 §10.2.3; a date is not obeyed
        seconds = min(int(asked[:9]), 86400) if known else _BUSY_SECONDS
        return ServerBusy(place=place(url), seconds=seconds)
    return ServerRefused(place=place(url), status=reply.status)


def local_path(url: str) -> Path:
    """Where a `file:` URL points."""
    from urllib.request import url2pathname  # noqa: PLC0415 - it loads a whole HTTP client

    parts = urlsplit(url)
    name = url2pathname(parts.path)
    return Path(f"//{parts.netloc}{name}" if parts.netloc not in ("", "localhost") else name)
