# SPDX-License-Identifier: Apache-2.0
"""How the rows of a transcript are painted: the time, the words, and what was found in them."""

from __future__ import annotations

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QPointF, QRect, QSize, Qt
from PySide6.QtGui import (
    QColor,
    QFont,
    QFontMetrics,
    QPainter,
    QPen,
    QTextCharFormat,
    QTextLayout,
    QTextOption,
)
from PySide6.QtWidgets import QListWidget, QStyle, QStyledItemDelegate, QStyleOptionViewItem

from player.ui.language import units
from player.ui.style import GRID, colours

TIME, WORDS = (Qt.ItemDataRole.UserRole + n for n in range(2))
"""Roles: the time as it is shown; what is said."""
_BAR = 3  # pixels: what is said now is not marked by a colour alone
_Index = QModelIndex | QPersistentModelIndex


class CueList(QListWidget):
    """Rows of cues, and what stands out in them.

    Not as data of the items: for each change of those, Qt lays out every row anew.

    Attributes:
        spoken: the row that is said now; -1 for none.
        marks: what was found, by row.
        here: the row of the match in sight; -1 for none.
    """

    def __init__(self) -> None:
        super().__init__()
        self.spoken, self.here = -1, -1
        self.marks: dict[int, list[tuple[int, int]]] = {}


class CueRows(QStyledItemDelegate):
    """A column for the time, one for the words, which wrap."""

    def __init__(self, rows: CueList) -> None:
        super().__init__(rows)
        self._rows = rows
        self._heights: dict[int, int] = {}  # by row, for the width and the letters of `_for`
        self._for: tuple[int, str] = (0, "")

    def forget(self) -> None:
        """Other rows come."""
        self._heights.clear()

    def sizeHint(self, _option: QStyleOptionViewItem, index: _Index) -> QSize:
        font: QFont = self._rows.font()
        room = self._rows.viewport().width() - 2 * self._rows.spacing()
        if self._for != (room, font.key()):
            self._for = room, font.key()
            self._heights.clear()
        if index.row() not in self._heights:
            words = self._laid(index, font, room - self._indent(font, index) - GRID)
            self._heights[index.row()] = round(words.boundingRect().height()) + GRID
        return QSize(room, self._heights[index.row()])

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: _Index) -> None:
        now, box, font = colours(), option.rect, self._rows.font()
        painter.save()
        if index.row() == self._rows.spoken:
            painter.fillRect(box, QColor(now.accent_soft))
            painter.fillRect(self._leading(box, _BAR), QColor(now.accent))
        elif option.state & QStyle.StateFlag.State_MouseOver:
            painter.fillRect(box, QColor(now.surface_2))
        indent = self._indent(font, index)
        painter.setFont(font)
        painter.setPen(QColor(now.muted))
        place = self._leading(box, indent).adjusted(GRID, GRID // 2, -GRID, 0)
        painter.drawText(place, int(Qt.AlignmentFlag.AlignLeading), index.data(TIME) or "")
        words = self._laid(index, font, box.width() - indent - GRID)
        left = box.left() + (GRID if self._from_right else indent)
        painter.setPen(QColor(now.text))
        words.draw(painter, QPointF(left, box.top() + GRID // 2), self._marks(index))
        if option.state & QStyle.StateFlag.State_HasFocus and self._rows.hasFocus():
            painter.setPen(QPen(QColor(now.focus), 2))
            painter.drawRect(box.adjusted(1, 1, -1, -1))
        painter.restore()

    @property
    def _from_right(self) -> bool:
        return self._rows.layoutDirection() is Qt.LayoutDirection.RightToLeft

    def _leading(self, box: QRect, width: int) -> QRect:
        left = box.right() + 1 - width if self._from_right else box.left()
        return QRect(left, box.top(), width, box.height())

    def _indent(self, font: QFont, index: _Index) -> int:
        return QFontMetrics(font).horizontalAdvance(index.data(TIME) or "") + 3 * GRID

    def _laid(self, index: _Index, font: QFont, room: int) -> QTextLayout:
        option = QTextOption(Qt.AlignmentFlag.AlignLeading)
        option.setTextDirection(self._rows.layoutDirection())
        option.setWrapMode(QTextOption.WrapMode.WrapAtWordBoundaryOrAnywhere)
        made = QTextLayout(index.data(WORDS) or "", font)
        made.setTextOption(option)
        made.beginLayout()
        top = 0.0
        while (line := made.createLine()).isValid():
            line.setLineWidth(max(room, 1))
            line.setPosition(QPointF(0, top))
            top += line.height()
        made.endLayout()
        return made

    def _marks(self, index: _Index) -> list[QTextLayout.FormatRange]:
        """What was found, on a ground that stands out; the match that was asked for more so."""
        now, marks = colours(), []
        here, words = index.row() == self._rows.here, index.data(WORDS)
        for start, length in self._rows.marks.get(index.row(), ()):
            mark = QTextLayout.FormatRange()
            mark.start, mark.length = units(words[:start]), units(words[start : start + length])
            form = QTextCharFormat()
            form.setFontUnderline(True)
            form.setBackground(QColor(now.accent if here else now.warn_soft))
            form.setForeground(QColor(now.accent_text if here else now.text))
            mark.format = form
            marks.append(mark)
        return marks
