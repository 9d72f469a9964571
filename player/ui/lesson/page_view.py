# SPDX-License-Identifier: Apache-2.0
"""A page to read."""

from __future__ import annotations

from PySide6.QtCore import Qt, QTimer
from PySide6.QtGui import QResizeEvent, QShowEvent, QTextCursor
from PySide6.QtWidgets import QSizePolicy

from player.course.manifest import Page
from player.lesson import reading
from player.lesson.spot import Spot
from player.store import blobs
from player.ui.lesson.context import LessonContext
from player.ui.lesson.rich_text import COLUMN, RichText

_EDGE = 24  # pixels kept free beside the column


class PageView(RichText):
    """One page in a column of readable width. Seen to its end, it counts as read.

    Signals: see `RichText`; the view follows both itself.

    Raises (when made):
        NotHere, Damaged: the page's text is not on this PC.
    """

    def __init__(self, context: LessonContext, page: Page) -> None:
        self._read_through = self._is_rendering = False
        text = blobs.read(context.home, page.blob, page.title).decode("utf-8", errors="replace")
        super().__init__(context, text)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.activity_asked.connect(context.open_activity)
        self.address_asked.connect(context.follow)
        self.verticalScrollBar().valueChanged.connect(self._look_for_the_end)
        self.verticalScrollBar().rangeChanged.connect(self._look_for_the_end)
        with context.recording():
            reading.opened(context.db, context.where, page, context.now)

    @property
    def column(self) -> int:
        """How wide text and pictures may be, in pixels."""
        wanted = COLUMN * max(100, self._context.settings.text_size) // 100
        return max(64, min(wanted, self.viewport().width() - 2 * _EDGE))

    def render_text(self) -> None:
        """Show the text again, at the same place."""
        place = self.verticalScrollBar().value()
        self._is_rendering = True  # for a moment it is empty, and its end in sight
        super().render_text()
        self._is_rendering = False
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self._centre()
        self.verticalScrollBar().setValue(place)

    def show_spot(self, spot: Spot) -> None:
        """Go to the first place where these words stand, and mark them."""
        self.moveCursor(QTextCursor.MoveOperation.Start)
        self.find(spot.words)

    def close_lesson(self) -> None:
        """Nothing is open: what was read is recorded already."""

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._centre()

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        QTimer.singleShot(0, self, self._look_for_the_end)

    def _fit_to_text(self) -> None:
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAsNeeded)

    def _centre(self) -> None:
        frame = self.document().rootFrame()
        form = frame.frameFormat()
        side = max(_EDGE, (self.viewport().width() - self.column) // 2)
        if form.leftMargin() != side:
            form.setLeftMargin(side)
            form.setRightMargin(side)
            form.setTopMargin(_EDGE)
            form.setBottomMargin(_EDGE)
            frame.setFrameFormat(form)

    def _look_for_the_end(self) -> None:
        bar = self.verticalScrollBar()
        if self._read_through or self._is_rendering or not self.isVisible():
            return
        if bar.value() < bar.maximum() - _EDGE:
            return
        self._read_through = True
        with self._context.recording():
            reading.read_through(
                self._context.db, self._context.where, self._context.activity, self._context.now
            )
