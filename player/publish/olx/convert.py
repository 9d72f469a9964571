# SPDX-License-Identifier: Apache-2.0
"""The block tree -> sections, sequences and activities, in the order of the course."""

from __future__ import annotations

import re
from dataclasses import replace
from itertools import groupby
from typing import TYPE_CHECKING

from player.publish.olx import dates
from player.publish.olx.about import UNKNOWN, licence
from player.publish.olx.blocks import READERS, asked_of
from player.publish.olx.desk import Spot
from player.publish.olx.gift import titled
from player.publish.olx.model import Activity, Section, Sequence, slug
from player.publish.olx.pages import clean
from player.publish.olx.problems import Asked, questions_of
from player.publish.olx.responses import Unfit
from player.publish.olx.videos import is_video, video
from player.publish.olx.xml import inner

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from player.publish.olx.desk import Desk
    from player.publish.olx.model import Block

_REASONS = {
    "discussion": "A discussion needs the platform.",
    "lti": "An LTI tool needs a connection to its server.",
    "lti_consumer": "An LTI tool needs a connection to its server.",
    "staffgradedxblock": "It is marked by the staff on the platform.",
    "annotatable": "The player cannot show annotations yet.",
    "done": "A “mark as done” button: the player keeps progress by itself.",
    "scorm": "A SCORM package cannot be played.",
}
_GROUPS = {
    "html": "page",
    "static_content": "page",
    "problem": "quiz",
    "drag-and-drop-v2": "quiz",
    "poll": "survey",
    "survey": "survey",
    "word_cloud": "survey",
    "openassessment": "work",
    "edx_sga": "work",
}
_FIRST_ONLY = {"split_test", "randomize"}
_WRAPPERS = {"vertical", "library_content", "itembank", "conditional", "wrapper", "sequential"}
_SEQUENCES = {"sequential", "videosequence", "problemset"}


def sections(course: Block, desk: Desk, report: Callable[[str], None]) -> tuple[Section, ...]:
    """The whole course. Empty chapters and sequences are noted at the desk and left out."""
    made = []
    exam, exam_id = dates.entrance_exam(course), ""
    for chapter in course.children:
        report(chapter.title or chapter.name)
        parts = chapter.children if chapter.kind == "chapter" else (chapter,)
        found = tuple(filter(None, (_sequence(part, chapter, course, desk) for part in parts)))
        if not found:
            _empty(chapter, "", desk)
            continue
        when = dates.of_section(chapter, course, desk)
        section = Section(desk.new_id(chapter.name or chapter.title), _title(chapter), found, when)
        exam_id = section.id if chapter is exam else exam_id
        made.append(section)
    return tuple(_behind(one, exam_id) for one in made)


def _behind(section: Section, exam: str) -> Section:
    """A section that waits for the entrance exam, where there is one."""
    if not exam or section.id == exam:
        return section
    return replace(section, dates={**section.dates, "needs": f'["{exam}"]'})


def _sequence(block: Block, chapter: Block, course: Block, desk: Desk) -> Sequence | None:
    where = _title(chapter) if block is chapter else f"{_title(chapter)} / {_title(block)}"
    units = block.children if block.kind in _SEQUENCES else (block,)
    activities = tuple(
        _due(made, (unit, block), course, desk)
        for unit in units
        for made in _unit(unit, where, desk)
    )
    if not activities:
        _empty(block, _title(chapter), desk)
        return None
    for name in (block.name, chapter.name):
        desk.pages_of.setdefault(name, activities[0].id)
    return Sequence(desk.new_id(block.name or block.title), _title(block), activities)


def _due(activity: Activity, above: tuple[Block, ...], course: Block, desk: Desk) -> Activity:
    """A quiz with its own deadline: that of the unit or subsection that it is in."""
    if activity.kind != "quiz":
        return activity
    by = dates.answer_by(iter(above), course, desk)
    return replace(activity, options={**activity.options, **by}) if by else activity


def _unit(unit: Block, where: str, desk: Desk) -> Iterator[Activity]:
    """The activities of one vertical: neighbours of a kind are one page, or one quiz."""
    if unit.kind in _WRAPPERS | _FIRST_ONLY:
        where = f"{where} / {_title(unit)}"
    blocks = [block for block in _leaves(unit, where, desk) if _carried(block, where, desk)]
    for kind, group in groupby(blocks, key=lambda block: _GROUPS.get(block.kind, "video")):
        together = list(group)
        if kind == "page":
            made = list(_page(together, unit, where, desk))
        elif kind == "video":
            made = [video(block, desk, _spot(block, where)) for block in together]
        else:
            made = list(_asking(kind, together, unit, where, desk))
        for activity in made:
            for name in (*activity.names, unit.name):
                desk.pages_of.setdefault(name, activity.id)
        yield from made


def _leaves(block: Block, where: str, desk: Desk) -> Iterator[Block]:
    """The blocks that show something, out of the wrappers that choose among them."""
    if block.kind in _FIRST_ONLY and block.children:
        reason = f"Open edX shows one of {len(block.children)} groups; the first is kept."
        desk.leave(_spot(block, where), reason)
        yield from _leaves(block.children[0], where, desk)
    elif block.kind in _WRAPPERS:
        if block.kind in {"library_content", "itembank"} and block.children:
            yield from _pool(block, where, desk)
            return
        if block.kind == "conditional":
            desk.leave(_spot(block, where), "Shown on a condition there; here it always is.")
        for child in block.children:
            yield from _leaves(child, where, desk)
    else:
        yield block


def _pool(block: Block, where: str, desk: Desk) -> Iterator[Block]:
    """Of these blocks Open edX draws some by lot; of problems an attempt does the same here."""
    drawn = block.settings.get("max_count", "1")
    problems = all(child.kind == "problem" for child in block.children)
    if problems and re.fullmatch(r"[1-9][0-9]{0,2}", drawn):
        marks = {"pool": slug(block.name or block.title), "take": drawn}
        for child in block.children:
            yield replace(child, settings={**child.settings, **marks})
        return
    if drawn != "-1":
        reason = f"Open edX draws {drawn} of {len(block.children)} by lot; all of them are here."
        desk.leave(_spot(block, where), reason)
    for child in block.children:
        yield from _leaves(child, where, desk)


def _carried(block: Block, where: str, desk: Desk) -> bool:
    own = licence(block.settings.get("license", ""))
    if own not in (UNKNOWN, desk.licence):
        title = block.title or block.name
        desk.note(f"“{title}” has a licence of its own, {own}: say so where it is shown.")
    if block.kind in _GROUPS or is_video(block):
        return True
    reason = _REASONS.get(block.kind, f"The player does not know “{block.kind}” blocks.")
    desk.leave(_spot(block, where), reason)
    return False


def _page(blocks: list[Block], unit: Block, where: str, desk: Desk) -> Iterator[Activity]:
    cleaned = [clean(_html(block, where, desk), desk, _spot(block, where)) for block in blocks]
    text = "\n".join(part.html for part in cleaned if part.html)
    if text:
        name = desk.new_id(blocks[0].name or unit.name or unit.title)
        names = tuple(block.name for block in blocks)
        yield Activity(name, "page", f"pages/{name}.html", _title(unit), names, text)
    for part in cleaned:
        yield from part.documents


def _html(block: Block, where: str, desk: Desk) -> str:
    """The markup of an html block: its `.html` file, or what stands in its XML."""
    name = block.settings.get("filename") or block.name
    file = desk.files.get(f"html/{name}.html") or desk.files.get(f"{block.kind}/{name}.html")
    if file is not None:
        return file.read_text("utf-8-sig", errors="replace")
    markup = inner(block.element)
    if block.settings.get("filename") and not markup.strip():
        desk.leave(_spot(block, where), "Its file is not in the export.")
    return markup


def _asking(
    kind: str, blocks: list[Block], unit: Block, where: str, desk: Desk
) -> Iterator[Activity]:
    asked = [(block, _asked(block, desk, _spot(block, where))) for block in blocks]
    kept = [block for block, read in asked if read.questions]
    if kept:
        name = desk.new_id(kept[0].name or unit.name or unit.title)
        names = tuple(block.name for block in kept)
        title = kept[0].title if len(kept) == 1 and kept[0].title else _title(unit)
        questions = titled(question for _, read in asked for question in read.questions)
        yield Activity(
            name,
            kind,
            f"quizzes/{name}.{'gift' if all(one.is_gift for one in questions) else 'toml'}",
            title,
            names,
            questions=tuple(questions),
            options=_tries(kept) if kind == "quiz" else {},
        )
    for _, read in asked:
        yield from read.documents


def _asked(block: Block, desk: Desk, spot: Spot) -> Asked:
    """The questions of one block; each of a pool says so."""
    if block.kind not in READERS:
        read = questions_of(block, desk, spot)
        pool, take = block.settings.get("pool"), block.settings.get("take", "1")
        if pool is None:
            return read
        in_pool = tuple(replace(one, pool=(pool, int(take))) for one in read.questions)
        return replace(read, questions=in_pool)
    try:
        return Asked(asked_of(block, desk, spot))
    except Unfit as reason:
        desk.leave(spot, str(reason))
        return Asked(())


def _tries(problems: list[Block]) -> dict[str, int]:
    """`tries`, where all problems allow the same number of answers."""
    allowed = {problem.settings.get("max_attempts", "") for problem in problems}
    only = allowed.pop() if len(allowed) == 1 else ""
    return {"tries": int(only)} if re.fullmatch(r"[1-9][0-9]{0,3}", only) else {}


def _empty(block: Block, where: str, desk: Desk) -> None:
    desk.leave(_spot(block, where), "Nothing in it can be carried.")


def _spot(block: Block, where: str) -> Spot:
    return Spot(block.kind, block.name, block.title, where)


def _title(block: Block) -> str:
    return block.title or block.name or block.kind
