# SPDX-License-Identifier: Apache-2.0
"""The time of an exam against two PCs, two windows, moved clocks and a journal that was mended."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from contextlib import AbstractContextManager, closing, contextmanager
from dataclasses import replace
from pathlib import Path
from unittest.mock import patch

import msgspec
import pytest
from clock import Clock

from player.app import overdue
from player.course.interactions import Choice, ChoiceInteraction, TextAnswer, TextInteraction
from player.course.manifest import Blob, Exam, Licence, Manifest, Section, Sequence
from player.course.quiz import Question, Questions
from player.errors import DiskFull, TimeIsUp
from player.journal import journal, union
from player.journal.events import Answered, Begun, Completed, Finished, Opened
from player.journal.journal import Where, hash_of
from player.journal.learners import Learner
from player.journal.union import Brought
from player.lesson.attempt import Attempt, begin_or_resume
from player.lesson.record import CHAIN, CLOCK, DEVICES, RESTARTED
from player.store import blobs, database, versions
from player.store.database import Database

CHOICE = Question(
    id="role",
    title="Rôle",
    body="",
    interactions=(
        ChoiceInteraction(id="r", choices=(Choice("a", "A", fraction=1.0), Choice("b", "B"))),
    ),
)
TEXT = Question(
    id="town",
    title="Ville",
    body="",
    interactions=(TextInteraction(id="t", answers=(TextAnswer(text="Dakar"),)),),
)
EXAM = Exam(id="exam", title="Examen", blob="0" * 64, questions=2, attempts=1, limit=1800)


@pytest.fixture
def where(learner: str) -> Where:
    return Where(learner, "course", 1, "exam")


def opened(db: Database, where: Where, clock: Clock, exam: Exam = EXAM) -> Attempt:
    found = begin_or_resume(db, where, exam, (CHOICE, TEXT), clock)
    assert found is not None
    return found


def installed(db: Database, home: Path) -> Exam:
    """The course with its exam is here, questions and all."""
    data = msgspec.json.encode(
        Questions(format="cartable/1", kind="quiz", questions=(CHOICE, TEXT))
    )
    sha256 = hashlib.sha256(data).hexdigest()
    path = blobs.path(home, sha256)
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(data)
    exam = msgspec.structs.replace(EXAM, blob=sha256)
    sequence = Sequence(id="q", title="", activities=(exam,))
    manifest = Manifest(
        format="cartable/1",
        kind="course",
        id="course",
        version=1,
        title="Cours",
        language="fr",
        summary="",
        authors=(),
        licence=Licence(id="CC0-1.0"),
        issued="2026-01-01T00:00:00Z",
        sections=(Section(id="s", title="", sequences=(sequence,)),),
        blobs={sha256: Blob(size=len(data), type="quiz")},
    )
    versions.keep(db, msgspec.json.encode(manifest), "file:///x", "trusted")
    return exam


def from_elsewhere(db: Database, where: Where, clock: Clock, *acts: object, up: float) -> None:
    """Acts that were done on another PC, which has been on for `up` seconds."""
    brought = []
    for number, act in enumerate(acts):
        facts = (
            f"00000000-0000-4000-8000-{number:012}",
            where.learner,
            where.course,
            where.version,
            where.activity,
            msgspec.json.encode(act).decode(),
            f"{clock():%Y-%m-%dT%H:%M:%S}.000Z",
            up,
            "another" if up else "",
        )
        row = dict(zip(Brought.__struct_fields__, (*facts, "", ""), strict=False))
        row["hash"] = hash_of((*facts, ""))
        brought.append(Brought(**row))
    learner = Learner(where.learner, "Awa")
    union.take(db, learner, brought, "another PC")


BEGUN = Begun(type="exam", attempt="11111111-0000-4000-8000-000000000001", number=1)


@pytest.mark.parametrize("up", [70.0, 400_000.0, 0.0])
def test_begun_on_another_pc_it_has_taken_what_the_clocks_say_and_not_how_long_this_one_is_on(
    db: Database, where: Where, clock: Clock, up: float
) -> None:
    from_elsewhere(db, where, clock, BEGUN, up=up)
    clock.up = 300_000.0  # this PC was not switched off since Thursday
    clock.forward(minutes=5)
    found = opened(db, where, clock)
    assert found.id == BEGUN.attempt
    assert found.result is None
    assert found.time is not None
    assert found.time.passed() == pytest.approx(300, abs=1)


def test_what_is_heard_later_of_another_pc_counts_no_minute_twice(
    db: Database, where: Where, clock: Clock
) -> None:
    here = opened(db, where, clock)
    early = clock.now
    clock.forward(minutes=10)
    assert here.time is not None
    here.time.tick()
    late, clock.now = clock.now, early
    answered = Answered(
        attempt=here.id, question="role", title="", interaction="choice", response="a",
        given={"r": ["a"]},
    )  # fmt: skip
    from_elsewhere(db, where, clock, answered, up=400_000.0)
    clock.now = late
    clock.forward(minutes=1)
    found = opened(db, where, clock)
    assert found.time is not None
    assert found.time.passed() == pytest.approx(660, abs=1)
    what = {one.what for one in found.time.record()}
    assert DEVICES in what
    assert not {CLOCK, RESTARTED} & what, "clocks of two PCs differ: nobody moved one"


def test_a_row_that_was_taken_out_shows_though_the_next_one_belongs_elsewhere(
    db: Database, where: Where, clock: Clock
) -> None:
    found = opened(db, where, clock)
    found.answer("role", {"r": ["b"]})
    journal.record(db, replace(where, activity="page"), Opened(type="page"), clock)
    found.answer("town", {"t": "Dakar"})
    db.execute("DROP TRIGGER events_stay")
    db.execute("DELETE FROM events WHERE kind = 'answered' AND payload ->> '$.question' = 'role'")
    assert CHAIN in {one.what for one in opened(db, where, clock).finish().record}


@contextmanager
def full(db: Database) -> Iterator[None]:
    """The disk takes nothing more."""
    with patch.object(Database, "atomic", _no_room):
        yield


def _no_room(_self: Database) -> AbstractContextManager[None]:
    raise DiskFull(place="here", needed="1 MB", free="0")


def test_at_the_end_what_was_typed_is_handed_in_by_whichever_window_comes_first(
    db: Database, home: Path, where: Where, clock: Clock
) -> None:
    here = opened(db, where, clock)
    with closing(database.connect(home)) as second:
        there = opened(second, where, clock)
        here.answer("role", {"r": ["a"]})
        there.keep(TEXT, {"t": "Dakar"})
        clock.forward(minutes=30)
        results = [there.finish(), here.finish()]
    assert results[0] == results[1]
    assert (results[0].points, results[0].ended, results[0].seconds) == (2, "time", 1800)
    found = [one.act for one in journal.events(db)]
    first = [one for one in found if isinstance(one, Answered | Finished | Completed)]
    assert [type(one) for one in first[:4]] == [Answered, Answered, Finished, Completed]


def test_what_is_typed_after_the_end_is_not_kept_though_it_could_not_be_handed_in(
    db: Database, where: Where, clock: Clock
) -> None:
    found = opened(db, where, clock)
    found.keep(TEXT, {"t": "Thiès"})
    clock.forward(minutes=31)
    with full(db), pytest.raises(DiskFull):
        found.finish()
    with full(db), pytest.raises(DiskFull):
        found.keep(TEXT, {"t": "Dakar"})
    clock.forward(hours=2)
    with pytest.raises(TimeIsUp):
        found.keep(TEXT, {"t": "Dakar"})
    given = [one.act.given for one in journal.events(db) if isinstance(one.act, Answered)]
    assert given == [{"t": "Thiès"}]


def test_an_exam_that_could_not_be_handed_in_is_at_the_next_pass(
    db: Database, home: Path, where: Where, clock: Clock
) -> None:
    exam = installed(db, home)
    found = opened(db, where, clock, exam)
    found.keep(TEXT, {"t": "Dakar"})
    assert overdue.hand_in(db, home, clock) == 0
    clock.restart(hours=5)
    with full(db), pytest.raises(DiskFull):
        overdue.hand_in(db, home, clock)
    blob = blobs.path(home, exam.blob)
    blob.rename(blob.with_suffix(".gone"))
    assert overdue.hand_in(db, home, clock) == 0, "its questions are gone"
    blob.with_suffix(".gone").rename(blob)
    assert overdue.hand_in(db, home, clock) == 1
    assert overdue.hand_in(db, home, clock) == 0
    (result,) = (one.act for one in journal.events(db) if isinstance(one.act, Finished))
    assert (result.points, result.ended, result.seconds) == (1, "time", 1800)
    assert [(one.what, one.seconds) for one in result.record] == [(RESTARTED, 18_000)]


def test_what_goes_on_at_another_pc_is_not_handed_in_by_this_one(
    db: Database, home: Path, where: Where, clock: Clock
) -> None:
    installed(db, home)
    from_elsewhere(db, where, clock, BEGUN, up=70.0)
    clock.forward(days=1)
    assert overdue.hand_in(db, home, clock) == 0


def test_an_exam_that_is_open_is_found_by_an_index(db: Database) -> None:
    """It is looked for at each start and before each sending."""
    plan = db.execute("EXPLAIN QUERY PLAN " + overdue._OPEN).fetchall()
    assert any("events_exams" in row[3] for row in plan)
