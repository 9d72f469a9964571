# SPDX-License-Identifier: Apache-2.0
"""A web server on loopback with courses and a record store, each of which can go wrong."""

from __future__ import annotations

import json
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

PAGE = b"<!DOCTYPE html><title>Welcome to the hotel</title>"


class Campus:
    """Its files lie in `folder`. `status` is what the record store answers; 0: it does not.

    With `portal`, everything is answered by a web page and 200; with `silent`, nothing is answered.
    """

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.portal = self.silent = False
        self.status = 200
        self.stored: dict[str, object] = {}
        self.url = ""

    @contextmanager
    def running(self) -> Iterator[Campus]:
        """Serve, in a thread of its own, until the end of the block."""
        server = ThreadingHTTPServer(("127.0.0.1", 0), self._handler())
        server.daemon_threads = True
        self.url = f"http://127.0.0.1:{server.server_port}/"
        thread = threading.Thread(target=server.serve_forever, args=(0.01,))
        thread.start()
        try:
            yield self
        finally:
            server.shutdown()
            thread.join()
            server.server_close()

    def answer(self, method: str, path: str, body: bytes) -> tuple[int, bytes] | None:
        """What to answer; None for nothing."""
        if self.silent:
            return None
        if self.portal:
            return 200, PAGE
        if path.startswith("/xAPI/"):
            return self._record(method, body)
        file = self.folder / path.lstrip("/")
        return (200, file.read_bytes()) if file.is_file() else (404, PAGE)

    def _record(self, method: str, body: bytes) -> tuple[int, bytes] | None:
        if self.status == 0:
            return None
        if self.status not in (200, 409) or (self.status, method) == (409, "POST"):
            return self.status, b'{"detail": "the store says no"}'
        if method == "GET":
            return 404, b'{"detail": "Not Found"}'
        statements = json.loads(body)
        self.stored |= {one["id"]: one for one in statements}
        return 200, json.dumps([one["id"] for one in statements]).encode()

    def _handler(self) -> type[BaseHTTPRequestHandler]:
        campus = self

        class Handler(BaseHTTPRequestHandler):
            def do_GET(self) -> None:
                size = int(self.headers.get("Content-Length", 0))
                answer = campus.answer(self.command, self.path, self.rfile.read(size))
                if answer is None:
                    self.close_connection = True
                    return
                self.send_response(answer[0])
                self.send_header("Content-Length", str(len(answer[1])))
                self.end_headers()
                self.wfile.write(answer[1])

            do_POST = do_GET  # noqa: N815 - as above

            def log_message(self, *_: object) -> None:
                """Say nothing."""

        return Handler
