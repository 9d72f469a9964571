# SPDX-License-Identifier: Apache-2.0
"""The benchmark of the start measures what it says: courses are here, begun, and lead on."""

from __future__ import annotations

from contextlib import closing
from pathlib import Path

import pytest
import startup

from player import app
from player.app.next_step import under_way


def test_its_courses_are_here_and_lead_on(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(startup, "COURSES", 4)
    monkeypatch.setattr(startup, "KEPT", 3)
    startup.fill(tmp_path)
    services = app.build(tmp_path)
    with closing(services.db):
        shelves = services.library()
        assert [bool(one.version) for one in shelves] == [True, True, True, False]
        going = under_way(shelves)
        assert [one.id for one in going] == ["course-0002", "course-0001"]
        step = services.steps.of(services.course("course-0001"))
        assert step.activity is not None
        assert step.price.size == 0
        assert services.steps.returning(step) is not None
        assert services.calendar.look(step.manifest).entries
        assert services.revision.due().total == 0  # no quiz is here, and reading all is no fault
        services.close_thread()
