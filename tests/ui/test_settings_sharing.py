# SPDX-License-Identifier: Apache-2.0
"""The computers next door, in the settings: lending is a choice, borrowing one address away."""

from __future__ import annotations

import socket
from collections.abc import Iterator
from pathlib import Path

import pytest
from lending import furnish, lent
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QCheckBox, QLineEdit
from pytestqt.qtbot import QtBot
from repository_builder import Built, Draft, build, noise
from shell import Publisher, Shell, running, seen, spoken

from player.course.peer import PORT
from player.errors import PortTaken
from player.settings import load
from player.share import server
from player.store import blobs
from player.ui import neighbourhood

pytestmark = pytest.mark.qt_log_ignore("propagateSizeHints")  # Qt's, of a screen that is none

SWITCH = "Lend my courses in this network"
URL = "https://campus.invalid/courses/"


@pytest.fixture(autouse=True)
def one_desk(monkeypatch: pytest.MonkeyPatch) -> list[int]:
    """Let this PC be a network of its own; the ports that were asked for."""
    asked: list[int] = []

    def listen(port: int) -> socket.socket:
        asked.append(port)
        return server.listen(0, "127.0.0.1")

    monkeypatch.setattr(neighbourhood, "listen", listen)
    monkeypatch.setattr(
        neighbourhood, "addresses", lambda at: [f"192.168.1.20:{at.getsockname()[1]}"]
    )
    return asked


@pytest.fixture
def built() -> Built:
    draft = Draft().section("one", texts=[noise("text", 3000)], videos=[{"240p": noise("f", 9000)}])
    return build(draft, number=1)


@pytest.fixture
def next_door(tmp_path: Path, built: Built) -> Iterator[str]:
    """A PC that lends a course; its address."""
    home = tmp_path / "next door"
    furnish(home, built, URL)
    with lent(home) as url:
        yield url


def show(shell: Shell) -> None:
    shell.window._show(shell.window.settings)
    shell.idle()


def add(shell: Shell, address: str) -> None:
    every = seen(shell.window.settings, QLineEdit)
    field = next(one for one in every if spoken(one) == "Address of a computer next door")
    field.setText(address)
    field.returnPressed.emit()
    shell.idle()


def port_of(shell: Shell) -> int:
    [address] = shell.shown.neighbourhood.addresses
    return int(address.rpartition(":")[2])


def test_nothing_is_lent_unless_it_was_chosen(shell: Shell, one_desk: list[int]) -> None:
    shell.learn()
    show(shell)
    assert not next(
        one for one in seen(shell.window, QCheckBox) if one.text() == SWITCH
    ).isChecked()
    assert not any("Type this" in text for text in shell.texts())
    assert one_desk == []


def test_lending_shows_the_address_for_the_others_and_ends_with_a_click(
    shell: Shell, qtbot: QtBot, one_desk: list[int]
) -> None:
    shell.learn()
    show(shell)
    shell.press_switch(SWITCH)
    assert load(shell.shown.services.home).lend
    assert one_desk == [PORT]
    port = port_of(shell)
    assert f"Type this on the other computer: 192.168.1.20:{port}" in shell.texts()
    shell.press("Copy")
    assert QGuiApplication.clipboard().text() == f"192.168.1.20:{port}"
    with socket.create_connection(("127.0.0.1", port), timeout=10):
        pass
    shell.press_switch(SWITCH)
    qtbot.waitUntil(lambda: shell.shown.neighbourhood._lending.idle)
    assert not load(shell.shown.services.home).lend
    assert not any("Type this" in text for text in shell.texts())
    with pytest.raises(OSError, match="refused"):
        socket.create_connection(("127.0.0.1", port), timeout=10)


def test_on_off_and_on_again_it_lends(shell: Shell, qtbot: QtBot) -> None:
    shell.learn()
    show(shell)
    for _ in range(3):
        shell.press_switch(SWITCH)
    qtbot.waitUntil(lambda: shell.shown.neighbourhood.addresses != [])
    with socket.create_connection(("127.0.0.1", port_of(shell)), timeout=10):
        pass


def test_what_was_chosen_holds_on_the_next_day(
    qtbot: QtBot, tmp_path: Path, publisher: Publisher
) -> None:
    with running(qtbot, tmp_path / "home", publisher) as shell:
        shell.learn()
        shell.shown.services.change(lend=True)
    with running(qtbot, tmp_path / "home", publisher) as shell:
        qtbot.waitUntil(lambda: shell.shown.neighbourhood.addresses != [])
        shell.shown.renew()
        show(shell)
        assert any("Type this" in text for text in shell.texts())


def test_another_computer_takes_a_course_from_this_window(
    qtbot: QtBot, tmp_path: Path, publisher: Publisher, built: Built
) -> None:
    furnish(tmp_path / "here", built, URL)
    with (
        running(qtbot, tmp_path / "here", publisher) as here,
        running(qtbot, tmp_path / "there", publisher) as there,
    ):
        here.shown.services.introduce("Awa")
        here.window.begin()
        show(here)
        here.press_switch(SWITCH)
        services = there.shown.services
        services.introduce("Issa")
        services.change(allowed_keys=(str(built.key),))
        there.window.begin()
        show(there)
        add(there, f"127.0.0.1:{port_of(here)}")
        assert there.window.messages.text == "1 course on offer."
        assert any(text.startswith("Answered ") for text in there.texts())
        there.take("demo", "240p")
        assert blobs.verify(services.db, services.home) == []
        assert all(one.here == one.total > 0 for one in services.wishes())
        qtbot.waitUntil(lambda: here.shown.neighbourhood.sent > 0)
        assert any(text.startswith("Lent so far: ") for text in here.texts())


def test_no_network_and_no_port_are_said(
    shell: Shell, monkeypatch: pytest.MonkeyPatch, one_desk: list[int], qtbot: QtBot
) -> None:
    shell.learn()
    show(shell)
    monkeypatch.setattr(neighbourhood, "addresses", lambda _: [f"127.0.0.1:{PORT}"])
    shell.press_switch(SWITCH)
    assert "No network now: the address stands here once there is one." in shell.texts()
    shell.press_switch(SWITCH)
    qtbot.waitUntil(lambda: shell.shown.neighbourhood._lending.idle)
    tried: list[int] = []

    def taken(port: int) -> socket.socket:
        tried.append(port)
        raise PortTaken(port=port, reason="in use")

    monkeypatch.setattr(neighbourhood, "listen", taken)
    shell.press_switch(SWITCH)
    assert tried == list(neighbourhood.PORTS)
    assert any(text.startswith("Nothing can be lent on port ") for text in shell.texts())
    assert not any("Type this" in text for text in shell.texts())


def test_a_neighbour_is_known_by_its_address_and_forgotten(
    shell: Shell, next_door: str, built: Built
) -> None:
    shell.learn()
    services = shell.shown.services
    services.change(allowed_keys=(str(built.key), *services.settings.allowed_keys))
    show(shell)
    assert "None yet: type the address that the other one shows." in shell.texts()
    name = next_door.split("/")[2]
    add(shell, name)
    assert name in shell.texts()
    assert "demo" in {shelf.id for shelf in services.library()}
    shell.press("See what they lend")
    shell.idle()
    assert shell.window.messages.text == "They lend nothing that is new here."
    shell.press(f"{name}: Forget this computer")
    assert name not in shell.texts()
    assert services.neighbours.known() == []


def test_what_is_no_address_and_who_does_not_answer_are_said(shell: Shell) -> None:
    shell.learn()
    show(shell)
    add(shell, "campus.example")
    assert "is not the address of a computer in this network" in shell.window.messages.text
    with socket.create_server(("127.0.0.1", 0)) as closed:
        port = closed.getsockname()[1]
    add(shell, f"127.0.0.1:{port}")
    assert shell.window.messages.kind == "warn"
    assert any(text.startswith("No connection to ") for text in shell.texts(shell.window.settings))
    shell.window.messages.hide()
    shell.shown.neighbourhood.look(quietly=True)
    shell.idle()
    assert shell.window.messages.text == ""
