# SPDX-License-Identifier: Apache-2.0
"""What stands between the braces of a GIFT question."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from decimal import Decimal
from itertools import pairwise
from typing import Literal

from player.publish.faults import Findings, Place
from player.publish.gift_text import Mistake, Piece, Text, read_text

AnswerKind = Literal["essay", "truefalse", "choice", "short", "number", "matching"]


@dataclass(frozen=True, slots=True)
class Range:
    """Accepted numbers, both ends included."""

    low: float
    high: float


@dataclass(frozen=True, slots=True)
class Answer:
    """One answer: `right` where it begins with `=`; `weight` in per cent, None where not given.

    `number` is for numbers alone, None there for “anything else”; `match` is what belongs to
    the text in a matching question.
    """

    line: int
    right: bool
    weight: float | None
    text: Text
    feedback: Text | None = None
    number: Range | None = None
    match: str = ""


_WEIGHT = re.compile(r"\s*%(-?\d{1,3}(?:\.\d*)?)%")
_WEIGHT_LIKE = re.compile(r"\s*%-?\d[\d.,]*\s*%?")
_TRUE_FALSE = re.compile(r"(TRUE|FALSE|T|F)\s*(?:#(.*))?\Z", re.DOTALL)
_NUMBER = r"([+-]?(?:\d+(?:\.\d*)?|\.\d+)(?:[eE][+-]?\d{1,2})?)"
_RANGE = re.compile(rf"{_NUMBER}\s*(?::\s*{_NUMBER}|\.\.\s*{_NUMBER})?\Z")


def read_answers(
    body: Piece, format_: str, file: str, findings: Findings
) -> tuple[AnswerKind, tuple[Answer, ...]]:
    """Return what kind of question the answers make, and the answers.

    Args:
        body: what stands between the braces, general feedback apart.
        format_: of the question's text, which texts without their own share.
        file: for the warnings.
        findings: takes the warnings.

    Raises:
        Mistake: the answers cannot be read.
    """
    if not body.text.strip():
        return "essay", ()
    if body.text.startswith("#"):
        return "number", tuple(_numbers(body.part(1), format_))
    match = _TRUE_FALSE.match(body.text.strip())
    if match:
        return "truefalse", _true_false(match, body.line, format_)
    if body.text[0] not in "=~":
        if re.search("[=~]", body.text):
            do = "Begin each answer with = or ~; write \\= or \\~ where you mean the sign itself."
            raise Mistake(body.line, "There is text before the first answer.", do)
        body = Piece(f"={body.text}", body.line)  # one right answer needs no sign
    chunks = list(_chunks(body))
    _warn_of_signs(chunks, file, findings)
    if any(chunk.text[0] == "~" for chunk in chunks):
        return "choice", tuple(_answer(chunk, format_) for chunk in chunks)
    if all("->" in chunk.text for chunk in chunks):
        return "matching", tuple(_pair(chunk, format_) for chunk in chunks)
    return "short", tuple(_answer(chunk, format_) for chunk in chunks)


def _chunks(piece: Piece) -> Iterator[Piece]:
    """The answers with their signs."""
    starts = [match.start() for match in re.finditer("[=~]", piece.text)]
    for start, end in zip(starts, [*starts[1:], None], strict=True):
        yield piece.part(start, end)


def _warn_of_signs(chunks: list[Piece], file: str, findings: Findings) -> None:
    for chunk, following in pairwise(chunks):
        if following.text[0] == "=" and not chunk.text[-1].isspace():
            what = "The = in the middle of a text begins a new answer."
            do = "Write \\= where you mean the sign itself."
            findings.warn(Place(file, following.line), what, do)


def _answer(chunk: Piece, format_: str) -> Answer:
    weight, rest = _weight(chunk.part(1))
    words, comment = rest.split("#")
    feedback = read_text(comment, format_) if comment else None
    text = read_text(words, format_)
    return Answer(
        *(chunk.line, chunk.text[0] == "=", weight, text),
        feedback=feedback if feedback and feedback.text else None,
    )


def _weight(piece: Piece) -> tuple[float | None, Piece]:
    match = _WEIGHT.match(piece.text)
    if match and -100 <= float(match[1]) <= 100:
        return float(match[1]), piece.part(match.end())
    if _WEIGHT_LIKE.match(piece.text) and "%" in piece.text.lstrip()[1:]:
        do = "Write it between -100 and 100 with a point: %50% or %33.33333%."
        raise Mistake(piece.begun().line, "This weight cannot be read.", do)
    return None, piece


def _pair(chunk: Piece, format_: str) -> Answer:
    left, right = chunk.part(1).split("->")
    match = read_text(right, "plain").text if right else ""
    return Answer(chunk.line, True, None, read_text(left, format_), match=match)


def _true_false(match: re.Match[str], line: int, format_: str) -> tuple[Answer, ...]:
    """Two answers. Of two feedbacks the first is for the wrong answer (Moodle)."""
    is_true = match[1] in ("T", "TRUE")
    wrong, _, right = (match[2] or "").partition("#")
    texts = [read_text(Piece(one, line), format_) for one in (wrong, right)]
    for_wrong, for_right = (text if text.text else None for text in texts)
    return tuple(
        Answer(
            *(line, value == is_true, None, Text("moodle", "TRUE" if value else "FALSE")),
            feedback=for_right if value == is_true else for_wrong,
        )
        for value in (True, False)
    )


def _numbers(piece: Piece, format_: str) -> Iterator[Answer]:
    piece = piece.begun()
    if not piece.text.startswith(("=", "~")):
        piece = Piece(f"={piece.text}", piece.line)
    for chunk in _chunks(piece):
        answer = _answer(chunk, format_)
        written = answer.text.text
        if written in ("", "*"):
            yield replace(answer, text=Text(format_, "*"))
        else:
            yield replace(answer, number=_range(written, answer.line))


def _range(written: str, line: int) -> Range:
    """`5`, `5:0.1` or `4..6`. Decimal, so that 3.1415:0.0005 begins at 3.141 exactly."""
    match = _RANGE.match(written)
    if match is None:
        do = "Write 3.14 with a point, 3.14:0.01 for a tolerance, or 3..4 for a range."
        raise Mistake(line, f"“{written}” is not a number.", do)
    number = Decimal(match[1])
    spread = Decimal(match[2] or 0)
    low, high = (number, Decimal(match[3])) if match[3] else (number - spread, number + spread)
    if low > high:
        what = f"“{written}” goes from the greater to the smaller number."
        raise Mistake(line, what, "Turn it round.")
    return Range(float(low), float(high))
