# SPDX-License-Identifier: Apache-2.0
"""Questions, shaped like QTI 3: an HTML body, typed interactions, a closed set of scoring rules.

`decode_quiz` reads a quiz blob (docs/format.md, "Quizzes"). What can be asked is in
`player.course.interactions`; what this version does not know becomes `Unsupported`, so that the
questions around it still work. Marking is in `player.lesson.grading`.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import Annotated, Any

import msgspec
from msgspec import Meta

from player.course.decode import decode
from player.course.interactions import GAPS, KINDS, SHAPES, Interaction, Name
from player.course.manifest import Id, Share
from player.errors import QT_TRANSLATE_NOOP, Malformed

MOST_PARTS = 600
"""A question of more interactions, choices, items and gaps would make an old PC stand still."""

MOST_ASKED = 1000
"""Questions of one attempt: with 20,000 the page that hands in takes half a minute."""


class Drawn(msgspec.Struct, frozen=True, omit_defaults=True):
    """A number that each learner gets another of: one of `values`, or `low` to `high` by `step`.

    Variables with `values` of the same `set` are drawn together, as the rows of a table.
    """

    name: Name
    low: float = 1.0
    high: float = 10.0
    step: Annotated[float, Meta(gt=0)] = 1.0
    values: tuple[float, ...] = ()
    set: str = ""


class Pool(msgspec.Struct, frozen=True, omit_defaults=True):
    """Of the questions with this `id` each attempt asks `take`, the number that the first says."""

    id: Id
    take: Annotated[int, Meta(ge=1, le=1000)] = 1


class Outcome(msgspec.Struct, frozen=True, omit_defaults=True):
    """HTML for an answer as a whole: right, partly right, or wrong."""

    right: str = ""
    partly: str = ""
    wrong: str = ""


class Question(msgspec.Struct, frozen=True, omit_defaults=True):
    """One item. `body`, `feedback` (shown after any answer) and `hints` are HTML.

    `weight` is its points; `penalty` the share that each wrong try takes off the next. `{a}` in
    its texts is the value of the variable `a`. No interaction makes it a text between questions.
    `required` matters in a questionnaire, where any other question may be skipped.
    """

    id: Id
    title: str
    body: str
    interactions: tuple[Interaction, ...] = ()
    feedback: str = ""
    weight: Annotated[float, Meta(ge=0, le=1000)] = 1.0
    outcome: Outcome | None = None
    hints: tuple[str, ...] = ()
    penalty: Share = 0.0
    variables: tuple[Drawn, ...] = ()
    pool: Pool | None = None
    required: bool = False


class Questions(msgspec.Struct, frozen=True, omit_defaults=True):
    """A quiz blob."""

    format: str
    kind: str
    questions: tuple[Question, ...]


def decode_quiz(data: bytes) -> tuple[Question, ...]:
    """Return the questions of a quiz blob, in order; their ids are unique, and not too many.

    Raises:
        Malformed: with the path of the fault.
        NewerFormat: a major format after ours.
    """
    document = QT_TRANSLATE_NOOP("errors", "The quiz")
    questions = decode(
        data, Questions, document=document, expected="quiz", arrange=set_unknown_kinds_aside
    ).questions
    ids = [question.id for question in questions]
    if len(ids) != len(set(ids)):
        raise Malformed(document=document, reason="a question's id stands twice - at `$.questions`")
    if asked_of(questions) > MOST_ASKED:
        reason = f"it asks more than {MOST_ASKED} questions - at `$.questions`"
        raise Malformed(document=document, reason=reason)
    return questions


def asked_of(questions: Iterable[Question]) -> int:
    """How many questions an attempt asks: of a pool only as many as it takes."""
    pools: dict[str, list[Question]] = {}
    for question in questions:
        if question.interactions:
            pools.setdefault(question.pool.id if question.pool else "", []).append(question)
    alone = len(pools.pop("", ()))
    return alone + sum(
        min(len(pool), pool[0].pool.take) for pool in pools.values() if pool[0].pool is not None
    )


def parts_of(question: Question) -> int:
    """How many interactions, choices, items and gaps `question` is made of."""
    plain = msgspec.to_builtins(question)
    return sum(map(_parts, _dicts(plain, "interactions")))


def set_unknown_kinds_aside(raw: dict[str, Any]) -> None:
    """Turn interactions that have something of a later version into `Unsupported`, in place.

    Those of a question that has more parts than anybody could answer are set aside as well.
    """
    for question in _dicts(raw, "questions"):
        interactions = _dicts(question, "interactions")
        crowded = sum(map(_parts, interactions)) > MOST_PARTS
        for interaction in interactions:
            if crowded or not _is_known(interaction):
                kind, id_ = str(interaction.get("type")), interaction.get("id")
                interaction.clear()
                interaction.update(type="unsupported", kind=kind, id=id_)


def _is_known(interaction: dict[str, Any]) -> bool:
    gaps = _dicts(interaction, "gaps")
    areas = [*_dicts(interaction, "areas"), *_dicts(interaction, "zones")]
    return (
        str(interaction.get("type")) in KINDS
        and all(str(gap.get("type")) in GAPS for gap in gaps)
        and all(str(area.get("shape")) in SHAPES for area in areas)
    )


def _parts(interaction: dict[str, Any]) -> int:
    """How many things it is made of: choices, items, gaps, areas."""
    inner = (_dicts(interaction, name) for name in interaction)
    return 1 + sum(_parts(one) for found in inner for one in found)


def _dicts(raw: dict[str, Any], name: str) -> list[dict[str, Any]]:
    found = raw.get(name)
    listed = found if isinstance(found, list | tuple) else ()
    return [one for one in listed if isinstance(one, dict)]
