# SPDX-License-Identifier: Apache-2.0
"""What time it is, and how a time is written: RFC 3339, in UTC, ending in `Z`."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime

Now = Callable[[], datetime]
"""A wall clock; tests have their own."""


def utc_now() -> datetime:
    """The time, by this PC's clock."""
    return datetime.now(UTC)


def stamp(at: datetime, precision: str = "seconds") -> str:
    """Write a time down. `precision` as `datetime.isoformat` has it."""
    return at.astimezone(UTC).isoformat(timespec=precision).replace("+00:00", "Z")
