# SPDX-License-Identifier: Apache-2.0
"""The learner's notes on the command line: shown, or saved as Markdown."""

from __future__ import annotations

from pathlib import Path

import click

from player.app.notebook import Entry, markdown, moment
from player.cli.answers import Call, speaks
from player.journal.notes import Note
from player.store.saving import write


@click.command()
@click.option("--course", metavar="COURSE", default="", help="Of one course alone, by its id.")
@click.option(
    "--markdown",
    "file",
    type=click.Path(dir_okay=False, path_type=Path),
    metavar="FILE",
    help="Save them as Markdown; - writes it here.",
)
@speaks
def notes(call: Call, course: str, file: Path | None) -> None:
    """Show the notes and bookmarks, in the order of the courses."""
    services = call.services()
    entries = services.notebook.entries(course)
    facts = {
        "notes": [_facts(one) for one in entries],
        "links": [{"url": one.url, "title": one.title} for one in services.notebook.links()],
    }
    if file is None:
        shown = [_line(one) for one in entries] or ["Nothing is noted yet."]
        call.answer(facts, "\n".join(shown))
    elif str(file) == "-":
        call.answer(facts, markdown(entries).rstrip("\n"))
    else:
        write(file, markdown(entries).encode())
        said = f"{len(entries)} notes and bookmarks are in {file}."
        call.answer(facts | {"file": file}, said)


def _facts(entry: Entry) -> dict[str, object]:
    what = entry.what
    return {
        "kind": "note" if isinstance(what, Note) else "bookmark",
        "course": what.course,
        "course_title": entry.course_title,
        "section": entry.section,
        "activity": what.activity,
        "activity_title": entry.title,
        "time": what.time,
        "page": what.page,
        "text": entry.text,
        "begun": entry.at,
        "written": what.at,
    }


def _line(entry: Entry) -> str:
    text = " ".join(entry.text.split()) or "(bookmark)"
    place = moment(entry.spot)
    return "  ".join(filter(None, (entry.course_title, entry.title, place, text)))
