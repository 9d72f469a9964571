# SPDX-License-Identifier: Apache-2.0
"""A licence that forbids changes or business is kept to by the school's own tools."""

from __future__ import annotations

from pathlib import Path

import pytest
from command_line import cartable
from small_course import COURSE, small_course, write

from player.course.manifest import decode_manifest


def source(folder: Path, licence: str, more: str = "") -> Path:
    outline = COURSE.replace('licence = "CC-BY-SA-4.0"', f'licence = "{licence}"\n{more}')
    return write(small_course(folder), {"course.toml": outline})


CHANGED = 'adapted = "Two pages were left out by our school."'


@pytest.mark.parametrize("licence", ["CC-BY-ND-4.0", "LicenseRef-All-Rights-Reserved"])
def test_a_changed_version_is_published_by_permission_alone(
    tmp_path: Path, home: Path, licence: str
) -> None:
    folder, repository = source(tmp_path / "s", licence, CHANGED), tmp_path / "r"
    ran = cartable(home, "publish", folder, repository)
    assert ran.code == 1
    assert "Two pages were left out by our school" in ran.err
    assert "--i-may-adapt" in ran.err
    assert not (repository / "catalogue.json").exists()
    assert cartable(home, "publish", folder, repository, "--i-may-adapt").code == 0
    manifest = decode_manifest((repository / "courses/petit-cours/1.json").read_bytes())
    assert manifest.adapted == "Two pages were left out by our school."


def test_a_changed_version_needs_none_where_changes_are_allowed(tmp_path: Path, home: Path) -> None:
    folder = source(tmp_path / "s", "CC-BY-4.0", CHANGED)
    ran = cartable(home, "publish", folder, tmp_path / "r")
    assert ran.code == 0
    assert "licence" not in ran.err


def test_an_author_is_told_that_nothing_is_changed_and_that_a_translation_is(
    tmp_path: Path, home: Path
) -> None:
    folder = source(tmp_path / "s", "CC-BY-NC-ND-4.0")
    write(folder, {"course.en.toml": 'title = "Little course"'})
    ran = cartable(home, "publish", folder, tmp_path / "r", "--json")
    notes = " ".join(ran.facts["notes"])
    assert "documents and videos go as they are, byte for byte" in notes
    assert "A translation is a changed version." in notes
    assert "hand it out where nothing is earned" in notes


def test_whoever_packs_a_course_is_told_what_its_licence_asks(tmp_path: Path, home: Path) -> None:
    folder, repository = source(tmp_path / "s", "CC-BY-NC-4.0"), tmp_path / "r"
    assert cartable(home, "publish", folder, repository).code == 0
    ran = cartable(home, "pack", repository, "petit-cours", tmp_path / "x.course")
    assert "Its licence (CC BY-NC 4.0) is not for business" in ran.out
    free = cartable(home, "publish", source(tmp_path / "t", "CC0-1.0"), tmp_path / "q")
    assert free.code == 0
    ran = cartable(home, "pack", tmp_path / "q", "petit-cours", tmp_path / "y.course")
    assert "licence" not in ran.out
