# SPDX-License-Identifier: Apache-2.0
"""What holds for every question of every kind, whatever it asks and whatever was answered."""

from __future__ import annotations

import random

import msgspec
import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from player.course.interactions import OrderInteraction
from player.course.quiz import Question, decode_quiz
from player.lesson.answers import Answer
from player.lesson.grading import counts, grade
from player.lesson.rules import order
from player.lesson.saying import given_of, response
from player.publish.quizzes import encode_questions
from player.sync.vocabulary import INTERACTIONS
from tests.askable import Asked, any_answer, every_kind, items, with_uploads


def question(*asked: Asked) -> tuple[Question, dict[str, Answer]]:
    """Interactions as one question with an id each, and the right answer to it."""
    named = [msgspec.structs.replace(one, id=f"i{n}") for n, (one, _) in enumerate(asked)]
    right = {f"i{n}": answer for n, (_, answer) in enumerate(asked)}
    return Question("q", "", "", tuple(named)), right


@given(st.lists(every_kind(), min_size=1, max_size=3))
def test_a_fully_right_answer_scores_1(asked: list[Asked]) -> None:
    item, right = question(*asked)
    marked = grade(item, right)
    assert counts(item)
    assert (marked.score, marked.success) == (1.0, True)


@given(every_kind())
def test_nothing_answered_scores_nothing(asked: Asked) -> None:
    item, right = question(asked)
    for blank in ({}, {"i0": ""}, {"i0": []}, {"i0": "  "}):
        assert grade(item, blank).score == 0
    assert not any(response(item, {"i0": type(right["i0"])()})[1:2])


@given(with_uploads(), any_answer())
def test_no_score_leaves_its_bounds_and_marking_never_fails(asked: Asked, answer: Answer) -> None:
    item, _ = question(asked)
    marked = grade(item, {"i0": answer})
    assert marked.unread or marked.score is None or 0 <= marked.score <= 1
    assert marked.success is None or marked.success == (marked.score == 1)
    for part in marked.parts:
        assert part.fraction is None or -1 <= part.fraction <= 1
    kind, said, _ = response(item, {"i0": answer})
    assert kind in INTERACTIONS
    assert isinstance(said, str)


@given(every_kind(), any_answer(), st.randoms(use_true_random=False))
def test_the_order_of_what_is_shown_never_matters(
    asked: Asked, answer: Answer, chance: random.Random
) -> None:
    item, right = question(asked)
    [shown] = item.interactions
    mixed = {}
    for name in ("choices", "sources", "targets", "labels", "zones", "areas", "items", "pairs"):
        if hasattr(shown, name):
            mixed[name] = tuple(chance.sample(getattr(shown, name), len(getattr(shown, name))))
    other = msgspec.structs.replace(item, interactions=(msgspec.structs.replace(shown, **mixed),))
    assert grade(other, right).score == 1
    # one of several that are given where one is asked for: the course's order picks it
    assume(not isinstance(answer, list) or len(answer) < 2)
    assert grade(other, {"i0": answer}).score == grade(item, {"i0": answer}).score


@given(every_kind(), st.randoms(use_true_random=False))
def test_the_order_of_answering_never_matters(asked: Asked, chance: random.Random) -> None:
    item, right = question(asked)
    given_ = right["i0"]
    assume(isinstance(given_, list) and not isinstance(item.interactions[0], OrderInteraction))
    assert isinstance(given_, list)
    first, *rest = given_ if hasattr(item.interactions[0], "rubric") else ["", *given_]
    mixed = [*([first] if first else []), *chance.sample(rest, len(rest))]
    assert grade(item, {"i0": mixed}).score == 1


@given(with_uploads(), any_answer())
def test_marking_is_the_same_each_time_and_after_saving_and_loading(
    asked: Asked, answer: Answer
) -> None:
    item, _ = question(asked)
    [loaded] = decode_quiz(encode_questions((item,)))
    kept = msgspec.json.decode(msgspec.json.encode({"i0": answer}), type=dict[str, str | list[str]])
    assert loaded == item
    assert kept == {"i0": answer}
    assert grade(loaded, kept) == grade(item, {"i0": answer}) == grade(item, {"i0": answer})


@given(every_kind())
def test_what_another_pc_said_is_worth_the_same(asked: Asked) -> None:
    """All that comes back is xAPI's response. A learner's own marks of a text are not in it."""
    item, right = question(asked)
    assume(getattr(item.interactions[0], "scoring", "") != "self")
    said = response(item, right)[1]
    assert grade(item, given_of(item, said)).score == 1
    assert response(item, given_of(item, said))[1] == said


@given(every_kind())
def test_each_answer_in_one_question_counts_the_same(asked: Asked) -> None:
    item, right = question(asked, asked)
    assert grade(item, {"i0": right["i0"]}).score == 0.5


def test_an_order_of_neighbours_says_which_stand_beside_their_own() -> None:
    asked = OrderInteraction("o", items("o", 4), ("o0", "o1", "o2", "o3"), scoring="pairs")
    part = order(asked, ["o3", "o0", "o1", "o2"])
    assert part.fraction == pytest.approx(2 / 3)
    assert (part.right, part.wrong) == (("o0", "o1", "o2"), ("o3",))
