# SPDX-License-Identifier: Apache-2.0
"""What of a course may be opened now, and what is coming in all of them.

The rules are those of `player.course.schedule`; here stands what they are asked with: the journal,
and the best time known. In that order: what a server told since the PC was started, counted on by a
clock that nobody can set; else the PC's clock, which cannot be before the newest catalogue that a
trusted publisher signed, nor before what a server told earlier.
"""

from __future__ import annotations

import logging
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta, tzinfo

from player.app.zone import SystemZone
from player.catalogue import freshness
from player.clock import Now
from player.course.agenda import Entry, agenda
from player.course.manifest import Manifest, Quiz
from player.course.schedule import Rules, Situation, Standing, is_scheduled, rules, standings
from player.errors import ContentProblem, NotOffered, PlayerError
from player.journal import journal, openings, progress
from player.journal.events import SectionOpened
from player.journal.journal import Where
from player.journal.learners import Learner
from player.journal.openings import Enrolment, Mark
from player.lesson.exam_clock import Moment, step
from player.lesson.timed import FLOOR
from player.store.database import Database
from player.sync import contact

log = logging.getLogger(__name__)

_Passed = tuple[timedelta, Moment]

FRESH = timedelta(seconds=5)
"""How long a look at a course holds while nobody does anything: one refresh of a page asks for it
half a dozen times, and it reads all that was ever done there."""


@dataclass(frozen=True, slots=True)
class Look:
    """A course at one moment: `standing` by id, its dates in their order. `now` is local."""

    now: datetime
    standing: dict[str, Standing]
    entries: list[Entry]


@dataclass(frozen=True, slots=True)
class _Looked:
    """One look at a course, up to the act of number `seq`."""

    manifest: Manifest
    learner: Learner | None
    seq: int
    situation: Situation
    found: dict[str, Standing]
    until: timedelta
    """How long it holds at the most: until something opens that waits for a day."""

    def holds(self, manifest: Manifest, learner: Learner | None, seq: int, now: datetime) -> bool:
        """Whether nothing can have changed: no act, and no day that came."""
        same = self.manifest is manifest and (self.learner, self.seq) == (learner, seq)
        passed = now - self.situation.now
        return same and timedelta() <= passed < self.until


@dataclass(slots=True)
class Calendar:
    """One home's calendar. Any thread may ask; `db` is that thread's connection.

    `course` gives one as it is read here, in its language; None where it is not here.
    """

    db: Callable[[], Database]
    learner: Callable[[], Learner | None]
    now: Now
    course: Callable[[str], Manifest | None]
    zone: tzinfo = field(default_factory=SystemZone)
    _passed: dict[tuple[str, str], tuple[int, tuple[timedelta, Moment]]] = field(
        default_factory=dict
    )
    _looked: dict[str, _Looked] = field(default_factory=dict)
    _read: Rules | None = None  # of the course that was looked at last

    def standing(self, manifest: Manifest) -> dict[str, Standing]:
        """How each section and activity stands, by id.

        A section that is found open for the first time is written down, so that it stays open.
        """
        if not is_scheduled(manifest):
            ids = [*(one.id for one in manifest.sections), *(a.id for a in manifest.activities())]
            return dict.fromkeys(ids, Standing())
        return dict(self._look(manifest)[1])

    def _look(self, manifest: Manifest) -> tuple[Situation, dict[str, Standing]]:
        """What is known, and how everything stands; what was found a moment ago, if it holds."""
        learner, seq = self.learner(), openings.last(self.db())
        before = self._looked.get(manifest.id)
        if before and before.holds(manifest, learner, seq, self.best_time()):
            return before.situation, before.found
        situation, found, kept = self._look_anew(manifest, learner)
        if kept:
            seq = openings.last(self.db())  # what opened was an act of its own
            until = min([FRESH, *_times_left(situation.reached, found)])
            self._looked[manifest.id] = _Looked(manifest, learner, seq, situation, found, until)
        return situation, found

    def _look_anew(
        self, manifest: Manifest, learner: Learner | None
    ) -> tuple[Situation, dict[str, Standing], bool]:
        """The same, and whether what opened is written down."""
        kept = True
        situation = self.situation(manifest, learner)
        known = self._rules(manifest, situation)
        found = standings(manifest, situation, known)
        if learner and situation.enrolled:
            if any(_waits(found[one.id]) for one in manifest.sections):
                reached = self._reached_at_least(manifest, learner, situation)
                situation = replace(situation, reached=reached)
                found = standings(manifest, situation, known)
            kept = self._remember(manifest, learner, situation, found)
        return situation, found, kept

    def open_to(self, manifest: Manifest) -> frozenset[str]:
        """The activities that may be opened now, on every path."""
        found = self.standing(manifest)
        return frozenset(one.id for one in manifest.activities() if found[one.id].is_open)

    def deadlines(self, manifest: Manifest) -> dict[str, datetime]:
        """By when sections and activities are due, by id; only those that are."""
        return {name: how.due for name, how in self.standing(manifest).items() if how.due}

    def openings(self, manifest: Manifest) -> dict[str, datetime]:
        """When sections and activities open or opened, by id; only those that have a date."""
        found = self.standing(manifest).items()
        return {name: how.opens_at for name, how in found if how.opens_at}

    def look(self, manifest: Manifest) -> Look:
        """All of it at one moment."""
        if not is_scheduled(manifest):
            return Look(self.local_time(), self.standing(manifest), [])
        situation, found = self._look(manifest)
        now = situation.now.astimezone(self.zone)
        known = self._rules(manifest, situation)
        return Look(now, found, agenda(manifest, situation, found, known))

    def _rules(self, manifest: Manifest, situation: Situation) -> Rules:
        """The rules of a course, read once while it is looked at."""
        known = self._read
        if known is None or not known.holds(manifest, situation):
            known = self._read = rules(manifest, situation.zone, situation.aside)
        return known

    def local_time(self) -> datetime:
        """What time it is where the learner is. See `best_time`."""
        return self.best_time().astimezone(self.zone)

    def all_entries(self, course: str = "") -> list[Entry]:
        """The dates of all courses that the learner took up, or of one, in their order.

        Raises NotOffered where that one is not here.
        """
        db, learner = self.db(), self.learner()
        if learner is None:
            return []
        names = [course] if course else openings.courses_taken_up(db, learner.id)
        if course and self.course(course) is None:
            raise NotOffered(what=course)
        entries = [one for name in names for one in self._entries(name)]
        return sorted(entries, key=lambda one: (one.at, one.course, one.kind))

    def _entries(self, course: str) -> list[Entry]:
        """The dates of one course; none where it cannot be read, which its page says."""
        try:
            manifest = self.course(course)
        except ContentProblem as error:
            log.info("%s has no dates: %s", course, error)
            return []
        return self.look(manifest).entries if manifest else []

    def calendar_file(self, entries: Sequence[Entry], summary: Callable[[Entry], str]) -> bytes:
        """The entries as a file for other calendars; `summary` says one in a line."""
        from player.course.ics import calendar_file  # noqa: PLC0415 - half a second

        learner = self.learner()
        names = {one.course for one in entries}
        found = {name: self.course(name) for name in names}
        return calendar_file(
            entries,
            owner=learner.id if learner else "",
            versions={name: one.version for name, one in found.items() if one},
            summary=summary,
            made_at=self.best_time(),
        )

    def situation(self, manifest: Manifest, learner: Learner | None) -> Situation:
        """What is known of the learner in a course, and of the time."""
        db, now = self.db(), self.best_time()
        if learner is None:
            return Situation(now, now, self.zone)
        did = progress.activities_done(db, learner.id, manifest.id)
        ended = openings.times_ended(db, learner.id, manifest.id)
        done = {one for one, how in did.items() if how.completed_at}
        done |= {one.id for one in manifest.activities() if _is_used_up(one, ended)}
        enrolment = openings.enrolment(db, learner.id, manifest.id)
        enrolled = _taken_up(manifest, enrolment) if enrolment else None
        return Situation(
            now=now,
            reached=self._reached(manifest, now),
            zone=self.zone,
            enrolled=enrolled,
            done=done,
            touched=did.keys(),
            opened=openings.found_open(db, learner.id, manifest.id),
            aside=manifest.aside(progress.path(db, learner.id, manifest.id)),
        )

    def best_time(self) -> datetime:
        """What time it is, as well as anybody here can know."""
        db = self.db()
        told = contact.every(db)
        here = contact.here(self.now)
        for one in told:
            if moved := one.moved_to(here):
                return moved.at + moved.offset
        return max([freshness.at_least_now(db, here.at), *(one.at + one.offset for one in told)])

    def _reached(self, manifest: Manifest, now: datetime) -> datetime:
        """The latest that the time is seen to have come to."""
        known = [now, freshness.moment(manifest.issued)]
        if last := openings.latest(self.db()):
            known.append(_on(_moment(last), _here(now)))
        return max(one for one in known if one)

    def _reached_at_least(
        self, manifest: Manifest, learner: Learner, situation: Situation
    ) -> datetime:
        """The same, and not before the enrolment and all that has passed since, act by act.

        Reading the acts takes a moment, so only where something waits for a date.
        """
        through = self._through(manifest.id, learner.id)
        if through is None or situation.enrolled is None:
            return situation.reached
        passed, last = through
        passed += timedelta(seconds=step(last, _here(situation.now), FLOOR).seconds)
        return max(situation.reached, situation.enrolled + passed)

    def _through(self, course: str, learner: str) -> _Passed | None:
        """How long the learner has been in a course, up to the last act; and when that was."""
        seq = openings.newest(self.db(), learner, course)
        known, before = self._passed.get((learner, course), (0, None))
        if known == seq:
            return before
        found = counted_on(openings.stretches(self.db(), learner, course, known), before)
        if found:
            self._passed[learner, course] = seq, found
        return found

    def _remember(
        self, manifest: Manifest, learner: Learner, situation: Situation, found: dict[str, Standing]
    ) -> bool:
        fresh = tuple(
            one.id
            for one in manifest.sections
            if found[one.id].is_open
            and (found[one.id].opens_at or one.needs)
            and one.id not in situation.opened
        )
        if not fresh:
            return True
        where = Where(learner.id, manifest.id, manifest.version)
        act = SectionOpened(name=manifest.title, language=manifest.language, sections=fresh)
        try:
            journal.record(self.db(), where, act, self.now)
        except PlayerError as error:  # it is open all the same; the next look writes it down
            log.info("what opened in %s was not written down: %s", manifest.id, error)
            return False
        return True


def counted_on(
    stretches: Sequence[tuple[Mark, Mark]], before: _Passed | None = None
) -> _Passed | None:
    """Return what has passed between the first act and the last, and the last.

    Where a clock was set back, only what the PC was up is sure to have passed. So it is never more
    than by a clock that was never set back, and never less than what the PC was seen to be up.
    `before` is what was counted up to the acts before these.
    """
    passed, last = before or (timedelta(), None)
    for first, end in ((_moment(one), _moment(other)) for one, other in stretches):
        if last:
            passed += timedelta(seconds=step(last, first, FLOOR).seconds)
        passed += end.at - first.at
        last = end
    return (passed, last) if last else None


def _taken_up(manifest: Manifest, enrolment: Enrolment) -> datetime:
    """When the learner enrolled, as well as anybody can know: not before there was a course."""
    found = freshness.moment(enrolment.told) or freshness.moment(enrolment.at)
    issued = freshness.moment(manifest.issued) if enrolment.version == manifest.version else None
    return max([one for one in (found, issued, FLOOR) if one])


def _waits(stands: Standing) -> bool:
    """Whether a date keeps it closed."""
    return not stands.is_open and stands.opens_at is not None


def _times_left(reached: datetime, found: Mapping[str, Standing]) -> Iterator[timedelta]:
    """How long until each thing opens that waits for a day."""
    for one in found.values():
        if _waits(one) and one.opens_at and one.opens_at > reached:
            yield one.opens_at - reached


def _here(now: datetime) -> Moment:
    return Moment(now, journal.since_boot(), journal.boot_id())


def _moment(mark: Mark) -> Moment:
    return Moment(datetime.fromisoformat(mark.at), mark.monotonic, mark.boot)


def _on(before: Moment, here: Moment) -> datetime:
    """The time of an act, and what has passed since while the PC stayed on."""
    ran = here.monotonic - before.monotonic
    same = bool(before.boot) and before.boot == here.boot and ran > 0
    return before.at + timedelta(seconds=ran) if same else before.at


def _is_used_up(activity: object, ended: dict[str, int]) -> bool:
    """Whether no attempt is left at it, so that it can be done no better."""
    return isinstance(activity, Quiz) and 0 < activity.attempts <= ended.get(activity.id, 0)
