# SPDX-License-Identifier: Apache-2.0
"""The real window on a real home, and courses published for it into a folder."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import TypeVar

from PySide6.QtCore import QEvent, QObject
from PySide6.QtGui import QAccessible
from PySide6.QtWidgets import QApplication, QCheckBox, QComboBox, QLabel, QPushButton, QWidget
from pytestqt.qtbot import QtBot
from small_course import small_course, write

from player.journal import journal, outbox
from player.journal.events import Answered, Completed, Opened
from player.publish.keys import own_key, public_text
from player.publish.repository import publish
from player.transport import Transport
from player.ui.main import Shown, application
from player.ui.main_window import MainWindow

W = TypeVar("W", bound=QObject)
COURSE = "petit-cours"
SECOND = '\n[[section]]\ntitle = "Décider"\n\n[[section.sequence]]\nid = "suite"\ntitle = "Suite"\n'
SECOND += 'activities = [{ page = "pages/suite.md" }]\n'


@dataclass
class Publisher:
    """Somebody who publishes courses into `folder`."""

    root: Path
    folder: Path = field(init=False)

    def __post_init__(self) -> None:
        self.folder = self.root / "repository"
        self._secret = own_key(self.root / "publisher.key")

    @property
    def public(self) -> str:
        """The public key, as minisign writes it."""
        return public_text(self._secret)

    def publish(self, files: Mapping[str, str | bytes] = {}, **changes: str) -> str:
        """Publish the small course, files and texts of its outline replaced; its id."""
        suite = {"pages/suite.md": "# Suite\n\nEncore.\n"}
        source = write(small_course(self.root / "source"), suite | dict(files))
        outline = source / "course.toml"
        text = outline.read_text(encoding="utf-8") + SECOND
        for old, new in changes.items():
            text = text.replace(f'{old} = "', f'{old} = "{new}', 1)
        outline.write_text(text, encoding="utf-8")
        return publish(source, self.folder, self._secret).course


@dataclass
class Shell:
    """The program as it runs, and what a test does with it."""

    shown: Shown
    publisher: Publisher
    qtbot: QtBot

    @property
    def window(self) -> MainWindow:
        """The window in front."""
        return self.shown.window

    def idle(self) -> None:
        """Wait until nothing is under way beside the window and nothing waits in it."""
        self.qtbot.waitUntil(lambda: self.window.idle)
        QApplication.processEvents()
        self.qtbot.waitUntil(lambda: self.window.idle)

    def learn(self, name: str = "Awa") -> None:
        """Have a learner, and the publisher's courses on offer."""
        services = self.shown.services
        services.introduce(name)
        services.change(allowed_keys=(self.publisher.public,))
        services.add_repository(str(self.publisher.folder))
        self.window.begin()
        self.idle()

    def take(self, course: str, rendition: str | None = None) -> None:
        """Show a course, and with a rendition fetch all of it."""
        self.window.open_course(course)
        self.idle()
        if rendition is not None:
            sections = [one.id for one in self.shown.services.course(course).sections]
            self.window.fetch(course, sections, rendition)
            self.idle()

    def done(self, course: str, count: int) -> list[str]:
        """Complete the first `count` activities; their ids."""
        services = self.shown.services
        made = [one.id for one in services.course(course).activities()][:count]
        for activity in made:
            where = services.where(course, activity)
            journal.record(services.db, where, Opened(name=activity, type="page"), services.now)
            journal.record(services.db, where, Completed(name=activity, type="page"), services.now)
        return made

    def press(self, text: str, within: QWidget | None = None) -> None:
        """Press the visible button with these words."""
        self.button(text, within).click()
        QApplication.processEvents()

    def press_switch(self, text: str) -> None:
        """Press the visible check box with these words."""
        next(one for one in seen(self.window, QCheckBox) if one.text() == text).click()
        QApplication.processEvents()

    def button(self, text: str, within: QWidget | None = None) -> QPushButton:
        """The visible button with these words."""
        every = seen(within or self.window, QPushButton)
        found = [one for one in every if text in (one.text(), one.accessibleName())]
        assert len(found) == 1, [one.text() or one.accessibleName() for one in every]
        return found[0]

    def texts(self, within: QWidget | None = None) -> list[str]:
        """Every visible text of a label."""
        return [one.text() for one in seen(within or self.window, QLabel) if one.text()]


def seen(within: QWidget, kind: type[W]) -> list[W]:
    """The visible widgets of a kind, once the window has settled."""
    QApplication.processEvents()
    return [
        one for one in within.findChildren(kind) if isinstance(one, QWidget) and one.isVisible()
    ]


def spoken(widget: QWidget) -> str:
    """What a screen reader calls a widget; Qt says the value of a combo box after its label."""
    if isinstance(widget, QComboBox):
        return widget.accessibleName()
    found = QAccessible.queryAccessibleInterface(widget)
    return found.text(QAccessible.Text.Name) if found else ""


@contextmanager
def running(
    qtbot: QtBot, home: Path, publisher: Publisher, transport: Transport | None = None
) -> Iterator[Shell]:
    """The program on `home`, its window shown; all of it gone at the end."""
    shown = Shown(application(), home, transport)
    with qtbot.waitExposed(shown.window):
        shown.window.show()
    try:
        yield Shell(shown, publisher, qtbot)
    finally:
        shown.close()
        shown.deleteLater()
        QApplication.processEvents()
        QApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)


def refuse(shell: Shell, event: str, reason: str) -> None:
    """Let the platform refuse an act."""
    db = shell.shown.services.db
    outbox.put(db, [(event, b"{}")])
    outbox.mark_sent(db, [event], "2026-01-05T09:00:00.000Z")
    outbox.refuse(db, event, reason)


def receive(shell: Shell, event: str) -> None:
    """Let the platform receive an act."""
    db = shell.shown.services.db
    outbox.put(db, [(event, b"{}")])
    outbox.mark_sent(db, [event], "2026-01-05T09:00:00.000Z")
    outbox.acknowledge(db, [event], "2026-01-05T09:00:01.000Z")


def answer(shell: Shell, course: str, score: float) -> str:
    """Answer a question of a course; the id of the act."""
    services = shell.shown.services
    activity = next(iter(services.course(course).activities())).id
    act = Answered(
        name="Rôles",
        title="Qui décide ?",
        question="q",
        attempt="a",
        interaction="choice",
        response="x",
        given={},
        score=score,
        success=score == 1,
    )
    where = services.where(course, activity)
    return journal.record(services.db, where, act, services.now).id
