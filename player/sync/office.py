# SPDX-License-Identifier: Apache-2.0
"""The other end of the stick: an office with a connection delivers bundles and writes receipts.

    bundle ─► opened, looked at whole ─► sent as `push` sends ─► receipt beside it

Nothing of it is written down in this PC, but whether the store knows gzip. What is known lies in
the receipt on the stick: the next run, here or at another office, goes on from it; without it
everything is sent again, and the platform tells by the ids that it has it.
"""

from __future__ import annotations

import logging
from collections.abc import Callable, Collection
from dataclasses import dataclass, field
from pathlib import Path

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from player.clock import Now, stamp
from player.course.platform import Platform
from player.course.signing import public_key, readable
from player.errors import CourierProblem, NewerFormat, PlayerError
from player.journal.outbox import Delivery
from player.store.database import Database
from player.store.saving import write
from player.sync import dropbox, receipt
from player.sync.backoff import STEADY, Pace
from player.sync.bundle import Head
from player.sync.endpoint import Authorize
from player.sync.forwarding import forward
from player.sync.push import deliver as send
from player.sync.receipt import Receipt, Refusal
from player.sync.unpack import read_file, statements
from player.transport import Transport

log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Keys:
    """An office's secrets: an age identity that opens bundles, a key that signs receipts."""

    identity: str
    secret: Ed25519PrivateKey


@dataclass(frozen=True, slots=True)
class Delivered:
    """What has become of a bundle so far. `left` of `count` acts wait for the next run.

    `problem` says why, None when none is left. `known` says whether the platform file of this PC
    names the key that signed: if not, the PCs of the learners will hardly believe it. `letters` are
    those that go back on the stick with it, `pieces` those of files that the drop box has now.
    """

    bundle: str
    count: int
    received: int
    refused: int
    left: int
    receipt: str
    known: bool
    problem: PlayerError | None = None
    letters: int = 0
    pieces: int = 0


def deliver(  # noqa: PLR0913 - as `push`
    path: Path,
    transport: Transport,
    platform: Platform,
    keys: Keys,
    *,
    now: Now,
    announce: Callable[[object], None],
    pace: Pace = STEADY,
    authorize: Authorize | None = None,
    db: Database | None = None,
) -> Delivered:
    """Bring the platform what is in a bundle, and write what is known beside it.

    Raises:
        BundleDamaged, SealedForOthers, OtherPlatform, NewerFormat, Malformed: nothing was sent.
        DiskFull, NotWritable: the receipt could not be written; the next run goes on all the same.
    """
    head, acts = statements(path, keys.identity, platform)
    beside = path.with_name(head.id + receipt.ENDING)
    book = _Book(acts)
    book.remember(_earlier(beside, head, platform, keys))
    pushed = send(
        book,
        transport,
        platform,
        now=now,
        announce=announce,
        pace=pace,
        authorize=authorize,
        db=db,
    )
    known = _taken_before(path.parent, platform, keys)
    pieces, problem = dropbox.forward(transport, platform, path.parent, known)
    at = stamp(now(), "milliseconds")
    found = Receipt(
        bundle=head.id,
        platform=platform.home,
        at=at,
        received=tuple(book.received),
        refused=tuple(Refusal(id_, reason) for id_, reason in book.refused.items()),
        pieces=tuple(pieces),
    )
    write(beside, receipt.write(found, keys.secret))
    return Delivered(
        head.id,
        len(acts),
        len(book.received),
        len(book.refused),
        book.left(),
        beside.name,
        public_key(keys.secret) in readable(platform.offices),
        pushed.problem or problem,
        forward(transport, platform, head, acts, path.parent),
        len(pieces),
    )


def _taken_before(stick: Path, platform: Platform, keys: Keys) -> set[str]:
    """The pieces on a stick of which its receipts say that the drop box has them."""
    found: set[str] = set()
    for path in sorted(stick.glob(f"*{receipt.ENDING}")):
        earlier = _believed(path, platform, keys)
        found.update(earlier.pieces if earlier else ())
    return found


def _earlier(path: Path, head: Head, platform: Platform, keys: Keys) -> Receipt | None:
    """The receipt that an earlier run wrote, here or elsewhere; None where none is believed."""
    found = _believed(path, platform, keys)
    return found if found and found.bundle == head.id else None


def _believed(path: Path, platform: Platform, keys: Keys) -> Receipt | None:
    if not path.exists():
        return None
    offices = [*readable(platform.offices), public_key(keys.secret)]
    try:
        return receipt.read(read_file(path, receipt.LARGEST), platform.home, offices, path.name)
    except (CourierProblem, NewerFormat) as error:
        log.warning("an earlier receipt is not believed: %s", error)
        return None


@dataclass(slots=True)
class _Book:
    """How far each statement of a bundle is, as `player.sync.book.Book` has it."""

    acts: list[Delivery]
    received: dict[str, None] = field(default_factory=dict)
    refused: dict[str, str] = field(default_factory=dict)

    def remember(self, earlier: Receipt | None) -> None:
        """Begin where an earlier run ended. What is refused is not asked again."""
        if earlier:
            ours = {one.event for one in self.acts}
            self.received = dict.fromkeys(id_ for id_ in earlier.received if id_ in ours)
            self.refused = {one.id: one.reason for one in earlier.refused if one.id in ours}

    def open_deliveries(self, limit: int, after: int) -> list[Delivery]:
        """See `Book`."""
        waiting = (one for one in self.acts if one.seq > after and self._is_open(one.event))
        return [one for one, _ in zip(waiting, range(limit), strict=False)]

    def mark_sent(self, ids: Collection[str], at: str) -> None:
        """Nothing is written down: a run that is cut off here sends them again."""

    def acknowledge(self, ids: Collection[str], at: str) -> None:  # noqa: ARG002 - one for all
        """See `Book`."""
        self.received |= dict.fromkeys(ids)

    def refuse(self, event: str, reason: str) -> None:
        """See `Book`."""
        self.refused[event] = reason

    def left(self) -> int:
        """See `Book`."""
        return sum(self._is_open(one.event) for one in self.acts)

    def _is_open(self, id_: str) -> bool:
        return id_ not in self.received and id_ not in self.refused
