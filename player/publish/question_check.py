# SPDX-License-Identifier: Apache-2.0
"""What an author did not mean: keys that lead nowhere, gaps without a place. Pure."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from functools import singledispatch
from typing import Any

import msgspec

from player.course.expressions import CONSTANTS, is_expression
from player.course.interactions import (
    ELSEWHERE,
    SCORINGS,
    SHAPES,
    Area,
    ChoiceInteraction,
    ClozeInteraction,
    FormulaInteraction,
    FreeTextInteraction,
    HotspotInteraction,
    ImageDragInteraction,
    Item,
    MatchInteraction,
    NumberInteraction,
    OrderInteraction,
    Pair,
    TextInteraction,
    UploadInteraction,
)
from player.course.quiz import MOST_PARTS, Question, parts_of

NO_ANSWER = "This question has no accepted answer."
"""No mistake where nothing is right or wrong."""

_FREE_OF_POINTS = {"none", "completion"}
_CORNERS = {"rect": 4, "circle": 3, "ellipse": 4}
_MEDIA_TYPE = re.compile(r"[\w.+-]+/([\w.+-]+|\*)\Z", re.ASCII)


def strangers(plain: object, made: object) -> Iterator[tuple[str, tuple[str, ...]]]:
    """Yield each key of `plain` that nothing of `made` was read from, and those that belong there.

    Readers pass over what they do not know; an author who mistyped a key would never hear of it.
    """
    if isinstance(made, msgspec.Struct) and isinstance(plain, dict):
        for key, one in plain.items():
            if key in made.__struct_fields__:
                yield from strangers(one, getattr(made, key))
            elif key != made.__struct_config__.tag_field:
                yield key, made.__struct_fields__
    elif isinstance(made, tuple) and isinstance(plain, list):
        for one, read in zip(plain, made, strict=False):
            yield from strangers(one, read)


def mistakes(question: Question) -> Iterator[str]:
    """Yield a sentence for each mistake in `question`."""
    if parts_of(question) > MOST_PARTS:
        yield f"This question has more than {MOST_PARTS} choices, items and gaps."
    if any(getattr(one, "scoring", "") == ELSEWHERE for one in question.interactions):
        yield "“platform” is no rule to write: say `marking` in course.toml."
    for drawn in question.variables:
        if not drawn.values and drawn.low > drawn.high:
            yield f"The variable “{drawn.name}” ends before it begins."
    names = {one.name: 1.0 for one in question.variables}
    for interaction in question.interactions:
        yield from _mistakes(interaction)
        for part in (
            interaction.gaps if isinstance(interaction, ClozeInteraction) else [interaction]
        ):
            yield from _rule(part)
            if isinstance(part, FormulaInteraction):
                yield from _formulas(part, names)


def _rule(interaction: Any) -> Iterator[str]:
    known = SCORINGS[type(interaction)]
    if interaction.scoring not in known:
        words = ", ".join(sorted(known - {"", ELSEWHERE}))
        yield f"`scoring` is “{interaction.scoring}”. " + (
            f"Write one of {words}." if words else "Leave it out."
        )


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
    yield from _shapes(interaction.zones)


@_mistakes.register
def _(interaction: OrderInteraction) -> Iterator[str]:
    if sorted(interaction.order) != sorted(one.id for one in interaction.items):
        yield "`order` does not name each of the items once."


@_mistakes.register
def _(interaction: HotspotInteraction) -> Iterator[str]:
    if not any(one.points > 0 for one in interaction.areas):
        yield "No area of this picture is right."
    yield from _shapes(interaction.areas)


@_mistakes.register
def _(interaction: FreeTextInteraction) -> Iterator[str]:
    if 0 < interaction.most_words < interaction.least_words:
        yield "`most_words` is less than `least_words`."


@_mistakes.register
def _(interaction: UploadInteraction) -> Iterator[str]:
    for kind in interaction.accept:
        if not _MEDIA_TYPE.match(kind):
            yield f"“{kind}” is no media type. Write “image/*”, “application/pdf” …"


def _shapes(areas: Iterable[Area]) -> Iterator[str]:
    for area in areas:
        found = len(area.coords)
        if area.shape not in SHAPES:
            yield f"There is no shape “{area.shape}”. Write one of {', '.join(sorted(SHAPES))}."
        elif area.shape == "poly" and (found < 6 or found % 2):
            yield f"“{area.id}” needs three corners or more, two numbers each."
        elif found != _CORNERS.get(area.shape, found):
            yield f"“{area.id}” needs {_CORNERS[area.shape]} numbers in `coords`, and has {found}."


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
