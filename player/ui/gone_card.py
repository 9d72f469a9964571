# SPDX-License-Identifier: Apache-2.0
"""What stands where the drive with the courses is not plugged in: that all is safe, what to do."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QFrame, QWidget

from player.errors import DriveGone
from player.ui.flow import Flow
from player.ui.language import say, translate
from player.ui.parts import button, column, label
from player.ui.style import GRID


class GoneCard(QFrame):
    """Hidden while the drive is there. Signals: `looked`: somebody wants it looked for; `left`: it
    is lost, and they want to begin anew; they were asked twice.
    """

    looked = Signal()
    left = Signal()

    def __init__(self) -> None:
        super().__init__()
        self.setProperty("role", "warn")
        inner = column(self, margin=2 * GRID)
        self._words = label()
        inner.addWidget(label(translate("Space", "The drive is not plugged in"), "strong"))
        inner.addWidget(self._words)
        text = translate(
            "Space", "It is found again under any letter, and this message goes by itself."
        )
        inner.addWidget(label(text))
        self.again = button(translate("Space", "Look for it now"), self.looked.emit, sign="refresh")
        self._lost = button(translate("Space", "It is lost…"), self._ask, role="quiet")
        inner.addLayout(Flow(self.again, self._lost))
        self._question = QWidget()
        asked = column(self._question)
        text = translate(
            "Space",
            "Its files are given up, and courses begin anew on this computer. Your answers and "
            "your progress stay; nothing is downloaded again before you say so.",
        )
        asked.addWidget(label(text))
        self._no = button(translate("Space", "Wait for the drive"), self._wait)
        yes = button(translate("Space", "Begin anew"), self.left.emit)
        asked.addLayout(Flow(self._no, yes))
        inner.addWidget(self._question)
        self._question.hide()
        self.hide()

    def _ask(self) -> None:
        self._question.show()
        self._no.setFocus()

    def _wait(self) -> None:
        self._question.hide()
        self._lost.setFocus()

    def show_problem(self, problem: DriveGone | None) -> None:
        """Show what is missing, or hide."""
        if problem is not None:
            self._words.setText(say(problem))
            self.setAccessibleName(say(problem))
        else:
            self._question.hide()
        self.setVisible(problem is not None)
