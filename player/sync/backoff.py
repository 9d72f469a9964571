# SPDX-License-Identifier: Apache-2.0
"""How much at once, how often, and how long to wait before the next try. Pure.

Exponential, half of it by chance, so that a classroom that lost its connection together does not
come back together; a server that says when to come back is obeyed.
"""

from __future__ import annotations

import random
import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime

FIRST = 1.0
LONGEST = 900.0


@dataclass(frozen=True, slots=True)
class Pace:
    """How a run goes about it. Sizes for a slow line, patience for a worker thread."""

    batch: int = 100
    """Statements in one request, at most."""
    size: int = 1_000_000
    """Bytes in one request, at most, unless one statement alone is larger."""
    plain: int = 200_000
    """The same where they are not packed: what a line that breaks has to carry again."""
    tries: int = 3
    """How often a batch at which the server fails is sent before it is halved."""
    patience: float = 10.0
    """Seconds it will wait for the server inside a run; for longer, the run ends."""
    failures: int = 24
    """Failures of the server in a row, after which the run ends: it is the server, not a batch."""
    abreast: int = 1
    """Requests in gzip under way at the same time, once one went through."""
    sleep: Callable[[float], None] = time.sleep
    chance: Callable[[], float] = random.random


STEADY = Pace(batch=200, abreast=4)


def delay(
    failures: int, asked: float | None = None, chance: Callable[[], float] = random.random
) -> float:
    """Seconds to wait after the `failures`-th failure in a row (from 1).

    Args:
        failures: how many there were.
        asked: what the server asked for, in seconds; never undercut.
        chance: a number in [0, 1).
    """
    span = min(LONGEST, FIRST * 2.0 ** min(max(failures, 1) - 1, 30))
    wait = span * (0.5 + chance() / 2)
    return wait if asked is None else asked + chance() * FIRST


def retry_after(headers: Mapping[str, str]) -> float | None:
    """Seconds that `Retry-After` asks for (RFC 9110 §10.2.3); None without it.

    A date in it is measured from the server's own `Date`: this PC's clock may be wrong.
    """
    text = headers.get("retry-after", "").strip()
    if text.isascii() and text.isdigit():
        return float(min(int(text[:9]), 10**7))
    until, now = http_date(text), http_date(headers.get("date", ""))
    return max(0.0, (until - now).total_seconds()) if until and now else None


def http_date(text: str) -> datetime | None:
    """The time of an HTTP date, in UTC; None when `text` is none."""
    try:
        found = parsedate_to_datetime(text)
    except (ValueError, TypeError, OverflowError):
        return None
    return found if found.tzinfo else found.replace(tzinfo=UTC)
