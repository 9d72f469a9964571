# SPDX-License-Identifier: Apache-2.0
"""What is typed is kept while it is typed, in quizzes, works and questionnaires alike."""

from __future__ import annotations

from PySide6.QtCore import QObject
from pytestqt.qtbot import QtBot

from player.ui.lesson.drafting import Soon


def test_whoever_types_without_a_pause_is_kept_all_the_same(qtbot: QtBot) -> None:
    parent, written = QObject(), list[str]()
    soon = Soon(lambda: written.append("x"), parent)
    soon.ask()
    first = soon.timerId()
    soon.ask()
    assert soon.timerId() == first  # not begun anew by the next letter
    qtbot.waitUntil(lambda: written == ["x"])
    assert not soon.isActive()
