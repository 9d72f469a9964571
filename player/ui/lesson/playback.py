# SPDX-License-Identifier: Apache-2.0
"""One engine playing one video, and the visit that writes down what it plays."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import QObject, QTimer, Signal, Slot

from player.course.manifest import Rendition, Video
from player.journal.events import Segments
from player.lesson.media import MISSING, NO_PICTURE, OnFrame, Pixels, State, is_cut
from player.lesson.video import VideoVisit
from player.store import blobs
from player.ui.lesson.context import LessonContext
from player.ui.video.awake import Awake
from player.ui.video.engine import choose

_TICK = 250  # milliseconds between two looks at where the video is
_SETTLED = 1000  # milliseconds after which somebody has stopped going picture by picture
_PICTURE = 1 / 25  # seconds from one picture to the next


class Playback(QObject):
    """Plays, and tells the visit. Times are in seconds.

    Attributes:
        visit: what is recorded of it.
        rendition: the one that plays.
        cut_short: whether it is over before its end, since the rest of its file is not there.

    Signals:
        moved: where it is now.
        state_changed: a `State`.
        failed: it cannot be played, and why; a reason for `Unplayable`.
        blind: its picture cannot be shown, and why; the sound plays on.
    """

    moved = Signal(float)
    state_changed = Signal(object)
    failed = Signal(str)
    blind = Signal(str)
    _told_state = Signal(object)  # the engine may speak in any thread
    _told_error = Signal(str)

    def __init__(self, context: LessonContext, video: Video, on_frame: OnFrame, parent: QObject):
        super().__init__(parent)
        self._context, self._length, self._speed = context, video.duration, 1.0
        self.visit = VideoVisit(context.db, context.where, video, context.now)
        self.rendition, self._on_frame = video.renditions[0], on_frame
        self._told_state.connect(self._on_state)
        self._told_error.connect(self._on_error)
        self._engine = choose(
            context.settings.engine, self._frame, self._told_state.emit, self._told_error.emit
        )
        self._awake = Awake()
        self._playing = self._closed = False
        self._wanted = False  # whether it is to play, once its file is open
        self.cut_short = False
        self._stepped_from: float | None = None  # picture by picture, not yet told
        self._settled = QTimer(self, interval=_SETTLED, singleShot=True)
        self._settled.timeout.connect(self._tell_steps)
        self._timer = QTimer(self, interval=_TICK)
        self._timer.timeout.connect(self._tick)

    @property
    def position(self) -> float:
        """Where it is."""
        return self._engine.position

    @property
    def length(self) -> float:
        """How long it is: as the engine found, else as the course says."""
        return self._engine.length or self._length

    @property
    def watched(self) -> Segments:
        """What was ever watched."""
        return self.visit.watched

    @property
    def speed(self) -> float:
        """How fast it plays."""
        return self._speed

    @property
    def playing(self) -> bool:
        """Whether it plays."""
        return self._engine.state is State.PLAYING

    def load(self, rendition: Rendition, start: float) -> None:
        """Take up a rendition at `start`; it plays on if another one was playing."""
        went_on = self.playing or self._wanted
        if went_on:
            self._stopped(self.position)
        self.rendition = rendition
        path: Path = blobs.path(self._context.home, rendition.blob)
        if not path.is_file():
            self._wanted = False
            self._engine.pause()  # the one before would be heard, with nothing to stop it
            self.failed.emit(MISSING)
            return
        self._engine.load(path, start)
        self._engine.set_speed(self._speed)
        if went_on:
            self._engine.play()

    def toggle(self) -> None:
        """Play, or hold."""
        self._wanted = not self.playing
        if self._wanted:
            self._engine.play()
        else:
            self._engine.pause()

    def pause(self) -> None:
        """Hold."""
        if self.playing or self._wanted:
            self._wanted = False
            self._engine.pause()

    def seek(self, to: float) -> None:
        """Go to a time; what lies outside the video is its nearest end."""
        self._tell_steps()
        self.cut_short = False
        place, before = max(0.0, min(to, self.length)), self.position
        with self._context.saying():
            self.visit.sought(before, place)
        self._engine.seek(place)
        self.moved.emit(place)

    def step(self, by: int) -> None:
        """In a pause, go picture by picture; told as one jump, once it is over."""
        if self.playing:
            return
        if self._stepped_from is None:
            self._stepped_from = self.position
        place = max(0.0, min(self.position + by * _PICTURE, self.length))
        self._engine.seek(place)
        self._settled.start()
        self.moved.emit(place)

    def set_speed(self, speed: float) -> None:
        """Play at 0.5 to 2 times the speed."""
        self._speed = speed
        self._engine.set_speed(speed)

    def set_volume(self, volume: int) -> None:
        """Loudness, 0 to 100."""
        self._engine.set_volume(volume)

    def close(self) -> None:
        """Write down where it was left and let go of everything."""
        if self._closed:
            return
        self._closed = True
        self._tell_steps()
        self._timer.stop()
        self._awake.keep(False)
        position = self.position
        self._engine.close()
        with self._context.recording():
            self.visit.left(position)

    def _frame(self, width: int, height: int, stride: int, pixels: Pixels) -> None:
        """Pass a picture on, in the engine's thread; a late one of the last rendition is none."""
        if self.rendition.height:
            self._on_frame(width, height, stride, pixels)

    @Slot(object)
    def _on_state(self, state: State) -> None:
        if self._closed:
            return
        if state is State.PLAYING and not self._playing:
            self._playing, self.cut_short = True, False
            self._tell_steps()
            self._timer.start()
            with self._context.recording():
                self.visit.played(self.position, self._speed, self.rendition.name)
        elif state in (State.PAUSED, State.READY, State.FAILED, State.EMPTY):
            self._stopped(self.position)
            self._wanted = self._wanted and state is State.READY
        elif state is State.ENDED:
            self.cut_short = is_cut(self.position, self.length)
            self._stopped(self.position if self.cut_short else self.length, ended=True)
            self._wanted = False
        self._awake.keep(self.playing)
        self.state_changed.emit(state)
        self.moved.emit(self.position)

    @Slot(str)
    def _on_error(self, reason: str) -> None:
        if not self._closed:
            (self.blind if reason == NO_PICTURE else self.failed).emit(reason)

    def _stopped(self, time: float, *, ended: bool = False) -> None:
        """Tell the visit, once, that it plays no more."""
        if not self._playing:
            return
        self._playing = False
        self._timer.stop()
        with self._context.recording():
            (self.visit.ended if ended else self.visit.paused)(time)

    def _tell_steps(self) -> None:
        before, self._stepped_from = self._stepped_from, None
        self._settled.stop()
        if before is not None and before != self.position:
            with self._context.saying():
                self.visit.sought(before, self.position)

    def _tick(self) -> None:
        position = self.position
        with self._context.saying():
            self.visit.tick(position, self._speed)
        self.moved.emit(position)
