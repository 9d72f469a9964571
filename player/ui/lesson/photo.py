# SPDX-License-Identifier: Apache-2.0
"""A photo of a page, made smaller: still to be read, and a tenth of the bytes.

Any thread may ask.
"""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import QBuffer, QIODevice, QSize, Qt
from PySide6.QtGui import QImage, QImageReader, QPainter

SIDE = 1600  # pixels: 140 to the inch on a page of A4, where handwriting is well read
QUALITY = 75
WORTH = 300_000  # bytes; smaller pictures are left alone
_LARGEST = 120_000_000  # pixels; more than any camera has, and 480 MB in memory


def smaller(path: Path) -> bytes:
    """The picture as a JPEG of at most `SIDE` pixels; empty where that gains less than a third.

    Of what a camera writes into a photo (where and when it was taken) nothing is left.
    """
    reader = QImageReader(str(path))
    reader.setDecideFormatFromContent(True)
    reader.setAutoTransform(True)
    size = reader.size()
    if not size.isValid() or size.width() * size.height() > _LARGEST:
        return b""
    if max(size.width(), size.height()) > SIDE:  # most decoders then read no more than they need
        reader.setScaledSize(size.scaled(QSize(SIDE, SIDE), Qt.AspectRatioMode.KeepAspectRatio))
    image = reader.read()
    data = b"" if image.isNull() else _written(image)
    return data if len(data) * 3 < path.stat().st_size * 2 else b""


def thumbnail(path: Path, side: int) -> QImage:
    """The picture in a square of `side` pixels; a null image for what is none."""
    reader = QImageReader(str(path))
    reader.setDecideFormatFromContent(True)
    reader.setAutoTransform(True)
    size = reader.size()
    if not size.isValid() or size.width() * size.height() > _LARGEST:
        return QImage()
    if max(size.width(), size.height()) > side:
        reader.setScaledSize(size.scaled(QSize(side, side), Qt.AspectRatioMode.KeepAspectRatio))
    return reader.read()


def _written(image: QImage) -> bytes:
    """On white, since JPEG has no transparency."""
    page = QImage(image.size(), QImage.Format.Format_RGB32)
    page.fill(Qt.GlobalColor.white)
    painter = QPainter(page)
    painter.drawImage(0, 0, image)
    painter.end()
    buffer = QBuffer()
    buffer.open(QIODevice.OpenModeFlag.WriteOnly)
    page.save(buffer, "JPEG", QUALITY)  # type: ignore[call-overload]
    return bytes(buffer.data().data())
