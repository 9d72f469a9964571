# SPDX-License-Identifier: Apache-2.0
"""Starting the window."""

from __future__ import annotations

import ctypes
import logging
import os
import sys
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path
from types import TracebackType
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Qt
from PySide6.QtWidgets import QApplication

from player import settings
from player.app import Services, build
from player.errors import PlayerError
from player.transport import Transport
from player.ui import language, roles, style, theme
from player.ui.changes import Changes
from player.ui.errands import Errands
from player.ui.fault_window import FaultWindow
from player.ui.main_window import MainWindow
from player.ui.neighbourhood import Neighbourhood
from player.ui.sweeping import Sweeper
from player.ui.upkeep import Upkeep

if TYPE_CHECKING:
    from player.ui.metered import Metered

log = logging.getLogger(__name__)

_M_ARENA_MAX, _ARENAS = -8, 2  # mallopt(3)


class Shown(QObject):
    """The application, its services and the window in front; the window is made anew when the
    language or the colours change."""

    def __init__(
        self, app: QApplication, home: Path | None, transport: Transport | None = None
    ) -> None:
        """Raises StorageProblem: the home cannot be used; nothing was changed."""
        super().__init__(app)
        self.app = app
        self.changes = Changes(self)
        self.services: Services = build(home, self.changes.tell, transport)
        self.errands = Errands(self.services, self)
        self.upkeep = Upkeep(self.services, self.errands, self)
        self.neighbourhood = Neighbourhood(self.services, self)
        self.line: Metered | None = None
        self._colours = style.colours()
        self.window = self._make()
        app.styleHints().colorSchemeChanged.connect(self._recolour)

    def _make(self) -> MainWindow:
        code = language.install(self.app, self.services.settings.language)
        self.services.languages.system = language.of_system(code)
        theme.apply(self.app, self.services.settings.appearance)
        made = MainWindow(
            self.services, self.changes, self.errands, self.upkeep, self.neighbourhood
        )
        made.respoken.connect(self.renew, Qt.ConnectionType.QueuedConnection)
        made.painted.connect(self._begin, Qt.ConnectionType.QueuedConnection)
        return made

    def _begin(self) -> None:
        self._watch_line()
        if self.window.isVisible() and self.services.learner is not None:
            self.errands.begin()
            self.neighbourhood.begin()

    def _watch_line(self) -> None:
        """Know what the system says of the line, before anything is fetched by itself."""
        if self.line is None:
            from player.ui.metered import Metered, network  # noqa: PLC0415 - not before the first picture

            self.line = line = Metered(self)
            self.services.line.system = lambda: line.value
            self.services.line.network = network

    def _recolour(self) -> None:
        if self._colours != style.colours():
            self.renew()

    def renew(self) -> None:
        """Make the window in the language and colours in force now, where the old one stood."""
        old, place = self.window, self.window.where()
        self._colours = style.colours()
        old.close_lesson()
        self.window = self._make()
        self.window.setGeometry(old.geometry())
        self.window.setWindowState(old.windowState())
        self.window.go(place)
        self.window.setVisible(old.isVisible())
        old.close()
        old.deleteLater()

    def close(self) -> None:
        """Close the window and end what is under way; everything done is on the disk."""
        self.window.close()
        self.changes.blockSignals(True)  # what is still on its way comes too late
        self.upkeep.close()
        self.neighbourhood.close()
        self.errands.close()
        self.services.close_thread()
        self.window.deleteLater()

    def unexpected(
        self, kind: type[BaseException], error: BaseException, trace: TracebackType | None
    ) -> None:
        """What nothing caught. A bug goes into the log, whole, and the window stays."""
        if isinstance(error, KeyboardInterrupt):
            self.app.quit()
        elif isinstance(error, PlayerError):
            log.warning("%s", error, exc_info=(kind, error, trace))
            self.window.say(error)
        else:
            log.critical("a bug", exc_info=(kind, error, trace))
            sys.__excepthook__(kind, error, trace)
            self.window.say_unexpected()


def share_memory() -> None:
    """Have all threads share two heaps; to be called before there are any.

    The C library of Linux gives up to eight for each processor, none of which shrinks: after two
    hours of films in libVLC, which starts a dozen threads for each, they held a tenth more memory
    (benchmarks/memory.py, docs/decisions/0033).
    """
    if sys.platform.startswith("linux"):
        with suppress(OSError, AttributeError):  # another C library
            ctypes.CDLL(None).mallopt(_M_ARENA_MAX, _ARENAS)


def application() -> QApplication:
    """The QApplication, made once."""
    # No widget here draws with OpenGL; without it the Qt engine takes a quarter of the work and
    # half of the memory on a PC with no graphics card (docs/decisions/0007)
    os.environ.setdefault("QT_XCB_GL_INTEGRATION", "none")
    share_memory()
    app = QApplication.instance() or QApplication(sys.argv[:1])
    assert isinstance(app, QApplication)  # noqa: S101 - nobody else makes one
    if app.applicationName() != "cartable":  # made now
        roles.install()
        Sweeper(app)
    app.setApplicationName("cartable")
    app.setApplicationDisplayName("Cartable")
    app.setDesktopFileName("cartable")
    return app


def start(home: Path | None, first_paint: Callable[[Shown], None] | None = None) -> int:
    """Show the window and run until it is closed; returns the exit code.

    Where the home cannot be used, a small window says so, and the code is 1. With `first_paint`
    it is called when the first picture is on the screen, and the window closes again.

    Raises:
        StorageProblem: the home cannot be used, and `first_paint` waits for a picture.
    """
    app = application()
    home = home or settings.default_home()
    choices = settings.load(home)
    language.install(app, choices.language)
    theme.apply(app, choices.appearance)
    while True:
        try:
            shown = Shown(app, home)
            break
        except PlayerError as error:
            log.exception("the home cannot be used")
            if first_paint:
                raise
            if not FaultWindow(error).ask():
                return 1
    return _run(shown, first_paint)


def _run(shown: Shown, first_paint: Callable[[Shown], None] | None) -> int:
    hook, sys.excepthook = sys.excepthook, shown.unexpected
    try:
        shown.window.show()
        if first_paint:
            shown.app.processEvents()
            first_paint(shown)
            return 0
        return shown.app.exec()
    finally:
        shown.close()
        shown.deleteLater()
        sys.excepthook = hook
