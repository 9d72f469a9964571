# SPDX-License-Identifier: Apache-2.0
"""From GIFT to questions of the format (docs/format.md, "Quizzes")."""

from __future__ import annotations

import html
import re
from collections.abc import Iterator
from dataclasses import dataclass, field

import msgspec
import nh3

from player.course.interactions import (
    Choice,
    ChoiceInteraction,
    FreeTextInteraction,
    Interaction,
    Item,
    MatchInteraction,
    NumberAnswer,
    NumberInteraction,
    Pair,
    TextAnswer,
    TextInteraction,
)
from player.course.quiz import Question, Questions
from player.publish.faults import Place
from player.publish.gift import GiftQuestion, parse_gift
from player.publish.gift_answers import Answer
from player.publish.gift_text import Text
from player.publish.markdown import from_markdown
from player.publish.pages import Texts, inline, slug
from player.publish.question_file import read_question_file

TYPE = "application/vnd.cartable.quiz+json"

_BLOCK = re.compile(r"<(?:p|div|ul|ol|table|pre|h[1-6]|blockquote)\b", re.IGNORECASE)
_TRUE_FALSE = {
    "ar": ("صحيح", "خطأ"),
    "de": ("Richtig", "Falsch"),
    "en": ("True", "False"),
    "es": ("Verdadero", "Falso"),
    "fr": ("Vrai", "Faux"),
    "it": ("Vero", "Falso"),
    "pt": ("Verdadeiro", "Falso"),
}


def read_questions(texts: Texts, language: str, *, survey: bool = False) -> tuple[Question, ...]:
    """Return the questions of a GIFT file, or of a TOML file.

    Args:
        texts: the file's text; takes its pictures, and the findings.
        language: the course's, for the words "true" and "false".
        survey: no choice is right, and all keep their order.
    """
    if texts.file.lower().endswith(".toml"):
        return read_question_file(texts, survey=survey)
    reading = _Reading(texts, language)
    items = parse_gift(texts.source, texts.file, texts.folder.findings)
    asked = [item for item in items if item.kind != "category"]
    found = (reading.question(item, number) for number, item in enumerate(asked, 1))
    questions = tuple(one for one in found if one is not None)
    return tuple(map(_unmarked, questions)) if survey else questions


def _unmarked(question: Question) -> Question:
    asked = tuple(
        msgspec.structs.replace(one, scoring="none", shuffle=False)
        if isinstance(one, ChoiceInteraction)
        else one
        for one in question.interactions
    )
    return msgspec.structs.replace(question, interactions=asked)


def encode_questions(questions: tuple[Question, ...]) -> bytes:
    """Return a quiz blob."""
    return msgspec.json.encode(Questions("cartable/1", "quiz", questions))


@dataclass(slots=True)
class _Reading:
    """What the questions of one file share."""

    texts: Texts
    language: str
    ids: set[str] = field(default_factory=set)

    def question(self, item: GiftQuestion, number: int) -> Question | None:
        place = Place(self.texts.file, item.line)
        id_ = self._id(item.title, number)
        if not item.stem.text:
            do = "Write the question before the {."
            self.texts.folder.findings.fault(place, "This question has no text.", do)
            return None
        interactions: tuple[Interaction, ...] = ()
        if item.kind != "description":
            if item.kind not in ("essay", "matching"):
                self._check_weights(item, place)
            interactions = (self._interaction(item),)
        return Question(
            id=id_,
            title=item.title,
            body=self._html(item.stem, block=True),
            interactions=interactions,
            feedback=self._html(item.feedback),
        )

    def _id(self, title: str, number: int) -> str:
        id_ = first = slug(title, f"q{number}")
        copy = 2
        while id_ in self.ids:
            id_ = f"{first}-{copy}"
            copy += 1
        self.ids.add(id_)
        return id_

    def _check_weights(self, item: GiftQuestion, place: Place) -> None:
        findings = self.texts.folder.findings
        fractions = [_fraction(answer) for answer in item.answers]
        if max(fractions) <= 0:
            do = "Begin the right answer with =, or give it a weight such as ~%100%."
            findings.fault(place, "No answer of this question is right.", do)
            return
        several = _is_multiple(item)
        best = sum(one for one in fractions if one > 0) if several else max(fractions)
        if abs(best - 1) > 0.001:
            what = f"The best answer to this question brings {best * 100:g} %."
            findings.warn(place, what, "Make the weights add up to 100.")

    def _interaction(self, item: GiftQuestion) -> Interaction:
        if item.kind == "essay":
            return FreeTextInteraction("r")
        if item.kind == "matching":
            return self._matching(item)
        if item.kind == "short":
            return TextInteraction("r", tuple(self._text_answers(item)))
        if item.kind == "number":
            return self._number(item)
        if item.kind == "truefalse":
            return ChoiceInteraction("r", self._true_false(item), shuffle=False)
        multiple = _is_multiple(item)
        return ChoiceInteraction(
            "r",
            tuple(self._choices(item, multiple)),
            multiple=multiple,
            scoring=_scoring(item) if multiple else "map",
        )

    def _matching(self, item: GiftQuestion) -> MatchInteraction:
        """Moodle: an answer without a question is one that fits none."""
        targets = list(dict.fromkeys(answer.match for answer in item.answers))
        asked = [answer for answer in item.answers if answer.text.text]
        return MatchInteraction(
            "r",
            tuple(Item(f"s{n}", self._html(one.text)) for n, one in enumerate(asked, 1)),
            tuple(Item(f"t{n}", html.escape(one, quote=False)) for n, one in enumerate(targets, 1)),
            tuple(
                Pair(f"s{n}", f"t{1 + targets.index(one.match)}") for n, one in enumerate(asked, 1)
            ),
        )

    def _choices(self, item: GiftQuestion, multiple: bool) -> Iterator[Choice]:
        fractions = [_fraction(answer) for answer in item.answers]
        best = sum(one for one in fractions if one > 0)
        # 33.33333 thrice is meant to be all of it
        scale = best if multiple and abs(best - 1) <= 0.001 else 1.0
        for number, (answer, fraction) in enumerate(zip(item.answers, fractions, strict=True)):
            letter = chr(ord("a") + number) if number < 26 else f"c{number + 1}"
            yield Choice(
                letter,
                self._html(answer.text),
                fraction / scale if fraction > 0 else fraction,
                self._html(answer.feedback),
            )

    def _true_false(self, item: GiftQuestion) -> tuple[Choice, ...]:
        words = _TRUE_FALSE.get(self.language.split("-")[0].lower(), _TRUE_FALSE["en"])
        return tuple(
            Choice(id_, word, _fraction(answer), self._html(answer.feedback))
            for id_, word, answer in zip(("true", "false"), words, item.answers, strict=True)
        )

    def _text_answers(self, item: GiftQuestion) -> Iterator[TextAnswer]:
        for answer in item.answers:
            yield TextAnswer(_plain(answer.text), _fraction(answer), self._html(answer.feedback))

    def _number(self, item: GiftQuestion) -> NumberInteraction:
        answers = tuple(
            NumberAnswer(
                answer.number.low,
                answer.number.high,
                _fraction(answer),
                self._html(answer.feedback),
            )
            for answer in item.answers
            if answer.number
        )
        others = [answer.feedback for answer in item.answers if answer.number is None]
        return NumberInteraction("r", answers, self._html(others[0] if others else None))

    def _html(self, text: Text | None, *, block: bool = False) -> str:
        if text is None:
            return ""
        if text.format == "markdown":
            markup = from_markdown(text.text)
        elif text.format == "html":
            markup = text.text
        else:
            words = html.escape(text.text, quote=False) if text.format == "plain" else text.text
            markup = words.replace("\n", "<br>")
            if block and not _BLOCK.search(markup):
                markup = f"<p>{markup}</p>"
        cleaned = self.texts.take(markup)
        return cleaned if block else inline(cleaned)


def _fraction(answer: Answer) -> float:
    if answer.weight is None:
        return 1.0 if answer.right else 0.0
    return answer.weight / 100


def _is_multiple(item: GiftQuestion) -> bool:
    """Moodle: several may be chosen where no answer begins with `=`."""
    return item.kind == "choice" and not any(answer.right for answer in item.answers)


def _scoring(item: GiftQuestion) -> str:
    """All or nothing where each wrong choice takes everything away."""
    wrong = [one for one in map(_fraction, item.answers) if one <= 0]
    return "exact" if wrong and all(one == -1 for one in wrong) else "map"


def _plain(text: Text) -> str:
    """An accepted answer has no markup."""
    if text.format != "html":
        return text.text
    return html.unescape(nh3.clean(text.text, tags=set())).strip()
