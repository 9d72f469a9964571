# SPDX-License-Identifier: Apache-2.0
"""The benchmark of answers records and marks what it says: every kind, all of it on the disk."""

from __future__ import annotations

from contextlib import closing
from pathlib import Path

import answers

from player.course.interactions import KINDS
from player.lesson.grading import grade
from player.store import database


def test_every_kind_is_recorded_and_marked(tmp_path: Path) -> None:
    taken = answers.recording(tmp_path / "home", 2 * len(answers.EVERY_KIND))
    assert {name: len(each) for name, each in taken.items()} == {"draft": 24, "answer": 24}
    with closing(database.connect(tmp_path / "home")) as db:
        query = "SELECT count(*) FROM events WHERE kind = 'answered'"
        assert db.execute(query).fetchone() == (24,)
    assert set(answers.marking(1)) == set(answers.EVERY_KIND) == set(KINDS)
    for question in answers.questions():
        mark = grade(question, {"r": answers.EVERY_KIND[question.id][1]})
        assert mark.unread == ()
