# SPDX-License-Identifier: Apache-2.0
"""libVLC behind the `MediaPlayer` protocol.

libVLC forgets a pause or a loudness that comes before it plays, tells the time a few times a second
and cannot go back from an end: what is wanted is kept here, and told when it can be heard.
"""

from __future__ import annotations

import math
import threading
import time
from collections.abc import Callable
from functools import partial
from pathlib import Path
from typing import Any

from player.lesson.media import (
    DAMAGED,
    MISSING,
    NO_DECODER,
    NO_PICTURE,
    OnError,
    OnFrame,
    OnState,
    Pixels,
    State,
    is_cut,
)
from player.lesson.vlc import Film, Turns

_BETWEEN = 0.6  # seconds between two reports of the time, at most


class VlcPlayer:
    """See `player.lesson.media.MediaPlayer`. Make it only where `available()`."""

    def __init__(self, on_frame: OnFrame, on_state: OnState, on_error: OnError) -> None:
        self._on_frame, self._on_state, self._on_error = on_frame, on_state, on_error
        self._state = State.EMPTY
        self._length, self._at, self._since = 0.0, 0.0, 0.0
        self._speed, self._volume = 1.0, 80
        self._end = 0.0  # where the film was over: its length, or where its file is cut off
        self._blind = False  # without a picture, and that was said
        self._film: Film | None = None  # touched in our turns alone, as is all of libVLC
        self._closed = False
        self._telling = threading.RLock()  # nobody is told anything once `close` has returned
        self._turns = Turns()

    @property
    def position(self) -> float:
        """Where it is: libVLC tells the time two to four times a second, the rest is reckoned."""
        if self._state is not State.PLAYING or not self._since:
            return self._at
        reckoned = self._at + min(time.monotonic() - self._since, _BETWEEN) * self._speed
        return min(reckoned, self._length) if self._length else reckoned

    @property
    def length(self) -> float:
        """How long it is; 0 until that is known."""
        return self._length

    @property
    def state(self) -> State:
        """What it is doing."""
        return self._state

    def load(self, path: Path, start: float = 0.0) -> None:
        """Take up a file, to be played from `start`. What played before ends."""
        self._stand(start)
        self._length = 0.0
        self._turns.give(partial(self._load, path, self._at))

    def play(self) -> None:
        """Play, or go on; after the end, begin anew."""
        self._turns.give(self._play)

    def pause(self) -> None:
        """Hold the picture."""
        self._turns.give(self._pause)

    def seek(self, to: float) -> None:
        """Go to a time, playing or not."""
        if math.isfinite(to):
            self._stand(to)
            self._turns.give(partial(self._seek, self._at))

    def set_speed(self, factor: float) -> None:
        """Play at 0.5 to 2 times the speed."""
        self._stand(self.position)
        self._speed = min(max(factor, 0.5), 2.0)
        self._turns.give(self._tune)

    def set_volume(self, percent: int) -> None:
        """Loudness, 0 to 100."""
        self._volume = min(max(percent, 0), 100)
        self._turns.give(self._tune)

    def close(self) -> None:
        """Let go of everything, beside the caller, who is told nothing more."""
        with self._telling:  # what it draws on may be gone in a moment, and a picture on its way
            self._closed = True
        self._turns.end(self._drop)

    def wait(self) -> None:
        """After `close`: wait until libVLC has stopped."""
        self._turns.wait()

    def _stand(self, at: float) -> None:
        self._at, self._since = max(at, 0.0), 0.0

    # From here on: in the thread of our turns.

    def _load(self, path: Path, start: float) -> None:
        self._drop()
        self._stand(start)
        self._blind = False
        if not path.is_file():
            self._fail(MISSING)
            return
        self._film = film = Film(path, self._frame, self._heard)
        if not film.understood:
            self._fail(DAMAGED)
            return
        self._length = film.length
        self._become(State.READY)

    def _play(self) -> None:
        if self._film is None or self._state is State.FAILED:
            return
        faster = self._film.speed != self._speed
        if self._state is State.ENDED:  # what has ended in libVLC does not begin again
            self._film = self._film.again()
            self._stand(0.0 if self._at >= self._end else self._at)
        elif self._state is State.PAUSED and faster:  # libVLC would skip some seconds
            self._film = self._film.again()
        self._film.play(self._at, self._speed)

    def _pause(self) -> None:
        if self._film is not None and self._state is not State.ENDED:
            self._film.pause()

    def _seek(self, to: float) -> None:
        self._stand(to)  # once more: the old time may have been told meanwhile
        if self._film is not None and self._state is not State.ENDED:
            self._film.seek(to)

    def _tune(self) -> None:
        if self._film is not None and self._state is State.PLAYING:
            self._film.tune(self._speed, self._volume)

    def _drop(self) -> None:
        if self._film is not None:
            self._film.drop()
            self._film = None

    def _heard(self, film: Film, event: str, value: float) -> None:
        """Called by libVLC in threads of its own: hand it over."""
        self._turns.give(partial(self._follow, film, event, value))

    def _follow(self, film: Film, event: str, value: float) -> None:
        if film is not self._film or self._state is State.FAILED:
            return
        if event == "time":
            self._at, self._since = value, time.monotonic()
            if not self._blind and film.blind(value):
                self._go_blind(film)
        elif event == "length":
            self._length = value or self._length
        elif event == "playing" and film.settled():
            self._since = time.monotonic()
            self._become(State.PLAYING)
            film.tune(self._speed, self._volume)
        elif event == "paused":
            self._stand(self.position)
            self._become(State.PAUSED)
        elif event == "ended" and film.decoded():
            reached = self.position
            cut = is_cut(reached, self._length)
            self._stand(reached if cut else self._length or self._at)
            self._end = self._at
            self._become(State.ENDED)
        elif event in ("ended", "failed"):
            self._fail(NO_DECODER if film.nameless else DAMAGED)

    def _go_blind(self, film: Film) -> None:
        """Without a decoder for the picture, the sound plays on."""
        if not film.heard():
            self._fail(NO_DECODER)
            return
        self._blind = True
        self._tell(self._on_error, NO_PICTURE)

    def _fail(self, reason: str) -> None:
        self._drop()
        self._become(State.FAILED)
        self._tell(self._on_error, reason)

    def _become(self, state: State) -> None:
        if state is not self._state:
            self._state = state
            self._tell(self._on_state, state)

    def _frame(self, width: int, height: int, stride: int, pixels: Pixels) -> None:
        """Called by libVLC in a thread of its own, for each picture at its time."""
        self._tell(self._on_frame, width, height, stride, pixels)

    def _tell(self, whom: Callable[..., None], *what: Any) -> None:
        with self._telling:
            if not self._closed:
                whom(*what)
