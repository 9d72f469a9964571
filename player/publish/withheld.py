# SPDX-License-Identifier: Apache-2.0
"""Questions whose key stays with the platform: what a package may say of them, and the key. Pure.

What is right is not only in what is called so. Authors write the right choice first, the items in
their order, each pair on one line; and ids count along. So what is chosen, sorted or matched gets
new ids, and stands in their order, which follows from a secret and from nothing else. The secret is
the publisher's: another version of the course has the same ids for what is the same. Gaps, which
an author may have named after what belongs there, are counted.
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Callable, Iterable, Sequence
from functools import singledispatch
from typing import Any, TypeVar

from msgspec.structs import replace

from player.course.interactions import (
    ELSEWHERE,
    Area,
    Choice,
    ChoiceInteraction,
    ClozeInteraction,
    FormulaInteraction,
    Gap,
    HotspotInteraction,
    ImageDragInteraction,
    Interaction,
    Item,
    MatchInteraction,
    NumberInteraction,
    OrderInteraction,
    Pair,
    TextInteraction,
)
from player.course.quiz import Question

Namer = Callable[[str], str]
T = TypeVar("T", Choice, Item, Area)

_PLACE = re.compile(r"\{\{([^{}]+)\}\}")
_POLLS = ("none", "completion")


def withheld(
    questions: Sequence[Question], secret: bytes, activity: str
) -> tuple[tuple[Question, ...], tuple[Question, ...]]:
    """Return the questions as the package has them, and with their key; both by the same ids.

    Args:
        questions: as the author wrote them.
        secret: at most 64 bytes, the same for every version of the course.
        activity: a name that only this activity has, such as its id behind the course's.
    """
    keyed = tuple(_renamed(one, secret, activity) for one in questions)
    return tuple(map(_stripped, keyed)), keyed


def _renamed(question: Question, secret: bytes, activity: str) -> Question:
    def namer(interaction: Interaction) -> Namer:
        place = f"{activity}/{question.id}/{interaction.id}"
        return lambda id_: _name(secret, f"{place}/{id_}")

    found = tuple(_with_ids(one, namer(one)) for one in question.interactions)
    return replace(question, interactions=found)


def _name(secret: bytes, what: str) -> str:
    """An id of which nobody without the secret can say what it stands for."""
    return f"k{hashlib.blake2b(what.encode(), key=secret, digest_size=5).hexdigest()}"


@singledispatch
def _with_ids(interaction: Any, name: Namer) -> Any:
    """The interaction with new ids, in their order; what is typed or rated has none."""
    del name
    return interaction


@_with_ids.register
def _(interaction: ChoiceInteraction, name: Namer) -> ChoiceInteraction:
    if interaction.scoring in _POLLS:
        return interaction
    choices = _mixed(interaction.choices, name, keep=not interaction.shuffle)
    return replace(interaction, choices=choices)


@_with_ids.register
def _(interaction: ClozeInteraction, name: Namer) -> ClozeInteraction:
    def namer(gap: Gap) -> Namer:
        return lambda id_: name(f"{gap.id}/{id_}")

    ids = {gap.id: f"g{number}" for number, gap in enumerate(interaction.gaps, 1)}
    gaps = (replace(_with_ids(gap, namer(gap)), id=ids[gap.id]) for gap in interaction.gaps)
    return replace(
        interaction,
        gaps=tuple(gaps),
        text=_PLACE.sub(lambda place: f"{{{{{ids.get(place[1], place[1])}}}}}", interaction.text),
        weights={ids[id_]: one for id_, one in interaction.weights.items() if id_ in ids},
    )


@_with_ids.register
def _(interaction: MatchInteraction, name: Namer) -> MatchInteraction:
    keep = not interaction.shuffle
    return replace(
        interaction,
        sources=_mixed(interaction.sources, name, keep=keep),
        targets=_mixed(interaction.targets, name, keep=keep),
        pairs=_pairs(interaction.pairs, name),
    )


@_with_ids.register
def _(interaction: ImageDragInteraction, name: Namer) -> ImageDragInteraction:
    return replace(
        interaction,
        labels=_mixed(interaction.labels, name, keep=not interaction.shuffle),
        zones=_mixed(interaction.zones, name),
        pairs=_pairs(interaction.pairs, name),
    )


@_with_ids.register
def _(interaction: OrderInteraction, name: Namer) -> OrderInteraction:
    order = tuple(map(name, interaction.order))
    items = _mixed(interaction.items, name, keep=not interaction.shuffle)
    return replace(interaction, items=items, order=order)


@_with_ids.register
def _(interaction: HotspotInteraction, name: Namer) -> HotspotInteraction:
    return replace(interaction, areas=_mixed(interaction.areas, name))


def _mixed(items: Iterable[T], name: Namer, *, keep: bool = False) -> tuple[T, ...]:
    """Items with new ids, in the order of these; in the author's where that is to be kept."""
    named = [replace(one, id=name(one.id)) for one in items]
    return tuple(named if keep else sorted(named, key=lambda one: one.id))


def _pairs(pairs: Iterable[Pair], name: Namer) -> tuple[Pair, ...]:
    return tuple(replace(one, source=name(one.source), target=name(one.target)) for one in pairs)


def _stripped(question: Question) -> Question:
    interactions = tuple(_shown(one) for one in question.interactions)
    return replace(question, interactions=interactions, feedback="", outcome=None)


@singledispatch
def _shown(interaction: Any) -> Any:
    """The interaction without what tells what is right; there is nothing in a rubric or a scale.

    Its `scoring` says so, for whoever has the questions without the course around them.
    """
    return interaction


@_shown.register
def _(interaction: ChoiceInteraction) -> ChoiceInteraction:
    if interaction.scoring in _POLLS:
        return interaction
    choices = tuple(Choice(one.id, one.text) for one in interaction.choices)
    how = interaction.multiple, interaction.shuffle
    return ChoiceInteraction(interaction.id, choices, *how, scoring=ELSEWHERE)


@_shown.register
def _(interaction: TextInteraction | NumberInteraction | FormulaInteraction) -> Interaction:
    return replace(interaction, answers=(), feedback="", scoring=ELSEWHERE)


@_shown.register
def _(interaction: ClozeInteraction) -> ClozeInteraction:
    gaps = tuple(map(_shown, interaction.gaps))
    return replace(interaction, gaps=gaps, weights={}, scoring=ELSEWHERE)


@_shown.register
def _(asked: MatchInteraction) -> MatchInteraction:
    how = {name: getattr(asked, name) for name in ("per_source", "per_target", "shuffle")}
    return MatchInteraction(asked.id, asked.sources, asked.targets, **how, scoring=ELSEWHERE)


@_shown.register
def _(asked: ImageDragInteraction) -> ImageDragInteraction:
    how = {name: getattr(asked, name) for name in ("per_source", "per_target", "shuffle")}
    zones = tuple(map(_place, asked.zones))
    return ImageDragInteraction(
        *(asked.id, asked.image, asked.width, asked.height, asked.labels, zones),
        description=asked.description,
        scoring=ELSEWHERE,
        **how,
    )


@_shown.register
def _(asked: OrderInteraction) -> OrderInteraction:
    return OrderInteraction(asked.id, asked.items, shuffle=asked.shuffle, scoring=ELSEWHERE)


@_shown.register
def _(asked: HotspotInteraction) -> HotspotInteraction:
    areas = tuple(map(_place, asked.areas)) if asked.visible else ()
    size = asked.width, asked.height
    return HotspotInteraction(
        *(asked.id, asked.image, *size, areas, asked.most, asked.visible, asked.description),
        scoring=ELSEWHERE,
    )


def _place(area: Area) -> Area:
    return Area(area.id, area.shape, area.coords, area.text)
