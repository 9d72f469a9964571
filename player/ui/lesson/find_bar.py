# SPDX-License-Identifier: Apache-2.0
"""A line to find words in a text: in a page, or in a PDF."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent, QTextDocument
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLineEdit, QWidget

from player.search.folding import Folded, fold_words
from player.ui.language import translate, units
from player.ui.lesson.pieces import SignButton
from player.ui.parts import label
from player.ui.style import GRID


class FindBar(QFrame):
    """Words to find, how many times they are there, and the way from one to the next.

    Hidden until `open` is called. Enter goes on, Shift+Enter back, Escape closes.

    Signals:
        typed: other words to find; '' for none.
        stepped: 1 to go on, -1 to go back.
        closed: nothing is to be found any more.
    """

    typed = Signal(str)
    stepped = Signal(int)
    closed = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setProperty("role", "bar")
        self.setAutoFillBackground(True)
        self.words = QLineEdit()
        self.words.setClearButtonEnabled(True)
        self.words.setPlaceholderText(translate("Find", "Find in this text"))
        self.words.setAccessibleName(translate("Find", "Find in this text"))
        self.words.textChanged.connect(self.typed)
        self._count = label(role="muted", wrap=False)
        back = SignButton("chevron-up", translate("Find", "The one before"))
        on = SignButton("chevron-down", translate("Find", "The next one"))
        shut = SignButton("cross", translate("Find", "Close"))
        back.clicked.connect(lambda: self.stepped.emit(-1))
        on.clicked.connect(lambda: self.stepped.emit(1))
        shut.clicked.connect(self.close_bar)
        row = QHBoxLayout(self)
        row.setContentsMargins(GRID, GRID // 2, GRID, GRID // 2)
        row.setSpacing(GRID // 2)
        row.addWidget(self.words, 1)
        for widget in (self._count, back, on, shut):
            row.addWidget(widget)
        self.hide()

    def open(self, words: str = "") -> None:
        """Show it, with the keyboard in it; words that are marked in the text are a start."""
        if words:
            self.words.setText(words)
        self.show()
        self.words.setFocus(Qt.FocusReason.ShortcutFocusReason)
        self.words.selectAll()

    def close_bar(self) -> None:
        """Hide it; nothing is marked any more."""
        self.hide()
        self.closed.emit()

    def show_count(self, at: int, count: int) -> None:
        """Say which of how many is in sight, `at` from 0."""
        if not self.words.text():
            said = ""
        elif count == 0:
            said = translate("Find", "not found")
        else:
            said = translate("Find", "{n} of {count}").format(n=at + 1, count=count)
        self._count.setText(said)
        self.words.setAccessibleDescription(said)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            back = event.modifiers() & Qt.KeyboardModifier.ShiftModifier
            self.stepped.emit(-1 if back else 1)
        elif event.key() == Qt.Key.Key_Escape:
            self.close_bar()
        else:
            super().keyPressEvent(event)


def hits(document: QTextDocument, words: str) -> list[tuple[int, int]]:
    """Where words stand in a document, from and to; accents, vowel signs and case do not matter."""
    wanted = fold_words(words)
    found: list[tuple[int, int]] = []
    block = document.begin()
    while wanted and block.isValid():
        text = block.text()
        for start, length in Folded(text).found(wanted):
            first = block.position() + units(text[:start])
            found.append((first, first + units(text[start : start + length])))
        block = block.next()
    return found
