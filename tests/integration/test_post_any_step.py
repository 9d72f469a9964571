# SPDX-License-Identifier: Apache-2.0
"""The power goes at any step of marking and of writing letters; then it is done again from disk."""

from __future__ import annotations

import json
from collections import Counter
from contextlib import closing
from pathlib import Path

from clock import Clock
from posting import COURSE, Pc, World
from power import Killed, Power, Road, power

from player.app.identity import identity_in
from player.app.mail import IDENTITY
from player.errors import SealedForOthers
from player.sync import bundle, seal

__all__ = ["power"]  # a fixture, asked for by name


def to_everybody(world: World) -> dict[int, list[str]]:
    """The ids of what stands in each letter to everybody, by its number."""
    folder = world.repository / "mailbox" / COURSE
    return {int(path.stem): _ids(path.read_bytes()) for path in folder.glob("*.json")}


def sealed(world: World, pc: Pc) -> list[str]:
    """The ids of what stands in the letters that a PC can open, as often as it stands there."""
    identity = identity_in(pc.services.home / IDENTITY)
    found = []
    for path in (world.repository / "mailbox").rglob("*.age"):
        try:
            opened = seal.opened_by(path.read_bytes(), identity, path.name)
        except SealedForOthers:
            continue
        found += _ids(bundle.unfolded(opened, 10**7, path.name))
    return found


def _ids(file: bytes) -> list[str]:
    return [one["id"] for one in json.loads(json.loads(file)["signed"])["items"]]


def test_killed_at_any_step_nothing_is_doubled_and_no_number_left_out(
    tmp_path: Path, clock: Clock, power: Power
) -> None:
    with closing(World(tmp_path, clock)) as world:
        world.road = Road(world.store, power)
        world.restart("desk")
        pc = world.pc("awa")
        total, is_through = 0, False
        while not is_through:
            total += 1
            clock.forward(days=30)  # beyond every window: no step is of an earlier round
            is_through = not _once(world, pc, power, total)
        assert total > 25  # steps
        letters = to_everybody(world)
        assert sorted(letters) == list(range(1, len(letters) + 1))
        words = Counter(id_ for ids in letters.values() for id_ in ids)
        assert set(words.values()) == {1}
        assert len(words) == total
        assert pc.services.mail.collect().problems == ()  # so no number lacks
        assert len(pc.marks()) == total
        assert sorted(sealed(world, pc)) == sorted(one.id for one in pc.marks())
        said = [one["verb"]["id"] for one in world.store.stored.values()]
        assert sum(verb.endswith("scored") for verb in said) == total


def _once(world: World, pc: Pc, power: Power, step: int) -> bool:
    """Mark and write with the power going at that step, then again; whether it went."""
    (answer,) = pc.do()
    assert pc.services.send().problem is None
    word = world.folder / "word.md"
    word.write_text(f"# Word {step}\n\nText.\n", encoding="utf-8")
    table = world.fill((answer, "3/4", "Well done."))
    power.steps, power.goes_at = 0, step
    try:
        world.desk.grade(table)
        world.desk.mailbox(world.repository, "", [word])
    except Killed:
        power.goes_at = None
        world.restart("desk")
        world.desk.grade(table)
        world.desk.mailbox(world.repository, "", [word])
        return True
    power.goes_at = None
    return False
