# SPDX-License-Identifier: Apache-2.0
"""A line that says what was just deleted, and gives it back."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import Signal

from player.ui.language import translate
from player.ui.parts import Strip, button


class Undo(Strip):
    """Hidden while there is nothing to take back.

    Signals:
        wanted: take it back; what gives it back.
    """

    wanted = Signal(object)

    def __init__(self) -> None:
        super().__init__()
        self._back: Callable[[], object] | None = None
        self.button = button(translate("Notes", "Undo"), self._take_back, role="quiet")
        self.end_with(self.button)

    def offer(self, sentence: str, back: Callable[[], object]) -> None:
        """Say what was done, and offer to take it back by `back`; the keyboard goes there."""
        self._back = back
        self.words.setText(sentence)
        self.button.setAccessibleDescription(sentence)
        self.show()
        self.button.setFocus()

    def _take_back(self) -> None:
        back, self._back = self._back, None
        self.hide()
        if back:
            self.wanted.emit(back)
