# SPDX-License-Identifier: Apache-2.0
"""Where a video is seen: the last picture of whatever engine, and the captions on it.

Pictures come on the engine's threads. Each is copied at once; the window's thread paints the last
one and never those that it was too busy for.
"""

from __future__ import annotations

import threading

from PySide6.QtCore import QRectF, QSize, QSizeF, Qt, Signal, Slot
from PySide6.QtGui import (
    QColor,
    QImage,
    QMouseEvent,
    QPainter,
    QPainterPath,
    QPaintEvent,
    QResizeEvent,
)
from PySide6.QtWidgets import QSizePolicy, QWidget

from player.lesson.media import Pixels
from player.ui.video.caption import CaptionStyle, paint_caption

BLACK = QColor("#000000")
_NOTE = QColor("#8fa3bf")


class VideoSurface(QWidget):
    """The picture, as large as it fits, on black; a poster before it.

    Where there is only sound, the slide that belongs to it; where there is none, poster or wave.

    Signals:
        arrived: a picture is there to be painted.
        resized: it has another size.
        clicked, double_clicked: with the left button.
        moved_over: the mouse moved above it.
    """

    arrived = Signal()
    resized = Signal()
    clicked = Signal()
    double_clicked = Signal()
    moved_over = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._guard = threading.Lock()
        self._newest: QImage | None = None  # from the engine, not yet seen; guarded
        self._picture, self._poster, self._slide = QImage(), QImage(), QImage()
        self._caption, self._sound_alone, self._twice = "", False, False
        self._style, self._direction = CaptionStyle(), Qt.LayoutDirection.LeftToRight
        self.setAttribute(Qt.WidgetAttribute.WA_OpaquePaintEvent)
        self.setMouseTracking(True)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)
        self.arrived.connect(self._take, Qt.ConnectionType.QueuedConnection)

    def set_frame(self, width: int, height: int, stride: int, pixels: Pixels) -> None:
        """Show a picture: B, G, R and one unused byte for each pixel. Called in any thread."""
        image = QImage(pixels, width, height, stride, QImage.Format.Format_RGB32).copy()
        with self._guard:
            told, self._newest = self._newest is not None, image
        if not told:  # else the window is behind, and finds this one in the place of the last
            self.arrived.emit()

    def set_poster(self, poster: QImage) -> None:
        """Show `poster` until the first picture; a null image for none."""
        self._poster = poster
        self.update()

    def set_sound_alone(self, sound_alone: bool) -> None:
        """Say that there will be no picture: the slide, the poster or a wave stands for it."""
        self._sound_alone = sound_alone
        self.update()

    def set_slide(self, slide: QImage) -> None:
        """Show `slide` while there is only sound; a null image for none."""
        self._slide = slide
        self.update()

    def set_caption(self, text: str) -> None:
        """Show plain text, of any number of lines, below the picture; '' for none."""
        if text != self._caption:
            self._caption = text
            self.update()

    def set_caption_style(self, style: CaptionStyle) -> None:
        """Show captions in another size or on another ground."""
        self._style = style
        self.update()

    def set_caption_direction(self, direction: Qt.LayoutDirection) -> None:
        """Say which way the captions' language is written, whatever the window's."""
        self._direction = direction
        self.update()

    def clear(self) -> None:
        """Forget the picture, so that the poster is seen again."""
        with self._guard:
            self._newest = None
        self._picture, self._caption = QImage(), ""
        self.update()

    def sizeHint(self) -> QSize:
        return QSize(640, 360)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self.resized.emit()

    def mousePressEvent(self, _event: QMouseEvent) -> None:
        self._twice = False

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        inside = self.rect().contains(event.position().toPoint())
        if event.button() is Qt.MouseButton.LeftButton and inside and not self._twice:
            self.clicked.emit()

    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:
        """Take back what the first click did; what is let go then may not come here."""
        if event.button() is Qt.MouseButton.LeftButton:
            self._twice = True
            self.clicked.emit()
            self.double_clicked.emit()

    def mouseMoveEvent(self, _event: QMouseEvent) -> None:
        self.moved_over.emit()

    def paintEvent(self, _event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.fillRect(self.rect(), BLACK)
        picture = self._poster if self._picture.isNull() else self._picture
        if self._sound_alone and not self._slide.isNull():
            picture = self._slide
        if not picture.isNull():
            painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform)
            painter.drawImage(letterboxed(picture.size(), QRectF(self.rect())), picture)
        elif self._sound_alone:
            _paint_wave(painter, QRectF(self.rect()))
        if self._caption:
            area = QRectF(self.rect())
            paint_caption(painter, area, self._caption, self._style, self._direction)
        painter.end()

    @Slot()
    def _take(self) -> None:
        with self._guard:
            newest, self._newest = self._newest, None
        if newest is not None and newest != self._picture:  # a slide stands, a pause lasts
            self._picture = newest
            self.update()


def letterboxed(size: QSize, inside: QRectF) -> QRectF:
    """Return the largest place for `size` in the middle of `inside`, its shape kept."""
    scaled = QSizeF(size)
    scaled.scale(inside.size(), Qt.AspectRatioMode.KeepAspectRatio)
    place = QRectF(inside.topLeft(), scaled)
    place.moveCenter(inside.center())
    return place


def _paint_wave(painter: QPainter, area: QRectF) -> None:
    """Bars of sound in the middle: there is something to hear, not to see."""
    heights = (0.2, 0.45, 0.8, 0.55, 1.0, 0.6, 0.85, 0.4, 0.25)
    tallest = min(area.height(), area.width()) / 3
    width = tallest / 9
    bars = QPainterPath()
    for index, share in enumerate(heights):
        x = area.center().x() + (index - len(heights) / 2) * width * 1.6
        height = tallest * share
        top = area.center().y() - height / 2
        bars.addRoundedRect(QRectF(x, top, width, height), width / 2, width / 2)
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.fillPath(bars, _NOTE)
