# SPDX-License-Identifier: Apache-2.0
"""Files of a repository, and the pieces of them that are to be fetched. Pure but for the lists.

A *piece* is a stretch of a file that can be checked alone: a member of a pack, a content-defined
piece of a large blob (docs/format.md, "Pieces"), or a whole blob that has no list. What follows,
asking, resuming, checking, is the same for all three.
"""

from __future__ import annotations

import hashlib
import zlib
from collections.abc import Callable, Iterable
from dataclasses import dataclass

from player.course.manifest import Manifest
from player.course.pieces import decode_pieces
from player.errors import Malformed


@dataclass(frozen=True, slots=True)
class Piece:
    """Bytes `start` to `stop` (not included) of a file; unpacked, `size` bytes of hash `sha256`."""

    start: int
    stop: int
    sha256: str
    size: int
    encoding: str = ""


@dataclass(frozen=True, slots=True)
class Target:
    """A file at `path` of a repository, `size` bytes, and its pieces that are wanted, in order.

    `packed`: each piece is a blob; otherwise they make up the blob that the file is.
    """

    path: str
    size: int
    pieces: tuple[Piece, ...]
    packed: bool = False

    @property
    def name(self) -> str:
        """The file's own SHA-256."""
        return self.path.rpartition("/")[2]

    @property
    def whole(self) -> bool:
        """Whether it is one piece from end to end, checked as a file, however large."""
        return not self.packed and len(self.pieces) == 1


ReadList = Callable[[str], bytes | None]
"""The bytes of a piece list that is here, by its hash; None where it is not."""


def targets(manifest: Manifest, blobs: Iterable[str], read_list: ReadList) -> list[Target]:
    """Return the files that hold `blobs`, each where its first blob stands in `blobs`."""
    members: dict[str, list[str]] = {}
    order: dict[str, Target | None] = {}
    for sha256 in blobs:
        blob = manifest.blobs[sha256]
        if blob.pack:
            members.setdefault(blob.pack, []).append(sha256)
            order[blob.pack] = None
        else:
            order[sha256] = loose(manifest, sha256, read_list)
    return [found or _pack(manifest, name, members[name]) for name, found in order.items()]


def loose(manifest: Manifest, sha256: str, read_list: ReadList) -> Target:
    """The blob as a file of its own, as it lies outside packs, or at a neighbour's."""
    size = manifest.blobs[sha256].size
    path = f"blobs/{sha256[:2]}/{sha256}"
    name = manifest.blobs[sha256].pieces
    data = read_list(name) if name else None
    pieces = _listed(data, size) if data is not None else ()
    return Target(path, size, pieces or (Piece(0, size, sha256, size),))


def _listed(data: bytes, size: int) -> tuple[Piece, ...]:
    """Its pieces; none where the list is not one, and the blob is then one piece."""
    try:
        listed = decode_pieces(data, size)
    except Malformed:
        return ()
    pieces, start = [], 0
    for length, sha256 in listed:
        pieces.append(Piece(start, start + length, sha256, length))
        start += length
    return tuple(pieces) if len(pieces) > 1 else ()


def _pack(manifest: Manifest, pack: str, members: Iterable[str]) -> Target:
    pieces = []
    for sha256 in members:
        blob = manifest.blobs[sha256]
        stop = blob.offset + blob.length
        pieces.append(Piece(blob.offset, stop, sha256, blob.size, blob.encoding))
    pieces.sort(key=lambda piece: (piece.start, piece.stop))
    return Target(f"packs/{pack[:2]}/{pack}", manifest.packs[pack].size, tuple(pieces), packed=True)


def unpacked(data: bytes, piece: Piece) -> bytes | None:
    """The content of a piece from its bytes; None unless size and hash are right.

    Never more than `piece.size` bytes are unpacked: a bomb, or a lie, is cut off there.
    """
    if piece.encoding == "zlib":
        inflate = zlib.decompressobj()
        try:
            data = inflate.decompress(data, piece.size + 1)
        except zlib.error:
            return None
    if len(data) != piece.size or hashlib.sha256(data).hexdigest() != piece.sha256:
        return None
    return data
