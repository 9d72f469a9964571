# SPDX-License-Identifier: Apache-2.0
"""A learner's code: read again as it was meant, refused where it was mistyped."""

from __future__ import annotations

import re
import uuid

import pytest
from hypothesis import given
from hypothesis import strategies as st

from player.errors import WrongCode
from player.sync.code import code_of, learner_of

ids = st.uuids().map(str)
DIGITS = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"


@given(ids)
def test_a_code_comes_back_as_it_was_meant_however_it_is_typed(learner: str) -> None:
    code = code_of(learner)
    assert re.fullmatch(r"(?:[0-9A-HJKMNP-TV-Z]{4}-){6}[0-9A-HJKMNP-TV-Z]{4}", code)
    alike = code.replace("0", "o").replace("1", "l").lower()
    for typed in (code, alike, code.replace("-", ""), f"  {code.replace('-', ' ')}\n"):
        assert learner_of(typed) == learner


@given(ids, st.integers(0, 27), st.sampled_from(DIGITS))
def test_one_wrong_character_never_goes_unnoticed(learner: str, place: int, digit: str) -> None:
    code = code_of(learner).replace("-", "")
    wrong = code[:place] + digit + code[place + 1 :]
    if wrong != code:
        with pytest.raises(WrongCode):
            learner_of(wrong)


@given(ids, st.integers(0, 25), st.integers(0, 25))
def test_two_that_changed_places_never_go_unnoticed(learner: str, one: int, other: int) -> None:
    digits = list(code_of(learner).replace("-", ""))
    digits[one], digits[other] = digits[other], digits[one]
    if "".join(digits) != code_of(learner).replace("-", ""):
        with pytest.raises(WrongCode):
            learner_of("".join(digits))


@pytest.mark.parametrize(
    "typed", ["", "x", "U" * 28, "Z" * 28, "É" * 28, "0" * 27, "0" * 29, str(uuid.UUID(int=1))]
)
def test_what_is_no_code_is_said_to_be_none(typed: str) -> None:
    with pytest.raises(WrongCode):
        learner_of(typed)


def test_the_least_and_the_greatest() -> None:
    for number in (0, (1 << 128) - 1):
        assert learner_of(code_of(str(uuid.UUID(int=number)))) == str(uuid.UUID(int=number))
