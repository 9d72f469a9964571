# SPDX-License-Identifier: Apache-2.0
"""Notes: all that was noted and marked, by course; and the links that wait for a connection."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from pathlib import Path

from PySide6.QtCore import QModelIndex, QPoint, QSignalBlocker, Qt, Signal
from PySide6.QtGui import QGuiApplication, QKeySequence, QResizeEvent, QShortcut
from PySide6.QtWidgets import QFileDialog, QLineEdit, QListView, QMenu, QTabWidget, QWidget

from player.app import Services
from player.app.notebook import Entry, Words, markdown
from player.errors import PlayerError
from player.journal.notes import Bookmark, KeptLink
from player.store.saving import write
from player.ui.flow import Flow
from player.ui.forms import choices, choose
from player.ui.kept_list import KeptList
from player.ui.language import translate
from player.ui.note_list import NoteDelegate, NoteList
from player.ui.parts import Page, button, column, empty_card, label, on_choice
from player.ui.style import GRID
from player.ui.undo import Undo

_ORDERS = ("course", "newest")


class NotesPage(Page):
    """Signals:
    opened: (course id, activity id, `Spot`).
    link_wanted: a `KeptLink` to open now.
    told: a sentence of good news.
    problem: a PlayerError to say.
    """

    opened = Signal(str, str, object)
    link_wanted = Signal(object)
    told = Signal(str)
    problem = Signal(object)

    def __init__(self, services: Services, parent: QWidget | None = None) -> None:
        super().__init__(scrolls=False, parent=parent)
        self._services, self.is_offline = services, False
        title = label(translate("Notes", "Notes"), "title", wrap=False)
        self.copy = button(translate("Notes", "Copy"), self._copy, sign="copy")
        self.save = button(translate("Notes", "Save as Markdown…"), self._save, sign="saved")
        self.body.addLayout(Flow(title, self.copy, self.save, wide=title))
        self.tabs = QTabWidget()
        self.tabs.setDocumentMode(True)
        self.tabs.tabBar().setDrawBase(False)
        self.kept = KeptList()
        self.kept.open_wanted.connect(self.link_wanted)
        self.kept.let_go_wanted.connect(self._let_go)
        self.tabs.addTab(self._make_notes(), translate("Notes", "Notes"))
        self._links = Page()
        self._links.body.setContentsMargins(0, 2 * GRID, 0, 0)
        self._links.body.addWidget(self.kept)
        self.tabs.addTab(self._links, "")
        self.tabs.currentChanged.connect(self._judge_tab)
        self.body.addWidget(self.tabs, 1)

    def _make_notes(self) -> QWidget:
        whole = QWidget()
        whole.setProperty("role", "page")
        body = column(whole)
        body.setContentsMargins(0, 2 * GRID, 0, 0)
        self.words = QLineEdit()
        self.words.setPlaceholderText(translate("Notes", "Look in the notes"))
        self.words.setAccessibleName(self.words.placeholderText())
        wide = self.words.fontMetrics().horizontalAdvance(self.words.placeholderText())
        self.words.setMinimumWidth(wide + 6 * GRID)
        self.words.setClearButtonEnabled(True)
        every = {"": translate("Notes", "All courses")}
        self.courses = choices(every)
        self.courses.setAccessibleName(translate("Notes", "Course"))
        by_course, newest = translate("Notes", "By course"), translate("Notes", "Newest first")
        self.order = choices(dict(zip(_ORDERS, (by_course, newest), strict=True)))
        self.order.setAccessibleName(translate("Notes", "Order"))
        body.addLayout(Flow(self.words, self.courses, self.order, wide=self.words))
        self.undo = Undo()
        self.undo.wanted.connect(self._take_back)
        body.addWidget(self.undo)
        self._model = NoteList()
        self.list = self._make_list()
        body.addWidget(self.list, 1)
        self._empty, self.nothing, inner = empty_card("note")
        inner.addStretch()
        body.addWidget(self._empty, 1)
        self.words.textChanged.connect(self._narrow)
        self.courses.currentIndexChanged.connect(self._narrow)
        self.order.currentIndexChanged.connect(self._narrow)
        QShortcut("Ctrl+F", self, self.words.setFocus)
        return whole

    def _make_list(self) -> QListView:
        made = QListView()
        made.setModel(self._model)
        made.setItemDelegate(NoteDelegate(made))
        made.setAccessibleName(translate("Notes", "Notes"))
        made.setResizeMode(QListView.ResizeMode.Adjust)
        made.setLayoutMode(QListView.LayoutMode.Batched)  # thousands, each as high as its text
        made.setVerticalScrollMode(QListView.ScrollMode.ScrollPerPixel)
        made.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        made.setContextMenuPolicy(Qt.ContextMenuPolicy.CustomContextMenu)
        made.customContextMenuRequested.connect(self._show_menu)
        on_choice(made, self._go)
        for keys, act in (
            (QKeySequence(Qt.Key.Key_Delete), self._delete),
            (QKeySequence(QKeySequence.StandardKey.Copy), self._copy_one),
        ):
            QShortcut(keys, made, act, context=Qt.ShortcutContext.WidgetShortcut)
        return made

    def show_now(self) -> None:
        """Read what there is."""
        try:
            entries, links = self._services.notebook.entries(), self._services.notebook.links()
        except PlayerError as error:
            self.problem.emit(error)
            return
        self._show_courses(entries)
        self._model.show(entries)
        self._judge(bool(entries))
        text = translate("Notes", "Kept links")
        self.tabs.setTabText(1, f"{text} ({len(links)})" if links else text)
        self.kept.show_links(links, offline=self.is_offline)
        self._judge_tab()

    def show_links(self) -> None:
        """Show the links that wait."""
        self.tabs.setCurrentIndex(1)

    def take_focus(self) -> None:
        """Begin at the first note, or where one can begin."""
        if self.tabs.currentIndex() == 1:
            self.tabs.tabBar().setFocus()
            return
        target: QWidget = self.list if self._model.rowCount() else self.tabs.tabBar()
        if target is self.list and not self.list.currentIndex().isValid():
            self.list.setCurrentIndex(self._model.index(0))
        target.setFocus()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self.list.doItemsLayout()  # rows are as high as their width lets them

    def _show_courses(self, entries: list[Entry]) -> None:
        now = str(self.courses.currentData() or "")
        titles = {one.what.course: one.course_title for one in entries}
        with QSignalBlocker(self.courses):
            while self.courses.count() > 1:
                self.courses.removeItem(1)
            for course, title in titles.items():
                self.courses.addItem(title, course)
            choose(self.courses, now if now in titles else "")
        self.courses.setVisible(len(titles) > 1)

    def _narrow(self) -> None:
        self._model.narrow(
            words=self.words.text(),
            course=str(self.courses.currentData() or ""),
            newest=self.order.currentData() == "newest",
        )
        self._judge(is_any=True)

    def _judge(self, is_any: bool) -> None:
        """Show the list, or say why there is none."""
        shown = self._model.rowCount() > 0
        self.list.setVisible(shown)
        self._empty.setVisible(not shown)
        if is_any:
            self.nothing.setText(translate("Notes", "Nothing here has these words."))
        else:
            self.nothing.setText(
                translate(
                    "Notes",
                    "No note yet. Open a video or a page and press N: what you type stands here, "
                    "tied to that moment. B puts a bookmark.",
                )
            )

    def _judge_tab(self) -> None:
        shown = bool(self._model.rowCount()) and self.tabs.currentIndex() == 0
        self.copy.setEnabled(shown)
        self.save.setEnabled(shown)

    # What can be done

    def _go(self, index: QModelIndex) -> None:
        entry = self._model.entry(index.row())
        if entry is None:
            return
        if not entry.is_here:
            gone = translate("Notes", "“{title}” is not in a course on this computer any more.")
            self.told.emit(gone.format(title=entry.title))
            return
        self.opened.emit(entry.what.course, entry.what.activity, entry.spot)

    def _show_menu(self, at: QPoint) -> None:
        index = self.list.indexAt(at)
        if not index.isValid():
            return
        menu = QMenu(self)
        menu.addAction(translate("Notes", "Go there"), partial(self._go, index))
        menu.addAction(translate("Notes", "Copy"), self._copy_one)
        menu.addAction(translate("Notes", "Delete"), self._delete)
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        menu.popup(self.list.viewport().mapToGlobal(at))

    def _delete(self) -> None:
        entry = self._model.entry(self.list.currentIndex().row())
        if entry is None:
            return
        book, what = self._services.notebook, entry.what
        back: Callable[[], object]
        try:
            if isinstance(what, Bookmark):
                book.take_away(what)
                said, back = (
                    translate("Notes", "The bookmark is deleted."),
                    partial(book.put_back, what),
                )
            else:
                gone = book.write(what, "")
                said, back = (
                    translate("Notes", "The note is deleted."),
                    partial(book.write, gone, what.text),
                )
        except PlayerError as error:
            self.problem.emit(error)
            return
        self.show_now()
        self.undo.offer(said, back)

    def _take_back(self, back: Callable[[], object]) -> None:
        try:
            back()
        except PlayerError as error:
            self.problem.emit(error)
        self.show_now()
        self.take_focus()

    def _let_go(self, link: KeptLink) -> None:
        book = self._services.notebook
        try:
            book.let_go(link)
        except PlayerError as error:
            self.problem.emit(error)
            return
        self.show_now()
        self.tabs.tabBar().setFocus()

    def _copy_one(self) -> None:
        entry = self._model.entry(self.list.currentIndex().row())
        if entry is not None:
            QGuiApplication.clipboard().setText(entry.text or entry.title)
            self.told.emit(translate("Notes", "Copied."))

    def _copy(self) -> None:
        QGuiApplication.clipboard().setText(self._markdown())
        self.told.emit(translate("Notes", "Copied."))

    def _save(self) -> None:
        title = translate("Work", "Where to save it")
        name, _ = QFileDialog.getSaveFileName(self, title, "notes.md", "*.md")
        if not name:
            return
        try:
            write(Path(name), self._markdown().encode())
        except PlayerError as error:
            self.problem.emit(error)
        else:
            self.told.emit(translate("Work", "Saved as {name}.").format(name=Path(name).name))

    def _markdown(self) -> str:
        """What is shown, as Markdown in the reader's language."""
        words = Words(
            translate("Notes", "Notes"),
            translate("Notes", "Page {page}"),
            translate("Notes", "Bookmark"),
            translate("Notes", "Nothing is noted yet."),
        )
        return markdown(self._model.shown, words)
