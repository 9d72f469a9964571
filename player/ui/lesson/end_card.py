# SPDX-License-Identifier: Apache-2.0
"""What stands over the last picture of a video: where it goes on. Nothing goes on by itself."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QFrame, QSizePolicy

from player.ui.language import translate
from player.ui.parts import button, column, label, row
from player.ui.style import GRID, side

_WIDE = 420  # pixels: a card, not a page


class EndCard(QFrame):
    """The next activity, and the same once more.

    Signals:
        went_on: to the next activity.
        again: the video from its start.
    """

    went_on = Signal()
    again = Signal()

    def __init__(self) -> None:
        super().__init__()
        self.setProperty("role", "card")
        self.setMaximumWidth(side(_WIDE))
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Maximum)
        self._said, self._title = label(role="muted"), label(role="strong")
        self.on = button(
            translate("VideoView", "Continue"),
            self.went_on.emit,
            role="primary",
            sign="arrow-right",
        )
        self.replay = button(
            translate("VideoView", "Watch again"), self.again.emit, role="quiet", sign="refresh"
        )
        body = column(self, margin=2 * GRID, gap=GRID)
        body.addWidget(self._said)
        body.addWidget(self._title)
        body.addLayout(row(self.on, self.replay, 1))
        self.hide()

    def offer(self, following: str, *, cut_short: bool = False) -> None:
        """Offer the activity of that title, '' at the end of the course.

        Where the film was `cut_short`, say so first: its file ends before it does.
        """
        words = translate("VideoView", "Next (Enter):")
        if not following:
            words = translate("VideoView", "That was the last activity of this course.")
        if cut_short:
            damaged = translate("VideoView", "The file of this video stops here, before the end.")
            words = f"{damaged}\n{words}"
        self._said.setText(words)
        self._title.setText(following)
        self._title.setVisible(bool(following))
        self.on.setVisible(bool(following))
        self.on.setAccessibleDescription(following)
        self.show()

    def take_focus(self) -> None:
        """Give the keyboard to what is most wanted."""
        entry = self.on if self.on.isVisible() else self.replay
        entry.setFocus(Qt.FocusReason.OtherFocusReason)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        event.ignore()  # the view's keys
