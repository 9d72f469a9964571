# SPDX-License-Identifier: Apache-2.0
"""What chance decides follows from the seed alone."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from player.course.interactions import (
    Choice,
    ChoiceInteraction,
    ClozeInteraction,
    FormulaAnswer,
    FormulaInteraction,
    TextAnswer,
    TextInteraction,
)
from player.course.quiz import Drawn, Pool, Question, asked_of
from player.lesson.drawing import drawn, filled, lot, values_of
from player.lesson.grading import grade

SEEDS = st.text(max_size=12)


def test_a_lot_is_the_same_on_every_computer() -> None:
    assert lot("attempt", "a") == 0.3694319404647821
    assert lot("attempt", "b") != lot("attempt", "a") != lot("other", "a")


@given(SEEDS, st.integers(-50, 50), st.integers(0, 100), st.sampled_from([0.1, 0.25, 1, 3]))
def test_a_drawn_number_is_one_of_the_steps(seed: str, low: int, width: int, step: float) -> None:
    value = values_of([Drawn("a", low, low + width, step)], seed)["a"]
    assert low <= value <= low + width
    assert abs((value - low) / step - round((value - low) / step)) < 1e-6


@pytest.mark.parametrize(
    "asked", [Drawn("a", -1.7e308, 1.7e308, 5e-324), Drawn("a", 1, 1e300, 1e-300), Drawn("a", 9, 1)]
)
def test_whatever_a_course_asks_for_a_number_is_drawn(asked: Drawn) -> None:
    value = values_of([asked], "seed")["a"]
    assert min(asked.low, asked.high) <= value <= max(asked.low, asked.high)


@given(SEEDS)
def test_rows_of_a_table_are_drawn_together(seed: str) -> None:
    """Moodle: values of one data set row belong together."""
    rows = [Drawn("a", values=(1, 2, 3), set="r"), Drawn("b", values=(10, 20, 30), set="r")]
    values = values_of(rows, seed)
    assert values["b"] == 10 * values["a"]


def rectangle() -> Question:
    return Question(
        "area",
        "Area",
        "<p>{a} m by {b} m?</p>",
        (FormulaInteraction("r", (FormulaAnswer("a*b", feedback="{=a*b} m²"),), unit="m²"),),
        variables=(Drawn("a", 2, 9), Drawn("b", 2, 9, 0.5)),
    )


@given(SEEDS)
def test_the_answer_follows_the_numbers_drawn(seed: str) -> None:
    question = filled(rectangle(), seed)
    values = values_of(rectangle().variables, f"{seed}/area")
    area = values["a"] * values["b"]
    assert question.body == f"<p>{values['a']:g} m by {values['b']:g} m?</p>"
    marked = grade(question, {"r": f"{area:g}".replace(".", ",") + " m²"})
    assert (marked.score, marked.parts[0].feedback) == (1, f"{area:g} m²")
    assert grade(question, {"r": f"{area + 1:g}"}).score == 0
    assert filled(rectangle(), seed) == question
    assert question.variables == ()


def test_what_is_no_variable_stays_as_it_is_written() -> None:
    gaps = (TextInteraction("g", (TextAnswer("{x}"),)),)
    question = Question(
        *("q", "", "<p>{a} {b} {=1/0} {{g}}</p>"),
        (
            ClozeInteraction("c", "{{g}} = {a}", gaps),
            ChoiceInteraction("d", (Choice("a", "{a}"),)),
        ),
        variables=(Drawn("a", values=(1.5,)),),
    )
    done = filled(question, "seed")
    cloze, choice = done.interactions
    assert done.body == "<p>1.5 {b} {=1/0} {{g}}</p>"
    assert isinstance(cloze, ClozeInteraction)
    assert (cloze.text, cloze.gaps) == ("{{g}} = 1.5", gaps)
    assert isinstance(choice, ChoiceInteraction)
    assert choice.choices == (Choice("a", "1.5"),)


@given(SEEDS, st.integers(1, 9))
def test_a_pool_gives_as_many_as_it_says_in_their_order(seed: str, take: int) -> None:
    """QTI `selection`, Open edX `library_content`, Moodle's random questions."""
    pool = Pool("p", take)
    before, after = Question("before", "", ""), Question("after", "", "")
    many = [Question(f"q{n}", "", "", pool=pool) for n in range(6)]
    asked = drawn([before, *many, after], seed)
    assert [asked[0].id, asked[-1].id] == ["before", "after"]
    assert len(asked) == 2 + min(take, 6)
    ids = [one.id for one in asked[1:-1]]
    assert ids == sorted(ids)
    assert drawn([before, *many, after], seed) == asked


def test_learners_get_different_ones() -> None:
    many = [Question(f"q{n}", "", "", pool=Pool("p", 1)) for n in range(6)]
    assert len({drawn(many, str(seed))[0].id for seed in range(60)}) == 6


@pytest.mark.parametrize("seed", ["one", "two", "three"])
def test_as_many_are_asked_as_the_manifest_says(seed: str) -> None:
    asks = (ChoiceInteraction("c", (Choice("a", "A", 1.0),)),)
    pools = [("p", 2, 3), ("q", 5, 2)]
    questions = [
        Question(f"{id_}{n}", "", "", asks, pool=Pool(id_, take))
        for id_, take, count in pools
        for n in range(count)
    ]
    questions += [Question("text", "", ""), Question("alone", "", "", asks)]
    found = [one for one in drawn(questions, seed) if one.interactions]
    assert asked_of(questions) == len(found) == 2 + 2 + 1
