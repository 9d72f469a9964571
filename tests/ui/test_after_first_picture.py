# SPDX-License-Identifier: Apache-2.0
"""What the first picture does not wait for, and what is counted beside the window."""

from __future__ import annotations

import threading
from types import SimpleNamespace
from typing import Any

import pytest
from PySide6.QtCore import QRect
from shell import COURSE, Shell

from player.app import next_step, revision
from player.errors import DatabaseBusy


def test_no_page_is_read_before_the_first_picture(
    shell: Shell, monkeypatch: pytest.MonkeyPatch
) -> None:
    shell.learn()
    shell.take(COURSE, "")
    shell.done(COURSE, 1)
    shell.window.show_page("library")
    shell.shown.services.steps._words.clear()
    read: list[str] = []
    real = next_step.blobs.read

    def noted(home: Any, sha256: str, what: str) -> bytes:
        read.append(what)
        return real(home, sha256, what)

    monkeypatch.setattr(next_step.blobs, "read", noted)
    shell.shown.renew()
    card = shell.window.library.cards[0]
    assert card.step is not None
    assert not read
    places: list[QRect] = []
    shell.window.painted.connect(lambda: places.append(card.geometry()))
    shell.qtbot.waitUntil(lambda: bool(read))
    shell.idle()
    assert places == [card.geometry()]  # nothing moved


def test_what_is_due_is_counted_beside_the_window(
    shell: Shell, monkeypatch: pytest.MonkeyPatch
) -> None:
    shell.learn()
    where: list[threading.Thread] = []
    real = revision.book

    def noted(*of: Any) -> Any:
        where.append(threading.current_thread())
        return real(*of)

    monkeypatch.setattr(revision, "book", noted)
    shell.take(COURSE, "")
    shell.window.show_page("library")
    shell.idle()
    assert where
    assert threading.main_thread() not in where


def test_a_count_that_failed_is_made_again_if_something_happened_meanwhile(
    shell: Shell, monkeypatch: pytest.MonkeyPatch
) -> None:
    shell.learn()
    shell.idle()
    due, counts = shell.shown.errands.due, [DatabaseBusy(place="here"), 3]

    def read() -> SimpleNamespace:
        found = counts.pop(0)
        if isinstance(found, DatabaseBusy):
            raise found
        return SimpleNamespace(today=found)

    monkeypatch.setattr(shell.shown.services.revision, "due", read)
    due.count()
    due.count()
    shell.qtbot.waitUntil(lambda: due.due == 3)
