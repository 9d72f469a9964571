# SPDX-License-Identifier: Apache-2.0
"""A key of the window that text fields do not keep for themselves."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QKeyCombination, QObject, Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QApplication, QLineEdit, QPlainTextEdit, QTextEdit, QWidget


class OverFields(QObject):
    """Has a shortcut work while one types: on Linux, `Ctrl+K` deletes the rest of a line there."""

    def __init__(self, keys: QKeyCombination, window: QWidget) -> None:
        super().__init__(window)
        self._keys = keys
        app = QApplication.instance()
        if isinstance(app, QApplication):
            app.focusChanged.connect(self._follow)

    def _follow(self, _before: QWidget | None, now: QWidget | None) -> None:
        if isinstance(now, QLineEdit | QTextEdit | QPlainTextEdit) and not now.isReadOnly():
            now.installEventFilter(self)  # twice is once

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() == QEvent.Type.ShortcutOverride and isinstance(event, QKeyEvent):
            wanted = QKeyCombination(event.modifiers(), Qt.Key(event.key()))
            if wanted == self._keys:
                event.ignore()  # so that it is the window's
                return True
        return super().eventFilter(watched, event)
