# SPDX-License-Identifier: Apache-2.0
"""The card of the settings for what the line may cost: megabytes, hours, speed."""

from __future__ import annotations

from PySide6.QtCore import QSignalBlocker, QTime
from PySide6.QtWidgets import QCheckBox, QSpinBox, QTimeEdit

from player import settings
from player.app import Services
from player.ui.flow import Flow
from player.ui.forms import ask, choices, choose, form_card
from player.ui.language import size, translate
from player.ui.parts import button, label, spin

_NIGHT = (22 * 60, 6 * 60)  # where nothing else was said yet


class BudgetCard:
    """The rules for the line; each takes effect when its field is left, or with Enter."""

    def __init__(self, services: Services) -> None:
        self._services = services
        self._filled = False
        self.frame, form = form_card(translate("Settings", "Data budget"))
        megabytes = translate("Units", "{n} MB").format(n="")
        speed = translate("Units", "{n} kbit/s").format(n="")
        self._numbers = {
            "budget_day_mb": _number(50, megabytes),
            "budget_month_mb": _number(100, megabytes),
            "ceiling_kbits": _number(64, speed),
        }
        self._words = {
            "metered": choices(
                {
                    "auto": translate("Settings", "Find out"),
                    "yes": translate("Settings", "Yes"),
                    "no": translate("Settings", "No"),
                }
            ),
            "on_metered": choices(
                {
                    "ask": translate("Settings", "Only what I start by hand"),
                    "wait": translate("Settings", "Wait for another line"),
                    "go": translate("Settings", "Go on as on any other"),
                }
            ),
            "updates": choices(
                {
                    "ask": translate("Settings", "Show me what it changes and costs"),
                    "auto": translate("Settings", "Get it by itself"),
                    "never": translate("Settings", "Leave the course as it is"),
                }
            ),
        }
        ask(form, translate("Settings", "At most in a day"), self._numbers["budget_day_mb"])
        ask(form, translate("Settings", "At most in a month"), self._numbers["budget_month_mb"])
        ask(form, translate("Settings", "Not faster than"), self._numbers["ceiling_kbits"])
        form.addRow(self._make_hours())
        metered = translate("Settings", "This line is paid by the megabyte")
        ask(form, metered, self._words["metered"])
        ask(form, translate("Settings", "Downloads on such a line"), self._words["on_metered"])
        ask(form, translate("Settings", "A new version of a course"), self._words["updates"])
        self._system = label(role="caption")
        text = translate("Settings", "Ask me again")
        self._again = button(text, self._ask_again)
        self._spent = label(role="caption")
        form.addRow(self._system)
        form.addRow(Flow(self._again))
        form.addRow(self._spent)
        self._connect()

    def _make_hours(self) -> Flow:
        self._only = QCheckBox(translate("Settings", "Download by itself only from"))
        self._from, self._to = (spin(QTimeEdit()) for _ in range(2))
        self._from.setAccessibleName(translate("Settings", "Downloads may begin at"))
        self._to.setAccessibleName(translate("Settings", "Downloads end at"))
        for field in (self._from, self._to):
            field.setDisplayFormat("HH:mm")
            field.setKeyboardTracking(False)
        until = label(translate("Settings", "to"), wrap=False)
        return Flow(self._only, self._from, until, self._to)

    def _connect(self) -> None:
        for name, number in self._numbers.items():
            number.valueChanged.connect(lambda value, name=name: self._change(name, value))
        for name, box in self._words.items():
            box.currentIndexChanged.connect(
                lambda _=0, name=name, box=box: self._change(name, str(box.currentData()))
            )
        self._only.toggled.connect(self._keep_hours)
        self._from.timeChanged.connect(self._keep_hours)
        self._to.timeChanged.connect(self._keep_hours)

    def show_now(self) -> None:
        """Read every choice, and what was spent; others may have changed them."""
        now = self._services.settings
        for name, number in self._numbers.items():
            _set_number(number, getattr(now, name))
        for name, box in self._words.items():
            with QSignalBlocker(box):
                choose(box, getattr(now, name))
        self._show_hours(settings.hours(now.allowed_hours) or ())
        self._show_line()

    def _show_hours(self, hours: tuple[tuple[int, int], ...]) -> None:
        begins, ends = hours[0] if hours else _NIGHT
        shown = QTime(begins // 60, begins % 60), QTime(ends // 60, ends % 60)
        with QSignalBlocker(self._only):
            self._only.setChecked(bool(hours))
        for field, time in zip((self._from, self._to), shown, strict=True):
            field.setEnabled(bool(hours))
            if hours or not self._filled:
                with QSignalBlocker(field):
                    field.setTime(time)
        self._filled = True

    def _show_line(self) -> None:
        said, known = self._services.line.said(), self._services.metered()
        automatic = self._services.settings.metered == "auto"
        by_learner = automatic and self._services.line.system() is None and said in ("yes", "no")
        text = {
            "yes": translate("Settings", "You said that this network is paid by the megabyte."),
            "no": translate("Settings", "You said that this network is not paid by the megabyte."),
        }.get(said, "")
        if known is None:
            text = translate(
                "Settings", "This system does not tell whether the line is paid by the megabyte."
            )
        self._system.setText(text)
        self._system.setVisible(known is None or by_learner)
        self._again.setVisible(by_learner)
        found = self._services.traffic()
        spent = translate("Settings", "Spent on the line so far: {day} today, {month} this month.")
        self._spent.setText(spent.format(day=size(found.used_today), month=size(found.total)))

    def _ask_again(self) -> None:
        self._services.say_of_line("")
        self._words["metered"].setFocus()  # the button goes
        self._show_line()

    def _keep_hours(self) -> None:
        on = self._only.isChecked()
        for field in (self._from, self._to):
            field.setEnabled(on)
        begins, ends = (field.time().toString("HH:mm") for field in (self._from, self._to))
        # More than these two fields can say may stand in the file: the rest of it stays
        others = self._services.settings.allowed_hours.split(",")[1:]
        self._change("allowed_hours", ",".join([f"{begins}-{ends}", *others]) if on else "")

    def _change(self, name: str, value: object) -> None:
        self._services.change(**{name: value})
        self._show_line()


def _number(step: int, unit: str) -> QSpinBox:
    """A field for a limit, which is none at 0."""
    made = spin(QSpinBox(minimum=0, maximum=1_000_000, singleStep=step))
    made.setSuffix(unit)
    made.setSpecialValueText(translate("Settings", "no limit"))
    made.setKeyboardTracking(False)  # 2 on the way to 200 is no limit that anybody meant
    return made


def _set_number(field: QSpinBox, value: int) -> None:
    with QSignalBlocker(field):
        field.setValue(value)
