# SPDX-License-Identifier: Apache-2.0
"""Where words stand in a text, whatever their accents and capitals."""

from __future__ import annotations

import unicodedata

Range = tuple[int, int]
"""Start and length, in characters."""


class Folded:
    """A text without accents and capitals, in which words are found."""

    def __init__(self, text: str) -> None:
        letters: list[str] = []
        self._places: list[int] = []  # where each letter stands in `text`
        for place, letter in enumerate(text):
            for part in unicodedata.normalize("NFKD", letter.casefold()):
                if not unicodedata.combining(part):
                    letters.append(part)
                    self._places.append(place)
        self.text = "".join(letters)

    def found(self, words: str) -> list[Range]:
        """Every place of `words`, which are folded, none over another; none for no words."""
        ranges: list[Range] = []
        at = self.text.find(words) if words else -1
        while at >= 0:
            start, end = self._places[at], self._places[at + len(words) - 1] + 1
            ranges.append((start, end - start))
            at = self.text.find(words, at + len(words))
        return ranges


def found(text: str, words: str) -> list[Range]:
    """Every place of `words` in `text`, none over another; none for no words."""
    return Folded(text).found(folded(words))


def folded(words: str) -> str:
    """Words as they are searched for."""
    return Folded(" ".join(words.split())).text
