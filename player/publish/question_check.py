# SPDX-License-Identifier: Apache-2.0
"""What an author did not mean: keys that lead nowhere, gaps without a place. Pure."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from functools import singledispatch

from player.course.expressions import CONSTANTS, is_expression
from player.course.interactions import (
    ELSEWHERE,
    Area,
    ChoiceInteraction,
    ClozeInteraction,
    FormulaInteraction,
    HotspotInteraction,
    ImageDragInteraction,
    Item,
    MatchInteraction,
    NumberInteraction,
    OrderInteraction,
    Pair,
    TextInteraction,
)
from player.course.quiz import MOST_PARTS, Question, parts_of

NO_ANSWER = "This question has no accepted answer."
"""No mistake where nothing is right or wrong."""

_FREE_OF_POINTS = {"none", "completion"}


def mistakes(question: Question) -> Iterator[str]:
    """Yield a sentence for each mistake in `question`."""
    if parts_of(question) > MOST_PARTS:
        yield f"This question has more than {MOST_PARTS} choices, items and gaps."
    if any(getattr(one, "scoring", "") == ELSEWHERE for one in question.interactions):
        yield "“platform” is no rule to write: say `marking` in course.toml."
    names = {one.name: 1.0 for one in question.variables}
    for interaction in question.interactions:
        yield from _mistakes(interaction)
        for part in (
            interaction.gaps if isinstance(interaction, ClozeInteraction) else [interaction]
        ):
            if isinstance(part, FormulaInteraction):
                yield from _formulas(part, names)


@singledispatch
def _mistakes(interaction: object) -> Iterator[str]:
    """Nothing can be wrong with what has no key."""
    del interaction
    yield from ()


@_mistakes.register
def _(interaction: ChoiceInteraction) -> Iterator[str]:
    worth = [one.fraction for one in interaction.choices]
    if interaction.scoring not in _FREE_OF_POINTS and max(worth) <= 0:
        yield "No choice of this question is right."


@_mistakes.register
def _(interaction: TextInteraction | FormulaInteraction) -> Iterator[str]:
    if not interaction.answers:
        yield NO_ANSWER


@_mistakes.register
def _(interaction: NumberInteraction) -> Iterator[str]:
    if not interaction.answers:
        yield NO_ANSWER
    if any(one.low > one.high for one in interaction.answers):
        yield "A range ends before it begins."


@_mistakes.register
def _(interaction: ClozeInteraction) -> Iterator[str]:
    places = sorted(re.findall(r"\{\{([^{}]+)\}\}", interaction.text))
    if places != sorted(gap.id for gap in interaction.gaps):
        yield "The gaps and their places {{…}} in the text are not the same."
    for gap in interaction.gaps:
        yield from _mistakes(gap)


@_mistakes.register
def _(interaction: MatchInteraction) -> Iterator[str]:
    yield from _pairs(interaction.pairs, interaction.sources, interaction.targets)


@_mistakes.register
def _(interaction: ImageDragInteraction) -> Iterator[str]:
    yield from _pairs(interaction.pairs, interaction.labels, interaction.zones)


@_mistakes.register
def _(interaction: OrderInteraction) -> Iterator[str]:
    if sorted(interaction.order) != sorted(one.id for one in interaction.items):
        yield "`order` does not name each of the items once."


@_mistakes.register
def _(interaction: HotspotInteraction) -> Iterator[str]:
    if not any(one.points > 0 for one in interaction.areas):
        yield "No area of this picture is right."


def _pairs(
    pairs: Iterable[Pair], sources: Iterable[Item], targets: Iterable[Item | Area]
) -> Iterator[str]:
    known = {one.id for one in sources}, {one.id for one in targets}
    for pair in pairs:
        for id_, ids in zip((pair.source, pair.target), known, strict=True):
            if id_ not in ids:
                yield f"A pair names “{id_}”, which is not there."
    if not any(pair.points > 0 for pair in pairs):
        yield "No pair of this question is right."


def _formulas(interaction: FormulaInteraction, names: dict[str, float]) -> Iterator[str]:
    known = {**CONSTANTS, **names, **{one.name: 1.0 for one in interaction.free}}
    for answer in interaction.answers:
        if not is_expression(answer.value, known):
            yield f"“{answer.value}” cannot be worked out."
