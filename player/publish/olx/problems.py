# SPDX-License-Identifier: Apache-2.0
"""CAPA problems -> questions. What cannot be asked in the same way is left out, with its reason.

Rules are those of Open edX's `capa/responsetypes.py`: numbers have a tolerance of 0.001 % where
none is given, texts are case-sensitive unless `type="ci"`, `_or_` parts old alternatives, and a
checkbox question with nothing to check is never right.
"""

from __future__ import annotations

import ast
import re
import textwrap
from contextlib import suppress
from copy import deepcopy
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from lxml import etree

from player.publish.olx.dom import swap, without
from player.publish.olx.model import Question
from player.publish.olx.native import interaction
from player.publish.olx.pages import clean
from player.publish.olx.responses import ANSWERS, Unfit
from player.publish.olx.xml import inner, text_of

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from lxml.etree import _Element as Element

    from player.publish.olx.desk import Desk, Spot
    from player.publish.olx.model import Activity, Block

_NOT_TEXT = tuple(
    re.findall(
        r"\w+",
        "solution demandhint hint hintgroup script style choicegroup checkboxgroup radiogroup "
        "optioninput textline formulaequationinput numericalinput responseparam additional_answer "
        "correcthint stringequalhint regexphint answer imageinput",
    )
)
_VARIABLE = re.compile(r"\$[A-Za-z_{]")
_NAMED = re.compile(r"\$\{?([A-Za-z_]\w*)\}?")
_TITLE = 60
_GIFT = {"choice", "choices", "text", "number"}
_GAPS = {"choice", "text", "number", "formula"}
_INPUTS = ("optioninput", "textline", "formulaequationinput", "numericalinput", "choicegroup")
_FOREIGN = {
    "customresponse": "It is marked by a Python program of the teacher.",
    "coderesponse": "It is marked by a server.",
    "externalresponse": "It is marked by a server.",
    "symbolicresponse": "The answer is a formula.",
    "schematicresponse": "The answer is a circuit.",
    "annotationresponse": "It asks for an annotation.",
    "jsmeresponse": "The answer is a molecule.",
    "javascriptresponse": "It is a JavaScript program.",
    "choicetextresponse": "It mixes choices with text fields.",
}


@dataclass(frozen=True, slots=True)
class Asked:
    """The questions of one problem, none where it is left out, and the PDFs they link to."""

    questions: tuple[Question, ...]
    documents: tuple[Activity, ...] = ()


def questions_of(block: Block, desk: Desk, spot: Spot) -> Asked:
    """Read one problem. What is lost is noted at the desk."""
    try:
        parts = _parts(_worked_out(block.element))
        read = [_question(part, desk, spot) for part in parts]
    except Unfit as reason:
        desk.leave(spot, str(reason))
        return Asked(())
    found = block.element.findall(".//demandhint/hint")
    hints = tuple(filter(None, (clean(inner(hint), desk, spot).html for hint in found)))
    questions = [replace(asked.questions[0], hints=hints) for asked in read]
    if len(questions) > 1:
        questions = [
            replace(question, title=f"{question.title} ({number})")
            for number, question in enumerate(questions, 1)
        ]
    return Asked(tuple(questions), tuple(made for asked in read for made in asked.documents))


def _parts(problem: Element) -> list[Element]:
    """A problem as problems that ask one thing each, as far as each has a text of its own.

    Raises:
        Unfit: it has no response, or one of another kind.
    """
    responses = _responses(problem)
    if not responses:
        raise Unfit("It asks nothing that can be answered here.")
    for response in responses:
        if response.tag not in ANSWERS:
            raise Unfit(_FOREIGN.get(str(response.tag), f"It is a “{response.tag}”."))
    scripts = [s for s in problem.iter("script") if "python" in (s.get("type") or "")]
    if scripts and _VARIABLE.search(_without_scripts(problem)):
        raise Unfit("Its numbers are drawn by a Python program.")
    if len(responses) == 1 or any(one.getparent() is not problem for one in responses):
        return [problem]
    parts = _split(problem, len(responses))
    return parts if all(_stem(part) for part in parts) else [problem]


def _split(problem: Element, count: int) -> list[Element]:
    """Each response with the text before it; a single solution at the end belongs to all."""
    parts = [etree.Element("problem") for _ in range(count)]
    parts[0].text = problem.text
    shared = problem.findall("solution")
    inside = len(problem.findall(".//solution")) > len(shared)
    for_all = shared[0] if len(shared) == 1 and not inside else None
    at = 0
    answered = False
    for child in problem:
        if child is for_all:
            for part in parts:
                part.append(deepcopy(child))
            continue
        starts_next = child.tag not in {"solution", "demandhint"}
        if answered and starts_next and at + 1 < count:
            at, answered = at + 1, False
        parts[at].append(deepcopy(child))
        answered = answered or child.tag in ANSWERS
    return parts


def _worked_out(problem: Element) -> Element:
    """The problem with `$name` replaced where its script only says `name = "text"` or a number.

    No script is run: one that does more is left as it is.
    """
    known: dict[str, str] = {}
    for script in problem.iter("script"):
        with suppress(SyntaxError, ValueError, RecursionError, MemoryError):
            lines = ast.parse(textwrap.dedent(script.text or "")).body
            for line in lines if all(map(_is_plain, lines)) else ():
                known[line.targets[0].id] = str(line.value.value)  # type: ignore[attr-defined]
    if not known:
        return problem
    copy = deepcopy(problem)
    for element in copy.iter("*"):
        for name, value in element.attrib.items():
            element.set(name, _NAMED.sub(lambda found: known.get(found[1], found[0]), str(value)))
    return copy


def _is_plain(line: ast.stmt) -> bool:
    return (
        isinstance(line, ast.Assign)
        and len(line.targets) == 1
        and isinstance(line.targets[0], ast.Name)
        and isinstance(line.value, ast.Constant)
    )


def _question(problem: Element, desk: Desk, spot: Spot) -> Asked:
    documents: list[Activity] = []

    def render(element: Element) -> str:
        cleaned = clean(inner(element), desk, spot)
        documents.extend(cleaned.documents)
        return cleaned.html

    fields = [one for response in _responses(problem) for one in _fields(response)]
    replies = [ANSWERS[str(response.tag)](response, render, desk) for response, _ in fields]
    in_text = len(fields) > 1 and all(kind in _GAPS for kind, _, _ in replies)
    gaps = {place: f"{{{{g{n}}}}}" for n, (_, place) in enumerate(fields, 1)} if in_text else {}
    text = clean(_stem(problem, gaps), desk, spot)
    if not text.html:
        raise Unfit("It has no question text.")
    solutions = [render(solution) for solution in problem.iter("solution")]
    feedback = " ".join(filter(None, solutions))
    title = spot.title or _shortened(re.sub(r"\{\{g\d+\}\}", "…", text.html))
    if in_text:
        made = [{**interaction(*reply), "id": f"g{n}"} for n, reply in enumerate(replies, 1)]
        cloze = {"type": "cloze", "text": text.html, "gaps": made}
        asked = Question("cloze", title, "", (), feedback, asked=(cloze,))
    elif len(replies) == 1 and replies[0][0] in _GIFT and not replies[0][2]:
        asked = Question(replies[0][0], title, text.html, replies[0][1], feedback)
    else:
        natives = tuple(interaction(*reply) for reply in replies)
        asked = Question("native", title, text.html, (), feedback, asked=natives)
    return Asked((asked,), (*text.documents, *documents))


def _fields(response: Element) -> Iterator[tuple[Element, Element]]:
    """A response and the element where the answer goes; each menu is one of its own."""
    menus = list(response.iter("optioninput"))
    if len(menus) < 2:
        yield response, next(response.iter(*_INPUTS), response)
        return
    for menu in menus:
        alone = etree.Element("optionresponse")
        alone.append(deepcopy(menu))
        yield alone, menu


def _stem(problem: Element, gaps: Mapping[Element, str] | None = None) -> str:
    """The text of a question: all of the problem but its inputs, hints and solutions.

    Where there is no text, the label of the input field stands in, as it does for a screen reader.
    `gaps` says what stands for a field of the text.
    """
    copy = deepcopy(problem)
    twins = dict(zip(problem.iter(), copy.iter(), strict=True))
    for place, words in (gaps or {}).items():
        swap(twins[place], None, f" {words} ")
    labels = [e.get("label") for e in copy.iter() if isinstance(e.tag, str) and e.get("label")]
    without(copy, _NOT_TEXT)
    for note in copy.iter("clarification"):
        note.text = " (" + (note.text or "")
        note.tail = ")" + (note.tail or "")
    for element in copy.iter("label", "description", *ANSWERS):
        element.tag = ("span" if gaps else "div") if element.tag in ANSWERS else "p"
    if not text_of(copy) and copy.find(".//img") is None:
        return "".join(f"<p>{label}</p>" for label in labels[:1])
    return inner(copy)


def _responses(problem: Element) -> list[Element]:
    return [e for e in problem.iter() if isinstance(e.tag, str) and e.tag.endswith("response")]


def _without_scripts(problem: Element) -> str:
    copy = deepcopy(problem)
    without(copy, ["script"])
    copy.attrib.clear()
    return str(etree.tostring(copy, encoding="unicode"))


def _shortened(html: str) -> str:
    """The first words of a question, for one without a name."""
    text = " ".join(re.sub(r"<[^>]+>", " ", html).split())
    return text if len(text) <= _TITLE else text[:_TITLE].rsplit(" ", 1)[0] + "…"
