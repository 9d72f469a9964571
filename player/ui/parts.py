# SPDX-License-Identifier: Apache-2.0
"""The few pieces that every page is put together from."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import TypeVar, cast

from PySide6.QtCore import QEvent, QModelIndex, QObject, QPointF, QRect, QSize, Qt, Slot
from PySide6.QtGui import (
    QGuiApplication,
    QPainter,
    QPaintEvent,
    QResizeEvent,
    QTextLayout,
    QTextLine,
    QTextOption,
)
from PySide6.QtWidgets import (
    QAbstractButton,
    QAbstractItemView,
    QAbstractSpinBox,
    QApplication,
    QFrame,
    QHBoxLayout,
    QLabel,
    QLineEdit,
    QPushButton,
    QScrollArea,
    QSizePolicy,
    QStyle,
    QToolButton,
    QVBoxLayout,
    QWidget,
)

from player.ui import style
from player.ui.icons import icon, pixmap
from player.ui.language import translate
from player.ui.style import GRID

FOLDS = {False: "chevron-down", True: "chevron-up"}  # the sign of what is shown or not
WIDEST = 150  # letters: the column of a page, its margins not included
WORD = 24  # letters: a word of more may be broken
W = TypeVar("W", bound=QWidget)
S = TypeVar("S", bound=QAbstractSpinBox)


_LONG = re.compile(rf"\S{{{WORD + 1},}}")
_PIECE = WORD // 2  # letters of a broken word: they fit a narrow page with large letters


class Words(QLabel):
    """A text whose longest word may be broken: an address or a German one is wider than a page.

    It is broken where nothing is seen of it (U+200B); `text` and a reader know it whole.

    It begins where its own language begins a line, as a paragraph does. What stands beside other
    things, as each `label`, begins where the window does, whatever its language (`keep_to_edge`).
    """

    def __init__(self, text: str = "") -> None:
        super().__init__()
        self._whole, self._is_broken, self._keeps_to_edge = "", False, False
        self.setTextFormat(Qt.TextFormat.PlainText)
        self.setWordWrap(True)
        self.setText(text)

    def setText(self, text: str) -> None:
        broken = breakable(text)
        self._whole = text
        super().setText(broken)
        if self._is_broken or broken != text:
            self._is_broken = broken != text
            self.setAccessibleName(text if self._is_broken else "")

    def text(self) -> str:
        return self._whole

    def keep_to_edge(self) -> None:
        """Begin at the edge at which the window's lines begin."""
        self._keeps_to_edge = True
        from_the_right = self.layoutDirection() is Qt.LayoutDirection.RightToLeft
        edge = Qt.AlignmentFlag.AlignRight if from_the_right else Qt.AlignmentFlag.AlignLeft
        high = self.alignment() & Qt.AlignmentFlag.AlignVertical_Mask
        self.setAlignment(edge | Qt.AlignmentFlag.AlignAbsolute | high)

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        absolute = self.alignment() & Qt.AlignmentFlag.AlignAbsolute
        if event.type() == QEvent.Type.LayoutDirectionChange and self._keeps_to_edge and absolute:
            self.keep_to_edge()


def breakable(text: str) -> str:
    """The text, with places inside its longest words where a line may end."""
    return _LONG.sub(lambda word: _pieces(word[0]), text)


def _pieces(word: str) -> str:
    return "\u200b".join(word[at : at + _PIECE] for at in range(0, len(word), _PIECE))


def label(text: str = "", role: str = "", *, wrap: bool = True) -> QLabel:
    """A text in a role of the style sheet. Plain text: course titles are not markup."""
    made = Words(text) if wrap else QLabel(text)
    made.setTextFormat(Qt.TextFormat.PlainText)
    if role:
        made.setProperty("role", role)
    if isinstance(made, Words):
        made.keep_to_edge()
    return made


class Elided(QLabel):
    """A line that ends in … where it does not fit; a reader still hears all of it."""

    def paintEvent(self, _event: QPaintEvent) -> None:
        room, end = self.contentsRect(), Qt.TextElideMode.ElideRight
        shown = self.fontMetrics().elidedText(self.text(), end, room.width())
        leading = Qt.AlignmentFlag.AlignLeading | Qt.AlignmentFlag.AlignVCenter
        QPainter(self).drawText(room, leading, shown)


class Few(Words):
    """Words of which so many lines are shown; … says that there is more, and a tip all of it."""

    def __init__(self, lines: int, role: str) -> None:
        super().__init__()
        self._lines = lines
        self.setProperty("role", role)
        self.keep_to_edge()

    def setText(self, text: str) -> None:
        text = " ".join(text.splitlines())  # a layout knows no other ends of lines than its own
        super().setText(text)
        self.setToolTip(text)

    def heightForWidth(self, width: int) -> int:
        most = self._lines * self.fontMetrics().lineSpacing()
        return min(super().heightForWidth(width), most)

    def minimumSizeHint(self) -> QSize:
        return QSize(super().minimumSizeHint().width(), self.fontMetrics().lineSpacing())

    def paintEvent(self, event: QPaintEvent) -> None:
        if super().heightForWidth(self.width()) <= self.height():
            super().paintEvent(event)
            return
        laid = QTextLayout(breakable(self.text()), self.font())
        option = QTextOption(self.alignment())
        option.setWrapMode(QTextOption.WrapMode.WordWrap)
        laid.setTextOption(option)
        high, room = self.fontMetrics().lineSpacing(), self.contentsRect()
        lines: list[QTextLine] = []
        laid.beginLayout()
        while len(lines) < max(1, room.height() // high) and (line := laid.createLine()).isValid():
            line.setLineWidth(room.width())
            line.setPosition(QPointF(0, len(lines) * high))
            lines.append(line)
        laid.endLayout()
        painter = QPainter(self)
        painter.setPen(self.palette().color(self.foregroundRole()))
        for one in lines[:-1]:
            one.draw(painter, QPointF(room.topLeft()))
        rest = laid.text()[lines[-1].textStart() :]
        end = self.fontMetrics().elidedText(rest, Qt.TextElideMode.ElideRight, room.width())
        last = QRect(room.left(), room.top() + (len(lines) - 1) * high, room.width(), high)
        painter.drawText(last, self.alignment() | Qt.TextFlag.TextSingleLine, end)


def button(text: str, do: Callable[[], object], *, role: str = "", sign: str = "") -> QPushButton:
    """A button that calls `do`; `sign` names its icon, which stands before its words.

    The arrow that points on stands behind them. Enter presses it too.
    """
    made = QPushButton(text)
    made.setAutoDefault(True)
    if role:
        made.setProperty("role", role)
    if sign:
        tint = style.colours().accent_text if role == "primary" else None
        made.setIcon(icon(sign, tint))
    if sign == "arrow-right" and text:
        right = QGuiApplication.layoutDirection() is Qt.LayoutDirection.RightToLeft
        sides = Qt.LayoutDirection
        made.setLayoutDirection(sides.LeftToRight if right else sides.RightToLeft)
    made.clicked.connect(lambda _=False: do())
    return made


def fold(name: str, do: Callable[[bool], object]) -> QPushButton:
    """A button that shows something and hides it again: `do` is told whether it is shown."""
    made = button(name, lambda: None, role="quiet", sign="chevron-down")
    made.setCheckable(True)
    made.toggled.connect(lambda shown: made.setIcon(icon(FOLDS[shown])))
    made.toggled.connect(do)
    return made


def reword(one: QAbstractButton, text: str) -> None:
    """Give a button other words; its keys stay (`setText` alone takes them away)."""
    keys = one.shortcut()
    one.setText(text)
    one.setShortcut(keys)


def sign_button(sign: str, name: str, do: Callable[[], object]) -> QPushButton:
    """A button that is only an icon; `name` is read aloud and shown as a tip."""
    made = button("", do, role="icon", sign=sign)
    made.setAccessibleName(name)
    made.setToolTip(name)
    return made


class _CalmWheel(QObject):
    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() == QEvent.Type.Wheel and not cast("QWidget", watched).hasFocus():
            event.ignore()  # so that the page gets it
            return True
        return super().eventFilter(watched, event)


def calm(field: W) -> W:
    """Let the wheel scroll the page over `field`, instead of changing what was chosen there."""
    field.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
    field.installEventFilter(_CalmWheel(field))
    return field


def spin(field: S) -> S:
    """A calm field for numbers or times, whose digits keep from its edge.

    Where a sheet draws the arrows, Qt gives the digits all of the width and forgets its padding.
    """
    field.lineEdit().setTextMargins(GRID, 0, 0, 0)
    return calm(field)


def card(role: str = "card") -> tuple[QFrame, QVBoxLayout]:
    """A framed box and its column."""
    frame = QFrame()
    frame.setProperty("role", role)
    return frame, column(frame, margin=2 * GRID)


class Strip(QFrame):
    """A line on a page: a sign, words as wide as can be, and buttons. Hidden at first."""

    def __init__(self) -> None:
        super().__init__()
        self.setProperty("role", "panel")
        self.sign, self.words = label(wrap=False), label()
        self.words.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Preferred)
        self._inner = row(self.sign, gap=12)
        self._inner.setContentsMargins(14, 8, 8, 8)
        self._inner.addWidget(self.words, 1)
        self.setLayout(self._inner)
        self.hide()

    @property
    def says(self) -> bool:
        """Whether there is something in it to be read."""
        return bool(self.words.text())

    def end_with(self, *buttons: QPushButton) -> None:
        """Have buttons at its end."""
        for one in buttons:
            self._inner.addWidget(one)


def empty_card(sign: str, text: str = "") -> tuple[QFrame, QLabel, QVBoxLayout]:
    """What stands where there is nothing yet: a sign and what to do; its words and its column."""
    frame, inner = card()
    picture = label(wrap=False)
    picture.setPixmap(pixmap(sign, style.colours().muted, 48))
    words = label(text, "heading")
    for one in (picture, words):
        one.setAlignment(Qt.AlignmentFlag.AlignCenter)
    inner.setSpacing(2 * GRID)
    inner.addStretch()
    inner.addWidget(picture)
    inner.addWidget(words)
    return frame, words, inner


def column(parent: QWidget | None = None, *, margin: int = 0, gap: int = GRID) -> QVBoxLayout:
    """A vertical layout with even gaps."""
    layout = QVBoxLayout(parent) if parent else QVBoxLayout()
    layout.setContentsMargins(margin, margin, margin, margin)
    layout.setSpacing(gap)
    return layout


def row(*parts: QWidget | int, gap: int = GRID) -> QHBoxLayout:
    """Widgets side by side; an int stretches."""
    layout = QHBoxLayout()
    layout.setContentsMargins(0, 0, 0, 0)
    layout.setSpacing(gap)
    for part in parts:
        if isinstance(part, int):
            layout.addStretch(part)
        else:
            layout.addWidget(part)
    return layout


def head(title: QWidget, *beside: QWidget) -> QHBoxLayout:
    """The first line of a page: its title, as wide as can be, and what can be done."""
    layout = row()
    layout.addWidget(title, 1)
    for one in beside:
        layout.addWidget(one, 0, Qt.AlignmentFlag.AlignTop)
    return layout


def line() -> QFrame:
    """A thin rule."""
    made = QFrame()
    made.setProperty("role", "line")
    return made


def on_choice(view: QAbstractItemView, do: Callable[[QModelIndex], object]) -> None:
    """Call `do` with a row that is clicked or chosen by the Enter key, once."""
    view.activated.connect(do)
    hint = QStyle.StyleHint.SH_ItemView_ActivateItemOnSingleClick
    if not view.style().styleHint(hint, None, view):  # where it is so, a click activates
        view.clicked.connect(do)


class Following(QScrollArea):
    """Scrolls to what has the keyboard, also where Tab comes into it from outside."""

    def __init__(self) -> None:
        super().__init__()
        app = QApplication.instance()
        if isinstance(app, QApplication):
            app.focusChanged.connect(self._follow)

    @Slot(QWidget, QWidget)
    def _follow(self, _old: QWidget | None, now: QWidget | None) -> None:
        inner = self.widget()
        if now is not None and inner is not None and inner.isAncestorOf(now):
            self.ensureWidgetVisible(now)


class Page(QWidget):
    """A page of the window: a column on the window's ground, `body`, that scrolls where asked.

    It is `WIDEST` at most, in the middle: no line has 200 letters, no button is far from its words.
    """

    def __init__(self, *, scrolls: bool = True, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        outer = column(self)
        inner = QWidget()
        inner.setProperty("role", "page")
        inner.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Preferred)
        self.body = column(inner, margin=3 * GRID, gap=2 * GRID)
        self._edge = -1  # pixels: what the page wants free at its sides
        if not scrolls:
            outer.addWidget(inner)
            return
        area = Following()
        area.setWidgetResizable(True)
        area.setFocusPolicy(Qt.FocusPolicy.NoFocus)  # what is in it has the keyboard
        area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        area.setWidget(inner)
        outer.addWidget(area)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        free = self.body.contentsMargins()
        if self._edge < 0:
            self._edge = free.left()
        if self._edge:  # else what is in it keeps its own
            beside = (self.width() - WIDEST * self.fontMetrics().averageCharWidth()) // 2
            beside = max(self._edge, beside)
            self.body.setContentsMargins(beside, free.top(), beside, free.bottom())

    def show_now(self) -> None:
        """Called each time the page comes to the front: read what it shows."""

    def take_focus(self) -> None:
        """Called when the page has come to the front: put the keyboard where work begins."""

    def show_again(self) -> None:
        """As `show_now`; the keyboard stays where it is, or with what took that one's place."""
        had = self.window().focusWidget()
        if had is None or not self.isAncestorOf(had):
            self.show_now()
            return
        kind, name = type(had), _name(had)
        self.show_now()
        if self.isAncestorOf(had) and had.isVisibleTo(self) and had.isEnabled():
            return
        again = [one for one in self.findChildren(kind) if _name(one) == name]
        for one in again:
            if one.isEnabled() and _brought_to_sight(one, self):
                one.setFocus()
                return
        self.take_focus()


def _brought_to_sight(one: QWidget, page: QWidget) -> bool:
    """Whether nobody has hidden it; what is new is shown at once, or it takes no keyboard."""
    way = [one]
    while (above := way[-1].parentWidget()) is not page and above is not None:
        way.append(above)
    hidden = [part for part in reversed(way) if part.isHidden()]
    if any(part.testAttribute(Qt.WidgetAttribute.WA_WState_ExplicitShowHide) for part in hidden):
        return False
    for part in hidden:
        part.show()
    return True


def _name(one: QWidget) -> str:
    return one.accessibleName() or (one.text() if isinstance(one, QAbstractButton) else "")


def clearable(field: QLineEdit) -> None:
    """Give a field the button that empties it, with a name: Qt's has none."""
    field.setClearButtonEnabled(True)
    name = translate("Parts", "Empty this field")
    for one in field.findChildren(QToolButton):
        one.setAccessibleName(name)
        one.setToolTip(name)


def letters(one: QWidget) -> float:
    """How many letters of its own a widget has room for beside each other."""
    return one.width() / max(1, one.fontMetrics().averageCharWidth())


def tab_before(behind: QWidget, *new: QWidget) -> None:
    """Have the Tab key lead through what is `new` on its way to `behind`, as the eyes go.

    What was made later comes last otherwise, wherever it was put.
    """
    last = stop_before(behind)
    for part in new:
        for one in (part, *part.findChildren(QWidget)):
            if _is_stop(one) and one.window() is behind.window():  # lists of menus are their own
                QWidget.setTabOrder(last, one)
                last = one


def stop_before(behind: QWidget) -> QWidget:
    """What the Tab key leads to last before `behind`; before a window, last of all."""
    last = behind.previousInFocusChain()
    while last is not None and not _is_stop(last) and last is not behind:
        last = last.previousInFocusChain()
    return last or behind


def _is_stop(one: QWidget) -> bool:
    return bool(one.focusPolicy() & Qt.FocusPolicy.TabFocus)


def clear(layout: QVBoxLayout | QHBoxLayout) -> None:
    """Take everything out of a layout."""
    while (item := layout.takeAt(0)) is not None:
        if widget := item.widget():
            widget.hide()  # or, shown a moment later, it would open as a window of its own
            widget.setParent(None)
            widget.deleteLater()
        elif inner := item.layout():
            clear(inner)  # type: ignore[arg-type]
