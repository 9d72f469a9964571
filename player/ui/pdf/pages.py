# SPDX-License-Identifier: Apache-2.0
"""The pages of a PDF: laid out, scrolled, enlarged, painted from pictures that its file gives."""

from __future__ import annotations

import enum
from bisect import bisect_right
from collections.abc import Iterator
from dataclasses import dataclass
from math import ceil

from PySide6.QtCore import QPointF, QRectF, QSize, Qt, Signal
from PySide6.QtGui import (
    QColor,
    QImage,
    QMouseEvent,
    QPainter,
    QPaintEvent,
    QPalette,
    QPen,
    QResizeEvent,
    QShowEvent,
)
from PySide6.QtWidgets import QAbstractScrollArea, QFrame

from player.ui.language import translate
from player.ui.pdf.file import Hit, Link, Links, PdfFile, Sizes
from player.ui.style import GRID, colours

_MARGIN = 6  # pixels around all pages
_LINE = 20  # pixels that an arrow key scrolls
_PIECE = 2048  # pixels of the screen: a side of what is drawn at once, 16 MB
_KEPT = 64 << 20  # bytes of pictures beside those in sight
_A4 = (595.0, 842.0)
_LONGEST = 14_400.0  # points of a page's side (ISO 32000-1, C.2)
_TALLEST = 100_000.0  # pixels of a page: 10,000 of them are less than a scroll bar counts
_FIRST = 50  # pages whose sizes are asked for before anything is drawn
_AT_ONCE = 500  # then, a tenth of a second's work each time
_CURRENT = 0.4  # of the height: the page that is there is the one in sight
_HIT, _THIS_HIT = QColor(176, 196, 222, 128), QColor(0, 255, 255)


class Fit(enum.Enum):
    """How large pages are."""

    WIDTH = enum.auto()
    """Each as wide as the window."""
    WHOLE = enum.auto()
    """As large as it can be seen whole."""
    NONE = enum.auto()
    """By `PdfPages.factor`: 1.0 is their own size."""


@dataclass(frozen=True, slots=True)
class _Piece:
    """A part of a page that is drawn at once; sizes in pixels of the screen."""

    page: int
    size: tuple[int, int]
    area: tuple[int, int, int, int]


class PdfPages(QAbstractScrollArea):
    """All pages one below the other, or one `single` page at a time.

    Signals:
        page_changed: the page now in sight, from 0; also when the file is opened.
        drawn: there is more to see.
        address_asked: a link to the web was followed.
    """

    page_changed = Signal(int)
    drawn = Signal()
    address_asked = Signal(str)

    def __init__(self, file: PdfFile, *, single: bool = False) -> None:
        super().__init__()
        self._file, self._single = file, single
        self.page = 0
        """The page in sight; before the file is open, the one that will be."""
        self.fit = Fit.WHOLE if single else Fit.WIDTH
        self.factor = 1.0
        self._goal: tuple[int, tuple[float, float]] | None = None
        self._points: list[tuple[float, float]] = []
        self._sides: list[tuple[int, int]] = []  # pixels, of each page that is laid out
        self._tops: list[int] = []
        self._whole = QSize()
        self._laying = self._going = False
        self._pictures: dict[_Piece, QImage] = {}
        self._drawing: _Piece | None = None
        self._lost: set[int] = set()
        self._hits: dict[int, list[Hit]] = {}
        self._hit: Hit | None = None
        self._links: dict[int, tuple[Link, ...]] = {}
        self._asked_links = -1
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.viewport().setMouseTracking(True)
        ground = self.palette()
        ground.setColor(QPalette.ColorRole.Dark, QColor(colours().surface_2))  # around the pages
        self.setPalette(ground)
        self.viewport().setBackgroundRole(QPalette.ColorRole.Dark)
        self.verticalScrollBar().setSingleStep(_LINE)
        self.horizontalScrollBar().setSingleStep(_LINE)
        file.opened.connect(self._begin)
        file.failed.connect(self._forget)

    def go_to(self, page: int, place: tuple[float, float] = (0.0, 0.0)) -> None:
        """Bring a place of a page (points) into sight; beyond the file, the nearest page."""
        if not self._points:  # not open yet
            self._goal, self.page = (page, place), max(0, page)
            return
        page = max(0, min(page, self._file.pages - 1))
        if self._single and page != self.page:
            self._see(page)
            self._lay_out()
        across, down = (max(0.0, min(one, _LONGEST)) * self._scale(page) for one in place)
        left, top = self._corner(page)
        width = self.viewport().width()
        self._going = True
        self.verticalScrollBar().setValue(round(top + down) - (0 if down else _MARGIN))
        if across and not 0 <= left + across - self.horizontalScrollBar().value() < width:
            self.horizontalScrollBar().setValue(round(left + across - width / 2))
        self._going = False
        self._see(page)
        self._draw_on()

    def resize_pages(self, fit: Fit, factor: float = 1.0) -> None:
        """Show pages in another size, those in sight at the place where they are."""
        self.fit, self.factor = fit, factor
        self._lay_out()

    def factor_now(self) -> float:
        """How large the page in sight is, 1.0 being its own size."""
        if self.fit is Fit.NONE:
            return self.factor
        return self._scale(self.page) * 72 / self.logicalDpiX()

    @property
    def is_drawn(self) -> bool:
        """Whether what is in sight is painted as it will be."""
        return bool(self._tops) and self._drawing is None

    def size_of(self, page: int) -> tuple[float, float]:
        """Width and height of a page in points, as near to what the file says as makes sense."""
        return self._points[page] if page < len(self._points) else (self._points or [_A4])[0]

    def show_hits(self, hits: list[Hit], at: int) -> None:
        """Mark places, and the one at index `at` more than others; -1 for none."""
        self._hits = {}
        for hit in hits:
            self._hits.setdefault(hit.page, []).append(hit)
        self._hit = hits[at] if 0 <= at < len(hits) else None
        self.viewport().update()

    # Where pages are

    def _forget(self, _why: object = None) -> None:
        """Know nothing of a file that is given up, but where it was read."""
        self._points, self._sides, self._tops = [], [], []
        self._lost, self._pictures, self._drawing = set(), {}, None
        self._links, self._asked_links = {}, -1

    def _begin(self) -> None:
        self._goal = self._goal or (max(0, self.page), (0.0, 0.0))
        self._ask_sizes(_FIRST)

    def _ask_sizes(self, count: int) -> None:
        """Know some more sizes; until then pages are as large as the first."""
        count = min(count, self._file.pages - len(self._points))

        def take(said: Sizes | None) -> None:
            came = said.sizes[:count] if said else ()
            sizes = [_sound(size) for size in came or [_A4] * count]
            is_news = not self._points or any(size != self._points[0] for size in sizes)
            self._points += sizes
            if is_news:  # most files have pages of one size
                self._lay_out()
            if self._goal is not None:
                goal, self._goal = self._goal, None
                self.page = -1  # so that it is told
                self.go_to(*goal)
            if len(self._points) < self._file.pages:
                self._ask_sizes(_AT_ONCE)

        self._file.sizes(len(self._points), count, take)

    def _lay_out(self) -> None:
        """Place all pages, then see what was seen before."""
        if self._laying or not self._points:
            return
        self._laying = True
        page, inside = self.page, 0.0
        if self._tops and not self._single:
            page = self._page_at(self.verticalScrollBar().value())
            above = self.verticalScrollBar().value() - self._tops[page]
            inside = above / self._sides[page][1]
        room, bar = self.contentsRect().size(), self.verticalScrollBar()
        self._place(room)
        policy = Qt.ScrollBarPolicy.ScrollBarAsNeeded
        if self.fit is not Fit.NONE:  # decided here: their size depends on whether there is a bar
            needed = self._whole.height() > room.height()
            policy = getattr(
                Qt.ScrollBarPolicy, "ScrollBarAlwaysOn" if needed else "ScrollBarAlwaysOff"
            )
            if needed:
                self._place(QSize(room.width() - bar.sizeHint().width(), room.height()))
        self.setVerticalScrollBarPolicy(policy)
        self._set_bars()
        if self._tops and not self._single:
            bar.setValue(round(self._tops[page] + inside * self._sides[page][1]))
        self._laying = False
        self.viewport().update()
        self._draw_on()

    def _place(self, room: QSize) -> None:
        shown = [self.page] if self._single else range(self._file.pages)
        points = [self.size_of(max(0, page)) for page in shown]
        fitted = {size: self._fitted(*size, room) for size in set(points)}
        self._sides = [fitted[size] for size in points]
        self._tops, top = [], _MARGIN
        for _, height in self._sides:
            self._tops.append(top)
            top += height + GRID
        width = max(width for width, _ in self._sides) + 2 * _MARGIN
        self._whole = QSize(width, top - GRID + _MARGIN)

    def _fitted(self, width: float, height: float, room: QSize) -> tuple[int, int]:
        """The width and height in pixels of a page of so many points."""
        scale = self.factor * self.logicalDpiX() / 72
        if self.fit is not Fit.NONE:
            scale = max(1, room.width() - 2 * _MARGIN) / width
        if self.fit is Fit.WHOLE:
            scale = min(scale, max(1, room.height() - 2 * _MARGIN) / height)
        scale = min(scale, _TALLEST / max(width, height))
        return max(1, round(width * scale)), max(1, round(height * scale))

    def _set_bars(self) -> None:
        for bar, whole, seen in (
            (self.verticalScrollBar(), self._whole.height(), self.viewport().height()),
            (self.horizontalScrollBar(), self._whole.width(), self.viewport().width()),
        ):
            bar.setPageStep(seen)
            bar.setRange(0, max(0, whole - seen))

    def _row(self, page: int) -> int:
        """Where a page stands in the layout."""
        return 0 if self._single else page

    def _page_at(self, height: float) -> int:
        """The page at so many pixels from the top of the layout."""
        row = bisect_right(self._tops, height) - 1
        return self.page if self._single else max(0, row)

    def _scale(self, page: int) -> float:
        """Pixels for a point."""
        row = self._row(page)
        return self._sides[row][0] / self.size_of(page)[0] if row < len(self._sides) else 1.0

    def _corner(self, page: int) -> tuple[int, int]:
        """The upper left corner of a page in the layout."""
        row = self._row(page)
        room = max(self._whole.width(), self.viewport().width())
        return (room - self._sides[row][0]) // 2, self._tops[row]

    def _area(self, page: int) -> QRectF:
        """Where a page is, in the viewport."""
        left, top = self._corner(page)
        across, down = self.horizontalScrollBar().value(), self.verticalScrollBar().value()
        width, height = self._sides[self._row(page)]
        return QRectF(left - across, top - down, width, height)

    def _in_sight(self, beyond: float = 0.0) -> Iterator[int]:
        """The pages in the viewport, and so many pixels beyond it."""
        if not self._tops:
            return
        top = self.verticalScrollBar().value()
        first = self._page_at(top - beyond)
        last = self._page_at(top + self.viewport().height() + beyond)
        yield from range(max(0, first), last + 1)

    def _see(self, page: int) -> None:
        if page != self.page:
            self.page = page
            self.setAccessibleDescription(_cannot() if page in self._lost else "")
            self.page_changed.emit(page)

    def scrollContentsBy(self, _dx: int, _dy: int) -> None:
        if self._tops and not self._single and not self._going and not self._laying:
            line = self.verticalScrollBar().value() + self.viewport().height() * _CURRENT
            self._see(self._page_at(line))
        self.viewport().update()
        self._draw_on()

    def resizeEvent(self, _event: QResizeEvent) -> None:
        self._lay_out()

    # How they look

    def paintEvent(self, event: QPaintEvent) -> None:
        with QPainter(self.viewport()) as painter:
            painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform)
            painter.fillRect(event.rect(), self.palette().brush(QPalette.ColorRole.Dark))
            for page in self._in_sight():
                area = self._area(page)
                painter.fillRect(area, Qt.GlobalColor.white)
                self._paint_pieces(painter, page, area)
                if page in self._lost:
                    painter.setPen(QColor("black"))
                    centre = Qt.AlignmentFlag.AlignCenter | Qt.TextFlag.TextWordWrap
                    seen = area.intersected(QRectF(self.viewport().rect()))
                    painter.drawText(seen, int(centre), _cannot())
                self._paint_hits(painter, page, area)

    def _paint_pieces(self, painter: QPainter, page: int, area: QRectF) -> None:
        """Paint what there is of a page; in another size until it is there in this one."""
        size = self._pixels(page)
        mine = [one for one in self._pictures if one.page == page]
        for piece in sorted(mine, key=lambda one: one.size == size):
            if piece.size == size:
                self._paint_sharply(painter, piece, area)
                continue
            across, down = area.width() / piece.size[0], area.height() / piece.size[1]
            left, top, width, height = piece.area
            target = QRectF(
                area.x() + left * across, area.y() + top * down, width * across, height * down
            )
            painter.drawImage(target, self._pictures[piece])

    def _paint_sharply(self, painter: QPainter, piece: _Piece, area: QRectF) -> None:
        """Pixel upon pixel, wherever between two of the screen's the page may begin."""
        ratio, picture = self.devicePixelRatioF(), self._pictures[piece]
        picture.setDevicePixelRatio(ratio)
        left, top = round(area.x() * ratio) + piece.area[0], round(area.y() * ratio) + piece.area[1]
        painter.drawImage(QPointF(left / ratio, top / ratio), picture)

    def _paint_hits(self, painter: QPainter, page: int, area: QRectF) -> None:
        scale = self._scale(page)
        for hit in self._hits.get(page, ()):
            for box in hit.areas:
                painter.fillRect(_on(area, box, scale), _HIT)
        if self._hit is not None and self._hit.page == page:
            painter.setPen(QPen(_THIS_HIT, 2))
            for box in self._hit.areas:
                painter.drawRect(_on(area, box, scale))

    # What is drawn next

    def _pixels(self, page: int) -> tuple[int, int]:
        """The size of a page in pixels of the screen."""
        ratio = self.devicePixelRatioF()
        width, height = self._sides[self._row(page)]
        return max(1, round(width * ratio)), max(1, round(height * ratio))

    def _wanted(self, beyond: float) -> list[_Piece]:
        """The pieces that are in sight, or so many pixels beyond it."""
        ratio, wanted = self.devicePixelRatioF(), []
        view = QRectF(self.viewport().rect()).adjusted(0, -beyond, 0, beyond)
        for page in self._in_sight(beyond):
            width, height = size = self._pixels(page)
            area = self._area(page)
            seen = view.intersected(area).translated(-area.topLeft())
            if seen.isEmpty():
                continue
            for top in _steps(seen.top() * ratio, seen.bottom() * ratio, height):
                for left in _steps(seen.left() * ratio, seen.right() * ratio, width):
                    box = (left, top, min(_PIECE, width - left), min(_PIECE, height - top))
                    wanted.append(_Piece(page, size, box))
        return wanted

    def _draw_on(self) -> None:
        """Have the next piece drawn that is in sight or near, one at a time."""
        if self._drawing is not None or not self._tops or not self.isVisible():
            return
        near = self._wanted(0.0) + self._wanted(self.viewport().height() / 2)
        for piece in near:
            if piece not in self._pictures and piece.page not in self._lost:
                self._drawing = piece
                self._file.draw(piece.page, piece.size, piece.area, self._take_picture)
                return
        kept = set(near)
        old = [one for one in self._pictures if one not in kept]
        much = sum(self._pictures[one].sizeInBytes() for one in old)
        while old and much > _KEPT:
            much -= self._pictures.pop(old.pop(0)).sizeInBytes()

    def _take_picture(self, picture: QImage | None) -> None:
        piece, self._drawing = self._drawing, None
        if piece is None:
            return
        if picture is None:
            self._lost.add(piece.page)
            if piece.page == self.page:
                self.setAccessibleDescription(_cannot())
        else:
            self._pictures[piece] = picture
        self.drawn.emit()
        self.viewport().update()
        self._draw_on()

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        self._draw_on()

    # Links

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        link = self._link_at(event.position())
        shape = Qt.CursorShape.PointingHandCursor if link else Qt.CursorShape.ArrowCursor
        self.viewport().setCursor(shape)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        self._link_at(event.position())  # a finger does not move there before

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        link = self._link_at(event.position())
        if link is None or event.button() is not Qt.MouseButton.LeftButton:
            return
        if link.address:
            self.address_asked.emit(link.address)
        elif link.page >= 0:
            self.go_to(link.page, link.place)

    def _link_at(self, at: QPointF) -> Link | None:
        """The link at a place of the viewport; the first time on a page they are asked for."""
        for page in self._in_sight():
            area = self._area(page)
            if not area.contains(at):
                continue
            if page not in self._links:
                self._ask_links(page)
            scale = self._scale(page)
            found = self._links.get(page, ())
            return next((one for one in found if _on(area, one.area, scale).contains(at)), None)
        return None

    def _ask_links(self, page: int) -> None:
        if self._asked_links == -1:
            self._asked_links = page
            self._file.links(page, self._take_links)

    def _take_links(self, said: Links | None) -> None:
        self._links[self._asked_links] = said.links if said else ()
        self._asked_links = -1


def _sound(size: tuple[float, float]) -> tuple[float, float]:
    """The size of a page that can be shown: a missing one is A4, an enormous one is smaller."""
    width, height = size
    if not (width > 0 and height > 0):
        return _A4
    shrunk = min(1.0, _LONGEST / max(width, height))
    return max(1.0, width * shrunk), max(1.0, height * shrunk)


def _steps(start: float, end: float, whole: int) -> range:
    """Where the pieces begin that cover `start` to `end` of so many pixels."""
    first = max(0, int(start)) // _PIECE * _PIECE
    return range(first, min(whole, max(1, ceil(end))), _PIECE)


def _on(area: QRectF, box: tuple[float, float, float, float], scale: float) -> QRectF:
    left, top, width, height = (one * scale for one in box)
    return QRectF(area.x() + left, area.y() + top, width, height)


def _cannot() -> str:
    return translate("DocumentView", "This page cannot be shown.")
