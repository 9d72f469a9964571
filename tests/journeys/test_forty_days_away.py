# SPDX-License-Identifier: Apache-2.0
"""A learner returns after forty days.

She had half of the second week behind her, with a plan of two hours a week. Then came the rains. A
quiz was due meanwhile, there is no connection, and somebody freed space and deleted a video.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from clock import Clock
from PySide6.QtCore import QEvent, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLabel, QWidget
from pytestqt.qtbot import QtBot
from small_course import COURSE as OUTLINE
from small_course import small_course, write

from player import app
from player.app import Services
from player.errors import Offline
from player.journal.events import Completed, Opened
from player.journal.journal import events, record
from player.publish.keys import own_key, public_text
from player.publish.repository import publish
from player.transport import Reply
from player.ui.main import Shown, application

pytestmark = pytest.mark.qt_log_ignore("propagateSizeHints")  # Qt's, of a screen that is none

COURSE = "petit-cours"
AWAY = 40  # days
SECOND = """
[[section]]
title = "Décider"

[[section.sequence]]
id = "modes"
title = "Comment décider"
activities = [
    {{ page = "pages/modes.md" }},
    {{ video = "media/decider", title = "Décider : la vidéo" }},
    {{ page = "pages/fin.md" }},
    {{ quiz = "quizzes/roles.gift", id = "bilan", title = "Le bilan", answer_by = {due} }},
]
"""


class NoLine:
    """A road on which nothing moves, and that says who tried."""

    def __init__(self) -> None:
        self.asked: list[str] = []

    @contextmanager
    def request(self, _method: str, url: str, **_rest: object) -> Iterator[Reply]:
        self.asked.append(url)
        raise Offline(place=url)
        yield Reply(200)


@pytest.fixture
def before(tmp_path: Path, clock: Clock) -> list[str]:
    """What she did forty days ago, by the clock of the PC; the ids of the course's activities."""
    today = datetime.now(UTC)
    clock.now = today - timedelta(days=AWAY)
    due = (today - timedelta(days=12)).strftime("%Y-%m-%dT%H:%M:%SZ")
    source = small_course(tmp_path / "source")
    films = {
        f"media/decider{one.name.removeprefix('roles')}": one.read_bytes()
        for one in (source / "media").glob("roles.*")
    }
    outline = OUTLINE + SECOND.format(due=due)
    texts = {
        "pages/modes.md": "# Les modes\n\nSeul ou ensemble.\n",
        "pages/fin.md": "# Fin\n\nOui.",
    }
    write(source, {**films, **texts, "course.toml": outline})
    secret = own_key(tmp_path / "publisher.key")
    publish(source, tmp_path / "repository", secret)
    services = app.build(tmp_path / "home", lambda _: None, None, clock)
    services.introduce("Awa")
    services.change(allowed_keys=(public_text(secret),), language="en")
    services.refresh(services.add_repository(str(tmp_path / "repository")))
    course = services.take_up(COURSE)
    services.ask(COURSE, [one.id for one in course.sections], "240p")
    services.download(by_hand=True)
    services.plans.set(course, 2)
    names = [one.id for one in course.activities()]
    for name in names[:8]:
        clock.forward(minutes=3)
        learnt(services, name)
    services.close_thread()
    return names


def learnt(services: Services, name: str) -> None:
    where = services.where(COURSE, name)
    for act in (Opened(name=name, type="page"), Completed(name=name, type="page")):
        record(services.db, where, act, services.now)


@pytest.fixture
def opened(
    qtbot: QtBot, tmp_path: Path, before: list[str], monkeypatch: pytest.MonkeyPatch
) -> Iterator[Shown]:
    """The program, started today where nobody can be reached."""
    monkeypatch.setattr("player.ui.metered._loaded", lambda: None)
    monkeypatch.setattr("player.ui.metered.network", lambda: "")
    made = Shown(application(), tmp_path / "home", NoLine())
    with qtbot.waitExposed(made.window):
        made.window.show()
    qtbot.waitUntil(lambda: made.window.idle)
    yield made
    made.close()
    made.deleteLater()
    QApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)
    application().setStyleSheet("")


def texts(within: QWidget) -> list[str]:
    QApplication.processEvents()
    return [one.text() for one in within.findChildren(QLabel) if one.isVisible() and one.text()]


def test_a_learner_returns_after_forty_days(qtbot: QtBot, opened: Shown, before: list[str]) -> None:
    window, services = opened.window, opened.services
    card = window.library.cards[0]

    # One look says where she was, what is next, and that nothing is lost
    assert window.page == "library"
    said = texts(card)
    assert "Welcome back. You had got to “Décider : la vidéo”." in said
    assert "Next: Fin" in said
    assert any(one.startswith("8 of 10 done · Décider: 2 of 4, about ") for one in said)
    late = next(one for one in said if one.startswith("“Le bilan” was due on "))
    assert "It is all still open" in late
    assert any("A new week: 2 h are planned." in one for one in said)
    assert not [one for one in said if "missed" in one or "behind" in one]

    # What to look at again is the beginning of the sitting that was under way
    assert card.again.text().startswith("Look again at “Les modes” · about ")
    QTest.keyClick(card.again, Qt.Key.Key_Space)
    assert window.lesson.activity == before[6]

    # One key leads on, to what was next; the welcome was for the return, and is over
    QTest.keyClick(window, Qt.Key.Key_Right, Qt.KeyboardModifier.AltModifier)
    qtbot.waitUntil(lambda: window.lesson.activity == before[8])
    QTest.keyClick(window, Qt.Key.Key_1, Qt.KeyboardModifier.ControlModifier)
    assert window.page == "library"
    assert not [one for one in texts(card) if one.startswith(("Welcome", "“Le bilan” was due"))]
    assert not card.again.isVisible()

    # What was late is done all the same, and counts
    learnt(services, before[8])
    assert services.steps.next_activity(services.course(COURSE)) == "bilan"
    learnt(services, "bilan")
    window.show_page("library")
    assert "You have come to the end of this course. Bravo!" in texts(card)
    assert services.library()[0].completed == 10
    assert [one.kind for one in events(services.db, "kind = 'planned'")] == ["planned"]


def test_what_was_deleted_meanwhile_is_offered_at_its_price_and_nothing_else_of_it(
    opened: Shown, before: list[str]
) -> None:
    services, card = opened.services, opened.window.library.cards[0]
    page = services.course(COURSE).find(before[8])
    assert page is not None
    first = services.course(COURSE).find(before[6])
    assert first is not None
    for blob in (*page.blobs(), *first.blobs()):
        services.db.execute("DELETE FROM blobs WHERE sha256 = ?", [blob])
    services.db.conn.commit()
    opened.window.library.show_now()
    assert card.go.text().startswith("Fetch it and go on · ")
    assert card.again.text().startswith("Look again at “Décider : la vidéo” · about ")
