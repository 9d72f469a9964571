# SPDX-License-Identifier: Apache-2.0
"""How somebody likes to watch: loudness, speed, captions; chosen once, kept for the next video."""

from __future__ import annotations

from dataclasses import replace

from PySide6.QtCore import Qt, QTimer

from player.course.captions import Cue
from player.ui.language import direction, tongue
from player.ui.lesson.captions import caption_at, next_change
from player.ui.lesson.context import LessonContext
from player.ui.lesson.playback import Playback
from player.ui.lesson.video_controls import SPEEDS
from player.ui.lesson.video_files import language_for
from player.ui.lesson.video_panel import VideoPanel
from player.ui.lesson.video_stage import Stage
from player.ui.video.caption import CaptionStyle

_SOON = 0.3  # seconds: later changes are seen when it is next looked where the video is


class VideoChoices:
    """What is in force in one video, and what shows it.

    Attributes:
        settings: as they will be kept.
        language: of the captions on the picture, '' for none.
    """

    def __init__(
        self,
        context: LessonContext,
        captions: dict[str, tuple[Cue, ...]],
        stage: Stage,
        panel: VideoPanel,
        playback: Playback,
    ) -> None:
        self._context, self._captions = context, captions
        self._stage, self._panel, self._playback = stage, panel, playback
        self.settings, self.language = context.settings, ""
        self._last, self._muted = "", False
        self._change = QTimer(stage, singleShot=True, timerType=Qt.TimerType.PreciseTimer)
        self._change.timeout.connect(lambda: self.show_time(playback.position))

    def begin(self) -> None:
        """Put in force what was chosen before."""
        settings, captions = self.settings, self._captions
        course = self._context.manifest.language
        spoken = language_for(captions, settings.caption_language, course)
        self._panel.show_language(spoken, captions.get(spoken, ()))
        self._playback.set_speed(settings.speed)
        self._playback.set_volume(settings.volume)
        self._stage.controls.show_speed(settings.speed)
        self._stage.controls.show_volume(settings.volume, muted=False)
        self._show_captions(spoken if settings.caption_language and captions else "")
        self._dress_captions()

    def keep(self) -> None:
        """Remember it for the next video, if something else was chosen."""
        if self.settings != self._context.settings:
            self._context.remember(self.settings)

    def show_time(self, time: float) -> None:
        """Show what is said at that second, and what comes next at its own."""
        cues = self._captions.get(self.language, ())
        self._stage.surface.set_caption(caption_at(cues, time))
        wait = (next_change(cues, time) - time) / self.settings.speed
        if self._playback.playing and wait < _SOON:
            self._change.start(round(wait * 1000) + 1)

    def choose_captions(self, language: str) -> None:
        """Show captions in a language, none for '', and remember it; the transcript follows."""
        if self._captions:
            self._remember(caption_language=language)
        self._show_captions(language)

    def toggle_captions(self) -> None:
        """Off, or on again as they were."""
        if self.language:
            self._last = self.language
            self.choose_captions("")
        else:
            wanted = (self._last, self._context.settings.caption_language)
            course = self._context.manifest.language
            self.choose_captions(language_for(self._captions, *wanted, course))

    def choose_caption_size(self, size: int) -> None:
        """Show captions larger or smaller, in per cent, and remember it."""
        self._remember(caption_size=size)
        self._dress_captions()

    def choose_caption_ground(self, ground: str) -> None:
        """Show captions on another ground, and remember it."""
        self._remember(caption_ground=ground)
        self._dress_captions()

    def choose_speed(self, speed: float) -> None:
        """Play faster or slower, and remember it."""
        self._playback.set_speed(speed)
        self._stage.controls.show_speed(speed)
        self._remember(speed=speed)

    def step_speed(self, by: int) -> None:
        """Play at the next speed, or at the one before."""
        speed = self.settings.speed
        nearest = min(range(len(SPEEDS)), key=lambda number: abs(SPEEDS[number] - speed))
        self.choose_speed(SPEEDS[max(0, min(len(SPEEDS) - 1, nearest + by))])

    def choose_volume(self, volume: int) -> None:
        """Play louder or softer, 0 to 100, and remember it."""
        volume = max(0, min(100, volume))
        self._muted = False
        self._playback.set_volume(volume)
        self._stage.controls.show_volume(volume, muted=False)
        self._remember(volume=volume)

    def toggle_mute(self) -> None:
        """Sound off, or on again as it was."""
        self._muted = not self._muted
        volume = self.settings.volume
        self._playback.set_volume(0 if self._muted else volume)
        self._stage.controls.show_volume(volume, muted=self._muted)

    def _show_captions(self, language: str) -> None:
        self.language = language
        self._list_captions()
        if language:
            self._panel.show_language(language, self._captions.get(language, ()))
            self._panel.show_time(self._playback.position)
            self._stage.surface.set_caption_direction(direction(language))
        self.show_time(self._playback.position)

    def _dress_captions(self) -> None:
        style = CaptionStyle(self.settings.caption_size, self.settings.caption_ground)
        self._stage.surface.set_caption_style(style)
        self._list_captions()

    def _list_captions(self) -> None:
        names = {tag: tongue(tag) for tag in self._captions}
        self._stage.controls.show_captions(names, self.language, self.settings)

    def _remember(self, **changes: float | str) -> None:
        self.settings = replace(self.settings, **changes)  # type: ignore[arg-type]
