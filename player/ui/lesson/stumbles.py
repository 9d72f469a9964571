# SPDX-License-Identifier: Apache-2.0
"""A video that stands still, breaks off or fails in the middle: what can be played is played.

What libVLC and Qt do with a film whose middle is damaged (docs/notes.md): libVLC plays on through
it, as well as it can; Qt stands still for as long as the damage lasts; both end early where the
file does. None of them says that anything is wrong. A slow disk looks the same for a while, so
nothing is skipped before the files were looked at.
"""

from __future__ import annotations

import time
from collections.abc import Callable

from PySide6.QtCore import QObject, Slot

from player.app.mending import Stretches
from player.lesson.media import DAMAGED
from player.ui.lesson.context import LessonContext
from player.ui.lesson.playback import Playback

STALL = 2.5  # seconds in which it does not move, though it plays
AGAIN = 1.0  # the same, after something was skipped that did not bring it to play
EARLY = 3.0  # seconds before its end in which an end is none yet, at the speed of one
_AROUND = 5.0  # seconds before a bad stretch in which it may already stand still
_STEPS = (2.0, 4.0, 8.0, 16.0, 32.0, 64.0)  # seconds that are skipped, until it plays again


class Stumbles(QObject):
    """Watches one playback. `is_damaged`: the files were looked at, and something is wrong."""

    def __init__(
        self,
        context: LessonContext,
        playback: Playback,
        parent: QObject,
        now: Callable[[], float] = time.monotonic,
    ) -> None:
        super().__init__(parent)
        self._context, self._playback, self._now = context, playback, now
        self.is_damaged = False
        self._stretches: Stretches = ()
        self._at, self._since, self._skipped = -1.0, now(), 0
        self._reached = 0.0  # where it last went on by itself
        playback.moved.connect(self._moved)

    def harmed(self, stretches: Stretches) -> None:
        """The files were looked at, and something is wrong: skip what does not play.

        `stretches` are shares of the file that is played, from 0 to 1.
        """
        self.is_damaged, self._stretches = True, stretches

    def ended_early(self) -> bool:
        """Called as it ends: whether that is before its end; it stands where it broke off then."""
        if not self._playback.cut_short:
            return False
        self._context.damage_suspected()
        return True

    def recover(self, reason: str) -> bool:
        """Called as it fails: try again behind that place; whether that is worth a try."""
        if reason != DAMAGED:
            return False
        self._context.damage_suspected()
        playback = self._playback
        place = max(self._reached + self._step(), self._behind(self._reached))
        if not self._reached or self._skipped > len(_STEPS) or place >= playback.length:
            return False
        playback.load(playback.rendition, place)
        playback.toggle()
        return True

    @Slot(float)
    def _moved(self, position: float) -> None:
        playback = self._playback
        now = self._now()
        if not playback.playing or position != self._at:
            if playback.playing and 0 < position - self._at < EARLY * max(1.0, playback.speed):
                self._reached = position
                if now - self._since < STALL:
                    self._skipped = 0
            self._at, self._since = position, now
        elif now - self._since >= (AGAIN if self._skipped else STALL):
            self._stalled(position)

    def _stalled(self, position: float) -> None:
        if not self.is_damaged:
            self._context.damage_suspected()
            return
        place = max(position + self._step(), self._behind(position))
        if place < self._playback.length:
            self._at, self._since = place, self._now()  # a jump of ours is no going on
            self._playback.seek(place)

    def _behind(self, position: float) -> float:
        """About where the bad stretch ends, as if every second took as many bytes."""
        length = self._playback.length
        for start, stop in self._stretches:
            if start * length - _AROUND <= position <= stop * length:
                return stop * length
        return 0.0

    def _step(self) -> float:
        step = _STEPS[min(self._skipped, len(_STEPS) - 1)]
        self._skipped += 1
        return step
