# SPDX-License-Identifier: Apache-2.0
"""A PDF to read, inside the window: to leaf through, to find words in, to enlarge.

Qt's view of a PDF does not say where on the screen a letter lies (6.11), so nothing can be marked
by the mouse; the text of a whole page can be copied instead.
"""

from __future__ import annotations

from pathlib import Path
from time import monotonic

from PySide6.QtCore import (
    QEvent,
    QModelIndex,
    QObject,
    QPointF,
    QSignalBlocker,
    Qt,
    QTimer,
    Signal,
)
from PySide6.QtGui import QColor, QGuiApplication, QKeySequence, QPalette, QShortcut, QWheelEvent
from PySide6.QtPdf import QPdfBookmarkModel, QPdfDocument, QPdfSearchModel
from PySide6.QtPdfWidgets import QPdfView
from PySide6.QtWidgets import QFrame, QHBoxLayout, QSpinBox, QSplitter, QTreeView, QWidget

from player.course.manifest import Document
from player.errors import NotHere
from player.lesson import reading
from player.lesson.spot import Spot
from player.store import blobs
from player.ui.key_sheet import Row
from player.ui.language import percent, translate
from player.ui.lesson import text_keys
from player.ui.lesson.context import LessonContext
from player.ui.lesson.find_bar import FindBar
from player.ui.lesson.pieces import Leading, Notice, SignButton
from player.ui.parts import column, label, spin
from player.ui.style import GRID, colours

_STEP = 1.25  # from one zoom to the next
_ZOOMS = (0.25, 4.0)
_A_TURN = 0.03  # seconds of searching between two events
_OUTLINE = 240  # pixels, at first
_PAGE, _PLACE = QPdfBookmarkModel.Role.Page, QPdfBookmarkModel.Role.Location


class PdfPane(QWidget):
    """The pages of a PDF, one below the other, and what moves and enlarges them.

    A file that cannot be read leaves a sentence in its place. `whole`: it fills the window, so that
    there is room for its outline and for finding words.

    Signals:
        page_changed: the page now in sight, from 0.
        end_reached: the last page has been in sight.
    """

    page_changed = Signal(int)
    end_reached = Signal()

    def __init__(
        self, path: Path, title: str, parent: QWidget | None = None, *, whole: bool = False
    ) -> None:
        super().__init__(parent)
        self._whole = whole
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
        self._make_outline()
        layout.addWidget(self._make_bar())
        self.pages = self._make_pages(title)  # behind the bar, for Tab too
        self._make_finding()
        layout.addWidget(self.bar)
        split = QSplitter()
        split.setChildrenCollapsible(False)
        split.addWidget(self.outline)
        split.addWidget(self.pages)
        split.setStretchFactor(1, 1)
        split.setSizes([_OUTLINE, 3 * _OUTLINE])
        layout.addWidget(split, 1)
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

    def open_find(self) -> None:
        """Have words to find asked for."""
        self.bar.open()

    def show_outline(self) -> None:
        """Show the outline that the file brings, or hide it."""
        self.outline.setVisible(self.outline.isHidden())
        (self.pages if self.outline.isHidden() else self.outline).setFocus()

    def copy_page(self) -> None:
        """Put the text of the page in sight where it can be pasted."""
        page = self.pages.pageNavigator().currentPage()
        QGuiApplication.clipboard().setText(self.document.getAllText(page).text())

    def close_file(self) -> None:
        """Let go of the file."""
        if self.readable:
            self._searching.stop()
            self._search.setSearchString("")
        self.document.close()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Ctrl and the wheel enlarge."""
        control = Qt.KeyboardModifier.ControlModifier
        if isinstance(event, QWheelEvent) and event.modifiers() & control:
            if turned := event.angleDelta().y():
                self.zoom(_STEP if turned > 0 else 1 / _STEP)
            return True
        return super().eventFilter(watched, event)

    def _make_outline(self) -> None:
        marks = QPdfBookmarkModel(self)
        marks.setDocument(self.document)
        self.outline = QTreeView()
        self.outline.setModel(marks)
        self.outline.setHeaderHidden(True)
        self.outline.setProperty("role", "plain")
        self.outline.setFrameShape(QFrame.Shape.NoFrame)
        self.outline.setAccessibleName(translate("DocumentView", "Outline"))
        self.outline.activated.connect(self._follow_mark)
        self.outline.clicked.connect(self._follow_mark)
        self.outline.hide()

    def _follow_mark(self, index: QModelIndex) -> None:
        page, place = int(index.data(_PAGE.value)), index.data(_PLACE.value)
        inside = isinstance(place, QPointF) and self._is_inside(page, place)  # many files say none
        self.pages.pageNavigator().jump(page, place if inside else QPointF())

    def _is_inside(self, page: int, place: QPointF) -> bool:
        size = self.document.pagePointSize(page)
        return 0 <= place.x() <= size.width() and 0 <= place.y() <= size.height()

    def _make_finding(self) -> None:
        self._hit = 0
        self._search = QPdfSearchModel(self)
        self._search.setDocument(self.document)
        self.pages.setSearchModel(self._search)
        self.bar = FindBar()
        self.bar.typed.connect(self._find)
        self.bar.stepped.connect(self._step)
        self.bar.closed.connect(self._end_finding)
        self._search.countChanged.connect(self._count_hits)
        # Left alone, Qt looks through ten pages a second
        self._searching = QTimer(self, interval=0)
        self._searching.timeout.connect(self._search_on)

    def _find(self, words: str) -> None:
        self._hit = self._searched = 0
        self._search.setSearchString(words)
        self._searching.start() if words else self._searching.stop()
        self._count_hits()

    def _search_on(self) -> None:
        """Look through some more pages, then let the window breathe."""
        until = monotonic() + _A_TURN
        while self._searched < self.document.pageCount() and monotonic() < until:
            self._search.resultsOnPage(self._searched)
            self._searched += 1
        if self._searched >= self.document.pageCount():
            self._searching.stop()

    def _count_hits(self) -> None:
        count = self._search.rowCount(QModelIndex())
        self.bar.show_count(self._hit, count)
        if count and self.pages.currentSearchResultIndex() != self._hit:
            self._show_hit()

    def _step(self, by: int) -> None:
        if count := self._search.rowCount(QModelIndex()):
            self._hit = (self._hit + by) % count
            self._show_hit()

    def _show_hit(self) -> None:
        self.bar.show_count(self._hit, self._search.rowCount(QModelIndex()))
        self.pages.setCurrentSearchResultIndex(self._hit)
        found = self._search.resultAtIndex(self._hit)
        above = QPointF(0, max(0.0, found.location().y() - 40))  # points: some lines around it
        self.pages.pageNavigator().jump(found.page(), above)

    def _end_finding(self) -> None:
        self._searching.stop()
        self._search.setSearchString("")
        self.pages.setCurrentSearchResultIndex(-1)
        self.pages.setFocus()

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
        pages.viewport().installEventFilter(self)
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
        if self._whole and self.outline.model().rowCount():
            outline = SignButton("outline", translate("DocumentView", "Outline"))
            outline.clicked.connect(self.show_outline)
            row.addWidget(outline)
        for widget in (before, self._number, after):
            row.addWidget(widget)
        if self._whole:
            row.addWidget(self._make_page_field())
        row.addStretch(1)
        for button in self._more_buttons() if self._whole else ():
            row.addWidget(button)
        for widget in (self._zoom, smaller, larger, whole):
            row.addWidget(widget)
        return bar

    def _make_page_field(self) -> QSpinBox:
        self._goal = spin(QSpinBox(minimum=1, maximum=self.document.pageCount()))
        words = translate("DocumentView", "Go to page (Ctrl+G)")
        self._goal.setAccessibleName(words)
        self._goal.setToolTip(words)
        self._goal.setKeyboardTracking(False)
        self._goal.valueChanged.connect(lambda page: self.go_to(page - 1))
        self.page_changed.connect(self._show_goal)
        return self._goal

    def _show_goal(self, page: int) -> None:
        with QSignalBlocker(self._goal):
            self._goal.setValue(page + 1)

    def _more_buttons(self) -> list[SignButton]:
        copy = SignButton("copy", translate("DocumentView", "Copy the text of this page (Ctrl+C)"))
        copy.clicked.connect(self.copy_page)
        find = SignButton("search", translate("Find", "Find in this text (Ctrl+F)"))
        find.clicked.connect(self.open_find)
        return [copy, find]

    def _bind_keys(self) -> None:
        keys = {
            "Ctrl++": lambda: self.zoom(_STEP),
            "Ctrl+=": lambda: self.zoom(_STEP),
            "Ctrl+-": lambda: self.zoom(1 / _STEP),
            "+": lambda: self.zoom(_STEP),
            "=": lambda: self.zoom(_STEP),
            "-": lambda: self.zoom(1 / _STEP),
            "0": self.fit,
            "Ctrl+Home": lambda: self.go_to(0),
            "Ctrl+End": lambda: self.go_to(self.document.pageCount() - 1),
        }
        if self._whole:
            keys |= {
                "Ctrl+F": self.open_find,
                "F3": lambda: self._step(1),
                "Shift+F3": lambda: self._step(-1),
                "Ctrl+G": lambda: self._goal.setFocus(Qt.FocusReason.ShortcutFocusReason),
                "Ctrl+C": self.copy_page,
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
        self.pane = PdfPane(path, document.title, whole=True)
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

    def key_rows(self) -> list[Row]:
        """Its keys, as the sheet lists them."""
        return text_keys.of_document()

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
