# SPDX-License-Identifier: Apache-2.0
"""How fast the window answers while a course is fetched as fast as the disk takes it.

The real window, off-screen, shows the downloads page with a course of some films coming from a
server on this PC. A timer asks every five milliseconds; what it is late by is what a key or a click
would have waited. Beside it the same window before the download, for what the machine itself does.
"""

from __future__ import annotations

import argparse
import os
import sys
import tempfile
import time
from pathlib import Path
from statistics import quantiles

ROOT = Path(__file__).resolve().parents[1]
sys.path[:0] = [str(ROOT / "benchmarks"), str(ROOT)]
os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")

from make_course import Scale  # noqa: E402 - the path comes first
from PySide6.QtCore import QElapsedTimer, Qt, QTimer  # noqa: E402
from PySide6.QtWidgets import QApplication  # noqa: E402
from transfer.measure import laboratory  # noqa: E402
from transfer.repository import KEY  # noqa: E402
from transfer.tools import Job  # noqa: E402

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
        """Stop; what was found."""
        self._timer.stop()
        return self.found


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--gb", type=float, default=1.0, help="size of the course")
    gigabytes = parser.parse_args().gb
    films = max(2, round(gigabytes * 20))
    size = gigabytes * 1000 / films
    scale = Scale(films, gigabytes * 1000, size * 0.8, size * 1.2, 100, 1000, 1, 1, 1.0)
    with laboratory([]) as lab, tempfile.TemporaryDirectory() as folder:
        lab.scales["smooth"] = scale
        with lab.job("smooth", "v1", lab.server[1]) as job:
            measure(job, Path(folder))


def measure(job: Job, home: Path) -> None:
    app = application()
    shown = Shown(app, home)
    services = shown.services
    services.introduce("Awa")
    services.change(allowed_keys=(KEY,))
    services.refresh(services.add_repository(f"{job.url}/{job.door}/"))
    course = services.take_up(services.library()[0].id)
    shown.window.begin()
    shown.window.show()
    wait(lambda: shown.window.idle)

    alone = Lateness()
    until = time.monotonic() + IDLE
    wait(lambda: time.monotonic() > until)
    print(line("window alone", alone.end()))

    shown.window.fetch(course.id, [one.id for one in course.sections], "240p")
    shown.window.go(Where("downloads"))
    busy, began = Lateness(), time.monotonic()
    wait(lambda: shown.window.idle)
    took = time.monotonic() - began
    here = sum(one.here for one in services.wishes())
    print(line(f"{here / 1e9:.2f} GB in {took:.0f} s", busy.end()))
    print(f"aim: never more than {AIM:.0f} ms")
    shown.close()


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
