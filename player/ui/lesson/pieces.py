# SPDX-License-Identifier: Apache-2.0
"""What the views add to `player.ui.parts`: a column to read in, and signs."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QPoint, QSize, Qt
from PySide6.QtGui import QFocusEvent, QKeyEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QPushButton, QScrollArea, QWidget

from player.ui.icons import icon, pixmap
from player.ui.parts import column, label
from player.ui.style import GRID, colours
from player.ui.style import side as sized

_KINDS = {"info": "card", "warning": "warn", "cross-circle": "bad", "check-circle": "good"}
_ARROWS = (Qt.Key.Key_Left, Qt.Key.Key_Right, Qt.Key.Key_Up, Qt.Key.Key_Down)

_AROUND = 120  # pixels in sight above and below what is led to


class Leading:
    """A widget that gives the keyboard on to the one inside that it leads to.

    Not by a focus proxy: that makes the outer widget a stop of Tab, from which it begins anew
    inside, and what lies behind is never reached (Qt 6).
    """

    _entry: QWidget | None = None

    def lead_to(self, entry: QWidget) -> None:
        """Give the keyboard to `entry` from now on."""
        self._entry = entry

    def focusInEvent(self, event: QFocusEvent) -> None:
        if self._entry is not None:
            self._entry.setFocus(event.reason())


class Pages(Leading, QWidget):
    """Shows one page at a time in `body`, and gives it the keyboard."""

    def __init__(self) -> None:
        super().__init__()
        self.body = column(self)
        self.page: QWidget = QWidget()
        self.body.addWidget(self.page)

    def show_page(self, page: QWidget, *, keep: QWidget | None = None) -> None:
        """Have `page` in place of the one before, which goes unless it is to `keep`."""
        old, self.page = self.page, page
        self.body.replaceWidget(old, page)
        old.hide()
        if old is not keep:
            old.deleteLater()
        page.show()  # at once: what is hidden takes no keyboard
        self.lead_to(page)
        page.setFocus(Qt.FocusReason.OtherFocusReason)


class Column(Leading, QScrollArea):
    """Scrolls upwards and downwards only; what lies in `body` is centred and never too wide."""

    def __init__(self, width: int, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setWidgetResizable(True)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        ground, inner = QWidget(), QWidget()
        ground.setProperty("role", "page")
        self._ground, self._inner = ground, inner
        self.set_width(width)
        self.body = column(inner, margin=3 * GRID, gap=2 * GRID)
        sides = QHBoxLayout(ground)
        sides.setContentsMargins(0, 0, 0, 0)
        sides.addStretch(1)
        sides.addWidget(inner, 1000)
        sides.addStretch(1)
        self.setWidget(ground)

    def reveal(self, widget: QWidget, at: QPoint) -> None:
        """Have a point of a widget in sight, and what stands around it."""
        place = widget.mapTo(self._ground, at)
        around = min(_AROUND, self.viewport().height() // 3)
        self.ensureVisible(place.x(), place.y(), 0, around)

    def set_width(self, width: int) -> None:
        """Let it grow to another width, in pixels."""
        self._inner.setMaximumWidth(width)


class Sign(QLabel):
    """An icon that stands for nothing by itself: the words are beside it. `tint` names a colour."""

    def __init__(self, name: str, tint: str = "muted", side: int = 20) -> None:
        super().__init__()
        self._side = sized(side)
        self.setFixedSize(QSize(self._side, self._side))
        self.show_sign(name, tint)

    def show_sign(self, name: str, tint: str) -> None:
        """Show another one."""
        ratio = self.devicePixelRatioF()
        picture = pixmap(name, getattr(colours(), tint), round(self._side * ratio)).copy()
        picture.setDevicePixelRatio(ratio)
        self.setPixmap(picture)

    def show_worth(self, fraction: float) -> None:
        """Show whether an answer is right, partly right or wrong by the share that it brings."""
        worth = ("check", "good") if fraction >= 1 else ("half", "warn")
        self.show_sign(*(worth if fraction > 0 else ("cross", "bad")))


class SignButton(QPushButton):
    """A button that is only a sign, and may change it: `words` are its name and its tip."""

    def __init__(self, name: str, words: str, act: Callable[[], object] | None = None) -> None:
        super().__init__()
        self.setProperty("role", "icon")
        self.setIconSize(QSize(sized(20), sized(20)))
        self.show_sign(name, words)
        if act is not None:
            self.clicked.connect(lambda _=False: act())

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Leave the arrows to the view, which goes on and back by them."""
        if event.key() in _ARROWS:
            event.ignore()
        else:
            super().keyPressEvent(event)

    def show_sign(self, name: str, words: str) -> None:
        """Become another button: sign and words."""
        self.setIcon(icon(name))
        self.setToolTip(words)
        self.setAccessibleName(words)


class Notice(QFrame):
    """A kind sentence with its sign: `info`, `warning`, `cross-circle` or `check-circle`."""

    def __init__(self, sentence: str, sign: str = "info", parent: QWidget | None = None) -> None:
        super().__init__(parent)
        kind = _KINDS[sign]
        self.setProperty("role", kind)
        self.words = label(sentence)
        layout = QHBoxLayout(self)
        layout.setContentsMargins(2 * GRID, 2 * GRID, 2 * GRID, 2 * GRID)
        layout.setSpacing(GRID + GRID // 2)
        tint = "muted" if kind == "card" else kind
        layout.addWidget(Sign(sign, tint), 0, Qt.AlignmentFlag.AlignTop)
        layout.addWidget(self.words, 1)
