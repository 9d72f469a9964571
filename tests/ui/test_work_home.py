# SPDX-License-Identifier: Apache-2.0
"""One learner on two PCs: the code, the first start on the second, what was done comes home."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from contextlib import AbstractContextManager
from pathlib import Path

import msgspec
import pytest
from carrying import CAMPUS, Pc
from clock import Clock
from every_act import ENROLLED, PASSED
from lrs_simulator import ENDPOINT, SILENT, LrsSimulator
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QFileDialog, QLineEdit
from pytestqt.qtbot import QtBot
from shell import Publisher, Shell, running, seen

from player.errors import WrongCode, WrongPassphrase
from player.journal.learners import Learner
from player.sync import courier
from player.sync.code import code_of
from player.transport import Reply, Roads
from player.ui.language import say
from player.ui.work_save import SaveMenu

ADA = Learner("7f1c1b5e-6c7d-4e0a-9a51-1d2c3b4a5f60", "Ada")
pytestmark = pytest.mark.qt_log_ignore("propagateSizeHints")  # Qt's, of a screen that is none


class Road(Roads):
    """The store where its address is asked for, and folders."""

    def __init__(self, store: LrsSimulator) -> None:
        super().__init__("test")
        self._store = store

    def request(
        self,
        method: str,
        url: str,
        *,
        headers: Mapping[str, str] | None = None,
        body: bytes | None = None,
    ) -> AbstractContextManager[Reply]:
        road = self._store if url.startswith(ENDPOINT) else super()
        return road.request(method, url, headers=headers, body=body)


@pytest.fixture
def store(clock: Clock) -> LrsSimulator:
    found = LrsSimulator()
    found.now = clock
    return found


@pytest.fixture
def elsewhere(tmp_path: Path, clock: Clock, store: LrsSimulator) -> Pc:
    """Another PC, where Ada did two things that the platform has."""
    pc = Pc(tmp_path / "elsewhere", clock)
    pc.do(ENROLLED, PASSED, learner=ADA)
    pc.push(store)
    return pc


@pytest.fixture
def here(
    qtbot: QtBot, tmp_path: Path, publisher: Publisher, store: LrsSimulator
) -> Iterator[Shell]:
    """A PC of the platform on which nobody has worked."""
    with running(qtbot, tmp_path / "home", publisher, Road(store)) as made:
        made.shown.services.join(msgspec.json.encode(CAMPUS))
        made.window.first_start.show_now()
        made.press("I already worked on another computer")
        yield made


def fields(shell: Shell) -> list[QLineEdit]:
    return seen(shell.window.first_start._elsewhere, QLineEdit)


def start(shell: Shell, code: str) -> None:
    shell.window.first_start.name = "Ada"
    fields(shell)[0].setText(code)
    shell.press("Start learning")
    shell.idle()


def menu(shell: Shell, text: str) -> None:
    """Choose something of "More" in "my work"."""
    shell.window._show(shell.window.work)
    (found,) = shell.window.work.findChildren(SaveMenu)
    next(one for one in found.actions() if one.text() == text).trigger()
    shell.idle()


def test_without_a_platform_it_is_said_what_comes_first(shell: Shell) -> None:
    shell.press("I already worked on another computer")
    panel = shell.window.first_start._elsewhere
    assert any("choose it above first" in text for text in shell.texts(panel))
    assert not fields(shell)
    assert shell.window.focusWidget() is shell.button("A file from my platform…")


def test_the_code_is_enough_to_go_on_elsewhere(here: Shell, elsewhere: Pc) -> None:
    assert here.window.focusWidget() is fields(here)[0]
    start(here, code_of(ADA.id).lower().replace("-", " "))
    services = here.shown.services
    assert here.window.page == "library"
    assert services.learner
    assert (services.learner.id, services.learner.name) == (ADA.id, "Ada")
    assert here.window.messages.text == "2 acts from your other computers came."
    assert {one.event.id for one in services.ledger(limit=9)} == set(elsewhere.ids())
    menu(here, "Look for what I did elsewhere")
    assert here.window.messages.text == "All you did elsewhere is here already."


def test_a_code_that_was_mistyped_is_said_and_nobody_is_written_down(here: Shell) -> None:
    start(here, code_of(ADA.id)[:-1])
    assert here.window.messages.text == say(WrongCode())
    assert here.window.page == "first_start"
    assert here.shown.services.learner is None


def test_without_a_connection_it_begins_all_the_same(
    here: Shell, elsewhere: Pc, store: LrsSimulator
) -> None:
    store.reads = [SILENT] * 20
    start(here, code_of(ADA.id))
    assert here.window.page == "library"
    assert here.window.messages.kind == "warn"
    assert here.shown.services.learner


def test_a_file_of_the_other_computer_is_enough_too(
    here: Shell, elsewhere: Pc, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (parcel,) = elsewhere.pack_journal("correct horse", ADA)
    file = tmp_path / parcel.name
    courier.write(file, parcel.data)
    monkeypatch.setattr(QFileDialog, "getOpenFileName", lambda *_, **__: (str(file), ""))
    here.press("Or a file that it wrote…")
    assert not here.button("Start learning").isEnabled()
    secret = next(one for one in fields(here) if one.echoMode() == QLineEdit.EchoMode.Password)
    assert here.window.focusWidget() is secret
    secret.setText("guess")
    here.press("Start learning")
    here.idle()
    assert here.window.messages.text == say(WrongPassphrase(place=file.name))
    assert here.window.page == "first_start"
    secret.setText("correct horse")
    here.qtbot.keyClick(secret, Qt.Key.Key_Return)
    here.idle()
    assert here.window.page == "library"
    assert here.shown.services.learner == ADA
    assert here.window.messages.text == "2 acts of Ada are new on this computer."


def test_who_chooses_no_file_goes_back_to_the_code(
    here: Shell, monkeypatch: pytest.MonkeyPatch
) -> None:
    names = ["some.cartable-bundle", ""]
    monkeypatch.setattr(QFileDialog, "getOpenFileName", lambda *_, **__: (names.pop(0), ""))
    here.press("Or a file that it wrote…")
    assert len(fields(here)) == 2
    here.press("some.cartable-bundle")
    assert here.window.focusWidget() is fields(here)[0]
    assert len(fields(here)) == 1


def test_my_code_is_shown_and_copied(here: Shell) -> None:
    start(here, code_of(ADA.id))
    menu(here, "My code for another computer…")
    code = code_of(ADA.id)
    assert code in here.texts(here.window.work)
    here.press("Copy the code")
    assert QApplication.clipboard().text() == code
    here.press("Close")
    assert code not in here.texts(here.window.work)


def test_where_there_is_no_platform_there_is_no_code(shell: Shell) -> None:
    shell.learn()
    menu(shell, "My code for another computer…")
    assert shell.window.messages.kind == "bad"
    assert "My work on another computer" not in shell.texts(shell.window.work)
