# SPDX-License-Identifier: Apache-2.0
"""Every page from the keyboard, by ear, and with large letters in a small window."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import QRect, Qt
from PySide6.QtGui import QFont
from PySide6.QtWidgets import (
    QAbstractButton,
    QAbstractScrollArea,
    QApplication,
    QComboBox,
    QLabel,
    QLineEdit,
    QScrollArea,
    QSpinBox,
    QWidget,
)
from pytestqt.qtbot import QtBot
from shell import COURSE, Publisher, Shell, answer, refuse, running, seen, spoken

from player.ui.main import application
from player.ui.sidebar import Sidebar

pytestmark = pytest.mark.qt_log_ignore("propagateSizeHints")  # Qt's, of a screen that is none

PAGES = (
    "first_start",
    "library",
    "search",
    "course",
    "downloads",
    "work",
    "space",
    "settings",
    "revision",
)
LONG = "Organiser une équipe de bénévoles dans trois villages à la saison des pluies, "


def stand(shell: Shell, page: str) -> QWidget:
    """Have something on every page, and show one of them."""
    if page != "first_start":
        shell.learn("Awa Diop née Ndiaye")
        shell.take(COURSE, "240p")
        shell.done(COURSE, 2)
        answer(shell, COURSE, 0.5)
        refuse(shell, answer(shell, COURSE, 1), "The platform refused this: no mailbox. " * 3)
        shell.window.show_page(page)
        shell.idle()
        if page == "search":
            shell.window.search.look_for("organiser")
            shell.idle()
    QApplication.processEvents()
    return getattr(shell.window, page)


def by_tab(shell: Shell) -> list[QWidget]:
    """The widgets the Tab key leads through, all the way round."""
    first = shell.window.focusWidget()
    assert first is not None, "the page begins without the keyboard"
    found, now = [first], first
    while True:
        now.focusNextChild() if now is not None else None
        now = shell.window.focusWidget()
        if now in found or len(found) > 200:
            return found
        found.append(now)


def clipped(page: QWidget) -> list[str]:
    """Labels and buttons that show less than they have to say, and have no tip with all of it."""
    wrong = []
    for one in seen(page, QLabel):
        words = one.text()
        if not words or one.toolTip():
            continue
        wanted = one.heightForWidth(one.width()) if one.wordWrap() else one.sizeHint().height()
        too_narrow = not one.wordWrap() and one.width() < one.sizeHint().width()
        if one.height() < wanted or too_narrow or one.width() < _longest_word(one):
            wrong.append(f"{words!r} in {one.size()}, wants height {wanted}")
    wrong += [
        f"{one.text()!r} in {one.size()} of {one.sizeHint()}"
        for one in seen(page, QAbstractButton)
        if one.text() and one.width() < one.sizeHint().width()
    ]
    for field in seen(page, QComboBox):
        need = field.fontMetrics().horizontalAdvance(field.currentText()) + 40
        if field.width() < need:
            wrong.append(f"{field.currentText()!r} in {field.width()} of {need}")
    return wrong


def _longest_word(one: QLabel) -> int:
    metrics = one.fontMetrics()
    words = [word for word in one.text().split() if "/" not in word]  # addresses break anywhere
    return max((metrics.horizontalAdvance(word) for word in words), default=0)


def outside(page: QWidget) -> list[str]:
    """Widgets that stick out of the page at its right."""
    areas = page.findChildren(QScrollArea)
    ground = areas[0].viewport() if areas else page
    wrong = []
    for kind in (QLabel, QAbstractButton, QLineEdit, QComboBox, QAbstractScrollArea):
        for one in seen(page, kind):
            if one in areas or not ground.isAncestorOf(one):
                continue
            place = QRect(one.mapTo(ground, one.rect().topLeft()), one.size())
            if place.right() > ground.width():
                wrong.append(f"{one} ends at {place.right()} of {ground.width()}")
    return wrong


@pytest.mark.parametrize("name", PAGES)
def test_the_tab_key_reaches_everything_that_can_be_pressed(shell: Shell, name: str) -> None:
    page = stand(shell, name)
    reached = by_tab(shell)
    wanted = [
        one
        for kind in (QAbstractButton, QLineEdit, QComboBox)
        for one in (*seen(page, kind), *seen(shell.window.side, kind))
        if one.isEnabled() and one.focusPolicy() & Qt.FocusPolicy.TabFocus and not _inner(one)
    ]
    missed = [spoken(one) for one in wanted if one not in reached]
    # Of the buttons of one group, Tab reaches the one that is chosen; arrows lead to the others
    group = {"Library", "Search", "Downloads", "My work", "Disk space", "Settings"}
    assert [name for name in missed if name not in group] == []
    for one in seen(page, QAbstractButton):
        assert one.focusPolicy() & Qt.FocusPolicy.TabFocus, one


@pytest.mark.parametrize("name", PAGES)
def test_every_stop_of_the_keyboard_has_a_name(shell: Shell, name: str) -> None:
    stand(shell, name)
    nameless = [one for one in by_tab(shell) if not spoken(one) and not _inner(one)]
    assert nameless == []


def _inner(one: QWidget) -> bool:
    return isinstance(one.parent(), QSpinBox)  # the field inside is read as the box


@pytest.mark.parametrize("name", PAGES)
def test_each_page_begins_with_the_keyboard_in_it(shell: Shell, name: str) -> None:
    page = stand(shell, name)
    focused = shell.window.focusWidget()
    assert focused is not None
    assert page.isAncestorOf(focused)


def test_two_buttons_with_the_same_sign_are_told_apart(shell: Shell) -> None:
    page = stand(shell, "downloads")
    names = [spoken(one) for one in seen(page, QAbstractButton)]
    assert len(set(names)) >= len(names) - 1  # two weeks of one course open the same page


@pytest.fixture
def large_letters() -> Iterator[None]:
    app = application()
    before = app.font()
    larger = QFont(before)
    larger.setPointSizeF(before.pointSizeF() * 1.5)
    app.setFont(larger)
    yield
    app.setFont(before)


@pytest.mark.parametrize("code", ["en", "fr"])
@pytest.mark.parametrize("size", [(1024, 768), (800, 600)])
def test_nothing_is_cut_off_with_letters_half_as_large_again(
    qtbot: QtBot,
    tmp_path: Path,
    publisher: Publisher,
    large_letters: None,
    code: str,
    size: tuple[int, int],
) -> None:
    publisher.publish(title=LONG)
    wrong = {}
    with running(qtbot, tmp_path / "home", publisher) as shell:
        shell.shown.services.change(language=code)
        shell.shown.renew()
        for name in PAGES:
            if name in PAGES[:2]:
                stand(shell, name)
            shell.window.show_page(name)
            page = getattr(shell.window, name)
            shell.idle()
            shell.window.resize(*size)
            shell.window.messages.hide()
            QApplication.processEvents()
            QApplication.processEvents()
            if found := clipped(page) + clipped(shell.window.side) + outside(page):
                wrong[name] = found
    assert wrong == {}


@pytest.mark.parametrize("name", PAGES)
def test_nothing_is_cut_off_in_an_ordinary_window(shell: Shell, name: str) -> None:
    page = stand(shell, name)
    shell.window.resize(1024, 768)
    shell.window.messages.hide()
    QApplication.processEvents()
    assert clipped(page) + clipped(shell.window.side) + outside(page) == []


def test_the_side_scrolls_to_every_page_in_a_low_window(shell: Shell) -> None:
    shell.learn()
    many = [(f"page{n}", "library", f"Page {n}") for n in range(14)]
    side = Sidebar(shell.shown.services, many)
    shell.qtbot.addWidget(side)
    side.resize(side.width(), 300)
    with shell.qtbot.waitActive(side):
        side.show()
    for one in seen(side, QAbstractButton):
        one.setFocus()
        QApplication.processEvents()
        assert not one.visibleRegion().isEmpty(), one.text()
        assert one.width() >= one.sizeHint().width()
