# SPDX-License-Identifier: Apache-2.0
"""Slides, posters, pictures and sheets: a storyboard's words turned into paper and pixels.

A slide is drawn in units of 854 × 480 by one function, whether it ends as a frame of 426 × 240,
as a poster or as a page of vector PDF.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Iterable
from itertools import pairwise
from pathlib import Path

from PySide6.QtCore import QMarginsF, QPointF, QRectF, QSize, QSizeF, Qt, QUuid
from PySide6.QtGui import QColor, QImage, QPageLayout, QPageSize, QPainter, QPdfWriter, QPen

from .diagrams import DIAGRAMS
from .shapes import LEFT, disc, font, line, person, text
from .storyboard import Look, Picture, Sheet, Slide

WIDTH, HEIGHT = 854, 480
BODY = QRectF(48, 122, WIDTH - 96, 296)
DIM = 0.14
"""How much is seen of a part that has not been spoken of yet."""


def draw_slide(painter: QPainter, slide: Slide, look: Look, shown: int) -> None:
    """Draw `slide` with its first `shown` parts lit and the others dimmed."""
    painter.fillRect(QRectF(0, 0, WIDTH, HEIGHT), QColor(look.paper))
    if slide.diagram == "title":
        _title_slide(painter, slide, look)
        return
    painter.fillRect(QRectF(0, 0, 14, HEIGHT), QColor(look.accent))
    text(painter, QRectF(48, 28, WIDTH - 96, 66), slide.title, font(40, bold=True), look.ink, LEFT)
    painter.fillRect(QRectF(48, 98, 72, 5), QColor(look.accent))

    def lit(part: int) -> None:
        painter.setOpacity(1.0 if part < shown else DIM)

    DIAGRAMS[slide.diagram](painter, BODY, slide, look, lit)
    painter.setOpacity(1.0)


def draw_progress(painter: QPainter, marks: list[float], done: float, look: Look) -> None:
    """Draw the line at the foot of a slide: a dot at each of `marks`, filled up to `done` (0-1)."""
    left, across, y = 48.0, WIDTH - 96.0, 452.0
    line(painter, QPointF(left, y), QPointF(left + across, y), look.soft, 5)
    line(painter, QPointF(left, y), QPointF(left + across * done, y), look.second, 5)
    for mark in marks:
        colour = look.second if mark <= done else look.soft
        disc(painter, QPointF(left + across * mark, y), 8, colour)
    disc(painter, QPointF(left + across * done, y), 11, look.accent)


def slide_image(slide: Slide, look: Look, shown: int, height: int) -> QImage:
    """Return a slide as `height` rows of pixels, 16:9, sharp at that size."""
    width = {240: 426, 480: 854}[height]
    size, units = QSize(width, height), QSizeF(WIDTH, HEIGHT)
    return _image(size, units, lambda painter: draw_slide(painter, slide, look, shown))


def write_poster(slide: Slide, look: Look, path: Path) -> None:
    """Write the first slide as a small PNG, the picture before the video plays."""
    _write_png(slide_image(slide, look, len(slide.items), 480), path)


def write_picture(picture: Picture, look: Look, path: Path) -> None:
    """Write a diagram as a PNG for a page, with a margin of the paper's colour."""

    def draw(painter: QPainter) -> None:
        box = QRectF(0, 0, picture.width, picture.height)
        painter.fillRect(box, QColor(look.paper))
        inside = box.adjusted(24, 24, -24, -24)
        if picture.diagram == "cover":
            _cover(painter, box, picture.items, look)
        else:
            DIAGRAMS[picture.diagram](painter, inside, picture, look, lambda _part: None)

    size = QSize(picture.width, picture.height)
    _write_png(_image(size, QSizeF(size), draw), path)


def write_slides(slides: list[Slide], look: Look, title: str, path: Path) -> None:
    """Write the slides as a vector PDF whose text can be selected, one slide a page."""
    size = QPageSize(QSizeF(WIDTH / 4, HEIGHT / 4), QPageSize.Unit.Millimeter, "Slide")

    def page(number: int) -> Callable[[QPainter], None]:
        def draw(painter: QPainter) -> None:
            slide = slides[number]
            draw_slide(painter, slide, look, len(slide.items))
            marks = [i / max(1, len(slides) - 1) for i in range(len(slides))]
            draw_progress(painter, marks, marks[number], look)

        return draw

    _write_pdf(path, f"{title} – {look.course}", size, WIDTH, map(page, range(len(slides))))


def write_sheet(sheet: Sheet, look: Look, path: Path) -> None:
    """Write a sheet to print on A4 and fill in by hand."""
    size = QPageSize(QPageSize.PageSizeId.A4)
    _write_pdf(path, sheet.title, size, 1050, [lambda painter: _draw_sheet(painter, sheet, look)])


def _title_slide(painter: QPainter, slide: Slide, look: Look) -> None:
    painter.fillRect(QRectF(0, 0, WIDTH, 300), QColor(look.accent))
    text(painter, QRectF(48, 30, WIDTH - 96, 44), look.course, font(28), look.paper, LEFT)
    box = QRectF(48, 84, WIDTH - 96, 200)
    text(painter, box, slide.title, font(64, bold=True), look.paper, LEFT)
    for i in range(3):
        colour = look.second if i % 2 else look.accent
        person(painter, QPointF(WIDTH - 250 + 80 * i, 366), 88, colour)
    text(painter, QRectF(48, 312, 500, 110), slide.items[0], font(30), look.ink, LEFT)


def _cover(painter: QPainter, box: QRectF, items: list[str], look: Look) -> None:
    painter.fillRect(box, QColor(look.accent))
    floor = QRectF(0, box.height() * 0.66, box.width(), box.height() * 0.34)
    painter.fillRect(floor, QColor(look.soft))
    title = QRectF(36, 24, box.width() - 72, box.height() * 0.66 - 110)
    text(painter, title, items[0], font(58, bold=True), look.paper, LEFT)
    for i in range(5):
        colour = look.second if i % 2 else look.ink
        person(painter, QPointF(box.width() * (i + 1) / 6, floor.top() - 2), 92, colour)
    below = floor.adjusted(36, 52, -36, -8)
    text(painter, below, items[1], font(28), look.ink)


def _draw_sheet(painter: QPainter, sheet: Sheet, look: Look) -> None:
    """Draw in units of a fifth of a millimetre: a page of A4 is 1050 × 1485."""
    text(painter, QRectF(75, 70, 900, 70), sheet.title, font(46, bold=True), look.accent, LEFT)
    y = 150.0
    for sentence in sheet.advice:
        text(painter, QRectF(75, y, 900, 66), sentence, font(25), look.ink, LEFT)
        y += 70
    edges = [75.0]
    for width in sheet.widths:
        edges.append(edges[-1] + 900 * width / sum(sheet.widths))
    y += 20
    painter.fillRect(QRectF(75, y, 900, 60), QColor(look.accent))
    for name, (left, right) in zip(sheet.columns, pairwise(edges), strict=True):
        head = QRectF(left + 8, y, right - left - 16, 60)
        text(painter, head, name, font(25, bold=True), look.paper, LEFT)
    top, height = y + 60, (1380 - y - 60) / len(sheet.rows)
    for i, name in enumerate(sheet.rows):
        row = QRectF(75, top + i * height, 900, height)
        painter.setPen(QPen(QColor(look.second), 2))
        painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.drawRect(row)
        first = QRectF(83, row.top(), edges[1] - edges[0] - 16, height)
        text(painter, first, name, font(25), look.ink, LEFT)
    for edge in edges[1:-1]:
        line(painter, QPointF(edge, top), QPointF(edge, 1380), look.second, 2)
    text(painter, QRectF(75, 1395, 900, 50), sheet.footer, font(22), look.second, LEFT)


def _image(size: QSize, units: QSizeF, draw: Callable[[QPainter], None]) -> QImage:
    """Return `size` pixels on which `draw` sees `units`, whose shape may differ by a pixel."""
    image = QImage(size, QImage.Format.Format_RGB32)
    with QPainter(image) as painter:
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.scale(size.width() / units.width(), size.height() / units.height())
        draw(painter)
    return image


def _write_png(image: QImage, path: Path) -> None:
    """Write with the picture's 256 commonest colours: half the weight, and no eye sees the rest."""
    path.parent.mkdir(parents=True, exist_ok=True)
    counted = Counter(memoryview(image.constBits()).cast("I"))
    colours = [colour for colour, _times in counted.most_common(256)]
    plain = Qt.ImageConversionFlag.ThresholdDither | Qt.ImageConversionFlag.AvoidDither
    small = image.convertToFormat(QImage.Format.Format_Indexed8, colours, plain)
    small.save(str(path), "PNG", 0)  # 0: the strongest compression


def _write_pdf(
    path: Path,
    title: str,
    size: QPageSize,
    units: int,
    pages: Iterable[Callable[[QPainter], None]],
) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    writer = QPdfWriter(str(path))
    writer.setTitle(title)
    writer.setDocumentId(QUuid.createUuidV5(QUuid(), title.encode()))
    writer.setCreator("Cartable, examples/build_media.py")
    writer.setPageLayout(QPageLayout(size, QPageLayout.Orientation.Portrait, QMarginsF()))
    writer.setResolution(300)
    with QPainter(writer) as painter:
        painter.scale(writer.width() / units, writer.width() / units)
        for number, draw in enumerate(pages):
            if number:
                writer.newPage()
            draw(painter)
    _forget_the_date(path)


def _forget_the_date(path: Path) -> None:
    """Write one fixed date over Qt's, of the same length, so that a rebuild gives the same file."""
    pdf = re.sub(rb"(?<=Date \(D:)\d{14}", b"20260101000000", path.read_bytes())
    pdf = re.sub(rb'(?<=Date=")\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d', b"2026-01-01T00:00:00", pdf)
    path.write_bytes(pdf)
