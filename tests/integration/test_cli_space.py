# SPDX-License-Identifier: Apache-2.0
"""The commands for updates and for the disk, as a person and as a script meet them."""

from __future__ import annotations

import shutil
from contextlib import closing
from pathlib import Path

import pytest
from command_line import Ran, cartable
from repository_builder import Draft, build, noise, sha256

from player.journal.events import Completed
from player.journal.journal import Where, record
from player.store import blobs, database, place


@pytest.fixture(scope="module")
def template(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with a `repository`, and the `home` of somebody who has all of it."""
    folder = tmp_path_factory.mktemp("made")
    publish(folder, 1)
    home = folder / "home"
    known = cartable(home, "catalogue", "--add", folder / "repository", "--json")
    key = known.facts.get("problems", [{}])[0]
    assert key["error"] == "UntrustedKey"
    key_of = build(demo(1)).key
    assert cartable(home, "catalogue", "--allow", str(key_of)).code == 0
    assert cartable(home, "learner", "Awa").code == 0
    assert cartable(home, "download", "demo", "--as", "240p").code == 0
    return folder


@pytest.fixture
def folder(template: Path, tmp_path: Path) -> Path:
    """The same for one test; the repository stays where it was first."""
    return shutil.copytree(template, tmp_path / "made")


@pytest.fixture
def home(folder: Path) -> Path:
    found = folder / "home"
    cartable(found, "catalogue", "--add", folder / "repository", "--offline")
    with closing(database.connect(found)) as db, db.atomic():
        db.execute("DELETE FROM repositories WHERE url NOT LIKE ?", [f"%{folder.parent.name}/%"])
    return found


def demo(version: int) -> Draft:
    draft = Draft(version=version, title="A course")
    draft.section("one", [f"text {version}".encode()], [{"240p": noise("film", 200_000)}])
    return draft.section("two", [b"more"])


def publish(folder: Path, version: int) -> None:
    built = build(demo(version), number=version)
    (folder / "repository" / "keys").mkdir(parents=True, exist_ok=True)
    built.write(folder / "repository")


def version(home: Path) -> int:
    return int(cartable(home, "courses", "demo", "--json").out.split('"version":')[1].split(",")[0])


def complete(home: Path, *activities: str) -> None:
    with closing(database.connect(home)) as db:
        learner = db.execute("SELECT id FROM learners").fetchone()[0]
        for activity in activities:
            record(db, Where(learner, "demo", 1, activity), Completed(name="x", type="page"))


def journal(home: Path) -> Ran:
    return cartable(home, "journal", "--json")


def test_an_update_is_shown_asked_about_and_had(home: Path, folder: Path) -> None:
    assert cartable(home, "update").out == "Every course is as it is offered.\n"
    publish(folder, 2)
    assert cartable(home, "catalogue").code == 0
    assert cartable(home, "update").out == "demo  1 -> 2  A course\n"
    shown = cartable(home, "update", "demo", "--preview")
    assert shown.out.startswith("A course: version 1 -> 2, 0.0 MB. What you did stays.\n")
    assert "content     one  Page 0" in shown.out
    facts = cartable(home, "update", "demo", "--preview", "--json").facts
    assert (facts["preview"]["cost"], facts["version"]) == (len(b"text 2"), 1)
    assert cartable(home, "update", "demo").code == 1, "nobody answered"
    assert version(home) == 1
    before = journal(home).facts
    had = cartable(home, "update", "demo", "--yes", "--json").facts
    assert (had["version"], had["fetched"]) == (2, len(b"text 2"))
    assert version(home) == 2
    assert [one for one in journal(home).facts if one in before] == before
    assert cartable(home, "update", "demo").out == "A course is as it is offered: version 2.\n"
    assert cartable(home, "update", "nothing").code == 1


def test_space_is_shown_and_freed(home: Path) -> None:
    size = 200_000 + len(b"text 1more")
    shown = cartable(home, "space", "--json").facts
    assert [(one["course"], one["bytes"]) for one in shown["courses"]] == [("demo", size)]
    assert shown["suggestions"] == []
    complete(home, "one-video-0")
    assert "could go: demo one  0.2 MB of video, watched" in cartable(home, "space").out
    before = journal(home).out
    assert cartable(home, "free", "--json").facts == {"freed": 0}
    assert cartable(home, "free", "--bytes", "1000", "--json").facts == {"freed": 200_000}
    assert cartable(home, "free", "--watched", "--json").facts == {"freed": 0}
    assert cartable(home, "free", "demo").out == "0.0 MB came free. What you did stays.\n"
    assert cartable(home, "space", "--json").facts["courses"][0]["bytes"] == 0
    assert journal(home).out == before
    assert cartable(home, "courses").out.startswith("demo  ")


def test_the_videos_of_a_section_are_freed(home: Path) -> None:
    assert cartable(home, "free", "demo", "nowhere").code == 1
    assert cartable(home, "free", "nothing").code == 1
    assert cartable(home, "free", "demo", "one", "--json").facts == {"freed": 200_000}
    assert cartable(home, "download", "--json").facts["fetched"] == 0, "it is not wanted any more"
    got = cartable(home, "download", "demo", "one", "--as", "240p", "--json")
    assert got.facts["fetched"] == 200_000


def test_files_are_moved_and_a_drive_that_is_gone_is_said(home: Path, tmp_path: Path) -> None:
    drive = tmp_path / "drive"
    moved = cartable(home, "move", drive, "--json").facts
    assert (moved["copied"], moved["damaged"]) == (200_000 + len(b"text 1more"), 0)
    assert cartable(home, "space").out.count(str(place.content_folder(home).anchor)) == 1
    assert cartable(home, "doctor").code == 0
    drive.rename(tmp_path / "pocket")
    for words in (["space"], ["move", str(home)], ["doctor", "--repair"]):
        said = cartable(home, *words)
        assert said.code == 75
        assert "is not plugged in" in said.err
    said = cartable(home, "doctor")
    assert said.code == 1
    assert "BAD  files: The drive" in said.out
    assert cartable(home, "courses", "demo").code == 0
    assert cartable(home, "journal").code == 0
    (tmp_path / "pocket").rename(drive)
    assert cartable(home, "move", home).out.startswith(f"The files are in {home};")
    assert cartable(home, "doctor").code == 0


def test_the_doctor_changes_nothing_unless_asked_to(home: Path) -> None:
    film = blobs.path(home, sha256(noise("film", 200_000)))
    film.write_bytes(b"bad")
    for _ in range(2):
        said = cartable(home, "doctor")
        assert said.code == 1
        assert "cartable doctor --repair" in said.out
    mended = cartable(home, "doctor", "--repair")
    assert mended.code == 0
    assert "repair: 1 files are to be fetched again" in mended.out
    assert cartable(home, "download", "--json").facts["fetched"] == 200_000
    assert blobs.whole(film, film.name, 200_000)
