# SPDX-License-Identifier: Apache-2.0
"""This PC's line: what it is used for is counted, slowed, and held to the learner's own rules."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from contextlib import closing, contextmanager
from dataclasses import dataclass, field
from datetime import date, datetime
from pathlib import Path

from player import settings
from player.app.zone import SystemZone
from player.download.budget import Allowance, Budget, allowed
from player.errors import StorageProblem
from player.settings import Settings
from player.store import database, traffic
from player.store.database import Database
from player.store.tally import Tally
from player.store.traffic import Row
from player.transport import Transport
from player.transport.ceiling import Ceiling, Limited
from player.transport.counted import Counted

MB = 1_000_000
_METERED = {"yes": True, "no": False}
ZONE = SystemZone()


@dataclass(frozen=True, slots=True)
class Traffic:
    """What the line was used for in a month, in bytes, and what is left of the budgets.

    `total` is `content` (of courses), `catalogue`, `answers` and `overhead` (of all of them).
    `by_day` has the days that have any. Budgets and what is left are None where there is none.
    """

    month: str
    total: int
    content: int
    catalogue: int
    answers: int
    overhead: int
    by_day: tuple[tuple[date, int], ...]
    used_today: int
    budget_month: int | None
    budget_day: int | None
    left_month: int | None
    left_day: int | None


@dataclass(slots=True)
class Line:
    """The line of one home. Any thread may use it.

    `system` says whether the system calls the line metered, None where it does not know, and
    `network` names the network this PC is in, '' for none: the window asks Qt. `by_hand` says that
    the download that runs was asked for just now. `free` says of a URL that it leads no further
    than the LAN.
    """

    home: Path
    transport: Transport
    now: Callable[[], datetime]
    settings: Callable[[], Settings]
    system: Callable[[], bool | None] = lambda: None
    network: Callable[[], str] = lambda: ""
    free: Callable[[str], bool] = lambda _url: False
    by_hand: bool = False
    ceiling: Ceiling = field(default_factory=lambda: Ceiling(0))
    tally: Tally = field(init=False)

    def __post_init__(self) -> None:
        self.tally = Tally(self._write, self._today)

    @contextmanager
    def road(self, kind: str, course: str = "") -> Iterator[Transport]:
        """The transport for a piece of work, which counts as `kind`; the ledger is right after it.

        Args:
            kind: 'content', 'catalogue' or 'answers'. Answers are not slowed.
            course: for which course, where that is known.
        """

        def tally(kind: str, content: int, overhead: int) -> None:
            self.ceiling.kbit_per_s = self.settings().ceiling_kbits  # may have changed meanwhile
            self.tally.add(kind, content, overhead, course)

        counted = Counted(self.transport, kind, tally, self.free)
        try:
            yield counted if kind == "answers" else Limited(counted, self.ceiling, self.free)
        finally:
            self.tally.settle()

    def metered(self) -> bool | None:
        """Whether the line is paid by the megabyte; None where nobody knows.

        As the settings say, else the system, else the learner when asked of this network.
        """
        known = _METERED.get(self.settings().metered)
        if known is None:
            known = self.system()
        return _METERED.get(self.said()) if known is None else known

    def said(self) -> str:
        """What the learner said of the network this PC is in: see `settings.said_of`."""
        return settings.said_of(self.settings().lines, self.network())

    def allowance(self, db: Database) -> Allowance:
        """How much may be fetched now."""
        now = self.now().astimezone(ZONE)
        today = traffic.day_that_counts(db, now)
        spent = self._used(db, today, today), self._used(db, today.replace(day=1), today)
        rules = budget(self.settings())
        return allowed(rules, *spent, now, self.metered(), self.by_hand, today=today)

    def traffic(self, db: Database, month: date | None = None) -> Traffic:
        """The ledger of the month of a day, of this month otherwise."""
        today = traffic.day_that_counts(db, self.now().astimezone(ZONE))
        found = traffic.month(db, month or today, self.tally.ahead())
        rules = budget(self.settings())
        day, whole = self._used(db, today, today), self._used(db, today.replace(day=1), today)
        return Traffic(
            month=f"{found.first:%Y-%m}",
            total=found.total,
            content=found.content,
            catalogue=found.catalogue,
            answers=found.answers,
            overhead=found.overhead,
            by_day=found.by_day,
            used_today=day,
            budget_month=rules.month,
            budget_day=rules.day,
            left_month=None if rules.month is None else max(0, rules.month - whole),
            left_day=None if rules.day is None else max(0, rules.day - day),
        )

    def _used(self, db: Database, first: date, last: date) -> int:
        ahead = sum(size for (day, _), size in self.tally.ahead().items() if first <= day <= last)
        return max(0, traffic.used(db, first, last) - ahead)

    def _write(self, rows: Sequence[Row]) -> None:
        """With a connection of its own: whichever thread counts may end at any moment."""
        with closing(database.connect(self.home)) as db:
            traffic.add_all(db, rows)

    def _today(self) -> date:
        now = self.now().astimezone(ZONE)
        try:
            with closing(database.connect(self.home)) as db:
                return traffic.day_that_counts(db, now)
        except StorageProblem:
            return now.date()


def budget(choices: Settings) -> Budget:
    """The rules as the settings say them."""
    return Budget(
        day=choices.budget_day_mb * MB or None,
        month=choices.budget_month_mb * MB or None,
        hours=settings.hours(choices.allowed_hours) or (),
        on_metered=choices.on_metered,
    )
