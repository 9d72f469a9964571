# SPDX-License-Identifier: Apache-2.0
"""Quizzes and exams: answered, interrupted, taken up again, finished, marked."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from pathlib import Path
from typing import TYPE_CHECKING

import msgspec
import pytest

from player.course.interactions import (
    Choice,
    ChoiceInteraction,
    NumberAnswer,
    NumberInteraction,
    TextAnswer,
    TextInteraction,
    Unsupported,
)
from player.course.manifest import Exam, Quiz
from player.course.quiz import Question
from player.errors import HandedIn
from player.journal.events import Answered, Begun, Completed, Finished
from player.journal.journal import Where, events
from player.lesson.attempt import (
    Attempt,
    attempts_left,
    begin_or_resume,
    history,
    look_back,
    unfinished,
)
from player.store import database
from player.store.database import Database

if TYPE_CHECKING:
    from clock import Clock

CHOICE = Question(
    id="role",
    title="Rôle",
    body="<p>Qui décide ?</p>",
    interactions=(
        ChoiceInteraction(
            id="r",
            choices=tuple(
                Choice(id=f"c{index}", text=f"Choix {index}", fraction=float(index == 0))
                for index in range(6)
            ),
        ),
    ),
)
TEXT = Question(
    id="ville",
    title="Ville",
    body="",
    weight=2,
    interactions=(
        TextInteraction(id="t", answers=(TextAnswer(text="Dakar"), TextAnswer("Thiès", 0.5))),
    ),
)
NUMBER = Question(
    id="nombre",
    title="Nombre",
    body="",
    interactions=(NumberInteraction(id="n", answers=(NumberAnswer(low=9, high=10),)),),
)
LATER = Question(id="image", title="", body="", interactions=(Unsupported(id="u", kind="hotspot"),))
READ = Question(id="texte", title="À lire", body="<p>La suite porte sur l'équipe.</p>")
QUESTIONS = (CHOICE, READ, TEXT, NUMBER, LATER)
QUIZ = Quiz(id="quiz", title="Qui fait quoi ?", blob="0" * 64, questions=4)
EXAM = Exam(id="exam", title="Examen", blob="0" * 64, questions=4)


@pytest.fixture
def where(learner: str) -> Where:
    return Where(learner, "diriger-une-equipe", 3, "quiz")


def begun(db: Database, where: Where, activity: Quiz, clock: Clock) -> Attempt:
    attempt = begin_or_resume(db, where, activity, QUESTIONS, clock)
    assert attempt is not None
    return attempt


def kinds(db: Database) -> list[str]:
    return [event.kind for event in events(db)]


def test_in_a_quiz_each_answer_is_marked_at_once(db: Database, where: Where, clock: Clock) -> None:
    attempt = begun(db, where, QUIZ, clock)
    marked = attempt.answer("role", {"r": ["c1"]}, seconds=21.4)
    assert marked is not None
    assert (marked.score, marked.success, marked.parts[0].wrong) == (0, False, ("c1",))
    attempt.answer("role", {"r": ["c0"]})
    assert attempt.marked(CHOICE) is not None
    assert attempt.given(CHOICE) == {"r": ["c0"]}
    first, second = (e.act for e in events(db) if isinstance(e.act, Answered))
    assert first == Answered(
        name="Qui fait quoi ?",
        attempt=attempt.id,
        question="role",
        title="Rôle",
        interaction="choice",
        response="c1",
        given={"r": ["c1"]},
        choices={f"c{index}": f"Choix {index}" for index in range(6)},
        score=0.0,
        success=False,
        seconds=21.4,
    )
    assert isinstance(second, Answered)
    assert (second.number, second.score) == (2, 1)


def test_the_courses_language_goes_into_each_act(db: Database, where: Where, clock: Clock) -> None:
    with db.atomic():
        db["courses"].insert(
            {
                "id": where.course,
                "version": where.version,
                "title": "Diriger",
                "language": "fr",
                "summary": "",
                "activities": 1,
                "repository": "",
                "trust": "trusted",
                "manifest": b"{}",
                "added_at": "2026-01-05T08:00:00Z",
            }
        )
    attempt = begun(db, where, QUIZ, clock)
    attempt.answer("ville", {"t": "Dakar"})
    attempt.finish()
    assert {event.act.language for event in events(db)} == {"fr"}


def test_the_last_answer_counts_and_weights_make_points(
    db: Database, where: Where, clock: Clock
) -> None:
    attempt = begun(db, where, QUIZ, clock)
    attempt.answer("role", {"r": ["c0"]}, 10)
    attempt.answer("ville", {"t": "Dakar"}, 5)
    attempt.answer("ville", {"t": "thiès"}, 2.5)
    attempt.answer("image", {"u": "1,2"})
    result = attempt.finish()
    assert (result.points, result.out_of, result.score) == (2, 4, 0.5)
    assert result.passed is None  # nothing is asked for
    assert result.seconds == 17.5
    assert attempt.result is result
    assert kinds(db)[-2:] == ["finished", "completed"]


def test_what_is_no_number_takes_no_try_and_leaves_no_trace(
    db: Database, where: Where, clock: Clock
) -> None:
    for activity in (msgspec.structs.replace(QUIZ, tries=1), EXAM):
        here = Where(where.learner, where.course, 3, activity.id)
        attempt = begun(db, here, activity, clock)
        refused = attempt.answer("nombre", {"n": "dix"})
        assert refused is not None
        assert refused.unread == ("n",)
        assert attempt.given(NUMBER) == {}
        attempt.answer("nombre", {"n": "9,5"})
        assert attempt.finish().points == 1


def test_tries_are_counted_over_a_restart(
    home: Path, db: Database, where: Where, clock: Clock
) -> None:
    twice = msgspec.structs.replace(QUIZ, tries=2)
    attempt = begun(db, where, twice, clock)
    assert attempt.tries_left(CHOICE) == 2
    attempt.answer("role", {"r": "c3"})
    with closing(database.connect(home)) as after:
        again = begun(after, where, twice, clock)
        assert (again.id, again.number) == (attempt.id, 1)
        assert again.tries_left(CHOICE) == 1
        again.answer("role", {"r": "c0"})
        assert again.tries_left(CHOICE) == 0
        with pytest.raises(ValueError, match="role"):
            again.answer("role", {"r": "c0"})
        assert begun(after, where, QUIZ, clock).tries_left(CHOICE) is None
        assert again.tries_left(READ) == 0


def test_an_exam_shows_nothing_until_it_is_finished(
    db: Database, where: Where, clock: Clock
) -> None:
    attempt = begun(db, where, EXAM, clock)
    assert attempt.answer("role", {"r": "c1"}) is None
    assert attempt.marked(CHOICE) is None
    assert attempt.tries_left(CHOICE) is None
    assert attempt.answer("role", {"r": "c0"}) is None  # changed one's mind
    assert attempt.given(CHOICE) == {"r": "c0"}
    attempt.answer("ville", {"t": "Dakar"})
    result = attempt.finish()
    assert (result.points, result.score, result.passed) == (3, 0.75, True)
    marked = attempt.marked(CHOICE)
    assert marked is not None
    assert marked.success
    assert attempt.tries_left(CHOICE) == 0
    with pytest.raises(ValueError, match="role"):
        attempt.answer("role", {"r": "c0"})


def test_an_exam_is_done_when_it_is_first_passed(db: Database, where: Where, clock: Clock) -> None:
    failed = begun(db, where, EXAM, clock)
    assert failed.finish().passed is False
    assert "completed" not in kinds(db)
    for _ in range(2):
        attempt = begun(db, where, EXAM, clock)
        attempt.answer("ville", {"t": "Dakar"})
        assert attempt.finish().passed is True
    assert kinds(db).count("completed") == 1
    done = next(e.act for e in events(db) if isinstance(e.act, Completed))
    assert (done.type, done.name) == ("exam", "Examen")
    assert [(past.number, past.result.score) for past in history(db, where)] == [
        (1, 0),
        (2, 0.5),
        (3, 0.5),
    ]


def test_finishing_twice_is_finishing_once(db: Database, where: Where, clock: Clock) -> None:
    attempt = begun(db, where, QUIZ, clock)
    assert attempt.finish() is attempt.finish()
    assert kinds(db) == ["begun", "finished", "completed"]


def test_attempts_run_out_and_a_restart_brings_none_back(
    home: Path, db: Database, where: Where, clock: Clock
) -> None:
    twice = msgspec.structs.replace(EXAM, attempts=2)
    assert attempts_left(db, where, twice) == 2
    begun(db, where, twice, clock).finish()
    interrupted = begun(db, where, twice, clock)
    with closing(database.connect(home)) as after:
        assert attempts_left(after, where, twice) == 0
        assert unfinished(after, where) is not None
        resumed = begun(after, where, twice, clock)
        assert (resumed.id, resumed.number) == (interrupted.id, 2)
        resumed.finish()
        assert unfinished(after, where) is None
        assert begin_or_resume(after, where, twice, QUESTIONS, clock) is None
        assert attempts_left(after, where, EXAM) is None
        assert kinds(after).count("begun") == 2


@pytest.mark.parametrize("step", range(7))
def test_killed_after_any_step_an_attempt_goes_on_with_every_answer(
    home: Path, db: Database, where: Where, clock: Clock, step: int
) -> None:
    """The same steps, interrupted after the Nth, end in the same result."""
    steps = [
        ("role", {"r": ["c1"]}),
        ("ville", {"t": "Thiès"}),
        ("nombre", {"n": "9"}),
        ("role", {"r": ["c0"]}),
        ("ville", {"t": "Dakar"}),
        ("image", {"u": "x"}),
    ]
    attempt = begun(db, where, EXAM, clock)
    for question, given in steps[:step]:
        attempt.answer(question, given)
    order = [one.id for one in attempt.questions]
    del attempt
    with closing(database.connect(home)) as after:
        again = begun(after, where, EXAM, clock)
        assert [one.id for one in again.questions] == order
        for question, given in steps[step:]:
            again.answer(question, given)
        result = again.finish()
        assert (result.points, result.out_of) == (4, 4)
        looked = look_back(after, where, EXAM, QUESTIONS, history(after, where)[0])
        assert [looked.given(one) for one in QUESTIONS] == [again.given(one) for one in QUESTIONS]
        assert looked.marked(TEXT) == again.marked(TEXT)
        assert looked.result == result


def test_finished_and_done_are_written_together_or_not_at_all(
    db: Database, where: Where, clock: Clock
) -> None:
    attempt = begun(db, where, QUIZ, clock)
    attempt.answer("ville", {"t": "Dakar"})
    db.execute(
        "CREATE TEMP TRIGGER full BEFORE INSERT ON main.events WHEN NEW.kind = 'completed'"
        " BEGIN SELECT RAISE(ABORT, 'the disk is full, say'); END"
    )
    with pytest.raises(sqlite3.IntegrityError):
        attempt.finish()
    assert attempt.result is None
    assert kinds(db) == ["begun", "answered"]
    db.execute("DROP TRIGGER full")
    assert attempt.finish().points == 2
    assert kinds(db) == ["begun", "answered", "finished", "completed"]


def test_an_answer_that_could_not_be_written_is_not_taken_for_given(
    db: Database, where: Where, clock: Clock
) -> None:
    attempt = begun(db, where, msgspec.structs.replace(QUIZ, tries=1), clock)
    db.execute(
        "CREATE TEMP TRIGGER full BEFORE INSERT ON main.events"
        " BEGIN SELECT RAISE(ABORT, 'the disk is full, say'); END"
    )
    with pytest.raises(sqlite3.IntegrityError):
        attempt.answer("role", {"r": "c0"})
    assert attempt.given(CHOICE) == {}
    assert attempt.tries_left(CHOICE) == 1


def test_shuffled_questions_keep_their_order_and_texts_their_place(
    home: Path, db: Database, where: Where, clock: Clock
) -> None:
    many = tuple(msgspec.structs.replace(CHOICE, id=f"q{index}") for index in range(12))
    questions = (*many[:4], READ, *many[4:])
    shuffled = msgspec.structs.replace(QUIZ, shuffle=True)
    attempt = begin_or_resume(db, where, shuffled, questions, clock)
    assert attempt is not None
    asked = attempt.questions
    assert set(asked) == set(questions)
    assert asked != questions
    assert asked[4] is READ
    with closing(database.connect(home)) as after:
        again = begin_or_resume(after, where, shuffled, questions, clock)
        assert again is not None
        assert again.questions == asked
    attempt.finish()
    anew = begin_or_resume(db, where, shuffled, questions, clock)
    assert anew is not None
    assert anew.questions != asked


def test_shuffled_choices_keep_their_order(db: Database, where: Where, clock: Clock) -> None:
    first = begun(db, where, QUIZ, clock)
    interaction = CHOICE.interactions[0]
    assert isinstance(interaction, ChoiceInteraction)
    order = first.mixed(CHOICE, interaction, interaction.choices)
    assert set(order) == set(interaction.choices)
    assert begun(db, where, QUIZ, clock).mixed(CHOICE, interaction, interaction.choices) == order
    still = msgspec.structs.replace(interaction, shuffle=False)
    assert first.mixed(CHOICE, still, still.choices) == interaction.choices
    orders = {order}
    for _ in range(5):
        begun(db, where, QUIZ, clock).finish()
        orders.add(begun(db, where, QUIZ, clock).mixed(CHOICE, interaction, interaction.choices))
    assert len(orders) > 1


def test_questions_changed_by_a_new_version_leave_given_marks_alone(
    db: Database, where: Where, clock: Clock
) -> None:
    attempt = begun(db, where, QUIZ, clock)
    attempt.answer("ville", {"t": "Dakar"})
    attempt.answer("role", {"r": "c0"})
    edited = msgspec.structs.replace(
        TEXT, interactions=(TextInteraction(id="t", answers=(TextAnswer(text="Bamako"),)),)
    )
    newer = Where(where.learner, where.course, 4, where.activity)
    again = begin_or_resume(db, newer, QUIZ, (edited, NUMBER), clock)
    assert again is not None
    marked = again.marked(edited)
    assert marked is not None
    assert marked.score == 1  # it was right when it was given
    assert again.finish().points == 2  # and the question that is gone brings nothing
    assert again.finish().out_of == 3


def test_an_exam_in_which_nothing_can_be_asked_is_not_passed(
    db: Database, where: Where, clock: Clock
) -> None:
    attempt = begin_or_resume(db, where, EXAM, (LATER, READ), clock)
    assert attempt is not None
    result = attempt.finish()
    assert (result.score, result.out_of, result.passed) == (0, 0, None)
    assert kinds(db) == ["begun", "finished"]


def test_the_acts_are_whole_when_they_are_read_again(
    db: Database, where: Where, clock: Clock
) -> None:
    attempt = begun(db, where, EXAM, clock)
    result = attempt.finish()
    first, last = (event.act for event in events(db))
    assert first == Begun(name="Examen", type="exam", attempt=attempt.id, number=1)
    assert isinstance(last, Finished)
    assert last == result


def test_an_unknown_question_is_a_mistake_of_ours(db: Database, where: Where, clock: Clock) -> None:
    with pytest.raises(KeyError):
        begun(db, where, QUIZ, clock).answer("gone", {})


def test_an_attempt_open_in_two_windows_is_handed_in_once(
    db: Database, where: Where, clock: Clock
) -> None:
    here, there = begun(db, where, EXAM, clock), begun(db, where, EXAM, clock)
    here.answer("ville", {"t": "Thiès"})
    result = here.finish()
    with pytest.raises(HandedIn):
        there.answer("ville", {"t": "Dakar"})
    assert there.finish() == result
    assert [kind for kind in kinds(db) if kind != "completed"] == ["begun", "answered", "finished"]
