# SPDX-License-Identifier: Apache-2.0
"""The diagrams a slide or a page's picture may ask for, by name, in `DIAGRAMS`.

Each takes the painter, the box to fill, the drawing and the course's look. It calls `lit(i)`
before it draws part `i`: a slide dims there what has not been spoken of yet.
"""

from __future__ import annotations

import math
from collections.abc import Callable

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QPainter, QPainterPath, QPen

from .shapes import (
    CENTRE,
    LEFT,
    arrow,
    arrow_head,
    card,
    disc,
    font,
    head_and_details,
    heading,
    line,
    person,
    text,
)
from .storyboard import Drawing, Look

Lit = Callable[[int], None]
Diagram = Callable[[QPainter, QRectF, Drawing, Look, Lit], None]


def points(painter: QPainter, area: QRectF, drawing: Drawing, look: Look, lit: Lit) -> None:
    """Numbered points, one below the other."""
    pitch = area.height() / len(drawing.items)
    for i, item in enumerate(drawing.items):
        lit(i)
        middle = area.top() + pitch * (i + 0.5)
        disc(painter, QPointF(area.left() + 28, middle), 26, look.accent)
        number = QRectF(area.left(), middle - 28, 56, 56)
        text(painter, number, str(i + 1), font(30, bold=True), look.paper)
        words = QRectF(area.left() + 78, middle - pitch / 2 + 4, area.width() - 78, pitch - 8)
        text(painter, words, item, font(34), look.ink, LEFT)


def steps(painter: QPainter, area: QRectF, drawing: Drawing, look: Look, lit: Lit) -> None:
    """Cards from left to right with arrows between: a head, and details below it."""
    count, gap = len(drawing.items), 40.0
    width = (area.width() - gap * (count - 1)) / count
    face = font(32 if count < 4 else 26, bold=True)
    for i, item in enumerate(drawing.items):
        lit(i)
        head, details = head_and_details(item)
        box = QRectF(area.left() + i * (width + gap), area.top(), width, area.height())
        card(painter, box, look.soft)
        top = QRectF(box.left(), box.top(), width, 76)
        card(painter, top, look.accent)
        heading(painter, top.adjusted(8, 4, -8, -4), head, face, look.paper)
        text(painter, box.adjusted(10, 84, -10, -8), details, font(30), look.ink)
        if i:
            y = area.top() + 38
            arrow(painter, QPointF(box.left() - gap + 4, y), QPointF(box.left() - 4, y), look.ink)


def cycle(painter: QPainter, area: QRectF, drawing: Drawing, look: Look, lit: Lit) -> None:
    """Cards around an ellipse, with arrow heads between them."""
    count = len(drawing.items)
    centre, card_width, card_height = area.center(), area.width() * 0.34, 78.0
    rx, ry = (area.width() - card_width) / 2, (area.height() - card_height) / 2
    painter.setPen(QPen(QColor(look.second), 5))
    painter.setBrush(Qt.BrushStyle.NoBrush)
    painter.drawEllipse(centre, rx, ry)

    def place(turn: float) -> QPointF:
        angle = 2 * math.pi * turn / count - math.pi / 2
        return centre + QPointF(math.cos(angle) * rx, math.sin(angle) * ry)

    for i, item in enumerate(drawing.items):
        lit(i)
        ahead = place(i + 0.54) - place(i + 0.5)
        arrow_head(painter, place(i + 0.52), math.atan2(ahead.y(), ahead.x()), look.second)
        box = QRectF(0, 0, card_width, card_height)
        box.moveCenter(place(i))
        card(painter, box, look.accent)
        text(painter, box.adjusted(10, 4, -10, -4), item, font(29, bold=True), look.paper)


def columns(painter: QPainter, area: QRectF, drawing: Drawing, look: Look, lit: Lit) -> None:
    """A board: a head on each column, its details as cards below."""
    count, gap = len(drawing.items), 20.0
    width = (area.width() - gap * (count - 1)) / count
    for i, item in enumerate(drawing.items):
        lit(i)
        head, *cards = item.split("|")
        box = QRectF(area.left() + i * (width + gap), area.top(), width, area.height())
        card(painter, box, look.soft)
        top = QRectF(box.left() + 8, box.top() + 6, width - 16, 46)
        heading(painter, top, head, font(29, bold=True), look.accent)
        pitch = (box.height() - 66) / max(2, len(cards))
        for row, words in enumerate(cards):
            note = QRectF(box.left() + 10, box.top() + 58 + row * pitch, width - 20, pitch - 10)
            card(painter, note, look.paper)
            text(painter, note.adjusted(8, 2, -8, -2), words, font(25), look.ink)


def matrix(painter: QPainter, area: QRectF, drawing: Drawing, look: Look, lit: Lit) -> None:
    """Two by two. `axes` name the columns (two), then the rows (two)."""
    side = area.width() * 0.2
    width, height = (area.width() - side - 24) / 2, (area.height() - 40 - 24) / 2
    for i, name in enumerate(drawing.axes[:2]):
        head = QRectF(area.left() + side + 12 + i * (width + 12), area.top(), width, 40)
        text(painter, head, name, font(25, bold=True), look.second)
    for i, name in enumerate(drawing.axes[2:]):
        head = QRectF(area.left(), area.top() + 52 + i * (height + 12), side, height)
        text(painter, head, name, font(25, bold=True), look.second)
    for i, item in enumerate(drawing.items):
        lit(i)
        box = QRectF(
            area.left() + side + 12 + (i % 2) * (width + 12),
            area.top() + 52 + (i // 2) * (height + 12),
            width,
            height,
        )
        strong = i == 0 and bool(item)
        card(painter, box, look.accent if strong else look.soft)
        inside = box.adjusted(12, 4, -12, -4)
        text(painter, inside, item, font(28, bold=strong), look.paper if strong else look.ink)


def scale(painter: QPainter, area: QRectF, drawing: Drawing, look: Look, lit: Lit) -> None:
    """Marks on a line from one end to the other (`axes`), each larger than the one before."""
    count = len(drawing.items)
    pitch, y = area.width() / count, area.top() + 96
    for end, align in zip(drawing.axes, (LEFT, Qt.AlignmentFlag.AlignRight), strict=True):
        box = QRectF(area.left(), area.top(), area.width(), 36)
        text(painter, box, end, font(25, bold=True), look.second, align)
    arrow(painter, QPointF(area.left(), y), QPointF(area.right(), y), look.second)
    for i, item in enumerate(drawing.items):
        lit(i)
        head, details = head_and_details(item)
        x = area.left() + pitch * (i + 0.5)
        disc(painter, QPointF(x, y), 18 + 6 * i, look.accent)
        box = QRectF(x - pitch / 2 + 4, y + 48, pitch - 8, 44)
        heading(painter, box, head, font(29, bold=True), look.ink)
        rest = QRectF(box.left(), box.bottom(), box.width(), area.bottom() - box.bottom())
        text(painter, rest, details, font(25), look.ink, Qt.AlignmentFlag.AlignHCenter)


def people(painter: QPainter, area: QRectF, drawing: Drawing, look: Look, lit: Lit) -> None:
    """Persons side by side, a name and a role under each."""
    pitch = area.width() / len(drawing.items)
    size = min(110.0, area.height() * 0.4)
    for i, item in enumerate(drawing.items):
        lit(i)
        name, role = head_and_details(item)
        x = area.left() + pitch * (i + 0.5)
        colour = look.second if i % 2 else look.accent
        person(painter, QPointF(x, area.top() + size / 2), size, colour)
        box = QRectF(x - pitch / 2 + 6, area.top() + size + 8, pitch - 12, 44)
        heading(painter, box, name, font(30, bold=True), look.ink)
        rest = QRectF(box.left(), box.bottom(), box.width(), area.bottom() - box.bottom())
        text(painter, rest, role, font(26), look.ink, Qt.AlignmentFlag.AlignHCenter)


def bars(painter: QPainter, area: QRectF, drawing: Drawing, look: Look, lit: Lit) -> None:
    """Bars as long as `values`; an item is `label|what the bar says`."""
    pitch, label, number = area.height() / len(drawing.items), area.width() * 0.3, 130.0
    longest = area.width() - label - number
    for i, (item, value) in enumerate(zip(drawing.items, drawing.values, strict=True)):
        lit(i)
        name, says = head_and_details(item)
        top = area.top() + pitch * i
        text(painter, QRectF(area.left(), top, label - 12, pitch), name, font(28), look.ink, LEFT)
        length = max(8.0, longest * value / max(drawing.values))
        bar = QRectF(area.left() + label, top + pitch * 0.2, length, pitch * 0.6)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(QColor(look.accent if i % 2 == 0 else look.second))
        painter.drawRoundedRect(bar, 6, 6)
        says_box = QRectF(bar.right() + 12, top, number - 12, pitch)
        text(painter, says_box, says, font(28, bold=True), look.ink, LEFT)


def curve(painter: QPainter, area: QRectF, drawing: Drawing, look: Look, lit: Lit) -> None:
    """Forgetting, pushed back by each review. `values`: days of the reviews, then the last day."""
    left, top, bottom = area.left() + 4, area.top() + 48, area.bottom() - 42
    across, last = area.width() - 8, drawing.values[-1]
    line(painter, QPointF(left, bottom), QPointF(area.right(), bottom), look.ink, 3)
    line(painter, QPointF(left, bottom), QPointF(left, top - 8), look.ink, 3)
    name = QRectF(left + 8, area.top(), across, 36)
    text(painter, name, drawing.axes[0], font(24), look.ink, LEFT)
    end = QRectF(left, bottom + 6, across, 36)
    text(painter, end, drawing.axes[1], font(24), look.ink, Qt.AlignmentFlag.AlignRight)

    def place(day: float, kept: float) -> QPointF:
        x = left + across * math.log1p(day) / math.log1p(last)
        return QPointF(x, bottom - (bottom - top) * kept)

    def forget(start: float, stop: float, reviews: int) -> QPainterPath:
        path = QPainterPath(place(start, 1))
        for step in range(1, 61):
            days = (stop - start) * (step / 60) ** 3
            path.lineTo(place(start + days, (1 + days / (0.3 * 4**reviews)) ** -0.6))
        return path

    for i, start in enumerate([0.0, *drawing.values[:-1]]):
        lit(i)
        if i:
            line(painter, place(start, 0), place(start, 1), look.soft, 4)
        # Without a review, forgetting goes on to the last day.
        path = forget(start, drawing.values[i] if i else last, i)
        painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.setPen(QPen(QColor(look.second if i else look.accent), 6))
        painter.drawPath(path)
        disc(painter, place(start, 1), 11, look.accent)
        label = QRectF(0, bottom + 6, 110, 36)
        label.moveLeft(place(start, 0).x() - 55 if i else left)
        align = CENTRE if i else LEFT
        text(painter, label, drawing.items[i], font(24, bold=True), look.ink, align)


def bubbles(painter: QPainter, area: QRectF, drawing: Drawing, look: Look, lit: Lit) -> None:
    """Speech bubbles, from the left and from the right in turn."""
    pitch = area.height() / len(drawing.items)
    for i, item in enumerate(drawing.items):
        lit(i)
        right = bool(i % 2)
        fill, ink = (look.second, look.paper) if right else (look.soft, look.ink)
        size = min(70.0, pitch - 12)
        box = QRectF(area.left() + 90, area.top() + pitch * i, area.width() - 180, pitch - 14)
        speaker = QPointF(area.right() - 36 if right else area.left() + 36, box.center().y())
        person(painter, speaker, size, look.second if right else look.accent)
        card(painter, box, fill)
        angle = 0.0 if right else math.pi
        tip = QPointF(box.right() + 15 if right else box.left() - 15, box.center().y())
        arrow_head(painter, tip, angle, fill)
        text(painter, box.adjusted(18, 2, -18, -2), item, font(28), ink, LEFT)


def page(painter: QPainter, area: QRectF, drawing: Drawing, look: Look, lit: Lit) -> None:
    """A sheet of paper: a narrow column, a wide one, and a strip along the bottom, all empty."""
    del drawing
    sheet = QRectF(area.center().x() - 230, area.top(), 460, area.height())
    lit(0)
    card(painter, sheet, "#ffffff", look.second)
    across, down = sheet.bottom() - 81, sheet.left() + 165
    line(painter, QPointF(sheet.left(), across), QPointF(sheet.right(), across), look.second)
    line(painter, QPointF(down, sheet.top()), QPointF(down, across), look.second)


def quote(painter: QPainter, area: QRectF, drawing: Drawing, look: Look, lit: Lit) -> None:
    """One large sentence on a band of colour; a second item stands below it, smaller."""
    sentence, *below = drawing.items
    height = area.height() * (0.66 if below else 1.0)
    band = QRectF(area.left(), area.top(), area.width(), height)
    lit(0)
    card(painter, band, look.soft)
    text(painter, band.adjusted(36, 10, -36, -10), sentence, font(40, bold=True), look.ink)
    if below:
        lit(1)
        rest = QRectF(
            area.left(), band.bottom() + 10, area.width(), area.bottom() - band.bottom() - 10
        )
        text(painter, rest, below[0], font(28), look.second)


DIAGRAMS: dict[str, Diagram] = {
    "points": points,
    "steps": steps,
    "cycle": cycle,
    "columns": columns,
    "matrix": matrix,
    "scale": scale,
    "people": people,
    "bars": bars,
    "curve": curve,
    "bubbles": bubbles,
    "page": page,
    "quote": quote,
}
