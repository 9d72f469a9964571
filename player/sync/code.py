# SPDX-License-Identifier: Apache-2.0
"""A learner's code: the id of their account, as a person types it on another PC. Pure.

    5H4K-0T9M-…    seven groups of four of Crockford's base 32

26 characters are the UUID, two are its remainder by the prime 1021: a wrong character, or two that
changed places, never go unnoticed. `o`, `i` and `l` are read as the digits that they look like.
"""

from __future__ import annotations

import uuid

from player.errors import WrongCode

_DIGITS = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"
_ALIKE = str.maketrans("OIL", "011", "- \t\n\u2010\u2011\u2012\u2013\u2014\u00a0")
_PRIME = 1021  # below 32², and 32 has an order of 68 by it: more than there are characters


def code_of(learner: str) -> str:
    """The code of a learner's id, a UUID."""
    number = uuid.UUID(learner).int
    digits = _spelt(number, 26) + _spelt(number % _PRIME, 2)
    return "-".join(digits[start : start + 4] for start in range(0, 28, 4))


def learner_of(code: str) -> str:
    """The learner's id. Raises WrongCode where it was mistyped."""
    digits = code.upper().translate(_ALIKE)
    if len(digits) != 28 or not set(digits) <= set(_DIGITS):
        raise WrongCode
    number, rest = _number(digits[:26]), _number(digits[26:])
    if number >= 1 << 128 or number % _PRIME != rest:
        raise WrongCode
    return str(uuid.UUID(int=number))


def _spelt(number: int, length: int) -> str:
    return "".join(_DIGITS[number >> 5 * place & 31] for place in reversed(range(length)))


def _number(digits: str) -> int:
    number = 0
    for digit in digits:
        number = 32 * number + _DIGITS.index(digit)
    return number
