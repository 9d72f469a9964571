# SPDX-License-Identifier: Apache-2.0
"""The page of all notes, and the links that wait until there is a connection."""

from __future__ import annotations

from pathlib import Path

import pytest
from PySide6.QtCore import QItemSelectionModel, Qt
from PySide6.QtGui import QDesktopServices, QGuiApplication
from PySide6.QtTest import QAbstractItemModelTester
from PySide6.QtWidgets import QFileDialog, QLabel, QPushButton
from pytestqt.qtbot import QtBot
from shell import COURSE, Shell, seen, spoken

from player.course.manifest import Links, Page, Video
from player.errors import NotWritable
from player.journal.events import Followed
from player.journal.journal import events
from player.lesson import noting
from player.lesson.spot import Spot
from player.ui.lesson.links_view import LinksView
from player.ui.lesson.video_view import VideoView
from player.ui.note_list import NoteList
from player.ui.notes_page import NotesPage

GUIDE = "https://example.org/guide.pdf"


@pytest.fixture
def learned(shell: Shell) -> Shell:
    shell.learn()
    shell.take(COURSE, "240p")
    return shell


@pytest.fixture
def opened(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """The addresses that were left for."""
    found: list[str] = []
    monkeypatch.setattr(QDesktopServices, "openUrl", found.append)
    return found


@pytest.fixture
def networked(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("player.ui.metered.network", lambda: "eth0 192.0.2.0/24")


def first(shell: Shell, kind: type) -> str:
    every = shell.shown.services.course(COURSE).activities()
    return next(one.id for one in every if type(one) is kind)


def note(shell: Shell, kind: type, text: str, spot: Spot = Spot()) -> None:  # noqa: B008 - frozen
    services = shell.shown.services
    activity = services.course(COURSE).find(first(shell, kind))
    assert activity is not None
    where = services.where(COURSE, activity.id)
    if text:
        noting.write(services.db, noting.begin(services.db, where, activity, spot), text)
    else:
        noting.toggle(services.db, where, activity, spot)


def page(shell: Shell) -> NotesPage:
    shell.window.show_page("notes")
    return shell.window.notes


def rows(made: NotesPage) -> list[str]:
    model = made.list.model()
    return [str(model.index(n, 0).data()) for n in range(model.rowCount())]


def test_without_a_note_it_says_how_to_make_one(learned: Shell) -> None:
    made = page(learned)
    assert any("press N" in text for text in learned.texts(made))
    assert not seen(made, type(made.list))
    assert not made.save.isEnabled()
    assert learned.window.focusWidget() is not None


def test_notes_of_the_course_in_its_order_and_the_newest_first(learned: Shell) -> None:
    note(learned, Video, "dans la vidéo", Spot(time=1.0))
    note(learned, Page, "dans la page")
    made = page(learned)
    assert rows(made) == ["dans la page", "dans la vidéo"]
    made.order.setCurrentIndex(1)
    assert rows(made) == ["dans la page", "dans la vidéo"]
    note(learned, Links, "en dernier")
    made.show_now()
    assert rows(made)[0] == "en dernier"


def test_a_few_letters_find_a_note_whatever_their_accents(learned: Shell) -> None:
    note(learned, Page, "Déléguer n’est pas abandonner")
    note(learned, Video, "Les rôles", Spot(time=1.0))
    made = page(learned)
    made.words.setText("DELEG aband")
    assert rows(made) == ["Déléguer n’est pas abandonner"]
    made.words.setText("nowhere")
    assert rows(made) == []
    assert "Nothing here has these words." in learned.texts(made)
    made.words.clear()
    assert len(rows(made)) == 2


def test_a_click_leads_to_the_second(learned: Shell, qtbot: QtBot) -> None:
    note(learned, Video, "ici", Spot(time=1.0))
    made = page(learned)
    assert made.list.hasFocus()
    qtbot.keyClick(made.list, Qt.Key.Key_Return)
    view = learned.window.lesson.view
    assert isinstance(view, VideoView)
    assert view.playback.position == 1.0
    learned.window.lesson.leave()
    assert learned.window.page == "course"


def test_what_is_gone_is_said_and_kept(learned: Shell, qtbot: QtBot) -> None:
    note(learned, Page, "reste")
    db = learned.shown.services.db
    with db.atomic():
        db.execute("DELETE FROM courses")
    made = page(learned)
    qtbot.keyClick(made.list, Qt.Key.Key_Return)
    assert learned.window.page == "notes"
    assert "not in a course on this computer" in learned.window.messages.text
    assert rows(made) == ["reste"]


def test_a_note_and_a_bookmark_are_deleted_and_had_back(learned: Shell, qtbot: QtBot) -> None:
    note(learned, Page, "une note")
    note(learned, Video, "", Spot(time=1.0))
    made = page(learned)
    for left in (["Bookmark"], []):
        made.list.setCurrentIndex(made.list.model().index(0, 0))
        qtbot.keyClick(made.list, Qt.Key.Key_Delete)
        assert rows(made) == left
    made.undo.button.click()
    assert rows(made) == ["Bookmark"]


def test_what_is_shown_is_saved_as_markdown_and_copied(
    learned: Shell, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    note(learned, Video, "à revoir", Spot(time=75.0))
    note(learned, Page, "autre chose")
    made = page(learned)
    made.words.setText("revoir")
    file = tmp_path / "notes.md"
    monkeypatch.setattr(QFileDialog, "getSaveFileName", lambda *_a, **_k: (str(file), ""))
    made.save.click()
    text = file.read_text(encoding="utf-8")
    assert "- **1:15** à revoir" in text
    assert "autre chose" not in text
    assert learned.window.messages.text == "Saved as notes.md."
    made.copy.click()
    assert QGuiApplication.clipboard().text() == text
    file = tmp_path / "nowhere" / "notes.md"
    made.save.click()
    assert learned.window.messages.text == str(NotWritable(place=str(file.parent)))


def test_the_list_keeps_what_qt_asks_of_a_model(learned: Shell) -> None:
    note(learned, Page, "quince")
    note(learned, Video, "medlar", Spot(time=1.0))
    model = NoteList()
    tester = QAbstractItemModelTester(model)
    model.show(learned.shown.services.notebook.entries())
    model.narrow(words="quince", course="", newest=True)
    assert model.rowCount() == 1
    said = model.data(model.index(0), Qt.ItemDataRole.AccessibleTextRole)
    assert str(said).startswith("quince, ")
    del tester


def test_a_long_note_is_shown_in_full_at_any_width(learned: Shell, qtbot: QtBot) -> None:
    note(learned, Page, "mot " * 200)
    made = page(learned)
    index = made.list.model().index(0, 0)
    wide = made.list.visualRect(index).height()
    learned.window.resize(780, 740)
    qtbot.waitUntil(lambda: made.list.visualRect(index).height() > wide)
    assert made.list.selectionModel().hasSelection() or index.isValid()
    made.list.selectionModel().select(index, QItemSelectionModel.SelectionFlag.Select)
    assert not made.list.grab().toImage().isNull()


# Links


def links_view(shell: Shell) -> LinksView:
    shell.window.open_activity(COURSE, first(shell, Links))
    view = shell.window.lesson.view
    assert isinstance(view, LinksView)
    return view


def kept(shell: Shell) -> list[str]:
    return [one.url for one in shell.shown.services.notebook.links()]


def followed(shell: Shell) -> list[str]:
    acts = [one.act for one in events(shell.shown.services.db, "kind = 'followed'")]
    return [act.url for act in acts if isinstance(act, Followed)]


def test_a_link_is_kept_by_a_button_and_let_go(learned: Shell) -> None:
    view = links_view(learned)
    card = view.cards[1]
    card.later.click()
    assert kept(learned) == [GUIDE]
    assert spoken(card.later) == "Kept for later: Guide"
    learned.window.lesson.leave()
    card = links_view(learned).cards[1]
    assert card.later.text() == "Kept for later"
    card.later.click()
    assert kept(learned) == []


def without_a_road(shell: Shell) -> None:
    """Nobody can be reached, as the errands find out."""
    shell.shown.errands.is_offline = True
    shell.shown.errands.offline.emit(True)


def test_a_link_followed_without_a_connection_is_kept_instead(
    learned: Shell, opened: list[str]
) -> None:
    without_a_road(learned)
    view = links_view(learned)
    view.cards[1].open.click()
    assert (opened, followed(learned), kept(learned)) == ([], [], [GUIDE])
    assert "The link is kept" in learned.window.messages.text
    assert view.cards[1].later.text() == "Kept for later"
    learned.press("Open all the same")
    assert (opened, followed(learned), kept(learned)) == ([GUIDE], [GUIDE], [])
    assert view.cards[1].later.text() == "Open when connected"


def test_with_a_connection_a_link_opens_and_waits_no_longer(
    learned: Shell, opened: list[str]
) -> None:
    view = links_view(learned)
    view.cards[1].later.click()
    view.cards[1].open.click()
    assert (opened, followed(learned), kept(learned)) == ([GUIDE], [GUIDE], [])


def test_links_that_wait_are_offered_once_when_there_is_a_connection(
    learned: Shell, opened: list[str], networked: None
) -> None:
    offline = learned.shown.errands.offline
    without_a_road(learned)
    view = links_view(learned)
    for card in view.cards:
        card.open.click()
    learned.window.lesson.leave()
    learned.window.messages.hide()
    offline.emit(False)
    assert learned.window.messages.text.startswith("2 link")
    learned.press("Show them")
    assert learned.window.page == "notes"
    made = learned.window.notes
    assert made.tabs.tabText(1) == "Kept links (2)"
    offline.emit(False)
    assert learned.window.messages.text == ""  # once
    learned.press("Open Guide")
    assert opened == [GUIDE]
    assert made.tabs.tabText(1) == "Kept links (1)"
    learned.press("No longer keep it: Kolibri")
    assert kept(learned) == []
    offline.emit(True)
    offline.emit(False)
    assert learned.window.messages.text.startswith("Opened in your web browser")


def test_one_link_is_offered_by_its_name(
    learned: Shell, opened: list[str], networked: None
) -> None:
    links_view(learned).cards[1].later.click()
    learned.shown.errands.offline.emit(False)
    assert learned.window.messages.text.endswith("Guide")
    learned.press("Open", learned.window.messages)
    assert (opened, kept(learned)) == ([GUIDE], [])


def test_a_stick_alone_is_no_connection(learned: Shell) -> None:
    links_view(learned).cards[1].later.click()
    learned.shown.errands.offline.emit(False)  # the folder with the courses was reached
    assert learned.window.messages.text == ""


def test_mail_opens_and_nothing_else_does(learned: Shell, opened: list[str]) -> None:
    without_a_road(learned)
    links_view(learned)
    lesson = learned.window.lesson
    for address in ("file:///etc/passwd", "javascript:alert(1)", "#activity:x", "ftp://x.example"):
        lesson.open_url(address)
    assert opened == []
    lesson.open_url("mailto:help@example.org")
    assert opened == ["mailto:help@example.org"]


def test_every_button_of_the_page_has_a_name(learned: Shell) -> None:
    note(learned, Page, "x")
    links_view(learned).cards[0].later.click()
    made = page(learned)
    for tab in (0, 1):
        made.tabs.setCurrentIndex(tab)
        assert all(spoken(one) for one in seen(made, QPushButton))
    assert [one.text() for one in seen(made, QLabel) if "connection" in one.text()]
