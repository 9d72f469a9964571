# SPDX-License-Identifier: Apache-2.0
"""Whatever comes from outside: one clear sentence, a right exit code, and nothing is lost."""

from __future__ import annotations

import hashlib
import shutil
import sqlite3
from collections import namedtuple
from collections.abc import Callable, Iterator
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import msgspec
import pytest
from campus import Campus
from command_line import Ran, cartable
from lrs_simulator import PLATFORM
from pupil import answer, attempt, open_questions, opening, read
from repository_builder import STRANGER
from village import COURSE, PAGE, QUIZ, SECTION, Village, published, settled

from player.course.signing import public_key, sign
from player.download import worker
from player.download.patience import Patience
from player.publish.keys import load_key
from player.store import blobs, database
from player.sync import push
from player.sync.backoff import Pace

CATALOGUE = "catalogue.json"
SIGNATURE = "catalogue.json.minisig"
PLATFORM_ELSEWHERE = msgspec.json.encode(
    msgspec.structs.replace(PLATFORM, repositories=("ftp://campus.example/",))
)


@pytest.fixture(autouse=True)
def hurried(monkeypatch: pytest.MonkeyPatch) -> None:
    """Nobody waits for what is not going to come."""
    patience = Patience(tries=2, sleep=lambda _: None)
    monkeypatch.setitem(worker.run.__kwdefaults__, "patience", patience)
    monkeypatch.setitem(push.push.__kwdefaults__, "pace", Pace(sleep=lambda _: None))


@dataclass(frozen=True)
class World:
    """A campus, and a learner who has half of its course and some work to send."""

    village: Village
    campus: Campus

    @property
    def home(self) -> Path:
        return self.village.home

    @property
    def repository(self) -> Path:
        return self.village.repository

    def run(self, *words: str) -> Ran:
        return cartable(self.home, *words)

    def change_catalogue(self, secret: str = "", **fields: object) -> None:
        """Change the catalogue, and sign it with the publisher's key unless that is forbidden."""
        path = self.repository / CATALOGUE
        raw = msgspec.json.decode(path.read_bytes()) | fields
        path.write_bytes(msgspec.json.encode(raw))
        key = load_key(self.repository.parent / "publisher.key")
        if secret != "nobody":
            signer = STRANGER if secret == "stranger" else key
            (self.repository / SIGNATURE).write_bytes(sign(path.read_bytes(), signer, "changed"))

    def kept(self) -> dict[str, Any]:
        """Everything that must not be lost: rows and files."""
        with closing(sqlite3.connect(self.home / database.FILE)) as db:
            found = {
                table: db.execute(f"SELECT * FROM {table} ORDER BY 1, 2").fetchall()  # noqa: S608
                for table in ("learners", "events", "courses", "offers", "blobs")
            }
            query = "SELECT course, section, rendition FROM wishes ORDER BY 1, 2"  # asked anew
            found["wishes"] = db.execute(query).fetchall()
            query = "SELECT event, statement FROM deliveries ORDER BY 1"
            found["statements"] = db.execute(query).fetchall()
        for path in sorted((self.home / "blobs").rglob("*")):
            if path.is_file():
                found[path.name] = hashlib.sha256(path.read_bytes()).hexdigest()
        return found


@pytest.fixture(scope="module")
def original(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with everything in it as it is before something goes wrong."""
    folder = tmp_path_factory.mktemp("original")
    settled(published(folder), rendition="audio")
    with opening(folder / "home") as services:
        read(services, COURSE, PAGE)
        quiz = attempt(services, COURSE, QUIZ)
        answer(quiz, open_questions(quiz)[:3])
    return folder


@pytest.fixture
def world(original: Path, tmp_path: Path) -> Iterator[World]:
    folder = shutil.copytree(original, tmp_path / "a place – été")
    campus = Campus(folder / "repository")
    with campus.running():
        village = Village(folder / "repository", folder / "home", folder / "platform.json")
        raw = msgspec.json.decode(village.platform.read_bytes())
        raw["repositories"] = [campus.url]
        raw["lrs"]["endpoint"] = f"{campus.url}xAPI"
        village.platform.write_bytes(msgspec.json.encode(raw))
        found = World(village, campus)
        with opening(found.home) as services:
            for known in services.repositories():
                services.remove_repository(known.url)
            with services.db.atomic():  # as if the course had been fetched from there
                services.db.execute("UPDATE courses SET repository = ?", [campus.url])
        assert found.run("join", str(village.platform)).code == 0
        assert found.run("catalogue").code == 0
        yield found


def expect_refusal(world: World, words: list[str], error: str, code: int) -> str:
    """A command fails as it should, said to a person and to a script; returns the sentence."""
    before = world.kept()
    said = world.run(*words)
    assert said.code == code, said
    sentences = [line for line in said.err.splitlines() if not line.startswith("Downloading")]
    assert len(sentences) == 1, said.err
    assert sentences[0].endswith(".")
    assert "{" not in sentences[0]
    facts = world.run(*words, "--json").facts
    assert (facts["error"], facts["retry"]) == (error, code == 75)
    assert facts["text"] == sentences[0]
    after = world.kept()
    changed = {part for part in before if after.get(part) != before[part]} - {"statements"}
    assert not changed, "it was there before"
    statements = dict(after["statements"])
    assert all(statements[id_] == one for id_, one in before["statements"])
    return str(sentences[0])


# The repository


def unreachable(world: World) -> None:
    world.campus.silent = True


def a_login_page(world: World) -> None:
    world.campus.portal = True


def unsigned(world: World) -> None:
    (world.repository / SIGNATURE).unlink()


def signed_by_a_stranger(world: World) -> None:
    world.change_catalogue("stranger", number=7)


def without_twin(world: World) -> None:
    """The packed twin is as good as the plain one; so that only what is harmed is there."""
    (world.repository / f"{CATALOGUE}.gz").unlink()


def half_uploaded(world: World) -> None:
    without_twin(world)
    world.change_catalogue("nobody", number=7)


def cut_in_the_middle(world: World) -> None:
    without_twin(world)
    path = world.repository / CATALOGUE
    path.write_bytes(path.read_bytes()[:200])


def of_a_newer_format(world: World) -> None:
    world.change_catalogue(format="cartable/2", number=7)


def not_a_catalogue(world: World) -> None:
    world.change_catalogue(courses="none", number=7)


def gone(world: World) -> None:
    without_twin(world)
    (world.repository / CATALOGUE).unlink()


Fault = Callable[[World], None]


@pytest.mark.parametrize(
    ("fault", "error", "code"),
    [
        (unreachable, "Offline", 75),
        (a_login_page, "NotTheServer", 75),
        (unsigned, "Unsigned", 1),
        (signed_by_a_stranger, "UntrustedKey", 1),
        (half_uploaded, "BadSignature", 75),
        (cut_in_the_middle, "BadSignature", 75),
        (of_a_newer_format, "NewerFormat", 1),
        (not_a_catalogue, "Malformed", 1),
        (gone, "NotARepository", 1),
    ],
)
def test_a_bad_repository_is_said_and_what_was_known_stays(
    world: World, fault: Fault, error: str, code: int
) -> None:
    copy = shutil.copytree(world.repository, world.repository.with_name("as it was"))
    fault(world)
    sentence = expect_refusal(world, ["catalogue"], error, code)
    offline = world.run("catalogue", "--offline", "--json").facts
    assert [shelf["id"] for shelf in offline["courses"]] == [COURSE]
    assert [one["problem"] for one in offline["repositories"]] == [sentence]
    world.campus.silent = world.campus.portal = False
    shutil.rmtree(world.repository)
    copy.rename(world.repository)
    mended = world.run("catalogue", "--json")
    assert mended.code == 0
    assert [one["problem"] for one in mended.facts["repositories"]] == [""]


def test_an_older_catalogue_than_the_one_that_was_seen_is_refused(world: World) -> None:
    world.change_catalogue(number=7)
    assert world.run("catalogue").code == 0
    world.change_catalogue(number=6)
    expect_refusal(world, ["catalogue"], "OlderCatalogue", 1)


def test_a_stranger_may_be_allowed_by_the_id_of_the_key_or_by_the_key(world: World) -> None:
    key = public_key(STRANGER)
    world.change_catalogue("stranger", number=7)
    unknown = world.run("catalogue", "--allow", key.id)
    assert unknown.code == 2
    assert "Give the whole key" in unknown.err
    (world.repository / "keys" / f"{key.id}.pub").write_text(f"untrusted comment: x\n{key}\n")
    allowed = world.run("catalogue", "--allow", key.id.lower(), "--json")
    assert allowed.code == 0, allowed
    assert [one["trust"] for one in allowed.facts["repositories"]] == ["untrusted"]
    assert world.run("catalogue", "--allow", key.id).code == 0, "twice does no harm"
    assert world.run("catalogue", "--allow", str(key)).code == 0


# The download


def files_of(world: World, kind: str) -> list[Path]:
    return [path for path in (world.repository / kind).rglob("*") if path.is_file()]


def a_damaged_blob(world: World) -> None:
    for path in files_of(world, "blobs") + files_of(world, "packs"):
        path.write_bytes(bytes(path.stat().st_size))


def a_missing_blob(world: World) -> None:
    for path in files_of(world, "blobs") + files_of(world, "packs"):
        path.unlink()


@pytest.mark.parametrize(
    ("fault", "error", "code"),
    [
        (unreachable, "Offline", 75),
        (a_login_page, "NotTheServer", 75),
        (a_damaged_blob, "Damaged", 1),
        (a_missing_blob, "ServerRefused", 75),
    ],
)
def test_a_bad_download_is_said_and_what_is_here_stays(
    world: World, fault: Fault, error: str, code: int
) -> None:
    copy = shutil.copytree(world.repository, world.repository.with_name("as it was"))
    with opening(world.home) as services:
        services.ask(COURSE, [SECTION], "480p")
    fault(world)
    sentence = expect_refusal(world, ["download"], error, code)
    with opening(world.home) as services:
        (wish,) = services.wishes()
        assert wish.problem == sentence
    world.campus.silent = world.campus.portal = False
    shutil.rmtree(world.repository)
    copy.rename(world.repository)
    mended = world.run("download", "--json")
    assert (mended.code, mended.facts["sections"]) == (0, 1), mended
    assert world.run("doctor").code == 0


def test_a_full_disk_is_said_before_anything_is_paid_for(
    world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    with opening(world.home) as services:
        services.ask(COURSE, [SECTION], "480p")
    usage = namedtuple("usage", "total used free")
    with monkeypatch.context() as full:
        full.setattr(shutil, "disk_usage", lambda _: usage(10**9, 10**9, 0))
        sentence = expect_refusal(world, ["download"], "DiskFull", 1)
        assert "kB are needed" in sentence
    assert world.run("download").code == 0


# This PC


def test_a_database_of_a_newer_version_is_left_untouched_by_every_command(world: World) -> None:
    path = world.home / database.FILE
    with closing(sqlite3.connect(path)) as db:
        db.execute("PRAGMA user_version = 99")
        db.commit()
        db.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    before = hashlib.sha256(path.read_bytes()).hexdigest()
    for words in (["catalogue"], ["courses"], ["download"], ["sync"], ["journal"], ["doctor"]):
        expect_refusal(world, words, "DatabaseTooNew", 1)
    assert hashlib.sha256(path.read_bytes()).hexdigest() == before


def test_a_database_that_is_none_is_said_and_left_as_it_is(tmp_path: Path) -> None:
    tmp_path.joinpath("player.db").write_bytes(b"not a database at all " * 500)
    for words in (["courses"], ["doctor"], ["sync"]):
        said = cartable(tmp_path, *words, "--json")
        assert (said.code, said.facts["error"]) == (1, "DatabaseDamaged")
    assert tmp_path.joinpath("player.db").read_bytes().startswith(b"not a database")


def test_a_damaged_file_here_is_found_said_and_fetched_again(world: World) -> None:
    with opening(world.home) as services:
        manifest = services.course(COURSE)
        page = next(one for one in manifest.activities() if one.id == PAGE)
        (blob, *_) = page.blobs()
        blobs.path(world.home, blob).write_bytes(b"damaged")
        before = world.kept()["events"]
        with pytest.raises(blobs.Damaged):
            blobs.read(world.home, blob, page.title)
    found = world.run("doctor", "--json")
    assert found.code == 1
    assert [one["what"] for one in found.facts if not one["good"]] == ["files"]
    assert world.kept()["events"] == before


@pytest.mark.parametrize("words", [["download"], ["courses", COURSE], ["catalogue", "--offline"]])
def test_a_home_that_is_no_folder_is_said(tmp_path: Path, words: list[str]) -> None:
    (tmp_path / "file").write_bytes(b"")
    said = cartable(tmp_path / "file" / "home", *words, "--json")
    assert (said.code, said.facts["error"]) == (1, "NotWritable")


# The platform


@pytest.mark.parametrize(
    ("status", "error", "code"),
    [
        (400, "Rejected", 1),
        (401, "NotAdmitted", 1),
        (403, "NotPermitted", 1),
        (404, "WrongEndpoint", 1),
        (409, "Rejected", 1),
        (500, "ServerRefused", 75),
        (503, "ServerRefused", 75),
        (0, "Offline", 75),
    ],
)
def test_a_store_that_will_not_is_said_and_the_work_stays(
    world: World, status: int, error: str, code: int
) -> None:
    before = world.kept()["events"]
    owed = sum(1 for row in before if row[6] != "watching")
    world.campus.status = status
    said = world.run("sync", "--json")
    assert (said.code, said.facts["error"], said.facts["retry"]) == (code, error, code == 75)
    assert len(said.facts["problems"]) == 1
    counts = said.facts["counts"]
    assert sum(counts.values()) == owed, "each act is somewhere"
    assert counts["received"] == 0
    assert world.kept()["events"] == before
    person = world.run("sync")
    if error == "Rejected":
        assert counts["refused"] == owed
        assert "refused" in {e["state"] for e in world.run("journal", "--json").facts}
        assert (person.code, person.err) == (0, ""), "nothing is sent in vain"
        doctor = world.run("doctor", "--json")
        assert [one["what"] for one in doctor.facts if not one["good"]] == ["platform"]
        assert "the store says no" in said.facts["text"] or "has this id" in said.facts["text"]
        return
    assert (person.code, person.err) == (code, said.facts["text"] + "\n")
    assert person.out.startswith("0 received now; 0 in all"), "the counts are said all the same"
    world.campus.status = 200
    mended = world.run("sync", "--json")
    assert (mended.code, mended.facts["counts"]["received"]) == (0, owed)
    assert set(world.campus.stored) == {row[1] for row in before if row[6] != "watching"}


def test_a_login_page_is_no_receipt(world: World) -> None:
    world.campus.portal = True
    expect_refusal(world, ["sync"], "NotTheServer", 75)
    world.campus.portal = False
    assert world.run("sync").code == 0


def test_without_a_platform_the_work_stays_here(world: World) -> None:
    (world.home / "platform.json").unlink()
    expect_refusal(world, ["sync"], "NoPlatform", 1)


@pytest.mark.parametrize(
    ("text", "error"),
    [
        (b"<html>not json", "Malformed"),
        (b'{"format": "cartable/2", "kind": "platform"}', "NewerFormat"),
        (b'{"format": "cartable/1", "kind": "course"}', "Malformed"),
        (PLATFORM_ELSEWHERE, "NotARepository"),
    ],
)
def test_a_bad_platform_file_changes_nothing(world: World, text: bytes, error: str) -> None:
    before = (world.home / "platform.json").read_bytes()
    world.village.platform.write_bytes(text)
    expect_refusal(world, ["join", str(world.village.platform)], error, 1)
    assert (world.home / "platform.json").read_bytes() == before
