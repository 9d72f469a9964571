# SPDX-License-Identifier: Apache-2.0
"""What chance decides in an attempt: orders, questions of a pool, numbers. Pure.

Everything follows from a seed, the attempt's id, by SHA-256: two learners get different ones, the
same attempt gets the same after every restart and on every computer.
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import Any, Protocol, TypeVar

import msgspec

from player.course.expressions import CONSTANTS, value_of
from player.course.interactions import (
    ChoiceInteraction,
    ImageDragInteraction,
    MatchInteraction,
    OrderInteraction,
)
from player.course.quiz import Drawn, Question

_MOST_STEPS = 2**48  # as many as there are lots; a course may ask for any number
_BLANK = re.compile(r"(?<!\{)\{(=?)([^{}]{1,200})\}(?!\})")
_NAME = re.compile(r"[A-Za-z]\w*")


class _Named(Protocol):
    @property
    def id(self) -> str: ...


T = TypeVar("T", bound=_Named)
Mixed = ChoiceInteraction | MatchInteraction | OrderInteraction | ImageDragInteraction
"""What can be shown in another order to each learner."""


def shuffled(questions: Sequence[Question], attempt: str) -> tuple[Question, ...]:
    """Return questions in an order of the attempt's own.

    Texts between questions keep their places: they lead to what comes next.
    """
    asking = (question for question in questions if question.interactions)
    drawn_ = iter(sorted(asking, key=lambda question: lot(attempt, question.id)))
    return tuple(next(drawn_) if question.interactions else question for question in questions)


def lot(seed: str, name: str) -> float:
    """Return a number from 0 to 1, 1 excluded, drawn for `name`."""
    return int.from_bytes(hashlib.sha256(f"{seed}/{name}".encode()).digest()[:6]) / 2**48


def drawn(questions: Sequence[Question], seed: str) -> tuple[Question, ...]:
    """Return what is asked, in the same order: pools drawn from, variables filled in."""
    return tuple(filled(one, seed) for one in _from_pools(questions, seed))


def laid_out(
    seed: str, question: Question, interaction: Mixed, items: Iterable[T]
) -> tuple[T, ...]:
    """Return what `interaction` shows, its choices or the like, in an order for each `seed`.

    They keep the course's order where it says so.
    """
    if not interaction.shuffle:
        return tuple(items)
    place = f"{question.id}/{interaction.id}"
    return tuple(sorted(items, key=lambda one: lot(seed, f"{place}/{one.id}")))


def filled(question: Question, seed: str) -> Question:
    """Return `question` with values for its variables, and with none left to draw.

    In texts `{a}` is the value of `a` and `{=a*2}` that of an expression; in the expressions that
    are right answers the names themselves become numbers.
    """
    if not question.variables:
        return question
    values = values_of(question.variables, f"{seed}/{question.id}")
    plain = msgspec.to_builtins(question)
    plain.pop("variables")
    return msgspec.convert(_replaced(plain, values), Question)


def values_of(variables: Sequence[Drawn], seed: str) -> dict[str, float]:
    """Draw a value for each variable, by name."""
    values = {}
    for one in variables:
        chance = lot(seed, f"set {one.set}" if one.set else one.name)
        if one.values:
            values[one.name] = one.values[int(chance * len(one.values))]
        else:
            steps = min(max((one.high - one.low) / one.step + 1e-9, 0), _MOST_STEPS)
            values[one.name] = round(one.low + int(chance * (int(steps) + 1)) * one.step, 12)
    return values


def _from_pools(questions: Sequence[Question], seed: str) -> list[Question]:
    taken: set[str] = set()
    pools: dict[str, tuple[int, list[Question]]] = {}
    for one in questions:
        if one.pool:
            pools.setdefault(one.pool.id, (one.pool.take, []))[1].append(one)
    for take, pool in pools.values():
        mixed = sorted(pool, key=lambda one: lot(seed, f"pool/{one.id}"))
        taken |= {one.id for one in mixed[:take]}
    return [one for one in questions if one.pool is None or one.id in taken]


def _replaced(plain: Any, values: Mapping[str, float], key: str = "") -> Any:
    """Fill in every text of a question as plain data; `key` is the field that it is in."""
    if isinstance(plain, dict):
        return {name: _replaced(one, values, name) for name, one in plain.items()}
    if isinstance(plain, list | tuple):
        return [_replaced(one, values, key) for one in plain]
    if isinstance(plain, str) and key == "value":
        return _NAME.sub(_number(values), plain)
    return _BLANK.sub(_text(values), plain) if isinstance(plain, str) else plain


def _number(values: Mapping[str, float]) -> Callable[[re.Match[str]], str]:
    return lambda name: f"({values[name[0]]!r})" if name[0] in values else name[0]


def _text(values: Mapping[str, float]) -> Callable[[re.Match[str]], str]:
    """`{a}` or `{=a*2}`; what cannot be worked out stays as the course wrote it."""

    def text(blank: re.Match[str]) -> str:
        names = {**CONSTANTS, **values}
        known = blank[1] or blank[2] in values
        value = value_of(blank[2], names) if known else None
        return blank[0] if value is None else f"{value:.12g}"

    return text
