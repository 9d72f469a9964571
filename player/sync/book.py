# SPDX-License-Identifier: Apache-2.0
"""Where it is written down how far each statement is: what a run of sending works on.

This PC's own is the journal's outbox. A bundle that another PC packed has its own (`office`), so
that the same run, with all its rules, delivers both.
"""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from typing import Protocol

from player.journal import outbox
from player.journal.outbox import Delivery
from player.store.database import Database


class Book(Protocol):
    """Each change is safe when its method returns, as far as the book keeps anything at all."""

    def open_deliveries(self, limit: int, after: int) -> list[Delivery]:
        """The first `limit` statements without an answer, later than seq `after`."""

    def mark_sent(self, ids: Collection[str], at: str) -> None:
        """They are about to leave."""

    def acknowledge(self, ids: Collection[str], at: str) -> None:
        """The platform has them."""

    def refuse(self, event: str, reason: str) -> None:
        """The platform will not have it; `reason` is a sentence of `Rejected`."""

    def left(self) -> int:
        """How many have no answer yet."""


@dataclass(frozen=True, slots=True)
class OwnBook:
    """What was done on this PC."""

    db: Database

    def open_deliveries(self, limit: int, after: int) -> list[Delivery]:
        """See `Book`."""
        return outbox.open_deliveries(self.db, limit, after)

    def mark_sent(self, ids: Collection[str], at: str) -> None:
        """See `Book`."""
        outbox.mark_sent(self.db, ids, at)

    def acknowledge(self, ids: Collection[str], at: str) -> None:
        """See `Book`."""
        outbox.acknowledge(self.db, ids, at)

    def refuse(self, event: str, reason: str) -> None:
        """See `Book`."""
        outbox.refuse(self.db, event, reason)

    def left(self) -> int:
        """See `Book`."""
        return outbox.counts(self.db).waiting
