# SPDX-License-Identifier: Apache-2.0
"""The stick's way, killed at the Nth step, for every N, then everything reopened from disk."""

from __future__ import annotations

import shutil
from collections.abc import Callable
from contextlib import suppress
from functools import cache
from itertools import count
from pathlib import Path

import pytest
from carrying import OFFICES, Pc, bundles, hand_in
from clock import Clock
from every_act import EVERY_ACT
from lrs_simulator import ANSWER_LOST, FAILS_AFTER_STORING, Answer, LrsSimulator
from power import Killed, Power, Road, power

from player.errors import BundleDamaged
from player.journal.journal import broken_links
from player.sync import courier, seal

__all__ = ["power"]  # a fixture, asked for by name

Step = Callable[[Pc, Path, Road, Clock], None]


def pack(pc: Pc, stick: Path, road: Road, clock: Clock) -> None:
    pc.pack(stick)


def deliver(pc: Pc, stick: Path, road: Road, clock: Clock) -> None:
    """Every file on the stick, each at another office."""
    for number, file in enumerate(bundles(stick)):
        hand_in(file, road, clock, OFFICES[number % 2])


def read(pc: Pc, stick: Path, road: Road, clock: Clock) -> None:
    assert not pc.read(stick).problems


def push(pc: Pc, stick: Path, road: Road, clock: Clock) -> None:
    pc.push(road)


@pytest.mark.parametrize("strict", [False, True], ids=["kind", "strict"])
@pytest.mark.parametrize(
    ("way", "trouble"),
    [
        ([pack, deliver, read], []),
        ([pack, deliver, read], [FAILS_AFTER_STORING]),
        ([pack, deliver, read], [ANSWER_LOST]),
        ([pack, push, deliver, read], []),
        ([pack, deliver, push, read], []),
    ],
    ids=["by stick", "server fails", "answer lost", "network before", "network between"],
)
def test_killed_at_any_step_each_act_arrives_exactly_once(
    tmp_path: Path,
    power: Power,
    clock: Clock,
    strict: bool,
    way: list[Step],
    trouble: list[Answer],
) -> None:
    before = Pc(tmp_path / "before", clock)
    ids = before.do(*list(EVERY_ACT.values())[11:16])
    told = set(before.states())
    bad = ids[0]
    for goes_at in count(1):
        pc = Pc(shutil.copytree(before.home, tmp_path / f"{goes_at} home"), clock)
        stick = tmp_path / f"{goes_at} stick"
        stick.mkdir()
        store = LrsSimulator(strict=strict)
        store.now, store.poison, store.once = clock, {bad: 422}, list(trouble)
        road = Road(store, power)
        power.steps, power.goes_at = 0, goes_at
        for step in way * 3:
            with suppress(Killed):
                step(pc, stick, road, clock)
            states = pc.states()
            assert set(states) == told
            assert pc.received() <= set(store.stored)
            if set(states.values()) == {"received", "refused"}:
                break
        assert pc.received() == set(store.stored) == told - {bad}
        assert pc.states()[bad] == "refused"
        if power.steps < goes_at:
            break
        shutil.rmtree(pc.home)
        shutil.rmtree(stick)
    assert goes_at > 20


def test_killed_while_another_pc_takes_it_in_it_has_all_or_nothing(
    tmp_path: Path, power: Power, clock: Clock, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(seal, "opened_with", cache(seal.opened_with))  # takes a second each
    first = Pc(tmp_path / "first", clock, 1)
    first.do()
    (parcel,) = first.pack_journal()
    courier.write(tmp_path / parcel.name, parcel.data)
    second = Pc(tmp_path / "second", clock, 2)
    second.do()
    own = set(second.states())
    everything = own | set(first.states())
    for goes_at in count(1):
        pc = Pc(shutil.copytree(second.home, tmp_path / f"{goes_at}"), clock, 2)
        power.steps, power.goes_at = 0, goes_at
        for _ in range(2):
            with suppress(Killed):
                pc.bring(tmp_path / parcel.name)
            assert set(pc.states()) in (own, everything)
        assert set(pc.states()) == everything
        is_through, power.goes_at = power.steps < goes_at, None
        with pc.db() as db:
            assert broken_links(db) == []
        store = LrsSimulator(strict=True)
        store.now = clock
        pc.push(store)
        first_again = Pc(shutil.copytree(first.home, tmp_path / f"{goes_at} first"), clock, 1)
        first_again.push(store)
        assert pc.received() == set(store.stored)
        assert first_again.received() < set(store.stored)
        if is_through:
            break
    assert goes_at > 8


def test_half_a_file_is_no_bundle(tmp_path: Path, power: Power, clock: Clock) -> None:
    """What a power cut leaves on the stick has another name, and would be refused by its own."""
    pc = Pc(tmp_path / "home", clock)
    pc.do()
    pc.pack(tmp_path)
    (file,) = bundles(tmp_path)
    (half,) = tmp_path.glob("*.part")
    assert bundles(tmp_path) == [file]
    half.replace(file)
    with pytest.raises(BundleDamaged):
        hand_in(file, Road(LrsSimulator(), power), clock)
