# SPDX-License-Identifier: Apache-2.0
"""How captions are painted, whichever engine plays: their size, their ground, their direction."""

from __future__ import annotations

from dataclasses import dataclass

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import (
    QColor,
    QFont,
    QFontMetricsF,
    QPainter,
    QPainterPath,
    QTextLayout,
    QTextOption,
)

PAPER = QColor("#ffffff")
SHADES = {"shade": 190, "solid": 255, "outline": 0}
"""How dark the ground of captions is, 0 to 255, by the setting `caption_ground`.

White on it has 8:1 at 190 even over a white picture. Without a ground, letters have a black edge.
"""
_TEXT_SIZE = 1 / 18  # of the height: what teletext and players have settled on
_SMALLEST = 0.8  # of the window's own letters: below that nobody reads it
_TINIEST = 7  # pixels: letters get no smaller to fit
_LINE = 1.2  # heights of letters from one line to the next
_EDGE = 1 / 7  # of the letters' size
_DASHES = ("-", "\u2013", "\u2014")
_HALVINGS = 6  # to find the width of even lines
_MOST = 0.75  # of the picture's height that captions may cover


@dataclass(frozen=True, slots=True)
class CaptionStyle:
    """`size` in per cent; `ground` one of `SHADES`."""

    size: int = 100
    ground: str = "shade"


def paint_caption(
    painter: QPainter,
    area: QRectF,
    text: str,
    style: CaptionStyle,
    direction: Qt.LayoutDirection,
) -> None:
    """Paint `text` in the lower part of `area`, wrapped, whole: letters shrink until it fits."""
    smallest = QFontMetricsF(painter.font()).height() * _SMALLEST
    pixels = round(max(area.height() * _TEXT_SIZE, smallest) * style.size / 100)
    while True:
        font = QFont(painter.font())
        font.setPixelSize(max(pixels, _TINIEST))
        gap = font.pixelSize() / 2
        block = _laid(text, font, area.width() * 0.94 - 2 * gap, direction)
        if block.height + gap <= area.height() * _MOST or pixels <= _TINIEST:
            break
        pixels = min(pixels - 1, round(pixels * 0.9))
    box = QRectF(0, 0, block.width, block.height)
    box.moveCenter(area.center())
    box.moveBottom(area.bottom() - max(area.height() / 24, gap))
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    shade = SHADES.get(style.ground, SHADES["shade"])
    if shade:
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(QColor(0, 0, 0, shade))
        painter.drawRoundedRect(box.adjusted(-gap, -gap / 2, gap, gap / 2), gap / 2, gap / 2)
    block.paint(painter, box, edged=not shade)


def _laid(text: str, font: QFont, room: float, direction: Qt.LayoutDirection) -> _Block:
    """The author's lines where they fit; else new ones, of about the same length.

    Lines that begin with a dash are somebody's each, and stay.
    """
    block = _Block(text, font, room, direction)
    spoken = any(line.lstrip().startswith(_DASHES) for line in text.split("\n"))
    if not block.wrapped or spoken:
        return block
    joined = " ".join(text.split("\n"))
    block = _Block(joined, font, room, direction)
    narrow, wide = room / 2, room
    for _ in range(_HALVINGS):  # as narrow as it can be with no more lines
        middle = (narrow + wide) / 2
        tried = _Block(joined, font, middle, direction)
        if tried.height > block.height:
            narrow = middle
        else:
            wide, block = middle, tried
    return block


class _Block:
    """Lines one below the other, broken at words, or inside one that is too long."""

    def __init__(self, text: str, font: QFont, room: float, direction: Qt.LayoutDirection) -> None:
        option = QTextOption(Qt.AlignmentFlag.AlignLeft)  # in the middle by hand, in `paint`
        option.setTextDirection(direction)
        option.setWrapMode(QTextOption.WrapMode.WrapAtWordBoundaryOrAnywhere)
        self._font, self._step = font, QFontMetricsF(font).height() * _LINE / 1.2
        self._parts = [QTextLayout(line, font) for line in text.split("\n")]
        self._widths: list[list[float]] = []
        for part in self._parts:
            part.setTextOption(option)
            self._widths.append(_broken(part, max(room, 1.0)))
        self.width = max((wide for widths in self._widths for wide in widths), default=0.0)
        self.wrapped = any(len(widths) > 1 for widths in self._widths)
        self.height = sum(len(widths) for widths in self._widths) * self._step

    def paint(self, painter: QPainter, box: QRectF, *, edged: bool) -> None:
        """Paint the lines in white; `edged` gives letters a black edge."""
        top = box.top()
        for part, widths in zip(self._parts, self._widths, strict=True):
            for number, wide in enumerate(widths):
                line = part.lineAt(number)
                left = box.center().x() - wide / 2
                line.setPosition(QPointF(0, 0))
                place = QPointF(left - line.naturalTextRect().left(), top)
                if edged:
                    self._paint_edge(painter, part, number, place)
                painter.setPen(PAPER)
                line.draw(painter, place)
                top += self._step

    def _paint_edge(
        self, painter: QPainter, part: QTextLayout, number: int, place: QPointF
    ) -> None:
        """Draw the line's letters wide and dark, below the white ones."""
        edges = QPainterPath()
        for run in part.lineAt(number).glyphRuns():
            font = run.rawFont()
            spots = zip(run.glyphIndexes(), run.positions(), strict=True)
            for index, spot in spots:
                edges.addPath(font.pathForGlyph(index).translated(place + spot))
        pen = painter.pen()
        pen.setColor(QColor("#000000"))
        pen.setWidthF(max(2.0, self._font.pixelSize() * _EDGE))
        pen.setJoinStyle(Qt.PenJoinStyle.RoundJoin)
        painter.setPen(pen)
        painter.setBrush(QColor("#000000"))
        painter.drawPath(edges)


def _broken(part: QTextLayout, room: float) -> list[float]:
    """Break a paragraph into lines of at most `room`; the width of each."""
    widths = []
    part.beginLayout()
    while (line := part.createLine()).isValid():
        line.setLineWidth(room)
        widths.append(line.naturalTextWidth())
    part.endLayout()
    return widths or [0.0]
