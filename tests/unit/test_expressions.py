# SPDX-License-Identifier: Apache-2.0
"""Arithmetic is worked out; everything else is refused and never run."""

from __future__ import annotations

import math

import pytest
from hypothesis import given
from hypothesis import strategies as st

from player.course.expressions import CONSTANTS, is_expression, value_of

NAMES = {**CONSTANTS, "a": 5.0, "x": 3.0}


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("2+3*4", 14),
        ("2^10", 1024),
        ("-2^2", -4),
        ("2a+1", 11),
        ("2(3+4)", 14),
        ("3x² − 1", 26),
        ("a × x ÷ 5", 3),
        ("10%3", 1),
        ("sqrt(x^2 + 16)", 5),
        ("log10(1000)", 3),
        ("2π", 2 * math.pi),
        ("1e3", 1000),
        (".5", 0.5),
    ],
)
def test_arithmetic_is_worked_out(text: str, value: float) -> None:
    assert value_of(text, NAMES) == pytest.approx(value)


@pytest.mark.parametrize("text", ["1/0", "9**9**9**9", "sqrt(-1)", "ln(0)", "(-8)^(1/3)"])
def test_what_has_no_value_can_be_read_all_the_same(text: str) -> None:
    assert value_of(text, NAMES) is None
    assert is_expression(text, NAMES)


@pytest.mark.parametrize(
    "text",
    ["", "x = 2", "(1", "a b", "b", "__import__('os')", "a.real", "f(1)", "sin", "sin(1, 2)",
     "1 if 2 else 3", "lambda: 1", "[1]", "'a'", "1_000", "0x10", "0b1or", "1e5if 3", "1,5",
     "True", "a < x", "not a", "yield", "sin(*a)", "sqrt(x=1)", "(" * 150, "1+" * 99 + "1+1"],
)  # fmt: skip
def test_everything_else_is_refused(text: str) -> None:
    assert value_of(text, NAMES) is None
    assert not is_expression(text, NAMES)


@given(st.text(st.sampled_from("0123456789.eE+-*/%^()abx sinqrt_,:='\"[]"), max_size=60))
def test_no_text_makes_it_fail(text: str) -> None:
    value = value_of(text, NAMES)
    assert value is None or (math.isfinite(value) and is_expression(text, NAMES))
