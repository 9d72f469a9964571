# SPDX-License-Identifier: Apache-2.0
"""A video: played, followed in its transcript and slides, gone on with where it was left."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QTimer, Signal
from PySide6.QtGui import QImage, QKeyEvent
from PySide6.QtWidgets import QApplication, QWidget

from player.app.mending import Harm
from player.course.manifest import Rendition, Video
from player.errors import PlayerError, Unplayable
from player.lesson import reading
from player.lesson.media import State
from player.lesson.spot import Spot
from player.store import blobs
from player.ui.key_sheet import KeySheet
from player.ui.language import say, translate
from player.ui.lesson import video_files
from player.ui.lesson.context import LessonContext
from player.ui.lesson.halves import Halves
from player.ui.lesson.note_panel import NotePanel
from player.ui.lesson.pieces import Leading
from player.ui.lesson.playback import Playback
from player.ui.lesson.stumbles import Stumbles
from player.ui.lesson.video_choices import VideoChoices
from player.ui.lesson.video_keys import listed, wish_of
from player.ui.lesson.video_panel import VideoPanel
from player.ui.lesson.video_stage import FullScreen, Stage
from player.ui.parts import column

_CHIP = 10.0  # seconds of playing after which nobody asks any more where it went on
_LET_GO = 200  # milliseconds without a repeat after which a key was let go
_BEGUN = 2.0  # seconds into a chapter before which the key leads to the one before
_OVER = 0.25  # seconds: so near is the same place


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
        captions = video_files.captions_here(context.home, video)
        self._sound_alone = False
        self._redraw = QTimer(self, interval=0, singleShot=True)
        self._redraw.timeout.connect(self._draw_slide)
        self._aim: float | None = None  # where a key leads that is held down
        self._aiming = QTimer(self, interval=_LET_GO, singleShot=True)
        self._aiming.timeout.connect(self._land)
        self.stage, self.full_screen = Stage(), FullScreen(video.title)
        transcripts = video_files.transcripts_here(context.home, video)
        self.panel = VideoPanel(context, video, transcripts, captions)
        self.splitter = Halves(self.stage, self.panel)
        column(self).addWidget(self.splitter)
        self.playback = Playback(context, video, self.stage.surface.set_frame, self)
        self.choices = VideoChoices(context, captions, self.stage, self.panel, self.playback)
        self.stumbles = Stumbles(context, self.playback, self)
        self.notes = NotePanel(context, self.spot_now, self.note)
        self.panel.addTab(self.notes, translate("Notes", "Notes"))
        self._pauses_for_note = False
        self._connect()
        with context.recording():
            reading.opened(context.db, context.where, video, context.now)
        self._begin()

    def close_lesson(self) -> None:
        """Write down where it was left and how loud; stop the engine; give the screen back."""
        self._land()
        self._redraw.stop()
        self._leave_full_screen()
        self.full_screen.deleteLater()
        self.notes.finish()
        self.playback.close()
        self.choices.keep()
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
        self._pauses_for_note = self.playback.playing and self.choices.settings.pause_for_notes
        if self._pauses_for_note:
            self.playback.pause()
        self.panel.setCurrentWidget(self.notes)
        self.splitter.make_room()
        self.notes.begin()

    def toggle_fullscreen(self) -> None:
        """Fill the screen with the picture, or put it back into its place."""
        if self.full_screen.isVisible():
            self.full_screen.give_back()
            self.splitter.insertWidget(0, self.stage)
            self.window().activateWindow()  # the keyboard comes along, whatever the desktop thinks
        else:
            self.full_screen.borrow(self.stage)
        if self.stage.end.isVisible():
            self.stage.end.take_focus()
        else:
            self.stage.controls.play.setFocus()

    def choose_rendition(self, name: str) -> None:
        """Play another rendition, from the same place."""
        found = {one.name: one for one in self._here}[name]
        self._load(found, self.playback.position)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if not self._press(event):
            super().keyPressEvent(event)

    def _connect(self) -> None:
        controls, playback = self.stage.controls, self.playback
        controls.toggled.connect(playback.toggle)
        controls.jumped.connect(self._jump)
        controls.asked.connect(playback.seek)
        controls.volume_chosen.connect(self.choices.choose_volume)
        controls.mute_toggled.connect(self.choices.toggle_mute)
        controls.speed_chosen.connect(self.choices.choose_speed)
        controls.captions_chosen.connect(self.choices.choose_captions)
        controls.caption_size_chosen.connect(self.choices.choose_caption_size)
        controls.caption_ground_chosen.connect(self.choices.choose_caption_ground)
        controls.keys_asked.connect(self.show_keys)
        controls.rendition_chosen.connect(self.choose_rendition)
        controls.fullscreen_toggled.connect(self.toggle_fullscreen)
        self.full_screen.closed.connect(self.toggle_fullscreen)
        self.full_screen.key_pressed.connect(self._press)
        self.stage.restarted.connect(self._restart)
        self.stage.end.went_on.connect(self._continue)
        self.stage.surface.clicked.connect(playback.toggle)
        self.stage.surface.double_clicked.connect(self.toggle_fullscreen)
        self.stage.surface.resized.connect(self._redraw.start)
        if self.panel.slides is not None:
            self.panel.slides.turned.connect(lambda _: self._redraw.start())
            self.panel.slides.pictured.connect(self._redraw.start)
        self.panel.asked.connect(playback.seek)
        self.notes.asked.connect(self.show_spot)
        self.notes.ended.connect(self.splitter.give_room_back)
        self.notes.closed.connect(self._go_on)
        self.notes.changed.connect(self._show_marks)
        self._show_marks()
        self.panel.activity_asked.connect(self._context.open_activity)
        self.panel.address_asked.connect(self._open_address)
        playback.moved.connect(self._show_time)
        playback.state_changed.connect(self._show_state)
        playback.failed.connect(self._say_unplayable)
        playback.blind.connect(self._say_blind)

    def _begin(self) -> None:
        """Be ready to go on where the learner was."""
        resume = self.playback.visit.resume_at
        self.choices.begin()
        self.stage.controls.show_chapters(self._video.chapters)
        self._show_poster()
        wanted = self._context.settings.rendition
        chosen = video_files.rendition_for(self._video, self._here, wanted)
        self._load(chosen, resume)
        if resume > 0:
            self.stage.say_resumed(resume)
        self.lead_to(self.stage.controls.play)

    def _load(self, rendition: Rendition, start: float) -> None:
        self.stage.end.hide()
        self.playback.load(rendition, start)
        self.stage.surface.clear()
        self._sound_alone = rendition.height == 0
        self.stage.surface.set_sound_alone(self._sound_alone)
        self.stage.beside.hide()
        self._redraw.start()
        self._show_renditions()
        self._show_time(start)

    def _draw_slide(self) -> None:
        """In place of a picture that there is not, show the slide, as large as it can be."""
        slides, surface = self.panel.slides, self.stage.surface
        if self._sound_alone and slides is not None:
            surface.set_slide(slides.picture(surface.size() * surface.devicePixelRatioF()))

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
        controls.show_time(time if self._aim is None else self._aim, playback.length)
        controls.show_watched(playback.watched)
        self.choices.show_time(time)
        self.panel.show_time(time)
        if self.stage.end.isVisible() and time < playback.length - _OVER and not playback.cut_short:
            self.stage.end.hide()
        if abs(time - playback.visit.resume_at) > _CHIP:
            self.stage.chip.hide()

    def _show_state(self, state: State) -> None:
        playing = state is State.PLAYING
        self.stage.controls.show_playing(playing=playing)
        self.full_screen.playing = playing
        if playing:
            self.stage.end.hide()
        elif self.full_screen.isVisible():
            self.full_screen.show_bar()
        if state is State.ENDED:
            early = self.stumbles.ended_early()
            self._offer_next()
            if not early:
                self.finished.emit()

    def _offer_next(self) -> None:
        """Over the last picture, say where it goes on; the keyboard goes there from the stage."""
        following = self._context.manifest.find(self._context.following)
        title = following.title if following else ""
        self.stage.end.offer(title, cut_short=self.playback.cut_short)
        self.full_screen.show_bar()
        held = QApplication.focusWidget()
        if held is None or held in (self, self.full_screen) or self.stage.isAncestorOf(held):
            self.stage.end.take_focus()

    def _continue(self) -> None:
        self._leave_full_screen()
        self._context.open_activity(self._context.following)

    def _say_unplayable(self, reason: str) -> None:
        if self.stumbles.recover(reason):
            return
        why = translate("errors", reason)
        self._leave_full_screen()
        self.stage.say_instead(say(Unplayable(what=self._video.title, reason=why)))

    def _say_blind(self, reason: str) -> None:
        """Without its picture it is sound alone, with the slides where there are some."""
        said = translate("VideoView", "The picture cannot be shown: {reason}. The sound plays on.")
        self.stage.say_beside(said.format(reason=translate("errors", reason)))
        self._sound_alone = True
        self.stage.surface.set_sound_alone(True)
        self._draw_slide()

    def show_keys(self) -> None:
        """Show what each key does."""
        title = translate("Keys", "In this activity")
        KeySheet([(title, self.key_rows())], self.stage.window()).open()

    def key_rows(self) -> list[tuple[tuple[str, ...], str]]:
        """What each key does, for the sheet of the window, too."""
        return listed()

    def _leave_full_screen(self) -> None:
        if self.full_screen.isVisible():
            self.toggle_fullscreen()

    def _restart(self) -> None:
        """From the start: at once where it had ended."""
        self.stage.chip.hide()
        ended = self.stage.end.isVisible()
        self.stage.end.hide()
        self.playback.seek(0.0)
        if ended:
            self.playback.toggle()
            self.stage.controls.play.setFocus()

    def _jump(self, by: float, *, held: bool = False) -> None:
        """Go on or back. While a key is held down, show where to, and go there once it is let go:
        each jump is written down."""
        start = self.playback.position if self._aim is None else self._aim
        self._aim = max(0.0, min(start + by, self.playback.length))
        if held:
            self.stage.controls.show_time(self._aim, self.playback.length)
            self._aiming.start()
        else:
            self._land()

    def _land(self) -> None:
        aim, self._aim = self._aim, None
        self._aiming.stop()
        if aim is not None:
            self.playback.seek(aim)

    def _step_chapter(self, by: int) -> None:
        """To the next chapter, or to the beginning of this one, or of the one before."""
        place = self.playback.position
        before = [one.at for one in self._video.chapters if one.at < place - _BEGUN]
        after = [one.at for one in self._video.chapters if one.at > place + _OVER]
        if by < 0 and self._video.chapters:
            self.playback.seek(before[-1] if before else 0.0)
        elif by > 0 and after:
            self.playback.seek(after[0])

    def _search(self) -> None:
        self._leave_full_screen()
        self.panel.search()

    def _open_address(self, address: str) -> None:
        self.playback.pause()
        self._context.follow(address)

    def _press(self, event: QKeyEvent) -> bool:
        """Do what a key is for; whether it is for anything here."""
        wish = wish_of(event)
        if wish is None or self.stage.sentence:
            return False
        what, much = wish
        choices = self.choices
        acts: dict[str, Callable[[], object]] = {
            "toggle": self.playback.toggle,
            "jump": lambda: self._jump(much, held=event.isAutoRepeat()),
            "frame": lambda: self.playback.step(int(much)),
            "chapter": lambda: self._step_chapter(int(much)),
            "slide": lambda: self.panel.step_slide(int(much)),
            "search": self._search,
            "keys": self.show_keys,
            "percent": lambda: self.playback.seek(much * self.playback.length),
            "louder": lambda: choices.choose_volume(choices.settings.volume + int(much)),
            "mute": choices.toggle_mute,
            "captions": choices.toggle_captions,
            "faster": lambda: choices.step_speed(int(much)),
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
