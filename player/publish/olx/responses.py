# SPDX-License-Identifier: Apache-2.0
"""The six kinds of answer that GIFT can say: one function for each CAPA response type."""

from __future__ import annotations

import ast
from copy import deepcopy
from typing import TYPE_CHECKING

from player.publish.olx.model import Answer
from player.publish.olx.numbers import interval, number, written
from player.publish.olx.xml import plain

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping

    from lxml.etree import _Element as Element

    from player.publish.olx.desk import Desk

    Render = Callable[[Element], str]
    Answers = tuple[str, tuple[Answer, ...]]

_HINTS = ("choicehint", "optionhint", "correcthint", "compoundhint")
_PARTLY = (
    "Partial credit for checkboxes is counted in another way: each right choice earns its share, "
    "each wrong one takes a share away."
)
_ALL_RIGHT = "A checkbox question with no wrong choice gives a share of the points for each choice."
_UNCHECKED = "Feedback for choices left unchecked, or for a certain combination, is dropped."
_CASE = "A text answer that minded capital letters may not mind them here."
_OPEN = "The ends of a range that were excluded count as right here."


class Unfit(Exception):
    """The problem cannot be said in GIFT. Its text is the sentence for the teacher."""


def _one_choice(response: Element, render: Render, desk: Desk) -> Answers:
    """`multiplechoiceresponse`: every choice marked correct earns all of the points."""
    del desk
    answers = []
    for choice in response.iter("choice"):
        correct = plain(choice.get("correct")).lower()
        share = number(choice.get("point_value") or "0.5") or 0.0
        weight = {"true": 100.0, "partial": 100 * min(max(share, 0.0), 1.0)}.get(correct, 0.0)
        answers.append(_choice(choice, weight, render))
    return "choice", _right(answers)


def _checkboxes(response: Element, render: Render, desk: Desk) -> Answers:
    """`choiceresponse`: all or nothing, which GIFT says with `~%-100%` for each wrong choice.

    With partial credit (`edc`, `halves`, …) a wrong choice costs as much as a right one earns:
    the nearest that weights can say.
    """
    choices = list(response.iter("choice"))
    right = [choice for choice in choices if plain(choice.get("correct")).lower() == "true"]
    if not right:
        raise Unfit("No choice is right.")
    share = 100 / len(right)
    partly = bool(response.get("partial_credit"))
    wrong = -share if partly else -100.0
    answers = [_choice(choice, share if choice in right else wrong, render) for choice in choices]
    if partly or len(right) == len(choices):
        desk.change(_PARTLY if partly else _ALL_RIGHT)
    unchecked = any(hint.get("selected") == "false" for hint in response.iter("choicehint"))
    if unchecked or response.find(".//compoundhint") is not None:
        desk.change(_UNCHECKED)
    return "choices", tuple(answers)


def _dropdown(response: Element, render: Render, desk: Desk) -> Answers:
    del desk
    fields = list(response.iter("optioninput"))
    if len(fields) != 1:
        raise Unfit("It has several drop-down lists in one text.")
    options = list(fields[0].iter("option"))
    if options:
        marks = [plain(option.get("correct")).lower() == "true" for option in options]
        pairs = zip(options, marks, strict=True)
        return "choice", _right([_choice(option, 100.0 * mark, render) for option, mark in pairs])
    correct = fields[0].get("correct", "")
    names = list(_listed(fields[0].get("options", "")))
    return "choice", _right([Answer(_escape(name), 100.0 * (name == correct)) for name in names])


def _text(response: Element, render: Render, desk: Desk) -> Answers:
    kind = response.get("type", "").split()
    if "regexp" in kind:
        raise Unfit("The answer is a regular expression.")
    main = plain(response.get("answer"))
    accepted = main.split("_or_") if "_or_" in main else [main]
    hint = _feedback(response, render)
    answers = [Answer(text.strip(), 100.0, hint) for text in accepted]
    for more in response.iter("additional_answer"):
        text = more.get("answer") or (more.text or "")
        answers.append(Answer(text.strip(), 100.0, _feedback(more, render)))
    answers += [
        Answer(wrong.get("answer", "").strip(), 0.0, render(wrong))
        for wrong in response.iter("stringequalhint")
    ]
    if any("->" in answer.text or not answer.text for answer in answers):
        raise Unfit("An answer is empty or has “->” in it, which GIFT cannot say.")
    if "ci" not in kind:
        desk.change(_CASE)
    return "text", tuple(answers)


def _number(response: Element, render: Render, desk: Desk) -> Answers:
    tolerance, partly = "0.001%", ""
    for setting in response.iter("responseparam"):
        if setting.get("type") == "tolerance":
            tolerance = plain(setting.get("default")) or tolerance
        partly = setting.get("partial_answers", partly)
    main = plain(response.get("answer"))
    answers = [Answer(_key(main, tolerance, desk), 100.0, _feedback(response, render))]
    for more in response.iter("additional_answer"):
        key = _key(more.get("answer") or (more.text or ""), tolerance, desk)
        answers.append(Answer(key, 100.0, _feedback(more, render)))
    if partly and "list" in response.get("partial_credit", ""):
        answers += [Answer(_key(part, tolerance, desk), 50.0) for part in partly.split(",")]
    return "number", tuple(answers)


def _key(text: str, tolerance: str, desk: Desk) -> str:
    """A number answer as GIFT says it: `value:tolerance`, or `low..high`."""
    if ends := interval(text):
        if text.strip()[0] == "(" or text.strip()[-1] == ")":
            desk.change(_OPEN)
        return f"{written(ends[0])}..{written(ends[1])}"
    value = number(text)
    percent = tolerance.strip().endswith("%")
    allowed = number(tolerance.strip().rstrip("%"))
    if value is None or allowed is None:
        raise Unfit(f"The answer “{text or '?'}” is no plain number.")
    return (
        f"{written(value)}:{written(abs(value) * abs(allowed) / 100 if percent else abs(allowed))}"
    )


def _choice(choice: Element, weight: float, render: Render) -> Answer:
    hint = next((h for h in choice.iter(*_HINTS) if h.get("selected") != "false"), None)
    feedback = render(hint) if hint is not None else ""
    bare = deepcopy(choice)
    for found in list(bare.iter(*_HINTS)):
        bare.remove(found) if found.getparent() is bare else found.clear()
    text = render(bare)
    if not text:
        raise Unfit("One of its choices is empty.")
    return Answer(text, weight, feedback)


def _right(answers: list[Answer]) -> tuple[Answer, ...]:
    if not any(answer.weight > 0 for answer in answers):
        raise Unfit("No choice is right.")
    if all(answer.weight == 100 for answer in answers):
        raise Unfit("Every choice is right, which GIFT cannot say.")
    return tuple(answers)


def _feedback(element: Element, render: Render) -> str:
    hint = element.find("correcthint")
    return render(hint) if hint is not None else ""


def _listed(options: str) -> Iterator[str]:
    """The names in `('a','b')`, as Python reads them and nothing else."""
    try:
        names = ast.literal_eval(options)
    except (ValueError, SyntaxError, TypeError, RecursionError, MemoryError) as error:
        raise Unfit("Its list of options cannot be read.") from error
    yield from (str(name).strip() for name in (names if isinstance(names, tuple) else (names,)))


def _escape(text: str) -> str:
    return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")


ANSWERS: Mapping[str, Callable[[Element, Render, Desk], Answers]] = {
    "multiplechoiceresponse": _one_choice,
    "truefalseresponse": _checkboxes,
    "choiceresponse": _checkboxes,
    "optionresponse": _dropdown,
    "stringresponse": _text,
    "numericalresponse": _number,
}
"""What reads each response type: it answers the kind of the question and its answers."""
