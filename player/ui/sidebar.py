# SPDX-License-Identifier: Apache-2.0
"""The side of the window: the way to each page, who learns here, and whether all is delivered."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QEvent, QObject, QSize, Qt, Signal
from PySide6.QtGui import QFont, QFontMetrics, QKeySequence
from PySide6.QtWidgets import (
    QButtonGroup,
    QFrame,
    QHBoxLayout,
    QLabel,
    QPushButton,
    QScrollArea,
    QWidget,
)

from player.app import Services
from player.ui import style
from player.ui.icons import icon, pixmap
from player.ui.language import translate
from player.ui.parts import column, label, line, reword, row

LEAST = 3  # ways to see
NATIVE = QKeySequence.SequenceFormat.NativeText


class Sidebar(QFrame):
    """Signals: `chosen`: the name of the page to show."""

    chosen = Signal(str)

    def __init__(self, services: Services, pages: Sequence[tuple[str, str, str]]) -> None:
        """`pages` are (name, icon, words), from top to bottom; the first ten have a key.

        The keys are the window's: they work where this is hidden, too.
        """
        super().__init__()
        self._services = services
        self.keys = {
            f"Ctrl+{number % 10}": (page, words)
            for number, (page, _, words) in enumerate(pages[:10], start=1)
        }
        self.setProperty("role", "sidebar")
        inner = column(self, margin=12, gap=4)
        logo = QLabel()
        logo.setPixmap(pixmap("bag", style.colours().accent, 28))
        inner.addLayout(row(logo, label("Cartable", "heading", wrap=False), 1))
        inner.addSpacing(8)
        self._group = QButtonGroup(self)
        self._buttons: dict[str, QPushButton] = {}
        self._ways = _Ways()
        known = {page: keys for keys, (page, _) in self.keys.items()}
        for page, sign, text in pages:
            self._ways.add(self._button(page, sign, text, known.get(page, "")))
        inner.addWidget(self._ways, 1)
        self.fetching, self.keeping, self.delivery, self.road = (_Line() for _ in range(4))
        for one in (self.fetching, self.keeping, self.delivery, self.road):
            inner.addWidget(one)
        inner.addSpacing(4)
        inner.addWidget(line())
        inner.addSpacing(4)
        self.person = _Line()
        inner.addWidget(self.person)
        self._make_room()

    def _make_room(self) -> None:
        """Be as wide as the widest way, and as what stands beside its name by now."""
        self.setFixedWidth(max(208, 40 + max(_widest(one) for one in self._buttons.values())))

    def _button(self, page: str, sign: str, text: str, keys: str) -> QPushButton:
        made = QPushButton(icon(sign), text)
        made.setProperty("role", "nav")
        made.setIconSize(QSize(style.side(20), style.side(20)))
        made.setCheckable(True)
        spoken = QKeySequence(keys).toString(NATIVE)
        made.setToolTip(f"{text} ({spoken})" if keys else text)
        made.clicked.connect(lambda: self.chosen.emit(page))
        self._group.addButton(made)
        self._buttons[page] = made
        return made

    def count(self, page: str, count: int, spoken: str) -> None:
        """Say beside the way to a page how many new things are there; `spoken` says it in full."""
        one = self._buttons[page]
        name = one.toolTip().rpartition(" (")[0]
        reword(one, f"{name} ({count})" if count else name)
        one.setAccessibleName(f"{name}, {spoken}" if count else name)
        self._make_room()

    def mark(self, page: str) -> None:
        """Say which page is in front."""
        if page in self._buttons:
            self._buttons[page].setChecked(True)
            self._ways.ensureWidgetVisible(self._buttons[page])

    def show_now(self) -> None:
        """Read who learns here and how far the work is."""
        learner = self._services.learner
        self.person.say("person", learner.name if learner else "")
        counts = self._services.counts()
        waiting, refused = counts.waiting, counts.refused
        if refused:
            text = translate("Window", "%n act(s) refused: see My work", "", refused)
            self.delivery.say("warning", text, "bad")
        elif waiting:
            text = translate("Window", "%n act(s) saved, to be sent", "", waiting)
            self.delivery.say("saved", text)
        elif (files := self._services.files).left:
            text = translate("Window", "Files: {n} of %n piece(s) sent", "", files.pieces)
            self.delivery.say("saved", text.format(n=files.taken))
        else:
            text = translate("Window", "All your work is received") if counts.arrived else ""
            self.delivery.say("received", text, "good")

    def show_road(self, offline: bool) -> None:
        """Say whether nobody could be reached the last time."""
        text = translate("Window", "No connection. What is here works without one.")
        self.road.say("offline", text if offline else "")


def _widest(one: QPushButton) -> int:
    """How wide a button is once it is chosen: its words are heavier then."""
    font = QFont(one.font())
    font.setWeight(QFont.Weight.DemiBold)
    heavy = QFontMetrics(font).horizontalAdvance(one.text())
    return one.sizeHint().width() + heavy - one.fontMetrics().horizontalAdvance(one.text())


class _Ways(QScrollArea):
    """The buttons, one below the other; they scroll where letters are large and the window low."""

    def __init__(self) -> None:
        super().__init__()
        self.setWidgetResizable(True)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)  # its buttons have the keyboard
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        inner = QWidget()
        inner.setProperty("role", "ways")
        self._buttons = column(inner, gap=4)
        self._buttons.addStretch()
        self.setWidget(inner)

    def add(self, button: QPushButton) -> None:
        """One more, behind the others."""
        self._buttons.insertWidget(self._buttons.count() - 1, button)
        button.installEventFilter(self)
        self.setMinimumHeight(LEAST * button.sizeHint().height())

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() == QEvent.Type.FocusIn and isinstance(watched, QWidget):
            self.ensureWidgetVisible(watched)
        return super().eventFilter(watched, event)


class _Line(QWidget):
    """A sign and a few words; hidden without words."""

    def __init__(self) -> None:
        super().__init__()
        inner = QHBoxLayout(self)
        inner.setContentsMargins(6, 3, 0, 3)
        inner.setSpacing(8)
        self._sign = QLabel()
        self._words = label(role="caption")
        inner.addWidget(self._sign, 0, Qt.AlignmentFlag.AlignTop)
        inner.addWidget(self._words, 1)
        self.hide()

    @property
    def text(self) -> str:
        """What it says."""
        return self._words.text()

    def say(self, sign: str, text: str, tint: str = "muted") -> None:
        """Show `text` after a sign in one of the colours of the style."""
        self._sign.setPixmap(pixmap(sign, getattr(style.colours(), tint), style.side(16)))
        self._words.setText(text)
        self.setVisible(bool(text))
