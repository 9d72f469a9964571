# SPDX-License-Identifier: Apache-2.0
"""In the place of an activity that cannot be shown: a sentence, and everything else goes on."""

from __future__ import annotations

from PySide6.QtWidgets import QWidget

from player.errors import PlayerError, Unsupported
from player.ui.language import say
from player.ui.lesson.look import COLUMN
from player.ui.lesson.pieces import Column, Notice
from player.ui.parts import column


class SentenceView(QWidget):
    """Says why the activity is not shown."""

    def __init__(self, error: PlayerError) -> None:
        super().__init__()
        self.notice = Notice(say(error), "info" if isinstance(error, Unsupported) else "warning")
        place = Column(COLUMN)
        place.body.addWidget(self.notice)
        place.body.addStretch(1)
        column(self).addWidget(place)

    def close_lesson(self) -> None:
        """Nothing is open."""
