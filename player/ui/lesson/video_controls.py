# SPDX-License-Identifier: Apache-2.0
"""The bar below a video: what a mouse can do to it, and what a screen reader can name."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial

from PySide6.QtCore import QLocale, QSize, Qt, Signal
from PySide6.QtGui import QActionGroup
from PySide6.QtWidgets import QFrame, QHBoxLayout, QMenu, QPushButton, QSlider

from player.journal.events import Segments
from player.ui.language import duration, translate
from player.ui.lesson.pieces import SignButton
from player.ui.lesson.seek_bar import SeekBar
from player.ui.parts import column, label, row
from player.ui.style import GRID, side

_PLAIN = {"en": "English", "es": "español"}  # which Qt takes for those of one country
SPEEDS = (0.5, 0.75, 1.0, 1.25, 1.5, 1.75, 2.0)


class VideoControls(QFrame):
    """Shows what the video does; says what the learner wants.

    Signals:
        toggled: play, or pause.
        jumped: go on or back by so many seconds.
        asked: go to this second.
        volume_chosen: 0 to 100.
        mute_toggled, fullscreen_toggled: the other way round.
        speed_chosen: one of `SPEEDS`.
        captions_chosen: a language, '' for none.
        rendition_chosen: a rendition's name.
    """

    toggled = Signal()
    jumped = Signal(float)
    asked = Signal(float)
    volume_chosen = Signal(int)
    mute_toggled = Signal()
    fullscreen_toggled = Signal()
    speed_chosen = Signal(float)
    captions_chosen = Signal(str)
    rendition_chosen = Signal(str)

    def __init__(self) -> None:
        super().__init__()
        self.setProperty("role", "bar")
        self.seek_bar = SeekBar()
        self.seek_bar.asked.connect(self.asked)
        self.play = SignButton("play", translate("VideoView", "Play"), self.toggled.emit)
        self.mute = SignButton("volume", translate("VideoView", "Mute"), self.mute_toggled.emit)
        self.volume = self._make_volume()
        self.time = label(role="muted", wrap=False)
        self.speed = _menu_button("speed", translate("VideoView", "Speed"))
        self.captions = _menu_button("captions", translate("VideoView", "Captions"))
        self.rendition = _menu_button("quality", translate("VideoView", "Picture quality"))
        self.fullscreen = SignButton(
            "fullscreen", translate("VideoView", "Full screen"), self.fullscreen_toggled.emit
        )
        body = column(self, gap=0)
        body.setContentsMargins(GRID, GRID // 2, GRID, GRID // 2)
        body.addWidget(self.seek_bar)
        body.addLayout(self._make_row())

    def show_time(self, time: float, length: float) -> None:
        """Show that the video is at `time` of `length` seconds."""
        self.seek_bar.show_time(time, length)
        self.time.setText(f"{duration(time)} / {duration(length)}")

    def show_watched(self, segments: Segments) -> None:
        """Show what was watched, in seconds."""
        self.seek_bar.show_watched(segments)

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
        choose = partial(_emit_float, self.speed_chosen.emit)
        _fill(self.speed, names, str(speed), choose)
        self.speed.setText("" if speed == 1.0 else speed_name(speed))

    def show_captions(self, names: dict[str, str], current: str) -> None:
        """Offer captions: the names of the languages by their tag; `current` is '' for none."""
        self.captions.setVisible(bool(names))
        off = {"": translate("VideoView", "No captions")}
        _fill(self.captions, off | names, current, self.captions_chosen.emit)
        self.captions.setText(current)

    def show_renditions(self, names: dict[str, str], current: str, note: str) -> None:
        """Offer the renditions that are here, by name; `note` says what is not."""
        self.rendition.setVisible(len(names) > 1 or bool(note))
        _fill(self.rendition, names, current, self.rendition_chosen.emit)
        self.rendition.setText(names.get(current, ""))
        if note:
            menu = self.rendition.menu()
            menu.addSeparator()
            menu.addAction(note).setEnabled(False)

    def _make_volume(self) -> QSlider:
        slider = QSlider(Qt.Orientation.Horizontal)
        slider.setRange(0, 100)
        slider.setFixedWidth(72)
        slider.setAccessibleName(translate("VideoView", "Volume"))
        slider.setToolTip(translate("VideoView", "Volume"))
        slider.valueChanged.connect(self.volume_chosen)
        return slider

    def _make_row(self) -> QHBoxLayout:
        back = SignButton("back10", translate("VideoView", "Back 10 seconds"))
        on = SignButton("forward10", translate("VideoView", "Forward 10 seconds"))
        back.clicked.connect(lambda: self.jumped.emit(-10.0))
        on.clicked.connect(lambda: self.jumped.emit(10.0))
        left = (self.play, back, on, self.mute, self.volume, self.time)
        right = (self.captions, self.speed, self.rendition, self.fullscreen)
        return row(*left, 1, *right, gap=GRID // 2)


def speed_name(speed: float) -> str:
    """`1.25×`, `1,25×`."""
    return f"{QLocale().toString(speed, 'g', 3)}×"


def language_name(tag: str) -> str:
    """What speakers of a language (BCP 47) call it; the tag where nobody knows."""
    name = _PLAIN.get(tag) or QLocale(tag).nativeLanguageName()
    return name[:1].upper() + name[1:] if name else tag


def _menu_button(sign: str, words: str) -> QPushButton:
    made = SignButton(sign, words)
    made.setIconSize(QSize(side(20), side(20)))
    made.setMenu(QMenu(made))
    made.setStyleSheet("QPushButton::menu-indicator { image: none; width: 0; }")
    return made


def _fill(
    place: QPushButton, names: dict[str, str], current: str, choose: Callable[[str], object]
) -> None:
    menu = place.menu()
    menu.clear()
    group = QActionGroup(menu)
    for value, name in names.items():
        action = menu.addAction(name)
        action.setCheckable(True)
        action.setChecked(value == current)
        action.triggered.connect(partial(_call, choose, value))
        group.addAction(action)


def _call(choose: Callable[[str], object], value: str, _checked: bool = False) -> None:
    choose(value)


def _emit_float(emit: Callable[[float], object], value: str) -> None:
    emit(float(value))
