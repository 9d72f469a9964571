# SPDX-License-Identifier: Apache-2.0
"""One line above the page that says what happened: no dialog, nothing in the way of going on."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import Qt, QTimer
from PySide6.QtGui import QAccessible, QAccessibleEvent, QKeyEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QSizePolicy, QWidget

from player.errors import ConnectionProblem, PlayerError
from player.ui import style
from player.ui.icons import pixmap
from player.ui.language import say, translate
from player.ui.parts import button, column, label, sign_button

MOST = 500  # letters: a server's reason may be a whole page
_ICONS = {"good": "check-circle", "warn": "warning", "bad": "cross-circle"}
_QUIET_AFTER = 8000  # ms; good news goes by itself, bad news stays until read


class MessageBar(QFrame):
    """Hidden while there is nothing to say. The Escape key closes it."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._picture = label(wrap=False)
        self._text = label()
        self._text.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        self._text.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Preferred)
        self._action = button("", self._act)
        self._close = sign_button("cross", translate("MessageBar", "Close the message"), self.hide)
        layout = QHBoxLayout(self)
        layout.setContentsMargins(12, 8, 8, 8)
        layout.setSpacing(12)
        words = column()
        words.addWidget(self._text)
        words.addWidget(self._action, 0, Qt.AlignmentFlag.AlignLeft)
        layout.addWidget(self._picture)
        layout.addLayout(words, 1)
        layout.addWidget(self._close, 0, Qt.AlignmentFlag.AlignTop)
        self._timer = QTimer(self, singleShot=True)
        self._timer.timeout.connect(self.hide)
        self._do: Callable[[], object] | None = None
        self.hide()

    def problem(
        self, error: PlayerError, action: str = "", do: Callable[[], object] | None = None
    ) -> None:
        """Say a fault of the world: amber where waiting may help, red where it will not."""
        kind = "warn" if isinstance(error, ConnectionProblem) else "bad"
        self.show_text(say(error), kind, action, do)

    def show_text(
        self,
        text: str,
        kind: str = "good",
        action: str = "",
        do: Callable[[], object] | None = None,
    ) -> None:
        """Say `text`; `kind` is good, warn or bad; `action` names a button that calls `do`."""
        style.role(self, kind)
        now = style.colours()
        tint = {"good": now.good, "warn": now.warn, "bad": now.bad}[kind]
        self._picture.setPixmap(pixmap(_ICONS[kind], tint, 20))
        self._text.setText(text if len(text) <= MOST else text[:MOST] + "…")
        self._action.setText(action)
        self._action.setVisible(bool(action))
        self._do = do
        self.setAccessibleName(text)
        self.show()
        QAccessible.updateAccessibility(QAccessibleEvent(self, QAccessible.Event.Alert))
        self._timer.stop()
        if kind == "good" and not action:
            self._timer.start(_QUIET_AFTER)

    @property
    def text(self) -> str:
        """What it says, '' while it is hidden."""
        return "" if self.isHidden() else self._text.text()

    @property
    def kind(self) -> str:
        """`good`, `warn` or `bad`."""
        return str(self.property("role"))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape:
            self.hide()
        else:
            super().keyPressEvent(event)

    def _act(self) -> None:
        self.hide()
        if self._do:
            self._do()
