# SPDX-License-Identifier: Apache-2.0
"""The time of a test."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta


class Clock:
    """A clock that stands still until it is moved; called, it tells the time."""

    def __init__(self) -> None:
        self.now = datetime(2026, 1, 5, 9, 0, tzinfo=UTC)  # a Monday

    def __call__(self) -> datetime:
        return self.now

    def forward(self, **by: float) -> None:
        """Move on: `forward(days=4)`, as `timedelta` has it."""
        self.now += timedelta(**by)
