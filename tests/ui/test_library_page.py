# SPDX-License-Identifier: Apache-2.0
"""The library: what the shelves hold, where the learner goes on, and finding a course."""

from __future__ import annotations

from pathlib import Path

import msgspec
import pytest
from PySide6.QtCore import QMimeData, QPoint, QPointF, Qt, QUrl
from PySide6.QtGui import QAccessible, QDragEnterEvent, QDropEvent, QFont, QFontMetrics
from PySide6.QtWidgets import QApplication, QFileDialog, QLineEdit, QListView
from pytestqt.modeltest import ModelTester
from pytestqt.qtbot import QtBot
from shell import COURSE, Publisher, Shell, seen

from player.publish.single import pack_course
from player.store.courses import Shelf
from player.ui.course_list import CourseFilter, CourseList, Role, fitting, state

pytestmark = pytest.mark.qt_log_ignore("propagateSizeHints")  # Qt's, of a screen that is none

SHELF = Shelf(
    id="a", version=1, offered=1, title="Économie", language="fr", summary="Le marché du village",
    repository="file:///r/", trust="trusted", activities=4, completed=0, base=12_000,
    renditions={"audio": 300_000, "240p": 2_000_000}, here=True, last_at="",
)  # fmt: skip


def shelf(**changes: object) -> Shelf:
    return msgspec.convert({**msgspec.to_builtins(SHELF), **changes}, Shelf)


def titles(shell: Shell) -> list[str]:
    view = seen(shell.window.library, QListView)[0]
    return [view.model().index(row, 0).data() for row in range(view.model().rowCount())]


def test_without_a_course_it_says_what_to_do_and_offers_to(shell: Shell) -> None:
    shell.shown.services.introduce("Awa")
    shell.window.begin()
    assert any(text.startswith("No courses yet") for text in shell.texts(shell.window.library))
    assert not seen(shell.window.library, QLineEdit)  # nothing to find anything in
    look = shell.button("Look for courses", shell.window.library)
    assert look.hasFocus() or not shell.window.isActiveWindow()
    look.click()
    shell.idle()
    assert shell.window.messages.text.startswith("No place to look in yet")


def test_a_course_on_offer_says_what_it_costs(shell: Shell) -> None:
    shell.learn()
    assert titles(shell) == ["Petit cours"]
    found = shell.shown.services.library()[0]
    words = state(found)
    assert words.startswith("On offer · text ")
    assert "audio +" in words
    assert "480p +" in words
    assert words.endswith("Français · licence CC BY-SA 4.0")
    assert "Hello, Awa" in shell.texts(shell.window.library)
    assert "Awa" in shell.texts(shell.window.side)


def test_a_course_that_was_begun_leads_on_to_its_next_activity(shell: Shell) -> None:
    shell.learn()
    shell.take(COURSE, "240p")
    done = shell.done(COURSE, 1)
    shell.window._show(shell.window.library)
    manifest = shell.shown.services.course(COURSE)
    following = next(one for one in manifest.activities() if one.id not in done)
    texts = shell.texts(shell.window.library)
    assert f"Next: {following.title}" in texts
    assert "Video · Organiser · about 1 min" in texts
    assert any(text.startswith("1 of 7 done · Organiser: 1 of 6, about ") for text in texts)
    shell.press("Continue", shell.window.library)
    shell.idle()
    assert shell.window.page == "lesson"
    assert shell.window.lesson.activity == following.id


def test_what_was_typed_is_found_whatever_its_accents(shell: Shell, publisher: Publisher) -> None:
    publisher.publish(id="x-", title="Économie du ")
    shell.learn()
    field = seen(shell.window.library, QLineEdit)[0]
    assert len(titles(shell)) == 2
    field.setText("ECONOMIE cours")
    assert titles(shell) == ["Économie du Petit cours"]
    field.setText("petit minuscule")  # of the title, of the summary
    assert len(titles(shell)) == 2
    field.setText("nowhere")
    assert "No course has these words." in shell.texts(shell.window.library)
    assert not seen(shell.window.library, QListView)
    field.clear()
    assert len(titles(shell)) == 2


def test_the_row_that_was_chosen_stays_chosen_when_courses_come(
    shell: Shell, publisher: Publisher
) -> None:
    shell.learn()
    view = seen(shell.window.library, QListView)[0]
    assert view.currentIndex().data(Role.SHELF).id == COURSE
    publisher.publish(id="x-", title="Avant le ")
    shell.window.refresh()
    shell.idle()
    assert titles(shell) == ["Avant le Petit cours", "Petit cours"]
    assert view.currentIndex().data(Role.SHELF).id == COURSE


def test_the_enter_key_opens_a_course(shell: Shell, qtbot: QtBot) -> None:
    shell.learn()
    view = seen(shell.window.library, QListView)[0]
    qtbot.keyClick(view, Qt.Key.Key_Return)
    shell.idle()
    assert (shell.window.page, shell.window.course.course) == ("course", COURSE)


@pytest.fixture
def course_file(publisher: Publisher, tmp_path: Path) -> Path:
    file = tmp_path / "Clé USB" / "Petit cours.course"
    file.parent.mkdir()
    pack_course(publisher.folder, COURSE, file)
    return file


def choose(monkeypatch: pytest.MonkeyPatch, file: Path | str) -> None:
    monkeypatch.setattr(QFileDialog, "getOpenFileName", lambda *_a, **_k: (str(file), ""))


def test_a_course_file_can_be_chosen_and_its_course_is_offered(
    shell: Shell, course_file: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    services = shell.shown.services
    services.introduce("Awa")
    services.change(allowed_keys=(shell.publisher.public,))
    shell.window.begin()
    choose(monkeypatch, "")
    shell.press("A course file…")
    shell.idle()
    assert services.repositories() == []
    choose(monkeypatch, course_file)
    shell.press("A course file…")
    shell.idle()
    assert shell.window.messages.text == "1 course on offer."
    assert titles(shell) == ["Petit cours"]
    shell.take(COURSE, "240p")
    assert all(one.here == one.total for one in services.wishes())
    assert services.traffic().total == 0  # it came from a file


@pytest.mark.parametrize("content", [b"", b"half of a zip", None])
def test_a_bad_course_file_is_said_and_not_kept(
    shell: Shell,
    course_file: Path,
    monkeypatch: pytest.MonkeyPatch,
    content: bytes | None,
) -> None:
    shell.learn()
    whole = course_file.read_bytes()
    course_file.write_bytes(whole[: len(whole) // 2] if content is None else content)
    choose(monkeypatch, course_file)
    shell.press("A course file…")
    shell.idle()
    assert shell.window.messages.kind == "warn"
    assert "Petit cours.course is damaged or only half copied" in shell.window.messages.text
    assert len(shell.shown.services.repositories()) == 1
    course_file.write_bytes(whole)
    shell.press("A course file…")
    shell.idle()
    assert len(shell.shown.services.repositories()) == 2


def drop(shell: Shell, *places: Path) -> bool:
    """Let go of files over the window; whether it takes them."""
    data = QMimeData()
    data.setUrls([QUrl.fromLocalFile(str(place)) for place in places])
    at, keys = QPoint(300, 300), Qt.KeyboardModifier.NoModifier
    action, button = Qt.DropAction.CopyAction, Qt.MouseButton.LeftButton
    enters = QDragEnterEvent(at, action, data, button, keys)
    enters.ignore()
    QApplication.sendEvent(shell.window, enters)
    if enters.isAccepted():
        event = QDropEvent(QPointF(at), action, data, button, keys)
        QApplication.sendEvent(shell.window, event)
    shell.idle()
    return enters.isAccepted()


def test_a_course_file_may_be_dropped_on_the_window(shell: Shell, course_file: Path) -> None:
    services = shell.shown.services
    services.introduce("Awa")
    services.change(allowed_keys=(shell.publisher.public,))
    shell.window.begin()
    shell.window._show(shell.window.settings)
    other = course_file.with_name("letter.txt")
    other.write_text("Hello.")
    assert not drop(shell, other)
    assert services.repositories() == []
    assert drop(shell, other, course_file)
    assert shell.window.page == "library"
    assert titles(shell) == ["Petit cours"]
    assert drop(shell, shell.publisher.folder)
    assert len(services.repositories()) == 2


def test_a_row_is_read_out_with_where_it_stands(shell: Shell) -> None:
    shell.learn()
    view = seen(shell.window.library, QListView)[0]
    interface = QAccessible.queryAccessibleInterface(view).child(0)
    assert interface.text(QAccessible.Text.Name).startswith("Petit cours. On offer · text")


def test_the_model_keeps_qts_rules(qtmodeltester: ModelTester) -> None:
    model, filtered = CourseList(), CourseFilter()
    filtered.setSourceModel(model)
    assert model.show([shelf(id=str(n), title=f"Cours {n}") for n in range(30)])
    filtered.look_for("2")
    qtmodeltester.check(model)
    qtmodeltester.check(filtered)


def test_courses_begun_come_first_and_those_on_offer_last() -> None:
    model = CourseList()
    model.show(
        [
            shelf(id="offer", title="A", version=0),
            shelf(id="through", title="B", completed=4),
            shelf(id="here", title="C"),
            shelf(id="begun", title="D", completed=1),
        ]
    )
    assert [model.shelf(row).id for row in range(4)] == ["begun", "here", "through", "offer"]


def test_a_thousand_courses_are_listed_once_and_found(qtbot: QtBot) -> None:
    model, filtered = CourseList(), CourseFilter()
    filtered.setSourceModel(model)
    rows = [shelf(id=f"c{n}", title=f"Leçon n° {n}") for n in range(1000)]
    assert model.show(rows)
    assert not model.show(list(reversed(rows)))  # the same again: nothing is rebuilt
    assert model.row_of("c7") == [model.shelf(row).id for row in range(1000)].index("c7")
    filtered.look_for("lecon 999")
    assert [filtered.index(row, 0).data() for row in range(filtered.rowCount())] == ["Leçon n° 999"]


@pytest.mark.parametrize(
    ("changes", "words"),
    [
        ({"completed": 0}, "Not begun"),
        ({"completed": 1}, "25%"),
        ({"completed": 4, "coming": 3}, "Version 3 is coming"),
        ({"trust": "unsigned"}, "Not signed"),
        ({"language": "wo"}, "Wolof"),
        ({"activities": 0}, "Not begun"),
    ],
)
def test_a_few_words_say_where_a_course_stands(changes: dict[str, object], words: str) -> None:
    assert words in state(shelf(**changes)).split(" · ")


def test_where_there_is_no_room_whole_facts_go_and_no_word_is_cut(qtbot: QtBot) -> None:
    metrics = QFontMetrics(QFont())
    words = "Here · 1 kB · Not begun · Français · licence CC BY-SA 4.0"
    room = metrics.horizontalAdvance(words)
    assert fitting(words, metrics, room) == words
    assert fitting(words, metrics, room - 1) == "Here · 1 kB · Not begun · Français"
    assert fitting(words, metrics, 1) == "Here"
