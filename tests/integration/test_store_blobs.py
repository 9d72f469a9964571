# SPDX-License-Identifier: Apache-2.0
from __future__ import annotations

import os
from pathlib import Path

import pytest
from repository_builder import sha256

from player.errors import Damaged, NotHere
from player.store import blobs
from player.store.database import Database


def put(db: Database, home: Path, data: bytes) -> str:
    """Have `data` here, as the worker does it."""
    file = home / "arrived"
    file.write_bytes(data)
    blobs.place(home, {sha256(data): file})
    blobs.add(db, home, sha256(data), len(data))
    return sha256(data)


def test_a_blob_lies_under_its_hash_and_is_read_back(db: Database, home: Path) -> None:
    name = put(db, home, b"text")
    assert blobs.path(home, name) == home / "blobs" / name[:2] / name
    assert blobs.read(home, name, "The page") == b"text"
    assert blobs.present(db) == {name}
    assert not (home / "arrived").exists()


def test_adding_twice_is_adding_once(db: Database, home: Path) -> None:
    name = put(db, home, b"text")
    assert put(db, home, b"text") == name
    assert blobs.present(db) == {name}


def test_what_was_not_fetched_is_not_here(home: Path) -> None:
    with pytest.raises(NotHere, match="The page"):
        blobs.read(home, sha256(b"text"), "The page")


def test_a_changed_file_is_damaged(db: Database, home: Path) -> None:
    name = put(db, home, b"text")
    blobs.path(home, name).write_bytes(b"test")
    with pytest.raises(Damaged, match="The page"):
        blobs.read(home, name, "The page")


def test_a_file_that_the_disk_cannot_read_is_damaged(db: Database, home: Path) -> None:
    name = put(db, home, b"text")
    blobs.path(home, name).unlink()
    blobs.path(home, name).mkdir()
    with pytest.raises(Damaged):
        blobs.read(home, name, "The page")


@pytest.mark.parametrize(
    "name",
    ["../../etc/passwd", "", "..", "A" * 64, "a" * 63, "a" * 64 + "\n", "a/" * 32, "aa\\" * 21],
)
def test_no_name_leads_out_of_the_folder(home: Path, name: str) -> None:
    with pytest.raises(ValueError, match="not a SHA-256"):
        blobs.path(home, name)


def test_the_doctor_names_what_is_damaged_or_missing_and_deletes_nothing(
    db: Database, home: Path
) -> None:
    good, changed, missing, longer = (put(db, home, data) for data in (b"a", b"b", b"c", b"d"))
    blobs.path(home, changed).write_bytes(b"x")
    blobs.path(home, missing).unlink()
    blobs.path(home, longer).write_bytes(b"dd")
    assert blobs.verify(db, home) == sorted([changed, missing, longer])
    assert blobs.present(db) == {good, changed, missing, longer}
    assert blobs.path(home, changed).exists()


def test_a_forgotten_blob_is_gone_from_the_table_and_the_disk(db: Database, home: Path) -> None:
    name = put(db, home, b"text")
    blobs.forget(db, home, name)
    assert blobs.present(db) == frozenset()
    assert not blobs.path(home, name).exists()
    blobs.forget(db, home, name)


def test_a_file_in_use_is_forgotten_all_the_same(
    db: Database, home: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Windows does not delete what a player has open."""
    name = put(db, home, b"text")

    def refused(self: Path, missing_ok: bool = False) -> None:
        raise PermissionError(13, "used by another process")

    monkeypatch.setattr(Path, "unlink", refused)
    blobs.forget(db, home, name)
    assert blobs.present(db) == frozenset()


def test_a_file_and_its_folders_are_on_the_disk_before_it_is_recorded(
    db: Database, home: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    synced: list[tuple[str, bool]] = []
    fsync = os.fsync

    def watched(handle: int) -> None:
        where = Path(f"/proc/self/fd/{handle}").readlink()
        synced.append((where.name, blobs.path(home, sha256(b"text")).exists()))
        fsync(handle)

    monkeypatch.setattr(os, "fsync", watched)
    put(db, home, b"text")
    name = sha256(b"text")
    assert synced[0] == ("arrived", False)
    assert sorted(synced[1:]) == sorted([(name[:2], True), ("blobs", True)])
