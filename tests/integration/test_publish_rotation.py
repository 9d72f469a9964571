# SPDX-License-Identifier: Apache-2.0
"""The author changes keys and takes one back; a learner's PC follows, over a folder."""

from __future__ import annotations

from contextlib import suppress
from pathlib import Path

import pytest
from clock import Clock
from command_line import cartable
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from publishers import K1, K2, K3, THIEF, key_id
from repository_builder import Draft, build

from player.catalogue.refresh import Refreshed, fetch_course, normalise, refresh
from player.course.publisher import decode_publisher
from player.course.signing import public_key
from player.errors import BadKey, BadSignature, NotWritable, RevokedKey
from player.publish import shelf, writing
from player.publish.keys import make_key, public_text
from player.publish.rotation import revoke, rotate
from player.publish.shelf import open_shelf
from player.store.database import Database
from player.transport import Roads


@pytest.fixture
def repository(tmp_path: Path) -> Path:
    built = build(Draft().section("one", texts=[b"text"]), number=5, secret=K1)
    return built.write(tmp_path / "repository")


def look(db: Database, repository: Path, *trusted: Ed25519PrivateKey) -> Refreshed:
    keys = [public_key(key) for key in trusted or (K1,)]
    url = normalise(str(repository))
    return refresh(db, Roads(), url, keys, allow_unsigned=False, now=Clock())


def test_a_pc_follows_two_rotations_and_a_revocation(db: Database, repository: Path) -> None:
    assert look(db, repository).number == 5
    assert rotate(repository, K1, K2, now=Clock()).number == 1
    assert rotate(repository, K2, K3, now=Clock()).number == 2
    changed = revoke(repository, key_id(K1), K3, now=Clock())
    assert (changed.number, changed.catalogue_number) == (3, 8)
    assert changed.keys == (str(public_key(K2)), str(public_key(K3)))
    assert changed.revoked == (key_id(K1),)
    found = look(db, repository)
    assert (found.number, found.trust, found.key) == (8, "trusted", key_id(K3))
    assert fetch_course(db, Roads(), "demo").title == "A course"
    open_shelf(repository, K3)


def test_the_manifest_and_its_signature_stay(repository: Path) -> None:
    before = {p: p.read_bytes() for p in (repository / "courses").rglob("*") if p.is_file()}
    rotate(repository, K1, K2)
    after = {p: p.read_bytes() for p in (repository / "courses").rglob("*") if p.is_file()}
    assert after == before


def test_a_thief_with_the_revoked_key_gets_nowhere(db: Database, repository: Path) -> None:
    look(db, repository)
    rotate(repository, K1, K2)
    revoke(repository, key_id(K1), K2)
    look(db, repository)
    build(Draft(version=9).section("one", texts=[b"bad"]), number=99, secret=K1).write(repository)
    with pytest.raises(RevokedKey):
        look(db, repository)


def test_a_key_that_is_none_of_this_publisher_changes_nothing(repository: Path) -> None:
    before = {p: p.read_bytes() for p in repository.rglob("*.json*") if p.is_file()}
    for wrong in (
        lambda: rotate(repository, THIEF, K2),
        lambda: rotate(repository, K1, K1),
        lambda: revoke(repository, key_id(K1), K1),
        lambda: revoke(repository, key_id(THIEF), K1),
        lambda: revoke(repository, key_id(K1), K2),
    ):
        with pytest.raises(BadKey):
            wrong()
    assert {p: p.read_bytes() for p in repository.rglob("*.json*") if p.is_file()} == before


def test_a_revoked_key_cannot_come_back(repository: Path) -> None:
    rotate(repository, K1, K2)
    revoke(repository, key_id(K1), K2)
    with pytest.raises(BadKey, match="revoked"):
        rotate(repository, K2, K1)


def test_an_empty_folder_has_nothing_to_sign(tmp_path: Path) -> None:
    with pytest.raises(BadKey, match="no catalogue"):
        rotate(tmp_path, K1, K2)


def test_a_rotation_killed_at_any_step_can_be_repeated(
    db: Database, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    finish, killed_at = writing.finish, 0
    while True:
        built = build(Draft().section("one", texts=[b"text"]), number=5, secret=K1)
        repository = built.write(tmp_path / f"killed at {killed_at}")
        left = [killed_at]

        def killed(path: Path, left: list[int] = left) -> None:
            if not left[0]:
                raise PermissionError
            left[0] -= 1
            finish(path)

        monkeypatch.setattr(writing, "finish", killed)
        monkeypatch.setattr(shelf, "finish", killed)
        try:
            rotate(repository, K1, K2)
        except NotWritable:
            monkeypatch.undo()
            with suppress(BadSignature):  # the new signature is there, the new catalogue is not
                assert look(db, repository).trust == "trusted"
        else:
            break
        rotate(repository, K1, K2)
        assert look(db, repository).key == key_id(K2)
        assert not list(repository.rglob("*.part"))
        killed_at += 1
    monkeypatch.undo()
    assert killed_at > 8


def test_the_commands_rotate_and_revoke(home: Path, tmp_path: Path, repository: Path) -> None:
    old = make_key(tmp_path / "old.key")
    build(Draft().section("one", texts=[b"text"]), number=5, secret=old).write(repository)
    keys = ["--key", tmp_path / "old.key", "--new", tmp_path / "new.key"]
    assert cartable(home, "catalogue", "--add", repository, "--allow", public_text(old)).code == 0
    rotated = cartable(home, "rotate", repository, *keys, "--json")
    assert rotated.code == 0
    assert rotated.facts["number"] == 1
    new_key = ["--key", tmp_path / "new.key"]
    revoked = cartable(home, "revoke", repository, key_id(old).lower(), *new_key)
    assert revoked.code == 0
    assert key_id(old) in revoked.out
    seen = cartable(home, "catalogue", "--json")
    assert seen.code == 0, seen.err
    (known,) = seen.facts["repositories"]
    assert known["trust"] == "untrusted"
    assert known["key"] != key_id(old)
    assert known["notice"] == ""
    assert decode_publisher((repository / "keys" / "publisher.json").read_bytes()).number == 2
    build(Draft().section("one", texts=[b"text"]), number=99, secret=old).write(repository)
    refused = cartable(home, "catalogue", "--json")
    assert refused.facts["error"] == "RevokedKey"
    assert cartable(home, "doctor").found_bad
    assert cartable(home, "revoke", repository, key_id(old), *new_key).code == 1
