# SPDX-License-Identifier: Apache-2.0
"""Dressing the application: style, palette, sheet, and the small pictures that the sheet names."""

from __future__ import annotations

from functools import cache
from pathlib import Path

from PySide6.QtCore import QDir, QTemporaryDir
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QApplication

from player.ui import style
from player.ui.icons import pixmap


def apply(app: QApplication, appearance: str = "") -> None:
    """Dress the whole application; call again when `appearance` or the system's wish changes."""
    app.setProperty(style.APPEARANCE, appearance)
    now = style.colours()
    _draw_signs(now)
    app.setStyle("Fusion")
    app.setPalette(style.palette(now))
    app.setStyleSheet(style.sheet(now, app.font()))


def _draw_signs(now: style.Colours) -> None:
    """A sheet takes pictures from files only; these come from the same drawings as all icons.

    The folder's name changes with the colours and the side from which one reads, since Qt remembers
    a picture by its name.
    """
    side = QGuiApplication.layoutDirection().name
    folder = Path(_folder().path()) / f"{now.text.strip('#')}-{side}"
    folder.mkdir(exist_ok=True)
    for name, shape, tint in (
        ("closed", "chevron-right", now.muted),
        ("down", "chevron-down", now.muted),
        ("up", "chevron-up", now.muted),
        ("check", "check", now.accent_text),
        ("dot", "dot", now.accent_text),
    ):
        pixmap(shape, tint, 32).save(str(folder / f"{name}.png"))
    QDir.setSearchPaths("signs", [str(folder)])


@cache
def _folder() -> QTemporaryDir:
    return QTemporaryDir()  # removed with the process
