# SPDX-License-Identifier: Apache-2.0
"""The window as it is read from the right: what turns round, and what does not."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QImage
from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot
from shell import COURSE, Publisher, running

from player.ui.icons import MIRRORED, SHAPES, pixmap
from player.ui.lesson.video_controls import VideoControls
from player.ui.main import application
from player.ui.parts import Words, button, label, row

pytestmark = pytest.mark.qt_log_ignore("propagateSizeHints")  # Qt's, of a screen that is none
ARABIC, FRENCH = "قيادة فريق صغير", "Diriger une équipe"


def sides(side: Qt.LayoutDirection) -> None:
    application().setLayoutDirection(side)


@pytest.fixture(autouse=True)
def from_the_right() -> Iterator[None]:
    sides(Qt.LayoutDirection.RightToLeft)
    yield
    sides(Qt.LayoutDirection.LeftToRight)


def drawn(name: str) -> QImage:
    return pixmap(name, "#000000", 32).toImage()


@pytest.mark.parametrize("name", sorted(SHAPES))
def test_what_points_along_the_line_of_reading_is_mirrored(qtbot: QtBot, name: str) -> None:
    here = drawn(name)
    sides(Qt.LayoutDirection.LeftToRight)
    there = drawn(name)
    if name in MIRRORED:
        assert here != there
        there = there.flipped(Qt.Orientation.Horizontal)
    assert here == there


def test_an_arrow_that_points_on_stands_behind_its_words(qtbot: QtBot) -> None:
    for side in (Qt.LayoutDirection.RightToLeft, Qt.LayoutDirection.LeftToRight):
        sides(side)
        on = button("Next", lambda: None, sign="arrow-right")
        back = button("Back", lambda: None, sign="arrow-left")
        qtbot.addWidget(on)
        qtbot.addWidget(back)
        assert on.layoutDirection() != side
        assert back.layoutDirection() == side


def inked(one: QWidget) -> tuple[int, int]:
    """How far from its left and from its right edge a widget's ink begins."""
    image = one.grab().toImage()
    ground = image.pixel(QPoint())
    columns = [
        x
        for x in range(image.width())
        if any(image.pixel(x, y) != ground for y in range(image.height()))
    ]
    return columns[0], image.width() - 1 - columns[-1]


@pytest.mark.parametrize("text", [ARABIC, FRENCH])
def test_a_label_begins_where_the_window_does_and_a_paragraph_where_its_language_does(
    qtbot: QtBot, text: str
) -> None:
    window = QWidget()
    qtbot.addWidget(window)
    word, paragraph = label(text), Words(text)
    window.setLayout(row(word, paragraph))
    window.resize(900, 60)
    window.show()
    left, right = inked(word)
    assert left > right
    left, right = inked(paragraph)
    assert (left > right) == (text == ARABIC)
    sides(Qt.LayoutDirection.LeftToRight)
    window.setLayoutDirection(Qt.LayoutDirection.LeftToRight)
    left, right = inked(word)
    assert left < right


def test_a_film_runs_from_the_left_and_so_do_its_keys(qtbot: QtBot) -> None:
    window = QWidget()
    qtbot.addWidget(window)
    controls = VideoControls()
    window.setLayout(row(controls))
    window.resize(900, 120)
    window.show()
    assert window.layoutDirection() is Qt.LayoutDirection.RightToLeft
    order = [controls.play, controls.back, controls.on, controls.volume, controls.fullscreen]
    assert [one.x() for one in order] == sorted(one.x() for one in order)


def test_the_side_and_the_way_back_stand_at_the_right(qtbot: QtBot, tmp_path: Path) -> None:
    publisher = Publisher(tmp_path)
    publisher.publish()
    with running(qtbot, tmp_path / "home", publisher) as shell:
        shell.learn()
        shell.take(COURSE, "")
        window = shell.window
        assert window.side.x() > window.course.mapTo(window, QPoint()).x()
        back = shell.button("Back", window.course)
        assert back.mapTo(window, QPoint()).x() > window.course.next.mapTo(window, QPoint()).x()
        assert not back.icon().isNull()
