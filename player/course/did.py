# SPDX-License-Identifier: Apache-2.0
"""Ed25519 public keys as `did:key` names them (W3C CCG, did:key method, 3.1.2).

Such a name holds the key itself: whoever reads it can check a signature without asking anybody.
"""

from __future__ import annotations

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey

_BEFORE = "did:key:z"  # z: multibase's base58btc
_ED25519 = b"\xed\x01"  # multicodec ed25519-pub, as a varint
_DIGITS = "123456789ABCDEFGHJKLMNPQRSTUVWXYZabcdefghijkmnopqrstuvwxyz"
_LONGEST = 60  # characters of base58 that 34 bytes can take, and some


def did_of(key: Ed25519PublicKey) -> str:
    """Return the name of a public key."""
    number = int.from_bytes(_ED25519 + key.public_bytes_raw())
    text = ""
    while number:
        number, rest = divmod(number, 58)
        text = _DIGITS[rest] + text
    return _BEFORE + text  # the codec's first byte is not 0, so no zeros lead


def key_of(did: str) -> Ed25519PublicKey:
    """Return the key that a name holds.

    Raises:
        ValueError: it is no `did:key`, or of another kind of key.
    """
    text = did.removeprefix(_BEFORE)
    if text == did or len(text) > _LONGEST:
        raise ValueError("no did:key")
    number = 0
    for letter in text:
        number = number * 58 + _DIGITS.index(letter)
    data = number.to_bytes((number.bit_length() + 7) // 8)
    if len(data) != 34 or not data.startswith(_ED25519):
        raise ValueError("no Ed25519 key")
    key = Ed25519PublicKey.from_public_bytes(data[2:])
    if did_of(key) != did:
        raise ValueError("another way to write a key")
    return key
