# SPDX-License-Identifier: Apache-2.0
"""The library: where the learner goes on, what is here, what is on offer."""

from __future__ import annotations

from PySide6.QtCore import QModelIndex, Qt, Signal, Slot
from PySide6.QtGui import QShortcut
from PySide6.QtWidgets import QLineEdit, QListView, QPushButton, QWidget

from player.app import Services
from player.app.next_step import under_way
from player.app.updates import is_to_be_mentioned
from player.errors import PlayerError
from player.store.courses import Shelf
from player.ui import platform_file
from player.ui.course_list import CourseDelegate, CourseFilter, CourseList, Role
from player.ui.flow import Flow
from player.ui.gone_card import GoneCard
from player.ui.language import translate
from player.ui.next_card import NextCard
from player.ui.parts import Page, button, clearable, empty_card, head, label, on_choice, row
from player.ui.standing import Latest, standings


class LibraryPage(Page):
    """The first page.

    Signals:
        opened: the id of a course to show.
        activity_wanted: (course id, activity id).
        fetch_wanted: (course id, activity id): bring that here, and go on with it.
        revision_wanted: to the questions that are due.
        problem: a PlayerError to say.
        refresh_wanted: look what the repositories offer now.
        file_chosen: a `.course` file to take courses from.
    """

    opened = Signal(str)
    activity_wanted = Signal(str, str)
    fetch_wanted = Signal(str, str)
    revision_wanted = Signal()
    problem = Signal(object)
    refresh_wanted = Signal()
    file_chosen = Signal(str)

    def __init__(self, services: Services, latest: Latest, parent: QWidget | None = None) -> None:
        super().__init__(parent=parent)
        self._services, self._latest = services, latest
        self._running = False
        self._going: list[Shelf] = []
        self.is_hurried = False
        """Whether the first picture is still to come. What takes a look at files waits for it."""
        self._hello = label(role="title")
        self._refresh = button(
            translate("Library", "Look for courses"), self.refresh_wanted.emit, sign="refresh"
        )
        self._refresh.setShortcut("F5")
        self.body.addLayout(head(self._hello, self._refresh))
        self.gone = GoneCard()
        self.body.addWidget(self.gone)
        self.cards = [NextCard(services), NextCard(services, brief=True)]
        for one in self.cards:
            one.activity_wanted.connect(self.activity_wanted)
            one.fetch_wanted.connect(self.fetch_wanted)
            one.course_wanted.connect(self.opened)
            one.revision_wanted.connect(self.revision_wanted)
            one.problem.connect(self.problem)
            one.changed.connect(self.show_now)
            self.body.addWidget(one)
        self._search = QLineEdit()
        self._search.setPlaceholderText(translate("Library", "Find a course"))
        self._search.setAccessibleName(translate("Library", "Find a course"))
        clearable(self._search)
        self._file = self._make_file()
        self.body.addLayout(Flow(self._search, self._file, wide=self._search))
        self._model, self._filter = CourseList(), CourseFilter()
        self._filter.setSourceModel(self._model)
        self._list = self._make_list()
        self.body.addWidget(self._list, 1)
        self._make_empty()
        self._search.textChanged.connect(self._find)
        QShortcut("Ctrl+F", self, self._search.setFocus)

    def _make_file(self) -> QPushButton:
        return button(translate("Settings", "A course file…"), self._choose_file, sign="book")

    def _choose_file(self) -> None:
        if name := platform_file.course_file(self):
            self.file_chosen.emit(name)

    def _make_list(self) -> QListView:
        view = QListView()
        view.setProperty("role", "cards")
        view.setModel(self._filter)
        view.setItemDelegate(CourseDelegate(view))
        view.setUniformItemSizes(True)
        view.setMouseTracking(True)
        view.setMinimumHeight(2 * (view.fontMetrics().height() * 4 + 36))  # two cards
        view.setVerticalScrollMode(QListView.ScrollMode.ScrollPerPixel)
        view.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        view.setAccessibleName(translate("Library", "Courses"))
        on_choice(view, self._open)
        return view

    def _make_empty(self) -> None:
        self._empty, self._empty_text, inner = empty_card("library")
        look = translate("Library", "Look for courses")
        self._look = button(look, self.refresh_wanted.emit, role="primary")
        inner.addLayout(row(1, self._look, self._make_file(), 1))
        inner.addStretch()
        self._empty.hide()
        self.body.addWidget(self._empty, 1)

    def show_now(self) -> None:
        """Read the shelves again; the row that was chosen stays so."""
        learner = self._services.learner
        name = learner.name if learner else ""
        self._hello.setText(translate("Library", "Hello, {name}").format(name=name))
        shelves = self._services.library()
        chosen = self._list.currentIndex().data(Role.SHELF)
        choices = self._services.settings
        new = {one.id for one in shelves if is_to_be_mentioned(choices, one)}
        if self._model.show(shelves, new) or not self._list.currentIndex().isValid():
            row = self._model.row_of(chosen.id) if chosen else 0
            self._list.setCurrentIndex(self._filter.mapFromSource(self._model.index(row, 0)))
        self.stand_now()
        self._going = under_way(shelves)
        self._show_next()
        self._judge_emptiness()

    @Slot()
    def take_time(self) -> None:
        """The first picture is there: read what it could not wait for."""
        self.is_hurried = False
        self._show_next()

    def _show_next(self) -> None:
        """Lead on in the course that was learnt in last, and in short in the one before it."""
        found = []
        for shelf in self._going:
            try:
                found.append(self._services.course(shelf.id))
            except PlayerError:
                continue  # the course page says what is wrong with it
        for number, card in enumerate(self.cards):
            course = found[number] if number < len(found) else None
            card.show_course(course, hurried=self.is_hurried)

    def set_running(self, running: bool) -> None:
        """Say whether a download is under way."""
        self._running = running
        self.stand_now()

    def stand_now(self) -> None:
        """Read how the files of the courses stand."""
        found = standings(self._services.wishes(), self._latest, running=self._running)
        self._model.stand(found)

    def take_focus(self) -> None:
        """Begin at the next step, else at the courses, else at looking for some."""
        for one in (self.cards[0].go, self._list, self._look):
            if one.isVisibleTo(self) and one.isEnabled():
                one.setFocus()
                return

    def _find(self, text: str) -> None:
        self._filter.look_for(text)
        self._judge_emptiness()

    def _judge_emptiness(self) -> None:
        empty = self._filter.rowCount() == 0
        searching = bool(self._search.text().strip())
        self._list.setVisible(not empty)
        if self._look.hasFocus() and not empty:
            self._list.setFocus()  # before the button goes, and the keyboard with it
        self._empty.setVisible(empty)
        self._look.setVisible(not searching)
        for one in (self._refresh, self._file):
            one.setVisible(not empty or searching)
        self._search.setVisible(searching or not empty)
        self._empty_text.setText(
            translate("Library", "No course has these words.")
            if searching
            else translate(
                "Library",
                "No courses yet. Connect, or put in a stick, then look for courses.",
            )
        )

    def _open(self, index: QModelIndex) -> None:
        shelf: Shelf = index.data(Role.SHELF)
        self.opened.emit(shelf.id)
