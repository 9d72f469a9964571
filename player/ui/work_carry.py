# SPDX-License-Identifier: Apache-2.0
"""Work on a stick: what came back on it and what it would carry, before anything is written."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QComboBox, QFileDialog, QFrame, QLineEdit, QVBoxLayout, QWidget

from player.app import Services
from player.app.courier import Returned, Taken
from player.errors import PlayerError
from player.journal.mail import Collected
from player.sync.bundle import ENDING
from player.ui.carrier import Carrier, Prepared
from player.ui.flow import Flow
from player.ui.language import say, size, translate
from player.ui.parts import button, calm, column, label, row

LEAST = 8  # letters of a passphrase: whoever finds the stick has all the time in the world


class _Panel(QFrame):
    """A box in the page that asks one thing, and goes."""

    def __init__(self, carrier: Carrier, title: str) -> None:
        super().__init__()
        self.setProperty("role", "card")
        self._carrier = carrier
        self._inner = column(self, margin=14, gap=10)
        self._inner.addWidget(label(title, "heading"))
        self.setAccessibleName(title)
        self.hide()

    def _make_secret(self, name: str) -> QLineEdit:
        field = QLineEdit(maxLength=200)
        field.setEchoMode(QLineEdit.EchoMode.Password)
        field.setAccessibleName(name)
        field.setPlaceholderText(name)
        field.textChanged.connect(self._judge)
        return field

    def _judge(self) -> None:
        raise NotImplementedError

    def leave(self) -> None:
        """Ask no longer."""
        self.hide()


class CarryPanel(_Panel):
    """Carries work on a stick; reads first what came back on it.

    Signals:
        told: a sentence of what was done.
        problem: a PlayerError to say.
        changed: the ledger is another one.
    """

    told = Signal(str)
    problem = Signal(object)
    changed = Signal()

    def __init__(self, services: Services, carrier: Carrier) -> None:
        super().__init__(carrier, translate("Work", "Carry my work on a stick"))
        self._services = services
        self._found: Prepared | None = None
        self._back = label()
        self._what = label()
        self._inner.addWidget(self._back)
        self._inner.addWidget(self._what)
        self._make_goal()
        self._write = button(
            translate("Work", "Write onto the stick"), self._go, role="primary", sign="bag"
        )
        leave = button(translate("Work", "Not now"), self.leave)
        self._inner.addLayout(Flow(self._write, leave))
        carrier.prepared.connect(self._prepared)
        carrier.carried.connect(self._carried)

    def _make_goal(self) -> None:
        self._goal = calm(QComboBox())
        self._goal.addItem(translate("Work", "For my platform"), "platform")
        self._goal.addItem(translate("Work", "For another computer of mine"), "computer")
        self._goal.setAccessibleName(translate("Work", "For whom"))
        self._goal.currentIndexChanged.connect(self._judge)
        self._inner.addLayout(row(self._goal, 1))
        self._secrets = QWidget()
        inner = QVBoxLayout(self._secrets)
        inner.setContentsMargins(0, 0, 0, 0)
        self._secret = self._make_secret(translate("Work", "A passphrase, 8 letters or more"))
        self._again = self._make_secret(translate("Work", "The same once more"))
        inner.addWidget(self._secret)
        inner.addWidget(self._again)
        self._inner.addWidget(self._secrets)

    def begin(self) -> None:
        """Ask for the stick, and look what is on it."""
        title = translate("Work", "The stick, or a folder on it")
        if folder := QFileDialog.getExistingDirectory(self, title):
            self._carrier.prepare(Path(folder))

    def _prepared(self, found: Prepared | PlayerError) -> None:
        if isinstance(found, PlayerError):
            self.problem.emit(found)
            return
        self._found = found
        self._back.setText(came_back(found.returned, found.letters))
        self._back.setVisible(bool(self._back.text()))
        for field in (self._secret, self._again):
            field.clear()
        self._goal.setCurrentIndex(0)
        self._judge()
        self.show()
        (self._write if self._write.isEnabled() else self._goal).setFocus()
        self.changed.emit()

    def _judge(self) -> None:
        if self._found is None:
            return
        other = self._goal.currentData() == "computer"
        self._secrets.setVisible(other)
        self._what.setText(self._for_computer() if other else self._for_platform(self._found))
        secret = self._secret.text()
        fits = len(secret) >= LEAST and secret == self._again.text()
        self._write.setEnabled(fits if other else bool(self._found.parcels))

    def _for_platform(self, found: Prepared) -> str:
        platform = self._services.platform
        if not found.parcels:
            return translate("Work", "Nothing is left to carry.")
        count = sum(parcel.count for parcel in found.parcels)
        acts = translate("Work", "%n act(s) that nobody has received yet", "", count)
        text = translate(
            "Work",
            "{acts}, {size}, will be written to {folder}, sealed for {name}: nobody else can read "
            "them, not even whoever carries the stick. They stay here until a receipt is back.",
        )
        if found.files:
            files = translate(
                "Work", "%n file(s) that you handed in go with them.", "", found.files
            )
            text += " " + files
        bytes_ = sum(len(parcel.data) for parcel in found.parcels) + found.file_bytes
        return text.format(
            acts=acts,
            size=size(bytes_),
            folder=found.folder,
            name=platform.name if platform else "",
        )

    def _for_computer(self) -> str:
        return translate(
            "Work",
            "All you did here, and how far it is, will be written to the stick. Whoever knows the "
            "passphrase can read it; without it nobody can, and nobody can find it out for you.",
        )

    def _go(self) -> None:
        if self._found is None:
            return
        if self._goal.currentData() == "computer":
            self._carrier.carry_journal(self._found.folder, self._secret.text())
        else:
            self._carrier.carry(self._found)
        self.leave()

    def _carried(self, result: list[Path] | PlayerError) -> None:
        if isinstance(result, PlayerError):
            self.problem.emit(result)
            return
        count = len(result)
        text = translate(
            "Work", "%n file(s) written. Remove the stick as your system asks for.", "", count
        )
        if self._goal.currentData() == "platform":
            text += " " + translate(
                "Work", "Open it here again when it is back: its receipts say what arrived."
            )
        self.told.emit(text)
        self.changed.emit()


class BringPanel(_Panel):
    """Takes in what the learner did on another PC; whoever hears of all files says what came."""

    def __init__(self, carrier: Carrier) -> None:
        super().__init__(carrier, translate("Work", "Bring my work from another computer"))
        self._path = Path()
        self._name = label(role="muted")
        self._secret = self._make_secret(translate("Work", "Its passphrase"))
        self._secret.returnPressed.connect(self._go)
        self._take = button(translate("Work", "Take it in"), self._go, role="primary")
        leave = button(translate("Work", "Not now"), self.leave)
        self._inner.addWidget(self._name)
        self._inner.addWidget(self._secret)
        self._inner.addLayout(Flow(self._take, leave))
        carrier.taken.connect(self._taken)

    def begin(self) -> None:
        """Ask for the file, then for its passphrase."""
        title = translate("Work", "The file that the other computer wrote")
        name, _ = QFileDialog.getOpenFileName(self, title, filter=f"*{ENDING}")
        if not name:
            return
        self._path = Path(name)
        self._name.setText(self._path.name)
        self._secret.clear()
        self._judge()
        self.show()
        self._secret.setFocus()

    def _judge(self) -> None:
        self._take.setEnabled(bool(self._secret.text()))

    def _go(self) -> None:
        if self._secret.text():
            self._carrier.bring(self._path, self._secret.text())

    def _taken(self, result: Taken | PlayerError) -> None:
        if isinstance(result, Taken):
            self.leave()


def came_back(returned: Returned, letters: Collected) -> str:
    """What the receipts and letters on a stick were news of; '' where there were none."""
    parts = []
    if returned.received:
        parts.append(
            translate("Work", "%n act(s) received by the platform.", "", returned.received)
        )
    if returned.pieces:
        parts.append(translate("Work", "%n piece(s) of files arrived.", "", returned.pieces))
    if returned.refused:
        parts.append(translate("Work", "%n act(s) refused: see why below.", "", returned.refused))
    if letters.new:
        parts.append(translate("Work", "%n message(s) came: see Messages.", "", letters.new))
    if returned.read and not parts:
        parts.append(translate("Work", "The receipts on it say nothing new."))
    parts += [say(problem) for problem in (*returned.problems, *letters.problems)]
    return " ".join(parts)
