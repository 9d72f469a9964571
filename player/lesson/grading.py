# SPDX-License-Identifier: Apache-2.0
"""Marking an answer, by the rules of docs/format.md ("Quizzes"). Pure.

An answer is what the form gives, by interaction id: the ids of the chosen choices, or the text
that was typed. Marking never fails, whatever a course or a learner wrote.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from statistics import fmean
from typing import Any

from player.course.interactions import (
    ELSEWHERE,
    SCORINGS,
    ChoiceInteraction,
    ClozeInteraction,
    FormulaInteraction,
    FreeTextInteraction,
    HotspotInteraction,
    ImageDragInteraction,
    Interaction,
    MatchInteraction,
    NumberInteraction,
    OrderInteraction,
    SurveyInteraction,
    TextInteraction,
    UploadInteraction,
)
from player.course.quiz import Question
from player.lesson import rules, typed
from player.lesson.answers import Answer, gaps_of, number_of, typed_of
from player.lesson.parts import Part, cut
from player.lesson.typed import formula_of

Given = Mapping[str, Answer]

_LATER = {"manual", ELSEWHERE}
"""Rules that wait: for somebody who marks, or for the platform's key."""

_RULES: Mapping[type, Callable[[Any, Answer], Part]] = {
    ChoiceInteraction: rules.choice,
    TextInteraction: typed.text,
    NumberInteraction: typed.number,
    FormulaInteraction: typed.formula,
    ClozeInteraction: rules.cloze,
    MatchInteraction: rules.placing,
    ImageDragInteraction: rules.placing,
    OrderInteraction: rules.order,
    HotspotInteraction: rules.hotspot,
    FreeTextInteraction: rules.freetext,
    SurveyInteraction: rules.survey,
    UploadInteraction: rules.upload,
}


@dataclass(frozen=True, slots=True)
class Marked:
    """A question, marked. `score` is 0 to 1, None where nothing here can tell.

    `unread` are what asks for a number or a formula and got something else: the ids of the
    interactions, or `interaction gap`. Where there are any, nothing was marked: the learner is
    told so and types again. `awaited` says that the platform marks it and has not yet; `words` are
    what it wrote, plain text. `wrong` tries came before this one and took off what they cost.
    """

    score: float | None
    success: bool | None
    parts: tuple[Part, ...] = ()
    unread: tuple[str, ...] = ()
    awaited: bool = False
    words: str = ""
    wrong: int = 0


def counts(question: Question) -> bool:
    """Whether it brings points here: it asks something, all known, none marked by somebody else."""
    scorings = [_scoring(one) for one in question.interactions]
    return (
        all(map(_is_known, question.interactions))
        and _LATER.isdisjoint(scorings)
        and any(scoring != "none" for scoring in scorings)
    )


def is_marked(question: Question) -> bool:
    """Whether anybody ever marks it, here or elsewhere: no poll, no text to read."""
    return any(_scoring(one) != "none" for one in question.interactions)


def grade(question: Question, given: Given) -> Marked:
    """Mark `given`. A blank is worth nothing; it is no fault."""
    unread = tuple(_unread(question, given))
    if unread:
        return Marked(None, None, unread=unread)
    known = [one for one in question.interactions if _is_known(one)]
    parts = tuple(_part(one, given.get(one.id, "")) for one in known)
    telling = [part for one, part in zip(known, parts, strict=True) if _scoring(one) != "none"]
    fractions = [part.fraction for part in telling if part.fraction is not None]
    if not counts(question) or len(fractions) < len(telling):
        awaited = ELSEWHERE in map(_scoring, question.interactions)
        return Marked(None, None, parts, awaited=awaited)
    score = cut(fmean(fractions))
    return Marked(score, score == 1.0, parts)


def points_of(
    questions: Iterable[Question], scores: Mapping[str, float | None]
) -> tuple[float, float]:
    """Return the points for `scores` (0 to 1, by question) and the points there are."""
    counting = [question for question in questions if counts(question)]
    points = math.fsum(one.weight * (scores.get(one.id) or 0.0) for one in counting)
    out_of = math.fsum(one.weight for one in counting)
    return min(points, out_of), out_of


def _part(interaction: Interaction, answer: Answer) -> Part:
    if _scoring(interaction) == ELSEWHERE:
        return Part(interaction.id, None)  # without its key nothing of it is right or wrong
    return _RULES[type(interaction)](interaction, answer)


def _is_known(interaction: Interaction) -> bool:
    rules_of = SCORINGS.get(type(interaction))
    known = rules_of is None or _scoring(interaction) in rules_of
    if isinstance(interaction, ClozeInteraction):
        return all(map(_is_known, interaction.gaps))
    return known and type(interaction) in _RULES


def _scoring(interaction: Interaction) -> str:
    return str(getattr(interaction, "scoring", ""))


def _unread(question: Question, given: Given) -> Iterator[str]:
    for one in question.interactions:
        answer = given.get(one.id, "")
        if isinstance(one, ClozeInteraction):
            filled = gaps_of(one, answer)
            yield from (f"{one.id} {gap.id}" for gap in one.gaps if _fails(gap, filled[gap.id]))
        elif _fails(one, answer):
            yield one.id


def _fails(interaction: Interaction, answer: Answer) -> bool:
    """Whether something was typed that cannot be read."""
    text = typed_of(answer)
    if isinstance(interaction, NumberInteraction) and text:
        return number_of(text, interaction.unit, fractions=interaction.fractions) is None
    return isinstance(interaction, FormulaInteraction) and formula_of(interaction, text) is None
