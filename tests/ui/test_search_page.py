# SPDX-License-Identifier: Apache-2.0
"""The search: from anywhere by a key, found while one types, and straight to the place."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import QEvent, Qt
from PySide6.QtGui import QAccessible, QAccessibleAnnouncementEvent
from PySide6.QtWidgets import QAbstractButton, QLineEdit, QPushButton, QTreeView
from pytestqt.qtbot import QtBot
from searched import COURSE, searched_course
from shell import Publisher, Shell, running, seen, spoken

from player.course.manifest import Page, Video
from player.journal import journal
from player.journal.events import Noted
from player.publish.repository import publish
from player.ui.found_list import Role, Row
from player.ui.lesson.page_view import PageView
from player.ui.lesson.question_page import QuestionPage
from player.ui.lesson.quiz_view import QuizView
from player.ui.lesson.video_view import VideoView
from player.ui.search_page import SearchPage


@pytest.fixture(scope="module")
def publisher(tmp_path_factory: pytest.TempPathFactory) -> Publisher:
    """Somebody who has published the course to be searched."""
    root = tmp_path_factory.mktemp("published")
    made = Publisher(root)
    publish(searched_course(root / "source"), made.folder, made._secret)
    return made


@pytest.fixture
def shell(qtbot: QtBot, tmp_path: Path, publisher: Publisher) -> Iterator[Shell]:
    """The program with the course on its disk, the library in front."""
    with running(qtbot, tmp_path / "home", publisher) as made:
        made.learn()
        made.take(COURSE, "240p")
        made.window.show_page("library")
        yield made


def search(shell: Shell, words: str) -> SearchPage:
    """Show the search, type words, and wait for what is found."""
    shell.window.look_for_words()
    page = shell.window.search
    shell.idle()
    if words.isascii():
        shell.qtbot.keyClicks(page.field, words)
    else:  # Qt's test keys know no others
        page.field.setText(words)
    answered(shell, words)
    return page


def answered(shell: Shell, words: str) -> None:
    """Wait until what was found for these words is shown."""
    page = shell.window.search
    shell.qtbot.waitUntil(lambda: page.answer.typed == page.field.text() == words)
    shell.idle()


def rows(page: SearchPage) -> list[Row]:
    model = page.list.model()
    return [model.index(at, 0).data(Role.ROW) for at in range(model.rowCount())]


def press(shell: Shell, key: Qt.Key, modifier: Qt.KeyboardModifier | None = None) -> None:
    target = shell.window.focusWidget()
    assert target is not None
    shell.qtbot.keyClick(target, key, modifier or Qt.KeyboardModifier.NoModifier)


@pytest.mark.parametrize("page", ["library", "course", "lesson", "settings"])
def test_a_key_leads_there_from_everywhere(shell: Shell, page: str) -> None:
    if page == "lesson":
        activity = next(shell.shown.services.course(COURSE).activities())
        shell.window.open_activity(COURSE, activity.id)
    else:
        shell.window.show_page(page)
    shell.idle()
    shell.qtbot.keyClick(shell.window, Qt.Key.Key_K, Qt.KeyboardModifier.ControlModifier)
    assert shell.window.page == "search"
    assert shell.window.focusWidget() is shell.window.search.field
    shell.idle()


def test_a_stroke_leads_there_too_and_is_a_letter_where_one_types(shell: Shell) -> None:
    shell.qtbot.keyClick(shell.window, Qt.Key.Key_Slash)
    assert shell.window.page == "search"
    field = shell.window.search.field
    shell.qtbot.keyClicks(field, "a/b")
    assert field.text() == "a/b"
    answered(shell, "a/b")


def test_a_field_that_would_keep_the_key_does_not(shell: Shell) -> None:
    class Greedy(QLineEdit):
        """As Qt's own are on Linux: there it deletes the rest of the line."""

        def event(self, event: QEvent) -> bool:
            if event.type() == QEvent.Type.ShortcutOverride:
                event.accept()
                return True
            return super().event(event)

    field = Greedy(shell.window)
    field.show()
    field.setFocus()
    shell.qtbot.waitUntil(field.hasFocus)
    press(shell, Qt.Key.Key_K, Qt.KeyboardModifier.ControlModifier)
    assert shell.window.page == "search"
    shell.idle()


def test_nobody_searches_before_there_is_a_learner(qtbot: QtBot, tmp_path: Path) -> None:
    with running(qtbot, tmp_path / "new", Publisher(tmp_path)) as shell:
        shell.qtbot.keyClick(shell.window, Qt.Key.Key_K, Qt.KeyboardModifier.ControlModifier)
        assert shell.window.page == "first_start"


def test_what_is_said_is_found_while_one_types_and_enter_jumps_to_its_second(shell: Shell) -> None:
    page = search(shell, "COMPO")
    [group, row] = rows(page)
    assert (group.title, group.what) == ("Chercher sans réseau", None)
    assert "0:01" in row.place
    assert row.text[slice(*row.text_marks[0])] == "compost"
    press(shell, Qt.Key.Key_Return)
    shell.idle()
    assert shell.window.page == "lesson"
    view = shell.window.lesson.view
    assert isinstance(view, VideoView)
    shell.qtbot.waitUntil(lambda: view.playback.position >= 1.0)


def test_a_word_of_a_page_is_marked_there_whatever_was_typed(shell: Shell) -> None:
    search(shell, "coeur sacre")
    press(shell, Qt.Key.Key_Return)
    shell.idle()
    view = shell.window.lesson.view
    assert isinstance(view, PageView)
    assert view.textCursor().selectedText().startswith("Cœur-Sacré")


def test_a_question_is_opened_itself_with_the_keyboard_in_it(shell: Shell) -> None:
    search(shell, "sarcler")
    press(shell, Qt.Key.Key_Return)
    shell.idle()
    view = shell.window.lesson.view
    assert isinstance(view, QuizView)
    assert isinstance(view.page, QuestionPage)
    card = view.page.card
    assert shell.window.focusWidget() is card.fields[0].entry
    assert card.text.textCursor().selectedText() == "sarcler ?"


def test_the_way_back_from_a_lesson_is_the_search_as_it_was(shell: Shell) -> None:
    page = search(shell, "hibiscus")
    before = rows(page)
    press(shell, Qt.Key.Key_Return)
    shell.idle()
    back = shell.button("Back to the search", shell.window.lesson)
    assert back.shortcut().toString() == "Alt+Left"
    back.click()
    shell.idle()
    assert shell.window.page == "search"
    assert rows(page) == before
    assert page.field.text() == "hibiscus"


def test_a_lesson_opened_otherwise_leads_back_to_its_course(shell: Shell) -> None:
    search(shell, "hibiscus")
    press(shell, Qt.Key.Key_Return)
    shell.idle()
    activity = next(shell.shown.services.course(COURSE).activities())
    shell.window.open_activity(COURSE, activity.id)
    shell.press("Back to the course", shell.window.lesson)
    assert shell.window.page == "course"


def test_keys_lead_from_the_field_into_the_list_and_back(shell: Shell) -> None:
    page = search(shell, "seance")
    first = page.list.currentIndex()
    assert first.data(Role.ROW).what is not None  # not the title of the group above it
    press(shell, Qt.Key.Key_Down)
    assert shell.window.focusWidget() is page.list
    press(shell, Qt.Key.Key_Down)
    assert page.list.currentIndex().row() == first.row() + 1
    press(shell, Qt.Key.Key_Up)
    press(shell, Qt.Key.Key_Up)
    assert shell.window.focusWidget() is page.field
    press(shell, Qt.Key.Key_Down)
    press(shell, Qt.Key.Key_S)
    assert shell.window.focusWidget() is page.field
    assert page.field.text().endswith("s")
    shell.idle()
    press(shell, Qt.Key.Key_Escape)
    assert page.field.text() == ""
    shell.idle()


def test_enter_that_comes_before_the_answer_opens_what_was_typed_last(shell: Shell) -> None:
    page = search(shell, "hibiscus")
    page.field.clear()
    shell.qtbot.keyClicks(page.field, "compost")
    press(shell, Qt.Key.Key_Return)  # what is shown now is the hibiscus
    assert shell.window.page == "search"
    shell.qtbot.waitUntil(lambda: shell.window.page == "lesson")
    assert isinstance(shell.window.lesson.view, VideoView)
    shell.idle()
    search(shell, "hibiscus")
    page.field.clear()
    shell.qtbot.keyClicks(page.field, "compost")
    press(shell, Qt.Key.Key_Return)
    shell.qtbot.keyClicks(page.field, "x")  # not that, then
    answered(shell, "compostx")
    assert shell.window.page == "search"


def test_who_has_gone_on_is_not_pulled_along_by_an_enter(shell: Shell) -> None:
    page = search(shell, "hibiscus")
    page.field.clear()
    shell.qtbot.keyClicks(page.field, "compost")
    press(shell, Qt.Key.Key_Return)
    shell.window.show_page("settings")
    shell.idle()
    assert shell.window.page == "settings"
    search(shell, "compost")
    assert shell.window.page == "search"
    shell.idle()


@pytest.mark.parametrize("page", ["course", "settings"])
def test_escape_leads_back_to_where_the_search_was_asked_for(shell: Shell, page: str) -> None:
    shell.window.show_page(page)
    shell.idle()
    stops = reversed(getattr(shell.window, page).findChildren(QAbstractButton))
    had = next(one for one in stops if one.isVisible() and one.isEnabled())
    had.setFocus()
    found = search(shell, "compost")
    press(shell, Qt.Key.Key_Down)
    press(shell, Qt.Key.Key_Escape)
    assert found.field.hasFocus()
    assert found.field.text() == "compost"
    press(shell, Qt.Key.Key_Escape)
    assert found.field.text() == ""
    assert shell.window.page == "search"
    press(shell, Qt.Key.Key_Escape)
    assert shell.window.page == page
    assert shell.window.focusWidget() is had
    shell.idle()


def test_escape_leads_back_into_the_lesson_that_one_was_in(shell: Shell) -> None:
    video = next(
        one for one in shell.shown.services.course(COURSE).activities() if isinstance(one, Video)
    )
    shell.window.open_activity(COURSE, video.id)
    shell.idle()
    search(shell, "hibiscus")
    press(shell, Qt.Key.Key_Return)
    shell.idle()
    assert isinstance(shell.window.lesson.view, PageView)
    shell.button("Back to the search", shell.window.lesson).click()
    shell.idle()
    shell.window.search.take_focus()
    for _ in range(2):
        press(shell, Qt.Key.Key_Escape)
    assert shell.window.page == "lesson"
    assert shell.window.lesson.activity == video.id
    shell.idle()


TYPED = ("AND", 'OR NOT * " ( ^ :', '"', "“a", "NEAR(compost paillage)", "col:compost", "-compost")
TYPED += (
    "   ",
    "\t",
    "😀",
    "\u202ecompost",
    "x" * 10_000,
    "学" * 10_000,
    "l’" * 5_000,
    "a " * 5_000,
)


def test_whatever_is_typed_is_answered(shell: Shell) -> None:
    page = search(shell, "compost")
    shell.window.messages.hide()
    for typed in TYPED:
        page.field.clear()
        page.field.insert(typed)  # as it is pasted
        answered(shell, page.field.text())
        assert len(page.field.text()) <= 200
        if typed.strip():
            said = page._words.text().startswith("Nothing was found")
            assert rows(page) or said, typed
        press(shell, Qt.Key.Key_Escape)
    answered(shell, "")
    assert not shell.window.messages.isVisible()


def test_pages_of_the_window_are_found_too(shell: Shell) -> None:
    page = search(shell, "sett")
    [_, row] = rows(page)
    assert row.title == "Settings"
    press(shell, Qt.Key.Key_Return)
    assert shell.window.page == "settings"


def test_a_course_leads_to_its_page(shell: Shell) -> None:
    search(shell, "chercher sans")
    press(shell, Qt.Key.Key_Return)
    shell.idle()
    assert (shell.window.page, shell.window.course.course) == ("course", COURSE)


def test_a_section_leads_to_its_place_in_the_course(shell: Shell) -> None:
    search(shell, "recolter")
    press(shell, Qt.Key.Key_Return)
    shell.idle()
    tree = seen(shell.window.course, QTreeView)[0]
    assert tree.currentIndex().siblingAtColumn(0).data() == "Récolter"
    assert shell.window.focusWidget() is tree


def test_where_nothing_is_found_it_is_said_and_what_may_help(shell: Shell) -> None:
    page = search(shell, "xylophone")
    assert not page.list.isVisible()
    assert "Nothing was found for “xylophone”." in shell.texts(page)
    page.what.setCurrentIndex(page.what.findData("notes"))
    shell.idle()
    shell.press("Look everywhere", page)
    shell.idle()
    assert page.what.currentData() == ""


def test_choices_narrow_what_is_found(shell: Shell) -> None:
    page = search(shell, "seance")
    assert page.where.findData(COURSE) > 0
    page.what.setCurrentIndex(page.what.findData("videos"))
    shell.idle()
    assert rows(page) == []
    page.what.setCurrentIndex(0)
    page.where.setCurrentIndex(page.where.findData(COURSE))
    shell.idle()
    assert len(rows(page)) == 3


def test_the_count_is_announced_once(shell: Shell, monkeypatch: pytest.MonkeyPatch) -> None:
    told: list[str] = []

    def hear(event: object) -> None:
        if isinstance(event, QAccessibleAnnouncementEvent):
            told.append(event.message())

    monkeypatch.setattr(QAccessible, "updateAccessibility", hear)
    page = search(shell, "seance")
    page.show_now()
    shell.idle()
    assert told.count("2 found") == 1


def test_a_note_is_found_as_soon_as_it_is_written(shell: Shell) -> None:
    services = shell.shown.services
    video = next(one for one in services.course(COURSE).activities() if isinstance(one, Video))
    act = Noted(name=video.title, note="n", text="tailler les manguiers", time=2.0)
    journal.record(services.db, services.where(COURSE, video.id), act, services.now)
    page = search(shell, "manguier")
    shell.qtbot.waitUntil(lambda: len(rows(page)) == 2)
    assert rows(page)[1].text == "tailler les manguiers"


def test_what_is_not_on_this_pc_says_so_in_its_row(shell: Shell) -> None:
    services = shell.shown.services
    page_ = next(one for one in services.course(COURSE).activities() if isinstance(one, Page))
    services.disk.remove_course(COURSE)
    page = search(shell, page_.title)
    assert "not on this computer" in rows(page)[-1].place
    press(shell, Qt.Key.Key_Return)
    shell.idle()
    assert shell.window.page == "lesson"  # which says what lacks, and fetches it


def test_searches_are_offered_again(shell: Shell) -> None:
    page = search(shell, "hibiscus")
    press(shell, Qt.Key.Key_Return)
    shell.idle()
    shell.window.look_for_words()
    page.field.clear()
    answered(shell, "")
    shell.press("Look again for hibiscus", page)
    shell.idle()
    assert page.field.text() == "hibiscus"
    assert rows(page)


def test_everything_has_a_name_to_be_read_aloud(shell: Shell) -> None:
    page = search(shell, "compost")
    assert spoken(page.field) == "Look for"
    assert all(spoken(one) for one in seen(page, QPushButton))
    assert spoken(page.list) == "What was found"
    row = page.list.model().index(1, 0)
    assert "compost" in row.data(Qt.ItemDataRole.AccessibleTextRole)


def test_the_index_is_made_beside_the_window_after_a_download(shell: Shell) -> None:
    lookup = shell.shown.errands.lookup
    assert lookup._soon.isActive()
    assert shell.shown.services.finding.unread()
    lookup._soon.start(0)
    shell.qtbot.waitUntil(lambda: not shell.shown.services.finding.unread())


def test_arabic_words_stand_in_a_french_window(shell: Shell) -> None:
    services = shell.shown.services
    act = Noted(name="c", note="n", text="كَتَبَ الطالبُ الدرسَ")
    journal.record(services.db, services.where(COURSE), act, services.now)
    page = search(shell, "الطالب كتب")
    shell.qtbot.waitUntil(lambda: len(rows(page)) == 2)
    row = rows(page)[1]
    assert [row.text[a:b] for a, b in row.text_marks] == ["كَتَبَ", "الطالبُ"]
    assert not page.grab().isNull()
    assert isinstance(page.field, QLineEdit)
