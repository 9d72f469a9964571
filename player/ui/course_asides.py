# SPDX-License-Identifier: Apache-2.0
"""What a course says beside its next step: of several lines the one that is needed now.

The others are behind a button of the page's head, or the list of weeks would begin below the fold.
"""

from __future__ import annotations

from PySide6.QtWidgets import QWidget

from player.ui.attestation_line import AttestationLine
from player.ui.course_path import CourseAsks
from player.ui.language import translate
from player.ui.parts import column, fold


class CourseAsides(QWidget):
    """The lines of `asks` and of the attestation, and `rest`, the button that shows all of them."""

    def __init__(self, asks: CourseAsks, attestation: AttestationLine) -> None:
        super().__init__()
        self._asks, self._attestation = asks, attestation
        self.rest = fold("", lambda _: self.arrange())
        asks.unfolded.connect(self.arrange)
        body = column(self)
        body.addWidget(asks)
        body.addWidget(attestation)

    def arrange(self) -> None:
        """Show what is needed now, the rest where it was asked for, and say what that is."""
        asks = self._asks
        path = (asks.path, translate("Course", "Path"))
        lines = [
            (asks.survey, translate("Course", "Questionnaire")),
            (self._attestation, translate("Attestation", "Attestation")),
        ]
        is_needed = asks.choice is not None or not asks.is_followed
        lines.insert(0 if is_needed else len(lines), path)
        spoken = [one for one in lines if one[0].says]
        behind = [line for line, _ in spoken[1:]]
        shown = [line for line, _ in spoken if self.rest.isChecked() or line not in behind]
        focused = self.window().focusWidget()
        if focused and any(one.isAncestorOf(focused) for one in behind if one not in shown):
            self.rest.setFocus()  # before the line goes, and the keyboard with it
        for line, _ in lines:
            line.setVisible(line in shown)
        asks.setVisible(shown not in ([], [self._attestation]))
        self.rest.setText(" · ".join(name for _, name in spoken[1:]))
        self.rest.setVisible(len(spoken) > 1)
        self.setVisible(bool(spoken))
