# SPDX-License-Identifier: Apache-2.0
"""Drag and drop (v2): items are labels, zones are parts of the picture."""

from __future__ import annotations

import struct
from typing import TYPE_CHECKING, Any

from player.publish.olx.numbers import number
from player.publish.olx.responses import Unfit

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from player.publish.olx.desk import Desk

    Render = Callable[[str], str]

_WIDEST = 100_000  # pixels


def dragged(data: Mapping[str, Any], render: Render, desk: Desk) -> dict[str, Any]:
    """What the block's `data` asks: an item is right in any of its zones.

    Raises:
        Unfit: its picture or its zones are not there.
    """
    file = desk.find(str(data.get("targetImg") or ""))
    size = size_of(desk.files[file].read_bytes()) if file else None
    zones = [_zone(one, n, render) for n, one in enumerate(data.get("zones") or (), 1)]
    if file is None or size is None or max(size) > _WIDEST or not zones:
        raise Unfit("Its picture, or the places in it, are not in the export.")
    ids = {
        str(one.get("uid") or one.get("title")): f"z{n}" for n, one in enumerate(data["zones"], 1)
    }
    labels, pairs = [], []
    for n, item in enumerate(data.get("items") or (), 1):
        words = str(item.get("displayName") or item.get("imageDescription") or n)
        labels.append({"id": f"l{n}", "text": render(words)})
        right = item.get("zones") or [item.get("zone")]
        pairs += [f"l{n} {ids[one]}" for one in map(str, right) if one in ids]
    if not pairs:
        raise Unfit("No item belongs anywhere.")
    return {
        "type": "image-drag",
        "image": desk.picture(file),
        "description": str(data.get("targetImgDescription") or "").strip(),
        "width": size[0],
        "height": size[1],
        "labels": labels,
        "zones": zones,
        "pairs": pairs,
        "out_of": float(len({pair.split()[0] for pair in pairs})),
    }


def _zone(zone: Mapping[str, Any], n: int, render: Render) -> dict[str, Any]:
    left, top, width, height = (
        number(str(zone.get(name, "")).removesuffix("px")) for name in ("x", "y", "width", "height")
    )
    if left is None or top is None or not width or not height:
        raise Unfit("The places in its picture cannot be read.")
    coords = [left, top, left + width, top + height]
    text = render(str(zone.get("title") or n))
    return {"id": f"z{n}", "shape": "rect", "coords": coords, "text": text}


def size_of(data: bytes) -> tuple[int, int] | None:
    """Width and height in pixels of a PNG, GIF or JPEG; None for anything else."""
    if data[:8] == b"\x89PNG\r\n\x1a\n" and len(data) >= 24:
        width, height = struct.unpack(">II", data[16:24])
        return width, height
    if data[:4] == b"GIF8" and len(data) >= 10:
        width, height = struct.unpack("<HH", data[6:10])
        return width, height
    at = 2
    while data[:2] == b"\xff\xd8" and at + 9 <= len(data) and data[at] == 0xFF:
        mark, length = data[at + 1], int.from_bytes(data[at + 2 : at + 4])
        if 0xC0 <= mark <= 0xCF and mark not in {0xC4, 0xC8, 0xCC}:
            height, width = struct.unpack(">HH", data[at + 5 : at + 9])
            return width, height
        at += 2 + length
    return None
