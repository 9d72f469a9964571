# SPDX-License-Identifier: Apache-2.0
"""What the line was used for in a month: in words, and as a picture of its days."""

from __future__ import annotations

import calendar
from datetime import date, timedelta

from PySide6.QtCore import QDate, QLocale, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QColor, QPainter, QPaintEvent
from PySide6.QtWidgets import QFrame, QWidget

from player.app import Services
from player.app.allowance import Traffic
from player.ui import style
from player.ui.flow import Flow
from player.ui.language import size, translate
from player.ui.parts import button, column, label, sign_button

_HEIGHT = 56  # pixels


class TrafficView(QFrame):
    """Signals: `rules_wanted`: show the settings of the budget."""

    rules_wanted = Signal()

    def __init__(self, services: Services) -> None:
        super().__init__()
        self._services = services
        self._month: date | None = None
        self.setProperty("role", "card")
        inner = column(self, margin=14)
        self._title = label(role="strong", wrap=False)
        before = translate("Downloads", "The month before")
        after = translate("Downloads", "The month after")
        self.before = sign_button("arrow-left", before, lambda: self._turn(-1))
        self.after = sign_button("arrow-right", after, lambda: self._turn(1))
        rules = button(translate("Downloads", "Data budget"), self.rules_wanted.emit, role="quiet")
        inner.addLayout(Flow(self._title, self.before, self.after, rules, wide=self._title))
        self._words, self._left = label(), label(role="muted")
        self.picture = Picture()
        for part in (self._words, self.picture, self._left):
            inner.addWidget(part)

    def show_now(self) -> None:
        """Read the ledger."""
        found = self._services.traffic(self._month)
        first = date.fromisoformat(f"{found.month}-01")
        name = QLocale().toString(QDate(first.year, first.month, 1), "MMMM yyyy")
        self._title.setText(translate("Downloads", "Used in {month}").format(month=name))
        self._words.setText(_spent(found))
        self._left.setText(_left(found) if self._month is None else "")
        self._left.setVisible(bool(self._left.text()))
        self.picture.show_month(found)
        self.after.setEnabled(self._month is not None)

    def _turn(self, by: int) -> None:
        shown = date.fromisoformat(f"{self._services.traffic(self._month).month}-01")
        other = shown - timedelta(days=1) if by < 0 else shown + timedelta(days=31)
        now = date.fromisoformat(f"{self._services.traffic().month}-01")
        self._month = other.replace(day=1) if other.replace(day=1) < now else None
        self.show_now()


def _spent(found: Traffic) -> str:
    text = translate(
        "Downloads",
        "{total}, of it {content} courses, {answers} answers, {overhead} descriptions and overhead",
    )
    return text.format(
        total=size(found.total),
        content=size(found.content),
        answers=size(found.answers),
        overhead=size(found.catalogue + found.overhead),
    )


def _left(found: Traffic) -> str:
    words = []
    if found.left_day is not None:
        words.append(translate("Downloads", "left today: {size}").format(size=size(found.left_day)))
    if found.left_month is not None:
        text = translate("Downloads", "left this month: {size}")
        words.append(text.format(size=size(found.left_month)))
    return " · ".join(words)


class Picture(QWidget):
    """A bar a day, the highest as high as there is room."""

    def __init__(self) -> None:
        super().__init__()
        self._days: dict[int, int] = {}
        self._count = 31
        self.setMinimumHeight(_HEIGHT)

    def sizeHint(self) -> QSize:
        return QSize(400, _HEIGHT)

    def show_month(self, found: Traffic) -> None:
        """Show a month, to the eye and to the ear."""
        year, month = (int(part) for part in found.month.split("-"))
        self._count = calendar.monthrange(year, month)[1]
        self._days = {day.day: used for day, used in found.by_day}
        self.setAccessibleName(translate("Downloads", "Used by day"))
        said = (f"{day}: {size(used)}" for day, used in sorted(self._days.items()))
        self.setAccessibleDescription(", ".join(said))
        self.setToolTip(self.accessibleDescription())
        self.update()

    def paintEvent(self, _event: QPaintEvent) -> None:
        now = style.colours()
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(Qt.PenStyle.NoPen)
        step, most = self.width() / self._count, max(self._days.values(), default=0)
        room = self.height() - 3
        for day in range(1, self._count + 1):
            used = self._days.get(day, 0)
            high = max(3.0, room * used / most) if used else 2.0
            painter.setBrush(QColor(now.accent if used else now.border))
            bar = QRectF((day - 1) * step + 1, room - high + 2, max(1.0, step - 3), high)
            painter.drawRoundedRect(bar, 1.5, 1.5)
        painter.end()
