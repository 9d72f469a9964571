# SPDX-License-Identifier: Apache-2.0
"""What it costs to play 480p: each engine on our surface, and libVLC in a window of its own.

Each run is a fresh process that plays a moving test picture for ten seconds, without sound, and
prints the share of one processor that it took. Needs a display; the last line is libVLC with
whichever video output it finds best there.
"""

from __future__ import annotations

import os
import subprocess
import sys
import tempfile
import time
from pathlib import Path
from typing import Any

import av
from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QApplication, QWidget

from player.lesson.media import Pixels
from player.ui.video.engine import choose
from player.ui.video.surface import VideoSurface

WARM_UP, MEASURED = 2, 10  # seconds
SIZES = ((854, 480), (1366, 768))


def main() -> None:
    """Measure each way of playing at each size."""
    with tempfile.TemporaryDirectory() as folder:
        film = Path(folder) / "film.mp4"
        make(film)
        for way in ("vlc", "qt", "window"):
            for width, height in SIZES:
                command = [sys.executable, __file__, way, str(film), str(width), str(height)]
                ran = subprocess.run(command, capture_output=True, text=True, check=True)
                print(ran.stdout.strip().splitlines()[-1])


def make(path: Path) -> None:
    """Write fifteen seconds of a moving picture, 854 by 480, 25 a second."""
    source = av.open("testsrc2=size=854x480:rate=25:duration=15", format="lavfi")
    with source, av.open(str(path), "w") as out:
        stream = out.add_stream("libx264", rate=25, options={"crf": "26", "preset": "veryfast"})
        stream.width, stream.height, stream.pix_fmt = 854, 480, "yuv420p"
        for frame in source.decode(video=0):
            out.mux(stream.encode(frame.reformat(format="yuv420p")))
        out.mux(stream.encode())


def play(way: str, film: Path, width: int, height: int) -> None:
    """Play `film` one way, and print what that took."""
    application = QApplication([])
    frames = [0]
    surface = VideoSurface()

    def show(wide: int, high: int, stride: int, pixels: Pixels) -> None:
        frames[0] += 1
        surface.set_frame(wide, high, stride, pixels)

    widget: QWidget = QWidget() if way == "window" else surface
    widget.resize(width, height)
    widget.show()
    if way == "window":
        kept: Any = in_a_window(widget, film)
    else:
        kept = choose(way, show, lambda _state: None, print)
        kept.load(film)
        kept.play()
    at_start: list[float] = []

    def begin() -> None:
        at_start.extend((time.monotonic(), time.process_time(), frames[0]))

    def end() -> None:
        wall, used, before = at_start
        wall, used = time.monotonic() - wall, time.process_time() - used
        shown = f"{(frames[0] - before) / wall:.1f}" if way != "window" else "?"
        size = f"{width}x{height}"
        print(f"{way:8}{size:10}{100 * used / wall:5.1f} % of a processor, {shown} pictures/s")
        sys.stdout.flush()
        os._exit(0)  # libVLC in a foreign window is not taken down: nothing is left to measure

    QTimer.singleShot(WARM_UP * 1000, begin)
    QTimer.singleShot((WARM_UP + MEASURED) * 1000, end)
    application.exec()
    del kept


def in_a_window(widget: QWidget, film: Path) -> object:
    """Let libVLC draw into `widget` by itself, with the options that the player uses."""
    import vlc  # noqa: PLC0415 - where there is none, the other ways can still be measured

    options = ["--quiet", "--no-osd", "--no-spu", "--avcodec-hw=none", "--swscale-mode=0"]
    player = vlc.Instance([*options, "--no-video-title-show"]).media_player_new()
    player.set_media(player.get_instance().media_new_path(str(film)))
    player.set_xwindow(int(widget.winId()))
    player.play()
    return player


if __name__ == "__main__":
    if len(sys.argv) > 1:
        play(sys.argv[1], Path(sys.argv[2]), int(sys.argv[3]), int(sys.argv[4]))
    else:
        main()
