# SPDX-License-Identifier: Apache-2.0
"""Formulas in a text document: each an object in its line, on the baseline, in the text's colour.

Qt gives an inline object no depth of its own choice below the baseline. One that hangs no deeper
than the gap between two lines is said to be as high as it rises, and is drawn beyond that; a deeper
one is centred on the line, as Qt can, in a box in which its baseline comes to lie right.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache

from PySide6.QtCore import QByteArray, QRect, QRectF, QSizeF
from PySide6.QtGui import (
    QColor,
    QFont,
    QFontMetrics,
    QFontMetricsF,
    QPainter,
    QPyTextObject,
    QTextBlockFormat,
    QTextCharFormat,
    QTextCursor,
    QTextDocument,
    QTextFormat,
)
from PySide6.QtSvg import QSvgRenderer

from player.lesson.formulas import EM, X_HEIGHT, Drawing

SCHEME = "formula:"
MARK = "\ufffc"  # what stands for an object in a document's text
TYPE = QTextFormat.ObjectTypes.UserObject.value + 1
_NUMBER = QTextFormat.Property.UserProperty.value + 1
_TALL = 1.2  # times the letters' height: a share of that in every gap would be seen
_LARGEST_MATCH = 1.25  # how much more than its font size a formula grows to match the letters


@dataclass(frozen=True, slots=True)
class _Placed:
    """Where a formula's drawing lies in the box that its line keeps for it, in pixels."""

    drawing: Drawing
    words: str
    box: QSizeF
    at: QRectF
    middle: bool


class FormulaObjects(QPyTextObject):
    """The formulas of one document."""

    def __init__(self, document: QTextDocument) -> None:
        super().__init__(document)
        self._placed: list[_Placed] = []
        document.documentLayout().registerHandler(TYPE, self)

    def place(
        self,
        document: QTextDocument,
        drawings: Sequence[tuple[Drawing, str, bool]],
        column: float,
        spacing: int,
    ) -> None:
        """Put drawings where `<img src="formula:N">` stands, N their number.

        Args:
            document: set just now.
            drawings: each with its words, and whether it has a line of its own.
            column: how wide one may be, in pixels.
            spacing: from line to line, in per cent; of the letters' height, not of a formula's.
        """
        self._placed = []
        cursor = QTextCursor(document)
        cursor.beginEditBlock()
        for position in objects(document):
            cursor.setPosition(position)
            cursor.setPosition(position + 1, QTextCursor.MoveMode.KeepAnchor)
            form = cursor.charFormat()
            name = form.toImageFormat().name() if form.isImageFormat() else ""
            if name.startswith(SCHEME):
                drawing, words, display = drawings[int(name.removeprefix(SCHEME))]
                placed = _placed(drawing, words, document, form, min(column, 16_000.0), display)
                self._placed.append(placed)  # first: a change of format may ask for it at once
                cursor.setCharFormat(self._format(form, placed))
                font = _font(document, form)
                if not display and placed.box.height() > _TALL * QFontMetricsF(font).height():
                    _keep_apart(cursor, font, spacing)
        cursor.endEditBlock()

    def words(self, form: QTextFormat) -> str:
        """What the formula of a format says; '' where it is of none."""
        if form.objectType() != TYPE:
            return ""
        return self._placed[form.intProperty(_NUMBER)].words

    def intrinsicSize(self, _doc: QTextDocument, _position: int, form: QTextFormat) -> QSizeF:
        return self._placed[form.intProperty(_NUMBER)].box

    def drawObject(
        self,
        painter: QPainter,
        rect: QRectF | QRect,
        _doc: QTextDocument,
        _position: int,
        form: QTextFormat,
    ) -> None:
        placed = self._placed[form.intProperty(_NUMBER)]
        pen = form.foreground().color() if form.foreground().style() else painter.pen().color()
        _renderer(placed.drawing.svg, pen.name()).render(
            painter, placed.at.translated(QRectF(rect).topLeft())
        )

    def _format(self, old: QTextCharFormat, placed: _Placed) -> QTextCharFormat:
        made = QTextCharFormat(old)
        made.setObjectType(TYPE)
        made.setProperty(_NUMBER, len(self._placed) - 1)
        made.setToolTip(placed.words)
        align = QTextCharFormat.VerticalAlignment
        made.setVerticalAlignment(align.AlignMiddle if placed.middle else align.AlignNormal)
        return made


def objects(document: QTextDocument) -> list[int]:
    """The positions in a document at which an object stands, in order."""
    found, block = [], document.begin()
    while block.isValid():
        text, at = block.text(), -1
        while (at := text.find(MARK, at + 1)) >= 0:
            found.append(block.position() + at)
        block = block.next()
    return found


def _placed(
    drawing: Drawing,
    words: str,
    document: QTextDocument,
    form: QTextCharFormat,
    column: float,
    own_line: bool,
) -> _Placed:
    font = _font(document, form)
    metrics = QFontMetricsF(font)
    em = metrics.fontDpi() / 72 * font.pointSizeF()
    match = max(1.0, min(_LARGEST_MATCH, metrics.xHeight() / (X_HEIGHT * em)))
    scale = min(em * match / EM, column / drawing.width)
    width, above, below = (one * scale for one in (drawing.width, drawing.ascent, drawing.descent))
    drawn = QSizeF(width, above + below)
    if own_line or below <= metrics.descent() + metrics.height() * 0.2:
        box = QSizeF(width, above + below if own_line else max(above, 1.0))
        return _Placed(drawing, words, box, QRectF(QRectF().topLeft(), drawn), middle=False)
    # Qt's own rule for what is centred: half the letters' height above its middle
    half = QFontMetrics(form.font()).xHeight() / 2
    height = max(2 * below + half, 2 * above - half)
    top = (height + half) / 2 - above
    at = QRectF(0, top, width, above + below)
    return _Placed(drawing, words, QSizeF(width, height), at, middle=True)


def _keep_apart(cursor: QTextCursor, font: QFont, spacing: int) -> None:
    """Lines with a formula in them keep the usual gap, and no share of the formula's height."""
    old, form = cursor.blockFormat(), QTextBlockFormat()
    gap = QFontMetricsF(font).height() * (spacing - 100) / 100
    if old.lineHeightType() == QTextBlockFormat.LineHeightTypes.ProportionalHeight.value:
        form.setTopMargin(old.topMargin() + gap)  # where other paragraphs have it: above
        form.setBottomMargin(max(0.0, old.bottomMargin() - gap))
    form.setLineHeight(gap, QTextBlockFormat.LineHeightTypes.LineDistanceHeight.value)
    cursor.mergeBlockFormat(form)


def _font(document: QTextDocument, form: QTextCharFormat) -> QFont:
    """The letters around an object; its format says only how they differ from the document's."""
    font = QFont(document.defaultFont())
    if form.fontPointSize() > 0:
        font.setPointSizeF(form.fontPointSize())
    return font


@lru_cache(maxsize=400)
def _renderer(svg: str, colour: str) -> QSvgRenderer:
    dyed = svg.replace('"black"', f'"{QColor(colour).name()}"')
    return QSvgRenderer(QByteArray(dyed.encode()))
