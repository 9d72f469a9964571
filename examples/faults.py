# SPDX-License-Identifier: Apache-2.0
"""What a look at a window would find, found by measuring: words that are cut, things that overlap,
what has the keyboard and lies under a message, scroll bars that gain nothing.

Nothing is compared with how it was before: each widget is asked what room its words need.
"""

from __future__ import annotations

from collections.abc import Iterator

from PySide6.QtCore import QPoint, QRect, Qt
from PySide6.QtWidgets import (
    QAbstractButton,
    QAbstractItemView,
    QAbstractScrollArea,
    QApplication,
    QComboBox,
    QLabel,
    QLineEdit,
    QScrollArea,
    QStyle,
    QStyleOptionComboBox,
    QTextBrowser,
    QWidget,
)

from player.ui.afloat import Afloat
from player.ui.parts import Words, breakable

SLACK = 2  # pixels: frames and shadows of a style
HARDLY = 16  # pixels: who scrolls by so few has gained nothing


def faults(window: QWidget) -> Iterator[str]:
    """Yield a sentence for each thing that is cut or covered in what `window` shows."""
    shown = [one for one in window.findChildren(QWidget) if one.isVisible() and not one.isWindow()]
    for one in shown:
        if short := _lacks(one):
            yield f"{_name(one)}: {short}"
        if out := _outside(one) or _unreachable(one):
            yield f"{_name(one)}: {out}"
        if isinstance(one, Afloat) and (hidden := _under(one)):
            yield f"{_name(one)} lies over {_name(hidden)}, which has the keyboard"
    for parent in {one.parentWidget() for one in shown}:
        yield from _overlaps([one for one in shown if one.parentWidget() is parent])


def _lacks(one: QWidget) -> str:
    """What room the words of `one` lack."""
    match one:
        case QLabel() if one.toolTip() != one.text() and one.pixmap().isNull():
            return _lacks_as_label(one)
        case QAbstractButton() if one.text():
            return _short(one.minimumSizeHint().width(), one.width(), "wide")
        case QComboBox() if _field(one).height() < one.fontMetrics().height():
            return _short(one.fontMetrics().height() + SLACK, _field(one).height(), "high")
        case QComboBox() if one.toolTip() != one.currentText():
            words, has = one.currentText(), _field(one).width()
        case QLineEdit():
            words, has = one.text() or one.placeholderText(), one.width() - 8
        case QTextBrowser():
            return _lacks_as_text(one)
        case _:
            return ""
    return _short(one.fontMetrics().horizontalAdvance(words), has, "wide")


def _lacks_as_label(one: QLabel) -> str:
    room = one.contentsRect()
    if not one.wordWrap():
        return _short(one.sizeHint().width(), one.width(), "wide")
    endless, wrapped = room.adjusted(0, 0, 0, 9999), Qt.TextFlag.TextWordWrap
    text = breakable(one.text()) if isinstance(one, Words) else one.text()
    words = one.fontMetrics().boundingRect(endless, wrapped, text)
    high = _short(one.heightForWidth(one.width()), one.height(), "high")
    return high or _short(words.width(), room.width(), "wide")


def _lacks_as_text(one: QTextBrowser) -> str:
    size, room = one.document().size(), one.viewport()
    off = one.verticalScrollBarPolicy() == Qt.ScrollBarPolicy.ScrollBarAlwaysOff
    high = _short(round(size.height()), room.height(), "high") if off else ""
    return high or _short(round(size.width()), room.width(), "wide")


def _field(one: QComboBox) -> QRect:
    """Where a menu shows what is chosen."""
    asked = QStyleOptionComboBox()
    one.initStyleOption(asked)
    control, part = QStyle.ComplexControl.CC_ComboBox, QStyle.SubControl.SC_ComboBoxEditField
    return one.style().subControlRect(control, asked, part, one)


def _short(needs: int, has: int, what: str) -> str:
    return f"needs {needs} and is {has} {what}" if needs > has + SLACK else ""


def _outside(one: QWidget) -> str:
    """How far `one` reaches out of what holds it. What can be scrolled to is not lost."""
    parent = one.parentWidget()
    if parent is None or isinstance(parent, QAbstractScrollArea) or one.width() <= 1:
        return ""
    room, place = parent.rect(), one.geometry()
    area = parent.parentWidget()
    if isinstance(area, QScrollArea) and area.widget() is one:
        hidden = place.width() - room.width()
        bar = area.horizontalScrollBarPolicy() == Qt.ScrollBarPolicy.ScrollBarAlwaysOff
        return f"{hidden} pixels cannot be scrolled to" if bar and hidden > SLACK else ""
    if isinstance(area, QAbstractScrollArea):
        return ""
    if room.adjusted(-SLACK, -SLACK, SLACK, SLACK).contains(place):
        return ""
    return f"{_told(place)} reaches out of {_told(room)}"


def _unreachable(one: QWidget) -> str:
    """How much of what scrolls in `one` cannot be reached, or why it scrolls at all."""
    if not isinstance(one, QScrollArea) or one.widget() is None:
        return ""
    bar = one.verticalScrollBar()
    low = one.widget().height() - bar.maximum() - one.viewport().height()
    if low > SLACK:
        return f"{low} pixels lie below its end"
    return f"scrolls by {bar.maximum()} pixels" if 0 < bar.maximum() < HARDLY else ""


def _overlaps(siblings: list[QWidget]) -> Iterator[str]:
    """What lies over something else, but for what is made to."""
    flat = [one for one in siblings if min(one.width(), one.height()) > SLACK]
    flat = [one for one in flat if not isinstance(one, Afloat)]
    for number, one in enumerate(flat):
        for other in flat[number + 1 :]:
            both = one.geometry() & other.geometry()
            if both.width() > SLACK and both.height() > SLACK:
                yield f"{_name(one)} overlaps {_name(other)} by {both.width()} × {both.height()}"


def _under(one: QWidget) -> QWidget | None:
    """What has the keyboard, and is not seen for `one`."""
    focused = QApplication.focusWidget()
    if focused is None or one.isAncestorOf(focused):
        return None
    box = focused.rect()
    if isinstance(focused, QAbstractItemView):
        box = focused.visualRect(focused.currentIndex()) & focused.viewport().rect()
    place = QRect(focused.mapTo(focused.window(), box.topLeft()), box.size())
    mine = QRect(one.mapTo(one.window(), QPoint()), one.size())
    return focused if mine.intersects(place) else None


def _told(box: QRect) -> str:
    corner: QPoint = box.topLeft()
    return f"{box.width()} × {box.height()} at {corner.x()}, {corner.y()}"


def _name(one: QWidget) -> str:
    said = ""
    for name in ("text", "currentText", "placeholderText", "accessibleName"):
        found = getattr(one, name, "")
        if said := said or str(found() if callable(found) else found):
            break
    return f"{type(one).__name__} “{' '.join(said.split())[:40]}”"
