# SPDX-License-Identifier: Apache-2.0
"""Anonymous answers leave: each questionnaire alone, under its own account, with nobody's sign-in.

A statement of one says neither who, nor when, nor from which PC; a store adds when it took it in.
By stick, each lies in a file of its own, signed by a key that is made for it and thrown away. See
docs/decisions/0020-anonymous-answers.md.
"""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass, field

import msgspec
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from player.clock import Now
from player.course.platform import Platform
from player.errors import PlayerError, SyncProblem
from player.journal import slips
from player.journal.events import Answered
from player.journal.learners import Learner
from player.journal.outbox import Delivery
from player.journal.slips import Lying, Said, Slip
from player.store.database import Database
from player.sync import bundle, seal
from player.sync.backoff import STEADY, Pace
from player.sync.bundle import Head
from player.sync.phrases import bare, said
from player.sync.push import deliver
from player.sync.spelling import language, part, without_empty
from player.transport import Transport

NOBODY = "1970-01-01T00:00:00.000Z"
"""When a file with a slip was made, it does not say."""


def statements(slip: Slip, platform: Platform) -> list[tuple[str, bytes]]:
    """The statements of a slip with their ids; the same slip gives the same bytes."""
    return [(one.id, _statement(slip, one, platform)) for one in slip.answers]


def _statement(slip: Slip, answer: Said, platform: Platform) -> bytes:
    home = platform.home.rstrip("/")
    course = f"{home}/courses/{part(slip.course)}"
    act = Answered(
        name=slip.name,
        language=slip.language,
        attempt="",
        question=answer.question,
        title=answer.title,
        interaction=answer.interaction,
        response=answer.response,
        given={},
        choices=answer.choices,
    )
    this = said(act, f"{course}/activities/{part(slip.activity)}")
    own = f"{home}/xapi/extensions"
    frame = {
        "id": answer.id,
        "actor": {
            "objectType": "Agent",
            "account": {"homePage": platform.home, "name": slip.account},
        },
        "verb": {"id": this.verb, "display": {"en-US": this.verb.rpartition("/")[2]}},
        "object": this.object,
        "result": {"response": answer.response},
        "context": {
            "platform": "Cartable",
            "language": language(slip.language),
            "contextActivities": {"parent": [bare(this.parent)], "grouping": [bare(course)]},
            "extensions": {
                f"{own}/course": {"id": slip.course, "version": slip.version},
                f"{own}/anonymous": True,
            },
        },
        "version": "1.0.0",
    }
    return msgspec.json.encode(without_empty(frame))


def may_leave(platform: Platform | None) -> bool:
    """Whether there is a key with which slips can be sent."""
    store = platform.anonymous if platform else None
    return store is not None and store.auth is None


def send(
    db: Database,
    transport: Transport,
    platform: Platform,
    *,
    now: Now,
    alone: bool,
    pace: Pace = STEADY,
) -> PlayerError | None:
    """Send the slips whose moment has come, each in a request of its own; returns what went wrong.

    `alone` says that nothing else left in this run. Where the platform has no key for
    them that everybody shares, none is sent: they go by hand.

    Raises:
        StorageProblem: this PC's disk or database.
    """
    if not may_leave(platform):
        return None
    to = msgspec.structs.replace(platform, lrs=platform.anonymous)
    for lying in slips.due(db, now(), alone=alone):
        book = _Book(lying, platform)
        sent = deliver(book, transport, to, now=now, announce=lambda _: None, pace=pace)
        if book.refused:
            slips.settle(db, lying.id, "refused", next(iter(book.refused.values())))
        elif not book.left():
            slips.settle(db, lying.id, "received")
        if sent.problem is not None and not isinstance(sent.problem, SyncProblem):
            return sent.problem
    return None


Carried = tuple[str, bytes, int, tuple[str, ...], str]
"""The fields of `player.sync.courier.Parcel`."""


def files(db: Database, platform: Platform) -> list[Carried]:
    """What is to be carried: a sealed file for each slip that has not arrived."""
    recipients = seal.known(platform.recipients)
    return [
        (*_file(one.slip, platform, recipients), len(one.slip.answers), (), one.id)
        for one in slips.waiting(db)
    ]


def _file(slip: Slip, platform: Platform, recipients: list[str]) -> tuple[str, bytes]:
    secret = Ed25519PrivateKey.generate()
    lines = [text for _, text in statements(slip, platform)]
    head = Head(
        kind="bundle",
        id=bundle.new_id(),
        platform=platform.home,
        device=bundle.device_of(secret),
        made_at=NOBODY,
        learners=(Learner(slip.account, ""),),
        count=len(lines),
    )
    return head.id, seal.sealed_for(bundle.write(head, lines, secret), recipients)


@dataclass(slots=True)
class _Book:
    """How far each statement of one slip is, as `player.sync.book.Book` has it."""

    lying: Lying
    platform: Platform
    received: set[str] = field(default_factory=set)
    refused: dict[str, str] = field(default_factory=dict)

    def open_deliveries(self, limit: int, after: int) -> list[Delivery]:
        """See `Book`."""
        numbered = enumerate(statements(self.lying.slip, self.platform), 1)
        acts = [Delivery(seq, id_, text, 0) for seq, (id_, text) in numbered]
        return [one for one in acts if one.seq > after and self._is_open(one.event)][:limit]

    def mark_sent(self, ids: Collection[str], at: str) -> None:
        """Nothing to write down: what is sent again is the same bytes."""

    def acknowledge(self, ids: Collection[str], at: str) -> None:  # noqa: ARG002 - as `Book`
        """See `Book`."""
        self.received |= set(ids)

    def refuse(self, event: str, reason: str) -> None:
        """See `Book`."""
        self.refused[event] = reason

    def left(self) -> int:
        """See `Book`."""
        return sum(self._is_open(one.id) for one in self.lying.slip.answers)

    def _is_open(self, id_: str) -> bool:
        return id_ not in self.received and id_ not in self.refused
