# SPDX-License-Identifier: Apache-2.0
"""What a learner typed, read kindly and exactly."""

from __future__ import annotations

import math

import pytest
from hypothesis import given
from hypothesis import strategies as st

from player.course.interactions import Choice, ChoiceInteraction, Item, MatchInteraction
from player.lesson.answers import chosen_of, fits, number_of, pairs_of

NARROW, NO_BREAK = "\N{NARROW NO-BREAK SPACE}", "\N{NO-BREAK SPACE}"


@pytest.mark.parametrize(
    ("typed", "number"),
    [
        ("9.81", 9.81),
        ("9,81", 9.81),
        (" 42 ", 42),
        ("+3", 3),
        ("-3", -3),
        ("\N{MINUS SIGN}3,5", -3.5),
        ("1e3", 1000),
        ("1,5E-2", 0.015),
        (".5", 0.5),
        (",5", 0.5),
        ("5,", 5),
        ("12 345", 12345),
        (f"12{NO_BREAK}345,6", 12345.6),
        (f"1{NARROW}234{NARROW}567", 1234567),
        ("1,000", 1),  # a comma is a decimal comma
        ("007", 7),
        ("12’345’678", 12345678),  # Swiss
        ("١٢٫٥", 12.5),  # Arabic-Indic
        ("١٬٢٣٤٬٥٦٧", 1234567),
        ("۳٫۱۴", 3.14),  # Persian
        ("\N{RIGHT-TO-LEFT MARK}-5", -5),
        ("1,5×10^3", 1500),
        ("1.5 × 10 ^ -2", 0.015),
        ("6,02·10²³", 6.02e23),
        ("2 x 10⁻³", 0.002),
    ],
)
def test_numbers_as_people_write_them(typed: str, number: float) -> None:
    assert number_of(typed) == number


@pytest.mark.parametrize(
    "typed",
    ["", " ", "dix", "1,234.5", "1.2.3", "12 34", "1 2", "1e", "e3", "-", ".", ",", "+-1", "--1",
     "1e999", "nan", "inf", "Infinity", "0x10", "1_000", "3 m", "1/2", "1 2345", "1e99999"],
)  # fmt: skip
def test_what_is_no_number_is_none(typed: str) -> None:
    assert number_of(typed) is None


@pytest.mark.parametrize(
    ("typed", "number"),
    [("3/4", 0.75), ("-3/4", -0.75), ("1 3/4", 1.75), ("3 / 4", 0.75), ("3⁄4", 0.75), ("0,5", 0.5)],
)
def test_fractions_where_they_are_allowed(typed: str, number: float) -> None:
    assert number_of(typed, fractions=True) == number


@pytest.mark.parametrize("typed", ["1/0", "/4", "3/", "1/2/3", "1.5/2", "a/b"])
def test_what_is_no_fraction_is_none(typed: str) -> None:
    assert number_of(typed, fractions=True) is None


def test_the_unit_may_be_typed_along() -> None:
    assert number_of("9,81 m/s²", "m/s²") == 9.81
    assert number_of("12%", "%") == 12
    assert number_of("12 kg", "m") is None
    assert number_of("m", "m") is None


@given(st.floats(allow_nan=False, allow_infinity=False, width=32))
def test_every_number_is_read_as_it_is_written_with_point_or_comma(number: float) -> None:
    assert number_of(repr(number)) == number == number_of(repr(number).replace(".", ","))


@given(st.text())
def test_no_text_makes_reading_a_number_fail(text: str) -> None:
    found = number_of(text, text[:2])
    assert found is None or math.isfinite(found)


@pytest.mark.parametrize(
    ("pattern", "typed", "case", "right"),
    [
        ("Paris", "paris", False, True),
        ("Paris", "paris", True, False),
        ("Paris", "  Paris\n", True, True),
        ("le  chat noir", "le chat\tnoir", True, True),
        ("e\u0301cole", "école", True, True),
        ("École", "école", False, True),
        ("Straße", "STRASSE", False, True),
        ("*chat*", "un chat noir", False, True),
        ("chat*", "un chat", False, False),
        ("*chat", "un chat", False, True),
        ("a*b*c", "a-x-b-y-c", False, True),
        ("a*b*c", "acb", False, False),
        ("ab*ba", "aba", False, False),  # the ends may not overlap
        ("*", "quoi que ce soit", False, True),
        (r"2\*3", "2*3", False, True),
        (r"2\*3", "2 x 3", False, False),
        (r"\*", "*", False, True),
        (r"a\*b*", "a*b et plus", False, True),
        ("a.c", "abc", False, False),  # no regular expression
        ("", "x", False, False),
    ],
)
def test_texts_fit_patterns(pattern: str, typed: str, case: bool, right: bool) -> None:
    assert fits(pattern, typed, case=case) is right


plain = st.text(st.characters(exclude_characters="*\\", exclude_categories=("Cs", "M")))


@given(plain, plain, plain, st.booleans())
def test_a_star_stands_for_any_run_of_characters(
    before: str, between: str, after: str, case: bool
) -> None:
    """Around letters, so that nothing folds or composes across the star's edges."""
    assert fits(f"{before}x*x{after}", f"{before}x{between}x{after}", case=case)


@given(plain, st.booleans())
def test_every_text_fits_itself(text: str, case: bool) -> None:
    assert fits(text, text, case=case)


def test_a_hostile_pattern_takes_no_time() -> None:
    assert not fits("*a" * 5000 + "b", "a" * 20_000, case=False)


def test_choices_come_in_the_courses_order_and_only_those_there_are() -> None:
    several = ChoiceInteraction(
        id="r", choices=tuple(Choice(id=one, text=one) for one in "abc"), multiple=True
    )
    assert chosen_of(several, ["c", "a", "x", "a"]) == ("a", "c")
    assert chosen_of(several, "b") == ("b",)
    assert chosen_of(several, "") == ()
    one = ChoiceInteraction(id="r", choices=several.choices)
    assert chosen_of(one, ["c", "a"]) == ("a",)


def test_pairs_of_a_large_course_are_read_at_once() -> None:
    """By what was given, not by all that could be: 3,000 times 3,000 would take seconds."""
    many = range(3000)
    asked = MatchInteraction(
        "m", tuple(Item(f"s{n}", "") for n in many), tuple(Item(f"t{n}", "") for n in many)
    )
    given = [f"s{n} t{n}" for n in reversed(many)]
    assert pairs_of(asked, [*given, "s1 t2", "x t1", "s3"]) == tuple(
        (f"s{n}", f"t{n}") for n in many
    )
