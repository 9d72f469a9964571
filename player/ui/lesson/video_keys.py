# SPDX-License-Identifier: Apache-2.0
"""Which key does what to a video: the keys that people know from the web, in one table.

What a key does (`wish_of`) and what the sheet behind `?` says of it come from the rows of `TABLE`.
"""

from __future__ import annotations

from dataclasses import dataclass

from PySide6.QtCore import QKeyCombination, Qt
from PySide6.QtGui import QKeyEvent, QKeySequence

from player.errors import QT_TRANSLATE_NOOP
from player.ui.language import translate

Wish = tuple[str, float]
"""What, and how much of it: `jump` in seconds, `louder` in per cent, `faster` in steps, `percent`
a place from 0 to 1, `chapter`, `slide` and `frame` one on or back; 0 for what has no amount."""


@dataclass(frozen=True, slots=True)
class Stroke:
    """One key: `key` as Qt knows it, or the letter `text` wherever the layout has it."""

    wish: Wish
    key: Qt.Key | None = None
    text: str = ""
    control: bool = False

    @property
    def name(self) -> str:
        """What is printed on the key."""
        if self.key is None:
            return self.text
        control = Qt.KeyboardModifier.ControlModifier
        none = Qt.KeyboardModifier.NoModifier
        pressed = QKeyCombination(control if self.control else none, self.key)
        return QKeySequence(pressed).toString(QKeySequence.SequenceFormat.NativeText)


@dataclass(frozen=True, slots=True)
class Row:
    """A line of the sheet. `words` are translated in the context VideoKeys."""

    words: str
    strokes: tuple[Stroke, ...]
    shown: str = ""
    """What stands in the place of the keys' names, where they are too many."""


_KEY = Qt.Key
TABLE: tuple[Row, ...] = (
    Row(
        QT_TRANSLATE_NOOP("VideoKeys", "Play and pause"),
        (Stroke(("toggle", 0), _KEY.Key_Space), Stroke(("toggle", 0), _KEY.Key_K)),
    ),
    Row(
        QT_TRANSLATE_NOOP("VideoKeys", "Ten seconds back and on"),
        (Stroke(("jump", -10), _KEY.Key_J), Stroke(("jump", 10), _KEY.Key_L)),
    ),
    Row(
        QT_TRANSLATE_NOOP("VideoKeys", "Five seconds back and on"),
        (Stroke(("jump", -5), _KEY.Key_Left), Stroke(("jump", 5), _KEY.Key_Right)),
    ),
    Row(
        QT_TRANSLATE_NOOP("VideoKeys", "One picture back and on, in a pause"),
        (Stroke(("frame", -1), text=","), Stroke(("frame", 1), text=".")),
    ),
    Row(
        QT_TRANSLATE_NOOP("VideoKeys", "To a tenth of the video"),
        tuple(Stroke(("percent", digit / 10), text=str(digit)) for digit in range(10)),
        shown="0 … 9",
    ),
    Row(
        QT_TRANSLATE_NOOP("VideoKeys", "To its beginning and end"),
        (Stroke(("percent", 0), _KEY.Key_Home), Stroke(("percent", 1), _KEY.Key_End)),
    ),
    Row(
        QT_TRANSLATE_NOOP("VideoKeys", "Chapter before and after"),
        (
            Stroke(("chapter", -1), _KEY.Key_Left, control=True),
            Stroke(("chapter", 1), _KEY.Key_Right, control=True),
        ),
    ),
    Row(
        QT_TRANSLATE_NOOP("VideoKeys", "Slide before and after"),
        (Stroke(("slide", -1), _KEY.Key_PageUp), Stroke(("slide", 1), _KEY.Key_PageDown)),
    ),
    Row(
        QT_TRANSLATE_NOOP("VideoKeys", "Louder and softer"),
        (Stroke(("louder", 10), _KEY.Key_Up), Stroke(("louder", -10), _KEY.Key_Down)),
    ),
    Row(QT_TRANSLATE_NOOP("VideoKeys", "Sound off and on"), (Stroke(("mute", 0), _KEY.Key_M),)),
    Row(
        QT_TRANSLATE_NOOP("VideoKeys", "Slower and faster"),
        (Stroke(("faster", -1), text="<"), Stroke(("faster", 1), text=">")),
    ),
    Row(
        QT_TRANSLATE_NOOP("VideoKeys", "Captions on and off"),
        (Stroke(("captions", 0), _KEY.Key_C),),
    ),
    Row(
        QT_TRANSLATE_NOOP("VideoKeys", "Search what is said"),
        (Stroke(("search", 0), _KEY.Key_F, control=True),),
    ),
    Row(QT_TRANSLATE_NOOP("VideoKeys", "Take a note"), (Stroke(("note", 0), _KEY.Key_N),)),
    Row(
        QT_TRANSLATE_NOOP("VideoKeys", "Mark this moment, or take the mark away"),
        (Stroke(("bookmark", 0), _KEY.Key_B),),
    ),
    Row(
        QT_TRANSLATE_NOOP("VideoKeys", "Full screen, and back"),
        (Stroke(("screen", 0), _KEY.Key_F), Stroke(("window", 0), _KEY.Key_Escape)),
    ),
    Row(  # the window's F1 does not reach the full screen
        QT_TRANSLATE_NOOP("VideoKeys", "This list"),
        (Stroke(("keys", 0), text="?"), Stroke(("keys", 0), _KEY.Key_F1)),
    ),
)


def listed() -> list[tuple[tuple[str, ...], str]]:
    """The rows as the sheet shows them: the names of the keys, and what they do in our language."""
    return [
        ((one.shown,) if one.shown else tuple(key.name for key in one.strokes), said(one))
        for one in TABLE
    ]


def said(one: Row) -> str:
    """What a row's keys do, in the window's language."""
    return translate("VideoKeys", one.words)


_STROKES = [stroke for row in TABLE for stroke in row.strokes]
_BY_TEXT = {one.text: one.wish for one in _STROKES if one.text}
_BY_KEY = {(one.key, one.control): one.wish for one in _STROKES if one.key is not None} | {
    (_KEY.Key_MediaTogglePlayPause, False): ("toggle", 0)
}
_OTHERS = Qt.KeyboardModifier.ShiftModifier | Qt.KeyboardModifier.KeypadModifier
_CONTROL = Qt.KeyboardModifier.ControlModifier


def wish_of(event: QKeyEvent) -> Wish | None:
    """What a key asks for, and how much of it; None where it is for something else."""
    control = bool(event.modifiers() & _CONTROL)
    if event.modifiers() & ~(_OTHERS | _CONTROL):
        return None
    if not control and event.text() in _BY_TEXT:
        return _BY_TEXT[event.text()]
    return _BY_KEY.get((Qt.Key(event.key()), control))
