# SPDX-License-Identifier: Apache-2.0
"""Where the browser comes back to after signing in: a port of this PC, for one answer."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, HTTPServer
from urllib.parse import parse_qsl, urlsplit

from player.errors import QT_TRANSLATE_NOOP, SignInFailed

PATH = "/signed-in"
PATIENCE = 600.0  # seconds in which somebody may type a password
_LOOK = 0.25  # seconds between two looks whether to stop
_SAID = (
    "<!DOCTYPE html><html><meta charset='utf-8'><title>Cartable</title>"
    "<body style='font:1.2em sans-serif;margin:3em'>"
    "<p>You can close this page and go back to Cartable.</p>"
    "<p lang='fr'>Vous pouvez fermer cette page et revenir à Cartable.</p>"
).encode()


class Return(HTTPServer):
    """Listens on 127.0.0.1, at a port of the system's choice (RFC 8252 §7.3)."""

    timeout = _LOOK

    def __init__(self) -> None:
        super().__init__(("127.0.0.1", 0), _Answer)
        self.came: dict[str, str] = {}
        self.state = ""

    @property
    def url(self) -> str:
        """Where the browser is to come back to."""
        return f"http://127.0.0.1:{self.server_port}{PATH}"

    def answer(
        self, state: str, stopped: Callable[[], bool], patience: float = PATIENCE
    ) -> dict[str, str]:
        """Wait for what the browser brings; only what has our `state` counts.

        Raises:
            SignInFailed: nobody came, or it was `stopped`.
        """
        self.state = state
        until = time.monotonic() + patience
        while not self.came:
            if stopped() or time.monotonic() > until:
                raise SignInFailed(
                    place="127.0.0.1",
                    reason=QT_TRANSLATE_NOOP("errors", "nobody signed in within the time"),
                )
            self.handle_request()
        return self.came


@contextmanager
def returning() -> Iterator[Return]:
    """Listen while the block runs."""
    server = Return()
    try:
        yield server
    finally:
        server.server_close()


class _Answer(BaseHTTPRequestHandler):
    server: Return
    timeout = 5  # seconds: a browser that opens a connection ahead must not hold it up

    def do_GET(self) -> None:
        parts = urlsplit(self.path)
        came = dict(parse_qsl(parts.query))
        ours = parts.path == PATH and came.get("state") == self.server.state
        if ours:
            self.server.came = came
        body = _SAID if ours else b""
        self.send_response(200 if ours else 404)
        self.send_header("Content-Type", "text/html; charset=utf-8")
        self.send_header("Content-Length", str(len(body)))
        self.send_header("Connection", "close")
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, *args: object) -> None:
        """The address has the code in it: it goes into no log."""
