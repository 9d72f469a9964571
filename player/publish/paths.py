# SPDX-License-Identifier: Apache-2.0
"""Paths of a course and the rules that suggest one, as docs/authoring.md has them."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from player.course.choosing import askable, mistakes
from player.course.interactions import UploadInteraction
from player.course.manifest import CoursePath, Rule, Section
from player.course.quiz import Question
from player.publish.faults import Findings, Place
from player.publish.table import Table

_WHEN = ("entry", "exit", "")
_RULE = 'Write `rules = [{ path = "…", when = { question = "…", chosen = "…" }, reason = "…" }]`.'


@dataclass(frozen=True, slots=True)
class PathLine:
    """A path as the author wrote it."""

    place: Place
    id: str
    title: str
    sections: tuple[str, ...]
    summary: str


@dataclass(frozen=True, slots=True)
class RuleLine:
    """A rule of a questionnaire as the author wrote it."""

    place: Place
    rule: Rule


@dataclass(frozen=True, slots=True)
class SurveyLines:
    """What a questionnaire has that no other activity has."""

    when: str = ""
    anonymous: bool = False
    rules: tuple[RuleLine, ...] = ()


def read_paths(root: Table, id_: Any) -> Iterator[PathLine]:
    """The tables `[[path]]`. `id_` reads the id of a table."""
    for table in root.tables("path", "A path has `id`, `title` and `sections`."):
        name = id_(table)
        if not name:
            table.findings.fault(table.place(), "A path needs an `id`.", "Rules name it by that.")
        title = table.text("title", "Say what the path is called.")
        sections = _texts(table, "sections", "Name the sections that are on this path alone.")
        yield PathLine(table.place(), name, title, sections, table.text("summary"))
        table.close()


def read_survey(table: Table) -> SurveyLines:
    """The keys of a questionnaire."""
    when, anonymous = table.text("when"), table.flag("anonymous")
    if when not in _WHEN:
        what = f"`when` is “{when}”."
        do = 'Write "entry" or "exit", or leave it out.'
        table.findings.fault(table.place("when"), what, do)
    table.known.append("rules")
    listed = table.tables("rules", _RULE) if "rules" in table.raw else ()
    rules = tuple(_rule(one) for one in listed)
    if anonymous and rules:
        what = "An anonymous questionnaire has no rules."
        do = "The path that they suggest would tell who answered: leave out one of both."
        table.findings.fault(table.place("rules"), what, do)
    return SurveyLines(when, anonymous, rules)


def _rule(table: Table) -> RuleLine:
    path, reason = table.text("path", _RULE), table.text("reason", "Say why, for the learner.")
    when = table.raw.get("when")
    table.known.append("when")
    if not isinstance(when, dict):
        table.findings.fault(table.place(), "This rule has no `when`.", _RULE)
        when = {}
    table.close()
    return RuleLine(table.place(), Rule(path, when, reason))


def _texts(table: Table, key: str, do: str) -> tuple[str, ...]:
    table.known.append(key)
    value = table.raw.get(key)
    if isinstance(value, list) and value and all(isinstance(one, str) for one in value):
        return tuple(value)
    table.findings.fault(table.place(key), f"`{key}` has to be a list of texts.", do)
    return ()


def check_rules(
    lines: Iterable[RuleLine], questions: Sequence[Question], findings: Findings
) -> tuple[Rule, ...]:
    """The rules of a questionnaire; what can never hold is a fault."""
    asked = askable(questions)
    for line in lines:
        for what in mistakes(line.rule.when, asked) if line.rule.when else ():
            findings.fault(line.place, what, "See docs/authoring.md, “Paths”.")
    return tuple(line.rule for line in lines)


def check_nameless(place: Place, questions: Sequence[Question], findings: Findings) -> None:
    """A file says whose it is, by its name if by nothing else."""
    if any(isinstance(part, UploadInteraction) for one in questions for part in one.interactions):
        what = "An anonymous questionnaire cannot ask for files."
        findings.fault(place, what, "A file tells whose it is: ask for a text.")


def check_paths(
    lines: Sequence[PathLine],
    rules: Sequence[RuleLine],
    sections: Iterable[Section],
    findings: Findings,
) -> tuple[CoursePath, ...]:
    """The paths of a course; what leads nowhere is a fault, where no rule leads to a warning."""
    known, ids = {one.id for one in sections}, [one.id for one in lines]
    for line in lines:
        if ids.count(line.id) > 1 and line.id:
            findings.fault(
                line.place, f"The path “{line.id}” stands twice.", "Give each its own id."
            )
        for name in line.sections:
            if name not in known:
                what = f"The path “{line.id}” names the section “{name}”, which there is not."
                findings.fault(line.place, what, "Write the `id` of a `[[section]]`.")
    named = {one.rule.path for one in rules}
    for one in rules:
        if one.rule.path and one.rule.path not in ids:
            what = f"This rule leads to the path “{one.rule.path}”, which there is not."
            findings.fault(one.place, what, "Write the `id` of a `[[path]]`.")
    for line in lines if rules else ():
        if line.id not in named:
            what = f"No rule leads to the path “{line.id}”."
            findings.warn(line.place, what, "Learners can still choose it by themselves.")
    return tuple(CoursePath(one.id, one.title, one.sections, one.summary) for one in lines)
