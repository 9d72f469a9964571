# SPDX-License-Identifier: Apache-2.0
"""Drives that come back under another path."""

from __future__ import annotations

from pathlib import Path, PureWindowsPath

import pytest

from player.store import drives

TABLE = r"""proc /proc proc rw 0 0
/dev/sda1 / ext4 rw 0 0
tmpfs /run tmpfs rw 0 0
/dev/sdb1 /media/awa/CLÉ\040USB vfat rw 0 0
/dev/fuse /mnt/phone fuse.simple-mtpfs rw 0 0
server:/home /mnt/server nfs4 rw 0 0
//server/share /mnt/share cifs rw 0 0
/dev/sdb1 / ext4 rw 0 0
half a line
"""


def test_a_mount_table_has_drives_and_no_network() -> None:
    found = [drive.as_posix() for drive in drives.mounted(TABLE)]
    assert found == ["/", "/media/awa/CLÉ USB", "/mnt/phone"]


def test_this_pc_has_a_drive() -> None:
    assert drives.mounts()


def repository(folder: Path) -> Path:
    folder.mkdir(parents=True)
    (folder / "catalogue.json").write_text("{}")
    return folder


@pytest.mark.parametrize("below", ["courses", "a/deep folder/é", ""])
def test_a_stick_that_comes_back_elsewhere_is_found(tmp_path: Path, below: str) -> None:
    old = tmp_path / "media" / "STICK" / below
    new = repository(tmp_path / "media" / "STICK1" / below)
    sticks = [tmp_path / "other", tmp_path / "media" / "STICK1"]
    url = old.as_uri() + "/"
    assert drives.find_again(url, sticks) == new.as_uri() + "/"
    assert drives.find_again(url, sticks[:1]) is None


def test_a_stick_that_is_there_stays_there(tmp_path: Path) -> None:
    here = repository(tmp_path / "a" / "courses")
    repository(tmp_path / "b" / "courses")
    url = here.as_uri() + "/"
    assert drives.find_again(url, [tmp_path / "b"]) == url


@pytest.mark.parametrize("url", ["https://campus.example/", "file://server/share/", "", "file:%00"])
def test_only_folders_are_looked_for(tmp_path: Path, url: str) -> None:
    repository(tmp_path / "share")
    assert drives.find_again(url, [tmp_path / "nothing"]) is None


def test_a_letter_is_tried_like_a_mount_point() -> None:
    found = drives.elsewhere(PureWindowsPath("D:/courses/x"), [Path("E"), Path("F")])
    assert next(found).as_posix() == "E/courses/x"
    assert next(found).as_posix() == "F/courses/x"
    assert next(found).as_posix() == "E/x"


def test_a_path_lies_on_the_drive_nearest_above(tmp_path: Path) -> None:
    sticks = [Path("/"), tmp_path, tmp_path / "stick"]
    assert drives.drive_of(tmp_path / "stick" / "x", sticks) == tmp_path / "stick"
    assert drives.drive_of(tmp_path / "stick2", sticks) == tmp_path
