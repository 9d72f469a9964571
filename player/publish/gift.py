# SPDX-License-Identifier: Apache-2.0
"""GIFT, Moodle's plain text for questions, read as its author meant it.

The rules are those of Moodle (https://docs.moodle.org/en/GIFT_format, `question/format/gift`) and
of the reference grammar (github.com/fuhrmanator/GIFT-grammar-PEG.js), where the two differ the
more forgiving one. A question is a paragraph: an empty line ends it, so a mistake stays in the
question that it is in.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from typing import Literal

from player.publish.faults import Findings, Place
from player.publish.gift_answers import Answer, AnswerKind, read_answers
from player.publish.gift_text import SHOW, Mistake, Piece, Text, hide, read_text

Kind = AnswerKind | Literal["category", "description"]

_CATEGORY = re.compile(r"\$CATEGORY:\s*(.*)")


@dataclass(frozen=True, slots=True)
class GiftQuestion:
    """One item of a file. `embedded`: the stem has `_____` where the answer belongs.

    A true/false question has two answers, true first. A category has a title only.
    """

    line: int
    kind: Kind
    title: str
    stem: Text
    embedded: bool = False
    answers: tuple[Answer, ...] = ()
    feedback: Text | None = None
    id: str = ""
    tags: tuple[str, ...] = ()


def parse_gift(text: str, file: str, findings: Findings) -> tuple[GiftQuestion, ...]:
    """Return the items of a GIFT file, in order; unreadable ones are faults in `findings`.

    Args:
        text: the file; newlines are `\\n`.
        file: its name, for the faults.
        findings: takes the mistakes.
    """
    questions: list[GiftQuestion] = []
    for paragraph, id_, tags in _paragraphs(text):
        try:
            items = list(_items(paragraph, file, findings))
            questions.extend(replace(item, id=id_, tags=tags) for item in items)
        except Mistake as mistake:
            findings.fault(Place(file, mistake.line), mistake.what, mistake.do)
    return tuple(questions)


def _paragraphs(text: str) -> Iterator[tuple[Piece, str, tuple[str, ...]]]:
    """The questions, comments blanked, with the id and tags that their comments give.

    An empty line ends one. So does a title after a }, where the author forgot the empty line.
    """
    lines: list[str] = []
    comments: list[str] = []
    for number, line in enumerate([*text.split("\n"), ""], 1):
        is_forgotten = line.startswith("::") and "".join(lines).rstrip().endswith("}")
        if not line.strip() or is_forgotten:
            if any(lines):
                whole = Piece(hide("\n".join(lines)), number - len(lines)).begun()
                yield whole, *_marks(" ".join(comments))
            lines, comments = [], []
        if line.strip().startswith("//"):
            comments.append(line)
        if line.strip():
            lines.append("" if line.strip().startswith("//") else line)


def _marks(comment: str) -> tuple[str, tuple[str, ...]]:
    """`[id:…]` and every `[tag:…]`."""
    ids = re.findall(r"\[id:([^\]]+)\]", comment)
    return ids[-1].strip() if ids else "", tuple(re.findall(r"\[tag:([^\]]+)\]", comment))


def _items(paragraph: Piece, file: str, findings: Findings) -> Iterator[GiftQuestion]:
    match = _CATEGORY.match(paragraph.text)
    if match:
        title = match[1].translate(SHOW).strip()
        yield GiftQuestion(paragraph.line, "category", title, Text("moodle", ""))
        paragraph = paragraph.part(match.end()).begun()
        if not paragraph.text:
            return
    yield _question(paragraph, file, findings)


def _question(paragraph: Piece, file: str, findings: Findings) -> GiftQuestion:
    title, rest = _title(paragraph)
    before, inside, after = _braces(rest)
    stem, embedded = _stem(before, after)
    question = GiftQuestion(paragraph.line, "description", title, stem, embedded)
    if inside is None:
        return question
    body, general = inside.split("####")
    feedback = read_text(general, stem.format) if general else None
    question = replace(question, feedback=feedback if feedback and feedback.text else None)
    kind, answers = read_answers(body.begun(), stem.format, file, findings)
    return replace(question, kind=kind, answers=answers)


def _title(piece: Piece) -> tuple[str, Piece]:
    if not piece.text.startswith("::"):
        return "", piece
    title, rest = piece.part(2).split("::")
    if rest is None:
        raise Mistake(piece.line, "The title has no end.", "Write it as `::title::`.")
    return " ".join(title.text.translate(SHOW).split()), rest.begun()


def _braces(piece: Piece) -> tuple[Piece, Piece | None, Piece | None]:
    """Before, between and after the braces."""
    before, rest = piece.split("{")
    if "}" in before.text:
        line = before.part(before.text.index("}")).line
        raise Mistake(
            line, "A } stands here without its {.", "Write \\} where you mean the sign itself."
        )
    if rest is None:
        return before, None, None
    opened = piece.part(len(before.text)).line
    inside, after = rest.split("}")
    if after is None:
        do = "Put } after the last answer; no line between { and } may be empty."
        raise Mistake(opened, "The { here is never closed.", do)
    for part in (inside, after):
        found = re.search("[{}]", part.text)
        if found:
            do = "Leave an empty line between two questions; write \\{ and \\} for the signs."
            what = f"A second {found[0]} in one question."
            raise Mistake(part.part(found.start()).line, what, do)
    return before, inside, after if after.text.strip() else None


def _stem(before: Piece, after: Piece | None) -> tuple[Text, bool]:
    """The question's text, and whether the answer belongs into it."""
    first = read_text(before, "moodle")
    if after is None:
        return first, False
    second = read_text(after, first.format)
    format_ = first.format if before.text.strip() else second.format
    return Text(format_, f"{first.text} _____ {second.text}".lstrip()), True
