# SPDX-License-Identifier: Apache-2.0
"""What can be had of an attestation: the provisional one of this PC, or the platform's."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING
from urllib.parse import urlencode

import msgspec
from PySide6.QtCore import QLocale, Signal
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QFileDialog, QFormLayout, QFrame, QLineEdit, QPushButton

from player.app import Services
from player.app.attesting import Held
from player.course.attestation import Standing
from player.course.judging import Judged, Verdict
from player.course.languages import names_attestation
from player.course.manifest import Manifest
from player.errors import PlayerError
from player.store.saving import write
from player.ui.flow import Flow
from player.ui.forms import ask
from player.ui.language import translate
from player.ui.parts import button, column, label
from player.ui.style import GRID
from player.ui.verify_card import VerdictView

if TYPE_CHECKING:
    from player.ui.attestation_paper import Sheet

LINKEDIN = "https://www.linkedin.com/profile/add?"
_PRINTED = {Verdict.GENUINE, Verdict.EARLY}  # the clock of this PC may be wrong


class AttestationHaving(QFrame):
    """Signals: `told`: a sentence of what was done; `problem`: a PlayerError to say;
    `address_wanted`: an address on the web; `claimed`: the rule was said to be met.
    """

    told = Signal(str)
    problem = Signal(object)
    address_wanted = Signal(str)
    claimed = Signal()

    def __init__(self, services: Services) -> None:
        super().__init__()
        self._services = services
        self._manifest: Manifest | None = None
        self._held: Held | None = None
        self.setProperty("role", "card")
        inner = column(self, margin=2 * GRID)
        self._heading, self._words = label(role="heading"), label()
        self.verdict = VerdictView(services)
        self._name = QLineEdit()
        self._form = QFormLayout()
        self._form.setRowWrapPolicy(QFormLayout.RowWrapPolicy.WrapLongRows)
        ask(self._form, translate("Attestation", "Name to print"), self._name)
        self._why = label(
            translate("Attestation", "It stays on this computer, and on what you save or print."),
            "caption",
        )
        self._buttons = self._make_buttons()
        for part in (self._heading, self._words, self.verdict):
            inner.addWidget(part)
        inner.addLayout(self._form)
        inner.addWidget(self._why)
        inner.addLayout(Flow(*self._buttons))

    def _make_buttons(self) -> list[QPushButton]:
        self._pdf = button(translate("Attestation", "Save as PDF…"), self.save_pdf, sign="saved")
        self._print = button(translate("Attestation", "Print…"), self._ask_and_print)
        text = translate("Attestation", "Save for a portfolio…")
        self._save = button(text, self.save_credential)
        self._copy = button(translate("Attestation", "Copy the text"), self._copy_text, sign="copy")
        self._link = button(
            translate("Attestation", "Add to LinkedIn"), self._add_to_profile, sign="link"
        )
        return [self._pdf, self._print, self._save, self._copy, self._link]

    def show_course(self, manifest: Manifest, stands: Standing) -> None:
        """Read what there is for a course."""
        self._manifest = manifest
        attesting = self._services.attesting
        held = self._held = attesting.best(manifest.id)
        claimed = attesting.has_claimed(manifest.id)
        heading, said = _told(stands, held, claimed=claimed)
        self._heading.setText(heading)
        self._words.setText(said)
        self._words.setVisible(bool(said))
        self.verdict.setVisible(held is not None)
        if held:
            self.verdict.show_verdict(held.judged)
        printed = held.judged.verdict in _PRINTED if held else stands.met or claimed
        for part in (self._pdf, self._print, self._why, self._name):
            part.setVisible(printed)
        self._form.labelForField(self._name).setVisible(printed)
        for part in (self._save, self._copy):
            part.setVisible(held is not None)
        self._link.setVisible(held is not None and held.judged.verdict is Verdict.GENUINE)
        self._show_name(held)

    def take_focus(self) -> bool:
        """Begin where something can be had; returns whether there is."""
        if self._pdf.isHidden():
            return False
        self._pdf.setFocus()
        return True

    def _show_name(self, held: Held | None) -> None:
        """What the credential names is not to be changed."""
        named = held.judged.name if held else ""
        self._name.setReadOnly(bool(named))
        learner = self._services.learner
        kept = self._services.settings.printed_name or (learner.name if learner else "")
        if not self._name.isModified() or named:
            self._name.setText(named or kept)

    def save_pdf(self) -> None:
        """Save the sheet."""
        from player.ui import attestation_paper  # noqa: PLC0415 - few starts need it

        self._write("pdf", lambda: attestation_paper.as_pdf(self._sheet()))

    def save_credential(self) -> None:
        """Save the credential itself, as wallets and portfolios read it."""
        self._write("jwt", self._credential, "*.jwt;;*.json")

    def _credential(self) -> bytes:
        return self._held.text.encode() if self._held else b""

    def _write(self, ending: str, made: Callable[[], bytes], kinds: str = "") -> None:
        title = translate("Work", "Where to save it")
        name, _ = QFileDialog.getSaveFileName(
            self, title, f"attestation.{ending}", kinds or f"*.{ending}"
        )
        if not name:
            return
        try:
            data = made()
            write(Path(name), enveloped(data) if name.lower().endswith(".json") else data)
        except PlayerError as error:
            self.problem.emit(error)
        else:
            self.told.emit(translate("Work", "Saved as {name}.").format(name=Path(name).name))

    def _ask_and_print(self) -> None:
        from player.ui import attestation_paper, work_print  # noqa: PLC0415 - few starts need it

        try:
            work_print.ask_and_print(attestation_paper.document(self._sheet()), self)
        except PlayerError as error:
            self.problem.emit(error)

    def _sheet(self) -> Sheet:
        """What is printed; a claim is made by that. Raises PlayerError where none can be."""
        from player.ui.attestation_paper import Sheet  # noqa: PLC0415 - few starts need it

        manifest, name = self._manifest, " ".join(self._name.text().split())
        if manifest is None:
            raise RuntimeError("there is a button, and no course")
        if not self._held and name != self._services.settings.printed_name:
            self._services.change(printed_name=name)
        attesting = self._services.attesting
        text = self._held.text if self._held else attesting.claim(manifest.id, name)
        judged = attesting.judge(text.encode())
        if not self._held:
            self.claimed.emit()
        spoken = (QLocale().name()[:2], manifest.language[:2])
        return Sheet(
            text, judged, name, manifest.title, judged.issuer, spoken, _translated(manifest, judged)
        )

    def _copy_text(self) -> None:
        QGuiApplication.clipboard().setText(self._credential().decode())
        self.told.emit(translate("Attestation", "Copied: paste it where it is asked for."))

    def _add_to_profile(self) -> None:
        if self._held:
            address = profile_link(self._held.judged)
            QGuiApplication.clipboard().setText(address)
            self.address_wanted.emit(address)


def _translated(manifest: Manifest, judged: Judged) -> str:
    """What the attestation is called where the course is read; '' where the signed text has it."""
    rule = manifest.attestation
    if rule is None or rule.title == judged.title or not names_attestation(manifest):
        return ""
    return rule.title


def _told(stands: Standing, held: Held | None, *, claimed: bool) -> tuple[str, str]:
    """The heading, and what to say beneath it."""
    if held:
        return translate("Attestation", "Your attestation"), ""
    if stands.met or claimed:
        heading = translate("Attestation", "Your provisional attestation")
        said = translate(
            "Attestation",
            "All that the course asks for is done here. Saving or printing it tells the platform, "
            "which confirms it with a message; until then the sheet says that it is provisional.",
        )
        return heading, said
    heading = translate("Attestation", "How you get it")
    said = translate(
        "Attestation",
        "When all of this is done, you get a provisional attestation here at once, and the "
        "platform's own, signed, with a later connection.",
    )
    if stands.waiting:
        said = translate(
            "Attestation",
            "Nothing is left to do here. The platform has to give a mark; it comes with a later "
            "connection.",
        )
    return heading, said


def enveloped(token: bytes) -> bytes:
    """A credential in JSON, as W3C VCDM 2.0 §4.14 has it."""
    whole = {
        "@context": ["https://www.w3.org/ns/credentials/v2"],
        "id": f"data:application/vc+jwt,{token.decode()}",
        "type": "EnvelopedVerifiableCredential",
    }
    return msgspec.json.format(msgspec.json.encode(whole))


def profile_link(judged: Judged) -> str:
    """The address at which LinkedIn adds it to a profile."""
    said = {
        "startTask": "CERTIFICATION_NAME",
        "name": judged.title,
        "organizationName": judged.issuer,
        "issueYear": judged.since[:4],
        "issueMonth": judged.since[5:7].lstrip("0"),
        "certId": judged.id.removeprefix("urn:uuid:"),
    }
    return LINKEDIN + urlencode({key: value for key, value in said.items() if value})
