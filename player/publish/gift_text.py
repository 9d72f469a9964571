# SPDX-License-Identifier: Apache-2.0
"""Pieces of a GIFT file: escapes, formats and white space; each piece knows its line."""

from __future__ import annotations

import re
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Text:
    """A text and how it is marked up: `moodle`, `html`, `markdown` or `plain`."""

    format: str
    text: str


# An escaped character becomes a code point that no text has, until the structure is read.
_ESCAPABLE = "\\:~=#[]{}n"
_HIDE = {f"\\{char}": chr(0xFDD0 + at) for at, char in enumerate(_ESCAPABLE)}
SHOW = {ord(hidden): escape[1].replace("n", "\n") for escape, hidden in _HIDE.items()}
_ESCAPE = re.compile(r"\\[\\:~=#\[\]{}n]")

_FORMAT = re.compile(r"\s*\[(html|markdown|plain|moodle)\]", re.IGNORECASE)


def hide(text: str) -> str:
    """Return the text with each escaped character as one that is no sign."""
    return _ESCAPE.sub(lambda match: _HIDE[match[0]], text)


class Mistake(Exception):
    """A fault that makes one question unreadable; `parse_gift` notes it."""

    def __init__(self, line: int, what: str, do: str) -> None:
        super().__init__(what)
        self.line, self.what, self.do = line, what, do


@dataclass(frozen=True, slots=True)
class Piece:
    """A part of the file, escapes hidden, that knows its first line."""

    text: str
    line: int

    def part(self, start: int, end: int | None = None) -> Piece:
        """The characters from `start` to `end`."""
        return Piece(self.text[start:end], self.line + self.text.count("\n", 0, start))

    def split(self, mark: str) -> tuple[Piece, Piece | None]:
        """What is before the first `mark`, and what is after it."""
        at = self.text.find(mark)
        if at < 0:
            return self, None
        return self.part(0, at), self.part(at + len(mark))

    def begun(self) -> Piece:
        """The same without white space before it."""
        return self.part(len(self.text) - len(self.text.lstrip()))


def read_text(piece: Piece, inherited: str) -> Text:
    """The text with its format, white space as the format has it."""
    match = _FORMAT.match(piece.text)
    format_ = match[1].lower() if match else inherited
    raw = piece.text[match.end() :] if match else piece.text
    if format_ in ("html", "markdown"):
        return Text(format_, raw.translate(SHOW).strip())
    flat = re.sub(r"\s\s+", " ", raw.replace("\n", " ")).strip()
    return Text(format_, flat.translate(SHOW))
