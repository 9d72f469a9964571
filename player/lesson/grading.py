# SPDX-License-Identifier: Apache-2.0
"""Marking an answer, by the rules of docs/format.md ("Quizzes"). Pure.

An answer is what the form gives, by interaction id: the ids of the chosen choices, or the text
that was typed. Marking never fails, whatever a course or a learner wrote.
"""

from __future__ import annotations

import html
import math
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from statistics import fmean

import msgspec
import nh3

from player.course.quiz import (
    ChoiceInteraction,
    Interaction,
    NumberInteraction,
    Question,
    TextInteraction,
    Unsupported,
)
from player.lesson.answers import chosen_of, fits, number_of, typed_of

Given = Mapping[str, str | list[str]]

NEARLY = 1e-4
"""Three thirds of 0.33333 are one: scores this near to 0 or 1 are 0 or 1."""
_SCORINGS = {"map", "exact", "edc", "halves"}


@dataclass(frozen=True, slots=True)
class Part:
    """How one interaction was answered.

    `fraction` as its scoring gives it; `feedback` is HTML; `right` and `wrong` are the ids of the
    choices that were chosen.
    """

    interaction: str
    fraction: float
    feedback: str = ""
    right: tuple[str, ...] = ()
    wrong: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Marked:
    """A question, marked. `score` is 0 to 1, None where nothing here can tell.

    `not_numbers` are the ids of the interactions that ask for a number and got something else.
    Where there are any, nothing was marked: the learner is told so and types again.
    """

    score: float | None
    success: bool | None
    parts: tuple[Part, ...] = ()
    not_numbers: tuple[str, ...] = ()


def counts(question: Question) -> bool:
    """Whether it brings points: it asks something, and all of it in ways known here."""
    return bool(question.interactions) and all(map(_is_known, question.interactions))


def grade(question: Question, given: Given) -> Marked:
    """Mark `given`. A blank is worth nothing; it is no fault."""
    not_numbers = tuple(
        one.id
        for one in question.interactions
        if isinstance(one, NumberInteraction)
        and typed_of(given.get(one.id))
        and number_of(typed_of(given.get(one.id)), one.unit) is None
    )
    if not_numbers:
        return Marked(None, None, not_numbers=not_numbers)
    known = [one for one in question.interactions if _is_known(one)]
    parts = tuple(_part(one, given.get(one.id, "")) for one in known)
    if not counts(question):
        return Marked(None, None, parts)
    score = _cut(fmean(part.fraction for part in parts))
    return Marked(score, score == 1.0, parts)


def points_of(
    questions: Iterable[Question], scores: Mapping[str, float | None]
) -> tuple[float, float]:
    """Return the points for `scores` (0 to 1, by question) and the points there are."""
    counting = [question for question in questions if counts(question)]
    points = math.fsum(one.weight * (scores.get(one.id) or 0.0) for one in counting)
    out_of = math.fsum(one.weight for one in counting)
    return min(points, out_of), out_of


def response(question: Question, given: Given) -> tuple[str, str, dict[str, str]]:
    """Return `given` as xAPI has it: the interaction's type, the response, the choices' texts.

    One interaction is `choice` (ids joined by `[,]`), `fill-in` or `numeric`; several in one
    question are `other`, as JSON by interaction id. The response is empty where the answer is.
    """
    if len(question.interactions) != 1:
        return "other", msgspec.json.encode(dict(given)).decode() if given else "", {}
    interaction = question.interactions[0]
    answer = given.get(interaction.id, "")
    match interaction:
        case ChoiceInteraction():
            texts = {one.id: _plain(one.text) or one.id for one in interaction.choices}
            return "choice", "[,]".join(chosen_of(interaction, answer)), texts
        case TextInteraction():
            return "fill-in", typed_of(answer), {}
        case NumberInteraction():
            number = number_of(typed_of(answer), interaction.unit)
            return "numeric", typed_of(answer) if number is None else f"{number:.15g}", {}
        case Unsupported():
            return "other", typed_of(answer), {}


def given_of(question: Question, said: str) -> Given:
    """What was given, from what `response` says of it: an act from another PC has that alone."""
    if not said:
        return {}
    if len(question.interactions) == 1:
        interaction = question.interactions[0]
        chosen = isinstance(interaction, ChoiceInteraction)
        return {interaction.id: said.split("[,]") if chosen else said}
    try:
        return msgspec.json.decode(said, type=dict[str, str | list[str]])
    except msgspec.MsgspecError:
        return {}


def _is_known(interaction: Interaction) -> bool:
    if isinstance(interaction, ChoiceInteraction):
        return interaction.scoring in _SCORINGS
    return not isinstance(interaction, Unsupported)


def _part(interaction: Interaction, answer: str | list[str]) -> Part:
    match interaction:
        case ChoiceInteraction():
            return _choice(interaction, chosen_of(interaction, answer))
        case TextInteraction():
            return _text(interaction, typed_of(answer))
        case NumberInteraction():
            return _number(interaction, number_of(typed_of(answer), interaction.unit))
        case Unsupported():
            return Part(interaction.id, 0.0)


def _choice(interaction: ChoiceInteraction, chosen: tuple[str, ...]) -> Part:
    picked = [one for one in interaction.choices if one.id in chosen]
    said = [one.feedback for one in picked if one.feedback]
    return Part(
        interaction.id,
        _scored(interaction, set(chosen)) if chosen else 0.0,
        said[0] if len(said) == 1 else "".join(f"<div>{text}</div>" for text in said),
        tuple(one.id for one in picked if one.fraction > 0),
        tuple(one.id for one in picked if one.fraction <= 0),
    )


def _scored(interaction: ChoiceInteraction, chosen: set[str]) -> float:
    """The fraction of a choice that is not empty."""
    if interaction.scoring == "map":
        return _cut(sum(one.fraction for one in interaction.choices if one.id in chosen))
    total = len(interaction.choices)
    errors = sum((one.fraction > 0) != (one.id in chosen) for one in interaction.choices)
    if interaction.scoring == "edc":
        return (total - errors) / total
    if interaction.scoring == "halves" and errors == 1 and total >= 3:
        return 0.5
    if interaction.scoring == "halves" and errors == 2 and total >= 5:
        return 0.25
    return 0.0 if errors else 1.0


def _text(interaction: TextInteraction, typed: str) -> Part:
    if not typed:
        return Part(interaction.id, 0.0)
    for one in interaction.answers:
        if fits(one.text, typed, case=one.case):
            return Part(interaction.id, one.fraction, one.feedback)
    return Part(interaction.id, 0.0, interaction.feedback)


def _number(interaction: NumberInteraction, number: float | None) -> Part:
    if number is None:
        return Part(interaction.id, 0.0)
    holding = [one for one in interaction.answers if one.low <= number <= one.high]
    if not holding:
        return Part(interaction.id, 0.0, interaction.feedback)
    best = max(holding, key=lambda one: one.fraction)
    return Part(interaction.id, best.fraction, best.feedback)


def _cut(fraction: float) -> float:
    if fraction <= NEARLY:
        return 0.0
    return 1.0 if fraction >= 1.0 - NEARLY else fraction


def _plain(text: str) -> str:
    return " ".join(html.unescape(nh3.clean(text, tags=set())).split())
