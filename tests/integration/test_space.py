# SPDX-License-Identifier: Apache-2.0
"""What courses take, what can go, and that nothing of it touches what the learner did."""

from __future__ import annotations

import shutil
from collections import namedtuple
from contextlib import closing, suppress
from itertools import count
from pathlib import Path

import msgspec
import pytest
from clock import Clock
from repository_builder import Draft, noise, sha256

from player.journal import outbox
from player.journal.events import Completed
from player.journal.journal import Where, record
from player.store import blobs, courses, database, moving, space
from player.store.database import Database
from player.store.space import SYNCED, WATCHED

URL = "https://campus.example/courses/"
SHARED = noise("shared", 700)


def film(name: str, size: int = 500) -> bytes:
    return noise(name, size)


def keep(db: Database, home: Path, draft: Draft, **how: bool) -> None:
    """Have a course here with all of its files, its sections wished for."""
    manifest, _ = draft.manifest()
    courses.keep(db, msgspec.json.encode(manifest), URL, "trusted", **how)
    data = {sha256(one): one for one in [*draft.large, *(t for some in draft.small for t in some)]}
    for name in data.keys() - blobs.present(db):
        file = home / "arrived"
        file.write_bytes(data[name])
        blobs.place(home, {name: file})
        blobs.add(db, home, name, len(data[name]))
    with db.atomic():
        for number, section in enumerate(manifest.sections):
            db.execute(
                "INSERT OR IGNORE INTO wishes (course, section, rendition, place, asked_at)"
                " VALUES (?, ?, '240p', ?, 't')",
                [manifest.id, section.id, number],
            )


def demo(name: str = "demo", version: int = 1, text: str = "text", shared: bool = False) -> Draft:
    draft = Draft(id=name, version=version, title=name.title())
    last = SHARED if shared else film(f"{name} two", 900)
    draft.section("one", [f"{name} {text}".encode()], [{"240p": film(f"{name} one {version}")}])
    return draft.section("two", [b"same text"], [{"240p": last}])


def done(db: Database, learner: str, *activities: str, received: bool = False) -> None:
    for activity in activities:
        event = record(
            db, Where(learner, "demo", 1, activity), Completed(name="x", type="page"), Clock()
        )
        if received:
            outbox.put(db, [(event.id, b"{}")])
            with db.atomic():
                db.execute(
                    "UPDATE deliveries SET state = 'received', received_at = 't' WHERE event = ?",
                    [event.id],
                )


def lying(home: Path) -> set[str]:
    return {path.name for path in (home / "blobs").rglob("*") if path.is_file()}


def assert_agrees(db: Database, home: Path) -> None:
    """No row without its file."""
    assert blobs.present(db) <= lying(home)


def journal(db: Database) -> list[tuple[object, ...]]:
    tables = ("learners", "events", "deliveries")
    return [tuple(row) for table in tables for row in db.execute(f"SELECT * FROM {table}")]  # noqa: S608


def test_what_current_and_coming_versions_name_is_kept(db: Database, home: Path) -> None:
    keep(db, home, demo())
    keep(db, home, demo(version=2, text="new"), coming=True)
    assert space.unreferenced(db) == []
    courses.settle(db, "demo")
    old = {sha256(b"demo text"), sha256(film("demo one 1"))}
    assert set(space.unreferenced(db)) == old
    assert space.free_unreferenced(db, home) == len(b"demo text") + 500
    assert lying(home) == blobs.present(db)
    assert not old & blobs.present(db)
    assert space.free_unreferenced(db, home) == 0


def test_what_another_course_needs_stays(db: Database, home: Path) -> None:
    keep(db, home, demo(shared=True))
    keep(db, home, demo("other", shared=True))
    both = {sha256(SHARED), sha256(b"same text")}
    [one, other] = space.usage(db, home)
    assert one.shared_bytes == other.shared_bytes == 709
    assert {one.course, other.course} == {"demo", "other"}
    assert next(u for u in (one, other) if u.course == "demo").free_bytes == 509
    freed = space.remove_course_files(db, home, "demo")
    assert freed == 500 + len(b"demo text")
    assert both <= blobs.present(db) == lying(home)
    assert {row[0] for row in db.execute("SELECT course FROM wishes")} == {"other"}
    assert {shelf.id: shelf.here for shelf in courses.listing(db, "")} == {
        "demo": False,
        "other": True,
    }


def test_removing_a_course_gives_its_update_up(db: Database, home: Path) -> None:
    keep(db, home, demo())
    keep(db, home, demo(version=2, text="new"), coming=True)
    space.remove_course_files(db, home, "demo")
    assert courses.coming(db, "demo") is None
    assert blobs.present(db) == set() == lying(home)


def test_nothing_is_free_where_a_course_cannot_be_read(db: Database, home: Path) -> None:
    keep(db, home, demo())
    with db.atomic():
        db.execute("UPDATE courses SET manifest = x'7b7d'")
    assert space.unreferenced(db) == []


def test_done_and_received_comes_before_watched(db: Database, home: Path, learner: str) -> None:
    keep(db, home, demo())
    assert space.suggestions(db, learner) == []
    done(db, learner, "two-video-0")
    [watched] = space.suggestions(db, learner)
    assert (watched.section, watched.what, watched.bytes) == ("two", WATCHED, 900)
    done(db, learner, "one-page-0", "one-video-0", received=True)
    assert [(one.section, one.what) for one in space.suggestions(db, learner)] == [
        ("one", SYNCED),
        ("two", WATCHED),
    ]
    done(db, learner, "one-page-0")
    assert [one.what for one in space.suggestions(db, learner)] == [WATCHED, WATCHED]


def test_a_film_that_another_course_has_frees_nothing(
    db: Database, home: Path, learner: str
) -> None:
    keep(db, home, demo(shared=True))
    keep(db, home, demo("other", shared=True))
    done(db, learner, "two-video-0")
    assert space.suggestions(db, learner) == []


def test_freed_videos_are_wanted_no_more_and_texts_stay(
    db: Database, home: Path, learner: str
) -> None:
    keep(db, home, demo())
    done(db, learner, "two-video-0", "two-page-0")
    before = journal(db)
    assert space.free(db, home, space.suggestions(db, learner)) == 900
    query = "SELECT section, rendition FROM wishes ORDER BY section"
    assert [tuple(row) for row in db.execute(query)] == [("one", "240p"), ("two", "")]
    assert sha256(b"same text") in blobs.present(db) == lying(home)
    assert journal(db) == before
    assert space.suggestions(db, learner) == []


def test_every_week_says_what_its_videos_bring(db: Database, home: Path, learner: str) -> None:
    keep(db, home, demo())
    keep(db, home, demo(version=2, text="new"), coming=True)
    done(db, learner, "two-video-0")
    found = [(one.section, one.what, one.bytes) for one in space.videos(db, learner)]
    assert found == [("one", "", 500), ("two", WATCHED, 900)]
    for one in space.videos(db, learner):
        assert space.free(db, home, [one]) == one.bytes


def test_what_a_click_promises_comes_free_older_versions_with_it(db: Database, home: Path) -> None:
    keep(db, home, demo())
    keep(db, home, demo(version=2, text="new"), coming=True)
    courses.settle(db, "demo")
    assert space.unreferenced_bytes(db) == len(b"demo text") + 500
    [found] = space.usage(db, home)
    assert found.free_bytes == found.bytes + space.unreferenced_bytes(db)
    assert space.remove_course_files(db, home, "demo") == found.free_bytes
    assert (space.unreferenced_bytes(db), lying(home)) == (0, set())


def test_looking_stands_what_a_download_brings_meanwhile(
    db: Database, home: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    keep(db, home, demo())
    sizes, later = space._sizes, iter(sorted(blobs.present(db)))
    with db.atomic():
        db.execute("DELETE FROM blobs")

    def then_more(at: Database) -> dict[str, int]:
        found = sizes(at)
        blobs.add(at, home, next(later), 10)
        blobs.add(at, home, sha256(str(len(found)).encode()), 10)
        return found

    monkeypatch.setattr(space, "_sizes", then_more)
    assert [one.free_bytes for one in space.usage(db, home)] == [0]
    assert space.unreferenced_bytes(db) == 10


def test_room_is_that_of_the_drive_the_files_are_on(
    db: Database, home: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    keep(db, home, demo())
    moving.move_content(db, home, tmp_path / "drive")
    asked: list[Path] = []

    def usage(folder: Path) -> object:
        asked.append(folder)
        return namedtuple("usage", "total used free")(1000, 900, 100)

    monkeypatch.setattr(shutil, "disk_usage", usage)
    found = space.room(home)
    assert (found.folder, found.free, found.total, found.little) == (asked[0], 100, 1000, True)
    assert found.folder == tmp_path / "drive"


def test_enough_is_as_few_as_bring_it() -> None:
    found = [space.Suggestion("c", name, "", WATCHED, 100) for name in "abc"]
    assert [one.section for one in space.enough(found, 101)] == ["a", "b"]
    assert list(space.enough(found, 0)) == []


def test_nothing_touches_what_the_learner_did(
    db: Database, home: Path, learner: str, tmp_path: Path
) -> None:
    keep(db, home, demo())
    done(db, learner, "one-page-0", "one-video-0", received=True)
    done(db, learner, "two-page-0")
    before = journal(db)
    keep(db, home, demo(version=2, text="new"), coming=True)
    courses.settle(db, "demo")
    space.free_unreferenced(db, home)
    moving.move_content(db, home, tmp_path / "drive")
    moving.move_content(db, home, home)
    space.free(db, home, space.suggestions(db, learner))
    space.remove_course_files(db, home, "demo")
    assert journal(db) == before


class Killed(BaseException):
    """The power went."""


@pytest.fixture
def filled(learner: str, db: Database, home: Path) -> Path:
    """A home with two versions of a course, and its first section done."""
    keep(db, home, demo())
    keep(db, home, demo(version=2, text="new"), coming=True)
    courses.settle(db, "demo")
    done(db, learner, "one-page-0", "one-video-0", received=True)
    db.close()
    return home


@pytest.mark.parametrize("what", ["unused", "videos", "course"])
def test_killed_at_any_step_no_row_is_without_its_file(
    tmp_path: Path, filled: Path, learner: str, what: str
) -> None:
    """A step is each statement, commit and deletion."""

    def work(db: Database, home: Path) -> None:
        if what == "unused":
            space.free_unreferenced(db, home)
        elif what == "videos":
            space.free(db, home, space.suggestions(db, learner))
        else:
            space.remove_course_files(db, home, "demo")

    execute, unlink = Database.execute, Path.unlink
    for last in count(1):
        home = shutil.copytree(filled, tmp_path / str(last))
        steps = 0

        def step(at: int = last) -> None:
            nonlocal steps
            steps += 1
            if steps == at:
                raise Killed

        with closing(database.connect(home)) as db:
            kept = journal(db)
            with pytest.MonkeyPatch.context() as patch, suppress(Killed):
                patch.setattr(Database, "execute", lambda *a, **k: (step(), execute(*a, **k))[1])
                patch.setattr(Path, "unlink", lambda *a, **k: (step(), unlink(*a, **k))[1])
                work(db, home)
        with closing(database.connect(home)) as db:
            assert_agrees(db, home)
            assert journal(db) == kept
            work(db, home)
            assert_agrees(db, home)
        if steps < last:
            break
    assert last > 5
