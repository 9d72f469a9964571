# SPDX-License-Identifier: Apache-2.0
"""What a view shows, read aloud for whoever wants to hear it, where the system has a voice.

Where it has none for the language, there is no control, and the keys do nothing.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Protocol, cast

from PySide6.QtCore import QLocale, QObject, Qt, Signal
from PySide6.QtGui import QColor, QKeySequence, QShortcut, QTextCharFormat, QTextCursor
from PySide6.QtWidgets import QLabel, QTextEdit, QWidget

from player.ui import voices
from player.ui.key_sheet import Row
from player.ui.language import translate
from player.ui.lesson import text_keys
from player.ui.lesson.aloud import Aloud, Sentence, sentences
from player.ui.lesson.context import LessonContext
from player.ui.lesson.menu_rows import Menu
from player.ui.lesson.order_field import OrderList
from player.ui.lesson.pieces import Column, Pages, SignButton
from player.ui.lesson.rich_text import CleanText
from player.ui.style import colours


class Heard(Protocol):
    """A view of which something is read."""

    @property
    def spoken(self) -> str:
        """The language it is in (BCP 47)."""

    def to_read(self) -> list[Sentence]:
        """What there is to read now."""


class Listening(QObject):
    """The button, the key and the voice of one view, its parent, which is `Heard`.

    Nothing else here refers to the view, so that it goes as soon as nobody has it any more.

    Signals:
        heard: the `Sentence` that is being read, None when nothing is any more.
    """

    heard = Signal(object)

    def __init__(self, view: QWidget) -> None:
        super().__init__(view)
        self._aloud: Aloud | None = None
        self._button: SignButton | None = None
        key = QShortcut(QKeySequence("Ctrl+Shift+U"), view)
        key.setContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
        key.activated.connect(self.turn)

    @property
    def can_be(self) -> bool:
        """Whether something here speaks the language."""
        return voices.speaks(self._view.spoken)

    @property
    def begun(self) -> bool:
        """Whether there is something to stop."""
        return self._aloud is not None and self._aloud.begun

    @property
    def aloud(self) -> Aloud | None:
        """What reads, made when it is first asked for; None without a voice."""
        language = self._view.spoken
        if self._aloud is not None and not self._aloud.speaks(language):
            self.stop()
            self._aloud = None
        if self._aloud is None and self.can_be:
            speech = voices.voice(language, self)
            if speech is not None:
                self._aloud = Aloud(speech, self)
                self._aloud.sentence_changed.connect(self.heard)
                self._aloud.playing_changed.connect(self._show_playing)
        return self._aloud

    def button(self) -> SignButton:
        """A button that does what the key does."""
        self._button = SignButton("listen", "", self.turn)
        self._show_playing(False)
        return self._button

    def tools(self) -> list[SignButton]:
        """The button, for the line above an activity; none without a voice."""
        return [self.button()] if self.can_be else []

    def turn(self) -> None:
        """Read aloud, rest, or go on."""
        aloud = self.aloud
        if aloud is None:
            return
        if aloud.playing:
            aloud.pause()
        elif aloud.begun:
            aloud.go_on()
        else:
            aloud.read(self._pieces())

    def stop(self) -> None:
        """Be silent."""
        if self._aloud is not None:
            self._aloud.stop()

    @property
    def _view(self) -> Heard:
        return cast("Heard", self.parent())

    def _pieces(self) -> list[Sentence]:
        return self._view.to_read()

    def _show_playing(self, playing: bool) -> None:
        if self._button is not None:
            read = translate("Reading", "Read aloud (Ctrl+Shift+U)")
            rest = translate("Reading", "Pause reading aloud (Ctrl+Shift+U)")
            self._button.show_sign(*(("pause", rest) if playing else ("listen", read)))


class Hearing(Listening):
    """Reads what was not heard yet, and all again once all was.

    So after an answer its verdict is heard, and not the question once more.
    """

    def __init__(self, view: QWidget) -> None:
        super().__init__(view)
        self._was_heard: set[Sentence] = set()
        self._lit: CleanText | None = None
        self.heard.connect(self._show_heard)
        self._silence = QShortcut(QKeySequence("Escape"), view)
        self._silence.setContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
        self._silence.activated.connect(self.stop)
        self._silence.setEnabled(False)  # until there is something to stop

    def begin_anew(self) -> None:
        """Be silent: something else is about to be shown."""
        self.stop()
        self._was_heard.clear()

    def _pieces(self) -> list[Sentence]:
        found = super()._pieces()
        return [one for one in found if one not in self._was_heard] or found

    def _show_heard(self, sentence: Sentence | None) -> None:
        self._silence.setEnabled(sentence is not None)
        if self._lit is not None:
            self._lit.setExtraSelections([])
            self._lit = None
        if sentence is None or sentence.where is None:
            return
        self._was_heard.add(sentence)
        where, place = sentence.where, sentence.where.rect().center()
        if isinstance(where, CleanText):
            self._lit, cursor = where, _cursor(where, sentence)
            where.setExtraSelections([_mark(cursor)])
            place = where.cursorRect(cursor).center()
        if column := _column_of(where):
            column.reveal(where, place)


class HeardPages(Pages):
    """Pages that can be heard."""

    def __init__(self, context: LessonContext) -> None:
        super().__init__()
        self.spoken = context.language
        self.listening = Hearing(self)

    @property
    def to_hear(self) -> QWidget:
        """What is read of the page in front."""
        return self.page

    def to_read(self) -> list[Sentence]:
        """All of it, sentence by sentence."""
        return list(said(self.to_hear, self.spoken))

    def tools(self) -> list[SignButton]:
        """The button for the line above; none without a voice."""
        return self.listening.tools()

    def key_rows(self) -> list[Row]:
        """Its keys, as the sheet lists them."""
        return text_keys.of_questions(speaks=self.listening.can_be)

    def close_lesson(self) -> None:
        """Be silent."""
        self.listening.stop()

    def show_page(self, page: QWidget, *, keep: QWidget | None = None) -> None:
        self.listening.begin_anew()
        super().show_page(page, keep=keep)


def said(shown: QWidget, language: str) -> Iterator[Sentence]:
    """What can be read of a widget, sentence by sentence, in the order in which it was made.

    Texts of the course are in `language`, words of ours in the window's.
    """
    menus: set[tuple[str, ...]] = set()
    for one in shown.findChildren(QWidget):
        if not one.isVisibleTo(shown):
            continue
        parts = list(_parts(one, language))
        if isinstance(one, Menu):  # each row of a match has the same
            entries = tuple(part.words for part in parts)
            parts = [] if entries in menus else parts
            menus.add(entries)
        yield from parts


def _parts(shown: QWidget, language: str) -> Iterator[Sentence]:
    """What a widget says itself, whatever it has inside."""
    match shown:
        case CleanText():
            for one in sentences(shown.document()):
                words = shown.words_between(one.start, one.end).strip()
                yield Sentence(one.start, one.end, words, language, shown)
        case QLabel() if shown.text().strip():
            yield Sentence(0, 0, shown.text(), QLocale().name(), shown)
        case OrderList():
            for number in range(shown.count()):
                yield Sentence(number, number, shown.item(number).text(), language, shown)
        case Menu():
            for number in range(1, shown.count()):  # the first says that none is chosen
                yield Sentence(number, number, shown.itemText(number), language, shown)


def _cursor(text: CleanText, sentence: Sentence) -> QTextCursor:
    cursor = QTextCursor(text.document())
    cursor.setPosition(sentence.start)
    cursor.setPosition(sentence.end, QTextCursor.MoveMode.KeepAnchor)
    return cursor


def _mark(cursor: QTextCursor) -> QTextEdit.ExtraSelection:
    """A line beneath, too: what is chosen has the same ground."""
    now = colours()
    mark, form = QTextEdit.ExtraSelection(), QTextCharFormat()
    form.setBackground(QColor(now.accent_soft))
    form.setUnderlineStyle(QTextCharFormat.UnderlineStyle.SingleUnderline)
    form.setUnderlineColor(QColor(now.accent))
    mark.cursor, mark.format = cursor, form
    return mark


def _column_of(widget: QWidget) -> Column | None:
    while (above := widget.parentWidget()) is not None:
        if isinstance(above, Column):
            return above
        widget = above
    return None
