# SPDX-License-Identifier: Apache-2.0
"""A piece of a file that was handed in, as docs/format.md ("Files that are handed in") has it.

Pure, but for chance: age seals each time to other bytes. Each piece opens by itself and says what
it is a piece of, so nothing has to arrive in order, and one that was lost costs one piece.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Annotated

import msgspec
from msgspec import Meta

from player.course.decode import decode
from player.course.manifest import Id, Sha256
from player.errors import BundleDamaged, OtherPlatform
from player.journal.handing import Handed
from player.store.handed import PIECE
from player.sync import seal
from player.sync.bundle import FORMAT

FOLDER = "dropbox"  # on a stick
LARGEST = PIECE + 64 * 1024  # bytes of a sealed one that is read at all
NAME = re.compile(r"([0-9a-f]{32})\.([1-9]\d{0,6})\.age")
COST = 1700  # bytes: what sealing a piece for two and asking the server to take it adds, about
_STEP = 1024
_Text = Annotated[str, Meta(min_length=1, max_length=500)]


class Head(msgspec.Struct, frozen=True, kw_only=True):
    """The first line. `number` of `pieces`, from 1; `length` of its bytes, `size` of the file's."""

    id: Annotated[str, Meta(pattern=r"^[0-9a-f]{32}\Z")]
    number: Annotated[int, Meta(ge=1)]
    pieces: Annotated[int, Meta(ge=1, le=2**23)]
    length: Annotated[int, Meta(ge=1, le=PIECE)]
    platform: str
    learner: _Text
    course: Id
    activity: Id
    question: _Text
    act: _Text
    sha256: Sha256
    size: Annotated[int, Meta(ge=1, le=2**40)]
    name: _Text
    kind: str = "piece"
    format: str = FORMAT


@dataclass(frozen=True, slots=True)
class Opened:
    """What was in one."""

    head: Head
    data: bytes


def called(file: str, number: int) -> str:
    """The name of a piece: it tells nobody whose it is, nor what."""
    return f"{file}.{number}.age"


def parsed(name: str) -> tuple[str, int] | None:
    """File and number of a name; None where it is none."""
    match = NAME.fullmatch(name)
    return (match[1], int(match[2])) if match else None


def cost(size: int) -> int:
    """Bytes that a file of that size takes on the line, about."""
    return size + -(-size // PIECE) * COST


def write(file: Handed, number: int, data: bytes, platform: str, recipients: list[str]) -> bytes:
    """Return a piece, sealed for each of `recipients`, all of them `known` to `seal`."""
    head = Head(
        id=file.id,
        number=number,
        pieces=file.file.pieces,
        length=len(data),
        platform=platform,
        learner=file.learner,
        course=file.course,
        activity=file.activity,
        question=file.question,
        act=file.act,
        sha256=file.file.sha256,
        size=file.file.size,
        name=file.file.name,
    )
    whole = msgspec.json.encode(head) + b"\n" + data
    return seal.sealed_for(whole.ljust(-(-len(whole) // _STEP) * _STEP, b"\0"), recipients)


def read(sealed: bytes, identity: str, platform: str, place: str) -> Opened:
    """Open a piece.

    Raises:
        BundleDamaged, SealedForOthers, NewerFormat, Malformed, OtherPlatform: as they say.
    """
    whole = seal.opened_by(sealed, identity, place)
    line, _, rest = whole.partition(b"\n")
    head = decode(line, Head, document=place, expected="piece")
    if head.platform != platform:
        raise OtherPlatform(place=place, theirs=head.platform)
    data, padding = rest[: head.length], rest[head.length :]
    right = head.length == min(PIECE, head.size - (head.number - 1) * PIECE)
    if head.pieces != -(-head.size // PIECE) or not right or len(data) != head.length:
        raise BundleDamaged(place=place)
    if padding.strip(b"\0") or parsed(place) != (head.id, head.number):
        raise BundleDamaged(place=place)
    return Opened(head, data)
