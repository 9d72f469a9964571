# SPDX-License-Identifier: Apache-2.0
"""The search: words are typed, and what says them is found while they are."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial

from PySide6.QtCore import QEvent, QObject, Qt, QTimer, Signal
from PySide6.QtGui import QAccessible, QAccessibleAnnouncementEvent, QHideEvent, QKeyEvent
from PySide6.QtWidgets import QComboBox, QLineEdit, QListView

from player.app import Services
from player.app.finding import Answer, Found
from player.errors import PlayerError
from player.search.folding import tokens
from player.search.query import Query, merged, understand
from player.ui.flow import Flow
from player.ui.found_delegate import FoundDelegate
from player.ui.found_list import FoundList, Marks, Role, Row, Way, rows_of
from player.ui.language import say, translate
from player.ui.lookup import Asked, Lookup
from player.ui.parts import Page, button, calm, column, empty_card, label, on_choice, row
from player.ui.style import GRID

PAUSE = 70  # ms without a key before it is looked for
RECENT = 5  # searches that are offered again
LEAST = 5  # rows to see


class SearchPage(Page):
    """One field, and what was found below it.

    Signals:
        found: (course id, activity id, Spot): open it there.
        course_wanted: (id of a course to show, id of a section there or '').
        page_wanted: the name of a page of the window.
        left: back to where the search was asked for.
    """

    found = Signal(str, str, object)
    course_wanted = Signal(str, str)
    page_wanted = Signal(str)
    left = Signal()

    def __init__(
        self, services: Services, lookup: Lookup, ways: Sequence[tuple[str, str, str]]
    ) -> None:
        """`ways` are (name, icon, words) of the pages that can be found by their names."""
        super().__init__()
        self._services, self._lookup = services, lookup
        self._ways = [_way(*one) for one in ways if one[0] != "search"]
        self._near, self._answer, self._said = "", Answer(""), ""
        self._opens_first = False  # Enter came before the answer
        self._recent: list[str] = []
        self.body.addWidget(label(translate("Search", "Search"), "title", wrap=False))
        self.field = self._make_field()
        self.body.addWidget(self.field)
        self.where, self.what = self._make_choices()
        self._count = label(role="caption", wrap=False)
        self.body.addLayout(Flow(self.where, self.what, self._count, wide=self._count))
        self._model = FoundList()
        self.list = self._make_list()
        self.body.addWidget(self.list, 1)
        self._make_empty()
        self._soon = QTimer(self, singleShot=True, interval=PAUSE)
        self._soon.timeout.connect(self._ask)
        lookup.answered.connect(self._take)
        lookup.failed.connect(self._fail)
        lookup.read.connect(self._read)
        self._show()

    def _make_field(self) -> QLineEdit:
        made = QLineEdit()
        made.setPlaceholderText(translate("Search", "A word, several words, or “words in quotes”"))
        made.setAccessibleName(translate("Search", "Look for"))
        made.setMaxLength(200)
        made.textChanged.connect(self._typed)
        made.installEventFilter(self)
        return made

    def _make_choices(self) -> tuple[QComboBox, QComboBox]:
        where, what = calm(QComboBox()), calm(QComboBox())
        where.setAccessibleName(translate("Search", "In which course"))
        where.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
        where.setMinimumContentsLength(18)
        where.addItem(translate("Search", "All my courses"), "")
        what.setAccessibleName(translate("Search", "What is found"))
        for name, text in (
            ("", translate("Search", "Everything")),
            ("titles", translate("Search", "Titles")),
            ("videos", translate("Search", "Videos and slides")),
            ("texts", translate("Search", "Pages, documents and questions")),
            ("notes", translate("Search", "My notes")),
        ):
            what.addItem(text, name)
        for one in (where, what):
            one.currentIndexChanged.connect(self._ask)
        return where, what

    def _make_list(self) -> QListView:
        made = QListView()
        made.setModel(self._model)
        made.setItemDelegate(FoundDelegate(made))
        made.setAccessibleName(translate("Search", "What was found"))
        made.setVerticalScrollMode(QListView.ScrollMode.ScrollPerPixel)
        made.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        made.setResizeMode(QListView.ResizeMode.Adjust)
        made.setMinimumHeight(LEAST * (made.fontMetrics().height() + 12))
        made.setMinimumWidth(240)
        made.installEventFilter(self)
        on_choice(made, lambda index: self._choose(index.data(Role.ROW)))
        return made

    def _make_empty(self) -> None:
        self._empty, self._words, inner = empty_card("search")
        self._hint = label(role="muted")
        self._hint.setAlignment(Qt.AlignmentFlag.AlignCenter)
        inner.addWidget(self._hint)
        self._wider = button(translate("Search", "Look everywhere"), self._widen)
        inner.addLayout(row(1, self._wider, 1))
        self._again = column(gap=GRID)
        inner.addLayout(self._again)
        inner.addStretch()
        self.body.addWidget(self._empty, 1)

    # What the window asks for

    def look_from(self, course: str) -> None:
        """Come from a course, '' for none: what it has is shown first."""
        self._near = course

    def show_now(self) -> None:
        """Look again: something may have come or have been noted since."""
        self._lookup.update_index()
        self._ask()

    def take_focus(self) -> None:
        """Begin at the words, ready to be typed over."""
        self.field.setFocus()
        self.field.selectAll()

    @property
    def answer(self) -> Answer:
        """What is shown."""
        return self._answer

    # What is asked

    def _typed(self) -> None:
        self._opens_first = False
        self._soon.start()

    def _ask(self) -> None:
        """Ask for what is typed now; without a word, only which courses there are."""
        self._soon.stop()
        kinds = (str(self.what.currentData()),) if self.what.currentData() else ()
        within = str(self.where.currentData() or "")
        self._lookup.ask(Asked(self.field.text(), self._near, within, kinds))

    def _take(self, asked: Asked, answer: Answer) -> None:
        if asked.typed == self.field.text():
            self._answer = answer
            self._fill_where()
            self._show()
            if self._opens_first:
                self._open_first()

    def hideEvent(self, event: QHideEvent) -> None:
        """Whoever goes on meanwhile is not pulled along."""
        self._opens_first = False
        super().hideEvent(event)

    def _fail(self, asked: Asked, problem: PlayerError) -> None:
        self._opens_first = False
        if asked.typed == self.field.text():
            self._answer = Answer(asked.typed)
            self._show()
            self._words.setText(say(problem))
            self._hint.clear()

    def _read(self, left: int) -> None:
        """More was read: what is found may be more too."""
        if not left and self._answer.unread and self.isVisible():
            self._ask()

    def _fill_where(self) -> None:
        names = [self.where.itemData(at) for at in range(1, self.where.count())]
        if names == [name for name, _ in self._answer.courses]:
            return
        chosen = self.where.currentData()
        self.where.blockSignals(True)
        while self.where.count() > 1:
            self.where.removeItem(1)
        for name, title in self._answer.courses:
            self.where.addItem(title, name)
        self.where.setCurrentIndex(max(0, self.where.findData(chosen)))
        self.where.blockSignals(False)

    # What is shown

    def _show(self) -> None:
        query = understand(self._answer.typed)
        named = self._named(query)
        chosen = self.list.currentIndex().data(Role.ROW)
        before = self._model.count
        self._model.show(list(rows_of(self._answer, named)))
        count = self._model.count
        place = self._model.place_of(chosen.what if chosen and before else None)
        self.list.setCurrentIndex(self._model.index(place))
        if place <= 1:
            self.list.scrollToTop()
        self.list.setVisible(bool(count))
        self._empty.setVisible(not count)
        self._say(query, count)
        if not count:
            self._say_nothing(query)

    def _named(self, query: Query) -> list[tuple[Way, Marks]]:
        """The pages of the window with that name, or about that."""
        if not query or self.what.currentData() or self.where.currentData():
            return []
        return [
            (way, tuple(merged((mark.start, mark.end) for mark in query.marks(way.title))))
            for way in self._ways
            if query.stands_in(f" {tokens(f'{way.title} {way.words}')} ")
        ]

    def _say(self, query: Query, count: int) -> None:
        parts = [translate("Search", "%n found", "", count)] if query else []
        if self._answer.is_more and count:
            parts = [translate("Search", "The first %n: add a word to find less", "", count)]
        if query and self._answer.unread:
            unread = self._answer.unread
            parts.append(translate("Search", "%n file(s) still being read", "", unread))
        text = " · ".join(parts)
        self._count.setText(text)
        if text and text != self._said and self.isVisible():
            QAccessible.updateAccessibility(QAccessibleAnnouncementEvent(self.field, text))
        self._said = text

    def _say_nothing(self, query: Query) -> None:
        """Nothing to show: what may be typed, or what may be wrong."""
        narrowed = bool(self.what.currentData() or self.where.currentData())
        self._wider.setVisible(bool(query) and narrowed)
        self._offer_recent(() if query else self._recent)
        words = " ".join(self._answer.typed.split())
        if not words:
            text = translate("Search", "What are you looking for?")
            hint = translate(
                "Search",
                "Titles, pages, what is said in videos, slides, questions, your notes: a few"
                " letters are enough, with or without accents.",
            )
        else:
            text = translate("Search", "Nothing was found for “{words}”.").format(words=words)
            hint = translate(
                "Search",
                "Try fewer words, or only how one begins. What is said in a video can be found once"
                " it is on this computer.",
            )
        self._words.setText(text)
        self._hint.setText(hint)

    def _offer_recent(self, recent: Sequence[str]) -> None:
        while (item := self._again.takeAt(0)) is not None:
            if widget := item.widget():
                widget.deleteLater()
        for typed in recent:
            name = typed.replace("&", "&&")
            one = button(name, partial(self.look_for, typed), role="quiet", sign="clock")
            one.setAccessibleName(translate("Search", "Look again for {words}").format(words=typed))
            self._again.addWidget(one, 0, Qt.AlignmentFlag.AlignHCenter)

    def look_for(self, words: str) -> None:
        """Look for words as if they were typed."""
        self.field.setText(words)
        self.field.setFocus()
        self._ask()

    def _widen(self) -> None:
        for one in (self.where, self.what):
            one.blockSignals(True)
            one.setCurrentIndex(0)
            one.blockSignals(False)
        self._ask()
        self.field.setFocus()

    # What is chosen

    def _choose(self, chosen: Row | None) -> None:
        if chosen is None or chosen.what is None:
            return
        typed = " ".join(self.field.text().split())
        self._recent = [typed, *(one for one in self._recent if one != typed)][:RECENT]
        what = chosen.what
        if isinstance(what, Way):
            self.page_wanted.emit(what.page)
        elif isinstance(what, Found) and what.hit.activity:
            self.found.emit(what.hit.course, what.hit.activity, what.spot)
        elif isinstance(what, Found):
            self.course_wanted.emit(what.hit.course, what.hit.section)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if isinstance(event, QKeyEvent) and event.type() == QEvent.Type.KeyPress:
            if watched is self.field:
                return self._field_key(event)
            if watched is self.list:
                return self._list_key(event)
        return super().eventFilter(watched, event)

    def _field_key(self, event: QKeyEvent) -> bool:
        """From the field into the list, and straight to what is found first."""
        if event.key() in (Qt.Key.Key_Down, Qt.Key.Key_PageDown) and self._model.count:
            self.list.setFocus()
            return True
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self._open_first()
            return True
        if event.key() == Qt.Key.Key_Escape:
            self._escape()
            return True
        return False

    def _open_first(self) -> None:
        """Open what is found first; who types faster than that is found waits for it."""
        self._opens_first = self._answer.typed != self.field.text()
        if self._opens_first:
            self._ask()
        elif self._model.count:
            self._choose(self.list.currentIndex().data(Role.ROW))

    def _escape(self) -> None:
        """Take the words away, then go back to where one was."""
        if self.field.text():
            self.field.clear()
        else:
            self.left.emit()

    def _list_key(self, event: QKeyEvent) -> bool:
        """Up from the first row, Escape, and whatever is typed: back to the field."""
        first = self.list.currentIndex().row() == self._model.place_of(None)
        if event.key() == Qt.Key.Key_Escape or (event.key() == Qt.Key.Key_Up and first):
            self.field.setFocus()
            return True
        bare = event.modifiers() in (
            Qt.KeyboardModifier.NoModifier,
            Qt.KeyboardModifier.ShiftModifier,
        )
        typed = bare and event.text().isprintable() and event.text().strip()
        if typed or (bare and event.key() == Qt.Key.Key_Backspace):
            self.field.setFocus()
            self.field.event(event)
            return True
        return False


def _way(page: str, sign: str, title: str) -> Way:
    about = {
        "library": translate("Search", "courses, what is offered, refresh, a file or stick"),
        "downloads": translate("Search", "what is being fetched, pause, order"),
        "work": translate("Search", "answers, marks, sending, sign in, courier"),
        "mail": translate("Search", "announcements, marks, attestations"),
        "revision": translate("Search", "questions that come again"),
        "space": translate("Search", "free space, delete videos, move to another drive"),
        "settings": translate(
            "Search", "preferences, language, colours, size of text, captions, data budget, sharing"
        ),
    }.get(page, "")
    return Way(page, sign, title, about, about)
