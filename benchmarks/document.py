# SPDX-License-Identifier: Apache-2.0
"""What it costs that a PDF is read by a process of its own: the first page, and memory.

Beside our pane, Qt's own view of the same file in the window's process, which any file may freeze.
Each line is a fresh process. Give a PDF of your own: `python benchmarks/document.py book.pdf`.
"""

from __future__ import annotations

import argparse
import json
import os
import statistics
import subprocess
import sys
import time
from collections.abc import Callable
from itertools import pairwise
from pathlib import Path
from typing import Any

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")

SIZE = 1000, 700  # pixels of the window
FILE = Path(__file__).parents[1] / "examples/studying-without-a-network/documents/my-week.pdf"
LIMIT = 60.0
KEPT: list[object] = []
LETTERS = 50  # bytes of black


def main() -> None:
    parser = argparse.ArgumentParser(description=(__doc__ or "").split("\n\n", maxsplit=1)[0])
    parser.add_argument("file", nargs="?", type=Path, default=FILE)
    parser.add_argument("--runs", type=int, default=7)
    parser.add_argument("--way", choices=("ours", "qt"), help="this one, once, in this process")
    chosen = parser.parse_args()
    if chosen.way:
        print(json.dumps(measured(chosen.way, chosen.file)))
        return
    print(f"{chosen.file.name}, {chosen.runs} runs: ms to the first letters; MB")
    runs: dict[str, list[dict[str, float]]] = {"qt": [], "ours": []}
    for _ in range(chosen.runs):  # in turns: both have the same neighbours
        for way, measured_before in runs.items():
            command = [sys.executable, __file__, str(chosen.file), "--way", way]
            said = subprocess.run(command, check=True, capture_output=True).stdout
            measured_before.append(json.loads(said))
    for way, of_it in runs.items():
        found = {name: statistics.median(run[name] for run in of_it) for name in of_it[0]}
        print(
            f"  {way:5} opened {found['open']:5.0f}, again {found['again']:5.0f}, the window stood"
            f" still for {found['still']:4.0f}; window {found['window']:+5.1f},"
            f" reader {found['reader']:4.1f}"
        )


def measured(way: str, file: Path) -> dict[str, float]:
    """Milliseconds to black on the screen, and that the window stood still; megabytes."""
    from PySide6.QtCore import QTimer  # noqa: PLC0415 - after the platform is chosen
    from PySide6.QtWidgets import QWidget  # noqa: PLC0415

    from player.ui.main import application  # noqa: PLC0415

    _app, plain, make = application(), QWidget(), qt if way == "qt" else ours
    plain.resize(*SIZE)
    plain.show()
    beats: list[float] = []
    heart = QTimer(interval=5)
    heart.timeout.connect(lambda: beats.append(time.monotonic()))
    heart.start()
    rest(0.2)
    before = megabytes(os.getpid())
    beats.clear()
    began = time.monotonic()
    shown, close, pid = make(file)
    until_letters(shown)
    opened = time.monotonic() - began
    still = max(b - a for a, b in pairwise([began, *beats]))
    rest(0.5)
    window, reader = megabytes(os.getpid()) - before, megabytes(pid) if pid else 0.0
    close()
    began = time.monotonic()
    shown, close, _ = make(file)
    until_letters(shown)
    again = time.monotonic() - began
    close()
    found = {"open": opened, "again": again, "still": still}
    return {name: 1000 * one for name, one in found.items()} | {"window": window, "reader": reader}


def ours(file: Path) -> tuple[Any, Callable[[], None], int]:
    from player.ui.lesson.document_view import PdfPane  # noqa: PLC0415

    pane = PdfPane(file, "", whole=True)
    pane.resize(*SIZE)
    pane.show()
    KEPT.append(pane)
    return pane.pages, pane.close_file, pane.file.pid


def qt(file: Path) -> tuple[Any, Callable[[], None], int]:
    from PySide6.QtPdf import QPdfDocument  # noqa: PLC0415
    from PySide6.QtPdfWidgets import QPdfView  # noqa: PLC0415

    document = QPdfDocument()
    document.load(str(file))
    view = QPdfView()
    view.setPageMode(QPdfView.PageMode.MultiPage)
    view.setZoomMode(QPdfView.ZoomMode.FitToWidth)
    view.setDocument(document)
    view.resize(*SIZE)
    view.show()
    KEPT.append((view, document))
    return view, document.close, 0


def until_letters(shown: Any) -> None:
    """Until there is black on the paper."""
    until = time.monotonic() + LIMIT
    while time.monotonic() < until:
        seen = shown.viewport().grab().toImage()
        if bytes(seen.constBits()).count(b"\0") > LETTERS:
            return
        rest(0.02)
    raise TimeoutError


def rest(seconds: float) -> None:
    """Let the window live."""
    from PySide6.QtCore import QEventLoop, QTimer  # noqa: PLC0415

    loop = QEventLoop()
    QTimer.singleShot(round(seconds * 1000), loop.quit)
    loop.exec()


def megabytes(pid: int) -> float:
    """Memory of a process, its share of what it shares."""
    text = Path(f"/proc/{pid}/smaps_rollup").read_text(encoding="ascii")
    return int(text.split("Pss:")[1].split()[0]) / 1000


if __name__ == "__main__":
    main()
