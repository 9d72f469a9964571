# SPDX-License-Identifier: Apache-2.0
"""Who said so: detached signatures in the minisign format.

The format is the one of https://jedisct1.github.io/minisign/: Ed25519 over the BLAKE2b-512 of the
file (algorithm `ED`), or over the file itself (`Ed`, read only), and a trusted comment signed with
it. So a publisher may sign, and anyone may check, with an existing, audited tool.
"""

from __future__ import annotations

import base64
import binascii
import hashlib
import logging
from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class PublicKey:
    """A publisher's key: `id` is 16 hexadecimal digits as minisign prints them."""

    id: str
    raw: bytes

    @classmethod
    def parse(cls, text: str) -> PublicKey:
        """Read the base64 line of a minisign public key. Raises ValueError."""
        try:
            data = base64.b64decode(text.strip().splitlines()[-1], validate=True)
        except (binascii.Error, IndexError) as error:
            raise ValueError("not base64") from error
        if len(data) != 42 or data[:2] != b"Ed":
            raise ValueError("not an Ed25519 key of minisign")
        return cls(_shown(data[2:10]), data[10:])

    def __str__(self) -> str:
        return base64.b64encode(b"Ed" + _stored(self.id) + self.raw).decode()


@dataclass(frozen=True, slots=True)
class Signature:
    """A parsed `.minisig`: whose it claims to be, and what it signed."""

    key: str
    prehashed: bool
    signature: bytes
    comment: bytes
    comment_signature: bytes

    @classmethod
    def parse(cls, data: bytes) -> Signature:
        """Read the four lines of a `.minisig`. Raises ValueError."""
        lines = data.splitlines()
        if len(lines) < 4 or not lines[2].startswith(b"trusted comment: "):
            raise ValueError("not a minisign signature")
        try:
            first = base64.b64decode(lines[1], validate=True)
            last = base64.b64decode(lines[3], validate=True)
        except binascii.Error as error:
            raise ValueError("not base64") from error
        if len(first) != 74 or first[:2] not in (b"ED", b"Ed"):
            raise ValueError("not an Ed25519 signature of minisign")
        comment = lines[2].removeprefix(b"trusted comment: ")
        return cls(_shown(first[2:10]), first[:2] == b"ED", first[10:], comment, last)

    def fits(self, message: bytes, key: PublicKey) -> bool:
        """Whether `key` made it for `message`, its comment included."""
        # 7 MB, loaded once something has to be checked
        from cryptography.exceptions import InvalidSignature  # noqa: PLC0415
        from cryptography.hazmat.primitives.asymmetric import ed25519  # noqa: PLC0415

        signed = hashlib.blake2b(message).digest() if self.prehashed else message
        public = ed25519.Ed25519PublicKey.from_public_bytes(key.raw)
        try:
            public.verify(self.signature, signed)
            public.verify(self.comment_signature, self.signature + self.comment)
        except InvalidSignature:
            return False
        return True


def readable(keys: Sequence[str]) -> list[PublicKey]:
    """Public keys from their texts; one that cannot be read is passed over, and said in the log."""
    found = []
    for text in keys:
        try:
            found.append(PublicKey.parse(text))
        except ValueError as error:
            log.warning("not a public key: %r (%s)", text[:60], error)
    return found


def public_key(secret: Ed25519PrivateKey) -> PublicKey:
    """The public half, named by the first 8 bytes of its SHA-256."""
    raw = secret.public_key().public_bytes_raw()
    return PublicKey(_shown(hashlib.sha256(raw).digest()[:8]), raw)


def sign(message: bytes, secret: Ed25519PrivateKey, comment: str) -> bytes:
    """Return a `.minisig` of `message`; `comment` is one line, signed too."""
    key = public_key(secret)
    signature = secret.sign(hashlib.blake2b(message).digest())
    first = base64.b64encode(b"ED" + _stored(key.id) + signature).decode()
    last = base64.b64encode(secret.sign(signature + comment.encode())).decode()
    head = f"untrusted comment: signature from key {key.id}"
    return f"{head}\n{first}\ntrusted comment: {comment}\n{last}\n".encode()


def _shown(stored: bytes) -> str:
    return stored[::-1].hex().upper()  # minisign prints the little-endian number


def _stored(shown: str) -> bytes:
    return bytes.fromhex(shown)[::-1]
