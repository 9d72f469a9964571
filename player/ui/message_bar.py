# SPDX-License-Identifier: Apache-2.0
"""One line above the page that says what happened: no dialog, nothing in the way of going on."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import Qt, QTimer
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QPushButton, QSizePolicy, QWidget

from player.errors import ConnectionProblem, PlayerError
from player.ui import style
from player.ui.icons import icon, pixmap
from player.ui.language import say, translate

_ICONS = {"good": "check-circle", "warn": "warning", "bad": "cross-circle"}
_QUIET_AFTER = 8000  # ms; good news goes by itself, bad news stays until read


class MessageBar(QFrame):
    """Hidden while there is nothing to say."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._picture = QLabel()
        self._text = QLabel()
        self._text.setWordWrap(True)
        self._text.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        self._text.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Preferred)
        self._action = QPushButton()
        self._close = QPushButton(icon("cross"), "")
        style.role(self._close, "icon")
        self._close.setAccessibleName(translate("MessageBar", "Close the message"))
        self._close.clicked.connect(self.hide)
        layout = QHBoxLayout(self)
        layout.setContentsMargins(12, 8, 8, 8)
        layout.setSpacing(12)
        layout.addWidget(self._picture)
        layout.addWidget(self._text, 1)
        layout.addWidget(self._action)
        layout.addWidget(self._close)
        self._timer = QTimer(self, singleShot=True)
        self._timer.timeout.connect(self.hide)
        self._do: Callable[[], None] | None = None
        self._action.clicked.connect(self._act)
        self.hide()

    def problem(self, error: PlayerError) -> None:
        """Say a fault of the world: amber where waiting may help, red where it will not."""
        kind = "warn" if isinstance(error, ConnectionProblem) else "bad"
        self.show_text(say(error), kind)

    def show_text(
        self, text: str, kind: str = "good", action: str = "", do: Callable[[], None] | None = None
    ) -> None:
        """Say `text`; `kind` is good, warn or bad; `action` names a button that calls `do`."""
        style.role(self, kind)
        now = style.colours()
        tint = {"good": now.good, "warn": now.warn, "bad": now.bad}[kind]
        self._picture.setPixmap(pixmap(_ICONS[kind], tint, 20))
        self._text.setText(text)
        self._text.setAccessibleName(text)
        self._action.setText(action)
        self._action.setVisible(bool(action))
        self._do = do
        self.show()
        self._timer.stop()
        if kind == "good":
            self._timer.start(_QUIET_AFTER)

    @property
    def text(self) -> str:
        """What it says, '' while it is hidden."""
        return self._text.text() if self.isVisible() else ""

    def _act(self) -> None:
        self.hide()
        if self._do:
            self._do()
