# SPDX-License-Identifier: Apache-2.0
"""An update in the window: what it changes and costs first, then consent, then the course."""

from __future__ import annotations

import threading
from dataclasses import replace

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QAccessible
from PySide6.QtWidgets import QListView, QPushButton
from pytestqt.qtbot import QtBot
from shell import COURSE, Publisher, Shell, seen, spoken
from simulator import Simulator
from small_course import film

from player.app.updates import Preview
from player.course.manifest import Video
from player.store.blobs import present
from player.ui.course_list import Role
from player.ui.language import install, size
from player.ui.main import application
from player.ui.main_window import MainWindow, Where

pytestmark = pytest.mark.qt_log_ignore("propagateSizeHints")  # Qt's, of a screen that is none

NEW_PAGE = "# Qui fait quoi ?\n\nTout autrement.\n"
NEW_FILM = {"media/roles.480p.mp4": film(1.5, 480, rest=bytes(150_000) + b"x" * 90_000)}
OFFERED = "Version 2 is offered. You have 1; what you did stays."


def offer(shell: Shell, server: Simulator, **files: str | bytes) -> None:
    """Publish a version with another page and another film, and look."""
    changed = {"pages/roles.md": NEW_PAGE, **NEW_FILM, **files}
    shell.publisher.publish(changed, title="Nouveau ")
    server.publish(shell.publisher.folder)
    shell.window.refresh()
    shell.idle()


@pytest.fixture
def offered(far: Shell, server: Simulator) -> Shell:
    """All of version 1 is here, version 2 is offered, and the course's page is shown."""
    far.take(COURSE, "480p")
    offer(far, server)
    return far


def version(shell: Shell) -> int:
    return shell.shown.services.course(COURSE).version


def panel(shell: Shell) -> list[str]:
    """What the panel says, and its buttons."""
    renewal = shell.window.course.renewal
    return [*shell.texts(renewal), *(one.text() for one in seen(renewal, QPushButton))]


def get(shell: Shell) -> QPushButton:
    return shell.window.course.renewal.get


def is_new(shell: Shell) -> bool:
    """Whether the library's card has the sign of an update."""
    shell.window._show(shell.window.library)
    found = seen(shell.window.library, QListView)[0].model().index(0, 0)
    words = found.data(Qt.ItemDataRole.AccessibleTextRole)
    assert found.data(Role.NEW) == ("A new version is offered" in words)
    return bool(found.data(Role.NEW))


def test_what_it_changes_and_costs_comes_before_it_can_be_had(offered: Shell) -> None:
    found = offered.shown.services.update_preview(COURSE)
    assert found.exact
    assert found.cost > 0
    takes = f"It takes {size(found.cost)}: what is here already is not fetched again."
    changed = "Changed: Qui fait quoi ?\nVideos saved anew: Roles"
    button = f"Get it ({size(found.cost)})"
    assert panel(offered) == [OFFERED, changed, takes, button, "Not now"]
    assert spoken(offered.window.course.renewal) == OFFERED
    heard = QAccessible.queryAccessibleInterface(get(offered)).text(QAccessible.Text.Description)
    assert heard == f"{changed}\n{takes}"
    assert version(offered) == 1
    assert offered.shown.services.goal(COURSE) == offered.shown.services.course(COURSE)


def test_while_it_is_looked_up_that_is_said_and_nothing_can_be_had_blindly(
    far: Shell, server: Simulator, monkeypatch: pytest.MonkeyPatch
) -> None:
    far.take(COURSE, "480p")
    gate, services, calls = threading.Event(), far.shown.services, list[str]()
    preview = services.update_preview

    def slow(course: str) -> Preview:
        calls.append(course)
        gate.wait()
        return preview(course)

    monkeypatch.setattr(services, "update_preview", slow)
    far.publisher.publish({"pages/roles.md": NEW_PAGE})
    server.publish(far.publisher.folder)
    far.window.refresh()
    far.qtbot.waitUntil(lambda: bool(calls))
    for _ in range(3):
        far.window.course.show_now()
    assert panel(far) == [OFFERED, "Looking up what it changes and costs…", "Not now"]
    gate.set()
    far.idle()
    assert calls == [COURSE]
    assert get(far).isVisible()


def test_consent_brings_it_and_its_end_is_said_once(offered: Shell, server: Simulator) -> None:
    services, done = offered.shown.services, offered.done(COURSE, 1)
    server.unreachable()
    get(offered).click()
    offered.qtbot.waitUntil(lambda: any("waits for the connection" in t for t in panel(offered)))
    [words, why, stay] = panel(offered)
    here = sum(one.here for one in services.wishes())
    total = sum(one.total for one in services.wishes())
    assert 0 < here < total
    number = size(total).removesuffix(" kB")
    assert words.startswith("Version 2 is coming: ")
    assert words.endswith(f" of {number} kB are here. You go on with version 1 until it is whole.")
    assert why.startswith("It waits for the connection since ")
    assert stay == "Stay with version 1"
    offered.window._show(offered.window.library)
    card = seen(offered.window.library, QListView)[0].model().index(0, 0)
    words = card.data(Qt.ItemDataRole.AccessibleTextRole)
    assert "Version 2 is coming · Waiting since " in words
    assert not card.data(Role.NEW)
    assert "Waiting for the connection: " in " ".join(offered.texts(offered.window.side))
    assert version(offered) == 1
    server.unreachable(down=False)
    offered.idle()
    assert version(offered) == 2
    text = "“Nouveau Petit cours” is version 2 now. What you did was kept."
    assert offered.window.messages.text == text
    offered.window._show(offered.window.course)
    assert panel(offered)[0] == "This is version 2 now. What you did was kept."
    assert "Nouveau Petit cours" in offered.texts(offered.window.course)
    texts = offered.texts(offered.window.course)
    assert any(one.startswith(f"{len(done)} of 7 done") for one in texts)
    offered.press("Close this notice")
    assert panel(offered) == []
    offered.window.download()
    offered.idle()
    assert panel(offered) == []
    assert services.settings.put_off == ()


def test_on_its_own_page_the_news_is_said_there_alone(offered: Shell, server: Simulator) -> None:
    get(offered).click()
    offered.idle()
    assert panel(offered)[0] == "This is version 2 now. What you did was kept."
    assert "is version 2 now" not in offered.window.messages.text
    offered.window._show(offered.window.library)
    offered.take(COURSE)
    assert panel(offered)[0].startswith("This is version 2 now.")  # until another is looked at
    other = offered.publisher.publish(id="x-", title="Autre ")
    server.publish(offered.publisher.folder)
    offered.window.refresh()
    offered.idle()
    for course in (other, COURSE):
        offered.take(course)
        assert panel(offered) == []


def test_it_is_said_on_a_page_that_nobody_had_looked_at_when_it_ended(
    offered: Shell, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(MainWindow, "where", lambda _: Where("library"))
    offered.shown.renew()
    assert not offered.window.is_made("course")
    offered.shown.services.renew(COURSE)
    offered.window.download()
    offered.idle()
    assert version(offered) == 2
    assert "is version 2 now" in offered.window.messages.text
    offered.take(COURSE)
    assert panel(offered)[0] == "This is version 2 now. What you did was kept."


def test_the_keyboard_alone_gets_it_and_does_not_lose_its_place(
    offered: Shell, qtbot: QtBot
) -> None:
    for _ in range(200):
        if offered.window.focusWidget() is get(offered):
            break
        offered.window.focusWidget().focusNextChild()
    assert offered.window.focusWidget() is get(offered)
    qtbot.keyClick(get(offered), Qt.Key.Key_Return)
    offered.idle()
    assert version(offered) == 2
    focused = offered.window.focusWidget()
    assert focused is not None
    assert focused.isVisible()
    assert offered.window.course.isAncestorOf(focused)


def test_what_is_put_off_is_not_pushed_again_and_can_be_had_all_the_same(
    offered: Shell, server: Simulator
) -> None:
    assert is_new(offered)
    offered.window._show(offered.window.course)
    offered.press("Not now")
    put_off = ["You put off version 2 and go on with version 1.", "What does it change?"]
    assert panel(offered) == put_off
    assert not is_new(offered)
    offered.window.refresh()
    offered.idle()
    offered.take(COURSE)
    assert panel(offered) == put_off
    offered.press("What does it change?")
    offered.idle()
    assert panel(offered)[0] == put_off[0]
    assert "Not now" not in panel(offered)
    get(offered).click()
    offered.idle()
    assert version(offered) == 2
    offer(offered, server, **{"pages/suite.md": "# Suite\n\nEt fin.\n"})
    assert is_new(offered)  # the next one is another question


def test_where_updates_are_off_it_says_so_and_how_to_have_one(offered: Shell) -> None:
    offered.window._show(offered.window.settings)
    box = offered.window.settings.budget._words["updates"]
    assert spoken(box) == "A new version of a course"
    box.setCurrentIndex(box.findData("never"))
    assert not is_new(offered)
    offered.take(COURSE)
    words = "Version 2 is offered. Updates are off in the settings, so you go on with version 1."
    assert panel(offered) == [words, "What does it change?", "Settings of updates"]
    offered.press("Settings of updates")
    assert offered.window.page == "settings"
    offered.window._show(offered.window.course)
    offered.press("What does it change?")
    offered.idle()
    get(offered).click()
    offered.idle()
    assert version(offered) == 2


def test_without_a_connection_the_most_is_said_and_it_can_be_looked_up_later(
    far: Shell, server: Simulator
) -> None:
    far.take(COURSE, "480p")
    far.window._show(far.window.library)
    offer(far, server)
    server.unreachable()
    far.take(COURSE)
    [head, why, most, *buttons] = panel(far)
    assert head == OFFERED
    assert why.startswith("What it changes could not be looked up. No connection to ")
    [shelf] = far.shown.services.library()
    price = size(shelf.base + shelf.renditions["480p"])
    assert most == f"It takes at most {price}, all of the course."
    assert buttons == [f"Get it (at most {price})", "Look again", "Not now"]
    server.unreachable(down=False)
    far.press("Look again")
    far.idle()
    assert panel(far)[1].startswith("Changed: ")
    server.unreachable()
    far.window.course.renewal.take(COURSE, far.shown.services.update_preview(COURSE))
    assert panel(far)[1].startswith("Changed: ")


def test_it_is_looked_up_again_when_there_is_a_connection(far: Shell, server: Simulator) -> None:
    far.take(COURSE, "480p")
    far.window._show(far.window.library)
    offer(far, server)
    server.unreachable()
    far.take(COURSE)
    server.unreachable(down=False)
    far.shown.errands.look(quietly=True)
    far.idle()
    assert panel(far)[1].startswith("Changed: ")


def test_where_piece_lists_cannot_be_had_the_price_is_an_upper_one(
    offered: Shell, monkeypatch: pytest.MonkeyPatch
) -> None:
    found = offered.shown.services.update_preview(COURSE)
    rough = replace(found, cost=8_100_000, at_most=8_100_000, exact=False)
    offered.window.course.renewal.take(COURSE, rough)
    assert "Get it (at most 8.1 MB)" in panel(offered)
    offered.window.course.renewal.take("other", found)  # of a course that is not shown
    assert "Get it (at most 8.1 MB)" in panel(offered)


def test_one_that_is_coming_can_be_stopped(offered: Shell, server: Simulator) -> None:
    services = offered.shown.services
    server.unreachable()
    get(offered).click()
    offered.qtbot.waitUntil(lambda: "Stay with version 1" in panel(offered))
    offered.press("Stay with version 1")
    server.unreachable(down=False)
    offered.idle()
    assert version(offered) == 1
    assert services.goal(COURSE) == services.course(COURSE)
    assert panel(offered)[0] == "You put off version 2 and go on with version 1."
    assert not offered.shown.errands.is_fetching
    assert all(one.here == one.total for one in services.wishes())


def test_a_later_one_can_take_the_place_of_one_that_is_coming(
    offered: Shell, server: Simulator
) -> None:
    server.unreachable()
    get(offered).click()
    offered.qtbot.waitUntil(lambda: "Stay with version 1" in panel(offered))
    offered.window.errands.pause()
    server.unreachable(down=False)
    offered.idle()
    offer(offered, server, **{"pages/suite.md": "# Suite\n\nEt fin.\n"})
    head, changed, *_ = panel(offered)
    assert head.startswith("Version 2 is coming: ")
    assert "Nothing of it is coming at the moment: see the downloads." in head
    assert head.endswith("Version 3 is offered by now.")
    assert "Suite" in changed
    assert "Stay with version 1" in panel(offered)
    get(offered).click()
    offered.idle()
    assert version(offered) == 3


def test_a_lesson_that_is_open_goes_on_in_the_new_version(offered: Shell) -> None:
    services = offered.shown.services
    first, second, *_ = services.course(COURSE).activities()
    offered.window.open_activity(COURSE, first.id)
    services.renew(COURSE)
    offered.window.download()
    offered.idle()
    assert version(offered) == 2
    assert offered.window.page == "lesson"
    assert offered.window.messages.text.endswith("is version 2 now. What you did was kept.")
    offered.press("Next")
    assert offered.window.lesson.activity == second.id
    assert not any("is not on this computer yet" in text for text in offered.texts())
    shown = offered.window.lesson._manifest
    assert shown is not None
    assert shown.version == 2
    assert isinstance(second, Video)
    old = next(one.blob for one in second.renditions if one.name == "480p")
    assert old not in present(services.db)  # of the version that the lesson began with


def test_it_is_said_in_french(offered: Shell) -> None:
    install(application(), "fr")
    offered.shown.services.change(language="fr")
    offered.shown.renew()
    offered.idle()
    assert "La version 2 est proposée. Vous avez la 1 ; ce que vous avez fait reste." in [
        " ".join(one.split()) for one in panel(offered)
    ]
    assert any(one.startswith("L’obtenir (") for one in panel(offered))
    assert "Pas maintenant" in panel(offered)


def test_the_tree_keeps_what_was_chosen(offered: Shell, publisher: Publisher) -> None:
    course = offered.window.course
    third = [one.id for one in offered.shown.services.course(COURSE).activities()][2]
    course._tree.setCurrentIndex(course._model.index_of(third))
    get(offered).click()
    offered.idle()
    assert course._tree.currentIndex() == course._model.index_of(third)
