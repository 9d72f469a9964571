# SPDX-License-Identifier: Apache-2.0
"""The reader chose other letters: what is on the screen shows them at once."""

from __future__ import annotations

from PySide6.QtWidgets import QWidget

from player.settings import Settings
from player.ui.lesson import look
from player.ui.lesson.pieces import Column
from player.ui.lesson.rich_text import CleanText
from player.ui.lesson.transcript import Transcript


def redress(view: QWidget, settings: Settings) -> None:
    """Show every text of a view as the settings say."""
    frame(view, settings)
    for text in [view, *view.findChildren(CleanText)]:
        if isinstance(text, CleanText):
            text.redress(settings)


def frame(view: QWidget, settings: Settings) -> None:
    """Show columns and transcripts as the settings say; other texts are made so."""
    for place in [view, *view.findChildren(Column)]:
        if isinstance(place, Column):
            place.set_width(look.width(settings))
    for transcript in view.findChildren(Transcript):
        transcript.setFont(look.font(view.font(), settings))
