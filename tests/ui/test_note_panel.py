# SPDX-License-Identifier: Apache-2.0
"""Notes beside an activity: typed, kept, found again; bookmarks; and no letter lost."""

from __future__ import annotations

from pathlib import Path

import pytest
from lesson_course import Desk, pdf
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QLabel, QLineEdit, QPushButton, QWidget
from pytestqt.qtbot import QtBot
from shell import COURSE, Shell, seen, spoken
from test_video_view import Engine, film, opened

from player.course.manifest import Document, Exam, Page, Quiz, Video
from player.errors import DiskFull
from player.journal import notes
from player.journal.journal import Now
from player.lesson import drafts, noting
from player.lesson.media import OnError, OnFrame, OnState, State
from player.lesson.spot import Spot
from player.settings import Settings
from player.store.database import Database
from player.ui.language import direction_of
from player.ui.lesson import drafting, playback
from player.ui.lesson.document_view import DocumentView
from player.ui.lesson.note_panel import NotePanel
from player.ui.lesson.page_view import PageView

pytestmark = pytest.mark.qt_log_ignore("propagateSizeHints")  # Qt's, of a screen that is none

CONTROL = Qt.KeyboardModifier.ControlModifier


@pytest.fixture
def engines(monkeypatch: pytest.MonkeyPatch) -> list[Engine]:
    made: list[Engine] = []

    def choose(_: str, on_frame: OnFrame, on_state: OnState, on_error: OnError) -> Engine:
        made.append(Engine(on_frame, on_state, on_error))
        return made[-1]

    monkeypatch.setattr(playback, "choose", choose)
    return made


@pytest.fixture
def desk(db: Database, home: Path, learner: str, clock: Now) -> Desk:
    return Desk(db, home, learner, clock)


def panel(qtbot: QtBot, desk: Desk, spot: Spot = Spot(page=3)) -> NotePanel:  # noqa: B008 - frozen
    page = Page(id="p", title="Les rôles", blob="0" * 64)
    made = NotePanel(desk.context(page), lambda: spot)
    qtbot.addWidget(made)
    made.resize(420, 600)
    with qtbot.waitActive(made):
        made.show()
        made.activateWindow()
    return made


def full(*_: object) -> None:
    raise DiskFull(place="/", needed="1 kB", free="0 B")


def texts(desk: Desk) -> list[str]:
    return [one.text for one in notes.all(desk.db, desk.learner)]


def words(widget: QWidget) -> list[str]:
    return [one.text() for one in seen(widget, QLabel)]


def press(widget: QWidget, name: str) -> None:
    """Press the first visible button of that name."""
    every = seen(widget, QPushButton)
    next(one for one in every if name in (one.text(), one.accessibleName())).click()


def test_what_is_typed_stands_in_the_list_at_its_place(qtbot: QtBot, desk: Desk) -> None:
    made = panel(qtbot, desk)
    assert any("Press N" in one for one in words(made))
    made.write.click()
    assert made.editor.text.hasFocus()
    assert spoken(made.editor.text) == "Note: Page 3"
    qtbot.keyClicks(made.editor.text, "Awa decides")
    qtbot.keyClick(made.editor.text, Qt.Key.Key_Return, CONTROL)
    assert made.editor.isHidden()
    assert texts(desk) == ["Awa decides"]
    assert "Awa decides" in words(made)
    asked: list[Spot] = []
    made.asked.connect(asked.append)
    press(made, "Page 3")
    assert asked == [Spot(page=3)]


def test_enter_alone_begins_a_line_and_escape_keeps_what_is_there(qtbot: QtBot, desk: Desk) -> None:
    made = panel(qtbot, desk)
    made.begin()
    qtbot.keyClicks(made.editor.text, "one")
    qtbot.keyClick(made.editor.text, Qt.Key.Key_Return)
    qtbot.keyClicks(made.editor.text, "two")
    qtbot.keyClick(made.editor.text, Qt.Key.Key_Escape)
    assert texts(desk) == ["one\ntwo"]


def test_leaving_the_field_keeps_the_note_too(qtbot: QtBot, desk: Desk) -> None:
    made = panel(qtbot, desk)
    made.begin()
    qtbot.keyClicks(made.editor.text, "left")
    made.mark.setFocus()
    qtbot.waitUntil(lambda: texts(desk) == ["left"])
    made.begin()
    made.mark.setFocus()  # without a letter there is no note
    qtbot.waitUntil(made.editor.isHidden)
    assert texts(desk) == ["left"]


def test_what_was_typed_is_a_note_after_a_crash(
    qtbot: QtBot, desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(drafting, "_WITHIN", 0)
    made = panel(qtbot, desk)
    made.begin()
    qtbot.keyClicks(made.editor.text, "never fini")
    qtbot.waitUntil(lambda: bool(drafts.across(desk.db, desk.learner, "note")))
    assert texts(desk) == []
    made.editor._writing = None  # the program is gone: nothing is written when it ends
    again = panel(qtbot, desk)
    assert texts(desk) == ["never fini"]
    assert "never fini" in words(again)
    assert drafts.across(desk.db, desk.learner, "note") == []


def test_a_full_disk_leaves_what_is_typed_in_its_field(
    qtbot: QtBot, desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    made = panel(qtbot, desk)
    made.begin()
    qtbot.keyClicks(made.editor.text, "still here")

    monkeypatch.setattr(noting, "record", full)
    qtbot.keyClick(made.editor.text, Qt.Key.Key_Return, CONTROL)
    assert [type(one) for one in desk.said] == [DiskFull]
    assert made.editor.text.toPlainText() == "still here"
    assert made.editor.isVisible()
    monkeypatch.undo()
    made.editor.done.click()
    assert texts(desk) == ["still here"]


def test_another_note_does_not_take_the_place_of_one_that_the_disk_refuses(
    qtbot: QtBot, desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    made = panel(qtbot, desk)
    made.begin()
    qtbot.keyClicks(made.editor.text, "still here")
    monkeypatch.setattr(noting, "record", full)
    made.write.click()
    assert made.editor.text.toPlainText() == "still here"
    assert made.editor.text.hasFocus()
    monkeypatch.undo()
    made.write.click()
    assert texts(desk) == ["still here"]
    assert made.editor.text.toPlainText() == ""


def test_a_note_that_is_left_as_it_was_stands_in_its_row_again(qtbot: QtBot, desk: Desk) -> None:
    made = panel(qtbot, desk)
    made.begin()
    qtbot.keyClicks(made.editor.text, "as it was")
    made.editor.done.click()
    press(made, "Edit")
    assert made.rows == []
    made.write.setFocus()
    qtbot.waitUntil(made.editor.isHidden)
    assert "as it was" in words(made)


def test_a_note_is_edited_deleted_and_had_back(qtbot: QtBot, desk: Desk) -> None:
    made = panel(qtbot, desk)
    made.begin()
    qtbot.keyClicks(made.editor.text, "first")
    made.editor.done.click()
    press(made, "Edit")
    assert made.editor.text.toPlainText() == "first"
    qtbot.keyClicks(made.editor.text, " and more")
    made.editor.done.click()
    assert texts(desk) == ["first and more"]
    press(made, "Delete")
    assert texts(desk) == []
    qtbot.waitUntil(made.undo.button.hasFocus)
    assert "The note is deleted." in words(made)
    made.undo.button.click()
    assert texts(desk) == ["first and more"]


def test_a_bookmark_is_put_taken_away_and_had_back(qtbot: QtBot, desk: Desk) -> None:
    made = panel(qtbot, desk)
    made.mark.click()
    assert len(notes.bookmarks(desk.db, desk.learner)) == 1
    press(made, "Delete")
    assert notes.bookmarks(desk.db, desk.learner) == {}
    made.undo.button.click()
    assert len(notes.bookmarks(desk.db, desk.learner)) == 1
    made.mark.click()
    assert notes.bookmarks(desk.db, desk.learner) == {}


def test_a_note_is_written_from_the_side_of_its_letters(qtbot: QtBot, desk: Desk) -> None:
    left, right = Qt.LayoutDirection.LeftToRight, Qt.LayoutDirection.RightToLeft
    assert direction_of("12 — مرحبا", left) is right
    assert direction_of("1) Bonjour مرحبا", right) is left
    assert direction_of("…", right) is right
    made = panel(qtbot, desk)
    made.begin()
    made.editor.text.setPlainText("مرحبا")
    assert made.editor.text.layoutDirection() is right


def test_every_control_says_what_it_does(qtbot: QtBot, desk: Desk) -> None:
    made = panel(qtbot, desk)
    made.begin()
    qtbot.keyClicks(made.editor.text, "text")
    made.editor.done.click()
    made.mark.click()
    assert all(spoken(one) for one in seen(made, QPushButton))
    assert "Go to Page 3: text" in [spoken(one) for one in seen(made, QPushButton)]


# In a video


def test_n_holds_the_video_and_goes_on_after_the_note(
    qtbot: QtBot, desk: Desk, engines: list[Engine]
) -> None:
    view = opened(qtbot, desk, film(desk))
    view.playback.toggle()
    engines[-1].position = 12.5
    qtbot.keyClick(view, Qt.Key.Key_N)
    assert engines[-1].state is State.PAUSED
    assert view.panel.currentWidget() is view.notes
    qtbot.keyClicks(view.notes.editor.text, "bnk m")  # letters that are keys of the video
    assert engines[-1].state is State.PAUSED
    qtbot.keyClick(view.notes.editor.text, Qt.Key.Key_Return, CONTROL)
    assert engines[-1].state is State.PLAYING
    assert [(one.text, one.time) for one in notes.all(desk.db, desk.learner)] == [("bnk m", 12.5)]
    assert notes.bookmarks(desk.db, desk.learner) == {}
    assert view.stage.controls.seek_bar._marks == (12.5,)
    engines[-1].position = 40.0
    view.notes.rows[0].go.click()
    assert engines[-1].position == 12.5
    view.close_lesson()


def test_the_video_goes_on_where_the_learner_wants_that(
    qtbot: QtBot, desk: Desk, engines: list[Engine]
) -> None:
    desk.settings = Settings(pause_for_notes=False)
    view = opened(qtbot, desk, film(desk))
    view.playback.toggle()
    view.note()
    assert engines[-1].state is State.PLAYING
    qtbot.keyClicks(view.notes.editor.text, "on")
    view.close_lesson()
    assert texts(desk) == ["on"]


def test_b_marks_this_second_on_the_bar(qtbot: QtBot, desk: Desk, engines: list[Engine]) -> None:
    view = opened(qtbot, desk, film(desk))
    bar = view.stage.controls.seek_bar
    bar.show_time(0, 60)
    before = bar.grab().toImage()
    engines[-1].position = 30.4
    qtbot.keyClick(view, Qt.Key.Key_B)
    assert bar._marks == (30.0,)
    assert bar.grab().toImage() != before
    qtbot.keyClick(view, Qt.Key.Key_B)
    assert bar._marks == ()
    view.close_lesson()


# In the window


def first(shell: Shell, kind: type) -> str:
    every = shell.shown.services.course(COURSE).activities()
    return next(one.id for one in every if type(one) is kind)


def learned(shell: Shell) -> Shell:
    shell.learn()
    shell.take(COURSE, "240p")
    return shell


def test_n_and_b_work_on_a_page_and_the_notes_fold_away(shell: Shell, qtbot: QtBot) -> None:
    learned(shell)
    lesson = shell.window.lesson
    shell.window.open_activity(COURSE, first(shell, Page))
    view = lesson.view
    assert isinstance(view, PageView)
    assert not seen(shell.window, NotePanel)
    qtbot.keyClick(view, Qt.Key.Key_B)
    assert shell.window.messages.text == "Bookmarked: this activity"
    qtbot.keyClick(view, Qt.Key.Key_N)
    (notebook,) = seen(shell.window, NotePanel)
    qtbot.keyClicks(notebook.editor.text, "to think about")
    shell.press("Notes (1)")  # folds it away, and keeps what was typed
    assert not seen(shell.window, NotePanel)
    services = shell.shown.services
    assert [one.text for one in services.notebook.entries()] == ["", "to think about"]
    assert shell.button("Notes (2)")
    lesson.leave()


def test_what_ends_a_note_is_in_sight_where_it_is_typed(shell: Shell, qtbot: QtBot) -> None:
    learned(shell)
    shell.window.resize(1024, 768)
    shell.window.open_activity(COURSE, first(shell, Page))
    view = shell.window.lesson.view
    assert view is not None
    qtbot.keyClick(view, Qt.Key.Key_N)
    QApplication.processEvents()
    (notebook,) = seen(shell.window, NotePanel)
    done, area = notebook.editor.done, notebook._list.viewport()
    middle = done.mapTo(area, done.rect().center())
    assert area.rect().contains(middle)
    assert "Ctrl+Enter" in done.toolTip()
    shell.window.lesson.leave()


def test_leaving_the_lesson_keeps_the_note(shell: Shell, qtbot: QtBot) -> None:
    learned(shell)
    shell.window.open_activity(COURSE, first(shell, Page))
    qtbot.keyClick(shell.window.lesson.view, Qt.Key.Key_N)
    (notebook,) = seen(shell.window, NotePanel)
    qtbot.keyClicks(notebook.editor.text, "half a wor")
    shell.window.show_page("library")
    entries = shell.shown.services.notebook.entries()
    assert [one.text for one in entries] == ["half a wor"]


def test_what_the_disk_refused_as_one_left_is_a_note_once_there_is_room(
    shell: Shell, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    learned(shell)
    for kind in (Page, Video):
        shell.window.open_activity(COURSE, first(shell, kind))
        qtbot.keyClick(shell.window.lesson.view, Qt.Key.Key_N)
        (notebook,) = seen(shell.window, NotePanel)
        qtbot.keyClicks(notebook.editor.text, kind.__name__)
        with monkeypatch.context() as disk:
            disk.setattr(noting, "record", full)
            shell.window.show_page("space")  # where the message leads to
            shell.window.lesson._late.write()
    assert "disk is full" in shell.window.messages.text
    shell.window.lesson._late.write()
    entries = shell.shown.services.notebook.entries()
    assert {one.text for one in entries} == {"Page", "Video"}


def test_an_exam_has_no_notes(shell: Shell, qtbot: QtBot) -> None:
    learned(shell)
    shell.window.open_activity(COURSE, first(shell, Exam))
    assert shell.window.lesson.beside.panel is None
    for key in (Qt.Key.Key_N, Qt.Key.Key_B):
        qtbot.keyClick(shell.window.lesson.view, key)
    assert shell.shown.services.notebook.entries() == []
    assert not [one for one in seen(shell.window, QPushButton) if "Notes" in one.text()]
    shell.window.lesson.leave()


def test_in_a_quiz_letters_are_for_the_answer_first(shell: Shell, qtbot: QtBot) -> None:
    learned(shell)
    shell.window.open_activity(COURSE, first(shell, Quiz))
    view = shell.window.lesson.view
    qtbot.keyClick(view, Qt.Key.Key_N)
    (notebook,) = seen(shell.window, NotePanel)
    qtbot.keyClicks(notebook.editor.text, "1n")  # neither a choice nor another note
    qtbot.keyClick(notebook.editor.text, Qt.Key.Key_Return, CONTROL)
    assert [one.text for one in shell.shown.services.notebook.entries()] == ["1n"]
    field = QLineEdit(view)
    field.show()
    field.setFocus()
    qtbot.keyClicks(field, "bn")
    assert field.text() == "bn"
    assert len(shell.shown.services.notebook.entries()) == 1
    shell.window.lesson.leave()


def test_a_document_knows_its_page(qtbot: QtBot, desk: Desk) -> None:
    document = Document(id="d", title="Tableau", blob=desk.blob(pdf("Une", "Deux", "Trois")))
    view = DocumentView(desk.context(document), document)
    qtbot.addWidget(view)
    view.resize(600, 400)
    with qtbot.waitExposed(view):
        view.show()
    view.show_spot(Spot(page=2))
    qtbot.waitUntil(lambda: view.spot_now() == Spot(page=2))
    view.close_lesson()


def test_two_windows_on_one_home_show_each_others_notes(qtbot: QtBot, desk: Desk) -> None:
    one, other = panel(qtbot, desk), panel(qtbot, desk)
    one.begin()
    qtbot.keyClicks(one.editor.text, "from the first")
    one.editor.done.click()
    other.begin()
    qtbot.keyClicks(other.editor.text, "from the second")
    other.editor.done.click()
    assert {"from the first", "from the second"} <= set(words(other))
    one.show_now()
    assert {"from the first", "from the second"} <= set(words(one))


def test_the_video_of_the_window_has_its_notes_as_a_tab(shell: Shell) -> None:
    learned(shell)
    shell.window.open_activity(COURSE, first(shell, Video))
    assert shell.window.lesson.beside.panel is not None
    assert not shell.window.lesson.beside.can_fold
    shell.window.lesson.leave()
