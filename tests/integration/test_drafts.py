# SPDX-License-Identifier: Apache-2.0
"""What is typed survives a kill at any step, and goes when the answer is recorded."""

from __future__ import annotations

from contextlib import closing
from pathlib import Path

import pytest
from clock import Clock
from power import Killed, Power, power

from player.course.interactions import TextAnswer, TextInteraction
from player.course.manifest import Exam, Quiz
from player.course.quiz import Question
from player.journal.events import Answered
from player.journal.journal import Where, events
from player.lesson import drafts
from player.lesson.attempt import Attempt, begin_or_resume
from player.store import database
from player.store.database import Database

__all__ = ["power"]  # a fixture, asked for by name

CITY, RIVER = (
    Question(id_, "", "", (TextInteraction("t", (TextAnswer("Dakar"),)),))
    for id_ in ("city", "river")
)
QUIZ = Quiz(id="quiz", title="Quiz", blob="0" * 64, questions=2)
EXAM = Exam(id="quiz", title="Examen", blob="0" * 64, questions=2)


@pytest.fixture
def where(learner: str) -> Where:
    return Where(learner, "course", 1, "quiz")


def begun(db: Database, where: Where, clock: Clock, quiz: Quiz = QUIZ) -> Attempt:
    attempt = begin_or_resume(db, where, quiz, (CITY, RIVER), clock)
    assert attempt is not None
    return attempt


def test_the_latest_stands_last_and_each_attempt_has_its_own(
    db: Database, where: Where, clock: Clock
) -> None:
    for question, text in (("city", "D"), ("river", "S"), ("city", "Da")):
        drafts.keep(db, where, "one", question, {"t": text, "m": ["a b", "c"]}, clock)
        clock.forward(seconds=1)
    assert list(drafts.of(db, where, "one")) == ["river", "city"]
    assert drafts.of(db, where, "one")["city"] == {"t": "Da", "m": ["a b", "c"]}
    assert drafts.of(db, where, "two") == {}
    drafts.forget(db, where, "one", "city")
    assert list(drafts.of(db, where, "one")) == ["river"]
    drafts.forget(db, where, "one")
    assert db.execute("SELECT count(*) FROM drafts").fetchone() == (0,)


def test_a_doubt_outlives_the_answer(db: Database, where: Where, clock: Clock) -> None:
    drafts.doubt(db, where, "one", "city", on=True)
    drafts.keep(db, where, "one", "city", {"t": "D"}, clock)
    drafts.forget(db, where, "one", "city")
    assert drafts.of(db, where, "one") == {}
    assert drafts.doubtful(db, where, "one") == {"city"}
    drafts.doubt(db, where, "one", "city", on=False)
    assert drafts.doubtful(db, where, "one") == set()
    assert db.execute("SELECT count(*) FROM drafts").fetchone() == (0,)


def test_only_what_differs_from_the_answer_is_a_draft(
    db: Database, where: Where, clock: Clock
) -> None:
    attempt = begun(db, where, clock)
    attempt.keep(CITY, {"t": " "})
    assert attempt.draft(CITY) is None
    attempt.keep(CITY, {"t": "Thiès"})
    attempt.answer("city", {"t": "Thiès"})
    assert (attempt.draft(CITY), attempt.drafted) == (None, ())
    attempt.keep(CITY, {"t": ""})
    assert begun(db, where, clock).draft(CITY) == {"t": ""}
    attempt.keep(CITY, {"t": "Thiès"})
    assert begun(db, where, clock).draft(CITY) is None


def test_handing_in_ends_every_draft(db: Database, where: Where, clock: Clock) -> None:
    attempt = begun(db, where, clock, EXAM)
    attempt.keep(CITY, {"t": "Dak"})
    attempt.finish()
    assert attempt.draft(CITY) is None
    assert drafts.of(db, where, attempt.id) == {}


def test_killed_at_any_step_what_was_typed_is_there(
    home: Path, learner: str, clock: Clock, power: Power
) -> None:
    """Typed twice, answered, tried again: after each kill the form holds what was kept last."""
    typed, step = ["Da", "Dakra"], 0
    while True:
        step += 1
        where, confirmed = Where(learner, "course", 1, f"quiz {step}"), ""
        recorded = False
        power.goes_at, power.steps = None, 0
        with closing(database.connect(home)) as db:
            attempt = begun(db, where, clock)
            power.goes_at, power.steps = step, 0
            try:
                for text in typed:
                    attempt.keep(CITY, {"t": text})
                    confirmed = text
                attempt.answer("city", {"t": "Dakra"})
                confirmed, recorded = "", True
                attempt.keep(CITY, {"t": "Dakar"})
                confirmed = "Dakar"
            except Killed:
                pass
            done, power.goes_at = power.steps < step, None
        with closing(database.connect(home)) as db:
            again = begun(db, where, clock)
            answers = list(events(db, "activity = ?", (where.activity,)))
            sent = [one.act.response for one in answers if isinstance(one.act, Answered)]
            left = again.draft(CITY)
            assert recorded <= (sent == ["Dakra"])
            assert not sent or left in (None, {"t": "Dakar"})  # answered, so no draft of it
            if confirmed and not sent:
                after = typed[typed.index(confirmed) :]
                assert left in [{"t": text} for text in after]
            assert confirmed != "Dakar" or left == {"t": "Dakar"}
        if done:
            break
    assert step > 10
