# SPDX-License-Identifier: Apache-2.0
"""Widgets that go on in a next line."""

from __future__ import annotations

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QPushButton, QWidget
from pytestqt.qtbot import QtBot

from player.ui.flow import Flow


@pytest.mark.parametrize(
    "direction", [Qt.LayoutDirection.LeftToRight, Qt.LayoutDirection.RightToLeft]
)
def test_what_does_not_fit_beside_the_gap_ends_where_the_others_end(
    qtbot: QtBot, direction: Qt.LayoutDirection
) -> None:
    place, gap = QWidget(), QWidget()
    qtbot.addWidget(place)
    place.setLayoutDirection(direction)
    first, second, last = (QPushButton(text) for text in ("Back", "Next question", "Answer"))
    beside = first.sizeHint().width() + second.sizeHint().width()
    place.setLayout(Flow(first, gap, second, last, wide=gap))
    place.resize(beside + 30, 200)
    place.show()
    assert last.y() > second.y() == first.y()
    if direction == Qt.LayoutDirection.LeftToRight:
        assert last.geometry().right() == second.geometry().right() == place.rect().right()
    else:
        assert last.x() == second.x() == 0
