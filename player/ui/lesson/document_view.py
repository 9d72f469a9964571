# SPDX-License-Identifier: Apache-2.0
"""A PDF to read, inside the window: to leaf through, to find words in, to enlarge.

Nothing can be marked by the mouse; the text of a whole page can be copied instead.
"""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import (
    QEvent,
    QModelIndex,
    QObject,
    QSignalBlocker,
    Qt,
    QTimer,
    Signal,
)
from PySide6.QtGui import (
    QGuiApplication,
    QKeySequence,
    QShortcut,
    QShowEvent,
    QStandardItem,
    QStandardItemModel,
    QWheelEvent,
)
from PySide6.QtWidgets import (
    QFrame,
    QHBoxLayout,
    QPushButton,
    QSpinBox,
    QSplitter,
    QTreeView,
    QWidget,
)

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
from player.ui.parts import button, column, label, row, spin
from player.ui.pdf.file import Found, Hit, Mark, Outline, PdfFile, Text, Why
from player.ui.pdf.pages import Fit, PdfPages
from player.ui.style import GRID

_STEP = 1.25  # from one zoom to the next
_ZOOMS = (0.25, 4.0)
_HITS = 5_000  # places where words are found; nobody goes through more
_ABOVE = 40.0  # points: some lines over a place that was found
_OUTLINE = 240  # pixels, at first
_MARK = Qt.ItemDataRole.UserRole + 1


class PdfPane(QWidget):
    """The pages of a PDF, one below the other, and what moves and enlarges them.

    The file is opened beside the window (`player.ui.pdf`), at the latest when the pane is seen. One
    that cannot be read leaves a sentence in its place. `whole`: it fills the window, so that there
    is room for its outline and for finding words; else one page is seen at a time.

    Signals:
        page_changed: the page now in sight, from 0.
        end_reached: the last page has been in sight.
        failed: it cannot be shown.
    """

    page_changed = Signal(int)
    end_reached = Signal()
    failed = Signal()

    def __init__(
        self, path: Path, title: str, parent: QWidget | None = None, *, whole: bool = False
    ) -> None:
        super().__init__(parent)
        self._title, self._whole, self._is_seen = title, whole, False
        self.file = PdfFile(path, self)
        self.file.opened.connect(self._begin)
        self.file.failed.connect(self._say_why)
        if whole:  # it will be seen: its process begins while the rest is made
            self.file.open()
        self.outline = self._make_outline()
        self._number = label(translate("DocumentView", "Opening…"), wrap=False)
        self._zoom = label(role="muted", wrap=False)
        self._shown = QWidget()
        layout = column(self._shown, gap=0)
        layout.addWidget(self._make_bar())
        self.pages = self._make_pages()  # behind the bar, for Tab too
        self._make_finding()
        layout.addWidget(self.bar)
        split = QSplitter()
        split.setChildrenCollapsible(False)
        split.addWidget(self.outline)
        split.addWidget(self.pages)
        split.setStretchFactor(1, 1)
        split.setSizes([_OUTLINE, 3 * _OUTLINE])
        layout.addWidget(split, 1)
        self._body = column(self, gap=0)
        self._body.addWidget(self._shown)
        self._fault: QWidget | None = None
        self._wants_outline = False
        self._bind_keys()

    @property
    def readable(self) -> bool:
        """Whether it is open: not yet or no longer, else."""
        return self.file.pages > 0

    @property
    def is_settled(self) -> bool:
        """Whether all is there that is to be seen, or is said to be missing."""
        return self.has_failed or self.pages.is_drawn

    @property
    def has_failed(self) -> bool:
        """Whether a sentence stands in its place."""
        return self._fault is not None

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        if not self._is_seen:
            self._is_seen = True
            self.file.open()

    def _begin(self) -> None:
        if self._whole:
            self._goal.setMaximum(self.file.pages)
        self._wants_outline = self._whole
        self._find(self._words)

    def _try_again(self) -> None:
        if self._fault is not None:
            self._fault.hide()
            self._fault.deleteLater()
            self._fault = None
        self._number.setText(translate("DocumentView", "Opening…"))
        self._shown.show()
        self.pages.setFocus()
        self.file.try_again()

    def _say_why(self, why: Why) -> None:
        """It cannot be read, or no longer: say so in its place."""
        held = self.focusWidget()
        self._fault = self._make_fault(why)
        self._shown.hide()
        self._body.addWidget(self._fault)
        self._fault.show()
        if held is not None and (again := self._fault.findChild(QPushButton)):
            again.setFocus()
        self.failed.emit()

    def _make_fault(self, why: Why) -> QWidget:
        sentence = translate(
            "DocumentView",
            "“{title}” cannot be shown: the file is not a PDF that can be read here. "
            "The rest of the course works.",
        )
        if why is Why.STOPPED:
            sentence = translate(
                "DocumentView",
                "“{title}” cannot be shown: it takes too long or too much memory, and was stopped. "
                "What you did is kept, and the rest of the course works. Go on without it, or try "
                "again.",
            )
        fault = QWidget()
        layout = column(fault, margin=3 * GRID, gap=2 * GRID)
        layout.addWidget(Notice(sentence.format(title=self._title), "warning"))
        if why is Why.STOPPED:
            again = button(translate("DocumentView", "Try again"), self._try_again, sign="refresh")
            layout.addLayout(row(again, 1))
        layout.addStretch(1)
        return fault

    def go_to(self, page: int) -> None:
        """Bring a page into sight; one before the first or after the last is the nearest."""
        self.pages.go_to(page)

    def zoom(self, by: float) -> None:
        """Enlarge by a factor, from the size that is seen."""
        lowest, highest = _ZOOMS
        factor = max(lowest, min(highest, self.pages.factor_now() * by))
        self.pages.resize_pages(Fit.NONE, factor)
        self._zoom.setText(percent(factor))

    def fit(self) -> None:
        """Make pages as wide as the window again."""
        self.pages.resize_pages(Fit.WIDTH)
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
        self.file.text(self.pages.page, _copy)

    def close_file(self) -> None:
        """Let go of the file."""
        self.file.close()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Ctrl and the wheel enlarge."""
        control = Qt.KeyboardModifier.ControlModifier
        if isinstance(event, QWheelEvent) and event.modifiers() & control:
            if turned := event.angleDelta().y():
                self.zoom(_STEP if turned > 0 else 1 / _STEP)
            return True
        return super().eventFilter(watched, event)

    def _make_outline(self) -> QTreeView:
        outline = QTreeView()
        outline.setModel(QStandardItemModel(self))
        outline.setHeaderHidden(True)
        outline.setEditTriggers(QTreeView.EditTrigger.NoEditTriggers)
        outline.setProperty("role", "plain")
        outline.setFrameShape(QFrame.Shape.NoFrame)
        outline.setAccessibleName(translate("DocumentView", "Outline"))
        outline.activated.connect(self._follow_mark)
        outline.clicked.connect(self._follow_mark)
        outline.hide()
        return outline

    def _ask_outline(self) -> None:
        """Once the first page is there: an outline may be broken, too."""
        if self._wants_outline:
            self._wants_outline = False
            self.file.outline(self._fill_outline)

    def _fill_outline(self, said: Outline | None) -> None:
        model = QStandardItemModel(self)
        above = [model.invisibleRootItem()]
        for mark in said.marks if said else ():
            line = QStandardItem(mark.title)
            line.setData(mark, _MARK)
            del above[mark.depth + 1 :]
            above[-1].appendRow(line)
            above.append(line)
        self.outline.setModel(model)
        self._has_outline.setVisible(model.rowCount() > 0)

    def _follow_mark(self, index: QModelIndex) -> None:
        mark: Mark = index.data(_MARK)
        (across, down), (width, height) = mark.place, self.pages.size_of(mark.page)
        inside = 0 <= across <= width and 0 <= down <= height  # many files say none
        self.pages.go_to(mark.page, mark.place if inside else (0.0, 0.0))

    def _make_finding(self) -> None:
        self._words, self._hit = "", 0
        self._hits: list[Hit] = []
        self.bar = FindBar()
        self.bar.typed.connect(self._find)
        self.bar.stepped.connect(self._step)
        self.bar.closed.connect(self._end_finding)

    def _find(self, words: str) -> None:
        self._words, self._hits, self._hit = words, [], 0
        self.pages.show_hits([], -1)
        self.bar.show_count(0, 0)
        if words and self.readable:
            self._look_on(0)

    def _look_on(self, page: int) -> None:
        """Look for the words through some more pages, from this one on."""
        words = self._words

        def take(found: Found | None) -> None:
            if found is not None and words == self._words:
                self._take_hits(found)

        self.file.find(words, page, take)

    def _take_hits(self, found: Found) -> None:
        is_first = not self._hits
        self._hits += found.hits
        self.bar.show_count(self._hit, len(self._hits))
        self.pages.show_hits(self._hits, self._hit)
        if is_first and self._hits:
            self._show_hit()
        if found.next < self.file.pages and len(self._hits) < _HITS:
            self._look_on(found.next)

    def _step(self, by: int) -> None:
        if self._hits:
            self._hit = (self._hit + by) % len(self._hits)
            self._show_hit()

    def _show_hit(self) -> None:
        self.bar.show_count(self._hit, len(self._hits))
        self.pages.show_hits(self._hits, self._hit)
        found = self._hits[self._hit]
        across, down = found.place
        self.pages.go_to(found.page, (across, max(0.0, down - _ABOVE)))

    def _end_finding(self) -> None:
        self._words, self._hits = "", []
        self.pages.show_hits([], -1)
        self.pages.setFocus()

    def _make_pages(self) -> PdfPages:
        pages = PdfPages(self.file, single=not self._whole)
        pages.setAccessibleName(self._title)
        pages.viewport().installEventFilter(self)
        settled = QTimer(self, singleShot=True, interval=0)
        settled.timeout.connect(self._look_for_the_end)
        pages.page_changed.connect(self._say_page)
        pages.page_changed.connect(lambda _: settled.start())
        pages.drawn.connect(self._ask_outline)
        pages.verticalScrollBar().valueChanged.connect(lambda _: settled.start())
        pages.verticalScrollBar().rangeChanged.connect(lambda *_: settled.start())
        return pages

    def _make_bar(self) -> QFrame:
        bar = QFrame()
        bar.setProperty("role", "bar")
        line = QHBoxLayout(bar)
        line.setContentsMargins(GRID, GRID // 2, GRID, GRID // 2)
        line.setSpacing(GRID // 2)
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
        self._has_outline = SignButton("outline", translate("DocumentView", "Outline"))
        self._has_outline.clicked.connect(self.show_outline)
        self._has_outline.hide()  # few files have one
        for widget in (self._has_outline, before, self._number, after):
            line.addWidget(widget)
        if self._whole:
            line.addWidget(self._make_page_field())
        line.addStretch(1)
        for one in self._more_buttons() if self._whole else ():
            line.addWidget(one)
        for widget in (self._zoom, smaller, larger, whole):
            line.addWidget(widget)
        return bar

    def _make_page_field(self) -> QSpinBox:
        self._goal = spin(QSpinBox(minimum=1, maximum=1))
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
            "Ctrl+End": lambda: self.go_to(self.file.pages - 1),
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
        self.go_to(self.pages.page + by)

    def _say_page(self, page: int) -> None:
        shown = translate("DocumentView", "Page {page} of {count}")
        self._number.setText(shown.format(page=page + 1, count=self.file.pages))
        self.page_changed.emit(page)

    def _look_for_the_end(self) -> None:
        bar = self.pages.verticalScrollBar()
        if self.readable and self.isVisible() and bar.value() >= bar.maximum() - GRID:
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
        self.lead_to(self.pane.pages)
        self.pane.end_reached.connect(self._seen_to_the_end)
        self.pane.failed.connect(context.damage_suspected)
        self.pane.pages.address_asked.connect(context.follow)
        with context.recording():
            reading.opened(context.db, context.where, document, context.now)

    def show_spot(self, spot: Spot) -> None:
        """Go to a page of it."""
        if spot.page is not None:
            self.pane.go_to(spot.page - 1)

    def spot_now(self) -> Spot:
        """The page in sight."""
        return Spot(page=None if self.pane.has_failed else self.pane.pages.page + 1)

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


def _copy(said: Text | None) -> None:
    if said is not None:
        QGuiApplication.clipboard().setText(said.text)
