# SPDX-License-Identifier: Apache-2.0
"""The keys of a video, on one sheet."""

from __future__ import annotations

from PySide6.QtCore import QSize, Qt
from PySide6.QtWidgets import QDialog, QFrame, QGridLayout, QScrollArea, QWidget

from player.ui.language import translate
from player.ui.lesson.video_keys import TABLE, Row
from player.ui.parts import button, column, label, row
from player.ui.style import GRID

_WORDS = 40  # letters of a line


class KeySheet(QDialog):
    """What each key does; closes by Escape, its button, or `?` once more."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.setWindowTitle(translate("VideoView", "Keyboard shortcuts"))
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        area = QScrollArea()
        area.setWidgetResizable(True)
        area.setFrameShape(QFrame.Shape.NoFrame)
        area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        area.setAccessibleName(self.windowTitle())
        table = _table()
        area.setWidget(table)
        close = button(translate("VideoView", "Close"), self.accept, role="primary")
        body = column(self, margin=2 * GRID, gap=2 * GRID)
        body.addWidget(label(self.windowTitle(), "heading"))
        body.addWidget(area, 1)
        body.addLayout(row(1, close))
        room = QSize(8 * GRID, 4 * GRID + close.sizeHint().height() * 3)
        self.resize((table.sizeHint() + room).boundedTo(parent.window().size() * 0.95))
        close.setFocus()


def _table() -> QWidget:
    place = QWidget()
    grid = QGridLayout(place)
    grid.setContentsMargins(0, 0, GRID, 0)
    grid.setHorizontalSpacing(3 * GRID)
    grid.setVerticalSpacing(GRID)
    grid.setColumnStretch(1, 1)
    grid.setColumnMinimumWidth(1, place.fontMetrics().averageCharWidth() * _WORDS)
    for number, one in enumerate(TABLE):
        keys, words = label(keys_of(one), "strong", wrap=False), label(said(one))
        words.setAccessibleName(f"{keys_of(one)}: {said(one)}")
        grid.addWidget(keys, number, 0, Qt.AlignmentFlag.AlignTop)
        grid.addWidget(words, number, 1)
    grid.setRowStretch(len(TABLE), 1)
    return place


def keys_of(one: Row) -> str:
    """The names of a row's keys."""
    return one.shown or "   ".join(stroke.name for stroke in one.strokes)


def said(one: Row) -> str:
    """What a row's keys do, in the window's language."""
    return translate("VideoKeys", one.words)
