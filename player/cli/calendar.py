# SPDX-License-Identifier: Apache-2.0
"""What is coming in the learner's courses, on the command line."""

from __future__ import annotations

from pathlib import Path

import click

from player.cli.answers import Call, speaks
from player.clock import stamp
from player.course.agenda import Entry
from player.store.saving import write

_WORDS = {
    "starts": "the course begins",
    "ends": "the course ends",
    "opens": "opens",
    "due": "due",
    "connect": "be connected once by then",
    "live": "live session",
    "meetup": "meeting",
}


@click.command()
@click.option("--course", default="", metavar="ID", help="Of one course, not of all.")
@click.option("--past", is_flag=True, help="What is over, too.")
@click.option(
    "--ics",
    type=click.Path(dir_okay=False, path_type=Path),
    metavar="FILE",
    help="Write it as a calendar file (RFC 5545); - writes it here.",
)
@speaks
def calendar(call: Call, course: str, ics: Path | None, *, past: bool) -> None:
    """Show what opens, is due and takes place, in this PC's time zone."""
    found = call.services().calendar
    now = found.local_time()
    entries = [one for one in found.all_entries(course) if past or not one.is_past(now)]
    facts: dict[str, object] = {"now": stamp(now), "entries": [_facts(one) for one in entries]}
    lines = [_line(one) for one in entries] or ["Nothing is coming."]
    if str(ics) == "-":
        lines = [found.calendar_file(entries, _summary).decode().replace("\r\n", "\n").rstrip()]
    elif ics:
        write(ics, found.calendar_file(entries, _summary))
        facts["ics"] = str(ics)
        lines = [f"{len(entries)} dates are in {ics}."]
    call.answer(facts, "\n".join(lines))


def _summary(entry: Entry) -> str:
    if entry.kind in ("starts", "ends"):
        return f"{entry.title}: {_WORDS[entry.kind]}"
    return f"{entry.title} ({_WORDS[entry.kind]})"


def _line(entry: Entry) -> str:
    hour = "" if entry.whole_day else f"{entry.at:%H:%M}"
    done = "done" if entry.done else ""
    said = [f"{entry.at:%a %Y-%m-%d}", f"{hour:5}", f"{_WORDS[entry.kind]:25}", entry.title]
    if entry.kind not in ("starts", "ends"):
        said.append(f"({entry.course_title})")
    return "  ".join(filter(None, [*said, entry.place, entry.url, done]))


def _facts(entry: Entry) -> dict[str, object]:
    return {
        "kind": entry.kind,
        "at": stamp(entry.at),
        "day": entry.at.date().isoformat(),
        "whole_day": entry.whole_day,
        "ends": stamp(entry.ends) if entry.ends else "",
        "course": entry.course,
        "part": entry.part,
        "title": entry.title,
        "activity": entry.activity,
        "done": entry.done,
        "place": entry.place,
        "url": entry.url,
        "note": entry.note,
    }
