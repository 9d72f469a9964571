# SPDX-License-Identifier: Apache-2.0
"""The dates of an export: what is still to come of them, in the words of course.toml.

Open edX stores `start` and `due` at every level, and a default start of 2030-01-01 that nobody
chose. What is past, as in the export of a run that is over, is dropped: it would open and call late
what nobody can be late with. In a course that is self-paced the days of release mean nothing, and
deadlines stand in `relative_weeks_due`. Prerequisites between subsections are in the platform's
database and in no export; the entrance exam of a course is.
"""

from __future__ import annotations

from datetime import UTC, datetime
from typing import TYPE_CHECKING

from player.clock import stamp

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from player.publish.olx.desk import Desk
    from player.publish.olx.model import Block

_UNSET = datetime(2030, 1, 1, tzinfo=UTC)  # CourseFields.start and InheritanceMixin.start there
_NEVER = 9000  # a year: how people write “no deadline”
_MOST_WEEKS = 520
_PARTS = "Parts of a section opened on days of their own; here it opens as a whole, with the first."


def of_course(course: Block, desk: Desk) -> dict[str, str]:
    """`starts` and `ends` of `[course]`."""
    found = {"starts": _date(course, "start", desk), "ends": _date(course, "end", desk)}
    starts, ends = found["starts"], found["ends"]
    if starts and ends and starts > ends:
        return {}
    return {key: stamp(value) for key, value in found.items() if value}


def of_section(chapter: Block, course: Block, desk: Desk) -> dict[str, str]:
    """When a section opens and is due."""
    if is_self_paced(course):
        weeks = [_weeks(one) for one in (chapter, *chapter.children)]
        return {"due_after": str(7 * max(weeks))} if any(weeks) else {}
    opens, due = _opens(chapter, desk), _due(chapter, desk)
    starts, ends = _date(course, "start", desk), _date(course, "end", desk)
    if opens and (opens == starts or (due and opens > due) or (ends and opens > ends)):
        opens = None
    found = {"opens": opens, "due": due}
    return {key: stamp(value) for key, value in found.items() if value}


def answer_by(above: Iterator[Block], course: Block, desk: Desk) -> dict[str, datetime]:
    """Until when a quiz is to be answered: by itself, or by the first of those `above` that says.

    The section, which comes last, says so of itself.
    """
    if is_self_paced(course):
        return {}
    for block in above:
        if found := _date(block, "due", desk):
            return {"answer_by": found}
    return {}


def is_self_paced(course: Block) -> bool:
    """Whether everybody goes by days of their own."""
    return course.settings.get("self_paced", "").lower() == "true"


def entrance_exam(course: Block) -> Block | None:
    """The chapter that has to be passed before all others; None without one."""
    if course.settings.get("entrance_exam_enabled", "").lower() != "true":
        return None
    exams = (one for one in course.children if _is_true(one.settings, "is_entrance_exam"))
    return next(exams, None)


def _is_true(settings: Mapping[str, str], key: str) -> bool:
    return settings.get(key, "").lower() == "true"


def _opens(chapter: Block, desk: Desk) -> datetime | None:
    own = _date(chapter, "start", desk)
    parts = [_date(one, "start", desk) for one in chapter.children]
    dated = [one for one in parts if one]
    if len(set(parts)) > 1 and dated:
        desk.change(_PARTS)
    if not dated or None in parts:
        return own  # something in it is open with the section itself
    return max(min(dated), own) if own else min(dated)


def _due(chapter: Block, desk: Desk) -> datetime | None:
    """Its own, or the last of its parts where all of them have one."""
    if own := _date(chapter, "due", desk):
        return own
    parts = [_date(one, "due", desk) for one in chapter.children]
    return max((one for one in parts if one), default=None) if all(parts) else None


def _weeks(block: Block) -> int:
    text = block.settings.get("relative_weeks_due", "")
    return min(int(text), _MOST_WEEKS) if text.isdecimal() and text.isascii() else 0


def _date(block: Block, key: str, desk: Desk) -> datetime | None:
    """A date of a block; None where it has none, where nobody chose it, and where it is past."""
    try:
        found = datetime.fromisoformat(block.settings.get(key, "").strip('"'))
        found = found.astimezone(UTC) if found.tzinfo else found.replace(tzinfo=UTC)
    except (ValueError, OverflowError):
        return None
    if (key == "start" and found == _UNSET) or found.year >= _NEVER:
        return None
    if found < desk.now:
        desk.past.add((block.kind, block.name, key))
        return None
    return found
