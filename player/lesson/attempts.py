# SPDX-License-Identifier: Apache-2.0
"""Which attempts at an activity there are, and what the journal holds of one: readings of it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

import msgspec

from player.course.manifest import Quiz
from player.course.quiz import Question
from player.journal import mail
from player.journal.events import Answered, Begun, Event, Finished, Hinted
from player.journal.items import Mark
from player.journal.journal import Where, events
from player.lesson.saying import given_of
from player.store.database import Database


@dataclass(frozen=True, slots=True)
class Past:
    """A finished attempt. `number` counts from 1; `finished_at` is RFC 3339, UTC."""

    attempt: str
    number: int
    finished_at: str
    result: Finished


_COUNTS = "id NOT IN (SELECT id FROM second_ends)"  # two PCs may have ended one attempt


@dataclass(slots=True)
class Held:
    """What the journal holds of one attempt.

    `answers` by question, in the order of the tries; `hints` counts those that were shown. `marks`
    are what the platform gave: by question, for its last answer, and '' for the whole.
    """

    answers: dict[str, list[Answered]] = field(default_factory=dict)
    hints: Counter[str] = field(default_factory=Counter)
    result: Finished | None = None
    marks: dict[str, Mark] = field(default_factory=dict)


def history(db: Database, where: Where) -> list[Past]:
    """Return the finished attempts at `where.activity`, oldest first."""
    here = list(acts_of(db, where, f"kind IN ('begun', 'finished') AND {_COUNTS}"))
    numbers = {one.act.attempt: one.act.number for one in here if isinstance(one.act, Begun)}
    return [
        Past(one.act.attempt, numbers.get(one.act.attempt, 0), one.at, one.act)
        for one in here
        if isinstance(one.act, Finished)
    ]


def attempts_left(db: Database, where: Where, activity: Quiz) -> int | None:
    """Return how many attempts may still be begun; None without a limit.

    One that was begun is used up, but may be gone on with: see `unfinished`.
    """
    if not activity.attempts:
        return None
    return max(activity.attempts - len(list(acts_of(db, where, "kind = 'begun'"))), 0)


def unfinished(db: Database, where: Where) -> Begun | None:
    """Return the latest attempt that was begun and not finished."""
    acts = [event.act for event in acts_of(db, where, "kind IN ('begun', 'finished')")]
    over = {act.attempt for act in acts if isinstance(act, Finished)}  # may have come first
    found = [act for act in acts if isinstance(act, Begun) and act.attempt not in over]
    return found[-1] if found else None


def held(db: Database, where: Where, attempt: str, questions: Sequence[Question]) -> Held:
    """Read what there is of an attempt; `questions` are those that it asks."""
    asked = {one.id: one for one in questions}
    about = "kind IN ('answered', 'hinted', 'finished') AND payload ->> '$.attempt' = ?"
    about += f" AND {_COUNTS}"
    found = list(acts_of(db, where, about, attempt))
    here = Held()
    for event in found:
        match event.act:
            case Answered() as act:
                whole = _whole(act, asked.get(act.question))
                here.answers.setdefault(act.question, []).append(whole)
            case Hinted() as act:
                here.hints[act.question] = max(here.hints[act.question], act.number)
            case Finished() as act:
                here.result = act
    for answers in here.answers.values():
        answers.sort(key=lambda one: one.number)  # those of another PC may come in any order
    if here.result is not None:
        here.marks = _marks(db, found)
    return here


def ending(db: Database, where: Where, attempt: str) -> Finished | None:
    """How an attempt ended, if it did."""
    about = "kind = 'finished' AND payload ->> '$.attempt' = ?"
    acts = [event.act for event in acts_of(db, where, about, attempt)]
    return next((act for act in reversed(acts) if isinstance(act, Finished)), None)


def acts_of(db: Database, where: Where, condition: str, *values: object) -> Iterator[Event]:
    """The learner's acts in one activity for which `condition` (SQL) holds."""
    here = f"learner = ? AND course = ? AND activity = ? AND {condition}"
    return events(db, here, (where.learner, where.course, where.activity, *values))


def _whole(act: Answered, question: Question | None) -> Answered:
    """An answer with what was given: of one from another PC only the response is known."""
    if act.given or question is None:
        return act
    return msgspec.structs.replace(act, given=dict(given_of(question, act.response)))


def _marks(db: Database, found: Sequence[Event]) -> dict[str, Mark]:
    acts: dict[str, tuple[int, str]] = {}
    for event in found:
        if isinstance(event.act, Answered):
            key, number = event.act.question, event.act.number
        elif isinstance(event.act, Finished):
            key, number = "", 1
        else:
            continue
        if number >= acts.get(key, (0, ""))[0]:
            acts[key] = (number, event.id)
    marks = mail.marks(db, [id_ for _, id_ in acts.values()])
    return {key: marks[id_] for key, (_, id_) in acts.items() if id_ in marks}
