# SPDX-License-Identifier: Apache-2.0
"""My work on several PCs: the code that makes another one the learner's own, and a look now."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QFrame

from player.app import Services
from player.errors import PlayerError
from player.ui.arrivals import Arrivals
from player.ui.flow import Flow
from player.ui.language import translate
from player.ui.parts import button, column, label


class HomePanel(QFrame):
    """A box in the page that goes when it is no longer wanted.

    Signals:
        told: a sentence of what was done.
        problem: a PlayerError to say.
    """

    told = Signal(str)
    problem = Signal(object)

    def __init__(self, services: Services, arrivals: Arrivals) -> None:
        super().__init__()
        self._services = services
        self.setProperty("role", "card")
        inner = column(self, margin=14, gap=10)
        title = translate("Work", "My work on another computer")
        self.setAccessibleName(title)
        inner.addWidget(label(title, "heading"))
        inner.addWidget(label(_what_it_is()))
        self._code = label(role="code")
        self._code.setTextInteractionFlags(
            Qt.TextInteractionFlag.TextSelectableByMouse
            | Qt.TextInteractionFlag.TextSelectableByKeyboard
        )
        inner.addWidget(self._code)
        self._copy = button(translate("Work", "Copy the code"), self._copied, sign="copy")
        self._look = button("", arrivals.look_elsewhere, sign="refresh")
        leave = button(translate("Work", "Close"), self.leave)
        inner.addLayout(Flow(self._copy, self._look, leave))
        arrivals.homing.connect(self._set_homing)
        self._set_homing(arrivals.is_homing)
        self.hide()

    def begin(self) -> None:
        """Show the code."""
        learner = self._services.learner
        if learner is None:
            return
        try:
            code = self._services.homecoming.code(learner)
        except PlayerError as error:
            self.problem.emit(error)
            return
        self._code.setText(code)
        self._code.setAccessibleName(translate("Work", "My code: {code}").format(code=code))
        self.show()
        self._copy.setFocus()

    def leave(self) -> None:
        """Show it no longer."""
        self._code.clear()
        self.hide()

    def _copied(self) -> None:
        QGuiApplication.clipboard().setText(self._code.text())
        self.told.emit(translate("Work", "The code is copied."))

    def _set_homing(self, homing: bool) -> None:
        text = translate("Work", "Look for what I did elsewhere")
        self._look.setText(translate("Work", "Looking…") if homing else text)


def _what_it_is() -> str:
    return translate(
        "Work",
        "Type this code at the first start of Cartable on another computer: what you do there and "
        "here comes together, wherever there is a connection. It is like a key: whoever has it can "
        "work in your name, so show it to nobody.",
    )
