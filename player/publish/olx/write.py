# SPDX-License-Identifier: Apache-2.0
"""The two files a teacher reads after an import: course.toml and IMPORT.md."""

from __future__ import annotations

import json
from datetime import datetime
from itertools import groupby
from typing import TYPE_CHECKING, Any

from player.clock import stamp
from player.publish.olx.about import UNKNOWN

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from player.publish.olx.about import About
    from player.publish.olx.model import Activity, ImportResult, LeftOut, Section


def course_toml(about: About, sections: Iterable[Section]) -> str:
    """course.toml as docs/authoring.md describes it, one activity a line."""
    return (
        "\n".join([*_course(about), *(line for one in sections for line in _section(one))]) + "\n"
    )


def _course(about: About) -> Iterator[str]:
    yield "[course]"
    yield f"id = {quoted(about.id)}"
    yield f"title = {quoted(about.title)}"
    yield f"language = {quoted(about.language)}"
    yield f"summary = {quoted(about.summary)}"
    if about.image:
        yield f"image = {quoted(about.image)}"
    people = [
        {"name": name, "role": role} if role else {"name": name} for name, role in about.authors
    ]
    yield f"authors = [{', '.join(_table(person) for person in people)}]"
    yield f"licence = {quoted(about.licence)}"
    if about.adapted:
        yield f"adapted = {quoted(about.adapted)}"
    yield from (f"{key} = {value}" for key, value in about.dates.items())


def _section(section: Section) -> Iterator[str]:
    yield from ("", "[[section]]", f"id = {quoted(section.id)}", f"title = {quoted(section.title)}")
    yield from (f"{key} = {value}" for key, value in section.dates.items())
    for sequence in section.sequences:
        yield from ("", "[[section.sequence]]")
        yield f"id = {quoted(sequence.id)}"
        yield f"title = {quoted(sequence.title)}"
        yield "activities = ["
        yield from (f"    {_table(_activity(activity))}," for activity in sequence.activities)
        yield "]"


def _activity(activity: Activity) -> dict[str, str | int | datetime]:
    line = {activity.kind: activity.path, "id": activity.id, "title": activity.title}
    return {**line, **activity.options}


def _table(values: Mapping[str, Any]) -> str:
    return "{ " + ", ".join(f"{key} = {_value(value)}" for key, value in values.items()) + " }"


def _value(value: str | int | datetime) -> str:
    if isinstance(value, datetime):
        return stamp(value)
    return str(value) if isinstance(value, int) else quoted(value)


def quoted(text: str) -> str:
    """A TOML basic string. JSON writes the same escapes, but lets DEL and half surrogates pass."""
    whole = text.encode("utf-8", "replace").decode()
    return json.dumps(whole, ensure_ascii=False).replace("\x7f", "\\u007f")


def import_notes(
    result: ImportResult,
    licence: str,
    changes: Mapping[str, int],
    notes: Iterable[str] = (),
    past: int = 0,
) -> str:
    """IMPORT.md: what came, what works differently, what is left out and why.

    `past` is how many dates were over.
    """
    return "\n".join(_notes(result, licence, changes, notes, past)) + "\n"


def _notes(
    result: ImportResult, licence: str, changes: Mapping[str, int], notes: Iterable[str], past: int
) -> Iterator[str]:
    yield from (f"# What came with “{_line(result.title)}”", "", "| | |", "|---|---|")
    for name in ("sections", "sequences", "pages", "videos", "documents", "quizzes", "questions"):
        yield f"| {name} | {getattr(result, name)} |"
    yield from ("", "## Before you publish", "")
    if licence == UNKNOWN:
        yield "- The export names no licence. Write the right one into `course.toml`."
    yield from (f"- {_line(note)}" for note in notes)
    yield "- Marks, weights and groups of the platform are not carried."
    yield "- Dates to come are in `course.toml`; they tell, and only `opens` keeps anything closed."
    if past:
        yield f"- Dates that are past are not carried: {past} of them. Write new ones if you like."
    yield "- Which part is needed before which is in no export. Write `needs` where you want it."
    yield "- Every quiz is practice. Change `quiz` to `exam` in `course.toml` where it is graded."
    if changes:
        yield from ("", "## What works differently", "")
        for sentence, count in sorted(changes.items()):
            yield f"- {sentence} ({'once' if count == 1 else f'{count} times'})"
    yield from ("", f"## Left out or changed: {len(result.left_out)}", "")
    if not result.left_out:
        yield "Nothing."
    for where, entries in groupby(result.left_out, key=lambda entry: entry.where):
        yield f"- {_line(where) or 'The course'}"
        yield from (f"    - {_entry(entry)}" for entry in entries)


def _entry(entry: LeftOut) -> str:
    title = f" “{_line(entry.title)}”" if entry.title else ""
    name = f" (`{_line(entry.url_name)}`)" if entry.url_name else ""
    return f"{entry.block}{title}: {_line(entry.reason)}{name}"


def _line(text: str) -> str:
    """Text of a stranger on one line, without what Markdown would take for its own."""
    return "".join("\\" + char if char in "\\`*[]<>|" else char for char in " ".join(text.split()))
