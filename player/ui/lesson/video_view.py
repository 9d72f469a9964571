# SPDX-License-Identifier: Apache-2.0
"""A video: played, followed in its transcript and slides, gone on with where it was left."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QImage, QKeyEvent, QResizeEvent
from PySide6.QtWidgets import QSplitter, QWidget

from player.app.mending import Harm
from player.course.manifest import Rendition, Video
from player.errors import PlayerError, Unplayable
from player.lesson import reading
from player.lesson.media import State
from player.lesson.spot import Spot
from player.store import blobs
from player.ui.language import say, translate
from player.ui.lesson import video_files
from player.ui.lesson.captions import caption_at
from player.ui.lesson.context import LessonContext
from player.ui.lesson.note_panel import NotePanel
from player.ui.lesson.pieces import Leading
from player.ui.lesson.playback import Playback
from player.ui.lesson.stumbles import Stumbles
from player.ui.lesson.video_controls import SPEEDS, language_name
from player.ui.lesson.video_keys import wish_of
from player.ui.lesson.video_panel import VideoPanel
from player.ui.lesson.video_stage import FullScreen, Stage
from player.ui.parts import column

_CHIP = 10.0  # seconds of playing after which nobody asks any more where it went on
_TYPING = 0.6  # of the height, for the panel below the picture while a note is typed
_WIDE = 920  # pixels from which the panel stands beside the picture


class VideoView(Leading, QWidget):
    """One opening of one video.

    Signals:
        finished: it played to its end.

    Raises (when made):
        NotHere: no rendition is on this PC.
    """

    finished = Signal()

    def __init__(self, context: LessonContext, video: Video) -> None:
        super().__init__()
        self._context, self._video = context, video
        self._here = video_files.renditions_here(context.home, video)
        self._captions = video_files.captions_here(context.home, video)
        self._settings, self._muted, self._language = context.settings, False, ""
        self.stage, self.full_screen = Stage(), FullScreen(video.title)
        transcripts = video_files.transcripts_here(context.home, video)
        self.panel = VideoPanel(context, video, transcripts)
        self.splitter = QSplitter(Qt.Orientation.Vertical)
        self.splitter.addWidget(self.stage)
        self.splitter.addWidget(self.panel)
        self.splitter.setChildrenCollapsible(False)
        column(self).addWidget(self.splitter)
        self.playback = Playback(context, video, self.stage.surface.set_frame, self)
        self.stumbles = Stumbles(context, self.playback, self)
        self.notes = NotePanel(context, self.spot_now, self.note)
        self.panel.addTab(self.notes, translate("Notes", "Notes"))
        self._pauses_for_note = False
        self._sizes: list[int] = []
        self._connect()
        self._show_choices()
        with context.recording():
            reading.opened(context.db, context.where, video, context.now)
        self._begin()

    def close_lesson(self) -> None:
        """Write down where it was left and how loud; stop the engine; give the screen back."""
        if self.full_screen.isVisible():
            self.toggle_fullscreen()
        self.full_screen.deleteLater()
        self.notes.finish()
        self.playback.close()
        if self._settings != self._context.settings:
            self._context.remember(self._settings)
        self.panel.close_files()

    def show_spot(self, spot: Spot) -> None:
        """Go to a second of it, or to a page of its slides."""
        if spot.time is not None:
            self.stage.chip.hide()
            self.playback.seek(spot.time)
        elif spot.page is not None:
            self.panel.show_slide(spot.page)

    def spot_now(self) -> Spot:
        """Where it is."""
        return Spot(time=self.playback.position)

    def harmed(self, harm: Harm) -> None:
        """A file of it is damaged: what does not play is skipped."""
        self.stumbles.harmed(harm.stretches.get(self.playback.rendition.blob, ()))

    def reload(self) -> bool:
        """Its file has changed: go on in the new one; whether it shows a picture at all."""
        if self.stage.sentence:
            return False
        self.stumbles.is_damaged = False
        self._load(self.playback.rendition, self.playback.position)
        return True

    def note(self) -> None:
        """Have a note typed at this second; the video holds where the learner wants that."""
        if self.full_screen.isVisible():
            self.toggle_fullscreen()
        self._pauses_for_note = self.playback.playing and self._settings.pause_for_notes
        if self._pauses_for_note:
            self.playback.pause()
        self.panel.setCurrentWidget(self.notes)
        self._make_room()
        self.notes.begin()

    def toggle_fullscreen(self) -> None:
        """Fill the screen with the picture, or put it back into its place."""
        if self.full_screen.isVisible():
            self.splitter.insertWidget(0, self.stage)
            self.full_screen.hide()
        else:
            self.full_screen.borrow(self.stage)
        self.stage.controls.play.setFocus()

    def choose_captions(self, language: str) -> None:
        """Show captions in a language, none for ''; the transcript follows."""
        self._language = language
        names = {tag: language_name(tag) for tag in self._captions}
        self.stage.controls.show_captions(names, language)
        if language:
            self.panel.show_language(language, self._captions.get(language, ()))
        self._show_time(self.playback.position)

    def choose_speed(self, speed: float) -> None:
        """Play faster or slower, and remember it."""
        self.playback.set_speed(speed)
        self.stage.controls.show_speed(speed)
        self._remember(speed=speed)

    def choose_volume(self, volume: int) -> None:
        """Play louder or softer, 0 to 100, and remember it."""
        volume = max(0, min(100, volume))
        self._muted = False
        self.playback.set_volume(volume)
        self.stage.controls.show_volume(volume, muted=False)
        self._remember(volume=volume)

    def toggle_mute(self) -> None:
        """Sound off, or on again as it was."""
        self._muted = not self._muted
        volume = self._settings.volume
        self.playback.set_volume(0 if self._muted else volume)
        self.stage.controls.show_volume(volume, muted=self._muted)

    def choose_rendition(self, name: str) -> None:
        """Play another rendition, from the same place."""
        found = {one.name: one for one in self._here}[name]
        self._load(found, self.playback.position)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if not self._press(event):
            super().keyPressEvent(event)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        wide = self.width() >= _WIDE
        orientation = Qt.Orientation.Horizontal if wide else Qt.Orientation.Vertical
        if self.splitter.orientation() is not orientation or not event.oldSize().isValid():
            self.splitter.setOrientation(orientation)
            whole = self.width() if wide else self.height()
            share = 0.66 if wide else 0.68
            self.splitter.setSizes([int(whole * share), int(whole * (1 - share))])

    def _connect(self) -> None:
        controls, playback = self.stage.controls, self.playback
        controls.toggled.connect(playback.toggle)
        controls.jumped.connect(self._jump)
        controls.asked.connect(playback.seek)
        controls.volume_chosen.connect(self.choose_volume)
        controls.mute_toggled.connect(self.toggle_mute)
        controls.speed_chosen.connect(self.choose_speed)
        controls.captions_chosen.connect(self.choose_captions)
        controls.rendition_chosen.connect(self.choose_rendition)
        controls.fullscreen_toggled.connect(self.toggle_fullscreen)
        self.full_screen.closed.connect(self.toggle_fullscreen)
        self.full_screen.key_pressed.connect(self._press)
        self.stage.restarted.connect(self._restart)
        self.panel.asked.connect(playback.seek)
        self.notes.asked.connect(self.show_spot)
        self.notes.ended.connect(self._give_room_back)
        self.notes.closed.connect(self._go_on)
        self.notes.changed.connect(self._show_marks)
        self._show_marks()
        self.panel.activity_asked.connect(self._context.open_activity)
        self.panel.address_asked.connect(self._open_address)
        playback.moved.connect(self._show_time)
        playback.state_changed.connect(self._show_state)
        playback.failed.connect(self._say_unplayable)

    def _show_choices(self) -> None:
        settings, captions = self._settings, self._captions
        spoken = video_files.language_for(
            captions, settings.caption_language, self._context.manifest.language
        )
        self.panel.show_language(spoken, captions.get(spoken, ()))
        shown = spoken if settings.caption_language and captions else ""
        self.stage.controls.show_speed(settings.speed)
        self.stage.controls.show_volume(settings.volume, muted=False)
        self.choose_captions(shown)

    def _begin(self) -> None:
        """Be ready to go on where the learner was."""
        playback, settings = self.playback, self._settings
        resume = playback.visit.resume_at
        playback.set_speed(settings.speed)
        playback.set_volume(settings.volume)
        self._show_poster()
        chosen = video_files.rendition_for(self._video, self._here, settings.rendition)
        self._load(chosen, resume)
        self._show_time(resume)
        if resume > 0:
            self.stage.say_resumed(resume)
        self.lead_to(self.stage.controls.play)

    def _load(self, rendition: Rendition, start: float) -> None:
        self.playback.load(rendition, start)
        self.stage.surface.clear()
        self.stage.surface.set_sound_alone(rendition.height == 0)
        self._show_renditions()

    def _show_poster(self) -> None:
        if self._video.poster is None:
            return
        try:
            data = blobs.read(self._context.home, self._video.poster, self._video.title)
        except PlayerError:
            return
        picture = QImage.fromData(data)
        if not picture.isNull():
            self.stage.surface.set_poster(picture)

    def _show_renditions(self) -> None:
        names = {
            one.name: one.name if one.height else translate("VideoView", "Sound only")
            for one in self._here
        }
        note = ""
        if self._here[-1] != self._video.renditions[-1]:
            note = translate("VideoView", "Better pictures can be downloaded with the course")
        self.stage.controls.show_renditions(names, self.playback.rendition.name, note)

    def _show_time(self, time: float) -> None:
        playback, controls = self.playback, self.stage.controls
        controls.show_time(time, playback.length)
        controls.show_watched(playback.watched)
        cues = self._captions.get(self._language, ())
        self.stage.surface.set_caption(caption_at(cues, time))
        self.panel.show_time(time)
        if abs(time - playback.visit.resume_at) > _CHIP:
            self.stage.chip.hide()

    def _show_state(self, state: State) -> None:
        self.stage.controls.show_playing(playing=state is State.PLAYING)
        if state is State.ENDED and not self.stumbles.ended_early():
            self.finished.emit()

    def _say_unplayable(self, reason: str) -> None:
        if self.stumbles.recover(reason):
            return
        why = translate("errors", reason)
        if self.full_screen.isVisible():
            self.toggle_fullscreen()
        self.stage.say_instead(say(Unplayable(what=self._video.title, reason=why)))

    def _restart(self) -> None:
        self.stage.chip.hide()
        self.playback.seek(0.0)

    def _jump(self, by: float) -> None:
        self.playback.seek(self.playback.position + by)

    def _remember(self, **changes: float) -> None:
        self._settings = replace(self._settings, **changes)  # type: ignore[arg-type]

    def _open_address(self, address: str) -> None:
        self.playback.pause()
        self._context.follow(address)

    def _press(self, event: QKeyEvent) -> bool:
        """Do what a key is for; whether it is for anything here."""
        wish = wish_of(event)
        if wish is None or self.stage.sentence:
            return False
        what, much = wish
        acts: dict[str, Callable[[], object]] = {
            "toggle": self.playback.toggle,
            "jump": lambda: self._jump(much),
            "percent": lambda: self.playback.seek(much * self.playback.length),
            "louder": lambda: self.choose_volume(self._settings.volume + int(much)),
            "mute": self.toggle_mute,
            "captions": self._toggle_captions,
            "faster": lambda: self._step_speed(int(much)),
            "screen": self.toggle_fullscreen,
            "note": self.note,
            "bookmark": self.notes.toggle,
        }
        if what == "window":  # Escape leaves the full screen, and is for others otherwise
            if not self.full_screen.isVisible():
                return False
            what = "screen"
        acts[what]()
        return True

    def _make_room(self) -> None:
        """Where the panel is below the picture: room to see what is typed, until that is over."""
        whole = self.splitter.height()
        if self.splitter.orientation() is Qt.Orientation.Vertical and not self._sizes:
            self._sizes = self.splitter.sizes()
            high = max(self._sizes[-1], round(whole * _TYPING))
            self.splitter.setSizes([whole - high, high])

    def _give_room_back(self) -> None:
        if self._sizes:
            self.splitter.setSizes(self._sizes)
            self._sizes = []

    def _go_on(self) -> None:
        """The note is written: play on, if it was for the note alone that it held."""
        self.stage.controls.play.setFocus()
        if self._pauses_for_note and not self.playback.playing:
            self.playback.toggle()
        self._pauses_for_note = False

    def _show_marks(self) -> None:
        self.stage.controls.seek_bar.show_marks(self.notes.seconds)
        count, name = len(self.notes.rows), translate("Notes", "Notes")
        self.panel.setTabText(
            self.panel.indexOf(self.notes), f"{name} ({count})" if count else name
        )

    def _toggle_captions(self) -> None:
        wanted = (self._context.settings.caption_language, self._context.manifest.language)
        off = bool(self._language)
        self.choose_captions("" if off else video_files.language_for(self._captions, *wanted))

    def _step_speed(self, by: int) -> None:
        speed = self._settings.speed
        nearest = min(range(len(SPEEDS)), key=lambda number: abs(SPEEDS[number] - speed))
        self.choose_speed(SPEEDS[max(0, min(len(SPEEDS) - 1, nearest + by))])
