# SPDX-License-Identifier: Apache-2.0
"""Which path the answers of a questionnaire suggest: rules as data, walked by a closed evaluator.

A condition is a table with one of these shapes (docs/format.md, "Paths"):

    {question, chosen}       this choice was chosen
    {question, item, rated}  the item was rated at this step of the scale or above it
    {question, low, high}    the number lies between both, ends included; either may be left out
    {all: […]}  {any: […]}  {not: {…}}

Nothing is ever run. What was not answered is neither true nor false, and so is what cannot be
understood: a rule that hangs on it suggests nothing (Kleene's logic of three values).
"""

from __future__ import annotations

import math
from collections.abc import Container, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from player.course.interactions import ChoiceInteraction, NumberInteraction, SurveyInteraction
from player.course.manifest import Rule
from player.course.quiz import Question

DEEPEST = 20  # tables in each other: who writes more has gone wrong


@dataclass(frozen=True, slots=True)
class Facts:
    """What one question can be, or was, answered with.

    `chosen` are ids of choices, `rated` the step of each item, `number` what was typed; None for a
    question that asks no number, or was not answered. `scale` are the ids of the steps, in order.
    """

    chosen: frozenset[str] = frozenset()
    rated: Mapping[str, str] = field(default_factory=dict)
    number: float | None = None
    scale: tuple[str, ...] = ()


Answers = Mapping[str, Facts]
"""Facts by question; a question that was not answered is left out."""


def suggested(rules: Iterable[Rule], answers: Answers) -> Rule | None:
    """Return the first rule that holds; None where none does."""
    return next((one for one in rules if holds(one.when, answers) is True), None)


def suggestions(
    rules: Iterable[Rule], answers: Answers, *, several: bool = False
) -> tuple[Rule, ...]:
    """Return what is suggested: one rule at the most; with `several`, the first for each path."""
    if not several:
        first = suggested(rules, answers)
        return (first,) if first else ()
    found: dict[str, Rule] = {}
    for one in rules:
        if holds(one.when, answers) is True:
            found.setdefault(one.path, one)
    return tuple(found.values())


def holds(when: Any, answers: Answers, depth: int = 0) -> bool | None:
    """Whether a condition holds; None where that cannot be told."""
    if not isinstance(when, dict) or depth > DEEPEST:
        return None
    match when:
        case {"all": list(parts), **rest} if not rest:
            found = [holds(one, answers, depth + 1) for one in parts]
            return False if False in found else None if None in found or not found else True
        case {"any": list(parts), **rest} if not rest:
            found = [holds(one, answers, depth + 1) for one in parts]
            return True if True in found else None if None in found or not found else False
        case {"not": part, **rest} if not rest:
            inner = holds(part, answers, depth + 1)
            return None if inner is None else not inner
        case {"question": str(question), **rest} if question in answers:
            return _said(rest, answers[question])
    return None


def _said(asked: dict[str, Any], facts: Facts) -> bool | None:
    match asked:
        case {"chosen": str(choice), **rest} if not rest and facts.chosen:
            return choice in facts.chosen
        case {"item": str(item), "rated": str(step), **rest} if not rest and item in facts.rated:
            if step not in facts.scale or facts.rated[item] not in facts.scale:
                return None
            return facts.scale.index(facts.rated[item]) >= facts.scale.index(step)
    if facts.number is not None and asked and asked.keys() <= {"low", "high"}:
        low, high = asked.get("low", -math.inf), asked.get("high", math.inf)
        if _is_number(low) and _is_number(high):
            return bool(low <= facts.number <= high)
    return None


def _is_number(value: object) -> bool:
    return isinstance(value, int | float) and not isinstance(value, bool)


def askable(questions: Sequence[Question]) -> dict[str, Facts]:
    """What there can be, for `mistakes`."""
    return {one.id: _all_of(one) for one in questions if one.interactions}


def _all_of(question: Question) -> Facts:
    chosen: set[str] = set()
    rated: dict[str, str] = {}
    scale: tuple[str, ...] = ()
    number = None
    for one in question.interactions:
        match one:
            case ChoiceInteraction(choices=choices):
                chosen |= {choice.id for choice in choices}
            case SurveyInteraction(items=items, scale=steps):
                rated |= {item.id: "" for item in items}
                scale = tuple(step.id for step in steps)
            case NumberInteraction():
                number = 0.0
            case _:
                pass
    return Facts(frozenset(chosen), rated, number, scale)


def mistakes(when: Any, asked: Answers, depth: int = 0) -> Iterator[str]:
    """What is wrong with a condition, as sentences for its author.

    `asked` has the facts that there can be: each choice `chosen`, each item `rated` anything, any
    `number` but None where one is asked.
    """
    if not isinstance(when, dict) or depth > DEEPEST:
        yield 'A condition is a table, such as `{ question = "level", chosen = "new" }`.'
        return
    for word in ("all", "any"):
        if word in when:
            parts = when[word]
            if len(when) > 1 or not isinstance(parts, list) or not parts:
                yield f"`{word}` stands alone and lists at least one condition."
                return
            for one in parts:
                yield from mistakes(one, asked, depth + 1)
            return
    if "not" in when:
        if len(when) > 1:
            yield "`not` stands alone, with one condition."
        yield from mistakes(when["not"], asked, depth + 1)
        return
    yield from _wrong(when, asked)


def _wrong(when: dict[str, Any], asked: Answers) -> Iterator[str]:
    question = when.get("question")
    if not isinstance(question, str) or question not in asked:
        yield f"There is no question “{question}” in this questionnaire."
        return
    facts, rest = asked[question], {key: one for key, one in when.items() if key != "question"}
    match rest:
        case {"chosen": choice, **more} if not more:
            if not _is_in(choice, facts.chosen):
                yield f"The question “{question}” has no choice “{choice}”."
        case {"item": item, "rated": step, **more} if not more:
            if not _is_in(item, facts.rated):
                yield f"The question “{question}” has no item “{item}”."
            if not _is_in(step, facts.scale):
                yield f"The scale of “{question}” has no step “{step}”."
        case _ if rest and rest.keys() <= {"low", "high"}:
            yield from _wrong_number(question, rest, facts)
        case _:
            yield (
                f"What is asked of “{question}” has to be `chosen`, `item` with `rated`, or `low`"
                " and `high`."
            )


def _is_in(id_: object, known: Container[str]) -> bool:
    return isinstance(id_, str) and id_ in known


def _wrong_number(question: str, ends: dict[str, Any], facts: Facts) -> Iterator[str]:
    if facts.number is None:
        yield f"The question “{question}” asks for no number."
    low, high = ends.get("low", -math.inf), ends.get("high", math.inf)
    if not _is_number(low) or not _is_number(high):
        yield f"`low` and `high` of “{question}” have to be numbers."
    elif low > high:
        yield f"No number lies between {low} and {high}."
