# SPDX-License-Identifier: Apache-2.0
"""An answer as xAPI says it (xAPI 1.0.3, "Interaction Activities"). Pure."""

from __future__ import annotations

from collections.abc import Iterable
from contextlib import suppress
from functools import singledispatch

import msgspec

from player.course.fragment import words
from player.course.interactions import (
    Area,
    Choice,
    ChoiceInteraction,
    ClozeInteraction,
    FormulaInteraction,
    FreeTextInteraction,
    Gap,
    HotspotInteraction,
    ImageDragInteraction,
    Interaction,
    Item,
    MatchInteraction,
    NumberInteraction,
    OrderInteraction,
    SurveyInteraction,
    TextInteraction,
    UploadInteraction,
)
from player.course.quiz import Question
from player.lesson.answers import (
    Answer,
    chosen_of,
    essay_of,
    gaps_of,
    listed,
    number_of,
    pairs_of,
    places_of,
    ratings_of,
    sequence_of,
    typed_of,
)
from player.lesson.grading import Given
from player.store import handed

Said = tuple[str, str, dict[str, str]]

_JSON = '["'


def response(question: Question, given: Given) -> Said:
    """Return `given` as xAPI has it: the interaction's type, the response, the choices' texts.

    `[,]` parts what was given several times, `[.]` the two sides of a pair. Several interactions
    in one question are `other`, as JSON by interaction id. The response is empty where the answer
    is. docs/questions.md lists the type of each interaction.
    """
    if len(question.interactions) != 1:
        return "other", msgspec.json.encode(dict(given)).decode() if given else "", {}
    interaction = question.interactions[0]
    return _said(interaction, given.get(interaction.id, ""))


def given_of(question: Question, said: str) -> Given:
    """What was given, from what `response` says of it: an act from another PC has that alone.

    A learner's own marks of a long text are not among it.
    """
    if not said:
        return {}
    if len(question.interactions) == 1:
        interaction = question.interactions[0]
        return {interaction.id: _given(interaction, said)}
    try:
        return msgspec.json.decode(said, type=dict[str, str | list[str]])
    except msgspec.MsgspecError:
        return {}


def _given(interaction: Interaction, said: str) -> Answer:
    parts = said.split("[,]")
    given: Answer = said
    match interaction:
        case ChoiceInteraction() | OrderInteraction() | UploadInteraction():
            given = parts
        case SurveyInteraction(items=(item,)):
            given = [f"{item.id} {said}"]
        case MatchInteraction() | ImageDragInteraction() | SurveyInteraction():
            given = [one.replace("[.]", " ") for one in parts]
        case HotspotInteraction():
            given = [one.strip("()").replace(",", " ") for one in parts]
        case ClozeInteraction() if said.startswith(_JSON):
            with suppress(msgspec.MsgspecError):
                given = msgspec.json.decode(said, type=list[str])
        case ClozeInteraction(gaps=gaps):
            filled = zip(gaps, parts, strict=False)
            given = [f"{gap.id} {one}" for gap, text in filled for one in _entries(gap, text)]
        case _:
            pass
    return given


def _entries(gap: Gap, text: str) -> list[str]:
    """What stands in a gap: several ids where several may be chosen."""
    return text.split() if isinstance(gap, ChoiceInteraction) else [text] if text else []


@singledispatch
def _said(interaction: object, answer: Answer) -> Said:
    del interaction
    return "other", typed_of(answer), {}


@_said.register
def _(interaction: ChoiceInteraction, answer: Answer) -> Said:
    return "choice", _listed(chosen_of(interaction, answer)), _texts(interaction.choices)


@_said.register
def _(_: TextInteraction | FormulaInteraction, answer: Answer) -> Said:
    return "fill-in", typed_of(answer), {}


@_said.register
def _(interaction: NumberInteraction, answer: Answer) -> Said:
    text, fractions = typed_of(answer), interaction.fractions
    number = number_of(text, interaction.unit, fractions=fractions)
    return "numeric", text if number is None else _exact(number), {}


@_said.register
def _(interaction: ClozeInteraction, answer: Answer) -> Said:
    gaps = gaps_of(interaction, answer)
    texts = [typed_of(gap) for gap in gaps.values()]
    said = _listed(texts)
    if said.startswith(_JSON) or any("[,]" in text for text in texts):  # it would come apart
        named = [f"{id_} {one}" for id_, entries in gaps.items() for one in entries]
        said = msgspec.json.encode(named).decode()
    return "fill-in", said if any(texts) else "", {}


@_said.register
def _(interaction: MatchInteraction | ImageDragInteraction, answer: Answer) -> Said:
    return "matching", _listed(map("[.]".join, pairs_of(interaction, answer))), {}


@_said.register
def _(interaction: OrderInteraction, answer: Answer) -> Said:
    return "sequencing", _listed(sequence_of(interaction, answer)), _texts(interaction.items)


@_said.register
def _(interaction: HotspotInteraction, answer: Answer) -> Said:
    return "other", _listed(map(_place, places_of(interaction, answer))), {}


@_said.register
def _(_: FreeTextInteraction, answer: Answer) -> Said:
    return "long-fill-in", essay_of(answer)[0].strip(), {}


@_said.register
def _(_: UploadInteraction, answer: Answer) -> Said:
    files = ((handed.file_of(one), one) for one in listed(answer))
    return "other", _listed(file.name if file else line for file, line in files), {}


@_said.register
def _(interaction: SurveyInteraction, answer: Answer) -> Said:
    rated = ratings_of(interaction, answer)
    if len(interaction.items) == 1:
        return "likert", _listed(rated.values()), {}
    return "other", _listed(map("[.]".join, rated.items())), {}


def _listed(parts: Iterable[str]) -> str:
    return "[,]".join(parts)


def _place(place: str | tuple[float, float]) -> str:
    return place if isinstance(place, str) else f"({_exact(place[0])},{_exact(place[1])})"


def _exact(number: float) -> str:
    """As short as it can be for the same number to come back: whoever marks it reads this."""
    short = f"{number:.15g}"
    return short if float(short) == number else repr(number)


def _texts(items: Iterable[Choice | Item | Area]) -> dict[str, str]:
    return {one.id: words(one.text) or one.id for one in items}
