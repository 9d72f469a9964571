# SPDX-License-Identifier: Apache-2.0
"""When and how long somebody learnt, and how fast: readings of the journal for the learner alone.

Time is counted between one act of learning and the next on the same PC. Of a gap without any act no
more than `QUIET` counts: whoever reads for longer without a touch may have gone away, and an
evening with the window left open is no evening of study. Where the next act says that it took
longer (a question that was open for eight minutes), that counts, but never more than the gap
itself. After a video was closed nothing counts until the next act. So the figure may be some
minutes short, and hardly ever too high.

On one PC the seconds since its start measure a gap, so that a clock which is put right or wrong
meanwhile adds nothing; in which week an act falls, the clock alone can say.
"""

from __future__ import annotations

from collections import defaultdict
from datetime import datetime
from statistics import median

from player.clock import stamp
from player.journal.union import TOLD
from player.store.database import Database

QUIET = 300.0
"""Seconds of a gap without any act that count at the most."""
STRIDE = 2_000
"""How many acts are looked at in one go, from the newest back, until none of them is recent."""
ANSWERS = 50
"""The last so many answers say how fast the learner answers."""
AWAY = 600.0
"""Seconds: whoever takes longer over one question was away from it."""

_LEARNING = (  # all others are acts of the program, or choices: nobody learns by them
    *("opened", "followed", "played", "paused", "sought", "watching", "left", "completed"),
    *("begun", "answered", "ticked", "hinted", "finished", "reviewed", "confided"),
    *("noted", "bookmarked", "link_kept"),
)
_Row = tuple[str, str, str, float, str, float, str, str]
_STUDY = f"kind IN ({', '.join(repr(one) for one in _LEARNING)})"


def spent(db: Database, learner: str, since: datetime, until: datetime) -> dict[str, float]:
    """Return the seconds learnt between two moments, by course. See the top for the rule."""
    found: dict[str, float] = defaultdict(float)
    before: _Row | None = None
    for row in _recent(db, learner, since, until):
        if before is not None and before[6] == row[6] and before[1] != "left":
            gap = _gap(before, row)
            found[before[0]] += min(gap, max(QUIET, min(row[5], AWAY)))
        before = row
    return dict(found)


def _recent(db: Database, learner: str, since: datetime, until: datetime) -> list[_Row]:
    """The acts of learning between two moments, PC by PC, each in its order.

    The newest are looked at, and on until a whole stride of this PC's own has none of that time:
    what was done years ago costs nothing, and neither a clock that was wrong for an evening nor old
    acts that came from another PC hide anything.
    """
    query = f"""
        SELECT course, kind, coalesce(o.done_at, e.at), monotonic, boot,
               coalesce(payload ->> '$.seconds', 0), coalesce(o.device, ''),
               iif(o.device = '{TOLD}', o.done_at, printf('%020d', seq))
        FROM events AS e NOT INDEXED LEFT JOIN origins AS o ON o.event = e.id
        WHERE learner = ? AND seq > ? AND seq <= ? AND {_STUDY}
        AND coalesce(o.done_at, e.at) >= ? AND coalesce(o.done_at, e.at) < ?
    """  # noqa: S608 - ours
    found: list[_Row] = []
    times = [stamp(one, "milliseconds") for one in (since, until)]
    end = db.execute("SELECT coalesce(max(seq), 0) FROM events").fetchone()[0]
    while end > 0:
        rows = db.execute(query, [learner, end - STRIDE, end, *times]).fetchall()
        if not rows and not _came_from_elsewhere(db, end - STRIDE, end):
            break
        found += rows
        end -= STRIDE
    return sorted(found, key=lambda row: row[6:])


def _came_from_elsewhere(db: Database, after: int, last: int) -> bool:
    query = (
        "SELECT EXISTS (SELECT 1 FROM events AS e NOT INDEXED JOIN origins AS o ON o.event = e.id"
        " WHERE e.seq > ? AND e.seq <= ?)"
    )
    return bool(db.execute(query, [after, last]).fetchone()[0])


def _gap(before: tuple[object, ...], after: tuple[object, ...]) -> float:
    """Seconds between two acts of one PC; nothing where its clock went backwards."""
    if before[4] == after[4] and not after[6]:
        return max(0.0, float(after[3]) - float(before[3]))  # type: ignore[arg-type]
    times = [datetime.fromisoformat(str(one[2])) for one in (before, after)]
    return max(0.0, (times[1] - times[0]).total_seconds())


def last_at(db: Database, learner: str, course: str) -> datetime | None:
    """Return when the learner last learnt in a course; None for never.

    Of this PC the last act by its order, whatever its clock said; of others the latest.
    """
    own = f"""
        SELECT at FROM events AS e WHERE learner = ? AND course = ? AND {_STUDY}
        AND NOT EXISTS (SELECT 1 FROM origins WHERE event = e.id) ORDER BY seq DESC LIMIT 1
    """  # noqa: S608 - ours
    others = f"""
        SELECT max(o.done_at) FROM origins AS o CROSS JOIN events AS e ON e.id = o.event
        WHERE e.learner = ? AND e.course = ? AND {_STUDY}
    """  # noqa: S608 - ours
    rows = (db.execute(query, [learner, course]).fetchone() for query in (own, others))
    times = [datetime.fromisoformat(row[0]) for row in rows if row and row[0]]
    return max(times, default=None)


def answer_seconds(db: Database, learner: str) -> float | None:
    """Return how many seconds an answer takes this learner, by the middle of the last ones."""
    query = f"""
        SELECT payload ->> '$.seconds' FROM events WHERE seq IN (
            SELECT seq FROM events WHERE learner = ? AND kind = 'answered'
            ORDER BY seq DESC LIMIT {ANSWERS}
        )
    """  # noqa: S608 - ours
    found = [row[0] for row in db.execute(query, [learner]) if row[0] and 1 <= row[0] <= AWAY]
    return median(found) if found else None


def answered_so_far(db: Database, learner: str, course: str, activity: str) -> int:
    """Return how many questions of the attempt under way are answered; 0 where none is."""
    query = """
        WITH acts AS (
            SELECT seq, kind,
                   payload ->> '$.attempt' AS attempt, payload ->> '$.question' AS question
            FROM events WHERE learner = ? AND course = ? AND activity = ?
            AND kind IN ('begun', 'answered', 'finished')
        )
        SELECT count(DISTINCT question) FROM acts
        WHERE kind = 'answered'
        AND attempt = (SELECT attempt FROM acts WHERE kind = 'begun' ORDER BY seq DESC LIMIT 1)
        AND attempt NOT IN (SELECT attempt FROM acts WHERE kind = 'finished')
    """
    return int(db.execute(query, [learner, course, activity]).fetchone()[0])
