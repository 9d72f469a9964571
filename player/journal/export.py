# SPDX-License-Identifier: Apache-2.0
"""The ledger as a file for other programs: JSON, or a table (CSV). Pure."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Iterator

import msgspec

from player.journal.events import Answered, Finished
from player.journal.outbox import Entry

COLUMNS = (
    "at",
    "kind",
    "course",
    "activity",
    "name",
    "question",
    "response",
    "score",
    "state",
    "reason",
    "packed_at",
    "sent_at",
    "received_at",
    "mark",
    "points",
    "out_of",
    "feedback",
    "marked_at",
    "id",
)
_FORMULA = ("=", "+", "-", "@", "\t", "\r")  # what a spreadsheet would reckon with


def as_json(entries: Iterable[Entry]) -> bytes:
    """Every act whole, as it was recorded, with how far it is."""
    return msgspec.json.format(msgspec.json.encode(list(entries)), indent=1)


def as_csv(entries: Iterable[Entry]) -> bytes:
    """One row an act, with the heads of `COLUMNS`. See `table`."""
    return table(COLUMNS, map(_row, entries))


def table(heads: Iterable[str], rows: Iterable[Iterable[object]]) -> bytes:
    """A CSV in UTF-8 with a mark, so that spreadsheets see it.

    A text that a spreadsheet would take for a formula has an apostrophe before it: what a learner
    typed must not reckon on somebody's desk.
    """
    text = io.StringIO(newline="")
    written = csv.writer(text)
    written.writerow(heads)
    written.writerows([_plain(cell) for cell in row] for row in rows)
    return text.getvalue().encode("utf-8-sig")


def _row(entry: Entry) -> Iterator[object]:
    event, act = entry.event, entry.event.act
    yield from (event.at, event.kind, event.course, event.activity, act.name)
    yield from (act.title, act.response) if isinstance(act, Answered) else ("", "")
    yield act.score if isinstance(act, Answered | Finished) else ""
    yield from (entry.state, entry.reason, entry.packed_at, entry.sent_at, entry.received_at)
    mark = entry.mark
    yield from (mark.score, mark.points, mark.out_of, mark.feedback, mark.at) if mark else [""] * 5
    yield event.id


def _plain(cell: object) -> object:
    """A cell that no spreadsheet reckons with."""
    if isinstance(cell, str) and cell.startswith(_FORMULA):
        return f"'{cell}"
    return "" if cell is None else cell
