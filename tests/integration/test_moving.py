# SPDX-License-Identifier: Apache-2.0
"""The files of the courses on another drive: taken there, unplugged, found again."""

from __future__ import annotations

import os
import shutil
from collections import namedtuple
from contextlib import closing, suppress
from itertools import count
from pathlib import Path

import pytest
from repository_builder import noise, sha256

from player.errors import DatabaseBusy, DiskFull, DriveGone, NotWritable
from player.store import blobs, database, drives, moving, place
from player.store.database import Database
from player.store.lock import alone

FILES = {sha256(data): data for data in (b"text", b"more", noise("film", 300_000), b"")}


def fill(db: Database, home: Path) -> None:
    for name, data in FILES.items():
        file = home / "arrived"
        file.write_bytes(data)
        blobs.place(home, {name: file})
        blobs.add(db, home, name, len(data))
    (home / "parts").mkdir(exist_ok=True)
    (home / "parts" / f"{'a' * 64}.part").write_bytes(b"half")


def assert_whole(db: Database, home: Path) -> None:
    assert blobs.verify(db, home) == []
    assert blobs.present(db) == FILES.keys()
    assert (place.parts_folder(home) / f"{'a' * 64}.part").read_bytes() == b"half"


def files(folder: Path) -> list[Path]:
    return [path for path in folder.rglob("*") if path.is_file()]


@pytest.fixture
def stick(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A stick in a mount point, the only drive there is besides another."""
    points = [tmp_path / "media" / name for name in ("STICK", "STICK1")]
    monkeypatch.setattr(drives, "mounts", lambda: points)
    points[0].mkdir(parents=True)
    return points[0]


def test_files_lie_in_the_home_until_they_are_moved(home: Path) -> None:
    assert place.content_folder(home) == home
    assert not (home / place.FILE).exists()


def test_everything_is_moved_and_nothing_is_left(db: Database, home: Path, stick: Path) -> None:
    fill(db, home)
    told: list[tuple[int, int]] = []
    size = sum(map(len, FILES.values()))
    total = size + len(b"half")
    moved = moving.move_content(db, home, stick / "Cartable", lambda *n: told.append(n))
    assert (moved.copied, moved.damaged, told[-1]) == (size, 0, (total, total))
    assert told == sorted(told)
    assert place.content_folder(home) == stick / "Cartable"
    assert_whole(db, home)
    assert not (home / "blobs").exists()
    assert not (home / "parts").exists()


def test_and_back(db: Database, home: Path, stick: Path) -> None:
    fill(db, home)
    moving.move_content(db, home, stick)
    (stick / "letter.txt").write_text("not ours")
    moving.move_content(db, home, home)
    assert place.content_folder(home) == home
    assert_whole(db, home)
    assert files(stick) == [stick / "letter.txt"]
    assert not (home / place.FILE).exists()
    assert not (home / place.MARKER).exists()


def test_moving_to_where_it_is_does_nothing(db: Database, home: Path, stick: Path) -> None:
    fill(db, home)
    assert moving.move_content(db, home, home).copied == 0
    moving.move_content(db, home, stick)
    assert moving.move_content(db, home, stick).copied == 0
    assert_whole(db, home)


def test_an_unplugged_drive_is_said_and_nothing_is_lost(
    db: Database, home: Path, stick: Path
) -> None:
    fill(db, home)
    moving.move_content(db, home, stick / "C")
    away = shutil.move(stick, stick.parent.parent / "pocket")
    for look in (
        lambda: place.content_folder(home),
        lambda: blobs.path(home, "a" * 64),
        lambda: blobs.read(home, sha256(b"text"), "The page"),
        lambda: blobs.verify(db, home),
        lambda: moving.move_content(db, home, home),
    ):
        with pytest.raises(DriveGone, match="not plugged in"):
            look()
    assert blobs.present(db) == FILES.keys()
    shutil.move(away, stick)
    assert_whole(db, home)


def test_a_drive_that_is_lost_is_given_up_and_nothing_is_fetched_unasked(
    db: Database, home: Path, stick: Path
) -> None:
    fill(db, home)
    names = "course, section, rendition, place, asked_at"
    db.execute(f"INSERT INTO wishes ({names}) VALUES ('c', 's', '', 1, '')")  # noqa: S608 - ours
    moving.move_content(db, home, stick / "C")
    assert moving.leave(db, home).held == 0  # it is there: nothing happens
    assert_whole(db, home)
    shutil.rmtree(stick)
    assert moving.leave(db, home).held == 1
    assert place.content_folder(home) == home
    assert blobs.present(db) == frozenset()
    assert db.execute("SELECT held FROM wishes").fetchall() == [(1,)]


def test_a_drive_under_another_path_is_found_and_noted(
    db: Database, home: Path, stick: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    fill(db, home)
    moving.move_content(db, home, stick / "C")
    stick.rename(stick.with_name("STICK1"))
    assert place.content_folder(home) == stick.with_name("STICK1") / "C"
    assert_whole(db, home)
    monkeypatch.setattr(drives, "mounts", lambda: pytest.fail("it was not noted"))
    assert place.content_folder(home) == stick.with_name("STICK1") / "C"


def test_another_drive_under_the_old_path_is_not_taken_for_it(
    db: Database, home: Path, stick: Path
) -> None:
    fill(db, home)
    moving.move_content(db, home, stick / "C")
    shutil.rmtree(stick)
    place_of_another = stick / "C"
    place_of_another.mkdir(parents=True)
    place.mark(place_of_another, "another")
    with pytest.raises(DriveGone):
        place.content_folder(home)


@pytest.mark.parametrize("text", [b"", b"{", b'{"path": 3}', b"[]"])
def test_a_broken_choice_never_lets_everything_seem_lost(home: Path, text: bytes) -> None:
    (home / place.FILE).write_bytes(text)
    with pytest.raises(DriveGone):
        place.content_folder(home)


def test_what_is_damaged_is_to_be_fetched_again(db: Database, home: Path, stick: Path) -> None:
    fill(db, home)
    blobs.path(home, sha256(b"text")).write_bytes(b"test")
    blobs.path(home, sha256(b"more")).unlink()
    moved = moving.move_content(db, home, stick)
    assert moved.damaged == 2
    assert blobs.present(db) == FILES.keys() - {sha256(b"text"), sha256(b"more")}
    assert blobs.verify(db, home) == []


def test_no_room_no_rights_or_a_download_leave_everything(
    db: Database, home: Path, stick: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    fill(db, home)
    usage = namedtuple("usage", "total used free")
    with alone(home / "download.lock"), pytest.raises(DatabaseBusy):
        moving.move_content(db, home, stick)
    (stick / "a file").write_text("")
    with pytest.raises(NotWritable):
        moving.move_content(db, home, stick / "a file")
    monkeypatch.setattr(shutil, "disk_usage", lambda _: usage(1, 1, 17_000_000 - 100_000))
    with pytest.raises(DiskFull):
        moving.move_content(db, home, stick)
    assert place.content_folder(home) == home
    assert_whole(db, home)


def test_what_belongs_to_others_is_neither_taken_nor_deleted(
    db: Database, home: Path, stick: Path
) -> None:
    fill(db, home)
    theirs = stick / "theirs"
    theirs.mkdir()
    place.mark(theirs, "another home")
    for target in (theirs, home / "blobs", home / "blobs" / "below"):
        with pytest.raises(NotWritable):
            moving.move_content(db, home, target)
    assert_whole(db, home)
    (stick / "blobs").mkdir()
    (stick / "blobs" / "letter.txt").write_text("theirs")
    moving.move_content(db, home, stick)
    moving.move_content(db, home, home)
    assert files(stick / "blobs") == [stick / "blobs" / "letter.txt"]


def test_a_plan_says_where_how_much_and_whether_there_is_room(
    db: Database, home: Path, stick: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    fill(db, home)
    size = sum(map(len, FILES.values())) + len(b"half")
    found = moving.plan(db, home, stick)
    assert (found.folder, found.size, found.fits) == (stick, size, True)
    (stick / "letter.txt").write_text("not ours")
    assert moving.plan(db, home, stick).folder == stick / "Cartable"
    (stick / "Cartable").mkdir()
    place.mark(stick / "Cartable", "another home")
    ours = moving.plan(db, home, stick).folder
    assert ours == stick / "Cartable2", "two learners share a stick"
    usage = namedtuple("usage", "total used free")
    with monkeypatch.context() as patch:
        patch.setattr(shutil, "disk_usage", lambda _: usage(1, 1, 17_000_000 - 100_000))
        assert not moving.plan(db, home, stick).fits
    moving.move_content(db, home, ours)
    for chosen in (stick, ours):
        assert moving.plan(db, home, chosen) == moving.Plan(ours, 0, 0)
    assert moving.plan(db, home, home).folder == home


def test_a_course_repository_is_not_taken_for_a_free_folder(
    db: Database, home: Path, stick: Path
) -> None:
    fill(db, home)
    for name, data in FILES.items():
        (stick / "blobs" / name[:2]).mkdir(parents=True, exist_ok=True)
        (stick / "blobs" / name[:2] / name).write_bytes(data)
    (stick / "catalogue.json").write_text("{}")
    before = files(stick)
    with pytest.raises(NotWritable):
        moving.move_content(db, home, stick)
    assert files(stick) == before


@pytest.mark.parametrize("back", [False, True], ids=["there", "back"])
def test_stopped_in_the_middle_of_a_film_all_is_as_it_was(
    db: Database, home: Path, stick: Path, monkeypatch: pytest.MonkeyPatch, back: bool
) -> None:
    monkeypatch.setattr(blobs, "BLOCK", 1000)
    fill(db, home)
    target = stick / "C"
    if back:
        moving.move_content(db, home, target)
        target = home
    before, where = (home / place.FILE).exists(), place.content_folder(home)

    def report(done: int, _total: int) -> None:
        if done > 150_000:
            raise Killed

    with pytest.raises(Killed):
        moving.move_content(db, home, target, report)
    assert place.content_folder(home) == where
    moving.give_up(home, target)
    assert place.content_folder(home) == where
    assert_whole(db, home)
    assert (home / place.FILE).exists() == before
    assert not [one for name in place.FOLDERS for one in files(target / name)]
    moving.give_up(home, target)
    assert_whole(db, home)


def test_another_drive_under_the_old_path_is_not_cleared(
    db: Database, home: Path, stick: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    fill(db, home)
    moving.move_content(db, home, stick / "C")
    with monkeypatch.context() as patch:
        patch.setattr(moving, "finish", lambda _: None)  # the power went
        moving.move_content(db, home, home)
    shutil.rmtree(stick)
    moving.finish(home)
    assert place.chosen(home), "it may come back"
    shutil.copytree(home / "blobs", stick / "C" / "blobs")
    place.mark(stick / "C", "another home")
    moving.finish(home)
    assert len(files(stick / "C" / "blobs")) == len(FILES)
    assert place.chosen(home) is None
    assert_whole(db, home)


class Killed(BaseException):
    """The power went."""


class Step:
    """Counts writes, fsyncs, renames and deletions; kills before the one whose turn it is."""

    def __init__(self, monkeypatch: pytest.MonkeyPatch, last: int) -> None:
        self.count, self.last = 0, last
        for where, name in (
            (os, "fsync"),
            (os, "unlink"),
            (os, "rmdir"),
            (Path, "replace"),
            (Path, "unlink"),
            (Path, "mkdir"),
            (shutil, "copy2"),
        ):
            monkeypatch.setattr(where, name, self.before(getattr(where, name)))
        opened = Path.open

        def open_(path: Path, mode: str = "r", **more: object) -> object:
            if "w" in mode:
                self.step()
            return opened(path, mode, **more)  # type: ignore[call-overload]

        monkeypatch.setattr(Path, "open", open_)

    def before(self, real: object) -> object:
        def stepped(*given: object, **more: object) -> object:
            self.step()
            return real(*given, **more)  # type: ignore[operator]

        return stepped

    def step(self) -> None:
        self.count += 1
        if self.count == self.last:
            raise Killed


@pytest.mark.parametrize("back", [False, True], ids=["there", "back"])
def test_killed_at_any_step_one_place_is_whole_and_moving_goes_on(
    tmp_path: Path, stick: Path, back: bool
) -> None:
    for last in count(1):
        home, target = tmp_path / f"home{last}", stick / str(last)
        database.prepare(home)
        with closing(database.connect(home)) as db:
            fill(db, home)
            if back:
                moving.move_content(db, home, target)
                target = home
            with pytest.MonkeyPatch.context() as patch, suppress(Killed):
                steps = Step(patch, last)
                moving.move_content(db, home, target)
        with closing(database.connect(home)) as db:
            assert_whole(db, home)
            moving.move_content(db, home, target)
            assert place.content_folder(home) == target
            assert_whole(db, home)
            old = stick / str(last) if back else home
            left = [f for f in files(old) if set(f.parts) & {"blobs", "parts", place.MARKER}]
            assert left == []
        if steps.count < last:
            break
    assert last > 20
