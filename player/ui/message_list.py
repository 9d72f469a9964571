# SPDX-License-Identifier: Apache-2.0
"""The list of what came back: one row a message, the newest first, unread ones heavier."""

from __future__ import annotations

from collections.abc import Mapping
from enum import IntEnum

from PySide6.QtCore import QAbstractListModel, QModelIndex, QPersistentModelIndex, QRect, QSize, Qt
from PySide6.QtGui import QColor, QFont, QFontMetrics, QPainter, QPen
from PySide6.QtWidgets import QStyle, QStyledItemDelegate, QStyleOptionViewItem

from player.journal.items import Mark
from player.journal.mail import Came
from player.ui import style
from player.ui.icons import pixmap
from player.ui.language import translate, when
from player.ui.work_list import worth

Index = QModelIndex | QPersistentModelIndex
SIGNS = {
    "announcement": "mail",
    "digest": "list",
    "mark": "check-circle",
    "attestation": "exam",
    "poll": "list",
}
EDGE = 12  # pixels around a row's words
SIDE = 20  # of its sign


class Role(IntEnum):
    """What the delegate asks a row for."""

    CAME = Qt.ItemDataRole.UserRole
    LINES = Qt.ItemDataRole.UserRole + 1


class MessageList(QAbstractListModel):
    """Rows of what came. Titles are known by (course, activity); `''` is the course itself."""

    def __init__(self) -> None:
        super().__init__()
        self._rows: list[Came] = []
        self._titles: Mapping[tuple[str, str], str] = {}

    def show(self, rows: list[Came], titles: Mapping[tuple[str, str], str]) -> None:
        """Show these; where only what was read is other than before, rows stay."""
        before, self._titles = [one.id for one in self._rows], titles
        if [one.id for one in rows] == before:
            self._rows = rows
            if rows:
                self.dataChanged.emit(self.index(0), self.index(len(rows) - 1))
            return
        self.beginResetModel()
        self._rows = rows
        self.endResetModel()

    def row_of(self, item: str) -> int:
        """Where a message stands; -1 where it does not."""
        return next((row for row, one in enumerate(self._rows) if one.id == item), -1)

    def came(self, row: int) -> Came | None:
        """The message of a row."""
        return self._rows[row] if 0 <= row < len(self._rows) else None

    def head(self, came: Came) -> str:
        """What it is called."""
        return head(came, self._titles)

    def foot(self, came: Came) -> str:
        """What it is, when it was written, and of which course."""
        course = self._titles.get((came.course, ""), came.course)
        return " · ".join((kind(came.type), when(came.item.at), course))

    def rowCount(self, parent: Index = QModelIndex()) -> int:
        return 0 if parent.isValid() else len(self._rows)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        came = self._rows[index.row()]
        lines = self.head(came), self.foot(came)
        if role == Qt.ItemDataRole.DisplayRole:
            return lines[0]
        if role == Qt.ItemDataRole.AccessibleTextRole:
            new = () if came.is_read else (translate("Messages", "Unread"),)
            return ", ".join((*new, *lines))
        if role == Qt.ItemDataRole.ToolTipRole:
            return "\n".join(lines)
        return {Role.CAME: came, Role.LINES: lines}.get(role)  # type: ignore[call-overload]


def head(came: Came, titles: Mapping[tuple[str, str], str]) -> str:
    """What a message is called, in one line; a mark by what it is worth and for what."""
    item = came.item
    title = " ".join(item.title.split())
    if isinstance(item, Mark):
        title = title or titles.get((came.course, item.activity), "")
        return " · ".join(filter(None, (worth(item), title)))
    return title or kind(came.type)


def kind(type_: str) -> str:
    """What a message is, in the reader's words."""
    known = {
        "announcement": translate("Messages", "Announcement"),
        "digest": translate("Messages", "Week in the forum"),
        "mark": translate("Messages", "Mark"),
        "attestation": translate("Messages", "Attestation"),
        "poll": translate("Messages", "What the class answered"),
    }
    return known.get(type_, translate("Messages", "Message"))


class MessageDelegate(QStyledItemDelegate):
    """Paints a message in two lines after its sign."""

    def sizeHint(self, option: QStyleOptionViewItem, _index: Index) -> QSize:
        height = QFontMetrics(option.font).height()
        return QSize(0, 2 * height + 4 + 2 * EDGE)  # as wide as there is room

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        came: Came = index.data(Role.CAME)
        now, flags = style.colours(), option.state
        side = style.side(SIDE)
        selected = bool(flags & QStyle.StateFlag.State_Selected)
        focused = selected and bool(flags & QStyle.StateFlag.State_HasFocus)
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        box = option.rect.adjusted(3, 2, -3, -2)
        if selected or flags & QStyle.StateFlag.State_MouseOver:
            painter.setPen(QPen(QColor(now.focus), 2) if focused else Qt.PenStyle.NoPen)
            painter.setBrush(QColor(now.accent_soft if selected else now.surface_2))
            painter.drawRoundedRect(box, 8, 8)
        inner = box.adjusted(EDGE - 4, EDGE - 2, 2 - EDGE, 2 - EDGE)
        tint = now.muted if came.is_read else now.accent
        sign = QRect(inner.left(), inner.top(), side, side)
        words = inner.adjusted(side + 10, 0, 0, 0)
        if option.direction == Qt.LayoutDirection.RightToLeft:
            sign.moveRight(inner.right())
            words = inner.adjusted(0, 0, -side - 10, 0)
        painter.drawPixmap(sign.topLeft(), pixmap(SIGNS.get(came.type, "mail"), tint, side))
        _paint_lines(painter, option.font, words, index.data(Role.LINES), heavy=not came.is_read)
        painter.restore()


def _paint_lines(
    painter: QPainter, font: QFont, box: QRect, lines: tuple[str, str], *, heavy: bool
) -> None:
    now, first = style.colours(), QFont(font)
    if heavy:
        first.setWeight(QFont.Weight.Bold)
    for text, how, tint in zip(lines, (first, font), (now.text, now.muted), strict=True):
        metrics = QFontMetrics(how)
        line = QRect(box.left(), box.top(), box.width(), metrics.height())
        painter.setFont(how)
        painter.setPen(QColor(tint))
        elided = metrics.elidedText(text, Qt.TextElideMode.ElideRight, line.width())
        painter.drawText(line, Qt.AlignmentFlag.AlignLeading, elided)
        box = box.adjusted(0, metrics.height() + 4, 0, 0)
