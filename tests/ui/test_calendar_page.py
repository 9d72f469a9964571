# SPDX-License-Identifier: Apache-2.0
"""What opens, is due and takes place: the calendar, the course's rows, and what is not open yet."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from functools import partial
from pathlib import Path

import icalendar
import pytest
from PySide6.QtCore import QEvent, QObject, Qt
from PySide6.QtWidgets import QAbstractButton, QApplication, QFrame, QTreeView
from pytestqt.qtbot import QtBot
from shell import COURSE, Publisher, Shell, running, seen, spoken
from small_course import small_course

from player.app import build
from player.app.calendar import Calendar
from player.course.agenda import Entry
from player.journal import journal
from player.journal.events import Completed, Opened
from player.publish.keys import own_key
from player.publish.repository import publish
from player.ui.calendar_page import CalendarPage
from player.ui.calendar_row import CalendarRow
from player.ui.course_tree import Column
from player.ui.lesson.closed_view import ClosedView
from player.ui.main import application

HOURS = "6:00\u202fPM–7:00\u202fPM"
MONDAY = datetime(2026, 12, 7, 9, 0, tzinfo=UTC)
DATES = """
[[section]]
id = "bilan"
title = "Bilan"
needs = ["organiser"]

[[section.sequence]]
id = "fin"
title = "Fin"
activities = [{ id = "la-fin", page = "pages/roles.md", title = "La fin" }]

[[section]]
id = "decider"
title = "Décider"
opens = 2026-12-14
due = 2026-12-20

[[section.sequence]]
id = "suite"
title = "Suite"
activities = [{ id = "choisir", page = "pages/roles.md", title = "Choisir" }]

[[meeting]]
id = "direct"
title = "Questions"
starts = 2026-12-09T18:00:00Z
ends = 2026-12-09T19:00:00Z
url = "https://meet.example/a"
note = "Venez."

[[meeting]]
id = "cafe"
title = "Café"
kind = "meetup"
starts = 2026-12-02T18:00:00Z
place = "Dakar"
"""


class Dated(Publisher):
    """Publishes the small course with dates."""

    def publish(self, *_: object, **__: str) -> str:  # type: ignore[override]
        source = small_course(self.root / "source")
        path = source / "course.toml"
        text = path.read_text(encoding="utf-8").replace(
            "{ exam =", '{ id = "examen", needs = ["faites-le-point"], exam =', 1
        )
        path.write_text(text + DATES, encoding="utf-8")
        key = own_key(self.root / "publisher.key")
        return publish(source, self.folder, key, now=lambda: MONDAY).course


@pytest.fixture
def shell(qtbot: QtBot, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Shell]:
    """A learner in a course with dates, on Monday 7 December 2026, all of it here."""
    publisher = Dated(tmp_path)
    publisher.publish()
    # From the start: what was published or done in another year would say that it is later
    monkeypatch.setattr(Calendar, "best_time", lambda _: MONDAY)
    monkeypatch.setattr("player.ui.main.build", partial(build, now=lambda: MONDAY))
    with running(qtbot, tmp_path / "home", publisher) as made:
        made.shown.services.calendar.zone = UTC
        made.learn()
        made.take(COURSE, "")
        yield made


def at(monkeypatch: pytest.MonkeyPatch, moment: datetime) -> None:
    monkeypatch.setattr(Calendar, "best_time", lambda _: moment)


def rows(shell: Shell) -> list[str]:
    """What the visible rows of the calendar are called by a screen reader."""
    return [spoken(one.go) for one in seen(shell.window.calendar, CalendarRow)]


def complete(shell: Shell, activity: str) -> None:
    services = shell.shown.services
    where = services.where(COURSE, activity)
    for act in (Opened(name=activity, type="quiz"), Completed(name=activity, type="quiz")):
        journal.record(services.db, where, act, services.now)


def test_the_calendar_shows_week_by_week_what_comes_and_folds_what_was(shell: Shell) -> None:
    shell.window.show_page("calendar")
    assert rows(shell) == [
        f"Join: {HOURS}  Live session: Questions, Petit cours · needs a connection · Venez.",
        "Go there: Opens: Décider, Petit cours",
        "Go there: Due: Décider, Petit cours",
    ]
    texts = shell.texts(shell.window.calendar)
    assert [one for one in texts if "eek" in one] == ["This week", "Next week"]
    assert "Wednesday 9 December" in texts
    shell.press("Show what is past (1)")
    assert rows(shell)[0] == "See the course: 6:00\u202fPM  Meeting: Café, Petit cours · Dakar"
    shell.press("Hide what is past")
    assert len(rows(shell)) == 3


class FirstPicture(QObject):
    """How high the rows were, each time that something of the page was painted."""

    def __init__(self, page: CalendarPage) -> None:
        super().__init__(page)
        self.page = page
        self.highs: list[int] = []
        application().installEventFilter(self)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:  # noqa: N802 - Qt's
        if event.type() == QEvent.Type.Paint and isinstance(watched, CalendarRow | QFrame):
            self.highs += [one.height() for one in self.page.findChildren(CalendarRow)]
        return False


def test_in_the_first_picture_each_date_has_its_room(
    shell: Shell, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    many = [
        replace(one, at=one.at + timedelta(days=7 * week))
        for week in range(10)
        for one in shell.shown.services.calendar.all_entries()
    ]
    monkeypatch.setattr(Calendar, "all_entries", lambda _: many)
    shell.window.show_page("library")
    shell.idle()
    first = FirstPicture(shell.window.calendar)
    shell.window.show_page("calendar")
    qtbot.waitUntil(lambda: len(first.highs) > 0)
    application().removeEventFilter(first)
    assert min(first.highs) == max(first.highs) > 0


def test_today_and_tomorrow_are_called_so(shell: Shell, monkeypatch: pytest.MonkeyPatch) -> None:
    at(monkeypatch, datetime(2026, 12, 13, 9, 0, tzinfo=UTC))
    shell.window.show_page("calendar")
    texts = shell.texts(shell.window.calendar)
    assert "Tomorrow" in texts
    at(monkeypatch, datetime(2026, 12, 14, 0, 1, tzinfo=UTC))
    shell.window.calendar.show_now()
    assert "Today, Monday 14 December" in shell.texts(shell.window.calendar)
    at(monkeypatch, datetime(2026, 12, 10, 9, 0, tzinfo=UTC))
    shell.window.calendar.show_now()
    texts = shell.texts(shell.window.calendar)
    assert texts.index("Today, Thursday 10 December") < texts.index("Nothing this week.")


def test_a_date_leads_to_its_activity_and_a_meeting_to_the_web(
    shell: Shell, monkeypatch: pytest.MonkeyPatch
) -> None:
    opened: list[str] = []
    monkeypatch.setattr("player.ui.lesson_page.QDesktopServices.openUrl", opened.append)
    shell.window.show_page("calendar")
    found = seen(shell.window.calendar, CalendarRow)
    assert found[0].go.hasFocus()  # the keyboard begins at the first date
    shell.qtbot.keyClick(found[0].go, Qt.Key.Key_Return)
    assert opened == ["https://meet.example/a"]
    found[1].go.click()
    assert shell.window.page == "lesson"
    assert shell.window.lesson.activity == "choisir"


def test_without_dates_the_calendar_says_what_it_is_for(qtbot: QtBot, tmp_path: Path) -> None:
    plain = Publisher(tmp_path)
    plain.publish()
    with running(qtbot, tmp_path / "home", plain) as shell:
        shell.learn()
        shell.take(COURSE)
        shell.window.show_page("calendar")
        assert shell.window.calendar.words.isVisible()
        assert shell.window.calendar.words.text().startswith("No dates yet.")
        assert shell.window.calendar.accessibleName() == shell.window.calendar.words.text()
        assert rows(shell) == []


def test_a_calendar_file_holds_what_comes(shell: Shell, tmp_path: Path) -> None:
    shell.window.show_page("calendar")
    told: list[str] = []
    shell.window.calendar.told.connect(told.append)
    shell.window.calendar.save(tmp_path / "cartable.ics")
    assert told == ["Saved as cartable.ics. Open it with your calendar."]
    calendar = icalendar.Calendar.from_ical((tmp_path / "cartable.ics").read_bytes())
    assert [str(one["summary"]) for one in calendar.walk("VEVENT")] == [
        "Live session: Questions",
        "Opens: Décider",
        "Due: Décider",
    ]


def test_a_file_that_cannot_be_written_is_said(shell: Shell, tmp_path: Path) -> None:
    shell.window.show_page("calendar")
    shell.window.calendar.save(tmp_path / "no-such-folder" / "cartable.ics")
    assert shell.window.messages.text
    assert not (tmp_path / "no-such-folder").exists()


def test_the_rows_of_the_course_say_when_they_open(shell: Shell) -> None:
    shell.window.open_course(COURSE)
    shell.idle()
    tree = shell.window.course.findChildren(QTreeView)[0]
    model = tree.model()
    section = model.index(2, 0)
    assert model.index(2, Column.PLACE).data() == "Opens Monday 14 December"
    whole = "Opens Monday 14 December · Here"
    assert model.index(2, Column.PLACE).data(Qt.ItemDataRole.ToolTipRole) == whole
    assert whole in section.data(Qt.ItemDataRole.AccessibleTextRole)
    exam = tree.model().index_of("examen")  # type: ignore[attr-defined]
    assert exam.siblingAtColumn(Column.PLACE).data() == "After “Faites le point”"
    tree.model().is_brief = True  # type: ignore[attr-defined]
    assert exam.siblingAtColumn(Column.PLACE).data() == "1 to do first"
    tree.model().is_brief = False  # type: ignore[attr-defined]
    complete(shell, "faites-le-point")
    shell.window.course.mark_now()
    assert not exam.siblingAtColumn(Column.PLACE).data()
    words = shell.window.course.dates.words.text()
    assert words == (
        "“Questions”: Wednesday 9 December, 6:00\u202fPM. “Décider” is due Sunday 20 December."
    )


def test_the_row_of_an_open_week_says_until_when(
    shell: Shell, monkeypatch: pytest.MonkeyPatch
) -> None:
    at(monkeypatch, MONDAY + timedelta(days=8))
    shell.window.open_course(COURSE)
    shell.idle()
    model = shell.window.course.findChildren(QTreeView)[0].model()
    assert model.index(2, Column.PLACE).data() == "Due Sun 20 Dec · Here"
    at(monkeypatch, MONDAY + timedelta(days=30))
    shell.window.course.mark_now()
    assert model.index(2, Column.PLACE).data() == "Here"  # nobody is reproached


def test_what_is_not_open_yet_says_from_when_and_leads_on(shell: Shell) -> None:
    shell.window.open_activity(COURSE, "choisir")
    view = shell.window.lesson.view
    assert isinstance(view, ClosedView)
    assert view.words == "Opens Monday 14 December"
    assert "It is on this computer already, and will open without a connection." in shell.texts()
    assert shell.button("Go on with something else").hasFocus()
    assert not list(journal.events(shell.shown.services.db, "activity = 'choisir'"))
    shell.press("Go on with something else")
    assert shell.window.lesson.activity == "qui-fait-quoi"


def test_what_needs_something_leads_there_and_opens_when_that_is_done(shell: Shell) -> None:
    shell.window.open_activity(COURSE, "examen")
    view = shell.window.lesson.view
    assert isinstance(view, ClosedView)
    assert view.words == "This is to be done first:"
    shell.press("Go there: Faites le point")
    assert shell.window.lesson.activity == "faites-le-point"
    lesson = shell.window.lesson
    assert shell.button("Done for now")  # what follows is closed
    complete(shell, "faites-le-point")
    lesson._changed()
    shell.press("Next")
    assert lesson.activity == "examen"
    assert not isinstance(lesson.view, ClosedView)


def test_a_section_that_is_needed_leads_to_what_is_left_of_it(shell: Shell) -> None:
    first, second, *_ = shell.shown.services.course(COURSE).activities()
    complete(shell, first.id)
    shell.window.open_activity(COURSE, "la-fin")
    shell.press("Go there: Organiser")
    assert shell.window.lesson.activity == second.id


def test_it_opens_while_one_looks_on(shell: Shell, monkeypatch: pytest.MonkeyPatch) -> None:
    almost = datetime(2026, 12, 13, 23, 59, 59, 900_000, tzinfo=UTC)
    at(monkeypatch, almost)
    monkeypatch.setattr("player.ui.lesson.closed_view.LATER", 0)
    shell.window.open_activity(COURSE, "choisir")
    at(monkeypatch, almost + timedelta(seconds=1))
    shell.qtbot.waitUntil(lambda: not isinstance(shell.window.lesson.view, ClosedView))
    QApplication.processEvents()
    assert shell.window.lesson.activity == "choisir"


def test_every_control_of_the_calendar_has_a_name_of_its_own(shell: Shell) -> None:
    shell.window.show_page("calendar")
    controls = [*seen(shell.window.calendar, QAbstractButton)]
    names = [spoken(one) for one in controls]
    assert all(names)
    assert len(set(names)) == len(names)
    assert shell.window.calendar._of.accessibleName()


def test_no_word_of_a_meeting_makes_the_page_wider_than_its_window(qtbot: QtBot) -> None:
    at_ = datetime(2026, 12, 1, 10, tzinfo=UTC)
    link = "https://meet.example/" + "a" * 300
    entry = Entry("live", at_, "c", "C" * 200, "m", "M" * 200, note=link, place="P" * 200)
    made = CalendarRow(entry, at_)
    qtbot.addWidget(made)
    assert made.minimumSizeHint().width() < 500
