# SPDX-License-Identifier: Apache-2.0
"""The zone that this PC is set to, summer time included, as the system knows it."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta, tzinfo


class SystemZone(tzinfo):
    """Local time with its changes: `datetime.astimezone` alone gives only today's offset."""

    def utcoffset(self, moment: datetime | None) -> timedelta | None:
        """The offset of a local time; of one that comes twice, by its `fold`."""
        return moment.replace(tzinfo=None).astimezone().utcoffset() if moment else None

    def tzname(self, moment: datetime | None) -> str | None:
        """What the system calls it."""
        return moment.replace(tzinfo=None).astimezone().tzname() if moment else None

    def dst(self, moment: datetime | None) -> timedelta | None:  # noqa: ARG002 - tzinfo's
        """Not known apart from the offset."""
        return None

    def fromutc(self, moment: datetime) -> datetime:
        """Local time from universal time. `moment` carries this zone, as `tzinfo` has it."""
        there = moment.replace(tzinfo=UTC).astimezone()
        found = there.replace(tzinfo=self, fold=0)
        return found if found.utcoffset() == there.utcoffset() else found.replace(fold=1)
