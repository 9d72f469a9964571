# SPDX-License-Identifier: Apache-2.0
from __future__ import annotations

import json
import uuid
from contextlib import closing
from pathlib import Path

import msgspec
import pytest
from clock import Clock
from repository_builder import Draft, noise, offer, sha256

from player.errors import Malformed
from player.journal.events import Completed, Opened
from player.journal.journal import Where, record
from player.store import blobs, courses, database
from player.store.courses import Held, Shelf
from player.store.database import Database

URL = "https://campus.example/courses/"


def demo(version: int = 1, title: str = "A course") -> bytes:
    draft = Draft(version=version, title=title).section("one", texts=[b"first", b"second"])
    return msgspec.json.encode(draft.manifest()[0])


def offered(db: Database, data: bytes, trust: str = "trusted", url: str = URL) -> None:
    manifest = msgspec.json.decode(data)
    row = [url, manifest["id"], manifest["version"], manifest["title"], manifest["language"]]
    entry = msgspec.to_builtins(offer(courses.decoded(data), data))
    entry["cost"]["renditions"] = {"240p": 900}
    db.execute("INSERT OR IGNORE INTO repositories (url, trust) VALUES (?, ?)", [url, trust])
    db.execute("INSERT INTO offers VALUES (?, ?, ?, ?, ?, ?, '')", [*row, json.dumps(entry)])


def test_a_course_is_kept_as_it_came_and_twice_is_once(db: Database) -> None:
    data = demo()[:-1] + b', "a later field": [1, 2]}'
    first = courses.keep(db, data, URL, "trusted")
    assert courses.keep(db, data, URL, "trusted") == first == courses.course(db, "demo")
    assert courses.manifest_bytes(db, "demo") == data
    assert db.execute("SELECT count(*) FROM courses").fetchone()[0] == 1


def test_the_latest_version_is_the_course_and_older_ones_can_be_asked_for(db: Database) -> None:
    for version in (2, 10, 9):
        courses.keep(db, demo(version, f"Number {version}"), URL, "trusted")
    latest, ninth = courses.course(db, "demo"), courses.course(db, "demo", 9)
    assert latest is not None
    assert ninth is not None
    assert (latest.version, ninth.title) == (10, "Number 9")
    assert courses.course(db, "demo", 3) is None
    assert courses.course(db, "nothing") is None


def test_a_malformed_course_is_not_kept(db: Database) -> None:
    with pytest.raises(Malformed):
        courses.keep(db, demo().replace(b'"title":"A course"', b'"title":5'), URL, "trusted")
    assert courses.course(db, "demo") is None


def test_nobody_replaces_what_a_trusted_publisher_signed(db: Database) -> None:
    courses.keep(db, demo(title="Unknown"), URL, "unsigned")
    courses.keep(db, demo(title="Ours"), URL, "trusted")
    kept = courses.keep(db, demo(title="Theirs"), URL, "unsigned")
    assert kept.title == "Ours"
    assert courses.course(db, "demo") == kept


def test_a_course_is_decoded_once(db: Database, monkeypatch: pytest.MonkeyPatch) -> None:
    courses.keep(db, demo(), URL, "trusted")
    assert courses.course(db, "demo") is courses.course(db, "demo", 1)


def test_the_library_shows_what_is_offered_and_what_is_here(db: Database, learner: str) -> None:
    offered(db, demo(version=2, title="New title"))
    courses.keep(db, demo(version=1, title="Old title"), URL, "trusted")
    db.execute(
        "INSERT INTO wishes (course, section, rendition, place, asked_at)"
        " VALUES ('demo', 'one', '', 1, 't')"
    )
    clock = Clock()
    for activity in ("one-page-0", "one-page-0"):
        where = Where(learner, "demo", 1, activity)
        record(db, where, Completed(name="x", type="page"), clock)
        clock.forward(hours=1)
    record(db, Where(learner, "demo", 1, "one-page-1"), Opened(name="x", type="page"), clock)
    assert courses.listing(db, learner) == [
        Shelf(
            id="demo",
            version=1,
            offered=2,
            title="Old title",
            language="en",
            summary="What it is about.",
            repository=URL,
            trust="trusted",
            activities=2,
            completed=1,
            base=courses.listing(db, "")[0].base,
            renditions={"240p": 900},
            here=True,
            last_at="2026-01-05T11:00:00.000Z",
            licence="CC-BY-SA-4.0",
            own="en",
            wished=True,
        )
    ]
    (nobody,) = courses.listing(db, "")
    assert (nobody.completed, nobody.last_at) == (0, "")


def test_what_another_version_wrote_of_a_course_otherwise_hides_none(db: Database) -> None:
    courses.keep(db, demo(), URL, "trusted")
    offered(db, demo(version=4))
    db.execute("UPDATE courses SET about = json_object('licence', 7)")
    db.execute("UPDATE offers SET offer = json_set(offer, '$.translations', 'many')")
    [shelf] = courses.listing(db, "")
    assert (shelf.title, shelf.licence, shelf.translations) == ("A course", "", ())


def test_a_home_of_before_learns_the_licence_and_the_languages_of_its_courses(home: Path) -> None:
    database.prepare(home)
    with closing(database.connect(home)) as db:
        raw = msgspec.json.decode(demo())
        raw["translations"] = [{"language": "fr", "title": "Démo", "activities": [{"any": 1}]}]
        courses.keep(db, demo(), URL, "trusted")
        db.execute("UPDATE courses SET manifest = ?", [msgspec.json.encode(raw)])
        db.execute("ALTER TABLE courses DROP COLUMN about")
        db.execute("DELETE FROM _sqlite_migrations WHERE name = 'm029_outside'")
    database.prepare(home)
    with closing(database.connect(home)) as db:
        [shelf] = courses.listing(db, "")
    assert shelf.licence == "CC-BY-SA-4.0"
    assert [(one.language, one.title) for one in shelf.translations] == [("fr", "Démo")]
    assert shelf.languages == ("en", "fr")


def test_a_course_that_is_only_offered_has_no_version_here(db: Database) -> None:
    offered(db, demo(version=4))
    (shelf,) = courses.listing(db, "")
    assert (shelf.version, shelf.offered, shelf.here, shelf.activities) == (0, 4, False, 2)
    assert shelf.base > 0


def test_a_course_that_is_offered_no_longer_stays_in_the_library(db: Database) -> None:
    courses.keep(db, demo(), URL, "unsigned")
    (shelf,) = courses.listing(db, "")
    assert (shelf.version, shelf.offered, shelf.base, shelf.renditions) == (1, 0, 0, {})
    assert (shelf.here, shelf.trust) == (False, "unsigned")


def test_a_course_of_two_repositories_stands_once_under_the_trusted_one(db: Database) -> None:
    offered(db, demo(version=3, title="Ours"))
    offered(db, demo(version=9, title="Theirs"), "unsigned", "https://other.example/")
    (shelf,) = courses.listing(db, "")
    assert (shelf.title, shelf.offered, shelf.repository) == ("Ours", 3, URL)


def test_the_library_of_a_thousand_courses_is_one_query_over_indexes(
    db: Database, learner: str
) -> None:
    """No plan for the query reads the events as a table, so it stays fast as they grow."""
    plan = db.execute("EXPLAIN QUERY PLAN " + courses._LISTING, {"learner": learner}).fetchall()
    lines = [str(row[3]) for row in plan]
    assert not [line for line in lines if line.startswith(("SCAN events", "SCAN courses"))]
    assert any("events USING COVERING INDEX" in line for line in lines)


def test_progress_of_a_new_version_with_fewer_activities_is_not_more_than_all(
    db: Database, learner: str
) -> None:
    courses.keep(db, demo(), URL, "trusted")
    for _ in range(3):
        where = Where(learner, "demo", 1, str(uuid.uuid4()))
        record(db, where, Completed(name="x", type="page"))
    (shelf,) = courses.listing(db, learner)
    assert (shelf.completed, shelf.activities) == (2, 2)


def test_what_is_here_of_a_section_is_told_for_each_rendition(db: Database, home: Path) -> None:
    small, large = noise("a", 100), noise("b", 400)
    draft = Draft().section("one", texts=[b"text!"], videos=[{"audio": small, "240p": large}])
    draft.section("two", texts=[b"more"])
    manifest, _ = draft.manifest()
    nothing = Held("one", 5, 0, {"audio": (100, 0), "240p": (400, 0)})
    two = Held("two", 4, 0, {"audio": (0, 0), "240p": (0, 0)})
    assert courses.have(db, manifest) == [nothing, two]
    blobs.add_all(db, home, {sha256(b"text!"): 5, sha256(large): 400})
    one = Held("one", 5, 5, {"audio": (100, 0), "240p": (400, 400)})
    assert courses.have(db, manifest) == [one, two]
