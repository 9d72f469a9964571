# SPDX-License-Identifier: Apache-2.0
"""Qt Multimedia, with the FFmpeg it brings, behind the `MediaPlayer` protocol."""

from __future__ import annotations

import logging
import math
import os
import threading
from pathlib import Path

os.environ.setdefault("QT_MEDIA_BACKEND", "ffmpeg")  # read when QtMultimedia is first used

from PySide6.QtCore import QTimer, QUrl
from PySide6.QtGui import QImage
from PySide6.QtMultimedia import (
    QAudioBufferOutput,
    QAudioOutput,
    QMediaDevices,
    QMediaPlayer,
    QVideoFrame,
    QVideoSink,
)

from player.lesson.media import (
    DAMAGED,
    MISSING,
    NO_DECODER,
    NO_PICTURE,
    OnError,
    OnFrame,
    OnState,
    State,
    is_cut,
)

log = logging.getLogger(__name__)

_STATES = {
    QMediaPlayer.PlaybackState.PlayingState: State.PLAYING,
    QMediaPlayer.PlaybackState.PausedState: State.PAUSED,
}


class QtPlayer:
    """See `player.lesson.media.MediaPlayer`. Made, used and called back in the window's thread."""

    def __init__(self, on_frame: OnFrame, on_state: OnState, on_error: OnError) -> None:
        self._on_frame, self._on_state, self._on_error = on_frame, on_state, on_error
        self._state, self._target = State.EMPTY, 0.0
        self._reached = self._end = 0.0  # how far it played; where it was over
        self._loaded = self._closed = self._wanted = False
        self._telling = threading.Lock()  # no picture comes once `close` has returned
        self._blind = self._told_blind = False  # without a picture, and whether that was said
        self._sink = QVideoSink()
        self._player = QMediaPlayer()
        self._player.setVideoOutput(self._sink)
        if hasattr(self._player, "setPitchCompensation"):  # Qt 6.10; before, it always did
            self._player.setPitchCompensation(True)  # voices keep their pitch at any speed
        self._sound, self._nowhere = QAudioOutput(), QAudioBufferOutput()
        if QMediaDevices.audioOutputs():
            self._player.setAudioOutput(self._sound)
        else:  # sound that goes nowhere would never come to its end
            self._player.setAudioBufferOutput(self._nowhere)
        self._sink.videoFrameChanged.connect(self._frame)
        self._player.playbackStateChanged.connect(self._playback)
        self._player.mediaStatusChanged.connect(self._status)
        self._player.positionChanged.connect(self._follow)
        self._player.errorOccurred.connect(self._error)

    @property
    def position(self) -> float:
        """Where it is; where it will be, until the file is open."""
        if not self._loaded or self._state is State.ENDED:
            return self._target
        return self._player.position() / 1000

    @property
    def length(self) -> float:
        """How long it is; 0 until that is known."""
        return self._player.duration() / 1000

    @property
    def state(self) -> State:
        """What it is doing."""
        return self._state

    def load(self, path: Path, start: float = 0.0) -> None:
        """Take up a file, to be played from `start`. What played before ends."""
        self._loaded, self._target = False, max(start, 0.0)
        self._blind = self._told_blind = self._wanted = False
        self._state, self._reached = State.EMPTY, self._target
        if not path.is_file():
            self._player.stop()
            self._fail(MISSING)
            return
        self._loaded = True  # what Qt says while it lets go of the old file is not of the new one
        self._player.setSource(QUrl())  # so that the same file is opened once more
        self._loaded = False
        self._player.setSource(QUrl.fromLocalFile(str(path)))

    def play(self) -> None:
        """Play, or go on; after the end, begin anew."""
        if self._state is State.ENDED:
            self._player.setPosition(round(self._target * 1000) if self._rewound else 0)
        self._wanted = True
        if self._state is not State.FAILED:
            self._player.play()

    def pause(self) -> None:
        """Hold the picture."""
        self._wanted = False
        if self._state not in (State.ENDED, State.FAILED):
            self._player.pause()

    def seek(self, to: float) -> None:
        """Go to a time, playing or not."""
        if math.isfinite(to):
            self._target = self._reached = max(to, 0.0)
            if self._loaded and self._state is not State.ENDED:
                self._player.setPosition(round(self._target * 1000))

    def set_speed(self, factor: float) -> None:
        """Play at 0.5 to 2 times the speed."""
        self._player.setPlaybackRate(min(max(factor, 0.5), 2.0))

    def set_volume(self, percent: int) -> None:
        """Loudness, 0 to 100."""
        self._sound.setVolume(min(max(percent, 0), 100) / 100)

    def close(self) -> None:
        """Let go of everything; the caller is told nothing more."""
        with self._telling:  # what it draws on may be gone in a moment, and a picture on its way
            self._closed = True
        self._player.stop()
        self._player.setSource(QUrl())
        self._state = State.EMPTY

    @property
    def _rewound(self) -> bool:
        return self._target < self._end

    def _frame(self, frame: QVideoFrame) -> None:
        """Told by Qt in a thread of its own."""
        image = frame.toImage()  # upright, whatever the telephone was
        if image.isNull():
            return
        image = image.convertToFormat(QImage.Format.Format_RGB32)
        with self._telling:
            if not self._closed:
                bits = image.constBits()
                self._on_frame(image.width(), image.height(), image.bytesPerLine(), bits)

    def _playback(self, state: QMediaPlayer.PlaybackState) -> None:
        if state in _STATES and self._state is not State.FAILED:
            self._become(_STATES[state])

    def _status(self, status: QMediaPlayer.MediaStatus) -> None:
        kinds = QMediaPlayer.MediaStatus
        if status is kinds.LoadedMedia and not self._loaded:
            self._open()
        elif status is kinds.EndOfMedia:
            cut = is_cut(self._reached, self.length)
            self._target = self._end = self._reached if cut else self.length
            self._become(State.ENDED)
        elif status is kinds.InvalidMedia:
            self._fail(DAMAGED)

    def _open(self) -> None:
        if not (self._player.hasVideo() or self._player.hasAudio()):
            self._fail(DAMAGED)
            return
        self._loaded = True
        if self._target:
            self._player.setPosition(round(self._target * 1000))
        if self._state is State.EMPTY:
            self._become(State.READY)

    def _follow(self, milliseconds: int) -> None:
        """Keep how far it played: at a file's end, Qt says that it is at the film's."""
        if self._state is State.PLAYING and milliseconds < self._player.duration():
            self._reached = milliseconds / 1000
            if self._blind and not self._told_blind:  # it plays: there is sound
                self._told_blind = True
                self._on_error(NO_PICTURE)

    def _error(self, error: QMediaPlayer.Error, text: str) -> None:
        log.warning("Qt cannot play this: %s", text)
        undecoded = self._loaded and error is QMediaPlayer.Error.FormatError
        if undecoded and not self._blind and self._player.hasAudio():
            self._blind = True
            QTimer.singleShot(0, self._player, self._go_blind)  # not while Qt is about it
        else:
            self._fail(NO_DECODER if undecoded else DAMAGED)

    def _go_blind(self) -> None:
        """Without a decoder for the picture, the sound plays on."""
        if self._closed or not self._blind:
            return
        self._player.setActiveVideoTrack(-1)
        if self._wanted:
            self._player.play()

    def _fail(self, reason: str) -> None:
        if self._state is not State.FAILED and not self._closed:
            self._become(State.FAILED)
            self._on_error(reason)

    def _become(self, state: State) -> None:
        if state is not self._state and not self._closed:
            self._state = state
            self._on_state(state)
