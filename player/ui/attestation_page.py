# SPDX-License-Identifier: Apache-2.0
"""The attestation of a course: what it asks, what can be had of it, and a look at anybody's."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QFrame, QProgressBar, QWidget

from player.app import Services
from player.course.attestation import Line, Standing
from player.course.manifest import Manifest
from player.ui import attestation_words as words
from player.ui import style
from player.ui.attestation_having import AttestationHaving
from player.ui.icons import pixmap
from player.ui.language import translate
from player.ui.parts import Page, button, card, clear, column, head, label, row, sign_button
from player.ui.verify_card import VerifyCard


class AttestationPage(Page):
    """Without a course, only the look at anybody's.

    Signals:
        closed: back to where it came from.
        activity_wanted: (course id, activity id).
        address_wanted: an address on the web.
        told: a sentence of what was done.
        problem: a PlayerError to say.
        claimed: something is to be sent.
    """

    closed = Signal()
    activity_wanted = Signal(str, str)
    address_wanted = Signal(str)
    told = Signal(str)
    problem = Signal(object)
    claimed = Signal()

    def __init__(self, services: Services, parent: QWidget | None = None) -> None:
        super().__init__(parent=parent)
        self._services = services
        self._manifest: Manifest | None = None
        self._back = sign_button("arrow-left", translate("Course", "Back"), self.closed.emit)
        self._back.setShortcut("Alt+Left")
        self._title = label(role="title")
        top = row()
        top.addWidget(self._back, 0, Qt.AlignmentFlag.AlignTop)
        top.addLayout(head(self._title), 1)
        self.body.addLayout(top)
        self._asked, inner = card()
        self._heading, self._text = label(role="heading"), label()
        self._lines = column(gap=10)
        self._note = label(role="caption")
        inner.addWidget(self._heading)
        inner.addWidget(self._text)
        inner.addLayout(self._lines)
        inner.addWidget(self._note)
        self.having = AttestationHaving(services)
        self.verify = VerifyCard(services)
        for each in (self._asked, self.having, self.verify):
            self.body.addWidget(each)
        self.body.addStretch(1)
        self.having.told.connect(self.told)
        self.having.address_wanted.connect(self.address_wanted)
        self.having.claimed.connect(self._claimed)
        self.having.problem.connect(self.problem)
        self.verify.problem.connect(self.problem)

    @property
    def course(self) -> str:
        """The course whose attestation is shown, '' for none."""
        return self._manifest.id if self._manifest else ""

    def show_course(self, manifest: Manifest | None) -> None:
        """Show the attestation of a course, or none."""
        self._manifest = manifest
        self.show_now()

    def show_now(self) -> None:
        """Read how far it is."""
        manifest = self._manifest
        stands = self._services.attesting.standing(manifest) if manifest else None
        self._title.setText(manifest.title if manifest else translate("Attestation", "Attestation"))
        self._asked.setVisible(stands is not None)
        self.having.setVisible(stands is not None)
        if manifest and stands:
            self._show_lines(manifest, stands)
            self.having.show_course(manifest, stands)

    def take_focus(self) -> None:
        """Begin at what can be had, else at the way back."""
        if self._manifest is None:
            self.verify.take_focus()
        elif not self.having.take_focus():
            self._back.setFocus()

    def _show_lines(self, manifest: Manifest, stands: Standing) -> None:
        self._heading.setText(stands.rule.title)
        self._text.setText(stands.rule.text)
        self._text.setVisible(bool(stands.rule.text))
        clear(self._lines)
        for line in stands.lines:
            self._lines.addWidget(self._row(line, manifest))
        self._note.setVisible(bool(stands.left_out))
        self._note.setText(
            translate(
                "Attestation",
                "Some of it this version of Cartable cannot show; it holds nobody up here, and "
                "the platform looks at it.",
            )
        )

    def _row(self, line: Line, manifest: Manifest) -> QWidget:
        made = QFrame()
        inner = row(gap=12)
        made.setLayout(inner)
        now = style.colours()
        shown = ("check-circle", now.good) if line.met else ("circle", now.muted)
        shown = ("clock", now.warn) if line.waiting and not line.met else shown
        sign = label(wrap=False)
        sign.setPixmap(pixmap(*shown, style.side(20)))
        said = label(words.condition(line, manifest))
        state = translate("Attestation", "done") if line.met else ""
        said.setAccessibleName(", ".join(filter(None, (said.text(), state))))
        bar = QProgressBar()
        bar.setTextVisible(False)
        bar.setMaximum(1000)
        bar.setValue(min(1000, round(1000 * line.have / line.need)) if line.need else 1000)
        bar.setAccessibleName(said.text())
        middle = column(gap=4)
        middle.addWidget(said)
        middle.addWidget(bar)
        inner.addWidget(sign, 0, Qt.AlignmentFlag.AlignTop)
        inner.addLayout(middle, 1)
        if line.next and not line.met and not line.waiting:
            go = button(translate("Attestation", "Go there"), lambda: self._go(line.next))
            go.setAccessibleName(f"{go.text()}: {said.text()}")
            inner.addWidget(go, 0, Qt.AlignmentFlag.AlignVCenter)
        return made

    def _go(self, activity: str) -> None:
        self.activity_wanted.emit(self.course, activity)

    def _claimed(self) -> None:
        self.show_now()
        self.claimed.emit()
