# SPDX-License-Identifier: Apache-2.0
"""The power goes while a course is coming, again and again; nothing that came is paid for twice.

A real program, a real server on loopback, SIGKILL. The server sends a block on a connection only
when the one before is on the learner's disk, so what is under way at any moment is one block at the
most on each.
"""

from __future__ import annotations

import os
import random
import re
import signal
import struct
import subprocess
import sys
import threading
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import pytest
from clock import Clock
from repository_builder import Draft, build, noise

from player.catalogue.refresh import fetch_course, refresh
from player.course.manifest import Manifest
from player.download import worker
from player.download.asking import LANES
from player.journal.events import Downloaded
from player.journal.journal import broken_links, events
from player.store import blobs, database
from player.store.database import Database
from player.transport import Roads

BLOCK = 4096
AT_ONCE = LANES * BLOCK
KILLS = 12
SECTIONS = ["one", "two"]

_RANGE = re.compile(r"bytes=(\d+)-(\d+)")

pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="SIGKILL is not Windows'")


class Handler(BaseHTTPRequestHandler):
    """Files with ranges; `sent` is called after each block with how many bytes there were."""

    protocol_version = "HTTP/1.1"
    files: dict[str, bytes]
    home: Path
    sent: Callable[[int], None]

    def do_GET(self) -> None:
        path = self.path.removeprefix("/")
        data = self.files.get(path)
        if data is None:
            self.send_error(404)
            return
        wanted = _RANGE.fullmatch(self.headers.get("range", ""))
        start, stop = (int(wanted[1]), int(wanted[2]) + 1) if wanted else (0, len(data))
        self.send_response(206 if wanted else 200)
        self.send_header("content-length", str(stop - start))
        if wanted:
            self.send_header("content-range", f"bytes {start}-{stop - 1}/{len(data)}")
        self.end_headers()
        if path.startswith(("blobs/", "packs/")):
            self._send(path.rpartition("/")[2], data, start, stop)
        else:
            self.wfile.write(data)

    def _send(self, name: str, data: bytes, start: int, stop: int) -> None:
        for at in range(start, stop, BLOCK):
            block = data[at : min(at + BLOCK, stop)]
            self.wfile.write(block)
            type(self).sent(len(block))
            if at + BLOCK < stop:
                self._wait_until_on_disk(name, at + len(block))

    def _wait_until_on_disk(self, name: str, position: int) -> None:
        for _ in range(20_000):
            if any(start < position <= stop for start, stop in came(self.home, name)):
                return
            if (self.home / "blobs" / name[:2] / name).exists():
                return
            if not self.connected():
                raise BrokenPipeError
            threading.Event().wait(0.001)
        raise TimeoutError(name)

    def connected(self) -> bool:
        self.connection.setblocking(False)
        try:
            return self.connection.recv(1) != b""
        except BlockingIOError:
            return True
        except OSError:
            return False
        finally:
            self.connection.setblocking(True)

    def log_message(self, *args: object) -> None:
        """Say nothing."""


def came(home: Path, name: str) -> list[tuple[int, int]]:
    """The intervals of a file that are on the disk."""
    try:
        data = (home / "parts" / f"{name}.got").read_bytes()
    except FileNotFoundError:
        return []
    return list(struct.iter_unpack("<QQ", data[: len(data) // 16 * 16]))


class Quiet(ThreadingHTTPServer):
    """Its clients are killed; it has nothing to say about that."""

    daemon_threads = True

    def handle_error(self, *args: object) -> None:
        """Say nothing."""


@contextmanager
def serving(files: dict[str, bytes], home: Path) -> Iterator[tuple[str, type[Handler]]]:
    own = type("Own", (Handler,), {"files": files, "home": home, "sent": lambda _: None})
    with Quiet(("127.0.0.1", 0), own) as server:
        thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01})
        thread.start()
        try:
            yield f"http://127.0.0.1:{server.server_port}/", own
        finally:
            server.shutdown()
            thread.join()


def two_weeks() -> Draft:
    draft = Draft()
    for week in SECTIONS:
        texts = [noise(f"{week} {n}", 3000) for n in range(12)]
        draft.section(week, texts=texts, videos=[{"240p": noise(f"{week} video", 90_000)}])
    return draft


def asked_for(home: Path, url: str, key: object) -> Manifest:
    roads = Roads()
    with closing(database.connect(home)) as db:
        refresh(db, roads, url, [key], allow_unsigned=False, now=Clock())  # type: ignore[list-item]
        manifest = fetch_course(db, roads, "demo")
        worker.ask(db, manifest, SECTIONS, "240p", Clock())
    roads.close()
    return manifest


def download(home: Path) -> subprocess.Popen[bytes]:
    """Start the program as a learner does from the command line."""
    return subprocess.Popen(
        [sys.executable, "-m", "player", "--home", str(home), "download"],
        cwd=Path(__file__).parents[2],
        env={**os.environ, "NO_PROXY": "*"},
        stdout=subprocess.DEVNULL,
        stderr=subprocess.PIPE,
    )


def everything_said_is_true(db: Database, home: Path) -> None:
    assert blobs.verify(db, home) == []
    for file in (home / "blobs").rglob("*"):
        assert not file.is_file() or blobs.digest(file) == file.name


def test_a_learner_whose_power_goes_pays_once(home: Path, db: Database, learner: str) -> None:
    built = build(two_weeks())
    moments = random.Random(16)
    served = killed = 0
    with serving(built.files, home) as (url, handler):
        manifest = asked_for(home, url, built.key)
        needed = 2 * 90_000 + sum(pack.size for pack in manifest.packs.values())
        while True:
            left = moments.randrange(1, 2 * needed // KILLS)
            with download(home) as program:

                def sent(size: int, program: subprocess.Popen[bytes] = program) -> None:
                    nonlocal served, left
                    served += size
                    left -= size
                    if left <= 0:
                        program.send_signal(signal.SIGKILL)

                handler.sent = staticmethod(sent)  # type: ignore[assignment]
                assert program.stderr is not None
                said = program.stderr.read()
                code = program.wait()
            everything_said_is_true(db, home)
            if code != -signal.SIGKILL:
                break
            killed += 1
    assert code == 0, said.decode()
    assert killed > KILLS // 2
    assert [one.state for one in worker.sections_state(db, manifest)] == ["here", "here"]
    assert needed <= served <= needed + killed * AT_ONCE
    acts = [one.act for one in events(db, "kind = 'downloaded'")]
    assert sorted(act.section for act in acts if isinstance(act, Downloaded)) == sorted(SECTIONS)
    assert broken_links(db) == []
    assert list((home / "parts").iterdir()) == []


@pytest.mark.parametrize("files_through", [0, 1, 2, 3])
def test_a_kill_at_the_very_end_of_a_file_costs_no_more_than_is_under_way(
    home: Path, db: Database, learner: str, files_through: int
) -> None:
    """Between the last byte, the rename and the row in the database."""
    built = build(two_weeks())
    served = 0
    with serving(built.files, home) as (url, handler):
        manifest = asked_for(home, url, built.key)
        ends = [pack.size for pack in manifest.packs.values()] + [90_000, 90_000]
        needed, moment = sum(ends), sum(ends[: files_through + 1])
        program = download(home)

        def sent(size: int) -> None:
            nonlocal served
            served += size
            if served - size < moment <= served:
                program.send_signal(signal.SIGKILL)

        handler.sent = staticmethod(sent)  # type: ignore[assignment]
        with program:
            assert program.stderr is not None
            program.stderr.read()
        assert program.returncode == -signal.SIGKILL
        everything_said_is_true(db, home)
        with download(home) as again:
            assert again.stderr is not None
            said = again.stderr.read()
        assert again.returncode == 0, said.decode()
    everything_said_is_true(db, home)
    assert [one.state for one in worker.sections_state(db, manifest)] == ["here", "here"]
    assert needed <= served <= needed + AT_ONCE
    assert len(list(events(db, "kind = 'downloaded'"))) == 2
