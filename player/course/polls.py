# SPDX-License-Identifier: Apache-2.0
"""Which questions are polls, and how answers to them are counted. Pure."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass

from player.course.interactions import ChoiceInteraction
from player.course.manifest import Activity, Survey
from player.course.quiz import Question

LEAST = 5
"""Of fewer answers nothing is told; nor of a later result before so many more have come, or the
difference of the two would tell what the few answered."""


@dataclass(frozen=True, slots=True)
class Tally:
    """`counts` by choice; `answers` is how many answered, who may have chosen several."""

    counts: dict[str, int]
    answers: int


def poll(activity: Activity, question: Question) -> ChoiceInteraction | None:
    """What a question asks where it is a poll: one choice that nobody marks; else None.

    In a questionnaire every choice is one.
    """
    match question.interactions:
        case (ChoiceInteraction(scoring=scoring) as asked,):
            return asked if scoring == "none" or isinstance(activity, Survey) else None
    return None


def tallied(asked: ChoiceInteraction, responses: Iterable[tuple[str, str]]) -> Tally:
    """Count the last response of each person: (who, xAPI's response), oldest first.

    What is no choice of the question, as in an older version of it, is left out.
    """
    known = {one.id: 0 for one in asked.choices}
    chosen: dict[str, set[str]] = {}
    for who, response in responses:
        ids = known.keys() & set(response.split("[,]"))
        if ids and (asked.multiple or len(ids) == 1):
            chosen[who] = ids
    counts = Counter(id_ for ids in chosen.values() for id_ in ids)
    return Tally({**known, **counts}, len(chosen))


def may_be_told(tally: Tally, before: int | None, least: int = LEAST) -> bool:
    """Whether a result may be told; `before` is how many had answered when one last was."""
    return tally.answers - (before or 0) >= max(least, 1)
