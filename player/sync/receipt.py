# SPDX-License-Identifier: Apache-2.0
"""What an office writes when it has delivered a bundle, as docs/format.md has it. Pure.

It holds ids and nothing else of the learner's.
"""

from __future__ import annotations

from collections.abc import Sequence

import msgspec
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from player.course.decode import decode
from player.course.signing import PublicKey
from player.errors import BadReceipt, Malformed, OtherPlatform
from player.sync import signed
from player.sync.bundle import FORMAT

ENDING = ".cartable-receipt"
LARGEST = 8 * 1024 * 1024  # bytes; 20,000 acts take one million


class Refusal(msgspec.Struct, frozen=True):
    """One statement that the platform will not have; `reason` is a sentence."""

    id: str
    reason: str


class Receipt(msgspec.Struct, frozen=True, kw_only=True):
    """What became of the acts of a bundle so far. `at` is the office's clock, RFC 3339, UTC.

    `pieces` are the names of those beside it, of files, that the drop box has.
    """

    bundle: str
    platform: str
    at: str
    received: tuple[str, ...] = ()
    refused: tuple[Refusal, ...] = ()
    pieces: tuple[str, ...] = ()
    kind: str = "receipt"
    format: str = FORMAT


def write(receipt: Receipt, secret: Ed25519PrivateKey) -> bytes:
    """Return the file, signed by an office's key."""
    text = msgspec.json.encode(receipt)
    return signed.write(text, "receipt", secret, f"receipt {receipt.bundle}")


def read(data: bytes, platform: str, offices: Sequence[PublicKey], place: str) -> Receipt:
    """Return the receipt that one of `offices` of the platform (its home) signed.

    Raises:
        BadReceipt: altered, or signed by somebody else.
        OtherPlatform, NewerFormat: as they say.
    """
    try:
        outer = signed.read(data, "receipt", place)
        found = decode(outer.text, Receipt, document=place, expected="receipt")
    except (Malformed, ValueError) as error:
        raise BadReceipt(place=place) from error
    if found.platform != platform:
        raise OtherPlatform(place=place, theirs=found.platform)
    if not outer.is_by(offices):
        raise BadReceipt(place=place)
    return found
