# SPDX-License-Identifier: Apache-2.0
"""The pieces that every page is put together from."""

from __future__ import annotations

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QAccessible
from PySide6.QtWidgets import QApplication, QLineEdit, QPushButton, QToolButton, QWidget
from pytestqt.qtbot import QtBot

from player.ui.parts import (
    WIDEST,
    WORD,
    Few,
    Page,
    Words,
    button,
    clear,
    clearable,
    column,
    label,
    reword,
    tab_before,
)

pytestmark = pytest.mark.qt_log_ignore("propagateSizeHints")  # Qt's, of a screen that is none

LONG = "Donaudampfschifffahrt" * 5


def spoken(widget: QWidget) -> str:
    return QAccessible.queryAccessibleInterface(widget).text(QAccessible.Text.Name)


def test_a_word_wider_than_the_page_is_broken_and_read_whole(qtbot: QtBot) -> None:
    words = label(f"An address: {LONG}")
    qtbot.addWidget(words)
    assert isinstance(words, Words)
    assert words.text() == spoken(words) == f"An address: {LONG}"
    widest = words.fontMetrics().horizontalAdvance("m" * WORD)
    assert words.minimumSizeHint().width() < widest
    words.setText("Short again")
    assert words.text() == spoken(words) == "Short again"


def test_a_name_of_its_own_stays_where_nothing_had_to_be_broken(qtbot: QtBot) -> None:
    words = label("3")
    qtbot.addWidget(words)
    words.setAccessibleName("three of them")
    words.setText("4")
    assert words.accessibleName() == "three of them"


def test_the_button_that_empties_a_field_has_a_name(qtbot: QtBot) -> None:
    field = QLineEdit()
    qtbot.addWidget(field)
    clearable(field)
    found = field.findChildren(QToolButton)
    assert found
    assert all(spoken(one) for one in found)


def test_other_words_leave_a_button_its_keys(qtbot: QtBot) -> None:
    made = QPushButton("Next")
    qtbot.addWidget(made)
    made.setShortcut("Ctrl+PgDown")
    reword(made, "Finish")
    assert (made.text(), made.shortcut().toString()) == ("Finish", "Ctrl+PgDown")


def test_tab_leads_through_what_was_put_between(qtbot: QtBot) -> None:
    page = QWidget()
    qtbot.addWidget(page)
    body = column(page)
    first, last = QPushButton("first"), QPushButton("last")
    body.addWidget(first)
    body.addWidget(last)
    between = QWidget()
    inner = column(between)
    later = [QPushButton(name) for name in ("one", "two")]
    for one in later:
        inner.addWidget(one)
    body.insertWidget(1, between)
    tab_before(last, between)
    with qtbot.waitActive(page):
        page.show()
    first.setFocus()
    way = []
    for _ in range(3):
        qtbot.keyClick(QApplication.focusWidget(), Qt.Key.Key_Tab)
        way.append(QApplication.focusWidget())
    assert way == [*later, last]


class Rows(Page):
    """A page that makes its rows anew each time; `names` are theirs."""

    def __init__(self) -> None:
        super().__init__()
        self.names = ["a", "b"]
        self.rows = column()
        self.first = button("first", lambda: None)
        self.body.addWidget(self.first)
        self.body.addLayout(self.rows)

    def show_now(self) -> None:
        clear(self.rows)
        for name in self.names:
            self.rows.addWidget(button(name, lambda: None))

    def take_focus(self) -> None:
        self.first.setFocus()


@pytest.mark.parametrize(("left", "found"), [(["a", "b"], "b"), (["a"], "first")])
def test_rows_that_are_made_anew_keep_the_keyboard(
    qtbot: QtBot, left: list[str], found: str
) -> None:
    page = Rows()
    qtbot.addWidget(page)
    with qtbot.waitActive(page):
        page.show()
    page.show_now()
    QApplication.processEvents()
    next(one for one in page.findChildren(QPushButton) if one.text() == "b").setFocus()
    page.names = left
    page.show_again()
    now = page.focusWidget()
    assert isinstance(now, QPushButton)
    assert now.text() == found


def test_what_is_taken_out_at_once_never_opens_as_a_window(qtbot: QtBot) -> None:
    page = QWidget()
    qtbot.addWidget(page)
    body = column(page)
    page.resize(200, 100)
    with qtbot.waitExposed(page):
        page.show()
    taken = QPushButton("gone")
    body.addWidget(taken)
    clear(body)
    QApplication.processEvents()
    assert not taken.isVisible()


def test_a_page_is_a_column_that_can_be_read_in_the_widest_window(qtbot: QtBot) -> None:
    page, words = Page(), label("mot " * 20)
    qtbot.addWidget(page)
    page.body.addWidget(words)
    page.resize(600, 400)
    page.show()
    free = page.body.contentsMargins().left()
    assert 600 - words.width() == pytest.approx(2 * free, abs=16)  # a scroll bar, and no more
    page.resize(2400, 400)
    QApplication.processEvents()
    letter = page.fontMetrics().averageCharWidth()
    assert abs(words.width() - WIDEST * letter) < 2 * letter
    assert abs(words.mapTo(page, QPoint()).x() - (2400 - words.width()) // 2) < 2 * letter
    page.resize(600, 400)
    QApplication.processEvents()
    assert page.body.contentsMargins().left() == free


def test_of_a_title_that_is_too_long_some_lines_are_shown(qtbot: QtBot) -> None:
    words, high = Few(2, "strong"), QPushButton().fontMetrics().lineSpacing()
    qtbot.addWidget(words)
    heights = []
    for text in ("One line", "Two lines " * 4, "A title without an end " * 20):
        words.setText(text)
        heights.append(words.heightForWidth(200))
        words.resize(200, heights[-1])
        assert not words.grab().isNull()
        assert words.toolTip() == text == words.text() == spoken(words)
    assert heights == [high, 2 * high, 2 * high]


def test_a_title_with_ends_of_lines_is_one_paragraph(qtbot: QtBot) -> None:
    words = Few(2, "strong")
    qtbot.addWidget(words)
    words.setText("\n".join("abcdefgh"))
    assert words.text() == "a b c d e f g h"
    words.resize(200, words.heightForWidth(200))
    assert not words.grab().isNull()
    words.setText("Only\u2028these")
    words.resize(30, words.fontMetrics().lineSpacing())
    assert not words.grab().isNull()
