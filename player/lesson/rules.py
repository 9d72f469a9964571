# SPDX-License-Identifier: Apache-2.0
"""The scoring rules of docs/format.md ("Quizzes"), one function for each interaction. Pure.

Each takes an interaction and its answer and returns a `Part`. None fails, whatever was answered.
"""

from __future__ import annotations

import math
from itertools import pairwise

from player.course.interactions import (
    Area,
    ChoiceInteraction,
    ClozeInteraction,
    FormulaInteraction,
    FreeTextInteraction,
    Gap,
    HotspotInteraction,
    NumberInteraction,
    OrderInteraction,
    Placing,
    SurveyInteraction,
    TextInteraction,
    UploadInteraction,
)
from player.lesson import typed
from player.lesson.answers import (
    Answer,
    chosen_of,
    essay_of,
    gaps_of,
    listed,
    pairs_of,
    places_of,
    ratings_of,
    sequence_of,
)
from player.lesson.areas import holds
from player.lesson.parts import Part, cut, together


def choice(interaction: ChoiceInteraction, answer: Answer) -> Part:
    """By `scoring`. Nothing chosen is 0; where any choice will do, none is right or wrong."""
    chosen = chosen_of(interaction, answer)
    picked = [one for one in interaction.choices if one.id in chosen]
    told = [] if interaction.scoring in ("none", "completion") else picked
    return Part(
        interaction.id,
        _scored(interaction, set(chosen)),
        together(one.feedback for one in picked),
        tuple(one.id for one in told if one.fraction > 0),
        tuple(one.id for one in told if one.fraction <= 0),
    )


def cloze(interaction: ClozeInteraction, answer: Answer) -> Part:
    """The weighted mean of the gaps."""
    given = gaps_of(interaction, answer)
    parts = [gap_part(gap, given[gap.id]) for gap in interaction.gaps]
    weights = [interaction.weights.get(gap.id, 1.0) for gap in interaction.gaps]
    total = math.fsum(weights)
    got = math.fsum(w * (part.fraction or 0.0) for w, part in zip(weights, parts, strict=True))
    filled = [part for part in parts if given[part.interaction]]
    return Part(
        interaction.id,
        got / total if total else 0.0,
        together(part.feedback for part in parts),
        tuple(part.interaction for part in filled if (part.fraction or 0.0) > 0),
        tuple(part.interaction for part in filled if (part.fraction or 0.0) <= 0),
    )


def gap_part(gap: Gap, answer: Answer) -> Part:
    """Mark one gap, or one of the four interactions that can be one."""
    match gap:
        case ChoiceInteraction():
            return choice(gap, answer)
        case TextInteraction():
            return typed.text(gap, answer)
        case NumberInteraction():
            return typed.number(gap, answer)
        case FormulaInteraction():
            return typed.formula(gap, answer)


def placing(interaction: Placing, answer: Answer) -> Part:
    """`match` and `image-drag`: the points of the pairs made over those there are."""
    made = pairs_of(interaction, answer)
    worth = {(one.source, one.target): one.points for one in interaction.pairs}
    right = {pair for pair, points in worth.items() if points > 0}
    if interaction.scoring == "exact":
        fraction = float(bool(made) and set(made) == right)
    else:
        points = math.fsum(worth.get(pair, interaction.default) for pair in made)
        out_of = interaction.out_of or math.fsum(worth[pair] for pair in right)
        fraction = _bounded(points, out_of, interaction.lower)
    return Part(
        interaction.id,
        fraction,
        right=tuple(" ".join(pair) for pair in made if pair in right),
        wrong=tuple(" ".join(pair) for pair in made if pair not in right),
    )


def order(interaction: OrderInteraction, answer: Answer) -> Part:
    """By `scoring`. What was left out, or put in too much, is a place or a neighbour lost."""
    given, key = sequence_of(interaction, answer), interaction.order
    longest = max(len(given), len(key))
    right = {one for one, here in zip(given, key, strict=False) if one == here}
    if not given or not key:
        fraction = 0.0
    elif interaction.scoring == "positions":
        fraction = len(right) / longest
    elif interaction.scoring == "pairs" and longest > 1:
        neighbours = set(pairwise(given)) & set(pairwise(key))
        fraction = len(neighbours) / (longest - 1)
        right = {one for pair in neighbours for one in pair}
    else:
        fraction = float(given == key)
    return Part(
        interaction.id,
        fraction,
        right=tuple(one for one in given if one in right),
        wrong=tuple(one for one in given if one not in right),
    )


def hotspot(interaction: HotspotInteraction, answer: Answer) -> Part:
    """Each area that was hit counts once, a place outside all of them brings `default`."""
    hit: dict[str, Area] = {}
    points = 0.0
    for place in places_of(interaction, answer):
        found = [
            one
            for one in interaction.areas
            if one.id == place or (not isinstance(place, str) and holds(one, place))
        ]
        points += 0.0 if found else interaction.default
        hit |= {one.id: one for one in found}
    points += math.fsum(one.points for one in hit.values())
    best = sorted((one.points for one in interaction.areas if one.points > 0), reverse=True)
    out_of = interaction.out_of or math.fsum(best[: interaction.most])
    return Part(
        interaction.id,
        _bounded(points, out_of, interaction.lower),
        together(one.feedback for one in hit.values()),
        tuple(one.id for one in hit.values() if one.points > 0),
        tuple(one.id for one in hit.values() if one.points <= 0),
    )


def freetext(interaction: FreeTextInteraction, answer: Answer) -> Part:
    """By `scoring`; `manual` waits for somebody, `self` for the learner's own marks."""
    written, levels = essay_of(answer)
    words = len(written.split())
    if interaction.scoring == "completion":
        return Part(interaction.id, float(words >= max(interaction.least_words, 1)))
    if interaction.scoring != "self":
        return Part(interaction.id, None)
    if not words:
        return Part(interaction.id, 0.0)
    got = out_of = 0.0
    for criterion in interaction.rubric:
        points = {level.id: level.points for level in criterion.levels}
        if levels.get(criterion.id) not in points:
            return Part(interaction.id, None)
        got += points[levels[criterion.id]]
        out_of += max(points.values())
    return Part(interaction.id, _bounded(got, out_of, 0.0))


def upload(interaction: UploadInteraction, answer: Answer) -> Part:
    """`manual` waits for somebody; with `completion`, all for any file."""
    whole = float(bool(listed(answer)))
    return Part(interaction.id, whole if interaction.scoring == "completion" else None)


def survey(interaction: SurveyInteraction, answer: Answer) -> Part:
    """All when every item is answered with `completion`; otherwise no points."""
    complete = len(ratings_of(interaction, answer)) == len(interaction.items)
    return Part(interaction.id, float(complete) if interaction.scoring == "completion" else None)


def _scored(interaction: ChoiceInteraction, chosen: set[str]) -> float | None:
    if interaction.scoring == "none":
        return None
    if not chosen or interaction.scoring == "completion":
        return float(bool(chosen))
    if interaction.scoring == "map":
        points = math.fsum(one.fraction for one in interaction.choices if one.id in chosen)
        return cut(points, interaction.lower, interaction.upper)
    total = len(interaction.choices)
    errors = sum((one.fraction > 0) != (one.id in chosen) for one in interaction.choices)
    if interaction.scoring == "edc":
        return (total - errors) / total
    return _halved(errors, total) if interaction.scoring == "halves" else float(not errors)


def _halved(errors: int, total: int) -> float:
    """Open edX: a half for one error among 3 or more, a quarter for two among 5 or more."""
    if errors == 1 and total >= 3:
        return 0.5
    if errors == 2 and total >= 5:
        return 0.25
    return float(not errors)


def _bounded(points: float, out_of: float, lower: float) -> float:
    return cut(points / out_of, lower) if out_of > 0 else 0.0
