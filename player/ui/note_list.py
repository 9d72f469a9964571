# SPDX-License-Identifier: Apache-2.0
"""The list of all notes and bookmarks: what was noted in full, and where, below it."""

from __future__ import annotations

import re
from collections.abc import Sequence
from enum import IntEnum

from PySide6.QtCore import QAbstractListModel, QModelIndex, QPersistentModelIndex, QRect, QSize, Qt
from PySide6.QtGui import QColor, QFont, QFontMetrics, QPainter, QPen
from PySide6.QtWidgets import QListView, QStyle, QStyledItemDelegate, QStyleOptionViewItem

from player.app.notebook import Entry
from player.search.folding import fold_words
from player.ui import style
from player.ui.icons import pixmap
from player.ui.language import day, direction_of, spot_name, translate

Index = QModelIndex | QPersistentModelIndex
EDGE = 12  # pixels around a row's words
SIDE = 20  # of its sign
_HIGH = 100_000  # pixels: no note is higher
_WRAP = Qt.TextFlag.TextWordWrap
_LONG = re.compile(r"(\S{30})(?=\S)")  # an address, say: it may be broken there


class Role(IntEnum):
    """What the delegate asks a row for."""

    ENTRY = Qt.ItemDataRole.UserRole
    LINES = Qt.ItemDataRole.UserRole + 1


class NoteList(QAbstractListModel):
    """Rows of notes and bookmarks; those that are looked for, in the order that is wanted."""

    def __init__(self) -> None:
        super().__init__()
        self._every: list[Entry] = []
        self._rows: list[Entry] = []
        self._words, self._course, self._newest = "", "", False

    @property
    def shown(self) -> Sequence[Entry]:
        """The rows, from top to bottom."""
        return tuple(self._rows)

    def show(self, entries: Sequence[Entry]) -> None:
        """Take these, in the order of the courses."""
        self._every = list(entries)
        self._arrange()

    def narrow(self, *, words: str, course: str, newest: bool) -> None:
        """Show those with all of `words`, of one `course` or all, the newest first if so wanted."""
        self._words, self._course, self._newest = words, course, newest
        self._arrange()

    def entry(self, row: int) -> Entry | None:
        """What a row shows."""
        return self._rows[row] if 0 <= row < len(self._rows) else None

    def _arrange(self) -> None:
        wanted = fold_words(self._words).split()
        rows = [
            one
            for one in self._every
            if self._course in ("", one.what.course)
            and all(word in fold_words(" ".join(lines(one))) for word in wanted)
        ]
        if self._newest:
            rows.sort(key=lambda one: one.at, reverse=True)
        if rows != self._rows:
            self.beginResetModel()
            self._rows = rows
            self.endResetModel()

    def rowCount(self, parent: Index = QModelIndex()) -> int:
        return 0 if parent.isValid() else len(self._rows)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        entry = self._rows[index.row()]
        if role == Qt.ItemDataRole.DisplayRole:
            return lines(entry)[0]
        if role == Qt.ItemDataRole.AccessibleTextRole:
            gone = () if entry.is_here else (translate("Notes", "the course is not here"),)
            return ", ".join((*lines(entry), *gone))
        return {Role.ENTRY: entry, Role.LINES: lines(entry)}.get(role)  # type: ignore[call-overload]


def lines(entry: Entry) -> tuple[str, str]:
    """What was noted, and where and when."""
    place = spot_name(entry.spot)
    parts = (place, entry.title, entry.section, entry.course_title, day(entry.at))
    text = _LONG.sub("\\1\u200b", entry.text or translate("Notes", "Bookmark"))
    return text, " · ".join(filter(None, parts))


class NoteDelegate(QStyledItemDelegate):
    """Paints the text over as many lines as it takes, and where it stands below it."""

    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:
        view = option.widget
        wide = view.viewport().width() if isinstance(view, QListView) else option.rect.width()
        text, foot = index.data(Role.LINES)
        room = _words(QRect(0, 0, wide, _HIGH), right=False)
        heights = [_height(option.font, room.width(), one) for one in (text, foot)]
        return QSize(0, sum(heights) + 4 + 2 * EDGE)  # as wide as there is room

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        entry: Entry = index.data(Role.ENTRY)
        text, foot = index.data(Role.LINES)
        now, flags = style.colours(), option.state
        selected = bool(flags & QStyle.StateFlag.State_Selected)
        focused = selected and bool(flags & QStyle.StateFlag.State_HasFocus)
        right = option.direction == Qt.LayoutDirection.RightToLeft
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        box = option.rect.adjusted(3, 2, -3, -2)
        if selected or flags & QStyle.StateFlag.State_MouseOver:
            painter.setPen(QPen(QColor(now.focus), 2) if focused else Qt.PenStyle.NoPen)
            painter.setBrush(QColor(now.accent_soft if selected else now.surface_2))
            painter.drawRoundedRect(box, 8, 8)
        words = _words(option.rect, right=right)
        sign = QRect(option.rect.left() + EDGE, words.top(), _side(), _side())
        if right:
            sign.moveRight(option.rect.right() - EDGE)
        name = "note" if entry.text else "bookmark"
        painter.drawPixmap(sign.topLeft(), pixmap(name, now.muted, _side()))
        painter.setFont(QFont(option.font))
        painter.setPen(QColor(now.text))
        high = _height(option.font, words.width(), text)
        painter.setLayoutDirection(direction_of(text, option.direction))
        _draw(painter, words, text)
        painter.setLayoutDirection(option.direction)
        painter.setPen(QColor(now.muted))
        _draw(painter, words.adjusted(0, high + 4, 0, 0), foot)
        painter.restore()


def _words(box: QRect, *, right: bool) -> QRect:
    """Where the words of a row stand, beside its sign."""
    inner = box.adjusted(EDGE, EDGE - 2, -EDGE, 2 - EDGE)
    sign = _side() + 10
    return inner.adjusted(0, 0, -sign, 0) if right else inner.adjusted(sign, 0, 0, 0)


def _side() -> int:
    return style.side(SIDE)


def _height(font: QFont, width: int, text: str) -> int:
    room = QRect(0, 0, max(1, width), _HIGH)
    return QFontMetrics(font).boundingRect(room, _WRAP, text).height()


def _draw(painter: QPainter, box: QRect, text: str) -> None:
    painter.drawText(box, Qt.AlignmentFlag.AlignLeading | Qt.AlignmentFlag.AlignTop | _WRAP, text)
