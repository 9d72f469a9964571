# SPDX-License-Identifier: Apache-2.0
"""Disk space: what goes is what was said, only with a click, and never what the learner did."""

from __future__ import annotations

import shutil
import threading
from collections import namedtuple
from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from PySide6.QtWidgets import QFileDialog, QProgressBar, QPushButton
from pytestqt.qtbot import QtBot
from shell import COURSE, Publisher, Shell, receive, running, seen
from simulator import Simulator

from player.errors import DiskFull, DriveGone
from player.journal.journal import events
from player.store import blobs, drives, lock, place
from player.ui import space_rows
from player.ui.language import size
from player.ui.space_rows import CourseCard

pytestmark = pytest.mark.qt_log_ignore("propagateSizeHints")  # Qt's, of a screen that is none


@pytest.fixture
def full(shell: Shell) -> Shell:
    """The program with all of a course here, and its page of the disk in front."""
    shell.learn()
    shell.take(COURSE, "480p")
    show(shell)
    return shell


def show(shell: Shell) -> None:
    shell.window._show(shell.window.space)
    shell.idle()


def press(shell: Shell, text: str) -> None:
    shell.press(text, shell.window.space)
    shell.idle()


def buttons(shell: Shell, start: str) -> list[QPushButton]:
    every = seen(shell.window.space, QPushButton)
    return [one for one in every if one.text().startswith(start)]


def watch(shell: Shell) -> None:
    """Have the first week done, and received by the platform."""
    shell.done(COURSE, 6)
    services = shell.shown.services
    for event in list(events(services.db)):
        receive(shell, event.id)


def taken(shell: Shell) -> int:
    return shell.shown.services.disk.taken()


def whole(shell: Shell) -> None:
    services = shell.shown.services
    assert blobs.verify(services.db, services.home) == []


def crowded(monkeypatch: pytest.MonkeyPatch) -> None:
    usage = namedtuple("usage", "total used free")
    monkeypatch.setattr(shutil, "disk_usage", lambda _: usage(10**9, 10**9 - 1000, 1000))


# What is shown


def test_what_is_taken_and_what_is_free_stands_there_for_eye_and_ear(full: Shell) -> None:
    room = full.shown.services.disk.room()
    texts = full.texts(full.window.space)
    assert f"Your courses take {size(taken(full))} of {size(room.total)}." in texts
    assert any(str(room.drive) in text and str(room.folder) in text for text in texts)
    [bar] = seen(full.window.space, QProgressBar)
    assert bar.accessibleName() == "How full the drive is"
    assert "free on this computer" in bar.accessibleDescription()
    assert size(full.shown.services.disk.usage()[0].bytes) in texts


def test_nothing_here_is_said(shell: Shell) -> None:
    shell.learn()
    show(shell)
    texts = shell.texts(shell.window.space)
    assert "No course has files here yet, so none takes any space." in texts
    assert not shell.button("Check the files").isEnabled()
    assert not shell.button("Move to another drive…").isEnabled()


def test_until_the_disk_was_read_the_page_says_that_it_reads(
    full: Shell, monkeypatch: pytest.MonkeyPatch, qtbot: QtBot
) -> None:
    gate = threading.Event()
    read = full.shown.services.disk.room
    monkeypatch.setattr(full.shown.services.disk, "room", lambda: gate.wait() and read())
    full.shown.renew()
    full.window._show(full.window.space)
    assert "Looking at the disk…" in full.texts(full.window.space)
    gate.set()
    full.idle()
    assert "Looking at the disk…" not in full.texts(full.window.space)


def test_a_course_that_cannot_be_read_is_said(full: Shell) -> None:
    db = full.shown.services.db
    with db.atomic():
        db.execute("UPDATE courses SET manifest = x'7b7d'")
    show(full)
    assert any("cannot be read" in text for text in full.texts(full.window.space))
    assert not buttons(full, "Free")


def test_the_keyboard_stays_where_it_is_while_the_disk_fills(
    full: Shell, monkeypatch: pytest.MonkeyPatch
) -> None:
    room = full.shown.services.disk.room()
    weeks = full.button("Petit cours: Videos of 1 week, folded")
    weeks.setFocus()
    monkeypatch.setattr(
        full.shown.services.disk, "room", lambda: replace(room, free=room.free - 10**9)
    )
    full.window.space.show_now()
    full.idle()
    assert full.window.focusWidget() is weeks


def test_of_many_courses_the_greatest_are_shown_first(
    full: Shell, publisher: Publisher, monkeypatch: pytest.MonkeyPatch
) -> None:
    other = publisher.publish(id="x-", title="Autre ")
    full.window.refresh()
    full.idle()
    full.take(other, "")
    monkeypatch.setattr(space_rows, "MANY", 1)
    full.shown.renew()
    show(full)
    assert [card.course for card in seen(full.window.space, CourseCard)] == [COURSE]
    press(full, "Show 1 more")
    assert [card.course for card in seen(full.window.space, CourseCard)] == [COURSE, other]
    assert not buttons(full, "Show")


# What can go


def test_what_is_watched_and_sent_is_offered_first_and_goes_with_one_click(full: Shell) -> None:
    assert not buttons(full, "Free")
    watch(full)
    show(full)
    before = [event.id for event in events(full.shown.services.db)]
    [suggested] = full.shown.services.disk.suggestions()
    [free] = buttons(full, "Free")
    assert free.text() == f"Free {size(suggested.bytes)}"
    assert "Petit cours\nDone, and received by the platform" in full.texts(full.window.space)
    was = taken(full)
    free.click()
    full.idle()
    assert was - taken(full) == suggested.bytes
    assert full.window.messages.text == f"{size(suggested.bytes)} came free. What you did stays."
    assert [event.id for event in events(full.shown.services.db)] == before
    assert not buttons(full, "Free")
    here = full.window.focusWidget()
    assert here is not None
    assert full.window.space.isAncestorOf(here)
    whole(full)


def test_files_of_no_course_are_freed(full: Shell) -> None:
    services = full.shown.services
    blobs.add(services.db, services.home, "f" * 64, 23_400_000)
    show(full)
    press(full, "Files of older versions, which no course uses any more: Free 23.4 MB")
    assert full.window.messages.text == "23.4 MB came free. What you did stays."
    assert services.disk.unused() == 0


def test_single_weeks_are_freed(full: Shell) -> None:
    press(full, "Petit cours: Videos of 1 week, folded")
    [free] = buttons(full, "Free")
    [video] = full.shown.services.disk.videos()
    assert free.accessibleName() == f"Organiser: Free {size(video.bytes)}"
    was = taken(full)
    free.click()
    full.idle()
    assert was - taken(full) == video.bytes
    assert full.shown.services.wishes()[0].rendition == ""


def test_removing_a_course_is_asked_once_more(full: Shell) -> None:
    [usage] = full.shown.services.disk.usage()
    before = [event.id for event in events(full.shown.services.db)]
    remove = f"Petit cours: Remove its files · {size(usage.free_bytes)}"
    press(full, remove)
    assert taken(full) == usage.bytes
    assert full.window.focusWidget() is full.button("Keep it")
    press(full, "Keep it")
    assert not buttons(full, "Free")
    press(full, remove)
    press(full, f"Free {size(usage.free_bytes)}")
    assert taken(full) == 0
    assert [event.id for event in events(full.shown.services.db)] == before
    assert full.shown.services.library()[0].version == 1
    assert seen(full.window.space, CourseCard) == []


def test_where_little_is_left_the_way_leads_to_what_could_go(
    full: Shell, monkeypatch: pytest.MonkeyPatch
) -> None:
    watch(full)
    room = replace(full.shown.services.disk.room(), free=150_000_000)
    monkeypatch.setattr(full.shown.services.disk, "room", lambda: room)
    full.window._show(full.window.library)
    show(full)
    low = [text for text in full.texts() if text.startswith("Little is left")]
    assert low == ["Little is left: the next download may stop. What could go first stands below."]
    assert full.window.focusWidget() in buttons(full, "Free")


def test_a_download_that_fills_the_disk_leads_there_and_goes_on_after_it(
    full: Shell, monkeypatch: pytest.MonkeyPatch
) -> None:
    watch(full)
    services = full.shown.services
    services.disk.remove_course(COURSE)
    services.ask(COURSE, ["organiser"], "480p")
    services.download()
    services.ask(COURSE, ["decider"], "480p")
    with monkeypatch.context() as patch:
        crowded(patch)
        full.window.download()
        full.idle()
        assert full.window.messages.text.startswith("The disk is full")
        full.press("Free some space")
        full.idle()
        assert full.window.page == "space"
    buttons(full, "Free")[0].click()
    full.idle()
    assert all(one.here == one.total for one in services.wishes())


# A download holds the files


@pytest.fixture
def dead(qtbot: QtBot, tmp_path: Path, publisher: Publisher) -> Iterator[tuple[Shell, Simulator]]:
    """The program with a week here, waiting for another on a line that is dead."""
    server = Simulator()
    server.publish(publisher.folder)
    with running(qtbot, tmp_path / "far", publisher, server) as made:
        services = made.shown.services
        services.introduce("Awa")
        services.change(allowed_keys=(publisher.public,))
        services.add_repository(server.url)
        made.window.begin()
        made.idle()
        made.take(COURSE)
        made.window.fetch(COURSE, ["organiser"], "480p")
        made.idle()
        server.unreachable()
        made.window.fetch(COURSE, ["decider"], "")
        qtbot.waitUntil(lambda: any(one.problem for one in services.wishes()) or held(made))
        yield made, server


def held(shell: Shell) -> bool:
    """Whether somebody has the files."""
    try:
        with lock.files_of(shell.shown.services.home):
            return False
    except lock.FilesBusy:
        return True


def test_a_download_makes_room_for_freeing_and_goes_on(
    dead: tuple[Shell, Simulator], qtbot: QtBot
) -> None:
    shell, server = dead
    assert shell.shown.errands.is_fetching
    shell.window._show(shell.window.space)
    qtbot.waitUntil(lambda: bool(seen(shell.window.space, CourseCard)))
    shell.press("Petit cours: Videos of 1 week, folded")
    [video] = shell.shown.services.disk.videos()
    was = taken(shell)
    buttons(shell, "Free")[0].click()
    qtbot.waitUntil(lambda: "came free" in shell.window.messages.text)
    assert was - taken(shell) == video.bytes
    assert shell.shown.errands.is_fetching, "and nobody had to ask"
    server.unreachable(down=False)
    qtbot.waitUntil(lambda: shell.window.idle)
    assert all(one.here == one.total for one in shell.shown.services.wishes())
    whole(shell)


def test_what_is_asked_for_meanwhile_comes_after_it(
    full: Shell, monkeypatch: pytest.MonkeyPatch, qtbot: QtBot
) -> None:
    services = full.shown.services
    services.disk.remove_course(COURSE)
    show(full)
    blobs.add(services.db, services.home, "f" * 64, 1000)
    gate, free = threading.Event(), services.disk.free_unused
    monkeypatch.setattr(services.disk, "free_unused", lambda waiting: gate.wait() and free(waiting))
    full.shown.upkeep.free_unused()
    full.window.fetch(COURSE, ["organiser"], "")
    assert not full.shown.errands.is_fetching
    gate.set()
    full.idle()
    assert all(one.here == one.total for one in services.wishes())


def test_another_program_with_the_files_is_waited_for_and_that_is_said(
    full: Shell, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    watch(full)
    show(full)
    was = taken(full)
    words = "A download is under way: it has to pause or to end first…"
    with lock.alone(full.shown.services.home / "download.lock"):
        buttons(full, "Free")[0].click()
        qtbot.waitUntil(lambda: words in full.texts(full.window.space))
        assert full.window.focusWidget() is full.button("Stop")
        press(full, "Stop")
        assert full.window.messages.text == "Stopped. Everything is as it was before."
        assert taken(full) == was
        monkeypatch.setattr(lock, "PATIENCE", 0.01)
        buttons(full, "Free")[0].click()
        full.idle()
        assert full.window.messages.text.startswith("The files of the courses are in use")
    assert taken(full) == was


# Moved


@pytest.fixture
def stick(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A stick with a letter on it, in one of two mount points."""
    points = [tmp_path / "media" / name for name in ("STICK", "STICK1")]
    monkeypatch.setattr(drives, "mounts", lambda: points)
    points[0].mkdir(parents=True)
    (points[0] / "letter.txt").write_text("not ours")
    monkeypatch.setattr(QFileDialog, "getExistingDirectory", lambda *_: str(points[0]))
    return points[0]


def test_the_courses_are_moved_to_a_stick_and_back(full: Shell, stick: Path) -> None:
    was, services = taken(full), full.shown.services
    press(full, "Move to another drive…")
    [said] = [text for text in full.texts() if "STICK" in text]
    assert said.startswith(f"{size(was)} go to {stick / 'Cartable'}, where ")
    assert full.window.focusWidget() is full.button(f"Move {size(was)}")
    assert services.disk.room().folder == services.home
    press(full, f"Move {size(was)}")
    assert full.window.messages.text == (
        f"The courses are in {stick / 'Cartable'} now; {size(was)} were copied and checked."
    )
    assert services.disk.room().folder == stick / "Cartable"
    assert any(text.endswith(f"free on {stick}") for text in full.texts())
    whole(full)
    press(full, "Bring back to this computer…")
    press(full, f"Move {size(was)}")
    assert services.disk.room().folder == services.home
    assert [file.name for file in stick.rglob("*") if file.is_file()] == ["letter.txt"]
    whole(full)


def test_no_room_and_no_right_are_said_before_anything_is_done(
    full: Shell, stick: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    with monkeypatch.context() as patch:
        crowded(patch)
        press(full, "Move to another drive…")
    assert any(text.startswith("There is no room in ") for text in full.texts())
    assert not buttons(full, "Move 1")
    press(full, "Leave them where they are")
    assert not any(text.startswith("There is no room in ") for text in full.texts())
    (stick / "file").write_text("")
    monkeypatch.setattr(QFileDialog, "getExistingDirectory", lambda *_: str(stick / "file"))
    press(full, "Move to another drive…")
    assert any(text.startswith("Cartable may not write to ") for text in full.texts())


def test_nothing_chosen_is_nothing_done(full: Shell, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(QFileDialog, "getExistingDirectory", lambda *_: "")
    press(full, "Move to another drive…")
    assert not buttons(full, "Leave them")


def test_a_move_that_is_stopped_leaves_everything_as_it_was(
    full: Shell, stick: Path, monkeypatch: pytest.MonkeyPatch, qtbot: QtBot
) -> None:
    services, gate, begun = full.shown.services, threading.Event(), threading.Event()
    real = services.disk.move_content

    def slow(folder: Path, report: Callable[[int, int], None]) -> object:
        def gated(done: int, total: int) -> None:
            if done > total / 2:
                begun.set()
                gate.wait()
            report(done, total)

        return real(folder, gated)

    monkeypatch.setattr(services.disk, "move_content", slow)
    press(full, "Move to another drive…")
    full.press(f"Move {size(taken(full))}")
    qtbot.waitUntil(begun.is_set)
    qtbot.waitUntil(lambda: any(text.startswith("Moving the courses: ") for text in full.texts()))
    assert any(text.startswith("Moving the courses: ") for text in full.texts(full.window.side))
    assert not full.button("Check the files").isEnabled()
    full.press("Stop")
    gate.set()
    full.idle()
    assert full.window.messages.text == "Stopped. Everything is as it was before."
    assert services.disk.room().folder == services.home
    assert [file.name for file in stick.rglob("*") if file.is_file()] == ["letter.txt"]
    assert not (services.home / place.FILE).exists()
    whole(full)


@pytest.mark.parametrize("page", ["library", "space"])
def test_a_drive_that_is_gone_says_what_to_do_and_is_found_under_another_letter(
    full: Shell, stick: Path, page: str, qtbot: QtBot
) -> None:
    full.shown.services.disk.move_content(stick / "Cartable")
    stick.rename(stick.parent / "pocket")
    full.window._show(full.window.downloads)
    full.window._show(getattr(full.window, page))
    full.idle()
    shown = full.texts(getattr(full.window, page))
    assert "The drive is not plugged in" in shown
    assert any("found again under any letter" in text for text in shown)
    assert any(str(stick) in text for text in shown)
    (stick.parent / "pocket").rename(stick.with_name("STICK1"))
    full.press("Look for it now", getattr(full.window, page))
    full.idle()
    assert "The drive is not plugged in" not in full.texts()
    assert full.window.messages.text == "The drive with your courses is here again."
    whole(full)


def test_a_drive_that_is_lost_can_be_given_up(full: Shell, stick: Path) -> None:
    full.shown.services.disk.move_content(stick / "Cartable")
    shutil.rmtree(stick)
    full.window._show(full.window.space)
    full.idle()
    full.press("It is lost…", full.window.space)
    full.press("Wait for the drive", full.window.space)
    full.press("It is lost…", full.window.space)
    full.press("Begin anew", full.window.space)
    full.idle()
    assert "begin anew on this computer" in full.window.messages.text
    assert "The drive is not plugged in" not in full.texts(full.window.space)
    full.window._show(full.window.library)
    full.idle()
    assert "The drive is not plugged in" not in full.texts()
    services = full.shown.services
    assert all(one.held for one in services.wishes())
    for one in services.wishes():
        services.hold(one.key, held=False)
    full.window.download()
    full.idle()
    whole(full)


def test_a_drive_that_comes_back_is_found_without_a_click(
    full: Shell, stick: Path, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    full.shown.services.disk.move_content(stick / "Cartable")
    stick.rename(stick.parent / "pocket")
    full.window.say(DriveGone(place=str(stick)))
    full.press("Disk space", full.window.messages)
    full.idle()
    assert full.window.page == "space"
    (stick.parent / "pocket").rename(stick)
    assert full.shown.upkeep._again.isActive()
    full.shown.upkeep._again.timeout.emit()
    full.idle()
    assert full.window.messages.text == "The drive with your courses is here again."
    assert not full.shown.upkeep._again.isActive()


# Checked


def test_sound_files_are_said_to_be_sound(full: Shell) -> None:
    press(full, "Check the files")
    count = len(blobs.present(full.shown.services.db))
    assert f"{count} files checked, each as it was published." in full.texts()
    assert not buttons(full, "Fetch the damaged")
    press(full, "Close")
    assert not any("checked, each" in text for text in full.texts())


def test_what_is_damaged_is_named_priced_and_mended(full: Shell) -> None:
    services = full.shown.services
    heavy = max(
        (blobs.path(services.home, one) for one in blobs.present(services.db)),
        key=lambda file: file.stat().st_size,
    )
    data = bytearray(heavy.read_bytes())
    data[10] ^= 1
    heavy.write_bytes(data)
    press(full, "Check the files")
    count = len(blobs.present(services.db))
    texts = full.texts(full.window.space)
    assert f"1 file of {count} is damaged or gone." in texts
    assert any(text.startswith("Petit cours · Organiser · ") for text in texts)
    assert heavy.read_bytes() == data
    cost = services.disk.check().cost
    press(full, f"Fetch the damaged pieces again · {size(cost)}")
    assert full.window.messages.text.startswith("Everything you asked for is here (")
    whole(full)
    assert heavy.stat().st_size == len(data)


def test_what_is_left_over_goes_with_a_click(full: Shell) -> None:
    services = full.shown.services
    strange = blobs.path(services.home, "ab" * 32)
    strange.parent.mkdir(parents=True, exist_ok=True)
    strange.write_bytes(b"strange")
    press(full, "Check the files")
    assert "1 file is left over, 7 B, and would go." in full.texts()
    assert strange.exists()
    press(full, "Tidy up")
    assert full.window.messages.text == "The files are in order."
    assert not strange.exists()


def test_a_check_can_be_stopped(full: Shell, monkeypatch: pytest.MonkeyPatch, qtbot: QtBot) -> None:
    services, gate, begun = full.shown.services, threading.Event(), threading.Event()
    real = services.disk.check

    def slow(report: Callable[[int, int], None]) -> object:
        def gated(done: int, total: int) -> None:
            begun.set()
            gate.wait()
            report(done, total)

        return real(gated)

    monkeypatch.setattr(services.disk, "check", slow)
    full.press("Check the files")
    qtbot.waitUntil(begun.is_set)
    full.press("Stop")
    gate.set()
    full.idle()
    assert full.window.messages.text == "Stopped. Everything is as it was before."
    assert full.button("Check the files").isEnabled()


def test_a_full_disk_is_said_with_the_way_out(shell: Shell) -> None:
    shell.learn()
    shell.window.say(DiskFull(place="here", needed="2 MB", free="1 kB"))
    shell.press("Free some space")
    assert shell.window.page == "space"
    shell.idle()
