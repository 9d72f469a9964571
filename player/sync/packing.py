# SPDX-License-Identifier: Apache-2.0
"""Whether a store takes a batch in gzip: found out by trying, once, and remembered.

A batch is 10 to 20 times smaller in gzip, but many stores do not know it and answer 400, 415 or
500, or break off (research/xapi.md §1.5, §3). So the first batch that would gain is sent in gzip
and, where that comes to nothing, the same ids plain, which tells whether gzip was the reason: at
once after a 4xx, the third time after a 5xx, which may have been a hiccup.
"""

from __future__ import annotations

import gzip
from dataclasses import dataclass, field
from datetime import datetime, timedelta

from player.clock import Now, stamp
from player.store.database import Database

WORTH = 1500  # bytes: what fits in one packet anyway is sent as it is
AGAIN_AFTER = timedelta(days=30)
MOST_DOUBTS = 3


@dataclass(slots=True)
class Packing:
    """What is known of one endpoint. Without a database it is known for one run.

    `state` is 'yes', 'no', or '' while nobody knows.
    """

    db: Database | None
    endpoint: str
    now: Now
    state: str = field(init=False, default="")
    _doubts: int = field(init=False, default=0)
    _rests: bool = field(init=False, default=False)

    def __post_init__(self) -> None:
        query = "SELECT gzip, doubts, asked_at FROM stores WHERE endpoint = ?"
        row = self.db.execute(query, [self.endpoint]).fetchone() if self.db else None
        if row is None or not row[2]:
            return
        self.state, self._doubts, asked_at = row
        # Either way: a clock that was wrong then must not settle it for ever
        if self.state == "no" and abs(self.now() - datetime.fromisoformat(asked_at)) > AGAIN_AFTER:
            self.state, self._doubts = "", 0

    def pack(self, body: bytes) -> bytes | None:
        """`body` in gzip; None where it is to be sent as it is."""
        if self.state == "no" or self._rests or len(body) < WORTH:
            return None
        packed = gzip.compress(body, 9, mtime=0)
        return packed if len(packed) < len(body) // 2 else None

    def worked(self) -> None:
        """The store read one."""
        if (self.state, self._doubts) != ("yes", 0):
            self._keep("yes", 0)

    def refused(self) -> None:
        """It took the same batch as it is, and said that in gzip it was wrong."""
        self._keep("no", 0)

    def rest(self) -> None:
        """It took neither, so that nothing was learnt: no more gzip in this run."""
        self._rests = True

    def doubt(self) -> None:
        """It came to nothing, and nobody knows why. One who does so again and again loses trust."""
        doubts = self._doubts + 1
        if doubts < MOST_DOUBTS:
            self._keep(self.state, doubts)
        else:
            self._keep("" if self.state == "yes" else "no", 0)

    def _keep(self, state: str, doubts: int) -> None:
        self.state, self._doubts = state, doubts
        if self.db is None:
            return
        at = stamp(self.now())
        with self.db.atomic():
            self.db.execute(
                "INSERT INTO stores (endpoint, gzip, doubts, asked_at) VALUES (?, ?, ?, ?)"
                " ON CONFLICT (endpoint) DO UPDATE SET gzip = excluded.gzip,"
                " doubts = excluded.doubts, asked_at = excluded.asked_at",
                (self.endpoint, state, doubts, at),
            )
