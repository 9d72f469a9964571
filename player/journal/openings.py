# SPDX-License-Identifier: Apache-2.0
"""What the journal knows of when a course opened: readings for `player.course.schedule`."""

from __future__ import annotations

from typing import NamedTuple

import msgspec

from player.store.database import Database


class Mark(NamedTuple):
    """When an act was done: RFC 3339, seconds since the PC's start, which start."""

    at: str
    monotonic: float
    boot: str


class Enrolment(NamedTuple):
    """When the learner took up a course: by the PC's clock, as the platform was `told`, and in
    which version. `told` is '' where it was not told yet.
    """

    at: str
    told: str
    version: int


def enrolment(db: Database, learner: str, course: str) -> Enrolment | None:
    """The first one; None where the learner has not taken up the course."""
    query = (
        "SELECT e.at, coalesce(o.done_at, CAST(d.statement AS TEXT) ->> '$.timestamp', '') AS told,"
        " e.version FROM events AS e LEFT JOIN origins AS o ON o.event = e.id"
        " LEFT JOIN deliveries AS d ON d.seq = e.seq"
        " WHERE e.learner = ? AND e.kind = 'enrolled' AND e.course = ?"
        " ORDER BY coalesce(nullif(told, ''), e.at) LIMIT 1"
    )
    row = db.execute(query, (learner, course)).fetchone()
    return Enrolment(*row) if row else None


def courses_taken_up(db: Database, learner: str) -> list[str]:
    """The ids of the courses that the learner took up, by name."""
    query = (
        "SELECT DISTINCT course FROM events WHERE learner = ? AND kind = 'enrolled' ORDER BY course"
    )
    return [row[0] for row in db.execute(query, [learner])]


def found_open(db: Database, learner: str, course: str) -> frozenset[str]:
    """The sections that were found open before."""
    query = (
        "SELECT payload ->> '$.sections' FROM events INDEXED BY events_by_kind"
        " WHERE learner = ? AND kind = 'section_opened' AND course = ?"
    )
    rows = db.execute(query, (learner, course))
    return frozenset(one for row in rows for one in msgspec.json.decode(row[0]))


def times_ended(db: Database, learner: str, course: str) -> dict[str, int]:
    """How often each quiz was handed in."""
    query = (
        "SELECT activity, count(*) FROM events INDEXED BY events_by_kind"
        " WHERE learner = ? AND kind = 'finished' AND course = ? GROUP BY activity"
    )
    return dict(db.execute(query, (learner, course)).fetchall())


def latest(db: Database) -> Mark | None:
    """The last act of anybody on this PC; None before the first."""
    query = (
        "SELECT at, monotonic, boot FROM events"
        " WHERE id NOT IN (SELECT event FROM origins) ORDER BY seq DESC LIMIT 1"
    )
    row = db.execute(query).fetchone()
    return Mark(*row) if row else None


def last(db: Database) -> int:
    """The `seq` of the last act of all, 0 before the first."""
    return db.execute("SELECT max(seq) FROM events").fetchone()[0] or 0


def newest(db: Database, learner: str, course: str) -> int:
    """The `seq` of the last act in a course, 0 before the first."""
    query = "SELECT max(seq) FROM events WHERE learner = ? AND course = ?"
    return db.execute(query, (learner, course)).fetchone()[0] or 0


def stretches(db: Database, learner: str, course: str, after: int = 0) -> list[tuple[Mark, Mark]]:
    """The acts of a course on this PC, those `after` a `seq`, cut wherever its clock was set back.

    First and last of each stretch, in the order of doing; within one, no clock runs backwards.
    """
    query = """
        WITH acts AS (
            SELECT seq, at, monotonic, boot, lag(at) OVER (ORDER BY seq) AS before,
                   lead(at) OVER (ORDER BY seq) AS after
            FROM events WHERE learner = ? AND course = ? AND seq > ?
            AND id NOT IN (SELECT event FROM origins)
        )
        SELECT at, monotonic, boot, before IS NULL OR at < before AS begins
        FROM acts WHERE before IS NULL OR at < before OR after IS NULL OR after < at ORDER BY seq
    """
    found: list[tuple[Mark, Mark]] = []
    for *facts, begins in db.execute(query, (learner, course, after)):
        mark = Mark(*facts)
        first = mark if begins else found.pop()[0]
        found.append((first, mark))
    return found
