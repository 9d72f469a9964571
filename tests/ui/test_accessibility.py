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
from PySide6.QtCore import QEvent, Qt
from PySide6.QtGui import QAccessible
from PySide6.QtWidgets import QAbstractButton, QApplication, QWidget
from pytestqt.qtbot import QtBot
from scenes import SCENES, Stage, pages, scenes
from walker import Walker

from player.course.manifest import AnyActivity
from player.ui.main import Shown, application

pytestmark = pytest.mark.qt_log_ignore("propagateSizeHints")  # Qt's, of a screen that is none


@pytest.fixture(scope="module", params=["fr", "en"])
def lived(
    request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory
) -> tuple[str, dict[str, Path]]:
    """A language, and three homes in it."""
    return request.param, homes.prepare(tmp_path_factory.mktemp(request.param), request.param)


@contextmanager
def playing(qtbot: QtBot, home: Path, language: str) -> Iterator[Stage]:
    """The window on a copy of a home."""
    shown = Shown(application(), shutil.copytree(home, home.with_suffix(".played")))
    try:
        with qtbot.waitExposed(shown.window):
            shown.window.resize(1024, 768)
            shown.window.show()
        stage = Stage(shown, language, Walker(lambda: shown.window, home))
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
    qtbot: QtBot, lived: tuple[str, dict[str, Path]], home: str
) -> None:
    language, places = lived
    wrong = []
    with playing(qtbot, places[home], language) as stage:
        for scene in scenes(stage.window, home):
            stage.clear()
            scene.show(stage)
            stage.settle()
            if stage.window.focusWidget() is None:
                wrong.append(f"{scene.name}: the keyboard is nowhere")
            found = dict.fromkeys(accessible.faults(stage.window, language))
            wrong += [f"{scene.name}: {fault}" for fault in found]
    assert not wrong, "\n".join(wrong)
