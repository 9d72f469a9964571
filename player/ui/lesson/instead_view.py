# SPDX-License-Identifier: Apache-2.0
"""In the place of an activity whose files are not here, or are damaged."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from player.errors import Damaged, PlayerError
from player.ui.language import say, translate
from player.ui.parts import button, column, empty_card, row


class InsteadView(QWidget):
    """Says what lacks, and offers to fetch it.

    Signals:
        fetch_wanted: fetch the activity's week.
    """

    fetch_wanted = Signal()

    def __init__(self, error: PlayerError) -> None:
        super().__init__()
        # Here, and not on its way: the bar above offers what helps
        is_damaged = isinstance(error, Damaged)
        said = say(error)
        if is_damaged:
            said = translate(
                "Damage", "This cannot be shown: its file is damaged on this computer."
            )
        frame, _, inner = empty_card("warning" if is_damaged else "download", said)
        fetch = button(
            translate("Lesson", "Download this week"),
            self.fetch_wanted.emit,
            role="primary",
            sign="download",
        )
        inner.addLayout(row(1, fetch, 1))
        fetch.setHidden(is_damaged)  # in its place: else it opens as a window
        inner.addStretch()
        column(self, margin=24).addWidget(frame)
        self.setFocusProxy(fetch)
