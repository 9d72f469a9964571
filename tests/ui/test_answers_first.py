# SPDX-License-Identifier: Apache-2.0
"""Answers leave before downloads begin, whatever the line costs, and rest when the store asks."""

from __future__ import annotations

import msgspec
import pytest
from lrs_simulator import PLATFORM, LrsSimulator
from shell import COURSE, Shell, answer

from player.errors import ServerBusy
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


def test_a_store_that_wants_rest_is_not_asked_by_itself(
    worked: Shell, monkeypatch: pytest.MonkeyPatch
) -> None:
    services, sent = worked.shown.services, list[str]()
    busy = Pushed(1, 0, 0, 2, ServerBusy(place="campus", seconds=1800))
    monkeypatch.setattr(services, "send", lambda: sent.append("sent") or busy)
    errands = worked.shown.errands
    errands.send_quietly()
    worked.idle()
    errands.send_quietly()
    errands.try_again()
    worked.idle()
    assert sent == ["sent"]
    assert errands._rest.isActive()
    assert errands._rest.interval() == 1_800_000
    errands.send()  # somebody pressed the button
    worked.idle()
    assert sent == ["sent", "sent"]
