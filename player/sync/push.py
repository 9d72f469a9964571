# SPDX-License-Identifier: Apache-2.0
"""Send what is owed until the platform has it.

    owed ─► rendered once, kept ─► marked sent ─► request ─► received, refused, or sent again

Killed anywhere in between, the next run sends the same bytes under the same ids, so that the
platform has each exactly once. One bad statement never blocks another: batches are halved around it
until it is alone, and it is refused with the platform's reason, not dropped.
"""

from __future__ import annotations

import logging
import math
import time
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field

import msgspec

from player.clock import Now, stamp
from player.course.platform import Lrs, Platform
from player.errors import (
    FAILS_AT_IT,
    QT_TRANSLATE_NOOP,
    ConnectionProblem,
    NoPlatform,
    PlayerError,
    Rejected,
    ServerBusy,
    ServerRefused,
    SyncProblem,
)
from player.journal.outbox import Delivery
from player.store.database import Database
from player.sync import rendering, rest
from player.sync.abreast import Abreast
from player.sync.backoff import STEADY, Pace, delay
from player.sync.book import Book, OwnBook
from player.sync.endpoint import Authorize, Endpoint
from player.sync.lrs import Bad, Conflict, Halted, Outcome, Received, TooLarge, TryLater
from player.sync.packing import Packing
from player.sync.sameness import same
from player.transport import Transport

log = logging.getLogger(__name__)

Announce = Callable[[object], None]
_HIDDEN = QT_TRANSLATE_NOOP("errors", "it has this id already and does not show what it holds")
_ANOTHER = QT_TRANSLATE_NOOP("errors", "it has something else under this id")
Lanes = Abreast[list[Delivery], Outcome]


class SyncNews(msgspec.Struct, frozen=True):
    """How far a run is: statements received and refused in it, and still left to send."""

    received: int
    refused: int
    left: int


class Pushed(msgspec.Struct, frozen=True):
    """How a run ended. `left` wait for the next one; `problem` says why, None when none is left.

    `sent` counts statements as they left, those sent again included; `pieces` of files went along.
    """

    sent: int
    received: int
    refused: int
    left: int
    problem: PlayerError | None = None
    pieces: int = 0


def push(  # noqa: PLR0913 - whom it tells what, and how
    db: Database,
    transport: Transport,
    platform: Platform,
    *,
    now: Now,
    announce: Announce,
    pace: Pace = STEADY,
    authorize: Authorize | None = None,
) -> Pushed:
    """Send every act that the platform has not received, oldest first.

    `announce` is told a `SyncNews` after each answer, and may raise to stop. What goes wrong
    outside is returned as the `problem`; nothing is lost by it. `authorize` is for a platform where
    one signs in.

    Raises:
        StorageProblem: this PC's disk or database.
    """
    lrs = platform.lrs or Lrs("")
    store = Endpoint(transport, lrs, Packing(db, lrs.endpoint, now), authorize)
    pages = rendering.online(db, platform, store, now)
    pushed = _Run(OwnBook(db), store, now, announce, pace, pages).through(platform)
    if isinstance(pushed.problem, ServerBusy):
        rest.keep(db, lrs.endpoint, int(str(pushed.problem.details["seconds"])), now)
    return pushed


def deliver(  # noqa: PLR0913 - as `push`
    book: Book,
    transport: Transport,
    platform: Platform,
    *,
    now: Now,
    announce: Announce,
    pace: Pace = STEADY,
    authorize: Authorize | None = None,
    db: Database | None = None,
) -> Pushed:
    """Send what is open in `book`, rendered elsewhere, by the same rules as `push`.

    With `db`, it is remembered whether the store knows gzip.
    """
    lrs = platform.lrs or Lrs("")
    store = Endpoint(transport, lrs, Packing(db, lrs.endpoint, now), authorize)
    return _Run(book, store, now, announce, pace).through(platform)


@dataclass(slots=True)
class _Run:
    """One run: where to, and what has come of it so far."""

    book: Book
    store: Endpoint
    now: Now
    announce: Announce
    pace: Pace
    pages: Iterator[int] = field(default_factory=lambda: iter(()))
    """Each step has one page more in the book, and says up to which seq all are."""
    rendered: float = 0
    sent: int = 0
    received: int = 0
    refused: int = 0
    failures: int = 0
    """Failures of the server in a row."""
    took: float = 0
    """Seconds, the last request that was alone on the line."""
    many: int = 0
    """Statements in the next request; bytes in proportion."""

    def through(self, platform: Platform) -> Pushed:
        """Send, and say how it ended."""
        problem: PlayerError | None = None
        try:
            if platform.lrs is None:
                raise NoPlatform
            problem = self.send()
        except (ConnectionProblem, SyncProblem) as error:
            log.info("sending stopped: %s", error)
            problem = error
        return Pushed(self.sent, self.received, self.refused, self.book.left(), problem)

    def send(self) -> PlayerError | None:
        """Send all that is open. Returns why some of it is still open, if some is."""
        aside: list[tuple[Delivery, PlayerError]] = []
        lanes = Lanes(self.pace.abreast)
        try:
            for batch in self._batches():
                if not self._is_calm:
                    aside += self._deliver(batch)
                    continue
                lanes.start(batch, self._ready(batch))
                if lanes.is_full:
                    aside += self._settle(lanes)
                else:  # what leaves together also waits together, and the line is idle meanwhile
                    self.pace.sleep(min(self.took / self.pace.abreast, 1))
            while lanes:
                aside += self._settle(lanes)
        finally:
            lanes.end()  # before anybody else may send the same
        for delivery, _ in aside if self.received else ():
            self._ask_once_more(delivery)
        return aside[0][1] if aside and not self.received else None

    @property
    def _is_calm(self) -> bool:
        """Whether several batches may be under way: one went through, packed, and none failed."""
        several = self.pace.abreast > 1 and self.store.packing.state == "yes"
        return several and not self.failures and self.received > 0

    def _ready(self, batch: list[Delivery]) -> Callable[[], Outcome]:
        """What sends this batch, from any thread."""
        self.book.mark_sent([one.event for one in batch], self._time())
        self.sent += len(batch)
        return self.store.ready([one.statement for one in batch])

    def _settle(self, lanes: Lanes) -> list[tuple[Delivery, PlayerError]]:
        """Take the oldest answer. What did not go through is taken up again, one after another."""
        batch, outcome = lanes.wait()
        if isinstance(outcome, Received):
            self._receive(batch)
            return []
        self.failures += 1
        failed = [batch]
        while lanes:
            batch, another = lanes.wait()
            if isinstance(another, Received):
                self._receive(batch)
            else:
                failed.append(batch)
        match outcome:
            case Halted(problem) if not self.store.may_renew(outcome):
                raise problem
            case TryLater(problem, broken=False):
                raise problem
        return [one for batch in failed for one in self._deliver(batch)]

    def _batches(self) -> Iterator[list[Delivery]]:
        """Yield what is open, oldest first, in requests that the line bears.

        What came to nothing before goes in smaller ones: a line that breaks every few seconds may
        carry those. Whatever arrives makes the next one larger.
        """
        last = 0
        while waiting := self._waiting(last):
            self.many = self.many or max(1, self.pace.batch >> min(waiting[0].tries, 3))
            most = self.pace.size if self.store.packing.state == "yes" else self.pace.plain
            batch: list[Delivery] = []
            size = 0
            for delivery in waiting[: self.many]:
                size += len(delivery.statement) + 1
                if batch and size > most * self.many // self.pace.batch:
                    break
                batch.append(delivery)
            last = batch[-1].seq
            yield batch

    def _waiting(self, last: int) -> list[Delivery]:
        """The next that are open, later than seq `last`: as many as fit one request, if there are.

        They are rendered while others are under way.
        """
        while True:
            waiting = self.book.open_deliveries(self.pace.batch, last)
            if len(waiting) == self.pace.batch and waiting[-1].seq <= self.rendered:
                return waiting
            if self.rendered == math.inf:
                return waiting
            self.rendered = next(self.pages, math.inf)

    def _deliver(self, batch: list[Delivery]) -> list[tuple[Delivery, PlayerError]]:
        """Settle each of `batch`; return those at which the server fails, each alone."""
        aside: list[tuple[Delivery, PlayerError]] = []
        parts = [batch]
        while parts:
            part = parts.pop()
            match self._post_patiently(part):
                case Received():
                    self._receive(part)
                case Bad(_, int(index)) if len(part) > 1 and 0 <= index < len(part):
                    parts += [part[:index] + part[index + 1 :], [part[index]]]
                case Bad() | TooLarge() | Conflict() | TryLater() if len(part) > 1:
                    parts += [part[len(part) // 2 :], part[: len(part) // 2]]
                case Bad(reason) | TooLarge(reason):
                    self._refuse(part[0], reason)
                case Conflict():
                    self._compare(part[0])
                case TryLater(problem):
                    aside.append((part[0], problem))
        return aside

    def _post_patiently(self, part: Sequence[Delivery]) -> Outcome:
        """Send, and again if the server fails; raise what no statement can be the reason of."""
        for failed in range(1, self.pace.tries + 1):
            outcome = self._post(part)
            if isinstance(outcome, Halted):
                raise outcome.problem
            if not isinstance(outcome, TryLater):
                self.failures = 0
                return outcome
            self.failures += 1
            if self.failures >= self.pace.failures:
                raise outcome.problem
            if outcome.broken and self.failures >= self.pace.tries:
                return outcome
            wait = delay(failed, outcome.asked, self.pace.chance)
            if wait > self.pace.patience or failed == self.pace.tries:
                raise outcome.problem
            self.pace.sleep(wait)
        raise AssertionError("the loop above always ends by itself")

    def _post(self, part: Sequence[Delivery]) -> Outcome:
        self.book.mark_sent([one.event for one in part], self._time())
        self.sent += len(part)
        began = time.monotonic()
        outcome = self.store.post([one.statement for one in part])
        self.took = time.monotonic() - began
        return outcome

    def _compare(self, delivery: Delivery) -> None:
        """Settle a conflict: the store has this id; is what it has the same?"""
        theirs = self.store.get_statement(delivery.event)
        if theirs is not None and same(delivery.statement, theirs):
            self._receive([delivery])
        elif theirs is None:
            self._refuse(delivery, _HIDDEN)
        else:
            self._refuse(delivery, _ANOTHER)

    def _ask_once_more(self, delivery: Delivery) -> None:
        """Settle one at which the server failed while it took others: is it the statement?"""
        match self._post([delivery]):
            case Received():
                self._receive([delivery])
            case Conflict():
                self._compare(delivery)
            case Bad(reason) | TooLarge(reason):
                self._refuse(delivery, reason)
            case TryLater(ServerRefused() as problem):
                status = problem.details["status"]
                self._refuse(delivery, FAILS_AT_IT.format(status=status))
            case TryLater(problem) | Halted(problem):
                raise problem

    def _receive(self, part: Sequence[Delivery]) -> None:
        self.book.acknowledge([one.event for one in part], self._time())
        self.received += len(part)
        self.many = min(self.pace.batch, 2 * self.many)
        self._tell()

    def _refuse(self, delivery: Delivery, reason: str) -> None:
        self.book.refuse(delivery.event, str(Rejected(reason=reason)))
        self.refused += 1
        self._tell()

    def _tell(self) -> None:
        self.announce(SyncNews(self.received, self.refused, self.book.left()))

    def _time(self) -> str:
        return stamp(self.now(), "milliseconds")
