# SPDX-License-Identifier: Apache-2.0
"""The few pieces that every page is put together from."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import Qt
from PySide6.QtWidgets import (
    QFrame,
    QHBoxLayout,
    QLabel,
    QPushButton,
    QScrollArea,
    QSizePolicy,
    QVBoxLayout,
    QWidget,
)

from player.ui import style
from player.ui.icons import icon
from player.ui.style import GRID


def label(text: str = "", role: str = "", *, wrap: bool = True) -> QLabel:
    """A text in a role of the style sheet. Plain text: course titles are not markup."""
    made = QLabel(text)
    made.setTextFormat(Qt.TextFormat.PlainText)
    made.setWordWrap(wrap)
    if role:
        made.setProperty("role", role)
    return made


def button(text: str, do: Callable[[], object], *, role: str = "", sign: str = "") -> QPushButton:
    """A button that calls `do`; `sign` names an icon before its text."""
    made = QPushButton(text)
    if role:
        made.setProperty("role", role)
    if sign:
        tint = style.colours().accent_text if role == "primary" else None
        made.setIcon(icon(sign, tint))
    made.clicked.connect(lambda _=False: do())
    return made


def sign_button(sign: str, name: str, do: Callable[[], object]) -> QPushButton:
    """A button that is only an icon; `name` is read aloud and shown as a tip."""
    made = button("", do, role="icon", sign=sign)
    made.setAccessibleName(name)
    made.setToolTip(name)
    return made


def card(role: str = "card") -> tuple[QFrame, QVBoxLayout]:
    """A framed box and its column."""
    frame = QFrame()
    frame.setProperty("role", role)
    return frame, column(frame, margin=2 * GRID)


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


def line() -> QFrame:
    """A thin rule."""
    made = QFrame()
    made.setProperty("role", "line")
    return made


class Page(QWidget):
    """A page of the window: a column on the window's ground, `body`, that scrolls where asked."""

    def __init__(self, *, scrolls: bool = True, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        outer = column(self)
        inner = QWidget()
        inner.setProperty("role", "page")
        inner.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Preferred)
        self.body = column(inner, margin=3 * GRID, gap=2 * GRID)
        if not scrolls:
            outer.addWidget(inner)
            return
        area = QScrollArea()
        area.setWidgetResizable(True)
        area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        area.setWidget(inner)
        outer.addWidget(area)

    def show_now(self) -> None:
        """Called each time the page comes to the front: read what it shows."""


def clear(layout: QVBoxLayout | QHBoxLayout) -> None:
    """Take everything out of a layout."""
    while (item := layout.takeAt(0)) is not None:
        if widget := item.widget():
            widget.setParent(None)
            widget.deleteLater()
        elif inner := item.layout():
            clear(inner)  # type: ignore[arg-type]
