# SPDX-License-Identifier: Apache-2.0
"""`cartable find`: look for words in all that is here."""

from __future__ import annotations

from contextlib import suppress

import click

from player.app.finding import KINDS, Answer, Found
from player.cli.answers import Call, speaks
from player.errors import DatabaseBusy


@click.command()
@click.argument("words", nargs=-1, required=True)
@click.option("--in", "course", metavar="COURSE", default="", help="Look in one course alone.")
@click.option("--only", type=click.Choice(list(KINDS)), help="Look in one kind of text alone.")
@speaks
def find(call: Call, words: tuple[str, ...], course: str, only: str | None) -> None:
    """Find WORDS in titles, pages, videos, slides, documents, questions and notes.

    Case and accents do not matter; a word may be only begun. A WORD with blanks in it, put in
    quotes for the shell, is looked for as it stands.
    """
    services = call.services()
    if course:
        services.course(course)  # says so where there is none
    with suppress(DatabaseBusy):  # the window reads just now: what it has read is found
        services.finding.index()
    typed = " ".join(f'"{word}"' if " " in word else word for word in words)
    answer = services.finding.find(typed, within=course, kinds=(only,) if only else ())
    call.answer(_facts(answer), "\n".join(_lines(answer)) or "Nothing was found.")


def _lines(answer: Answer) -> list[str]:
    lines, before = [], ""
    for found in answer.found:
        if found.hit.course != before:
            before = found.hit.course
            lines.append(f"{found.course} ({before})")
        lines.append(f"  {_where(found)}")
        lines += [f"    {found.hit.text}"] if not _is_title(found) else []
    return [*lines, "… and more: add a word."] if answer.is_more else lines


def _where(found: Found) -> str:
    hit = found.hit
    parts = [hit.kind, *found.way, *([hit.text] if _is_title(found) else [])]
    if hit.time is not None:
        parts.append(f"{int(hit.time) // 60}:{int(hit.time) % 60:02d}")
    if hit.page is not None:
        parts.append(f"page {hit.page}")
    return " · ".join(parts) + ("" if found.is_here else " (not here)")


def _is_title(found: Found) -> bool:
    return found.hit.kind in KINDS["titles"]


def _facts(answer: Answer) -> dict[str, object]:
    found = [
        {
            "kind": one.hit.kind,
            "course": one.hit.course,
            "activity": one.hit.activity,
            "titles": one.way,
            "time": one.hit.time,
            "page": one.hit.page,
            "text": one.hit.text,
            "marks": one.hit.marks,
            "here": one.is_here,
        }
        for one in answer.found
    ]
    return {"found": found, "more": answer.is_more}
