# SPDX-License-Identifier: Apache-2.0
"""Marks by the rules of docs/format.md."""

from __future__ import annotations

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st

from player.course.interactions import (
    Choice,
    ChoiceInteraction,
    Interaction,
    NumberAnswer,
    NumberInteraction,
    TextAnswer,
    TextInteraction,
    Unsupported,
)
from player.course.quiz import Question
from player.lesson.grading import Given, counts, grade, points_of
from player.lesson.saying import given_of, response


def asking(*interactions: Interaction, weight: float = 1.0) -> Question:
    return Question(id="q", title="Q", body="", interactions=interactions, weight=weight)


def choosing(scoring: str, *fractions: float, multiple: bool = True) -> Question:
    choices = tuple(
        Choice(id=f"c{index}", text=f"<b>C{index}</b>", fraction=share, feedback=f"said {index}")
        for index, share in enumerate(fractions)
    )
    return asking(ChoiceInteraction(id="i", choices=choices, multiple=multiple, scoring=scoring))


def score(question: Question, *chosen: int) -> float | None:
    return grade(question, {"i": [f"c{index}" for index in chosen]}).score


def test_map_adds_fractions_up_and_cuts() -> None:
    question = choosing("map", 0.5, 0.5, -0.5, -1)
    assert score(question, 0) == 0.5
    assert score(question, 0, 1) == 1
    assert score(question, 0, 1, 2) == 0.5
    assert score(question, 2, 3) == 0
    assert score(question) == 0


@pytest.mark.parametrize("third", [0.3333333, 0.33333, 1 / 3])
def test_moodles_three_thirds_are_a_whole(third: float) -> None:
    """Moodle writes a third as 33.33333 %: all three are right, not nearly right."""
    question = choosing("map", third, third, third, -third)
    whole = grade(question, {"i": ["c0", "c1", "c2"]})
    assert (whole.score, whole.success) == (1.0, True)
    assert score(question, 0, 1) == pytest.approx(2 / 3, abs=1e-4)
    assert score(question, 0, 3) == 0


@pytest.mark.parametrize(
    ("chosen", "expected"),
    [((0, 1), 1.0), ((0,), 0.5), ((0, 1, 2), 0.75), ((0, 1, 2, 3), 0.5), ((2, 3), 0.0)],
)
def test_moodles_worked_weights(chosen: tuple[int, ...], expected: float) -> None:
    """Two right at 50 %, two wrong at -25 %: docs.moodle.org, "Multiple choice question type"."""
    assert score(choosing("map", 0.5, 0.5, -0.25, -0.25), *chosen) == expected


def test_exact_is_all_or_nothing() -> None:
    question = choosing("exact", 1, 1, 0, -1)
    assert score(question, 0, 1) == 1
    assert score(question, 0) == 0
    assert score(question, 0, 1, 2) == 0
    assert score(choosing("exact", 0, 0)) == 0  # nothing chosen is always 0


def test_edc_is_the_share_of_right_decisions() -> None:
    question = choosing("edc", 1, 1, 0, 0, 0)
    assert score(question, 0, 1) == 1
    assert score(question, 0) == 0.8
    assert score(question, 2, 3, 4) == 0
    assert score(question) == 0  # though three decisions were right


def test_halves_halve_for_one_error_and_quarter_for_two() -> None:
    five = choosing("halves", 1, 1, 0, 0, 0)
    assert [score(five, 0, 1), score(five, 0), score(five, 0, 2), score(five, 2)] == [
        1, 0.5, 0.25, 0,
    ]  # fmt: skip
    four = choosing("halves", 1, 1, 0, 0)
    assert [score(four, 0), score(four, 0, 2)] == [0.5, 0]
    two = choosing("halves", 1, 0)
    assert [score(two, 0), score(two, 0, 1), score(two)] == [1, 0, 0]


def test_where_one_is_to_be_picked_one_counts() -> None:
    question = choosing("map", 0, 1, 1, multiple=False)
    assert grade(question, {"i": "c1"}).score == 1
    assert grade(question, {"i": ["c0", "c1"]}).score == 0


def test_a_part_tells_right_from_wrong_and_what_to_say() -> None:
    part = grade(choosing("map", 1, 0, -1), {"i": ["c2", "c0"]}).parts[0]
    assert (part.right, part.wrong) == (("c0",), ("c2",))
    assert part.feedback == "<div>said 0</div><div>said 2</div>"
    assert grade(choosing("map", 1), {"i": "c0"}).parts[0].feedback == "said 0"


def test_the_first_text_that_fits_counts() -> None:
    question = asking(
        TextInteraction(
            id="i",
            answers=(
                TextAnswer(text="Lyon", fraction=0.0, feedback="Non."),
                TextAnswer(text="*yon", fraction=0.5, feedback="Presque."),
                TextAnswer(text="Paris"),
            ),
            feedback="Cherchez encore.",
        )
    )
    told = [
        (grade(question, {"i": typed}).score, grade(question, {"i": typed}).parts[0].feedback)
        for typed in ("lyon", "Bayon", "PARIS", "Rome", "")
    ]
    assert told == [(0, "Non."), (0.5, "Presque."), (1, ""), (0, "Cherchez encore."), (0, "")]


def number() -> Question:
    return asking(
        NumberInteraction(
            id="i",
            answers=(
                NumberAnswer(low=9, high=11, fraction=0.5, feedback="À peu près."),
                NumberAnswer(low=9.8, high=9.82, feedback="Oui."),
            ),
            feedback="Non.",
            unit="m/s²",
        )
    )


@pytest.mark.parametrize(
    ("typed", "expected"),
    [("9,8", 1), ("9.82 m/s²", 1), ("9.8201", 0.5), ("11", 0.5), ("11.01", 0), ("", 0)],
)
def test_the_best_range_that_holds_the_number_counts(typed: str, expected: float) -> None:
    assert grade(number(), {"i": typed}).score == expected


def test_what_is_no_number_is_refused_and_not_marked() -> None:
    refused = grade(number(), {"i": "environ dix"})
    assert refused.unread == ("i",)
    assert (refused.score, refused.success, refused.parts) == (None, None, ())


def test_a_question_is_the_mean_of_its_interactions() -> None:
    first = choosing("map", 1, -1).interactions[0]
    second = TextInteraction(id="t", answers=(TextAnswer(text="a", fraction=0.5),))
    assert grade(asking(first, second), {"i": "c0", "t": "a"}).score == 0.75
    assert grade(asking(first, second), {"t": "a"}).score == 0.25
    assert grade(asking(first, second), {}).score == 0


def test_what_is_not_known_here_is_left_out_of_the_points() -> None:
    later = asking(choosing("map", 1).interactions[0], Unsupported(id="u", kind="hotspot"))
    ruled = choosing("a later rule", 1)
    for question in (later, ruled, asking()):
        assert not counts(question)
        assert grade(question, {"i": "c0"}).score is None
    assert grade(later, {"i": "c0"}).parts[0].fraction == 1
    assert points_of([later, ruled, asking(), number()], {"q": 0.5}) == (0.5, 1)


def test_weights_make_points() -> None:
    questions = [
        msgspec.structs.replace(choosing("map", 1), id="a", weight=3),
        msgspec.structs.replace(choosing("map", 1), id="b", weight=0.5),
        msgspec.structs.replace(choosing("map", 1), id="c", weight=0),
    ]
    assert points_of(questions, {"a": 0.5, "c": 1, "gone": 1}) == (1.5, 3.5)
    assert points_of([], {}) == (0, 0)


def test_answers_are_said_as_xapi_has_them() -> None:
    chosen = response(choosing("map", 1, 0, 1), {"i": ["c2", "c0"]})
    assert chosen == ("choice", "c0[,]c2", {"c0": "C0", "c1": "C1", "c2": "C2"})
    text = asking(TextInteraction(id="i", answers=()))
    assert response(text, {"i": "  à  Paris "}) == ("fill-in", "à Paris", {})
    assert response(number(), {"i": "1 009,810 m/s²"}) == ("numeric", "1009.81", {})
    assert response(number(), {"i": "−3"}) == ("numeric", "-3", {})
    later = asking(Unsupported(id="u", kind="hotspot"))
    assert response(later, {"u": "(1,2)"}) == ("other", "(1,2)", {})
    both = asking(number().interactions[0], TextInteraction(id="t", answers=()))
    kind, said, _ = response(both, {"i": "1", "t": "é"})
    assert (kind, msgspec.json.decode(said)) == ("other", {"i": "1", "t": "é"})


def test_a_choice_of_pictures_is_told_by_its_id() -> None:
    choices = (
        Choice(id="a", text='<img src="x.png">'),
        Choice(id="b", text="<p>x &lt; <i>y</i></p>"),
    )
    question = asking(ChoiceInteraction(id="i", choices=choices))
    assert response(question, {"i": "b"}) == ("choice", "b", {"a": "a", "b": "x < y"})


fractions = st.lists(st.floats(-1, 1), min_size=1, max_size=8)


@given(fractions, st.sampled_from(["map", "exact", "edc", "halves"]), st.data())
def test_a_mark_is_between_0_and_1_and_success_is_1(
    shares: list[float], scoring: str, data: st.DataObject
) -> None:
    question = choosing(scoring, *shares)
    chosen = data.draw(st.sets(st.integers(0, len(shares) - 1)))
    marked = grade(question, {"i": [f"c{index}" for index in chosen]})
    assert marked.score is not None
    assert 0 <= marked.score <= 1
    assert marked.success is (marked.score == 1)
    assert chosen or marked.score == 0


@given(fractions.filter(lambda shares: max(shares) > 0))
def test_choosing_all_that_is_right_and_nothing_else_is_never_bettered(
    shares: list[float],
) -> None:
    right = [index for index, share in enumerate(shares) if share > 0]
    for scoring in ("exact", "edc", "halves"):
        assert score(choosing(scoring, *shares), *right) == 1
    best = score(choosing("map", *shares), *right)
    assert best is not None
    assert best >= (score(choosing("map", *shares), *range(len(shares))) or 0)


@given(st.dictionaries(st.sampled_from(["i", "x"]), st.text() | st.lists(st.text())))
def test_no_answer_makes_marking_fail(given_: dict[str, str | list[str]]) -> None:
    text = asking(TextInteraction(id="i", answers=(TextAnswer(text="*a*"),)))
    for question in (choosing("map", 1, 0), number(), text, asking()):
        grade(question, given_)
        kind, said, _ = response(question, given_)
        assert kind
        assert isinstance(said, str)


TYPED = asking(TextInteraction(id="t", answers=()))
TWO = asking(TextInteraction(id="a", answers=()), TextInteraction(id="b", answers=()))


@pytest.mark.parametrize(
    ("question", "given"),
    [
        (choosing("map", 1, 0, 1), {"i": ["c0", "c2"]}),
        (TYPED, {"t": "Thiès, Dakar"}),
        (asking(NumberInteraction(id="n", answers=())), {"n": "9.81"}),
        (
            TWO,
            {"a": "1", "b": ["2"]},
        ),
        (TYPED, {}),
    ],
)
def test_what_was_given_comes_back_from_the_response(question: Question, given: Given) -> None:
    said = response(question, given)[1]
    back = given_of(question, said)
    assert response(question, back)[1] == said
    assert grade(question, back) == grade(question, given)


@pytest.mark.parametrize("said", ["nonsense", "[1]", '{"a":1}', "NaN"])
def test_a_response_that_says_nothing_gives_nothing(said: str) -> None:
    assert given_of(TWO, said) == {}
