# SPDX-License-Identifier: Apache-2.0
"""What a learner did in a course, as its attestation counts it: a reading of the journal."""

from __future__ import annotations

from collections.abc import Mapping

from player.course.attestation import Fact
from player.journal.progress import Done
from player.store.database import Database, translated

_KINDS = ("completed", "finished", "paused", "left")
"""Those that the platform goes by too. A checkpoint while a video plays is in the next of these."""


def facts(db: Database, learner: str, course: str, done: Mapping[str, Done]) -> dict[str, Fact]:
    """Return what was watched or handed in, by activity.

    `done` has the marks that count (`progress.activities_done`).
    """
    query = f"""
        SELECT activity,
               max(CASE WHEN kind = 'completed' AND payload ->> '$.type' = 'video' THEN 1.0
                   ELSE coalesce(payload ->> '$.progress', 0.0) END),
               max(coalesce(payload ->> '$.length', 0.0)),
               max(kind = 'finished')
        FROM events INDEXED BY events_by_kind
        WHERE learner = ? AND course = ? AND kind IN {_KINDS} GROUP BY activity
    """  # noqa: S608 - ours
    with translated(db.path):
        rows = db.execute(query, (learner, course)).fetchall()
    return {
        activity: Fact(watched, length, bool(finished), done[activity].score)
        for activity, watched, length, finished in rows
        if watched or finished
    }


def has_claimed(db: Database, learner: str, course: str) -> bool:
    """Whether the rule was met here once, and said to be."""
    query = "SELECT 1 FROM events WHERE learner = ? AND course = ? AND kind = 'claimed'"
    with translated(db.path):
        return db.execute(query, (learner, course)).fetchone() is not None
