# SPDX-License-Identifier: Apache-2.0
"""GIFT is read as the reference grammar and Moodle read it."""

from __future__ import annotations

import json
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from player.publish.faults import Findings
from player.publish.gift import GiftQuestion, parse_gift
from player.publish.gift_answers import Answer
from player.publish.gift_text import Text

KINDS = {
    "category": "Category",
    "description": "Description",
    "essay": "Essay",
    "truefalse": "TF",
    "choice": "MC",
    "short": "Short",
    "number": "Numerical",
    "matching": "Matching",
}


def parse(text: str) -> tuple[tuple[GiftQuestion, ...], Findings]:
    findings = Findings()
    return parse_gift(text, "quiz.gift", findings), findings


def one(text: str) -> GiftQuestion:
    questions, findings = parse(text)
    assert not findings.faults
    [question] = questions
    return question


def fault(text: str) -> tuple[int, str]:
    _, findings = parse(text)
    [found] = findings.faults
    assert found.file == "quiz.gift"
    assert found.do
    return found.line, found.what


# The reference grammar's own files


def as_text(text: Text | None) -> dict[str, str] | None:
    return {"format": text.format, "text": text.text} if text else None


def as_json(question: GiftQuestion) -> dict[str, Any]:
    """The question in the words of the expected files."""
    if question.kind == "category":
        return {"type": "Category", "title": question.title}
    said: dict[str, Any] = {
        "type": KINDS[question.kind],
        "title": question.title or None,
        "stem": as_text(question.stem),
        "hasEmbeddedAnswers": question.embedded,
        "id": question.id or None,
        "tags": list(question.tags) or None,
    }
    if question.kind != "description":
        said["globalFeedback"] = as_text(question.feedback)
    if question.kind == "truefalse":
        # the files call the first feedback, Moodle's for the wrong answer, "trueFeedback"
        feedback = {answer.right: as_text(answer.feedback) for answer in question.answers}
        said["isTrue"] = question.answers[0].right
        said |= {"trueFeedback": feedback[False], "falseFeedback": feedback[True]}
    elif question.kind == "matching":
        said["matchPairs"] = [
            {"subquestion": as_text(answer.text), "subanswer": answer.match}
            for answer in question.answers
        ]
    elif question.kind in ("choice", "short", "number"):
        said["choices"] = [as_choice(answer, question.kind) for answer in question.answers]
    return said


def as_choice(answer: Answer, kind: str) -> dict[str, Any]:
    text: object = as_text(answer.text)
    if kind == "number" and answer.number:
        text = (answer.number.low, answer.number.high)
    return {
        "isCorrect": answer.right,
        "weight": answer.weight,
        "text": text,
        "feedback": as_text(answer.feedback),
    }


def expected(raw: dict[str, Any]) -> dict[str, Any]:
    """An expected question, numbers as the range that they accept."""
    if raw["type"] == "Numerical":
        choices = raw["choices"]
        if isinstance(choices, dict):
            choices = [{"isCorrect": True, "weight": None, "text": choices, "feedback": None}]
        raw["choices"] = [{**choice, "text": bounds(choice["text"])} for choice in choices]
    return raw


def bounds(raw: dict[str, Any]) -> object:
    if "type" not in raw:
        return raw
    if raw["type"] == "high-low":
        return raw["numberLow"], raw["numberHigh"]
    number, spread = Decimal(str(raw["number"])), Decimal(str(raw.get("range", 0)))
    return float(number - spread), float(number + spread)


def test_every_file_of_the_reference_grammar_is_read_as_expected(corpora: Path) -> None:
    files = sorted((corpora / "gift" / "fuhrmanator").glob("*.gift"))
    assert len(files) >= 50
    for file in files:
        wanted = corpora / "gift" / "fuhrmanator-expected" / f"{file.stem}.json"
        questions, findings = parse(file.read_text(encoding="utf-8"))
        said = [as_json(question) for question in questions]
        assert said == [expected(raw) for raw in json.loads(wanted.read_text("utf-8"))], file.name
        assert not findings.faults
        assert not findings.warnings


# What Moodle takes and the grammar does not


def test_a_colon_and_an_equals_sign_may_stand_in_the_text() -> None:
    question = one("2 + 2 = 4 : oui ou non ? {T #Non : relisez.#Oui}")
    assert question.stem.text == "2 + 2 = 4 : oui ou non ?"
    assert [answer.feedback for answer in question.answers] == [
        Text("moodle", "Oui"),
        Text("moodle", "Non : relisez."),
    ]


def test_a_second_hash_belongs_to_the_feedback() -> None:
    assert one("Q? {=a #see #12 ~b}").answers[0].feedback == Text("moodle", "see #12")


def test_a_single_number_may_have_feedback_and_a_wrong_rest() -> None:
    question = one("Q? {#3:2 #near ~#Completely wrong}")
    first, rest = question.answers
    assert first.number is not None
    assert (first.number.low, first.number.high) == (1.0, 5.0)
    assert first.feedback == Text("moodle", "near")
    assert rest.number is None
    assert rest.feedback == Text("moodle", "Completely wrong")


def test_a_tolerance_is_exact_where_floats_are_not() -> None:
    number = one("Pi? {#3.1415:0.0005}").answers[0].number
    assert number is not None
    assert (number.low, number.high) == (3.141, 3.142)


def test_comments_stand_anywhere_and_a_category_needs_no_empty_line() -> None:
    questions, findings = parse("$CATEGORY: a/b\n// one\nQ? {\n// two\n=yes\n~no\n}\n")
    assert [question.kind for question in questions] == ["category", "choice"]
    assert [answer.line for answer in questions[1].answers] == [5, 6]
    assert not findings.faults


def test_a_title_after_a_brace_begins_a_question_without_an_empty_line() -> None:
    questions, findings = parse("::A::a {T}\n::B::b {\n=c\n}\n// [id:7]\n::C::c {F}\n")
    assert [(one.title, one.line) for one in questions] == [("A", 1), ("B", 2), ("C", 6)]
    assert not findings.faults


def test_an_escaped_n_is_a_new_line_in_every_format() -> None:
    assert one("a\\nb").stem.text == "a\nb"
    assert one("[plain]a\\nb {T}").stem.text == "a\nb"


# Mistakes, each in its line; the questions around them are read


def test_an_open_brace_is_reported_where_it_opens_and_the_next_question_is_read() -> None:
    questions, findings = parse("First?\n{=a ~b\n\nSecond? {T}\n")
    assert [question.stem.text for question in questions] == ["Second?"]
    assert [found.line for found in findings.faults] == [2]


@pytest.mark.parametrize(
    ("text", "line", "words"),
    [
        ("\nAn end } alone", 2, "without its {"),
        ("::Title without end {T}", 1, "title has no end"),
        ("One? {T}\nTwo? {F}", 2, "second {"),
        ("Q? {=a {b} ~c}", 1, "second {"),
        ("Q? {\nlost =a ~b}", 2, "before the first answer"),
        ("Q? {\n~%150%a\n=b}", 2, "weight"),
        ("Q? {\n=b\n~%33,3%a}", 3, "weight"),
        ("Q? {#3,14}", 1, "not a number"),
        ("Q? {#\n=1\n=many}", 3, "not a number"),
        ("Q? {#5..1}", 1, "greater to the smaller"),
    ],
)
def test_a_mistake_has_its_line(text: str, line: int, words: str) -> None:
    where, what = fault(text)
    assert where == line
    assert words in what


def test_an_unescaped_equals_sign_in_an_answer_is_warned_of() -> None:
    _, findings = parse("Q? {\n~x=5\n=other}")
    [warning] = findings.warnings
    assert warning.line == 2
    assert "\\=" in warning.do


def test_a_percent_sign_in_an_answer_is_text() -> None:
    assert [answer.text.text for answer in one("Q? {=%d ~100 % ~% of it}").answers] == [
        "%d",
        "100 %",
        "% of it",
    ]


@given(st.text(alphabet="ab1 \n\t{}=~#%:\\[]->.*/$éhtml", max_size=60))
def test_any_text_gives_questions_or_faults_in_its_lines(text: str) -> None:
    questions, findings = parse(text)
    last = text.count("\n") + 1
    assert all(1 <= question.line <= last for question in questions)
    assert all(1 <= found.line <= last for found in findings.faults + findings.warnings)


@given(st.text(alphabet=st.characters(exclude_categories=["Cs", "Cn", "Cc", "Z"]), max_size=30))
def test_whatever_is_escaped_comes_back(words: str) -> None:
    escaped = "".join(f"\\{char}" if char in "\\:~=#[]{}" else char for char in words)
    question = one(f"::{escaped}x::Q? {{=a{escaped} ~b#c{escaped}}}")
    assert question.title == f"{words}x"
    assert question.answers[0].text.text == f"a{words}"
    assert question.answers[1].feedback == Text("moodle", f"c{words}")
