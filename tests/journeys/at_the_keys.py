# SPDX-License-Identifier: Apache-2.0
"""A learner who has no mouse: keys as the system sends them, and what has the keyboard now.

Nothing else is pressed or called. What is on the screen is read, as an eye or a screen reader does.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

from PySide6.QtCore import QEvent, Qt
from PySide6.QtGui import QAccessible
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QWidget
from pytestqt.qtbot import QtBot

from player.ui.main import Shown, application
from player.ui.main_window import MainWindow

PLAIN = Qt.KeyboardModifier.NoModifier
MOST = 80  # stops of Tab on one page


class Keys:
    """The keyboard before one running program."""

    def __init__(self, shown: Shown, qtbot: QtBot) -> None:
        self._shown, self._qtbot = shown, qtbot

    @property
    def window(self) -> MainWindow:
        """The window in front, to be read."""
        return self._shown.window

    @property
    def at(self) -> QWidget:
        """What has the keyboard."""
        found = QApplication.focusWidget()
        assert found is not None, "the keyboard is nowhere"
        assert found.isVisible()
        return found

    @property
    def heard(self) -> str:
        """What a screen reader calls it."""
        return QAccessible.queryAccessibleInterface(self.at).text(QAccessible.Text.Name)

    def press(self, *keys: Qt.Key, held: Qt.KeyboardModifier = PLAIN) -> None:
        """Press keys, one after the other."""
        for key in keys:
            QTest.keyClick(self.window.windowHandle(), key, held)
        QApplication.processEvents()

    def type(self, text: str) -> None:
        """Type digits and plain letters."""
        for letter in text:
            QTest.keyClick(self.window.windowHandle(), letter)
        QApplication.processEvents()

    def tab_to(self, *names: str) -> None:
        """Press Tab until something is heard that begins with one of these words."""
        way = []
        for _ in range(MOST):
            if self.heard.startswith(names):
                return
            way.append(self.heard)
            self.press(Qt.Key.Key_Tab)
        raise AssertionError(f"Tab never leads to {names}: {way}")

    def until(self, there: Callable[[], object]) -> None:
        """Wait until something is to be seen."""
        self._qtbot.waitUntil(lambda: bool(there()), timeout=30_000)


@contextmanager
def sitting_down(qtbot: QtBot, home: Path) -> Iterator[Keys]:
    """The program on `home`, its window in front; all of it gone at the end."""
    shown = Shown(application(), home)
    try:
        with qtbot.waitActive(shown.window):
            shown.window.show()
            shown.window.activateWindow()
        found = Keys(shown, qtbot)
        found.until(lambda: shown.window.idle)
        yield found
    finally:
        shown.close()
        shown.deleteLater()
        QApplication.processEvents()
        QApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)
