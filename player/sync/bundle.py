# SPDX-License-Identifier: Apache-2.0
"""The file in which work is carried, as docs/format.md has it. Pure: bytes in, bytes out.

    age( zlib( head, one line for each act, signature ) 00 00 00 … )

The name is chance, and the length one of few, so that neither says anything of whose work it is or
how much. The signature is the device's: whose files are of one PC, not who owns it.
"""

from __future__ import annotations

import base64
import binascii
import secrets
import zlib
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Annotated

import msgspec
from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey, Ed25519PublicKey
from msgspec import Meta

from player.course.decode import decode
from player.course.signing import PublicKey, public_key
from player.errors import BundleDamaged
from player.journal.learners import Learner

ENDING = ".cartable-bundle"
FORMAT = "cartable/1"
MOST = 20_000  # acts in one: some 30 MB to unfold, which an old PC can
LARGEST = 32 * 1024 * 1024  # bytes of a file that is read at all
_UNFOLDED = 256 * 1024 * 1024
_SMALLEST = 4096


class Head(msgspec.Struct, frozen=True, kw_only=True):
    """The first line. `platform` is the platform's home, `device` the key that signed (minisign).

    `kind` is 'bundle', for the platform, with statements, or 'journal', for another PC of the
    learner's, with acts. `recipient` is the age public key to which that PC has its letters sealed,
    '' where it has none.
    """

    kind: str
    id: Annotated[str, Meta(pattern=r"^[0-9a-f]{16}\Z")]  # a file's name
    platform: str
    device: str
    made_at: str
    learners: tuple[Learner, ...]
    count: int
    recipient: str = ""
    format: str = FORMAT


@dataclass(frozen=True, slots=True)
class Bundle:
    """What was in it. `lines` are the bytes of each statement or act, as they were packed."""

    head: Head
    lines: tuple[bytes, ...]


def new_id() -> str:
    """Sixteen hexadecimal digits of chance: names a bundle, its file and its receipt."""
    return secrets.token_hex(8)


def write(head: Head, lines: Sequence[bytes], secret: Ed25519PrivateKey) -> bytes:
    """Return what is to be sealed: signed, compressed, padded. No line has a line break in it."""
    signed = b"\n".join([msgspec.json.encode(head), *lines, b""])
    signature = base64.b64encode(secret.sign(signed))
    return folded(signed + signature)


def folded(data: bytes) -> bytes:
    """Return `data` compressed and padded, to be sealed."""
    small = zlib.compress(data, 9)
    return small.ljust(padded(len(small)), b"\0")


def unfolded(data: bytes, most: int, place: str) -> bytes:
    """Return what `folded` was given. Raises BundleDamaged, also for more than `most` bytes."""
    unfold = zlib.decompressobj()
    try:
        whole = unfold.decompress(data, most)
    except zlib.error as error:
        raise BundleDamaged(place=place) from error
    if not unfold.eof or unfold.unused_data.strip(b"\0"):
        raise BundleDamaged(place=place)
    return whole


def padded(size: int) -> int:
    """The length that hides `size`: Padmé (PURBs, 2019), at most 12 % more, and 4 kB at least."""
    if size <= _SMALLEST:
        return _SMALLEST
    exponent = size.bit_length() - 1
    loose = exponent - exponent.bit_length()
    step = 1 << loose
    return (size + step - 1) & ~(step - 1)


def read(data: bytes, kind: str, place: str) -> Bundle:
    """Return what `write` wrote, once it was found whole.

    Raises:
        BundleDamaged: it is not what was signed.
        NewerFormat, Malformed: written by a later version; not a bundle of this `kind`.
    """
    whole = unfolded(data, _UNFOLDED, place)
    signed, last = whole[: whole.rfind(b"\n") + 1], whole[whole.rfind(b"\n") + 1 :]
    head = decode(signed.partition(b"\n")[0], Head, document=place, expected=kind)
    # Counted before they are parted: 30 kB may unfold to millions of empty lines
    if head.count > MOST or signed.count(b"\n") != 1 + head.count:
        raise BundleDamaged(place=place)
    if not _is_signed(signed, last, head.device):
        raise BundleDamaged(place=place)
    lines = signed.split(b"\n")[1:-1]
    return Bundle(head, tuple(lines))


def device_of(secret: Ed25519PrivateKey) -> str:
    """How a head names the PC whose key this is."""
    return str(public_key(secret))


def _is_signed(signed: bytes, signature: bytes, device: str) -> bool:
    try:
        public = Ed25519PublicKey.from_public_bytes(PublicKey.parse(device).raw)
        public.verify(base64.b64decode(signature, validate=True), signed)
    except (ValueError, binascii.Error, InvalidSignature):
        return False
    return True
