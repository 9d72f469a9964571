# SPDX-License-Identifier: Apache-2.0
"""Acts that wait for a mark as a table for a spreadsheet, and the same table filled in. Pure.

A spreadsheet saves as it likes: with commas, semicolons or tabs, in UTF-8, UTF-16 or the code page
of Windows, with columns moved. All of it is taken, and a row that cannot be stops no other.
"""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field

from player.errors import BadMark, BadMarkTable, DeskProblem
from player.journal.desk import DoneAct
from player.journal.export import table
from player.sync.marking import Verdict

COLUMNS = (
    "statement",
    "learner",
    "course",
    "activity",
    "question",
    "response",
    "when",
    "score",
    "feedback",
)
LARGEST = 64 * 1024 * 1024  # bytes of a file that is read at all
_LONGEST = 20_000  # characters of feedback
_CELL = 32_000  # characters that a spreadsheet takes in a cell
_NUMBER = r"([0-9]{1,9}(?:[.,][0-9]{1,9})?)"
_SHARE = re.compile(rf"{_NUMBER}\s*(%?)")
_POINTS = re.compile(rf"{_NUMBER}\s*/\s*{_NUMBER}")


@dataclass(slots=True)
class Filled:
    """What somebody wrote: verdicts by act, each with its line, and what cannot be taken."""

    verdicts: dict[str, tuple[int, Verdict]] = field(default_factory=dict)
    problems: list[DeskProblem] = field(default_factory=list)

    def line(self, act: str) -> int:
        """Where the verdict on an act stands, 0 where it has none."""
        return self.verdicts[act][0] if act in self.verdicts else 0


def as_table(acts: Iterable[DoneAct], files: Mapping[str, str] | None = None) -> bytes:
    """One row an act, with empty `score` and `feedback`. See `player.journal.export.table`.

    With `files`, a last column says what is theirs, by act.
    """

    def row(one: DoneAct) -> Iterator[str]:
        yield from (one.id, one.learner, one.course, one.activity, one.question)
        yield from (one.response[:_CELL], one.done_at, "", "")
        if files is not None:
            yield files.get(one.id, "")

    return table([*COLUMNS, *(("files",) if files is not None else ())], map(row, acts))


def filled(data: bytes, place: str, by: str = "") -> Filled:
    """Read a table that somebody filled in. Rows without score and feedback are passed over.

    Args:
        data: the file.
        place: what to call it in a sentence.
        by: who marked.
    """
    found = Filled()
    try:
        for line, row in _rows(data, place):
            _take(row, line, place, by, found)
    except BadMarkTable as error:
        found.problems.append(error)
    return found


def _take(row: Mapping[str, str], line: int, place: str, by: str, found: Filled) -> None:
    values = {name: row.get(name, "").strip() for name in ("statement", "score", "feedback")}
    if not values["score"] and not values["feedback"]:
        return
    act = values["statement"].lower()
    try:
        _check_row(act, values["feedback"], found)
        share, points, out_of = _score(values["score"])
    except ValueError as error:
        found.problems.append(BadMark(place=place, line=line, reason=error))
    else:
        found.verdicts[act] = line, Verdict(share, points, out_of, values["feedback"], by)


def _check_row(act: str, feedback: str, found: Filled) -> None:
    if not act:
        raise ValueError("it does not say which act, in the column “statement”")
    if act in found.verdicts:
        raise ValueError("the same act has a mark further up already")
    if len(feedback) > _LONGEST:
        raise ValueError(f"the feedback is longer than {_LONGEST} characters")


def _score(text: str) -> tuple[float | None, float | None, float | None]:
    """The share, and the points of how many where it is written so: 0.8, 0,8, 80 %, 8/10."""
    if not text:
        return None, None, None
    points = _POINTS.fullmatch(text)
    if points:
        got, most = _number(points[1]), _number(points[2])
        if not 0 <= got <= most or not most:
            raise ValueError(f"“{text}” is more than there is to be had")
        return got / most, got, most
    share = _SHARE.fullmatch(text)
    if not share:
        raise ValueError(f"“{text[:40]}” is no score; write 0.8, 80 % or 8/10")
    value = _number(share[1]) / (100 if share[2] else 1)
    if value > 1:
        raise ValueError(f"“{text}” is more than 1; write 80 % or 8/10")
    return value, None, None


def _number(text: str) -> float:
    return float(text.replace(",", "."))


def _rows(data: bytes, place: str) -> Iterator[tuple[int, dict[str, str]]]:
    """Each row by the names of its columns, with the line on which it begins."""
    text = _text(data)
    first = text.lstrip().partition("\n")[0]
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=max(",;\t", key=first.count))
    names: list[str] = []
    line = 1
    try:
        for cells in reader:
            if not names and any(cells):
                names = [one.strip().lower() for one in cells]
                _check(names, place)
            elif names:
                yield line, dict(zip(names, cells, strict=False))
            line = reader.line_num + 1
    except csv.Error as error:
        raise BadMarkTable(place=place, reason=f"from line {line} on it is no table") from error
    if not names:
        raise BadMarkTable(place=place, reason="it is empty")


def _check(names: list[str], place: str) -> None:
    for wanted in ("statement", "score"):
        if wanted not in names:
            raise BadMarkTable(place=place, reason=f"it has no column “{wanted}”")


def _text(data: bytes) -> str:
    if data.startswith((b"\xff\xfe", b"\xfe\xff")):
        return data.decode("utf-16", errors="replace")
    try:
        return data.decode("utf-8-sig")
    except UnicodeDecodeError:
        return data.decode("cp1252", errors="replace")
