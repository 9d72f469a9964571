# SPDX-License-Identifier: Apache-2.0
"""Number answers: Open edX lets a teacher write `10^3`, `1/3` or `pi`; a GIFT file wants 1000."""

from __future__ import annotations

import re
from decimal import Decimal

from player.course.expressions import value_of

_SUFFIXES = {"%": "e-2", "k": "e3", "M": "e6", "G": "e9", "T": "e12"} | {
    "c": "e-2",
    "m": "e-3",
    "u": "e-6",
    "n": "e-9",
    "p": "e-12",
}
_RANGE = re.compile(r"([\[(])\s*([^,]+),([^,]+?)\s*([\])])")


def number(text: str) -> float | None:
    """The value of an expression of numbers, None where it is none, or not real and finite."""
    return value_of(re.sub(r"(?<=[\d.])([%kMGTcmunp])(?!\w)", lambda m: _SUFFIXES[m[1]], text))


def interval(text: str) -> tuple[float, float] | None:
    """The ends of `[1, 5]` or `(1, 5)`, None where the text is no interval."""
    match = _RANGE.fullmatch(text.strip())
    if match is None:
        return None
    low, high = number(match[2]), number(match[3])
    return None if low is None or high is None or low > high else (low, high)


def written(value: float) -> str:
    """A number without exponent and without noise: `0.00001`, `93000000`."""
    text = f"{Decimal(f'{value:.12g}'):f}"
    text = text.rstrip("0").rstrip(".") if "." in text else text
    return "0" if text == "-0" else text
