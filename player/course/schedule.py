# SPDX-License-Identifier: Apache-2.0
"""When the parts of a course open, when they are due, and what has to be done before. Pure.

**Dates.** A date with an hour is a point in time. A date alone is a day where the learner is: it
opens with the first second of that day and is due with its last one. `opens_after` and `due_after`
count days from the day on which the learner enrolled, or the course began if that is later: whole
days go by the calendar of the learner's zone, whose days may have 23 or 25 hours; a part of a day
is added from the very moment. Deadlines and the end of a course tell, and lock nothing.

**Needs.** What is needed has to be done before. Nobody waits for what cannot be done: an id that
is not in the course, a section on another path, a kind that this program does not know, one of a
circle. A quiz of which no attempt is left is done with, whatever its mark.

**Clocks.** A wrong clock never locks anybody out. What was open once stays open: a section that was
found open, or in which something was done, and every activity that was ever opened. Openings go
by the latest that the time can be said to have `reached`, which never runs backwards; so a clock
that was set back closes nothing, and one that runs ahead opens early, no more. What is said (today,
late, in three days) goes by `now`, the best time known.

**Impossible rules** (`oddities`) are reported to the author and leave the learner's way open.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Set
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta, tzinfo

from player.course.manifest import AnyActivity, Manifest, Quiz, Section, Unknown
from player.course.schedule_rules import oddities, of_course, read_day, read_moment

_SECOND = timedelta(seconds=1)


@dataclass(frozen=True, slots=True)
class Standing:
    """How a section or an activity stands. Times are in the learner's zone.

    `opens_at` is when it opens or opened, None where no date says; `due` its deadline; `lacks` the
    ids of what has to be done before. With `is_open` it may be opened now.
    """

    is_open: bool = True
    opens_at: datetime | None = None
    due: datetime | None = None
    lacks: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Situation:
    """What is known of a learner in a course, and of the time.

    `done` and `touched` are activities that are done with, and in which anything was ever done;
    `opened` sections that were found open before; `aside` sections that are on other paths.
    """

    now: datetime
    reached: datetime
    zone: tzinfo
    enrolled: datetime | None = None
    done: Set[str] = frozenset()
    touched: Set[str] = frozenset()
    opened: Set[str] = frozenset()
    aside: Set[str] = frozenset()


def is_scheduled(manifest: Manifest) -> bool:
    """Whether anything in the course has a date or a need: most courses know nothing of it."""
    return bool(manifest.starts or manifest.ends or manifest.meetings) or any(
        one.opens
        or one.due
        or one.needs
        or one.opens_after is not None
        or one.due_after is not None
        or any(a.needs or _has_dates(a) for a in one.activities())
        for one in manifest.sections
    )


@dataclass(frozen=True, slots=True)
class Rules:
    """What a course says of dates and needs, read once: nothing of it changes while one looks.

    Dates are in `zone`. `void` are rules that come to nothing and `idle` needs that nobody waits
    for, see `oddities`; `opens` and `due` the dates of sections that have one, by id; `asked` what
    is to be done of a section or an activity that is needed, but of `aside`, on other paths.
    """

    manifest: Manifest
    zone: tzinfo
    aside: Set[str]
    void: Set[tuple[str, str]]
    idle: Set[tuple[str, str]]
    starts: datetime | None
    ends: datetime | None
    opens: Mapping[str, datetime | None]
    due: Mapping[str, datetime | None]
    asked: Mapping[str, frozenset[str]]

    def holds(self, manifest: Manifest, situation: Situation) -> bool:
        """Whether these are the rules there."""
        same = self.manifest is manifest and self.zone is situation.zone
        return same and self.aside == situation.aside


def rules(manifest: Manifest, zone: tzinfo, aside: Set[str] = frozenset()) -> Rules:
    """Read the rules of a course."""
    found = list(oddities(manifest))
    void = {(one.part, one.key) for one in found if one.key != "needs"}
    starts, ends = course_dates(manifest, zone)
    asked = {
        one.id: frozenset(_doable(one.activities()))
        for one in manifest.sections
        if one.id not in aside
    }
    single = {one: frozenset([one]) for all_ in asked.values() for one in all_}
    every = manifest.sections
    return Rules(
        manifest=manifest,
        zone=zone,
        aside=aside,
        void=void,
        idle={(one.part, one.other) for one in found if one.key == "needs"},
        starts=starts,
        ends=ends,
        opens={
            one.id: start_of(one.opens, zone)
            for one in every
            if one.opens and (one.id, "opens") not in void
        },
        due={
            one.id: end_of(one.due, zone)
            for one in every
            if one.due and (one.id, "due") not in void
        },
        asked={**single, **asked},
    )


def standings(
    manifest: Manifest, situation: Situation, known: Rules | None = None
) -> dict[str, Standing]:
    """Return how every section and activity stands, by id.

    `known` are the rules, if they were read before.
    """
    reading = _Reading(situation, known or rules(manifest, situation.zone, situation.aside))
    found: dict[str, Standing] = {}
    for section in manifest.sections:
        found[section.id] = whole = reading.section(section)
        for activity in section.activities():
            found[activity.id] = reading.activity(activity, whole)
    return found


def course_dates(manifest: Manifest, zone: tzinfo) -> tuple[datetime | None, datetime | None]:
    """Return when the course begins and ends, in the learner's zone; None where it always runs."""
    void = {one.key for one in of_course(manifest)}
    starts, ends = ("" if key in void else getattr(manifest, key) for key in ("starts", "ends"))
    return start_of(starts, zone), end_of(ends, zone)


def start_of(text: str, zone: tzinfo) -> datetime | None:
    """A point in time, or the beginning of a day in `zone`; None where `text` is neither."""
    if day := read_day(text):
        return midnight(day, zone)
    moment = read_moment(text)
    return _local(moment, zone) if moment else None


def end_of(text: str, zone: tzinfo) -> datetime | None:
    """A point in time, or the last second of a day in `zone`; None where `text` is neither."""
    if day := read_day(text):
        return _last_second(day, zone)
    return start_of(text, zone)


def midnight(day: date, zone: tzinfo) -> datetime | None:
    """The first moment of a day; where a clock leaps over midnight, when it lands."""
    try:
        there = datetime.combine(day, time(), zone).astimezone(UTC)
    except (OverflowError, ValueError, OSError):
        return None  # beyond what calendars know
    return _local(there, zone)


def is_midnight(at: datetime) -> bool:
    """Whether an opening is a whole day's: its hour need not be said."""
    return at.time() == time()


def is_last_second(at: datetime) -> bool:
    """Whether a deadline is a whole day's: its hour need not be said."""
    return at.time().replace(second=0, microsecond=0) == time(23, 59)


def after(days: float, since: datetime, zone: tzinfo) -> datetime | None:
    """When so many days have passed: whole ones by the calendar, others to the second."""
    if days == 0 or days != int(days):
        return _added(since, timedelta(days=days), zone)
    day = _later(_day(since, zone), days)
    return midnight(day, zone) if day else None


def _added(since: datetime, passed: timedelta, zone: tzinfo) -> datetime | None:
    try:
        return _local(since.astimezone(UTC) + passed, zone)
    except (OverflowError, ValueError, OSError):
        return None


def _due_after(days: float, since: datetime, zone: tzinfo) -> datetime | None:
    if days != int(days):
        return _added(since, timedelta(days=days), zone)
    day = _later(_day(since, zone), days)
    return _last_second(day, zone) if day else None


def _later(day: date, days: float) -> date | None:
    try:
        return day + timedelta(days=days)
    except OverflowError:
        return None  # counted on from a clock at the end of time


def _last_second(day: date, zone: tzinfo) -> datetime | None:
    next_day = _later(day, 1)
    following = midnight(next_day, zone) if next_day else None
    return _added(following, -_SECOND, zone) if following else None


def _day(at: datetime, zone: tzinfo) -> date:
    found = _local(at, zone)
    return found.date() if found else at.date()


def _local(at: datetime, zone: tzinfo) -> datetime | None:
    try:
        return at.astimezone(zone)
    except (OverflowError, ValueError, OSError):
        return None


def _has_dates(activity: AnyActivity) -> bool:
    return isinstance(activity, Quiz) and bool(activity.answer_by or activity.connect_by)


@dataclass(slots=True)
class _Reading:
    """One course, one learner, one moment."""

    situation: Situation
    rules: Rules

    def section(self, section: Section) -> Standing:
        here = self.situation
        opens = self._opens(section)
        lacks = tuple(self._lacks(section.id, section.needs))
        was_open = section.id in here.opened or any(
            one.id in here.touched for one in section.activities()
        )
        is_open = was_open or not (lacks or (opens and self._is_ahead(opens)))
        shown = self._as_waited_for(section, opens) if opens and not is_open else opens
        return Standing(is_open, shown, self._due(section), () if is_open else lacks)

    def activity(self, activity: AnyActivity, section: Standing) -> Standing:
        lacks = tuple(self._lacks(activity.id, activity.needs))
        is_open = activity.id in self.situation.touched or (section.is_open and not lacks)
        due = section.due
        if isinstance(activity, Quiz) and activity.answer_by:
            due = end_of(activity.answer_by, self.situation.zone) or due
        every = () if is_open else tuple(dict.fromkeys((*section.lacks, *lacks)))
        return Standing(is_open, section.opens_at, due, every)

    def _is_ahead(self, opens: datetime) -> bool:
        return opens > self.situation.reached

    @property
    def _since(self) -> datetime:
        """From when days are counted."""
        begun = self.situation.enrolled or self.situation.now
        return max(begun, self.rules.starts) if self.rules.starts else begun

    def _opens(self, section: Section) -> datetime | None:
        found = self.rules.opens.get(section.id)
        if section.id not in self.rules.opens and self._counts(section, "opens_after"):
            found = after(section.opens_after or 0.0, self._since, self.situation.zone)
        return max(filter(None, (found, self.rules.starts)), default=None)

    def _due(self, section: Section) -> datetime | None:
        if section.id not in self.rules.due and self._counts(section, "due_after"):
            return _due_after(section.due_after or 0.0, self._since, self.situation.zone)
        return self.rules.due.get(section.id)

    def _counts(self, section: Section, key: str) -> bool:
        return getattr(section, key) is not None and (section.id, key) not in self.rules.void

    def _as_waited_for(self, section: Section, opens: datetime) -> datetime:
        """The date to show: nobody waits longer than the days that were asked for.

        Whoever enrolled under a clock that ran years ahead would read those years otherwise.
        """
        days, waits = section.opens_after, opens - self.situation.now
        if days is None or self.rules.starts or waits <= timedelta(days=days + 1):
            return opens
        left = self.situation.now + (opens - self.situation.reached)
        nearest = _added(left, timedelta(hours=12), self.situation.zone)
        return (midnight(nearest.date(), self.situation.zone) if nearest else None) or opens

    def _lacks(self, part: str, needs: tuple[str, ...]) -> Iterator[str]:
        for need in needs:
            asked = self.rules.asked.get(need, frozenset())
            if (part, need) not in self.rules.idle and not asked <= self.situation.done:
                yield need


def _doable(activities: Iterator[AnyActivity]) -> Iterator[str]:
    return (one.id for one in activities if not isinstance(one, Unknown))
