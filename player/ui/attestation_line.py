# SPDX-License-Identifier: Apache-2.0
"""A course's attestation on its page: one line from the start, and the way to all of it."""

from __future__ import annotations

from collections.abc import Mapping

from PySide6.QtCore import Signal

from player.app import Services
from player.course.judging import Verdict
from player.course.manifest import Manifest
from player.journal.progress import Done
from player.ui import style
from player.ui.icons import pixmap
from player.ui.language import translate
from player.ui.parts import Strip, button


class AttestationLine(Strip):
    """Says nothing where a course has none.

    Signals:
        wanted: to see all of it.
        activity_wanted: the id of the activity with which to go on.
    """

    wanted = Signal()
    activity_wanted = Signal(str)

    def __init__(self, services: Services) -> None:
        super().__init__()
        self._services = services
        self._next = ""
        self._go = button(
            translate("Attestation", "Go there"), lambda: self.activity_wanted.emit(self._next)
        )
        self.end_with(self._go, button(translate("Attestation", "Attestation"), self.wanted.emit))

    def show_course(self, manifest: Manifest, done: Mapping[str, Done]) -> None:
        """Read how far it is; `done` is what was done in the course."""
        self.words.setText("")
        if manifest.attestation is None:
            return
        from player.ui.attestation_words import brief  # noqa: PLC0415 - most starts do without

        attesting = self._services.attesting
        stands = attesting.standing(manifest, done)
        if stands is None:
            return
        held = attesting.best(manifest.id)
        claimed = attesting.has_claimed(manifest.id)
        self.words.setText(brief(stands, manifest, held, claimed=claimed))
        genuine = held is not None and held.judged.verdict is Verdict.GENUINE
        tint = style.colours().good if genuine else style.colours().accent
        self.sign.setPixmap(pixmap("exam", tint, style.side(20)))
        self._next = "" if held or claimed or stands.met else stands.next
        self._go.setVisible(bool(self._next))
