# SPDX-License-Identifier: Apache-2.0
"""The slides of a video: they turn with it where the course gives times, until somebody browses."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import QSize, QSizeF, Qt, Signal
from PySide6.QtGui import QImage
from PySide6.QtWidgets import QWidget

from player.course.manifest import SlideTurn
from player.course.moments import index_at
from player.ui.language import translate
from player.ui.lesson.document_view import PdfPane
from player.ui.parts import Strip, button, column

_LARGEST = 2560  # pixels: more of a slide is not seen


class SlidesPane(QWidget):
    """One slide at a time, whole, with what moves and enlarges it.

    Signals:
        turned: another slide is in sight; its page, from 0.
        pictured: there is another `picture`.
    """

    turned = Signal(int)
    pictured = Signal()

    def __init__(self, path: Path, title: str, turns: tuple[SlideTurn, ...]) -> None:
        super().__init__()
        self._turns, self._page = turns, 0
        self._time = 0.0
        self.following = bool(turns)
        self.pdf = PdfPane(path, title)
        self._strip = self._make_strip()
        body = column(self, gap=0)
        body.addWidget(self._strip)
        body.addWidget(self.pdf, 1)
        self.pdf.page_changed.connect(self._see)
        self.pdf.file.opened.connect(self._begin)
        self._picture = QImage()
        self._drawn: tuple[int, QSize] | None = None  # what that is of, or will be

    @property
    def page(self) -> int:
        """The page in sight, from 0."""
        return self._page

    def show_time(self, time: float) -> None:
        """Turn to the slide of that second, unless somebody browses."""
        self._time = time
        self._turn()

    def follow(self) -> None:
        """Turn with the video, from now on."""
        self.following = bool(self._turns)
        self._strip.hide()
        self._turn()

    def go_to(self, page: int) -> None:
        """Browse to a page, from 0."""
        if not self.pdf.readable:  # not yet: nothing will be seen to have changed
            self._wait()
        self.pdf.go_to(page)

    def picture(self, size: QSize) -> QImage:
        """The slide in sight, to be shown in `size` pixels; `pictured` when there is a better one.

        Null where nothing is read.
        """
        wanted = self._page, size.boundedTo(QSize(_LARGEST, _LARGEST))
        if not size.isEmpty() and wanted != self._drawn:
            self.pdf.file.open()
            if self.pdf.readable:
                self._drawn = wanted
                self._have_drawn(*wanted)
        return self._picture

    def _have_drawn(self, page: int, room: QSize) -> None:
        points = QSizeF(*self.pdf.pages.size_of(page))
        fitted = points.scaled(QSizeF(room), Qt.AspectRatioMode.KeepAspectRatio).toSize()
        fitted = fitted.expandedTo(QSize(1, 1))

        def take(drawn: QImage | None) -> None:
            if (page, room) == self._drawn:
                self._picture = drawn or QImage()
                self.pictured.emit()

        size = fitted.width(), fitted.height()
        self.pdf.file.draw(page, size, (0, 0, *size), take)

    def close_file(self) -> None:
        """Let go of the file."""
        self.pdf.close_file()

    def _begin(self) -> None:
        """The file is open: go where the video is, unless somebody has gone elsewhere."""
        self._drawn = None
        self._turn()
        self.pictured.emit()

    def _turn(self) -> None:
        if self.pdf.readable and self.following and self._page != self._due():
            self.pdf.go_to(self._due())

    def _due(self) -> int:
        """The page that belongs to the second of the video."""
        number = index_at(self._turns, self._time)
        page = self._turns[number].page - 1 if number >= 0 else 0
        return min(page, self.pdf.file.pages - 1)

    def _see(self, page: int) -> None:
        """Another page is in sight: turned to by the video, or by somebody."""
        if page == self._page:
            return
        self._page = page
        if page != self._due():
            self._wait()
        self.turned.emit(page)

    def _wait(self) -> None:
        """Somebody browses: turn no more, and say so."""
        if self.following:
            self.following = False
            self._strip.show()

    def _make_strip(self) -> Strip:
        strip = Strip()
        strip.words.setText(translate("VideoView", "The slides wait for you."))
        strip.end_with(button(translate("VideoView", "Turn with the video"), self.follow))
        return strip
