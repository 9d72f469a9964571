# SPDX-License-Identifier: Apache-2.0
"""HTTP and HTTPS: the one user of requests."""

from __future__ import annotations

import io
import ssl
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from datetime import datetime
from functools import partial
from typing import Any
from urllib.parse import urlsplit

import requests
import truststore
import urllib3
from requests.adapters import HTTPAdapter

from player.course.peer import is_lent
from player.errors import ClockWrong, NotTheServer, Offline
from player.transport.reply import Reply, head_bytes, place

CONNECT_SECONDS = 8.0
READ_SECONDS = 12.0  # research/transport.md: without one, a half-open connection hangs for ever
STORE_SECONDS = 30.0  # what a store may take over a batch (research/xapi.md §2)
UPLOAD_RATE = 4000.0  # bytes/s; what still leaves the system's buffer goes before the answer
CHUNK = 64 * 1024  # smaller blocks double the processor's work (research/transport.md §5)


class Web:
    """Connections to servers. Any thread may ask.

    A session is used for one request at a time, since requests does not promise that threads may
    share one; then whoever asks next has it, and with it a connection that is open already.
    """

    def __init__(self, user_agent: str) -> None:
        self._user_agent = user_agent
        self._idle: list[requests.Session] = []

    def close(self) -> None:
        """Let the connections go that nobody uses."""
        while self._idle:
            self._idle.pop().close()

    @contextmanager
    def _session(self) -> Iterator[requests.Session]:
        try:
            session = self._idle.pop()
        except IndexError:
            session = requests.Session()
            session.headers.update({"User-Agent": self._user_agent, "Accept-Encoding": "gzip"})
            session.auth = _as_given
            session.mount("https://", _SystemTrust())
        try:
            yield session
        finally:
            self._idle.append(session)

    @contextmanager
    def request(
        self, method: str, url: str, headers: dict[str, str], body: bytes | None
    ) -> Iterator[Reply]:
        """Ask. See `Transport.request`."""
        with (
            self._session() as session,
            _ask(session, method, url, headers, body) as response,
        ):
            lower = {name.lower(): value for name, value in response.headers.items()}
            yield Reply(
                response.status_code,
                lower,
                _chunks(response, url),
                url,
                head_bytes=heads(response),
                received=response.raw.tell,
                patient=partial(_wait_longer, response),
                abort=partial(_shut, response),
            )


def _ask(
    session: requests.Session, method: str, url: str, headers: dict[str, str], body: bytes | None
) -> requests.Response:
    try:
        return session.request(
            method,
            url,
            headers=headers,
            # In blocks: the time for one `send` would otherwise hold for a whole body
            data=None if body is None else io.BytesIO(body),
            stream=True,
            timeout=(CONNECT_SECONDS, _patience(body)),
            # What a neighbour lends is not elsewhere, where it would be paid for
            allow_redirects=method == "GET" and not is_lent(url),
            proxies={"no_proxy": urlsplit(url).hostname or ""} if is_lent(url) else None,
        )
    except requests.exceptions.SSLError as error:
        problem = _untrusted(error, url)
        problem.left = False
        raise problem from error
    except (requests.TooManyRedirects, requests.exceptions.InvalidSchema) as error:
        raise NotTheServer(place=place(url)) from error  # sent round, or out of the web
    except (requests.RequestException, urllib3.exceptions.HTTPError, ValueError) as error:
        offline = Offline(place=place(url))
        offline.left = not _never_connected(error)
        raise offline from error


def _patience(body: bytes | None) -> float:
    """Seconds to wait for an answer, and for each block of it."""
    return READ_SECONDS if body is None else STORE_SECONDS + len(body) / UPLOAD_RATE


_NOT_YET_VALID, _EXPIRED = 9, 10  # OpenSSL's X509_V_ERR_CERT_…


def _untrusted(error: BaseException, url: str) -> NotTheServer:
    """Whether it is the dates of the certificate, and so perhaps this PC's clock, or the server."""
    cause: BaseException | None = error
    while cause is not None:
        inner = getattr(cause, "reason", None) or (cause.args[0] if cause.args else None)
        if getattr(cause, "verify_code", 0) in (_NOT_YET_VALID, _EXPIRED):
            return ClockWrong(place=place(url), date=datetime.now().astimezone().date())
        cause = inner if isinstance(inner, BaseException) else None
    return NotTheServer(place=place(url))


def _never_connected(error: Exception) -> bool:
    """Whether there was no connection on which the request could have left."""
    reason = getattr(error.args[0], "reason", None) if error.args else None
    return isinstance(error, (requests.ConnectTimeout, ValueError)) or isinstance(
        reason, (urllib3.exceptions.NewConnectionError, urllib3.exceptions.ProxyError)
    )


def heads(response: requests.Response) -> int:
    """Bytes of the heads of a request and its answer, and all that redirections before it took."""
    before = sum(_head(one) + one.raw.tell() for one in response.history)
    return before + _head(response)


def _head(response: requests.Response) -> int:
    """One request's head and its answer's, as HTTP/1.1 writes them (RFC 9112 §2)."""
    asked, raw = response.request, response.raw
    host = urlsplit(asked.url or "").netloc
    said = [(str(name), str(value)) for name, value in asked.headers.items()]
    first = f"{asked.method} {asked.path_url} HTTP/1.1"
    status = f"HTTP/1.1 {raw.status} {raw.reason or ''}"
    return head_bytes(str(first), [("Host", host), *said]) + head_bytes(status, raw.headers.items())


def _wait_longer(response: requests.Response, seconds: float) -> None:
    """Have the socket wait so long for the next bytes, from now on."""
    socket = getattr(response.raw.connection, "sock", None)
    if socket is not None:
        socket.settimeout(seconds)


def _shut(response: requests.Response) -> None:
    """End what a thread reads from this response: its read returns at once, with an error."""
    with suppress(OSError, RuntimeError, ValueError):
        response.raw.shutdown()


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
