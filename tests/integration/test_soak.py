# SPDX-License-Identifier: Apache-2.0
"""A village: 30 learners, 3 PCs, 2 sticks, an office and a flaky line, in any order, with crashes.

However it goes, the platform ends with exactly the acts that were made. `CARTABLE_SOAK=30` does
thirty times as much, some 10,000 acts and more.

`Soak` knows PCs and the truth; `Line` and `Sticks` are the roads, each with rules of its own.
Another road is another class of rules beside them, and a line in `Village`.
"""

from __future__ import annotations

import os
import shutil
import tempfile
from collections.abc import Callable
from contextlib import suppress
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import TypeVar

import pytest
from carrying import CAMPUS, OFFICES, PACE, Pc, bundles, hand_in
from every_act import CHOSEN, PASSED
from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import (
    RuleBasedStateMachine,
    initialize,
    invariant,
    rule,
    run_state_machine_as_test,
)
from lrs_simulator import (
    ANSWER_LOST,
    BUSY,
    BUSY_FOR_AN_HOUR,
    FAILS,
    FAILS_AFTER_STORING,
    MOVED_TO_A_PORTAL,
    NOT_ADMITTED,
    PORTAL,
    SILENT,
    UNREAD,
    LrsSimulator,
)
from power import Killed, Power, Road, power

from player.errors import BundleDamaged, ConnectionProblem
from player.journal import outbox
from player.journal.journal import Where, broken_links, record_all
from player.journal.learners import Learner
from player.store import database
from player.sync.push import push

__all__ = ["power"]  # a fixture, asked for by name

MORE = int(os.environ.get("CARTABLE_SOAK", "1"))
LEARNERS = [Learner(f"learner-{number}", f"Learner {number}") for number in range(30)]
TROUBLE = [
    SILENT,
    ANSWER_LOST,
    FAILS,
    FAILS_AFTER_STORING,
    BUSY,
    BUSY_FOR_AN_HOUR,
    NOT_ADMITTED,
    PORTAL,
    MOVED_TO_A_PORTAL,
]
T = TypeVar("T")
PCS = st.integers(0, 2)
STICKS = st.integers(0, 1)
NEVER, SOON = st.none(), st.integers(1, 60)
CRASH = NEVER | SOON  # at which step the power goes


class Soak(RuleBasedStateMachine):
    """PCs, learners, the platform's store, and what is true of them whatever happens.

    `made` are the ids of all acts that somebody was told are saved.
    """

    power: Power
    empty: Path  # a home with everybody in it, to be copied

    def __init__(self) -> None:
        super().__init__()
        self.folder = Path(tempfile.mkdtemp())
        self.time = datetime(2026, 11, 22, 12, tzinfo=UTC)
        self.pcs = [Pc(self.folder / f"pc{n}", self.now, n) for n in range(3)]
        for pc in self.pcs:
            shutil.copytree(self.empty, pc.home)
        self.made: set[str] = set()
        self.bad: set[str] = set()
        self.store = LrsSimulator()
        self.store.now = self.now

    def now(self) -> datetime:
        return self.time

    @initialize(strict=st.booleans(), gzip=st.sampled_from(["takes", *UNREAD]))
    def begin(self, strict: bool, gzip: str) -> None:
        self.store.strict, self.store.gzip = strict, gzip

    def try_to(self, work: Callable[[], T], crash: int | None) -> T | None:
        """Do it; the power may go at a step. Everything is read from disk the next time."""
        self.power.steps, self.power.goes_at = 0, crash
        try:
            return work()
        except Killed:
            return None
        finally:
            self.power.goes_at = None

    @rule(pc=PCS, learner=st.sampled_from(LEARNERS), many=st.integers(1, 25))
    def work(self, pc: int, learner: Learner, many: int) -> None:
        acts = [PASSED if number % 3 else CHOSEN for number in range(many)]
        with self.pcs[pc].db() as db:
            where = Where(learner.id, "course", 1, "quiz")
            self.made |= {one.id for one in record_all(db, where, acts, self.now)}

    @rule(seconds=st.integers(1, 100_000))
    def pass_time(self, seconds: int) -> None:
        self.time += timedelta(seconds=seconds)

    @rule(status=st.sampled_from([400, 422, 500]), names_it=st.booleans())
    def take_offence(self, status: int, names_it: bool) -> None:
        """The store will not have one of the acts, for now."""
        waiting = sorted(self.made - set(self.store.stored))
        if waiting:
            self.store.poison[waiting[0]] = status
            self.store.names_it = names_it

    @rule()
    def think_better_of_it(self) -> None:
        self.store.poison.clear()

    @rule(pc=PCS)
    def try_refused_again(self, pc: int) -> None:
        with self.pcs[pc].db() as db:
            for id_, state in self.pcs[pc].states().items():
                if state == "refused":
                    outbox.retry(db, id_)

    @invariant()
    def nothing_is_believed_that_is_not_so(self) -> None:
        assert set(self.store.stored) <= self.made
        known: set[str] = set()
        for pc in self.pcs:
            states = pc.states()
            known |= states.keys()
            assert {id_ for id_, state in states.items() if state == "received"} <= set(
                self.store.stored
            )
        assert known == self.made

    def calm_down(self) -> None:
        """No more trouble, so that what can arrive does."""
        self.store.once, self.store.always, self.store.gzip = [], None, "takes"
        self.think_better_of_it()

    def teardown(self) -> None:
        try:
            self.calm_down()
            for number, pc in enumerate(self.pcs):
                self.try_refused_again(number)
                with pc.db() as db:
                    for _ in range(3):  # two may go by until gzip is doubted
                        push(db, self.store, CAMPUS, now=self.now, announce=_silent, pace=PACE)
                assert set(pc.states().values()) <= {"received"}
            assert set(self.store.stored) == self.made
            for pc in self.pcs:
                for learner in LEARNERS:
                    assert pc.bring_home(self.store, learner, whole=True).problem is None
                assert set(pc.ids()) == self.made
                with pc.db() as db:
                    assert broken_links(db) == []
        finally:
            shutil.rmtree(self.folder)


def _silent(_: object) -> None:
    pass


class Line(Soak):
    """The network: it fails in every way, and the power goes meanwhile."""

    @rule(trouble=st.lists(st.sampled_from(TROUBLE), min_size=1, max_size=4))
    def have_trouble(self, trouble: list[object]) -> None:
        self.store.once = list(trouble)  # type: ignore[arg-type]

    @rule(gzip=st.sampled_from(["takes", *UNREAD]))
    def change_the_proxy(self, gzip: str) -> None:
        self.store.gzip = gzip

    @rule(pc=PCS, crash=CRASH)
    def send(self, pc: int, crash: int | None) -> None:
        road = Road(self.store, self.power)
        self.try_to(lambda: self.pcs[pc].push(road), crash)

    @rule(pc=PCS, learner=st.sampled_from(LEARNERS), whole=st.booleans(), crash=CRASH)
    def come_home(self, pc: int, learner: Learner, whole: bool, crash: int | None) -> None:
        """What this learner did on the others."""
        road = Road(self.store, self.power)
        self.try_to(lambda: self.pcs[pc].bring_home(road, learner, whole=whole), crash)


class Sticks(Soak):
    """Two sticks that are carried, lost, copied and half written; either office delivers them."""

    def __init__(self) -> None:
        super().__init__()
        self.sticks = [self.folder / f"stick{number}" for number in range(2)]
        for stick in self.sticks:
            stick.mkdir()

    @rule(pc=PCS, stick=STICKS, crash=CRASH)
    def pack(self, pc: int, stick: int, crash: int | None) -> None:
        self.try_to(lambda: self.pcs[pc].pack(self.sticks[stick]), crash)

    @rule(stick=STICKS, office=st.integers(0, 1), crash=CRASH)
    def deliver(self, stick: int, office: int, crash: int | None) -> None:
        road = Road(self.store, self.power)
        for path in bundles(self.sticks[stick])[:3]:
            with suppress(ConnectionProblem, BundleDamaged):
                self.try_to(lambda: hand_in(path, road, self.now, OFFICES[office]), crash)  # noqa: B023

    @rule(pc=PCS, stick=STICKS, crash=CRASH)
    def bring_receipts_home(self, pc: int, stick: int, crash: int | None) -> None:
        self.try_to(lambda: self.pcs[pc].read(self.sticks[stick]), crash)

    @rule(stick=STICKS)
    def lose(self, stick: int) -> None:
        shutil.rmtree(self.sticks[stick])
        self.sticks[stick].mkdir()

    @rule(stick=STICKS)
    def copy(self, stick: int) -> None:
        shutil.copytree(self.sticks[stick], self.sticks[1 - stick], dirs_exist_ok=True)

    @rule(stick=STICKS)
    def pull_out_too_early(self, stick: int) -> None:
        for path in bundles(self.sticks[stick])[-1:]:
            path.write_bytes(path.read_bytes()[: path.stat().st_size // 2])


class Village(Line, Sticks):
    """Every road at once."""


@pytest.fixture
def village(tmp_path: Path, power: Power) -> type[Village]:
    pc = Pc(tmp_path / "empty", lambda: datetime.now(UTC))
    for learner in LEARNERS:
        pc.learn(learner)
    with pc.db() as db:
        db.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    assert (pc.home / database.FILE).exists()
    return type("Village", (Village,), {"power": power, "empty": pc.home})


@pytest.mark.timeout(300 * MORE)
def test_the_platform_ends_with_exactly_the_acts_that_were_made(village: type[Village]) -> None:
    run_state_machine_as_test(
        village,
        settings=settings(
            max_examples=20 * MORE,
            stateful_step_count=40,
            derandomize=MORE == 1,
            suppress_health_check=list(HealthCheck),
        ),
    )
