# SPDX-License-Identifier: Apache-2.0
"""Rendering where there is no server to ask what time it is.

What is rendered stays as it is on every road, so a wrong clock cannot be set right later; each
statement says what its time stands on.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime, timedelta

import msgspec

from player.course.platform import Platform
from player.journal import outbox
from player.journal.events import Event
from player.store.database import Database
from player.sync.statements import Clock, statement

_PAGE = 500
_AGREE = timedelta(seconds=5)  # by which two clocks of one PC may differ and none was set


def render(db: Database, platform: Platform) -> None:
    """Render and keep what nobody has rendered, without a server that could tell the time."""
    earlier = _last_contact(platform, outbox.latest_statement(db))
    while events := outbox.owed(db, _PAGE):
        outbox.put(db, [(one.id, statement(one, platform, earlier(one))) for one in events])


class _Told(msgspec.Struct):
    """What a statement says of the clock it was rendered by."""

    at: str
    offset: float
    monotonic: float
    boot: str
    contact: str = ""


def _last_contact(platform: Platform, rendered: bytes | None) -> Callable[[Event], Clock]:
    """How wrong this PC's clock is at an act, by what the last statement knew of it.

    It holds while the PC runs and nobody sets its clock, which the monotonic clock tells; otherwise
    nothing is known, and a wrong correction would be worse than none.
    """
    told = _told(platform, rendered)

    def clock(event: Event) -> Clock:
        if told is None or told.contact == "none" or event.boot != told.boot or not event.boot:
            return Clock(contact="none")
        passed = datetime.fromisoformat(event.at) - datetime.fromisoformat(told.at)
        ran = timedelta(seconds=event.monotonic - told.monotonic)
        if abs(passed - ran) > _AGREE:
            return Clock(contact="none")
        return Clock(timedelta(seconds=told.offset), contact="earlier")

    return clock


def _told(platform: Platform, rendered: bytes | None) -> _Told | None:
    if rendered is None:
        return None
    try:
        statement_ = msgspec.json.decode(rendered)
        own = f"{platform.home.rstrip('/')}/xapi/extensions/clock"
        said = statement_["context"]["extensions"][own]
        return msgspec.convert({"at": statement_["timestamp"], **said}, _Told)
    except (msgspec.MsgspecError, KeyError, TypeError):
        return None
