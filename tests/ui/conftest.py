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
from simulator import Simulator


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
    monkeypatch.setattr("player.ui.metered.network", lambda: "")


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


@pytest.fixture
def server(publisher: Publisher) -> Simulator:
    """A server, in memory, with what is published."""
    made = Simulator()
    made.publish(publisher.folder)
    return made


@pytest.fixture
def far(qtbot: QtBot, tmp_path: Path, publisher: Publisher, server: Simulator) -> Iterator[Shell]:
    """The program with a server on the other side of a line, and its course on offer."""
    with running(qtbot, tmp_path / "far", publisher, server) as made:
        services = made.shown.services
        services.introduce("Awa")
        services.change(allowed_keys=(publisher.public,))
        services.add_repository(server.url)
        made.window.begin()
        made.idle()
        yield made
