# SPDX-License-Identifier: Apache-2.0
"""WebVTT -> cues: what is said, and from when to when."""

from __future__ import annotations

import re
from bisect import bisect_right
from dataclasses import dataclass
from html import unescape

import pysubs2

_OVERRIDE = re.compile(r"\{\\[^}]*\}")  # what pysubs2 makes of <i> and its like


@dataclass(frozen=True, slots=True)
class Cue:
    """One caption: seconds of the video, plain text, lines parted by `\\n`."""

    start: float
    end: float
    text: str


def cues_of(data: bytes) -> tuple[Cue, ...]:
    """The cues of a WebVTT file in the order of their beginning; none where it is not one."""
    text = data.decode("utf-8-sig", errors="replace").replace("\r\n", "\n").replace("\r", "\n")
    found = (
        Cue(event.start / 1000, event.end / 1000, _words(event.text))
        for event in pysubs2.SSAFile.from_string(text, format_="vtt")
    )
    return tuple(sorted((c for c in found if c.text and c.end > c.start), key=lambda c: c.start))


def cue_at(cues: tuple[Cue, ...], time: float) -> int:
    """The number of the cue last begun at `time`; -1 before the first."""
    return bisect_right(cues, time, key=lambda cue: cue.start) - 1


def caption_at(cues: tuple[Cue, ...], time: float) -> str:
    """What stands on the picture at `time`; '' between two cues."""
    number = cue_at(cues, time)
    return cues[number].text if number >= 0 and time < cues[number].end else ""


def _words(text: str) -> str:
    lines = unescape(_OVERRIDE.sub("", text)).split("\\N")
    return "\n".join(" ".join(line.split()) for line in lines).strip()
