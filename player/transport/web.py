# SPDX-License-Identifier: Apache-2.0
"""HTTP and HTTPS: the one user of requests."""

from __future__ import annotations

import ssl
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import requests
import truststore
import urllib3
from requests.adapters import HTTPAdapter

from player.errors import NotTheServer, Offline
from player.transport.reply import Reply, place

CONNECT_SECONDS = 8.0
READ_SECONDS = 12.0  # research/transport.md: without one, a half-open connection hangs for ever
CHUNK = 64 * 1024  # smaller blocks double the processor's work (research/transport.md §5)


class Web:
    """Connections to servers. Any thread may ask."""

    def __init__(self, user_agent: str) -> None:
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
        self, method: str, url: str, headers: dict[str, str], body: bytes | None
    ) -> Iterator[Reply]:
        """Ask. See `Transport.request`."""
        with self._ask(method, url, headers, body) as response:
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
