# SPDX-License-Identifier: Apache-2.0
"""The PC stays awake while a video plays, and no longer."""

from __future__ import annotations

import shutil
import subprocess
import sys
from pathlib import Path

import pytest
from lesson_course import Desk
from pytestqt.qtbot import QtBot
from watched import Engine, engines_of, film, opened

from player.journal.journal import Now
from player.lesson.media import DAMAGED
from player.store.database import Database
from player.ui.lesson import playback
from player.ui.video.awake import Awake, Caffeinate, Windows

pytestmark = pytest.mark.qt_log_ignore("propagateSizeHints")


class Keeper:
    """One system, known to the test; `broken` ones fail."""

    def __init__(self, *, broken: bool = False) -> None:
        self.broken = broken
        self.asked: list[str] = []

    def hold(self) -> None:
        self.asked.append("hold")
        if self.broken:
            raise OSError("no service")

    def release(self) -> None:
        self.asked.append("release")


@pytest.fixture
def keeper(monkeypatch: pytest.MonkeyPatch) -> Keeper:
    made = Keeper()
    monkeypatch.setattr(playback, "Awake", lambda: Awake(lambda: made))
    return made


@pytest.fixture
def engines(monkeypatch: pytest.MonkeyPatch) -> list[Engine]:
    return engines_of(monkeypatch)


@pytest.fixture
def desk(db: Database, home: Path, learner: str, clock: Now) -> Desk:
    return Desk(db, home, learner, clock)


def test_it_is_held_once_and_released_once() -> None:
    keeper = Keeper()
    awake = Awake(lambda: keeper)
    awake.keep(False)
    for wanted in (True, True, False, False, True):
        awake.keep(wanted)
    assert keeper.asked == ["hold", "release", "hold"]


def test_a_system_that_fails_stops_nothing(caplog: pytest.LogCaptureFixture) -> None:
    awake = Awake(lambda: Keeper(broken=True))
    awake.keep(True)
    awake.keep(False)
    assert "cannot be kept awake" in caplog.text


def test_only_while_it_plays(
    qtbot: QtBot, desk: Desk, engines: list[Engine], keeper: Keeper
) -> None:
    view = opened(qtbot, desk, film(desk))
    assert keeper.asked == []
    view.playback.toggle()
    view.playback.toggle()
    assert keeper.asked == ["hold", "release"]
    view.playback.toggle()
    engines[0].reach(60.0)
    assert keeper.asked == ["hold", "release"] * 2
    view.playback.toggle()
    view.close_lesson()
    assert keeper.asked == ["hold", "release"] * 3


def test_a_film_that_fails_lets_the_pc_sleep(
    qtbot: QtBot, desk: Desk, engines: list[Engine], keeper: Keeper
) -> None:
    view = opened(qtbot, desk, film(desk))
    view.playback.toggle()
    engines[0].fail(DAMAGED)
    qtbot.waitUntil(lambda: keeper.asked == ["hold", "release"])
    view.close_lesson()


def test_windows_is_told_by_flags(monkeypatch: pytest.MonkeyPatch) -> None:
    flags: list[int] = []
    windows = Windows()
    monkeypatch.setattr(windows, "_set", flags.append)
    windows.hold()
    windows.release()
    assert flags == [0x80000003, 0x80000000]


def test_a_macs_command_ends_with_the_video(monkeypatch: pytest.MonkeyPatch) -> None:
    started: list[subprocess.Popen[bytes]] = []
    commands: list[list[str]] = []
    real = subprocess.Popen

    def popen(command: list[str], **_: object) -> subprocess.Popen[bytes]:
        commands.append(command)
        started.append(real([sys.executable, "-c", "import time; time.sleep(60)"]))
        return started[-1]

    monkeypatch.setattr(subprocess, "Popen", popen)
    mac = Caffeinate()
    mac.hold()
    assert commands[0][:4] == ["/usr/bin/caffeinate", "-d", "-i", "-w"]
    mac.release()
    assert started[0].poll() is not None
    mac.release()


BUS = """
import os
os.environ["QT_QPA_PLATFORM"] = "offscreen"
import sys
from PySide6.QtCore import ClassInfo, QCoreApplication, QObject, QTimer, Slot
from PySide6.QtDBus import QDBusConnection, QDBusServiceWatcher
from player.ui.video.awake import Awake

application = QCoreApplication([])
bus = QDBusConnection.sessionBus()
flags = QDBusConnection.RegisterOption


@ClassInfo({"D-Bus Interface": "org.freedesktop.ScreenSaver"})
class Saver(QObject):
    @Slot(str, str, result="uint")
    def Inhibit(self, name: str, why: str) -> int:
        print("asked by", name, flush=True)
        return 7


saver = Saver()
assert bus.registerObject("/org/freedesktop/ScreenSaver", saver, flags.ExportAllSlots)
assert bus.registerService("org.freedesktop.ScreenSaver")
awake = Awake()
awake.keep(True)
QTimer.singleShot(300, lambda: print("connected", len(names()), flush=True))
QTimer.singleShot(400, lambda: awake.keep(False))
QTimer.singleShot(600, lambda: print("connected", len(names()), flush=True))
QTimer.singleShot(700, application.quit)


def names() -> list[str]:
    from PySide6.QtDBus import QDBusMessage

    there = "org.freedesktop.DBus"
    call = QDBusMessage.createMethodCall(there, "/org/freedesktop/DBus", there, "ListNames")
    return [one for one in bus.call(call).arguments()[0] if one.startswith(":")]


application.exec()
"""


@pytest.mark.skipif(shutil.which("dbus-run-session") is None, reason="no D-Bus on this machine")
def test_a_desktop_is_asked_and_the_connection_closed_again() -> None:
    """What a service grants to a connection ends with it: so it does when we are killed."""
    ran = subprocess.run(
        ["dbus-run-session", "--", sys.executable, "-c", BUS],
        cwd=Path(__file__).parents[2],
        capture_output=True,
        text=True,
        check=False,
        timeout=60,
    )
    assert ran.stdout.splitlines() == ["asked by Cartable", "connected 2", "connected 1"], (
        ran.stderr
    )
