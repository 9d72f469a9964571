# SPDX-License-Identifier: Apache-2.0
"""The line that says what happened: its kinds, its button, and each sentence it may have to say."""

from __future__ import annotations

from collections.abc import Iterator
from string import Formatter

import pytest
from PySide6.QtCore import QPoint, QRect, Qt
from PySide6.QtWidgets import (
    QApplication,
    QLabel,
    QLineEdit,
    QListWidget,
    QPlainTextEdit,
    QPushButton,
    QScrollArea,
    QWidget,
)
from pytestqt.qtbot import QtBot
from shiboken6 import delete

from player import errors
from player.errors import Malformed, Offline, PlayerError, SourceFaults
from player.ui import language
from player.ui.afloat import EDGE
from player.ui.main import application
from player.ui.message_bar import MOST, MessageBar
from player.ui.parts import column

pytestmark = pytest.mark.qt_log_ignore("propagateSizeHints")  # Qt's, of a screen that is none


def kinds(above: type[PlayerError] = PlayerError) -> Iterator[type[PlayerError]]:
    yield above
    for below in above.__subclasses__():
        if below.__module__ == errors.__name__:
            yield from kinds(below)


def made(kind: type[PlayerError]) -> PlayerError:
    if kind is SourceFaults:
        return SourceFaults(("one", "two"), source="course.toml")
    blanks = [name for _, name, _, _ in Formatter().parse(kind.sentence) if name]
    return kind(**dict.fromkeys(blanks, "7"))


@pytest.fixture
def bar(qtbot: QtBot) -> Iterator[MessageBar]:
    window, page = QWidget(), QWidget()
    qtbot.addWidget(window)
    column(window).addWidget(page)
    found = MessageBar(window)
    found.lie_over(page)
    window.resize(560, 300)
    with qtbot.waitActive(window):
        window.show()
    yield found
    window.close()


def test_it_is_not_there_while_there_is_nothing_to_say(bar: MessageBar) -> None:
    assert bar.isHidden()
    assert bar.text == ""


def test_good_news_that_was_read_stays_behind_on_its_page(
    bar: MessageBar, monkeypatch: pytest.MonkeyPatch
) -> None:
    bar.show_text("Bookmarked")
    bar.go_along()
    assert bar.text, "it came just now, with the page"
    monkeypatch.setattr("player.ui.message_bar._READ", 0)
    bar.go_along()
    assert bar.text == ""
    bar.problem(Offline(place="campus.example"))
    bar.go_along()
    assert bar.text, "bad news is read first"


def test_good_news_goes_by_itself_and_bad_news_stays(qtbot: QtBot, bar: MessageBar) -> None:
    bar.show_text("Done.")
    assert (bar.kind, bar._timer.isActive()) == ("good", True)
    bar.problem(Offline(place="campus.example"))
    assert (bar.kind, bar._timer.isActive()) == ("warn", False)
    bar.problem(Malformed(document="It", reason="so"))
    assert (bar.kind, bar._timer.isActive()) == ("bad", False)
    bar.show_text("Done.")
    bar._timer.setInterval(0)
    bar._timer.start()
    qtbot.waitUntil(bar.isHidden)


def test_the_button_does_what_it_says_once_and_goes(bar: MessageBar) -> None:
    pressed: list[str] = []
    bar.show_text("Well?", "bad", "Do it", lambda: pressed.append("x"))
    action = next(one for one in bar.findChildren(QPushButton) if one.text() == "Do it")
    action.click()
    assert pressed == ["x"]
    assert bar.isHidden()
    bar.show_text("Nothing to do.", "bad")
    assert not action.isVisible()


def test_an_offer_does_not_go_before_it_was_read(bar: MessageBar) -> None:
    bar.show_text("Good.", "good", "Look", lambda: None)
    assert not bar._timer.isActive()


def test_escape_and_its_cross_close_it(qtbot: QtBot, bar: MessageBar) -> None:
    cross = next(o for o in bar.findChildren(QPushButton) if o.accessibleName())
    assert cross.accessibleName() == "Close the message"
    bar.show_text("Hm.", "bad")
    cross.setFocus()
    qtbot.keyClick(cross, Qt.Key.Key_Escape)
    assert bar.isHidden()
    bar.show_text("Hm.", "bad")
    cross.click()
    assert bar.isHidden()


def test_what_a_server_says_is_text_and_not_the_whole_page(bar: MessageBar) -> None:
    page = "<b>no</b>" + "x" * 100_000
    bar.problem(Malformed(document="It", reason=page))
    words = next(one for one in bar.findChildren(QLabel) if one.text())
    assert words.textFormat() == Qt.TextFormat.PlainText
    assert "<b>no</b>" in bar.text
    assert len(bar.text) == MOST + 1


@pytest.mark.parametrize("code", ["en", "fr"])
@pytest.mark.parametrize("kind", list(kinds()), ids=lambda kind: kind.__name__)
def test_every_fault_of_the_world_can_be_read(
    kind: type[PlayerError], code: str, bar: MessageBar
) -> None:
    language.install(application(), code)
    bar.problem(made(kind))
    assert bar.isVisible()
    assert bar.text.endswith(".")
    assert "{" not in bar.text
    assert (bar.text == str(made(kind))) == (code == "en")
    words = next(one for one in bar.findChildren(QLabel) if one.text())
    assert words.height() >= words.heightForWidth(words.width())  # nothing of it is cut off
    assert bar.accessibleName() == bar.text


def filled(bar: MessageBar, *parts: QWidget) -> QWidget:
    """The page under the bar, with `parts` from its top to its foot."""
    page = bar.parentWidget().findChild(QWidget)
    layout = column(page)
    for one in parts:
        layout.addWidget(one, not isinstance(one, QPushButton))
    QApplication.processEvents()
    return page


def boxes(*parts: QWidget) -> list[QRect]:
    return [QRect(one.mapToGlobal(QPoint()), one.size()) for one in parts]


def covers(bar: MessageBar, one: QWidget) -> bool:
    mine, other = boxes(bar, one)
    return mine.intersects(other)


def test_nothing_moves_when_it_comes_and_when_it_goes(bar: MessageBar) -> None:
    text, below = QPlainTextEdit("read me"), QPushButton("Answer")
    page = filled(bar, text, below)
    before = boxes(page, text, below)
    bar.show_text("Hm. " * 60, "bad")
    assert covers(bar, page)
    assert boxes(page, text, below) == before
    bar.hide()
    assert boxes(page, text, below) == before


def test_a_button_that_stays_where_it_is_is_not_covered(bar: MessageBar) -> None:
    text, below = QPlainTextEdit("read me"), QPushButton("Answer")
    filled(bar, text, below)
    bar.show_text("Hm.", "bad")
    assert covers(bar, text)
    assert not covers(bar, below)
    below.setEnabled(False)  # nobody presses it now; but what lies well is not moved
    before = boxes(bar)
    bar.show_text("Hm?", "bad")
    assert boxes(bar) == before


def test_what_has_the_keyboard_is_never_covered(qtbot: QtBot, bar: MessageBar) -> None:
    above, below = QListWidget(), QLineEdit()
    above.addItems([str(n) for n in range(40)])
    filled(bar, above, below)
    above.setFocus()
    above.setCurrentRow(0)
    bar.show_text("Hm.", "bad")
    assert not covers(bar, below)
    for number in range(1, 20):  # down the list, to where the message lay at first
        qtbot.keyClick(above, Qt.Key.Key_Down)
        row = above.visualItemRect(above.item(number))
        assert above.viewport().rect().contains(row)
        row.moveTo(above.viewport().mapToGlobal(row.topLeft()))
        assert not row.intersects(boxes(bar)[0])
    below.setFocus()
    assert not covers(bar, below)


def test_what_takes_the_keyboard_as_it_comes_is_not_covered_once_it_is_laid_out(
    qtbot: QtBot, bar: MessageBar
) -> None:
    page = filled(bar, QPlainTextEdit("read me"))
    bar.show_text("Hm.", "bad")
    new = QPushButton("Go on", page)
    new.show()
    new.setFocus()
    assert not covers(bar, new)
    page.layout().addWidget(new)
    page.layout().activate()
    qtbot.waitUntil(lambda: not covers(bar, new))


def test_a_button_that_can_be_scrolled_away_may_be_covered(bar: MessageBar) -> None:
    area, inside = QScrollArea(), QWidget()
    layout = column(inside)
    for number in range(30):
        layout.addWidget(QPushButton(str(number)))
    area.setWidget(inside)
    filled(bar, area)
    bar.show_text("Hm.", "bad")
    foot = boxes(bar)[0].bottom()
    assert foot + 2 * EDGE > boxes(area)[0].bottom(), "at the foot"
    bar.hide()
    area.verticalScrollBar().setValue(area.verticalScrollBar().maximum())
    bar.show_text("Hm.", "bad")
    last = layout.itemAt(layout.count() - 1).widget()
    assert area.rect().contains(last.geometry().translated(inside.pos()))
    assert not covers(bar, last), "it cannot be scrolled any further"


def asked(bar: MessageBar) -> list[str]:
    """Ask a question; what is answered comes into the list."""
    answers: list[str] = []
    said = [lambda word=word: answers.append(word) for word in ("yes", "no", "left")]
    bar.ask("Paid by the megabyte?", *said)
    return answers


def test_a_question_comes_back_after_what_was_said_over_it(bar: MessageBar) -> None:
    answers = asked(bar)
    bar.show_text("Something came.")
    assert bar._other.isHidden()
    bar._timer.timeout.emit()
    assert (bar.text, bar.kind) == ("Paid by the megabyte?", "ask")
    bar._other.click()
    assert (answers, bar.text) == (["no"], "")
    bar.show_text("Something came.")
    bar._timer.timeout.emit()
    assert bar.text == ""


def test_a_question_can_be_left_unanswered(qtbot: QtBot, bar: MessageBar) -> None:
    answers = asked(bar)
    qtbot.keyClick(bar, Qt.Key.Key_Escape)
    assert (answers, bar.text) == (["left"], "")
    bar.show_text("Something else.", "bad")
    qtbot.keyClick(bar, Qt.Key.Key_Escape)
    assert answers == ["left"]


@pytest.mark.parametrize(("code", "yes", "no"), [("en", "Y", "N"), ("fr", "O", "N")])
def test_a_question_is_answered_by_its_letters_wherever_the_keyboard_is(
    qtbot: QtBot, bar: MessageBar, code: str, yes: str, no: str
) -> None:
    language.install(application(), code)
    with qtbot.waitActive(bar.window()):
        bar.window().activateWindow()
    for letter, answer in ((yes, "yes"), (no, "no")):
        answers = asked(bar)
        assert not bar._picture.pixmap().isNull()
        pressed = bar._action if answer == "yes" else bar._other
        assert f"Alt+{letter}" in pressed.toolTip()
        alt(qtbot, bar, letter)
        qtbot.waitUntil(bar.isHidden)  # Qt shows that it is pressed, for a moment
        assert answers == [answer]
    bar.show_text("Hm.", "bad", "Do it", lambda: answers.append("done"))
    assert bar._action.shortcut().isEmpty()  # those are letters of a question alone


def alt(qtbot: QtBot, bar: MessageBar, letter: str) -> None:
    key = Qt.Key(ord(letter))
    qtbot.keyClick(bar.window(), key, Qt.KeyboardModifier.AltModifier)


def test_words_that_the_page_has_no_room_for_leave_its_buttons_in_it(bar: MessageBar) -> None:
    window = bar.parentWidget()
    window.resize(240, 200)
    bar.show_text("A long reason. " * 30, "bad", "Look", lambda: None)
    QApplication.processEvents()
    assert window.rect().contains(bar.geometry())
    for one in bar.findChildren(QPushButton):
        assert one.isHidden() or bar.rect().contains(QRect(one.mapTo(bar, QPoint()), one.size()))
    assert bar.text == bar.accessibleName()


def test_what_had_the_keyboard_may_be_thrown_away(bar: MessageBar) -> None:
    gone, left = QLineEdit(), QLineEdit()
    filled(bar, gone, left)
    QApplication.processEvents()
    gone.setFocus()
    bar.show_text("Hm.", "bad")
    assert bar._watched is gone
    delete(gone)
    left.setFocus()
    assert bar._watched is left
