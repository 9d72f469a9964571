# SPDX-License-Identifier: Apache-2.0
"""Answer a question: which pieces of what may be found say all that was asked, the best first.

SQLite says which pieces those are and gives the best `CANDIDATES` by BM25, those of the course that
the learner is in before others. They are then weighed by what BM25 does not know: whether the words
stand whole and near each other. Where hardly any piece says it all, files count that do in several.
"""

from __future__ import annotations

import json
import logging
import sqlite3
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field

import msgspec

from player.errors import DatabaseDamaged
from player.search.index import SHIFT, forget, is_spoilt, read
from player.search.places import Place
from player.search.query import Mark, Piece, Query, merged
from player.search.segments import Segment
from player.store.database import Database, translated

log = logging.getLogger(__name__)

CANDIDATES = 120
"""Pieces that are weighed: their words are folded again, a third of a millisecond each at most."""

FEW = 8
"""With fewer pieces than these, words may stand apart."""

AT_ONCE = 3
"""Places in one text of one activity: the next activity may be what is looked for."""

SNIPPET = 150
"""Characters of a text that are shown around what was found."""

JUMP = 48
"""Characters from what was found on, by which it is found again in a page."""

_WEIGHT = {"note": 2.0, "slides": -0.5, "links": -1.0, "question": -1.0}
_FOREIGN = -3.0  # captions beside those of the video's own language, which say the same
_APART = -20.0  # below whatever BM25 may give
_ALONE = 5.0  # seconds within which captions of two languages say the same thing


@dataclass(frozen=True, slots=True)
class Hit:
    """What was found, and where.

    Attributes:
        kind: as `Place.kind`; "course", "section", "sequence", "activity" or "chapter" for a title.
        course: the id of its course; `activity` there, '' for the course or a section itself.
        text: what is shown of it; `marks` are (start, end) of what was asked for in it.
        time: the second of the video; `page` of the document, from 1.
        question: its place among those of the quiz's file, from 1.
        words: by which it is found again in a page, exactly as they stand there.
        score: what it is worth; the more the better.
        section: the section it is in or is itself, '' for a course.
    """

    kind: str
    course: str
    activity: str
    text: str
    marks: tuple[tuple[int, int], ...]
    time: float | None = None
    page: int | None = None
    words: str = ""
    score: float = field(default=0.0, compare=False)
    language: str = ""
    section: str = ""
    question: int | None = None


def find(
    db: Database, query: Query, allowed: Mapping[int, list[Place]], near: str = ""
) -> tuple[list[Hit], bool]:
    """What says all of `query`, the best first, and whether there is more.

    Args:
        db: the database.
        query: what is looked for.
        allowed: by the number of each source that may be asked, the places that have it.
        near: the course that comes first, '' for none.
    """
    if not query or not allowed:
        return [], False
    mine = [number for number, places in allowed.items() if any(p.course == near for p in places)]
    try:
        with translated(db.path):
            rows, texts = _looked_up(db, query, list(allowed), mine)
    except (DatabaseDamaged, sqlite3.Error) as error:
        if not (is_spoilt(error) or is_spoilt(error.__cause__)):
            raise
        log.warning("The index is damaged, and made anew: %s", error.__cause__ or error)
        forget(db)
        return [], False
    more = len(rows) > CANDIDATES
    hits = [
        hit
        for row, rank in rows[:CANDIDATES]
        if row in texts
        for hit in _hits(query, texts[row], allowed[row >> SHIFT], rank)
    ]
    return _thinned(sorted(hits, key=lambda hit: (hit.course != near, -hit.score))), more


def _looked_up(
    db: Database, query: Query, allowed: list[int], mine: list[int]
) -> tuple[list[tuple[int, float]], dict[int, Segment]]:
    """The rows in question, and the texts of those that are weighed."""
    rows = _candidates(db, query.expression, allowed, mine)
    if len(query.pieces) > 1 and len(rows) < FEW:
        rows += _apart(db, query, allowed, {row for row, _ in rows})
    return rows, _texts(db, [row for row, _ in rows[:CANDIDATES]])


def _candidates(
    db: Database, expression: str, allowed: list[int], mine: list[int]
) -> list[tuple[int, float]]:
    """Rows and what they are worth by BM25, the best first, one more than are weighed."""
    query = f"""
        SELECT rowid, -rank FROM search_words
        WHERE search_words MATCH ? AND rowid >> {SHIFT} IN (SELECT value FROM json_each(?))
        ORDER BY rowid >> {SHIFT} IN (SELECT value FROM json_each(?)) DESC, rank LIMIT ?
    """  # noqa: S608 - ours
    given = [expression, json.dumps(allowed), json.dumps(mine), CANDIDATES + 1]
    return [(row, worth) for row, worth in db.execute(query, given)]


def _apart(
    db: Database, query: Query, allowed: list[int], said: set[int]
) -> list[tuple[int, float]]:
    """Of sources that say every piece somewhere, the row that says most of them; worth little."""
    left = allowed
    for piece in sorted(query.pieces, key=lambda one: -len("".join(one.words))):
        each = f"DISTINCT rowid >> {SHIFT}"
        left = _matching(db, each, piece, left)
    kept = sorted(set(left) - {row >> SHIFT for row in said})[:FEW]
    rows = Counter(
        row
        for piece in query.pieces
        for row in (_matching(db, "rowid", piece, kept) if kept else ())
    )
    best: dict[int, int] = {}
    for row in sorted(rows):
        source = row >> SHIFT
        if source not in best or rows[row] > rows[best[source]]:
            best[source] = row
    return [(row, _APART) for row in best.values()]


def _matching(db: Database, what: str, piece: Piece, allowed: list[int]) -> list[int]:
    query = f"""
        SELECT {what} FROM search_words
        WHERE search_words MATCH ? AND rowid >> {SHIFT} IN (SELECT value FROM json_each(?))
        LIMIT 10000
    """  # noqa: S608 - ours
    return [row for (row,) in db.execute(query, [piece.expression, json.dumps(allowed)])]


def _texts(db: Database, rows: list[int]) -> dict[int, Segment]:
    query = """
        SELECT id, CAST(text AS BLOB), page, CAST(seconds AS BLOB) FROM search_pieces
        WHERE id IN (SELECT value FROM json_each(?))
    """
    return {
        row: Segment(read(text), page, _unpacked(seconds))
        for row, text, page, seconds in db.execute(query, [json.dumps(rows)])
    }


def _unpacked(seconds: bytes) -> tuple[tuple[int, float], ...]:
    try:
        return msgspec.json.decode(seconds, type=tuple[tuple[int, float], ...]) if seconds else ()
    except (msgspec.DecodeError, UnicodeDecodeError):
        return ()  # a drive that rots: then it leads to the beginning


def _hits(query: Query, segment: Segment, places: list[Place], rank: float) -> Iterator[Hit]:
    """One hit for each activity that has this text."""
    marks = query.marks(segment.text)
    if not marks:
        return
    best, closeness = _closest(marks)
    text, shown = _snippet(segment.text, best[0].start, best[-1].end, marks)
    exact = sum(mark.exact for mark in best) / len(best)
    score = rank + 4 * exact + 4 * closeness
    for place in places:
        is_question = place.kind == "question"
        yield Hit(
            kind=place.kind,
            course=place.course,
            activity=place.activity,
            text=text,
            marks=shown,
            time=segment.second_at(best[0].start) if segment.seconds else place.time,
            page=None if is_question else segment.page or place.page,
            words=_words(segment.text, best[0]),
            score=score + _WEIGHT.get(place.kind, 0.0) + _FOREIGN * place.foreign,
            language=place.language,
            question=segment.page if is_question else None,
        )


def _closest(marks: list[Mark]) -> tuple[list[Mark], float]:
    """The marks nearest to each other that have as many pieces as can be, and how near: 0 to 1."""
    latest: dict[int, Mark] = {}
    best: list[Mark] = []
    width = 0
    for mark in marks:
        latest[mark.piece] = mark
        group = sorted(latest.values())
        reach = group[-1].end - group[0].start
        if len(group) > len(best) or (len(group) == len(best) and reach < width):
            best, width = group, reach
    letters = sum(mark.end - mark.start for mark in best)
    return best, min(1.0, letters / max(1, width))


def _snippet(
    text: str, start: int, end: int, marks: Iterable[Mark]
) -> tuple[str, tuple[tuple[int, int], ...]]:
    """A part of the text around what was found, on one line, and what is marked in it."""
    room = max(0, SNIPPET - (end - start))
    first = max(0, start - room // 3)
    last = min(len(text), max(first + SNIPPET, start + 1))
    first = max(0, min(first, last - SNIPPET))
    if first:
        blank = text.find(" ", first, start)
        first = blank + 1 if blank >= 0 else first
    if last < len(text):
        blank = text.rfind(" ", start, last)
        last = blank if blank > start else last
    head, tail = "… " if first else "", " …" if last < len(text) else ""
    by = len(head) - first
    inside = merged((max(one.start, first), min(one.end, last)) for one in marks)
    shown = tuple((a + by, b + by) for a, b in inside if a < b)
    return head + text[first:last].replace("\n", " ") + tail, shown


def _words(text: str, mark: Mark) -> str:
    """What was found and some words behind it, on its line: enough to be the only such place."""
    line = text[mark.start :].split("\n", 1)[0]
    if len(line) <= JUMP:
        return line
    blank = line.rfind(" ", mark.end - mark.start, JUMP)
    return line[: blank if blank > 0 else max(JUMP, mark.end - mark.start)]


def _thinned(hits: list[Hit]) -> list[Hit]:
    """Without what another language says as well, and not too many of one text."""
    made: list[Hit] = []
    of_text: dict[tuple[str, str, str], list[Hit]] = {}
    for hit in hits:
        before = of_text.setdefault((hit.course, hit.activity, hit.kind), [])
        if len(before) < AT_ONCE and not any(_same(hit, one) for one in before):
            before.append(hit)
            made.append(hit)
    return made


def _same(hit: Hit, other: Hit) -> bool:
    """Whether captions of one video in two languages say it at the same second."""
    is_near = abs((hit.time or 0) - (other.time or 0)) < _ALONE
    return hit.kind == "said" and hit.language != other.language and is_near
