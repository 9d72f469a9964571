# SPDX-License-Identifier: Apache-2.0
"""A picture with places in it, to point at with the mouse or with the arrow keys."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QPoint, QPointF, QRectF, QSize, Qt, Signal
from PySide6.QtGui import (
    QColor,
    QImage,
    QKeyEvent,
    QMouseEvent,
    QPainter,
    QPainterPath,
    QPaintEvent,
    QPen,
    QPixmap,
    QPolygonF,
    QResizeEvent,
)
from PySide6.QtWidgets import QLabel, QSizePolicy

from player.course.interactions import Area
from player.errors import PlayerError
from player.lesson.answers import Point
from player.store import blobs
from player.ui.language import translate
from player.ui.lesson.context import LessonContext
from player.ui.style import colours

_STEPS = {
    Qt.Key.Key_Left: (-1, 0),
    Qt.Key.Key_Right: (1, 0),
    Qt.Key.Key_Up: (0, -1),
    Qt.Key.Key_Down: (0, 1),
}
_FINE, _STRIDE = 1, 16  # pixels of the picture, and how many steps cross it


class Picture(QLabel):
    """A picture of the course, as wide as there is room for and never larger than it is.

    All places are in the picture's own pixels. It paints itself; as a label with a pixmap it is a
    picture to a screen reader.

    Signals:
        pointed: a place was clicked, or Space pressed where the cross stands.
    """

    pointed = Signal(float, float)

    def __init__(
        self, context: LessonContext, name: str, size: QSize, areas: Sequence[Area] = ()
    ) -> None:
        super().__init__()
        self._image, self._size, self.areas = _read(context, name), size, areas
        self.points: list[Point] = []
        self.cross: Point | None = None
        self._locked = False
        self.setPixmap(QPixmap(1, 1))
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Fixed)
        self.setMaximumWidth(size.width())
        self.setMinimumWidth(64)

    def take_keys(self) -> None:
        """Let places be pointed at, by mouse and keyboard."""
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setCursor(Qt.CursorShape.CrossCursor)
        self.cross = (self._size.width() / 2, self._size.height() / 2)

    def lock(self, *, locked: bool) -> None:
        """Take no more places, or take them again."""
        self._locked = locked

    def show_points(self, points: Sequence[Point]) -> None:
        """Draw these places."""
        self.points = list(points)
        self.update()

    def sizeHint(self) -> QSize:
        return self._size

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self.setFixedHeight(max(round(self._size.height() * self._scale), 1))

    def mousePressEvent(self, event: QMouseEvent) -> None:
        if event.button() == Qt.MouseButton.LeftButton and not self._locked:
            if self.cross is not None:
                self.setFocus(Qt.FocusReason.MouseFocusReason)
            place = event.position() / self._scale
            self._point(place.x(), place.y())

    def keyPressEvent(self, event: QKeyEvent) -> None:
        key = Qt.Key(event.key()) if event.key() in _STEPS else None
        if self.cross is None or self._locked:
            super().keyPressEvent(event)
        elif key is not None:
            fine = event.modifiers() & Qt.KeyboardModifier.ShiftModifier
            step = _FINE if fine else max(self._size.width() // _STRIDE, 1)
            across, down = _STEPS[key]
            self._move(self.cross[0] + step * across, self.cross[1] + step * down)
        elif event.key() == Qt.Key.Key_Space:
            self._point(*self.cross)
        else:
            super().keyPressEvent(event)

    def paintEvent(self, _event: QPaintEvent) -> None:
        now, painter = colours(), QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform)
        painter.scale(self._scale, self._scale)
        whole = QRectF(0, 0, self._size.width(), self._size.height())
        if self._image.isNull():
            painter.fillRect(whole, QColor(now.border))
        else:
            painter.drawImage(whole, self._image)
        for number, area in enumerate(self.areas, 1):
            self._draw_area(painter, area, number)
        for x, y in self.points:
            _draw_point(painter, QPointF(x, y), 8 / self._scale)
        if self.hasFocus() and self.cross is not None:
            _draw_cross(painter, QPointF(*self.cross), 14 / self._scale)

    @property
    def _scale(self) -> float:
        return self.width() / self._size.width()

    def _move(self, x: float, y: float) -> None:
        self.cross = (
            min(max(x, 0.0), self._size.width()),
            min(max(y, 0.0), self._size.height()),
        )
        place = translate("QuizView", "{x} across, {y} down")
        self.setAccessibleDescription(place.format(x=round(self.cross[0]), y=round(self.cross[1])))
        self.update()

    def _point(self, x: float, y: float) -> None:
        if self.cross is not None:
            self._move(x, y)
        self.pointed.emit(round(x, 1), round(y, 1))

    def _draw_area(self, painter: QPainter, area: Area, number: int) -> None:
        path = path_of(area)
        painter.setBrush(Qt.BrushStyle.NoBrush)
        for colour, width in ((colours().surface, 4), (colours().accent, 2)):
            painter.setPen(QPen(QColor(colour), width / self._scale))
            painter.drawPath(path)
        font = painter.font()
        font.setPixelSize(max(round(16 / self._scale), 1))
        font.setBold(True)
        painter.setFont(font)
        side = 24 / self._scale
        box = QRectF(path.boundingRect().left(), path.boundingRect().top(), side, side)
        painter.fillRect(box, QColor(colours().accent))
        painter.setPen(QColor(colours().accent_text))
        painter.drawText(box, Qt.AlignmentFlag.AlignCenter, str(number))


def path_of(area: Area) -> QPainterPath:
    """The outline of an area; empty where its `coords` do not fit."""
    path, at = QPainterPath(), area.coords
    if area.shape == "rect" and len(at) == 4:
        path.addRect(QRectF(QPointF(at[0], at[1]), QPointF(at[2], at[3])))
    elif area.shape == "circle" and len(at) == 3:
        path.addEllipse(QPointF(at[0], at[1]), at[2], at[2])
    elif area.shape == "ellipse" and len(at) == 4:
        path.addEllipse(QPointF(at[0], at[1]), at[2], at[3])
    elif area.shape == "poly" and len(at) >= 6:
        path.addPolygon(QPolygonF([QPointF(x, y) for x, y in zip(at[::2], at[1::2], strict=False)]))
        path.closeSubpath()
    return path


def _read(context: LessonContext, name: str) -> QImage:
    sha256 = context.activity.resources.get(name)
    if sha256 is None:
        return QImage()
    try:
        return QImage.fromData(blobs.read(context.home, sha256, context.activity.title))
    except PlayerError:
        return QImage()


def _draw_point(painter: QPainter, at: QPointF, radius: float) -> None:
    """Dark in light, to be seen on any picture."""
    painter.setPen(QPen(QColor(colours().surface), radius / 3))
    painter.setBrush(QColor(colours().accent))
    painter.drawEllipse(at, radius, radius)


def _draw_cross(painter: QPainter, at: QPointF, arm: float) -> None:
    for colour, width in ((colours().surface, 5), (colours().focus, 2)):
        painter.setPen(QPen(QColor(colour), width * arm / 14))
        for away in (QPoint(1, 0), QPoint(0, 1)):
            painter.drawLine(at - QPointF(away) * arm, at + QPointF(away) * arm)
