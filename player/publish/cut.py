# SPDX-License-Identifier: Apache-2.0
"""Large files cut into pieces where their content says (docs/format.md, "Pieces").

FastCDC (Xia et al., USENIX ATC 2016, and IEEE TPDS 2020): whether a piece ends at a byte
depends on the bytes just before it alone. So what an edit moves along keeps its pieces, and a
reader that has them fetches only the rest.
"""

from __future__ import annotations

import hashlib
import io
from collections.abc import Iterator
from typing import BinaryIO

from player.course.pieces import TYPE, encode_pieces
from player.errors import Damaged
from player.publish.folder import Content, content

# Every publisher keeps these: with others an unchanged file is cut anew, and a learner who has it
# pays for all of it at its next edit. A cut comes at the first byte after LEAST that says so, which
# one in MORE does: 124 KiB a piece. "Normalized chunking" makes pieces more even, and an edit up to
# four times dearer, as it takes longer until old and new cuts meet (measured in decision 0010).
LEAST, MORE, MOST = 64 * 1024, 64 * 1024, 256 * 1024  # bytes


def piece_list(one: Content) -> Content | None:
    """Return the list of a content's pieces.

    None for one that would be a single piece, and where nothing is installed that cuts (the extra
    `publish`): it is then published as before there were pieces.

    Raises:
        Damaged: its file has changed since its hash was taken.
    """
    if one.size <= MOST:
        return None
    try:
        import pyfastcdc  # noqa: F401, PLC0415 - an extra, as PyAV is
    except ImportError:
        return None
    with _opened(one) as stream:
        return content(encode_pieces(_pieces(one, stream)), TYPE)


def _opened(one: Content) -> BinaryIO:
    return one.path.open("rb") if one.path else io.BytesIO(one.read())


def _pieces(one: Content, stream: BinaryIO) -> Iterator[tuple[int, str]]:
    """The pieces, read once, one at a time; at the end the whole is compared with its hash."""
    from pyfastcdc import FastCDC  # noqa: PLC0415 - see above

    cutter = FastCDC(MORE, min_size=LEAST, max_size=MOST, normalized_chunking=0)
    whole = hashlib.sha256()
    for piece in cutter.cut_stream(stream):
        whole.update(piece.data)
        yield piece.length, hashlib.sha256(piece.data).hexdigest()
    if whole.hexdigest() != one.sha256:
        path = one.path
        raise Damaged(what=path.name if path else one.sha256, place=path.parent if path else "")
