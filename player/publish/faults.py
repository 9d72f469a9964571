# SPDX-License-Identifier: Apache-2.0
"""An author's mistakes: all of them at once, each with its place and what to do."""

from __future__ import annotations

import difflib
from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import NamedTuple


class Place(NamedTuple):
    """Where something stands: a file of the course, and a line from 1; 0 is the file as a whole."""

    file: str
    line: int = 0

    def __str__(self) -> str:
        return f"{self.file}:{self.line}" if self.line else self.file


@dataclass(frozen=True, slots=True)
class Fault:
    """One mistake: what is wrong, and what to do. `str()` is the line to show."""

    file: str
    line: int
    what: str
    do: str

    def __str__(self) -> str:
        return f"{Place(self.file, self.line)}: {self.what} {self.do}".rstrip()


@dataclass(slots=True)
class Findings:
    """What reading a course brings to light. Faults stop the publication, warnings never do."""

    faults: list[Fault] = field(default_factory=list)
    warnings: list[Fault] = field(default_factory=list)

    def fault(self, place: Place, what: str, do: str = "") -> None:
        """Note a mistake, once."""
        _note(self.faults, Fault(*place, what, do))

    def warn(self, place: Place, what: str, do: str = "") -> None:
        """Note something the author may want to know, once."""
        _note(self.warnings, Fault(*place, what, do))

    def of(self, file: str) -> list[Fault]:
        """The faults of one file."""
        return [one for one in self.faults if one.file == file]


def _note(notes: list[Fault], fault: Fault) -> None:
    if fault not in notes:
        notes.append(fault)


def meant(word: str, known: Iterable[str]) -> str:
    """“Did you mean …?” where one of the `known` words is near, else empty."""
    near = difflib.get_close_matches(word, list(known), n=1)
    return f"Did you mean `{near[0]}`?" if near else ""
