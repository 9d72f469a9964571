# SPDX-License-Identifier: Apache-2.0
"""Starting the window."""

from __future__ import annotations

import logging
import sys
from collections.abc import Callable
from pathlib import Path
from types import TracebackType

from PySide6.QtCore import QObject
from PySide6.QtWidgets import QApplication

from player.app import Services, build
from player.transport import Transport
from player.ui import language, theme
from player.ui.changes import Changes
from player.ui.main_window import MainWindow

log = logging.getLogger(__name__)


class Shown(QObject):
    """The application, its services and the window in front; the window is made anew when the
    language changes."""

    def __init__(
        self, app: QApplication, home: Path | None, transport: Transport | None = None
    ) -> None:
        super().__init__(app)
        self.app = app
        self.changes = Changes(self)
        self.services: Services = build(home, self.changes.tell, transport)
        self.window: MainWindow
        theme.apply(app)
        app.styleHints().colorSchemeChanged.connect(lambda _: self.renew())
        self.renew()

    def renew(self) -> None:
        """Make the window in the language and colours in force now."""
        old = getattr(self, "window", None)
        language.install(self.app, self.services.settings.language)
        theme.apply(self.app)
        self.window = MainWindow(self.services, self.changes)
        self.window.respoken.connect(self.renew)
        if old is not None:
            self.window.setGeometry(old.geometry())
            self.window.show()
            old.close()
            old.deleteLater()


def application() -> QApplication:
    """The QApplication, made once."""
    app = QApplication.instance() or QApplication(sys.argv[:1])
    assert isinstance(app, QApplication)  # noqa: S101 - nobody else makes one
    app.setApplicationName("cartable")
    app.setApplicationDisplayName("Cartable")
    app.setDesktopFileName("cartable")
    return app


def start(home: Path | None, first_paint: Callable[[Shown], None] | None = None) -> int:
    """Show the window and run until it is closed; returns the exit code.

    Raises:
        StorageProblem: the home cannot be used; nothing was changed.
    """
    app = application()
    shown = Shown(app, home)
    sys.excepthook = _report
    shown.window.show()
    if first_paint:
        app.processEvents()
        first_paint(shown)
    code = app.exec()
    shown.services.close_thread()
    return code


def _report(kind: type[BaseException], error: BaseException, trace: TracebackType | None) -> None:
    """A bug: into the log, whole; the window stays."""
    log.critical("a bug", exc_info=(kind, error, trace))
    sys.__excepthook__(kind, error, trace)
