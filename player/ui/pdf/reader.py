# SPDX-License-Identifier: Apache-2.0
"""The process that reads a PDF: `python -m player.ui.pdf.reader SECONDS MEGABYTES`.

Each line of standard input is a question, a JSON object with `do` and what belongs to it. Each
answer is two lengths (32 bits, little-endian), so many bytes of JSON, and so many of a picture
(RGB32, rows from above). The first question is `open`. Coordinates are points (1/72 inch) from a
page's upper left corner; pages count from 0.

Whoever asks sees to it that this is killed when it takes too long; it ends by itself soon after,
and when nobody asks any more. What it has no memory for, or what makes the library fall, ends it as
well.
"""

from __future__ import annotations

import json
import sys
import time
from collections.abc import Callable
from typing import Any

from PySide6.QtCore import QCoreApplication, QModelIndex, QPointF, QRect, QRectF, QSize
from PySide6.QtGui import QImage, QPainter
from PySide6.QtPdf import (
    QPdfBookmarkModel,
    QPdfDocument,
    QPdfDocumentRenderOptions,
    QPdfLinkModel,
    QPdfSearchModel,
)

from player import apart
from player.ui.pdf import HEAD

PAGES = 10_000
"""How many pages are shown; none of the books that we know has as many."""

MARKS = 2_000
"""Lines of an outline."""

HITS = 500
"""Places on one page where words are found, and links on it."""

LETTERS = 200_000
"""Letters of one page's text."""

_A_TURN = 0.03  # seconds of searching after which drawing has its turn

_Mark, _Link = QPdfBookmarkModel.Role, QPdfLinkModel.Role


class Reader:
    """Answers about one file."""

    def __init__(self) -> None:
        self._document = QPdfDocument()
        self._search = QPdfSearchModel()
        self._search.setDocument(self._document)

    def open(self, path: str) -> dict[str, Any]:
        """How many pages it has; 0 where it is no PDF that can be read."""
        fine = self._document.load(path) is QPdfDocument.Error.None_
        return {"pages": min(PAGES, self._document.pageCount()) if fine else 0}

    def sizes(self, first: int, count: int) -> dict[str, Any]:
        """Width and height of pages, by pairs."""
        pages = range(first, min(first + count, self._document.pageCount()))
        sizes = [self._document.pagePointSize(page) for page in pages]
        return {"sizes": [(size.width(), size.height()) for size in sizes]}

    def draw(self, page: int, size: list[int], piece: list[int]) -> bytes:
        """A piece (x, y, width, height) of a page that is `size` pixels large; of none, nothing."""
        part, how = QRect(*piece), QPdfDocumentRenderOptions()
        how.setScaledSize(QSize(*size))
        # One more each way: Qt divides by the size, less one, and would draw it too small (6.11)
        how.setScaledClipRect(part.adjusted(0, 0, 1, 1))
        drawn = self._document.render(page, part.size(), how)
        if drawn.isNull():
            return b""
        paper = QImage(part.size(), QImage.Format.Format_RGB32)
        paper.fill(0xFFFFFFFF)
        with QPainter(paper) as painter:
            painter.drawImage(0, 0, drawn)
        return bytes(paper.constBits())

    def text(self, page: int) -> dict[str, Any]:
        """The words of a page."""
        return {"text": self._document.getAllText(page).text()[:LETTERS]}

    def find(self, words: str, page: int) -> dict[str, Any]:
        """Where words stand from a page on, as far as one comes in a moment."""
        if self._search.searchString() != words:
            self._search.setSearchString(words)
        hits, until = [], time.monotonic() + _A_TURN
        while page < min(PAGES, self._document.pageCount()):
            for found in self._search.resultsOnPage(page)[:HITS]:
                place = found.location()
                areas = [_box(area) for area in found.rectangles()[:HITS]]
                hits.append({"page": page, "place": (place.x(), place.y()), "areas": areas})
            page += 1
            if time.monotonic() > until:
                break
        return {"hits": hits, "next": page}

    def links(self, page: int) -> dict[str, Any]:
        """The links on a page: to a place in the file, or to an address."""
        model = QPdfLinkModel()
        model.setDocument(self._document)
        model.setPage(page)
        links = []
        for row in range(min(HITS, model.rowCount(QModelIndex()))):
            index = model.index(row, 0)
            place = index.data(_Link.Location.value)
            links.append(
                {
                    "area": _box(index.data(_Link.Rectangle.value)),
                    "page": index.data(_Link.Page.value),
                    "place": _place(place),
                    "address": index.data(_Link.Url.value).toString(),
                }
            )
        return {"links": links}

    def outline(self) -> dict[str, Any]:
        """The outline, each line with how deep it stands."""
        model = QPdfBookmarkModel()
        model.setDocument(self._document)
        marks: list[dict[str, Any]] = []
        left = [(0, model.index(row, 0)) for row in reversed(range(model.rowCount(QModelIndex())))]
        while left and len(marks) < MARKS:
            depth, index = left.pop()
            place = _place(index.data(_Mark.Location.value))
            title, page = index.data(_Mark.Title.value), index.data(_Mark.Page.value)
            marks.append({"title": title[:HITS], "depth": depth, "page": page, "place": place})
            below = reversed(range(model.rowCount(index)))
            left += [(depth + 1, model.index(row, 0, index)) for row in below]
        return {"marks": marks}


def _box(area: QRectF) -> tuple[float, ...]:
    return area.x(), area.y(), area.width(), area.height()


def _place(place: object) -> tuple[float, float]:
    return (place.x(), place.y()) if isinstance(place, QPointF) else (0.0, 0.0)


def main(seconds: float, megabytes: int) -> None:
    """Answer until nobody asks any more."""
    apart.confine(megabytes)
    _app = QCoreApplication([])
    reader = Reader()
    for line in sys.stdin.buffer:
        with apart.deadline(seconds):
            wish = json.loads(line)
            answer: Callable[..., dict[str, Any] | bytes] = getattr(reader, wish.pop("do"))
            said = answer(**wish)
        if isinstance(said, bytes):
            words, picture = b"{}", said
        else:
            words, picture = json.dumps(said).encode(), b""
        sys.stdout.buffer.write(HEAD.pack(len(words), len(picture)) + words + picture)
        sys.stdout.buffer.flush()


if __name__ == "__main__":
    main(float(sys.argv[1]), int(sys.argv[2]))
