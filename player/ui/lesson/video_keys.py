# SPDX-License-Identifier: Apache-2.0
"""Which key does what to a video: the keys that people know from the web."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeyEvent

Wish = tuple[str, float]

_KEYS: dict[Qt.Key, Wish] = {
    Qt.Key.Key_Space: ("toggle", 0),
    Qt.Key.Key_K: ("toggle", 0),
    Qt.Key.Key_MediaTogglePlayPause: ("toggle", 0),
    Qt.Key.Key_J: ("jump", -10),
    Qt.Key.Key_L: ("jump", 10),
    Qt.Key.Key_Left: ("jump", -5),
    Qt.Key.Key_Right: ("jump", 5),
    Qt.Key.Key_Up: ("louder", 10),
    Qt.Key.Key_Down: ("louder", -10),
    Qt.Key.Key_M: ("mute", 0),
    Qt.Key.Key_C: ("captions", 0),
    Qt.Key.Key_F: ("screen", 0),
    Qt.Key.Key_Escape: ("window", 0),
    Qt.Key.Key_N: ("note", 0),
    Qt.Key.Key_B: ("bookmark", 0),
    Qt.Key.Key_Less: ("faster", -1),
    Qt.Key.Key_Greater: ("faster", 1),
}
_OTHERS = Qt.KeyboardModifier.ShiftModifier | Qt.KeyboardModifier.KeypadModifier


def wish_of(event: QKeyEvent) -> Wish | None:
    """What a key asks for, and how much of it; None where it is for something else.

    `jump` is in seconds, `louder` in per cent, `faster` in steps, `percent` a place from 0 to 1.
    """
    if event.modifiers() & ~_OTHERS:
        return None
    if event.text() in ("<", ">"):  # wherever the layout has them
        return "faster", -1 if event.text() == "<" else 1
    if event.text().isdecimal() and event.text().isascii():
        return "percent", int(event.text()) / 10
    return _KEYS.get(Qt.Key(event.key()))
