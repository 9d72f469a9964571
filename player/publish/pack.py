# SPDX-License-Identifier: Apache-2.0
"""Many small files in one, and what fetching them costs (docs/format.md, "Packs", `cost`)."""

from __future__ import annotations

import hashlib
import zlib
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field

from player.course import needs
from player.course.catalogue import Cost
from player.course.manifest import Blob, Manifest, Pack, Rendition, Video
from player.publish.cut import piece_list
from player.publish.folder import SMALL, Content

FULL = 1024 * 1024  # bytes: a pack that has reached them is closed


@dataclass(frozen=True, slots=True)
class Packed:
    """Where every blob lies. `packs` are bytes by hash, `files` the blobs that stay alone."""

    blobs: dict[str, Blob]
    packs: dict[str, bytes]
    files: dict[str, Content]

    def listed(self) -> dict[str, Pack]:
        """The packs as the manifest lists them."""
        return {sha256: Pack(len(data)) for sha256, data in self.packs.items()}


@dataclass(slots=True)
class _Open:
    """A pack that is being filled."""

    data: bytearray = field(default_factory=bytearray)
    members: dict[str, Blob] = field(default_factory=dict)

    def add(self, one: Content, data: bytes) -> None:
        small = zlib.compress(data, 9)
        encoding, stored = ("zlib", small) if len(small) < len(data) else ("", data)
        self.members[one.sha256] = Blob(
            one.size, one.type, None, len(self.data), len(stored), encoding
        )
        self.data += stored


def pack(sections: Iterable[Iterable[Content]], heights: Mapping[str, int] | None = None) -> Packed:
    """Return the contents of each section in packs of their own, each content once.

    Args:
        sections: contents in the order of the course. Those of at most 128 KiB are packed; larger
            ones stay alone and get piece lists, which lie behind each other in packs of their own.
        heights: of videos by hash. A learner takes one rendition, so its lists are neighbours.

    Raises:
        Damaged: a file has changed since its hash was taken.
    """
    packed = Packed({}, {}, {})
    for section in sections:
        large = _pack_small(section, packed)
        large.sort(key=lambda one: (heights or {}).get(one.sha256, 0))
        _list_pieces(large, packed)
    return packed


def _pack_small(section: Iterable[Content], packed: Packed) -> list[Content]:
    """Pack what is small; return what is not."""
    large: dict[str, Content] = {}
    filling = _Open()
    for one in section:
        if one.sha256 in packed.blobs or one.sha256 in filling.members:
            continue
        if one.data is None or one.size > SMALL:
            large[one.sha256] = one
            continue
        filling = _filled(filling, one, one.data, packed)
    _close(filling, packed)
    return list(large.values())


def _list_pieces(large: Iterable[Content], packed: Packed) -> None:
    """Let large files stay alone, their piece lists in packs."""
    filling = _Open()
    for one in large:
        listed = piece_list(one)
        if listed and listed.sha256 not in packed.blobs | filling.members:
            filling = _filled(filling, listed, listed.read(), packed)
        pieces = listed.sha256 if listed else None
        packed.blobs[one.sha256] = Blob(one.size, one.type, pieces=pieces)
        packed.files[one.sha256] = one
    _close(filling, packed)


def _filled(filling: _Open, one: Content, data: bytes, packed: Packed) -> _Open:
    """Add a member; return the pack to go on with."""
    filling.add(one, data)
    if len(filling.data) < FULL:
        return filling
    _close(filling, packed)
    return _Open()


def _close(filling: _Open, packed: Packed) -> None:
    if not filling.members:
        return
    sha256 = hashlib.sha256(filling.data).hexdigest()
    packed.packs[sha256] = bytes(filling.data)
    for member, blob in filling.members.items():
        packed.blobs[member] = Blob(
            blob.size, blob.type, sha256, blob.offset, blob.length, blob.encoding
        )


def cost(manifest: Manifest) -> Cost:
    """Return the bytes to fetch: everything but video, and each rendition on top of that."""
    base = set(_beside_video(manifest))
    videos = [one for one in manifest.activities() if isinstance(one, Video)]
    heights = {one.name: one.height for video in videos for one in video.renditions}
    renditions = {
        name: needs.size(manifest, {_nearest(video, height) for video in videos} - base)
        for name, height in sorted(heights.items(), key=lambda one: (one[1], one[0]))
    }
    return Cost(needs.size(manifest, base), renditions)


def _beside_video(manifest: Manifest) -> Iterator[str]:
    if manifest.image:
        yield manifest.image
    for activity in manifest.activities():
        yield from activity.blobs()


def _nearest(video: Video, height: int) -> str:
    """The blob of that height, else of the next lighter one, else of the lightest."""
    lighter: list[Rendition] = [one for one in video.renditions if one.height <= height]
    return (lighter[-1] if lighter else video.renditions[0]).blob
