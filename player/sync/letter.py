# SPDX-License-Identifier: Apache-2.0
"""What comes back from the platform, as docs/format.md has it. Pure, but for the seal's chance.

Letters are static files of a course repository, numbered, written once and never changed, so that
any web server, folder or stick hands them out and nobody fetches one twice. Those to a learner are
sealed for one PC of theirs, and each PC has a box of its own: one that comes later has everything
from number 1, and no letter that it meets is sealed for somebody else.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import msgspec
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from player.course.decode import decode
from player.course.signing import PublicKey
from player.errors import (
    BadLetter,
    BundleDamaged,
    Malformed,
    OtherPlatform,
    SealedForOthers,
    StrayLetter,
)
from player.journal.items import FOLDER, Box, check_time, item
from player.sync import seal, signed
from player.sync.bundle import FORMAT, folded, unfolded

__all__ = ["FOLDER", "Box", "Letter", "read", "write"]

LARGEST = 1024 * 1024  # bytes of a file that is read at all; a writer begins another letter before
_UNFOLDED = 8 * LARGEST


class Letter(msgspec.Struct, frozen=True, kw_only=True):
    """One letter. `at` is the platform's clock, RFC 3339, UTC; `items` as `items.written` says."""

    platform: str
    course: str
    number: int
    at: str
    items: tuple[dict[str, Any], ...]
    learner: str = ""
    recipient: str = ""
    kind: str = "letter"
    format: str = FORMAT

    @property
    def box(self) -> Box:
        """Where it belongs."""
        return Box(self.platform, self.course, self.learner, self.recipient)


def write(letter: Letter, secret: Ed25519PrivateKey) -> bytes:
    """Return the file that belongs at `letter.box.path(letter.number)`, signed by a `mail` key.

    Where it is a learner's it is sealed for `recipient`, which must be `seal.known`, and anew each
    time: never write one again under its number.
    """
    name = letter.box.path(letter.number)
    data = signed.write(msgspec.json.encode(letter), "letter", secret, name)
    if not letter.learner:
        return data
    return seal.sealed_for(folded(data), [letter.recipient])


def read(
    data: bytes, box: Box, number: int, keys: Sequence[PublicKey], place: str, identity: str = ""
) -> Letter:
    """Return letter `number` of `box` that one of `keys` signed.

    Args:
        data: the file.
        box: the box that it was found in.
        number: the number that its name stands for.
        keys: the platform's `mail`.
        place: what to call it in a sentence.
        identity: this PC's secret, where the box is a learner's.

    Raises:
        BadLetter: altered, not whole, or signed by somebody else.
        StrayLetter, OtherPlatform, NewerFormat: as they say.
    """
    try:
        if box.learner:
            data = unfolded(seal.opened_by(data, identity, place), _UNFOLDED, place)
        outer = signed.read(data, "letter", place)
        found = decode(outer.text, Letter, document=place, expected="letter")
        check_time(found.at)
        for one in found.items:
            item(one)
    except (Malformed, BundleDamaged, SealedForOthers, ValueError) as error:
        raise BadLetter(place=place) from error
    if found.platform != box.platform:
        raise OtherPlatform(place=place, theirs=found.platform)
    if not outer.is_by(keys):
        raise BadLetter(place=place)
    if (found.box, found.number) != (box, number):
        raise StrayLetter(place=place)
    return found
