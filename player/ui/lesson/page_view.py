# SPDX-License-Identifier: Apache-2.0
"""A page to read, to find words in, and to hear where the system has a voice."""

from __future__ import annotations

from dataclasses import replace

from PySide6.QtCore import QRect, Qt, QTimer
from PySide6.QtGui import (
    QColor,
    QKeyEvent,
    QKeySequence,
    QResizeEvent,
    QShortcut,
    QShowEvent,
    QTextCharFormat,
    QTextCursor,
)
from PySide6.QtWidgets import QSizePolicy, QTextEdit

from player.course.manifest import Page
from player.lesson import reading
from player.lesson.spot import Spot
from player.store import blobs
from player.ui.key_sheet import Row
from player.ui.language import translate
from player.ui.lesson import look, text_keys
from player.ui.lesson.aloud import Sentence, sentences
from player.ui.lesson.context import LessonContext
from player.ui.lesson.find_bar import FindBar, hits
from player.ui.lesson.listening import Listening
from player.ui.lesson.pieces import SignButton
from player.ui.lesson.rich_text import RichText
from player.ui.style import colours

_EDGE = 24  # pixels kept free beside the column
_MARKED = 500  # places found that are marked before and behind the one in sight: a mark takes time


class PageView(RichText):
    """One page in a column of readable width. Seen to its end, it counts as read.

    Signals: see `RichText`; the view follows both itself.

    Raises (when made):
        NotHere, Damaged: the page's text is not on this PC.
    """

    def __init__(self, context: LessonContext, page: Page) -> None:
        self._read_through = False
        self._hits: list[tuple[int, int]] = []
        self._hit = 0
        self._heard: Sentence | None = None
        text = blobs.read(context.home, page.blob, page.title).decode("utf-8", errors="replace")
        super().__init__(context, text)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.activity_asked.connect(context.open_activity)
        self.address_asked.connect(context.follow)
        self.verticalScrollBar().valueChanged.connect(self._look_for_the_end)
        self.verticalScrollBar().rangeChanged.connect(self._look_for_the_end)
        self.listening = Listening(self)
        self.listening.heard.connect(self._show_heard)
        self.bar = FindBar(self)
        self.bar.typed.connect(self._find)
        self.bar.stepped.connect(self._step)
        self.bar.closed.connect(self._end_finding)
        self._bind_keys()
        with context.recording():
            reading.opened(context.db, context.where, page, context.now)

    @property
    def spoken(self) -> str:
        """The language it is in (BCP 47)."""
        return self._context.language

    @property
    def column(self) -> int:
        """How wide text and pictures may be, in pixels, be there a scroll bar or not."""
        bar = self.verticalScrollBar()
        beside = 0 if bar.isVisible() else bar.sizeHint().width()
        room = self.viewport().width() - beside
        return max(64, min(look.width(self._settings), room - 2 * _EDGE))

    def tools(self) -> list[SignButton]:
        """Buttons for the line above: to hear the page, where it can be, and to find in it."""
        found = SignButton("search", translate("Find", "Find in this text (Ctrl+F)"))
        found.clicked.connect(self.open_find)
        return [*self.listening.tools(), found]

    def key_rows(self) -> list[Row]:
        """Its keys, as the sheet lists them."""
        return text_keys.of_page(speaks=self.listening.can_be)

    def _render(self) -> None:
        """Show the text again, at the same place."""
        place = self.verticalScrollBar().value()
        super()._render()
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.verticalScrollBar().setValue(place)

    def _lay(self, html: str) -> None:
        super()._lay(html)
        self._centre()

    def show_spot(self, spot: Spot) -> None:
        """Go to the first place where these words stand, and mark them."""
        if found := hits(self.document(), spot.words):
            self._select(*found[0])
        else:
            self.moveCursor(QTextCursor.MoveOperation.Start)

    def open_find(self) -> None:
        """Have words to find asked for."""
        self.bar.open(self.textCursor().selectedText())
        self._make_room()

    def close_lesson(self) -> None:
        """Be silent; what was read is recorded already."""
        self.listening.stop()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._make_room()
        self._centre()

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        QTimer.singleShot(0, self, self._look_for_the_end)

    @property
    def _room(self) -> float:
        return float(self.column)

    def _bind_keys(self) -> None:
        keys = {
            "Ctrl+F": self.open_find,
            "F3": lambda: self._step(1),
            "Shift+F3": lambda: self._step(-1),
        }
        for key, act in keys.items():
            shortcut = QShortcut(QKeySequence(key), self)
            shortcut.setContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
            shortcut.activated.connect(act)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Escape ends what is under way here, and is for others otherwise."""
        if event.key() == Qt.Key.Key_Escape and not self.bar.isHidden():
            self.bar.close_bar()
        elif event.key() == Qt.Key.Key_Escape and self.listening.begun:
            self.listening.stop()
        else:
            super().keyPressEvent(event)

    def to_read(self) -> list[Sentence]:
        """The sentences from what is in sight on."""
        top = self.cursorForPosition(self.viewport().rect().topLeft()).position()
        pieces = sentences(self.document(), top if self.verticalScrollBar().value() else 0)
        return [replace(one, words=self.words_between(one.start, one.end)) for one in pieces]

    def _make_room(self) -> None:
        """The line to find words lies above the text, and covers none of it."""
        high = 0 if self.bar.isHidden() else self.bar.sizeHint().height()
        self.setViewportMargins(0, high, 0, 0)
        inside = self.contentsRect()
        self.bar.setGeometry(QRect(inside.left(), inside.top(), inside.width(), high))

    def _find(self, words: str) -> None:
        self._hits = hits(self.document(), words)
        here = self.textCursor().selectionStart()
        behind = (n for n, (start, _) in enumerate(self._hits) if start >= here)
        self._hit = next(behind, 0)
        self._show_hit()

    def _step(self, by: int) -> None:
        if self._hits:
            self._hit = (self._hit + by) % len(self._hits)
            self._show_hit()

    def _show_hit(self) -> None:
        self.bar.show_count(self._hit, len(self._hits))
        if self._hits:
            self._select(*self._hits[self._hit])
        self._mark()

    def _end_finding(self) -> None:
        self._hits = []
        self._make_room()
        self._mark()
        self.setFocus()

    def _select(self, start: int, end: int) -> None:
        cursor = self.textCursor()
        cursor.setPosition(start)
        cursor.setPosition(end, QTextCursor.MoveMode.KeepAnchor)
        self.setTextCursor(cursor)
        self._bring_into_sight(cursor)

    def _show_heard(self, sentence: Sentence | None) -> None:
        self._heard = sentence
        self._mark()
        if sentence is not None:
            cursor = self.textCursor()
            cursor.setPosition(sentence.end)
            self._bring_into_sight(cursor)

    def _bring_into_sight(self, cursor: QTextCursor) -> None:
        """Scroll, where the cursor stands outside the middle of the window."""
        rect, high = self.cursorRect(cursor), self.viewport().height()
        if rect.top() < 0 or rect.bottom() > high * 0.85:
            bar = self.verticalScrollBar()
            bar.setValue(bar.value() + rect.top() - high // 3)

    def _mark(self) -> None:
        """Show what was found and what is heard."""
        now = colours()
        near = self._hits[max(0, self._hit - _MARKED) : self._hit + _MARKED]
        places = [(start, end, now.warn_soft) for start, end in near]
        if self._heard is not None:
            places.append((self._heard.start, self._heard.end, now.accent_soft))
        marks = []
        for start, end, colour in places:
            mark, form = QTextEdit.ExtraSelection(), QTextCharFormat()
            form.setBackground(QColor(colour))
            cursor = QTextCursor(self.document())
            cursor.setPosition(start)
            cursor.setPosition(end, QTextCursor.MoveMode.KeepAnchor)
            mark.cursor, mark.format = cursor, form
            marks.append(mark)
        self.setExtraSelections(marks)

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
            return  # while it is rendered it is empty for a moment, and its end in sight
        if bar.value() < bar.maximum() - _EDGE:
            return
        self._read_through = True
        with self._context.recording():
            reading.read_through(
                self._context.db, self._context.where, self._context.activity, self._context.now
            )
