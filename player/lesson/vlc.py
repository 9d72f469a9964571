# SPDX-License-Identifier: Apache-2.0
"""libVLC, as far as we use it: whether it is here, one film in it, and the thread that calls it.

libVLC may not be called from its own callbacks, and stops only when its threads have stopped. So
one thread of ours makes all the calls, one after the other (`Turns`): what the window asks for and
what libVLC reports meet in its queue. The window never waits, and nothing can wait for itself.
"""

from __future__ import annotations

import atexit
import ctypes
import logging
import os
import sys
import threading
import time
from collections.abc import Callable
from functools import cache, partial
from pathlib import Path
from queue import SimpleQueue
from typing import Any

from player.lesson.media import OnFrame
from player.lesson.screen import Screen, fitted

try:
    import vlc
except (ImportError, OSError, NotImplementedError, AttributeError, SystemExit):
    vlc = None  # python-vlc fails in each of these ways where there is no libVLC

log = logging.getLogger(__name__)

_PARSING = 15.0  # seconds a file may take to be understood: a disk may sleep
_SETTLING = 0.1  # seconds after a pause in which a jump would leave the old picture standing
_COUNTING = 1.0  # seconds by which libVLC may be late with its counts
_BLIND = 3.0  # seconds of video without one decoded picture: a decoder is missing
_OPTIONS = (
    "--quiet",
    "--no-video-title-show",
    "--no-osd",
    "--no-spu",  # captions are ours
    "--no-sub-autodetect-file",
    "--no-metadata-network-access",
    "--no-interact",
    "--no-snapshot-preview",
    "--audio-time-stretch",  # voices keep their pitch at any speed
    # Plain files alone: a playlist or a stream description would reach for the network.
    "--demux=mp4,mkv,ogg,avi,es,wav,flacsys,ts,ps",
)
_OF_PLUGINS = (  # unknown, and so refused, where a distribution leaves the plugin out
    "--no-lua",
    "--avcodec-hw=none",  # pictures would come back from the card, and old drivers crash
    "--swscale-mode=0",  # the fastest; the window scales once more anyway
)


def available() -> bool:
    """Whether libVLC is here and starts. The first call takes about a quarter of a second."""
    return vlc is not None and _instance() is not None


@cache
def _instance() -> Any:
    """The libVLC of this process, or None: its plugins are loaded once."""
    options = [*_OPTIONS, *_sound()]
    found = vlc.Instance([*options, *_OF_PLUGINS]) or vlc.Instance(options)
    if found is None:
        log.warning("libVLC is here but does not start; are its plugins installed?")
    return found


def _sound() -> list[str]:
    """Where sound goes. Without a sound card ALSA fails again and again, and takes the CPU."""
    if not sys.platform.startswith("linux"):
        return []
    card = any(os.access(device, os.W_OK) for device in Path("/dev/snd").glob("pcmC*p"))
    return ["--aout=pulse,alsa,adummy" if card else "--aout=pulse,adummy"]


class Turns:
    """One thread that does what it is told, one thing after the other.

    libVLC's threads call into Python: before Python goes, they must have stopped.
    """

    def __init__(self) -> None:
        self._orders: SimpleQueue[Callable[[], None] | None] = SimpleQueue()
        self._thread = threading.Thread(target=self._obey, name="cartable-vlc", daemon=True)
        self._thread.start()
        atexit.register(self.wait)

    def give(self, order: Callable[[], None]) -> None:
        """Have `order` called in the thread. Returns at once."""
        self._orders.put(order)

    def end(self, last: Callable[[], None]) -> None:
        """Have `last` called, and nothing after it. Returns at once."""
        self._orders.put(last)
        self._orders.put(None)

    def wait(self) -> None:
        """Wait until the thread has ended; five seconds at most, since a sound server may hang."""
        self._orders.put(None)
        self._thread.join(timeout=5)

    def _obey(self) -> None:
        while (order := self._orders.get()) is not None:
            order()
        atexit.unregister(self.wait)


Heard = Callable[["Film", str, float], None]
"""Told, in threads of libVLC's: `playing`, `paused`, `ended`, `failed`, `time` and `length` (s)."""


class Film:
    """One file in libVLC, from its first picture to its end. Used in one thread.

    Attributes:
        understood: whether it is a film at all.
        nameless: whether none of its tracks is of a kind that libVLC has a name for.
        length: in seconds, 0 where it does not tell.
        speed: at which it plays.
    """

    def __init__(self, path: Path, on_frame: OnFrame, heard: Heard) -> None:
        self._path, self._on_frame, self._heard = path, on_frame, heard
        self._media = _instance().media_new_path(str(path))
        self._parse()
        tracks, size, self.nameless = _tracks(self._media)
        self.understood = tracks > 0
        self.length = max(self._media.get_duration(), 0) / 1000
        self._begun, self._wanted, self._start, self.speed = False, False, 0.0, 1.0
        self._player = _instance().media_player_new()
        self._player.set_media(self._media)
        self._has_picture = size is not None
        self._screen = Screen(size, on_frame)  # kept: libVLC calls into it
        self._hang(self._screen)
        self._listen()

    def again(self) -> Film:
        """The same film from its start, in place of this one."""
        self.drop()
        return Film(self._path, self._on_frame, self._heard)

    def play(self, at: float, speed: float) -> None:
        """Begin at `at` with that speed, or go on."""
        self._wanted = True
        if self._begun:
            self._player.set_pause(0)
            return
        self._begun = True
        self._start, self.speed = at, speed
        self._media.add_option(f":start-time={at:.3f}")
        self._player.set_rate(speed)
        self._player.play()

    def pause(self) -> None:
        """Hold the picture."""
        self._wanted = False
        if self._begun:
            self._player.set_pause(1)
            time.sleep(_SETTLING)

    def settled(self) -> bool:
        """Whether playing is what is wanted; if not, hold it: it was too early for that before."""
        if not self._wanted:
            self._player.set_pause(1)
        return self._wanted

    def seek(self, to: float) -> None:
        """Go to a time; before it has begun, `play` is told."""
        if self._begun:
            self._start = to
            self._player.set_time(round(to * 1000))

    def tune(self, speed: float, volume: int) -> None:
        """Speed and loudness: taken by libVLC while it plays."""
        if speed != self.speed:
            self.speed = speed
            self._player.set_rate(speed)
        self._player.audio_set_volume(volume)

    def decoded(self) -> bool:
        """Whether anything of it was understood. libVLC counts with some delay."""
        stats = self._stats()
        return bool(stats.decoded_video or stats.decoded_audio or self.length < _COUNTING)

    def blind(self, at: float) -> bool:
        """Whether there should be pictures by now, and are none."""
        late = self._has_picture and at > self._start + _BLIND
        return late and not self._stats().decoded_video

    def heard(self) -> bool:
        """Whether some of its sound was understood."""
        return bool(self._stats().decoded_audio)

    def drop(self) -> None:
        """Stop and let go: waits for libVLC's threads."""
        self._player.stop()
        self._hear_no_more()
        self._player.release()
        self._media.release()

    def _stats(self) -> Any:
        stats = vlc.MediaStats()
        self._media.get_stats(stats)
        return stats

    def _hang(self, screen: Screen) -> None:
        kinds = vlc.CallbackDecorators  # its own kind for setup gives a text that nobody can change
        self._player.video_set_callbacks(
            ctypes.cast(screen.lock, kinds.VideoLockCb),
            None,
            ctypes.cast(screen.display, kinds.VideoDisplayCb),
            None,
        )
        self._player.video_set_format_callbacks(
            ctypes.cast(screen.setup, kinds.VideoFormatCb), None
        )

    def _parse(self) -> None:
        done = threading.Event()
        events = self._media.event_manager()
        events.event_attach(vlc.EventType.MediaParsedChanged, lambda _event: done.set())
        self._media.parse_with_options(vlc.MediaParseFlag.local, round(_PARSING * 1000))
        done.wait(_PARSING)
        events.event_detach(vlc.EventType.MediaParsedChanged)

    def _listen(self) -> None:
        kind, tell = vlc.EventType, partial(self._heard, self)
        self._events = self._player.event_manager()
        self._told = {
            kind.MediaPlayerPlaying: lambda _event: tell("playing", 0.0),
            kind.MediaPlayerPaused: lambda _event: tell("paused", 0.0),
            kind.MediaPlayerEndReached: lambda _event: tell("ended", 0.0),
            kind.MediaPlayerEncounteredError: lambda _event: tell("failed", 0.0),
            kind.MediaPlayerTimeChanged: lambda event: tell("time", event.u.new_time / 1000),
            kind.MediaPlayerLengthChanged: lambda event: tell("length", event.u.new_length / 1000),
        }
        for one, do in self._told.items():
            self._events.event_attach(one, do)

    def _hear_no_more(self) -> None:
        """Let python-vlc forget us: it keeps what hears of an event, and so the film, for ever."""
        for one in self._told:
            self._events.event_detach(one)
        self._told = {}


def _tracks(media: Any) -> tuple[int, tuple[int, int] | None, bool]:
    """How many tracks a film has, the size in which its picture is to be drawn, if it has one, and
    whether none of them is of a known kind.

    python-vlc's own `tracks_get` never gives the memory back.
    """
    Listed = ctypes.POINTER(ctypes.POINTER(vlc.MediaTrack))  # noqa: N806 - a type
    listed = Listed()
    count = vlc.libvlc_media_tracks_get(media, ctypes.cast(ctypes.byref(listed), Listed))
    size, nameless = None, True
    for index in range(count):
        track = listed[index].contents
        name = vlc.libvlc_media_get_codec_description(track.type, track.codec)
        nameless = nameless and not name
        if track.type == vlc.TrackType.video:
            # in C a union: of the three fields that python-vlc has for it, the first lies right
            video = ctypes.cast(track.audio, ctypes.POINTER(vlc.VideoTrack)).contents
            size = fitted(
                (video.width, video.height),
                (video.sar_num, video.sar_den),
                turned=int(video.orientation.value) >= 4,
            )
    if count:
        vlc.libvlc_media_tracks_release(listed, count)
    return count, size, nameless
