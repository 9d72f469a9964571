# SPDX-License-Identifier: Apache-2.0
"""What is open, asked of a journal, and of clocks that may be wrong."""

from __future__ import annotations

import uuid
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

import msgspec
import pytest
from clock import Clock
from scheduled import BLOB, course, page, week

from player.app import calendar as calendar_module
from player.app.asked import offered
from player.app.calendar import Calendar
from player.course.manifest import CoursePath, Manifest, Quiz, Survey
from player.errors import DiskFull
from player.journal import journal, progress
from player.journal.events import AnyAct, Begun, Completed, Enrolled, Finished, Opened, PathChosen
from player.journal.journal import Where, record
from player.journal.learners import Learner
from player.store.database import Database
from player.sync import contact

PARIS = ZoneInfo("Europe/Paris")
WEEKS = course(
    week("one", page("a")),
    week("two", page("b"), page("b2"), opens_after=7.0, due_after=13.0),
    week("three", page("c"), opens="2026-01-19"),
)
YEAR = timedelta(days=365)
Do = Callable[..., None]


def no_course(_course: str) -> None:
    """Of no course by its name: each is given."""


@pytest.fixture
def calendar(db: Database, learner: str, clock: Clock) -> Calendar:
    """The calendar of one learner."""
    return Calendar(lambda: db, lambda: Learner(learner, "Awa"), clock, no_course, PARIS)


@pytest.fixture
def do(db: Database, learner: str, clock: Clock) -> Do:
    """Do something in a course: `do(act, activity)`."""

    def did(act: AnyAct, activity: str = "", manifest: Manifest = WEEKS) -> None:
        record(db, Where(learner, manifest.id, 1, activity), act, clock)

    return did


def opened(calendar: Calendar, manifest: Manifest = WEEKS) -> str:
    """The ids of the activities that are open, run together."""
    found = calendar.open_to(manifest)
    return "".join(one.id for one in manifest.activities() if one.id in found)


def acts(db: Database, kind: str) -> list[AnyAct]:
    return [event.act for event in journal.events(db, "kind = ?", (kind,))]


def test_weeks_open_one_after_the_other(calendar: Calendar, clock: Clock, do: Do) -> None:
    do(Enrolled())
    assert opened(calendar) == "a"
    found = calendar.standing(WEEKS)["b"]
    assert found.opens_at == datetime(2026, 1, 12, tzinfo=PARIS)
    assert found.due == datetime(2026, 1, 18, 23, 59, 59, tzinfo=PARIS)
    clock.forward(days=6, hours=14)  # the 11th, 23:00 UTC: midnight in Paris
    assert opened(calendar) == "abb2"
    clock.forward(days=7)
    assert opened(calendar) == "abb2c"


def test_a_course_without_rules_is_not_looked_up(learner: str, clock: Clock) -> None:
    def nobody() -> Database:
        pytest.fail("the journal was read for nothing")

    plain = Calendar(nobody, lambda: Learner(learner, "Awa"), clock, no_course, PARIS)
    assert plain.open_to(course(week("one"))) == {"one-page"}


def test_before_the_first_start_nothing_is_written_down(db: Database, clock: Clock) -> None:
    alone = Calendar(lambda: db, lambda: None, clock, no_course, PARIS)
    assert alone.open_to(WEEKS) == {"a"}
    clock.forward(days=30)
    assert alone.open_to(WEEKS) == {"a", "c"}  # days are counted from the enrolment
    assert not acts(db, "section_opened")


def test_a_clock_that_is_set_back_a_year_closes_no_week(
    calendar: Calendar, db: Database, clock: Clock, do: Do
) -> None:
    do(Enrolled())
    clock.forward(days=8)
    assert opened(calendar) == "abb2"  # looked at, no more
    clock.restart()
    clock.now -= YEAR
    assert opened(calendar) == "abb2"
    assert len(acts(db, "section_opened")) == 1
    assert calendar.standing(WEEKS)["c"].opens_at == datetime(2026, 1, 19, tzinfo=PARIS)


def test_under_a_clock_that_stays_a_year_behind_weeks_open_as_days_pass(
    calendar: Calendar, clock: Clock, do: Do
) -> None:
    do(Enrolled())
    clock.restart()
    clock.now -= YEAR
    for _ in range(6):
        do(Opened(type="page"), "a")
        clock.restart(days=1)
        assert opened(calendar) == "a"
    do(Opened(type="page"), "a")
    clock.restart(days=1)
    assert opened(calendar) == "abb2"
    found = calendar.standing(WEEKS)["two"]
    assert found.is_open


def test_a_pc_that_begins_at_2010_each_morning_opens_a_week_after_what_it_was_up(
    calendar: Calendar, clock: Clock, do: Do
) -> None:
    clock.now = datetime(2010, 1, 1, 0, 0, tzinfo=UTC)
    do(Enrolled())
    for _ in range(7):
        do(Opened(type="page"), "a")
        clock.forward(hours=20)
        do(Opened(type="page"), "a")
        clock.restart()
        clock.now = datetime(2010, 1, 1, 0, 0, 30, tzinfo=UTC)
    assert opened(calendar) == "a"  # 140 hours are less than seven days
    clock.forward(hours=28)
    assert opened(calendar) == "abb2"


def test_a_clock_that_ran_ahead_opens_early_and_set_right_closes_nothing(
    calendar: Calendar, clock: Clock, do: Do
) -> None:
    do(Enrolled())
    clock.restart()
    clock.now += YEAR
    assert opened(calendar) == "abb2c"
    clock.restart()
    clock.now -= YEAR
    assert opened(calendar) == "abb2c"


def test_enrolled_under_a_clock_far_ahead_one_waits_a_week_and_no_years(
    calendar: Calendar, clock: Clock, do: Do
) -> None:
    clock.now += 12 * YEAR
    do(Enrolled())
    clock.restart()
    clock.now -= 12 * YEAR
    now = clock.now
    found = calendar.standing(WEEKS)["two"]
    assert not found.is_open
    assert found.opens_at is not None
    assert timedelta(days=6) <= found.opens_at - now <= timedelta(days=8)
    for _ in range(7):
        do(Opened(type="page"), "a")
        clock.restart(days=1)
    assert calendar.standing(WEEKS)["two"].is_open


def test_what_a_server_told_goes_before_the_clock_until_the_pc_is_restarted(
    calendar: Calendar, db: Database, clock: Clock, do: Do
) -> None:
    do(Enrolled())
    clock.now -= YEAR
    told = contact.Contact(clock(), clock.up, clock.boot, YEAR)
    contact.keep(db, "https://lrs.example/", told)
    clock.forward(hours=2)
    assert calendar.best_time() == datetime(2026, 1, 5, 11, 0, tzinfo=UTC)
    clock.restart()
    assert calendar.best_time() == datetime(2026, 1, 5, 9, 0, tzinfo=UTC)  # it was that at least


def test_a_clock_that_a_server_found_far_ahead_opens_nothing(
    calendar: Calendar, db: Database, clock: Clock, do: Do
) -> None:
    do(Enrolled())
    clock.now += YEAR
    contact.keep(db, "https://lrs.example/", contact.Contact(clock(), clock.up, clock.boot, -YEAR))
    assert opened(calendar) == "a"


def test_the_newest_signed_catalogue_is_a_time_before_which_it_cannot_be(
    calendar: Calendar, db: Database, clock: Clock, do: Do
) -> None:
    do(Enrolled())
    with db.atomic():
        db.execute(
            "INSERT INTO repositories (url, trust, issued) VALUES (?, 'trusted', ?)",
            ("https://courses.example/", "2026-01-20T06:00:00Z"),
        )
    assert calendar.best_time() == datetime(2026, 1, 20, 6, 0, tzinfo=UTC)
    assert opened(calendar) == "abb2c"


def test_what_was_done_before_a_new_version_closed_it_stays_open(
    calendar: Calendar, do: Do
) -> None:
    do(Enrolled())
    do(Opened(type="page"), "b")
    assert opened(calendar) == "abb2"
    needy = course(week("one", page("a"), page("b", "a"), page("b2", "a")))
    assert opened(calendar, needy) == "ab"


def test_an_exam_under_way_is_never_closed(calendar: Calendar, do: Do) -> None:
    exam = Quiz(id="exam", title="", blob=BLOB, questions=1, needs=("a",))
    plan = course(week("one", page("a"), exam))
    assert opened(calendar, plan) == "a"
    do(Begun(type="exam", attempt=str(uuid.UUID(int=5)), number=1), "exam")
    assert opened(calendar, plan) == "aexam"


def test_a_quiz_of_which_no_attempt_is_left_holds_nobody_up(calendar: Calendar, do: Do) -> None:
    quiz = Quiz(id="quiz", title="", blob=BLOB, questions=1, passing=0.6, attempts=2)
    plan = course(week("one", quiz, page("a", "quiz")))
    for number in (1, 2):
        assert opened(calendar, plan) == "quiz"
        ended = Finished(
            type="quiz", attempt=str(uuid.UUID(int=number)), score=0, points=0, out_of=1
        )
        do(ended, "quiz")
    assert opened(calendar, plan) == "quiza"


def test_a_need_on_another_path_is_dropped_when_the_learner_chooses_theirs(
    calendar: Calendar, do: Do
) -> None:
    plan = course(
        week("one", page("a")),
        week("two", page("b", "a", "c")),
        week("three", page("c")),
        paths=(CoursePath("short", "", ("two",)), CoursePath("long", "", ("three",))),
    )
    do(Completed(type="page"), "a")
    assert opened(calendar, plan) == "ac"
    do(PathChosen(path="short"))
    assert opened(calendar, plan) == "abc"


def test_the_last_questionnaire_does_not_wait_for_what_opens_later(
    calendar: Calendar, db: Database, do: Do, learner: str
) -> None:
    asks = Survey(id="after", title="", blob=BLOB, questions=1, when="exit")
    plan = course(week("one", page("a"), asks), week("later", page("b"), opens_after=30.0))
    do(Enrolled())
    do(Completed(type="page"), "a")
    done = progress.activities_done(db, learner, plan.id)
    assert offered(plan, "", done) is None
    assert offered(plan, "", done, calendar.open_to(plan)) == asks


def test_a_full_disk_keeps_no_week_closed(
    calendar: Calendar, db: Database, clock: Clock, do: Do, monkeypatch: pytest.MonkeyPatch
) -> None:
    do(Enrolled())
    clock.forward(days=8)

    def full(*_: object) -> None:
        raise DiskFull(place="home", needed="1 MB", free="0 MB")

    with monkeypatch.context() as patched:
        patched.setattr(journal, "record", full)
        assert opened(calendar) == "abb2"
    assert not acts(db, "section_opened")
    assert opened(calendar) == "abb2"
    assert acts(db, "section_opened")


def test_one_refresh_of_a_page_reads_the_journal_once(
    calendar: Calendar, clock: Clock, do: Do, monkeypatch: pytest.MonkeyPatch
) -> None:
    reads: list[str] = []
    read = progress.activities_done

    def counted(db: Database, learner: str, course: str) -> dict[str, progress.Done]:
        reads.append(course)
        return read(db, learner, course)

    monkeypatch.setattr(progress, "activities_done", counted)
    do(Enrolled())

    def refresh() -> int:
        reads.clear()
        calendar.standing(WEEKS).clear()  # whoever asks may do with it as they like
        calendar.look(WEEKS)
        calendar.deadlines(WEEKS)
        assert opened(calendar)
        return len(reads)

    assert refresh() == 1
    assert refresh() == 0
    do(Completed(type="page"), "a")
    assert refresh() == 1
    clock.forward(days=6, hours=13, minutes=59, seconds=59)
    assert refresh() == 1
    clock.forward(seconds=1)  # no later than that, for whoever looks on
    assert refresh() == 1
    assert opened(calendar) == "abb2"
    clock.now -= YEAR
    assert refresh() == 1


def test_the_rules_of_a_course_are_read_once_whatever_is_done_in_it(
    calendar: Calendar, do: Do, monkeypatch: pytest.MonkeyPatch
) -> None:
    read: list[object] = []
    real = calendar_module.rules

    def counted(*of: Any) -> Any:
        read.append(of)
        return real(*of)

    monkeypatch.setattr(calendar_module, "rules", counted)
    do(Enrolled(name="W"))
    for _ in range(3):
        do(Opened(name="A", type="page"), "a")
        calendar.look(WEEKS)
        calendar.open_to(WEEKS)
    assert len(read) == 1
    calendar.look(msgspec.structs.replace(WEEKS, ends="2030-01-01"))
    assert len(read) == 2
