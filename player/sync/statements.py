# SPDX-License-Identifier: Apache-2.0
"""An event said in xAPI 1.0.3. Pure: the same event, platform and clock give the same bytes.

The frame is that of research/xapi.md §4.2; `phrases` fills it. The learner is an opaque account of
the platform, without a name.
"""

from __future__ import annotations

import uuid
from dataclasses import dataclass
from datetime import datetime, timedelta

import msgspec

from player.clock import stamp
from player.course.platform import Platform
from player.journal.events import LOCAL, Event
from player.sync.phrases import bare, said
from player.sync.spelling import language, part, without_empty


@dataclass(frozen=True, slots=True)
class Clock:
    """How wrong this PC's clock is: true time is its time plus `offset`, and now it is `now`.

    `now` (true, UTC) bounds every timestamp, since a statement must not come from the future
    (xAPI 1.0.3, part 2, 2.4.7); None where nobody could tell. `contact` is '' where a server was
    asked, 'earlier' where that was another day, 'none' where nothing is known.
    """

    offset: timedelta = timedelta()
    now: datetime | None = None
    contact: str = ""

    def corrected(self, at: str) -> str:
        """The RFC 3339 time `at` of this PC as true time: UTC, milliseconds, `Z`."""
        true = datetime.fromisoformat(at) + self.offset
        return stamp(min(true, self.now) if self.now else true, "milliseconds")


def statement(event: Event, platform: Platform, clock: Clock) -> bytes | None:
    """Return the event as a statement, compact UTF-8 JSON; None when the platform is not told."""
    if event.kind in LOCAL:
        return None
    home = platform.home.rstrip("/")
    course = f"{home}/courses/{part(event.course)}"
    here = f"{course}/activities/{part(event.activity)}" if event.activity else course
    this = said(event.act, here)
    own = f"{home}/xapi/extensions"
    timestamp = clock.corrected(event.at)
    extensions = {
        **this.extensions,
        **{f"{own}/{name}": value for name, value in this.own.items()},
        f"{own}/course": {"id": event.course, "version": event.version},
        f"{own}/clock": {
            "at": event.at if event.at != timestamp else "",  # once is enough
            "offset": clock.offset.total_seconds(),
            "monotonic": event.monotonic,
            "boot": event.boot,
            "contact": clock.contact,
        },
    }
    frame = {
        "id": event.id,
        "actor": {
            "objectType": "Agent",
            "account": {"homePage": platform.home, "name": event.learner},
        },
        "verb": {"id": this.verb, "display": {"en-US": this.verb.rpartition("/")[2]}},
        "object": this.object,
        "result": this.result,
        "context": {
            "registration": str(uuid.uuid5(uuid.NAMESPACE_URL, f"{course}#{event.learner}")),
            "platform": "Cartable",
            "language": language(event.act.language),
            "contextActivities": {
                "parent": [bare(this.parent)] if this.parent else [],
                "grouping": [bare(course)] if this.object["id"] != course else [],
                "category": [bare(this.profile)] if this.profile else [],
            },
            "extensions": extensions,
        },
        "timestamp": timestamp,
        "version": "1.0.0",
    }
    return msgspec.json.encode(without_empty(frame))
