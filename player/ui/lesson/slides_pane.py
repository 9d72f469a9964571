# SPDX-License-Identifier: Apache-2.0
"""The slides of a video: they turn with it where the course gives times, until somebody browses."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import QSize, QSizeF, Qt, Signal
from PySide6.QtGui import QImage, QPainter
from PySide6.QtPdfWidgets import QPdfView
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
    """

    turned = Signal(int)

    def __init__(self, path: Path, title: str, turns: tuple[SlideTurn, ...]) -> None:
        super().__init__()
        self._turns, self._page = turns, 0
        self._time, self._turning = 0.0, False
        self.following = bool(turns)
        self.pdf = PdfPane(path, title)
        self._strip = self._make_strip()
        body = column(self, gap=0)
        body.addWidget(self._strip)
        body.addWidget(self.pdf, 1)
        if self.pdf.readable:
            self.pdf.pages.setPageMode(QPdfView.PageMode.SinglePage)
            self.pdf.pages.setZoomMode(QPdfView.ZoomMode.FitInView)
            self.pdf.page_changed.connect(self._see)

    @property
    def page(self) -> int:
        """The page in sight, from 0."""
        return self._page

    def show_time(self, time: float) -> None:
        """Turn to the slide of that second, unless somebody browses."""
        self._time = time
        if self.following:
            self._turn()

    def follow(self) -> None:
        """Turn with the video, from now on."""
        self.following = bool(self._turns)
        self._strip.hide()
        self._turn()

    def go_to(self, page: int) -> None:
        """Browse to a page, from 0."""
        self.pdf.go_to(page)

    def picture(self, size: QSize) -> QImage:
        """The slide in sight, as large as it fits `size`, in pixels; null where it is not read."""
        if not self.pdf.readable or size.isEmpty():
            return QImage()
        points = self.pdf.document.pagePointSize(self._page)
        room = QSizeF(size.boundedTo(QSize(_LARGEST, _LARGEST)))
        fitted = points.scaled(room, Qt.AspectRatioMode.KeepAspectRatio)
        drawn = self.pdf.document.render(self._page, fitted.toSize())
        if drawn.isNull():
            return drawn
        paper = QImage(drawn.size(), QImage.Format.Format_RGB32)
        paper.fill(Qt.GlobalColor.white)
        with QPainter(paper) as painter:
            painter.drawImage(0, 0, drawn)
        return paper

    def close_file(self) -> None:
        """Let go of the file."""
        self.pdf.close_file()

    def _turn(self) -> None:
        number = index_at(self._turns, self._time)
        page = self._turns[number].page - 1 if number >= 0 else 0
        page = min(page, self.pdf.document.pageCount() - 1)
        if self.pdf.readable and page != self._page:
            self._turning = True
            self.pdf.go_to(page)
            self._turning = False

    def _see(self, page: int) -> None:
        """Another page is in sight: turned to by the video, or by somebody."""
        if page == self._page:
            return
        self._page = page
        if not self._turning and self.following:
            self.following = False
            self._strip.show()
        self.turned.emit(page)

    def _make_strip(self) -> Strip:
        strip = Strip()
        strip.words.setText(translate("VideoView", "The slides wait for you."))
        strip.end_with(button(translate("VideoView", "Turn with the video"), self.follow))
        return strip
