# SPDX-License-Identifier: Apache-2.0
"""The benchmark of opening a large course measures what it says: all is here, and half is done."""

from __future__ import annotations

from contextlib import closing
from pathlib import Path

import opening

from player import app
from player.course.manifest import Links, Page, Quiz
from player.store import blobs


def test_its_course_is_here_and_every_second_activity_is_done(tmp_path: Path) -> None:
    home = opening.made(tmp_path / "bench", 60)
    services = app.build(home)
    with closing(services.db):
        course = services.course("large")
        found = list(course.activities())
        assert [len(section.sequences) for section in course.sections] == [10, 2]
        assert {type(one) for one in found} == {Page, Quiz, Links}
        assert len(found) == 60
        assert set(services.done("large")) == {one.id for one in found[::2]}
        for one in found:
            for blob in one.blobs():
                blobs.read(home, blob, one.title)
        services.close_thread()
