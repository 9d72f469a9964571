# SPDX-License-Identifier: Apache-2.0
"""The card of the settings on how the text of courses looks, with a text that shows it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtWidgets import QWidget

from player.app import Services
from player.ui import voices
from player.ui.language import translate
from player.ui.parts import card, label
from player.ui.reading_fields import ReadingFields

if TYPE_CHECKING:
    from player.ui.lesson.rich_text import CleanText


class ReadingCard:
    """Letters and spacing; `frame` is the card. The text in it looks as those of courses will."""

    def __init__(self, services: Services) -> None:
        self._services = services
        self.frame, inner = card()
        inner.addWidget(label(translate("Reading", "Reading"), "heading"))
        self.fields = ReadingFields()
        self.fields.chosen.connect(self._choose)
        inner.addWidget(self.fields)
        self._box, self._inside = card("panel")
        inner.addWidget(self._box)
        self.sample: CleanText | None = None
        self.voices = label(role="caption")
        inner.addWidget(self.voices)

    def show_now(self) -> None:
        """Read the choices, and show a text as it would be."""
        now = self._services.settings
        self.fields.show_settings(now)
        if self.sample is None:
            self.sample = self._make_sample(self._box)
            self._inside.addWidget(self.sample)
            self.voices.setText(voices.described())
        self.sample.redress(now)

    def _make_sample(self, parent: QWidget) -> CleanText:
        # Loaded with the first look at the settings: it brings HTML and pictures along
        from player.ui.lesson.rich_text import CleanText  # noqa: PLC0415

        words = translate(
            "Reading",
            "This is how a page of a course looks. Choose what your eyes like: larger letters, "
            "more room between the lines, or letters made for dyslexic readers.",
        )
        return CleanText(
            self._services.settings, parent.layoutDirection(), f"<p>{words}</p>", parent
        )

    def _choose(self, name: str, value: object) -> None:
        self._services.change(**{name: value})
        if self.sample is not None:
            self.sample.redress(self._services.settings)
