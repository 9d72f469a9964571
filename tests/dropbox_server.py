# SPDX-License-Identifier: Apache-2.0
"""A drop box on loopback: an HTTP server that takes PUT, and can fail in each way to be feared."""

from __future__ import annotations

import socket
import threading
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

from player.transport import Roads

LOGIN = b"<!DOCTYPE html><html><title>Free WiFi</title></html>"


@dataclass
class Dropbox:
    """What lies in `folder`, how often each name was `put` whole, and what goes wrong next.

    `next_` has a word for each PUT to come: 'cut' breaks before anything is stored, 'lost' stores
    and breaks before the answer; a number is a status; 'portal' is a login page; '' is as usual.
    """

    folder: Path
    url: str = ""
    put: Counter[str] = field(default_factory=Counter)
    asked: list[str] = field(default_factory=list)
    next_: list[str] = field(default_factory=list)
    says: bool = True
    """Whether HEAD is answered."""

    @property
    def names(self) -> list[str]:
        return sorted(one.name for one in self.folder.iterdir())


class _Handler(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"
    box: Dropbox

    def log_message(self, *_: object) -> None:
        pass

    @property
    def _file(self) -> Path:
        return self.box.folder / self.path.rpartition("/")[2]

    def do_HEAD(self) -> None:
        self.box.asked.append(self._file.name)
        if not self.box.says:
            self._answer(405)
        elif self._file.is_file():
            self._answer(200, length=self._file.stat().st_size)
        else:
            self._answer(404)

    def do_PUT(self) -> None:
        what = self.box.next_.pop(0) if self.box.next_ else ""
        if what == "cut":
            self.rfile.read(1000)
            self._break()
            return
        body = self.rfile.read(int(self.headers["Content-Length"]))
        if what.isdigit():
            self._answer(int(what))
        elif what == "portal":
            self._answer(200, LOGIN)
        else:
            self._file.write_bytes(body)
            self.box.put[self._file.name] += 1
            self._break() if what == "lost" else self._answer(201)

    def _break(self) -> None:
        self.close_connection = True
        self.connection.shutdown(socket.SHUT_RDWR)

    def _answer(self, status: int, body: bytes = b"", length: int | None = None) -> None:
        self.send_response(status)
        self.send_header("Content-Length", str(len(body) if length is None else length))
        if 300 <= status < 400:
            self.send_header("Location", "http://login.example/")
        self.end_headers()
        self.wfile.write(body)


@contextmanager
def serving(folder: Path) -> Iterator[Dropbox]:
    folder.mkdir(exist_ok=True)
    box = Dropbox(folder)
    server = ThreadingHTTPServer(("127.0.0.1", 0), type("Handler", (_Handler,), {"box": box}))
    server.daemon_threads = True
    thread = threading.Thread(target=server.serve_forever, args=(0.02,), daemon=True)
    thread.start()
    box.url = f"http://127.0.0.1:{server.server_address[1]}/dropbox/"
    try:
        yield box
    finally:
        server.shutdown()
        thread.join()
        server.server_close()


def road() -> Roads:
    return Roads("test")
