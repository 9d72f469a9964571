# SPDX-License-Identifier: Apache-2.0
"""Signatures are those of minisign, and nothing that was changed fits one."""

from __future__ import annotations

import base64

import pytest
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from hypothesis import given
from hypothesis import strategies as st

from player.course.signing import PublicKey, Signature, public_key, sign

# Made by minisign itself: the example of https://github.com/jedisct1/rust-minisign-verify
MINISIGN_KEY = "RWQf6LRCGA9i53mlYecO4IzT51TGPpvWucNSCh1CBM0QTaLn73Y7GFO3"
PREHASHED = (
    b"untrusted comment: signature from minisign secret key\n"
    b"RUQf6LRCGA9i559r3g7V1qNyJDApGip8MfqcadIgT9CuhV3EMhHoN1mGTkUidF/z7SrlQgXdy8ofjb7bNJJylDOocrCo8KLzZwo=\n"
    b"trusted comment: timestamp:1633700835\tfile:test\tprehashed\n"
    b"wLMDjy9FLAuxZ3q4NlEvkgtyhrr0gtTu6KC4KBJdITbbOeAi1zBIYo0v4iTgt8jJpIidRJnp94ABQkJAgAooBQ==\n"
)
LEGACY = (
    b"untrusted comment: signature from minisign secret key\n"
    b"RWQf6LRCGA9i59SLOFxz6NxvASXDJeRtuZykwQepbDEGt87ig1BNpWaVWuNrm73YiIiJbq71Wi+dP9eKL8OC351vwIasSSbXxwA=\n"
    b"trusted comment: timestamp:1555779966\tfile:test\n"
    b"QtKMXWyYcwdpZAlPF7tE2ENJkRd1ujvKjlj1m9RtHTBnZPa5WKU5uWRs5GoP5M/VqE81QFuMKI5k/SfNQUaOAA==\n"
)

SECRET = Ed25519PrivateKey.from_private_bytes(bytes(range(32)))
KEY = public_key(SECRET)


@pytest.mark.parametrize(("signed", "prehashed"), [(PREHASHED, True), (LEGACY, False)])
def test_what_minisign_signed_fits(signed: bytes, prehashed: bool) -> None:
    key = PublicKey.parse(f"untrusted comment: minisign public key\n{MINISIGN_KEY}\n")
    signature = Signature.parse(signed)
    assert key.id == signature.key == "E7620F1842B4E81F"
    assert signature.prehashed is prehashed
    assert signature.fits(b"test", key)
    assert not signature.fits(b"tesT", key)
    assert str(key) == MINISIGN_KEY


def test_a_signature_has_the_four_lines_that_minisign_reads() -> None:
    untrusted, first, trusted, last = sign(b"x", SECRET, "one line").decode().splitlines()
    assert untrusted.startswith("untrusted comment: ")
    raw = base64.b64decode(first)
    assert raw[:2] == b"ED"
    assert raw[2:10] == base64.b64decode(str(KEY))[2:10]
    assert len(raw) == 74
    assert trusted == "trusted comment: one line"
    assert len(base64.b64decode(last)) == 64


@given(st.binary(max_size=64), st.text(st.characters(codec="utf-8", exclude_categories=["C", "Z"])))
def test_what_was_signed_fits_and_keeps_its_comment(message: bytes, comment: str) -> None:
    signature = Signature.parse(sign(message, SECRET, comment))
    assert signature.fits(message, KEY)
    assert signature.comment == comment.encode()
    assert not signature.fits(message + b"x", KEY)


def test_a_changed_comment_does_not_fit() -> None:
    changed = sign(b"x", SECRET, "version 1").replace(b"version 1", b"version 2")
    assert not Signature.parse(changed).fits(b"x", KEY)


def test_another_key_does_not_fit() -> None:
    other = public_key(Ed25519PrivateKey.from_private_bytes(bytes(32)))
    assert other.id != KEY.id
    assert not Signature.parse(sign(b"x", SECRET, "")).fits(b"x", other)


@given(st.data())
def test_a_signature_with_any_byte_changed_is_refused(data: st.DataObject) -> None:
    signed = bytearray(sign(b"x", SECRET, "c"))
    start = signed.index(b"\n") + 1  # the first line is not signed
    at = data.draw(st.integers(start, len(signed) - 2))
    signed[at] ^= data.draw(st.integers(1, 255))
    try:
        signature = Signature.parse(bytes(signed))
    except ValueError:
        return
    whole = Signature.parse(sign(b"x", SECRET, "c"))
    assert signature == whole or signature.key != KEY.id or not signature.fits(b"x", KEY)


@given(st.binary(max_size=200))
def test_any_bytes_are_a_signature_or_a_value_error(data: bytes) -> None:
    with pytest.raises(ValueError, match=r"minisign|base64"):
        Signature.parse(data)


@pytest.mark.parametrize(
    "text", ["", "é", "RWQ", "RWQ=", base64.b64encode(bytes(42)).decode(), "\n\n"]
)
def test_a_text_that_is_no_key_is_a_value_error(text: str) -> None:
    with pytest.raises(ValueError):  # noqa: PT011 - whichever sentence
        PublicKey.parse(text)


def test_lines_ended_by_windows_are_read() -> None:
    assert Signature.parse(PREHASHED.replace(b"\n", b"\r\n")).fits(
        b"test", PublicKey.parse(MINISIGN_KEY)
    )
