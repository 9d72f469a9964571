# SPDX-License-Identifier: Apache-2.0
"""What became of the answer to one interaction."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

NEARLY = 1e-4
"""Three thirds of 0.33333 are one: scores this near to 0 or 1 are 0 or 1."""


@dataclass(frozen=True, slots=True)
class Part:
    """How one interaction was answered.

    `fraction` as its scoring gives it, None where nothing here can tell; `feedback` is HTML;
    `right` and `wrong` are what was chosen, by id: choices, gaps, areas, or `source target`.
    """

    interaction: str
    fraction: float | None
    feedback: str = ""
    right: tuple[str, ...] = ()
    wrong: tuple[str, ...] = ()


def together(feedbacks: Iterable[str]) -> str:
    """Several pieces of HTML as one."""
    said = [text for text in feedbacks if text]
    return said[0] if len(said) == 1 else "".join(f"<div>{text}</div>" for text in said)


def cut(fraction: float, lower: float = 0.0, upper: float = 1.0) -> float:
    """Keep `fraction` within its bounds; what is nearly 0 or 1 is 0 or 1."""
    rounded = next((end for end in (0.0, 1.0) if abs(fraction - end) <= NEARLY), fraction)
    return min(max(rounded, lower), upper)
