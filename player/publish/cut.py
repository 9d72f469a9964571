# SPDX-License-Identifier: Apache-2.0
"""Large files cut into pieces where their content says (docs/format.md, "Pieces").

FastCDC (Xia et al., USENIX ATC 2016): a boundary depends on the bytes before it alone, so what an
edit moves along keeps its pieces, and a reader that has them fetches only the rest.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from pathlib import Path
from typing import BinaryIO

from fastcdc import fastcdc

from player.course.pieces import TYPE, encode_pieces
from player.publish.folder import Content, content

LEAST, USUAL, MOST = 64 * 1024, 128 * 1024, 256 * 1024  # bytes
"""Publishers keep these: other sizes cut an unchanged file anew."""


def piece_list(one: Content) -> Content | None:
    """Return the list of the pieces of a file; None for one that would be a single piece."""
    if one.size <= MOST or one.path is None:
        return None
    return content(encode_pieces(_pieces(one.path)), TYPE)


def _pieces(path: Path) -> Iterator[tuple[int, str]]:
    with path.open("rb") as file:
        for length in _lengths(path):
            yield length, hashlib.sha256(_exactly(file, length)).hexdigest()


def _lengths(path: Path) -> Iterator[int]:
    return (chunk.length for chunk in fastcdc(str(path), LEAST, USUAL, MOST))


def _exactly(file: BinaryIO, length: int) -> bytes:
    data = file.read(length)
    if len(data) != length:
        raise EOFError(f"{file.name} got shorter while it was read")
    return data
