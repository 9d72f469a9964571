# SPDX-License-Identifier: Apache-2.0
"""One small sign for each question: where the learner is, and what became of the rest."""

from __future__ import annotations

from collections import Counter

from PySide6.QtCore import QEvent, QRect, QSize, Qt, Signal
from PySide6.QtGui import QColor, QHelpEvent, QMouseEvent, QPainter, QPaintEvent, QPen, QResizeEvent
from PySide6.QtWidgets import QSizePolicy, QToolTip, QWidget

from player.ui.icons import pixmap
from player.ui.language import translate
from player.ui.lesson.verdict import Verdict
from player.ui.style import colours, side

_SIDE, _GAP = 16, 8


class Dots(QWidget):
    """The questions of an attempt, in as many lines as they need.

    Keys are left to the buttons below; a click is a shorter way.

    Signals:
        picked: a question was clicked, its number from 0.
    """

    picked = Signal(int)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._standings: tuple[Verdict, ...] = ()
        self._current = 0
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)

    def show_standings(self, standings: tuple[Verdict, ...], current: int) -> None:
        """Show where each question stands, and which one is open."""
        self._standings, self._current = standings, current
        said = translate("QuizView", "Question {n} of {count}")
        self.setAccessibleName(said.format(n=current + 1, count=len(standings)))
        words = Counter(one.words for one in standings)
        self.setAccessibleDescription("; ".join(f"{n} × {one}" for one, n in words.items()))
        self._take_height()
        self.update()

    def sizeHint(self) -> QSize:
        return QSize(200, side(_SIDE) + _GAP)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._take_height()

    def mousePressEvent(self, event: QMouseEvent) -> None:
        for number in range(len(self._standings)):
            if self._box(number).contains(event.position().toPoint()):
                self.picked.emit(number)
                return

    def event(self, event: QEvent) -> bool:
        if isinstance(event, QHelpEvent) and event.type() == QEvent.Type.ToolTip:
            for number, standing in enumerate(self._standings):
                if self._box(number).contains(event.pos()):
                    QToolTip.showText(event.globalPos(), f"{number + 1}: {standing.words}", self)
            return True
        return super().event(event)

    def paintEvent(self, _event: QPaintEvent) -> None:
        now, painter = colours(), QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        ratio = self.devicePixelRatioF()
        for number, standing in enumerate(self._standings):
            box = self._box(number)
            sign = box.adjusted(_GAP // 2, _GAP // 2, -_GAP // 2, -_GAP // 2)
            colour = getattr(now, standing.tint)
            painter.drawPixmap(sign, pixmap(standing.sign, colour, round(side(_SIDE) * ratio)))
            if number == self._current:
                painter.setPen(QPen(QColor(now.accent), 2))
                painter.drawEllipse(box.adjusted(1, 1, -1, -1))

    def _box(self, number: int) -> QRect:
        cell = side(_SIDE) + _GAP
        in_line = max(1, self.width() // cell)
        line, place = divmod(number, in_line)
        if self.layoutDirection() == Qt.LayoutDirection.RightToLeft:
            place = in_line - 1 - place
        return QRect(place * cell, line * cell, cell, cell)

    def _take_height(self) -> None:
        last = self._box(max(0, len(self._standings) - 1))
        if self.minimumHeight() != last.bottom() + 1:
            self.setFixedHeight(last.bottom() + 1)
