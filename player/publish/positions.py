# SPDX-License-Identifier: Apache-2.0
"""The line of every key in a TOML file, which `tomllib` does not tell."""

from __future__ import annotations

import re
from bisect import bisect_right

Path = tuple[str | int, ...]

_GAP = re.compile(r"(?:\s|#[^\n]*)*")
_STRING = re.compile(
    r"""\"{3}(?:\\.|[^\\])*?\"{3,5}|'{3}.*?'{3,5}|\"(?:\\.|[^\"\\])*\"|'[^']*'""", re.DOTALL
)
_BARE = re.compile(r"[^\s=.\[\]{},#]+")
_SCALAR = re.compile(r"[^,\]}\n#]+")


def positions(text: str) -> dict[Path, int]:
    """Return lines from 1 by path, such as `("section", 0, "title")`.

    `text` has to be TOML that `tomllib` accepts; newlines are `\\n`.
    """
    scanner = _Scanner(text)
    scanner.scan()
    return scanner.lines


class _Scanner:
    """Walks through the text once; `at` is the place, `table` the header above it."""

    def __init__(self, text: str) -> None:
        self.text = text
        self.at = 0
        self.table: Path = ()
        self.lines: dict[Path, int] = {}
        self.last: dict[Path, int] = {}  # the index of the latest element, by array of tables
        self.breaks = [match.start() for match in re.finditer("\n", text)]

    def scan(self) -> None:
        while not self._gap():
            if self.text.startswith("[[", self.at):
                self._header(2)
            elif self._next() == "[":
                self._header(1)
            else:
                self._pair(self.table)

    def _gap(self) -> bool:
        """Pass white space and comments; whether that was all."""
        self._pass(_GAP)
        return self.at >= len(self.text)

    def _next(self) -> str:
        return self.text[self.at : self.at + 1]

    def _pass(self, pattern: re.Pattern[str]) -> str:
        match = pattern.match(self.text, self.at)
        self.at = match.end() if match else self.at + 1
        return match[0] if match else ""

    def _line(self) -> int:
        return bisect_right(self.breaks, self.at - 1) + 1

    def _header(self, brackets: int) -> None:
        line = self._line()
        self.at += brackets
        keys = self._keys()
        self.at += brackets
        path: Path = ()
        for depth, key in enumerate(keys, 1):
            path += (key,)
            if depth == len(keys) and brackets == 2:
                self.last[path] = self.last.get(path, -1) + 1
            if path in self.last:
                path += (self.last[path],)
        self.table = path
        self.lines[path] = line

    def _keys(self) -> list[str]:
        keys = []
        while True:
            self._gap()
            quoted = self._next() in "\"'"
            key = self._pass(_STRING if quoted else _BARE)
            keys.append(key[1:-1] if quoted else key)
            self._gap()
            if self._next() != ".":
                return keys
            self.at += 1

    def _pair(self, table: Path) -> None:
        line = self._line()
        path = (*table, *self._keys())
        self.at += 1  # the equals sign
        self._gap()
        self._value(path)
        self.lines[path] = line

    def _value(self, path: Path) -> None:
        self.lines[path] = self._line()
        start = self._next()
        if start in ("[", "{"):
            self._members(path, start)
        else:
            self._pass(_STRING if start in ('"', "'") else _SCALAR)

    def _members(self, path: Path, start: str) -> None:
        """An array, whose members are numbered, or an inline table, whose members are pairs."""
        self.at += 1
        index = 0
        while not self._gap():
            if self._next() in "]}":
                self.at += 1
                return
            if self._next() == ",":
                self.at += 1
            elif start == "[":
                self._value((*path, index))
                index += 1
            else:
                self._pair(path)
