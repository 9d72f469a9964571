# SPDX-License-Identifier: Apache-2.0
"""The network, and every other road by which the files of a repository come.

One small protocol, `Transport`: ask for a URL, get a status, headers and bytes as they come. The
caller judges the status; a road that is down raises. `http:` and `https:` go through requests, its
only user; `file:` reads a folder or a stick and answers as a server with ranges would, so that
catalogue and download know no difference.
"""

from __future__ import annotations

import logging
import re
from collections.abc import Iterator, Mapping
from contextlib import AbstractContextManager, contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Protocol
from urllib.parse import urlsplit
from urllib.request import url2pathname

import requests
import truststore
import urllib3
from requests.adapters import HTTPAdapter

from player.errors import NotTheServer, Offline

log = logging.getLogger(__name__)

CONNECT_SECONDS = 8.0
READ_SECONDS = 12.0  # research/transport.md: without one, a half-open connection hangs for ever
CHUNK = 64 * 1024  # smaller blocks double the processor's work (research/transport.md §5)


@dataclass(slots=True)
class Reply:
    """An answer. `headers` have lower-case names; `body` gives bytes as they come, once.

    Iterating `body` raises `Offline` when the road breaks.
    """

    status: int
    headers: Mapping[str, str] = field(default_factory=dict)
    body: Iterator[bytes] = field(default_factory=lambda: iter(()))

    def read(self, limit: int) -> bytes:
        """The whole body. Raises `NotTheServer` when it is longer than `limit` bytes."""
        data = bytearray()
        for chunk in self.body:
            data += chunk
            if len(data) > limit:
                raise NotTheServer(place="the server")
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
    parts = urlsplit(url)
    if parts.scheme == "file":
        return str(_local(url))
    return parts.netloc.rpartition("@")[2] or url


class Roads:
    """The real transport: HTTP(S) by requests, `file:` by reading."""

    def __init__(self, user_agent: str = "Cartable") -> None:
        self._session = requests.Session()
        self._session.headers["User-Agent"] = user_agent
        self._session.mount("https://", _SystemTrust())

    def close(self) -> None:
        """Let the connections go."""
        self._session.close()

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
        if urlsplit(url).scheme == "file":
            with _read_file(url, dict(headers or {})) as reply:
                yield reply
            return
        try:
            response = self._session.request(
                method,
                url,
                headers=dict(headers or {}),
                data=body,
                stream=True,
                timeout=(CONNECT_SECONDS, READ_SECONDS),
                allow_redirects=method == "GET",
            )
        except requests.exceptions.SSLError as error:
            raise NotTheServer(place=place(url)) from error
        except (requests.RequestException, ValueError) as error:
            raise Offline(place=place(url)) from error
        with response:
            lower = {name.lower(): value for name, value in response.headers.items()}
            yield Reply(response.status_code, lower, _chunks(response, url))


def _chunks(response: requests.Response, url: str) -> Iterator[bytes]:
    try:
        while chunk := response.raw.read1(CHUNK, decode_content=True):
            yield chunk
    except (requests.RequestException, urllib3.exceptions.HTTPError, OSError) as error:
        raise Offline(place=place(url)) from error


class _SystemTrust(HTTPAdapter):
    """The certificates of the system, so that a school's own proxy is trusted where its PCs do."""

    def init_poolmanager(self, *args: object, **kwargs: object) -> None:
        context = truststore.SSLContext(__import__("ssl").PROTOCOL_TLS_CLIENT)
        super().init_poolmanager(*args, ssl_context=context, **kwargs)  # type: ignore[no-untyped-call]


_RANGE = re.compile(r"bytes=(\d+)-(\d*)\Z")


@contextmanager
def _read_file(url: str, headers: dict[str, str]) -> Iterator[Reply]:
    path = _local(url)
    try:
        stream = path.open("rb")
    except (FileNotFoundError, IsADirectoryError, NotADirectoryError):
        yield Reply(404)
        return
    except OSError as error:
        raise Offline(place=str(path)) from error
    with stream:
        size = stream.seek(0, 2)
        wanted = _RANGE.match(headers.get("Range", ""))
        start = int(wanted[1]) if wanted else 0
        stop = min(int(wanted[2]) + 1, size) if wanted and wanted[2] else size
        if wanted and start >= size:
            yield Reply(416, {"content-range": f"bytes */{size}"})
            return
        stream.seek(start)
        answer = {"content-length": str(stop - start)}
        if wanted:
            answer["content-range"] = f"bytes {start}-{stop - 1}/{size}"
        yield Reply(206 if wanted else 200, answer, _blocks(stream, stop - start, path))


def _blocks(stream: object, left: int, path: Path) -> Iterator[bytes]:
    try:
        while left > 0 and (block := stream.read(min(CHUNK * 4, left))):  # type: ignore[attr-defined]
            left -= len(block)
            yield block
    except OSError as error:  # the stick was pulled
        raise Offline(place=str(path)) from error


def _local(url: str) -> Path:
    parts = urlsplit(url)
    name = url2pathname(parts.path)
    return Path(f"//{parts.netloc}{name}" if parts.netloc not in ("", "localhost") else name)
