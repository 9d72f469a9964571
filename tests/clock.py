# SPDX-License-Identifier: Apache-2.0
"""The time of a test."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta


class Clock:
    """A clock that stands still until it is moved; called, it tells the time.

    `now` is what it shows: setting it is what a person does, and moves nothing else. `up` are the
    seconds since the start of the PC, `boot` says which start.
    """

    def __init__(self) -> None:
        self.now = datetime(2026, 1, 5, 9, 0, tzinfo=UTC)  # a Monday
        self.up = 1000.0
        self.boot = "first"

    def __call__(self) -> datetime:
        return self.now

    def forward(self, **by: float) -> None:
        """Move on: `forward(days=4)`, as `timedelta` has it."""
        self.now += timedelta(**by)
        self.up += timedelta(**by).total_seconds()

    def restart(self, **off: float) -> None:
        """Switch the PC off and, so much later, on."""
        self.now += timedelta(**off)
        self.up, self.boot = 30.0, f"after {self.boot}"
