# SPDX-License-Identifier: Apache-2.0
"""Captions on any picture: whole, in any size, on any ground, as their language is written."""

from __future__ import annotations

import pytest
from PySide6.QtCore import QRectF, Qt
from PySide6.QtGui import QColor, QFont, QImage, QPainter
from pytestqt.qtbot import QtBot

from player.ui.video.caption import SHADES, CaptionStyle, paint_caption

LEFT, RIGHT = Qt.LayoutDirection.LeftToRight, Qt.LayoutDirection.RightToLeft
USUAL = CaptionStyle()
GROUND = QColor("#4080c0")


def painted(
    text: str,
    size: tuple[int, int] = (640, 360),
    style: CaptionStyle = USUAL,
    direction: Qt.LayoutDirection = LEFT,
    letters: int = 10,
) -> QImage:
    image = QImage(size[0], size[1] + 40, QImage.Format.Format_RGB32)
    image.fill(GROUND)
    with QPainter(image) as painter:
        font = QFont(painter.font())
        font.setPointSize(letters)
        painter.setFont(font)
        paint_caption(painter, QRectF(0, 20, *size), text, style, direction)
    return image


def touched(image: QImage) -> tuple[int, int, int, int]:
    """The first and last column and line in which something was painted."""
    spots = [
        (x, y)
        for y in range(image.height())
        for x in range(image.width())
        if image.pixelColor(x, y) != GROUND
    ]
    columns, lines = [x for x, _ in spots], [y for _, y in spots]
    return min(columns), max(columns), min(lines), max(lines)


def white(image: QImage) -> list[tuple[int, int]]:
    return [
        (x, y)
        for y in range(image.height())
        for x in range(image.width())
        if image.pixelColor(x, y).lightness() > 240
    ]


LONG = "Qui décide, et qui en est informé ? " * 8
UNBROKEN = "Donaudampfschifffahrtsgesellschaft" * 4


@pytest.mark.parametrize("text", [LONG, UNBROKEN, "Un\nDeux\nTrois\nQuatre"])
@pytest.mark.parametrize(
    ("size", "percent", "letters"),
    [((640, 360), 100, 10), ((320, 120), 200, 10), ((240, 120), 300, 20)],
)
def test_whatever_is_said_is_seen_whole(
    qtbot: QtBot, text: str, size: tuple[int, int], percent: int, letters: int
) -> None:
    style = CaptionStyle(size=percent)
    left, right, top, bottom = touched(painted(text, size, style, letters=letters))
    assert left >= 0
    assert right < size[0]
    assert top >= 20
    assert bottom < 20 + size[1]


def test_lines_that_do_not_fit_are_broken_anew_and_evenly(qtbot: QtBot) -> None:
    """Not `Awa ne dit pas : tu es` / `toujours en` / `retard. Elle dit`, as the file has them."""
    style = CaptionStyle(size=150)
    one = "Awa ne dit pas que tu es toujours en retard et elle dit ce qu’elle a vu"
    apart = one.replace("toujours en ", "toujours en\n")
    assert painted(apart, (420, 300), style) == painted(one, (420, 300), style)
    said = "– Qui ouvre ?\n– Moi, dit Modou, mais le car de sept heures ne passe plus"
    joined = said.replace("\n", " ")
    assert painted(said, (420, 300), style) != painted(joined, (420, 300), style)


def test_larger_captions_are_larger(qtbot: QtBot) -> None:
    def high(percent: int) -> int:
        _, _, top, bottom = touched(painted("Bonjour", style=CaptionStyle(size=percent)))
        return bottom - top

    assert high(75) < high(100) < high(150) < high(200)


def test_letters_are_no_smaller_than_the_windows_in_a_small_picture(qtbot: QtBot) -> None:
    def high(letters: int) -> int:
        _, _, top, bottom = touched(painted("Ici", (600, 120), letters=letters))
        return bottom - top

    assert high(24) > high(12) * 1.6


def test_each_ground_can_be_read_over_white(qtbot: QtBot) -> None:
    for name, shade in SHADES.items():
        image = painted("MMMM", style=CaptionStyle(size=200, ground=name))
        spots = white(image)
        assert spots, name
        left = min(x for x, _ in spots)
        line = next(y for x, y in spots if x == left)
        near = min(image.pixelColor(left - step, line).lightness() for step in range(1, 6))
        assert near < 110, (name, shade)
    corners = [painted("MM", style=CaptionStyle(ground=name)) for name in ("shade", "outline")]
    boxes = [touched(one) for one in corners]
    assert boxes[0][0] < boxes[1][0]  # the outline has no box around it


def test_a_ground_that_nobody_knows_is_the_usual_one(qtbot: QtBot) -> None:
    assert painted("Oui", style=CaptionStyle(ground="x")) == painted("Oui")


def test_a_full_stop_stands_where_the_captions_language_ends(qtbot: QtBot) -> None:
    """In Arabic the last point is at the left, whatever the window's direction."""
    style = CaptionStyle(size=200, ground="solid")
    words, stopped = "مرحبا", "مرحبا" + "!!!!!!!!"

    def where(direction: Qt.LayoutDirection) -> int:
        """How far the letters' middle moves when marks follow them, to the right above 0."""
        image = painted(stopped, style=style, direction=direction)
        spots = white(image)
        middle = image.width() / 2
        heights = {x: sum(1 for a, _ in spots if a == x) for x, _ in spots}
        tall = [x for x, count in heights.items() if count > 12]  # the strokes of the marks
        return 1 if tall and sum(tall) / len(tall) > middle else -1

    assert painted(words, style=style) is not None
    assert where(LEFT) == 1
    assert where(RIGHT) == -1


def test_nothing_said_paints_nothing(qtbot: QtBot) -> None:
    image = painted("", style=CaptionStyle(ground="outline"))
    assert white(image) == []
