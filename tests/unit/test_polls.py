# SPDX-License-Identifier: Apache-2.0
"""Which questions are polls, how answers are counted, and when a result may be told."""

from __future__ import annotations

import pytest

from player.course.interactions import Choice, ChoiceInteraction, TextAnswer, TextInteraction
from player.course.manifest import Quiz, Survey
from player.course.polls import may_be_told, poll, tallied
from player.course.quiz import Question

ONE = ChoiceInteraction("r", (Choice("a", "A"), Choice("b", "B")), scoring="none")
SEVERAL = ChoiceInteraction("r", (Choice("a", "A"), Choice("b", "B")), multiple=True)
QUIZ = Quiz(id="q", title="Q", blob="0" * 64, questions=1)
SURVEY = Survey(id="s", title="S", blob="0" * 64, questions=1)


def test_a_choice_that_nobody_marks_is_a_poll_and_in_a_questionnaire_each_is() -> None:
    assert poll(QUIZ, Question("q", "", "", (ONE,))) is ONE
    assert poll(QUIZ, Question("q", "", "", (SEVERAL,))) is None
    assert poll(SURVEY, Question("q", "", "", (SEVERAL,))) is SEVERAL
    text = TextInteraction("t", (TextAnswer("x"),))
    assert poll(SURVEY, Question("q", "", "", (text,))) is None
    assert poll(SURVEY, Question("q", "", "", (ONE, text))) is None
    assert poll(SURVEY, Question("q", "", "")) is None


def test_the_last_answer_of_each_counts_and_what_is_no_choice_does_not() -> None:
    said = [("awa", "a"), ("bob", "b"), ("awa", "b"), ("eve", "gone"), ("dan", "a[,]b"), ("x", "")]
    assert tallied(ONE, said) == type(tallied(ONE, ()))({"a": 0, "b": 2}, 2)
    both = tallied(SEVERAL, said)
    assert (both.counts, both.answers) == ({"a": 1, "b": 3}, 3)


@pytest.mark.parametrize(
    ("answers", "before", "least", "told"),
    [
        (4, None, 5, False),
        (5, None, 5, True),
        (6, 5, 5, False),  # or the difference would tell what one person answered
        (10, 5, 5, True),
        (0, None, 0, False),
        (1, None, 1, True),
    ],
)
def test_few_answers_are_told_to_nobody(
    answers: int, before: int | None, least: int, told: bool
) -> None:
    responses = [(str(number), "a") for number in range(answers)]
    assert may_be_told(tallied(ONE, responses), before, least) is told
