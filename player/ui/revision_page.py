# SPDX-License-Identifier: Apache-2.0
"""Revision: what is due today, by course; then one question after another."""

from __future__ import annotations

from functools import cached_property, partial
from typing import TYPE_CHECKING

from PySide6.QtCore import QDate, QLocale, QTimer, Signal
from PySide6.QtWidgets import QFrame, QPushButton, QStackedWidget, QWidget

from player.app import Services
from player.errors import PlayerError
from player.ui.flow import Flow
from player.ui.language import translate
from player.ui.parts import Page, button, card, clear, column, empty_card, label

if TYPE_CHECKING:
    from datetime import datetime

    from player.app.revision import CourseDue, Due
    from player.ui.lesson.revision_session import RevisionSession


class RevisionPage(Page):
    """It asks for nothing by itself: whoever comes here sees what is due, and may stop.

    Signals:
        problem: a PlayerError to say.
        recorded: the id of the course in which something was.
        activity_wanted: (course id, activity id).
        address_wanted: a link to the web was followed.
    """

    problem = Signal(object)
    recorded = Signal(str)
    activity_wanted = Signal(str, str)
    address_wanted = Signal(str)

    def __init__(self, services: Services, parent: QWidget | None = None) -> None:
        super().__init__(scrolls=False, parent=parent)
        self._services = services
        self.body.setContentsMargins(0, 0, 0, 0)
        self._both = QStackedWidget()
        self.overview = Page()
        self._both.addWidget(self.overview)
        self.body.addWidget(self._both)
        self._make_overview()

    @cached_property
    def session(self) -> RevisionSession:
        """The questions."""
        from player.ui.lesson.revision_session import (  # noqa: PLC0415 - many starts do without
            RevisionSession,
        )

        made = RevisionSession(self._services)
        made.ended.connect(self._stop)
        made.problem.connect(self.problem)
        made.recorded.connect(self.recorded)
        made.activity_wanted.connect(self.activity_wanted)
        made.address_wanted.connect(self.address_wanted)
        self._both.addWidget(made)
        return made

    def _make_overview(self) -> None:
        body = self.overview.body
        body.addWidget(label(translate("Revision", "Revision"), "title"))
        frame, inner = card()
        self._today, inner_words = frame, label(role="heading")
        self.words, self.more = inner_words, label(role="muted")
        inner.addWidget(self.words)
        inner.addWidget(self.more)
        self.start = button("", self._start, role="primary", sign="play")
        inner.addLayout(Flow(self.start))
        body.addWidget(frame)
        self._courses = column(gap=16)
        body.addLayout(self._courses)
        self._empty, self.nothing, inner = empty_card("again")
        self.switch = button(translate("Revision", "Switch it on"), self._switch_on)
        inner.addLayout(Flow(self.switch))
        inner.addStretch()
        body.addWidget(self._empty, 1)
        self._rest = QWidget()
        body.addWidget(self._rest, 1)

    @property
    def is_asking(self) -> bool:
        """Whether a question is shown."""
        return self._both.currentWidget() is not self.overview

    def show_now(self) -> None:
        """Read what is due; a question that is shown stays."""
        if self.is_asking:
            return
        try:
            due = self._services.revision.due()
        except PlayerError as error:
            self.problem.emit(error)
            return
        off = not self._services.settings.revise
        self._today.setVisible(due.total > 0)
        self._empty.setVisible(not due.total)
        self._rest.setVisible(due.total > 0)
        self.switch.setVisible(off)
        self.nothing.setText(nothing(due, off=off))
        self.setAccessibleName(self.nothing.text())  # read where there is nothing to press
        self.words.setText(lead(due))
        self.more.setText(beside(due))
        self.more.setVisible(bool(self.more.text()))
        self.start.setVisible(due.due > 0)
        go_on = due.is_enough and due.due
        text = (
            translate("Revision", "Go on all the same") if go_on else translate("Revision", "Start")
        )
        self.start.setText(text)
        self._show_courses(due)

    def _show_courses(self, due: Due) -> None:
        clear(self._courses)
        for one in due.courses:
            self._courses.addWidget(self._row(one))

    def _row(self, one: CourseDue) -> QWidget:
        frame, inner = card()
        inner.addWidget(label(one.title, "strong"))
        inner.addWidget(label(of_course(one), "muted"))
        text = translate("Revision", "Take all out")
        out = button(text, lambda: inner.addWidget(self._question(one, out)), role="quiet")
        out.setAccessibleName(f"{text}: {one.title}")
        inner.addLayout(Flow(out))
        return frame

    def _question(self, one: CourseDue, out: QPushButton) -> QFrame:
        """Whether all are to go: nothing brings them back as they stood."""
        frame, inner = card("warn")
        words = translate(
            "Revision",
            "%n question(s) will not come again. Your answers and marks stay.",
            "",
            one.total,
        )
        inner.addWidget(label(words))

        def kept() -> None:
            out.setEnabled(True)
            out.setFocus()
            frame.hide()
            frame.deleteLater()

        keep = button(translate("Revision", "Keep them"), kept)
        yes = button(translate("Revision", "Take out"), partial(self._take_out, one))
        inner.addLayout(Flow(keep, yes))
        out.setEnabled(False)
        QTimer.singleShot(0, keep, keep.setFocus)
        return frame

    def take_focus(self) -> None:
        """Begin at the question, or where one can begin."""
        if self.is_asking:
            self.session.setFocus()
            return
        for one in (self.start, self.switch):
            if one.isVisibleTo(self):
                one.setFocus()
                return
        self.setFocus()

    def _start(self) -> None:
        on = self._services.revision.due().is_enough
        self._both.setCurrentWidget(self.session)
        self.session.begin(on=on)
        self.take_focus()

    def _stop(self) -> None:
        self._both.setCurrentWidget(self.overview)
        self.show_now()
        self.take_focus()

    def _take_out(self, one: CourseDue) -> None:
        try:
            self._services.revision.take_all_out(one.course)
        except PlayerError as error:
            self.problem.emit(error)
            return
        self.recorded.emit(one.course)
        self.show_now()
        self.take_focus()

    def _switch_on(self) -> None:
        self._services.change(revise=True)
        self.show_now()
        self.take_focus()


def lead(due: Due) -> str:
    """What there is today, in one sentence."""
    if due.is_enough:
        return translate("Revision", "Done for today.")
    if due.today:
        asked = translate("Revision", "%n question(s) today", "", due.today)
        long = translate("Revision", "about %n minute(s)", "", due.minutes)
        return translate("Revision", "{questions}, {time}.").format(questions=asked, time=long)
    return translate("Revision", "Nothing is due today.")


def beside(due: Due) -> str:
    """What waits for other days."""
    found = []
    if rest := due.due - due.today:
        found.append(translate("Revision", "%n more question(s) can wait.", "", rest))
    if due.following and not due.today:
        text = translate("Revision", "The next one comes on {date}.")
        found.append(text.format(date=day(due.following)))
    if due.waiting:
        text = translate(
            "Revision",
            "%n question(s) wait for a course that is not on this computer.",
            "",
            due.waiting,
        )
        found.append(text)
    return " ".join(found)


def of_course(one: CourseDue) -> str:
    """How one course stands."""
    found = translate("Revision", "%n question(s) come again", "", one.total)
    if one.due:
        text = translate("Revision", "{questions}, of which %n today.", "", one.due)
        return text.format(questions=found)
    if one.following is None:
        return found
    text = translate("Revision", "{questions}, the next one on {date}.")
    return text.format(questions=found, date=day(one.following))


def nothing(due: Due, *, off: bool) -> str:
    """Why there is nothing here."""
    if off:
        return translate("Revision", "The revision is switched off.")
    text = translate(
        "Revision",
        "Nothing to revise yet. Questions of a quiz that you miss or find hard come again here, "
        "after growing pauses, a few minutes a day. You can also put any question there yourself.",
    )
    return " ".join(filter(None, (text, beside(due))))


def day(moment: datetime) -> str:
    """A day as the reader writes it."""
    shown = QDate(moment.year, moment.month, moment.day)
    return QLocale().toString(shown, QLocale.FormatType.LongFormat)
