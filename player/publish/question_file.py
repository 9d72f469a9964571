# SPDX-License-Identifier: Apache-2.0
"""Questions in TOML: every interaction of the format, for what GIFT has no words.

Fields are those of docs/format.md ("Quizzes"); texts are Markdown. What an author would write
twice may be written once (docs/authoring.md): `{sn = "Sénégal"}` for a list of ids and texts,
`"sn dakar"` for a pair, a value with its tolerance for the two ends of a range. What has another
shape than it should is left as it is: msgspec names it with its place.
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Callable, Iterator
from itertools import repeat
from typing import Any

import msgspec

from player.course import ranges
from player.course.interactions import KINDS
from player.course.quiz import Question
from player.publish.faults import Place, meant
from player.publish.markdown import from_markdown
from player.publish.pages import Texts, inline, slug
from player.publish.question_check import NO_ANSWER, mistakes, strangers

_SHORT = {"text", "feedback", "hints", "right", "partly", "wrong"}
_LISTS = {"choices", "sources", "targets", "items", "labels", "scale", "zones", "areas", "levels"}
_LISTS |= {"gaps", "rubric"}
_WORKED_OUT = re.compile(r"\{=[^{}]*\}")  # two times signs would be Markdown's emphasis

Plain = dict[str, Any]

_POLL: Plain = {"scoring": "none", "shuffle": False}


def read_question_file(texts: Texts, *, survey: bool = False) -> tuple[Question, ...]:
    """Return the questions of a TOML file; what cannot be read is a fault in the findings.

    In a `survey` a choice is right or wrong, or mixed, only where its author says so, and what is
    typed needs no accepted answer.
    """
    findings = texts.folder.findings
    try:
        source = tomllib.loads(texts.source)
    except tomllib.TOMLDecodeError as error:
        line = re.search(r"line (\d+)", str(error))
        place = Place(texts.file, int(line[1])) if line else Place(texts.file)
        findings.fault(place, f"This is no TOML: {error}", "See https://toml.io/.")
        return ()
    for key in sorted(source.keys() - {"question"}):
        what = f"`{key}` is not a key that belongs here."
        findings.fault(Place(texts.file), what, "Every question begins with `[[question]]`.")
    found = source.get("question", [])
    listed = [one for one in found if isinstance(one, dict)] if isinstance(found, list) else []
    ids: set[str] = set()
    made = (
        _question(_filled(one, number, _POLL if survey else {}), texts, place, ids, survey=survey)
        for number, (one, place) in enumerate(zip(listed, _places(texts), strict=False), 1)
    )
    return tuple(one for one in made if one is not None)


def _places(texts: Texts) -> Iterator[Place]:
    """Where each question begins."""
    for number, line in enumerate(texts.source.split("\n"), 1):
        if re.match(r"\s*\[\[\s*question\s*\]\]", line):
            yield Place(texts.file, number)
    yield from repeat(Place(texts.file))


def _question(
    plain: Plain, texts: Texts, place: Place, ids: set[str], *, survey: bool
) -> Question | None:
    findings = texts.folder.findings
    unknown = [one.get("type") for one in plain["interactions"] if one.get("type") not in KINDS]
    if unknown:
        do = f"Write one of {', '.join(sorted(KINDS))}."
        findings.fault(place, f"There is no type “{unknown[0]}”.", do)
        return None
    try:
        question = msgspec.convert(_rendered(plain, texts), Question)
    except msgspec.ValidationError as error:
        what = f"This question cannot be read: {error}"
        findings.fault(place, what, "Its fields are in docs/format.md, “Quizzes”.")
        return None
    if question.id in ids:
        findings.fault(place, f"The id “{question.id}” stands twice.", "Give each its title or id.")
        return None
    ids.add(question.id)
    for key, known in strangers(plain, question):
        near = meant(key, {"interaction" if one == "interactions" else one for one in known})
        do = near or "Its fields are in docs/format.md, “Quizzes”."
        findings.fault(place, f"`{key}` is not a key that belongs here.", do)
    for what in mistakes(question):
        if survey and what == NO_ANSWER:
            continue
        findings.fault(place, what, "How each kind is marked: docs/questions.md.")
    return question


def _filled(plain: Plain, number: int, choice: Plain) -> Plain:
    """A question with what was left to say filled in."""
    title = plain.get("title", "")
    asked = plain.get("interaction", plain.get("interactions", []))  # as the format calls them
    made = [
        _interaction(one, f"r{n}" if n > 1 else "r")
        for n, one in enumerate(asked if isinstance(asked, list) else [asked], 1)
    ]
    made = [{**choice, **one} if one.get("type") == "choice" else one for one in made]
    given = {name: one for name, one in plain.items() if name != "interaction"}
    id_ = slug(str(title), f"q{number}")
    return {"id": id_, "title": "", "body": "", **given, "interactions": made}


def _interaction(raw: Any, id_: str) -> Plain:
    """An interaction, or a gap, with what was left to say filled in."""
    if not isinstance(raw, dict):
        return {"type": raw}
    plain: Plain = {"id": id_, **raw}
    for name in _LISTS & plain.keys():
        plain[name] = _listed(plain[name])
    written: dict[str, Callable[[Any], Any]] = {
        "pairs": _pair,
        "gaps": lambda one: _interaction(one, ""),
        "answers": {"number": _range, "text": _accepted}.get(str(plain.get("type")), _as_it_is),
    }
    for name in written.keys() & plain.keys():
        if isinstance(plain[name], list):
            plain[name] = [written[name](one) for one in plain[name]]
    return plain


def _listed(raw: Any) -> Any:
    """`{a = "A"}` or a list; what has no id gets a letter."""
    if isinstance(raw, dict):
        raw = [{"id": id_, **_texted(one)} for id_, one in raw.items()]
    if not isinstance(raw, list):
        return raw
    return [
        {"id": chr(ord("a") + n) if n < 26 else f"c{n + 1}", **_texted(one)}
        for n, one in enumerate(raw)
    ]


def _texted(raw: Any) -> Plain:
    given = dict(raw) if isinstance(raw, dict) else {"text": raw}
    return {**given, "levels": _listed(given["levels"])} if "levels" in given else given


def _accepted(raw: Any) -> Any:
    return {"text": raw} if isinstance(raw, str) else raw


def _as_it_is(raw: Any) -> Any:
    return raw


def _pair(raw: Any) -> Any:
    """`"sn dakar"`, or a table."""
    if not isinstance(raw, str):
        return raw
    source, _, target = raw.partition(" ")
    return {"source": source, "target": target.strip()}


_TOLERANCES: dict[str, Callable[[float, Any], ranges.Range]] = {
    "tolerance": ranges.around,
    "percent": ranges.percent,
    "figures": ranges.figures,
    "places": ranges.places,
}


def _range(raw: Any) -> Any:
    """A number, a value with `tolerance`, `percent`, `figures` or `places`, or the ends."""
    plain = dict(raw) if isinstance(raw, dict) else {"value": raw}
    known = {"value", "low", "high", *_TOLERANCES} & plain.keys()
    if not all(isinstance(plain[name], int | float) for name in known):
        return raw
    if "value" in plain:
        value = plain.pop("value")
        how = next((one for one in _TOLERANCES if one in plain), "tolerance")
        low, high = _TOLERANCES[how](value, plain.pop(how, 0))
        return {**plain, "low": low, "high": high}
    if not {"low", "high"} <= known:
        return raw
    open_ends = {name: bool(plain.pop(name, False)) for name in ("above", "below")}
    low, high = ranges.between(plain["low"], plain["high"], **open_ends)
    return {**plain, "low": low, "high": high}


def _rendered(plain: Plain, texts: Texts) -> Plain:
    """Markdown as clean HTML, pictures as names among the activity's resources."""
    kind = plain.get("type", "")
    made: Plain = {}
    for name, one in plain.items():
        if isinstance(one, str):
            made[name] = _text(one, name, str(kind), texts)
        elif isinstance(one, list):
            exact = kind == "text" and name == "answers"
            made[name] = [_item(part, name, texts, exact=exact) for part in one]
        else:
            made[name] = _rendered(one, texts) if isinstance(one, dict) else one
    if "image" in plain:
        words = str(plain.get("description", ""))
        picture = texts.take(f'<img src="{plain["image"]}" alt="{words}">')
        found = re.search(r'src="([^"]*)"', picture)
        made["image"] = found[1] if found else ""
    return made


def _item(part: Any, name: str, texts: Texts, *, exact: bool) -> Any:
    if isinstance(part, str):
        return _text(part, name, "", texts)
    if not isinstance(part, dict):
        return part
    made = _rendered(part, texts)
    return {**made, "text": part["text"]} if exact and "text" in part else made


def _text(text: str, name: str, kind: str, texts: Texts) -> str:
    block = name == "body" or (name == "text" and kind == "cloze")
    if not block and name not in _SHORT:
        return text
    written = _WORKED_OUT.sub(lambda found: found[0].replace("*", r"\*"), text)
    made = texts.take(from_markdown(written))
    return made if block else inline(made)
