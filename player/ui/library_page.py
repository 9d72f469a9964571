# SPDX-License-Identifier: Apache-2.0
"""The library: where the learner goes on, what is here, what is on offer."""

from __future__ import annotations

from PySide6.QtCore import QModelIndex, Qt, Signal
from PySide6.QtGui import QShortcut
from PySide6.QtWidgets import QFrame, QLabel, QLineEdit, QListView, QWidget

from player.app import Services
from player.store.courses import Shelf
from player.ui import style
from player.ui.course_list import CourseDelegate, CourseFilter, CourseList, Role
from player.ui.language import percent, translate
from player.ui.parts import Page, button, card, column, label, row


class LibraryPage(Page):
    """The first page.

    Signals:
        opened: the id of a course to show.
        continued: the id of a course to go on with at once.
        refresh_wanted: look what the repositories offer now.
    """

    opened = Signal(str)
    continued = Signal(str)
    refresh_wanted = Signal()

    def __init__(self, services: Services, parent: QWidget | None = None) -> None:
        super().__init__(scrolls=False, parent=parent)
        self._services = services
        self._hello = label(role="title")
        self._refresh = button(
            translate("Library", "Look for courses"), self.refresh_wanted.emit, sign="refresh"
        )
        self._refresh.setShortcut("F5")
        self.body.addLayout(row(self._hello, 1, self._refresh))
        self._next = _NextStep(self.continued.emit)
        self.body.addWidget(self._next)
        self._search = QLineEdit()
        self._search.setPlaceholderText(translate("Library", "Find a course"))
        self._search.setAccessibleName(translate("Library", "Find a course"))
        self._search.setClearButtonEnabled(True)
        self.body.addWidget(self._search)
        self._model, self._filter = CourseList(), CourseFilter()
        self._filter.setSourceModel(self._model)
        self._list = self._make_list()
        self.body.addWidget(self._list, 1)
        self._empty, self._empty_text = self._make_empty()
        self.body.addWidget(self._empty, 1)
        self._search.textChanged.connect(self._find)
        QShortcut("Ctrl+F", self, self._search.setFocus)

    def _make_list(self) -> QListView:
        view = QListView()
        view.setProperty("role", "plain")
        view.setModel(self._filter)
        view.setItemDelegate(CourseDelegate(view))
        view.setUniformItemSizes(True)
        view.setMouseTracking(True)
        view.setVerticalScrollMode(QListView.ScrollMode.ScrollPerPixel)
        view.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        view.setAccessibleName(translate("Library", "Courses"))
        view.activated.connect(self._open)
        view.clicked.connect(self._open)
        return view

    def _make_empty(self) -> tuple[QFrame, QLabel]:
        frame, inner = card()
        inner.addStretch()
        text = label(role="heading")
        text.setAlignment(Qt.AlignmentFlag.AlignCenter)
        inner.addWidget(text)
        look = button(
            translate("Library", "Look for courses"), self.refresh_wanted.emit, role="primary"
        )
        inner.addLayout(row(1, look, 1))
        inner.addStretch()
        frame.hide()
        return frame, text

    def show_now(self) -> None:
        """Read the shelves again."""
        learner = self._services.learner
        name = learner.name if learner else ""
        self._hello.setText(translate("Library", "Hello, {name}").format(name=name))
        shelves = self._services.library()
        self._model.show(shelves)
        going = max(
            (s for s in shelves if s.version and s.completed < s.activities and s.last_at),
            key=lambda shelf: shelf.last_at,
            default=None,
        )
        self._next.show_course(going)
        self._judge_emptiness()
        self._list.setFocus()

    def _find(self, text: str) -> None:
        self._filter.look_for(text)
        self._judge_emptiness()

    def _judge_emptiness(self) -> None:
        empty = self._filter.rowCount() == 0
        searching = bool(self._search.text().strip())
        self._empty.setVisible(empty)
        self._list.setVisible(not empty)
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


class _NextStep(QFrame):
    """The card that leads straight on: nine in ten drop out, so the next step is one key away."""

    def __init__(self, go: object) -> None:
        super().__init__()
        self.setProperty("role", "card")
        self._course = ""
        inner = column(self, margin=2 * style.GRID)
        self._title = label(role="heading")
        self._state = label(role="muted")
        self._go = button(
            translate("Library", "Continue"),
            lambda: go(self._course),  # type: ignore[operator]
            role="primary",
            sign="play",
        )
        words = column()
        words.addWidget(self._title)
        words.addWidget(self._state)
        line = row(gap=2 * style.GRID)
        line.addLayout(words, 1)
        line.addWidget(self._go, 0, Qt.AlignmentFlag.AlignVCenter)
        inner.addLayout(line)

    def show_course(self, shelf: Shelf | None) -> None:
        """Lead on in `shelf`, or hide where nothing was begun."""
        self.setVisible(shelf is not None)
        if shelf is None:
            return
        self._course = shelf.id
        self._title.setText(shelf.title)
        left = shelf.activities - shelf.completed
        done = percent(shelf.completed / shelf.activities)
        text = translate("Library", "{share} done, %n activity(ies) to go", "", left)
        self._state.setText(text.format(share=done))
