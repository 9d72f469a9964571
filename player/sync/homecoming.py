# SPDX-License-Identifier: Apache-2.0
"""What a learner did on another PC comes home from the platform's store, each act once.

    page by page ─► acts that are new, laid aside with the address of the next page ─► the last page
    ─► into the journal, in the order in which they were done

Killed anywhere, the next look goes on at the page where the last one stood.

Statements arrive late: a PC without a connection hands in after weeks what was done before, and
Ralph knows no order but that of doing (research/xapi.md §0.8). So windows overlap. The first look
is at everything. Then each goes back `NEAR` before the last one, for a PC that is offline over a
weekend; one a week goes back `WIDE` before the last wide one, so that nothing is missed that was
handed in up to four weeks after it was done. A store that goes by arrival, as the specification
wants it, misses nothing at all. What is later still comes with a look at the whole, by hand.

What it costs: own acts come back too, for no store can leave them out, 1.4 kB each. Somebody who
does forty things a day pays 170 kB for a look at three days and 2 MB for one at five weeks, a tenth
of it where a web server packs what the store says. By itself it looks once a day at the most.
"""

from __future__ import annotations

import logging
from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime, timedelta
from typing import Any

import msgspec

from player.clock import Now, stamp
from player.course.platform import Platform
from player.errors import (
    ConnectionProblem,
    NothingToBring,
    Offline,
    PlayerError,
    ServerRefused,
    SyncProblem,
    WrongEndpoint,
)
from player.journal import looks, union
from player.journal.learners import Learner
from player.journal.looks import Look
from player.journal.union import Brought
from player.store.database import Database
from player.sync.endpoint import Endpoint
from player.sync.heard import PassedOver, act_of
from player.sync.reading import Page, address, smaller, walk
from player.transport import place

log = logging.getLogger(__name__)

NEAR = timedelta(days=3)
WIDE = timedelta(days=28)
WEEK = timedelta(days=7)
_KEPT = timedelta(days=1)  # how long an address of a next page is good (xAPI 1.0.3, part 3, 2.1.3)
_EARLIEST = datetime(2000, 1, 1, tzinfo=UTC)  # a store's clock is not to be trusted either
_DAY = timedelta(hours=20)  # between two looks by itself
_MOST = 1000  # pages of one look; another goes on from there


class Home(msgspec.Struct, frozen=True):
    """What came of a look: acts that are `new` here, `known` already, and not for this journal.

    `problem` says why it did not come to its end, or that there was nothing; None for neither.
    """

    new: int = 0
    known: int = 0
    passed_over: int = 0
    problem: PlayerError | None = None


def bring(
    db: Database,
    store: Endpoint,
    platform: Platform,
    learner: Learner,
    *,
    now: Now,
    whole: bool = False,
) -> Home:
    """Bring home what the learner did elsewhere since the last look; with `whole`, all of it.

    What goes wrong outside is the `problem`; nothing is lost or doubled by it.

    Raises:
        StorageProblem: this PC's disk or database.
    """
    run = _Run(db, store, platform, learner)
    run.tried(now())
    problem: PlayerError | None = None
    try:
        run.look(max(store.server_time() or now(), _EARLIEST), whole=whole)
    except (ConnectionProblem, SyncProblem) as error:
        log.info("a look for what was done elsewhere ended early: %s", error)
        problem = error
    if run.passed_over:
        log.info("passed over, of %s: %s", place(store.lrs.endpoint), dict(run.passed_over))
    new = 0 if run.state.more else looks.take(db, learner)
    if run.saw_all and run.state.elsewhere and not union.has_origins(db, learner.id):
        problem = NothingToBring(place=place(store.lrs.endpoint))
    return Home(new, run.known, run.passed_over.total(), problem)


def works_elsewhere(db: Database, learner: str, endpoint: str) -> bool:
    """Whether the learner is known to work on another PC too."""
    return looks.look(db, learner, endpoint).elsewhere or union.has_origins(db, learner)


def is_due(db: Database, learner: str, endpoint: str, now: datetime) -> bool:
    """Whether it is time for a look by itself. A clock that was set back makes it so at once."""
    tried = looks.look(db, learner, endpoint).tried_at
    return not tried or not timedelta() <= now - datetime.fromisoformat(tried) < _DAY


def expect(db: Database, learner: str, endpoint: str) -> None:
    """Know from now on that the learner works on another PC too."""
    looks.keep(db, learner, endpoint, replace(looks.look(db, learner, endpoint), elsewhere=True))


@dataclass(slots=True)
class _Run:
    """One look, and what it met."""

    db: Database
    store: Endpoint
    platform: Platform
    learner: Learner
    known: int = 0
    passed_over: Counter[str] = field(default_factory=Counter)
    saw_all: bool = False

    @property
    def state(self) -> Look:
        return looks.look(self.db, self.learner.id, self.store.lrs.endpoint)

    def tried(self, at: datetime) -> None:
        self._keep(replace(self.state, tried_at=stamp(at)))

    def look(self, at: datetime, *, whole: bool) -> None:
        """Read on from where the last look stood, or begin one at the moment `at`."""
        going = _is_good(self.state, at, whole=whole)
        if not going:
            self._begin(at, whole=whole)
        stood = self.state.more
        try:
            self._read()
        except Offline:
            state = self.state  # a line that breaks every few seconds may carry half a page
            self._keep(replace(state, more=smaller(state.more)))
            raise
        except (ServerRefused, WrongEndpoint) as problem:
            forgotten = int(str(problem.details["status"])) < 500
            if not going or self.state.more != stood or not forgotten:
                raise
            self._begin(at, whole=whole)
            self._read()

    def _begin(self, at: datetime, *, whole: bool) -> None:
        state = self.state
        kind, since = window(state, at, whole=whole)
        start = address(self.store.lrs, agent=self.learner.id, home=self.platform.home, since=since)
        self._keep(replace(state, kind=kind, began_at=stamp(at), more=start))

    def _read(self) -> None:
        for count, page in enumerate(walk(self.store, self.state.more), 1):
            self._hear(page)
            if page.more and count >= _MOST:
                return
        state = self.state
        self.saw_all = state.kind == "whole"
        far = state.began_at if state.kind != "near" else state.wide_at
        self._keep(
            replace(state, looked_at=state.began_at, wide_at=far, kind="", began_at="", more="")
        )

    def _hear(self, page: Page) -> None:
        """Lay aside what a page has for us; an act that is here is passed over unread."""
        shown = {str(one.get("id")).lower(): one for one in page.statements}
        known = looks.known(self.db, filter(str.isascii, shown))
        self.known += len(known)
        acts = [act for id_, one in shown.items() if id_ not in known if (act := self._act(one))]
        then = replace(self.state, more=page.more or self.state.more)
        looks.set_aside(self.db, self.learner.id, self.store.lrs.endpoint, acts, then)

    def _act(self, said: Mapping[str, Any]) -> Brought | None:
        try:
            return act_of(said, self.platform, self.learner.id)
        except PassedOver as why:
            self.passed_over[str(why)] += 1
            return None

    def _keep(self, state: Look) -> None:
        looks.keep(self.db, self.learner.id, self.store.lrs.endpoint, state)


def _is_good(state: Look, at: datetime, *, whole: bool) -> bool:
    """Whether a look that did not come to its end can go on."""
    if not state.more or (whole and state.kind != "whole"):
        return False
    return timedelta() <= at - datetime.fromisoformat(state.began_at) < _KEPT


def window(state: Look, at: datetime, *, whole: bool) -> tuple[str, str]:
    """How far back the next look goes: its kind, and since when; '' for everything."""
    if whole or not state.looked_at:
        return "whole", ""
    wide = datetime.fromisoformat(state.wide_at)
    if timedelta() <= at - wide < WEEK:
        return "near", stamp(datetime.fromisoformat(state.looked_at) - NEAR)
    return "wide", stamp(min(wide, at) - WIDE)
