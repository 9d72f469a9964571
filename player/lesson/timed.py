# SPDX-License-Identifier: Apache-2.0
"""The time of one attempt at an exam, kept in the journal. `exam_clock` is its arithmetic."""

from __future__ import annotations

from datetime import UTC, datetime

from player.clock import Now
from player.course.manifest import Exam
from player.journal import journal
from player.journal.events import Answered, Begun, Event, Remark, Ticked
from player.journal.journal import Where, events, record
from player.journal.union import is_from_elsewhere
from player.lesson import exam_clock
from player.lesson.exam_clock import Moment
from player.lesson.naming import named
from player.lesson.record import remarks
from player.store.database import Database

FLOOR = datetime(2026, 1, 1, tzinfo=UTC)
"""No clock before it is right: there was no Cartable."""


class ExamTime:
    """What is left of it. `limit` in seconds, 0 without one: then it only keeps a record.

    `is_here` says whether any of it was on this PC when this was made.
    """

    def __init__(self, db: Database, where: Where, exam: Exam, attempt: str, now: Now) -> None:
        self._db, self._where, self._exam, self._attempt = db, where, exam, attempt
        self._now = now
        self.limit = exam.limit
        moments = self._moments(self._acts())
        self.is_here = not moments or moments[-1].here
        self._last = moments[-1] if moments else self._moment()
        self._passed = exam_clock.elapsed(moments[:-1], self._last, FLOOR)

    def passed(self) -> float:
        """Seconds since it was begun."""
        return self._passed + exam_clock.step(self._last, self._moment(), FLOOR).seconds

    def left(self) -> float:
        """Seconds that are left, below 0 when it is over; endless without a limit."""
        return self.limit - self.passed() if self.limit else float("inf")

    @property
    def is_up(self) -> bool:
        """Whether it is over."""
        return self.left() <= 0

    def tick(self) -> None:
        """Write down that it goes on.

        Raises:
            DiskFull, DatabaseBusy, NotWritable: its clock runs on all the same.
        """
        act = Ticked(**named(self._db, self._where, self._exam), attempt=self._attempt)
        self._go_on(record(self._db, self._where, act, self._now))

    def record(self) -> tuple[Remark, ...]:
        """What the journal shows of it."""
        acts = self._acts()
        if not acts:
            return ()
        broken = journal.broken_links(self._db, acts[0].seq)
        query = (
            "SELECT count(DISTINCT coalesce(o.device, '')) FROM events AS e"
            " LEFT JOIN origins AS o ON o.event = e.id WHERE e.learner = ? AND e.activity = ?"
            " AND e.payload ->> '$.attempt' = ?"
        )
        whose = (self._where.learner, self._where.activity, self._attempt)
        devices = self._db.execute(query, whose).fetchone()[0]
        moments = [*self._moments(acts), self._moment()]
        return remarks(acts, moments, FLOOR, limit=self.limit, broken=broken, devices=devices)

    def _go_on(self, event: Event) -> None:
        moment = Moment.of(event)
        self._passed += exam_clock.step(self._last, moment, FLOOR).seconds
        self._last = moment

    def _acts(self) -> list[Event]:
        """Its acts in which time stands, in the order of the journal.

        What was done on another PC comes at any time, and out of order: of that only the beginning.
        """
        where, kinds = self._where, (Begun, Answered, Ticked)
        here = (
            "learner = ? AND course = ? AND activity = ? AND payload ->> '$.attempt' = ?"
            " AND (kind = 'begun' OR id NOT IN (SELECT event FROM origins))"
        )
        values = (where.learner, where.course, where.activity, self._attempt)
        return [one for one in events(self._db, here, values) if isinstance(one.act, kinds)]

    def _moments(self, acts: list[Event]) -> list[Moment]:
        """When they were. It may have been begun on another PC."""
        elsewhere = bool(acts) and is_from_elsewhere(self._db, acts[0].id)
        return [
            Moment.of(act, here=bool(number) or not elsewhere) for number, act in enumerate(acts)
        ]

    def _moment(self) -> Moment:
        return Moment(self._now(), journal.since_boot(), journal.boot_id())
