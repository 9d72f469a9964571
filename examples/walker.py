# SPDX-License-Identifier: Apache-2.0
"""Hands and eyes for a journey through the real window: press, type, wait, take a picture.

A button is found by what a person reads on it or hears of it; what is hidden or greyed out cannot
be pressed. So a journey that passes is one that a person could have made.
"""

from __future__ import annotations

import contextlib
import time
from collections.abc import Callable
from pathlib import Path
from typing import TypeVar

from PySide6.QtCore import QEvent, QEventLoop, QPoint, Qt, QTimer
from PySide6.QtGui import QKeyEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QAbstractButton, QApplication, QWidget

W = TypeVar("W", bound=QWidget)


class Lost(Exception):
    """What the journey looked for was not there."""


class Walker:
    """Goes through one window; `window` gives the one in front, which changes with the language."""

    def __init__(self, window: Callable[[], QWidget], pictures: Path) -> None:
        self._window = window
        self._pictures = pictures
        self.taken: list[Path] = []

    @property
    def window(self) -> QWidget:
        """The window in front."""
        return self._window()

    def until(self, there: Callable[[], object], what: str, seconds: float = 60) -> None:
        """Let the window live until `there()` is true.

        Raises:
            Lost: it did not become true in time.
        """
        end = time.monotonic() + seconds
        while not there():
            if time.monotonic() > end:
                raise Lost(f"waited {seconds:.0f} s for {what}")
            self.rest(0.02)

    def rest(self, seconds: float) -> None:
        """Let the window live for a while, as one who watches does.

        Not by `QTest.qWait`: it keeps the interpreter's lock, and the window's workers stand still.
        """
        loop = QEventLoop()
        QTimer.singleShot(round(seconds * 1000), loop.quit)
        loop.exec()

    def see(self, kind: type[W], within: QWidget | None = None) -> list[W]:
        """Every visible widget of a kind, in the order of the window."""
        return [one for one in (within or self.window).findChildren(kind) if one.isVisible()]

    def find(self, name: str, within: QWidget | None = None) -> QAbstractButton:
        """The button that can be pressed now and whose words begin so.

        Raises:
            Lost: there is none.
        """
        for one in self.see(QAbstractButton, within):
            names = (one.text(), one.accessibleName())
            if one.isEnabled() and any(words.startswith(name) for words in names):
                return one
        raise Lost(f"no button {name!r} to press")

    def press(self, name: str, within: QWidget | None = None) -> None:
        """Press the button of that name, once it can be pressed."""
        with contextlib.suppress(Lost):
            self.until(lambda: self._findable(name, within), name, 15)
        self.click(self.find(name, within))

    def _findable(self, name: str, within: QWidget | None) -> bool:
        with contextlib.suppress(Lost):
            return bool(self.find(name, within))
        return False

    def click(self, widget: QWidget) -> None:
        """Click into the middle of a widget; into the sign of a check box or a radio button."""
        place = QPoint(min(14, widget.width() // 2), widget.height() // 2)
        QTest.mouseClick(widget, Qt.MouseButton.LeftButton, pos=place)
        QApplication.processEvents()

    def type(self, widget: QWidget, text: str) -> None:
        """Type into a field. Key by key, as `QTest.keyClicks` does, which knows ASCII alone."""
        widget.setFocus()
        for letter in text:
            for kind in (QEvent.Type.KeyPress, QEvent.Type.KeyRelease):
                event = QKeyEvent(kind, 0, Qt.KeyboardModifier.NoModifier, letter)
                QApplication.sendEvent(widget, event)

    def key(
        self,
        key: Qt.Key,
        widget: QWidget | None = None,
        held: Qt.KeyboardModifier = Qt.KeyboardModifier.NoModifier,
    ) -> None:
        """Press a key where the keyboard is, or in `widget`; `held` is one that is held down."""
        at = widget or QApplication.focusWidget() or self.window.focusWidget() or self.window
        QTest.keyClick(at, key, held)
        QApplication.processEvents()

    def picture(self, name: str) -> None:
        """Keep a picture of the window as it is now."""
        self.rest(0.06)
        path = self._pictures / f"{name}.png"
        path.parent.mkdir(parents=True, exist_ok=True)
        self.window.grab().save(str(path))
        self.taken.append(path)
