# SPDX-License-Identifier: Apache-2.0
"""What is shown in place of the window where the home cannot be used: why, and a way out."""

from __future__ import annotations

from PySide6.QtCore import QEventLoop, Qt
from PySide6.QtGui import QCloseEvent
from PySide6.QtWidgets import QWidget

from player.errors import PlayerError
from player.ui import style
from player.ui.icons import icon, pixmap
from player.ui.language import say, translate
from player.ui.parts import button, column, label, row


class FaultWindow(QWidget):
    """One sentence and its buttons. `again` is whether another try was asked for."""

    def __init__(self, error: PlayerError) -> None:
        super().__init__()
        self.again = False
        self._loop = QEventLoop(self)
        self.setProperty("role", "page")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self.setWindowTitle("Cartable")
        self.setWindowIcon(icon("bag", style.colours().accent))
        self.setMinimumWidth(560)
        inner = column(self, margin=32, gap=16)
        sign = label(wrap=False)
        sign.setPixmap(pixmap("warning", style.colours().bad, 32))
        title = label(translate("Fault", "Cartable cannot start"), "title")
        text = label(say(error))
        text.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        self.setAccessibleDescription(text.text())
        head = row(sign, gap=12)
        head.addWidget(title, 1)
        inner.addLayout(head)
        inner.addWidget(text)
        close = button(translate("Fault", "Close"), self.close)
        buttons = row(1, close)
        first = close
        if error.retry:
            first = button(translate("Fault", "Try again"), self._try_again, role="primary")
            buttons.addWidget(first)
        first.setDefault(True)
        first.setFocus()
        inner.addLayout(buttons)

    def ask(self) -> bool:
        """Show it until it is closed; returns whether another try was asked for."""
        self.show()
        self._loop.exec()
        self.deleteLater()
        return self.again

    def _try_again(self) -> None:
        self.again = True
        self.close()

    def closeEvent(self, event: QCloseEvent) -> None:
        super().closeEvent(event)
        self._loop.quit()
