# SPDX-License-Identifier: Apache-2.0
"""Answers to any question, read off its key: right, partly right, or wrong.

A few are tried for each interaction, and `player.lesson.grading` says what they are.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from functools import singledispatch
from itertools import pairwise

from player.course.interactions import (
    Area,
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
from player.lesson.answers import Answer
from player.lesson.grading import Given, grade

RIGHT, PARTLY, WRONG = "right", "partly", "wrong"
PHOTO = "atelier.png"  # a picture of the examples
STORY = (
    "On Monday I wrote ten cards with three friends, and we promised six of them for Friday. On"
    " Friday six were done, but not the same six: two cards had no name on them, and nobody took"
    " them. We looked for the reason together. We had been in a hurry, and each of us had thought"
    " that somebody else would take them. Next week there is one change only: no card goes"
    " onto the board without a name and a day. On Friday we shall count the cards without one."
)


def answers(question: Question) -> dict[str, Given]:
    """What can be given to `question`, by what it is worth; what cannot be marked is right."""
    found: dict[str, Given] = {}
    # Where every choice is right, all that are wrong are none, and nobody can hand that in
    first = [[given for given in candidates(one) if given] for one in question.interactions]
    for number in range(max(map(len, first), default=0)):
        given = {
            one.id: made[min(number, len(made) - 1)]
            for one, made in zip(question.interactions, first, strict=True)
            if made
        }
        score = grade(question, given).score
        worth = RIGHT if score in (None, 1) else PARTLY if score else WRONG
        found.setdefault(worth, given)
    return found


@singledispatch
def candidates(interaction: Interaction) -> Iterator[Answer]:
    """Yield answers to `interaction`, the right one first."""
    del interaction
    yield from ()


@candidates.register
def _(asked: ChoiceInteraction) -> Iterator[Answer]:
    best = sorted(asked.choices, key=lambda one: -one.fraction)
    if not asked.multiple:
        yield from (one.id for one in best)
        return
    good = [one.id for one in best if one.fraction > 0] or [best[0].id]
    bad = [one.id for one in best if one.fraction <= 0]
    yield from (good, good[:1], [*good[1:], *bad[:1]], [*good, *bad[:1]], bad)


@candidates.register
def _(asked: TextInteraction) -> Iterator[Answer]:
    best = sorted(asked.answers, key=lambda one: -one.fraction)
    yield from (one.text.replace("*", "it") for one in best)
    yield "?!"


@candidates.register
def _(asked: NumberInteraction) -> Iterator[Answer]:
    best = sorted(asked.answers, key=lambda one: -one.fraction)
    yield from (f"{(one.low + one.high) / 2:.10g}" for one in best)
    yield f"{max((one.high for one in best), default=0) + 1000:.10g}"


@candidates.register
def _(asked: FormulaInteraction) -> Iterator[Answer]:
    yield from (one.value for one in sorted(asked.answers, key=lambda one: -one.fraction))
    yield "1"


@candidates.register
def _(asked: ClozeInteraction) -> Iterator[Answer]:
    every = [(gap.id, list(candidates(gap))) for gap in asked.gaps]
    right = [f"{id_} {_said(made[0])}" for id_, made in every]
    wrong = [f"{id_} {_said(made[-1])}" for id_, made in every]
    yield from (right, [*right[:1], *wrong[1:]], wrong)


@candidates.register(MatchInteraction)
@candidates.register(ImageDragInteraction)
def _(asked: MatchInteraction | ImageDragInteraction) -> Iterator[Answer]:
    good = {one.source: one.target for one in asked.pairs if one.points > 0}
    moved = dict(zip(good, [*list(good.values())[1:], *list(good.values())[:1]], strict=True))
    yield [f"{one} {target}" for one, target in good.items()]
    yield [f"{one} {(good if n < 2 else moved)[one]}" for n, one in enumerate(good)]
    yield [f"{one} {target}" for one, target in moved.items()]


@candidates.register
def _(asked: OrderInteraction) -> Iterator[Answer]:
    order = list(asked.order)
    yield from (order, [*order[1:], order[0]], order[::-1])


@candidates.register
def _(asked: HotspotInteraction) -> Iterator[Answer]:
    good = [one for one in asked.areas if one.points > 0]
    bad = [one for one in asked.areas if one.points <= 0]
    if asked.visible:
        yield from ([one.id for one in good], [one.id for one in bad[:1]])
    else:
        places = [_middle(one) for one in good]
        yield from (places, places[:1], [f"{asked.width - 4} {asked.height - 4}"])


@candidates.register
def _(asked: FreeTextInteraction) -> Iterator[Answer]:
    if asked.scoring != "self":
        yield STORY
        return
    levels = [sorted(one.levels, key=lambda level: -level.points) for one in asked.rubric]
    for pick in (0, 1, -1):
        yield [
            STORY,
            *(
                f"{criterion.id} {ranked[min(pick, len(ranked) - 1)].id}"
                for criterion, ranked in zip(asked.rubric, levels, strict=True)
            ),
        ]


@candidates.register
def _(asked: UploadInteraction) -> Iterator[Answer]:
    del asked
    yield [PHOTO]


@candidates.register
def _(asked: SurveyInteraction) -> Iterator[Answer]:
    yield [f"{one.id} {asked.scale[-1 - n % 2].id}" for n, one in enumerate(asked.items)]


def _said(answer: Answer) -> str:
    return answer if isinstance(answer, str) else " ".join(answer)


def _middle(area: Area) -> str:
    """A place inside of an area, as an answer has it."""
    at: Sequence[float] = area.coords
    if area.shape in ("circle", "ellipse"):
        return f"{at[0]:g} {at[1]:g}"
    across, down = at[::2], at[1::2]
    if area.shape == "rect":
        return f"{sum(across) / 2:g} {sum(down) / 2:g}"
    first, second = next(pairwise(zip(across, down, strict=False)))
    return f"{(first[0] + second[0]) / 2:g} {(first[1] + second[1]) / 2:g}"
