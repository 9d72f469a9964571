# SPDX-License-Identifier: Apache-2.0
"""What is said in a video, in sentences rather than in cues, each with its seconds.

Captions part a sentence as a screen asks for; two words of it would be in two cues, and together in
none.
"""

from __future__ import annotations

import re
from collections.abc import Iterable

from player.course.captions import Cue
from player.search.segments import LONGEST, Segment

_ENDS = re.compile(r"[.!?…。！？؟।။]['\"”’»)\]]*\s*\Z")
_LONG = 220  # characters of one sentence, or of captions that have none
_PAUSE = 6.0  # seconds without a word end one as well


def segments(cues: Iterable[Cue]) -> list[Segment]:
    """The sentences of captions, and from which letter on what is said when."""
    made: list[Segment] = []
    open_: list[Cue] = []
    for cue in cues:
        if open_ and (cue.start - open_[-1].end > _PAUSE or _is_full(open_)):
            made.append(_joined(open_))
            open_ = []
        open_.append(cue)
    return [*made, _joined(open_)] if open_ else made


def _is_full(cues: list[Cue]) -> bool:
    return bool(_ENDS.search(cues[-1].text)) or sum(len(cue.text) for cue in cues) > _LONG


def _joined(cues: list[Cue]) -> Segment:
    text, seconds = "", []
    for cue in cues:
        text += "\n" if text else ""
        seconds.append((len(text), cue.start))
        text += "\n".join(" ".join(line.split()) for line in cue.text.splitlines())[:LONGEST]
    return Segment(text, seconds=tuple(seconds))
