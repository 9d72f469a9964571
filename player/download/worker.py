# SPDX-License-Identifier: Apache-2.0
"""Working off what was asked for, whatever the line does meanwhile.

    wishes ─► plan ─► transfer ─► blobs ─► "this section is whole"

A cut is waited out and gone on from; what one source cannot give is asked of the next and, if none
can, told at the end, when everything else is here. One worker at a time runs on a home.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from player.download import parts
from player.download.news import Announce, DownloadNews, Teller, unheard
from player.download.patience import Patience
from player.download.plan import Wish
from player.download.transfer import Report, silent
from player.download.wishes import SectionState, ask, pending, sections_state
from player.download.work import Work, utc_now
from player.store.database import Database
from player.store.lock import alone
from player.transport import Transport

__all__ = [
    "DownloadNews",
    "Patience",
    "SectionState",
    "Summary",
    "ask",
    "pending",
    "run",
    "sections_state",
]


@dataclass(frozen=True, slots=True)
class Summary:
    """What a run did: bytes fetched, blobs and sections that became whole."""

    fetched: int
    blobs: int
    sections: int


def run(  # noqa: PLR0913 - all but the first three have their defaults
    db: Database,
    home: Path,
    transport: Transport,
    course: str | None = None,
    *,
    report: Report = silent,
    announce: Announce = unheard,
    learner: str | None = None,
    now: Callable[[], datetime] = utc_now,
    patience: Patience = Patience(),  # noqa: B008 - frozen
) -> Summary:
    """Fetch what was asked for, until nothing more can be had.

    Args:
        db: the database.
        home: its folder.
        transport: the road.
        course: the only course to fetch; all otherwise.
        report: told how many bytes came in this run, and while it waits; may raise to stop, and
            everything that came is kept.
        announce: told how each section comes along, at most ten times a second.
        learner: whose journal says which sections became whole; nobody's if None.
        now: the wall clock.
        patience: how long to go on trying.

    Raises:
        DatabaseBusy: another worker runs on this home.
        ConnectionProblem, Damaged, StorageProblem: the first one that could not be overcome, after
            everything else was tried; each wish has kept its sentence.
    """
    with alone(home / "download.lock"):
        teller = Teller(announce, patience.clock)
        work = Work(db, home, transport, report, teller, learner, now, patience)
        through: set[tuple[str, Wish]] = set()
        while (one := _next_course(db, course, through)) is not None:
            through |= {(one, wish) for wish in work.course(one)}
        if not pending(db):
            parts.clear(home)
    if work.problems:
        raise work.problems[0]
    return Summary(work.fetched, work.kept, work.sections)


def _next_course(db: Database, only: str | None, through: set[tuple[str, Wish]]) -> str | None:
    """The next course with a wish that was not tried; wishes may come while we work."""
    for one in pending(db):
        known = (one.course, Wish(one.section, one.rendition)) in through
        if not known and not one.rests and only in (None, one.course):
            return one.course
    return None
