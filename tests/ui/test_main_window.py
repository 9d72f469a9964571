# SPDX-License-Identifier: Apache-2.0
"""The window as a whole: what comes before what, what stays quiet, how it ends and how it fails."""

from __future__ import annotations

import logging
import sys
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path

import pytest
from accessible import stops
from PySide6.QtCore import Qt, QTimer
from PySide6.QtWidgets import QApplication, QLabel, QPushButton
from pytestqt.qtbot import QtBot
from shell import COURSE, Publisher, Shell, answer, running, seen
from simulator import Simulator

from player.app import build
from player.errors import ClockWrong, DatabaseBusy, DiskFull, Offline, PlayerError, Stale
from player.store import database
from player.transport import Reply
from player.ui import main, outcome
from player.ui.errands import Errands
from player.ui.fault_window import FaultWindow
from player.ui.main import Shown, application, start
from player.ui.main_window import MainWindow

pytestmark = pytest.mark.qt_log_ignore("propagateSizeHints")  # Qt's, of a screen that is none


class Watch:
    """A road that notes whether the first picture was there before anybody asked for anything."""

    def __init__(self) -> None:
        self.window_painted = False
        self.early: list[str] = []
        self.asked: list[str] = []

    @contextmanager
    def request(self, _method: str, url: str, **_rest: object) -> Iterator[Reply]:
        (self.asked if self.window_painted else self.early).append(url)
        raise Offline(place=url)
        yield Reply(200)


def test_the_first_picture_comes_before_any_request(
    qtbot: QtBot, tmp_path: Path, publisher: Publisher
) -> None:
    services = build(tmp_path / "home")
    services.introduce("Awa")
    services.add_repository("https://campus.invalid/courses")
    services.close_thread()
    road = Watch()
    shown = Shown(application(), tmp_path / "home", road)
    shown.window.painted.connect(lambda: setattr(road, "window_painted", True))
    QApplication.processEvents()
    assert not road.asked
    shown.window.show()
    qtbot.waitUntil(lambda: bool(road.asked))
    qtbot.waitUntil(lambda: shown.window.idle)
    assert not road.early
    assert shown.window.messages.text == ""  # nobody asked, and most days are so
    assert "No connection. What is here works without one." in [
        one.text() for one in seen(shown.window.side, QLabel)
    ]
    shown.close()
    shown.deleteLater()


def test_no_connection_is_said_to_who_asked(
    qtbot: QtBot, tmp_path: Path, publisher: Publisher
) -> None:
    server = Simulator()
    server.publish(publisher.folder)
    with running(qtbot, tmp_path / "home", publisher, server) as shell:
        services = shell.shown.services
        services.introduce("Awa")
        services.change(allowed_keys=(publisher.public,))
        services.add_repository(server.url)
        server.unreachable()
        shell.window.begin()
        shell.idle()
        assert shell.window.messages.text == ""
        shell.window.refresh()
        shell.idle()
        assert shell.window.messages.kind == "warn"
        assert shell.window.messages.text.startswith("No connection to ")
        server.unreachable(down=False)
        shell.window.refresh()
        shell.idle()
        assert shell.window.messages.text == "1 course on offer."
        assert "No connection. What is here works without one." not in shell.texts()


def test_what_was_asked_for_goes_on_by_itself_when_the_line_is_back(
    qtbot: QtBot, tmp_path: Path, publisher: Publisher
) -> None:
    services = build(tmp_path / "home")
    services.introduce("Awa")
    services.change(allowed_keys=(publisher.public,))
    url = services.add_repository(str(publisher.folder))
    services.refresh(url)
    services.ask(COURSE, ["organiser"], "")
    services.close_thread()
    with running(qtbot, tmp_path / "home", publisher) as shell:
        qtbot.waitUntil(shell.shown.errands._again.isActive)
        shell.idle()
        wish = shell.shown.services.wishes()[0]
        assert wish.here == wish.total > 0


def test_each_page_is_a_key_away(shell: Shell, qtbot: QtBot) -> None:
    shell.learn()
    buttons = seen(shell.window.side, QPushButton)
    keys = shell.window.side.keys
    assert list(keys) == [f"Ctrl+{number % 10}" for number in range(1, 11)]
    pages = (
        *("library", "search", "calendar", "notes", "revision", "work", "mail", "downloads"),
        *("space", "settings"),
    )
    assert tuple(page for page, _ in keys.values()) == pages
    for button, name in zip(buttons, pages, strict=True):
        button.click()
        assert shell.window.page == name
        assert button.isChecked()
        assert shell.window.focusWidget() is not None


def test_a_lesson_has_the_whole_window_and_leads_back(shell: Shell) -> None:
    shell.learn()
    shell.take(COURSE, "")
    first = next(shell.shown.services.course(COURSE).activities())
    shell.window.open_activity(COURSE, first.id)
    assert shell.window.side.isHidden()
    shell.press("Back to the course")
    assert shell.window.page == "course"
    assert not shell.window.side.isHidden()


def test_the_way_on_stands_out_once_the_activity_is_done(shell: Shell) -> None:
    shell.learn()
    shell.take(COURSE, "")
    first, second, *_ = shell.shown.services.course(COURSE).activities()
    shell.done(COURSE, 1)
    shell.window.open_activity(COURSE, first.id)
    assert shell.button("Next").property("role") == "primary"
    links = next(a for a in shell.shown.services.course(COURSE).activities() if not any(a.blobs()))
    shell.window.open_activity(COURSE, links.id)
    opened = shell.shown.services.done(COURSE)[links.id].completed_at
    assert (shell.button("Next").property("role") == "primary") == bool(opened)
    shell.window.open_activity(COURSE, second.id)
    assert shell.button("Next").property("role") != "primary"


def test_what_is_not_here_is_fetched_from_where_it_is_missed(shell: Shell) -> None:
    shell.learn()
    shell.take(COURSE)
    shell.shown.services.change(rendition="480p")
    first = next(shell.shown.services.course(COURSE).activities())
    shell.window.open_activity(COURSE, first.id)
    assert any("is not on this computer yet" in text for text in shell.texts())
    shell.press("Download this week")
    shell.idle()
    assert shell.window.page == "course"
    wish = shell.shown.services.wishes()[0]
    assert (wish.section, wish.rendition, wish.here) == ("organiser", "480p", wish.total)
    shell.window.open_activity(COURSE, first.id)
    assert not any("is not on this computer yet" in text for text in shell.texts())


def test_the_side_says_how_far_the_work_is(shell: Shell) -> None:
    shell.learn()
    shell.shown.services.change(send_by_itself=False)
    shell.take(COURSE)
    answer(shell, COURSE, 1)
    shell.window._show(shell.window.library)
    waiting = shell.shown.services.counts().saved
    assert f"{waiting} acts saved, to be sent" in shell.texts(shell.window.side)


# How it fails


def test_a_bug_is_said_calmly_and_logged_whole(
    shell: Shell, caplog: pytest.LogCaptureFixture, capsys: pytest.CaptureFixture[str]
) -> None:
    shell.shown.unexpected(ZeroDivisionError, ZeroDivisionError("seven by nought"), None)
    assert shell.window.messages.kind == "bad"
    assert shell.window.messages.text == (
        "Something unexpected happened. Your work is saved; the details are in the log."
    )
    (record,) = [one for one in caplog.records if one.levelno == logging.CRITICAL]
    assert record.exc_info is not None
    assert "seven by nought" in capsys.readouterr().err


def test_the_tab_key_leads_to_a_message_last_on_a_page_that_is_newer_too(shell: Shell) -> None:
    shell.learn()
    shell.window.messages.show_text("Something is wrong.", "bad", "Mend it")
    for name in ("settings", "library"):
        shell.window.show_page(name)
        *page, mend, close = stops(shell.window)
        assert page
        assert (mend.parentWidget(), close.parentWidget()) == (shell.window.messages,) * 2


def test_a_fault_of_the_world_that_nobody_caught_is_said_as_itself(shell: Shell) -> None:
    error = DiskFull(place="here", needed="2.5 MB", free="1 kB")
    shell.shown.unexpected(DiskFull, error, None)
    assert shell.window.messages.text == str(error)


def test_a_bug_in_a_slot_reaches_the_bar(
    shell: Shell, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(sys, "__excepthook__", lambda *_: None)
    monkeypatch.setattr(sys, "excepthook", shell.shown.unexpected)
    QTimer.singleShot(0, lambda: 1 // 0)
    qtbot.waitUntil(lambda: shell.window.messages.kind == "bad")
    assert shell.window.messages.text.startswith("Something unexpected")


def fault_window() -> FaultWindow:
    shown = [one for one in QApplication.topLevelWidgets() if one.isVisible()]
    (window,) = [one for one in shown if isinstance(one, FaultWindow)]
    return window


def close_main_window() -> None:
    """Close the window as soon as it is there."""
    shown = [one for one in QApplication.topLevelWidgets() if one.isVisible()]
    found = [one for one in shown if isinstance(one, MainWindow)]
    if found:
        found[0].close()
    else:
        QTimer.singleShot(10, close_main_window)


def damaged(home: Path) -> None:
    (home / database.FILE).write_bytes(b"SQLite format 3\0" + bytes(range(256)) * 40)


def too_new(home: Path) -> None:
    database.prepare(home)
    with database.connect(home).conn as connection:
        connection.execute("PRAGMA user_version = 999")
    connection.close()


@pytest.mark.parametrize(
    ("spoil", "words"), [(damaged, "is damaged"), (too_new, "was written by a newer Cartable")]
)
def test_a_home_that_cannot_be_used_is_said_in_a_window(
    spoil: object, words: str, qtbot: QtBot, tmp_path: Path
) -> None:
    home = tmp_path / "home"
    home.mkdir()
    spoil(home)  # type: ignore[operator]
    said: list[str] = []

    def close() -> None:
        window = fault_window()
        said.extend(one.text() for one in seen(window, QLabel))
        assert [one.text() for one in seen(window, QPushButton)] == ["Close"]
        seen(window, QPushButton)[0].click()

    QTimer.singleShot(0, close)
    assert start(home) == 1
    assert "Cartable cannot start" in said
    assert any(words in text for text in said)


def test_a_home_in_use_can_be_tried_again(
    qtbot: QtBot, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    builds: list[int] = []

    def busy_once(*args: object) -> object:
        builds.append(1)
        if len(builds) == 1:
            raise DatabaseBusy(place="it")
        return build(*args)  # type: ignore[arg-type]

    monkeypatch.setattr(main, "build", busy_once)

    def again() -> None:
        window = fault_window()
        next(o for o in seen(window, QPushButton) if o.text() == "Try again").click()
        QTimer.singleShot(0, close_main_window)

    QTimer.singleShot(0, again)
    assert start(tmp_path / "home") == 0
    assert len(builds) == 2


def test_who_measures_gets_the_error_itself(qtbot: QtBot, tmp_path: Path) -> None:
    home = tmp_path / "home"
    home.mkdir()
    damaged(home)
    with pytest.raises(PlayerError, match="damaged"):
        start(home, lambda _: None)


def test_the_first_paint_is_told_and_the_hook_given_back(qtbot: QtBot, tmp_path: Path) -> None:
    before, seen_pages = sys.excepthook, []

    def picture(shown: Shown) -> None:
        seen_pages.append(shown.window.page)
        shown.window.close()

    assert start(tmp_path / "home", picture) == 0
    assert seen_pages == ["first_start"]
    assert sys.excepthook is before


# How it ends


def test_closing_does_not_wait_for_a_download_that_hangs(
    shell: Shell, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    shell.learn()
    shell.take(COURSE)
    gate = threading.Event()
    hanging: list[threading.Thread] = []

    def hang(_report: object, **_more: object) -> None:
        hanging.append(threading.current_thread())
        gate.wait()

    monkeypatch.setattr(shell.shown.services, "download", hang)
    monkeypatch.setattr("player.ui.tasks.MOMENT", 0.0)
    shell.window.fetch(COURSE, ["organiser"], "")
    qtbot.waitUntil(lambda: bool(hanging))
    [thread] = hanging  # what is due may be counted beside it
    shell.shown.window.close()
    shell.shown.errands._tasks.close(wait=0)
    assert thread.is_alive()
    assert thread.daemon
    gate.set()
    thread.join()
    assert [one.section for one in shell.shown.services.wishes()] == ["organiser"]  # for next time


def test_closing_in_a_lesson_lets_it_write_down_where_it_was(
    shell: Shell, monkeypatch: pytest.MonkeyPatch
) -> None:
    shell.learn()
    shell.take(COURSE, "")
    first = next(shell.shown.services.course(COURSE).activities())
    shell.window.open_activity(COURSE, first.id)
    closed: list[bool] = []
    view = shell.window.lesson.view
    monkeypatch.setattr(view, "close_lesson", lambda: closed.append(True))
    shell.window.close()
    assert closed == [True]


def test_the_place_of_the_window_is_remembered(
    qtbot: QtBot, tmp_path: Path, publisher: Publisher
) -> None:
    home = tmp_path / "home"
    with running(qtbot, home, publisher) as shell:
        shell.window.resize(780, 600)
    with running(qtbot, home, publisher) as shell:
        assert (shell.window.width(), shell.window.height()) == (780, 600)


def test_errands_of_a_kind_run_once_at_a_time(
    shell: Shell, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    gate, calls = threading.Event(), []

    def look() -> list[object]:
        calls.append(1)
        gate.wait()
        return []

    errands: Errands = shell.shown.errands
    monkeypatch.setattr(shell.shown.services, "refresh_all", look)
    for _ in range(5):
        errands.look()
    gate.set()
    shell.idle()
    assert calls == [1]


def test_what_is_agreed_to_while_a_download_runs_is_fetched_after_it(
    shell: Shell, publisher: Publisher, monkeypatch: pytest.MonkeyPatch
) -> None:
    shell.learn()
    shell.take(COURSE, "")
    publisher.publish({"pages/roles.md": "# Autrement\n"})
    shell.window.refresh()
    shell.idle()
    services, gate, runs = shell.shown.services, threading.Event(), list[bool]()
    download = services.download

    def slow(report: object, *, by_hand: bool, **more: object) -> object:
        runs.append(by_hand)
        gate.wait()
        return download(report, by_hand=by_hand, **more) if len(runs) > 1 else None  # type: ignore[arg-type]

    monkeypatch.setattr(services, "download", slow)
    shell.shown.errands.fetch(quietly=True)
    shell.shown.errands.renew(COURSE)
    shell.qtbot.waitUntil(lambda: services.library()[0].coming == 2)
    shell.qtbot.waitUntil(lambda: shell.shown.errands._follow_up is False)
    gate.set()
    shell.idle()
    assert runs == [False, True]  # the learner asked for it just now
    assert services.course(COURSE).version == 2


def test_the_last_course_that_was_clicked_is_the_one_that_opens(
    shell: Shell, qtbot: QtBot, publisher: Publisher, monkeypatch: pytest.MonkeyPatch
) -> None:
    publisher.publish(id="x-", title="Autre ")
    shell.learn()
    gate = threading.Event()
    take_up = shell.shown.services.take_up

    def slow(course: str) -> object:
        if course == COURSE:
            gate.wait()
        return take_up(course)

    monkeypatch.setattr(shell.shown.services, "take_up", slow)
    shell.window.open_course(COURSE)
    shell.window.open_course(f"x-{COURSE}")
    qtbot.waitUntil(lambda: shell.window.course.course == f"x-{COURSE}")
    gate.set()
    shell.idle()
    assert shell.window.course.course == f"x-{COURSE}"


def test_full_screen_and_back(shell: Shell) -> None:
    shell.window.toggle_full_screen()
    assert shell.window.windowState() & Qt.WindowState.WindowFullScreen
    shell.window.toggle_full_screen()
    assert not shell.window.windowState() & Qt.WindowState.WindowFullScreen


# What is told and asked


def test_escape_closes_a_message_wherever_the_keyboard_is(shell: Shell) -> None:
    shell.learn()
    shell.take(COURSE, "")
    first = next(iter(shell.shown.services.course(COURSE).activities()))
    for show in (
        lambda: shell.window.show_page("library"),
        lambda: shell.window.open_activity(COURSE, first.id),
    ):
        show()
        shell.window.messages.show_text("Hm.", "bad")
        focused = shell.window.focusWidget()
        assert not shell.window.messages.isAncestorOf(focused)
        shell.qtbot.keyClick(focused, Qt.Key.Key_Escape)
        assert shell.window.messages.text == ""


QUESTION = "Is this line paid by the megabyte?"


def test_of_a_network_nobody_knows_the_learner_is_asked_once(far: Shell, qtbot: QtBot) -> None:
    services, network = far.shown.services, ["wlan0 192.168.43.0/24"]
    services.line.network = lambda: network[0]

    def asked() -> bool:
        far.window.messages.hide()
        far.window.fetch(COURSE, ["organiser"], "")
        far.idle()
        return QUESTION in (far.window.messages.text, *(far.window.messages._question or ()))

    far.take(COURSE)
    assert QUESTION not in far.texts()  # nothing was downloaded yet
    far.window.fetch(COURSE, ["organiser"], "")
    assert (far.window.messages.text, far.window.messages.kind) == (QUESTION, "ask")
    far.press("Yes")
    far.idle()
    assert (services.settings.metered, services.metered()) == ("auto", True)
    assert not asked()
    network[0] = "eth0 192.168.1.0/24"
    assert services.metered() is None  # that was said of the other one
    assert asked()
    far.shown.renew()  # another language, say: what was not answered is asked again
    far.idle()
    assert asked()
    qtbot.keyClick(far.window.messages, Qt.Key.Key_Escape)
    far.shown.renew()
    far.idle()
    assert not asked()  # closed is an answer too
    assert services.metered() is None
    network[0] = "wlan0 192.168.43.0/24"
    assert services.metered() is True
    network[0] = ""
    assert not asked()  # no network, no question
    assert services.settings.lines == ("yes wlan0 192.168.43.0/24", "asked eth0 192.168.1.0/24")


def test_who_takes_courses_from_a_stick_is_not_asked_of_the_line(shell: Shell) -> None:
    shell.learn()
    shell.shown.services.line.network = lambda: "eth0 192.168.1.0/24"
    shell.take(COURSE, "")
    assert QUESTION not in shell.texts()


def test_an_answer_can_be_taken_back(far: Shell) -> None:
    services = far.shown.services
    services.line.network = lambda: "eth0 192.168.1.0/24"
    services.say_of_line("no")
    far.window._show(far.window.settings)
    assert services.metered() is False
    assert "You said that this network is not paid by the megabyte." in far.texts()
    far.press("Ask me again")
    assert services.metered() is None
    assert "Ask me again" not in [one.text() for one in seen(far.window, QPushButton)]
    assert services.is_line_unknown()
    services.change(metered="yes")
    assert not services.is_line_unknown()


def test_an_older_catalogue_is_refused_with_what_to_do_and_not_again_and_again(
    far: Shell, server: Simulator
) -> None:
    older = dict(server.files)
    far.publisher.publish(title="Nouveau ")
    server.publish(far.publisher.folder)
    far.window.refresh()
    far.idle()
    server.publish(older)
    far.shown.errands.look(quietly=True)
    far.idle()
    assert "offers an older catalogue" in far.window.messages.text
    assert "Look again later" in far.window.messages.text
    far.press("Settings", far.window.messages)
    assert far.window.page == "settings"
    assert any("offers an older catalogue" in text for text in far.texts(far.window.settings))
    far.shown.errands.look(quietly=True)
    far.idle()
    assert far.window.messages.text == ""  # it was said
    far.window.refresh()
    far.idle()
    assert "offers an older catalogue" in far.window.messages.text  # to who asks


def test_a_clock_that_is_behind_is_said_once(far: Shell) -> None:
    services = far.shown.services
    with services.db.atomic():  # as the key of a platform would have it
        services.db.execute("UPDATE repositories SET trust = 'trusted'")
    services.now = lambda: datetime(2010, 1, 1, tzinfo=UTC)
    assert services.clock_is_behind()
    far.window.messages.hide()
    far.shown.errands.looked.emit([], True)
    text = far.window.messages.text
    assert text.startswith("The clock of this computer is behind: it says 1 January 2010, but ")
    assert "Set the clock" in text
    assert far.window.messages.kind == "warn"
    far.window.messages.hide()
    far.shown.errands.looked.emit([], True)
    assert far.window.messages.text == ""


def test_a_look_says_what_is_remarkable_though_nothing_failed(far: Shell) -> None:
    services = far.shown.services
    notice = str(Stale(place="campus.example", date="2026-02-01"))
    with services.db.atomic():
        services.db.execute("UPDATE repositories SET notice = ?", [notice])
    assert list(outcome.notices(services, quietly=True)) == []
    [said] = outcome.notices(services, quietly=False)
    assert said == notice.replace("2026-02-01", "1 February")


def test_a_wrong_clock_of_the_line_is_said_though_nobody_asked() -> None:
    wrong = ClockWrong(place="campus.example", date="2010-01-01")
    offline = Offline(place="campus.example")
    assert outcome.of_look([offline, wrong], quietly=True) is wrong
    assert outcome.of_look([offline], quietly=True) is None


def test_a_course_that_comes_late_pulls_nobody_away(shell: Shell) -> None:
    shell.learn()
    shell.window.show_page("library")
    shell.window.open_course(COURSE)
    shell.window.show_page("settings")
    shell.idle()
    assert shell.window.page == "settings"
    shell.window.show_page("library")
    shell.take(COURSE)
    assert shell.window.page == "course"


def test_large_letters_leave_the_activity_most_of_the_window(shell: Shell) -> None:
    shell.learn()
    shell.take(COURSE, "240p")
    lesson = shell.window.lesson
    larger = lesson.font()
    larger.setPointSizeF(30)
    lesson._side.setFont(larger)
    shell.window.resize(1024, 768)
    first = next(shell.shown.services.course(COURSE).activities())
    shell.window.open_activity(COURSE, first.id)
    QApplication.processEvents()
    assert lesson._side.width() <= 0.31 * lesson.width()
    lesson.leave()
