# SPDX-License-Identifier: Apache-2.0
"""What a learner is told of files: which are asked for, and what they will cost."""

from __future__ import annotations

from collections.abc import Iterable

from player.course.interactions import UploadInteraction
from player.store import handed
from player.sync import handed_piece
from player.ui.language import size, translate


def limits_of(asked: UploadInteraction) -> str:
    """How many, how large, and of which kinds."""
    said = [translate("Upload", "At most %n file(s)", "", asked.most_files)]
    said.append(translate("Upload", "{size} each").format(size=size(asked.most_bytes)))
    return " · ".join(filter(None, (*said, kinds_of(asked))))


def kinds_of(asked: UploadInteraction) -> str:
    """The media types in words, '' where any will do."""
    return ", ".join(map(_kind, asked.accept))


def to_send(sizes: Iterable[int], road: str) -> str:
    """What files will cost on the line, or that they will not go over it."""
    known = list(sizes)
    bytes_ = size(sum(map(handed_piece.cost, known)))
    if road == "network":
        text = translate(
            "Upload", "%n file(s): {size} will be sent with the next sync.", "", len(known)
        )
    elif road == "stick":
        text = translate(
            "Upload",
            "%n file(s), {size}. This platform takes files by stick alone: see “Carry on a stick” "
            "in My work. What you write still goes over the network.",
            "",
            len(known),
        )
    else:
        text = translate(
            "Upload",
            "%n file(s), {size}, stay on this computer until it belongs to a platform.",
            "",
            len(known),
        )
    return text.format(size=bytes_)


def _kind(accepted: str) -> str:
    """A media type in the reader's words."""
    words = {"image/*": translate("Upload", "pictures"), "text/plain": translate("Upload", "text")}
    ending = next(iter(handed.endings([accepted])), accepted)
    return words.get(accepted, ending.lstrip(".").upper())
