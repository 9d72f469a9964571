# SPDX-License-Identifier: Apache-2.0
"""A text and who signed it in one JSON file, as receipts and letters are. Pure.

What was signed stands in it as one text, so that nobody has to agree how JSON is spelt in order to
check it.
"""

from __future__ import annotations

from collections.abc import Sequence

import msgspec
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from player.course.decode import decode
from player.course.signing import PublicKey, Signature, sign
from player.sync.bundle import FORMAT


class Signed(msgspec.Struct, frozen=True, kw_only=True):
    """The file: `signed` is the text, `signature` its `.minisig`."""

    signed: str
    signature: str
    kind: str
    format: str = FORMAT

    @property
    def text(self) -> bytes:
        """What was signed."""
        return self.signed.encode()

    def is_by(self, keys: Sequence[PublicKey]) -> bool:
        """Whether one of `keys` signed it."""
        try:
            signature = Signature.parse(self.signature.encode())
        except ValueError:
            return False
        signers = (one for one in keys if one.id == signature.key)
        return any(signature.fits(self.text, one) for one in signers)


def write(text: bytes, kind: str, secret: Ed25519PrivateKey, comment: str) -> bytes:
    """Return the file; `comment` is one line, signed too."""
    signature = sign(text, secret, comment).decode()
    return msgspec.json.encode(Signed(signed=text.decode(), signature=signature, kind=kind))


def read(data: bytes, kind: str, place: str) -> Signed:
    """Return what stands in the file; whom to believe is the caller's to say (`Signed.is_by`).

    Raises:
        Malformed, NewerFormat: as they say.
    """
    return decode(data, Signed, document=place, expected=kind)
