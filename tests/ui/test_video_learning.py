# SPDX-License-Identifier: Apache-2.0
"""What helps to learn from a video: chapters, slides that turn, what is said, and what is next."""

from __future__ import annotations

from dataclasses import replace

import pytest
from lesson_course import Desk, pdf, picture, shows
from PySide6.QtCore import QEvent, QPoint, QPointF, QSize, Qt
from PySide6.QtGui import QKeyEvent, QWheelEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QPushButton, QWidget
from pytestqt.qtbot import QtBot
from watched import Engine, engines_of, film, labels, menu, opened, tick

from player.course.manifest import Chapter, SlideTurn, Track, Video
from player.journal.events import Paused, Sought
from player.journal.journal import Now
from player.lesson.media import NO_PICTURE, State
from player.lesson.spot import Spot
from player.settings import Settings
from player.store.database import Database
from player.ui.key_sheet import KeySheet
from player.ui.lesson.video_keys import TABLE, wish_of
from player.ui.lesson.video_view import VideoView

pytestmark = pytest.mark.qt_log_ignore("propagateSizeHints", "raise()", "grabbing", "JPEG")

CHAPTERS = (Chapter(0.0, "Ouverture"), Chapter(20.0, "Les rôles"), Chapter(45.0, "À retenir"))
TURNS = (SlideTurn(0.0, 1), SlideTurn(20.0, 3), SlideTurn(45.0, 2))
ARABIC = "WEBVTT\n\n00:01.000 --> 00:04.000\nمرحبا بكم\n"


@pytest.fixture
def engines(monkeypatch: pytest.MonkeyPatch) -> list[Engine]:
    return engines_of(monkeypatch)


@pytest.fixture
def desk(db: Database, home: object, learner: str, clock: Now) -> Desk:
    return Desk(db, home, learner, clock)  # type: ignore[arg-type]


def rich(desk: Desk, **other: object) -> Video:
    slides = desk.blob(pdf("Une", "Deux", "Trois"))
    return film(desk, chapters=CHAPTERS, slides=slides, turns=TURNS, **other)


def press(view: QWidget, key: str | Qt.Key, *, control: bool = False) -> None:
    none, ctrl = Qt.KeyboardModifier.NoModifier, Qt.KeyboardModifier.ControlModifier
    QTest.keyClick(QApplication.focusWidget() or view, key, ctrl if control else none)


# Chapters


def test_chapters_are_named_listed_and_marked(
    qtbot: QtBot, desk: Desk, engines: list[Engine]
) -> None:
    view = opened(qtbot, desk, rich(desk))
    controls = view.stage.controls
    offered = menu(controls.chapters)
    assert list(offered) == ["0:00   Ouverture", "0:20   Les rôles", "0:45   À retenir"]
    assert controls.chapter.text() == "Ouverture"
    offered["0:20   Les rôles"].trigger()
    assert engines[0].position == 20.0
    assert controls.chapter.text() == "Les rôles"
    assert [one.isChecked() for one in menu(controls.chapters).values()] == [False, True, False]
    assert controls.seek_bar.accessibleDescription() == "Les rôles"
    assert controls.seek_bar.accessibleName() == "Position: 0:20 of 1:00"


def test_keys_lead_from_chapter_to_chapter(qtbot: QtBot, desk: Desk, engines: list[Engine]) -> None:
    view = opened(qtbot, desk, rich(desk))
    on, back = Qt.Key.Key_Right, Qt.Key.Key_Left
    seen = []
    for key in (on, on, on, back, back, back):
        press(view, key, control=True)
        seen.append(engines[0].position)
    assert seen == [20.0, 45.0, 45.0, 20.0, 0.0, 0.0]
    view.playback.seek(30.0)
    press(view, back, control=True)
    assert engines[0].position == 20.0  # first to the beginning of the one that is seen


def test_chapters_part_the_seek_bar_and_a_click_nearby_means_them(
    qtbot: QtBot, desk: Desk, engines: list[Engine]
) -> None:
    plain, view = opened(qtbot, desk, film(desk)), opened(qtbot, desk, rich(desk))
    bar = view.stage.controls.seek_bar
    spot = QPoint(round(bar._x(20.0)), bar.height() // 2)
    before = plain.stage.controls.seek_bar.grab().toImage().pixelColor(spot)
    assert bar.grab().toImage().pixelColor(spot) != before
    qtbot.mouseClick(bar, Qt.MouseButton.LeftButton, pos=spot + QPoint(3, 0))
    assert engines[1].position == 20.0


def test_without_chapters_nothing_is_offered(
    qtbot: QtBot, desk: Desk, engines: list[Engine]
) -> None:
    view = opened(qtbot, desk, film(desk))
    assert not view.stage.controls.chapters.isVisible()
    press(view, Qt.Key.Key_Right, control=True)
    assert engines[0].position == 0.0


# Slides


def test_slides_turn_with_the_video_until_somebody_browses(
    qtbot: QtBot, desk: Desk, engines: list[Engine]
) -> None:
    view = opened(qtbot, desk, rich(desk))
    slides = view.panel.slides
    assert slides is not None
    view.panel.setCurrentWidget(slides)
    qtbot.waitUntil(lambda: "Page 1 of 3" in labels(view), timeout=20_000)
    view.playback.toggle()
    pages = []
    for time in (1.0, 21.0, 46.0, 10.0):
        tick(view, engines[0], time)
        pages.append(slides.page)
    assert pages == [0, 2, 1, 0]
    ways = {one.accessibleName(): one for one in slides.findChildren(QPushButton)}
    ways["Next page"].click()
    tick(view, engines[0], 21.0)
    assert slides.page == 1
    assert "The slides wait for you." in labels(view)
    again = next(o for o in slides.findChildren(QPushButton) if o.text() == "Turn with the video")
    again.click()
    assert slides.page == 2
    view.stage.controls.play.setFocus()
    for key, page in ((Qt.Key.Key_PageUp, 1), (Qt.Key.Key_PageUp, 0), (Qt.Key.Key_PageUp, 0)):
        press(view, key)
        assert slides.page == page
    slides.follow()
    assert "The slides wait for you." not in labels(view)
    view.close_lesson()


def test_sound_alone_shows_its_slide_large(qtbot: QtBot, desk: Desk, engines: list[Engine]) -> None:
    view = opened(qtbot, desk, rich(desk, poster=desk.blob(picture("#ff0000", 320, 180))))
    assert shows(view.stage.surface.grab().toImage(), "#ff0000")
    menu(view.stage.controls.rendition)["Sound only"].trigger()
    qtbot.waitUntil(lambda: shows(view.stage.surface.grab().toImage(), "#ffffff"), timeout=20_000)
    assert not shows(view.stage.surface.grab().toImage(), "#ff0000")
    first = view.stage.surface.grab().toImage()
    view.playback.seek(25.0)
    qtbot.waitUntil(lambda: view.stage.surface.grab().toImage() != first)
    view.close_lesson()


def test_who_browses_before_the_slides_are_open_gets_that_slide(
    qtbot: QtBot, desk: Desk, engines: list[Engine]
) -> None:
    view = opened(qtbot, desk, rich(desk))
    view.show_spot(Spot(page=2))
    tick(view, engines[0], 21.0)
    qtbot.waitUntil(lambda: "Page 2 of 3" in labels(view), timeout=20_000)
    assert "The slides wait for you." in labels(view)
    view.close_lesson()


def test_slides_that_are_opened_in_the_middle_turn_with_the_video(
    qtbot: QtBot, desk: Desk, engines: list[Engine]
) -> None:
    view = opened(qtbot, desk, rich(desk))
    tick(view, engines[0], 21.0)
    slides = view.panel.slides
    assert slides is not None
    view.panel.setCurrentWidget(slides)
    qtbot.waitUntil(lambda: "Page 3 of 3" in labels(view), timeout=20_000)
    assert slides.following
    tick(view, engines[0], 46.0)
    assert slides.page == 1
    view.close_lesson()


def test_slides_that_cannot_be_read_are_not_read_again_for_each_picture(
    qtbot: QtBot, desk: Desk, engines: list[Engine]
) -> None:
    view = opened(qtbot, desk, film(desk, slides=desk.blob(b"no slides")))
    slides = view.panel.slides
    assert slides is not None
    with qtbot.waitSignal(slides.pdf.failed, timeout=20_000):
        slides.picture(QSize(320, 180))
    assert slides.picture(QSize(640, 360)).isNull()
    assert slides.pdf.file.pid == 0
    view.close_lesson()


@pytest.mark.parametrize("turns", [(), (SlideTurn(5.0, 99),)])
def test_times_that_fit_no_page_leave_the_slides_as_they_are(
    qtbot: QtBot, desk: Desk, engines: list[Engine], turns: tuple[SlideTurn, ...]
) -> None:
    view = opened(qtbot, desk, film(desk, slides=desk.blob(pdf("Une", "Deux")), turns=turns))
    slides = view.panel.slides
    assert slides is not None
    view.panel.setCurrentWidget(slides)
    qtbot.waitUntil(lambda: "Page 1 of 2" in labels(view), timeout=20_000)
    view.playback.toggle()
    tick(view, engines[0], 6.0)
    assert slides.page == (1 if turns else 0)
    assert desk.said == []
    view.close_lesson()


# What is said


def wheel(rows: QWidget) -> None:
    middle = QPointF(rows.rect().center())
    event = QWheelEvent(
        *(middle, rows.mapToGlobal(middle), QPoint(0, -40), QPoint(0, -240)),
        *(Qt.MouseButton.NoButton, Qt.KeyboardModifier.NoModifier),
        *(Qt.ScrollPhase.NoScrollPhase, False),
    )
    QApplication.sendEvent(rows, event)


def many(desk: Desk) -> Video:
    cues = "".join(
        f"00:{n:02}.000 --> 00:{n:02}.900\nPhrase {n} sur l’Équipe\n\n" for n in range(60)
    )
    return film(desk, captions=(Track("fr", desk.blob(f"WEBVTT\n\n{cues}".encode())),))


def test_the_transcript_waits_for_a_reader_and_follows_when_asked(
    qtbot: QtBot, desk: Desk, engines: list[Engine]
) -> None:
    view = opened(qtbot, desk, many(desk))
    rows, pane = view.panel.transcript, view.panel.spoken

    def in_sight(number: int) -> bool:
        return rows.viewport().rect().contains(rows.visualItemRect(rows.item(number)).center())

    view.playback.toggle()
    tick(view, engines[0], 40.5)
    qtbot.waitUntil(lambda: in_sight(40))
    assert not pane.follow.isVisible()
    wheel(rows.viewport())
    assert pane.follow.isVisible()
    tick(view, engines[0], 5.5)
    assert not in_sight(5)
    qtbot.mouseClick(pane.follow, Qt.MouseButton.LeftButton)
    assert in_sight(5)
    assert not pane.follow.isVisible()
    rows.setFocus()
    press(rows, Qt.Key.Key_Down)
    assert pane.follow.isVisible()
    press(rows, Qt.Key.Key_Return)  # to hear it is to follow again
    assert not pane.follow.isVisible()


def test_what_is_said_is_found_whatever_its_accents(
    qtbot: QtBot, desk: Desk, engines: list[Engine]
) -> None:
    view = opened(qtbot, desk, many(desk))
    pane, rows = view.panel.spoken, view.panel.transcript
    press(view, Qt.Key.Key_F, control=True)
    assert pane.field.hasFocus()
    for letter in "phrase 3":
        press(view, letter)
    assert engines[0].state is State.READY  # letters and space are the field's
    assert rows.matches == [3, *range(30, 40)]
    assert "1 of 11" in labels(view)
    assert rows.here == 3
    press(view, Qt.Key.Key_Down)
    assert "2 of 11" in labels(view)
    press(view, Qt.Key.Key_Return)
    assert engines[0].position == 30.0
    press(view, Qt.Key.Key_Up)
    press(view, Qt.Key.Key_Up)
    assert "11 of 11" in labels(view)
    pane.field.setText("equipe")
    assert len(rows.matches) == 60
    assert rows.marks[0] == [(15, 6)]
    pane.field.setText("néant")
    assert "nothing found" in labels(view)
    press(view, Qt.Key.Key_Escape)
    assert pane.field.text() == ""
    assert rows.hasFocus()


def test_arabic_captions_in_a_french_window(
    qtbot: QtBot, desk: Desk, engines: list[Engine]
) -> None:
    arabic = Track("ar", desk.blob(ARABIC.encode()))
    view = opened(qtbot, desk, film(desk, captions=(arabic,)))
    menu(view.stage.controls.captions)["العربية"].trigger()
    rows = view.panel.transcript
    assert rows.layoutDirection() is Qt.LayoutDirection.RightToLeft
    assert view.layoutDirection() is Qt.LayoutDirection.LeftToRight
    view.playback.toggle()
    tick(view, engines[0], 2.0)
    assert view.stage.surface._caption == "مرحبا بكم"
    assert view.stage.surface._direction is Qt.LayoutDirection.RightToLeft


def test_how_captions_look_is_remembered(qtbot: QtBot, desk: Desk, engines: list[Engine]) -> None:
    view = opened(qtbot, desk, film(desk))
    offered = menu(view.stage.controls.captions)
    sizes = {one.text(): one for one in offered["Size"].menu().actions()}
    sizes["150%"].trigger()
    grounds = {
        one.text(): one for one in menu(view.stage.controls.captions)["Background"].menu().actions()
    }
    grounds["Black"].trigger()
    menu(view.stage.controls.captions)["English"].trigger()
    view.close_lesson()
    chosen = {"caption_size": 150, "caption_ground": "solid", "caption_language": "en"}
    assert desk.remembered == [replace(desk.settings, **chosen)]  # type: ignore[arg-type]
    desk.settings = desk.remembered[0]
    again = opened(qtbot, desk, film(desk))
    assert again.stage.surface._style.size == 150
    assert again.stage.surface._style.ground == "solid"
    assert again.stage.controls.captions.text() == "en"


def test_captions_turned_off_come_back_in_the_same_language(
    qtbot: QtBot, desk: Desk, engines: list[Engine]
) -> None:
    desk.settings = Settings(caption_language="en")
    view = opened(qtbot, desk, film(desk))
    press(view, "c")
    assert view.stage.controls.captions.text() == ""
    press(view, "c")
    assert view.stage.controls.captions.text() == "en"


# The end


def ended(view: VideoView, engine: Engine, time: float = 60.0) -> None:
    view.playback.toggle()
    engine.reach(time)


def test_at_the_end_the_next_activity_is_offered_and_nothing_starts(
    qtbot: QtBot, desk: Desk, engines: list[Engine]
) -> None:
    view = opened(qtbot, desk, film(desk))
    ended(view, engines[0])
    assert view.stage.end.isVisible()
    assert {"Next (Enter):", "La suite"} <= set(labels(view))
    qtbot.wait(50)
    assert desk.activities == []
    press(view, Qt.Key.Key_Return)
    assert desk.activities == ["suite"]


def test_at_the_end_it_can_be_watched_again(
    qtbot: QtBot, desk: Desk, engines: list[Engine]
) -> None:
    view = opened(qtbot, desk, film(desk))
    ended(view, engines[0])
    view.stage.end.replay.click()
    assert engines[0].position == 0.0
    assert engines[0].state is State.PLAYING
    assert not view.stage.end.isVisible()
    engines[0].reach(60.0)
    view.playback.seek(10.0)
    assert not view.stage.end.isVisible()


def test_the_end_takes_no_keyboard_from_a_field(
    qtbot: QtBot, desk: Desk, engines: list[Engine]
) -> None:
    view = opened(qtbot, desk, film(desk))
    view.panel.spoken.search()
    ended(view, engines[0])
    assert view.panel.spoken.field.hasFocus()


def test_in_full_screen_the_next_activity_is_a_key_away(
    qtbot: QtBot, desk: Desk, engines: list[Engine]
) -> None:
    view = opened(qtbot, desk, film(desk))
    press(view, "f")
    ended(view, engines[0])
    view.stage.end.on.click()
    assert not view.full_screen.isVisible()
    assert desk.activities == ["suite"]


def test_a_film_whose_file_is_cut_off_says_so_and_counts_what_was_seen(
    qtbot: QtBot, desk: Desk, engines: list[Engine]
) -> None:
    view = opened(qtbot, desk, film(desk))
    view.playback.toggle()
    for second in range(0, 33, 2):
        tick(view, engines[0], float(second))
    engines[0].reach(33.0)
    assert view.playback.cut_short
    assert any("stops here, before the end" in one for one in labels(view))
    (paused,) = desk.acts("paused")
    assert isinstance(paused, Paused)
    assert (paused.time, paused.segments) == (33.0, ((0.0, 33.0),))
    assert "completed" not in desk.kinds()


# Faults


def test_without_a_decoder_for_the_picture_the_sound_plays_on(
    qtbot: QtBot, desk: Desk, engines: list[Engine]
) -> None:
    view = opened(qtbot, desk, rich(desk))
    view.playback.toggle()
    engines[0].on_error(NO_PICTURE)
    said = "The picture cannot be shown: a decoder for its picture is missing. The sound plays on."
    qtbot.waitUntil(lambda: said in labels(view))
    assert engines[0].state is State.PLAYING
    assert view.stage.controls.isVisible()
    assert view.panel.transcript.isVisible()
    slide = "#ffffff"
    qtbot.waitUntil(lambda: shows(view.stage.surface.grab().toImage(), slide), timeout=20_000)
    view.close_lesson()


@pytest.mark.parametrize("junk", [b"", b"\x00" * 5000, b"\xff\xd8\xff" * 99, b"%PDF-1.4\nno"])
def test_broken_captions_slides_poster_and_chapters_never_stop_the_video(
    qtbot: QtBot, desk: Desk, engines: list[Engine], junk: bytes
) -> None:
    broken = desk.blob(junk)
    video = film(
        desk,
        captions=(Track("fr", broken), Track("en", "1" * 64)),
        transcripts=(Track("fr", broken),),
        slides=broken,
        poster=broken,
        chapters=CHAPTERS,
        turns=TURNS,
    )
    view = opened(qtbot, desk, video)
    view.choose_rendition("audio")
    assert view.panel.slides is not None
    with qtbot.waitSignal(view.panel.slides.pdf.failed, timeout=20_000):
        view.panel.setCurrentWidget(view.panel.slides)
    view.playback.toggle()
    tick(view, engines[0], 21.0)
    press(view, Qt.Key.Key_F, control=True)
    press(view, "c")
    assert engines[0].state is State.PLAYING
    assert view.stage.controls.chapter.text() == "Les rôles"
    view.close_lesson()
    assert desk.said == []


# Keys


def test_the_keyboard_comes_along_out_of_the_full_screen(
    qtbot: QtBot, desk: Desk, engines: list[Engine]
) -> None:
    view = opened(qtbot, desk, film(desk))
    press(view, "f")
    qtbot.waitUntil(view.full_screen.isActiveWindow)
    qtbot.keyClick(view.full_screen, Qt.Key.Key_F1)
    (sheet,) = view.full_screen.findChildren(KeySheet)
    sheet.close()
    qtbot.keyClick(view.full_screen, Qt.Key.Key_N)
    qtbot.waitUntil(view.notes.editor.text.hasFocus)
    view.close_lesson()


def test_the_sheet_says_every_key_and_every_key_does_something(
    qtbot: QtBot, desk: Desk, engines: list[Engine]
) -> None:
    view = opened(qtbot, desk, rich(desk))
    strokes = [stroke for row in TABLE for stroke in row.strokes]
    for stroke in strokes:
        modifier = Qt.KeyboardModifier
        held = modifier.ControlModifier if stroke.control else modifier.NoModifier
        code = stroke.key or Qt.Key.Key_unknown
        event = QKeyEvent(QEvent.Type.KeyPress, code, held, stroke.text)
        assert wish_of(event) == stroke.wish
        if stroke.wish[0] != "window":
            assert view._press(event), stroke
        for sheet in view.findChildren(KeySheet):
            sheet.close()
        if view.full_screen.isVisible():
            view.toggle_fullscreen()
    for free in ("n", "b"):  # for notes
        assert wish_of(QKeyEvent(QEvent.Type.KeyPress, Qt.Key(ord(free.upper())), held, free)) in (
            None,
            ("note", 0),
            ("bookmark", 0),
        )


def test_a_question_mark_or_the_mouse_shows_the_sheet(
    qtbot: QtBot, desk: Desk, engines: list[Engine]
) -> None:
    view = opened(qtbot, desk, film(desk))
    view.resize(1400, 800)
    press(view, "?")
    (sheet,) = view.findChildren(KeySheet)
    said = [one.text() for one in sheet.findChildren(type(view.stage.controls.time))]
    for names, words in view.key_rows():
        assert "  ·  ".join(names) in said
        assert words in said
    sheet.close()
    qtbot.waitUntil(lambda: not view.findChildren(KeySheet))
    qtbot.mouseClick(view.stage.controls.keys, Qt.MouseButton.LeftButton)
    assert len(view.findChildren(KeySheet)) == 1
    view.findChildren(KeySheet)[0].close()


def test_going_picture_by_picture_is_told_once(
    qtbot: QtBot, desk: Desk, engines: list[Engine]
) -> None:
    view = opened(qtbot, desk, film(desk))
    view.playback.seek(30.0)
    for _ in range(5):
        press(view, ".")
    press(view, ",")
    assert engines[0].position == pytest.approx(30.16)
    view.playback.toggle()
    press(view, ".")  # not while it plays
    assert engines[0].position == pytest.approx(30.16)
    jumps = [(act.time, act.to) for act in desk.acts("sought") if isinstance(act, Sought)]
    assert jumps == [(0.0, 30.0), (30.0, pytest.approx(30.16))]


def test_a_key_that_is_held_down_is_one_jump(
    qtbot: QtBot, desk: Desk, engines: list[Engine]
) -> None:
    view = opened(qtbot, desk, film(desk))
    none = Qt.KeyboardModifier.NoModifier
    for again in (False, *[True] * 6):
        key = QKeyEvent(QEvent.Type.KeyPress, Qt.Key.Key_Right, none, "", again)
        QApplication.sendEvent(view.stage.controls.seek_bar, key)
    assert engines[0].position == 5.0
    assert "0:35 / 1:00" in labels(view)
    qtbot.waitUntil(lambda: engines[0].position == 35.0)
    jumps = [(act.time, act.to) for act in desk.acts("sought") if isinstance(act, Sought)]
    assert jumps == [(0.0, 5.0), (5.0, 35.0)]


def test_captions_change_at_their_second_not_at_the_next_look(
    qtbot: QtBot, desk: Desk, engines: list[Engine]
) -> None:
    desk.settings = Settings(caption_language="fr")
    view = opened(qtbot, desk, film(desk))
    view.playback.toggle()
    view.playback._timer.stop()
    tick(view, engines[0], 0.95)
    assert view.stage.surface._caption == ""
    engines[0].position = 1.0
    qtbot.waitUntil(lambda: view.stage.surface._caption == "Bonjour & bienvenue")


def test_a_click_on_the_picture_plays_and_two_fill_the_screen(
    qtbot: QtBot, desk: Desk, engines: list[Engine]
) -> None:
    view = opened(qtbot, desk, film(desk))
    surface = view.stage.surface
    qtbot.mouseClick(surface, Qt.MouseButton.LeftButton)
    assert engines[0].state is State.PLAYING
    qtbot.mouseDClick(surface, Qt.MouseButton.LeftButton)  # its second half alone
    assert view.full_screen.isVisible()
    assert engines[0].state is State.PAUSED  # as before the first click
    view.toggle_fullscreen()


def test_in_full_screen_the_bar_leaves_while_it_plays_and_comes_back(
    qtbot: QtBot, desk: Desk, engines: list[Engine]
) -> None:
    view = opened(qtbot, desk, film(desk))
    view.playback.toggle()
    view.toggle_fullscreen()
    qtbot.waitUntil(view.full_screen.isActiveWindow)
    assert view.stage.controls.isVisible()
    view.full_screen._hide_bar()
    assert not view.stage.controls.isVisible()
    press(view.full_screen, "l")
    assert engines[0].position == 10.0
    assert view.stage.controls.isVisible()
    view.full_screen._hide_bar()
    press(view.full_screen, Qt.Key.Key_Tab)
    assert view.stage.controls.isAncestorOf(QApplication.focusWidget())
    view.stage.controls.play.setFocus()
    view.full_screen._hide_bar()
    press(view.full_screen, "k")
    assert view.stage.controls.isVisible()
    view.full_screen._hide_bar()
    assert view.stage.controls.isVisible()  # never in a pause
    view.toggle_fullscreen()


# Room


def test_what_has_no_room_in_the_bar_is_in_its_menu(
    qtbot: QtBot, desk: Desk, engines: list[Engine]
) -> None:
    view = opened(qtbot, desk, rich(desk))
    controls = view.stage.controls
    view.resize(900, 640)
    assert not controls.more.isVisible()
    assert controls.speed.isVisible()
    view.resize(view.minimumSizeHint().width(), 640)
    assert controls.width() <= view.minimumSizeHint().width()
    assert controls.more.isVisible()
    assert not controls.speed.isVisible()
    offered = menu(controls.more)
    assert {"Back 10 seconds", "Speed", "Keyboard shortcuts"} <= set(offered)
    offered["Forward 10 seconds"].trigger()
    assert engines[0].position == 10.0
    speeds = {one.text(): one for one in offered["Speed"].menu().actions()}
    speeds["2×"].trigger()
    assert engines[0].speed == 2.0
    boxes = [one.geometry() for one in controls._line if one.isVisible()]
    for number, box in enumerate(boxes):
        assert controls.rect().contains(box)
        assert not any(box.intersects(other) for other in boxes[number + 1 :])


def test_page_keys_move_on_the_seek_bar(qtbot: QtBot, desk: Desk, engines: list[Engine]) -> None:
    view = opened(qtbot, desk, film(desk))
    view.stage.controls.seek_bar.setFocus()
    press(view, Qt.Key.Key_PageUp)
    assert engines[0].position == 6.0
    press(view, Qt.Key.Key_End)
    assert engines[0].position == 60.0
    press(view, Qt.Key.Key_Home)
    assert engines[0].position == 0.0


def test_everything_in_the_view_has_a_name(qtbot: QtBot, desk: Desk, engines: list[Engine]) -> None:
    view = opened(qtbot, desk, rich(desk))
    view.resize(1400, 800)
    ended(view, engines[0])
    for one in view.findChildren(QWidget):
        if one.isVisible() and one.focusPolicy() & Qt.FocusPolicy.TabFocus:
            text = one.text() if isinstance(one, QPushButton) else ""
            assert one.accessibleName() or text, one
