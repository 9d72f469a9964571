# SPDX-License-Identifier: Apache-2.0
"""PCs, sticks and offices of one platform, for tests."""

from __future__ import annotations

import shutil
from collections.abc import Callable, Iterator, Sequence
from contextlib import closing, contextmanager
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

import msgspec
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from every_act import EVERY_ACT
from lrs_simulator import PLATFORM, LrsSimulator

from player.course.platform import Platform
from player.course.signing import public_key
from player.journal import outbox
from player.journal.events import AnyAct
from player.journal.journal import Where, record
from player.journal.learners import Learner, all_learners
from player.journal.outbox import Counts
from player.store import database
from player.store.database import Database
from player.sync import bundle, courier, homecoming, receipt, seal
from player.sync.backoff import Pace
from player.sync.courier import Parcel, Returned, Taken
from player.sync.endpoint import Endpoint
from player.sync.homecoming import Home
from player.sync.office import Delivered, Keys, deliver
from player.sync.packing import Packing
from player.sync.push import Pushed, push
from player.transport import Transport

Now = Callable[[], datetime]
ADA, BOB = Learner("ada", "Ada Lovelace"), Learner("bob", "Bob")
PASSPHRASE = "correct horse"
PACE = Pace(batch=3, sleep=lambda _: None)


def office(number: int) -> Keys:
    """The secrets of an office, the same ones each time but for the identity."""
    secret = Ed25519PrivateKey.from_private_bytes(bytes([number] * 32))
    return Keys(_IDENTITIES[number], secret)


_IDENTITIES = {number: seal.new_identity()[0] for number in (1, 2, 3)}
OFFICES = [office(1), office(2)]
STRANGER = office(3)
CAMPUS: Platform = msgspec.structs.replace(
    PLATFORM,
    recipients=tuple(seal.public_of(one.identity) for one in OFFICES),
    offices=tuple(str(public_key(one.secret)) for one in OFFICES),
)
"""The platform of the simulated store, with two field offices."""


@dataclass(frozen=True)
class Pc:
    """One PC: everything is read anew from its disk each time."""

    home: Path
    now: Now
    number: int = 0

    @property
    def secret(self) -> Ed25519PrivateKey:
        return Ed25519PrivateKey.from_private_bytes(bytes([100 + self.number] * 32))

    @contextmanager
    def db(self) -> Iterator[Database]:
        if not (self.home / database.FILE).exists():
            database.prepare(self.home)
        with closing(database.connect(self.home)) as found:
            yield found

    def learn(self, learner: Learner = ADA) -> None:
        with self.db() as db, db.atomic():
            row = (learner.id, learner.name, "2026-01-05T08:00:00Z")
            db.execute("INSERT OR IGNORE INTO learners VALUES (?, ?, ?)", row)

    def do(self, *acts: AnyAct, learner: Learner = ADA) -> list[str]:
        """Do these things; eight of every shape where none is named."""
        self.learn(learner)
        where = Where(learner.id, "course", 1, "activity")
        todo = acts or list(EVERY_ACT.values())[9:17]
        with self.db() as db:
            return [record(db, where, act, self.now).id for act in todo]

    def pack(self, stick: Path, learner: Learner | None = None) -> list[Path]:
        with self.db() as db:
            whose = [learner] if learner else all_learners(db)
            parcels = courier.pack(db, CAMPUS, self.secret, whose, now=self.now)
            return courier.carry(db, parcels, stick, now=self.now)

    def pack_journal(self, passphrase: str = PASSPHRASE, learner: Learner = ADA) -> list[Parcel]:
        with self.db() as db:
            return courier.pack_journal(db, CAMPUS, self.secret, learner, passphrase, now=self.now)

    def bring(self, path: Path, passphrase: str = PASSPHRASE) -> Taken:
        with self.db() as db:
            return courier.bring(db, CAMPUS, path, passphrase)

    def read(self, *paths: Path) -> Returned:
        with self.db() as db:
            return courier.receipts(db, CAMPUS, paths)

    def push(self, road: Transport) -> Pushed:
        with self.db() as db:
            return push(db, road, CAMPUS, now=self.now, announce=lambda _: None, pace=PACE)

    def bring_home(self, road: Transport, learner: Learner = ADA, *, whole: bool = False) -> Home:
        lrs = CAMPUS.lrs
        assert lrs is not None
        store = Endpoint(road, lrs, Packing(None, lrs.endpoint, self.now))
        with self.db() as db:
            return homecoming.bring(db, store, CAMPUS, learner, now=self.now, whole=whole)

    def ids(self) -> list[str]:
        """The acts in its journal, in their order."""
        with self.db() as db:
            return [row[0] for row in db.execute("SELECT id FROM events ORDER BY seq")]

    def counts(self) -> Counts:
        with self.db() as db:
            return outbox.counts(db)

    def states(self) -> dict[str, str]:
        with self.db() as db:
            return {
                one.event.id: one.state
                for learner in all_learners(db)
                for one in outbox.ledger(db, learner.id, limit=10_000)
            }

    def received(self) -> set[str]:
        return {id_ for id_, state in self.states().items() if state == "received"}


def hand_in(path: Path, road: Transport, now: Now, at: Keys = OFFICES[0]) -> Delivered:
    """Deliver one bundle at an office."""
    return deliver(path, road, CAMPUS, at, now=now, announce=lambda _: None, pace=PACE)


def bundles(stick: Path) -> list[Path]:
    return sorted(stick.glob(f"*{bundle.ENDING}"))


def slips(stick: Path) -> list[Path]:
    """The receipts on a stick."""
    return sorted(stick.glob(f"*{receipt.ENDING}"))


def copy(stick: Path, name: str) -> Path:
    """Another stick with the same on it."""
    return Path(shutil.copytree(stick, stick.with_name(name)))


def once(store: LrsSimulator, ids: Sequence[str]) -> bool:
    """Whether the store has these and nothing else; the simulator sees to it that it is once."""
    return set(store.stored) == set(ids)
