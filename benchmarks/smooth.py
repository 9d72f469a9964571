# SPDX-License-Identifier: Apache-2.0
"""How fast the window answers while acts are sent, and while a course is fetched, at full speed.

The real window, off-screen: "my work" while thousands of acts are rendered and leave in gzip for a
store on this PC, then the downloads page with a course of some films coming from a server on this
PC. A timer asks every five milliseconds; what it is late by is what a key or a click would have
waited. Beside each the same window before it, for what the machine itself does.
"""

from __future__ import annotations

import argparse
import multiprocessing
import os
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import closing, contextmanager
from multiprocessing.connection import Connection
from pathlib import Path
from statistics import quantiles

ROOT = Path(__file__).resolve().parents[1]
sys.path[:0] = [str(ROOT / "benchmarks"), str(ROOT)]
os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")

import msgspec  # noqa: E402 - the path comes first
import sync  # noqa: E402
from make_course import Scale  # noqa: E402
from PySide6.QtCore import QElapsedTimer, Qt, QTimer  # noqa: E402
from PySide6.QtWidgets import QApplication  # noqa: E402
from transfer.measure import laboratory  # noqa: E402
from transfer.repository import KEY  # noqa: E402
from transfer.tools import Job  # noqa: E402

from player.course.platform import Lrs, Platform  # noqa: E402
from player.store import database  # noqa: E402
from player.ui.main import Shown, application  # noqa: E402
from player.ui.main_window import Where  # noqa: E402

EVERY = 5  # ms
AIM = 50.0  # ms
IDLE = 5.0  # seconds of the window alone


class Lateness:
    """What a timer is late by, in milliseconds, for every time that it fires."""

    def __init__(self) -> None:
        self.found: list[float] = []
        self._clock = QElapsedTimer()
        self._timer = QTimer(interval=EVERY, timerType=Qt.TimerType.PreciseTimer)
        self._timer.timeout.connect(self._fired)
        self._clock.start()
        self._timer.start()

    def _fired(self) -> None:
        self.found.append(max(0.0, self._clock.nsecsElapsed() / 1e6 - EVERY))
        self._clock.restart()

    def end(self) -> list[float]:
        """Stop after one more time: what came last may have taken long. What was found."""
        known = len(self.found)
        wait(lambda: len(self.found) > known)
        self._timer.stop()
        return self.found


def main() -> None:
    parser = argparse.ArgumentParser(description=(__doc__ or "").split("\n\n", maxsplit=1)[0])
    parser.add_argument("--gb", type=float, default=1.0, help="size of the course; 0: fetch none")
    parser.add_argument("--acts", type=int, default=10_000, help="how many to send; 0: none")
    chosen = parser.parse_args()
    app = application()
    if chosen.acts:
        with store() as port, tempfile.TemporaryDirectory() as folder:
            send(app, Path(folder), port, chosen.acts)
    if chosen.gb:
        films = max(2, round(chosen.gb * 20))
        size = chosen.gb * 1000 / films
        scale = Scale(films, chosen.gb * 1000, size * 0.8, size * 1.2, 100, 1000, 1, 1, 1.0)
        with laboratory([]) as lab, tempfile.TemporaryDirectory() as folder:
            lab.scales["smooth"] = scale
            with lab.job("smooth", "v1", lab.server[1]) as job:
                fetch(app, job, Path(folder))
    print(f"aim: never more than {AIM:.0f} ms")


@contextmanager
def store() -> Iterator[int]:
    """A learning record store in a process of its own: its port."""
    there = multiprocessing.get_context("spawn")
    ours, theirs = there.Pipe()
    process = there.Process(target=_serve, args=(theirs,))
    process.start()
    try:
        yield ours.recv()
    finally:
        ours.send(None)
        process.join()


def _serve(line: Connection) -> None:
    with sync.serving(packs=True) as found:
        line.send(found.server_port)
        line.recv()


def send(app: QApplication, home: Path, port: int, many: int) -> None:
    """Measure while so many acts leave, "my work" in front."""
    database.prepare(home)
    with closing(database.connect(home)) as db:
        sync.fill(db, many, "acts of all kinds")
    shown = Shown(app, home)
    services = shown.services
    lrs = Lrs(f"http://127.0.0.1:{port}/xAPI", "device", "sesame")
    there = Platform(format="cartable/1", kind="platform", name="Campus", home=sync.HOME, lrs=lrs)
    services.join(msgspec.json.encode(there))
    services.change(send_by_itself=False)
    show_alone(shown, "work")

    busy, began = Lateness(), time.monotonic()
    shown.errands.send()
    wait(lambda: shown.window.idle)
    took = time.monotonic() - began
    received = services.counts().received
    print(line(f"{received} acts in {took:.0f} s", busy.end()))
    shown.close()


def fetch(app: QApplication, job: Job, home: Path) -> None:
    """Measure while the course of `job` comes, the downloads in front."""
    shown = Shown(app, home)
    services = shown.services
    services.introduce("Awa")
    services.change(allowed_keys=(KEY,))
    services.refresh(services.add_repository(f"{job.url}/{job.door}/"))
    course = services.take_up(services.library()[0].id)
    show_alone(shown, "downloads")

    shown.window.fetch(course.id, [one.id for one in course.sections], "240p")
    busy, began = Lateness(), time.monotonic()
    wait(lambda: shown.window.idle)
    took = time.monotonic() - began
    here = sum(one.here for one in services.wishes())
    print(line(f"{here / 1e9:.2f} GB in {took:.0f} s", busy.end()))
    shown.close()


def show_alone(shown: Shown, page: str) -> None:
    """Show the window with this page in front, and measure it with nothing to do."""
    shown.window.begin()
    shown.window.show()
    shown.window.go(Where(page))
    wait(lambda: shown.window.idle)
    alone = Lateness()
    until = time.monotonic() + IDLE
    wait(lambda: time.monotonic() > until)
    print(line("window alone", alone.end()))


def wait(is_true: object) -> None:
    while not is_true():  # type: ignore[operator]
        QApplication.processEvents()
        time.sleep(0.0005)


def line(what: str, late: list[float]) -> str:
    cut = quantiles(late, n=1000)
    over = sum(1 for one in late if one > AIM)
    return (
        f"{what:<20} {len(late):>6} looks, late by p50 {cut[499]:.1f}, p99 {cut[989]:.1f},"
        f" p99.9 {cut[998]:.1f}, at most {max(late):.1f} ms; {over} over {AIM:.0f}"
    )


if __name__ == "__main__":
    main()
