# SPDX-License-Identifier: Apache-2.0
"""Work to hand in: written, kept, handed in once, and what came of it."""

from __future__ import annotations

import os
from pathlib import Path
from typing import cast

import pytest
from lesson_course import Desk
from PySide6.QtCore import QMimeData, QPointF, Qt, QUrl
from PySide6.QtGui import QDropEvent, QImage
from PySide6.QtWidgets import QApplication, QFileDialog, QLabel, QTextEdit, QWidget
from pytestqt.qtbot import QtBot

from player.course.interactions import (
    Criterion,
    FreeTextInteraction,
    Level,
    UploadInteraction,
)
from player.course.manifest import Work
from player.course.quiz import Question
from player.errors import DiskFull
from player.journal import handing
from player.journal.events import Answered, Finished
from player.journal.journal import Now
from player.lesson import attempt
from player.store import handed
from player.store.database import Database
from player.ui.lesson.essay_field import EssayField
from player.ui.lesson.upload_field import UploadField
from player.ui.lesson.work_handed import HandedIn
from player.ui.lesson.work_pages import Asking, Writing
from player.ui.lesson.work_view import WorkView

pytestmark = pytest.mark.qt_log_ignore("propagateSizeHints")  # Qt's, of a screen that is none

RUBRIC = (
    Criterion(
        "clear",
        "<p>On comprend qui fait quoi.</p>",
        (Level("no", "Pas encore"), Level("yes", "Oui, sans relire", 2.0)),
    ),
    Criterion("real", "<p>Le cas est réel.</p>", (Level("yes", "Oui", 1.5),)),
)
TEXT = Question(
    "t", "Récit", "<p>Racontez.</p>", (FreeTextInteraction("i", RUBRIC, least_words=5),)
)
FILES = UploadInteraction(
    "u", accept=("image/*", "application/pdf"), most_files=2, most_bytes=2_000_000, rubric=RUBRIC
)
PHOTO = Question("p", "Photo", "<p>La page.</p>", (FILES,))


@pytest.fixture
def desk(db: Database, home: Path, learner: str, clock: Now) -> Desk:
    return Desk(db, home, learner, clock)


def working(qtbot: QtBot, desk: Desk, *questions: Question, **fields: object) -> WorkView:
    asked = questions or (TEXT, PHOTO)
    work = Work(id="w", title="Rendu", blob=desk.quiz(*asked), questions=len(asked), **fields)  # type: ignore[arg-type]
    view = WorkView(desk.context(work), work)
    qtbot.addWidget(view)
    view.resize(900, 700)
    with qtbot.waitActive(view):
        view.show()
    return view


def says(widget: QWidget, words: str) -> bool:
    """Whether somebody who reads `widget` finds the words."""
    labels = [one.text() for one in widget.findChildren(QLabel) if one.isVisibleTo(widget)]
    texts = [one.toPlainText() for one in widget.findChildren(QTextEdit)]
    return any(words in text for text in (*labels, *texts))


def writing(view: WorkView) -> Writing:
    return cast("Writing", view.page)


def essay(view: WorkView) -> EssayField:
    return cast("EssayField", writing(view).cards[0].fields[0])


def upload(view: WorkView, number: int = 1) -> UploadField:
    return cast("UploadField", writing(view).cards[number].fields[0])


def photo(path: Path, side: int) -> Path:
    """A picture as a camera makes it: smooth, and with far more bytes than anybody sees."""
    noise = QImage(os.urandom(200 * 200 * 4), 200, 200, QImage.Format.Format_RGB32)
    smooth = Qt.TransformationMode.SmoothTransformation
    image = noise.scaled(side, side, Qt.AspectRatioMode.IgnoreAspectRatio, smooth)
    assert image.save(str(path), "JPEG", 100)  # type: ignore[call-overload]
    return path


def choose(qtbot: QtBot, field: UploadField, *paths: Path) -> None:
    field.take(paths)
    qtbot.waitUntil(lambda: not field.is_busy)


def page(path: Path, data: bytes = b"%PDF-1.7 page") -> Path:
    path.write_bytes(data)
    return path


def test_task_and_rubric_stand_there_while_it_is_written(qtbot: QtBot, desk: Desk) -> None:
    view = working(qtbot, desk)
    for words in (
        "Racontez.",
        "On comprend qui fait quoi.",
        "Oui, sans relire",
        "2 point(s)",
        "1.5 points",
    ):
        assert says(view, words), words
    assert desk.kinds() == ["opened", "begun"]


def test_what_is_typed_and_chosen_is_there_again_after_a_kill(
    qtbot: QtBot, desk: Desk, tmp_path: Path
) -> None:
    view = working(qtbot, desk)
    essay(view).text.setPlainText("Nous étions six.")
    choose(qtbot, upload(view), page(tmp_path / "a.pdf"))
    qtbot.waitUntil(lambda: len(desk.db.execute("SELECT 1 FROM drafts").fetchall()) == 2)
    (tmp_path / "a.pdf").unlink()
    again = working(qtbot, desk)  # nothing of the first was closed
    assert essay(again).text.toPlainText() == "Nous étions six."
    assert [one.file.name for one in upload(again).rows if one.file] == ["a.pdf"]
    assert not desk.acts("answered")


def test_closing_keeps_what_was_typed_a_moment_ago(qtbot: QtBot, desk: Desk) -> None:
    view = working(qtbot, desk)
    essay(view).text.setPlainText("Presque")
    view.close_lesson()
    again = working(qtbot, desk)
    assert essay(again).text.toPlainText() == "Presque"


def test_it_is_handed_in_once_and_for_good(qtbot: QtBot, desk: Desk, tmp_path: Path) -> None:
    view = working(qtbot, desk, attempts=1)
    essay(view).text.setPlainText("Nous étions six, puis sept.")
    choose(qtbot, upload(view), page(tmp_path / "a.pdf"))
    writing(view).hand_in.click()
    asking = cast("Asking", view.page)
    assert says(asking, "cannot be changed")
    assert says(asking, "will be sent with the next sync")
    asking.back.click()
    assert writing(view).isVisible()
    assert not desk.acts("answered")
    writing(view).hand_in.click()
    cast("Asking", view.page).confirm.click()
    assert isinstance(view.page, HandedIn)
    text, files = desk.acts("answered")
    assert isinstance(text, Answered)
    assert isinstance(files, Answered)
    assert (text.response, files.response) == ("Nous étions six, puis sept.", "a.pdf")
    assert [one.attempt for one in desk.acts("finished") if isinstance(one, Finished)] == [
        text.attempt
    ]
    standing = handing.standing(desk.db)
    assert (standing.files, standing.pieces, standing.taken) == (1, 1, 0)
    assert view.page.again.isHidden()
    assert says(view.page, "Files: 0 of 1 piece(s) sent.")
    assert isinstance(working(qtbot, desk, attempts=1).page, HandedIn)


def test_another_one_may_be_handed_in_where_the_course_allows(qtbot: QtBot, desk: Desk) -> None:
    view = working(qtbot, desk, TEXT)
    essay(view).text.setPlainText("Un")
    view.ask()
    cast("Asking", view.page).confirm.click()
    cast("HandedIn", view.page).again.click()
    essay(view).text.setPlainText("Deux")
    view.ask()
    cast("Asking", view.page).confirm.click()
    answers = [one.response for one in desk.acts("answered") if isinstance(one, Answered)]
    assert answers == ["Un", "Deux"]


def test_what_is_missing_is_said_before(qtbot: QtBot, desk: Desk) -> None:
    view = working(qtbot, desk)
    essay(view).text.setPlainText("Trop court")
    view.ask()
    assert says(view.page, "2 word(s), and at least 5 are asked for: 1. Racontez.")
    assert says(view.page, "Not answered: 2. La page.")


@pytest.mark.parametrize("language", ["fr", "ar"])
def test_all_of_it_by_keyboard_alone(
    qtbot: QtBot, desk: Desk, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, language: str
) -> None:
    desk.language = language
    view = working(qtbot, desk)
    path = page(tmp_path / "a.pdf")
    monkeypatch.setattr(QFileDialog, "getOpenFileNames", lambda *_, **__: ([str(path)], ""))
    view.setFocus()
    qtbot.keyClicks(focus(), "Nous sommes six ici ensemble")
    tab_to(qtbot, upload(view).add)
    qtbot.keyClick(focus(), Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: len(upload(view).rows) == 1)
    tab_to(qtbot, writing(view).hand_in)
    qtbot.keyClick(focus(), Qt.Key.Key_Return)
    assert focus() is cast("Asking", view.page).confirm
    qtbot.keyClick(focus(), Qt.Key.Key_Return)
    assert isinstance(view.page, HandedIn)
    assert focus() is view.page.on


def focus() -> QWidget:
    found = QApplication.focusWidget()
    assert found is not None
    return found


def tab_to(qtbot: QtBot, widget: object) -> None:
    for _ in range(40):
        if focus() is widget:
            return
        qtbot.keyClick(focus(), Qt.Key.Key_Tab)
    raise AssertionError("the keyboard never comes there")


def test_a_photo_is_made_smaller_when_the_learner_says_so(
    qtbot: QtBot, desk: Desk, tmp_path: Path
) -> None:
    view = working(qtbot, desk, PHOTO)
    field = upload(view, 0)
    choose(qtbot, field, photo(tmp_path / "page.jpg", 800))
    (row,) = field.rows
    large = row.file
    assert large is not None
    assert "instead of" in row.small.text()
    assert row.small.isVisible()
    row.small.click()
    assert row.file is not None
    assert 10_000 < row.file.size == len(row.choice.small) < large.size * 2 / 3
    assert QImage(str(handed.path(desk.home, row.file.sha256))).width() <= 1600
    row.large.click()
    assert row.file == large


def test_a_photo_that_is_too_large_is_offered_smaller(
    qtbot: QtBot, desk: Desk, tmp_path: Path
) -> None:
    view = working(qtbot, desk, PHOTO)
    field = upload(view, 0)
    choose(qtbot, field, photo(tmp_path / "page.jpg", 3000))
    (row,) = field.rows
    assert row.file is None
    assert field.given == []
    assert says(field, "too large")
    row.small.click()
    assert field.given == [row.file.line] if row.file else False
    assert says(field, "made smaller from")


@pytest.mark.parametrize(
    ("name", "data", "sentence"),
    [
        ("a.pdf", b"", "is empty"),
        ("a.exe", b"MZ", "what is asked for here is pictures, PDF."),
        ("a.pdf", b"%PDF" + b"x" * 2_000_000, "a file may be"),
    ],
)
def test_what_cannot_be_handed_in_is_said_beside(
    qtbot: QtBot, desk: Desk, tmp_path: Path, name: str, data: bytes, sentence: str
) -> None:
    view = working(qtbot, desk, PHOTO)
    field = upload(view, 0)
    choose(qtbot, field, page(tmp_path / name, data))
    assert says(field, sentence)
    assert field.given == []
    assert not list(handed.stored(desk.home))


def test_no_more_files_than_asked_for_and_none_twice(
    qtbot: QtBot, desk: Desk, tmp_path: Path
) -> None:
    view = working(qtbot, desk, PHOTO)
    field = upload(view, 0)
    choose(qtbot, field, page(tmp_path / "a.pdf"), page(tmp_path / "b.pdf"))
    assert len(field.rows) == 1
    assert says(field, "is here already")
    choose(qtbot, field, page(tmp_path / "c.pdf", b"%PDF c"), page(tmp_path / "d.pdf", b"%PDF d"))
    assert [one.file.name for one in field.rows if one.file] == ["a.pdf", "c.pdf"]
    assert says(field, "remove one first")
    assert not field.add.isEnabled()
    field.rows[0].remove.click()
    assert field.add.isEnabled()
    assert focus() is field.rows[0].remove


def test_a_file_is_dropped_here(qtbot: QtBot, desk: Desk, tmp_path: Path) -> None:
    view = working(qtbot, desk, PHOTO)
    field = upload(view, 0)
    data = QMimeData()
    data.setUrls([QUrl.fromLocalFile(str(page(tmp_path / "a.pdf"))), QUrl("https://a.example/b")])
    drop = QDropEvent(
        QPointF(5, 5),
        Qt.DropAction.CopyAction,
        data,
        Qt.MouseButton.LeftButton,
        Qt.KeyboardModifier.NoModifier,
    )
    field.dropEvent(drop)
    qtbot.waitUntil(lambda: not field.is_busy)
    assert len(field.rows) == 1


@pytest.mark.parametrize(
    ("road", "words"),
    [("network", "with the next sync"), ("stick", "by stick alone"), ("", "stay on this computer")],
)
def test_what_it_costs_is_said(
    qtbot: QtBot, desk: Desk, tmp_path: Path, road: str, words: str
) -> None:
    desk.files_go = road
    view = working(qtbot, desk, PHOTO)
    field = upload(view, 0)
    choose(qtbot, field, page(tmp_path / "a.pdf", b"%PDF" + b"x" * 600_000))
    assert says(field, words)
    assert says(field, "605 kB")


def test_files_from_another_pc_are_shown_by_their_names(qtbot: QtBot, desk: Desk) -> None:
    view = working(qtbot, desk, PHOTO)
    field = upload(view, 0)
    field.show_given(["Seite 1.jpg"])
    assert says(field, "Seite 1.jpg")
    assert field.given == ["Seite 1.jpg"]


def test_a_full_disk_while_it_is_handed_in_loses_nothing(
    qtbot: QtBot, desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    view = working(qtbot, desk, TEXT)
    essay(view).text.setPlainText("Nous étions six, puis sept.")
    view.ask()

    def full(*_: object) -> None:
        raise DiskFull(place="here", needed="1 MB", free="0 MB")

    with monkeypatch.context() as patch:
        patch.setattr(attempt, "record_all", full)
        cast("Asking", view.page).confirm.click()
    assert isinstance(desk.said[0], DiskFull)
    assert essay(view).text.toPlainText() == "Nous étions six, puis sept."
    view.ask()
    cast("Asking", view.page).confirm.click()
    assert isinstance(view.page, HandedIn)
    assert len(desk.acts("answered")) == 1
