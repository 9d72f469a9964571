# SPDX-License-Identifier: Apache-2.0
"""When something opens, is due or takes place, as one says it: “Opens Monday 7 December”.

Times come in the learner's own zone (`player.course.schedule`) and are said as they stand.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from PySide6.QtCore import QDate, QLocale, QTime

from player.course.agenda import Entry
from player.course.manifest import Manifest
from player.course.schedule import Standing, is_last_second, is_midnight
from player.ui.language import translate

BRIEF = 24  # letters of a title in a row that has others beside it
MOST = 60  # letters of a title in the middle of a sentence


@dataclass(frozen=True, slots=True)
class Dated:
    """What a date or a need makes of a row: `said` in full, `brief` beside other words, `short`
    where there is no room.

    `sign` is the icon that stands for it. With `closed`, it cannot be opened now.
    """

    said: str
    brief: str
    short: str
    sign: str = "calendar"
    closed: bool = False


def day(at: date, now: date) -> str:
    """A day: “today”, “tomorrow”, “yesterday”, “Monday 7 December”, with its year if another."""
    near = {
        0: translate("Calendar", "today"),
        1: translate("Calendar", "tomorrow"),
        -1: translate("Calendar", "yesterday"),
    }
    return near.get((at - now).days) or named(at, now)


def named(at: date, now: date) -> str:
    """A day by its name: “Monday 7 December”, with its year if another."""
    shape = "dddd d MMMM" if at.year == now.year else "dddd d MMMM yyyy"
    return QLocale().toString(QDate(at.year, at.month, at.day), shape)


def hour(at: datetime) -> str:
    """An hour, as the reader writes it."""
    return QLocale().toString(QTime(at.hour, at.minute), QLocale.FormatType.ShortFormat)


def moment(at: datetime, now: datetime, *, whole_day: bool) -> str:
    """A day, and its hour unless it is all of it: “Monday 7 December, 18:00”."""
    said = day(at.date(), now.date())
    if whole_day:
        return said
    text = translate("Calendar", "{day}, {hour}")
    return text.format(day=said, hour=hour(at))


def opens(at: datetime, now: datetime) -> str:
    """When something opens."""
    said = moment(at, now, whole_day=is_midnight(at))
    return translate("Calendar", "Opens {day}").format(day=said)


def due(at: datetime, now: datetime) -> str:
    """Until when something is to be done."""
    said = moment(at, now, whole_day=is_last_second(at))
    return translate("Calendar", "Due {day}").format(day=said)


def first(lacks: tuple[str, ...], titles: Mapping[str, str]) -> str:
    """What has to be done before, in a few words."""
    name = titles.get(lacks[0], lacks[0])
    if len(lacks) == 1:
        return translate("Calendar", "After “{title}”").format(title=cut(name))
    text = translate("Calendar", "After “{title}” and %n more", "", len(lacks) - 1)
    return text.format(title=cut(name))


def _count(lacks: tuple[str, ...], names: Mapping[str, str], room: int) -> str:
    """What has to be done before, where there is room for so many letters of a title."""
    name = names.get(lacks[0], lacks[0])
    if len(lacks) == 1 and len(name) <= room:
        return first(lacks, names)
    return translate("Calendar", "%n to do first", "", len(lacks))


def titles(manifest: Manifest) -> dict[str, str]:
    """What each section and activity is called."""
    names = {one.id: one.title for one in manifest.sections}
    return names | {one.id: one.title for one in manifest.activities()}


def closed(stands: Standing, names: Mapping[str, str], now: datetime) -> Dated | None:
    """Why something cannot be opened now; None where it can."""
    if stands.is_open:
        return None
    if stands.opens_at and stands.opens_at > now:
        said = opens(stands.opens_at, now)
        return Dated(said, said, _short(stands.opens_at), "clock", closed=True)
    if stands.lacks:
        return Dated(
            first(stands.lacks, names),
            _count(stands.lacks, names, BRIEF),
            _count(stands.lacks, names, 0),
            "lock",
            closed=True,
        )
    words = translate("Calendar", "Not open yet")
    return Dated(words, words, words, "clock", closed=True)


def coming_due(stands: Standing, now: datetime) -> Dated | None:
    """The deadline of something, while it is to come."""
    if stands.due is None or stands.due < now:
        return None
    text = translate("Calendar", "Due {day}")
    near = stands.due.date() - now.date() <= timedelta(days=1)
    brief = day(stands.due.date(), now.date()) if near else _short(stands.due, "ddd d MMM")
    return Dated(due(stands.due, now), text.format(day=brief), _short(stands.due))


def sentence(entry: Entry, now: datetime) -> str:
    """A date in one line, with the name of what it concerns."""
    said = moment(entry.at, now, whole_day=entry.whole_day)
    shape = {
        "starts": translate("Calendar", "The course begins {day}."),
        "ends": translate("Calendar", "The course ends {day}."),
        "opens": translate("Calendar", "“{title}” opens {day}."),
        "due": translate("Calendar", "“{title}” is due {day}."),
        "connect": translate("Calendar", "“{title}”: be connected once until {day}."),
    }.get(entry.kind, translate("Calendar", "“{title}”: {day}."))
    return shape.format(title=cut(entry.title), day=said)


def kind(entry: Entry) -> str:
    """What sort of date it is."""
    return {
        "starts": translate("Calendar", "The course begins"),
        "ends": translate("Calendar", "The course ends"),
        "opens": translate("Calendar", "Opens"),
        "due": translate("Calendar", "Due"),
        "connect": translate("Calendar", "Be connected once by then"),
        "meetup": translate("Calendar", "Meeting"),
    }.get(entry.kind, translate("Calendar", "Live session"))


def week(monday: date, now: date) -> str:
    """Which week begins with that day."""
    away = (monday - now + timedelta(days=now.weekday())).days // 7
    near = {
        0: translate("Calendar", "This week"),
        1: translate("Calendar", "Next week"),
        -1: translate("Calendar", "Last week"),
    }
    if said := near.get(away):
        return said
    shape = "d MMMM" if monday.year == now.year else "d MMMM yyyy"
    said = QLocale().toString(QDate(monday.year, monday.month, monday.day), shape)
    return translate("Calendar", "Week of {day}").format(day=said)


def _short(at: datetime, shape: str = "d MMM") -> str:
    return QLocale().toString(QDate(at.year, at.month, at.day), shape)


def cut(text: str) -> str:
    """A title, no longer than a sentence bears."""
    return text if len(text) <= MOST else text[:MOST] + "…"
