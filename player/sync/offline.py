# SPDX-License-Identifier: Apache-2.0
"""Rendering where there is no server to ask what time it is.

What is rendered stays as it is on every road, so a wrong clock cannot be set right later; each
statement says what its time stands on.
"""

from __future__ import annotations

from player.course.platform import Platform
from player.journal import outbox
from player.store.database import Database
from player.sync import contact
from player.sync.clocks import earlier
from player.sync.statements import statement

_PAGE = 500


def render(db: Database, platform: Platform) -> None:
    """Render and keep what nobody has rendered, without a server that could tell the time."""
    clock = earlier(contact.latest(db, platform.lrs.endpoint) if platform.lrs else None)
    while events := outbox.owed(db, _PAGE):
        outbox.put(db, [(one.id, statement(one, platform, clock(one))) for one in events])
