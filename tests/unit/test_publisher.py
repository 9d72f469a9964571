# SPDX-License-Identifier: Apache-2.0
from __future__ import annotations

import json
from typing import Any

import pytest
from publishers import K1, K2, document, key_id

from player.course.publisher import decode_publisher, publisher_path, signature_path
from player.course.signing import public_key
from player.errors import Malformed, NewerFormat

RAW = json.loads(document(1, [K1, K2], [K1, K2])["keys/publisher.json"])


def changed(**fields: Any) -> bytes:
    return json.dumps(RAW | fields).encode()


def test_a_document_has_its_keys_and_keeps_its_peace_about_later_fields() -> None:
    publisher = decode_publisher(changed(threshold=2, format="cartable/1.4"))
    assert publisher.public_keys() == (public_key(K1), public_key(K2))
    assert publisher.signers == (key_id(K1), key_id(K2))


@pytest.mark.parametrize(
    "fields",
    [
        {"number": 0},
        {"number": 10**30},
        {"keys": ["RWQ…"]},
        {"keys": [str(public_key(K1))] * 17},
        {"revoked": ["../../etc/passwd"]},
        {"revoked": ["4c476354a75a4756"]},
        {"signers": []},
        {"signers": ["4C476354A75A4756\n"]},
        {"signers": [key_id(K1)] * 17},
        {"kind": "catalogue"},
    ],
)
def test_a_document_that_breaks_the_format_is_named(fields: dict[str, Any]) -> None:
    with pytest.raises(Malformed):
        decode_publisher(changed(**fields))


def test_a_later_major_format_is_refused() -> None:
    with pytest.raises(NewerFormat):
        decode_publisher(changed(format="cartable/2"))


def test_paths_are_those_of_the_format() -> None:
    assert publisher_path() == "keys/publisher.json"
    assert publisher_path(12) == "keys/publisher.12.json"
    assert signature_path(publisher_path(12), "AB") == "keys/publisher.12.json.AB.minisig"
