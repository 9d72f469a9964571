# SPDX-License-Identifier: Apache-2.0
"""Hints, one after the other, for whoever asks."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtWidgets import QWidget

from player.ui.language import translate
from player.ui.lesson.rich_text import RichText
from player.ui.parts import button, column, row
from player.ui.style import GRID


class Hints(QWidget):
    """A button that shows the next hint, until there is none left."""

    def __init__(self, hints: Sequence[RichText]) -> None:
        super().__init__()
        self._hints = hints
        self.more = button("", self._show_next, role="quiet", sign="info")
        layout = column(self, gap=GRID)
        for one in hints:
            one.hide()
            layout.addWidget(one)
        layout.addLayout(row(self.more, 1))
        self._name()

    @property
    def shown(self) -> int:
        """How many are shown."""
        return sum(not one.isHidden() for one in self._hints)

    def _show_next(self) -> None:
        self._hints[self.shown].show()
        self._name()

    def _name(self) -> None:
        words = translate("QuizView", "Hint {n} of {count}")
        self.more.setText(words.format(n=self.shown + 1, count=len(self._hints)))
        self.more.setVisible(self.shown < len(self._hints))
