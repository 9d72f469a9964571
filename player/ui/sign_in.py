# SPDX-License-Identifier: Apache-2.0
"""The request to sign in, where a platform wants people to: in "my work", while it is needed."""

from __future__ import annotations

import threading
from functools import partial

from PySide6.QtCore import QObject, QUrl, Signal
from PySide6.QtGui import QDesktopServices
from PySide6.QtWidgets import QFrame, QVBoxLayout, QWidget

from player.app import Services
from player.app.signing_in import Asks, Code
from player.errors import PlayerError
from player.ui.language import translate
from player.ui.parts import button, label, row
from player.ui.tasks import Tasks


class SignIn(QObject):
    """One try at a time, beside the window.

    Signals:
        asked: (address, code): what to open on any device, and what to type there.
        ended: None, or the `PlayerError` that it came to.
    """

    asked = Signal(str, str)
    ended = Signal(object)
    _browse = Signal(str)

    def __init__(self, services: Services, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._services = services
        self._tasks = Tasks(services.close_thread, self)
        self._given_up = threading.Event()
        self.is_running = False
        self._browse.connect(self.open_page)

    def start(self) -> None:
        """Ask the person, in the browser if the platform knows that way."""
        if self.is_running:
            return
        self.is_running = True
        self._given_up.clear()
        asks = Asks(self._browse.emit, self._show, self._given_up.is_set, self._wait)
        work = partial(self._services.signing_in.start, asks, browser=True)
        self._tasks.run(work, self._end, self._end)

    def close(self) -> None:
        """Wait for nobody any more."""
        self._given_up.set()
        self._tasks.close()

    def open_page(self, url: str) -> None:
        """Show the platform's page in the browser of this PC."""
        QDesktopServices.openUrl(QUrl(url))

    def _show(self, code: Code) -> None:
        self.asked.emit(code.verification_uri, code.user_code)

    def _wait(self, seconds: float) -> None:
        self._given_up.wait(seconds)

    def _end(self, problem: PlayerError | None) -> None:
        self.is_running = False
        self.ended.emit(problem)


class SignInCard(QFrame):
    """Says that nobody is signed in, and has the button.

    Signals:
        wanted: the person wants to sign in.
    """

    wanted = Signal()

    def __init__(self, services: Services, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._services = services
        self._is_asking = False
        self.setProperty("role", "card")
        inner = QVBoxLayout(self)
        inner.setContentsMargins(14, 10, 14, 10)
        self._text = label()
        self._button = button("", self.wanted.emit, role="primary")
        line = row(gap=12)
        line.addWidget(self._text, 1)
        line.addWidget(self._button)
        inner.addLayout(line)
        self._code = label(role="heading")
        inner.addWidget(self._code)
        self.show_now()

    def show_now(self) -> None:
        """Look whether it is needed; what somebody is being asked stays."""
        if self._is_asking:
            return
        self._code.hide()
        self.setVisible(self._services.signing_in.is_needed)
        self._button.setEnabled(True)
        self._button.setText(translate("SignIn", "Sign in"))
        self._text.setText(
            translate(
                "SignIn",
                "Nobody is signed in at the platform. Your work is saved here; it leaves once you "
                "have signed in.",
            )
        )

    def show_asking(self) -> None:
        """Say that the browser has the word."""
        self._is_asking = True
        self._button.setEnabled(False)
        self._text.setText(
            translate("SignIn", "Sign in on the page that opened in your browser, then come back.")
        )

    def show_answer(self) -> None:
        """It came to something, or to nothing."""
        self._is_asking = False
        self.show_now()

    def show_code(self, address: str, code: str) -> None:
        """Say what to type where."""
        text = translate("SignIn", "On any device, a telephone too, open {address} and type:")
        self._text.setText(text.format(address=address))
        self._code.setText(code)
        self._code.show()
