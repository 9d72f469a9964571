# SPDX-License-Identifier: Apache-2.0
"""What a screen reader finds, and where the Tab key leads, on every page in every state.

The scenes are those of the gallery (`examples/scenes.py`); pages are found in the window itself, so
that a new one is walked through without a line here.
"""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import get_args

import accessible
import homes
import pytest
from PySide6.QtCore import QEvent
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot
from scenes import Stage, pages, scenes
from shiboken6 import isValid
from walker import Walker

from player.course.manifest import AnyActivity
from player.ui.main import Shown, application
from player.ui.main_window import MainWindow

LANGUAGE = "fr"
pytestmark = pytest.mark.qt_log_ignore("propagateSizeHints")  # Qt's, of a screen that is none


@pytest.fixture(scope="module")
def places(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Path]:
    """The three homes of the gallery, in French: what was left in English is heard."""
    return homes.prepare(tmp_path_factory.mktemp("homes"), LANGUAGE)


@contextmanager
def playing(qtbot: QtBot, home: Path) -> Iterator[Stage]:
    """The window on a copy of a home."""
    shown = Shown(application(), shutil.copytree(home, home.with_suffix(".played")))
    try:
        with qtbot.waitExposed(shown.window):
            shown.window.resize(1024, 768)
            shown.window.show()
        stage = Stage(shown, LANGUAGE, Walker(lambda: shown.window, home))
        stage.settle()
        yield stage
    finally:
        shown.close()
        shown.deleteLater()
        QApplication.processEvents()
        QApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)
        shutil.rmtree(home.with_suffix(".played"))


@pytest.mark.parametrize("home", [homes.NEW, homes.BARE, homes.FULL])
def test_everything_says_what_it_is_and_comes_in_its_turn(
    qtbot: QtBot, places: dict[str, Path], home: str
) -> None:
    wrong, shown, kinds = [], set(), set()
    with playing(qtbot, places[home]) as stage, accessible.windows() as opened:
        for scene in scenes(stage.window, home):
            stage.clear()
            scene.show(stage)
            stage.settle()
            shown.add(stage.window.page)
            kinds.add(type(stage.opened))
            now = stage.window.focusWidget()
            if now is None or stage.window.side.isAncestorOf(now):
                wrong.append(f"{scene.name}: the keyboard is at {now and accessible.called(now)}")
            wrong += [f"{scene.name}: {one} opens as a window of its own" for one in opened]
            opened.clear()
            found = dict.fromkeys(accessible.faults(stage.window, LANGUAGE))
            wrong += [f"{scene.name}: {fault}" for fault in found]
        expected = set(pages(stage.window)) if home == homes.FULL else shown
    assert not wrong, "\n".join(wrong)
    assert shown >= expected - {"first_start"}  # that one has a home of its own
    if home == homes.FULL:
        assert kinds >= set(get_args(AnyActivity))


@pytest.mark.parametrize("home", [homes.BARE, homes.FULL])
def test_the_keyboard_stays_where_it_is_when_a_page_is_read_again(
    qtbot: QtBot, places: dict[str, Path], home: str
) -> None:
    """As it is after a look for courses, say, which may come every few minutes."""
    wrong, seen = [], set()
    with playing(qtbot, places[home]) as stage:
        for scene in scenes(stage.window, home):
            stage.clear()
            scene.show(stage)
            stage.settle()
            page = stage.window.page
            if page not in seen | {"lesson"}:  # nothing is read again while one learns
                seen.add(page)
                wrong += [f"{scene.name}: {lost}" for lost in unsteady(stage.window)]
    assert not wrong, "\n".join(wrong)


def unsteady(window: MainWindow) -> Iterator[str]:
    """Yield what loses the keyboard when the page in front is read again."""
    found = list(accessible.stops(window))
    for number in range(len(found)):
        if not (isValid(found[number]) and window.isAncestorOf(found[number])):
            found = list(accessible.stops(window))
        found[number].setFocus()
        name = accessible.called(found[number])
        window.show_again()
        QApplication.processEvents()
        now = window.focusWidget()
        if now is None or accessible.called(now) != name:
            yield f"{name} lost it to {now and accessible.called(now)}"
