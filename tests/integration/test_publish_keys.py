# SPDX-License-Identifier: Apache-2.0
"""The secret key is made once, kept from others, never overwritten; the road back is exact."""

from __future__ import annotations

import sys
from pathlib import Path

import pytest
from cryptography.hazmat.primitives.asymmetric.ec import SECP256R1, generate_private_key
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from cryptography.hazmat.primitives.serialization import (
    BestAvailableEncryption,
    Encoding,
    NoEncryption,
    PrivateFormat,
)

from player.course.signing import PublicKey, public_key
from player.errors import BadKey
from player.publish.keys import load_key, make_key, own_key, public_text


def test_a_key_is_read_as_it_was_made(tmp_path: Path) -> None:
    path = tmp_path / "keys" / "publisher.pem"
    made = make_key(path)
    assert load_key(path).private_bytes_raw() == made.private_bytes_raw()
    assert PublicKey.parse(public_text(made)) == public_key(made)
    assert public_text(made).startswith("RW")


def test_ones_own_key_is_made_at_the_first_time_alone(tmp_path: Path) -> None:
    path = tmp_path / "own.pem"
    assert public_text(own_key(path)) == public_text(own_key(path)) == public_text(load_key(path))


@pytest.mark.skipif(sys.platform == "win32", reason="rights are told otherwise there")
def test_a_key_is_for_its_owner_alone(tmp_path: Path) -> None:
    make_key(tmp_path / "key.pem")
    assert (tmp_path / "key.pem").stat().st_mode & 0o777 == 0o600


def test_a_key_is_never_overwritten(tmp_path: Path) -> None:
    path = tmp_path / "key.pem"
    path.write_bytes(b"precious")
    with pytest.raises(BadKey, match="never overwritten"):
        make_key(path)
    assert path.read_bytes() == b"precious"


def test_a_file_that_is_no_key_says_why(tmp_path: Path) -> None:
    locked = Ed25519PrivateKey.generate().private_bytes(
        Encoding.PEM, PrivateFormat.PKCS8, BestAvailableEncryption(b"x")
    )
    other = generate_private_key(SECP256R1()).private_bytes(
        Encoding.PEM, PrivateFormat.PKCS8, NoEncryption()
    )
    for data, words in (
        (b"no key", "not a private key"),
        (locked, "password"),
        (other, "Ed25519"),
    ):
        (tmp_path / "key.pem").write_bytes(data)
        with pytest.raises(BadKey, match=words):
            load_key(tmp_path / "key.pem")
    with pytest.raises(BadKey, match="no such file"):
        load_key(tmp_path / "none.pem")
