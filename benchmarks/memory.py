# SPDX-License-Identifier: Apache-2.0
"""Memory while somebody goes from activity to activity for hours.

The real window, off-screen, on the example courses: videos that play for a moment, pages, PDFs,
quizzes, questionnaires, works, one after the other as a person opens them, only faster. A person
changes every twenty seconds or so: two hours are 360 changes. Once with each engine for the
videos, each in a process of its own. Everything is opened three times before it counts.
"""

from __future__ import annotations

import argparse
import gc
import os
import random
import subprocess
import sys
import tempfile
import time
from pathlib import Path
from statistics import linear_regression

ROOT = Path(__file__).resolve().parents[1]
sys.path[:0] = [str(ROOT / "examples"), str(ROOT)]
os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")

import homes  # noqa: E402 - the path comes first
import looks  # noqa: E402
from PySide6.QtCore import QEventLoop, QTimer  # noqa: E402

from player import app  # noqa: E402
from player.course.manifest import Video  # noqa: E402
from player.lesson import vlc  # noqa: E402
from player.ui.lesson.video_view import VideoView  # noqa: E402
from player.ui.main import Shown, application  # noqa: E402

HOURS_2 = 360  # changes
WARM_UP = 3  # times that everything is opened before it counts
REST, PLAYED = 0.02, 0.15  # seconds an activity stays, and a video plays
ROWS = 10


def main() -> None:
    parser = argparse.ArgumentParser(description=(__doc__ or "").split("\n\n", maxsplit=1)[0])
    parser.add_argument(
        "--switches", type=int, default=2000, help="changes of activity, all in all"
    )
    parser.add_argument("--engine", choices=("qt", "vlc"), help="this one alone, in this process")
    chosen = parser.parse_args()
    if chosen.engine:
        go_on(chosen.engine, chosen.switches)
        return
    engines = ["qt", "vlc"] if vlc.available() else ["qt"]
    for engine in engines:
        many = str(chosen.switches // len(engines))
        command = [sys.executable, __file__, "--engine", engine, "--switches", many]
        subprocess.run(command, check=True, stderr=subprocess.DEVNULL)  # FFmpeg tells of each film


def go_on(engine: str, switches: int) -> None:
    """Change so often, and print how the memory stands."""
    application()  # first, as in the program
    with tempfile.TemporaryDirectory() as folder:
        home = homes.prepare(Path(folder), "en")[homes.FULL]
        services = app.build(home)
        services.change(engine=engine, volume=0)
        services.close_thread()
        with looks.shown(looks.Look("en", "light", 100), home) as shown:
            course = homes.COURSES["en"]
            here = [*shown.services.course(course).activities()]
            order = [one.id for one in here] * (WARM_UP + 1 + switches // len(here))
            random.Random(7).shuffle(order)
            for activity in order[: WARM_UP * len(here)]:
                switch(shown, course, activity)
            began, found = time.monotonic(), [rss()]
            for activity in order[WARM_UP * len(here) :][:switches]:
                switch(shown, course, activity)
                found.append(rss())
            report(
                engine,
                found,
                time.monotonic() - began,
                sum(type(a) is Video for a in here) / len(here),
            )


def switch(shown: Shown, course: str, activity: str) -> None:
    """Open an activity as the window does, and stay for a moment; a video plays."""
    shown.window.open_activity(course, activity)
    view = shown.window.lesson.view
    if isinstance(view, VideoView):
        view.playback.toggle()
        rest(PLAYED)
    rest(REST)


def rest(seconds: float) -> None:
    """Let the window live."""
    loop = QEventLoop()
    QTimer.singleShot(round(seconds * 1000), loop.quit)
    loop.exec()


def rss() -> float:
    """The memory of this process now, in MB."""
    pages = int(Path("/proc/self/statm").read_text(encoding="ascii").split()[1])
    return pages * os.sysconf("SC_PAGE_SIZE") / 1e6


def report(engine: str, found: list[float], seconds: float, videos: float) -> None:
    first, many = found[0], len(found) - 1
    gc.collect()
    print(
        f"{engine}: {many} changes in {seconds:.0f} s, {videos:.0%} of them to a video;"
        f" {first:.0f} MB at first"
    )
    for row in range(1, ROWS + 1):
        at = row * many // ROWS
        print(f"  after {at:5} {found[at] / first:6.3f}")
    half = found[many // 2 :]
    slope = linear_regression(range(len(half)), half).slope
    print(
        f"  second half: {slope * 1000:+.1f} kB a change,"
        f" {slope * HOURS_2 / first:+.1%} in two hours"
    )
    sys.stdout.flush()


if __name__ == "__main__":
    main()
