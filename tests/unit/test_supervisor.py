# SPDX-License-Identifier: Apache-2.0
"""The code that opens an exam: its hash comes with the course, from anybody."""

from __future__ import annotations

import pytest

from player.course.supervisor import hashed, opens

HASH = hashed("Baobab 2026", b"sixteen bytes...")
SALT, DIGEST = HASH.split("$")[-2:]


@pytest.mark.parametrize(
    "typed", ["Baobab 2026", "baobab2026", " BAOBAB\u00a02026 ", "ｂaobab 2026"]
)
def test_it_opens_as_it_is_meant(typed: str) -> None:
    assert opens(typed, HASH)


@pytest.mark.parametrize("typed", ["", " ", "baobab", "baobab 2027", "\x00", "é" * 100_000])
def test_another_code_does_not_open(typed: str) -> None:
    assert not opens(typed, HASH)


@pytest.mark.parametrize(
    "costs",
    [
        "m=64,t=4000000000,p=1",
        "m=64,t=3,p=100000",
        "m=9999999999,t=3,p=1",
        "m=00000000009999999,t=3,p=1",
        "m=8,m=9999999,t=3,p=1",
        "m=٣٢٧٦٨,t=3,p=1",
        "m=0,t=0,p=0",
        "m=-1,t=3,p=1",
        "t=3,p=1",
        "",
    ],
)
def test_a_hash_that_would_take_for_ever_or_all_memory_is_not_tried(costs: str) -> None:
    assert not opens("Baobab 2026", f"$argon2id$v=19${costs}${SALT}${DIGEST}")


@pytest.mark.parametrize("phc", ["$", "$argon2id$", HASH[:-1], HASH.replace("argon2id", "argon2d")])
def test_a_hash_that_is_none_opens_to_nobody(phc: str) -> None:
    assert not opens("Baobab 2026", phc)
