# SPDX-License-Identifier: Apache-2.0
"""The platform's marks by its key files."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

import click

from player.cli.answers import Call, speaks
from player.journal.export import table
from player.store.saving import write

if TYPE_CHECKING:
    from player.app.keyed import Sheet

LATE = ("flag", "accept", "refuse")
COLUMNS = (
    *("course", "activity", "learner", "attempt", "version", "handed_in"),
    *("clock", "score", "points", "out_of", "passed", "late", "waits", "surplus"),
)
_CLOCKS = {"": "server", "earlier": "earlier contact", "none": "never checked"}
"""What the time of handing in stands on."""
_SAID = {True: "yes", False: "no", None: ""}


@click.command()
@click.argument(
    "files",
    metavar="KEYFILE...",
    nargs=-1,
    required=True,
    type=click.Path(exists=True, dir_okay=False, path_type=Path),
)
@click.option(
    "--late",
    type=click.Choice(LATE),
    default="flag",
    show_default=True,
    help="Answers after `answer_by`: say so with the mark, say nothing, or give no points.",
)
@click.option("--by", default="", metavar="NAME", help="Who marks, for the learners to see.")
@click.option("--no-feedback", is_flag=True, help="Points alone: what is right stays here.")
@click.option("--dry-run", "dry", is_flag=True, help="Tell the store nothing.")
@click.option(
    "--table",
    "file",
    type=click.Path(dir_okay=False, writable=True, path_type=Path),
    metavar="FILE.csv",
    help="Write every attempt with its mark.",
)
@click.option("--all", "whole", is_flag=True, help="Read the whole store again.")
@speaks
def grade(  # noqa: PLR0913 - one for each option
    call: Call,
    files: tuple[Path, ...],
    *,
    late: str,
    by: str,
    no_feedback: bool,
    dry: bool,
    file: Path | None,
    whole: bool,
) -> None:
    """Mark what the platform marks, by the key files of the versions that learners have.

    Each attempt that was handed in and has reached the store gets its marks there, once;
    `cartable platform mailbox` brings them to the learners. Until `answer_by` only the whole has a
    mark, and the answers get theirs when it is graded again after that.
    """
    from player.app.keyed import Marking, read_keys  # noqa: PLC0415 - slow, as the author's

    how = Marking(late, by, feedback=not no_feedback, dry=dry)
    done, sheets = call.services().desk.grade_by_keys(read_keys(files), how, whole=whole)
    if file:
        write(file, table(COLUMNS, map(_row, sheets)))
    waiting = sum(sheet.waiting for sheet in sheets)
    facts = {"attempts": len(sheets), "waiting": waiting}
    facts |= {"marked": done.marked, "known": done.known, "left": done.left}
    text = (
        f"{len(sheets)} attempts: {done.marked} marks given, {done.known} known already, "
        f"{done.left} still to be sent."
    )
    if waiting:
        text += f"\n{waiting} of them wait until somebody marks their texts."
    call.answer_with(facts, text, done.problems)


def _row(sheet: Sheet) -> Iterator[object]:
    """One attempt, under the heads of `COLUMNS`."""
    end, whole = sheet.end, sheet.whole
    yield from (end.course, end.activity, end.learner, end.attempt, end.version, end.done_at)
    yield _CLOCKS.get(end.contact, end.contact)
    if whole is None:
        yield from ("",) * 5
    else:
        yield from (whole.score, whole.points, whole.out_of)
        yield from (_SAID[whole.success], _SAID[whole.late])
    yield from (_SAID[sheet.waiting], _SAID[sheet.surplus])
