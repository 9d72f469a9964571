# SPDX-License-Identifier: Apache-2.0
"""What plays a video, whichever engine does it: pictures into memory, sound to the loudspeaker.

Two engines keep this protocol: libVLC (`player.lesson.vlc`) and Qt's (`player.ui.video.qt_player`).
`Silent` keeps it without playing, where a test or a PC has neither. Why pictures go through memory:
docs/decisions/0007-video-through-memory.md.
"""

from __future__ import annotations

import math
from collections.abc import Callable
from enum import Enum
from pathlib import Path
from typing import Protocol

from player.errors import QT_TRANSLATE_NOOP

MISSING = QT_TRANSLATE_NOOP("errors", "the file is not there")
DAMAGED = QT_TRANSLATE_NOOP("errors", "the file is damaged, or of a kind that is not known here")
NO_DECODER = QT_TRANSLATE_NOOP("errors", "a decoder for this kind of video is missing")
NO_PICTURE = QT_TRANSLATE_NOOP("errors", "a decoder for its picture is missing")
_CUT_SECONDS, _CUT_SHARE = 2.0, 0.03  # some files tell their length no better


class State(Enum):
    """What an engine is doing."""

    EMPTY = "empty"  # nothing is loaded
    READY = "ready"  # loaded, not begun
    PLAYING = "playing"
    PAUSED = "paused"
    ENDED = "ended"  # at the end, or where the file ends before it; `play` begins anew
    FAILED = "failed"  # on_error said why


Pixels = bytes | bytearray | memoryview
OnFrame = Callable[[int, int, int, Pixels], None]
"""Takes width, height, bytes a line, and the pixels: B, G, R and one unused byte each.

The pixels are good during the call alone: who keeps them copies them.
"""
OnState = Callable[[State], None]
OnError = Callable[[str], None]
"""Takes a reason for `player.errors.Unplayable`: one of the sentences above.

The engine has FAILED then, but for `NO_PICTURE`: it goes on with the sound.
"""


def is_cut(reached: float, length: float) -> bool:
    """Whether a film that is over at `reached` of its `length` seconds has lost the rest."""
    return length - reached > max(_CUT_SECONDS, _CUT_SHARE * length)


class MediaPlayer(Protocol):
    """Plays one file after another. An engine is made with `(on_frame, on_state, on_error)`.

    Its methods return at once. The three callables may be called in any thread, and not after
    `close`; they must not call the engine: a Qt signal's `emit` is right. Times are in seconds.
    """

    def load(self, path: Path, start: float = 0.0) -> None:
        """Take up a file, to be played from `start`. What played before ends."""

    def play(self) -> None:
        """Play, or go on; after the end, begin anew."""

    def pause(self) -> None:
        """Hold the picture."""

    def seek(self, to: float) -> None:
        """Go to a time, playing or not."""

    @property
    def position(self) -> float:
        """Where it is; where it will be, while a `seek` is under way."""

    @property
    def length(self) -> float:
        """How long it is; 0 until that is known."""

    @property
    def state(self) -> State:
        """What it is doing."""

    def set_speed(self, factor: float) -> None:
        """Play at 0.5 to 2 times the speed, voices at their pitch."""

    def set_volume(self, percent: int) -> None:
        """Loudness, 0 to 100."""

    def close(self) -> None:
        """Let go of everything. The engine is of no more use."""


class Silent:
    """Plays nothing: it is where it was told to be."""

    def __init__(self, on_frame: OnFrame, on_state: OnState, on_error: OnError) -> None:
        del on_frame, on_error  # nothing is shown, nothing fails
        self._on_state = on_state
        self._state = State.EMPTY
        self.position = self.length = 0.0

    @property
    def state(self) -> State:
        """What it is doing."""
        return self._state

    def load(self, path: Path, start: float = 0.0) -> None:  # noqa: ARG002 - any file will do
        """Take up a file."""
        self.seek(start)
        self._become(State.READY)

    def play(self) -> None:
        """Say that it plays."""
        self._become(State.PLAYING)

    def pause(self) -> None:
        """Say that it holds."""
        self._become(State.PAUSED)

    def seek(self, to: float) -> None:
        """Be at `to`."""
        self.position = max(to, 0.0) if math.isfinite(to) else 0.0

    def set_speed(self, factor: float) -> None:
        """Nothing gets faster."""

    def set_volume(self, percent: int) -> None:
        """Nothing gets louder."""

    def close(self) -> None:
        """Nothing is open."""
        self._state = State.EMPTY

    def _become(self, state: State) -> None:
        self._state = state
        self._on_state(state)
