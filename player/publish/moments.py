# SPDX-License-Identifier: Apache-2.0
"""Chapters and the turns of slides, as an author writes them (docs/authoring.md, "Video").

`1:25 The three roles` is a chapter; `1:25` in `slides_at` shows the next page from there on,
`1:25 2` page 2 again. Times are minutes and seconds, with hours before them where there are some;
a number without quotes is seconds.
"""

from __future__ import annotations

import math
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from player.course.manifest import Chapter, SlideTurn
from player.publish.faults import Findings, Place
from player.publish.table import Table

_LINE = re.compile(
    r"(?:(?P<hours>\d{1,3}):)?(?P<minutes>\d{1,3}):(?P<seconds>\d\d(?:[.,]\d{1,6})?)"
    r"(?:\s+(?P<rest>\S.*))?\Z",
    re.DOTALL,
)
_SEXAGESIMAL = 60


@dataclass(frozen=True, slots=True)
class Mark:
    """A second, and what stands behind it: a chapter's title, the number of a page, or nothing."""

    place: Place
    at: float
    rest: str = ""


def read_marks(table: Table, key: str, example: str) -> tuple[Mark, ...]:
    """The lines of a list, in the author's order; what has no time is noted."""
    marks = []
    for index, raw in enumerate(table.listed(key)):
        place = table.place(key, index)
        mark = _mark(place, raw)
        if mark is None:
            what = f"“{raw}” in `{key}` does not begin with a time."
            table.findings.fault(place, what, f"Write it as `{example}`.")
        else:
            marks.append(mark)
    return tuple(marks)


def chapters_of(marks: Sequence[Mark], length: float, findings: Findings) -> tuple[Chapter, ...]:
    """The chapters of a video of `length` seconds; what cannot be is noted with its place."""
    for mark in marks:
        if not mark.rest:
            what = f"The chapter at {clock(mark.at)} has no title."
            findings.fault(mark.place, what, "Write its title behind the time.")
    _check_order(marks, length, "chapter", findings)
    return tuple(Chapter(mark.at, mark.rest) for mark in marks)


def turns_of(
    marks: Sequence[Mark], length: float, pages: int, findings: Findings
) -> tuple[SlideTurn, ...]:
    """The turns of slides with so many `pages`, 0 where nobody could count them."""
    turns = []
    page = 0
    for mark in marks:
        if mark.rest and not (mark.rest.isascii() and mark.rest.isdecimal()):
            what = f"“{mark.rest}” behind {clock(mark.at)} is no number of a page."
            findings.fault(mark.place, what, "Write `1:25`, or `1:25 2` for page 2.")
            continue
        page = int(mark.rest[:9]) if mark.rest else page + 1
        if page < 1 or (pages and page > pages):
            what = f"The slides have {pages} pages, and page {page} is shown at {clock(mark.at)}."
            findings.fault(mark.place, what, "Take out a time, or name another page behind it.")
        turns.append(SlideTurn(mark.at, page))
    _check_order(marks, length, "slide", findings)
    return tuple(turns)


def clock(seconds: float) -> str:
    """`1:02:05`, `4:07.5`: a time as an author writes it."""
    whole = math.floor(seconds)
    minutes, left = divmod(whole, _SEXAGESIMAL)
    hours, minutes = divmod(minutes, _SEXAGESIMAL)
    rest = f"{seconds - whole:.3f}".rstrip("0").rstrip(".")[1:]
    said = f"{hours}:{minutes:02}:{left:02}" if hours else f"{minutes}:{left:02}"
    return said + rest


def _check_order(marks: Sequence[Mark], length: float, what: str, findings: Findings) -> None:
    for place, said in _disorder(marks, length, what):
        findings.fault(place, said, "Correct the time.")


def _disorder(marks: Sequence[Mark], length: float, what: str) -> Iterator[tuple[Place, str]]:
    before = -1.0
    for mark in marks:
        if mark.at >= length > 0:
            yield mark.place, f"A {what} at {clock(mark.at)}: the video ends at {clock(length)}."
        elif mark.at <= before:
            yield mark.place, f"A {what} at {clock(mark.at)} comes behind one at {clock(before)}."
        before = max(before, mark.at)


def _mark(place: Place, raw: object) -> Mark | None:
    """A line, `1:25 Title`, or a number of seconds."""
    if isinstance(raw, int | float) and not isinstance(raw, bool):
        return Mark(place, float(raw)) if math.isfinite(raw) and raw >= 0 else None
    match = _LINE.match(raw.strip()) if isinstance(raw, str) else None
    if match is None:
        return None
    minutes, seconds = int(match["minutes"]), float(match["seconds"].replace(",", "."))
    if seconds >= _SEXAGESIMAL or (match["hours"] and minutes >= _SEXAGESIMAL):
        return None
    whole = int(match["hours"] or 0) * _SEXAGESIMAL**2 + minutes * _SEXAGESIMAL
    return Mark(place, round(whole + seconds, 3), " ".join((match["rest"] or "").split()))
