# SPDX-License-Identifier: Apache-2.0
"""Pieces of a text: what is found is one of them, and where it stands."""

from __future__ import annotations

from dataclasses import dataclass

LONG = 600
"""Characters after which a piece ends, at the next end of a line or a sentence."""

LONGEST = 1200
"""Characters that a piece has at the most: marking a hundred of them takes a moment."""

MOST = 20_000
"""Pieces of one file; what comes behind them is not found."""


@dataclass(frozen=True, slots=True)
class Segment:
    """A piece of a text as it stands there, its lines parted by `\\n`.

    `page` counts from 1; of a question it is its place among those of its file. `seconds` are
    (letter, second): from that letter on it is said then.
    """

    text: str
    page: int | None = None
    seconds: tuple[tuple[int, float], ...] = ()

    def second_at(self, letter: int) -> float | None:
        """When a letter of it is said."""
        return next((second for first, second in reversed(self.seconds) if first <= letter), None)


def clipped(text: str) -> list[str]:
    """A long text in parts that are short enough, cut at blanks where there are any."""
    parts, start = [], 0
    while len(text) - start > LONGEST:
        cut = text.rfind(" ", start + LONG, start + LONGEST)
        cut = cut if cut > 0 else start + LONGEST
        parts.append(text[start:cut])
        start = cut
    parts.append(text[start:])
    return [part.strip() for part in parts if part.strip()]
