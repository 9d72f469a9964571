# SPDX-License-Identifier: Apache-2.0
"""The network, and every other road by which the files of a repository come.

One small protocol, `Transport`: ask for a URL, get a status, headers and bytes as they come. The
caller judges the status; a road that is down raises. `http:` and `https:` go through requests, its
only user; `file:` reads a folder or a stick and answers as a server with ranges would, so that
catalogue and download know no difference.
"""

from __future__ import annotations

import re
import ssl
import threading
from collections.abc import Iterator, Mapping
from contextlib import AbstractContextManager, contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, BinaryIO, Protocol
from urllib.parse import urlsplit
from urllib.request import url2pathname

import requests
import truststore
import urllib3
from requests.adapters import HTTPAdapter

from player.errors import ConnectionProblem, NotTheServer, Offline, ServerBusy, ServerRefused

CONNECT_SECONDS = 8.0
READ_SECONDS = 12.0  # research/transport.md: without one, a half-open connection hangs for ever
CHUNK = 64 * 1024  # smaller blocks double the processor's work (research/transport.md §5)
_BUSY = (429, 503)
_BUSY_SECONDS = 30  # where a busy server names no time
_LOGIN_NEEDED = 511  # RFC 6585 §6: a captive portal that says so


@dataclass(slots=True)
class Reply:
    """An answer. `headers` have lower-case names; `body` gives bytes as they come, once.

    Iterating `body` raises `Offline` when the road breaks.
    """

    status: int
    headers: Mapping[str, str] = field(default_factory=dict)
    body: Iterator[bytes] = field(default_factory=lambda: iter(()))
    url: str = ""

    def read(self, limit: int) -> bytes:
        """The whole body. Raises `NotTheServer` when it is longer than `limit` bytes."""
        data = bytearray()
        for chunk in self.body:
            data += chunk
            if len(data) > limit:
                raise NotTheServer(place=place(self.url) or "the server")
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
            return str(_local(url))
    except ValueError:
        return url
    return parts.netloc.rpartition("@")[2] or url


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


class Roads:
    """The real transport: HTTP(S) by requests, `file:` by reading. Any thread may ask."""

    def __init__(self, user_agent: str = "Cartable") -> None:
        self._user_agent = user_agent
        self._thread = threading.local()
        self._sessions: list[requests.Session] = []
        self._lock = threading.Lock()

    def close(self) -> None:
        """Let the connections go."""
        with self._lock:
            sessions, self._sessions = self._sessions, []
        for session in sessions:
            session.close()
        self._thread = threading.local()

    def _session(self) -> requests.Session:
        """This thread's own: requests does not promise that threads may share one."""
        if not hasattr(self._thread, "session"):
            session = requests.Session()
            session.headers.update({"User-Agent": self._user_agent, "Accept-Encoding": "gzip"})
            session.auth = _as_given
            session.mount("https://", _SystemTrust())
            with self._lock:
                self._sessions.append(session)
            self._thread.session = session
        found: requests.Session = self._thread.session
        return found

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
        scheme = url.partition(":")[0].lower()
        if scheme == "file":
            with _read_file(url, headers or {}) as reply:
                yield reply
            return
        if scheme not in ("http", "https"):
            raise Offline(place=place(url))
        with self._ask(method, url, dict(headers or {}), body) as response:
            lower = {name.lower(): value for name, value in response.headers.items()}
            yield Reply(response.status_code, lower, _chunks(response, url), url)

    def _ask(
        self, method: str, url: str, headers: dict[str, str], body: bytes | None
    ) -> requests.Response:
        try:
            return self._session().request(
                method,
                url,
                headers=headers,
                data=body,
                stream=True,
                timeout=(CONNECT_SECONDS, READ_SECONDS),
                allow_redirects=method == "GET",
            )
        except requests.exceptions.SSLError as error:
            raise NotTheServer(place=place(url)) from error
        except (requests.TooManyRedirects, requests.exceptions.InvalidSchema) as error:
            raise NotTheServer(place=place(url)) from error  # sent round, or out of the web
        except (requests.RequestException, urllib3.exceptions.HTTPError, ValueError) as error:
            raise Offline(place=place(url)) from error


def _as_given(request: requests.PreparedRequest) -> requests.PreparedRequest:
    """Leave `Authorization` alone; requests would put in what it finds in a `.netrc`."""
    return request


def _chunks(response: requests.Response, url: str) -> Iterator[bytes]:
    """Bytes as soon as they are there: what a cut leaves unread in a full block would be lost."""
    try:
        while chunk := response.raw.read1(CHUNK, decode_content=True):
            yield chunk
    except (requests.RequestException, urllib3.exceptions.HTTPError, OSError) as error:
        raise Offline(place=place(url)) from error


class _SystemTrust(HTTPAdapter):
    """The certificates of the system, so that a school's own proxy is trusted where its PCs do."""

    def init_poolmanager(self, *args: Any, **kwargs: Any) -> None:
        super().init_poolmanager(*args, **kwargs, ssl_context=_system_context())

    def proxy_manager_for(self, *args: Any, **kwargs: Any) -> Any:
        return super().proxy_manager_for(*args, **kwargs, ssl_context=_system_context())


def _system_context() -> ssl.SSLContext:
    return truststore.SSLContext(ssl.PROTOCOL_TLS_CLIENT)


_RANGE = re.compile(r"bytes=(\d+)-(\d*)\Z")


@contextmanager
def _read_file(url: str, headers: Mapping[str, str]) -> Iterator[Reply]:
    stream = _open_file(url)
    if stream is None:
        yield Reply(404, url=url)
        return
    with stream:
        yield _opened(stream, headers.get("Range", ""), url)


def _open_file(url: str) -> BinaryIO | None:
    try:
        path = _local(url)
        # A pipe or a device, which a stick may hold, would never end: it is not opened
        return path.open("rb") if path.is_file() else None
    except (FileNotFoundError, ValueError):
        return None
    except OSError as error:
        raise Offline(place=place(url)) from error


def _opened(stream: BinaryIO, wanted: str, url: str) -> Reply:
    size = stream.seek(0, 2)
    match = _RANGE.match(wanted)
    if match is None:
        stream.seek(0)
        return Reply(200, {"content-length": str(size)}, _blocks(stream, size, url), url)
    start, stop = int(match[1]), min(int(match[2] or size) + 1, size)
    if start >= stop:
        return Reply(416, {"content-range": f"bytes */{size}"}, url=url)
    stream.seek(start)
    answer = {
        "content-length": str(stop - start),
        "content-range": f"bytes {start}-{stop - 1}/{size}",
    }
    return Reply(206, answer, _blocks(stream, stop - start, url), url)


def _blocks(stream: BinaryIO, left: int, url: str) -> Iterator[bytes]:
    try:
        while left > 0 and (block := stream.read(min(CHUNK * 4, left))):
            left -= len(block)
            yield block
    except OSError as error:  # the stick was pulled
        raise Offline(place=place(url)) from error


def _local(url: str) -> Path:
    parts = urlsplit(url)
    name = url2pathname(parts.path)
    return Path(f"//{parts.netloc}{name}" if parts.netloc not in ("", "localhost") else name)
