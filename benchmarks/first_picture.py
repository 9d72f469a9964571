# SPDX-License-Identifier: Apache-2.0
"""How long one waits for a picture: after a video is opened, and after a jump. Both engines.

    python benchmarks/first_picture.py                     # a minute, off-screen
    python benchmarks/first_picture.py --times 40

A made-up film of ten minutes at 480p (a picture that moves, a key picture every four seconds), its
file warm in the system's cache, as after a download. *Open* is from asking for an engine to the
first picture on the surface, playing: in a process that has opened no video before, which loads
libVLC or FFmpeg meanwhile, then *again* in one that has. *Seek* is from a jump to the first picture
from there, while it plays and in a pause. Where a picture is from is told by the colour of its
corner, which changes just before the place one jumps to. The engines take turns, so that what else
the machine does falls on both.
"""

from __future__ import annotations

import argparse
import os
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")

import av
from PySide6.QtCore import QRect
from PySide6.QtGui import QColor
from PySide6.QtWidgets import QApplication

from player.lesson.media import MediaPlayer, State
from player.ui.video.engine import choose
from player.ui.video.surface import VideoSurface

ENGINES = ("vlc", "qt")
SIZE, RATE, SECONDS = (854, 480), 25, 600
PATIENCE = 20.0  # seconds after which no picture comes any more
COLOURS = {  # of the corner, by the share of the film at which it begins
    0.0: "#ffffff",
    0.713: "#0000ff",
    0.291: "#00c000",
    0.877: "#ff0000",
    0.419: "#00c0c0",
    0.137: "#c000c0",
    0.631: "#c0c000",
}
CORNER, NEAR = 64, 60  # pixels; how far a colour may be off, of 255
BEHIND, SHOWN = 0.3, 4.0  # seconds from where a colour begins to where one jumps; it is shown


def main() -> None:
    """Measure, and print a line for each engine and wait."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--times", type=int, default=20, help="how often each is measured")
    parser.add_argument("--seconds", type=int, default=SECONDS, help="of the made-up film")
    arguments = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        film = Path(folder) / "film.mp4"
        make(film, arguments.seconds)
        first: dict[str, list[float]] = {engine: [] for engine in ENGINES}
        for _ in range(3):
            for engine in ENGINES:
                command = [sys.executable, __file__, "--first", engine, str(film)]
                ran = subprocess.run(command, capture_output=True, text=True, check=True)
                first[engine].append(float(ran.stdout.split()[-1]))
        for engine in ENGINES:
            show(engine, "open, fresh process", first[engine])
        for name, waits in together(film, arguments.times).items():
            show(*name, waits)


def together(film: Path, times: int) -> dict[tuple[str, str], list[float]]:
    """The waits of both engines, taking turns in this process, by engine and kind."""
    application = QApplication.instance() or QApplication([])
    assert application is not None
    waits: dict[tuple[str, str], list[float]] = {}
    places = [one for one in COLOURS if one]
    for turn in range(times):
        for engine in ENGINES:
            viewer = Viewer(engine)
            waits.setdefault((engine, "open, again"), []).append(viewer.open(film))
            place, other = places[turn % len(places)], places[(turn + 1) % len(places)]
            waits.setdefault((engine, "seek, playing"), []).append(viewer.seek(place))
            viewer.pause()
            waits.setdefault((engine, "seek, in a pause"), []).append(viewer.seek(other))
            viewer.close()
    return dict(sorted(waits.items(), key=lambda item: item[0][1]))


def show(engine: str, what: str, waits: list[float]) -> None:
    """Print one line, in milliseconds."""
    ordered = sorted(1000 * one for one in waits)
    last = ordered[max(0, round(0.95 * len(ordered)) - 1)]
    print(
        f"{what:20}{engine:5}{len(ordered):3} times,"
        f" p50 {statistics.median(ordered):5.0f}, p95 {last:5.0f}, at most {ordered[-1]:5.0f} ms",
        flush=True,
    )


class Viewer:
    """An engine and its surface; methods return the seconds until the picture was painted."""

    def __init__(self, engine: str) -> None:
        self._surface = VideoSurface()
        self._surface.resize(*SIZE)
        self._surface.show()
        self.player: MediaPlayer = choose(engine, self._surface.set_frame, lambda _: None, print)

    def open(self, film: Path) -> float:
        """Load and play, from the start."""
        return self._wait(0.0, lambda: (self.player.load(film), self.player.play()))

    def seek(self, share: float) -> float:
        """Jump to a share of the film."""
        place = share * self.player.length + BEHIND
        return self._wait(share, lambda: self.player.seek(place))

    def pause(self) -> None:
        """Hold the picture, and let what is on its way arrive."""
        self.player.pause()
        until(lambda: self.player.state is State.PAUSED)
        rest(0.3)

    def close(self) -> None:
        """Let go of the film, and wait until it is gone."""
        self.player.close()
        if hasattr(self.player, "wait"):
            self.player.wait()
        self._surface.close()

    def _wait(self, share: float, ask: Callable[[], object]) -> float:
        """The time from asking to a picture with the corner of that place."""
        wanted = QColor(COLOURS[share]).getRgb()[:3]
        begin = time.monotonic()
        ask()
        until(lambda: near(self._corner(), wanted))
        return time.monotonic() - begin

    def _corner(self) -> tuple[int, ...]:
        corner = QRect(CORNER // 2, CORNER // 2, 1, 1)
        return tuple(self._surface.grab(corner).toImage().pixelColor(0, 0).getRgb()[:3])


def near(seen: tuple[int, ...], wanted: tuple[int, ...]) -> bool:
    """Whether two colours are the same but for what encoding does to them."""
    return all(abs(one - other) < NEAR for one, other in zip(seen, wanted, strict=True))


def until(true: Callable[[], bool]) -> None:
    """Let the window live until something holds."""
    end = time.monotonic() + PATIENCE
    while not true():
        if time.monotonic() > end:
            sys.exit("no picture came")
        QApplication.processEvents()
        time.sleep(0.001)


def rest(seconds: float) -> None:
    """Let the window live for a while."""
    end = time.monotonic() + seconds
    while time.monotonic() <= end:
        QApplication.processEvents()


def make(path: Path, seconds: int) -> None:
    """Write the film: it has no sound, its picture moves all the time."""
    wide, high = SIZE
    box = f"drawbox=w={CORNER}:h={CORNER}:t=fill"
    drawn = [f"testsrc2=size={wide}x{high}:rate={RATE}:duration={seconds}", f"{box}:color=black"]
    for share, colour in COLOURS.items():
        begin = share * seconds
        shown = f"between(t\\,{begin:.2f}\\,{begin + SHOWN:.2f})"
        drawn.append(f"{box}:color={colour.replace('#', '0x')}:enable={shown}")
    source = av.open(",".join(drawn), format="lavfi")
    options = {"crf": "30", "preset": "ultrafast", "g": str(4 * RATE)}
    with source, av.open(str(path), "w", options={"movflags": "+faststart"}) as out:
        stream = out.add_stream("libx264", rate=RATE, options=options)
        stream.width, stream.height, stream.pix_fmt = wide, high, "yuv420p"
        for frame in source.decode(video=0):
            out.mux(stream.encode(frame.reformat(format="yuv420p")))
        out.mux(stream.encode())


def first(engine: str, film: Path) -> None:
    """Open one film in this process, which has opened none, and print the wait."""
    application = QApplication([])
    begin = time.monotonic()
    viewer = Viewer(engine)
    viewer.open(film)
    print(time.monotonic() - begin)
    viewer.close()
    del application


if __name__ == "__main__":
    if sys.argv[1:2] == ["--first"]:
        first(sys.argv[2], Path(sys.argv[3]))
    else:
        main()
