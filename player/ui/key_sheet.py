# SPDX-License-Identifier: Apache-2.0
"""Keys and what they do, on one sheet: the window's (F1), and those of what is open in it."""

from __future__ import annotations

from collections.abc import Iterable

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeySequence
from PySide6.QtWidgets import QDialog, QFrame, QGridLayout, QScrollArea, QWidget

from player.ui import style
from player.ui.language import translate
from player.ui.parts import button, column, label, row

Row = tuple[tuple[str, ...], str]
"""Keys that do the same, as `QKeySequence` reads them or as they are called, and what they do."""

_NATIVE = QKeySequence.SequenceFormat.NativeText


class KeySheet(QDialog):
    """Tables of keys, to read."""

    def __init__(self, tables: Iterable[tuple[str, list[Row]]], parent: QWidget) -> None:
        super().__init__(parent)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setWindowTitle(translate("VideoView", "Keyboard shortcuts"))
        inner = QWidget()
        inner.setProperty("role", "page")
        body = column(inner, margin=2 * style.GRID, gap=style.GRID)
        listed = list(tables)
        wide = max(_width(keys) for _, rows in listed for keys, _ in rows)
        for title, rows in listed:
            body.addWidget(label(title, "heading"))
            body.addLayout(_table(rows, wide))
        body.addStretch(1)
        area = QScrollArea()
        area.setWidgetResizable(True)
        area.setFrameShape(QFrame.Shape.NoFrame)
        area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        area.setAccessibleName(self.windowTitle())
        area.setWidget(inner)
        outer = column(self, margin=style.GRID, gap=style.GRID)
        outer.addWidget(area, 1)
        close = button(translate("Keys", "Close"), self.accept, role="primary")
        outer.addLayout(row(1, close))
        across = min(parent.width() - 40, wide + 60 * self.fontMetrics().averageCharWidth())
        room = inner.heightForWidth(across - 2 * style.GRID) + close.sizeHint().height()
        self.resize(across, min(parent.height() - 40, room + 5 * style.GRID))
        close.setFocus()


def _names(keys: Iterable[str]) -> str:
    return "  ·  ".join(QKeySequence(one).toString(_NATIVE) or one for one in keys)


def _width(keys: Iterable[str]) -> int:
    made = label(_names(keys), "strong", wrap=False)
    made.ensurePolished()
    return made.sizeHint().width()


def _table(rows: Iterable[Row], wide: int) -> QGridLayout:
    grid = QGridLayout()
    grid.setHorizontalSpacing(3 * style.GRID)
    grid.setColumnMinimumWidth(0, wide)
    grid.setColumnStretch(1, 1)
    for number, (keys, words) in enumerate(rows):
        name, said = label(_names(keys), "strong", wrap=False), label(words)
        said.setAccessibleName(f"{_names(keys)}: {words}")
        grid.addWidget(name, number, 0, Qt.AlignmentFlag.AlignTop)
        grid.addWidget(said, number, 1)
    return grid
