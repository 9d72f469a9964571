# SPDX-License-Identifier: Apache-2.0
"""HTML from elsewhere on the screen: a page, a question, a choice, a note, a letter.

The one widget that shows such text. It never reads a network or a file of this PC: the
only pictures it can show are those that the activity brought, by their hash.
"""

from __future__ import annotations

import math

from PySide6.QtCore import QBuffer, QByteArray, QSize, QSizeF, Qt, QUrl, Signal
from PySide6.QtGui import QFont, QImage, QImageReader, QResizeEvent, QTextCursor, QTextDocument
from PySide6.QtWidgets import QFrame, QSizePolicy, QTextBrowser, QWidget

from player.course.manifest import Activity
from player.errors import PlayerError
from player.settings import Settings
from player.store import blobs
from player.ui.lesson.cleaning import ACTIVITY, arranged, plain
from player.ui.lesson.context import LessonContext
from player.ui.style import Colours, colours

COLUMN = 720  # pixels at 100 %: about 80 characters, beyond which lines are hard to follow
_BLOB = "blob"


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
        self.setOpenLinks(False)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.anchorClicked.connect(self._follow)
        self._fit_to_text()
        self.dress(settings, direction)

    def dress(self, settings: Settings, direction: Qt.LayoutDirection) -> None:
        """Show the text in the size of the settings, from the left or from the right."""
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

    def render_text(self) -> None:
        """Show the text again: in the colours, the size and the width of now."""
        document = self.document()
        font = QFont(self.font())
        font.setPointSizeF(self._points)
        document.setDefaultFont(font)
        document.setDefaultStyleSheet(sheet(colours(), self._points))
        self.setHtml(arranged(self._html, self._picture))
        _end_flush(document)
        linked = ACTIVITY in self._html or "href" in self._html
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus if linked else Qt.FocusPolicy.NoFocus)
        self.setAccessibleName(plain(self._html))

    def loadResource(self, _kind: int, name: QUrl | str) -> QImage:
        """Return the picture `name` stands for. Never nothing: Qt would then look on the disk."""
        image = self._image(name.toString() if isinstance(name, QUrl) else name)
        if image.isNull():
            image = QImage(1, 1, QImage.Format.Format_ARGB32)
            image.fill(Qt.GlobalColor.transparent)
        return image

    def minimumSizeHint(self) -> QSize:
        return QSize(64, 0)

    @property
    def _points(self) -> float:
        base = self.font().pointSizeF()
        return (base if base > 0 else 10.0) * 1.2 * self._settings.text_size / 100

    def _fit_to_text(self) -> None:
        for policy in (self.setVerticalScrollBarPolicy, self.setHorizontalScrollBarPolicy):
            policy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.document().setDocumentMargin(0)
        self.setStyleSheet("QTextBrowser { background: transparent; border: none; }")
        self.document().documentLayout().documentSizeChanged.connect(self._take_height)

    def _take_height(self, size: QSizeF) -> None:
        self.setFixedHeight(math.ceil(size.height()))

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
        super().__init__(context.settings, context.direction, html, parent)

    @property
    def column(self) -> int:
        """How wide pictures may be, in pixels."""
        return max(64, self.viewport().width() - 2 * math.ceil(self.document().documentMargin()))

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        if self._pictures and event.size().width() != event.oldSize().width():
            self.render_text()

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
        buffer.setData(QByteArray(data))
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


def sheet(now: Colours, points: float) -> str:
    """The style of a course's text, in what CSS Qt's rich text knows (it has no `em`)."""
    return f"""
    body, p, li, dd, dt, div {{ color: {now.text}; line-height: 125%; }}
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
    .figure {{ margin-top: {points * 0.6:.0f}px; margin-bottom: {points:.0f}px; }}
    table {{ margin-top: {points * 0.4:.0f}px; margin-bottom: {points * 1.2:.0f}px; }}
    table.grid {{ border-collapse: collapse; }}
    .grid th, .grid td {{ line-height: 120%; border: 1px solid {now.border}; padding: 6px 10px; }}
    .grid th {{ background-color: {now.surface_2}; font-weight: 600; }}
    .grid td.even {{ background-color: {now.window}; }}
    table.pre td {{ background-color: {now.surface_2}; padding: 12px; border: none; }}
    pre {{ font-family: monospace; line-height: 130%; margin: 0px; }}
    pre code {{ background-color: transparent; }}
    table.blockquote td {{ padding-left: 14px; padding-top: 6px; border: none; }}
    table.blockquote td.bar {{ background-color: {now.accent}; padding: 0px; }}
    """
