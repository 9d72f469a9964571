# SPDX-License-Identifier: Apache-2.0
"""Where words stand in a text, whatever their accents and capitals."""

from __future__ import annotations

import unicodedata

Range = tuple[int, int]
"""Start and length, in characters."""


def folded(text: str) -> tuple[str, list[int]]:
    """The text without accents and capitals, and where each of its characters stands in `text`."""
    letters: list[str] = []
    places: list[int] = []
    for place, letter in enumerate(text):
        for part in unicodedata.normalize("NFKD", letter.casefold()):
            if not unicodedata.combining(part):
                letters.append(part)
                places.append(place)
    return "".join(letters), places


def found(text: str, words: str) -> list[Range]:
    """Every place of `words` in `text`, none over another; none for no words."""
    wanted, _ = folded(" ".join(words.split()))
    if not wanted:
        return []
    among, places = folded(text)
    ranges: list[Range] = []
    at = among.find(wanted)
    while at >= 0:
        end = places[at + len(wanted) - 1] + 1
        ranges.append((places[at], end - places[at]))
        at = among.find(wanted, at + len(wanted))
    return ranges
