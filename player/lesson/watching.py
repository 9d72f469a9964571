# SPDX-License-Identifier: Apache-2.0
"""How much of a video was watched: intervals, from positions that an engine reports.

*Watched* is what was played, each second once, in whatever order and however often: never how far
somebody got. Who skips to the end has watched what was played before and after. A speed changes
nothing: a minute of the video that took half a minute is a minute. Intervals of all visits count
together, and those that touch are one.

A video is done when more of it was watched than `threshold` says: 0.7 of the shortest, 0.95 from
ten minutes on, so that nobody needs the credits of a film. The rule is that of Marsha, the video
server of France Université Numérique (https://github.com/openfun/marsha); intervals and share are
those of the xAPI video profile (`played-segments` and `progress`, https://w3id.org/xapi/video), by
which a video is completed once a threshold is passed, and is said to be so once.

Engines are not exact: a position comes late, goes back a little, runs past the end, or is not a
number while the file opens. Nothing of that may make a learner have watched more than they did,
and little of it less.
"""

from __future__ import annotations

import math
from collections.abc import Iterable

Segment = tuple[float, float]
Segments = tuple[Segment, ...]

JUMP = 5.0
"""A step between two positions above what plays in this many seconds is no watching: nobody said
`seek`, and no window stands still for so long."""
JITTER = 1.0
"""A step back of at most this many seconds is the engine's, not the learner's."""


def merge(segments: Iterable[Segment]) -> Segments:
    """Return the same seconds in order, none twice; what is empty or not a number is left out."""
    merged: list[Segment] = []
    for start, end in sorted(one for one in segments if _holds_time(one)):
        if merged and start <= merged[-1][1]:
            merged[-1] = (merged[-1][0], max(merged[-1][1], end))
        else:
            merged.append((start, end))
    return tuple(merged)


def watched_seconds(segments: Iterable[Segment]) -> float:
    """Return the seconds that `segments` cover, each counted once."""
    return math.fsum(end - start for start, end in merge(segments))


def progress(segments: Iterable[Segment], length: float) -> float:
    """Return the share of `length` seconds that was watched, 0 to 1; 0 for an unknown length."""
    if not (math.isfinite(length) and length > 0):
        return 0.0
    inside = [(max(start, 0.0), min(end, length)) for start, end in segments]
    return min(watched_seconds(inside) / length, 1.0)


def threshold(length: float) -> float:
    """Return the share beyond which a video of `length` seconds counts as done.

    FUN's Marsha: 0.7 for the shortest, rising to 0.95 at ten minutes and above.
    """
    return 0.7 + 0.25 * min(max(length, 0.0), 600.0) / 600.0


class Recorder:
    """Collects what is watched in one visit, in the order of watching.

    Positions are in seconds. Each method may be called at any time and with any number: what is
    not a finite number is passed over, what lies outside the video is cut to it.
    """

    def __init__(self, length: float) -> None:
        self._length = length if math.isfinite(length) and length > 0 else math.inf
        self._closed: list[Segment] = []
        self._start: float | None = None
        self._end = 0.0

    @property
    def segments(self) -> Segments:
        """What was watched so far, the stretch that is playing included."""
        if self._start is None or self._end <= self._start:
            return tuple(self._closed)
        if self._closed and self._closed[-1][1] == self._start:  # it went on where it had stopped
            return (*self._closed[:-1], (self._closed[-1][0], self._end))
        return (*self._closed, (self._start, self._end))

    def play(self, time: float) -> None:
        """It plays, from `time`."""
        self._close()
        position = self._position(time)
        if position is not None:
            self._start = self._end = position

    def tick(self, time: float, speed: float = 1.0) -> None:
        """It is at `time`, having played at that speed since the last call."""
        position = self._position(time)
        if position is None:
            return
        if self._start is None or not -JITTER <= position - self._end <= JUMP * max(speed, 1.0):
            self.play(position)
        else:
            self._end = max(self._end, position)

    def seek(self, from_: float, to: float) -> None:
        """The learner jumped. It plays on from `to` if it was playing."""
        playing = self._start is not None
        if playing:
            self.tick(from_)
            self._close()
            self.play(to)

    def stop(self, time: float) -> None:
        """It stopped at `time`."""
        if self._start is not None:
            self.tick(time)
            self._close()

    def _close(self) -> None:
        self._closed = list(self.segments)
        self._start = None

    def _position(self, time: float) -> float | None:
        if not math.isfinite(time):
            return None
        return round(min(max(time, 0.0), self._length), 3)


def _holds_time(segment: Segment) -> bool:
    start, end = segment
    return math.isfinite(start) and math.isfinite(end) and start < end
