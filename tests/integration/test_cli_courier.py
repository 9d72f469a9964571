# SPDX-License-Identifier: Apache-2.0
"""`cartable courier …` and `cartable platform key`, against a store on loopback or none."""

from __future__ import annotations

import json
import stat
from contextlib import closing
from pathlib import Path

import pytest
from command_line import cartable
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from every_act import ENROLLED, PASSED

from player.course.signing import public_key
from player.journal import learners
from player.journal.journal import Where, record
from player.store.database import connect
from player.sync.letter import Letter, write


@pytest.fixture
def office(tmp_path: Path) -> Path:
    """The home of an office, its keys made."""
    path = tmp_path / "office"
    assert cartable(path, "platform", "key").code == 0
    return path


@pytest.fixture
def platform(tmp_path: Path, office: Path) -> Path:
    """The platform's file, which names that office. Nobody answers at its store."""
    path = tmp_path / "platform.json"
    fields = {"format": "cartable/1", "kind": "platform", "name": "Campus"}
    fields |= {"home": "https://campus.example"}
    lrs = {"endpoint": "https://campus.invalid/xAPI", "username": "u", "password": "p"}
    public = cartable(office, "platform", "key", "--json").facts
    path.write_text(json.dumps(fields | {"lrs": lrs} | public), encoding="utf-8")
    assert cartable(office, "join", path).code == 0
    return path


@pytest.fixture
def pc(tmp_path: Path, platform: Path) -> Path:
    """A learner's PC, with one act."""
    home = tmp_path / "pc"
    cartable(home, "join", platform)
    who = cartable(home, "learner", "Awa", "--json").facts["id"]
    with closing(connect(home)) as db:
        record(db, Where(who, "course", 1, "quiz"), PASSED)
    return home


@pytest.fixture
def stick(tmp_path: Path) -> Path:
    path = tmp_path / "stick"
    path.mkdir()
    return path


def states(home: Path) -> list[str]:
    return [one["state"] for one in cartable(home, "journal", "--json").facts]


def test_the_keys_of_an_office_are_made_once_and_kept_private(office: Path) -> None:
    first = cartable(office, "platform", "key", "--json").facts
    assert cartable(office, "platform", "key", "--json").facts == first
    assert first["recipients"][0].startswith("age1")
    assert first["offices"][0].startswith("RW")
    for name in ("office.age", "office.key"):
        assert stat.S_IMODE((office / name).stat().st_mode) == 0o600
    assert first["recipients"][0] in cartable(office, "platform", "key").out


def test_a_key_that_is_none_is_said(office: Path, platform: Path, pc: Path, stick: Path) -> None:
    cartable(pc, "courier", "pack", stick)
    (file,) = stick.iterdir()
    letter = stick / "letter"
    letter.write_text("Dear editor", encoding="utf-8")
    for option, path in (("--identity", letter), ("--key", letter), ("--identity", stick / "no")):
        ran = cartable(office, "courier", "deliver", file, option, path, "--json")
        assert (ran.code, ran.facts["error"]) == (1, "BadKey")


def test_packed_and_carried_where_nobody_answers_it_waits(
    office: Path, pc: Path, stick: Path
) -> None:
    ran = cartable(pc, "courier", "pack", stick, "--json")
    (packed,) = ran.facts["files"]
    assert (packed["acts"], Path(packed["file"]).parent) == (1, stick)
    assert Path(packed["file"]).stat().st_size == packed["size"]
    assert states(pc) == ["packed"]
    ran = cartable(office, "courier", "deliver", packed["file"], "--json")
    assert ran.code == 75
    (done,) = ran.facts["bundles"]
    assert (done["count"], done["received"], done["left"]) == (1, 0, 1)
    ran = cartable(pc, "courier", "receipts", stick, "--json")
    assert ran.facts == {"read": 1, "received": 0, "refused": 0, "mail": 0, "pieces": 0}
    assert states(pc) == ["packed"]
    assert "1 still to send" in cartable(pc, "sync").out


def test_one_bad_file_stops_no_other(office: Path, pc: Path, stick: Path) -> None:
    cartable(pc, "courier", "pack", stick)
    (file,) = stick.iterdir()
    bad = stick / "bad.cartable-bundle"
    bad.write_bytes(file.read_bytes()[:-1])
    ran = cartable(office, "courier", "deliver", bad, file, "--json")
    assert ran.code == 1
    assert [one["error"] for one in ran.facts["problems"]] == ["BundleDamaged", "Offline"]
    assert len(ran.facts["bundles"]) == 1


def test_a_forged_receipt_is_said(pc: Path, stick: Path) -> None:
    forged = stick / f"{'0' * 16}.cartable-receipt"
    forged.write_text("{}", encoding="utf-8")
    ran = cartable(pc, "courier", "receipts", forged, "--json")
    assert (ran.code, ran.facts["error"]) == (1, "BadReceipt")


def test_without_a_platform_there_is_nobody_to_carry_to(tmp_path: Path, stick: Path) -> None:
    ran = cartable(tmp_path / "alone", "courier", "pack", stick, "--json")
    assert (ran.code, ran.facts["error"]) == (1, "NoPlatform")


def test_another_pc_takes_the_work_in(
    tmp_path: Path, platform: Path, pc: Path, stick: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("CARTABLE_PASSPHRASE", "correct horse")
    assert cartable(pc, "courier", "pack", stick, "--passphrase").code == 0
    assert states(pc) == ["saved"]
    other = tmp_path / "other"
    cartable(other, "join", platform)
    (file,) = stick.iterdir()
    ran = cartable(other, "courier", "import", file, "--passphrase", "--json")
    assert ran.facts == {"learner": "Awa", "new": 1, "acts": 1}
    assert cartable(other, "learner", "--json").facts["name"] == "Awa"
    monkeypatch.setenv("CARTABLE_PASSPHRASE", "guess")
    ran = cartable(other, "courier", "import", file, "--json")
    assert (ran.code, ran.facts["error"]) == (1, "WrongPassphrase")


def test_a_learner_who_is_not_here_cannot_be_packed(pc: Path, stick: Path) -> None:
    assert cartable(pc, "courier", "pack", stick, "--learner", "Bob").code == 2
    assert cartable(pc, "courier", "pack", stick, "--learner", "Awa").code == 0


def test_letters_on_the_stick_come_with_the_receipts(
    pc: Path, platform: Path, stick: Path, tmp_path: Path
) -> None:
    secret = Ed25519PrivateKey.generate()
    named = json.loads(platform.read_text("utf-8")) | {"mail": [str(public_key(secret))]}
    platform.write_text(json.dumps(named), encoding="utf-8")
    assert cartable(pc, "join", platform).code == 0
    with closing(connect(pc)) as db:
        (who,) = learners.all_learners(db)
        record(db, Where(who.id, "course", 1), ENROLLED)
    assert cartable(pc, "courier", "pack", stick).code == 0
    (act, _, told) = reversed(cartable(pc, "journal", "--json").facts)
    assert told["event"]["act"]["kind"] == "addressed"
    to = {"platform": named["home"], "course": "course", "number": 1, "at": "2026-11-26T12:00:00Z"}
    box = {"learner": who.id, "recipient": told["event"]["act"]["recipient"]}
    at = {"id": "i", "at": "2026-11-26T12:00:00Z"}
    mark = at | {"type": "mark", "act": act["event"]["id"], "score": 0.75, "feedback": "Bravo"}
    news = at | {"type": "announcement", "title": "Salut", "text": "…"}
    for letter in (Letter(**to, **box, items=(mark,)), Letter(**to, items=(news,))):
        path = stick / letter.box.path(1)
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(write(letter, secret))
    read = cartable(pc, "courier", "receipts", stick, "--json")
    assert (read.code, read.facts["mail"]) == (0, 2)
    assert "marked" in states(pc)
    listed = cartable(pc, "mail")
    assert listed.code == 0
    assert "75%  Bravo" in listed.out
    assert "Salut" in listed.out
    assert cartable(pc, "mail", "other").out.strip() == "Nothing came yet."
    fetched = cartable(pc, "mail", "--fetch", "--json").facts
    assert (fetched["new"], fetched["unread"], len(fetched["items"])) == (0, 2, 2)
