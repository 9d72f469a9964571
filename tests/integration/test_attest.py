# SPDX-License-Identifier: Apache-2.0
"""From doing what a course asks to a credential that is verified, over a simulated store."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import msgspec
import pytest
from attested import EXAM, QUIZ, do_all, hand_in, offer, source, take, watch
from clock import Clock
from posting import COURSE, World
from power import Killed, Power, Road, power

from player.app.attesting import LARGEST
from player.course import jwt
from player.course.judging import Verdict
from player.errors import BadNames, NoCredential, NotYetMet, TooLarge
from player.publish.keys import own_key
from player.publish.repository import publish

__all__ = ["power"]  # a fixture, asked for by name


@pytest.fixture
def world(tmp_path: Path, clock: Clock) -> Iterator[World]:
    with closing(World(tmp_path, clock)) as found:
        offer(found)
        yield found


def test_done_claimed_issued_and_verified(world: World) -> None:
    pc = world.pc("Awa")
    manifest = take(world, pc)
    attesting = pc.services.attesting
    with pytest.raises(NotYetMet):
        attesting.claim(COURSE)
    do_all(pc)
    stands = attesting.standing(manifest)
    assert stands
    assert stands.met
    claim = attesting.claim(COURSE, "  Awa   Ndiaye ")
    assert attesting.claim(COURSE) != claim  # without a name; and it is recorded once
    assert [one.event.kind for one in pc.services.ledger(kinds=("claimed",))] == ["claimed"]
    judged = attesting.judge(claim.encode())
    assert (judged.verdict, judged.name) == (Verdict.CLAIM, "Awa Ndiaye")
    with pytest.raises(NoCredential):
        attesting.confirmed(COURSE)

    assert pc.services.send().problem is None
    assert "Ndiaye" not in str(list(world.store.stored.values()))
    (due,) = world.desk.attest(world.repository, dry=True)
    assert (due.state, due.claimed) == ("due", True)
    (row,) = world.desk.attest(world.repository)
    assert row.state == "issued"
    assert [one.state for one in world.desk.attest(world.repository)] == ["before"]
    assert world.desk.mailbox(world.repository).letters == 1
    assert world.desk.mailbox(world.repository).letters == 0

    assert pc.services.mail.collect().problems == ()
    held = attesting.confirmed(COURSE)
    assert (held.judged.verdict, held.judged.issuer) == (Verdict.GENUINE, "Campus")
    assert held.judged.title == "Attestation de suivi avec succès"
    assert attesting.whose(held.judged) == "Awa"
    assert world.pc("Binta").services.attesting.whose(held.judged) == ""


def test_what_lacks_is_said_at_the_desk_as_at_the_pc(world: World) -> None:
    pc = world.pc("Awa")
    manifest = take(world, pc)
    watch(pc, 0.25)
    watch(pc, 0.5)
    watch(pc, 0.25)
    hand_in(pc, QUIZ)
    pc.services.send()
    (row,) = world.desk.attest(world.repository)
    assert row.state == "missing"
    stands = pc.services.attesting.standing(manifest)
    assert stands
    assert row.standing.lines == stands.lines
    assert [round(line.have, 2) for line in stands.lines] == [0.5, 0.5, 0.0]
    assert stands.next == "roles-video"


def test_a_mark_of_the_platform_is_waited_for_and_then_counts(world: World) -> None:
    pc = world.pc("Awa")
    manifest = take(world, pc)
    watch(pc)
    hand_in(pc, QUIZ)
    exam = hand_in(pc, EXAM, None)
    pc.services.send()
    (row,) = world.desk.attest(world.repository)
    assert row.state == "waiting"
    world.desk.grade(world.fill((exam, "0.7", "")))
    (row,) = world.desk.attest(world.repository)
    assert row.state == "issued"
    world.desk.mailbox(world.repository)
    pc.services.mail.collect()
    assert pc.services.attesting.confirmed(COURSE).judged.verdict is Verdict.GENUINE
    assert manifest.attestation


def test_where_the_platform_marks_no_pc_gives_itself_a_score(tmp_path: Path, clock: Clock) -> None:
    """A key for writing is in every platform file: whoever has it can say anything in the store."""
    with closing(World(tmp_path, clock)) as world:
        path = source(world.folder / "source") / "course.toml"
        text = path.read_text(encoding="utf-8").replace("attempts = 2", 'marking = "platform"')
        path.write_text(text, encoding="utf-8")
        secret = own_key(world.folder / "p.key")
        publish(path.parent, world.repository, secret, keys=world.folder / "keys")
        pc = world.pc("Awa")
        watch(pc)
        hand_in(pc, QUIZ)
        exam = hand_in(pc, EXAM, 1.0)
        hand_in(pc, "roles", 1.0)  # there is no such activity
        pc.services.send()
        assert [row.state for row in world.desk.attest(world.repository)] == ["waiting"]
        world.desk.grade(world.fill((exam, "0.2", "")))
        assert [row.state for row in world.desk.attest(world.repository)] == ["missing"]


def test_who_met_the_version_that_they_worked_on_has_met_it(world: World) -> None:
    pc = world.pc("Awa")
    take(world, pc)
    do_all(pc)
    pc.services.attesting.claim(COURSE)
    pc.services.send()
    harder = '\n[attestation]\ntitle = "Plus"\nmarks = { examen = 1.0 }\n'
    offer(world, harder)
    other = world.pc("Binta")
    take(world, other)
    do_all(other)
    other.services.send()
    take(world, pc)
    assert pc.services.attesting.has_claimed(COURSE)
    assert pc.services.attesting.claim(COURSE)
    assert {row.learner: row.state for row in world.desk.attest(world.repository)} == {
        pc.learner: "issued",
        other.learner: "issued",  # of version 1 too, by whose number the helper records
    }


def test_names_stand_in_the_credential_where_the_platform_knows_them(
    world: World, tmp_path: Path
) -> None:
    pc = world.pc("Awa")
    take(world, pc)
    do_all(pc)
    pc.services.send()
    table = tmp_path / "names.csv"
    for wrong in (b"name\nAwa\n", b"\xff\xfe", b"", b'learner,name\n"' + b"x" * 200_000):
        table.write_bytes(wrong)
        with pytest.raises(BadNames):
            world.desk.attest(world.repository, names=table)
    table.write_text(f"learner;name\n{pc.learner};Awa Ndiaye\n", encoding="utf-8-sig")
    (row,) = world.desk.attest(world.repository, names=table)
    assert row.name == "Awa Ndiaye"
    world.desk.mailbox(world.repository)
    pc.services.mail.collect()
    assert pc.services.attesting.confirmed(COURSE).judged.name == "Awa Ndiaye"


def test_a_desk_that_was_lost_issues_the_same_credential(world: World) -> None:
    pc = world.pc("Awa")
    take(world, pc)
    do_all(pc)
    pc.services.send()
    world.desk.attest(world.repository)
    world.desk.mailbox(world.repository)
    pc.services.mail.collect()
    desk = world.folder / "desk"
    world.restart("desk")
    for path in desk.glob("player.db*"):
        path.unlink()
    world.services("desk").join(world.description)
    assert [one.state for one in world.desk.attest(world.repository)] == ["issued"]
    world.desk.mailbox(world.repository)
    pc.services.mail.collect()
    held = pc.services.attesting.held(COURSE)
    assert len({jwt.read(one.text).payload["jti"] for one in held}) == 1
    assert len(held) == 1


def test_a_credential_of_another_key_comes_as_unknown(world: World) -> None:
    pc = world.pc("Awa")
    take(world, pc)
    do_all(pc)
    pc.services.send()
    (world.folder / "desk" / "issuer.key").unlink()
    world.desk.issuer_key(make=True)
    assert not world.desk.is_issuer
    world.desk.attest(world.repository)
    world.desk.mailbox(world.repository)
    pc.services.mail.collect()
    assert pc.services.attesting.confirmed(COURSE).judged.verdict is Verdict.FOREIGN


def test_a_file_that_is_far_too_large_is_not_read(world: World, tmp_path: Path) -> None:
    path = tmp_path / "large.jwt"
    with path.open("wb") as file:
        file.truncate(LARGEST + 1)
    with pytest.raises(TooLarge):
        world.pc("Awa").services.attesting.judge_file(path)


def test_statements_that_make_no_sense_attest_nothing(world: World) -> None:
    pc = world.pc("Awa")
    take(world, pc)
    do_all(pc)
    pc.services.send()
    for said in world.store.stored.values():
        result = said.setdefault("result", {})
        result["extensions"] = {
            "https://w3id.org/xapi/video/extensions/progress": "all of it",
            "x": {"y": [1e999]},
        }
        result["score"] = {"scaled": 7}
        said["object"]["definition"] = {"type": "nothing"}
    (row,) = world.desk.attest(world.repository) or [None]
    assert row is None or row.state == "missing"


def test_killed_at_any_step_each_is_issued_once(tmp_path: Path, clock: Clock, power: Power) -> None:
    with closing(World(tmp_path, clock)) as world:
        offer(world)
        world.road = Road(world.store, power)
        world.restart("desk")
        step, is_through = 0, False
        while not is_through:
            step += 1
            clock.forward(days=30)
            pc = world.pc(f"pc-{step}")
            take(world, pc)
            do_all(pc)
            assert pc.services.send().problem is None
            power.steps, power.goes_at = 0, step
            try:
                world.desk.attest(world.repository)
                world.desk.mailbox(world.repository)
                is_through = power.steps < step
            except Killed:
                world.restart("desk")
            power.goes_at = None
            world.desk.attest(world.repository)
            world.desk.mailbox(world.repository)
            assert pc.services.mail.collect().problems == ()
            (held,) = pc.services.attesting.held(COURSE)
            assert held.judged.verdict is Verdict.GENUINE
        assert step > 10
        assert {row.state for row in world.desk.attest(world.repository)} == {"before"}


def test_the_platform_file_keeps_its_issuers(world: World) -> None:
    platform = world.pc("Awa").services.platform
    assert platform
    assert len(platform.issuers) == 1
    assert msgspec.json.decode(world.description)["issuers"] == list(platform.issuers)
