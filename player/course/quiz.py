# SPDX-License-Identifier: Apache-2.0
"""Questions, shaped like QTI 3: an HTML body, typed interactions, a closed set of scoring rules.

`decode_quiz` reads a quiz blob (docs/format.md, "Quizzes"). The model takes the other interactions
and rules of `research/formats.md` §4.2 by adding members to two unions; an interaction this
version does not know becomes `Unsupported`, so that the questions around it still work. Grading
is in `player.lesson.grading`.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Annotated, Any

import msgspec
from msgspec import Meta

from player.course.decode import decode
from player.course.manifest import Id
from player.errors import Malformed

Fraction = Annotated[float, Meta(ge=-1, le=1)]


class Choice(msgspec.Struct, frozen=True, omit_defaults=True):
    """One answer to choose. `text` and `feedback` are HTML; `fraction` of the points it brings."""

    id: Id
    text: str
    fraction: Fraction = 0.0
    feedback: str = ""


class TextAnswer(msgspec.Struct, frozen=True, omit_defaults=True):
    """An accepted text. `*` stands for any run of characters; `case` says that case counts."""

    text: str
    fraction: Fraction = 1.0
    feedback: str = ""
    case: bool = False


class NumberAnswer(msgspec.Struct, frozen=True, omit_defaults=True):
    """An accepted range, both ends included (`low` ≤ x ≤ `high`)."""

    low: float
    high: float
    fraction: Fraction = 1.0
    feedback: str = ""


class ChoiceInteraction(
    msgspec.Struct, frozen=True, omit_defaults=True, tag_field="type", tag="choice"
):
    """Pick one (`multiple` false) or several.

    `scoring`: `map` adds up the fractions of what was chosen; `exact` is all or nothing, right
    being exactly the choices with a positive fraction; `edc` is the share of right decisions,
    `halves` a half for one error and a quarter for two (Open edX's partial credit).
    """

    id: Id
    choices: Annotated[tuple[Choice, ...], Meta(min_length=1)]
    multiple: bool = False
    shuffle: bool = True
    scoring: str = "map"


class TextInteraction(
    msgspec.Struct, frozen=True, omit_defaults=True, tag_field="type", tag="text"
):
    """A short text: the first answer that fits counts."""

    id: Id
    answers: tuple[TextAnswer, ...]
    feedback: str = ""


class NumberInteraction(
    msgspec.Struct, frozen=True, omit_defaults=True, tag_field="type", tag="number"
):
    """A number: the best answer whose range holds it counts."""

    id: Id
    answers: tuple[NumberAnswer, ...]
    feedback: str = ""
    unit: str = ""


class Unsupported(
    msgspec.Struct, frozen=True, omit_defaults=True, tag_field="type", tag="unsupported"
):
    """An interaction of a later minor version."""

    id: Id
    kind: str


Interaction = ChoiceInteraction | TextInteraction | NumberInteraction | Unsupported
_KINDS = {"choice", "text", "number"}


class Question(msgspec.Struct, frozen=True, omit_defaults=True):
    """One item. `body` and `feedback` (shown after an answer) are HTML; `weight` its points.

    No interaction makes it a text to read between questions.
    """

    id: Id
    title: str
    body: str
    interactions: tuple[Interaction, ...] = ()
    feedback: str = ""
    weight: Annotated[float, Meta(ge=0, le=1000)] = 1.0


class Questions(msgspec.Struct, frozen=True, omit_defaults=True):
    """A quiz blob."""

    format: str
    kind: str
    questions: tuple[Question, ...]


def decode_quiz(data: bytes) -> tuple[Question, ...]:
    """Return the questions of a quiz blob, in order; their ids are unique.

    Raises:
        Malformed: with the path of the fault.
        NewerFormat: a major format after ours.
    """
    document = "The quiz"
    questions = decode(
        data, Questions, document=document, expected="quiz", arrange=_set_unknown_kinds_aside
    ).questions
    ids = [question.id for question in questions]
    if len(ids) != len(set(ids)):
        raise Malformed(document=document, reason="a question's id stands twice - at `$.questions`")
    return questions


def _set_unknown_kinds_aside(raw: dict[str, Any]) -> None:
    """Turn interactions of kinds we do not know into `Unsupported`, in place."""
    for interaction in _interactions(raw):
        if str(interaction.get("type")) not in _KINDS:
            kind, id_ = str(interaction.get("type")), interaction.get("id")
            interaction.clear()
            interaction.update(type="unsupported", kind=kind, id=id_)


def _interactions(raw: dict[str, Any]) -> Iterator[dict[str, object]]:
    questions = raw.get("questions")
    for question in questions if isinstance(questions, list) else []:
        found = question.get("interactions") if isinstance(question, dict) else None
        listed = found if isinstance(found, list) else []
        yield from (one for one in listed if isinstance(one, dict))
