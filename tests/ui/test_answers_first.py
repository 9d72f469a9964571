# SPDX-License-Identifier: Apache-2.0
"""Answers leave before downloads begin, whatever the line costs, and rest when the store asks."""

from __future__ import annotations

import msgspec
import pytest
from lrs_simulator import BUSY_FOR_AN_HOUR, PLATFORM, LrsSimulator
from pytestqt.qtbot import QtBot
from shell import COURSE, Publisher, Shell, answer, running

from player.sync.push import Pushed

pytestmark = pytest.mark.qt_log_ignore("propagateSizeHints")  # Qt's, of a screen that is none


@pytest.fixture
def worked(shell: Shell) -> Shell:
    """An answer waits, and nothing was fetched yet."""
    shell.learn()
    shell.shown.services.change(send_by_itself=False)
    shell.take(COURSE)
    answer(shell, COURSE, 1)
    shell.shown.services.change(send_by_itself=True)
    return shell


def test_answers_go_before_downloads(worked: Shell, monkeypatch: pytest.MonkeyPatch) -> None:
    services, told = worked.shown.services, list[str]()
    real = services.download
    monkeypatch.setattr(services, "send", lambda: told.append("sent") or Pushed(2, 2, 0, 0))
    monkeypatch.setattr(
        services, "download", lambda *a, **k: told.append("fetched") or real(*a, **k)
    )
    sections = [one.id for one in services.course(COURSE).sections]
    worked.window.fetch(COURSE, sections, "")
    worked.idle()
    assert told == ["sent", "fetched"]


def test_answers_go_on_a_metered_line_outside_the_hours_and_with_the_budget_spent(
    worked: Shell,
) -> None:
    services, store = worked.shown.services, LrsSimulator()
    services.change(metered="yes", on_metered="wait", budget_day_mb=1, allowed_hours="03:00-03:01")
    services.line.tally.add("content", 2_000_000, 0)
    services.line.tally.settle()
    assert services.allowance().reason
    services.transport = services.line.transport = store
    services.join(msgspec.json.encode(PLATFORM))
    worked.shown.errands.send_quietly()
    worked.idle()
    assert services.counts().waiting == 0
    assert len(store.stored) == services.counts().received


def test_a_store_that_wants_rest_is_not_asked_by_itself(worked: Shell) -> None:
    store, errands = busy_store(worked), worked.shown.errands
    errands.send_quietly()
    worked.idle()
    errands.send_quietly()
    errands.try_again()
    worked.idle()
    assert len(store.posts) == 1
    assert errands._rest.isActive()
    assert 3_590_000 < errands._rest.interval() <= 3_600_000
    errands.send()  # somebody pressed the button
    worked.idle()
    assert len(store.posts) == 2


def test_a_store_that_wants_rest_gets_it_over_a_restart(
    worked: Shell, qtbot: QtBot, publisher: Publisher
) -> None:
    store, services = busy_store(worked), worked.shown.services
    worked.shown.errands.send()
    worked.idle()
    services.remove_repository(services.repositories()[0].url)
    with running(qtbot, services.home, publisher, store) as again:
        again.window.begin()
        again.idle()
        again.shown.errands.try_again()
        again.idle()
        assert len(store.posts) == 1
        store.always = None
        again.shown.errands.send()  # somebody pressed the button
        again.idle()
        assert again.shown.services.counts().waiting == 0


def busy_store(shell: Shell) -> LrsSimulator:
    """The platform of this PC from now on: it wants to be left alone for an hour."""
    services, store = shell.shown.services, LrsSimulator()
    store.now, store.always = services.now, BUSY_FOR_AN_HOUR
    services.transport = services.line.transport = store
    services.join(msgspec.json.encode(PLATFORM))
    return store
