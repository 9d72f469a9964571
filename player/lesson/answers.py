# SPDX-License-Identifier: Apache-2.0
"""Reading what a learner typed or chose: white space, accents, commas, wildcards.

Both the learner's text and the course's patterns are untrusted: nothing here takes more than a few
passes over its input, which is why wildcards are not made into regular expressions.
"""

from __future__ import annotations

import math
import re
import unicodedata
from collections import Counter
from collections.abc import Iterable, Mapping

from player.course.interactions import (
    Area,
    ChoiceInteraction,
    ClozeInteraction,
    HotspotInteraction,
    Item,
    MatchInteraction,
    OrderInteraction,
    Placing,
    SurveyInteraction,
)

Answer = str | list[str]
Point = tuple[float, float]

_STAR = re.compile(r"(?<!\\)\*")
_NUMBER = re.compile(
    r"""[+-]?
        (?: \d{1,3}(?:[ ]\d{3})+ | \d+ )?   # thousands apart by a space, as in French, or not
        (?: [.,] \d* )?                     # decimals after a point or a comma
        (?: [eE] [+-]? \d{1,4} )?""",
    re.VERBOSE,
)
_POWER = re.compile(r"\s?[x*·×⋅]\s?10\s?(?:\^\s?([+-]?\d{1,4})|([⁺⁻]?[⁰¹²³⁴⁵⁶⁷⁸⁹]{1,4}))\Z")
_SIGNS = str.maketrans(
    {"\N{MINUS SIGN}": "-", "\N{EN DASH}": "-", "\N{FRACTION SLASH}": "/", "\N{APOSTROPHE}": " "}
    | {"\N{ARABIC DECIMAL SEPARATOR}": ".", "\N{ARABIC THOUSANDS SEPARATOR}": " "}
    | {"\N{RIGHT SINGLE QUOTATION MARK}": " ", "\N{ARABIC LETTER MARK}": None}
    | {"\N{LEFT-TO-RIGHT MARK}": None, "\N{RIGHT-TO-LEFT MARK}": None}
)
_RAISED = str.maketrans("⁺⁻⁰¹²³⁴⁵⁶⁷⁸⁹", "+-0123456789")


def typed_of(answer: Answer | None) -> str:
    """Return a typed answer with its white space cut at the ends and folded inside, in NFC."""
    text = " ".join(answer) if isinstance(answer, list) else answer or ""
    return " ".join(unicodedata.normalize("NFC", text).split())


def chosen_of(interaction: ChoiceInteraction, answer: Answer) -> tuple[str, ...]:
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


def number_of(typed: str, unit: str = "", *, fractions: bool = False) -> float | None:
    """Return the number that was typed, or None where it is none.

    A comma is a decimal comma; a blank of any width, or an apostrophe, may stand between groups of
    three digits; digits may be of any script; `1e3` and `1 × 10^3` are a thousand; the unit may be
    typed along. `1,234.5` is refused: it could be a slip. `fractions` allows `3/4` and `1 3/4`.
    """
    text = typed_of(typed).translate(_SIGNS).strip()
    if unit:
        text = text.removesuffix(typed_of(unit)).rstrip()
    if fractions and "/" in text:
        return _fraction(text)
    text = _POWER.sub(lambda found: "e" + (found[1] or found[2].translate(_RAISED)), text)
    if not _NUMBER.fullmatch(text) or not re.search(r"^[+-]?[.,]?\d", text):
        return None
    number = float(text.replace(" ", "").replace(",", "."))
    return number if math.isfinite(number) else None


def pairs_of(interaction: Placing, answer: Answer) -> tuple[tuple[str, str], ...]:
    """Return the pairs made, by the course's order of both sides and no more than may be made.

    In an answer a pair is `source target`, as in QTI.
    """
    if isinstance(interaction, MatchInteraction):
        sources, targets = _ids(interaction.sources), _ids(interaction.targets)
    else:
        sources, targets = _ids(interaction.labels), _ids(interaction.zones)
    place, row = ({id_: n for n, id_ in enumerate(ids)} for ids in (sources, targets))
    made = {
        (source, target) for source, _, target in (one.partition(" ") for one in listed(answer))
    }
    known = [pair for pair in made if pair[0] in place and pair[1] in row]
    taken: Counter[str] = Counter()
    pairs = []
    for source, target in sorted(known, key=lambda pair: (place[pair[0]], row[pair[1]])):
        if _room(taken[f"s {source}"], interaction.per_source) and _room(
            taken[f"t {target}"], interaction.per_target
        ):
            pairs.append((source, target))
            taken.update((f"s {source}", f"t {target}"))
    return tuple(pairs)


def sequence_of(interaction: OrderInteraction, answer: Answer) -> tuple[str, ...]:
    """Return the ids in the order in which they were put, each once."""
    known = set(_ids(interaction.items))
    return tuple(dict.fromkeys(one for one in listed(answer) if one in known))


def places_of(interaction: HotspotInteraction, answer: Answer) -> tuple[str | Point, ...]:
    """Return what was pointed at: ids of areas, or points within the picture; each once.

    In an answer a point is `x y` in the picture's pixels, as in QTI.
    """
    ids = set(_ids(interaction.areas))
    found = [one if one in ids else _point(one, interaction) for one in listed(answer)]
    return tuple(dict.fromkeys(one for one in found if one is not None))[: interaction.most]


def gaps_of(interaction: ClozeInteraction, answer: Answer) -> dict[str, list[str]]:
    """Return what stands in each gap. In an answer one gap is `id text`."""
    given: dict[str, list[str]] = {gap.id: [] for gap in interaction.gaps}
    for one in listed(answer):
        id_, _, text = one.partition(" ")
        if id_ in given and text.strip():
            given[id_].append(text)
    return given


def ratings_of(interaction: SurveyInteraction, answer: Answer) -> dict[str, str]:
    """Return the place on the scale by item, in the course's order. An answer is `item place`."""
    said = dict(one.split(" ", 1) for one in listed(answer) if " " in one)
    scale = set(_ids(interaction.scale))
    return {one.id: said[one.id] for one in interaction.items if said.get(one.id) in scale}


def essay_of(answer: Answer) -> tuple[str, dict[str, str]]:
    """Return a long text as it was typed, and the learner's own marks, level by criterion."""
    text, *levels = listed(answer) or [""]
    return text, dict(one.split(" ", 1) for one in levels if " " in one)


def is_blank(given: Mapping[str, Answer]) -> bool:
    """Whether nothing is chosen and nothing typed."""
    return not any(one.strip() if isinstance(one, str) else one for one in given.values())


def listed(answer: Answer) -> list[str]:
    """An answer as a list; a blank text is an empty one."""
    if isinstance(answer, list):
        return answer
    return [answer] if answer.strip() else []


def _ids(items: Iterable[Item | Area]) -> list[str]:
    return [one.id for one in items]


def _point(text: str, picture: HotspotInteraction) -> Point | None:
    x, y = map(number_of, text.partition(" ")[::2])
    if x is None or y is None or not (0 <= x <= picture.width and 0 <= y <= picture.height):
        return None
    return x, y


def _room(taken: int, limit: int) -> bool:
    return not limit or taken < limit


def _fraction(text: str) -> float | None:
    """`3/4`, `-3/4` or `1 3/4`."""
    match = re.fullmatch(r"([+-]?)\s?(?:(\d{1,15})\s)?(\d{1,15})\s?/\s?(\d{1,15})", text)
    if match is None or not int(match[4]):
        return None
    value = int(match[2] or 0) + int(match[3]) / int(match[4])
    return -value if match[1] == "-" else value


def _folded(text: str, *, case: bool) -> str:
    return text if case else unicodedata.normalize("NFC", text.casefold())
