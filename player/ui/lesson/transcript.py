# SPDX-License-Identifier: Apache-2.0
"""What is said in a video, to read and to jump by: one row a cue, the current one marked."""

from __future__ import annotations

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtGui import QBrush, QColor, QKeyEvent, QShowEvent
from PySide6.QtWidgets import QAbstractItemView, QFrame, QListView, QListWidget, QListWidgetItem

from player.course.captions import Cue
from player.ui.language import duration, translate
from player.ui.lesson.captions import cue_at
from player.ui.style import colours

_SPOKEN = Qt.ItemDataRole.AccessibleTextRole


class Transcript(QListWidget):
    """The cues of one language.

    Signals:
        asked: the learner wants to hear the cue that begins at this second.
    """

    asked = Signal(float)

    def __init__(self) -> None:
        super().__init__()
        self._cues: tuple[Cue, ...] = ()
        self._now = -1
        self.setProperty("role", "plain")
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setWordWrap(True)
        self.setResizeMode(QListView.ResizeMode.Adjust)
        self.setSpacing(1)
        self.setTextElideMode(Qt.TextElideMode.ElideNone)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setAccessibleName(translate("VideoView", "Transcript"))
        self.itemActivated.connect(self._ask)
        self.itemClicked.connect(self._ask)

    def show_cues(self, cues: tuple[Cue, ...], direction: Qt.LayoutDirection) -> None:
        """Show other cues, of a language that is written in that direction."""
        self._cues, self._now = cues, -1
        self.setLayoutDirection(direction)
        self.clear()
        for cue in cues:
            words = " ".join(cue.text.split("\n"))
            item = QListWidgetItem(f"{duration(cue.start)}   {words}")
            item.setData(_SPOKEN, words)
            self.addItem(item)

    def show_time(self, time: float) -> None:
        """Mark the cue of that second; keep it in sight while the learner is not reading here."""
        number = cue_at(self._cues, time)
        if number == self._now:
            return
        self._mark(self._now, spoken=False)
        self._mark(number, spoken=True)
        self._now = number
        if not self.hasFocus() and not self.underMouse():
            self._follow()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Keep the keys that move in a list; letters and space belong to the video."""
        moves = (Qt.Key.Key_Up, Qt.Key.Key_Down, Qt.Key.Key_PageUp, Qt.Key.Key_PageDown)
        if event.key() in (*moves, Qt.Key.Key_Home, Qt.Key.Key_End):
            super().keyPressEvent(event)
        elif event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and self.currentItem():
            self._ask(self.currentItem())
        else:
            event.ignore()

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        QTimer.singleShot(0, self, self._follow)

    def _follow(self) -> None:
        item = self.item(self._now)
        if item is not None:
            self.scrollToItem(item, QAbstractItemView.ScrollHint.PositionAtCenter)

    def _mark(self, number: int, *, spoken: bool) -> None:
        item = self.item(number)
        if item is None:
            return
        item.setBackground(QColor(colours().accent_soft) if spoken else QBrush())
        font = self.font()
        font.setBold(spoken)
        item.setFont(font)

    def _ask(self, item: QListWidgetItem) -> None:
        self.asked.emit(self._cues[self.row(item)].start)
