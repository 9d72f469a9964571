# SPDX-License-Identifier: Apache-2.0
"""The clock above an exam: how long is left, and a warning near the end."""

from __future__ import annotations

import math

from PySide6.QtCore import QTimer, Signal
from PySide6.QtGui import QAccessible, QAccessibleAnnouncementEvent
from PySide6.QtWidgets import QFrame

from player.course.manifest import Exam
from player.lesson.record import TICK
from player.lesson.timed import ExamTime
from player.ui.language import duration, minutes, translate
from player.ui.lesson.context import LessonContext
from player.ui.lesson.pieces import Sign
from player.ui.parts import label, row
from player.ui.style import GRID

_LAST = 60.0  # seconds before the end at which it is said once more


class ExamBar(QFrame):
    """Shows the time of one attempt, and writes down that it goes on.

    Signals:
        up: the time is over; again every `TICK` seconds until `stop`, for a disk may be full.
    """

    up = Signal()

    def __init__(self, context: LessonContext, exam: Exam, time: ExamTime) -> None:
        super().__init__()
        self.setProperty("role", "panel")
        self._context, self._exam, self._time = context, exam, time
        self._ticked = time.passed()
        self._told: set[float] = set()
        self._near = False
        self._calls_at = 0.0  # seconds that are left then
        self._sign, self.words = Sign("clock"), label(role="strong", wrap=False)
        self.note = label(role="muted")
        line = row(self._sign, self.words, self.note, gap=GRID)
        line.setContentsMargins(3 * GRID, GRID, 3 * GRID, GRID)
        line.setStretch(2, 1)
        self.setLayout(line)
        self._timer = QTimer(self, interval=1000)
        self._timer.timeout.connect(self.look)
        self._timer.start()
        self.look()

    def look(self) -> None:
        """Look at the clock."""
        if self._time.passed() - self._ticked >= TICK:
            with self._context.saying():
                self._time.tick()
            self._ticked = self._time.passed()
        if not self._exam.limit:
            self.hide()
            return
        left = self._time.left()
        self._show(left)
        if left <= self._calls_at:
            self._calls_at = left - TICK
            self.up.emit()

    def stop(self) -> None:
        """The exam is over."""
        self._timer.stop()

    def _show(self, left: float) -> None:
        near = left <= max(self._exam.warning, _LAST)
        time = duration(math.ceil(max(left, 0.0))) if near else minutes(left)
        self.words.setText(translate("Exam", "{time} left").format(time=time))
        if near != self._near:
            self._near = near
            self._sign.show_sign("warning" if near else "clock", "warn" if near else "muted")
            self.setProperty("role", "warn" if near else "panel")
            self.style().unpolish(self)
            self.style().polish(self)
        self.note.setText(
            translate("Exam", "At the end everything is handed in by itself.") if near else ""
        )
        for point in (self._exam.warning, _LAST):
            if 0 < left <= point and point not in self._told:
                self._told.add(point)
                self._announce(translate("Exam", "{time} left").format(time=minutes(left)))

    def _announce(self, words: str) -> None:
        """Have a screen reader say it, wherever the keyboard is."""
        self.setAccessibleName(words)
        QAccessible.updateAccessibility(QAccessibleAnnouncementEvent(self, words))
