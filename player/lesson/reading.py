# SPDX-License-Identifier: Apache-2.0
"""Pages, documents and lists of links: opened, read to the end, left by a link.

The rule is short: opening is recorded each time; such an activity counts as done the first time
its end was in sight, which the view knows (a page scrolled to its end, the last page of a document,
a list of links as soon as it is shown).
"""

from __future__ import annotations

from player.clock import Now
from player.course.manifest import AnyActivity
from player.journal.events import Completed, Followed, Opened
from player.journal.journal import Where, record
from player.journal.progress import is_completed
from player.lesson import noting
from player.lesson.naming import named, type_of
from player.store.database import Database, translated


def opened(db: Database, where: Where, activity: AnyActivity, now: Now | None = None) -> None:
    """Record that `activity`, of whatever kind, was shown.

    Raises:
        DiskFull, DatabaseBusy, NotWritable: see `player.journal.journal.record`.
    """
    record(db, where, Opened(**named(db, where, activity), type=type_of(activity)), now)


def read_through(db: Database, where: Where, activity: AnyActivity, now: Now | None = None) -> None:
    """Record that `activity` is done, unless it is. See `opened` for errors."""
    with translated(db.path), db.atomic():
        if not is_completed(db, where.learner, where.course, where.activity):
            act = Completed(**named(db, where, activity), type=type_of(activity))
            record(db, where, act, now)


def followed(
    db: Database, where: Where, url: str, activity: AnyActivity, now: Now | None = None
) -> None:
    """Record that the learner left `activity` for `url`; nobody waits with it any more.

    See `opened` for errors.
    """
    with translated(db.path), db.atomic():
        record(db, where, Followed(**named(db, where, activity), url=url), now)
        noting.let_go(db, where.learner, url, now)
