# SPDX-License-Identifier: Apache-2.0
"""The server that every tool fetches from: nginx where it is installed, else one of ours."""

from __future__ import annotations

import random
import re
import shutil
import socket
import subprocess
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any

Address = tuple[str, int]

_OURS = (20_000, 32_000)  # below what Linux gives out (32768), and Windows and macOS (49152)

# One process, which is the one that we started; nothing outside its folder
NGINX = """\
daemon off;
master_process off;
pid {own}/pid;
error_log {own}/error.log;
events {{ worker_connections 512; }}
http {{
    access_log off;
    default_type application/octet-stream;
    sendfile on;
    keepalive_requests 100000;
    client_body_temp_path {own}/body;
    proxy_temp_path {own}/proxy;
    fastcgi_temp_path {own}/fastcgi;
    uwsgi_temp_path {own}/uwsgi;
    scgi_temp_path {own}/scgi;
    server {{
        listen 127.0.0.1:{port};
        root {root};
    }}
}}
"""


def nginx() -> str | None:
    """The program, also where only an administrator's path has it."""
    return shutil.which("nginx") or shutil.which("nginx", path="/usr/sbin:/usr/local/sbin")


@contextmanager
def serving(root: Path, own: Path) -> Iterator[Address]:
    """Serve the files below `root` on this machine alone, for the block.

    Args:
        root: what is served, links followed.
        own: a folder for the server's own files; made if need be.
    """
    program = nginx()
    if program is None:
        with serving_plainly(root) as address:
            yield address
        return
    own.mkdir(parents=True, exist_ok=True)
    port = free_port()
    config = own / "nginx.conf"
    config.write_text(NGINX.format(own=own, root=root, port=port))
    command = [program, "-p", str(own), "-c", str(config), "-e", str(own / "error.log")]
    process = subprocess.Popen(command, stdin=subprocess.DEVNULL)
    try:
        _wait_until_it_answers(process, port, own / "error.log")
        yield "127.0.0.1", port
    finally:
        process.terminate()
        process.wait(10)


def free_port() -> int:
    """A port that nobody listens on now, of those that no system gives to whoever asks for any.

    It is listened on a moment later, and another program's connection must not have it by then.
    """
    while True:
        port = random.randrange(*_OURS)
        with suppress(OSError), socket.create_server(("127.0.0.1", port)):
            return port


def _wait_until_it_answers(process: subprocess.Popen[bytes], port: int, log: Path) -> None:
    until = time.monotonic() + 10
    while time.monotonic() < until and process.poll() is None:
        try:
            socket.create_connection(("127.0.0.1", port), 1).close()
        except OSError:
            time.sleep(0.05)
        else:
            return
    raise RuntimeError(f"nginx does not answer: {log.read_text() if log.exists() else ''}")


@contextmanager
def serving_plainly(root: Path) -> Iterator[Address]:
    """Serve the same by Python's own server, taught ranges."""
    handler = partial(Handler, directory=str(root))
    with ThreadingHTTPServer(("127.0.0.1", 0), handler) as server:
        threading.Thread(target=server.serve_forever, daemon=True).start()
        try:
            yield "127.0.0.1", int(server.server_address[1])
        finally:
            server.shutdown()


class Handler(SimpleHTTPRequestHandler):
    """Answers a range with 206 or 416. Several ranges at once it answers with the whole file."""

    protocol_version = "HTTP/1.1"
    _RANGE = re.compile(r"bytes=(\d+)-(\d*)")

    def log_message(self, *_: Any) -> None:
        pass

    def do_GET(self) -> None:
        asked = self._RANGE.fullmatch(self.headers.get("Range", ""))
        path = Path(self.translate_path(self.path))
        if asked is None or not path.is_file():
            super().do_GET()
            return
        size = path.stat().st_size
        first = int(asked[1])
        last = min(int(asked[2] or size - 1), size - 1)
        if first > last:
            self.send_response(416)
            self.send_header("Content-Range", f"bytes */{size}")
            self.send_header("Content-Length", "0")
            self.end_headers()
            return
        self.send_response(206)
        self.send_header("Content-Range", f"bytes {first}-{last}/{size}")
        self.send_header("Content-Length", str(last + 1 - first))
        self.end_headers()
        with path.open("rb") as file:
            file.seek(first)
            self._pass_on(file, last + 1 - first)

    def _pass_on(self, file: Any, left: int) -> None:
        while left and (data := file.read(min(left, 65536))):
            self.wfile.write(data)
            left -= len(data)
