# SPDX-License-Identifier: Apache-2.0
"""A whole platform on this PC: a course repository and a learning record store, over real HTTP.

    python examples/platform/serve.py --repository DIR --data DIR --key RWQ…

It writes DATA/platform.json for the player, DATA/reader.json for `read_back.py` and DATA/lrs.json
for the home of whoever marks (`cartable platform`) once both servers listen, so that their presence
means ready. It stops on SIGTERM, on Ctrl-C and, with `--with-parent`, when its standard input ends:
whoever started it is gone. Loopback only; for trying and testing, not for a school.
"""

from __future__ import annotations

import argparse
import asyncio
import contextlib
import json
import os
import signal
import socket
import sys
import threading
from collections.abc import Iterator
from pathlib import Path

import store
import uvicorn
from aiohttp import web
from inflating import Inflating

HOST = "127.0.0.1"


def main() -> None:
    """Read the command line and serve until told to stop."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--repository", type=Path, required=True, help="the published courses")
    parser.add_argument("--data", type=Path, required=True, help="where records and keys are kept")
    parser.add_argument("--key", action="append", default=[], help="a publisher's public key")
    parser.add_argument("--recipient", action="append", default=[], help="an age public key")
    parser.add_argument("--office", action="append", default=[], help="a key that signs receipts")
    parser.add_argument("--mail", action="append", default=[], help="a key that signs letters")
    parser.add_argument("--attests", action="append", default=[], help="a key that attests")
    parser.add_argument("--name", default="Demo campus", help="what the platform is called")
    parser.add_argument("--home", default="https://campus.example", help="its URL in statements")
    parser.add_argument("--issuer", default="", help="where people sign in, by OpenID Connect")
    parser.add_argument("--plain", action="store_true", help="no gzip, as Ralph has it")
    parser.add_argument("--with-parent", action="store_true", help="stop when stdin ends")
    choices = parser.parse_args()
    for folder in (choices.repository, choices.data):
        folder.mkdir(parents=True, exist_ok=True)
    asyncio.run(serve(choices))


async def serve(choices: argparse.Namespace) -> None:
    """Serve both until told to stop."""
    (choices.data / "platform.json").unlink(missing_ok=True)
    courses, records = _ports(choices.data)
    passwords = store.prepare(choices.data, choices.home, choices.issuer)
    app = store.application() if choices.plain else Inflating(store.application())
    lrs = _Quiet(uvicorn.Config(app, log_level="warning", lifespan="off"))
    runner = web.AppRunner(_repository(choices.repository), access_log=None)
    await runner.setup()
    await web.SockSite(runner, courses).start()
    stop = asyncio.Event()
    _stop_when_asked(stop, choices.with_parent)
    serving = asyncio.create_task(lrs.serve(sockets=[records]))
    while not (lrs.started or serving.done()):
        await asyncio.sleep(0.01)
    _tell(choices, courses.getsockname()[1], records.getsockname()[1], passwords)
    await asyncio.wait(
        {serving, asyncio.create_task(stop.wait())}, return_when=asyncio.FIRST_COMPLETED
    )
    lrs.should_exit = True
    await serving
    await runner.cleanup()


def _repository(folder: Path) -> web.Application:
    root = folder.resolve()

    async def send(request: web.Request) -> web.StreamResponse:
        path = (root / request.match_info["path"]).resolve()
        if not path.is_relative_to(root) or not path.is_file():
            raise web.HTTPNotFound
        return _File(path)

    app = web.Application()
    app.router.add_get("/courses/{path:.+}", send)
    return app


class _File(web.FileResponse):
    """A file, whole or a range of it; whole when the range is of an older one (RFC 9110 §13.1.5).

    aiohttp judges an `If-Range` with a date, and takes one with a tag for none.
    """

    async def prepare(self, request: web.BaseRequest) -> object:
        """Send it."""
        there = self._path.stat()
        tag = f'"{there.st_mtime_ns:x}-{there.st_size:x}"'  # as aiohttp makes its ETag
        wanted = request.headers.get("If-Range", "")
        if wanted.endswith('"') and wanted != tag:
            kept = {name: value for name, value in request.headers.items() if name != "Range"}
            request = request.clone(headers=kept)
        return await super().prepare(request)


class _Quiet(uvicorn.Server):
    """A server that leaves the signals to us."""

    @contextlib.contextmanager
    def capture_signals(self) -> Iterator[None]:
        yield


def _ports(data: Path) -> tuple[socket.socket, socket.socket]:
    """Bind two ports: those of the last time where they are free, so that addresses stay."""
    note = data / "ports.json"
    last = json.loads(note.read_text(encoding="utf-8")) if note.exists() else [0, 0]
    bound = tuple(_bind(port) for port in last)
    store.write_private(note, [one.getsockname()[1] for one in bound])
    return bound  # type: ignore[return-value]


def _bind(port: int) -> socket.socket:
    listener = socket.socket()
    listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    try:
        listener.bind((HOST, port))
    except OSError:
        listener.bind((HOST, 0))
    return listener


def _stop_when_asked(stop: asyncio.Event, with_parent: bool) -> None:
    loop = asyncio.get_running_loop()

    def ask(*_: object) -> None:
        loop.call_soon_threadsafe(stop.set)

    def wait_for_the_parent() -> None:
        while os.read(sys.stdin.fileno(), 1024):  # without a buffer, whose lock would outlive us
            pass
        ask()

    for signal_ in (signal.SIGTERM, signal.SIGINT):
        signal.signal(signal_, ask)
    if with_parent:
        threading.Thread(target=wait_for_the_parent, daemon=True).start()


def _tell(
    choices: argparse.Namespace, courses: int, records: int, passwords: dict[str, str]
) -> None:
    endpoint = f"http://{HOST}:{records}/xAPI"
    repository = f"http://{HOST}:{courses}/courses/"

    def credential(name: str) -> dict[str, str]:
        return {"endpoint": endpoint, "username": name, "password": passwords[name]}

    platform = {
        "format": "cartable/1",
        "kind": "platform",
        "name": choices.name,
        "home": choices.home,
        "repositories": [repository],
        "keys": choices.key,
        "lrs": credential("device"),
        "anonymous": credential("device"),
        "recipients": choices.recipient,
        "offices": choices.office,
        "mail": choices.mail,
        "issuers": choices.attests,
    }
    if choices.issuer:
        signing_in = {"issuer": choices.issuer, "client": "cartable"}
        platform["lrs"] = {"endpoint": endpoint, "auth": signing_in}
    store.write_private(choices.data / "reader.json", credential("reader"))
    store.write_private(choices.data / "lrs.json", credential("desk"))
    store.write_private(choices.data / "platform.json", platform)
    print(f"Courses at {repository}, records at {endpoint}. Ready.", flush=True)


if __name__ == "__main__":
    main()
