# SPDX-License-Identifier: Apache-2.0
"""Worked examples of the standards, by the name that they have there.

QTI: the example items of the IMS specification ("QTI 3.0 Beginner's Guide", the 2.x examples with
the same contents), with the scores that the tests of Citolab/qti-scoring-engine expect of them
(`ScoringEngine.Tests/ResponseProcessingTests/ItemTypes`). Their values are raw points; ours are
shares of the greatest. `equalRounded`: oat-sa/qti-sdk has the specification's numbers.
Open edX: `capa/responsetypes.py` (`grade_via_every_decision_counts`, `grade_via_halves`,
`ChoiceResponse.get_score` for the empty set). Moodle: `question/type/ordering/tests/
question_test.php`, and the examples of `question/format/gift`.
"""

from __future__ import annotations

import pytest

from player.course import ranges
from player.course.interactions import (
    Area,
    Choice,
    ChoiceInteraction,
    ClozeInteraction,
    FormulaAnswer,
    FormulaInteraction,
    Free,
    FreeTextInteraction,
    HotspotInteraction,
    ImageDragInteraction,
    Interaction,
    Item,
    MatchInteraction,
    NumberAnswer,
    NumberInteraction,
    OrderInteraction,
    Pair,
    TextAnswer,
    TextInteraction,
)
from player.course.quiz import Question
from player.lesson.answers import Answer
from player.lesson.grading import counts, grade


def score(interaction: Interaction, answer: Answer) -> float | None:
    question = Question("q", "", "", (interaction,))
    return grade(question, {interaction.id: answer}).score


def named(*ids: str) -> tuple[Item, ...]:
    return tuple(Item(one, one) for one in ids)


# QTI


@pytest.mark.parametrize(
    ("chosen", "points"),
    [("h o", 2), ("h", 1), ("h o cl", 1), ("h o he", 0), ("cl", 0), ("h o c n he cl", 0), ("", 0)],
)
def test_qti_choice_multiple_composition_of_water(chosen: str, points: float) -> None:
    """H 1, O 1, Cl -1, `defaultValue` -2, `lowerBound` 0, `upperBound` 2."""
    worth = {"h": 1, "he": -2, "c": -2, "o": 1, "n": -2, "cl": -1}
    choices = tuple(Choice(one, one, points / 2) for one, points in worth.items())
    water = ChoiceInteraction("r", choices, multiple=True)
    assert score(water, chosen.split()) == points / 2


def shakespeare() -> MatchInteraction:
    """C R 1, D M 0.5, L M 0.5, P T 1, `defaultValue` 0; 3 points in all."""
    pairs = (Pair("c", "r"), Pair("d", "m", 0.5), Pair("l", "m", 0.5), Pair("p", "t"))
    return MatchInteraction(
        *("r", named("c", "d", "l", "p"), named("m", "r", "t"), pairs), per_source=1, per_target=4
    )


@pytest.mark.parametrize(
    ("made", "points"),
    [
        (["c r", "d m", "l m", "p t"], 3),
        (["c r", "d m", "l t", "p t"], 2.5),
        (["d m", "l m"], 1),
        (["c m", "d r"], 0),
        (["c r", "c r", "c r"], 1),  # map_response counts each distinct value once
    ],
)
def test_qti_match_characters_and_plays(made: list[str], points: float) -> None:
    assert score(shakespeare(), made) == pytest.approx(points / 3)


@pytest.mark.parametrize(
    ("made", "points"),
    [
        (["w g1", "su g2"], 3),
        (["su g2"], 2),
        (["sp g1", "su g2"], 1),
        (["w g1", "sp g2"], 0),
        (["w g1"], 1),
        (["a g1", "sp g2"], 0),
    ],
)
def test_qti_gap_match_richard_iii(made: list[str], points: float) -> None:
    """W G1 1, Su G2 2, `defaultValue` -1, `lowerBound` 0."""
    pairs = (Pair("w", "g1"), Pair("su", "g2", 2))
    words = MatchInteraction(
        *("r", named("w", "sp", "su", "a"), named("g1", "g2"), pairs),
        per_target=1,
        default=-1,
        out_of=3,
    )
    assert score(words, made) == pytest.approx(points / 3)


def test_qti_order_grand_prix() -> None:
    """`match_correct`: DriverC, DriverA, DriverB and nothing else."""
    race = OrderInteraction("r", named("a", "b", "c"), ("c", "a", "b"))
    assert score(race, ["c", "a", "b"]) == 1
    assert score(race, ["c", "b", "a"]) == 0
    assert score(race, ["c", "a"]) == 0


@pytest.mark.parametrize(
    ("point", "points"),
    [("102 113", 1), ("110 113", 1), ("118 113", 1), ("119 113", 0), ("114 125", 0), ("0 0", 0)],
)
def test_qti_select_point_edinburgh(point: str, points: float) -> None:
    """`areaMapEntry` circle 102,113,16 for 1 point, `defaultValue` 0."""
    areas = (Area("edinburgh", "circle", (102, 113, 16)),)
    assert score(HotspotInteraction("r", "uk.png", 196, 280, areas), [point]) == points


def test_qti_map_response_point_counts_an_area_once_and_misses_each() -> None:
    areas = (Area("a", "rect", (0, 0, 10, 10)), Area("b", "rect", (20, 0, 30, 10)))
    asked = HotspotInteraction("r", "a.png", 99, 99, areas, 4, default=-0.5)
    assert score(asked, ["5 5", "25 5"]) == 1
    assert score(asked, ["5 5", "6 6"]) == 0.5
    assert score(asked, ["5 5", "25 5", "50 50", "60 60"]) == 0.5


def test_qti_graphic_gap_match_low_cost_flying() -> None:
    """Three airport codes on a map, `defaultValue` -1, `lowerBound` 0."""
    zones = tuple(Area(one, "circle", (n * 20, 9, 8)) for n, one in enumerate("abc"))
    pairs = (Pair("gla", "a"), Pair("edi", "b"), Pair("man", "c"))
    flying = ImageDragInteraction(
        *("r", "uk.png", 206, 280, named("cbg", "ebg", "edi", "gla", "man", "mch"), zones, pairs),
        per_target=1,
        default=-1,
    )
    assert score(flying, ["gla a", "edi b", "man c"]) == 1
    assert score(flying, ["gla a", "edi b", "mch c"]) == pytest.approx(1 / 3)
    assert score(flying, ["cbg a", "ebg b", "man c"]) == 0


def test_qti_text_entry_richard_iii() -> None:
    """York 1, york 0.5: `caseSensitive`."""
    answers = (TextAnswer("York", case=True), TextAnswer("york", 0.5, case=True))
    york = TextInteraction("r", answers)
    assert [score(york, one) for one in ("York", "york", "YORK", " York ")] == [1, 0.5, 0, 1]


def test_qti_inline_choice_richard_iii() -> None:
    gap = ChoiceInteraction("g", (Choice("g", "Gloucester"), Choice("l", "Lancaster"))).choices
    york = ChoiceInteraction("g", (*gap, Choice("y", "York", 1.0)))
    asked = ClozeInteraction("r", "<p>…by this sun of {{g}};</p>", (york,))
    assert [score(asked, [one]) for one in ("g y", "g l")] == [1, 0]


def test_qti_extended_text_is_marked_by_somebody() -> None:
    asked = FreeTextInteraction("r")
    assert score(asked, "Dear Sam,") is None
    assert not counts(Question("q", "", "", (asked,)))


@pytest.mark.parametrize(("other", "equal"), [(3.183, True), (3.175, True), (3.1749, False)])
def test_qti_equal_rounded_to_three_significant_figures(other: float, equal: bool) -> None:
    low, high = ranges.figures(3.175, 3)
    assert (low <= other <= high) is equal


@pytest.mark.parametrize(
    ("value", "count", "inside", "outside"),
    [
        (1, 3, (0.9995, 1.0049), (0.99949, 1.005)),
        (-3.175, 3, (-3.175, -3.1849), (-3.1749, -3.185)),
        (1.5, 1, (1.5, 2.49), (1.49, 2.5)),
        (123456, 2, (115000, 124999), (114999, 125000)),
        (0, 2, (0,), (1e-9,)),
    ],
)
def test_significant_figures_are_a_range(
    value: float, count: int, inside: tuple[float, ...], outside: tuple[float, ...]
) -> None:
    low, high = ranges.figures(value, count)
    assert all(low <= one <= high for one in inside)
    assert not any(low <= one <= high for one in outside)


@pytest.mark.parametrize(("other", "equal"), [(1.56, True), (1.565, False), (1.5549, False)])
def test_qti_equal_rounded_to_two_decimal_places(other: float, equal: bool) -> None:
    low, high = ranges.places(1.5572, 2)
    assert (low <= other <= high) is equal


def test_qti_equal_with_tolerances_and_open_ends() -> None:
    """`equal`: `absolute` and `relative`, `includeLowerBound` and `includeUpperBound`."""
    assert ranges.around(3.1415, 0.0005) == (3.141, 3.142)
    assert ranges.percent(200, 10) == (180, 220)
    low, high = ranges.between(1, 2, above=True)
    assert not low <= 1 <= high
    assert (low, high) == (1.0000000000000002, 2)
    assert ranges.between(1, 2, below=True)[1] < 2


# Open edX


def test_open_edx_number_has_a_tolerance_of_a_thousandth_of_a_per_cent() -> None:
    low, high = ranges.percent(9.3 * 10**7, 0.001)
    asked = NumberInteraction("r", (NumberAnswer(low, high),))
    assert score(asked, "93 000 900") == 1
    assert score(asked, "93 001 000") == 0


@pytest.mark.parametrize(
    ("chosen", "edc", "halves"),
    [("a c", 1, 1), ("a", 0.8, 0.5), ("a c b", 0.8, 0.5), ("a b", 0.6, 0.25), ("b d", 0.2, 0)],
)
def test_open_edx_checkboxes_with_partial_credit(chosen: str, edc: float, halves: float) -> None:
    """Every decision counts, and halves: five choices, two of them right."""
    choices = tuple(Choice(one, one, 0.5 if one in "ac" else 0.0) for one in "abcde")
    for rule, expected in (("edc", edc), ("halves", halves)):
        asked = ChoiceInteraction("r", choices, multiple=True, scoring=rule)
        assert score(asked, chosen.split()) == pytest.approx(expected)


def test_open_edx_an_empty_set_of_checkboxes_is_wrong() -> None:
    choices = (Choice("a", "a"), Choice("b", "b"))
    for rule in ("exact", "edc", "halves"):
        assert score(ChoiceInteraction("r", choices, multiple=True, scoring=rule), []) == 0


@pytest.mark.parametrize(
    ("typed", "right"),
    [("R_1*R_2/R_3", 1), ("(R_2/R_3)*R_1", 1), ("R_1*R_2*R_3", 0), ("r_1*r_2/r_3", None), ("7", 0)],
)
def test_open_edx_formula_response(typed: str, right: float | None) -> None:
    """Ten samples, 0.001 % apart at the most; names mind capital letters."""
    free = (Free("R_1", 1, 5), Free("R_2", 1, 5), Free("R_3", 1, 5))
    asked = FormulaInteraction("r", (FormulaAnswer("R_1*R_2/R_3"),), free)
    assert score(asked, typed) == right


def test_open_edx_image_response_takes_any_of_its_regions() -> None:
    """`rectangle="(10,10)-(20,30);(40,10)-(60,30)"` and a polygon of `regions`."""
    areas = (
        Area("a", "rect", (10, 10, 20, 30)),
        Area("b", "rect", (40, 10, 60, 30)),
        Area("c", "poly", (70, 10, 90, 10, 80, 30)),
    )
    asked = HotspotInteraction("r", "a.png", 100, 100, areas)
    clicks = ["20 30", "50 20", "80 29", "70 10", "30 20", "71 30"]
    assert [score(asked, [one]) for one in clicks] == [1, 1, 1, 1, 0, 0]


# Moodle


@pytest.mark.parametrize(
    ("made", "mark"), [("cat kit|dog pup|cow calf", 1), ("cat kit|dog calf", 1 / 3), ("cat pup", 0)]
)
def test_moodle_matching_gives_each_pair_the_same(made: str, mark: float) -> None:
    pairs = (Pair("cat", "kit"), Pair("dog", "pup"), Pair("cow", "calf"))
    asked = MatchInteraction(
        "r", named("cat", "dog", "cow"), named("kit", "pup", "calf", "cub"), pairs
    )
    assert score(asked, made.split("|")) == pytest.approx(mark)


@pytest.mark.parametrize(
    ("put", "exact", "positions", "pairs"),
    [
        ("Modular Object Oriented Dynamic Learning Environment", 1, 1, 1),
        ("Environment Learning Dynamic Oriented Object Modular", 0, 0, 0),
        ("Environment Object Oriented Dynamic Learning Modular", 0, 4 / 6, 0.6),
        ("Oriented Object Dynamic Learning Environment Modular", 0, 1 / 6, 0.4),
    ],
)
def test_moodle_ordering(put: str, exact: float, positions: float, pairs: float) -> None:
    """`All or nothing`, `Absolute position`, `Relative to the next item (excluding last)`."""
    words = ["Modular", "Object", "Oriented", "Dynamic", "Learning", "Environment"]
    for rule, expected in (("exact", exact), ("positions", positions), ("pairs", pairs)):
        asked = OrderInteraction("r", named(*words), tuple(words), scoring=rule)
        assert score(asked, put.split()) == pytest.approx(expected)


@pytest.mark.parametrize(("rule", "share"), [("exact", 0), ("positions", 0.5), ("pairs", 1 / 3)])
def test_what_was_left_out_of_an_order_is_lost(rule: str, share: float) -> None:
    asked = OrderInteraction("r", named(*"abcd"), tuple("abcd"), scoring=rule)
    assert score(asked, ["a", "b"]) == pytest.approx(share)


def test_moodle_cloze_weighs_its_gaps() -> None:
    """`{1:MULTICHOICE:…} {2:SHORTANSWER:…} {1:NUMERICAL:=23.8:0.1}`."""
    gaps = (
        ChoiceInteraction("a", (Choice("x", "Wrong"), Choice("y", "Right", 1.0))),
        TextInteraction("b", (TextAnswer("Berlin"), TextAnswer("*", 0.0, "No."))),
        NumberInteraction("c", (NumberAnswer(*ranges.around(23.8, 0.1)),)),
    )
    asked = ClozeInteraction("r", "{{a}} {{b}} {{c}}", gaps, {"b": 2})
    assert score(asked, ["a y", "b berlin", "c 23,7"]) == 1
    assert score(asked, ["b Berlin"]) == 0.5
    assert score(asked, ["a y", "b Bonn", "c 23.69"]) == 0.25
    marked = grade(Question("q", "", "", (asked,)), {"r": ["c many", "b Bonn"]})
    assert marked.unread == ("r c",)


def test_moodle_numerical_takes_the_best_of_nested_tolerances() -> None:
    """GIFT: `{#=%100%1822:0 =%50%1822:2}`, U. S. Grant's year of birth."""
    tolerances = ((0, 1.0), (2, 0.5))
    answers = tuple(NumberAnswer(*ranges.around(1822, step), share) for step, share in tolerances)
    grant = NumberInteraction("r", answers)
    assert [score(grant, one) for one in ("1822", "1824", "1825")] == [1, 0.5, 0]


def test_moodle_short_answer_knows_one_wildcard() -> None:
    asked = TextInteraction("r", (TextAnswer("ra*bow"), TextAnswer(r"a\*b")))
    assert [score(asked, one) for one in ("Rainbow", "rain", "a*b", "axb")] == [1, 0, 1, 0]


# H5P


def test_h5p_multi_choice_takes_a_point_for_each_wrong_one_and_stops_at_nothing() -> None:
    choices = tuple(Choice(one, one, 0.5 if one in "ab" else -0.5) for one in "abcd")
    asked = ChoiceInteraction("r", choices, multiple=True)
    assert [score(asked, list(one)) for one in ("ab", "abc", "a", "cd")] == [1, 0.5, 0.5, 0]


def test_h5p_drag_question_with_penalties() -> None:
    """`applyPenalties`: a label on a wrong zone costs what a right one earns."""
    zones = (Area("x", "rect", (0, 0, 9, 9)), Area("y", "rect", (10, 0, 19, 9)))
    asked = ImageDragInteraction(
        *("r", "a.png", 20, 10, named("a", "b", "c"), zones),
        (Pair("a", "x"), Pair("b", "y")),
        default=-1,
    )
    assert score(asked, ["a x", "b y"]) == 1
    assert score(asked, ["a x", "b y", "c y"]) == 0.5


def test_h5p_image_sequencing_counts_places() -> None:
    asked = OrderInteraction("r", named(*"abc"), tuple("abc"), scoring="positions")
    assert score(asked, list("acb")) == pytest.approx(1 / 3)
