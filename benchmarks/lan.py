# SPDX-License-Identifier: Apache-2.0
"""Some PCs behind one slow line: each alone, against one that fetches and then lends to the others.

    python benchmarks/lan.py [--pcs 4] [--rate 500k] [--rtt 300] [--scale tiny]

Prints for each way when the last PC had everything, and how often the course crossed the line. The
research measured (transport.md §7; 2.4 MB, 500 kbit/s, 300 ms) 157 s and 4.01 copies, against 51 s
and 1.00. Each PC is a home of its own, and runs the command line in processes of its own.
"""

from __future__ import annotations

import argparse
import json
import signal
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path

import make_course
from impair_proxy import Profile, ProxyThread
from transfer.courses import Course
from transfer.repository import COURSE, KEY, RENDITION
from transfer.server import serving

HERE = Path(__file__).parent
FETCH = ("download", COURSE, "--as", RENDITION)


def main() -> None:
    parser = argparse.ArgumentParser(description=(__doc__ or "").split("\n\n", maxsplit=1)[0])
    parser.add_argument("--pcs", type=int, default=4)
    parser.add_argument("--rate", default="500k", help="bit/s of the line that all share")
    parser.add_argument("--rtt", type=float, default=300, help="milliseconds")
    parser.add_argument("--scale", default="tiny", help="of make_course.py")
    chosen = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        place = Path(folder)
        (place / "server").mkdir()
        course = Course(place / "course", make_course.SCALES[chosen.scale]).make("v1")
        with serving(place / "course" / "repository-v1", place / "server") as server:
            for name, way in (("everyone alone", alone), ("one, then LAN", lent)):
                line = Profile(rate=chosen.rate, rtt_ms=chosen.rtt)
                with ProxyThread(server, line) as proxy:
                    homes = list(_homes(place / name, proxy.port, chosen.pcs))
                    began = time.monotonic()
                    way(homes)
                    seconds = time.monotonic() - began
                    paid = proxy.stats()["down_bytes"]
                copies = paid / course.payload("v1")
                print(f"{name:<15}  {seconds:6.1f} s  {copies:5.2f} copies  {paid / 1e6:6.2f} MB")


def alone(homes: Sequence[Path]) -> None:
    """Everyone fetches everything from the repository, all at the same time."""
    _all(homes, "catalogue")
    _all(homes, *FETCH)


def lent(homes: Sequence[Path]) -> None:
    """One fetches; then the others take it from there, all at the same time."""
    alone(homes[:1])
    with _lending(homes[0]) as address:
        _all(homes[1:], "peer", "--add", address)
        _all(homes[1:], *FETCH)


def _all(homes: Sequence[Path], *words: str) -> None:
    """Run a command in each home at the same time."""
    for process in [_cartable(home, *words) for home in homes]:
        _end(process)


def _homes(place: Path, port: int, count: int) -> Iterator[Path]:
    place.mkdir()
    platform = {
        "format": "cartable/1",
        "kind": "platform",
        "name": "Benchmark",
        "home": "https://campus.example",
        "repositories": [f"http://127.0.0.1:{port}/"],
        "keys": [KEY],
    }
    (place / "platform.json").write_text(json.dumps(platform))
    for number in range(count):
        home = place / f"pc{number}"
        _end(_cartable(home, "join", place / "platform.json"))
        yield home


@contextmanager
def _lending(home: Path) -> Iterator[str]:
    process = _cartable(home, "share", "--port", 0, "--host", "127.0.0.1")
    assert process.stderr is not None
    try:
        yield process.stderr.readline().rpartition(" ")[2].strip()
    finally:
        process.send_signal(signal.SIGINT)
        process.wait(10)


def _cartable(home: Path, *words: object) -> subprocess.Popen[str]:
    command = [sys.executable, "-m", "player", "--home", str(home), *map(str, words)]
    pipe = subprocess.PIPE
    return subprocess.Popen(command, cwd=HERE.parent, stdout=pipe, stderr=pipe, text=True)


def _end(process: subprocess.Popen[str]) -> None:
    out, err = process.communicate()
    if process.returncode:
        raise SystemExit(f"{process.args}: {out}{err}")


if __name__ == "__main__":
    main()
