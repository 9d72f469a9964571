# SPDX-License-Identifier: Apache-2.0
"""How a course's text looks, as the reader chose it: letters, spacing, length of lines."""

from __future__ import annotations

from functools import cache
from pathlib import Path

from PySide6.QtGui import QFont, QFontDatabase

from player.settings import Settings
from player.ui import style

COLUMN = 720  # pixels at 100 %: about 80 characters, beyond which lines are hard to follow
_WIDTHS = {"narrow": 540, "usual": COLUMN, "wide": 1000, "full": 16_000}
_LARGER = 1.2  # than the letters of buttons
_FOLDER = Path(__file__).parents[1] / "fonts"
FACES = tuple(f"OpenDyslexic-{face}.otf" for face in ("Regular", "Bold", "Italic", "BoldItalic"))


def points(base: QFont, settings: Settings) -> float:
    """The size of the text of a course where the window's letters are those of `base`."""
    size = base.pointSizeF()
    return (size if size > 0 else 10.0) * _LARGER * settings.text_size / 100


def font(base: QFont, settings: Settings, *, joined: bool = False) -> QFont:
    """The letters of a course's text. `joined`: they hang together, as in Arabic."""
    made = QFont(base)
    made.setPointSizeF(points(base, settings))
    if settings.text_font == "dyslexic" and (family := _dyslexic()):
        made.setFamilies([family, *base.families()])
    if settings.letter_spacing and not joined:
        made.setLetterSpacing(QFont.SpacingType.PercentageSpacing, 100.0 + settings.letter_spacing)
    return made


def width(settings: Settings) -> int:
    """How wide a column of text may be, in pixels; it grows with letters and their spacing."""
    scale = max(100, settings.text_size) * (100 + settings.letter_spacing) / 10_000
    return round(style.side(_WIDTHS[settings.text_width]) * scale)


@cache
def _dyslexic() -> str:
    """The name of OpenDyslexic, loaded when it is first chosen; '' where it cannot be read."""
    numbers = [QFontDatabase.addApplicationFont(str(_FOLDER / face)) for face in FACES]
    families = QFontDatabase.applicationFontFamilies(numbers[0])
    return families[0] if families else ""
