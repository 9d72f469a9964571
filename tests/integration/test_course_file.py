# SPDX-License-Identifier: Apache-2.0
"""A course in one file: packed by whoever has the repository, handed over, learnt from."""

from __future__ import annotations

import errno
import hashlib
import os
import zipfile
from pathlib import Path

import pytest
from command_line import cartable
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from repository_builder import Draft, build, noise
from small_course import film, small_course

from player.errors import BadSignature, Damaged, DiskFull, Malformed, NotARepository, NotOffered
from player.publish.repository import publish
from player.publish.single import pack_course

SECRET = Ed25519PrivateKey.from_private_bytes(bytes(range(32)))
COURSE = "petit-cours"


@pytest.fixture
def repository(tmp_path: Path) -> Path:
    source = small_course(tmp_path / "source")
    (source / "media/roles.480p.mp4").write_bytes(film(1.5, 480, rest=noise("film", 900_000)))
    publish(source, tmp_path / "repository", SECRET)
    return tmp_path / "repository"


def fetch(home: Path, place: object, *words: object) -> int:
    """Know the repository, believe its key, fetch the course; return the bytes fetched."""
    said = cartable(home, "catalogue", "--add", place)
    key = said.err.partition("(key ")[2].partition(")")[0]
    assert cartable(home, "catalogue", "--allow", key).code == 0
    got = cartable(home, "download", COURSE, *words, "--json")
    assert (got.code, got.facts["sections"]) == (0, 1), got.err
    assert "failed" not in cartable(home, "courses", COURSE, "--json").out
    return int(got.facts["fetched"])


def blobs_of(home: Path) -> dict[str, bytes]:
    return {one.name: one.read_bytes() for one in (home / "blobs").rglob("*") if one.is_file()}


def test_a_course_is_learnt_from_a_file_as_from_its_repository(
    repository: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    file = tmp_path / "Clé USB é" / "Petit cours.course"
    said = cartable(tmp_path / "home", "pack", repository, COURSE, file, "--json")
    assert (said.code, said.facts["size"]) == (0, file.stat().st_size)
    monkeypatch.chdir(file.parent)
    direct = fetch(tmp_path / "one", repository, "--as", "480p")
    assert fetch(tmp_path / "two", file.name, "--as", "480p") == direct > 900_000
    assert blobs_of(tmp_path / "one") == blobs_of(tmp_path / "two")
    assert list(file.parent.iterdir()) == [file]


def test_it_holds_the_documents_as_they_are_and_contents_as_a_reader_seeks_them(
    repository: Path, tmp_path: Path
) -> None:
    file = tmp_path / "x.course"
    packed = pack_course(repository, COURSE, file)
    with zipfile.ZipFile(file) as archive:
        listed = archive.infolist()
        inside = {one.filename: archive.read(one) for one in listed}
    names = list(inside)
    assert names[:2] == ["catalogue.json", "catalogue.json.minisig"]
    assert len(names) == packed.files
    for name, data in inside.items():
        assert (repository / name).read_bytes() == data
    for one in listed:
        contents = one.filename.startswith(("packs/", "blobs/"))
        assert one.compress_type == (zipfile.ZIP_STORED if contents else zipfile.ZIP_DEFLATED)
    left = {one for one in repository.rglob("*") if one.is_file()}
    left = {one.relative_to(repository).as_posix() for one in left} - inside.keys()
    assert all(one.endswith((".gz", ".lock")) for one in left)


def test_it_may_hold_some_renditions_alone(repository: Path, tmp_path: Path) -> None:
    whole = pack_course(repository, COURSE, tmp_path / "whole.course")
    light = pack_course(repository, COURSE, tmp_path / "light.course", ["audio", "240p"])
    none = pack_course(repository, COURSE, tmp_path / "none.course", [""])
    assert none.size <= light.size < whole.size - 900_000
    assert fetch(tmp_path / "one", tmp_path / "light.course", "--as", "240p") < 50_000
    fetch(tmp_path / "two", tmp_path / "none.course", "--as", "none")


def test_it_holds_one_course_of_several(tmp_path: Path) -> None:
    drafts = [Draft(id=name).section("one", texts=[noise(name, 3000)]) for name in ("a", "b")]
    repository = build(*drafts).write(tmp_path / "repository")
    pack_course(repository, "b", tmp_path / "b.course")
    with zipfile.ZipFile(tmp_path / "b.course") as archive:
        names = archive.namelist()
    assert [one for one in names if one.startswith("courses/")] == [
        "courses/b/1.json",
        "courses/b/1.json.minisig",
    ]
    assert sum(one.startswith("packs/") for one in names) == 1


def test_the_same_repository_gives_the_same_file(repository: Path, tmp_path: Path) -> None:
    for name in ("one.course", "two.course"):
        pack_course(repository, COURSE, tmp_path / name)
    digests = {hashlib.sha256(one.read_bytes()).digest() for one in tmp_path.glob("*.course")}
    assert len(digests) == 1


def test_a_course_that_is_not_there_is_not_packed(repository: Path, tmp_path: Path) -> None:
    with pytest.raises(NotOffered):
        pack_course(repository, "other", tmp_path / "x.course")
    with pytest.raises(NotARepository):
        pack_course(tmp_path, COURSE, tmp_path / "x.course")
    assert cartable(tmp_path / "home", "pack", repository, COURSE, tmp_path / "x.zip").code == 2
    words = [tmp_path / "x.course", "--as", "big"]
    assert cartable(tmp_path / "home", "pack", repository, COURSE, *words).code == 2
    assert not list(tmp_path.glob("x.*"))


@pytest.mark.parametrize("kind", ["packs", "blobs", "courses"])
@pytest.mark.parametrize("gone", [True, False])
def test_a_damaged_repository_is_not_handed_on(
    repository: Path, tmp_path: Path, kind: str, gone: bool
) -> None:
    path = next(
        one
        for one in (repository / kind).rglob("*")
        if one.suffix in ("", ".json") and one.is_file()
    )
    if gone:
        path.unlink()
    else:
        path.write_bytes(path.read_bytes()[:-1] + b"?")
    before = tmp_path / "x.course"
    before.write_bytes(b"the one of last week")
    with pytest.raises(Damaged):
        pack_course(repository, COURSE, before)
    assert before.read_bytes() == b"the one of last week"
    assert [one.name for one in tmp_path.glob("x.*")] == ["x.course"]


def test_a_catalogue_that_does_not_fit_its_signature_is_not_handed_on(
    repository: Path, tmp_path: Path
) -> None:
    path = repository / "catalogue.json"
    path.write_bytes(path.read_bytes() + b" ")
    with pytest.raises(BadSignature):
        pack_course(repository, COURSE, tmp_path / "x.course")
    path.write_bytes(b"{}")
    path.with_name("catalogue.json.minisig").unlink()
    with pytest.raises(Malformed):
        pack_course(repository, COURSE, tmp_path / "x.course")


def test_a_full_disk_leaves_what_was_there(
    repository: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    file = tmp_path / "x.course"
    file.write_bytes(b"the one of last week")

    def full(_handle: int) -> None:
        raise OSError(errno.ENOSPC, "No space left on device")

    monkeypatch.setattr(os, "fsync", full)
    with pytest.raises(DiskFull):
        pack_course(repository, COURSE, file)
    assert file.read_bytes() == b"the one of last week"
    assert [one.name for one in tmp_path.glob("x.*")] == ["x.course"]


def test_a_broken_file_says_so(repository: Path, tmp_path: Path) -> None:
    file = tmp_path / "x.course"
    pack_course(repository, COURSE, file)
    file.write_bytes(file.read_bytes()[:-40])
    said = cartable(tmp_path / "home", "catalogue", "--add", file, "--json")
    assert said.code == 1
    assert said.facts["error"] == "BadCourseFile"
    assert "x.course is damaged or only half copied" in said.facts["text"]
