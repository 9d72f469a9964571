# SPDX-License-Identifier: Apache-2.0
"""The strokes every diagram shares: text that is sure to fit, cards, arrows, people.

All lengths are in the units of a slide, 854 × 480; the painter's scale does the rest.
"""

from __future__ import annotations

import math

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QFont, QPainter, QPainterPath, QPen, QPolygonF

FAMILIES = ["Noto Sans", "DejaVu Sans"]
SMALLEST = 22
"""Smallest letter of a slide: 11 pixels high at 240p."""

LEFT = Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter
CENTRE = Qt.AlignmentFlag.AlignCenter


class TextTooLong(ValueError):
    """A text does not fit where its diagram puts it, even at the smallest size."""


def font(size: int, *, bold: bool = False) -> QFont:
    """Return the course's typeface, `size` units high."""
    face = QFont()
    face.setFamilies(FAMILIES)
    face.setPixelSize(size)
    face.setBold(bold)
    face.setHintingPreference(QFont.HintingPreference.PreferNoHinting)
    face.setFeature(QFont.Tag("liga"), 0)  # a reader who searches a PDF for “fi” must find it
    return face


def text(
    painter: QPainter,
    box: QRectF,
    words: str,
    face: QFont,
    colour: str,
    align: Qt.AlignmentFlag = CENTRE,
) -> None:
    """Write `words` inside `box`, wrapped, smaller if need be. Raises TextTooLong."""
    _write(
        painter, box, words, face, colour, int(align.value) | int(Qt.TextFlag.TextWordWrap.value)
    )


def heading(painter: QPainter, box: QRectF, words: str, face: QFont, colour: str) -> None:
    """Write `words` on one line in the middle of `box`. Raises TextTooLong."""
    _write(painter, box, words, face, colour, int(CENTRE.value))


def _write(
    painter: QPainter, box: QRectF, words: str, face: QFont, colour: str, flags: int
) -> None:
    """Write with the largest letters, down to the smallest allowed, that fit `box`."""
    flags |= int(Qt.TextFlag.TextDontClip.value)  # a “J” reaches a little out of its place
    wrapped = flags & int(Qt.TextFlag.TextWordWrap.value)
    widest = box.width() if wrapped else box.width() * 0.92
    painter.setPen(QColor(colour))  # before measuring: without a pen, Qt finds every text empty
    # Qt measures no further than the box it is given: give it one without an end.
    endless = QRectF(0, 0, widest if wrapped else 10_000, 10_000)
    for size in range(face.pixelSize(), SMALLEST - 1, -1):
        face.setPixelSize(size)
        painter.setFont(face)
        needed = painter.boundingRect(endless, wrapped, words)
        if needed.height() <= box.height() and needed.width() <= widest:
            painter.drawText(box, flags, words)
            return
    raise TextTooLong(f"“{words}” does not fit {box.width():.0f} × {box.height():.0f}")


def card(painter: QPainter, box: QRectF, fill: str, border: str | None = None) -> None:
    """Draw a rounded rectangle."""
    painter.setPen(QPen(QColor(border), 3) if border else Qt.PenStyle.NoPen)
    painter.setBrush(QColor(fill))
    painter.drawRoundedRect(box, 14, 14)


def disc(painter: QPainter, centre: QPointF, radius: float, fill: str) -> None:
    """Draw a filled circle."""
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(QColor(fill))
    painter.drawEllipse(centre, radius, radius)


def line(painter: QPainter, start: QPointF, end: QPointF, colour: str, width: float = 4) -> None:
    """Draw a line with round ends."""
    pen = QPen(QColor(colour), width)
    pen.setCapStyle(Qt.PenCapStyle.RoundCap)
    painter.setPen(pen)
    painter.drawLine(start, end)


def arrow_head(painter: QPainter, tip: QPointF, angle: float, colour: str) -> None:
    """Draw an arrow's head at `tip`, pointing along `angle` (radians, clockwise from the right)."""
    sides = (
        tip - QPointF(math.cos(angle + turn), math.sin(angle + turn)) * 18 for turn in (-0.5, 0.5)
    )
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(QColor(colour))
    painter.drawPolygon(QPolygonF([tip, *sides]))


def arrow(painter: QPainter, start: QPointF, end: QPointF, colour: str) -> None:
    """Draw a straight arrow."""
    angle = math.atan2(end.y() - start.y(), end.x() - start.x())
    line(painter, start, end - QPointF(math.cos(angle), math.sin(angle)) * 12, colour)
    arrow_head(painter, end, angle, colour)


def person(painter: QPainter, centre: QPointF, size: float, fill: str) -> None:
    """Draw a head and shoulders about `size` high around `centre`."""
    disc(painter, centre - QPointF(0, size * 0.26), size * 0.23, fill)
    shoulders = QPainterPath()
    bottom = centre.y() + size * 0.5
    shoulders.moveTo(centre.x() - size * 0.42, bottom)
    shoulders.arcTo(
        QRectF(centre.x() - size * 0.42, bottom - size * 0.44, size * 0.84, size * 0.88), 180, -180
    )
    shoulders.closeSubpath()
    painter.drawPath(shoulders)


def head_and_details(item: str) -> tuple[str, str]:
    """Split `"head|details"`; the details may be absent."""
    head, _, details = item.partition("|")
    return head, details
