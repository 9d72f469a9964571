# SPDX-License-Identifier: Apache-2.0
"""A signed text as a compact JWT (RFC 7519, 7515), by Ed25519 (RFC 8037) and nothing else. Pure.

Whoever reads one decides by its own rules which algorithm counts, never by the token's: so `none`,
and a public key taken for an HMAC's secret, cannot happen.
"""

from __future__ import annotations

import base64
import binascii
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

import msgspec
from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey, Ed25519PublicKey

ALGORITHM = "EdDSA"
LARGEST = 32 * 1024  # characters of a token
_LETTERS = frozenset(b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_.")
_SPACES = b" \t\r\n"


@dataclass(frozen=True, slots=True)
class Token:
    """The three parts, decoded; `signed` are the bytes that the signature is over."""

    header: dict[str, Any]
    payload: dict[str, Any]
    signed: bytes
    signature: bytes

    def is_by(self, key: Ed25519PublicKey) -> bool:
        """Whether `key` signed it."""
        try:
            key.verify(self.signature, self.signed)
        except InvalidSignature:
            return False
        return True


def write(payload: dict[str, Any], secret: Ed25519PrivateKey, *, kid: str, typ: str = "JWT") -> str:
    """Return `payload` signed; `kid` tells by which key."""
    header = {"alg": ALGORITHM, "kid": kid, "typ": typ}
    signed = b".".join(_encoded(msgspec.json.encode(one)) for one in (header, payload))
    return b".".join((signed, _encoded(secret.sign(signed)))).decode()


def read(text: str) -> Token:
    """Return what stands in a token; whom to believe is the caller's to say.

    Raises:
        ValueError: it is none, or is not spelt in the one way that there is: then a letter could
            be changed and the bytes stay the same.
    """
    parts = text.encode().split(b".")
    if len(parts) != 3 or len(text) > LARGEST:
        raise ValueError("not three parts")
    head, body, signature = map(_decoded, parts)
    return Token(_object(head), _object(body), b".".join(parts[:2]), signature)


def find(data: bytes) -> str:
    """Return the first token in whatever was handed over, '' where there is none.

    It may be the token, with line breaks where a letter broke it, or stand in JSON, in a PDF's
    metadata, in a link. Linear in the length of `data`.
    """
    whole = data.translate(None, _SPACES)
    if whole.translate(None, bytes(_LETTERS)) == b"":
        return _token(whole)
    return next(filter(None, map(_token, _runs(data))), "")


def _runs(data: bytes) -> Iterator[bytes]:
    """The stretches of letters that a token may have."""
    others = bytes(set(range(256)) - _LETTERS)
    table = bytes.maketrans(others, b" " * len(others))
    return (one for one in data.translate(table).split() if one.count(b".") in (2, 3))


def _token(run: bytes) -> str:
    text = (run[:-1] if run.count(b".") == 3 else run).decode()  # at the end of a sentence
    try:
        read(text)
    except ValueError:
        return ""
    return text


def _object(data: bytes) -> dict[str, Any]:
    try:
        return msgspec.json.decode(data, type=dict[str, Any])
    except (msgspec.MsgspecError, RecursionError, UnicodeDecodeError) as error:
        raise ValueError("not an object in JSON") from error


def _encoded(data: bytes) -> bytes:
    return base64.urlsafe_b64encode(data).rstrip(b"=")


def _decoded(part: bytes) -> bytes:
    try:
        data = base64.b64decode(part + b"=" * (-len(part) % 4), altchars=b"-_", validate=True)
    except binascii.Error as error:
        raise ValueError("not base64url") from error
    if _encoded(data) != part:
        raise ValueError("another way to write the same")
    return data
