# SPDX-License-Identifier: Apache-2.0
"""How far something is, as a small bar: on a card, in a row of the course."""

from __future__ import annotations

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QRect, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QPainter
from PySide6.QtWidgets import QStyle, QStyledItemDelegate, QStyleOptionViewItem

from player.ui import style

HEIGHT = 7  # pixels
WIDTH = 72
_GAP = 10


def paint_share(painter: QPainter, box: QRect, share: float) -> None:
    """Paint `share` (0 to 1) as a bar in the middle of the height of `box`."""
    now = style.colours()
    groove = QRectF(box.left(), box.center().y() - HEIGHT // 2, box.width(), HEIGHT)
    painter.save()
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(QColor(now.border))
    painter.drawRoundedRect(groove, HEIGHT / 2, HEIGHT / 2)
    if share > 0:
        groove.setWidth(max(float(HEIGHT), box.width() * min(1.0, share)))
        painter.setBrush(QColor(now.good if share >= 1 else now.accent))
        painter.drawRoundedRect(groove, HEIGHT / 2, HEIGHT / 2)
    painter.restore()


class ShareDelegate(QStyledItemDelegate):
    """Paints a bar after the words of an item whose `role` says a share, unless `hidden`."""

    def __init__(self, role: int) -> None:
        super().__init__()
        self._role = role
        self.hidden = False

    def _share(self, index: QModelIndex | QPersistentModelIndex) -> float | None:
        return None if self.hidden else index.data(self._role)

    def sizeHint(
        self, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex
    ) -> QSize:
        found = super().sizeHint(option, index)
        if self._share(index) is not None:
            found.setWidth(found.width() + WIDTH + 2 * _GAP)
        return found

    def paint(
        self,
        painter: QPainter,
        option: QStyleOptionViewItem,
        index: QModelIndex | QPersistentModelIndex,
    ) -> None:
        super().paint(painter, option, index)
        share = self._share(index)
        if share is not None:
            left = option.rect.right() - WIDTH - _GAP
            bar = QRect(left, option.rect.top(), WIDTH, option.rect.height())
            paint_share(painter, QStyle.visualRect(option.direction, option.rect, bar), share)
