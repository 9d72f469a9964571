# SPDX-License-Identifier: Apache-2.0
"""Where a message lies over a page: so that nothing behind it moves, and nothing needed is covered.

At the foot of the page, as high above it as it takes to leave free what has the keyboard and the
buttons that cannot be scrolled out from under it. It stays where it is while that holds.
"""

from __future__ import annotations

from collections.abc import Iterator

from PySide6.QtCore import QEvent, QObject, QPoint, QRect, QTimer, Slot
from PySide6.QtWidgets import (
    QAbstractButton,
    QAbstractItemView,
    QAbstractScrollArea,
    QAbstractSpinBox,
    QApplication,
    QComboBox,
    QFrame,
    QLineEdit,
    QWidget,
)
from shiboken6 import isValid

from player.ui.style import GRID

EDGE = 12  # pixels from the page's edges
LETTERS = 96  # in a line, its button's room included
_CONTROLS = (QAbstractButton, QLineEdit, QComboBox, QAbstractSpinBox)
_MOVES = (QEvent.Type.Resize, QEvent.Type.Move)


class Afloat(QFrame):
    """A frame that lies over a page. It has to be raised and shown like any other."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._page: QWidget | None = None
        self._watched: QWidget | None = None  # what has the keyboard, while this is seen
        self._laid_out = QTimer(self, singleShot=True, interval=0)
        self._laid_out.timeout.connect(self.place)
        app = QApplication.instance()
        if isinstance(app, QApplication):
            app.focusChanged.connect(self._follow)

    def lie_over(self, page: QWidget) -> None:
        """Lie over `page`, which has the same parent."""
        self._page = page
        page.installEventFilter(self)

    def event(self, event: QEvent) -> bool:
        done = super().event(event)
        if event.type() == QEvent.Type.Show:
            self._follow(None, QApplication.focusWidget())
        elif event.type() == QEvent.Type.LayoutRequest:  # it says something else
            self.place()
        return done

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if watched is self._page and event.type() in _MOVES:
            self.place()
        elif watched is self._watched and event.type() == QEvent.Type.KeyRelease:
            self.place()  # another row may be chosen, or something scrolled
        return super().eventFilter(watched, event)

    @Slot(QWidget, QWidget)
    def _follow(self, _old: QWidget | None, now: QWidget | None) -> None:
        if self._watched is not None and isValid(self._watched):
            self._watched.removeEventFilter(self)
        self._watched = now if self.isVisible() else None
        if self._watched is not None:
            self._watched.installEventFilter(self)
        self.place()
        self._laid_out.start()  # what has the keyboard may have come just now, with its page

    def place(self) -> None:
        """Take as much room as the words need, where they are in nobody's way."""
        if self._page is None or not self.isVisible():
            return
        room = self._page.geometry().adjusted(EDGE, EDGE, -EDGE, -EDGE)
        width = min(room.width(), LETTERS * self.fontMetrics().averageCharWidth())
        height = min(self.heightForWidth(width), room.height())
        box = QRect(room.center().x() - width // 2, room.bottom() - height + 1, width, height)
        kept = list(self._kept_free(height))
        now = QRect(QPoint(box.x(), self.y()), box.size())
        if self.size() == box.size() and room.contains(now) and _covered(now, kept) == 0:
            box = now
        else:
            steps = range(0, max(1, box.top() - room.top() + 1), GRID)
            box.translate(0, -min(steps, key=lambda up: _covered(box.translated(0, -up), kept)))
        self.setGeometry(box)

    def _kept_free(self, height: int) -> Iterator[tuple[QRect, int]]:
        """What should not be covered, and how much that matters."""
        page, focused = self._page, QApplication.focusWidget()
        for one in page.findChildren(QWidget) if page else ():
            if not one.isVisible():
                continue
            if one is focused:
                yield self._seen(one), 100
            elif isinstance(one, _CONTROLS) and one.isEnabled() and not _scrolls(one, height):
                yield self._seen(one), 1

    def _seen(self, one: QWidget) -> QRect:
        """What is seen of a widget, from where this is placed; of a list, its chosen row."""
        box = one.rect()
        if isinstance(one, QAbstractItemView):
            box = one.visualRect(one.currentIndex()).translated(one.viewport().pos())
        above: QWidget | None = one
        while above is not None and above is not self.parentWidget() and not above.isWindow():
            box = (box & above.rect()).translated(above.pos())
            above = above.parentWidget()
        return box


def _scrolls(one: QWidget, by: int) -> bool:
    """Whether a control can still be scrolled out from under something so high."""
    above = one.parentWidget()
    while above is not None and not above.isWindow():
        if isinstance(above, QAbstractScrollArea):
            bar = above.verticalScrollBar()
            if bar.maximum() - bar.value() >= by:
                return True
        above = above.parentWidget()
    return False


def _covered(box: QRect, kept: list[tuple[QRect, int]]) -> int:
    return sum(weight for other, weight in kept if box.intersects(other))
