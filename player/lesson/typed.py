# SPDX-License-Identifier: Apache-2.0
"""The scoring rules of what is typed: a text, a number, a formula. Pure."""

from __future__ import annotations

from player.course.expressions import CONSTANTS, is_expression, value_of
from player.course.interactions import (
    FormulaAnswer,
    FormulaInteraction,
    NumberInteraction,
    TextInteraction,
)
from player.lesson.answers import Answer, fits, number_of, typed_of
from player.lesson.drawing import lot
from player.lesson.parts import Part


def text(interaction: TextInteraction, answer: Answer) -> Part:
    """The first answer that fits."""
    typed = typed_of(answer)
    if not typed:
        return Part(interaction.id, 0.0)
    for one in interaction.answers:
        if fits(one.text, typed, case=one.case):
            return Part(interaction.id, one.fraction, one.feedback)
    return Part(interaction.id, 0.0, interaction.feedback)


def number(interaction: NumberInteraction, answer: Answer) -> Part:
    """The best range that holds it."""
    typed = number_of(typed_of(answer), interaction.unit, fractions=interaction.fractions)
    if typed is None:
        return Part(interaction.id, 0.0)
    holding = [one for one in interaction.answers if one.low <= typed <= one.high]
    if not holding:
        return Part(interaction.id, 0.0, interaction.feedback)
    best = max(holding, key=lambda one: one.fraction)
    return Part(interaction.id, best.fraction, best.feedback)


def formula(interaction: FormulaInteraction, answer: Answer) -> Part:
    """The best answer that has the same value at every place where both are worked out."""
    typed = formula_of(interaction, answer)
    if not typed:
        return Part(interaction.id, 0.0)
    equal = [one for one in interaction.answers if _is_same(interaction, one, typed)]
    if not equal:
        return Part(interaction.id, 0.0, interaction.feedback)
    best = max(equal, key=lambda one: one.fraction)
    return Part(interaction.id, best.fraction, best.feedback)


def formula_of(interaction: FormulaInteraction, answer: Answer) -> str | None:
    """Return what was typed as an expression; None where it is none, '' where it is blank."""
    typed = typed_of(answer)
    if not typed:
        return ""
    plain = number_of(typed, interaction.unit)
    if plain is not None:
        return repr(plain)
    names = {**CONSTANTS, **{one.name: 1.0 for one in interaction.free}}
    bare = typed.removesuffix(typed_of(interaction.unit)).rstrip()
    return bare if is_expression(bare, names) else None


def _is_same(interaction: FormulaInteraction, key: FormulaAnswer, typed: str) -> bool:
    """Whether both have one value at each place; where neither has one, nothing is said."""
    told = False
    for place in range(interaction.samples if interaction.free else 1):
        names = {**CONSTANTS, **_drawn(interaction, place)}
        meant, said = value_of(key.value, names), value_of(typed, names)
        if meant is None and said is None:
            continue
        if meant is None or said is None:
            return False
        allowed = key.tolerance * (abs(meant) if key.relative else 1.0)
        if abs(said - meant) > max(allowed, 1e-12 * abs(meant)):
            return False
        told = True
    return told


def _drawn(interaction: FormulaInteraction, place: int) -> dict[str, float]:
    return {
        one.name: one.low + (one.high - one.low) * lot(interaction.id, f"{one.name}/{place}")
        for one in interaction.free
    }
