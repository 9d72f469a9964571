# SPDX-License-Identifier: Apache-2.0
"""What is coming: the calendar, a part that is not open yet, and a file for other calendars."""

from __future__ import annotations

from pathlib import Path

import icalendar
from walker import Lost, Walker

from player.app import Services
from player.ui.lesson.closed_view import ClosedView
from player.ui.main_window import MainWindow

from .telling import tell


def look_ahead(walker: Walker, services: Services, window: MainWindow, to: Path) -> None:
    """Look what opens, is due and takes place; go to what opens later, and save all of it."""
    window.show_page("calendar")
    walker.until(window.calendar.isVisible, "the calendar")
    walker.picture("calendar")
    now = services.calendar.local_time()
    coming = [one for one in services.calendar.all_entries() if not one.is_past(now)]
    later = [one for one in coming if one.kind == "opens"]
    courses = {one.course for one in coming}
    tell("Calendar", f"{len(coming)} dates to come in {len(courses)} courses")
    for one in later[:1]:
        window.open_from_afar(one.course, one.activity)
        if not isinstance(window.lesson.view, ClosedView):
            raise Lost(f"{one.title} should not be open yet")
        walker.picture("not-open-yet")
        states = services.sections(services.course(one.course))
        here = next(state.state for state in states if state.section == one.part)
        where = "and is here already" if here == "here" else "and is not here yet"
        tell("Opens later", f"“{one.title}” on {one.at:%d %B}, {where}")
        window.lesson.leave()
    window.show_page("calendar")
    window.calendar.save(to)
    events = icalendar.Calendar.from_ical(to.read_bytes()).walk("VEVENT")
    if len(events) != len(coming):
        raise Lost(f"{len(events)} of {len(coming)} dates are in {to.name}")
    tell("For other calendars", f"{len(events)} dates in {to.name}, {to.stat().st_size:,} bytes")
