# SPDX-License-Identifier: Apache-2.0
"""The commands for updates and for the disk: what changes, what it takes, what can go."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

import click

from player.app.updates import Preview
from player.cli.answers import Call, megabytes, speaks, whisper
from player.cli.progress import Progress
from player.course.changes import ADDED, CONTENT, MOVED, REMOVED, RENAMED, RENDITIONS
from player.store.lock import Waiting
from player.store.space import SYNCED, Suggestion, enough

if TYPE_CHECKING:
    from player.app import Services


@click.command()
@click.argument("course", required=False)
@click.option("--yes", is_flag=True, help="Have it without asking.")
@click.option("--preview", is_flag=True, help="Only show what it changes and costs.")
@speaks
def update(call: Call, course: str | None, *, yes: bool, preview: bool) -> None:
    """Have the version of COURSE that is offered now; without COURSE, show what could be had."""
    progress = Progress()
    services = call.services(progress.tell)
    if course is None:
        shelves = services.updatable()
        lines = [f"{one.id}  {one.version} -> {one.offered}  {one.title}" for one in shelves]
        call.answer(shelves, "\n".join(lines) or "Every course is as it is offered.")
        return
    found = services.update_preview(course)
    text = "\n".join(_said(found))
    agreed = found.offered > found.version and not preview
    if agreed and not yes:
        whisper(text)
        agreed = click.confirm("Have it?", err=True)
    if not agreed:
        call.answer({"preview": found, "version": found.version}, text)
        return
    services.renew(course)
    with progress.of([one for one in services.wishes() if one.here < one.total]):
        summary = services.download()
    version = services.course(course).version
    call.answer(
        {"preview": found, "version": version, "fetched": summary.fetched},
        f"{megabytes(summary.fetched)} fetched; {found.title} is version {version}.",
    )


def _said(found: Preview) -> Iterator[str]:
    if found.offered <= found.version:
        yield f"{found.title} is as it is offered: version {found.version}."
        return
    cost = megabytes(found.cost) if found.exact else f"at most {megabytes(found.at_most)}"
    yield f"{found.title}: version {found.version} -> {found.offered}, {cost}. What you did stays."
    counts = (
        ("new", (ADDED,)),
        ("changed", (CONTENT, RENAMED)),
        ("videos encoded anew", (RENDITIONS,)),
        ("moved", (MOVED,)),
        ("gone", (REMOVED,)),
    )
    for words, whats in counts:
        if number := found.changes.count(*whats):
            yield f"  {number} {words}"
    for one in found.changes.every:
        yield f"  {one.what:<10}  {one.section}  {one.title}"


@click.command()
@speaks
def space(call: Call) -> None:
    """Show what each course takes, on which drive, and what could go."""
    services = call.services()
    usage, found = services.disk.usage(), services.disk.suggestions()
    lines = [
        f"{one.course}  {megabytes(one.bytes)}"
        + (f" (of it {megabytes(one.shared_bytes)} shared)" if one.shared_bytes else "")
        + f"  {one.drive}  {one.title}"
        for one in usage
    ]
    lines += [f"could go: {_suggested(one)}" for one in found]
    facts = {"courses": usage, "suggestions": found}
    call.answer(facts, "\n".join(lines) or "No course is here yet.")


def _suggested(one: Suggestion) -> str:
    why = "done and received" if one.what == SYNCED else "watched"
    return f"{one.course} {one.section}  {megabytes(one.bytes)} of video, {why}"


@click.command()
@click.argument("course", required=False)
@click.argument("sections", nargs=-1)
@click.option("--watched", is_flag=True, help="The videos of what is done or watched.")
@click.option(
    "--bytes", "wanted", type=click.IntRange(min=1), help="No more of these than bring N bytes."
)
@speaks
def free(
    call: Call, course: str | None, sections: tuple[str, ...], wanted: int | None, *, watched: bool
) -> None:
    """Delete files: of COURSE, or the videos of its SECTIONS. What you did stays.

    Without COURSE, files that no course has any more; with --watched or --bytes, videos of what is
    done and received, then of what is watched.
    """
    services, waiting = call.services(), _patient()
    if sections and not watched and wanted is None:
        freed = services.disk.free_sections(course or "", sections, waiting)
    elif course and not watched and wanted is None:
        freed = services.disk.remove_course(course, waiting)
    else:
        freed = services.disk.free_unused(waiting)
        if watched or wanted is not None:
            freed += services.disk.free(_chosen(services, course, sections, wanted, freed), waiting)
    call.answer({"freed": freed}, f"{megabytes(freed)} came free. What you did stays.")


def _patient() -> Waiting:
    """Say once what is waited for."""
    said: list[str] = []

    def waiting() -> None:
        if not said:
            said.append("A download is under way; this waits half a minute for its end.")
            whisper(said[0])

    return waiting


def _chosen(
    services: Services,
    course: str | None,
    sections: tuple[str, ...],
    wanted: int | None,
    freed: int,
) -> list[Suggestion]:
    found = [
        one
        for one in services.disk.suggestions()
        if course in (None, one.course) and (not sections or one.section in sections)
    ]
    return list(enough(found, wanted - freed) if wanted is not None else found)


@click.command()
@click.argument("folder", type=click.Path(file_okay=False, path_type=Path), required=False)
@click.option("--lost", is_flag=True, help="The drive is lost: begin anew in the home folder.")
@speaks
def move(call: Call, folder: Path | None, lost: bool) -> None:
    """Take the files of all courses to FOLDER, on another drive say; the home's brings them back.

    Each is checked as it is copied; what you did stays in the home.
    """
    services = call.services()
    if (folder is None) != lost:
        raise click.UsageError("Name a FOLDER, or say --lost.")
    if folder is None:
        left = services.disk.leave_drive()
        text = f"Courses begin anew in {services.home}; {left.held} sections are held back."
        call.answer(left, text if left.held else "The drive is here, or nothing was on it.")
        return
    with click.progressbar(length=1000, label="Moving", file=sys.stderr) as bar:

        def report(done: int, total: int) -> None:
            bar.update(int(1000 * done / max(1, total)) - bar.pos)

        moved = services.disk.move_content(folder, report)
    text = f"The files are in {moved.folder}; {megabytes(moved.copied)} were copied."
    if moved.damaged:
        text += f" {moved.damaged} were damaged: `cartable download` fetches them again."
    call.answer(moved, text)
