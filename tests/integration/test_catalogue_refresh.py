# SPDX-License-Identifier: Apache-2.0
"""What a repository offers, and every way in which it may not be what it should be."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from clock import Clock
from repository_builder import SECRET, STRANGER, Built, Draft, build, sha256
from simulator import URL, Simulator

from player.catalogue.refresh import Refreshed, fetch_course, normalise, refresh
from player.course.signing import PublicKey, public_key, sign
from player.errors import (
    BadSignature,
    Damaged,
    Malformed,
    NewerFormat,
    NotARepository,
    NotOffered,
    NotTheServer,
    Offline,
    OlderCatalogue,
    PlayerError,
    ServerBusy,
    ServerRefused,
    Unsigned,
    UntrustedKey,
)
from player.store import courses
from player.store.database import Database
from player.transport import Roads

KEY = public_key(SECRET)


def demo(version: int = 1, **more: str) -> Draft:
    return Draft(version=version, **more).section("one", texts=[f"text {version}".encode()])


def look(
    db: Database,
    server: Simulator,
    *,
    keys: tuple[PublicKey, ...] = (KEY,),
    allow_unsigned: bool = False,
    allow_keys: tuple[PublicKey, ...] = (),
) -> Refreshed:
    allowed = {"allow_unsigned": allow_unsigned, "allow_keys": allow_keys}
    return refresh(db, server, URL, keys, now=Clock(), **allowed)  # type: ignore[arg-type]


def offers(db: Database) -> list[tuple[str, int]]:
    query = "SELECT course, version FROM offers ORDER BY course"
    return [(row[0], row[1]) for row in db.execute(query)]


def problem(db: Database) -> str:
    return str(db.execute("SELECT problem FROM repositories").fetchone()[0])


@pytest.fixture
def server() -> Simulator:
    made = Simulator()
    made.publish(build(demo(), number=5).files)
    return made


def test_what_is_offered_is_written_down(db: Database, server: Simulator) -> None:
    assert look(db, server) == Refreshed(URL, 5, 1, True, "trusted", KEY.id)
    assert offers(db) == [("demo", 1)]
    row = db.execute("SELECT title, number, trust, refreshed_at, problem FROM repositories")
    assert row.fetchone() == ("Demo", 5, "trusted", "2026-01-05T09:00:00Z", "")


def test_an_unchanged_catalogue_costs_one_request_without_a_body(
    db: Database, server: Simulator
) -> None:
    look(db, server)
    server.served.clear()
    server.asked.clear()
    assert look(db, server) == Refreshed(URL, 5, 1, False, "trusted", KEY.id)
    assert server.asked == ["catalogue.json"]
    assert server.served.total() == 0


def test_a_catalogue_is_fetched_anew_when_its_key_is_trusted_no_longer(
    db: Database, server: Simulator
) -> None:
    look(db, server)
    with pytest.raises(UntrustedKey):
        look(db, server, keys=())
    assert offers(db) == [("demo", 1)]


def test_a_new_catalogue_replaces_the_offers(db: Database, server: Simulator) -> None:
    look(db, server)
    server.publish(build(demo(2), demo(id="other"), number=6).files)
    assert look(db, server).changed
    assert offers(db) == [("demo", 2), ("other", 1)]


def test_fields_of_a_later_minor_version_are_kept(db: Database, server: Simulator) -> None:
    catalogue = json.loads(server.files["catalogue.json"])
    catalogue["format"] = "cartable/1.3"
    catalogue["courses"][0]["colour"] = {"warm": [1, 2]}
    resign(server, json.dumps(catalogue).encode())
    look(db, server)
    kept = json.loads(db.execute("SELECT offer FROM offers").fetchone()[0])
    assert kept["colour"] == {"warm": [1, 2]}


def resign(server: Simulator, data: bytes) -> None:
    server.files |= {"catalogue.json": data, "catalogue.json.minisig": sign(data, SECRET, "test")}


def other(number: int = 6) -> Built:
    return build(demo(id="other"), number=number)


def unreachable(server: Simulator) -> None:
    server.unreachable()


def stalled(server: Simulator) -> None:
    server.publish(other().files)
    server.stall()


def web_page(server: Simulator) -> None:
    server.captive_portal()


def huge(server: Simulator) -> None:
    server.files["catalogue.json"] = b" " * (16 * 1024 * 1024 + 1)


def no_repository(server: Simulator) -> None:
    server.files.clear()


def broken_server(server: Simulator) -> None:
    server.refuse(500, "catalogue.json", times=9)


def busy_server(server: Simulator) -> None:
    server.refuse(503, "catalogue.json", headers={"retry-after": "17"})


def unsigned(server: Simulator) -> None:
    server.publish(other().files)
    server.forget("catalogue.json.minisig")


def stranger(server: Simulator) -> None:
    server.publish(build(demo(id="other"), number=6, secret=STRANGER).files)


def half_uploaded(server: Simulator) -> None:
    server.files["catalogue.json"] = other().files["catalogue.json"]


def half_a_file(server: Simulator) -> None:
    server.files["catalogue.json"] = other().files["catalogue.json"][:100]


def newer_format(server: Simulator) -> None:
    resign(server, b'{"format":"cartable/2","kind":"catalogue","number":9,"all":"new"}')


def no_catalogue(server: Simulator) -> None:
    resign(server, b'{"format":"cartable/1","kind":"course"}')


def malformed(server: Simulator) -> None:
    resign(server, other().files["catalogue.json"].replace(b'"number":6', b'"number":"6"'))


def beyond_number(server: Simulator) -> None:
    resign(server, other().files["catalogue.json"].replace(b'"number":6', b'"number":' + b"9" * 30))


def not_json(server: Simulator) -> None:
    resign(server, b"hello")


def rolled_back(server: Simulator) -> None:
    server.publish(other(number=4).files)


@pytest.mark.parametrize(
    ("harm", "error"),
    [
        (unreachable, Offline),
        (stalled, Offline),
        (web_page, NotTheServer),
        (huge, NotTheServer),
        (no_repository, NotARepository),
        (broken_server, ServerRefused),
        (busy_server, ServerBusy),
        (unsigned, Unsigned),
        (stranger, UntrustedKey),
        (half_uploaded, BadSignature),
        (half_a_file, BadSignature),
        (newer_format, NewerFormat),
        (no_catalogue, Malformed),
        (malformed, Malformed),
        (beyond_number, Malformed),
        (not_json, Malformed),
        (rolled_back, OlderCatalogue),
    ],
)
def test_a_bad_repository_is_named_and_what_was_known_is_kept(
    db: Database, server: Simulator, harm: object, error: type[PlayerError]
) -> None:
    look(db, server)
    before = db.execute("SELECT number, etag, trust, key, refreshed_at FROM repositories")
    known = before.fetchone()
    harm(server)  # type: ignore[operator]
    with pytest.raises(error) as caught:
        look(db, server)
    assert offers(db) == [("demo", 1)]
    after = db.execute("SELECT number, etag, trust, key, refreshed_at FROM repositories")
    assert after.fetchone() == known
    assert problem(db) == str(caught.value)


def test_a_success_ends_the_problem(db: Database, server: Simulator) -> None:
    server.unreachable()
    with pytest.raises(Offline):
        look(db, server)
    assert "campus.example" in problem(db)
    server.unreachable(False)
    look(db, server)
    assert problem(db) == ""
    server.captive_portal()
    with pytest.raises(NotTheServer):
        look(db, server)
    server.captive_portal(False)
    assert not look(db, server).changed
    assert problem(db) == ""


def test_a_busy_server_is_quoted_with_its_seconds(db: Database, server: Simulator) -> None:
    busy_server(server)
    with pytest.raises(ServerBusy) as caught:
        look(db, server)
    assert caught.value.details["seconds"] == 17


def test_a_copy_that_ends_between_the_two_files_is_read_at_the_second_try(
    db: Database, server: Simulator
) -> None:
    """The old catalogue with the new signature, and a moment later both new."""
    new = other().files
    server.files["catalogue.json.minisig"] = new["catalogue.json.minisig"]
    answer = server._answer

    def and_then_the_copy_is_through(path: str, headers: dict[str, str]) -> object:
        given = answer(path, headers)
        if path == "catalogue.json":
            server.files["catalogue.json"] = new["catalogue.json"]
        return given

    server._answer = and_then_the_copy_is_through  # type: ignore[method-assign, assignment]
    assert look(db, server).number == 6
    both = ["catalogue.json", "catalogue.json.minisig"]
    assert sorted(server.asked) == sorted(["catalogue.json.gz", *both, *both])


def test_unsigned_courses_are_shown_as_such_when_a_person_allows_them(
    db: Database, server: Simulator
) -> None:
    unsigned(server)
    assert look(db, server, allow_unsigned=True).trust == "unsigned"
    assert offers(db) == [("other", 1)]


def test_taking_the_signature_off_does_not_get_past_a_place_that_signed_before(
    db: Database, server: Simulator
) -> None:
    look(db, server)
    unsigned(server)
    with pytest.raises(Unsigned):
        look(db, server, allow_unsigned=True)
    assert offers(db) == [("demo", 1)]


def test_an_unsigned_number_does_not_shut_out_the_publisher_who_signs(
    db: Database, server: Simulator
) -> None:
    server.publish(build(demo(id="other"), number=10**9, secret=None).files)
    server.forget("catalogue.json.minisig")
    assert look(db, server, allow_unsigned=True).number == 10**9
    server.publish(build(demo(), number=5).files)
    assert look(db, server).number == 5


def test_a_stranger_is_read_once_a_person_allowed_the_whole_key(
    db: Database, server: Simulator
) -> None:
    stranger(server)
    found = look(db, server, allow_keys=(public_key(STRANGER),))
    assert (found.trust, found.key) == ("untrusted", public_key(STRANGER).id)


def test_a_folder_is_read_like_a_server(db: Database, tmp_path: Path) -> None:
    folder = build(demo(), number=3).write(tmp_path / "stick é 100%")
    url = normalise(str(folder))
    found = refresh(db, Roads(), url, [KEY], allow_unsigned=False, now=Clock())
    assert (found.number, found.trust) == (3, "trusted")
    assert fetch_course(db, Roads(), "demo").title == "A course"
    elsewhere = normalise(str(tmp_path / "empty"))
    with pytest.raises(NotARepository):
        refresh(db, Roads(), elsewhere, [KEY], allow_unsigned=False, now=Clock())


# A course's manifest


def test_a_manifest_is_fetched_once(db: Database, server: Simulator) -> None:
    look(db, server)
    manifest = fetch_course(db, server, "demo")
    server.unreachable()
    assert fetch_course(db, server, "demo") == manifest == courses.course(db, "demo")
    assert db.execute("SELECT trust, repository FROM courses").fetchone() == ("trusted", URL)


def test_a_new_version_is_kept_beside_the_old_one(db: Database, server: Simulator) -> None:
    look(db, server)
    fetch_course(db, server, "demo")
    server.publish(build(demo(2), number=6).files)
    look(db, server)
    assert fetch_course(db, server, "demo").version == 2
    assert [courses.course(db, "demo", n) is not None for n in (1, 2, 3)] == [True, True, False]


def lying(server: Simulator) -> None:
    server.lie("courses/")


def another_course(server: Simulator) -> None:
    data = build(demo(id="other")).files["courses/other/1.json"]
    catalogue = json.loads(server.files["catalogue.json"])
    catalogue["courses"][0]["manifest"] = {
        "sha256": sha256(data),
        "size": len(data),
    }
    server.files["courses/demo/1.json"] = data
    resign(server, json.dumps(catalogue).encode())


def missing(server: Simulator) -> None:
    server.forget("courses/demo/1.json")


def page_instead(server: Simulator) -> None:
    server.files["courses/demo/1.json"] = b"<html>Log in</html>"


@pytest.mark.parametrize(
    ("harm", "error"),
    [
        (lying, Damaged),
        (another_course, Malformed),
        (missing, NotOffered),
        (page_instead, NotTheServer),
    ],
)
def test_a_manifest_that_is_not_the_promised_one_is_not_kept(
    db: Database, server: Simulator, harm: object, error: type[PlayerError]
) -> None:
    harm(server)  # type: ignore[operator]
    look(db, server)
    with pytest.raises(error):
        fetch_course(db, server, "demo")
    assert courses.course(db, "demo") is None


def test_a_course_that_nobody_offers_is_named(db: Database, server: Simulator) -> None:
    with pytest.raises(NotOffered, match="demo"):
        fetch_course(db, server, "demo")


def test_an_unknown_publisher_does_not_push_out_a_trusted_one_with_a_greater_version(
    db: Database, server: Simulator
) -> None:
    look(db, server)
    loud = Simulator("https://loud.example/")
    loud.publish(build(demo(99, title="Free money"), secret=None).files)
    refresh(db, loud, loud.url, [KEY], allow_unsigned=True, now=Clock())
    assert fetch_course(db, server, "demo").version == 1
    (shelf,) = courses.listing(db, "")
    assert (shelf.title, shelf.trust, shelf.offered) == ("A course", "trusted", 1)
