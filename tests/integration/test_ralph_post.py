# SPDX-License-Identifier: Apache-2.0
"""The way back over a real store and a real web server, with the commands that people type."""

from __future__ import annotations

import csv
import json
import shutil
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pytest
from command_line import cartable
from every_act import ENROLLED, UNMARKED
from test_ralph import Campus, python, start

from player.journal.journal import Where, record
from player.store.database import connect

__all__ = ["python"]  # a fixture, asked for by name

COURSE = "course"


@pytest.fixture
def desk(tmp_path: Path) -> Path:
    """The home of whoever marks."""
    path = tmp_path / "desk"
    (tmp_path / "repository" / "courses" / COURSE).mkdir(parents=True)
    return path


@pytest.fixture
def campus(python: str, tmp_path: Path, desk: Path) -> Iterator[Campus]:
    keys = cartable(desk, "platform", "key", "--json").facts
    found = start(python, tmp_path, "--mail", *keys["mail"])
    shutil.copy(found.data / "lrs.json", desk / "lrs.json")
    assert cartable(desk, "join", found.data / "platform.json").code == 0
    try:
        yield found
    finally:
        assert found.stop() == 0


@pytest.fixture
def pc(tmp_path: Path, campus: Campus) -> Path:
    """A learner's PC with the course, an essay and the rest of it."""
    home = tmp_path / "pc"
    cartable(home, "join", campus.data / "platform.json")
    who = cartable(home, "learner", "Awa", "--json").facts["id"]
    with closing(connect(home)) as db:
        (url,) = db.execute("SELECT url FROM repositories").fetchone()
        with db.atomic():
            db.execute("INSERT INTO offers VALUES (?, ?, 1, 'C', 'en', '{}', '')", (url, COURSE))
        record(db, Where(who, COURSE, 1), ENROLLED)
        record(db, Where(who, COURSE, 1, "quiz"), UNMARKED)
    return home


def test_an_essay_is_sent_marked_and_comes_home(
    campus: Campus, desk: Path, pc: Path, tmp_path: Path
) -> None:
    assert cartable(pc, "sync").code == 0
    table = tmp_path / "marks.csv"
    assert cartable(desk, "platform", "grade", "--open", table, "--json").facts["acts"] == 1
    with table.open(encoding="utf-8-sig", newline="") as file:
        (row,) = csv.DictReader(file)
    row |= {"score": "15/20", "feedback": "Très bien."}
    with table.open("w", encoding="cp1252", newline="") as file:
        writer = csv.DictWriter(file, row, delimiter=";")
        writer.writeheader()
        writer.writerow(row)
    for marked in (1, 0):
        done = cartable(desk, "platform", "grade", table, "--by", "Dr Diop", "--json")
        assert (done.code, done.facts["marked"]) == (0, marked)
    word = tmp_path / "word.md"
    word.write_text("# The hall is flooded\n\nThe exam is a week later.\n", encoding="utf-8")
    repository = tmp_path / "repository"
    for letters in (2, 0):
        done = cartable(desk, "platform", "mailbox", repository, "--announce", word, "--json")
        assert done.facts == {"courses": [COURSE], "letters": letters, "unaddressed": 0}
        assert not done.err
    assert cartable(desk, "platform", "receipts", repository, "--json").facts["letters"] == 0
    came = cartable(pc, "mail", "--fetch", "--json").facts
    assert came["new"] == 2
    (mark,) = [one for one in came["items"] if one["type"] == "mark"]
    assert (mark["score"], mark["feedback"], mark["by"]) == (0.75, "Très bien.", "Dr Diop")
    states = {one["event"]["id"]: one["state"] for one in cartable(pc, "journal", "--json").facts}
    assert states[row["statement"]] == "marked"
    assert len(campus.records()) == 4  # enrolled, addressed, answered, scored


def test_a_row_that_is_wrong_has_its_line_and_exit_code_one(
    campus: Campus, desk: Path, tmp_path: Path
) -> None:
    assert campus.data
    table = tmp_path / "marks.csv"
    table.write_text("statement,score\nnobody,1\n")
    done = cartable(desk, "platform", "grade", table)
    assert done.code == 1
    assert "marks.csv, line 2" in done.err
    assert cartable(desk, "platform", "grade").code == 2


def test_a_key_that_the_platform_file_does_not_name_is_said(campus: Campus, tmp_path: Path) -> None:
    other = tmp_path / "other"
    cartable(other, "platform", "key")
    cartable(other, "join", campus.data / "platform.json")
    shutil.copy(campus.data / "lrs.json", other / "lrs.json")
    done = cartable(other, "platform", "mailbox", tmp_path / "repository")
    assert (done.code, "does not name this home" in done.err) == (0, True)
    (other / "lrs.json").write_text(json.dumps({"endpoint": 5}))
    assert cartable(other, "platform", "mailbox", tmp_path / "repository").code == 1
