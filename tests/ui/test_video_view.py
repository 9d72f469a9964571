# SPDX-License-Identifier: Apache-2.0
"""A video: its bar, its keys, its transcript, and where it goes on.

The engine here is `Silent`, which is where it is told to be; `test_video_engines` plays.
"""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest
from lesson_course import Desk, pdf, picture, shows
from PySide6.QtCore import QPoint, Qt
from PySide6.QtWidgets import QPushButton
from pytestqt.qtbot import QtBot
from watched import FRENCH, Engine, engines_of, film, labels, menu, opened, tick

from player.course.manifest import Rendition, Track
from player.errors import NotHere
from player.journal.events import Left, Paused, Played, Sought
from player.journal.journal import Now
from player.lesson.media import DAMAGED, State
from player.settings import Settings
from player.store import blobs
from player.store.database import Database
from player.ui.lesson import video_files
from player.ui.lesson.captions import caption_at, cue_at, cues_of
from player.ui.lesson.video_view import VideoView

pytestmark = pytest.mark.qt_log_ignore("propagateSizeHints")  # Qt's, of a screen that is none


@pytest.fixture
def engines(monkeypatch: pytest.MonkeyPatch) -> list[Engine]:
    return engines_of(monkeypatch)


@pytest.fixture
def desk(db: Database, home: Path, learner: str, clock: Now) -> Desk:
    return Desk(db, home, learner, clock)


def test_playing_and_leaving_are_recorded(qtbot: QtBot, desk: Desk, engines: list[Engine]) -> None:
    view = opened(qtbot, desk, film(desk))
    qtbot.mouseClick(view.stage.controls.play, Qt.MouseButton.LeftButton)
    assert view.stage.controls.play.accessibleName() == "Pause"
    tick(view, engines[0], 2.0)
    tick(view, engines[0], 4.0)
    assert "0:04 / 1:00" in labels(view)
    qtbot.mouseClick(view.stage.controls.play, Qt.MouseButton.LeftButton)
    view.close_lesson()
    assert desk.kinds() == ["opened", "played", "paused", "left"]
    played, paused = desk.acts("played", "paused")
    assert isinstance(played, Played)
    assert (played.time, played.rendition, played.speed) == (0.0, "240p", 1.0)
    assert isinstance(paused, Paused)
    assert paused.segments == ((0.0, 4.0),)


def test_closing_while_it_plays_writes_down_where_it_was(
    qtbot: QtBot, desk: Desk, engines: list[Engine]
) -> None:
    view = opened(qtbot, desk, film(desk))
    view.playback.toggle()
    tick(view, engines[0], 3.0)
    view.close_lesson()
    view.close_lesson()
    (left,) = desk.acts("left")
    assert isinstance(left, Left)
    assert (left.time, left.segments) == (3.0, ((0.0, 3.0),))
    assert engines[0].state is State.EMPTY


def test_it_goes_on_where_it_was_and_offers_the_start(
    qtbot: QtBot, desk: Desk, engines: list[Engine]
) -> None:
    video = film(desk)
    view = opened(qtbot, desk, video)
    assert not view.stage.chip.isVisible()
    view.playback.toggle()
    for second in range(2, 43, 2):
        tick(view, engines[0], float(second))
    view.close_lesson()
    view = opened(qtbot, desk, video)
    assert engines[1].loaded[0][1] == 42.0
    assert "Resumed at 0:42" in labels(view)
    start = next(one for one in view.findChildren(QPushButton) if one.text() == "From the start")
    qtbot.mouseClick(start, Qt.MouseButton.LeftButton)
    assert engines[1].position == 0.0
    assert not view.stage.chip.isVisible()


def test_seeking_by_bar_and_buttons_is_recorded_and_stays_inside(
    qtbot: QtBot, desk: Desk, engines: list[Engine]
) -> None:
    view = opened(qtbot, desk, film(desk))
    bar = view.stage.controls.seek_bar
    qtbot.mouseClick(bar, Qt.MouseButton.LeftButton, pos=QPoint(bar.width() // 2, 12))
    assert engines[0].position == pytest.approx(30.0, abs=0.5)
    view.stage.controls.jumped.emit(10.0)
    assert engines[0].position == pytest.approx(40.0, abs=0.5)
    view.stage.controls.jumped.emit(-100.0)
    assert engines[0].position == 0.0
    view.playback.seek(1000.0)
    assert engines[0].position == 60.0
    sought = [act for act in desk.acts("sought") if isinstance(act, Sought)]
    assert [round(act.to) for act in sought] == [30, 40, 0, 60]


def test_what_was_watched_is_painted_in_the_bar(
    qtbot: QtBot, desk: Desk, engines: list[Engine]
) -> None:
    view = opened(qtbot, desk, film(desk))
    bar = view.stage.controls.seek_bar
    before = bar.grab().toImage()
    view.playback.toggle()
    for second in range(2, 31, 2):
        tick(view, engines[0], float(second))
    view.playback.toggle()
    view.playback.seek(0.0)
    after = bar.grab().toImage()
    quarter, three = QPoint(bar.width() // 4, 12), QPoint(bar.width() * 3 // 4, 12)
    assert after.pixel(quarter) != before.pixel(quarter)
    assert after.pixel(three) == before.pixel(three)


@pytest.mark.parametrize(
    ("key", "at"),
    [
        ("j", 20.0),
        ("l", 40.0),
        (Qt.Key.Key_Left, 25.0),
        (Qt.Key.Key_Right, 35.0),
        ("0", 0.0),
        ("9", 54.0),
    ],
)
def test_keys_move_in_the_video(
    qtbot: QtBot, desk: Desk, engines: list[Engine], key: str | Qt.Key, at: float
) -> None:
    view = opened(qtbot, desk, film(desk))
    view.playback.seek(30.0)
    qtbot.keyClick(view.focusWidget(), key)
    assert engines[0].position == at


def test_keys_play_and_choose(qtbot: QtBot, desk: Desk, engines: list[Engine]) -> None:
    view = opened(qtbot, desk, film(desk))
    engine = engines[0]

    def key(which: str | Qt.Key) -> None:
        qtbot.keyClick(view.focusWidget(), which)

    key("k")
    assert engine.state is State.PLAYING
    key(Qt.Key.Key_Space)
    assert engine.state is State.PAUSED
    key(Qt.Key.Key_Up)
    assert engine.volume == 90
    key("m")
    assert engine.volume == 0
    key("m")
    assert engine.volume == 90
    key(">")
    assert engine.speed == 1.25
    key("<")
    key("<")
    assert engine.speed == 0.75
    tick(view, engine, 2.0)
    key("c")
    assert view.stage.controls.captions.text() == "fr"
    key("c")
    assert view.stage.controls.captions.text() == ""
    assert desk.remembered == []
    view.close_lesson()
    assert desk.remembered == [replace(desk.settings, volume=90, speed=0.75)]


def test_full_screen_has_the_picture_its_bar_and_its_keys(
    qtbot: QtBot, desk: Desk, engines: list[Engine]
) -> None:
    view = opened(qtbot, desk, film(desk))
    qtbot.keyClick(view.focusWidget(), "f")
    assert view.full_screen.isFullScreen()
    assert view.stage.window() is view.full_screen
    qtbot.keyClick(view.stage.controls.play, "l")
    assert engines[0].position == 10.0
    qtbot.keyClick(view.stage.controls.play, Qt.Key.Key_Escape)
    assert not view.full_screen.isVisible()
    assert view.stage.window() is view
    assert view.splitter.indexOf(view.stage) == 0
    view.toggle_fullscreen()
    view.full_screen.close()  # as a window manager does
    assert view.stage.window() is view
    view.toggle_fullscreen()
    view.close_lesson()
    assert not view.full_screen.isVisible()


def test_the_setting_chooses_captions_and_rendition(
    qtbot: QtBot, desk: Desk, engines: list[Engine]
) -> None:
    desk.settings = Settings(caption_language="en", rendition="audio", volume=30, speed=1.5)
    video = film(desk)
    view = opened(qtbot, desk, video)
    assert engines[0].loaded[0][0].name == video.renditions[0].blob
    assert (engines[0].volume, engines[0].speed) == (30, 1.5)
    assert view.stage.controls.captions.text() == "en"
    assert view.panel.transcript.item(0).text().endswith("Hello")
    assert view.stage.controls.rendition.text() == "Sound only"


def test_the_menus_offer_what_is_here(qtbot: QtBot, desk: Desk, engines: list[Engine]) -> None:
    video = film(desk)
    view = opened(qtbot, desk, video)
    controls = view.stage.controls
    offered = ["No captions", "Français", "English", "Size", "Background"]
    assert list(menu(controls.captions)) == offered
    offered = menu(controls.rendition)
    assert list(offered) == [
        "Sound only",
        "240p",
        "Better pictures can be downloaded with the course",
    ]
    view.playback.toggle()
    tick(view, engines[0], 4.0)
    offered["Sound only"].trigger()
    assert engines[0].loaded[-1] == (engines[0].loaded[-1][0], 4.0)
    assert engines[0].loaded[-1][0].name == video.renditions[0].blob
    assert engines[0].state is State.PLAYING
    assert [act.rendition for act in desk.acts("played") if isinstance(act, Played)] == [
        "240p",
        "audio",
    ]
    menu(controls.speed)["2×"].trigger()
    assert engines[0].speed == 2.0
    assert controls.speed.text() == "2×"


def test_the_transcript_follows_and_leads(qtbot: QtBot, desk: Desk, engines: list[Engine]) -> None:
    view = opened(qtbot, desk, film(desk))
    rows = view.panel.transcript
    assert [rows.item(n).text() for n in range(rows.count())] == [
        "0:01   Bonjour & bienvenue",
        "0:05   On commence {ici}, tout de suite.",
        "0:30   Et voilà.",
    ]
    view.playback.toggle()
    tick(view, engines[0], 6.0)
    assert rows.spoken == 1
    qtbot.mouseClick(
        rows.viewport(), Qt.MouseButton.LeftButton, pos=rows.visualItemRect(rows.item(2)).center()
    )
    assert engines[0].position == 30.0
    rows.setFocus()
    rows.setCurrentRow(0)
    qtbot.keyClick(rows, Qt.Key.Key_Return)
    assert engines[0].position == 1.0
    qtbot.keyClick(rows, "k")
    assert engines[0].state is State.PAUSED


def test_a_written_transcript_comes_first_and_slides_last(
    qtbot: QtBot, desk: Desk, engines: list[Engine]
) -> None:
    video = film(
        desk,
        transcripts=(
            Track("fr", desk.blob(b"<p>Voir <a href='#activity:suite'>la suite</a>.</p>")),
        ),
        slides=desk.blob(pdf("Une", "Deux")),
    )
    view = opened(qtbot, desk, video)
    names = [view.panel.tabText(n) for n in range(view.panel.count())]
    assert names == ["Transcript", "Captions", "Slides", "Notes"]
    slides = view.panel.slides
    assert slides is not None
    assert slides.pdf.file.pid == 0  # nobody looks at them yet
    view.panel.setCurrentWidget(slides)
    qtbot.waitUntil(lambda: slides.pdf.file.pages == 2, timeout=20_000)
    view.panel.activity_asked.emit("suite")
    assert desk.activities == ["suite"]
    view.close_lesson()


def test_the_poster_stands_before_the_first_picture(
    qtbot: QtBot, desk: Desk, engines: list[Engine]
) -> None:
    video = film(desk, poster=desk.blob(picture("#ff0000", 320, 180)))
    view = opened(qtbot, desk, video)
    assert shows(view.stage.surface.grab().toImage(), "#ff0000")


def test_sound_alone_shows_no_picture_that_comes_late(
    qtbot: QtBot, desk: Desk, engines: list[Engine]
) -> None:
    view = opened(qtbot, desk, film(desk))
    red = bytes((0, 0, 255, 0)) * 64 * 36
    engines[0].on_frame(64, 36, 64 * 4, red)
    qtbot.waitUntil(lambda: shows(view.stage.surface.grab().toImage(), "#ff0000"))
    menu(view.stage.controls.rendition)["Sound only"].trigger()
    engines[0].on_frame(64, 36, 64 * 4, red)
    qtbot.wait(20)
    assert not shows(view.stage.surface.grab().toImage(), "#ff0000")


def test_what_cannot_be_played_leaves_a_sentence_and_the_transcript(
    qtbot: QtBot, desk: Desk, engines: list[Engine]
) -> None:
    view = opened(qtbot, desk, film(desk))
    engines[0].on_error(DAMAGED)
    assert view.stage.sentence.startswith("Qui fait quoi ? cannot be played on this computer")
    qtbot.waitUntil(lambda: view.stage.sentence in labels(view))
    assert not view.stage.controls.isVisible()
    assert view.panel.transcript.isVisible()
    qtbot.keyClick(view, "k")
    assert engines[0].state is State.READY
    view.close_lesson()


def test_the_end_is_said_and_the_video_is_done(
    qtbot: QtBot, desk: Desk, engines: list[Engine]
) -> None:
    view = opened(qtbot, desk, film(desk))
    view.playback.toggle()
    for second in range(2, 60, 2):
        tick(view, engines[0], float(second))
    with qtbot.waitSignal(view.finished):
        engines[0].reach(60.0)
    assert desk.kinds().count("completed") == 1
    assert view.stage.controls.play.accessibleName() == "Play"


def test_a_video_of_which_nothing_was_fetched_says_so(desk: Desk, qtbot: QtBot) -> None:
    video = film(desk, renditions=(Rendition("240p", "0" * 64, 240),))
    with pytest.raises(NotHere, match="Qui fait quoi"):
        VideoView(desk.context(video), video)
    assert desk.kinds() == []


def test_captions_that_were_not_fetched_or_are_none_are_not_offered(
    qtbot: QtBot, desk: Desk, engines: list[Engine]
) -> None:
    video = film(
        desk, captions=(Track("fr", "0" * 64), Track("en", desk.blob(b"\xff\xfe nothing")))
    )
    view = opened(qtbot, desk, video)
    assert not view.stage.controls.captions.isVisible()
    view.playback.toggle()
    tick(view, engines[0], 2.0)
    qtbot.keyClick(view.focusWidget(), "c")
    assert desk.said == []


@pytest.mark.parametrize(
    ("wanted", "found"),
    [("240p", "240p"), ("480p", "240p"), ("audio", "audio"), ("360p", "240p"), ("144p", "audio")],
)
def test_the_next_lighter_rendition_is_played(desk: Desk, wanted: str, found: str) -> None:
    video = film(desk)
    here = video_files.renditions_here(desk.home, video)
    assert video_files.rendition_for(video, here, wanted).name == found


def test_it_plays_on_though_another_rendition_is_chosen_before_the_first_is_open(
    qtbot: QtBot, desk: Desk, engines: list[Engine], monkeypatch: pytest.MonkeyPatch
) -> None:
    view = opened(qtbot, desk, film(desk))
    view.playback.toggle()
    asked: list[str] = []
    monkeypatch.setattr(engines[0], "play", lambda: asked.append(view.playback.rendition.name))
    view.choose_rendition("audio")
    view.choose_rendition("240p")
    assert asked == ["audio", "240p"]
    view.playback.pause()
    view.choose_rendition("audio")
    assert asked == ["audio", "240p"]


def test_where_the_chosen_rendition_is_gone_nothing_plays_on_unseen(
    qtbot: QtBot, desk: Desk, engines: list[Engine]
) -> None:
    video = film(desk)
    view = opened(qtbot, desk, video)
    view.playback.toggle()
    blobs.path(desk.home, video.renditions[0].blob).unlink()  # its stick was pulled, say
    view.choose_rendition("audio")
    assert "is not there" in view.stage.sentence
    assert engines[0].state is State.PAUSED
    assert not view.playback._awake.held


def test_a_language_is_found_with_or_without_its_region() -> None:
    assert video_files.language_for(["fr", "pt-BR"], "pt") == "pt-BR"
    assert video_files.language_for(["fr", "en"], "", "en-GB") == "en"
    assert video_files.language_for(["fr"], "wo") == "fr"
    assert video_files.language_for([], "wo") == ""


def test_captions_stand_as_long_as_they_are_said() -> None:
    cues = cues_of(FRENCH.encode())
    assert [caption_at(cues, time) for time in (0.5, 1.0, 4.0, 5.5)] == [
        "",
        "Bonjour & bienvenue",
        "",
        "On commence {ici},\ntout de suite.",
    ]
    assert [cue_at(cues, time) for time in (0.0, 4.5, 100.0)] == [-1, 0, 2]
    assert cues_of(b"no captions") == ()
