# SPDX-License-Identifier: Apache-2.0
"""The bar below a video: what a mouse can do to it, and what a screen reader can name."""

from __future__ import annotations

from PySide6.QtCore import QLocale, QSize, Qt, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QFrame, QSizePolicy, QSlider, QWidget

from player.course.manifest import Chapter
from player.journal.events import Segments
from player.settings import Settings
from player.ui.language import duration, percent, translate
from player.ui.lesson.menus import MenuButton, fill
from player.ui.lesson.pieces import SignButton
from player.ui.lesson.seek_bar import SeekBar
from player.ui.parts import Elided, column, label, row
from player.ui.style import GRID, side

SPEEDS = (0.5, 0.75, 1.0, 1.25, 1.5, 1.75, 2.0)
CAPTION_SIZES = (75, 100, 150, 200)  # per cent
_GAP = GRID // 2
_CHAPTER = 96  # pixels that a chapter's title needs to be worth showing


class VideoControls(QFrame):
    """Shows what the video does; says what the learner wants.

    What has no room in the line is in the menu at its end.

    Signals:
        toggled: play, or pause.
        jumped: go on or back by so many seconds.
        asked: go to this second.
        volume_chosen: 0 to 100.
        mute_toggled, fullscreen_toggled: the other way round.
        speed_chosen: one of `SPEEDS`.
        captions_chosen: a language, '' for none.
        caption_size_chosen: one of `CAPTION_SIZES`.
        caption_ground_chosen: see `player.ui.video.caption.SHADES`.
        rendition_chosen: a rendition's name.
        keys_asked: which keys there are.
    """

    toggled = Signal()
    jumped = Signal(float)
    asked = Signal(float)
    volume_chosen = Signal(int)
    mute_toggled = Signal()
    fullscreen_toggled = Signal()
    speed_chosen = Signal(float)
    captions_chosen = Signal(str)
    caption_size_chosen = Signal(int)
    caption_ground_chosen = Signal(str)
    rendition_chosen = Signal(str)
    keys_asked = Signal()

    def __init__(self) -> None:
        super().__init__()
        self.setProperty("role", "bar")
        # Time runs as on a tape, from the left, wherever lines begin; and so do its keys
        self.setLayoutDirection(Qt.LayoutDirection.LeftToRight)
        self.seek_bar = SeekBar()
        self.seek_bar.asked.connect(self.asked)
        self.play = SignButton("play", translate("VideoView", "Play"), self.toggled.emit)
        self.back = SignButton("back10", translate("VideoView", "Back 10 seconds"))
        self.on = SignButton("forward10", translate("VideoView", "Forward 10 seconds"))
        self.back.clicked.connect(lambda: self.jumped.emit(-10.0))
        self.on.clicked.connect(lambda: self.jumped.emit(10.0))
        self.mute = SignButton("volume", translate("VideoView", "Mute"), self.mute_toggled.emit)
        self.volume = self._make_volume()
        self.time = label(role="muted", wrap=False)
        self.chapter = Elided()
        self.chapter.setTextFormat(Qt.TextFormat.PlainText)
        self.chapter.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Preferred)
        self.chapters = MenuButton("list", translate("VideoView", "Chapters"))
        self.captions = MenuButton("captions", translate("VideoView", "Captions"))
        self.speed = MenuButton("speed", translate("VideoView", "Speed"))
        self.rendition = MenuButton("quality", translate("VideoView", "Picture quality"))
        keys = translate("VideoView", "Keyboard shortcuts")
        self.keys = SignButton("keyboard", keys, self.keys_asked.emit)
        self.more = MenuButton("more", translate("VideoView", "More"))
        self.fullscreen = SignButton(
            "fullscreen", translate("VideoView", "Full screen"), self.fullscreen_toggled.emit
        )
        self._line: tuple[QWidget, ...] = (
            *(self.play, self.back, self.on, self.mute, self.volume, self.time),
            *(self.chapters, self.captions, self.speed, self.rendition, self.keys),
            *(self.more, self.fullscreen),
        )
        self._idle: set[QWidget] = {self.chapters, self.captions, self.rendition}  # nothing in them
        self._chapters: tuple[Chapter, ...] = ()
        body = column(self, gap=0)
        body.setContentsMargins(GRID, _GAP, GRID, _GAP)
        body.addWidget(self.seek_bar)
        middle = self._line.index(self.time) + 1
        line = row(*self._line[:middle], self.chapter, *self._line[middle:], gap=_GAP)
        line.setStretch(middle, 1)
        body.addLayout(line)
        self._arrange()

    def show_time(self, time: float, length: float) -> None:
        """Show that the video is at `time` of `length` seconds."""
        self.seek_bar.show_time(time, length)
        before = len(self.time.text())
        self.time.setText(f"{duration(time)} / {duration(length)}")
        if len(self.time.text()) != before:
            self._arrange()
        title = self.seek_bar.chapter(time)
        if title != self.chapter.text():
            self.chapter.setText(title)
            self.chapter.setToolTip(title)
            self._mark_chapter(time)

    def show_watched(self, segments: Segments) -> None:
        """Show what was watched, in seconds."""
        self.seek_bar.show_watched(segments)

    def show_chapters(self, chapters: tuple[Chapter, ...]) -> None:
        """Offer the chapters."""
        self._chapters = chapters
        self.seek_bar.show_chapters(chapters)
        names = {str(one.at): f"{duration(one.at)}   {one.title}" for one in chapters}
        fill(self.chapters.menu(), names, "", lambda at: self.asked.emit(float(at)))
        self._offer(self.chapters, offered=bool(chapters))

    def show_playing(self, *, playing: bool) -> None:
        """Offer to pause, or to play."""
        if playing:
            self.play.show_sign("pause", translate("VideoView", "Pause"))
        else:
            self.play.show_sign("play", translate("VideoView", "Play"))

    def show_volume(self, volume: int, *, muted: bool) -> None:
        """Show how loud it is, 0 to 100."""
        self.volume.blockSignals(True)
        self.volume.setValue(0 if muted else volume)
        self.volume.blockSignals(False)
        if muted:
            self.mute.show_sign("mute", translate("VideoView", "Sound on"))
        else:
            self.mute.show_sign("volume", translate("VideoView", "Mute"))

    def show_speed(self, speed: float) -> None:
        """Show how fast it plays."""
        names = {str(one): speed_name(one) for one in SPEEDS}
        fill(self.speed.menu(), names, str(speed), lambda one: self.speed_chosen.emit(float(one)))
        self.speed.setText("" if speed == 1.0 else speed_name(speed))
        self._arrange()

    def show_captions(self, names: dict[str, str], current: str, settings: Settings) -> None:
        """Offer captions: the names of the languages by their tag; `current` is '' for none."""
        off = {"": translate("VideoView", "No captions")}
        menu = self.captions.menu()
        fill(menu, off | names, current, self.captions_chosen.emit)
        menu.addSeparator()
        sizes = {str(one): percent(one / 100) for one in CAPTION_SIZES}
        fill(
            menu.addMenu(translate("VideoView", "Size")),
            sizes,
            str(settings.caption_size),
            lambda one: self.caption_size_chosen.emit(int(one)),
        )
        grounds = {
            "shade": translate("VideoView", "Dark, the picture shows through"),
            "solid": translate("VideoView", "Black"),
            "outline": translate("VideoView", "None, letters with an edge"),
        }
        fill(
            menu.addMenu(translate("VideoView", "Background")),
            grounds,
            settings.caption_ground,
            self.caption_ground_chosen.emit,
        )
        self.captions.setText(current)
        self._offer(self.captions, offered=bool(names))

    def show_renditions(self, names: dict[str, str], current: str, note: str) -> None:
        """Offer the renditions that are here, by name; `note` says what is not."""
        menu = self.rendition.menu()
        fill(menu, names, current, self.rendition_chosen.emit)
        self.rendition.setText(names.get(current, ""))
        if note:
            menu.addSeparator()
            menu.addAction(note).setEnabled(False)
        self._offer(self.rendition, offered=len(names) > 1 or bool(note))

    def minimumSizeHint(self) -> QSize:
        """As wide as what can never go into the menu."""
        least = (self.play, self.mute, self.time, self.more, self.fullscreen)
        wide = sum(one.sizeHint().width() + _GAP for one in least) + 2 * GRID
        return QSize(wide, super().minimumSizeHint().height())

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._arrange()

    def _offer(self, part: QWidget, *, offered: bool) -> None:
        (self._idle.discard if offered else self._idle.add)(part)
        self._arrange()

    def _arrange(self) -> None:
        """Show what there is room for, the least needed going first; the rest is in the menu."""
        shown = [one for one in self._line if one not in self._idle and one is not self.more]
        gone: list[QWidget] = []
        leaving = (
            *(self.volume, self.keys, self.back, self.on, self.rendition, self.speed),
            *(self.chapters, self.captions),
        )
        while self._needs(shown, more=bool(gone)) > self.width():
            out = next((one for one in leaving if one in shown), None)
            if out is None:
                break
            shown.remove(out)
            gone.append(out)
        for one in self._line:
            if one is not self.more and one.isVisibleTo(self) != (one in shown):
                self._show(one, visible=one in shown)
        listed = any(one is not self.volume for one in gone)
        self._show(self.more, visible=listed)
        if listed:
            self._list([one for one in self._line if one in gone])

    def _needs(self, shown: list[QWidget], *, more: bool) -> int:
        parts = [*shown, self.more] if more else shown
        room = sum(one.sizeHint().width() + _GAP for one in parts) + 2 * GRID
        return room + (_CHAPTER if self._chapters and self.chapters in shown else 0)

    def _show(self, part: QWidget, *, visible: bool) -> None:
        if not visible and part.hasFocus():
            self.play.setFocus()
        part.setVisible(visible)

    def _list(self, gone: list[QWidget]) -> None:
        """Put what has no room into the menu."""
        menu = self.more.menu()
        menu.clear()
        for one in gone:
            if isinstance(one, MenuButton):
                one.menu().setTitle(one.accessibleName())
                menu.addMenu(one.menu())
            elif isinstance(one, SignButton):
                menu.addAction(one.icon(), one.accessibleName(), one.click)

    def _mark_chapter(self, time: float) -> None:
        now = str(max((one.at for one in self._chapters if one.at <= time), default=-1.0))
        for action in self.chapters.menu().actions():
            action.setChecked(action.data() == now)

    def _make_volume(self) -> QSlider:
        slider = QSlider(Qt.Orientation.Horizontal)
        slider.setRange(0, 100)
        slider.setFixedWidth(side(72))
        slider.setAccessibleName(translate("VideoView", "Volume"))
        slider.setToolTip(translate("VideoView", "Volume"))
        slider.valueChanged.connect(self.volume_chosen)
        return slider


def speed_name(speed: float) -> str:
    """`1.25×`, `1,25×`."""
    return f"{QLocale().toString(speed, 'g', 3)}×"
