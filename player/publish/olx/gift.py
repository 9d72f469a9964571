# SPDX-License-Identifier: Apache-2.0
"""Writes questions as GIFT, in the dialect of Moodle's own reader (`format.php`).

Its rules, which decide the escaping here: an empty line ends a question; `\\` before one of
`~ = # { } : \\` takes its meaning away and `\\n` is a line break; a choice that begins with
`%number%` begins with a weight; `->` makes a matching question and cannot be escaped.
"""

from __future__ import annotations

import re
from dataclasses import replace
from typing import TYPE_CHECKING

from player.publish.olx.model import slug

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator

    from player.publish.olx.model import Answer, Question

_SPECIAL = re.compile(r"[\\~=#{}:]")
_MARKUP = re.compile(r"[<&]")


def gift(questions: Iterable[Question], settle: Callable[[str], str]) -> str:
    """A GIFT file. `settle` has the last word on each piece of HTML (its links)."""
    return "\n\n".join("\n".join(_lines(question, settle)) for question in questions) + "\n"


def escaped(text: str) -> str:
    """Text that GIFT reads back as itself."""
    return _SPECIAL.sub(lambda match: "\\" + match[0], text).replace("\n", "\\n")


def titled(questions: Iterable[Question]) -> list[Question]:
    """The questions, each with a title of its own: a learner's answers hang on it."""
    taken: set[str] = set()
    result = []
    for question in questions:
        title, number = question.title, 2
        while slug(title) in taken:
            title, number = f"{question.title} ({number})", number + 1
        taken.add(slug(title))
        result.append(replace(question, title=title))
    return result


def _lines(question: Question, settle: Callable[[str], str]) -> Iterator[str]:
    start = "{#" if question.kind == "number" else "{"
    title = escaped(" ".join(question.title.split()))
    yield f"::{title}::[html]{escaped(settle(question.text))} {start}"
    for answer in question.answers:
        feedback = f" #{_html(answer.feedback, settle)}" if answer.feedback else ""
        yield f"\t{_answer(question.kind, answer, settle)}{feedback}"
    if question.feedback:
        yield f"\t####{_html(question.feedback, settle)}"
    yield "}"


def _answer(kind: str, answer: Answer, settle: Callable[[str], str]) -> str:
    if kind == "number":
        return f"={'' if answer.weight == 100 else _weight(answer.weight)}{answer.text}"
    if kind == "text":
        plain = answer.text.replace("*", "\\*")  # a bare star stands for any text
        needed = answer.weight != 100 or plain.startswith("%")
        mark = "[plain]" if _MARKUP.search(plain) or plain.startswith("[") else ""
        return f"={_weight(answer.weight) if needed else ''}{mark}{escaped(plain)}"
    text = _html(answer.text, settle)
    if kind == "choice" and answer.weight == 100:
        return "=" + text
    return "~" + (_weight(answer.weight) if answer.weight else "") + text


def _html(html: str, settle: Callable[[str], str]) -> str:
    """HTML, said to be HTML where a reader could take it for anything else."""
    text = re.sub(r"\A%", "&percnt;", settle(html))
    mark = "[html]" if _MARKUP.search(text) or text.startswith("[") else ""
    return mark + escaped(text)


def _weight(weight: float) -> str:
    return f"%{weight:.5f}".rstrip("0").rstrip(".") + "%"
