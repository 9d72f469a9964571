# SPDX-License-Identifier: Apache-2.0
"""The way through a course, drawn: section by section, a mark for each activity.

What a mark means is said by its shape, never by its colour alone: done is full with a tick, the
next one is a ring in a ring, begun is half full, open is empty, and what opens another day is a
dot. A long course has a bar for each section instead, and all of it stands in the accessible
description.
"""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QEvent, QLocale, QPointF, QRect, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QHelpEvent, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QLabel, QSizePolicy, QToolTip

from player.app.next_step import Stretch
from player.ui import style
from player.ui.language import translate
from player.ui.share import paint_share

MANY = 60  # activities: a longer way has a bar for each section
MOST = 120  # sections: with more, the picture would be all of the page
MARK = 14  # pixels, across
_BAR = 64  # pixels


class Way(QLabel):
    """A picture of progress; a label, so that it is read out as one."""

    def __init__(self) -> None:
        super().__init__()
        self._stretches: tuple[Stretch, ...] = ()
        self._boxed: tuple[tuple[int, int, str], list[QRect]] | None = None
        self.is_long = False
        """Whether there is no room for each activity."""
        policy = QSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        policy.setHeightForWidth(True)
        self.setSizePolicy(policy)
        self.setAccessibleName(translate("Next", "Your way through the course"))

    def show_way(self, stretches: Sequence[Stretch]) -> None:
        """Show how far the learner is."""
        self._stretches, self._boxed = tuple(stretches), None
        self.is_long = sum(len(one.states) for one in stretches) > MANY
        self.setAccessibleDescription(". ".join(said(one) for one in stretches))
        self.updateGeometry()
        self.update()

    def heightForWidth(self, width: int) -> int:
        boxes = self._boxes(width)
        return max((box.bottom() + 1 for box in boxes), default=0)

    def sizeHint(self) -> QSize:
        return QSize(240, self.heightForWidth(max(240, self.width())))

    def minimumSizeHint(self) -> QSize:
        return QSize(120, self.sizeHint().height())

    def _boxes(self, width: int) -> list[QRect]:
        """Where each section stands, from the left; one that is too wide is cut by the edge.

        A layout asks dozens of times, and a course may have thousands of sections.
        """
        by = (width, style.side(MARK), self.font().toString())
        if self._boxed is None or self._boxed[0] != by:
            self._boxed = by, self._placed_in(width)
        return self._boxed[1]

    def _placed_in(self, width: int) -> list[QRect]:
        mark, found, left, top = style.side(MARK), [], 0, 0
        for number, one in enumerate(self._stretches, 1):
            across = style.side(_BAR) if self.is_long else len(one.states) * (mark + 5) - 5
            wide = self._lead(number) + across
            if left and left + wide > width:
                left, top = 0, top + mark + 10
            found.append(QRect(left, top, min(wide, width), mark + 4))
            left += wide + 2 * mark
        return found

    def _lead(self, number: int) -> int:
        """How much room the number of a section takes."""
        return self.fontMetrics().horizontalAdvance(_number(number)) + 8

    def paintEvent(self, _event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        for number, (one, box) in enumerate(
            zip(self._stretches, self._boxes(self.width()), strict=True), 1
        ):
            lead = self._lead(number)
            painter.setPen(QColor(style.colours().muted))
            at = self._placed(QRect(box.left(), box.top(), lead - 8, box.height()))
            painter.drawText(at, Qt.AlignmentFlag.AlignCenter, _number(number))
            rest = QRect(box.left() + lead, box.top(), box.width() - lead, box.height())
            if self.is_long:
                paint_share(painter, self._placed(rest), one.done / len(one.states))
            else:
                self._paint_marks(painter, one, rest)

    def _placed(self, box: QRect) -> QRect:
        """A box from the left, where it is in this direction of writing."""
        placed = QRect(box)
        if self.layoutDirection() == Qt.LayoutDirection.RightToLeft:
            placed.moveRight(self.width() - 1 - box.left())
        return placed

    def _paint_marks(self, painter: QPainter, stretch: Stretch, box: QRect) -> None:
        mark, now = style.side(MARK), style.colours()
        end = len(stretch.states) * (mark + 5) - 5
        line = self._placed(QRect(box.left(), box.top() + box.height() // 2 - 1, end, 2))
        painter.fillRect(line, QColor(now.border))
        for place, state in enumerate(stretch.states):
            left = box.left() + place * (mark + 5)
            paint_mark(painter, QRectF(self._placed(QRect(left, box.top() + 2, mark, mark))), state)

    def event(self, event: QEvent) -> bool:
        if isinstance(event, QHelpEvent):
            found = zip(self._stretches, self._boxes(self.width()), strict=True)
            words = (said(one) for one, box in found if self._placed(box).contains(event.pos()))
            QToolTip.showText(event.globalPos(), next(words, ""), self)
            return True
        return super().event(event)


def paint_mark(painter: QPainter, box: QRectF, state: str) -> None:
    """Paint the mark of one activity; see `player.app.next_step.STATES`."""
    now, whole = style.colours(), box.adjusted(1, 1, -1, -1)
    painter.setPen(QPen(QColor(now.field), 1.5))
    painter.setBrush(QColor(now.surface))
    match state:
        case "done":
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(QColor(now.good))
            painter.drawEllipse(whole)
            across = whole.width()
            painter.setPen(QPen(QColor(now.surface), max(1.5, across / 7)))
            points = [(0.26, 0.52), (0.44, 0.70), (0.75, 0.34)]
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.drawPolyline(
                [QPointF(whole.left() + x * across, whole.top() + y * across) for x, y in points]
            )
        case "next":
            painter.setPen(QPen(QColor(now.accent), 2.5))
            painter.drawEllipse(whole)
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(QColor(now.accent))
            third = whole.width() / 3.2
            painter.drawEllipse(whole.adjusted(third, third, -third, -third))
        case "begun":
            painter.setPen(QPen(QColor(now.accent), 1.5))
            painter.drawEllipse(whole)
            painter.setBrush(QColor(now.accent))
            painter.drawPie(whole, 90 * 16, 180 * 16)
        case "later":
            third = whole.width() / 3
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(QColor(now.field))
            painter.drawEllipse(whole.adjusted(third, third, -third, -third))
        case _:
            painter.drawEllipse(whole)


def said(stretch: Stretch) -> str:
    """A section and how far it is, in words."""
    words = translate("Next", "{title}: {done} of {all} done")
    return words.format(title=stretch.title, done=stretch.done, all=len(stretch.states))


def _number(number: int) -> str:
    return QLocale().toString(number)
