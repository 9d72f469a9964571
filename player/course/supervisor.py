# SPDX-License-Identifier: Apache-2.0
"""The code with which somebody in the room opens an exam. Pure.

It keeps a class together until everybody sits; it hides nothing. The questions lie in the package,
and a short code is found by trying: docs/exams.md says so.
"""

from __future__ import annotations

import unicodedata

from cryptography.exceptions import InvalidKey
from cryptography.hazmat.primitives.kdf.argon2 import Argon2id

_LONGEST = 100  # characters that are looked at
_MEMORY = 32 * 1024  # KiB: an old PC has them
_MOST = {"m": 256 * 1024, "t": 10, "p": 8}  # KiB, rounds and lanes that a course may ask for


def hashed(code: str, salt: bytes) -> str:
    """Return the argon2id hash of a code, as a PHC string. `salt` is 16 bytes."""
    kdf = Argon2id(salt=salt, length=32, iterations=3, lanes=1, memory_cost=_MEMORY)
    return kdf.derive_phc_encoded(_folded(code))


def opens(code: str, phc: str) -> bool:
    """Whether `code` is the one. A hash that is none, or too costly to try, opens to nobody."""
    costs = dict(one.split("=", 1) for one in phc.replace("$", ",").split(",") if "=" in one)
    if any(not _is_within(costs.get(name, ""), most) for name, most in _MOST.items()):
        return False
    try:
        Argon2id.verify_phc_encoded(_folded(code), phc)
    except (InvalidKey, ValueError, TypeError, OverflowError, MemoryError):
        return False
    return True


def _is_within(number: str, most: int) -> bool:
    return number.isascii() and number.isdecimal() and len(number) < 10 and int(number) <= most


def _folded(code: str) -> bytes:
    """As it is meant: nobody reads out blanks and capital letters."""
    plain = unicodedata.normalize("NFKC", code[:_LONGEST]).casefold()
    return "".join(plain.split()).encode()
