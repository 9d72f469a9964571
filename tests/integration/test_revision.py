# SPDX-License-Identifier: Apache-2.0
"""What comes again, as the journal and the courses of a real home say it."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from pathlib import Path

import msgspec
import pytest
from clock import Clock
from hypothesis import given, settings
from hypothesis import strategies as st
from lrs_simulator import PLATFORM, LrsSimulator
from revised import COURSE, Pupil
from small_course import GIFT

from player import app
from player.course.manifest import Exam
from player.errors import StorageProblem
from player.journal.events import Answered, Hinted, Opened, PutIn, Reviewed, SetAside
from player.journal.journal import Where, events, record
from player.lesson import deeds
from player.lesson.deeds import book
from player.store import blobs
from player.store.database import Database


@pytest.fixture
def pupil(tmp_path: Path, clock: Clock) -> Iterator[Pupil]:
    made = Pupil(tmp_path, clock)
    made.take()
    yield made
    made.services.close_thread()


def missed(question: str, attempt: str = "a", score: float = 0.0) -> Answered:
    return Answered(
        attempt=attempt,
        question=question,
        title="",
        interaction="choice",
        response="",
        given={},
        score=score,
        success=score == 1,
    )


# What gets in


def test_a_quiz_that_was_missed_comes_tomorrow(pupil: Pupil, clock: Clock) -> None:
    pupil.sit(right=False)
    due = pupil.services.revision.due()
    assert (due.total, due.due, due.is_enough) == (2, 0, False)
    assert due.following is not None
    assert due.following.date() == (clock.now.date().replace(day=6))
    clock.forward(days=1)
    due = pupil.services.revision.due()
    assert (due.due, due.today, due.minutes) == (2, 2, 1)
    assert [(one.title, one.total, one.due) for one in due.courses] == [("Petit cours", 2, 2)]


def test_what_was_known_does_not_come_unless_it_is_put_in(pupil: Pupil) -> None:
    pupil.sit(right=True)
    revision, quiz = pupil.services.revision, pupil.activity()
    assert revision.due().total == 0
    where = pupil.services.where(COURSE, quiz.id)
    revision.put_in(where, quiz, "role")
    assert revision.is_in(where, "role")
    assert (revision.due().due, revision.ask() is not None) == (1, True)
    revision.take_out(where, quiz, "role")
    assert (revision.due().total, revision.ask()) == (0, None)


def test_an_exam_comes_once_nobody_can_sit_it_any_more(pupil: Pupil, clock: Clock) -> None:
    for _ in range(2):
        pupil.sit(right=False, kind=Exam, finish=False)
        clock.forward(days=1)
        assert pupil.services.revision.due().total == 0, "under way"
        pupil.sit(right=False, kind=Exam)
        if not pupil.services.revision.due().total:
            continue
    assert pupil.services.revision.due().total == 2


def test_a_hint_makes_it_shaky(pupil: Pupil, clock: Clock) -> None:
    pupil.sit(right=False)
    clock.forward(days=1)
    revision = pupil.services.revision
    asked = revision.ask()
    assert asked is not None
    (one,) = asked.question.interactions
    revision.answer(asked, {one.id: "14"} if one.id == "n" else {}, 20, helped=True)
    (act,) = (event.act for event in _events(pupil, "reviewed"))
    assert isinstance(act, Reviewed)
    assert act.rating <= 2


def _events(pupil: Pupil, kind: str) -> list[object]:
    return list(events(pupil.services.db, "kind = ?", (kind,)))


def test_right_after_a_hint_comes_again(db: Database, learner: str, clock: Clock) -> None:
    where = Where(learner, "c", 1, "quiz")
    for attempt, question in (("a", "hinted"), ("a", "known"), ("b", "hinted before")):
        if question == "hinted":
            record(db, where, Hinted(attempt=attempt, question=question, number=1), clock)
        record(db, where, missed(question, attempt, 1), clock)
    read, _ = book(db, learner, clock)
    assert [key[2] for key in read.cards] == ["hinted"]


# How long


def test_after_the_minutes_of_a_day_it_is_enough(pupil: Pupil, clock: Clock) -> None:
    pupil.sit(right=False)
    clock.forward(days=1)
    pupil.services.change(revision_minutes=1)
    assert pupil.revise(seconds=70) == 1
    due = pupil.services.revision.due()
    assert (due.is_enough, due.due, due.today) == (True, 1, 0)
    assert pupil.services.revision.ask(on=True) is not None
    clock.forward(days=1)
    assert pupil.revise(seconds=10) == 1


def test_switched_off_nothing_is_asked_and_nothing_forgotten(pupil: Pupil, clock: Clock) -> None:
    pupil.sit(right=False)
    clock.forward(days=1)
    pupil.services.change(revise=False)
    assert (pupil.services.revision.due().total, pupil.services.revision.ask()) == (0, None)
    pupil.services.change(revise=True)
    assert pupil.services.revision.due().due == 2


# Courses that go and change


def test_a_course_that_is_gone_waits_and_comes_back(pupil: Pupil, clock: Clock) -> None:
    pupil.sit(right=False)
    clock.forward(days=1)
    services = pupil.services
    services.disk.remove_course(COURSE)
    assert (services.revision.due().total, services.revision.ask()) == (0, None)
    pupil.take()
    assert services.revision.due().due == 2


def test_a_question_that_changed_is_asked_as_it_is_now_and_one_that_is_gone_is_not(
    pupil: Pupil, clock: Clock
) -> None:
    pupil.sit(right=False)
    clock.forward(days=1)
    assert pupil.services.revision.due().due == 2
    first = GIFT.split("::Jours")[0].replace("Qui décide ?", "Qui a décidé ?")
    pupil.take(first)
    assert pupil.services.revision.due().due == 1
    asked = pupil.services.revision.ask()
    assert asked is not None
    assert "Qui a décidé" in asked.question.body
    assert asked.manifest.version == 2


def test_a_damaged_file_holds_up_nothing(pupil: Pupil, clock: Clock) -> None:
    pupil.sit(right=False)
    clock.forward(days=1)
    blobs.path(pupil.services.home, pupil.activity().blob).write_bytes(b"{")
    assert pupil.services.revision.due().total == 0


# One truth


def test_what_was_put_by_is_what_the_journal_says(
    db: Database, learner: str, clock: Clock, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(deeds, "OFTEN", 3)
    where = Where(learner, "c", 1, "quiz")
    for number in range(40):
        clock.forward(hours=13)
        act = missed(f"q{number % 7}", f"a{number}", (number % 3) / 2)
        if number % 11 == 5:
            record(db, where, SetAside(question=f"q{number % 7}"), clock)
        record(db, where, act, clock)
        read, now = book(db, learner, clock)
        with db.atomic():
            kept = db.execute("SELECT book FROM revision").fetchall()
            db.execute("DELETE FROM revision")
        assert book(db, learner, clock) == (read, now)
        with db.atomic():
            db.execute("DELETE FROM revision")
            for row in kept:
                db.execute("INSERT INTO revision VALUES (?, ?)", (learner, row[0]))
    assert kept, "it was put by"


@pytest.mark.parametrize("data", [b"", b"\xc1", b"\x90", msgspec.msgpack.encode([99])])
def test_what_was_put_by_and_is_spoilt_is_read_again(
    db: Database, learner: str, clock: Clock, data: bytes
) -> None:
    record(db, Where(learner, "c", 1, "quiz"), missed("q"), clock)
    fresh = book(db, learner, clock)
    with db.atomic():
        db.execute("INSERT INTO revision VALUES (?, ?)", (learner, data))
    assert book(db, learner, clock) == fresh


def test_a_full_disk_keeps_nobody_from_revising(
    db: Database, learner: str, clock: Clock, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(deeds, "OFTEN", 1)
    record(db, Where(learner, "c", 1, "quiz"), missed("q"), clock)

    def full(*_: object) -> None:
        raise StorageProblem(reason="full")

    monkeypatch.setattr(msgspec.msgpack, "encode", full)
    read, _ = book(db, learner, clock)
    assert read.cards


ACTS = st.one_of(
    st.builds(missed, st.sampled_from("pqr"), st.sampled_from("ab"), st.sampled_from([0, 0.5, 1])),
    st.builds(
        Reviewed,
        question=st.sampled_from("pqr"),
        rating=st.integers(1, 4),
        attempt=st.sampled_from("cd"),
        seconds=st.floats(0, 99),
    ),
    st.builds(PutIn, question=st.sampled_from("pqr")),
    st.builds(SetAside, question=st.sampled_from(["", "p"])),
)


@settings(max_examples=5)
@given(
    done=st.lists(
        st.tuples(st.sampled_from(["school", "home"]), ACTS, st.integers(1, 70)), max_size=12
    )
)
def test_two_pcs_of_a_learner_come_to_the_same_schedule(
    tmp_path: Path, clock: Clock, done: list[tuple[str, object, int]]
) -> None:
    shutil.rmtree(tmp_path / "pcs", ignore_errors=True)
    store = LrsSimulator()
    store.now = clock
    pcs = {
        name: app.build(tmp_path / "pcs" / name, lambda _: None, store, clock)
        for name in ("school", "home")
    }
    try:
        for services in pcs.values():
            services.join(msgspec.json.encode(PLATFORM))
        awa = pcs["school"].introduce("Awa")
        pcs["home"].homecoming.adopt(pcs["school"].homecoming.code(awa))
        for name, act, hours in done:
            clock.forward(hours=hours)
            where = Where(awa.id, "c", 1, "" if act == SetAside() else "quiz")
            record(pcs[name].db, where, act, clock)  # type: ignore[arg-type]
        for services in (*pcs.values(), pcs["school"]):
            assert services.send().problem is None
            services.homecoming.bring(awa, whole=True)
        school, home = (book(one.db, awa.id, clock) for one in pcs.values())
        assert school[0].cards == home[0].cards
        assert school[0].today(school[1]) == home[0].today(home[1])
    finally:
        for services in pcs.values():
            services.close_thread()


# Clocks


@pytest.mark.parametrize("years", [-1, 1, -16])
def test_a_clock_that_is_set_floods_nobody_and_stops_nobody(
    pupil: Pupil, clock: Clock, years: int
) -> None:
    services = pupil.services
    where = services.where(COURSE, pupil.activity().id)
    for day in range(20):  # some known well, due in a long time
        clock.restart(days=1)
        for question in ("role", "jours"):
            act = Reviewed(question=question, rating=1 if not day else 4, attempt=f"{day}")
            record(services.db, where, act, clock)
    calm = book(services.db, where.learner, clock)[0]
    today = calm.today(clock.now.timestamp())
    assert all(card.due > today + 30 for card in calm.cards.values())
    clock.restart(days=365 * years)
    _look(pupil)
    assert services.revision.due().due == 0, "nothing at once"
    clock.restart(days=1)
    _look(pupil)
    act = Reviewed(question="role", rating=1, attempt="wrong clock")
    record(services.db, where, act, clock)
    assert _days_until_due(pupil, "role") <= 30, "and it goes on"
    clock.restart(days=-365 * years)
    again = msgspec.structs.replace(act, attempt="right clock")
    record(services.db, where, again, clock)
    assert _days_until_due(pupil, "role") <= 30


def _days_until_due(pupil: Pupil, question: str) -> int:
    """How many days of the learner's go by until a question comes."""
    key = (COURSE, pupil.activity().id, question)
    for days in range(60):
        read, now = book(pupil.services.db, _learner(pupil), pupil.clock)
        if read.cards[key].due <= read.today(now):
            return days
        pupil.clock.restart(days=1)
        _look(pupil)
    return 60


def _learner(pupil: Pupil) -> str:
    learner = pupil.services.learner
    assert learner is not None
    return learner.id


def _look(pupil: Pupil) -> None:
    """Have something opened, as whoever comes to the window does."""
    where = pupil.services.where(COURSE, "roles")
    record(pupil.services.db, where, Opened(type="page"), pupil.clock)
