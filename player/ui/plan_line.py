# SPDX-License-Identifier: Apache-2.0
"""This week beside the learner's plan, in one line; and the plan itself, where it is set.

Nothing here is red, nothing is counted in a row, and no week is held against anybody.
"""

from __future__ import annotations

from datetime import datetime

from PySide6.QtCore import QLocale, QRect, QSize, Qt, Signal
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QDoubleSpinBox, QFrame, QWidget

from player.app import Services
from player.app.next_step import Step
from player.app.plan import MOST, STEP, Week, suggestion
from player.errors import PlayerError
from player.ui import next_words
from player.ui.flow import Flow
from player.ui.language import translate
from player.ui.parts import button, column, label, row, spin
from player.ui.share import HEIGHT, paint_share


class Bar(QWidget):
    """A share as a small bar; the words beside it say the same."""

    def __init__(self, width: int = 96) -> None:
        super().__init__()
        self.setFixedSize(QSize(width, HEIGHT + 2))
        self._share = 0.0

    def show_share(self, share: float) -> None:
        """Show it, 0 to 1."""
        self._share = share
        self.update()

    def paintEvent(self, _event: QPaintEvent) -> None:
        paint_share(QPainter(self), QRect(0, 0, self.width(), self.height()), self._share)


class PlanLine(QWidget):
    """What was learnt this week; `open` is the way to the plan, for whoever has room for it.

    Signals:
        changed: there is another plan.
        problem: a PlayerError to say.
    """

    changed = Signal()
    problem = Signal(object)

    def __init__(self, services: Services) -> None:
        super().__init__()
        self._services = services
        self._step: Step | None = None
        self.words = label(role="caption")
        self._bar = Bar()
        self.open = button(translate("Next", "Plan my week…"), self._unfold, role="quiet")
        self.setting: PlanSetting | None = None
        self._body = column(self, gap=8)
        line = row(self._bar, gap=12)
        line.addWidget(self.words, 1)
        self._body.addLayout(line)

    def show_step(self, step: Step | None) -> None:
        """Read how this week is in a course; None at its end, where there is nothing to plan."""
        if step is None or self._step is None or self._step.manifest.id != step.manifest.id:
            self._fold()
        self._step = step
        if step is None:
            self.hide()
            return
        first_day = QLocale().firstDayOfWeek().value
        week = self._services.plans.week(step.manifest.id, first_day)
        self._say(step, week)

    def _say(self, step: Step, week: Week) -> None:
        parts = [next_words.week(week)]
        if week.planned and week.share < 1:
            parts.append(next_words.sitting(step))
        self.words.setText(next_words.soft(" ".join(filter(None, parts))))
        self.setVisible(bool(self.words.text()) or self.setting is not None)
        self._bar.setVisible(bool(week.planned))
        self._bar.show_share(week.share)
        change = translate("Next", "Change my plan…")
        self.open.setText(change if week.planned else translate("Next", "Plan my week…"))

    def _unfold(self) -> None:
        if self.setting is not None or self._step is None:
            self._fold()
            return
        manifest = self._step.manifest
        left = self._services.steps.left_seconds(manifest)
        fit = suggestion(manifest, left, self._services.now(), self._last_date())
        self.setting = PlanSetting(self._services.plans.of(manifest.id), left, fit)
        self.setting.chosen.connect(self._plan)
        self._body.addWidget(self.setting)
        self.show()
        self.setting.hours.setFocus(Qt.FocusReason.OtherFocusReason)
        self.setting.hours.selectAll()

    def _last_date(self) -> datetime | None:
        dates = self._services.steps.dates(self._step.manifest) if self._step else {}
        return max(dates.values(), default=None)

    def _fold(self) -> None:
        setting, self.setting = self.setting, None
        if setting is not None:
            if setting.isAncestorOf(setting.window().focusWidget()):
                self.open.setFocus(Qt.FocusReason.OtherFocusReason)
            self._body.removeWidget(setting)
            setting.hide()
            self.setVisible(bool(self.words.text()))
            setting.deleteLater()

    def _plan(self, hours: float) -> None:
        if self._step is None:
            return
        try:
            self._services.plans.set(self._step.manifest, hours)
        except PlayerError as error:
            self.problem.emit(error)
            return
        self._fold()
        self.changed.emit()


class PlanSetting(QFrame):
    """Hours a week. Signals: `chosen`: so many, 0 for no plan."""

    chosen = Signal(float)

    def __init__(self, now: float, left: float, fit: float | None) -> None:
        super().__init__()
        self.setProperty("role", "panel")
        self._left = left
        inner = column(self, margin=12)
        self.hours = spin(QDoubleSpinBox())
        self.hours.setRange(0, MOST)
        self.hours.setSingleStep(STEP)
        self.hours.setDecimals(1)
        self.hours.setSpecialValueText(translate("Next", "no plan"))
        self.hours.setAccessibleName(translate("Next", "Hours a week"))
        self.hours.setValue(now or fit or 1.0)
        self.hours.valueChanged.connect(self._judge)
        name = label(translate("Next", "Hours a week"), wrap=False)
        name.setBuddy(self.hours)
        self.keep = button(translate("Next", "Keep this plan"), self._choose, role="primary")
        parts: list[QWidget] = [name, self.hours, self.keep]
        if now:
            without = translate("Next", "Without a plan")
            parts.append(button(without, lambda: self.chosen.emit(0.0), role="quiet"))
        inner.addLayout(Flow(*parts, gap=12))
        self._outlook = label(role="caption")
        inner.addWidget(self._outlook)
        if fit:
            text = translate("Next", "For this course, {plan} a week would fit.")
            inner.addWidget(label(text.format(plan=next_words.hours(fit)), "caption"))
        self._judge()

    def _choose(self) -> None:
        self.chosen.emit(self.hours.value())

    def _judge(self) -> None:
        """Say what the hours come to."""
        value = self.hours.value()
        weeks = -(-self._left // (value * 3600)) if value else 0
        text = translate(
            "Next", "What is left of the course would take %n week(s).", "", int(weeks)
        )
        self._outlook.setText(text)
        self._outlook.setVisible(bool(value and self._left))
