# SPDX-License-Identifier: Apache-2.0
"""Paints what was found: a sign, the title, where it is, and its words with what was asked for."""

from __future__ import annotations

from typing import NamedTuple

from PySide6.QtCore import QPointF, QRect, QSize, Qt
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
from PySide6.QtWidgets import QListView, QStyle, QStyledItemDelegate, QStyleOptionViewItem

from player.ui import style
from player.ui.found_list import Index, Marks, Role, Row
from player.ui.icons import pixmap
from player.ui.language import units

EDGE = 10  # pixels around a row's words
GAP = 3  # between its lines
SIGN = 20
LINES = 2  # of the text that was found
_ENDLESS = 1 << 20  # pixels


class FoundDelegate(QStyledItemDelegate):
    """A group's title is one line; a row has two, and two more where a text was found."""

    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:
        row: Row = index.data(Role.ROW)
        line = QFontMetrics(option.font).height()
        if row.what is None:
            return QSize(0, line + 2 * EDGE)
        view = option.widget
        width = view.viewport().width() if isinstance(view, QListView) else option.rect.width()
        lines = 1 + bool(row.place)
        if row.text:
            lines += _fitted(row, option.font, self._room(width, option.font)).lineCount()
        return QSize(0, lines * line + (lines - 1) * GAP + 2 * EDGE)

    def _room(self, width: int, font: QFont) -> int:
        return max(40, width - 2 * EDGE - style.side(SIGN, font) - 10)

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        row: Row = index.data(Role.ROW)
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        if row.what is None:
            self._paint_group(painter, option, row)
        else:
            self._paint_ground(painter, option)
            self._paint_row(painter, option, row)
        painter.restore()

    def _paint_group(self, painter: QPainter, option: QStyleOptionViewItem, row: Row) -> None:
        font = _heavy(option.font)
        painter.setFont(font)
        painter.setPen(QColor(style.colours().muted))
        box = option.rect.adjusted(EDGE, EDGE, -EDGE, 0)
        text = QFontMetrics(font).elidedText(row.title, Qt.TextElideMode.ElideRight, box.width())
        side = Qt.AlignmentFlag.AlignLeading | Qt.AlignmentFlag.AlignVCenter
        painter.drawText(box, QStyle.visualAlignment(option.direction, side), text)

    def _paint_ground(self, painter: QPainter, option: QStyleOptionViewItem) -> None:
        now, flags = style.colours(), option.state
        selected = bool(flags & QStyle.StateFlag.State_Selected)
        focused = selected and bool(flags & QStyle.StateFlag.State_HasFocus)
        if selected or flags & QStyle.StateFlag.State_MouseOver:
            painter.setPen(QPen(QColor(now.focus), 2) if focused else Qt.PenStyle.NoPen)
            painter.setBrush(QColor(now.accent_soft if selected else now.surface_2))
            painter.drawRoundedRect(option.rect.adjusted(3, 1, -3, -1), 8, 8)

    def _paint_row(self, painter: QPainter, option: QStyleOptionViewItem, row: Row) -> None:
        now, side = style.colours(), style.side(SIGN, option.font)
        inner = option.rect.adjusted(EDGE, EDGE, -EDGE, -EDGE)
        sign = QRect(inner.left(), inner.top(), side, side)
        words = inner.adjusted(side + 10, 0, 0, 0)
        if option.direction == Qt.LayoutDirection.RightToLeft:
            sign.moveRight(inner.right())
            words = inner.adjusted(0, 0, -side - 10, 0)
        painter.drawPixmap(sign.topLeft(), pixmap(row.sign, now.muted, side))
        line = QFontMetrics(option.font).height() + GAP
        right = option.direction == Qt.LayoutDirection.RightToLeft
        strong = QFont(option.font)
        strong.setWeight(QFont.Weight.DemiBold)
        title = _Line(row.title, row.title_marks, strong, now.text)
        for one in (title, _Line(row.place, (), option.font, now.muted)):
            if one.text:
                _paint_line(painter, words, one, right=right)
                words.translate(0, line)
        if row.text:
            _paint_text(painter, words, row, option.font, right=right)


class _Line(NamedTuple):
    """A text, what of it was asked for, and how it is written."""

    text: str
    marks: Marks
    font: QFont
    tint: str


def _paint_line(painter: QPainter, box: QRect, line: _Line, *, right: bool) -> None:
    """Paint a line from the side where the window begins, with … where it has no room."""
    elide = Qt.TextElideMode.ElideRight
    shown = QFontMetrics(line.font).elidedText(line.text, elide, box.width())
    end = len(shown) if shown == line.text else len(shown) - 1
    marks = tuple((start, min(behind, end)) for start, behind in line.marks if start < end)
    layout = _laid_out(shown, marks, line.font, _ENDLESS)
    natural = layout.lineAt(0).naturalTextRect()
    left = box.right() - natural.width() if right else float(box.left())
    painter.setPen(QColor(line.tint))
    layout.draw(painter, QPointF(left - natural.left(), box.top()))


def _heavy(font: QFont) -> QFont:
    made = QFont(font)
    made.setWeight(QFont.Weight.Bold)
    return made


def _laid_out(text: str, marks: Marks, font: QFont, width: int) -> QTextLayout:
    """A text in lines of that width, what was asked for heavier and on another ground."""
    now = style.colours()
    layout = QTextLayout(text, font)
    option = QTextOption()
    option.setWrapMode(QTextOption.WrapMode.WrapAtWordBoundaryOrAnywhere)
    layout.setTextOption(option)
    heavy = QTextCharFormat()
    heavy.setFontWeight(QFont.Weight.Bold)
    heavy.setForeground(QColor(now.text))
    heavy.setBackground(QColor(now.warn_soft))
    made = []
    for start, end in marks:
        one = QTextLayout.FormatRange()
        one.start, one.length, one.format = units(text[:start]), units(text[start:end]), heavy
        made.append(one)
    layout.setFormats(made)
    layout.beginLayout()
    height = 0.0
    while (line := layout.createLine()).isValid():
        line.setLineWidth(width)
        line.setPosition(QPointF(0, height))
        height += QFontMetrics(font).height() + GAP
    layout.endLayout()
    return layout


def _fitted(row: Row, font: QFont, width: int) -> QTextLayout:
    """The words of a row in few lines, with … where there are more."""
    made = _laid_out(row.text, row.text_marks, font, width)
    if made.lineCount() <= LINES:
        return made
    last = made.lineAt(LINES - 1)
    cut = row.text[: last.textStart() + last.textLength() - 3]
    short = (cut.rpartition(" ")[0] or cut).rstrip(" …") + " …"
    marks = tuple((a, min(b, len(short) - 2)) for a, b in row.text_marks if a < len(short) - 2)
    return _laid_out(short, marks, font, width)


def _paint_text(painter: QPainter, box: QRect, row: Row, font: QFont, *, right: bool) -> None:
    """Paint the words from the side where the window begins, whichever way they are written."""
    painter.setPen(QColor(style.colours().text))
    made = _fitted(row, font, box.width())
    for number in range(made.lineCount()):
        line = made.lineAt(number)
        natural = line.naturalTextRect()
        to_edge = box.width() - natural.right() if right else -natural.left()
        line.draw(painter, QPointF(box.left() + to_edge, box.top()))
