# SPDX-License-Identifier: Apache-2.0
"""What came back from the platform, as a learner sees it."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import msgspec
import pytest
from posted import PLATFORM, Post, announcement, attestation, digest, mark
from PySide6.QtCore import Qt, QUrl
from PySide6.QtGui import QAccessible, QDesktopServices
from PySide6.QtWidgets import QComboBox, QFileDialog, QPushButton
from pytestqt.qtbot import QtBot
from shell import COURSE, Shell, answer, receive, seen, spoken

from player.journal import export
from player.journal.items import Other
from player.ui import work_print
from player.ui.work_list import Column

pytestmark = pytest.mark.qt_log_ignore("propagateSizeHints")  # Qt's, of a screen that is none


@pytest.fixture
def post(shell: Shell) -> Post:
    """A learner in a course of a platform that writes letters."""
    shell.learn()
    services = shell.shown.services
    services.change(send_by_itself=False)
    services.join(msgspec.json.encode(PLATFORM))
    shell.take(COURSE, "")
    return Post(shell, shell.publisher.folder)


def look(shell: Shell) -> None:
    shell.window._show(shell.window.mail)
    shell.press("Look now")
    shell.idle()


def rows(shell: Shell) -> list[str]:
    model = shell.window.mail._model
    return [str(model.index(row).data()) for row in range(model.rowCount())]


def read_aloud(shell: Shell, row: int) -> str:
    role = Qt.ItemDataRole.AccessibleTextRole
    return str(shell.window.mail._model.index(row).data(role))


def first_activity(shell: Shell) -> str:
    return next(iter(shell.shown.services.course(COURSE).activities())).id


def test_before_anything_came_it_is_said_what_will(post: Post) -> None:
    look(post.shell)
    assert any("Nothing yet." in text for text in post.shell.texts(post.shell.window.mail))
    assert post.shell.window.messages.text == "No new messages."
    assert post.shell.window.focusWidget() is not None


def test_what_came_is_counted_until_it_is_read(post: Post) -> None:
    shell = post.shell
    post.everybody(announcement(), digest())
    shell.shown.services.mail.collect()
    shell.window._show(shell.window.library)
    way = shell.button("Messages (2)", shell.window.side)
    assert spoken(way) == "Messages, 2 unread"
    way.click()
    shell.button("Messages (1)", shell.window.side)
    assert rows(shell) == ["The exam is on Friday", "Week 1"]
    assert "Unread" not in read_aloud(shell, 0)
    heard = read_aloud(shell, 1)
    assert heard.startswith("Unread, Week 1, Week in the forum · ")
    assert heard.endswith(" · Petit cours")
    listed = shell.window.mail._list
    assert shell.window.focusWidget() is listed
    shell.qtbot.keyClick(listed, Qt.Key.Key_Down)
    assert spoken(shell.button("Messages", shell.window.side)) == "Messages"
    assert "Who decides?" in shell.window.mail.text.text.toPlainText()


def test_the_text_is_cleaned_and_leads_out_by_choice(
    post: Post, monkeypatch: pytest.MonkeyPatch
) -> None:
    shell = post.shell
    opened: list[str] = []
    open_url: Callable[[str], None] = lambda url: opened.append(QUrl(url).toString())  # noqa: E731
    monkeypatch.setattr(QDesktopServices, "openUrl", open_url)
    post.everybody(announcement())
    look(shell)
    assert shell.window.messages.text == "1 new message came."
    text = shell.window.mail.text.text
    assert "Bring paper." in text.toPlainText()
    assert "x()" not in text.toHtml()
    assert "<img" not in text.toHtml()
    assert "From A. Diallo" in shell.texts(shell.window.mail)
    text.anchorClicked.emit(QUrl("https://campus.example/exam"))
    text.anchorClicked.emit(QUrl("file:///etc/hosts"))
    assert opened == ["https://campus.example/exam"]


def test_a_mark_says_what_it_is_worth_and_leads_to_its_activity(post: Post) -> None:
    shell = post.shell
    activity = first_activity(shell)
    title = next(iter(shell.shown.services.course(COURSE).activities())).title
    post.learner(mark(answer(shell, COURSE, 0.5), activity))
    look(shell)
    assert rows(shell) == [f"8 of 10 · {title}"]
    assert "Say <more> of the roles." in shell.window.mail.text.text.toPlainText()
    shell.press("Open the activity")
    assert (shell.window.page, shell.window.lesson.activity) == ("lesson", activity)
    shell.window.lesson.leave()
    assert shell.window.page == "course"


def test_what_is_marked_cannot_be_opened_where_it_is_gone(post: Post) -> None:
    post.learner(mark(answer(post.shell, COURSE, 0.5), "gone", points=None, score=None))
    look(post.shell)
    assert rows(post.shell) == ["Marked"]
    names = [one.text() for one in seen(post.shell.window.mail, QPushButton)]
    assert "Open the activity" not in names


def test_an_attestation_and_what_a_later_version_brings(post: Post) -> None:
    shell = post.shell
    post.learner(attestation(), Other(id="o", at="2026-01-01T09:00:00Z", title="A badge"))
    look(shell)
    assert rows(shell) == ["Attestation", "A badge"]
    assert "You did it." in shell.window.mail.text.text.toPlainText()
    shell.window.mail.choose("o")
    assert "cannot show it" in shell.window.mail.text.text.toPlainText()


def test_what_is_written_from_the_right_is_shown_so(post: Post) -> None:
    text = msgspec.structs.replace(announcement(), language="ar", text="<p>مرحبا</p>")
    post.everybody(text, msgspec.structs.replace(digest(), language="", text="<p>שלום</p>"))
    look(post.shell)
    for item in ("a1", "d1"):
        post.shell.window.mail.choose(item)
        shown = post.shell.window.mail.text.text
        assert shown.layoutDirection() == Qt.LayoutDirection.RightToLeft


def test_a_letter_that_was_changed_is_said_and_the_rest_stays(post: Post) -> None:
    post.everybody(announcement())
    look(post.shell)
    post.everybody(announcement(2))
    bad = post.folder / "mailbox" / COURSE / "2.json"
    bad.write_bytes(bad.read_bytes().replace(b"Friday", b"Sunday"))
    look(post.shell)
    assert "is no message of your platform" in post.shell.window.messages.text
    assert len(rows(post.shell)) == 1


def test_what_is_open_stays_open_when_more_comes(post: Post) -> None:
    post.everybody(announcement(), digest())
    look(post.shell)
    post.shell.window.mail.choose("d1")
    post.learner(attestation())
    look(post.shell)
    assert len(rows(post.shell)) == 3
    assert "Who decides?" in post.shell.window.mail.text.text.toPlainText()
    post.shell.button("Messages (1)", post.shell.window.side)


def test_the_newest_announcement_is_on_the_page_of_its_course(post: Post) -> None:
    shell = post.shell
    assert not shell.window.course.news.isVisible()
    post.everybody(announcement(), digest())
    look(shell)
    shell.take(COURSE)
    assert any("The exam is on Friday" in text for text in shell.texts(shell.window.course.news))
    shell.press("Read", shell.window.course)
    assert shell.window.page == "mail"
    assert shell.window.mail._chosen().id == "a1"  # type: ignore[union-attr]


def test_my_work_shows_what_is_marked(post: Post) -> None:
    shell, page = post.shell, post.shell.window.work
    act = answer(shell, COURSE, 0.5)
    receive(shell, act)
    shell.window._show(page)
    assert not page._tiles["marked"].frame.isVisible()
    post.learner(mark(act, first_activity(shell)))
    look(shell)
    shell.window._show(page)
    assert page._tiles["marked"].count.text() == "1"
    box = seen(page, QComboBox)[0]
    box.setCurrentIndex(box.findData("marked"))
    row = [page._model.index(0, column).data() for column in (Column.RESULT, Column.STATE)]
    assert row == ["8 of 10", "Marked"]
    assert any("Marked by B. Sarr" in text and "Well argued." in text for text in shell.texts(page))
    entries = page._entries(10)
    assert "Well argued." in work_print.document("Awa", entries).toPlainText()
    assert b"Well argued." in export.as_csv(entries)


def test_a_stick_brings_letters_too(
    post: Post, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    shell = post.shell
    stick = tmp_path / "stick"
    stick.mkdir()
    monkeypatch.setattr(QFileDialog, "getExistingDirectory", lambda *_: str(stick))
    act = answer(shell, COURSE, 0.5)
    receive(shell, act)
    Post(shell, stick).learner(mark(act, first_activity(shell)))
    shell.window._show(shell.window.work)
    shell.press("Carry on a stick…")
    shell.idle()
    assert "1 message came: see Messages." in shell.texts(shell.window.work)
    assert shell.shown.services.counts().marked == 1


def test_the_keyboard_is_enough(post: Post, qtbot: QtBot) -> None:
    shell = post.shell
    post.learner(mark(answer(shell, COURSE, 0.5), first_activity(shell)))
    post.everybody(announcement())
    look(shell)
    shell.window._show(shell.window.library)
    shell.window._show(shell.window.mail)
    reached = []
    for _ in range(3):
        reached.append(shell.window.focusWidget())
        qtbot.keyClick(shell.window.focusWidget(), Qt.Key.Key_Tab)
    page = shell.window.mail
    assert reached == [page._list, page.text.text, page.text._open]
    assert all(QAccessible.queryAccessibleInterface(one) is not None for one in reached)
    assert "Well argued." in spoken(page.text.text)


def test_a_narrower_window_cuts_no_message_off(post: Post) -> None:
    post.everybody(announcement(title="Organiser une équipe de bénévoles dans un village"))
    shell = post.shell
    shell.window.resize(1600, 700)
    look(shell)
    shell.window.resize(1024, 700)
    shell.idle()
    assert shell.window.mail._list.horizontalScrollBar().maximum() == 0
