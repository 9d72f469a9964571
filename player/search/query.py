# SPDX-License-Identifier: Apache-2.0
"""What was typed: words that all have to be there, as they begin; in quotes, words as they stand.

`understand` never fails: whatever cannot be meant is left out.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import takewhile

from player.search.folding import APART, Token, in_one, is_unparted, spans, without_article

MOST = 12
"""Words of one question; who types more has found what is looked for."""

_PIECE = re.compile(r'["“”„«](?P<phrase>[^"“”„«»]*)(?:["“”»]|\Z)|(?P<word>[^\s"“”„«»]+)')


@dataclass(frozen=True, slots=True)
class Piece:
    """Tokens that stand one after the other; with `begins`, the last may go on.

    `others` say the same: before the last was typed to its end, it may have an Arabic article that
    a whole word would have lost; and a compound may be written in one.
    """

    words: tuple[str, ...]
    begins: bool
    others: tuple[tuple[str, ...], ...] = ()

    @property
    def forms(self) -> tuple[tuple[str, ...], ...]:
        """All that it may be."""
        return (self.words, *self.others)

    @property
    def expression(self) -> str:
        """As FTS5 has it: tokens hold letters and numbers alone, so nothing need be escaped."""
        star = "*" if self.begins else ""
        said = [f'"{" ".join(form)}"{star}' for form in self.forms]
        return said[0] if len(said) == 1 else f"({' OR '.join(said)})"

    def stands_in(self, tokens: str) -> bool:
        """Whether it is in tokens that are parted, and enclosed, by blanks."""
        end = "" if self.begins else " "
        return any(f" {' '.join(form)}{end}" in tokens for form in self.forms)

    def places(self, tokens: Sequence[Token]) -> Iterator[tuple[int, int]]:
        """Where it stands among tokens: the first one, and the one behind the last."""
        for form in self.forms:
            count = len(form)
            first, *rest = form
            for at, token in enumerate(tokens[: len(tokens) - count + 1]):
                if self._is(token.word, first, last=not rest) and all(
                    self._is(tokens[at + by].word, word, last=by == count - 1)
                    for by, word in enumerate(rest, 1)
                ):
                    yield at, at + count

    def _is(self, token: str, word: str, *, last: bool) -> bool:
        return token.startswith(word) if last and self.begins else token == word


@dataclass(frozen=True, slots=True)
class Query:
    """Pieces that all have to be found; none where nothing was asked."""

    pieces: tuple[Piece, ...]

    def __bool__(self) -> bool:
        return bool(self.pieces)

    @property
    def is_brief(self) -> bool:
        """Whether it is one letter, which every text has: enough for titles alone."""
        words = self.pieces[0].words if len(self.pieces) == 1 else ()
        return len(words) == 1 and len(words[0]) == 1 and not is_unparted(words[0])

    @property
    def expression(self) -> str:
        """The whole of it for FTS5."""
        return " AND ".join(piece.expression for piece in self.pieces)

    def stands_in(self, tokens: str) -> bool:
        """Whether all of it is in tokens that are parted, and enclosed, by blanks."""
        return all(piece.stands_in(tokens) for piece in self.pieces)

    def marks(self, text: str) -> list[Mark]:
        """Where its pieces stand in a text, in order."""
        tokens = spans(text)
        found: dict[tuple[int, int], Mark] = {}
        for number, piece in enumerate(self.pieces):
            for first, behind in piece.places(tokens):
                mark = _mark(number, piece, tokens[first], tokens[behind - 1])
                before = found.setdefault((number, mark.start), mark)
                if mark.end < before.end:  # a word, and the compound that begins with it
                    found[number, mark.start] = mark
        return sorted(found.values())


@dataclass(frozen=True, slots=True, order=True)
class Mark:
    """`start` to `end` of a text is what the piece of that number asked for; `exact`, whole."""

    start: int
    end: int
    piece: int
    exact: bool


def _mark(number: int, piece: Piece, first: Token, last: Token) -> Mark:
    return Mark(first.start, last.end, number, any(last.word == one[-1] for one in piece.forms))


def merged(spans: Iterable[tuple[int, int]]) -> list[tuple[int, int]]:
    """Places in order, none over another: pairs of a text without blanks share letters."""
    made: list[tuple[int, int]] = []
    for start, end in sorted(spans):
        if made and start < made[-1][1]:
            made[-1] = made[-1][0], max(end, made[-1][1])
        else:
            made.append((start, end))
    return made


def understand(typed: str) -> Query:
    """Return what is looked for."""
    pieces: list[Piece] = []
    left = MOST
    for found in _PIECE.finditer(typed[:1000]):
        quoted = found["phrase"] is not None
        piece = _piece(found["phrase"] if quoted else found["word"], begins=not quoted)
        if piece and left > 0 and piece not in pieces:
            others = piece.others if len(piece.words) <= left else ()
            pieces.append(replace(piece, words=piece.words[:left], others=others))
            left -= len(piece.words)
    return Query(tuple(pieces))


def _piece(text: str, *, begins: bool) -> Piece | None:
    """The tokens of what was typed: those of a text without blanks, but for a last lone letter."""
    made = list(takewhile(lambda one: one.word != APART, spans(text)))
    if not made:
        return None
    last = made[-1]
    if last.is_unparted and len(made) > 1 and made[-2].is_unparted and not made[-2].is_last:
        return Piece(tuple(one.word for one in made[:-1]), begins=False)
    words, others = tuple(one.word for one in made), []
    if begins and (bare := without_article(last.word)) not in ("", last.word):
        others.append((*words[:-1], bare))
    if begins and (whole := in_one(text)) and len(words) > 1:
        others.append((whole,))
    return Piece(words, begins or last.is_unparted, tuple(others))
