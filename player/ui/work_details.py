# SPDX-License-Identifier: Apache-2.0
"""Around the list of "my work": how many acts are where, and what there is to say of one."""

from __future__ import annotations

import math
from collections.abc import Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QFrame, QGridLayout, QWidget

from player.journal.outbox import Entry
from player.ui import style
from player.ui.icons import pixmap
from player.ui.language import translate
from player.ui.parts import button, card, label, row
from player.ui.work_list import details

NARROW = 14  # letters: a tile is not narrower


class Tile:
    """One count with its words."""

    def __init__(self, sign: str, words: str) -> None:
        self.frame, inner = card()
        inner.setContentsMargins(14, 10, 14, 10)
        inner.setSpacing(2)
        picture = label()
        picture.setPixmap(pixmap(sign, style.colours().muted, style.side(20)))
        self.count = label(role="heading")
        inner.addLayout(row(picture, self.count, 1))
        self._words = label(words, "caption")
        inner.addWidget(self._words)
        inner.addStretch()

    def show_count(self, count: int) -> None:
        """Show how many."""
        self.count.setText(str(count))
        self.frame.setAccessibleName(f"{count} {self._words.text()}")


class Tiles(QWidget):
    """Tiles side by side, in several lines where the page is narrow or the letters large."""

    def __init__(self, frames: Sequence[QFrame]) -> None:
        super().__init__()
        self._frames = self._shown = frames
        self._grid = QGridLayout(self)
        self._grid.setContentsMargins(0, 0, 0, 0)
        self._grid.setSpacing(12)
        self.setMinimumWidth(1)  # else the lines that were would keep the page as wide
        self._arrange()

    def show_only(self, frames: Sequence[QFrame]) -> None:
        """Show these of them."""
        self._shown = frames
        for one in self._frames:
            one.setVisible(one in frames)
        self._arrange()

    def _arrange(self) -> None:
        """Put those that are shown where there is room."""
        shown = self._shown
        room = self.width() // (NARROW * self.fontMetrics().averageCharWidth())
        lines = math.ceil(len(shown) / min(len(shown), max(1, room)))
        columns = math.ceil(len(shown) / lines)
        for place, one in enumerate(shown):
            self._grid.addWidget(one, *divmod(place, columns))
        for column in range(len(self._frames)):
            self._grid.setColumnStretch(column, int(column < columns))

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._arrange()


class Details(QFrame):
    """Why an act was refused, or who marked it and what they wrote; hidden where there is nothing.

    Signals:
        again: the act is to be sent once more.
    """

    again = Signal()

    def __init__(self) -> None:
        super().__init__()
        inner = row(gap=12)
        inner.setContentsMargins(14, 10, 14, 10)
        self.setLayout(inner)
        self._words = label()
        self._words.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        self._again = button(translate("Work", "Send it again"), self.again.emit, sign="refresh")
        inner.addWidget(self._words, 1)
        inner.addWidget(self._again)
        self.hide()

    def show_entry(self, entry: Entry | None) -> None:
        """Say what there is to say of it."""
        text = details(entry) if entry else ""
        refused = bool(entry and entry.reason)
        style.role(self, "bad" if refused else "card")
        style.role(self._words, "bad" if refused else "")
        self._again.setVisible(refused)
        self._words.setText(text)
        self.setVisible(bool(text))
