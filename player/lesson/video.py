# SPDX-License-Identifier: Apache-2.0
"""One opening of one video: go on where it was left, record what is watched, say when it is done.

The player's view reports what happens; this decides what is worth writing down. A power cut loses
at most `CHECKPOINT` seconds: the next opening finds the last checkpoint and closes that visit.
"""

from __future__ import annotations

import math
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import replace
from datetime import UTC, datetime
from typing import TypedDict

import msgspec

from player.clock import Now
from player.course.manifest import Video
from player.errors import StorageProblem
from player.journal.events import (
    Completed,
    Event,
    Left,
    Paused,
    Played,
    Playing,
    Sought,
    Watching,
)
from player.journal.journal import Where, events, new_id, record, record_all
from player.journal.progress import is_completed, positions
from player.journal.union import is_from_elsewhere
from player.lesson.naming import named
from player.lesson.watching import Recorder, Segments, merge, progress, threshold
from player.store.database import Database, translated

CHECKPOINT = 10.0
"""Seconds between two checkpoints while a video plays."""
NEAR_THE_END = 5.0
"""Who left a video this many seconds before its end starts it anew."""

_AnyPlaying = Played | Paused | Sought | Watching | Left
_KINDS = ("played", "paused", "sought", "watching", "left")


class _Facts(TypedDict):
    """The fields that the acts of a visit share."""

    name: str
    language: str
    visit: str
    time: float
    length: float
    segments: Segments
    progress: float


class VideoVisit:
    """One opening of one video. Times are seconds from the video's start.

    Every method may raise what `player.journal.journal.record` does: nothing was written then, and
    nothing is lost, since the next act carries all of the visit.

    Attributes:
        resume_at: where to start; 0 at the first visit and when it had been watched to its end.
    """

    def __init__(
        self, db: Database, where: Where, video: Video, now: Now = lambda: datetime.now(UTC)
    ) -> None:
        self._db, self._where, self._video, self._now = db, where, video, now
        self._visit = new_id()
        self._names = named(db, where, video)
        self._length = video.duration
        self._recorder = Recorder(self._length)
        self._playing = self._left = False
        self._saved_at = now()
        earlier = self._earlier()
        self._seen_before = tuple(part for act, _ in earlier for part in act.segments)
        self.resume_at = self._resume()
        with suppress(StorageProblem):  # then the next opening tells of them: this one can play
            for act, event in earlier:
                self._close_if_cut_off(act, event)

    @property
    def watched(self) -> Segments:
        """What was ever watched, this visit included: in order, none twice."""
        return merge((*self._seen_before, *self._recorder.segments))

    @property
    def progress(self) -> float:
        """The share of the video that was ever watched, 0 to 1."""
        return progress(self.watched, self._length)

    def played(self, time: float, speed: float = 1.0, rendition: str = "") -> None:
        """It began to play at `time`."""
        self._recorder.play(time)
        self._playing, self._saved_at = True, self._now()
        self._record(Played(**self._facts(time), speed=speed, rendition=rendition))

    def tick(self, time: float, speed: float = 1.0) -> None:
        """It plays at that speed and is at `time`: to be called some four times a second."""
        if not self._playing:
            return
        self._recorder.tick(time, speed)
        now = self._now()
        if abs((now - self._saved_at).total_seconds()) >= CHECKPOINT:  # abs: a clock set back
            self._saved_at = now
            self._record(Watching(**self._facts(time)))

    def paused(self, time: float) -> None:
        """It stopped at `time`."""
        if self._playing:
            self._recorder.stop(time)
            self._playing = False
            self._record(Paused(**self._facts(time)))

    def sought(self, from_: float, to: float) -> None:
        """The learner jumped: one call for one jump, when a slider is let go."""
        self._recorder.seek(from_, to)
        self._record(Sought(**self._facts(from_), to=_whole(to)))

    def ended(self, time: float) -> None:
        """It played to its end, at `time`: the length, where the course does not tell it."""
        self._length = self._length or _whole(time)
        self.paused(time)

    def left(self, time: float) -> None:
        """The video is closed, at `time`. Nothing more is recorded in this visit."""
        if self._left:
            return
        self._recorder.stop(time)
        self._playing = False
        self._record(Left(**self._facts(time)))
        self._left = True

    def _facts(self, time: float) -> _Facts:
        return {
            **self._names,
            "visit": self._visit,
            "time": _whole(time),
            "length": self._length,
            "segments": self._recorder.segments,
            "progress": round(self.progress, 3),
        }

    def _record(self, act: _AnyPlaying) -> None:
        """Write `act`, and with it that the video is done, if it has just become so."""
        with translated(self._db.path), self._db.atomic():
            record_all(self._db, self._where, [act, *self._completion(act)], self._now)

    def _completion(self, act: _AnyPlaying) -> Iterator[Completed]:
        where, watched = self._where, self.watched
        if isinstance(act, Played | Sought):
            return
        if progress(watched, self._length) <= threshold(self._length):
            return
        if is_completed(self._db, where.learner, where.course, where.activity):
            return
        spent = (*self._seen_before, *self._recorder.segments)
        yield Completed(
            **self._names,
            type="video",
            visit=self._visit,
            time=act.time,
            length=self._length,
            segments=watched,
            seconds=round(math.fsum(end - start for start, end in spent), 3),
        )

    def _earlier(self) -> list[tuple[Playing, Event]]:
        """The last act of each earlier visit and its event, oldest first.

        The act carries all that was watched in its visit. One that came from another PC may not:
        the platform is told of it at some acts only.
        """
        marks = ", ".join("?" for _ in _KINDS)
        condition = f"learner = ? AND course = ? AND activity = ? AND kind IN ({marks})"
        where = self._where
        last: dict[str, tuple[Playing, Event]] = {}
        for event in events(
            self._db, condition, (where.learner, where.course, where.activity, *_KINDS)
        ):
            if isinstance(act := event.act, Playing):
                before = last.pop(act.visit, None)
                if before and not act.segments:
                    act = msgspec.structs.replace(act, segments=before[0].segments)
                last[act.visit] = (act, event)
        return list(last.values())

    def _resume(self) -> float:
        where = self._where
        here = positions(self._db, where.learner, where.course, where.activity)
        time = here.get(where.activity, 0.0)
        return 0.0 if self._length and time > self._length - NEAR_THE_END else time

    def _close_if_cut_off(self, last: Playing, event: Event) -> None:
        """Tell of a visit that ended without a word: at a power cut, in a crash.

        Of one on another PC, that PC tells.
        """
        if not isinstance(last, Left) and not is_from_elsewhere(self._db, event.id):
            act = Left(
                name=last.name,
                language=last.language,
                visit=last.visit,
                time=last.to if isinstance(last, Sought) else last.time,
                length=last.length,
                segments=last.segments,
                progress=last.progress,
            )
            record(self._db, replace(self._where, version=event.version), act, self._now)


def _whole(seconds: float) -> float:
    return round(max(seconds, 0.0), 3) if math.isfinite(seconds) else 0.0
