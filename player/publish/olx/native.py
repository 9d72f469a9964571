# SPDX-License-Identifier: Apache-2.0
"""Writes questions as TOML (docs/authoring.md, "Quizzes: TOML"), where GIFT has no words for one.

Texts are Markdown there. HTML is Markdown as long as it begins with a block and no line is empty.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

from player.publish.olx.write import quoted

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Mapping

    from player.publish.olx.model import Answer, Question

    Settle = Callable[[str], str]

_HTML = {"body", "text", "feedback", "hints"}
_BLOCK = re.compile(r"<(p|div|ul|ol|dl|table|h[1-6]|pre|blockquote|figure)\b")
_FORMS = {"choice": "choice", "choices": "choice", "text": "text", "number": "number"}


def toml(questions: Iterable[Question], settle: Settle) -> str:
    """A file of questions. `settle` has the last word on each piece of HTML (its links)."""
    return "\n\n".join("\n".join(_lines(question, settle)) for question in questions) + "\n"


def interaction(kind: str, answers: Iterable[Answer], more: Mapping[str, Any]) -> dict[str, Any]:
    """What asks for these answers, as the file has it; `more` is what GIFT cannot say of it."""
    if kind not in _FORMS:
        return {"type": kind, **more}
    form = _FORMS[kind]
    name = "choices" if form == "choice" else "answers"
    made: dict[str, Any] = {"type": form, name: [_answer(form, one, more) for one in answers]}
    if form == "choice":
        made |= {"multiple": kind == "choices", "shuffle": False}
    return {**made, **{key: one for key, one in more.items() if key not in {"case", "open"}}}


def _answer(form: str, answer: Answer, more: Mapping[str, Any]) -> dict[str, Any]:
    made: dict[str, Any] = {"text": answer.text}
    if form == "text":
        made = {"text": answer.text.replace("*", r"\*"), "case": bool(more.get("case"))}
    elif form == "number":
        made = _range(answer.text)
    made["fraction"] = round(answer.weight / 100, 7)
    return {**made, "feedback": answer.feedback} if answer.feedback else made


def _range(text: str) -> dict[str, Any]:
    """`value:tolerance`, `low..high`, or that in brackets: a round one leaves its end out."""
    bare = text.strip("()[]")
    if ".." in bare:
        low, high = map(float, bare.split(".."))
        ends = {"above": text.startswith("("), "below": text.endswith(")")}
        return {"low": low, "high": high, **{name: True for name, on in ends.items() if on}}
    value, tolerance = map(float, bare.split(":"))
    return {"value": value, "tolerance": tolerance}


def _lines(question: Question, settle: Settle) -> Iterator[str]:
    yield "[[question]]"
    told: dict[str, Any] = {"title": " ".join(question.title.split()), "body": question.text}
    told |= {name: getattr(question, name) for name in ("feedback", "hints")}
    if question.pool:
        told["pool"] = {"id": question.pool[0], "take": question.pool[1]}
    yield from _fields(told, settle)
    for asked in question.asked or (interaction(question.kind, question.answers, {}),):
        yield from ("", "[[question.interaction]]")
        yield from _fields(asked, settle, exact=asked["type"] == "text")


def _fields(told: Mapping[str, Any], settle: Settle, *, exact: bool = False) -> Iterator[str]:
    """One field a line; `exact`: the texts of its answers are no HTML."""
    for name, value in told.items():
        if value in ("", (), [], None):
            continue
        if isinstance(value, list) and value and isinstance(value[0], dict):
            plain = exact and name == "answers"
            yield f"{name} = ["
            yield from (f"    {_table(one, settle, exact=plain)}," for one in value)
            yield "]"
        else:
            yield f"{name} = {_value(name, value, settle)}"


def _table(told: Mapping[str, Any], settle: Settle, *, exact: bool) -> str:
    pairs = (
        f"{name} = {_value('' if exact and name == 'text' else name, one, settle)}"
        for name, one in told.items()
    )
    return "{ " + ", ".join(pairs) + " }"


def _value(name: str, value: Any, settle: Settle) -> str:
    if isinstance(value, bool):
        return str(value).lower()
    if isinstance(value, str):
        return quoted(_markdown(settle(value)) if name in _HTML else value)
    if isinstance(value, list | tuple):
        return "[" + ", ".join(_value(name, one, settle) for one in value) + "]"
    if isinstance(value, dict):
        return _table(value, settle, exact=False)
    return repr(value)


def _markdown(html: str) -> str:
    text = re.sub(r"\n\s*\n", "\n", html.strip())
    return text if _BLOCK.match(text) else f"<p>{text}</p>"
