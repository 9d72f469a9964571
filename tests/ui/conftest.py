# SPDX-License-Identifier: Apache-2.0
"""Fixtures of the whole window."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import QLocale, QTranslator
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot
from shell import COURSE, Publisher, Shell, running


@pytest.fixture(autouse=True)
def undressed() -> Iterator[None]:
    """Leave the application, which all tests share, without our words and without our looks."""
    yield
    app = QApplication.instance()
    if not isinstance(app, QApplication):
        return
    for translator in app.findChildren(QTranslator):
        app.removeTranslator(translator)
        translator.deleteLater()
    QLocale.setDefault(QLocale.system())
    if app.styleSheet():
        app.setStyleSheet("")


@pytest.fixture(autouse=True)
def any_line(monkeypatch: pytest.MonkeyPatch) -> None:
    """Keep the line of whoever runs the tests, which may be metered, out of them."""
    monkeypatch.setattr("player.ui.metered._loaded", lambda: None)


@pytest.fixture
def publisher(tmp_path: Path) -> Publisher:
    """Somebody who has published the small course."""
    made = Publisher(tmp_path)
    assert made.publish() == COURSE
    return made


@pytest.fixture
def shell(qtbot: QtBot, tmp_path: Path, publisher: Publisher) -> Iterator[Shell]:
    """The program, started for the first time."""
    with running(qtbot, tmp_path / "home", publisher) as made:
        yield made
