# SPDX-License-Identifier: Apache-2.0
"""Work that leaves as a file, receipts that come back as one, and work for another PC.

    undelivered ─► rendered once, kept ─► in a file, on the disk ─► marked packed
    receipt ─► signed by an office of this platform? ─► received, or refused with the reason

Killed anywhere in between, nothing is lost: what is packed stays among what is to be sent, goes
into the next file too, and arrives once, for its ids and bytes are the same on every road.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

import msgspec
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from player.clock import Now, stamp
from player.course.platform import Platform
from player.course.signing import readable
from player.errors import (
    BadReceipt,
    BundleDamaged,
    CourierProblem,
    NewerFormat,
    NoRecipients,
    OtherLearner,
)
from player.journal import handing, learners, outbox, slips, union
from player.journal.learners import Learner
from player.journal.outbox import Heard
from player.store.database import Database
from player.store.saving import write
from player.sync import bundle, handed_piece, receipt, rendering, seal, unpack
from player.sync import slips as nameless
from player.sync.bundle import Head


@dataclass(frozen=True, slots=True)
class Parcel:
    """A file that is ready to be written: `data` as it will lie on the stick.

    `acts` are the ids of what is in it; empty where it is for another PC of the learner's, and
    where it goes with files alone, or is a `slip`, which is in a file of its own and names nobody.
    """

    id: str
    data: bytes
    count: int
    acts: tuple[str, ...] = ()
    slip: str = ""
    is_for_platform: bool = False

    @property
    def name(self) -> str:
        """The file's name."""
        return self.id + bundle.ENDING


def pack(  # noqa: PLR0913 - whose it is, and what goes with it
    db: Database,
    platform: Platform,
    secret: Ed25519PrivateKey,
    whose: Sequence[Learner],
    *,
    now: Now,
    recipient: str = "",
    with_files: bool = False,
) -> list[Parcel]:
    """Make the files that bring the platform what these learners did and it has not received.

    What went into an earlier file is in these too, while nobody has said that it arrived. What was
    answered anonymously on this PC comes along, whoever did it.

    Args:
        db: this thread's connection.
        platform: whose; its `recipients` can open the files.
        secret: this PC's key.
        whose: the learners.
        now: the clock.
        recipient: to which this PC has its letters sealed, so that an office can give them along.
        with_files: whether pieces of files go with it: where no act does, a bundle of none is made,
            for which the office can write a receipt.

    Raises:
        NoRecipients: nobody is named for whom it could be sealed.
    """
    recipients = seal.known(platform.recipients)
    if not recipients:
        raise NoRecipients(name=platform.name)
    rendering.offline(db, platform)

    def made(head: Head, acts: Sequence[outbox.Delivery]) -> Parcel:
        data = bundle.write(head, [one.statement for one in acts], secret)
        ids = tuple(one.event for one in acts)
        return Parcel(
            head.id, seal.sealed_for(data, recipients), len(acts), ids, is_for_platform=True
        )

    maker = _Maker("bundle", platform.home, bundle.device_of(secret), now, recipient)
    lots = list(_undelivered(db, whose)) or ([[]] if with_files else [])
    named = [made(maker.head(whose, len(acts)), acts) for acts in lots]
    return named + [Parcel(*one) for one in nameless.files(db, platform)]


def pack_journal(
    db: Database,
    platform: Platform,
    secret: Ed25519PrivateKey,
    learner: Learner,
    passphrase: str,
    *,
    now: Now,
) -> list[Parcel]:
    """Make the files that bring all that a learner did to another PC of theirs."""
    rendering.offline(db, platform)
    maker = _Maker("journal", platform.home, bundle.device_of(secret), now)
    parcels, last = [], 0
    while acts := union.of(db, learner.id, last, bundle.MOST):
        last = acts[-1][0]
        head = maker.head([learner], len(acts))
        data = bundle.write(head, [msgspec.json.encode(one) for _, one in acts], secret)
        parcels.append(Parcel(head.id, seal.sealed_with(data, passphrase), len(acts)))
    return parcels


def carry(db: Database, parcels: Iterable[Parcel], folder: Path, *, now: Now) -> list[Path]:
    """Write the files into `folder`, and what is in each down as packed once it is whole there.

    Raises:
        DiskFull, NotWritable: of the folder; files that were whole before stay.
    """
    written = []
    for parcel in parcels:
        path = folder / parcel.name
        write(path, parcel.data)
        if parcel.slip:
            slips.pack(db, parcel.slip, parcel.id)
        else:
            outbox.mark_packed(db, parcel.acts, _time(now), parcel.id)
        written.append(path)
    return written


@dataclass(frozen=True, slots=True)
class Returned:
    """What came back: receipts that were read, what they were news of, `pieces` of files too."""

    read: int
    received: int
    refused: int
    problems: tuple[CourierProblem | NewerFormat, ...] = ()
    pieces: int = 0


def receipts(db: Database, platform: Platform, paths: Iterable[Path]) -> Returned:
    """Read the receipts in `paths`, files or folders with some, and write down what is new.

    One that cannot be believed stops no other.
    """
    offices = readable(platform.offices)
    heard: list[Heard] = []
    problems: list[CourierProblem | NewerFormat] = []
    read = pieces = 0
    for path in _files(paths, receipt.ENDING):
        try:
            data = unpack.read_file(path, receipt.LARGEST)
            found = receipt.read(data, platform.home, offices, path.name)
        except BundleDamaged:
            problems.append(BadReceipt(place=path.name))
            continue
        except (CourierProblem, NewerFormat) as error:
            problems.append(error)
            continue
        read += 1
        refused = {one.id: one.reason for one in found.refused}
        if news := slips.hear(db, found.bundle, found.received, "".join([*refused.values()][:1])):
            heard.append(Heard(int(news == "received"), int(news == "refused")))
        else:
            heard.append(outbox.hear(db, found.bundle, found.received, refused, found.at))
        names = (handed_piece.parsed(name) for name in found.pieces)
        pieces += handing.take(db, [one for one in names if one], found.at)
    new = Heard(sum(one.received for one in heard), sum(one.refused for one in heard))
    return Returned(read, new.received, new.refused, tuple(problems), pieces)


@dataclass(frozen=True, slots=True)
class Taken:
    """What came from another PC: `new` of `count` acts of `learner`."""

    learner: Learner
    new: int
    count: int


def bring(db: Database, platform: Platform, path: Path, passphrase: str) -> Taken:
    """Add what a learner did on another PC to what is here, each act once.

    Raises:
        BundleDamaged, SealedForOthers, WrongPassphrase, OtherPlatform, OtherLearner, NewerFormat,
        Malformed: nothing of it was taken.
    """
    head, acts = unpack.journal(path, passphrase, platform)
    learner = head.learners[0]
    worked = learners.who_worked(db)
    if worked and learner.id not in [one.id for one in worked]:
        raise OtherLearner(place=path.name, theirs=learner.name, ours=worked[0].name)
    return Taken(learner, union.take(db, learner, acts, head.device), len(acts))


@dataclass(frozen=True, slots=True)
class _Maker:
    kind: str
    platform: str
    device: str
    now: Now
    recipient: str = ""

    def head(self, whose: Sequence[Learner], count: int) -> Head:
        return Head(
            kind=self.kind,
            id=bundle.new_id(),
            platform=self.platform,
            device=self.device,
            made_at=_time(self.now),
            learners=tuple(whose),
            count=count,
            recipient=self.recipient,
        )


def _undelivered(db: Database, whose: Sequence[Learner]) -> Iterator[list[outbox.Delivery]]:
    """Yield what is open of these learners, as much at once as one file holds."""
    wanted = [
        delivery
        for learner in whose
        for delivery in outbox.open_deliveries(db, -1, learner=learner.id)
    ]
    wanted.sort(key=lambda one: one.seq)
    for first in range(0, len(wanted), bundle.MOST):
        yield wanted[first : first + bundle.MOST]


def _files(paths: Iterable[Path], ending: str) -> Iterator[Path]:
    for path in paths:
        if path.is_dir():
            yield from sorted(path.glob(f"*{ending}"))
        else:
            yield path


def _time(now: Now) -> str:
    return stamp(now(), "milliseconds")
