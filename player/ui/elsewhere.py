# SPDX-License-Identifier: Apache-2.0
"""The first start of somebody who worked on another PC already: a code, or a file from there."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QFileDialog, QFrame, QLineEdit, QWidget

from player.sync.bundle import ENDING
from player.ui.flow import Flow
from player.ui.language import translate
from player.ui.parts import button, column, label


class ElsewherePanel(QFrame):
    """What was brought along. It asks only; the page does what comes of it.

    Signals:
        changed: something was typed or chosen.
        entered: the enter key was pressed in a field.
    """

    changed = Signal()
    entered = Signal()

    def __init__(self) -> None:
        super().__init__()
        self.setProperty("role", "panel")
        self.path: Path | None = None
        inner = column(self, margin=14, gap=10)
        self._lack = label(
            translate("FirstStart", "This needs your platform’s file: choose it above first."),
            "warn",
        )
        inner.addWidget(self._lack)
        self._ways = QWidget()
        inner.addWidget(self._ways)
        inner = column(self._ways, gap=10)
        words = label(
            translate("FirstStart", "Your code, from “My work” on the other computer"), "strong"
        )
        self._code = self._field(words.text())
        self._code.setPlaceholderText("XXXX-XXXX-XXXX-XXXX-XXXX-XXXX-XXXX")
        words.setBuddy(self._code)
        inner.addWidget(words)
        inner.addWidget(self._code)
        hint = translate("FirstStart", "What you did comes from the platform, over the network.")
        inner.addWidget(label(hint, "caption"))
        self._choose = button(_file_words(), self._choose_file, sign="document")
        inner.addLayout(Flow(self._choose))
        self._secret = self._field(translate("Work", "Its passphrase"))
        self._secret.setPlaceholderText(self._secret.accessibleName())
        self._secret.setEchoMode(QLineEdit.EchoMode.Password)
        self._secret.hide()
        inner.addWidget(self._secret)

    def _field(self, name: str) -> QLineEdit:
        made = QLineEdit(maxLength=200)
        made.setAccessibleName(name)
        made.textChanged.connect(self.changed)
        made.returnPressed.connect(self.entered)
        return made

    @property
    def code(self) -> str:
        """What was typed as the code, '' for nothing or while a file is chosen."""
        return "" if self.path or self.isHidden() else self._code.text().strip()

    @property
    def secret(self) -> str:
        """The passphrase of the file, '' where there is none."""
        return self._secret.text() if self.path and not self.isHidden() else ""

    def judge(self, *, known: bool) -> None:
        """Say whether the platform is `known`: without it nothing can be brought."""
        self._lack.setVisible(not known)
        self._ways.setVisible(known)

    def take_focus(self) -> bool:
        """Begin at the code; whether it can be typed yet."""
        self._code.setFocus()
        return not self._ways.isHidden()

    def _choose_file(self) -> None:
        title = translate("Work", "The file that the other computer wrote")
        name, _ = QFileDialog.getOpenFileName(self, title, filter=f"*{ENDING}")
        self.path = Path(name) if name else None  # who chooses none goes back to the code
        self._choose.setText(self.path.name if self.path else _file_words())
        self._code.setEnabled(self.path is None)
        self._secret.setVisible(self.path is not None)
        (self._secret if self.path else self._code).setFocus()
        self.changed.emit()


def _file_words() -> str:
    return translate("FirstStart", "Or a file that it wrote…")
