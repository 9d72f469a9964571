# SPDX-License-Identifier: Apache-2.0
"""One function for each CAPA response type: kind, answers, and what GIFT cannot say of them."""

from __future__ import annotations

import ast
import re
from contextlib import suppress
from copy import deepcopy
from typing import TYPE_CHECKING, Any

from player.course.expressions import CONSTANTS, is_expression
from player.publish.olx.model import Answer
from player.publish.olx.numbers import interval, number, written
from player.publish.olx.xml import decode, plain

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping

    from lxml.etree import _Element as Element

    from player.publish.olx.desk import Desk

    Render = Callable[[Element], str]
    Answers = tuple[str, tuple[Answer, ...], dict[str, Any]]

_HINTS = ("choicehint", "optionhint", "correcthint", "compoundhint")
_UNCHECKED = "Feedback for choices left unchecked, or for a certain combination, is dropped."
_CREDIT = {"edc": "edc", "halves": "halves"}
_TOLERANCE = "0.001%"
_SAMPLES = re.compile(r"([^@]+)@([^:]+):([^#]+)#\s*(\d{1,6})\s*")
_RECTANGLE = re.compile(r"\(\s*(\d+)\s*,\s*(\d+)\s*\)-\(\s*(\d+)\s*,\s*(\d+)\s*\)")
_NAMES = "The names in a formula mind capital letters here."


class Unfit(Exception):
    """The problem cannot be asked here. Its text is the sentence for the teacher."""


def _one_choice(response: Element, render: Render, desk: Desk) -> Answers:
    """`multiplechoiceresponse`: every choice marked correct earns all of the points."""
    del desk
    answers = []
    for choice in response.iter("choice"):
        correct = plain(choice.get("correct")).lower()
        share = number(choice.get("point_value") or "0.5") or 0.0
        weight = {"true": 100.0, "partial": 100 * min(max(share, 0.0), 1.0)}.get(correct, 0.0)
        answers.append(_choice(choice, weight, render))
    return _one_of(answers)


def _checkboxes(response: Element, render: Render, desk: Desk) -> Answers:
    """`choiceresponse`: all or nothing, which GIFT says with `~%-100%` for each wrong choice."""
    choices = list(response.iter("choice"))
    right = [choice for choice in choices if plain(choice.get("correct")).lower() == "true"]
    if not right:
        raise Unfit("No choice is right.")
    share = 100 / len(right)
    answers = [_choice(choice, share if choice in right else -100.0, render) for choice in choices]
    credit = plain(response.get("partial_credit")).lower().split(",")
    scoring = next((_CREDIT[one.strip()] for one in credit if one.strip() in _CREDIT), "")
    if not scoring and len(right) == len(choices):
        scoring = "exact"
    unchecked = any(hint.get("selected") == "false" for hint in response.iter("choicehint"))
    if unchecked or response.find(".//compoundhint") is not None:
        desk.change(_UNCHECKED)
    return "choices", tuple(answers), {"scoring": scoring} if scoring else {}


def _dropdown(response: Element, render: Render, desk: Desk) -> Answers:
    del desk
    fields = list(response.iter("optioninput"))
    if len(fields) != 1:
        raise Unfit("It has several drop-down lists in one text.")
    options = list(fields[0].iter("option"))
    if options:
        marks = [plain(option.get("correct")).lower() == "true" for option in options]
        pairs = zip(options, marks, strict=True)
        return _one_of([_choice(option, 100.0 * mark, render) for option, mark in pairs])
    correct = fields[0].get("correct", "")
    names = list(_listed(fields[0].get("options", "")))
    return _one_of([Answer(escaped(name), 100.0 * (name == correct)) for name in names])


def _text(response: Element, render: Render, desk: Desk) -> Answers:
    del desk
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
    if not all(answer.text for answer in answers):
        raise Unfit("An answer is empty.")
    exact = "ci" not in kind
    native = exact or any("->" in answer.text for answer in answers)
    return "text", tuple(answers), {"case": exact} if native else {}


def _number(response: Element, render: Render, desk: Desk) -> Answers:
    del desk
    tolerance, partly, near = _TOLERANCE, "", ""
    for setting in response.iter("responseparam"):
        if setting.get("type") == "tolerance":
            tolerance = plain(setting.get("default")) or tolerance
        partly = setting.get("partial_answers", partly)
        near = setting.get("partial_range", near)
    main = plain(response.get("answer"))
    credit = response.get("partial_credit", "")
    answers = [Answer(_key(main, tolerance), 100.0, _feedback(response, render))]
    for more in response.iter("additional_answer"):
        key = _key(more.get("answer") or (more.text or ""), tolerance)
        answers.append(Answer(key, 100.0, _feedback(more, render)))
    if partly and "list" in credit:
        answers += [Answer(_key(part, tolerance), 50.0) for part in partly.split(",")]
    if "close" in credit:
        answers.append(Answer(_key(main, tolerance, number(near) or 2.0), 50.0))
    is_open = any(answer.text[0] == "(" or answer.text[-1] == ")" for answer in answers)
    return "number", tuple(answers), {"open": True} if is_open else {}


def _key(text: str, tolerance: str, times: float = 1.0) -> str:
    """A number answer as GIFT says it: `value:tolerance`, or `low..high`.

    In round brackets, which GIFT does not have, the end itself is wrong.
    """
    if ends := interval(text):
        first, last = text.strip()[0], text.strip()[-1]
        low, high = written(ends[0]), written(ends[1])
        return f"{'(' if first == '(' else ''}{low}..{high}{')' if last == ')' else ''}"
    value = number(text)
    percent = tolerance.strip().endswith("%")
    allowed = number(tolerance.strip().rstrip("%"))
    if value is None or allowed is None:
        raise Unfit(f"The answer “{text or '?'}” is no plain number.")
    reach = times * abs(allowed) * (abs(value) / 100 if percent else 1.0)
    return f"{written(value)}:{written(reach)}"


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


def _formula(response: Element, render: Render, desk: Desk) -> Answers:
    """`formularesponse`; `samples` are names, both ends, and how many: `a,b@1,1:3,3#10`."""
    del render
    match = _SAMPLES.fullmatch(plain(response.get("samples")))
    key = plain(response.get("answer"))
    if match is None:
        raise Unfit("It does not say where its formula is tried.")
    names, lows, highs = ([one.strip() for one in match[n].split(",")] for n in (1, 2, 3))
    ends = list(zip(map(number, lows), map(number, highs), strict=False))
    if len(ends) != len(names) or any(end is None for pair in ends for end in pair):
        raise Unfit("It does not say where its formula is tried.")
    if not is_expression(key, {**CONSTANTS, **dict.fromkeys(names, 1.0)}):
        raise Unfit(f"The formula “{key}” cannot be worked out here.")
    tolerance = next(
        (plain(one.get("default")) for one in response.iter("responseparam")), _TOLERANCE
    )
    reach, relative = number(tolerance.rstrip("%")), tolerance.endswith("%")
    if reach is None:
        raise Unfit(f"The tolerance “{tolerance}” is no plain number.")
    if "ci" in response.get("type", "").split():
        desk.change(_NAMES)
    free = [
        {"name": name, "low": low, "high": high}
        for name, (low, high) in zip(names, ends, strict=True)
    ]
    answer = {"value": key, "tolerance": reach / 100 if relative else reach, "relative": relative}
    more = {"answers": [answer], "free": free, "samples": min(max(int(match[4]), 1), 100)}
    return "formula", (), more


def _picture(response: Element, render: Render, desk: Desk) -> Answers:
    """`imageresponse`: `rectangle="(1,2)-(3,4);(5,6)-(7,8)"`, `regions="[[[1,2],[3,4],[5,6]]]"`."""
    del render
    fields = list(response.iter("imageinput"))
    if len(fields) != 1:
        raise Unfit("It has several pictures.")
    field = fields[0]
    file = desk.find(field.get("src", ""))
    width, height = (number(field.get(name, "").removesuffix("px")) for name in ("width", "height"))
    corners = [
        [float(one) for one in found] for found in _RECTANGLE.findall(field.get("rectangle", ""))
    ]
    areas = [{"shape": "rect", "coords": one} for one in corners]
    areas += [{"shape": "poly", "coords": one} for one in _regions(field.get("regions"))]
    if file is None or not width or not height or not areas:
        raise Unfit("Its picture, or the place in it, is not in the export.")
    ends = [{"id": f"a{number_}", **one} for number_, one in enumerate(areas, 1)]
    more: dict[str, Any] = {
        "image": desk.picture(file),
        "description": field.get("alt", "").strip(),
    }
    more |= {"width": int(width), "height": int(height), "areas": ends, "visible": False}
    return "hotspot", (), more


def _regions(text: str | None) -> list[list[float]]:
    """The corners of each region; none where they cannot be read."""
    with suppress(TypeError, ValueError, LookupError):
        found: Any = decode(text) or []
        each = found if found and isinstance(found[0][0], list) else [found] if found else []
        return [[float(x) for corner in one for x in corner] for one in each]
    return []


def _one_of(answers: list[Answer]) -> Answers:
    """One choice of several; GIFT has no words for one in which every choice is right."""
    if not any(answer.weight > 0 for answer in answers):
        raise Unfit("No choice is right.")
    every = all(answer.weight == 100 for answer in answers)
    return "choice", tuple(answers), {"scoring": "map"} if every else {}


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


def escaped(text: str) -> str:
    """Plain text as HTML."""
    return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")


ANSWERS: Mapping[str, Callable[[Element, Render, Desk], Answers]] = {
    "multiplechoiceresponse": _one_choice,
    "truefalseresponse": _checkboxes,
    "choiceresponse": _checkboxes,
    "optionresponse": _dropdown,
    "stringresponse": _text,
    "numericalresponse": _number,
    "formularesponse": _formula,
    "imageresponse": _picture,
}
"""What reads each response type."""
