# SPDX-License-Identifier: Apache-2.0
"""Reading what a learner typed or chose: white space, accents, commas, wildcards.

Both the learner's text and the course's patterns are untrusted: nothing here takes more than a few
passes over its input, which is why wildcards are not made into regular expressions.
"""

from __future__ import annotations

import math
import re
import unicodedata

from player.course.quiz import ChoiceInteraction

_STAR = re.compile(r"(?<!\\)\*")
_NUMBER = re.compile(
    r"""[+-]?
        (?: \d{1,3}(?:[ ]\d{3})+ | \d+ )?   # thousands apart by a space, as in French, or not
        (?: [.,] \d* )?                     # decimals after a point or a comma
        (?: [eE] [+-]? \d{1,4} )?""",
    re.VERBOSE,
)
_SIGNS = str.maketrans({"\N{MINUS SIGN}": "-", "\N{EN DASH}": "-"})


def typed_of(answer: str | list[str] | None) -> str:
    """Return a typed answer with its white space cut at the ends and folded inside, in NFC."""
    text = " ".join(answer) if isinstance(answer, list) else answer or ""
    return " ".join(unicodedata.normalize("NFC", text).split())


def chosen_of(interaction: ChoiceInteraction, answer: str | list[str]) -> tuple[str, ...]:
    """Return the ids chosen, in the course's order; at most one where one is asked for."""
    given = [answer] if isinstance(answer, str) else answer
    chosen = [one.id for one in interaction.choices if one.id in given]
    return tuple(dict.fromkeys(chosen if interaction.multiple else chosen[:1]))


def fits(pattern: str, typed: str, *, case: bool) -> bool:
    """Whether `typed` is what `pattern` asks for (docs/format.md, `text`).

    `*` stands for any run of characters, `\\*` for a star; without `case`, upper and lower case
    are the same.
    """
    pieces = [
        _folded(piece.replace(r"\*", "*"), case=case) for piece in _STAR.split(typed_of(pattern))
    ]
    text = _folded(typed_of(typed), case=case)
    first, *middle = pieces
    if not middle:
        return text == first
    last = middle.pop()
    if len(text) < len(first) + len(last) or not text.startswith(first) or not text.endswith(last):
        return False
    at, end = len(first), len(text) - len(last)
    for piece in middle:  # the leftmost place for each leaves most room for the next
        found = text.find(piece, at, end)
        if found < 0:
            return False
        at = found + len(piece)
    return True


def number_of(typed: str, unit: str = "") -> float | None:
    """Return the number that was typed, or None where it is none.

    A comma is a decimal comma; a space of any width may stand between groups of three digits;
    `1e3` is a thousand; the unit may be typed along. `1,234.5` is refused: it could be a slip.
    """
    text = typed_of(typed).translate(_SIGNS)
    if unit:
        text = text.removesuffix(typed_of(unit)).rstrip()
    if not _NUMBER.fullmatch(text) or not re.search(r"^[+-]?[.,]?\d", text):
        return None
    number = float(text.replace(" ", "").replace(",", "."))
    return number if math.isfinite(number) else None


def _folded(text: str, *, case: bool) -> str:
    return text if case else unicodedata.normalize("NFC", text.casefold())
