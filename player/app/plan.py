# SPDX-License-Identifier: Apache-2.0
"""The learner's own plan: so many hours a week for a course, and what has been learnt of them.

A plan is a wish, not a duty. A week begins anew whatever came of the last one: nothing is carried
over, nothing is counted in a row, nobody is told that they are behind.
"""

from __future__ import annotations

import math
import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from player.clock import Now
from player.course.manifest import Manifest
from player.journal import progress, study
from player.journal.events import Planned
from player.journal.journal import Where, record
from player.store.database import Database

MOST = 40.0  # hours a week that can be planned
STEP = 0.5  # hours: a suggestion is a multiple of it

_AMOUNT = re.compile(
    r"(\d{1,9}(?:[.,]\d{1,9})?)(?:\s*(?:-|–|à|to|a)\s*(\d{1,9}(?:[.,]\d{1,9})?))?\s*"
    r"(hours?|heures?|horas?|hrs?|h|minutes?|minutos?|mins?)(?:\s*(\d{1,2})\b|\b)",
    re.IGNORECASE,
)
_WEEKLY = re.compile(r"week|semaine|semana|hebdo|/\s*sem", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Week:
    """This week in a course: `learnt` seconds of `planned` hours, 0 without a plan."""

    starts: date
    planned: float
    learnt: float

    @property
    def share(self) -> float:
        """How much of the plan is done, 0 to 1; 0 without a plan."""
        return min(1.0, self.learnt / (self.planned * 3600)) if self.planned else 0.0


def week_start(now: datetime, first_day: int = 1) -> datetime:
    """The local midnight at which the week of `now` began; `first_day` is 1 (Monday) to 7."""
    local = now.astimezone()
    back = (local.isoweekday() - first_day) % 7
    day = local.date() - timedelta(days=back)
    return datetime(day.year, day.month, day.day).astimezone()


def hours_in(effort: str) -> float | None:
    """The hours a week that a course's `effort` speaks of; None where that is not understood.

    `2 h par semaine`, `90 minutes per week`, `1 h 30 par semaine`, `2-3 hours a week` (the lower).
    """
    match = _AMOUNT.search(effort)
    if match is None or not _WEEKLY.search(effort):
        return None
    amount = float(match[1].replace(",", "."))
    hours = amount / 60 if match[3].lower().startswith("m") else amount
    if match[4] and match[3].lower() == "h":
        hours += int(match[4]) / 60
    return rounded(hours)


def rounded(hours: float) -> float | None:
    """As a plan can have it: in steps, up, within what can be planned; None for nothing."""
    steps = math.ceil(round(hours / STEP, 3)) * STEP
    return min(MOST, steps) if steps > 0 else None


def suggestion(
    manifest: Manifest, seconds: float, now: datetime, last: datetime | None = None
) -> float | None:
    """Hours a week that would fit a course, None where nothing says so.

    What its author says (`effort`); otherwise what is left, `seconds`, over the weeks until `last`,
    the last date by which something is due, or the end of the course.
    """
    said = hours_in(manifest.effort)
    end = last or _moment(manifest.ends)
    if said is not None or end is None or end <= now or seconds <= 0:
        return said
    weeks = max(1.0, (end - now) / timedelta(weeks=1))
    return rounded(seconds / 3600 / weeks)


def _moment(text: str) -> datetime | None:
    try:
        found = datetime.fromisoformat(text)
    except ValueError:
        return None
    return found if found.tzinfo else None


@dataclass(slots=True)
class Plans:
    """The plans of one home: it keeps what it read of the week, until there is another act."""

    db: Callable[[], Database]
    learner: Callable[[], str]
    now: Now
    _learnt: tuple[object, Mapping[str, float]] | None = None

    def of(self, course: str) -> float:
        """Hours a week that the learner plans for a course, 0 for no plan."""
        learner = self.learner()
        return progress.planned(self.db(), learner, course) if learner else 0.0

    def set(self, manifest: Manifest, hours: float) -> None:
        """Plan so many hours a week from now on; 0 for no plan.

        Raises:
            ValueError: it is no number of hours in a week.
            DiskFull, DatabaseBusy, NotWritable: the plan stays as it was.
        """
        if not 0 <= hours <= MOST:
            raise ValueError(hours)
        act = Planned(name=manifest.title, language=manifest.language, hours=hours)
        record(self.db(), Where(self.learner(), manifest.id, manifest.version), act, self.now)

    def week(self, course: str, first_day: int = 1) -> Week:
        """This week so far; see `player.journal.study` for what counts."""
        now = self.now()
        start = week_start(now, first_day)
        return Week(start.date(), self.of(course), self._spent(start, now).get(course, 0.0))

    def _spent(self, start: datetime, now: datetime) -> Mapping[str, float]:
        """What was learnt since `start`; a clock that is ahead for a minute hides nothing."""
        db, learner = self.db(), self.learner()
        seq = db.execute("SELECT max(seq) FROM events").fetchone()[0]
        sign = (learner, seq, start)
        if self._learnt is None or self._learnt[0] != sign:
            found = study.spent(db, learner, start, now + timedelta(minutes=1)) if learner else {}
            self._learnt = sign, found
        return self._learnt[1]
