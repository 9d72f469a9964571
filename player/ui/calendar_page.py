# SPDX-License-Identifier: Apache-2.0
"""The calendar: what opens, is due and takes place in all courses, week by week."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime, timedelta
from functools import partial
from itertools import groupby
from pathlib import Path

from PySide6.QtCore import Signal
from PySide6.QtGui import QKeySequence
from PySide6.QtWidgets import QComboBox, QFileDialog, QFrame, QLabel, QVBoxLayout, QWidget

from player.app import Services
from player.course.agenda import Entry
from player.errors import PlayerError
from player.store.saving import write
from player.ui.calendar_row import CalendarRow, summary
from player.ui.date_words import day, named, week
from player.ui.flow import Flow
from player.ui.language import translate
from player.ui.parts import Page, button, calm, card, clear, column, empty_card, head, label
from player.ui.style import GRID

FAR = 200
"""The most rows at once: beyond, a course is broken or hostile."""


class CalendarPage(Page):
    """By week, today marked; what is past is folded.

    Signals:
        problem: a PlayerError to say.
        told: a sentence of good news to say.
        course_wanted: the id of a course to show.
        activity_wanted: (course id, activity id).
        address_wanted: a link to the web was followed.
    """

    problem = Signal(object)
    told = Signal(str)
    course_wanted = Signal(str)
    activity_wanted = Signal(str, str)
    address_wanted = Signal(str)

    def __init__(self, services: Services, parent: QWidget | None = None) -> None:
        super().__init__(parent=parent)
        self._services = services
        self._entries: list[Entry] = []
        self._shown: tuple[object, ...] = ()
        self._rows: list[CalendarRow] = []  # of what is to come
        self._make_head()
        self._past_switch = button("", self._turn_past, role="quiet", sign="chevron-right")
        self._past = QWidget()
        self._past.setVisible(False)
        self._past_rows = column(self._past, gap=2 * GRID)
        self.body.addLayout(Flow(self._past_switch))
        self.body.addWidget(self._past)
        self._weeks = column(gap=2 * GRID)
        self.body.addLayout(self._weeks)
        self._nothing, self.words, inner = empty_card("calendar")
        inner.addStretch()
        self.body.addWidget(self._nothing, 1)
        self._rest = QWidget()
        self.body.addWidget(self._rest, 1)

    def _make_head(self) -> None:
        self._save = button(
            translate("Calendar", "Save for your calendar…"), self._ask_where, sign="saved"
        )
        self._save.setShortcut(QKeySequence.StandardKey.Save)
        tip = translate(
            "Calendar", "A file (.ics) that the calendar of your phone or computer takes in."
        )
        self._save.setToolTip(tip)
        title = label(translate("Calendar", "Calendar"), "title")
        self.body.addLayout(head(title, self._save))
        self._of = calm(QComboBox())
        self._of.setAccessibleName(translate("Calendar", "Which courses"))
        self._of.setSizeAdjustPolicy(
            QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon
        )
        self._of.setMinimumContentsLength(24)
        self._of.currentIndexChanged.connect(self._choose)
        self.body.addLayout(Flow(self._of))

    # What it shows

    def show_now(self) -> None:
        """Read what is coming; nothing moves under the eyes of who looks on."""
        try:
            self._entries = self._services.calendar.all_entries()
        except PlayerError as error:
            self.problem.emit(error)
            return
        self._list_courses()
        self._show()

    def _list_courses(self) -> None:
        chosen = self.course
        names = {one.course: one.course_title for one in self._entries}
        self._of.blockSignals(True)
        self._of.clear()
        self._of.addItem(translate("Calendar", "All courses"), "")
        for id_, title in sorted(names.items(), key=lambda one: one[1].casefold()):
            self._of.addItem(title, id_)
        self._of.setCurrentIndex(max(0, self._of.findData(chosen)))
        self._of.blockSignals(False)
        self._of.setVisible(len(names) > 1)

    def _choose(self, _index: int) -> None:
        self._show()

    @property
    def course(self) -> str:
        """The id of the course that is shown alone, '' for all."""
        return str(self._of.currentData() or "")

    def _chosen(self) -> list[Entry]:
        return [one for one in self._entries if self.course in ("", one.course)]

    def _show(self) -> None:
        now = self._services.calendar.local_time()
        entries = self._chosen()
        state = (tuple(entries), now.date(), self.course)
        if state == self._shown:
            return
        self._shown = state
        past = [one for one in entries if one.is_past(now)]
        coming = [one for one in entries if not one.is_past(now)]
        self._show_past(past, now)
        self._rows = self._fill(self._weeks, coming[:FAR], now, first=True)
        self._past_switch.setVisible(bool(past))
        self._say_past(len(past))
        self._nothing.setVisible(not coming)
        self._rest.setVisible(bool(coming))
        self.words.setText(self._empty_words(is_any=bool(past)))
        self._save.setVisible(bool(coming))
        self.setAccessibleName(self.words.text() if not coming else "")

    def _show_past(self, past: Sequence[Entry], now: datetime) -> None:
        """Put what is past into its place, where anybody wants to see it."""
        self._fill(self._past_rows, [] if self._past.isHidden() else past[-FAR:], now)

    def _empty_words(self, *, is_any: bool) -> str:
        if is_any:
            return translate("Calendar", "Nothing more is coming. What was is above.")
        return translate(
            "Calendar",
            "No dates yet. When one of your courses has dates, you find them here: "
            "weeks that open, work that is due, people who meet.",
        )

    def _fill(
        self, layout: QVBoxLayout, entries: Sequence[Entry], now: datetime, *, first: bool = False
    ) -> list[CalendarRow]:
        """Put a card a week into a layout, and return the rows in them.

        With `first`, this week is there whatever comes.
        """
        clear(layout)
        rows: list[CalendarRow] = []
        weeks = [(monday, list(group)) for monday, group in groupby(entries, key=_monday)]
        today = now.date()
        this = today - timedelta(days=today.weekday())
        if first and weeks and weeks[0][0] != this:
            weeks.insert(0, (this, []))
        for monday, group in weeks:
            frame = self._week(monday, group, now, marks=first and monday == this)
            layout.addWidget(frame)
            rows += frame.findChildren(CalendarRow)
        return rows

    def _week(self, monday: date, entries: list[Entry], now: datetime, *, marks: bool) -> QFrame:
        today = now.date()
        frame, inner = card()
        inner.addWidget(label(week(monday, today), "heading"))
        days = [(at, list(group)) for at, group in groupby(entries, key=lambda one: one.at.date())]
        if marks and not (days and days[0][0] == today):
            days.insert(0, (today, []))
        for at, group in days:
            inner.addLayout(Flow(_day(at, today)))
            for entry in group:
                inner.addWidget(self._row(entry, now))
        if not entries:
            inner.addWidget(label(translate("Calendar", "Nothing this week."), "muted"))
        return frame

    def _row(self, entry: Entry, now: datetime) -> CalendarRow:
        line = CalendarRow(entry, now)
        line.wanted.connect(partial(self._go, entry))
        line.address_wanted.connect(self.address_wanted)
        return line

    def _say_past(self, count: int) -> None:
        is_open = not self._past.isHidden()
        text = (
            translate("Calendar", "Hide what is past")
            if is_open
            else translate("Calendar", "Show what is past (%n)", "", count)
        )
        self._past_switch.setText(text)

    def _turn_past(self) -> None:
        now = self._now()
        past = [one for one in self._chosen() if one.is_past(now)]
        self._past.setVisible(self._past.isHidden())
        self._show_past(past, now)
        self._say_past(len(past))

    def _now(self) -> datetime:
        return self._services.calendar.local_time()

    def take_focus(self) -> None:
        """Begin at the first date."""
        (self._rows[0].go if self._rows else self).setFocus()

    # What can be done

    def _go(self, entry: Entry) -> None:
        if entry.activity:
            self.activity_wanted.emit(entry.course, entry.activity)
        else:
            self.course_wanted.emit(entry.course)

    def _ask_where(self) -> None:
        title = translate("Calendar", "Where to save it")
        name, _ = QFileDialog.getSaveFileName(self, title, "cartable.ics", "*.ics")
        if name:
            self.save(Path(name))

    def save(self, path: Path) -> None:
        """Write what is coming of the courses that are shown into a file."""
        now = self._now()
        entries = [one for one in self._chosen() if not one.is_past(now)]
        try:
            write(path, self._services.calendar.calendar_file(entries, summary))
        except PlayerError as error:
            self.problem.emit(error)
            return
        text = translate("Calendar", "Saved as {name}. Open it with your calendar.")
        self.told.emit(text.format(name=path.name))


def _day(at: date, today: date) -> QLabel:
    """The name of a day above what is on it; today stands out."""
    if at == today:
        text = translate("Calendar", "Today, {day}").format(day=named(at, today))
        return label(text, "tag-accent", wrap=False)
    said = day(at, today)
    return label(said[:1].upper() + said[1:], "strong", wrap=False)


def _monday(entry: Entry) -> date:
    day_ = entry.at.date()
    return day_ - timedelta(days=day_.weekday())
