# SPDX-License-Identifier: Apache-2.0
"""One file being gathered: which stretch to ask for next, and whether what came is right."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence, Set
from dataclasses import dataclass, field

from player.download.parts import Part, Span, lacking, merged, total
from player.download.targets import Piece, Target, unpacked
from player.store import blobs

# One request brings at most this much: a cut or a lie costs less, and several lanes share a file.
STRETCH = 1024 * 1024
# Members of a pack that stand near each other come with one request. A round trip on the links
# this is made for (256 kbit/s at 600 ms, 2 Mbit/s at 300 ms) lasts as long as 19 to 75 KB take.
# What stands between and was not wished for is kept all the same, so it is not wasted. What is here
# already is fetched twice only as far as one more request and answer would cost as many bytes.
GAP = 16 * 1024
GAP_HELD = 1024


@dataclass(slots=True, eq=False)
class Gathering:
    """A target and what of it still lacks, by where it begins.

    `held` are bytes of its file that are here elsewhere: members of a pack that are blobs already.
    `is_next` says that it belongs to the sitting that the learner needs next.
    """

    target: Target
    part: Part
    held: Sequence[Span] = ()
    is_next: bool = False
    left: dict[int, Piece] = field(init=False)

    def __post_init__(self) -> None:
        self.left = {piece.start: piece for piece in self.target.pieces}

    @property
    def lacks(self) -> int:
        """Bytes of its pieces that did not come."""
        here = self.part.spans
        return total(
            gap for one in self.left.values() for gap in lacking(here, one.start, one.stop)
        )

    def came(self, blobs: Set[str]) -> int:
        """Bytes that are here, checked or not, of those of its `blobs`."""
        if self.target.packed:
            spans = merged(
                (one.start, one.stop) for one in self.target.pieces if one.sha256 in blobs
            )
        else:
            spans = [(0, self.target.size)] if self.target.name in blobs else []
        here = self.part.spans
        return total(spans) - total(gap for span in spans for gap in lacking(here, *span))

    def covered(self, start: int, stop: int) -> list[Piece]:
        """The pieces in or at bytes `start` to `stop` that are all here and were not checked."""
        near = [one for one in self.left.values() if one.start <= stop and one.stop >= start]
        here = self.part.spans if near else []
        return [one for one in near if not lacking(here, one.start, one.stop)]

    def stretch(self, pieces: Iterable[Piece], busy: Iterable[Span], most: int) -> Span | None:
        """The first bytes to ask for, so that `pieces` (some that are left) come.

        Args:
            pieces: in order.
            busy: what others are asking for.
            most: how many bytes at the most; at least 1.
        """
        here = merged([*self.part.spans, *busy])
        found: Span | None = None
        for gap in self._gaps(pieces, here):
            if found is None:
                found = gap
            elif gap[1] - found[0] > most or not self._near(found[1], gap[0], here):
                break
            else:
                found = found[0], gap[1]
        return (found[0], min(found[1], found[0] + most)) if found else None

    def _gaps(self, pieces: Iterable[Piece], here: list[Span]) -> Iterator[Span]:
        for piece in pieces:
            yield from lacking(here, piece.start, piece.stop)

    def _near(self, stop: int, start: int, here: list[Span]) -> bool:
        if start - stop > GAP:
            return False
        known = merged([*here, *self.held])
        unknown = sum(end - begin for begin, end in lacking(known, stop, start))
        return start - stop - unknown <= GAP_HELD

    def content(self, piece: Piece) -> bytes | None:
        """What a piece of it holds; None where it is wrong, and its bytes are then forgotten."""
        data = unpacked(self.part.read(piece.start, piece.stop), piece)
        if data is None:
            self.part.drop(piece.start, piece.stop)
        return data

    def is_right(self) -> bool:
        """Whether the whole file, all of which came, has its hash. It is on the disk then."""
        self.part.settle(now=True)
        right = blobs.whole(self.part.path, self.target.name, self.target.size)
        if not right:
            self.part.drop(0, self.target.size)
        return right
