# SPDX-License-Identifier: Apache-2.0
"""Which of its versions a course is, and what becomes of wishes."""

from __future__ import annotations

import sqlite3
from collections.abc import Sequence
from contextlib import closing, contextmanager, suppress
from itertools import count
from pathlib import Path
from typing import Any

import msgspec
import pytest
from repository_builder import Draft, sha256

from player.course.manifest import Manifest
from player.store import blobs, courses, database, schema
from player.store.database import Database

URL = "https://campus.example/courses/"


def demo(version: int = 1, sections: Sequence[str] = ("one", "two"), name: str = "demo") -> bytes:
    draft = Draft(id=name, version=version)
    for section in sections:
        draft.section(section, texts=[f"{section} {version}".encode()])
    return msgspec.json.encode(draft.manifest()[0])


def keep(db: Database, data: bytes, **how: bool) -> Manifest:
    return courses.keep(db, data, URL, "trusted", **how)


def wish(db: Database, section: str, rendition: str = "240p", activity: str = "") -> None:
    with db.atomic():
        db.execute(
            "INSERT INTO wishes (course, section, activity, rendition, place, asked_at)"
            " VALUES ('demo', ?, ?, ?, 1, 't')",
            [section, activity, rendition],
        )


def wished(db: Database) -> list[tuple[str, str]]:
    query = "SELECT section, rendition FROM wishes ORDER BY place, rowid"
    return [tuple(row) for row in db.execute(query).fetchall()]


def versions(db: Database) -> tuple[int, int]:
    """The current version, and the one that is coming; 0 for none."""
    now, new = courses.course(db, "demo"), courses.coming(db, "demo")
    return now.version if now else 0, new.version if new else 0


def test_the_first_version_is_the_course_however_it_comes(db: Database) -> None:
    keep(db, demo(), coming=True)
    assert versions(db) == (1, 0)


def test_nothing_here_and_nothing_wished_lets_an_update_be_the_course_at_once(db: Database) -> None:
    keep(db, demo(1))
    keep(db, demo(2), coming=True)
    assert versions(db) == (2, 0)


def test_an_update_waits_beside_what_is_wished_for(db: Database) -> None:
    keep(db, demo(1))
    wish(db, "one")
    keep(db, demo(2), coming=True)
    assert versions(db) == (1, 2)
    keep(db, demo(2), coming=True)
    assert versions(db) == (1, 2), "the same twice is once"
    (shelf,) = courses.listing(db, "")
    assert (shelf.version, shelf.coming) == (1, 2)


def test_an_update_waits_beside_a_file_that_is_here(db: Database, home: Path) -> None:
    keep(db, demo(1))
    blobs.add(db, home, sha256(b"two 1"), 5)
    keep(db, demo(2), coming=True)
    assert versions(db) == (1, 2)


def test_a_later_update_takes_the_place_of_one_that_is_coming(db: Database) -> None:
    keep(db, demo(1))
    wish(db, "one")
    keep(db, demo(2), coming=True)
    keep(db, demo(3), coming=True)
    assert versions(db) == (1, 3)
    keep(db, demo(2), coming=True)
    assert versions(db) == (1, 2), "what was agreed to last"


def test_an_older_version_takes_nobodys_place(db: Database) -> None:
    keep(db, demo(5))
    wish(db, "one")
    for how in ({}, {"coming": True}, {"aside": True}):
        keep(db, demo(4), **how)
        assert versions(db) == (5, 0)


def test_what_is_only_looked_at_becomes_nothing(db: Database) -> None:
    keep(db, demo(1))
    assert keep(db, demo(2), aside=True).version == 2
    assert versions(db) == (1, 0)
    wish(db, "one")
    keep(db, demo(2), coming=True)
    assert versions(db) == (1, 2), "and can be agreed to afterwards"


def test_settling_makes_the_coming_version_the_course(db: Database) -> None:
    keep(db, demo(1))
    assert courses.settle(db, "demo") is None
    wish(db, "one")
    keep(db, demo(2), coming=True)
    new = courses.settle(db, "demo")
    assert new is not None
    assert new.version == 2
    assert versions(db) == (2, 0)
    assert wished(db) == [("one", "240p")]
    assert courses.course(db, "demo", 1) is not None


def test_giving_up_an_update_leaves_the_course_as_it_was(db: Database) -> None:
    keep(db, demo(1))
    courses.give_up_coming(db, "demo")
    for section in ("one", "two"):
        wish(db, section)
    keep(db, demo(2, ("one", "two", "three")), coming=True)
    assert len(wished(db)) == 3
    courses.give_up_coming(db, "demo")
    assert versions(db) == (1, 0)
    assert wished(db) == [("one", "240p"), ("two", "240p")]


@pytest.mark.parametrize("coming", [True, False])
def test_who_wished_for_all_sections_alike_wishes_for_the_new_ones(
    db: Database, coming: bool
) -> None:
    keep(db, demo(1))
    wish(db, "one", "audio")
    wish(db, "two", "audio")
    keep(db, demo(2, ("two", "three", "four")), coming=coming)
    courses.settle(db, "demo")
    assert versions(db) == (2, 0)
    assert wished(db) == [(name, "audio") for name in ("two", "three", "four")]


def test_who_chose_gets_no_more_than_was_chosen(db: Database) -> None:
    keep(db, demo(1))
    wish(db, "one", "audio")
    keep(db, demo(2, ("one", "two", "three")), coming=True)
    assert wished(db) == [("one", "audio")]
    wish(db, "two", "480p")
    keep(db, demo(3, ("one", "two", "three")), coming=True)
    assert wished(db) == [("one", "audio"), ("two", "480p")]


def test_a_wish_for_one_activity_goes_when_the_activity_goes(db: Database) -> None:
    keep(db, demo(1))
    wish(db, "one", activity="one-page-0")
    wish(db, "two", activity="two-page-0")
    keep(db, demo(2, ("two",)), coming=True)
    assert len(wished(db)) == 2, "the old version is played until the new one is whole"
    courses.settle(db, "demo")
    assert wished(db) == [("two", "240p")]


def test_other_courses_are_left_alone(db: Database) -> None:
    keep(db, demo(1))
    keep(db, demo(1, name="other"))
    wish(db, "one")
    keep(db, demo(2), coming=True)
    courses.settle(db, "demo")
    other = courses.course(db, "other")
    assert other is not None
    assert other.version == 1


def test_the_database_holds_one_current_version_at_most(db: Database) -> None:
    keep(db, demo(1))
    keep(db, demo(2), aside=True)
    with pytest.raises(sqlite3.IntegrityError):
        db.execute("UPDATE courses SET stage = 'current'")


class Killed(BaseException):
    """The power went."""


def test_killed_at_any_step_a_course_is_one_version_or_the_other(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A step is each statement and each commit of an update, from consent to the end."""
    real = Database.execute
    steps, goes_at = 0, 0

    def execute(self: Any, sql: str, *more: Any) -> Any:
        nonlocal steps
        steps += 1
        if steps == goes_at:
            raise Killed
        return real(self, sql, *more)

    @contextmanager
    def opened(home: Path) -> Any:
        with closing(database.connect(home)) as db:
            yield db

    for goes_at in count(1):
        home = tmp_path / str(goes_at)
        database.prepare(home)
        with opened(home) as db:
            keep(db, demo(1))
            wish(db, "one")
            wish(db, "two")
        steps = 0
        with opened(home) as db, monkeypatch.context() as patch, suppress(Killed):
            patch.setattr(Database, "execute", execute)
            keep(db, demo(2, ("two", "three")), coming=True)
            courses.settle(db, "demo")
        with opened(home) as db:
            found = versions(db), {section for section, _ in wished(db)}
            assert found in [
                ((1, 0), {"one", "two"}),
                ((1, 2), {"one", "two", "three"}),
                ((2, 0), {"two", "three"}),
            ]
            keep(db, demo(2, ("two", "three")), coming=True)
            courses.settle(db, "demo")
            assert versions(db) == (2, 0)
            assert {section for section, _ in wished(db)} == {"two", "three"}
        if steps < goes_at:
            break
    assert goes_at > 10


def test_a_home_of_before_keeps_its_latest_version_as_the_course(tmp_path: Path) -> None:
    with closing(database._open(tmp_path / database.FILE)) as db:
        schema.migrations.apply(db, stop_before="m009_versions")
        row = "INSERT INTO courses VALUES ('demo', ?, 't', 'en', '', 1, ?, 'trusted', ?, 'now')"
        for version in (2, 10, 9):
            db.execute(row, [version, URL, demo(version)])
        db.conn.commit()
    database.prepare(tmp_path)
    with closing(database.connect(tmp_path)) as db:
        assert versions(db) == (10, 0)
        query = "SELECT stage FROM courses ORDER BY version"
        assert [row[0] for row in db.execute(query)] == ["past", "past", "current"]
