# SPDX-License-Identifier: Apache-2.0
"""A list of links: read here, followed elsewhere."""

from __future__ import annotations

from pathlib import Path

import pytest
from lesson_course import Desk
from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QLabel, QPushButton
from pytestqt.qtbot import QtBot

from player.course.manifest import Link, Links
from player.journal.events import Followed
from player.journal.journal import Now
from player.store.database import Database
from player.ui.lesson.links_view import LinksView, shown_address

GUIDE = "https://www.example.org/guide/"
LINKS = Links(
    id="l",
    title="Liens",
    note="<p>À lire.</p>",
    links=(
        Link(url=GUIDE, title="Le guide <b>", note="Vingt pages."),
        Link(url="http://example.net/", title="L'autre"),
    ),
)

pytestmark = pytest.mark.qt_log_ignore("propagateSizeHints")  # Qt's, of a screen that is none


@pytest.fixture
def desk(db: Database, home: Path, learner: str, clock: Now) -> Desk:
    return Desk(db, home, learner, clock)


@pytest.fixture
def view(qtbot: QtBot, desk: Desk) -> LinksView:
    made = LinksView(desk.context(LINKS), LINKS)
    qtbot.addWidget(made)
    made.resize(760, 640)
    with qtbot.waitExposed(made):
        made.show()
    return made


def buttons(view: LinksView, text: str) -> list[QPushButton]:
    return [one for one in view.findChildren(QPushButton) if one.text() == text]


def test_each_link_is_a_card_with_title_place_and_note(view: LinksView) -> None:
    said = [one.text() for one in view.findChildren(QLabel)]
    assert [one for one in said if one in ("Le guide <b>", "example.org/guide", "Vingt pages.")]
    assert "example.net" in said
    assert any("needs a network connection" in one for one in said)


def test_opening_one_is_recorded_and_left_to_the_window(
    view: LinksView, desk: Desk, qtbot: QtBot
) -> None:
    first = buttons(view, "Open")[0]
    assert first.accessibleName() == "Open Le guide <b>"
    qtbot.mouseClick(first, Qt.MouseButton.LeftButton)
    assert desk.addresses == [GUIDE]
    (act,) = desk.acts("followed")
    assert isinstance(act, Followed)
    assert act.url == GUIDE


def test_the_address_can_be_copied(view: LinksView, qtbot: QtBot) -> None:
    second = buttons(view, "Copy the address")[1]
    qtbot.mouseClick(second, Qt.MouseButton.LeftButton)
    assert QGuiApplication.clipboard().text() == "http://example.net/"
    assert second.text() == "Copied"


def test_the_list_counts_as_read_once_it_is_shown(view: LinksView, desk: Desk) -> None:
    assert desk.kinds() == ["opened", "completed"]
    view.close_lesson()
    again = LinksView(desk.context(LINKS), LINKS)
    assert desk.kinds() == ["opened", "completed", "opened"]
    again.deleteLater()


@pytest.mark.parametrize(
    ("url", "short"),
    [(GUIDE, "example.org/guide"), ("https://a.org/" + "b" * 90, "a.org/" + "b" * 57 + "…")],
)
def test_an_address_is_short_enough_to_read(url: str, short: str) -> None:
    assert shown_address(url) == short
