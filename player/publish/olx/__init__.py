# SPDX-License-Identifier: Apache-2.0
"""From an Open edX export (OLX) to the source folder of a course: `cartable import`.

The path of an import: `archive` opens the file safely, `tree` puts the blocks together, `convert`
walks them with `pages`, `problems` and `videos`, `write` and `gift` say the result as
docs/authoring.md wants it. What cannot come along is never dropped in silence.
"""

from __future__ import annotations

import errno
import shutil
import tempfile
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

from player.clock import Now, utc_now
from player.course.manifest import Licence
from player.errors import BadExport, DiskFull, NotAFolder, NotWritable
from player.publish.olx.about import about, changed_here, language_of, licence
from player.publish.olx.archive import gather
from player.publish.olx.convert import sections
from player.publish.olx.desk import Desk
from player.publish.olx.gift import gift
from player.publish.olx.markup import in_lines, settle
from player.publish.olx.model import ImportResult, LeftOut
from player.publish.olx.native import toml
from player.publish.olx.tree import Reader, rebased
from player.publish.olx.videos import films_in
from player.publish.olx.write import course_toml, import_notes
from player.publish.permission import may_change

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from player.publish.olx.model import Activity, Block

__all__ = ["ImportResult", "LeftOut", "import_olx"]


def _silent(_news: str) -> None:
    """Nobody wants to know."""


def import_olx(
    archive: Path,
    target: Path,
    media: Path | None = None,
    report: Callable[[str], None] = _silent,
    *,
    may_adapt: bool = False,
    now: Now = utc_now,
) -> ImportResult:
    """Make a course source in `target` out of an export, and say what could not come along.

    `archive` is a `.tar.gz`, `.tar.xz`, `.zip` or an unpacked folder; `media` a folder with the
    films, named as IMPORT.md asks; `report` is told each chapter's title and may raise to stop;
    dates before `now` are past. With `may_adapt`, its owner has permitted to change a course whose
    licence does not. The folder appears whole or not at all.

    Raises:
        NotYoursToChange: its licence allows no changes, and some parts do not come as they are.
        BadExport: not an export, not a course, damaged, or unsafe to open.
        NotAFolder: `target` is there and not empty, or `archive` or `media` is not there.
        NotWritable, DiskFull: the disk does not take it.
    """
    _check(archive, target, media)
    with _disk_faults(target):
        target.parent.mkdir(parents=True, exist_ok=True)
        room = Path(tempfile.mkdtemp(prefix=f".{target.name}-", dir=target.parent))
        try:
            desk, course = _desk(archive, room, media, now)
            result = _built(course, desk, archive, target, report, may_adapt=may_adapt)
            if target.exists():
                target.rmdir()
            desk.out.rename(target)
        finally:
            shutil.rmtree(room, ignore_errors=True)
    return result


@contextmanager
def _disk_faults(target: Path) -> Iterator[None]:
    """What the disk refuses, said as the program says it."""
    try:
        yield
    except OSError as error:
        if error.errno == errno.ENOSPC:
            free = f"{shutil.disk_usage(target.parent).free >> 20} MiB"
            raise DiskFull(place=target.parent, needed="more bytes", free=free) from error
        raise NotWritable(place=target) from error


def _desk(archive: Path, room: Path, media: Path | None, now: Now) -> tuple[Desk, Block]:
    """The export opened in `room`, and its tree of blocks."""
    (room / "files").mkdir()
    files = rebased(gather(archive, room / "files"), archive)
    reader = Reader(files)
    course = reader.course(archive)
    desk = Desk(
        files=files,
        out=room / "course",
        known=frozenset(reader.known),
        language=language_of(course),
        media=films_in(media),
        licence=licence(course.settings.get("license", "")),
        left_out=reader.left_out,
        now=now(),
    )
    return desk, course


def _check(archive: Path, target: Path, media: Path | None) -> None:
    if not archive.exists():
        raise NotAFolder(place=archive, reason="it is not there")
    if media is not None and not media.is_dir():
        raise NotAFolder(place=media, reason="it is not a folder")
    if target.exists() and (not target.is_dir() or any(target.iterdir())):
        raise NotAFolder(place=target, reason="it is not empty, and an import never overwrites")


def _built(
    course: Block,
    desk: Desk,
    archive: Path,
    target: Path,
    report: Callable[[str], None],
    *,
    may_adapt: bool,
) -> ImportResult:
    """Write the whole course to the desk's folder."""
    made = sections(course, desk, report)
    if not made:
        raise BadExport(place=archive, reason="nothing in it can be carried")
    facts = about(course, desk)
    if changed := len(desk.left_out) + sum(desk.changes.values()):
        what = f"{changed} parts of it would be left out or changed"
        may_change(Licence(facts.licence), facts.title, what, allowed=may_adapt)
        facts = replace(facts, adapted=changed_here(desk.language, changed))
    activities = [one for section in made for part in section.sequences for one in part.activities]
    for activity in activities:
        _write(activity, desk)
    result = ImportResult(
        target=target,
        title=facts.title,
        sections=len(made),
        sequences=sum(len(section.sequences) for section in made),
        **_counts(activities),
        left_out=tuple(desk.left_out),
    )
    desk.write("course.toml", course_toml(facts, made))
    notes = import_notes(result, facts.licence, desk.changes, desk.notes, len(desk.past))
    desk.write("IMPORT.md", notes)
    return result


def _write(activity: Activity, desk: Desk) -> None:
    """The text file of an activity, now that every link knows where it may lead."""

    def settled(html: str) -> str:
        return settle(html, desk.pages_of.get)

    if activity.text is not None:
        desk.write(activity.path, in_lines(settled(activity.text)))
    elif activity.questions:
        said = gift if activity.path.endswith(".gift") else toml
        desk.write(activity.path, said(activity.questions, settled))


def _counts(activities: list[Activity]) -> dict[str, int]:
    kinds = {"pages": "page", "videos": "video", "documents": "document"}
    counts = {name: sum(one.kind == kind for one in activities) for name, kind in kinds.items()}
    counts["quizzes"] = sum(bool(one.questions) for one in activities)
    return {**counts, "questions": sum(len(one.questions) for one in activities)}
