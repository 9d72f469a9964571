# SPDX-License-Identifier: Apache-2.0
"""Files of a repository, and the pieces of them that are to be fetched. Pure.

A *piece* is a stretch of a file that can be checked alone: a member of a pack, a content-defined
piece of a large blob (docs/format.md, "Pieces"), or a whole blob that has no list. What follows,
asking, resuming, checking, is the same for all three.
"""

from __future__ import annotations

import hashlib
import zlib
from collections.abc import Callable, Iterable
from dataclasses import dataclass

from player.course.manifest import Blob, Manifest


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


Pieces = Callable[[Blob], tuple[tuple[int, str], ...]]
"""The pieces of a large file whose list is here: see `player.store.blobs.pieces`."""


def targets(manifest: Manifest, blobs: Iterable[str], pieces: Pieces) -> list[Target]:
    """Return the files that hold `blobs`, each where its first blob stands in `blobs`."""
    members: dict[str, list[str]] = {}
    order: dict[str, Target | None] = {}
    for sha256 in blobs:
        blob = manifest.blobs[sha256]
        if blob.pack:
            members.setdefault(blob.pack, []).append(sha256)
            order[blob.pack] = None
        else:
            order[sha256] = loose(manifest, sha256, pieces)
    return [found or _pack(manifest, name, members[name]) for name, found in order.items()]


def loose(manifest: Manifest, sha256: str, pieces: Pieces) -> Target:
    """The blob as a file of its own, as it lies outside packs, or at a neighbour's."""
    blob = manifest.blobs[sha256]
    path = f"blobs/{sha256[:2]}/{sha256}"
    listed = _laid_out(pieces(blob))
    return Target(path, blob.size, listed or (Piece(0, blob.size, sha256, blob.size),))


def _laid_out(listed: Iterable[tuple[int, str]]) -> tuple[Piece, ...]:
    """Pieces one behind the other; a single one is the file, and has its hash."""
    pieces, start = [], 0
    for length, sha256 in listed:
        pieces.append(Piece(start, start + length, sha256, length))
        start += length
    return tuple(pieces) if len(pieces) > 1 else ()


def _pack(manifest: Manifest, pack: str, members: Iterable[str]) -> Target:
    pieces = [member(sha256, manifest.blobs[sha256]) for sha256 in members]
    pieces.sort(key=lambda piece: (piece.start, piece.stop))
    return Target(f"packs/{pack[:2]}/{pack}", manifest.packs[pack].size, tuple(pieces), packed=True)


def member(sha256: str, blob: Blob) -> Piece:
    """Where a blob lies in its pack."""
    return Piece(blob.offset, blob.offset + blob.length, sha256, blob.size, blob.encoding)


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
