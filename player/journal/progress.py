# SPDX-License-Identifier: Apache-2.0
"""How far a learner is: readings of the journal, so that nothing about it can get out of step."""

from __future__ import annotations

from dataclasses import dataclass

from player.store.database import Database


@dataclass(frozen=True, slots=True)
class Done:
    """What was done with one activity. Times are RFC 3339, UTC.

    `completed_at` is None until it counts as done; `best_score` is 0 to 1, None without a mark.
    """

    completed_at: str | None
    best_score: float | None
    last_at: str


def course_progress(db: Database, learner: str) -> dict[str, int]:
    """Return how many activities are done, by course; a course without any is left out."""
    query = "SELECT course, completed FROM course_progress WHERE learner = ?"
    return dict(db.execute(query, (learner,)).fetchall())


def activities_done(db: Database, learner: str, course: str) -> dict[str, Done]:
    """Return what was done, by activity; one that was never opened is left out."""
    query = (
        "SELECT activity, completed_at, best_score, last_at FROM progress"
        " WHERE learner = ? AND course = ?"
    )
    return {row[0]: Done(*row[1:]) for row in db.execute(query, (learner, course))}


def is_completed(db: Database, learner: str, course: str, activity: str) -> bool:
    """Whether the activity counts as done."""
    query = (
        "SELECT 1 FROM events WHERE learner = ? AND course = ? AND kind = 'completed'"
        " AND activity = ?"
    )
    return db.execute(query, (learner, course, activity)).fetchone() is not None


def last_activity(db: Database, learner: str, course: str) -> str | None:
    """Return the activity in which the learner was last, to go on there."""
    query = (
        "SELECT activity FROM events WHERE learner = ? AND course = ? AND activity <> ''"
        " ORDER BY seq DESC LIMIT 1"
    )
    row = db.execute(query, (learner, course)).fetchone()
    return row[0] if row else None


def positions(db: Database, learner: str, course: str) -> dict[str, float]:
    """Return where each video stands, in seconds from its start, by activity."""
    query = (
        "SELECT activity, coalesce(payload ->> '$.to', payload ->> '$.time'), max(seq) FROM events"
        " WHERE learner = ? AND course = ?"
        " AND kind IN ('played', 'paused', 'sought', 'watching', 'left') GROUP BY activity"
    )
    return {row[0]: float(row[1]) for row in db.execute(query, (learner, course))}
