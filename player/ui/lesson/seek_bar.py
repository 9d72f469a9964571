# SPDX-License-Identifier: Apache-2.0
"""Where the video is, what of it was watched, and the way to any other place in it."""

from __future__ import annotations

from collections.abc import Iterable

from PySide6.QtCore import QPoint, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QColor, QKeyEvent, QMouseEvent, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QSizePolicy, QSlider, QToolTip, QWidget

from player.course.manifest import Chapter
from player.course.moments import index_at
from player.journal.events import Segments
from player.ui.language import duration, translate
from player.ui.style import colours, side

_PAGE = 0.1  # of the video that a page key goes
_KNOB = 7.0  # pixels, the radius
_TICK = 2.0  # pixels that part two chapters
_NEAR = 5.0  # pixels from a chapter's beginning within which a click means it


class SeekBar(QSlider):
    """A slider in seconds, with the watched stretches and the chapters painted in it.

    A slider of Qt, so that screen readers know it; painted here. Time runs from left to right in
    every language, as on other players.

    Signals:
        asked: the learner wants to go to this second.
    """

    asked = Signal(float)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(Qt.Orientation.Horizontal, parent)
        self._length = self._time = 0.0
        self._watched: Segments = ()
        self._chapters: tuple[Chapter, ...] = ()
        self._marks: tuple[float, ...] = ()
        self._dragging: float | None = None
        self.setMouseTracking(True)
        self.setFixedHeight(side(24))
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)

    def sizeHint(self) -> QSize:
        return QSize(240, side(24))

    def show_time(self, time: float, length: float) -> None:
        """Show that the video is at `time` of `length` seconds."""
        self._time, self._length = time, max(0.0, length)
        self.blockSignals(True)
        self.setRange(0, round(self._length))
        self.setValue(round(time))
        self.blockSignals(False)
        said = translate("VideoView", "Position: {time} of {length}")
        name = said.format(time=duration(time), length=duration(length))
        if self.accessibleName() != name:
            self.setAccessibleName(name)
            self.setAccessibleDescription(self.chapter(time))
        self.update()

    def show_chapters(self, chapters: tuple[Chapter, ...]) -> None:
        """Mark where chapters begin; their titles are seen below the mouse."""
        self._chapters = chapters
        self.update()

    def chapter(self, second: float) -> str:
        """The title of the chapter of a second; '' for none."""
        number = index_at(self._chapters, second)
        return self._chapters[number].title if number >= 0 else ""

    def show_watched(self, segments: Segments) -> None:
        """Paint these stretches, in seconds, as watched."""
        self._watched = segments
        self.update()

    def show_marks(self, seconds: Iterable[float]) -> None:
        """Paint a mark at each of these seconds: notes and bookmarks."""
        self._marks = tuple(seconds)
        self.update()

    def mousePressEvent(self, event: QMouseEvent) -> None:
        if event.button() == Qt.MouseButton.LeftButton and self._length:
            self._dragging = self._second(event.position().x())
            self.update()

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        if not self._length:
            return
        second = self._second(event.position().x())
        tip = "\n".join(filter(None, (self.chapter(second), duration(second))))
        high = self.fontMetrics().height() * (tip.count("\n") + 1) + 20
        place = self.mapToGlobal(QPoint(round(event.position().x()) - 16, -high))
        QToolTip.showText(place, tip, self)
        if self._dragging is not None:
            self._dragging = second
            self.update()

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        if self._dragging is not None and event.button() == Qt.MouseButton.LeftButton:
            second, self._dragging = self._dragging, None
            self.asked.emit(second)
            self.update()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Page keys go a tenth; arrows and the rest are the view's, wherever the keyboard is."""
        page = self._length * _PAGE
        steps = {Qt.Key.Key_PageDown: -page, Qt.Key.Key_PageUp: page}
        step = steps.get(Qt.Key(event.key()))
        if step is None or event.modifiers() & ~Qt.KeyboardModifier.KeypadModifier:
            event.ignore()
            return
        self.asked.emit(max(0.0, min(self._length, self._time + step)))

    def paintEvent(self, _event: QPaintEvent) -> None:
        now, painter = colours(), QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(Qt.PenStyle.NoPen)
        self._stretch(painter, 0.0, self._length, now.border)
        for start, end in self._watched:
            self._stretch(painter, start, end, now.muted)
        shown = self._time if self._dragging is None else self._dragging
        self._stretch(painter, 0.0, shown, now.accent, thick=4.0)
        for chapter in self._chapters:
            if 0 < chapter.at < self._length:
                self._tick(painter, chapter.at, now.surface)
        painter.setBrush(QColor(now.warn))
        for mark in self._marks if self._length else ():
            painter.drawRoundedRect(QRectF(self._x(mark) - 2, 3, 4, self.height() - 6), 2, 2)
        painter.setBrush(QColor(now.accent))
        middle = QRectF(self._x(shown) - _KNOB, self.height() / 2 - _KNOB, 2 * _KNOB, 2 * _KNOB)
        if self.hasFocus():
            painter.setPen(QPen(QColor(now.text), 2))
        painter.drawEllipse(middle)

    def _stretch(
        self, painter: QPainter, start: float, end: float, colour: str, *, thick: float = 8.0
    ) -> None:
        left, right = self._x(start), self._x(end)
        painter.setBrush(QColor(colour))
        box = QRectF(left, self.height() / 2 - thick / 2, max(0.0, right - left), thick)
        painter.drawRoundedRect(box, thick / 2, thick / 2)

    def _tick(self, painter: QPainter, second: float, colour: str) -> None:
        """A gap in the line, in the colour of what lies behind it."""
        box = QRectF(self._x(second) - _TICK / 2, self.height() / 2 - 6, _TICK, 12)
        painter.fillRect(box, QColor(colour))

    def _x(self, second: float) -> float:
        share = second / self._length if self._length else 0.0
        return _KNOB + max(0.0, min(1.0, share)) * (self.width() - 2 * _KNOB)

    def _second(self, x: float) -> float:
        """The second below a place; the beginning of a chapter draws a little."""
        for chapter in self._chapters:
            if abs(self._x(chapter.at) - x) <= _NEAR:
                return chapter.at
        share = (x - _KNOB) / max(1.0, self.width() - 2 * _KNOB)
        return max(0.0, min(1.0, share)) * self._length
