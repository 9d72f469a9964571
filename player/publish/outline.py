# SPDX-License-Identifier: Apache-2.0
"""course.toml (docs/authoring.md) as typed values, every mistake in it noted.

Nothing that it names is opened here; `player.publish.source` does that.
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime
from typing import Any

from player.clock import stamp
from player.course.manifest import AttestationRule, Author, Licence
from player.publish.dates import Dates, MeetingLine, moment, read_dates, read_meetings
from player.publish.faults import Findings, Place
from player.publish.moments import Mark, read_marks
from player.publish.paths import PathLine, SurveyLines, read_paths, read_survey
from player.publish.positions import positions
from player.publish.rule import read_rule
from player.publish.table import Table

FILE = "course.toml"
ASKING = ("quiz", "exam", "work", "survey")
KINDS = ("page", "video", "document", "links", *ASKING)

_ID = re.compile(r"[a-z0-9][a-z0-9._-]{0,79}\Z")
_COURSE_ID = re.compile(r"[a-z0-9][a-z0-9-]{0,79}\Z")
# BCP 47 would take names of up to 8 letters, and none was ever registered: `arabic` is a mistake
_LANGUAGE = re.compile(r"[A-Za-z]{2,3}(-[A-Za-z0-9]{1,8})*\Z")
_SPDX = re.compile(r"[A-Za-z0-9.+-]+\Z")
# Names that Windows keeps for devices, with or without an extension
_RESERVED = re.compile(r"(con|prn|aux|nul|com\d|lpt\d)(\..*)?\Z")
_DATE = re.compile(r"=\s*(\d{4}-\d\d-\d\d(?:[T ][0-9:.]+(?:Z|[+-]\d\d:\d\d)?)?)")
_SHORT_CODE = 8
_ID_RULE = "Use lower-case letters, digits and hyphens, starting with a letter or digit."


@dataclass(frozen=True, slots=True)
class ActivityLine:
    """One activity as the author wrote it. `path` is what its kind's key says.

    `usual` is its title where neither a line nor the file gives one.
    """

    place: Place
    kind: str
    path: str
    id: str
    title: str
    passing: float = 0.0
    attempts: int = 0
    tries: int = 0
    counts: str = "best"
    shuffle: bool = False
    marking: str = ""
    answer_by: str = ""
    connect_by: str = ""
    survey: SurveyLines | None = None
    needs: tuple[str, ...] = ()
    places: Mapping[str, Place] = field(default_factory=dict)
    limit: float = 0.0
    warning: float = 300.0
    code: str = ""
    chapters: tuple[Mark, ...] = ()
    slides_at: tuple[Mark, ...] = ()
    usual: str = ""
    language: str = ""


@dataclass(frozen=True, slots=True)
class SequenceLines:
    """One sitting."""

    place: Place
    id: str
    title: str
    activities: tuple[ActivityLine, ...]


@dataclass(frozen=True, slots=True)
class SectionLines:
    """A week or a chapter."""

    place: Place
    id: str
    title: str
    sequences: tuple[SequenceLines, ...]
    dates: Dates = field(default_factory=Dates)


@dataclass(frozen=True, slots=True)
class Outline:
    """A course before its files are read. An `id` is empty where its title shall make one.

    `rule_places` is where the attestation's rule names each activity.
    """

    place: Place
    id: str
    title: str
    language: str
    summary: str
    authors: tuple[Author, ...]
    licence: Licence
    cite: str
    effort: str
    image: str
    image_place: Place
    attestation: AttestationRule | None
    rule_places: dict[str, Place]
    sections: tuple[SectionLines, ...]
    paths: tuple[PathLine, ...] = ()
    combine_paths: bool = False
    adapted: str = ""
    starts: str = ""
    ends: str = ""
    meetings: tuple[MeetingLine, ...] = ()
    places: Mapping[str, Place] = field(default_factory=dict)


def read_outline(text: str, findings: Findings) -> Outline | None:
    """Return the course that `text` (TOML) describes; None where it is not TOML or has no course.

    What is wrong goes to `findings`; with faults there, parts of the outline may be empty.
    """
    try:
        raw = tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        place = syntax_place(str(error), text)
        if odd := _impossible_date(text, place.line):
            findings.fault(place, f"“{odd}” is not a date of the calendar.", "Write another one.")
        else:
            findings.fault(place, f"This is not TOML: {error}.", syntax_help(str(error)))
        return None
    root = Table(raw, (), positions(text), FILE, findings)
    outline = _course(root, raw)
    root.close()
    return outline


def syntax_place(message: str, text: str, file: str = FILE) -> Place:
    """Where `tomllib` met what is not TOML: its message says the line, or means the end."""
    match = re.search(r"at line (\d+)", message)
    return Place(file, int(match[1]) if match else text.count("\n") + 1)


def syntax_help(message: str) -> str:
    """What to do about a fault that `tomllib` says in words of its own; '' where they will do."""
    if message.startswith(("Cannot overwrite", "Cannot declare", "Cannot mutate")):
        return (
            "The name of this line is in use above it: `[x]` is one table, `[[x]]` one of several."
        )
    return ""


def _impossible_date(text: str, line: int) -> str:
    """What stands where TOML stumbled over a date such as 2026-02-31; '' for anything else."""
    lines = text.splitlines()
    found = _DATE.search(lines[line - 1]) if 0 < line <= len(lines) else None
    if found is None:
        return ""
    try:
        datetime.fromisoformat(found[1])
    except ValueError:
        return found[1]
    return ""


def _course(root: Table, raw: dict[str, Any]) -> Outline | None:
    root.known.append("course")
    if not isinstance(raw.get("course"), dict):
        do = "Begin the file with `[course]` and give it `id`, `title` and `language`."
        root.findings.fault(Place(FILE, 1), "There is no table `[course]`.", do)
        return None
    table = Table(raw["course"], ("course",), root.lines, FILE, root.findings)
    rule, places = read_rule(root)
    course = Outline(
        place=table.place(),
        id=_course_id(table),
        title=table.text("title", "Say what the course is called."),
        language=_language(table),
        summary=table.text("summary"),
        authors=tuple(_authors(table)),
        licence=_licence(table),
        cite=table.text("cite"),
        adapted=table.text("adapted"),
        effort=table.text("effort"),
        image=table.text("image"),
        image_place=table.place("image"),
        attestation=rule,
        rule_places=places,
        sections=tuple(_sections(root)),
        paths=tuple(read_paths(root, _id)) if "path" in raw else (),
        combine_paths=table.flag("combine_paths"),
        starts=moment(table, "starts"),
        ends=moment(table, "ends"),
        meetings=tuple(read_meetings(root, _id)) if "meeting" in raw else (),
        places={key: table.place(key) for key in ("starts", "ends")},
    )
    table.close()
    return course


def _course_id(table: Table) -> str:
    value = table.text("id", f"It names the course for ever. {_ID_RULE}")
    if value and not _COURSE_ID.match(value):
        table.findings.fault(table.place("id"), f"“{value}” cannot be an id.", _ID_RULE)
    elif _RESERVED.match(value):
        what = f"“{value}” cannot be an id: Windows keeps that name for a device."
        table.findings.fault(table.place("id"), what, "Choose another one.")
    return value


def _language(table: Table) -> str:
    value = table.text("language", "Write `fr`, `en`, `pt-BR` …")
    if value and not is_language(value):
        what = f"“{value}” is not a language tag."
        table.findings.fault(table.place("language"), what, "Write `fr`, `en`, `pt-BR` …")
    return value


def is_language(tag: str) -> bool:
    """Whether it can be a language (BCP 47)."""
    return _LANGUAGE.match(tag) is not None


def _own_language(table: Table) -> str:
    """The language of one activity, '' where it is the course's."""
    return _language(table) if "language" in table.raw else ""


def _authors(table: Table) -> Iterator[Author]:
    for author in table.tables("authors", 'Write `authors = [{ name = "…" }]`.'):
        name, role = author.text("name", "Say who it is."), author.text("role")
        author.close()
        yield Author(name, role)


def _licence(table: Table) -> Licence:
    do = "Write an SPDX identifier such as `CC-BY-SA-4.0`, or a name with `licence_url` beside it."
    name, url = table.text("licence", do), table.text("licence_url")
    if name and not url and not _SPDX.match(name):
        what = f"“{name}” is not an SPDX identifier, and no `licence_url` says what it means."
        table.findings.fault(table.place("licence"), what, do)
    if url and not url.startswith(("https://", "http://")):
        what = "`licence_url` is not a web address."
        table.findings.fault(table.place("licence_url"), what, "Begin it with https://.")
    return Licence(name, url)


def _sections(root: Table) -> Iterator[SectionLines]:
    for table in root.tables("section", "A course needs at least one `[[section]]`."):
        title = table.text("title", "Say what the section is called.")
        do = "A section needs at least one `[[section.sequence]]`; add it or remove the section."
        sequences = tuple(_sequence(one) for one in table.tables("sequence", do))
        yield SectionLines(table.place(), _id(table), title, sequences, read_dates(table))
        table.close()


def _sequence(table: Table) -> SequenceLines:
    title = table.text("title", "Say what the sequence is called.")
    do = "A sequence needs at least one activity; add it or remove the sequence."
    activities = (_activity(one) for one in table.tables("activities", do))
    sequence = SequenceLines(
        table.place(), _id(table), title, tuple(one for one in activities if one is not None)
    )
    table.close()
    return sequence


def _id(table: Table) -> str:
    value = table.text("id")
    if value and not _ID.match(value):
        table.findings.fault(table.place("id"), f"“{value}” cannot be an id.", _ID_RULE)
    return value


def _activity(table: Table) -> ActivityLine | None:
    id_, title = _id(table), table.text("title")
    kinds = [kind for kind in KINDS if kind in table.raw]
    table.known.extend(KINDS)
    if len(kinds) != 1:
        if not kinds:
            table.close()
            what = "This activity does not say what it is."
        else:
            what = f"This activity is {' and '.join(kinds)} at once."
        do = f"Give it exactly one of {', '.join(f'`{kind}`' for kind in KINDS)}."
        table.findings.fault(table.place(), what, do)
        return None
    [kind] = kinds
    path = table.text(kind, "Write the path of its file.")
    line = ActivityLine(table.place(kind), kind, path, id_, title)
    if kind in ASKING:
        line = ActivityLine(
            *(line.place, kind, path, id_, title),
            passing=table.share("pass", 0.5 if kind == "exam" else 0.0),
            attempts=table.whole("attempts", 0),
            tries=table.whole("tries", 0 if kind == "quiz" else 1),
            counts=_counts(table),
            shuffle=table.flag("shuffle"),
            marking=_marking(table, kind),
            answer_by=_moment(table, "answer_by"),
            connect_by=_moment(table, "connect_by"),
            survey=read_survey(table) if kind == "survey" else None,
            **_timed(table, kind),
        )
        _check_dates(line, table)
    if kind == "video":
        line = replace(
            line,
            chapters=read_marks(table, "chapters", "1:25 The three roles"),
            slides_at=read_marks(table, "slides_at", "1:25"),
        )
    places = {key: table.place(key) for key in ("needs", "answer_by", "connect_by")}
    needs = tuple(table.texts("needs"))
    line = replace(line, needs=needs, places=places, language=_own_language(table))
    table.known = [key for key in table.known if key not in KINDS or key == kind]
    table.close()
    return line if path else None


def _marking(table: Table, kind: str) -> str:
    """Who marks: "platform", or '' for the player."""
    value = table.text("marking", default="platform" if kind == "work" else "here")
    if value not in ("here", "platform"):
        what, do = f"`marking` is “{value}”.", "Write `here` or `platform`."
        table.findings.fault(table.place("marking"), what, do)
    if kind == "survey" and value == "platform":
        what = "Nothing in a questionnaire is right or wrong, so nobody marks it."
        table.findings.fault(table.place("marking"), what, "Leave out `marking`.")
    return "platform" if value == "platform" else ""


def _moment(table: Table, key: str) -> str:
    """A point in time in UTC, '' where there is none."""
    value = table.moment(key)
    return stamp(value) if value else ""


def _timed(table: Table, kind: str) -> dict[str, Any]:
    """What an exam alone has: its time, and the code that opens it."""
    if kind != "exam":
        return {}
    limit = table.minutes("limit", 0.0)
    usual = min(300.0, limit / 4) if limit else 300.0
    warning = table.minutes("warning", usual)
    if limit and warning >= limit:
        what = "`warning` is not shorter than `limit`."
        do = "Write how many minutes before the end the learner is warned."
        table.findings.fault(table.place("warning"), what, do)
    code = table.text("code")
    if not code and isinstance(table.raw.get("code"), str):
        what = "`code` is empty, so this exam would open to everybody."
        table.findings.fault(table.place("code"), what, "Write one, or leave it out.")
    elif code and len(code) < _SHORT_CODE:
        what = f"The code of this exam has {len(code)} characters."
        do = f"One of {_SHORT_CODE} or more is not found by trying."
        table.findings.warn(table.place("code"), what, do)
    return {"limit": limit, "warning": warning, "code": code}


def _check_dates(line: ActivityLine, table: Table) -> None:
    if line.answer_by and line.connect_by and line.connect_by < line.answer_by:
        what = "`connect_by` is before `answer_by`."
        do = "Leave those without a network some days after the last answer."
        table.findings.fault(table.place("connect_by"), what, do)


def _counts(table: Table) -> str:
    value = table.text("counts", default="best")
    if value not in ("best", "first", "last", "average"):
        what, do = f"`counts` is “{value}”.", "Write `best`, `first`, `last` or `average`."
        table.findings.fault(table.place("counts"), what, do)
    return value
