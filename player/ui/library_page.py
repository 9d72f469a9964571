# SPDX-License-Identifier: Apache-2.0
"""The library: where the learner goes on, what is here, what is on offer."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QModelIndex, QRect, QSize, Qt, Signal
from PySide6.QtGui import QPainter, QPaintEvent, QShortcut
from PySide6.QtWidgets import QFrame, QLineEdit, QListView, QPushButton, QWidget

from player.app import Services
from player.app.updates import is_to_be_mentioned
from player.course.manifest import Manifest
from player.errors import PlayerError
from player.store.courses import Shelf
from player.ui import platform_file, style
from player.ui.course_list import CourseDelegate, CourseFilter, CourseList, Role
from player.ui.flow import Flow
from player.ui.gone_card import GoneCard
from player.ui.language import translate
from player.ui.parts import Page, button, clearable, column, empty_card, head, label, on_choice, row
from player.ui.share import HEIGHT, paint_share
from player.ui.standing import Latest, standings


class LibraryPage(Page):
    """The first page.

    Signals:
        opened: the id of a course to show.
        continued: the id of a course to go on with at once.
        refresh_wanted: look what the repositories offer now.
        file_chosen: a `.course` file to take courses from.
    """

    opened = Signal(str)
    continued = Signal(str)
    refresh_wanted = Signal()
    file_chosen = Signal(str)

    def __init__(self, services: Services, latest: Latest, parent: QWidget | None = None) -> None:
        super().__init__(parent=parent)
        self._services, self._latest = services, latest
        self._running = False
        self._hello = label(role="title")
        self._refresh = button(
            translate("Library", "Look for courses"), self.refresh_wanted.emit, sign="refresh"
        )
        self._refresh.setShortcut("F5")
        self.body.addLayout(head(self._hello, self._refresh))
        self.gone = GoneCard()
        self.body.addWidget(self.gone)
        self._next = _NextStep(self.continued.emit)
        self.body.addWidget(self._next)
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
        going = max(
            (s for s in shelves if s.version and s.completed < s.activities and s.last_at),
            key=lambda shelf: shelf.last_at,
            default=None,
        )
        self._next.show_course(going, self._next_words(going) if going else "")
        self._judge_emptiness()

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
        for one in (self._next.go, self._list, self._look):
            if one.isVisibleTo(self):
                one.setFocus()
                return

    def _next_words(self, shelf: Shelf) -> str:
        try:
            manifest = self._services.course(shelf.id)
        except PlayerError:
            return ""  # the course page says what is wrong with it
        return next_words(manifest, self._services.next_activity(manifest))

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


def next_words(manifest: Manifest, activity: str) -> str:
    """The section and the title of an activity: `Week 2 · Who does what`."""
    for section in manifest.sections:
        for one in section.activities():
            if one.id == activity:
                return f"{section.title} · {one.title}"
    return ""


class _NextStep(QFrame):
    """The card that leads straight on: nine in ten drop out, so the next step is one key away."""

    def __init__(self, go: Callable[[str], object]) -> None:
        super().__init__()
        self.setProperty("role", "card")
        self._course = ""
        inner = column(self, margin=2 * style.GRID)
        self._title, self._next = label(role="heading"), label()
        self._state = label(role="caption")
        self._bar = _Bar()
        self.go = button("", lambda: go(self._course), role="primary", sign="play")
        words = column(gap=6)
        words.addWidget(self._title)
        words.addWidget(self._next)
        how_far = row(self._bar, gap=12)
        how_far.addWidget(self._state, 1)
        words.addLayout(how_far)
        line = row(gap=2 * style.GRID)
        line.addLayout(words, 1)
        line.addWidget(self.go, 0, Qt.AlignmentFlag.AlignVCenter)
        inner.addLayout(line)

    def show_course(self, shelf: Shelf | None, next_one: str) -> None:
        """Lead on in `shelf`, to `next_one`, or hide where nothing was begun."""
        self.setVisible(shelf is not None)
        if shelf is None:
            return
        self._course = shelf.id
        self._title.setText(shelf.title)
        self._next.setText(translate("Library", "Next: {what}").format(what=next_one))
        self._next.setVisible(bool(next_one))
        begun = shelf.completed > 0
        text = translate("Library", "Continue") if begun else translate("Library", "Begin")
        self.go.setText(text)
        self.go.setAccessibleDescription(f"{shelf.title}. {self._next.text()}")
        text = translate("Course", "{done} of {all} done")
        self._state.setText(text.format(done=shelf.completed, all=shelf.activities))
        self._bar.show_share(shelf.completed / shelf.activities)


class _Bar(QWidget):
    def __init__(self) -> None:
        super().__init__()
        self.setFixedSize(QSize(160, HEIGHT + 2))
        self._share = 0.0

    def show_share(self, share: float) -> None:
        self._share = share
        self.update()

    def paintEvent(self, _event: QPaintEvent) -> None:
        paint_share(QPainter(self), QRect(0, 0, self.width(), self.height()), self._share)
