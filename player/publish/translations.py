# SPDX-License-Identifier: Apache-2.0
"""A course's other languages: `course.fr.toml` beside course.toml (docs/authoring.md, "Languages").

That file holds words; what it is about is found by its name: `pages/roles.fr.md` is read in the
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

from player.course.manifest import (
    AnyActivity,
    AttestationWords,
    Chapter,
    Section,
    Survey,
    Video,
)
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
from player.publish.rule import read_words
from player.publish.table import Table

_FILE = re.compile(r"course\.([A-Za-z]{2,8}(?:-[A-Za-z0-9]{1,8})*)\.toml\Z")
_WORDS = ("title", "summary", "effort", "cite", "adapted")
_NAMED = 6  # ids that a warning lists; more would hide the others

# Of a question these are not words, so they are the same in every language
_NOT_WORDS = {"id", "type", "source", "target", "scoring", "shape", "name", "set", "order"}
_OF_WORDS = {"hints", "coords", "width", "height"}


# What a course.<language>.toml has by id or by name: a text for each, or a list of texts
TEXTS = ("titles", "summaries", "places", "notes", "roles", "files")
LISTS = ("chapters", "reasons")
_ONE = {
    "summaries": "summary",
    "places": "place",
    "notes": "note",
    "roles": "role",
    "chapters": "chapter",
    "reasons": "rule with a reason",
    "files": "file",
}


@dataclass(frozen=True, slots=True)
class Lines:
    """`course.<language>.toml` before its files are read.

    `words` are the texts of the course itself by key, `texts` and `lists` what each table has by
    id, and `places` where an id of a table stands.
    """

    place: Place
    language: str
    words: Mapping[str, str]
    attestation: AttestationWords
    texts: Mapping[str, Mapping[str, str]]
    lists: Mapping[str, Mapping[str, tuple[str, ...]]]
    places: Mapping[tuple[str, str], Place]

    def title(self, id_: str) -> str:
        """The title of a part, '' where there is none."""
        return self.texts["titles"].get(id_, "")


def read_lines(folder: Folder, outline: Outline) -> Iterator[Lines]:
    """Yield what each translation's file says, by language; mistakes go to the findings."""
    known: dict[str, str] = {}
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
        if other := known.get(match[1].lower()):
            what = f"{other} is the translation into {match[1]} already."
            folder.findings.fault(Place(name), what, "Keep one of the two.")
            continue
        known[match[1].lower()] = name
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
    words = {key: root.text(key) for key in _WORDS}
    attestation = read_words(root)
    tables = {key: root.inner(key) for key in (*TEXTS, *LISTS)}
    said = Lines(
        place=Place(file, 1),
        language=language,
        words=words,
        attestation=attestation,
        texts={key: _texts(tables[key]) for key in TEXTS},
        lists={key: _lists(tables[key]) for key in LISTS},
        places={
            (key, id_): part.place(id_) for key, part in tables.items() if part for id_ in part.raw
        },
    )
    for table in (*tables.values(), root):
        if table:
            table.close()
    return said


def _texts(table: Table | None) -> dict[str, str]:
    found = {key: table.text(key) for key in table.raw} if table else {}
    return {key: text for key, text in found.items() if text}


def _lists(table: Table | None) -> dict[str, tuple[str, ...]]:
    return {key: tuple(table.texts(key)) for key in table.raw} if table else {}


def translated_line(
    line: ActivityLine, activity: AnyActivity, said: Lines, folder: Folder
) -> ActivityLine | None:
    """The line that reads an activity in another language; None where it has no file in it."""
    path = said.texts["files"].get(activity.id) or _beside(line, said.language, folder)
    if path is None:
        return None
    place = said.places.get(("files", activity.id), said.place)
    title = said.title(activity.id)
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


def worded(made: AnyActivity, own: AnyActivity, said: Lines, findings: Findings) -> AnyActivity:
    """An activity with what is said beside its content: chapters, and why a rule suggests a path.

    `own` is it in the course's language. An empty text is the one of the original.
    """
    if isinstance(made, Video) and isinstance(own, Video):
        titles = _counted("chapters", own.id, len(own.chapters), said, findings)
        if [one.at for one in made.chapters] != [one.at for one in own.chapters]:
            return made  # a dubbed film may have others, or none that fit
        chapters = zip(made.chapters, titles, strict=False)
        told = tuple(Chapter(one.at, title or one.title) for one, title in chapters)
        return msgspec.structs.replace(made, chapters=told) if titles else made
    if isinstance(made, Survey) and isinstance(own, Survey):
        reasons = _counted("reasons", own.id, len(own.rules), said, findings)
        rules = zip(made.rules, reasons, strict=False)
        given = tuple(
            msgspec.structs.replace(one, reason=reason or one.reason) for one, reason in rules
        )
        return msgspec.structs.replace(made, rules=given) if reasons else made
    return made


def _counted(table: str, id_: str, count: int, said: Lines, findings: Findings) -> tuple[str, ...]:
    """The texts of a list, which has to be as long as the original's; nothing where it lacks."""
    texts = said.lists[table].get(id_, ())
    if texts and count and len(texts) != count:
        what = f"`{id_}` has {count} {table} in the original, and {len(texts)} here."
        do = 'Write all of them, in the same order; `""` is the original.'
        findings.fault(said.places[table, id_], what, do)
        return ()
    return texts if count else ()


# What is missing, what is too much


def sayable(outline: Outline, sections: Sequence[Section]) -> dict[str, set[str]]:
    """What can be translated: by table, the ids or names of what has such a text.

    `titles` are those beside the activities, which `files` has.
    """
    activities = [one for section in sections for one in section.activities()]
    meetings = [one.meeting for one in outline.meetings if one.meeting.id]
    inner = {part.id for one in sections for part in one.sequences}
    outer = {one.id for one in sections} | {one.id for one in outline.paths}
    parts = inner | outer | {one.id for one in meetings}
    files = {one.id for one in activities}
    return {
        "titles": parts,
        "files": files,
        "summaries": {one.id for one in outline.paths if one.summary},
        "places": {one.id for one in meetings if one.place},
        "notes": {one.id for one in meetings if one.note},
        "roles": {one.name for one in outline.authors if one.role},
        "chapters": {one.id for one in activities if isinstance(one, Video) and one.chapters},
        "reasons": {one.id for one in activities if isinstance(one, Survey) and one.rules},
    }


def check_ids(
    said: Lines, outline: Outline, known: Mapping[str, Set[str]], findings: Findings
) -> None:
    """Note what a translation has of what is not in the course; `known` is of `sayable`."""
    ids = known["titles"] | known["files"]
    for (table, id_), place in said.places.items():
        fitting = ids if table == "titles" else known[table]
        if id_ in fitting:
            continue
        near = meant(id_, fitting)
        if table == "roles":
            what = f"No author of this course with a `role` is called “{id_}”."
        elif id_ in ids:
            what, near = f"`{id_}` has no {_ONE[table]} that could be translated.", ""
        else:
            what = f"Nothing in this course has the id `{id_}`."
        findings.warn(place, what, near or "It is left out.")
    own = {"adapted": outline.adapted, "effort": outline.effort, "cite": outline.cite}
    for key, text in own.items():
        if said.words[key] and not text:
            what = f"The course has no `{key}` that could be translated."
            findings.warn(said.place, what, "Write one in course.toml.")
    if said.attestation != AttestationWords() and outline.attestation is None:
        what = "The course has no attestation that could be translated."
        findings.warn(said.place, what, "Write one in course.toml.")


def left(
    said: Lines, outline: Outline, known: Mapping[str, Set[str]], done: Set[str]
) -> Iterator[str]:
    """Say what stays in the course's own language; `done` are the activities that do not."""
    own, activities = outline.language, known["files"]
    untitled = known["titles"] - said.texts["titles"].keys()
    if untitled:
        count = f"{len(untitled)} titles beside those of activities"
        yield f"{said.place.file}: {count} stay in {own}: {_some(untitled)}."
    others = dict(_others(said, outline, known))
    unsaid = {name for name, text in others.items() if not text}
    if unsaid := unsaid - {f"chapters.{id_}" for id_ in done}:
        count = f"{len(unsaid)} of {len(others)} other texts"
        yield f"{said.place.file}: {count} stay in {own}: {_some(unsaid)}."
    if lacking := activities - done:
        count = f"{len(lacking)} of {len(activities)} activities"
        yield f"{said.place.file}: {count} stay in {own}: {_some(lacking)}."


def _others(
    said: Lines, outline: Outline, known: Mapping[str, Set[str]]
) -> Iterator[tuple[str, object]]:
    """The names of all texts but titles, with their translations; how to cite it often has none."""
    for key in _WORDS:
        if key != "cite" and getattr(outline, key):
            yield key, said.words[key]
    for key in ("title", "text") if outline.attestation else ():
        if getattr(outline.attestation, key):
            yield f"attestation.{key}", getattr(said.attestation, key)
    for table in (*TEXTS, *LISTS):
        if table not in ("titles", "files"):
            found = said.texts.get(table) or said.lists.get(table, {})
            yield from ((f"{table}.{id_}", found.get(id_)) for id_ in known[table])


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
