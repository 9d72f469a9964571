# SPDX-License-Identifier: Apache-2.0
"""Widgets side by side that go on in a next line where the window is narrow or the letters large.

After Qt's own "Flow Layout" example; Qt has none built in.
"""

from __future__ import annotations

from PySide6.QtCore import QPoint, QRect, QSize, Qt
from PySide6.QtWidgets import QLayout, QLayoutItem, QStyle, QWidget, QWidgetItem

from player.ui.style import GRID


class Flow(QLayout):
    """Lines of widgets, each line as high as its highest. `wide` takes what a line has left.

    Where there is something wide, the lines behind its own end where that one does.
    """

    def __init__(self, *parts: QWidget, gap: int = GRID, wide: QWidget | None = None) -> None:
        super().__init__()
        self._items: list[QLayoutItem] = []
        self._wide = wide
        self.setSpacing(gap)
        self.setContentsMargins(0, 0, 0, 0)
        for part in parts:
            self.addWidget(part)

    def addItem(self, item: QLayoutItem) -> None:
        self._items.append(item)

    def addWidget(self, widget: QWidget) -> None:
        self.addChildWidget(widget)
        self.addItem(QWidgetItem(widget))

    def count(self) -> int:
        return len(self._items)

    def itemAt(self, index: int) -> QLayoutItem | None:
        return self._items[index] if 0 <= index < len(self._items) else None

    def takeAt(self, index: int) -> QLayoutItem | None:
        return self._items.pop(index) if 0 <= index < len(self._items) else None

    def expandingDirections(self) -> Qt.Orientation:
        return Qt.Orientation(0) if self._wide is None else Qt.Orientation.Horizontal

    def hasHeightForWidth(self) -> bool:
        return True

    def heightForWidth(self, width: int) -> int:
        return self._arrange(QRect(0, 0, width, 0), move=False)

    def setGeometry(self, box: QRect) -> None:
        super().setGeometry(box)
        self._arrange(box, move=True)

    def sizeHint(self) -> QSize:
        shown = [item.sizeHint() for item in self._items if not item.isEmpty()]
        width = sum(size.width() for size in shown) + self.spacing() * max(0, len(shown) - 1)
        return QSize(width, max((size.height() for size in shown), default=0))

    def minimumSize(self) -> QSize:
        found = QSize()
        for item in self._items:
            if not item.isEmpty():
                found = found.expandedTo(item.minimumSize())
        return found

    def _arrange(self, box: QRect, *, move: bool) -> int:
        """Lay the widgets out in `box`, or only reckon; returns the height it takes."""
        top, behind = box.top(), False
        for line in self._lines(box.width()):
            height = max(size.height() for _, size in line)
            behind = behind or any(item.widget() is self._wide for item, _ in line)
            if move:
                self._place(line, QRect(box.left(), top, box.width(), height), at_end=behind)
            top += height + self.spacing()
        return max(0, top - self.spacing() - box.top())

    def _lines(self, width: int) -> list[list[tuple[QLayoutItem, QSize]]]:
        lines: list[list[tuple[QLayoutItem, QSize]]] = []
        left = 0
        for item in self._items:
            if item.isEmpty():
                continue
            size = item.sizeHint().boundedTo(QSize(max(width, item.minimumSize().width()), 10**6))
            if not lines or size.width() > left:
                lines.append([])
                left = width
            lines[-1].append((item, size))
            left -= size.width() + self.spacing()
        return lines

    @property
    def _direction(self) -> Qt.LayoutDirection:
        parent = self.parentWidget()
        return parent.layoutDirection() if parent else Qt.LayoutDirection.LeftToRight

    def _place(self, line: list[tuple[QLayoutItem, QSize]], box: QRect, *, at_end: bool) -> None:
        used = sum(size.width() for _, size in line) + self.spacing() * (len(line) - 1)
        left = max(0, box.width() - used)
        has_wide = any(item.widget() is self._wide for item, _ in line)
        x = box.left() + (left if at_end and not has_wide else 0)
        for item, size in line:
            extra = left if item.widget() is self._wide else 0
            place = QPoint(x, box.top() + (box.height() - size.height()) // 2)
            found = QRect(place, QSize(size.width() + extra, size.height()))
            item.setGeometry(QStyle.visualRect(self._direction, box, found))
            x += size.width() + extra + self.spacing()
