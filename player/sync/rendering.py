# SPDX-License-Identifier: Apache-2.0
"""Acts become statements, once: what is rendered stays as it is on every road.

So a wrong clock cannot be set right later; each statement says what its time stands on.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import datetime, timedelta

from player.clock import Now
from player.course.platform import Platform
from player.journal import outbox
from player.store.database import Database
from player.sync import contact
from player.sync.clocks import Contact, Stamp, clocks, earlier
from player.sync.endpoint import Endpoint
from player.sync.statements import statement

_PAGE = 500


def online(db: Database, platform: Platform, store: Endpoint, now: Now) -> Iterator[int]:
    """Render and keep what nobody has rendered yet, a page at each step, by the store's clock.

    Yields up to which `seq` all is rendered. Acts that are done meanwhile are left for the next
    time: they are later than the contact.

    Raises:
        ConnectionProblem, SyncProblem: nobody tells what time it is.
    """
    stamps = [
        Stamp(seq, datetime.fromisoformat(at), monotonic, boot)
        for seq, at, monotonic, boot in outbox.stamps(db)
    ]
    if not stamps:
        return
    clock = clocks(stamps, _contact(db, store, now))
    while events := outbox.owed(db, _PAGE, stamps[-1].seq):
        outbox.put(db, [(one.id, statement(one, platform, clock(one))) for one in events])
        yield events[-1].seq


def offline(db: Database, platform: Platform) -> None:
    """Render and keep what nobody has rendered, without a server that could tell the time."""
    clock = earlier(contact.latest(db, platform.lrs.endpoint) if platform.lrs else None)
    while events := outbox.owed(db, _PAGE):
        outbox.put(db, [(one.id, statement(one, platform, clock(one))) for one in events])


def _contact(db: Database, store: Endpoint, now: Now) -> Contact:
    """What time it is: told by the store, or by the PC's own clocks since it last did."""
    endpoint, before = store.lrs.endpoint, now()
    known = contact.latest(db, endpoint)
    if known and (still := known.moved_to(contact.here(now))):
        return still
    theirs = store.server_time()
    there = contact.here(now)
    if theirs is None:
        return there
    offset = theirs + timedelta(seconds=0.5) - (before + (there.at - before) / 2)
    # The header has whole seconds and took a while: less than that is no error of the clock.
    if abs(offset) > max(timedelta(seconds=5), there.at - before):
        there = replace(there, offset=timedelta(seconds=round(offset.total_seconds())))
    contact.keep(db, endpoint, there)
    return there
