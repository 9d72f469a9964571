# SPDX-License-Identifier: Apache-2.0
"""HTML from elsewhere on the screen: a page, a question, a choice, a note, a letter.

The one widget that shows such text. It never reads a network or a file of this PC: the
only pictures it can show are those that the activity brought, by their hash. Formulas are drawn
here (`player.lesson.formulas`), as many at once as leave the window quick, the others right after.
"""

from __future__ import annotations

import math
from time import monotonic
from typing import NamedTuple

from PySide6.QtCore import (
    QBuffer,
    QByteArray,
    QMimeData,
    QSize,
    QSizeF,
    Qt,
    QTimer,
    QUrl,
    Signal,
)
from PySide6.QtGui import (
    QFontMetrics,
    QImage,
    QImageReader,
    QResizeEvent,
    QTextCursor,
    QTextDocument,
    QTextOption,
    QTextTable,
)
from PySide6.QtWidgets import QFrame, QSizePolicy, QTextBrowser, QWidget

from player.course.formulas import Formula
from player.course.manifest import Activity
from player.errors import PlayerError
from player.lesson.formulas import Drawing, draw
from player.settings import Settings
from player.store import blobs
from player.ui.lesson import bidi, look, safe_svg
from player.ui.lesson.cleaning import ACTIVITY, arranged, plain
from player.ui.lesson.context import LessonContext
from player.ui.lesson.formula_object import MARK, SCHEME, FormulaObjects, objects
from player.ui.style import Colours, colours

_BLOB = "blob"
_MOST_FORMULAS = 800  # of one text; the rest is shown as it was written
_AT_ONCE, _A_TURN = 0.5, 0.05  # seconds of drawing before a text is shown, and between two events
_LEAST = 8  # letters in a line of a table's column


class _Fit(NamedTuple):
    """How much room a table takes: the size of its letters, as a share, and whether words break."""

    size: float
    breaks: bool


_FITS = (_Fit(1.0, breaks=False), _Fit(0.9, breaks=False), _Fit(0.9, breaks=True))
"""The first in which a table is not too wide is taken; if none is, it scrolls."""


class CleanText(QTextBrowser):
    """HTML in one direction, as high as its text, without pictures.

    Signals:
        activity_asked: a link to another activity, its id.
        address_asked: a link to the web, its address.
    """

    activity_asked = Signal(str)
    address_asked = Signal(str)

    def __init__(
        self,
        settings: Settings,
        direction: Qt.LayoutDirection,
        html: str = "",
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._html = html
        self._waiting: list[Formula] = []  # to be drawn when there is time
        self._drawings: list[tuple[Drawing, str, bool]] = []
        self.setOpenLinks(False)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.anchorClicked.connect(self._follow)
        self._is_rendering = False
        self._fit = 0  # the number of the one of _FITS in which it is shown
        self._once_more = QTimer(self, singleShot=True, interval=0)
        self._once_more.timeout.connect(self.render_text)
        self._objects = FormulaObjects(self.document())
        self._fit_to_text()
        self.dress(settings, direction)

    def dress(self, settings: Settings, direction: Qt.LayoutDirection) -> None:
        """Show the text in the letters of the settings, from the left or from the right."""
        self._settings = settings
        option = self.document().defaultTextOption()
        option.setTextDirection(direction)
        self.document().setDefaultTextOption(option)
        self.setLayoutDirection(direction)
        self.render_text()

    def set_html(self, html: str) -> None:
        """Show other HTML."""
        self._html = html
        self.render_text()

    def redress(self, settings: Settings) -> None:
        """Show the text in other letters."""
        self.dress(settings, self.layoutDirection())

    def render_text(self) -> None:
        """Show the text again: in the colours, the letters and the width of now.

        Laying out a text may bring up a scroll bar, and so ask for this in the midst of it: then it
        is done once more, right after.
        """
        if self._is_rendering:
            self._once_more.start()
            return
        self._is_rendering = True
        try:
            self._render()
        finally:
            self._is_rendering = False

    def _render(self) -> None:
        document = self.document()
        from_the_right = self.layoutDirection() is Qt.LayoutDirection.RightToLeft
        document.setDefaultFont(look.font(self.font(), self._settings, joined=from_the_right))
        self._drawings, self._waiting, self._spent = [], [], 0.0
        html = arranged(self._html, self._picture, self._formula, from_the_right=from_the_right)
        for self._fit in range(len(_FITS)):
            self._lay(html)
            if not self._could_be_tighter:
                break
        linked = ACTIVITY in self._html or "href" in self._html
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus if linked else Qt.FocusPolicy.NoFocus)
        self.setAccessibleName(plain(self._html))
        if self._waiting:
            QTimer.singleShot(0, self, self._draw_waiting)

    def _lay(self, html: str) -> None:
        """Have the document show `html`, as loose or as tight as `_fit` says."""
        document, fit, modes = self.document(), _FITS[self._fit], QTextOption.WrapMode
        points, spacing = look.points(self.font(), self._settings), self._settings.line_spacing
        document.setDefaultStyleSheet(sheet(colours(), points, spacing, tables=fit.size))
        # Columns of a table are as wide as their longest word; elsewhere, nothing is too wide
        breaks = fit.breaks or not self._has_table
        self.setWordWrapMode(modes.WrapAtWordBoundaryOrAnywhere if breaks else modes.WordWrap)
        self.setHtml(html)
        if self._drawings:
            self._objects.place(document, self._drawings, self._room, spacing)
        _end_flush(document)

    @property
    def _has_table(self) -> bool:
        return "<table" in self._html.lower()

    @property
    def _could_be_tighter(self) -> bool:
        """Whether a table is too wide and its columns can be narrower, but still read."""
        document = self.document()
        if not self._has_table or self._fit + 1 == len(_FITS):
            return False
        frames = document.rootFrame().childFrames()
        tables = [one for one in frames if isinstance(one, QTextTable)]
        tables = [one for one in tables if one.rows() * one.columns() > 1]  # one cell is code
        widths = (document.documentLayout().frameBoundingRect(one).width() for one in tables)
        edges = document.rootFrame().frameFormat()
        room = document.textWidth() - edges.leftMargin() - edges.rightMargin()
        if not tables or max(widths) <= room + 1:
            return False
        columns = max(one.columns() for one in tables)
        letter = QFontMetrics(document.defaultFont()).averageCharWidth()
        return not _FITS[self._fit + 1].breaks or self._room >= columns * _LEAST * letter

    def words_between(self, start: int, end: int) -> str:
        """The text between two positions of the document; formulas are said in LaTeX."""
        cursor = QTextCursor(self.document())
        cursor.setPosition(start)
        cursor.setPosition(end, QTextCursor.MoveMode.KeepAnchor)
        text = cursor.selectedText().replace("\u2029", "\n").replace("\u2028", "\n")
        for position in objects(self.document()) if MARK in text else ():
            if start <= position < end:
                cursor.setPosition(position + 1)
                text = text.replace(MARK, self._objects.words(cursor.charFormat()), 1)
        return text.translate(bidi.MARKS)

    def createMimeDataFromSelection(self) -> QMimeData:
        """What is copied: formulas as their LaTeX, no mark that only the screen needs."""
        cursor = self.textCursor()
        text = self.words_between(cursor.selectionStart(), cursor.selectionEnd())
        if MARK not in cursor.selectedText():
            made = super().createMimeDataFromSelection()
            made.setText(text)
            return made
        made = QMimeData()
        made.setText(text)
        return made

    def scrollContentsBy(self, dx: int, dy: int) -> None:
        super().scrollContentsBy(dx, dy)
        if self._drawings:
            self.viewport().update()  # a formula may hang over the line beneath its own

    def loadResource(self, _kind: int, name: QUrl | str) -> QImage:
        """Return the picture `name` stands for. Never nothing: Qt would then look on the disk."""
        image = self._image(name.toString() if isinstance(name, QUrl) else name)
        if image.isNull():
            image = QImage(1, 1, QImage.Format.Format_ARGB32)
            image.fill(Qt.GlobalColor.transparent)
        return image

    def minimumSizeHint(self) -> QSize:
        return QSize(64, 0)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        if self._is_fitted and event.size().width() != event.oldSize().width():
            self.render_text()

    @property
    def _is_fitted(self) -> bool:
        """Whether something in it is as wide as there is room."""
        return bool(self._drawings) or self._fit > 0 or self._could_be_tighter

    @property
    def _room(self) -> float:
        """How wide a formula may be, in pixels."""
        return max(64.0, self.viewport().width() - 2 * self.document().documentMargin())

    def _formula(self, formula: Formula) -> str | None:
        if len(self._drawings) + len(self._waiting) >= _MOST_FORMULAS:
            return None
        if self._spent > _AT_ONCE:
            self._waiting.append(formula)
            return None
        began = monotonic()
        drawing = draw(formula)
        self._spent += monotonic() - began
        if drawing is None:
            return None
        self._drawings.append((drawing, formula.words, formula.display))
        return f"{SCHEME}{len(self._drawings) - 1}"

    def _draw_waiting(self) -> None:
        """Draw some of what waits; the last ones show the whole text again, which now is quick."""
        until = monotonic() + _A_TURN
        while self._waiting and monotonic() < until:
            draw(self._waiting.pop())
        if self._waiting:
            QTimer.singleShot(0, self, self._draw_waiting)
        else:
            self.render_text()

    def _fit_to_text(self) -> None:
        for policy in (self.setVerticalScrollBarPolicy, self.setHorizontalScrollBarPolicy):
            policy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.document().setDocumentMargin(0)
        self.setStyleSheet("QTextBrowser { background: transparent; border: none; }")
        self.document().documentLayout().documentSizeChanged.connect(self._take_height)

    def _take_height(self, size: QSizeF) -> None:
        wide = size.width() > self.viewport().width() + 1 > 64  # a table or code: it scrolls
        bar = (
            Qt.ScrollBarPolicy.ScrollBarAlwaysOn if wide else Qt.ScrollBarPolicy.ScrollBarAlwaysOff
        )
        self.setHorizontalScrollBarPolicy(bar)
        below = self.horizontalScrollBar().sizeHint().height() if wide else 0
        self.setFixedHeight(math.ceil(size.height()) + below)

    def _picture(self, _name: str) -> str | None:
        return None

    def _image(self, _name: str) -> QImage:
        return QImage()

    def _follow(self, link: QUrl) -> None:
        address = link.toString()
        if address.startswith(ACTIVITY):
            self.activity_asked.emit(address.removeprefix(ACTIVITY))
        else:
            self.address_asked.emit(address)


class RichText(CleanText):
    """HTML of the context's activity, with its pictures: for questions, choices and notes."""

    def __init__(self, context: LessonContext, html: str = "", parent: QWidget | None = None):
        self._context = context
        self._pictures: dict[str, bool] = {}  # by hash, whether it can be shown
        super().__init__(context.look, context.direction, html, parent)

    @property
    def column(self) -> int:
        """How wide pictures may be, in pixels."""
        return max(64, self.viewport().width() - 2 * math.ceil(self.document().documentMargin()))

    @property
    def _is_fitted(self) -> bool:
        return bool(self._pictures) or super()._is_fitted

    def _image(self, name: str) -> QImage:
        scheme, _, sha256 = name.partition(":")
        return self._read(sha256, self.column) if scheme == _BLOB else QImage()

    def _picture(self, name: str) -> str | None:
        activity: Activity = self._context.activity
        sha256 = activity.resources.get(name)
        if sha256 is None:
            return None
        if sha256 not in self._pictures:
            self._pictures[sha256] = not self._read(sha256, 64).isNull()
        return f"{_BLOB}:{sha256}" if self._pictures[sha256] else None

    def _read(self, sha256: str, width: int) -> QImage:
        """The picture of that hash, not wider than `width`; a null image if it cannot be read."""
        try:
            data = blobs.read(self._context.home, sha256, self._context.activity.title)
        except PlayerError:
            return QImage()
        ratio = self.devicePixelRatioF()
        buffer = QBuffer()
        buffer.setData(QByteArray(safe_svg.made_safe(data)))
        reader = QImageReader(buffer)
        size = reader.size()
        if size.width() > width * ratio:
            height = max(1, round(size.height() * width * ratio / size.width()))
            reader.setScaledSize(QSize(round(width * ratio), height))
        else:
            ratio = 1.0
        image = reader.read()
        image.setDevicePixelRatio(ratio)
        return image


def _end_flush(document: QTextDocument) -> None:
    """Take away the gap below the last paragraph: what follows has its own."""
    cursor = QTextCursor(document)
    cursor.movePosition(QTextCursor.MoveOperation.End)
    form = cursor.blockFormat()
    form.setBottomMargin(0)
    cursor.setBlockFormat(form)


def sheet(now: Colours, points: float, spacing: int = 125, *, tables: float = 1.0) -> str:
    """The style of a course's text, in what CSS Qt's rich text knows (it has no `em`).

    `spacing` is from line to line, in per cent; `tables` the size of what is in tables, as a share.
    """
    beside = 10 if tables == 1 else 5
    return f"""
    body, p, li, dd, dt, div {{ color: {now.text}; line-height: {spacing}%; }}
    p, ul, ol, dl {{ margin-top: 0px; margin-bottom: {points:.0f}px; }}
    li {{ margin-bottom: {points * 0.4:.0f}px; }}
    li p {{ margin-bottom: {points * 0.4:.0f}px; }}
    h1, h2, h3, h4, h5, h6 {{ color: {now.text}; font-weight: 600; line-height: 125%;
        margin-top: {points * 1.8:.0f}px; margin-bottom: {points * 0.7:.0f}px; }}
    h1 {{ font-size: {points * 1.7:.1f}pt; margin-top: 0px; }}
    h2 {{ font-size: {points * 1.35:.1f}pt; }}
    h3 {{ font-size: {points * 1.15:.1f}pt; }}
    h4, h5, h6 {{ font-size: {points:.1f}pt; }}
    a {{ color: {now.accent}; text-decoration: underline; }}
    code, kbd, samp, var {{ font-family: monospace; background-color: {now.surface_2}; }}
    .mark {{ background-color: {now.warn_soft}; color: {now.text}; }}
    .caption {{ color: {now.muted}; font-size: {points * 0.9:.1f}pt; }}
    .formula {{ margin-bottom: {points:.0f}px; }}
    .figure {{ margin-top: {points * 0.6:.0f}px; margin-bottom: {points:.0f}px; }}
    table {{ margin-top: {points * 0.4:.0f}px; margin-bottom: {points * 1.2:.0f}px; }}
    table.grid {{ border-collapse: collapse; }}
    .grid th, .grid td {{ line-height: {max(100, spacing - 5)}%; padding: 6px {beside}px;
        font-size: {points * tables:.1f}pt; border: 1px solid {now.border}; }}
    .grid th {{ background-color: {now.surface_2}; font-weight: 600; }}
    .grid td.even {{ background-color: {now.window}; }}
    table.pre td {{ background-color: {now.surface_2}; padding: 12px; border: none; }}
    pre {{ font-family: monospace; line-height: 130%; margin: 0px; }}
    pre code {{ background-color: transparent; }}
    table.blockquote td {{ padding-left: 14px; padding-top: 6px; border: none; }}
    table.blockquote td.bar {{ background-color: {now.accent}; padding: 0px; }}
    """
