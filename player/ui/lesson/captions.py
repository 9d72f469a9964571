# SPDX-License-Identifier: Apache-2.0
"""Which caption stands on the picture, and which one was begun last."""

from __future__ import annotations

import math
from bisect import bisect_right

from player.course.captions import Cue, parse_captions
from player.errors import Malformed


def cues_of(data: bytes) -> tuple[Cue, ...]:
    """The cues of a WebVTT file in the order of their beginning; none where it is not one."""
    try:
        return parse_captions(data, "captions.vtt")
    except Malformed:
        return ()


def cue_at(cues: tuple[Cue, ...], time: float) -> int:
    """The number of the cue last begun at `time`; -1 before the first."""
    return bisect_right(cues, time, key=lambda cue: cue.start) - 1


def caption_at(cues: tuple[Cue, ...], time: float) -> str:
    """What stands on the picture at `time`; '' between two cues."""
    number = cue_at(cues, time)
    return cues[number].text if number >= 0 and time < cues[number].end else ""


def next_change(cues: tuple[Cue, ...], time: float) -> float:
    """The second after `time` at which another caption, or none, is to be seen; inf for never."""
    number = cue_at(cues, time)
    ends = [cues[number].end] if number >= 0 and time < cues[number].end else []
    starts = [one.start for one in cues[number + 1 : number + 2]]
    return min(ends + starts, default=math.inf)
