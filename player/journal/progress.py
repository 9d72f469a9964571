# SPDX-License-Identifier: Apache-2.0
"""How far a learner is: readings of the journal, so that nothing about it can get out of step.

On one PC the order of the rows is the order of doing, whatever its clock says. Between PCs the last
act of each is compared by when its statement says it was done, which a server's clock set right; so
every PC comes to the same, whichever act reached it first. What the platform told of (`union.TOLD`)
may be of several PCs, and is in that order throughout.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Any

from player.journal.union import TOLD, has_origins
from player.store.database import Database


@dataclass(frozen=True, slots=True)
class Done:
    """What was done with one activity. Times are RFC 3339, UTC.

    `completed_at` is None until it counts as done; `score` is 0 to 1, of the attempt that counts by
    the course's rule, None without a mark.
    """

    completed_at: str | None
    score: float | None
    last_at: str


def course_progress(db: Database, learner: str) -> dict[str, int]:
    """Return how many activities are done, by course; a course without any is left out."""
    query = (
        "SELECT course, sum(completed) FROM (SELECT * FROM course_progress WHERE learner = :learner"
        " UNION ALL SELECT * FROM course_confided WHERE learner = :learner) GROUP BY course"
    )
    return dict(db.execute(query, {"learner": learner}).fetchall())


def activities_done(
    db: Database, learner: str, course: str, counts: Mapping[str, str] | None = None
) -> dict[str, Done]:
    """Return what was done, by activity; one that was never opened is left out.

    `counts` says which score stands for all attempts, by activity, as the manifest does: the
    `first`, the `last`, their `average`, otherwise the best.
    """
    query = (
        "SELECT activity, completed_at, best_score, last_at FROM progress"
        " WHERE learner = ? AND course = ?"
    )
    done = {row[0]: Done(*row[1:]) for row in db.execute(query, (learner, course))}
    for rule in {"first", "last", "average"} & set((counts or {}).values()):
        for activity, score in _scores(db, learner, course, rule):
            if (counts or {}).get(activity) == rule:
                done[activity] = replace(done[activity], score=score)
    return done


def is_completed(db: Database, learner: str, course: str, activity: str) -> bool:
    """Whether the activity counts as done."""
    query = (
        "SELECT 1 FROM events WHERE learner = ? AND course = ? AND activity = ?"
        " AND kind IN ('completed', 'confided')"
    )
    return db.execute(query, (learner, course, activity)).fetchone() is not None


def last_activity(db: Database, learner: str, course: str) -> str | None:
    """Return the activity in which the learner was last, to go on there."""
    if not has_origins(db, learner):  # most have one PC, whose order an index knows
        query = (
            "SELECT activity FROM events WHERE learner = ? AND course = ? AND activity <> ''"
            " ORDER BY seq DESC LIMIT 1"
        )
        row = db.execute(query, (learner, course)).fetchone()
        return row[0] if row else None
    found = _at_the_end(db, learner, course, "activity <> ''", "activity", each="")
    return found[-1][0] if found else None


def path(db: Database, learner: str, course: str) -> str:
    """Return the path that the learner chose last, '' before that."""
    chosen = "kind = 'path_chosen'"
    found = _at_the_end(db, learner, course, chosen, "payload ->> '$.path'", each="")
    return str(found[-1][1]) if found else ""


def with_paths(db: Database, learner: str) -> set[str]:
    """Return the courses in which the learner ever chose a path."""
    query = "SELECT DISTINCT course FROM events WHERE learner = ? AND kind = 'path_chosen'"
    return {row[0] for row in db.execute(query, [learner])}


def planned(db: Database, learner: str, course: str) -> float:
    """Return how many hours a week the learner plans for a course, 0 for no plan."""
    found = _at_the_end(db, learner, course, "kind = 'planned'", "payload ->> '$.hours'", each="")
    return float(found[-1][1]) if found else 0.0


def positions(db: Database, learner: str, course: str, activity: str = "") -> dict[str, float]:
    """Return where each video stands, or one, in seconds from its start, by activity."""
    playing = "kind IN ('played', 'paused', 'sought', 'watching', 'left')"
    spot = "coalesce(payload ->> '$.to', payload ->> '$.time')"
    here = f"{playing} AND :activity IN ('', activity)"
    found = _at_the_end(db, learner, course, here, spot, activity=activity)
    return {name: float(seconds) for name, seconds in found}


_SCORE = "(SELECT score FROM finishes AS f WHERE f.seq = ends.seq)"
_COUNTING = "kind = 'finished' AND e.seq IN (SELECT seq FROM finishes WHERE NOT is_void)"
_ENDS = {"first": "min", "last": "max"}


def _scores(db: Database, learner: str, course: str, rule: str) -> list[tuple[str, Any]]:
    """The score of each activity by `rule`; of several PCs the one that counts stands last."""
    if rule != "average":
        return _at_the_end(db, learner, course, _COUNTING, _SCORE, end=_ENDS[rule])
    query = (
        "SELECT e.activity, avg(f.score) FROM events AS e JOIN finishes AS f ON f.seq = e.seq"
        " WHERE e.learner = ? AND e.course = ? GROUP BY e.activity"
    )
    return db.execute(query, (learner, course)).fetchall()


def _at_the_end(  # noqa: PLR0913 - which acts, and what of them
    db: Database,
    learner: str,
    course: str,
    condition: str,
    value: str,
    *,
    each: str = "activity, ",
    end: str = "max",
    activity: str = "",
) -> list[tuple[str, Any]]:
    """Activity and `value` of the last act of each PC; of the first, with `end` min.

    At each activity, or in the whole course where `each` is ''. Those of several PCs stand in the
    order that makes the one that counts the last of them. What was not rendered yet has no time
    that is known to be right: where it was done after all that came from elsewhere, it is later.
    """
    query = f"""
        WITH done AS (
            SELECT e.*, o.device, o.done_at
            FROM events AS e LEFT JOIN origins AS o ON o.event = e.id
            WHERE e.learner = :learner AND e.course = :course AND {condition}
        ), ends AS (
            SELECT *, {end}(iif(device = '{TOLD}', done_at, seq)) FROM done GROUP BY {each}device
        )
        SELECT activity, {value}, coalesce(
            done_at,
            (SELECT CAST(statement AS TEXT) ->> '$.timestamp' FROM deliveries AS d
             WHERE d.seq = ends.seq),
            iif(seq > (SELECT max(seq) FROM done WHERE device IS NOT NULL), '~', at)
        ) AS when_, id
        FROM ends
    """  # noqa: S608 - ours
    names = {"learner": learner, "course": course, "activity": activity}
    rows = db.execute(query, names).fetchall()
    rows.sort(key=lambda row: row[2:], reverse=end == "min")
    return [(row[0], row[1]) for row in rows]
