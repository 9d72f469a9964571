# SPDX-License-Identifier: Apache-2.0
"""A button that opens a menu of choices, one of which is in force."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial

from PySide6.QtCore import QSize
from PySide6.QtGui import QActionGroup
from PySide6.QtWidgets import QMenu

from player.ui.lesson.pieces import SignButton
from player.ui.style import side


class MenuButton(SignButton):
    """A sign, perhaps with the choice in force beside it; `words` name it."""

    def __init__(self, sign: str, words: str) -> None:
        super().__init__(sign, words)
        self.setIconSize(QSize(side(20), side(20)))
        menu = QMenu(self)
        menu.setAccessibleName(words)
        menu.setToolTipsVisible(True)
        self.setMenu(menu)
        self.setStyleSheet("QPushButton::menu-indicator { image: none; width: 0; }")


def fill(menu: QMenu, names: dict[str, str], current: str, choose: Callable[[str], object]) -> None:
    """Offer values by their names, in place of what the menu had; one of them is `current`."""
    menu.clear()
    group = QActionGroup(menu)
    for value, name in names.items():
        action = menu.addAction(name.replace("&", "&&"))
        action.setData(value)
        action.setCheckable(True)
        action.setChecked(value == current)
        action.triggered.connect(partial(_call, choose, value))
        group.addAction(action)


def _call(choose: Callable[[str], object], value: str, _checked: bool = False) -> None:
    choose(value)
