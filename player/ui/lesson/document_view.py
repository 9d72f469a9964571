# SPDX-License-Identifier: Apache-2.0
"""A PDF to read, inside the window."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import QPointF, Qt, QTimer, Signal
from PySide6.QtGui import QColor, QKeySequence, QPalette, QShortcut
from PySide6.QtPdf import QPdfDocument
from PySide6.QtPdfWidgets import QPdfView
from PySide6.QtWidgets import QFrame, QHBoxLayout, QWidget

from player.course.manifest import Document
from player.errors import NotHere
from player.lesson import reading
from player.lesson.spot import Spot
from player.store import blobs
from player.ui.language import percent, translate
from player.ui.lesson.context import LessonContext
from player.ui.lesson.pieces import Leading, Notice, SignButton
from player.ui.parts import column, label
from player.ui.style import GRID, colours

_STEP = 1.25  # from one zoom to the next
_ZOOMS = (0.25, 4.0)


class PdfPane(QWidget):
    """The pages of a PDF, one below the other, and what moves and enlarges them.

    A file that cannot be read leaves a sentence in its place.

    Signals:
        page_changed: the page now in sight, from 0.
        end_reached: the last page has been in sight.
    """

    page_changed = Signal(int)
    end_reached = Signal()

    def __init__(self, path: Path, title: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.document = QPdfDocument(self)
        self.readable = self.document.load(str(path)) is QPdfDocument.Error.None_
        layout = column(self, gap=0)
        if not self.readable:
            sentence = translate(
                "DocumentView",
                "“{title}” cannot be shown: the file is not a PDF that can be read here. "
                "The rest of the course works.",
            )
            layout.setContentsMargins(3 * GRID, 3 * GRID, 3 * GRID, 3 * GRID)
            layout.addWidget(Notice(sentence.format(title=title), "warning"))
            layout.addStretch(1)
            return
        self._number = label(wrap=False)
        self._zoom = label(role="muted", wrap=False)
        self.pages = self._make_pages(title)
        layout.addWidget(self._make_bar())
        layout.addWidget(self.pages, 1)
        self._bind_keys()
        self._say_page(0)

    def go_to(self, page: int) -> None:
        """Bring a page into sight; one before the first or after the last is the nearest."""
        if self.readable:
            last = self.document.pageCount() - 1
            self.pages.pageNavigator().jump(max(0, min(page, last)), QPointF())

    def zoom(self, by: float) -> None:
        """Enlarge by a factor, from the size at which pages fit the width."""
        lowest, highest = _ZOOMS
        self.pages.setZoomFactor(max(lowest, min(highest, self._factor() * by)))
        self.pages.setZoomMode(QPdfView.ZoomMode.Custom)
        self._zoom.setText(percent(self.pages.zoomFactor()))

    def fit(self) -> None:
        """Make pages as wide as the window again."""
        self.pages.setZoomMode(QPdfView.ZoomMode.FitToWidth)
        self._zoom.setText("")

    def close_file(self) -> None:
        """Let go of the file."""
        self.document.close()

    def _make_pages(self, title: str) -> QPdfView:
        pages = QPdfView(self)
        pages.setPageMode(QPdfView.PageMode.MultiPage)
        pages.setZoomMode(QPdfView.ZoomMode.FitToWidth)
        pages.setPageSpacing(GRID)
        pages.setFrameShape(QFrame.Shape.NoFrame)
        pages.setDocument(self.document)
        pages.setAccessibleName(title)
        palette = pages.palette()
        palette.setColor(QPalette.ColorRole.Dark, QColor(colours().surface_2))  # around the pages
        pages.setPalette(palette)
        pages.pageNavigator().currentPageChanged.connect(self._say_page)
        pages.verticalScrollBar().valueChanged.connect(self._look_for_the_end)
        settled = QTimer(self, singleShot=True, interval=0)
        settled.timeout.connect(self._look_for_the_end)
        pages.verticalScrollBar().rangeChanged.connect(lambda *_: settled.start())
        return pages

    def _make_bar(self) -> QFrame:
        bar = QFrame()
        bar.setProperty("role", "bar")
        row = QHBoxLayout(bar)
        row.setContentsMargins(GRID, GRID // 2, GRID, GRID // 2)
        row.setSpacing(GRID // 2)
        before = SignButton("arrow-left", translate("DocumentView", "Previous page"))
        after = SignButton("arrow-right", translate("DocumentView", "Next page"))
        smaller = SignButton("zoom-out", translate("DocumentView", "Smaller"))
        larger = SignButton("zoom-in", translate("DocumentView", "Larger"))
        whole = SignButton("fullscreen", translate("DocumentView", "Fit the width"))
        before.clicked.connect(lambda: self._turn(-1))
        after.clicked.connect(lambda: self._turn(1))
        smaller.clicked.connect(lambda: self.zoom(1 / _STEP))
        larger.clicked.connect(lambda: self.zoom(_STEP))
        whole.clicked.connect(self.fit)
        for widget in (before, self._number, after):
            row.addWidget(widget)
        row.addStretch(1)
        for widget in (self._zoom, smaller, larger, whole):
            row.addWidget(widget)
        return bar

    def _bind_keys(self) -> None:
        keys = {
            "+": lambda: self.zoom(_STEP),
            "=": lambda: self.zoom(_STEP),
            "-": lambda: self.zoom(1 / _STEP),
            "0": self.fit,
            "Ctrl+Home": lambda: self.go_to(0),
            "Ctrl+End": lambda: self.go_to(self.document.pageCount() - 1),
        }
        for key, act in keys.items():
            shortcut = QShortcut(QKeySequence(key), self)
            shortcut.setContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
            shortcut.activated.connect(act)

    def _turn(self, by: int) -> None:
        self.go_to(self.pages.pageNavigator().currentPage() + by)

    def _factor(self) -> float:
        """The zoom in force, also while pages fit the width."""
        if self.pages.zoomMode() is QPdfView.ZoomMode.Custom:
            return self.pages.zoomFactor()
        margins = self.pages.documentMargins()
        free = self.pages.viewport().width() - margins.left() - margins.right()
        inches = max(1.0, self.document.pagePointSize(0).width()) / 72
        return free / (inches * self.logicalDpiX())

    def _say_page(self, page: int) -> None:
        shown = translate("DocumentView", "Page {page} of {count}")
        self._number.setText(shown.format(page=page + 1, count=self.document.pageCount()))
        self.page_changed.emit(page)

    def _look_for_the_end(self) -> None:
        bar = self.pages.verticalScrollBar()
        if self.isVisible() and bar.value() >= bar.maximum() - GRID:
            self.end_reached.emit()


class DocumentView(Leading, QWidget):
    """One document. Seen to its end, it counts as read.

    Raises (when made):
        NotHere: its file is not on this PC.
    """

    def __init__(self, context: LessonContext, document: Document) -> None:
        super().__init__()
        self._context, self._document, self._read_through = context, document, False
        path = blobs.path(context.home, document.blob)
        if not path.is_file():
            raise NotHere(what=document.title)
        self.pane = PdfPane(path, document.title)
        column(self).addWidget(self.pane)
        if self.pane.readable:
            self.lead_to(self.pane.pages)
            self.pane.end_reached.connect(self._seen_to_the_end)
        else:
            context.damage_suspected()
        with context.recording():
            reading.opened(context.db, context.where, document, context.now)

    def show_spot(self, spot: Spot) -> None:
        """Go to a page of it."""
        if spot.page is not None:
            self.pane.go_to(spot.page - 1)

    def spot_now(self) -> Spot:
        """The page in sight."""
        readable = self.pane.readable
        return Spot(page=self.pane.pages.pageNavigator().currentPage() + 1 if readable else None)

    def close_lesson(self) -> None:
        """Let go of the file."""
        self.pane.close_file()

    def _seen_to_the_end(self) -> None:
        if not self._read_through:
            self._read_through = True
            with self._context.recording():
                reading.read_through(
                    self._context.db, self._context.where, self._document, self._context.now
                )
