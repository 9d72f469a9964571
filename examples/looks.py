# SPDX-License-Identifier: Apache-2.0
"""Languages, colours and sizes in which the window is photographed, and the sheets of pictures."""

from __future__ import annotations

import os
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from itertools import product
from pathlib import Path

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")

from PySide6.QtCore import QMessageLogContext, Qt, QtMsgType
from PySide6.QtGui import QImage, QPainter
from PySide6.QtWidgets import QApplication

from player import app
from player.ui.main import Shown, application

PLACE = Path(__file__).parent.parent / "build" / "gallery"
LANGUAGES = ("fr", "en")
WIDTH, HEIGHT = 1024, 768
ACROSS, DOWN, SHRUNK = 3, 3, 2  # pictures on a sheet, and how much smaller they are there
_FILLED, _SMOOTH = Qt.AspectRatioMode.IgnoreAspectRatio, Qt.TransformationMode.SmoothTransformation


@dataclass(frozen=True, slots=True)
class Look:
    """A language, `light` or `dark`, the size of letters in per cent, and from where one reads."""

    language: str
    scheme: str
    letters: int
    mirrored: bool = False

    def __str__(self) -> str:
        return f"{self.language}-{self.scheme}-{self.letters}{'-mirrored' * self.mirrored}"


LOOKS = [Look(*one) for one in product(LANGUAGES, ("light", "dark"), (100, 200))]
MIRRORED = Look("fr", "light", 100, mirrored=True)
"""The window as it will be in Arabic: everything from the right."""


@contextmanager
def shown(look: Look, home: Path) -> Iterator[Shown]:
    """The window on `home`, in one look."""
    services = app.build(home)
    services.change(language=look.language, appearance=look.scheme)
    services.close_thread()
    made = application()
    usual = made.font()
    sides = Qt.LayoutDirection.RightToLeft if look.mirrored else Qt.LayoutDirection.LeftToRight
    larger = made.font()
    larger.setPointSizeF(usual.pointSizeF() * look.letters / 100)
    made.setFont(larger)
    made.setLayoutDirection(sides)
    running = Shown(made, home)
    try:
        running.window.resize(WIDTH, HEIGHT)
        running.window.show()
        QApplication.processEvents()
        yield running
    finally:
        running.close()
        running.deleteLater()
        made.setStyleSheet("")
        made.setLayoutDirection(Qt.LayoutDirection.LeftToRight)
        made.setFont(usual)


def sheets(pictures: list[Path], stem: Path) -> None:
    """Put pictures side by side, as many as can still be read, into `stem`-1.png, -2.png …"""
    width, height = WIDTH // SHRUNK, HEIGHT // SHRUNK
    for number in range(0, len(pictures), ACROSS * DOWN):
        sheet = QImage(width * ACROSS, height * DOWN, QImage.Format.Format_RGB32)
        sheet.fill(Qt.GlobalColor.gray)
        with QPainter(sheet) as painter:
            for at, path in enumerate(pictures[number : number + ACROSS * DOWN]):
                small = QImage(str(path)).scaled(width, height, _FILLED, _SMOOTH)
                painter.drawImage(at % ACROSS * width, at // ACROSS * height, small)
        sheet.save(f"{stem}-{number // (ACROSS * DOWN) + 1}.png")


def quiet(_kind: QtMsgType, _place: QMessageLogContext, text: str) -> None:
    """Pass on what Qt says, but for what its off-screen platform says of every window."""
    if "propagateSizeHints" not in text:
        print(text, file=sys.stderr)
