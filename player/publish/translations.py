# SPDX-License-Identifier: Apache-2.0
"""A course's other languages: `course.fr.toml` beside course.toml (docs/authoring.md, "Languages").

That file holds titles; what it is about is found by its name: `pages/roles.fr.md` is read in the
place of `pages/roles.md`. What is missing stays in the course's own language, and is counted in a
warning. Questions take their ids from those they translate, so that answers, marks and keys are the
same in every language; where they do not ask the same, nothing is published.
"""

from __future__ import annotations

import posixpath
import re
import tomllib
from collections.abc import Iterable, Iterator, Mapping, Sequence, Set
from dataclasses import dataclass, replace
from typing import Any

import msgspec

from player.course.manifest import AnyActivity, Section
from player.course.quiz import Question
from player.publish.faults import Findings, Place, meant
from player.publish.folder import Folder
from player.publish.outline import (
    ActivityLine,
    Outline,
    is_language,
    syntax_help,
    syntax_place,
)
from player.publish.positions import positions
from player.publish.table import Table

_FILE = re.compile(r"course\.([A-Za-z]{2,8}(?:-[A-Za-z0-9]{1,8})*)\.toml\Z")
_NAMED = 6  # ids that a warning lists; more would hide the others

# Of a question these are not words, so they are the same in every language
_NOT_WORDS = {"id", "type", "source", "target", "scoring", "shape", "name", "set", "order"}
_OF_WORDS = {"hints", "coords", "width", "height"}


@dataclass(frozen=True, slots=True)
class Lines:
    """`course.<language>.toml` before its files are read. Titles and paths by id."""

    place: Place
    language: str
    title: str
    summary: str
    effort: str
    titles: Mapping[str, str]
    files: Mapping[str, str]
    places: Mapping[str, Place]
    """Where an id stands."""


def read_lines(folder: Folder, outline: Outline) -> Iterator[Lines]:
    """Yield what each translation's file says, by language; mistakes go to the findings."""
    for name in folder.names(folder.root):
        match = _FILE.match(name)
        text = folder.text(name) if match else None
        if match is None or text is None:
            continue
        if not is_language(match[1]):
            what = f"“{match[1]}” in the name of this file is not a language tag."
            do = "Name it course.fr.toml, course.pt-BR.toml …"
            folder.findings.fault(Place(name), what, do)
            continue
        if match[1].lower() == outline.language.lower():
            what = f"{outline.language} is the course's own language."
            do = "Name the file after the other one: course.fr.toml, course.pt-BR.toml …"
            folder.findings.fault(Place(name), what, do)
            continue
        found = _lines(name, match[1], text, folder.findings)
        if found is not None:
            yield found


def _lines(file: str, language: str, text: str, findings: Findings) -> Lines | None:
    try:
        raw = tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        place = syntax_place(str(error), text, file)
        findings.fault(place, f"This is not TOML: {error}.", syntax_help(str(error)))
        return None
    root = Table(raw, (), positions(text), file, findings)
    titles, files = root.inner("titles"), root.inner("files")
    said = Lines(
        place=Place(file, 1),
        language=language,
        title=root.text("title"),
        summary=root.text("summary"),
        effort=root.text("effort"),
        titles=_texts(titles),
        files=_texts(files),
        places={key: part.place(key) for part in (titles, files) if part for key in part.raw},
    )
    for table in (titles, files, root):
        if table:
            table.close()
    return said


def _texts(table: Table | None) -> dict[str, str]:
    found = {key: table.text(key) for key in table.raw} if table else {}
    return {key: text for key, text in found.items() if text}


def translated_line(
    line: ActivityLine, activity: AnyActivity, said: Lines, folder: Folder
) -> ActivityLine | None:
    """The line that reads an activity in another language; None where it has no file in it."""
    path = said.files.get(activity.id) or _beside(line, said.language, folder)
    if path is None:
        return None
    place = said.places.get(activity.id, said.place)
    title = said.titles.get(activity.id, "")
    return replace(line, place=place, path=path, id=activity.id, title=title, usual=activity.title)


def _beside(line: ActivityLine, language: str, folder: Folder) -> str | None:
    """`pages/roles.fr.md` where there is one; a film's other files are captions."""
    if line.kind == "video":
        return None
    directory, base = posixpath.split(line.path)
    stem, ending = posixpath.splitext(base)
    wanted = f"{stem}.{language}{ending}".casefold()
    for name in folder.names(folder.root / directory):
        if name.casefold() == wanted:
            return posixpath.join(directory, name)
    return None


# What is missing, what is too much


def check_ids(
    said: Lines, outline: Outline, sections: Sequence[Section], findings: Findings
) -> None:
    """Note the ids of a translation that the course has not, and files of what has none."""
    activities = _activities(sections)
    known = activities | titled(outline, sections)
    for id_, place in said.places.items():
        if id_ not in known:
            what = f"Nothing in this course has the id `{id_}`."
            findings.warn(place, what, meant(id_, known) or "It is left out.")
        elif id_ in said.files and id_ not in activities:
            what = f"`{id_}` is no activity, so it has no file."
            findings.warn(place, what, "It is left out.")


def left(
    said: Lines, outline: Outline, sections: Sequence[Section], done: Set[str]
) -> Iterator[str]:
    """Say what stays in the course's own language; `done` are the activities that do not."""
    own, activities = outline.language, _activities(sections)
    untitled = titled(outline, sections) - said.titles.keys()
    if untitled:
        count = f"{len(untitled)} titles beside those of activities"
        yield f"{said.place.file}: {count} stay in {own}: {_some(untitled)}."
    if lacking := activities - done:
        count = f"{len(lacking)} of {len(activities)} activities"
        yield f"{said.place.file}: {count} stay in {own}: {_some(lacking)}."


def _activities(sections: Iterable[Section]) -> set[str]:
    return {one.id for section in sections for one in section.activities()}


def titled(outline: Outline, sections: Iterable[Section]) -> set[str]:
    """The ids of what has a title beside the activities: sections, sequences, paths, meetings."""
    inner = {part.id for one in sections for part in one.sequences}
    named = {one.meeting.id for one in outline.meetings if one.meeting.id}
    return inner | named | {one.id for one in sections} | {one.id for one in outline.paths}


def _some(ids: Iterable[str]) -> str:
    listed = sorted(ids)
    return ", ".join(listed[:_NAMED]) + (" …" if len(listed) > _NAMED else "")


# Questions


def aligned(
    questions: Sequence[Question],
    originals: Sequence[Question],
    file: str,
    findings: Findings,
) -> tuple[Question, ...]:
    """Questions in another language with the ids of those they translate.

    They are these by their ids where all agree, otherwise by their order. What asks something else
    is a fault: its answers would be marked by another key.
    """
    if len(questions) != len(originals):
        what = f"There are {len(questions)} questions here, and {len(originals)} in the original."
        findings.fault(Place(file), what, "Translate every question, in the same order.")
        return tuple(questions)
    by_id = {one.id: one for one in questions}
    if by_id.keys() == {one.id for one in originals}:
        questions = [by_id[one.id] for one in originals]
    made = []
    for number, (one, original) in enumerate(zip(questions, originals, strict=True), 1):
        same = msgspec.structs.replace(one, id=original.id)
        made.append(same)
        if _bones(msgspec.to_builtins(same)) != _bones(msgspec.to_builtins(original)):
            title = original.title or original.id
            what = f"Question {number} is not the one of the original, “{title}”."
            do = "Keep its kind, how many choices it has and which of them are right, in order."
            findings.fault(Place(file), what, do)
    return tuple(made)


def _bones(value: Any) -> Any:
    """A question without its words: what is chosen, what is right, what it brings.

    Accepted texts are words too, and a picture in another language may be another one.
    """
    if isinstance(value, dict):
        left_out = _OF_WORDS | ({"answers"} if value.get("type") == "text" else set())
        return {
            key: one if key in _NOT_WORDS else _bones(one)
            for key, one in value.items()
            if key not in left_out and (key in _NOT_WORDS or not isinstance(one, str))
        }
    if isinstance(value, list | tuple):
        return [None if isinstance(one, str) else _bones(one) for one in value]
    return value
