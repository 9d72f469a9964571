# SPDX-License-Identifier: Apache-2.0
from __future__ import annotations

import math

import pytest

from player.publish.olx.numbers import interval, number, written


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("600", 600),
        (" -3.5 ", -3.5),
        ("10^3", 1000),
        ("9.3*10^7", 9.3e7),
        ("1/3", 1 / 3),
        ("pi", math.pi),
        ("2*(3+4)", 14),
        ("sqrt(2)", math.sqrt(2)),
        ("1e-3", 0.001),
        ("50%", 0.5),
        ("3k", 3000),
        ("2M", 2e6),
    ],
)
def test_expressions_of_numbers_have_a_value(text: str, value: float) -> None:
    assert number(text) == pytest.approx(value, rel=1e-12)


@pytest.mark.parametrize(
    "text",
    [
        "",
        "$x",
        "10*i",
        "1/0",
        "(-1)^0.5",
        "9^9^9^9",
        "__import__('os').system('true')",
        "[1]",
        "True",
        "'a'",
        "x",
        "sqrt(1, 2)",
        "1 if 1 else 2",
        "(" * 99,
        "1+" * 500 + "1",
        "1e999",
    ],
)
def test_anything_else_has_none(text: str) -> None:
    assert number(text) is None


def test_intervals_have_ends() -> None:
    assert interval("[5, 10)") == (5, 10)
    assert interval("(1/4,10^2]") == (0.25, 100)
    assert interval("[10,5]") is None
    assert interval("5") is None
    assert interval("[a,b]") is None


@pytest.mark.parametrize(
    ("value", "text"),
    [
        (1e-5, "0.00001"),
        (9.3e7, "93000000"),
        (0.1 + 0.2, "0.3"),
        (-0.0, "0"),
        (100, "100"),
        (-2.5, "-2.5"),
    ],
)
def test_numbers_are_written_plainly(value: float, text: str) -> None:
    assert written(value) == text
