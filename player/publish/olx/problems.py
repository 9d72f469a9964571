# SPDX-License-Identifier: Apache-2.0
"""CAPA problems -> questions. What GIFT cannot ask in the same way is left out, with its reason.

Rules are those of Open edX's `capa/responsetypes.py`: numbers have a tolerance of 0.001 % where
none is given, texts are case-sensitive unless `type="ci"`, `_or_` parts old alternatives, and a
checkbox question with nothing to check is never right.
"""

from __future__ import annotations

import re
from copy import deepcopy
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from lxml import etree

from player.publish.olx.dom import without
from player.publish.olx.model import Question
from player.publish.olx.pages import clean
from player.publish.olx.responses import ANSWERS, Unfit
from player.publish.olx.xml import inner, text_of

if TYPE_CHECKING:
    from lxml.etree import _Element as Element

    from player.publish.olx.desk import Desk, Spot
    from player.publish.olx.model import Activity, Block

_NOT_TEXT = tuple(
    re.findall(
        r"\w+",
        "solution demandhint hint hintgroup script style choicegroup checkboxgroup radiogroup "
        "optioninput textline formulaequationinput numericalinput responseparam additional_answer "
        "correcthint stringequalhint regexphint answer",
    )
)
_VARIABLE = re.compile(r"\$[A-Za-z_{]")
_TITLE = 60
_FOREIGN = {
    "customresponse": "It is marked by a Python program of the teacher.",
    "coderesponse": "It is marked by a server.",
    "externalresponse": "It is marked by a server.",
    "formularesponse": "The answer is a formula.",
    "symbolicresponse": "The answer is a formula.",
    "schematicresponse": "The answer is a circuit.",
    "imageresponse": "The answer is a place in a picture.",
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
        parts = _parts(block.element)
        read = [_question(part, desk, spot) for part in parts]
    except Unfit as reason:
        desk.leave(spot, str(reason))
        return Asked(())
    hints = len(block.element.findall(".//demandhint/hint"))
    if hints:
        desk.leave(spot, f"{hints} hints on demand: the player does not show them yet.", "hint")
    questions = [asked.questions[0] for asked in read]
    if len(questions) > 1:
        questions = [
            replace(question, title=f"{question.title} ({number})")
            for number, question in enumerate(questions, 1)
        ]
    return Asked(tuple(questions), tuple(made for asked in read for made in asked.documents))


def _parts(problem: Element) -> list[Element]:
    """A problem as problems with one response each.

    Raises:
        Unfit: it has none, one of another kind, or several in one text.
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
    if len(responses) == 1:
        return [problem]
    if any(response.getparent() is not problem for response in responses):
        raise Unfit("It has several answers in one text or table.")
    return _split(problem, len(responses))


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
    if not all(_stem(part) for part in parts):
        raise Unfit("It has several answers that share one question.")
    return parts


def _question(problem: Element, desk: Desk, spot: Spot) -> Asked:
    response = _responses(problem)[0]
    documents: list[Activity] = []

    def render(element: Element) -> str:
        cleaned = clean(inner(element), desk, spot)
        documents.extend(cleaned.documents)
        return cleaned.html

    kind, answers = ANSWERS[str(response.tag)](response, render, desk)
    text = clean(_stem(problem), desk, spot)
    if not text.html:
        raise Unfit("It has no question text.")
    solutions = [render(solution) for solution in problem.iter("solution")]
    title = spot.title or _shortened(text.html)
    asked = Question(kind, title, text.html, answers, " ".join(filter(None, solutions)))
    return Asked((asked,), (*text.documents, *documents))


def _stem(problem: Element) -> str:
    """The text of a question: all of the problem but its inputs, hints and solutions.

    Where there is no text, the label of the input field stands in, as it does for a screen reader.
    """
    copy = deepcopy(problem)
    labels = [e.get("label") for e in copy.iter() if isinstance(e.tag, str) and e.get("label")]
    without(copy, _NOT_TEXT)
    for note in copy.iter("clarification"):
        note.text = " (" + (note.text or "")
        note.tail = ")" + (note.tail or "")
    for element in copy.iter("label", "description", *ANSWERS):
        element.tag = "div" if element.tag in ANSWERS else "p"
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
