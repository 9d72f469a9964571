# SPDX-License-Identifier: Apache-2.0
"""A picture and what belongs to it: side by side where there is room, else one above the other."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QSplitter, QWidget

_WIDE = 920  # pixels from which the panel stands beside the picture
_LINES = 10  # of text that the panel has room for, below the picture
_TYPING = 0.6  # of the height, for the panel below the picture while a note is typed


class Halves(QSplitter):
    """Shares the room anew where it gets wide or narrow; else it is as the learner left it."""

    def __init__(self, picture: QWidget, panel: QWidget) -> None:
        super().__init__(Qt.Orientation.Vertical)
        self._before: list[int] = []  # the sizes, while a note is typed
        self.addWidget(picture)
        self.addWidget(panel)
        self.setChildrenCollapsible(False)

    def make_room(self) -> None:
        """Where the panel is below the picture: room to see what is typed, until that is over."""
        whole = self.height()
        if self.orientation() is Qt.Orientation.Vertical and not self._before:
            self._before = self.sizes()
            high = max(self._before[-1], round(whole * _TYPING))
            self.setSizes([whole - high, high])

    def give_room_back(self) -> None:
        """Nothing is typed any more."""
        if self._before:
            self.setSizes(self._before)
            self._before = []

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        wide = self.width() >= _WIDE
        orientation = Qt.Orientation.Horizontal if wide else Qt.Orientation.Vertical
        if self.orientation() is not orientation or not event.oldSize().isValid():
            self.setOrientation(orientation)
            whole = self.width() if wide else self.height()
            share = 0.66 if wide else 0.68
            if not wide:  # large letters need more of the height
                lines = _LINES * self.fontMetrics().lineSpacing() / max(whole, 1)
                share = max(0.5, min(share, 1 - lines))
            self.setSizes([int(whole * share), int(whole * (1 - share))])
