# SPDX-License-Identifier: Apache-2.0
"""The piece list of a large file: docs/format.md, "Pieces"."""

from __future__ import annotations

import struct
from collections.abc import Iterable

from player.errors import QT_TRANSLATE_NOOP, Malformed

TYPE = "application/vnd.cartable.pieces"
_NAME = QT_TRANSLATE_NOOP("errors", "The piece list")
LONGEST = 1024 * 1024  # bytes: what one wrong byte may cost at the most

_ENTRY = struct.Struct(">I32s")


def encode_pieces(pieces: Iterable[tuple[int, str]]) -> bytes:
    """Return the list of (length in bytes, SHA-256 as hexadecimal digits), in order of the file."""
    return b"".join(_ENTRY.pack(length, bytes.fromhex(sha256)) for length, sha256 in pieces)


def decode_pieces(data: bytes, size: int) -> tuple[tuple[int, str], ...]:
    """Return the pieces of a file of `size` bytes, as they were given to `encode_pieces`.

    Raises:
        Malformed: it is no list, or not of a file of that size.
    """
    if len(data) % _ENTRY.size:
        raise Malformed(
            document=_NAME, reason=QT_TRANSLATE_NOOP("errors", "its length is that of no list")
        )
    pieces = tuple((length, raw.hex()) for length, raw in _ENTRY.iter_unpack(data))
    if not all(0 < length <= LONGEST for length, _ in pieces):
        raise Malformed(
            document=_NAME, reason=QT_TRANSLATE_NOOP("errors", "a piece is empty or too long")
        )
    if sum(length for length, _ in pieces) != size:
        raise Malformed(document=_NAME, reason=QT_TRANSLATE_NOOP("errors", "it is of another file"))
    return pieces
