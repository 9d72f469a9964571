# SPDX-License-Identifier: Apache-2.0
"""The platform file: what it names is named in every statement, for good."""

from __future__ import annotations

import json

import pytest

from player.course.platform import decode_platform
from player.errors import Malformed, NewerFormat

GOOD = {"format": "cartable/1", "kind": "platform", "name": "Campus", "home": "https://c.example"}


def encoded(**changes: object) -> bytes:
    return json.dumps(GOOD | changes).encode()


def test_a_platform_file_is_read_with_a_mark_before_it_too() -> None:
    assert decode_platform(encoded()).home == "https://c.example"
    assert decode_platform(b"\xef\xbb\xbf" + encoded()).name == "Campus"


def test_one_from_before_there_were_letters_names_nobody_who_writes_them() -> None:
    assert decode_platform(encoded()).mail == ()
    assert decode_platform(encoded(mail=["RWQ"])).mail == ("RWQ",)


@pytest.mark.parametrize("home", ["", "campus.example", "not a url", "ftp://c.example", "https://"])
def test_a_home_that_is_no_address_is_refused(home: str) -> None:
    with pytest.raises(Malformed, match="home"):
        decode_platform(encoded(home=home))


def test_a_store_that_is_no_address_is_refused() -> None:
    with pytest.raises(Malformed, match=r"lrs\.endpoint"):
        decode_platform(encoded(lrs={"endpoint": "campus.example"}))


@pytest.mark.parametrize(
    "data", [b"\xe9", b"{", b"[]", b"[" * 100_000, encoded(format="cartable/0")]
)
def test_what_is_no_platform_file_is_said(data: bytes) -> None:
    with pytest.raises(Malformed):
        decode_platform(data)


def test_a_later_format_is_said_and_an_endless_number_is_none() -> None:
    with pytest.raises(NewerFormat):
        decode_platform(encoded(format="cartable/2"))
    with pytest.raises(Malformed):
        decode_platform(encoded(format=f"cartable/{'9' * 5000}"))
