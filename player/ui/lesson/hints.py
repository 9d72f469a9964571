# SPDX-License-Identifier: Apache-2.0
"""Hints, one after the other, for whoever asks."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QWidget

from player.ui.language import translate
from player.ui.lesson.rich_text import RichText
from player.ui.parts import button, column, row
from player.ui.style import GRID


class Hints(QWidget):
    """The hints that were shown, and a button to ask for the next, until there is none left.

    Signals:
        asked: the learner wants one more.
    """

    asked = Signal()

    def __init__(self, hints: Sequence[RichText], shown: int) -> None:
        super().__init__()
        self._hints, self.shown = hints, 0
        self.more = button("", self.asked.emit, role="quiet", sign="info")
        layout = column(self, gap=GRID)
        for one in hints:
            one.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
            layout.addWidget(one)
        layout.addLayout(row(self.more, 1))
        self.show_first(shown)

    def show_first(self, count: int) -> None:
        """Show as many; the latest describes the button, and the last takes its keyboard."""
        self.shown, held = count, self.more.hasFocus()
        for number, one in enumerate(self._hints):
            one.setVisible(number < count)
        if count:
            self.more.setAccessibleDescription(self._hints[count - 1].toPlainText())
        if held and count == len(self._hints):
            self._hints[-1].setFocus(Qt.FocusReason.OtherFocusReason)
        words = translate("QuizView", "Hint {n} of {count}")
        self.more.setText(words.format(n=count + 1, count=len(self._hints)))
        self.more.setVisible(count < len(self._hints))
