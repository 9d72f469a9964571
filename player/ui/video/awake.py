# SPDX-License-Identifier: Apache-2.0
"""The PC kept awake while a video plays, on each system by its own word.

Whatever the system grants ends with this process, so a crash leaves nobody's screen on. Where no
service answers, nothing is said: the screen goes dark as it always did.
"""

from __future__ import annotations

import ctypes
import logging
import os
import subprocess
import sys
from collections.abc import Callable
from typing import Protocol

log = logging.getLogger(__name__)

# https://specifications.freedesktop.org/idle-inhibit-spec/latest/ : GNOME, KDE, Xfce and others
# answer to the first, some to the second alone.
_SERVICES = (
    ("org.freedesktop.ScreenSaver", "/org/freedesktop/ScreenSaver"),
    ("org.freedesktop.PowerManagement.Inhibit", "/org/freedesktop/PowerManagement/Inhibit"),
)
_CONNECTION = "cartable-awake"
_CONTINUOUS, _SYSTEM, _DISPLAY = 0x80000000, 0x00000001, 0x00000002  # winbase.h


class Keeper(Protocol):
    """One system's way."""

    def hold(self) -> None:
        """Keep the PC awake."""

    def release(self) -> None:
        """Let it sleep again."""


class Awake:
    """Holds at most once, whatever it is told how often; a fault of the system is logged."""

    def __init__(self, make: Callable[[], Keeper] | None = None) -> None:
        self._make = make or _keeper
        self._keeper: Keeper | None = None
        self.held = False

    def keep(self, wanted: bool) -> None:
        """Keep the PC awake, or let it sleep. Called in the window's thread; returns at once."""
        if wanted == self.held:
            return
        self.held = wanted
        try:
            self._keeper = self._keeper or self._make()
            (self._keeper.hold if wanted else self._keeper.release)()
        except Exception:  # whatever a desktop does here, the video plays
            log.exception("the PC cannot be kept awake")


def _keeper() -> Keeper:
    if sys.platform == "win32":
        return Windows()
    if sys.platform == "darwin":
        return Caffeinate()
    return Desktop()


class Desktop:
    """Linux and others: a desktop's services, asked over a connection of our own to the session's
    D-Bus. What they grant to a connection ends with it: to release is to close it."""

    def hold(self) -> None:
        """Ask every service, and wait for none."""
        from PySide6.QtDBus import QDBusConnection, QDBusMessage  # noqa: PLC0415 - who plays, loads

        kind = QDBusConnection.BusType.SessionBus
        bus = QDBusConnection.connectToBus(kind, _CONNECTION)
        if not bus.isConnected():
            log.info("there is no D-Bus: the screen goes dark as it always did")
            return
        for name, path in _SERVICES:
            call = QDBusMessage.createMethodCall(name, path, name, "Inhibit")
            call.setArguments(["Cartable", "A video is playing"])
            bus.send(call)

    def release(self) -> None:
        """Take back what was granted."""
        from PySide6.QtDBus import QDBusConnection  # noqa: PLC0415 - as above

        QDBusConnection.disconnectFromBus(_CONNECTION)


class Windows:
    """SetThreadExecutionState, of the window's thread; Windows forgets it with the process."""

    def hold(self) -> None:
        """Keep system and screen on."""
        self._set(_CONTINUOUS | _SYSTEM | _DISPLAY)

    def release(self) -> None:
        """Leave both to their times."""
        self._set(_CONTINUOUS)

    def _set(self, flags: int) -> None:
        ctypes.windll.kernel32.SetThreadExecutionState(flags)  # type: ignore[attr-defined,unused-ignore]


class Caffeinate:
    """macOS: the system's own command, which ends with us (`-w`)."""

    def __init__(self) -> None:
        self._process: subprocess.Popen[bytes] | None = None

    def hold(self) -> None:
        """Keep system (`-i`) and screen (`-d`) on."""
        command = ["/usr/bin/caffeinate", "-d", "-i", "-w", str(os.getpid())]
        self._process = subprocess.Popen(command, stdin=subprocess.DEVNULL)  # noqa: S603 - ours

    def release(self) -> None:
        """End the command."""
        process, self._process = self._process, None
        if process is not None:
            process.terminate()
            process.wait(timeout=5)
