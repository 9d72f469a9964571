# SPDX-License-Identifier: Apache-2.0
"""Done, claimed, issued, sent and verified over a real store, with the commands people type."""

from __future__ import annotations

import json
import shutil
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pytest
from attested import EXAM, QUIZ, VIDEO, source
from command_line import cartable
from test_ralph import Campus, python, start

from player.journal import events as acts
from player.journal.journal import Where, record
from player.store.database import connect

__all__ = ["python"]  # a fixture, asked for by name

COURSE = "course"


@pytest.fixture
def repository(tmp_path: Path) -> Path:
    path = tmp_path / "repository"
    made = source(tmp_path / "source")
    assert cartable(tmp_path / "author", "publish", made, path).code == 0
    return path


@pytest.fixture
def campus(python: str, tmp_path: Path, repository: Path) -> Iterator[Campus]:
    desk = tmp_path / "desk"
    keys = cartable(desk, "platform", "key", "--json").facts
    words = ["--mail", *keys["mail"], "--attests", *keys["issuers"]]
    found = start(python, tmp_path, *words)
    shutil.copy(found.data / "lrs.json", desk / "lrs.json")
    assert cartable(desk, "join", found.data / "platform.json").code == 0
    try:
        yield found
    finally:
        assert found.stop() == 0


@pytest.fixture
def pc(tmp_path: Path, campus: Campus) -> Path:
    """A learner's PC with the course, and none of it done."""
    home = tmp_path / "pc"
    cartable(home, "join", campus.data / "platform.json")
    cartable(home, "learner", "Awa")
    key = next((tmp_path / "repository" / "keys").glob("*.pub")).stem
    cartable(home, "catalogue", "--allow", key)
    assert cartable(home, "courses", COURSE).code == 0
    return home


def do(home: Path, activity: str, *said: acts.AnyAct) -> None:
    who = cartable(home, "learner", "--json").facts["id"]
    with closing(connect(home)) as db:
        for act in said:
            record(db, Where(who, COURSE, 1, activity), act)


def do_all(home: Path) -> None:
    seen = {"visit": "v", "time": 60.0, "length": 60.0}
    do(home, VIDEO, acts.Left(**seen, progress=1.0), acts.Completed(type="video", **seen))
    for number, activity in enumerate((QUIZ, EXAM)):
        attempt = f"0f0e8a52-6d13-4a0e-8b39-f1a5f1c1a1d{number}"
        marks = {"score": 0.75, "points": 3.0, "out_of": 4.0, "passed": True}
        do(home, activity, acts.Finished(type="quiz", attempt=attempt, **marks))


def test_from_the_first_condition_to_a_credential_that_is_verified(
    pc: Path, tmp_path: Path, repository: Path
) -> None:
    desk, claim, file = tmp_path / "desk", tmp_path / "claim.jwt", tmp_path / "a.jwt"
    facts = cartable(pc, "attestation", COURSE, "--json").facts
    assert [one["met"] for one in facts["conditions"]] == [False, False, False]
    assert cartable(pc, "attestation", COURSE, "--claim", claim).code == 1
    do_all(pc)
    assert cartable(pc, "attestation", COURSE, "--claim", claim, "--name", "Awa N.").code == 0
    assert cartable(pc, "verify", claim).code == 6
    assert cartable(pc, "sync").code == 0

    dry = cartable(desk, "platform", "attest", repository, "--dry-run", "--json")
    assert dry.facts["counts"] == {"due": 1}
    assert dry.facts["learners"][0]["claimed"]
    for state in ("issued", "before"):
        done = cartable(desk, "platform", "attest", repository, "--json")
        assert (done.code, done.err, done.facts["counts"]) == (0, "", {state: 1})
    assert cartable(desk, "platform", "mailbox", repository, "--json").facts["letters"] == 1

    assert cartable(pc, "mail", "--fetch", "--json").facts["new"] == 1
    assert cartable(pc, "attestation", COURSE, "--save", file).code == 0
    found = cartable(pc, "verify", file, "--json")
    assert (found.code, found.facts["verdict"]) == (0, "genuine")
    text = file.read_text()
    assert cartable(pc, "verify", text).out.startswith("Genuine: signed by ")
    assert cartable(pc, "verify", text[:-4] + "AAAA").code == 1
    stranger = cartable(tmp_path / "stranger", "verify", file, "--json")
    assert (stranger.code, stranger.facts["verdict"]) == (3, "foreign")
    (tmp_path / "note.txt").write_text("Bonjour")
    nothing = cartable(pc, "verify", tmp_path / "note.txt", "--json")
    assert (nothing.code, json.loads(nothing.out)["verdict"]) == (1, "nothing")
    assert cartable(pc, "verify", tmp_path / "no-such-file").code == 2
