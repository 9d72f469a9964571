# SPDX-License-Identifier: Apache-2.0
"""The words the steps of an import pass to each other."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import datetime
    from pathlib import Path

    from lxml.etree import _Element as Element

_LONGEST = 80
_DEVICES = r"con|prn|aux|nul|(com|lpt)[0-9]"  # Windows opens these in place of a file


@dataclass(frozen=True, slots=True)
class LeftOut:
    """Something of the export that the course does not carry, or carries differently."""

    block: str
    """Its type: an Open edX block type, or `picture`, `file`, `hint`."""
    url_name: str
    title: str
    where: str
    """Where it stood, `Week 1 / Lesson 2 / Unit`."""
    reason: str
    """One plain sentence for the teacher."""


@dataclass(frozen=True, slots=True)
class ImportResult:
    """What an import made, in numbers, and everything it could not carry."""

    target: Path
    title: str
    sections: int
    sequences: int
    pages: int
    videos: int
    documents: int
    quizzes: int
    questions: int
    left_out: tuple[LeftOut, ...]


@dataclass(frozen=True, slots=True)
class Block:
    """One block of the export with its children read in, wherever their files lay."""

    kind: str
    name: str
    title: str
    settings: Mapping[str, str]
    element: Element
    children: tuple[Block, ...] = ()


@dataclass(frozen=True, slots=True)
class Activity:
    """One line of a sequence in course.toml, and the text file that goes with it.

    `text` still holds links to blocks by their url_name; `names` are the blocks that lead here.
    """

    id: str
    kind: str
    path: str
    title: str
    names: tuple[str, ...] = ()
    text: str | None = None
    questions: tuple[Question, ...] = ()
    options: Mapping[str, int | datetime] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Sequence:
    """One sitting."""

    id: str
    title: str
    activities: tuple[Activity, ...]


@dataclass(frozen=True, slots=True)
class Section:
    """One chapter. `dates` are lines of course.toml, their values as TOML writes them."""

    id: str
    title: str
    sequences: tuple[Sequence, ...]
    dates: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Answer:
    """One choice, accepted text or accepted number of a question.

    `text` is HTML for a choice, plain for a text, `number:tolerance` or `low..high` for a number;
    `weight` is the share of the points in percent, -100 to 100.
    """

    text: str
    weight: float
    feedback: str = ""


@dataclass(frozen=True, slots=True)
class Question:
    """A question. `kind` is choice, choices, text or number, which GIFT can ask, or another.

    `asked` are its interactions as a TOML file has them, where GIFT has no words for them; `pool`
    is an id, and how many of its questions are drawn.
    """

    kind: str
    title: str
    text: str
    answers: tuple[Answer, ...] = ()
    feedback: str = ""
    hints: tuple[str, ...] = ()
    asked: tuple[Mapping[str, Any], ...] = ()
    pool: tuple[str, int] | None = None

    @property
    def is_gift(self) -> bool:
        """Whether GIFT has words for it."""
        return not (self.hints or self.asked or self.pool)


def slug(text: str) -> str:
    """An id and file name out of any text: lower-case letters, digits, single hyphens."""
    ascii_text = unicodedata.normalize("NFKD", text).encode("ascii", "ignore").decode()
    name = re.sub(r"[^a-z0-9]+", "-", ascii_text.lower())[:_LONGEST].strip("-") or "x"
    return "x-" + name if re.fullmatch(_DEVICES, name) else name
