# SPDX-License-Identifier: Apache-2.0
"""Garbage is collected where the window lives."""

from __future__ import annotations

import gc
import threading

from PySide6.QtCore import QObject
from pytestqt.qtbot import QtBot

from player.ui import sweeping
from player.ui.sweeping import Sweeper, sweep


class Bin:
    """A cycle that says in which thread it is thrown away."""

    emptied: list[int] = []  # noqa: RUF012 - of all of them

    def __init__(self) -> None:
        self.me = self

    def __del__(self) -> None:
        self.emptied.append(threading.get_ident())


def test_no_thread_but_the_windows_collects(qtbot: QtBot) -> None:
    Bin.emptied.clear()
    parent = QObject()
    sweeping.EVERY, before = 10, sweeping.EVERY
    try:
        Sweeper(parent)
    finally:
        sweeping.EVERY = before
    assert not gc.isenabled()
    Bin()

    def litter() -> None:
        for _ in range(5):
            kept = [[one] for one in range(2 * gc.get_threshold()[0])]  # enough to have Python look
            del kept

    other = threading.Thread(target=litter)
    other.start()
    other.join()
    assert Bin.emptied == []
    kept = [[one] for one in range(2 * gc.get_threshold()[0])]
    qtbot.waitUntil(lambda: bool(Bin.emptied))
    assert Bin.emptied == [threading.get_ident()]
    assert kept


def test_a_little_garbage_stays_for_a_while() -> None:
    gc.collect()
    Bin.emptied.clear()
    Bin()
    sweep()
    assert Bin.emptied == []
    gc.collect()
    assert Bin.emptied == [threading.get_ident()]
