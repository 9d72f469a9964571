# SPDX-License-Identifier: Apache-2.0
"""Both engines, by the same sentences: what one can do the other can, on no screen and no card."""

from __future__ import annotations

import array
import gc
import math
import subprocess
import sys
import threading
import time
import weakref
from collections.abc import Callable, Iterator
from pathlib import Path

import av
import pytest
from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QColor, QImage
from PySide6.QtMultimedia import QMediaPlayer
from pytestqt.qtbot import QtBot

from player.lesson import media
from player.lesson.media import MediaPlayer, Silent, State
from player.lesson.vlc import available
from player.lesson.vlc_player import VlcPlayer
from player.ui.video.engine import choose
from player.ui.video.qt_player import QtPlayer
from player.ui.video.surface import VideoSurface, letterboxed

# What Qt says of a machine without a sound server and a graphics card, and of a damaged film
pytestmark = pytest.mark.qt_log_ignore(
    "pipewire", "PulseAudio", "No RHI backend", "Could not open media", "decoder found"
)

WAIT = 20_000  # milliseconds that nothing should take on the slowest machine
COLOURS = [(220, 0, 0), (0, 200, 0), (0, 0, 220), (220, 220, 0), (200, 0, 200), (0, 200, 200)]
RATE = 44_100
FIRST = {"movflags": "+faststart"}


@pytest.fixture(scope="module")
def films(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder of films: six seconds, another colour in each, and a tone."""
    folder = tmp_path_factory.mktemp("films")
    film(folder / "film.mp4", seconds=6)
    film(folder / "sound.mp4", seconds=6, picture=False)
    (folder / "noise").write_bytes(bytes(range(256)) * 400)
    (folder / "empty").write_bytes(b"")
    whole = (folder / "film.mp4").read_bytes()
    (folder / "cut").write_bytes(whole[:20_000])
    (folder / "undecoded.mp4").write_bytes(whole.replace(b"avc1", b"zzzz"))
    film(folder / "silent.mp4", seconds=6, sound=False)
    silent = (folder / "silent.mp4").read_bytes()
    (folder / "unheard.mp4").write_bytes(silent.replace(b"avc1", b"zzzz"))
    index_first(folder / "film.mp4", folder / "first.mp4")
    first = (folder / "first.mp4").read_bytes()
    (folder / "half.mp4").write_bytes(first[: len(first) * 55 // 100])
    hole = len(first) // 2
    (folder / "holed.mp4").write_bytes(first[:hole] + bytes(2000) + first[hole + 2000 :])
    (folder / "playlist").write_text(
        "#EXTM3U\n#EXT-X-TARGETDURATION:5\n#EXTINF:5,\nhttp://127.0.0.1:9/a.ts\n#EXT-X-ENDLIST\n"
    )
    return folder


def film(path: Path, seconds: int, picture: bool = True, sound: bool = True) -> None:
    with av.open(str(path), "w", format="mp4") as out:
        voice = out.add_stream("aac", rate=RATE) if sound else None
        screen = out.add_stream("libx264", rate=25) if picture else None
        if screen is not None:
            screen.width, screen.height, screen.pix_fmt = 426, 240, "yuv420p"
            for number in range(seconds * 25):
                out.mux(screen.encode(plain(COLOURS[number // 25])))
            out.mux(screen.encode())
        if voice is not None:
            for number in range(seconds * RATE // 1024):
                out.mux(voice.encode(tone(number * 1024)))
            out.mux(voice.encode())


def index_first(source: Path, path: Path) -> None:
    """The same film, its index before its pictures: as films come over a network."""
    with av.open(str(source)) as old, av.open(str(path), "w", options=FIRST) as new:
        streams = {one.index: new.add_stream_from_template(one) for one in old.streams}
        for packet in old.demux():
            if packet.dts is not None:
                packet.stream = streams[packet.stream.index]
                new.mux(packet)


def plain(colour: tuple[int, int, int]) -> av.VideoFrame:
    frame = av.VideoFrame(426, 240, "rgb24")
    row = bytes(colour) * 426
    frame.planes[0].update(row.ljust(frame.planes[0].line_size, b"\0") * 240)
    return frame


def tone(start: int) -> av.AudioFrame:
    frame = av.AudioFrame("fltp", "mono", 1024)
    frame.rate, frame.pts = RATE, start
    wave = (0.3 * math.sin(2 * math.pi * 440 * (start + i) / RATE) for i in range(1024))
    frame.planes[0].update(array.array("f", wave).tobytes())
    return frame


class Stage:
    """An engine, the surface it plays on, and what it said."""

    def __init__(self, setting: str, qtbot: QtBot) -> None:
        self.qtbot = qtbot
        self.surface = VideoSurface()
        qtbot.addWidget(self.surface)
        self.surface.resize(426, 240)
        self.surface.show()
        self.states: list[State] = []
        self.faults: list[str] = []
        self.frames = 0
        self.player: MediaPlayer = choose(
            setting, self._frame, self.states.append, self.faults.append
        )

    def _frame(self, width: int, height: int, stride: int, pixels: media.Pixels) -> None:
        self.frames += 1
        self.surface.set_frame(width, height, stride, pixels)

    def until(self, true: Callable[[], bool]) -> None:
        self.qtbot.waitUntil(true, timeout=WAIT)

    def colour(self) -> int:
        """Which second's colour is seen in the middle; -1 for none of them."""
        seen = self.surface.grab().toImage().pixelColor(213, 120)
        near = [
            index
            for index, colour in enumerate(COLOURS)
            if all(abs(a - b) < 40 for a, b in zip(colour, seen.getRgb()[:3], strict=True))
        ]
        return near[0] if near else -1

    def playing(self, path: Path, start: float = 0.0) -> MediaPlayer:
        self.player.load(path, start)
        self.player.play()
        self.until(lambda: self.player.state is State.PLAYING)
        return self.player


@pytest.fixture(params=["vlc", "qt"])
def stage(request: pytest.FixtureRequest, qtbot: QtBot) -> Iterator[Stage]:
    if request.param == "vlc" and not available():
        pytest.skip("libVLC is not on this machine")
    made = Stage(request.param, qtbot)
    yield made
    made.player.close()
    if isinstance(made.player, VlcPlayer):
        made.player.wait()


def test_a_film_shows_its_colours_and_ends(stage: Stage, films: Path) -> None:
    player = stage.playing(films / "film.mp4")
    stage.until(lambda: stage.colour() == 0)
    stage.until(lambda: stage.colour() == 1)
    assert player.length == pytest.approx(6, abs=0.1)
    player.set_speed(2)
    stage.until(lambda: player.state is State.ENDED)
    assert player.position == pytest.approx(6, abs=0.3)
    assert stage.colour() == 5
    assert stage.faults == []
    assert stage.states == [State.READY, State.PLAYING, State.ENDED]


def test_a_pause_holds_picture_and_position(stage: Stage, films: Path) -> None:
    player = stage.playing(films / "film.mp4")
    stage.until(lambda: player.position > 0.5)
    player.pause()
    stage.until(lambda: player.state is State.PAUSED)
    held = player.position
    stage.qtbot.wait(600)
    assert player.position == held
    player.play()
    stage.until(lambda: player.position > held + 0.3)


def test_a_pause_that_comes_before_the_film_plays_is_not_forgotten(
    stage: Stage, films: Path
) -> None:
    stage.player.load(films / "film.mp4")
    stage.player.play()
    stage.player.pause()
    stage.until(lambda: stage.player.state is State.PAUSED)
    held = stage.player.position
    stage.qtbot.wait(600)
    assert stage.player.state is State.PAUSED
    assert stage.player.position <= held + 0.05


@pytest.mark.parametrize("paused", [False, True])
def test_a_jump_lands_on_the_picture_of_that_second(
    stage: Stage, films: Path, paused: bool
) -> None:
    player = stage.playing(films / "film.mp4")
    stage.until(lambda: stage.colour() == 0)
    if paused:
        player.pause()
        stage.until(lambda: player.state is State.PAUSED)
    player.seek(4.3)
    assert player.position == pytest.approx(4.3, abs=0.5)
    stage.until(lambda: stage.colour() == 4)
    player.pause()
    assert 4.0 <= player.position < 5.0
    player.seek(2.4)
    stage.until(lambda: stage.colour() == 2)
    assert player.position == pytest.approx(2.4, abs=0.5)


def test_a_film_begins_where_it_is_told_to(stage: Stage, films: Path) -> None:
    player = stage.playing(films / "film.mp4", start=3.2)
    stage.until(lambda: stage.frames > 0 and stage.colour() != -1)
    player.pause()
    assert stage.colour() in (3, 4)
    assert player.position >= 3.1


def test_at_double_speed_a_film_gets_through_faster(stage: Stage, films: Path) -> None:
    player = stage.playing(films / "film.mp4")
    player.set_speed(2)
    begin, since = player.position, time.monotonic()
    stage.until(lambda: player.state is State.ENDED)
    assert time.monotonic() - since < player.length - begin  # half of it, and much to spare


def test_a_speed_chosen_in_a_pause_does_not_skip_anything(stage: Stage, films: Path) -> None:
    player = stage.playing(films / "film.mp4")
    stage.until(lambda: player.position > 0.2)
    player.pause()
    stage.until(lambda: player.state is State.PAUSED)
    player.seek(1.0)
    stage.qtbot.wait(1000)
    player.set_speed(2)
    player.play()
    stage.until(lambda: stage.colour() == 2)
    assert player.position < 3.5


def test_after_its_end_a_film_begins_anew(stage: Stage, films: Path) -> None:
    player = stage.playing(films / "film.mp4", start=5.3)
    stage.until(lambda: player.state is State.ENDED)
    player.play()
    stage.until(lambda: player.state is State.PLAYING and stage.colour() == 0)


def test_sound_alone_plays_without_a_picture(stage: Stage, films: Path) -> None:
    player = stage.playing(films / "sound.mp4")
    stage.until(lambda: player.position > 0.6)
    assert player.length == pytest.approx(6, abs=0.2)
    player.seek(5.2)
    stage.until(lambda: player.state is State.ENDED)
    assert stage.frames == 0
    assert stage.faults == []


@pytest.mark.parametrize("name", ["noise", "empty", "cut", "playlist"])
def test_what_is_no_film_is_said_to_be_damaged(stage: Stage, films: Path, name: str) -> None:
    stage.player.load(films / name)
    stage.until(lambda: bool(stage.faults))
    assert stage.faults == [media.DAMAGED]
    assert stage.player.state is State.FAILED
    stage.player.play()
    stage.playing(films / "film.mp4")  # and the next one plays
    stage.until(lambda: stage.colour() == 0)


def test_a_place_chosen_before_it_plays_is_where_it_begins(stage: Stage, films: Path) -> None:
    stage.player.load(films / "film.mp4", 1.0)
    stage.player.seek(4.2)
    assert stage.player.position == pytest.approx(4.2)
    stage.player.play()
    stage.until(lambda: stage.colour() == 4)
    assert 4.0 <= stage.player.position < 5.5


def test_a_jump_to_just_before_the_end_ends(stage: Stage, films: Path) -> None:
    player = stage.playing(films / "film.mp4")
    stage.until(lambda: stage.frames > 0)
    player.seek(5.9)
    stage.until(lambda: player.state is State.ENDED)
    assert player.position == pytest.approx(6, abs=0.3)
    assert stage.faults == []


def test_another_rendition_goes_on_at_the_same_place_and_speed(stage: Stage, films: Path) -> None:
    player = stage.playing(films / "film.mp4")
    player.set_speed(2)
    stage.until(lambda: stage.colour() == 2)
    at = player.position
    player.load(films / "sound.mp4", at)
    player.play()
    stage.until(lambda: player.state is State.PLAYING)
    assert player.position >= at - 0.1
    stage.until(lambda: at + 0.5 < player.position < at + 3)
    player.load(films / "first.mp4", 3.2)
    stage.surface.clear()
    player.play()
    stage.until(lambda: stage.colour() != -1)
    assert stage.colour() in (3, 4)
    stage.until(lambda: player.state is State.ENDED)
    assert stage.faults == []


def test_a_file_that_is_cut_off_plays_as_far_as_it_goes(stage: Stage, films: Path) -> None:
    player = stage.playing(films / "half.mp4")
    player.set_speed(2)
    stage.until(lambda: player.state is State.ENDED)
    assert player.length == pytest.approx(6, abs=0.1)
    assert 1.5 < player.position < 4
    assert stage.faults == []
    player.play()  # anew from its start
    stage.until(lambda: player.state is State.PLAYING and stage.colour() == 0)


def test_a_hole_in_the_middle_does_not_stop_a_film(stage: Stage, films: Path) -> None:
    player = stage.playing(films / "holed.mp4")
    player.set_speed(2)
    stage.until(lambda: player.state is State.ENDED)
    assert stage.colour() == 5
    assert player.position == pytest.approx(6, abs=0.3)
    assert stage.faults == []


def test_a_picture_that_nobody_decodes_leaves_the_sound(stage: Stage, films: Path) -> None:
    player = stage.playing(films / "undecoded.mp4")
    stage.until(lambda: bool(stage.faults))
    assert stage.faults == [media.NO_PICTURE]
    stage.until(lambda: player.state is State.PLAYING)
    at = player.position
    stage.until(lambda: player.position > at + 0.3)
    player.seek(5.5)
    stage.until(lambda: player.state is State.ENDED)
    assert (stage.faults, stage.frames) == ([media.NO_PICTURE], 0)


def test_what_nobody_decodes_at_all_is_said(stage: Stage, films: Path) -> None:
    stage.player.load(films / "unheard.mp4")
    stage.player.play()
    stage.until(lambda: bool(stage.faults))
    assert stage.faults == [media.NO_DECODER]
    assert stage.player.state is State.FAILED


def test_closing_while_it_is_being_opened_says_nothing_more(stage: Stage, films: Path) -> None:
    stage.player.load(films / "film.mp4")
    stage.player.play()
    stage.player.close()
    stage.qtbot.wait(200)
    assert stage.faults == []
    assert stage.player.state in (State.EMPTY, State.READY)


def test_a_file_that_is_gone_is_said_to_be_missing(stage: Stage, films: Path) -> None:
    stage.player.load(films / "gone.mp4")
    stage.until(lambda: bool(stage.faults))
    assert stage.faults == [media.MISSING]


def test_what_played_ends_where_the_next_file_is_gone(stage: Stage, films: Path) -> None:
    player = stage.playing(films / "film.mp4")
    stage.until(lambda: stage.frames > 0)
    player.load(films / "gone.mp4")
    stage.until(lambda: player.state is State.FAILED)
    shown = stage.frames
    stage.qtbot.wait(300)
    assert stage.frames == shown


def test_loudness_may_be_set_at_any_time(stage: Stage, films: Path) -> None:
    stage.player.set_volume(0)
    player = stage.playing(films / "film.mp4")
    for percent in (-5, 30, 500, 0):
        player.set_volume(percent)
    stage.until(lambda: player.position > 0.3)
    assert stage.faults == []


def test_nonsense_positions_are_passed_over(stage: Stage, films: Path) -> None:
    player = stage.playing(films / "film.mp4")
    player.seek(math.nan)
    player.seek(math.inf)
    player.seek(-3)
    stage.until(lambda: stage.colour() == 0)


def test_closing_in_the_middle_says_nothing_more(stage: Stage, films: Path) -> None:
    stage.playing(films / "film.mp4")
    stage.until(lambda: stage.frames > 2)
    stage.player.close()
    said, frames = list(stage.states), stage.frames
    stage.qtbot.wait(300)
    assert stage.states == said
    assert stage.frames <= frames + 1  # one may have been on its way


def test_closing_while_it_plays_never_waits_for_itself(films: Path, qtbot: QtBot) -> None:
    if not available():
        pytest.skip("libVLC is not on this machine")

    def open_and_close() -> None:
        stage = Stage("vlc", qtbot)
        player = stage.playing(films / "film.mp4")
        stage.until(lambda: stage.frames > 0)
        assert isinstance(player, VlcPlayer)
        player.close()
        player.wait()

    for _ in range(20):
        open_and_close()
    assert not [thread for thread in threading.enumerate() if thread.name == "cartable-vlc"]


def test_a_film_that_was_closed_takes_no_memory(films: Path, qtbot: QtBot) -> None:
    if not available():
        pytest.skip("libVLC is not on this machine")
    stage = Stage("vlc", qtbot)
    player = stage.playing(films / "film.mp4")
    assert isinstance(player, VlcPlayer)
    assert player._film is not None
    film, screen = weakref.ref(player._film), weakref.ref(player._film._screen)
    player.close()
    player.wait()
    gc.collect()
    assert (film(), screen()) == (None, None)


TONE = """
import array, sys, time, wave
import vlc
from player.lesson import vlc as engine

options = [*engine._OPTIONS, "--aout=afile", f"--audiofile-file={sys.argv[2]}"]
player = vlc.Instance([*options, "--audiofile-format=s16"]).media_player_new()
player.set_media(player.get_instance().media_new_path(sys.argv[1]))
player.set_rate(float(sys.argv[3]))
player.play()
until = time.monotonic() + 20
while player.get_state() != vlc.State.Ended and time.monotonic() < until:
    time.sleep(0.02)
player.stop()
with wave.open(sys.argv[2]) as heard:
    rate, channels = heard.getframerate(), heard.getnchannels()
    wave = array.array("h", heard.readframes(heard.getnframes()))[::channels]
middle = wave[len(wave) // 4 : len(wave) * 3 // 4]
rising = sum(before < 0 <= after for before, after in zip(middle, middle[1:]))
print(rising * rate / len(middle), len(wave) / rate)
"""


@pytest.mark.parametrize("speed", [0.5, 2])
def test_a_tone_keeps_its_pitch_at_any_speed_in_libvlc(
    films: Path, tmp_path: Path, speed: float
) -> None:
    if not available():
        pytest.skip("libVLC is not on this machine")
    film(tmp_path / "tone.mp4", seconds=1, picture=False)
    ran = subprocess.run(
        [sys.executable, "-c", TONE, tmp_path / "tone.mp4", tmp_path / "heard.wav", str(speed)],
        cwd=Path(__file__).parents[2],
        capture_output=True,
        text=True,
        check=True,
    )
    hertz, seconds = (float(one) for one in ran.stdout.split())
    assert hertz == pytest.approx(440, abs=5)
    assert seconds == pytest.approx(1 / speed, rel=0.25)


def test_voices_keep_their_pitch_at_any_speed_in_qt(qtbot: QtBot) -> None:
    """What Qt does to the sound cannot be heard without a card; it says that it can, and does."""
    player = QtPlayer(*[lambda *_: None] * 3)
    if hasattr(player._player, "pitchCompensation"):
        can = QMediaPlayer.PitchCompensationAvailability
        assert player._player.pitchCompensationAvailability() in (can.Available, can.AlwaysOn)
        assert player._player.pitchCompensation()
    player.close()


def test_without_libvlc_qt_plays() -> None:
    code = (
        "from player.lesson.vlc import available\n"
        "from player.ui.video.engine import choose\n"
        "from PySide6.QtWidgets import QApplication\n"
        "application = QApplication([])\n"
        "nothing = lambda *_: None\n"
        "print(available(), type(choose('vlc', nothing, nothing, nothing)).__name__)\n"
    )
    environment = {"PYTHON_VLC_LIB_PATH": "/nowhere/libvlc.so", "QT_QPA_PLATFORM": "offscreen"}
    ran = subprocess.run(
        [sys.executable, "-c", code],
        env=environment,
        cwd=Path(__file__).parents[2],
        capture_output=True,
        text=True,
        check=True,
    )
    assert ran.stdout.split() == ["False", "QtPlayer"]


def test_a_silent_engine_is_where_it_was_told_to_be(films: Path) -> None:
    states: list[State] = []
    player: MediaPlayer = Silent(lambda *_: None, states.append, lambda _: None)
    player.load(films / "film.mp4", 2.5)
    player.play()
    player.pause()
    assert (player.position, states) == (2.5, [State.READY, State.PLAYING, State.PAUSED])
    player.seek(-1)
    assert player.position == 0


# The surface


def test_a_picture_keeps_its_shape_on_black(qtbot: QtBot) -> None:
    surface = VideoSurface()
    qtbot.addWidget(surface)
    surface.resize(400, 400)
    red = QImage(160, 90, QImage.Format.Format_RGB32)
    red.fill(QColor("#c00000"))
    bits = bytes(red.constBits())
    with qtbot.waitSignal(surface.arrived):
        surface.set_frame(160, 90, red.bytesPerLine(), bits)
    qtbot.waitUntil(
        lambda: surface.grab().toImage().pixelColor(200, 200) == QColor("#c00000"), timeout=WAIT
    )
    seen = surface.grab().toImage()
    assert seen.pixelColor(200, 20) == seen.pixelColor(200, 380) == QColor("#000000")
    surface.clear()
    assert surface.grab().toImage().pixelColor(200, 200) == QColor("#000000")


def test_of_many_pictures_a_busy_window_paints_the_last(qtbot: QtBot) -> None:
    surface = VideoSurface()
    qtbot.addWidget(surface)
    surface.resize(100, 100)
    arrivals: list[None] = []
    surface.arrived.connect(lambda: arrivals.append(None), Qt.ConnectionType.DirectConnection)

    def engine() -> None:
        for shade in range(200):
            surface.set_frame(4, 4, 16, bytes([shade, shade, shade, 255]) * 16)

    thread = threading.Thread(target=engine)
    thread.start()
    thread.join()
    assert len(arrivals) == 1
    qtbot.waitUntil(lambda: surface.grab().toImage().pixelColor(50, 50).red() == 199, timeout=WAIT)


def test_a_caption_is_white_on_dark_over_any_picture_and_wraps(qtbot: QtBot) -> None:
    surface = VideoSurface()
    qtbot.addWidget(surface)
    surface.resize(640, 360)
    white = QImage(64, 36, QImage.Format.Format_RGB32)
    white.fill(QColor("#ffffff"))
    surface.set_poster(white)

    def dark_lines() -> int:
        seen = surface.grab().toImage()
        return sum(
            any(seen.pixelColor(x, y).lightness() < 100 for x in range(0, 640, 4))
            for y in range(360)
        )

    assert dark_lines() == 0
    surface.set_caption("Qui décide ?")
    one = dark_lines()
    assert one > 15
    surface.set_caption("Qui décide ? " * 20)
    assert dark_lines() > one * 2
    surface.set_caption("")
    assert dark_lines() == 0


def test_sound_alone_has_a_sign(qtbot: QtBot) -> None:
    surface = VideoSurface()
    qtbot.addWidget(surface)
    surface.resize(300, 200)
    before = surface.grab().toImage()
    surface.set_sound_alone(True)
    assert surface.grab().toImage() != before


@pytest.mark.parametrize(
    ("size", "place"),
    [((160, 90), (0, 50, 200, 112.5)), ((90, 160), (46.875, 0, 106.25, 200))],
)
def test_letterboxing_centres(
    size: tuple[int, int], place: tuple[float, float, float, float]
) -> None:
    found = letterboxed(QSize(*size), QRectF(0, 0, 200, 200))
    assert found.center() == QRectF(0, 0, 200, 200).center()
    assert found.width() / found.height() == pytest.approx(size[0] / size[1])
    assert max(found.width(), found.height()) == 200
