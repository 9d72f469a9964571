# SPDX-License-Identifier: Apache-2.0
"""Working off what was asked for, whatever the line does meanwhile.

    wishes ─► plan ─► targets ─► lanes ─► parts ─► pieces, checked ─► blobs ─► whole sections

A cut is waited out and gone on from; what one source cannot give is asked of another and, if none
can, told at the end, when everything else is here. One worker at a time runs on a home.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from contextlib import suppress
from dataclasses import dataclass, field
from pathlib import Path

from player.clock import Now, utc_now
from player.course.manifest import Manifest
from player.download import parts
from player.download.asking import LANES
from player.download.budget import Allowance
from player.download.keeping import Keeping
from player.download.lanes import Lanes
from player.download.news import Announce, DownloadNews, Teller, unheard
from player.download.patience import Patience
from player.download.plan import Wish, plan
from player.download.roads import Road, remembered
from player.download.room import check_room, writing
from player.download.sources import Source
from player.download.twins import Twins
from player.download.wishes import SectionState, ask, note, pending, sections_state, wished
from player.download.work import Work
from player.errors import Damaged, DriveGone, PlayerError
from player.store import blobs, spoken
from player.store.database import Database
from player.store.lock import files_of
from player.store.place import parts_folder
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

Report = Callable[[int], None]
"""Told how many new bytes are on the disk; may raise to stop, and everything that came is kept."""

Sources = Callable[[str], Sequence[Source]]
"""Whom to ask for the files of a course, best first."""


@dataclass(frozen=True, slots=True)
class Summary:
    """What a run did: bytes fetched, blobs and sections that became whole."""

    fetched: int
    blobs: int
    sections: int


def silent(_size: int) -> None:
    """Report nothing."""


def unlimited() -> Allowance:
    """No rules of the learner's."""
    return Allowance(None)


def nowhere(_course: Manifest) -> str:
    """No activity that the learner needs next."""
    return ""


def run(  # noqa: PLR0913 - all but the first three have their defaults
    db: Database,
    home: Path,
    transport: Transport,
    course: str | None = None,
    *,
    report: Report = silent,
    announce: Announce = unheard,
    learner: str | None = None,
    now: Now = utc_now,
    patience: Patience = Patience(),  # noqa: B008 - frozen
    allow: Callable[[], Allowance] = unlimited,
    following: Callable[[Manifest], str] = nowhere,
    sources: Sources | None = None,
    lanes: int = LANES,
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
        allow: what the learner's rules allow now; asked before each stretch.
        following: the activity of a course that the learner needs next, '' for none.
        sources: whom to ask; the repositories that offer the course otherwise.
        lanes: how many requests at once.

    Raises:
        FilesBusy: another worker runs on this home, or files are moved, mended or freed.
        ConnectionProblem, Damaged, StorageProblem, Held: the first one that could not be overcome,
            after everything else was tried; each wish has kept its sentence.
    """
    with files_of(home):
        one = _Run(
            db,
            home,
            Teller(announce, patience.clock),
            learner,
            now,
            patience,
            report,
            allow,
            following,
            sources or (lambda course: sources_of(db, transport, course)),
            lanes,
        )
        through: set[tuple[str, Wish]] = set()
        while (next_ := _next_course(db, course, through)) is not None:
            through |= {(next_, wish) for wish in one.course(next_)}
        if not pending(db):
            with suppress(DriveGone), writing(home, 0):
                parts.clear(parts_folder(home))
    if one.problems:
        raise one.problems[0]
    return Summary(one.fetched, one.kept, one.sections)


def sources_of(db: Database, transport: Transport, course: str) -> list[Source]:
    """The repository that a course's manifest came from, then the others that offer it."""
    rows = db.execute(
        "SELECT repository FROM current_courses WHERE id = :course UNION ALL"
        " SELECT repository FROM offers WHERE course = :course",
        {"course": course},
    )
    urls = dict.fromkeys(row[0] for row in rows)
    return [Source(url, transport, near=url.startswith("file:")) for url in urls]


def _next_course(db: Database, only: str | None, through: set[tuple[str, Wish]]) -> str | None:
    """The next course with a wish that was not tried; wishes may come while we work."""
    for one in pending(db):
        course = one.manifest.id
        known = (course, one.wish) in through
        if not known and not one.rests and not one.held and only in (None, course):
            return course
    return None


@dataclass(slots=True)
class _Run:
    """One run: how much came, and the `problems` that could not be overcome."""

    db: Database
    home: Path
    teller: Teller
    learner: str | None
    now: Now
    patience: Patience
    report: Report
    allow: Callable[[], Allowance]
    following: Callable[[Manifest], str]
    sources: Sources
    lanes: int
    fetched: int = 0
    kept: int = 0
    sections: int = 0
    problems: list[PlayerError] = field(default_factory=list)

    def course(self, course: str) -> list[Wish]:
        """Work off the wishes for a course; return those that need no second look in this run."""
        manifest = spoken.goal(self.db, course)
        asked = wished(self.db, course)
        if manifest is None or not asked:
            return asked
        note(self.db, course, asked, "", rests=False)
        keeping = Keeping(self.db, self.home, manifest, asked, self.teller, self.learner, self.now)
        work = Work(
            keeping,
            manifest,
            self._roads(course),
            Lanes(self.lanes),
            self.patience,
            lambda size: self.report(self.fetched + size),
            self.allow,
            Twins(self.db, self.home, course),
            lambda: wished(self.db, course) != asked,
        )
        try:
            found = plan(manifest, asked, blobs.present(self.db), self.following(manifest))
            coming = parts.amount(parts_folder(self.home))
            check_room(self.home, max(0, found.bytes_to_fetch - coming))
            with writing(self.home, found.bytes_to_fetch):
                work.begin(found)
                self._stopped(keeping, work.go())
        except PlayerError as error:
            self._stopped(
                keeping, {blob: error for left in keeping.lacking.values() for blob in left}
            )
        finally:
            work.close()
            self.fetched += work.fetched
            self.kept += keeping.kept
            self.sections += keeping.sections
        return [] if work.changed else asked

    def _roads(self, course: str) -> list[Road]:
        roads = [remembered(self.db, Road(one, self.patience)) for one in self.sources(course)]
        return sorted(roads, key=lambda road: not road.source.near)  # near ones cost nothing

    def _stopped(self, keeping: Keeping, found: dict[str, PlayerError]) -> None:
        """Write down, for each wish, the first problem of what it lacks."""
        for problem in dict.fromkeys(found.values()):
            self.problems.append(problem)
        for wish, left in keeping.lacking.items():
            for problem in [found[blob] for blob in found if blob in left][:1]:
                rests = isinstance(problem, Damaged)
                note(self.db, keeping.manifest.id, [wish], str(problem), rests=rests)
                keeping.stopped(wish, problem)
