# SPDX-License-Identifier: Apache-2.0
"""One run over one course: ask, hear what came, judge who brought it, wait, and end.

All decisions are made in the thread that called; lanes only carry. What to ask of whom is decided
in `asking`, what became of the files in `files`.
"""

from __future__ import annotations

import logging
import math
from collections.abc import Callable
from dataclasses import dataclass, field

from player.course.manifest import Manifest
from player.download import parts
from player.download.asking import Allow, Asking
from player.download.files import Files
from player.download.gathering import Gathering
from player.download.keeping import Keeping
from player.download.lanes import Came, Ended, Job, Lanes
from player.download.parts import Part
from player.download.patience import Patience
from player.download.plan import Plan
from player.download.roads import Road, blame
from player.download.targets import Piece
from player.download.twins import Twins
from player.errors import (
    QT_TRANSLATE_NOOP,
    ConnectionProblem,
    Damaged,
    Offline,
    PlayerError,
    ServerRefused,
)

log = logging.getLogger(__name__)

GRACE = 2.0  # seconds that a silent one gets to come back after another brought something
MOMENT = 0.5  # seconds between two looks at the clock, or chances to stop


@dataclass(slots=True)
class Work:
    """What is under way for one course.

    `begin` takes up a plan; `go` works it off and returns the problems that could not be overcome,
    by blob: what no source has, or has only damaged, stops nothing else. `fetched` bytes came;
    `changed` says that something else is wished for by now.
    """

    keeping: Keeping
    manifest: Manifest
    roads: list[Road]
    lanes: Lanes
    patience: Patience
    report: Callable[[int], None]
    allow: Allow
    twins: Twins
    is_changed: Callable[[], bool] = lambda: False
    fetched: int = 0
    changed: bool = False
    files: Files = field(init=False)
    asking: Asking = field(init=False)
    _begun: float = 0.0
    _unjudged: list[Job] = field(default_factory=list)

    def __post_init__(self) -> None:
        self.files = Files(self.keeping, self.manifest, self.twins, self.lanes.jobs, self._blame)
        self.asking = Asking(self.files, self.roads, self.lanes, self.allow)

    def begin(self, plan: Plan) -> None:
        """Take a plan up, with what is left of earlier runs."""
        self._begun = self.patience.clock()
        self.files.begin(plan)

    def go(self) -> dict[str, PlayerError]:
        """Work until nothing more can be had, or what is wished for has changed."""
        while True:
            self.report(self.fetched)
            now = self.patience.clock()  # one for all: a road must not get ready in between
            self._watch(now)
            if not self.changed:
                self.changed = self.is_changed()
                self._ask(now)
            if self.lanes.jobs and (self.files.gatherings or self.files.stages):
                self._hear()
            elif not self._rest(now):
                self.keeping.flush()
                return self._problems()

    def close(self) -> None:
        """Break off what is under way. What came is in the parts, and is taken from there."""
        self.lanes.close()
        self.files.close()

    def _ask(self, now: float) -> None:
        speed = self.fetched / max(1.0, now - self._begun)
        while (job := self.asking.next(now, speed)) is not None:
            self.keeping.tell(job, self.files.gatherings)
            self._unjudged.append(job)
            self.lanes.give(job)

    # Hear

    def _hear(self) -> None:
        news = self.lanes.hear(MOMENT)
        while news is not None:
            if isinstance(news, Came):
                self._came(news)
            else:
                self._ended(news)
            news = self.lanes.hear(0)

    def _came(self, news: Came) -> None:
        job, size = news.job, news.stop - news.start
        job.heard, job.overtaken = self.patience.clock(), math.inf
        job.came += news.fresh
        self.fetched += size
        for other in self._beside(job):
            if other.heard < job.began:
                other.overtaken = min(other.overtaken, job.began)
        if news.fresh and job.has_brought:  # the same bytes again, and again, are no progress
            self._road(job).worked()
        self.files.came(job.part, news.start, news.stop)
        self.keeping.tell(job, self.files.gatherings)
        self.report(self.fetched)

    def _ended(self, news: Ended) -> None:
        job, road, problem = news.job, self._road(news.job), news.problem
        if job.start == 0 < job.at and job.stop < job.target.size <= job.at:
            road.whole_files = True
        if isinstance(problem, ConnectionProblem):
            log.info("%s: %s", job.target.path, problem)
            came = job.came if job.has_brought else 0
            road.failed(problem, job.target.path, came, self.patience.clock())
            if not road.ready(self.patience.clock()):
                self.keeping.waits(problem, self.files.gatherings)
        elif problem is not None:
            raise problem  # the disk, or a bug
        else:
            road.worked()
        self.files.ended(job)
        self._unjudged = [one for one in self._unjudged if self._is_unjudged(one)]

    def _road(self, job: Job) -> Road:
        return next(road for road in self.roads if road.source is job.source)

    def _beside(self, job: Job) -> list[Job]:
        return [one for one in self.lanes.jobs if one.source is job.source and one is not job]

    def _watch(self, now: float) -> None:
        """Break off what stays silent while the line is there; it may be dead at the other end."""
        for job in self.lanes.jobs:
            if job.is_silent(now) and now - job.overtaken > GRACE:
                job.abort()

    # Judge

    def _is_unjudged(self, job: Job) -> bool:
        """Whether bytes that a job brought were not checked, or are still to come."""
        return job in self.lanes.jobs or any(
            job.begin < piece.stop and job.at > piece.start
            for one in self.files.of(job.part)
            for piece in one.left.values()
        )

    def _blame(self, part: Part, piece: Piece) -> None:
        """Whoever brought the bytes of a wrong piece; nobody where some are of an earlier run."""
        theirs = [
            job
            for job in self._unjudged
            if job.part is part
            and parts.lacking(job.judged, max(job.begin, piece.start), min(job.at, piece.stop))
        ]
        spans = parts.merged((job.begin, job.at) for job in theirs)
        if not parts.lacking(spans, piece.start, piece.stop):
            guilty = {self._road(job).source.url: self._road(job) for job in theirs}
            for road in guilty.values():
                log.warning("%s: a piece at %d is wrong", road.source.place, piece.start)
                blame(self.keeping.db, road, piece)
        for job in theirs:
            job.judged = parts.merged([*job.judged, (piece.start, piece.stop)])

    # Wait, and end

    def _rest(self, now: float) -> bool:
        """Wait until a road may be asked again; False where there is nothing to wait for."""
        if self.changed or not self.files.gatherings:
            return False
        useful = [road for road in self.roads if self.asking.is_useful(road)]
        waits = [road.not_before - now for road in useful if road.not_before > now]
        if self.asking.held is not None:
            return False
        if not waits:
            return self.files.do_without()
        wait = min(waits)
        while wait > 0:
            self.report(self.fetched)
            self.patience.sleep(min(wait, MOMENT))
            wait -= MOMENT
        return True

    def _problems(self) -> dict[str, PlayerError]:
        """Why each blob is not here, of those that are still gathered."""
        found: dict[str, PlayerError] = {}
        if self.changed:
            return found
        for gathering in self.files.gatherings:
            problem = self._problem(gathering)
            if gathering.target.packed:
                found |= {piece.sha256: problem for piece in gathering.left.values()}
            else:
                found[gathering.target.name] = problem
        one = next(iter(found.values()), self.asking.held or Offline(place=""))
        return found | {blob: one for stage in self.files.stages for blob in stage}

    def _problem(self, gathering: Gathering) -> PlayerError:
        lying = [road for road in self.roads if not all(map(road.gives, gathering.left.values()))]
        waiting = [road.problem for road in self.roads if road.problem is not None]
        if self.asking.held is not None and not lying:
            return self.asking.held
        if lying:
            what = QT_TRANSLATE_NOOP("errors", "A file of the course")
            return Damaged(what=what, place=lying[0].source.place)
        if waiting:
            return waiting[0]
        asked = [road for road in self.roads if gathering.target.path in road.lacks]
        if asked:
            return ServerRefused(place=asked[0].source.place, status=404)
        return Offline(place=self.roads[0].source.place if self.roads else self.manifest.title)
