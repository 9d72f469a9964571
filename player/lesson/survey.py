# SPDX-License-Identifier: Apache-2.0
"""A questionnaire: opened, answered as a whole, sent once.

One with names is an attempt as any other, written down in one transaction when it is sent. Of an
anonymous one the journal gets a `Confided`, for this PC alone, and the platform a slip.
"""

from __future__ import annotations

import uuid
from collections.abc import Mapping, Sequence

from player.clock import Now
from player.course.choosing import Facts
from player.course.interactions import (
    ChoiceInteraction,
    NumberInteraction,
    SurveyInteraction,
    UploadInteraction,
)
from player.course.manifest import Survey
from player.course.quiz import Question
from player.journal import slips
from player.journal.events import Begun, Confided
from player.journal.journal import Where, events, record
from player.journal.slips import Said, Slip
from player.lesson import attempt as attempts
from player.lesson.answers import Answer, chosen_of, listed, number_of, ratings_of, typed_of
from player.lesson.attempt import Attempt
from player.lesson.grading import Given, grade
from player.lesson.naming import named
from player.lesson.saying import response
from player.store.database import Database, translated

Answers = Mapping[str, Given]
"""What was given, by question and interaction."""


def opened(
    db: Database, where: Where, survey: Survey, questions: Sequence[Question], now: Now
) -> Attempt:
    """Return the attempt in which it is asked, the same at each opening.

    That an anonymous one was begun, nobody is told.

    Raises:
        DiskFull, DatabaseBusy, NotWritable: see `player.journal.journal.record`.
    """
    past = attempts.history(db, where)
    if past:
        return attempts.look_back(db, where, survey, questions, past[-1])
    if survey.anonymous or confided(db, where):
        return Attempt(db, where, survey, questions, _everybodys(where), now)
    begun = attempts.begin_or_resume(db, where, survey, questions, now)
    return begun or Attempt(db, where, survey, questions, _everybodys(where), now)


def _everybodys(where: Where) -> Begun:
    """An attempt that is nobody's, and draws the same for everybody: from what was asked of a pool
    that a learner's own attempt drew, it could be reckoned who it was.
    """
    seed = f"{where.course}/{where.activity}"
    return Begun(type="survey", attempt=str(uuid.uuid5(uuid.NAMESPACE_URL, seed)), number=1)


def confided(db: Database, where: Where) -> Confided | None:
    """What the learner answered here without a name; None where nothing was sent yet."""
    here = "learner = ? AND course = ? AND activity = ? AND kind = 'confided'"
    found = events(db, here, (where.learner, where.course, where.activity))
    return next((one.act for one in found if isinstance(one.act, Confided)), None)


def sent(db: Database, where: Where, attempt: Attempt) -> dict[str, Given] | None:
    """What was sent, by question; None where nothing was."""
    secret = confided(db, where)
    if secret is not None:
        return dict(secret.answers)
    if attempt.result is None:
        return None
    return {one.id: given for one in attempt.questions if (given := attempt.given(one))}


def unread(questions: Sequence[Question], answers: Answers) -> dict[str, tuple[str, ...]]:
    """What cannot be an answer, such as letters for a number: interactions by question."""
    found = {one.id: grade(one, answers[one.id]).unread for one in questions if one.id in answers}
    return {id_: tuple(bad) for id_, bad in found.items() if bad}


def missing(questions: Sequence[Question], answers: Answers) -> list[str]:
    """The questions that have to be answered and are not."""
    required = (one for one in questions if one.required and one.interactions)
    return [one.id for one in required if not _is_whole(one, answers.get(one.id, {}))]


def _is_whole(question: Question, given: Given) -> bool:
    for one in question.interactions:
        answer = given.get(one.id, "")
        if isinstance(one, SurveyInteraction) and len(ratings_of(one, answer)) < len(one.items):
            return False
    return not is_empty(given)


def is_empty(given: Given) -> bool:
    """Whether nothing is chosen and nothing typed."""
    return not any(entry.strip() for answer in given.values() for entry in listed(answer))


def send(
    db: Database,
    where: Where,
    survey: Survey,
    questions: Sequence[Question],
    answers: Answers,
    now: Now,
) -> None:
    """Write down what is answered, all of it or nothing; a second time changes nothing.

    Raises:
        DiskFull, DatabaseBusy, NotWritable: nothing was written.
    """
    given = {id_: dict(one) for id_, one in answers.items() if not is_empty(one)}
    with translated(db.path), db.atomic():
        if attempts.history(db, where) or confided(db, where):
            return
        attempt = opened(db, where, survey, questions, now)
        if survey.anonymous:
            _confide(db, where, survey, attempt.questions, given, now)
            return
        for question in attempt.questions:
            if question.id in given and attempt.tries_left(question) != 0:
                attempt.answer(question.id, given[question.id])
        attempt.finish()


def _confide(
    db: Database,
    where: Where,
    survey: Survey,
    questions: Sequence[Question],
    given: dict[str, dict[str, Answer]],
    now: Now,
) -> None:
    names = named(db, where, survey)
    said = tuple(
        _said(one, given[one.id]) for one in questions if one.id in given and _is_nameless(one)
    )
    slip = Slip(
        account=slips.chance(),
        course=where.course,
        version=where.version,
        activity=where.activity,
        name=names["name"],
        language=names["language"],
        answers=said,
    )
    id_ = slips.put(db, slip, now()) if said else ""
    record(db, where, Confided(**names, answers=given, slip=id_), now)


def _is_nameless(question: Question) -> bool:
    """Whether an answer tells no name by itself, as a file's may."""
    return not any(isinstance(one, UploadInteraction) for one in question.interactions)


def _said(question: Question, given: Given) -> Said:
    kind, text, choices = response(question, given)
    return Said(slips.chance(), question.id, question.title, kind, text, choices)


def facts(questions: Sequence[Question], answers: Answers) -> dict[str, Facts]:
    """What rules can ask of the answers, by question."""
    return {one.id: _facts(one, answers[one.id]) for one in questions if answers.get(one.id)}


def _facts(question: Question, given: Given) -> Facts:
    chosen: set[str] = set()
    rated: dict[str, str] = {}
    scale: tuple[str, ...] = ()
    number = None
    for one in question.interactions:
        answer = given.get(one.id, "")
        match one:
            case ChoiceInteraction():
                chosen |= set(chosen_of(one, answer))
            case SurveyInteraction():
                rated |= ratings_of(one, answer)
                scale = tuple(step.id for step in one.scale)
            case NumberInteraction():
                number = number_of(typed_of(answer), one.unit, fractions=one.fractions)
            case _:
                pass
    return Facts(frozenset(chosen), rated, number, scale)
