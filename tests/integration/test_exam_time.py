# SPDX-License-Identifier: Apache-2.0
"""The time of an exam against two PCs, two windows, moved clocks and a journal that was mended."""

from __future__ import annotations

from dataclasses import replace

import msgspec
import pytest
from clock import Clock

from player.course.interactions import Choice, ChoiceInteraction, TextAnswer, TextInteraction
from player.course.manifest import Exam
from player.course.quiz import Question
from player.journal import journal, union
from player.journal.events import Answered, Begun, Opened
from player.journal.journal import Where, hash_of
from player.journal.learners import Learner
from player.journal.union import Brought
from player.lesson.attempt import Attempt, begin_or_resume
from player.lesson.record import CHAIN, CLOCK, DEVICES, RESTARTED
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
