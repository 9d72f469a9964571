# SPDX-License-Identifier: Apache-2.0
"""What a statement says of an answer is enough to mark it: the platform has nothing else."""

from __future__ import annotations

from typing import Any

import msgspec
import pytest
from askable import Asked, any_answer, every_kind
from hypothesis import assume, example, given
from hypothesis import strategies as st

from player.course.interactions import (
    Area,
    Choice,
    ChoiceInteraction,
    ClozeInteraction,
    FreeTextInteraction,
    HotspotInteraction,
    Interaction,
    NumberAnswer,
    NumberInteraction,
    TextAnswer,
    TextInteraction,
)
from player.course.quiz import Question
from player.lesson.answers import Answer
from player.lesson.grading import Given, grade
from player.lesson.saying import given_of, response


def marks_the_same(question: Question, answer: Given) -> None:
    here = grade(question, answer)
    if here.unread:  # such an answer is never recorded
        return
    _, said, _ = response(question, answer)
    told = msgspec.json.decode(msgspec.json.encode(said), type=str)
    there = grade(question, given_of(question, told))
    assert (there.score, there.success, there.unread) == (here.score, here.success, ())
    assert [part.fraction for part in there.parts] == [part.fraction for part in here.parts]
    assert response(question, given_of(question, told))[1] == said


def is_told_whole(interaction: Interaction) -> bool:
    """A learner's own marks of a text stay with the learner."""
    return getattr(interaction, "scoring", "") != "self"


@given(every_kind(), any_answer())
def test_any_answer_of_any_kind_is_marked_there_as_here(one: Asked, other: Answer) -> None:
    interaction, right = one
    assume(is_told_whole(interaction))
    question = Question("q", "", "", (interaction,))
    for answer in (right, other):
        marks_the_same(question, {"i": answer})


@given(every_kind(), every_kind(), any_answer())
def test_so_are_several_interactions_in_one_question(one: Asked, two: Asked, other: Answer) -> None:
    assume(is_told_whole(one[0]) and is_told_whole(two[0]))
    pair = (one[0], msgspec.structs.replace(two[0], id="j"))
    question = Question("q", "", "", pair)
    for answer in ({"i": one[1], "j": two[1]}, {"i": other, "j": two[1]}, {"j": other}, {}):
        marks_the_same(question, answer)


@given(st.floats(allow_nan=False, allow_infinity=False), st.booleans())
@example(1 / 3, True)
def test_a_number_comes_back_to_its_last_digit(value: float, exact: bool) -> None:
    key = NumberAnswer(value, value) if exact else NumberAnswer(value, float("inf"))
    marks_the_same(Question("q", "", "", (NumberInteraction("i", (key,)),)), {"i": repr(value)})


@pytest.mark.parametrize("typed", ["1/3", "2/7", "1 1/3"])
def test_a_fraction_is_not_cut(typed: str) -> None:
    keys = (NumberAnswer(1 / 3, 1 / 3), NumberAnswer(2 / 7, 2 / 7), NumberAnswer(4 / 3, 4 / 3))
    asked = NumberInteraction("i", keys, fractions=True)
    assert grade(Question("q", "", "", (asked,)), {"i": typed}).score == 1
    marks_the_same(Question("q", "", "", (asked,)), {"i": typed})


@given(st.floats(0, 1000), st.floats(0, 1000), st.floats(0, 1000))
def test_a_point_at_the_very_edge_stays_on_its_side(x: float, y: float, edge: float) -> None:
    area = Area("a", "rect", (0, 0, edge, 1000))
    asked = HotspotInteraction("i", "a.png", 1000, 1000, (area,))
    marks_the_same(Question("q", "", "", (asked,)), {"i": [f"{x!r} {y!r}"]})


@given(
    st.lists(st.sampled_from(['["', "[,]", "a", "b c", '["g1 a"]', ",", "[", "]", ""]), max_size=3)
)
def test_a_text_with_gaps_does_not_come_apart(typed: list[str]) -> None:
    gaps = tuple(
        TextInteraction(f"g{n}", (TextAnswer(text or "x"),)) for n, text in enumerate(typed, 1)
    )
    both = ChoiceInteraction("c", (Choice("a", "a", 0.5), Choice("b", "b", 0.5)), multiple=True)
    asked = ClozeInteraction("i", "", (*gaps, both))
    answer = [*(f"g{n} {text}" for n, text in enumerate(typed, 1)), "c a", "c b"]
    marks_the_same(Question("q", "", "", (asked,)), {"i": answer})


@given(st.text(max_size=50), st.integers(0, 5))
def test_an_essay_has_as_many_words_there(text: str, least: int) -> None:
    asked = FreeTextInteraction("i", least_words=least, scoring="completion")
    marks_the_same(Question("q", "", "", (asked,)), {"i": text})


def test_a_number_is_still_said_as_short_as_it_is() -> None:
    def said(text: str) -> Any:
        return response(Question("q", "", "", (NumberInteraction("i"),)), {"i": text})[1]

    assert [said("12 345,60"), said("0.1"), said("1e3")] == ["12345.6", "0.1", "1000"]


@given(every_kind(), st.text() | st.sampled_from(["[" * 9999, '["' * 999, "(" * 9999, "9" * 9999]))
def test_whatever_a_statement_says_it_is_marked(one: Asked, said: str) -> None:
    """Anybody with a key for writing could have sent it."""
    for interactions in ((one[0],), (one[0], msgspec.structs.replace(one[0], id="j"))):
        question = Question("q", "", "", interactions)
        score = grade(question, given_of(question, said)).score
        assert score is None or 0 <= score <= 1
