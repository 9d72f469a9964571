# SPDX-License-Identifier: Apache-2.0
"""One run over one course: what is asked of whom, and what became of it.

All decisions are made in the thread that called; lanes only carry. So the order of things can be
read here from top to bottom: give out stretches, hear what came, check it, keep what is whole.
"""

from __future__ import annotations

import logging
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field

from player.course.manifest import Blob, Manifest
from player.download import parts
from player.download.budget import Allowance
from player.download.gathering import STRETCH, Gathering
from player.download.keeping import Keeping
from player.download.lanes import Came, Ended, Job, Lanes
from player.download.parts import Part, Span
from player.download.patience import Patience
from player.download.plan import Plan
from player.download.roads import TWICE, Road, blame
from player.download.targets import Piece, Target, loose, targets
from player.download.twins import Twins
from player.errors import (
    QT_TRANSLATE_NOOP,
    ConnectionProblem,
    Damaged,
    Offline,
    PlayerError,
    ServerRefused,
)
from player.store import blobs

log = logging.getLogger(__name__)

LANES = 4  # transport.md §0: 2.4 times as fast at 1 % loss, free otherwise; more gains nothing
SILENT = 10.0  # seconds without a byte until another connection looks whether the line is there
NEARLY = 0.7  # seconds before its end, what follows a sitting is asked for
AHEAD = 2.5  # seconds before its end, the piece lists of that: they are small
FILLING = 32 * 1024  # bytes: as much as a line of 256 kbit/s brings in a second
GRACE = 2.0  # seconds that a silent one gets to come back after another brought something
MOMENT = 0.25  # seconds between two looks at the clock, while something is under way
BREATH = 0.5  # seconds of waiting between two chances to stop
NEAR_STRETCH = 8 * STRETCH

Allow = Callable[[], Allowance]


@dataclass(slots=True)
class Work:
    """What is under way for one course.

    `begin` gives the stages of its plan; `go` works them off and returns the problems that could
    not be overcome, by blob: what no source has, or has only damaged, stops nothing else.
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
    stages: list[tuple[str, ...]] = field(default_factory=list)
    later: int = 0
    begun: float = 0.0
    gatherings: list[Gathering] = field(default_factory=list)
    parts: dict[str, Part] = field(default_factory=dict)
    lists_over: set[str] = field(default_factory=set)
    given: list[Job] = field(default_factory=list)
    held: PlayerError | None = None
    changed: bool = False

    def begin(self, plan: Plan) -> None:
        """Take a plan up, with what is left of earlier runs."""
        self.stages = list(plan.stages)
        self.later = len(plan.stages) - plan.first
        self.begun = self.patience.clock()
        self._open_stages()

    def go(self) -> dict[str, PlayerError]:
        """Work until nothing more can be had, or what is wished for has changed."""
        while True:
            self.report(self.fetched)
            self._watch()
            if not self.changed:
                self.changed = self.is_changed()
                self._give_out()
            if not self.lanes.jobs and not self._rest():
                self.keeping.flush()
                return self._problems()
            if self.lanes.jobs:
                self._hear()

    def close(self) -> None:
        """Break off what is under way. What came is in the parts, and is taken from there."""
        self.lanes.close()
        for part in self.parts.values():
            part.close()

    # Give out

    def _open_stages(self) -> None:
        """Make gatherings of the stages whose piece lists are here, or will not come."""
        while self.stages and not self._lists_are_coming(self.stages[0]):
            is_next = len(self.stages) > self.later
            for target in targets(self.manifest, self.stages.pop(0), self._pieces):
                self._gather(target, is_next=is_next)

    def _lists_are_coming(self, stage: Iterable[str]) -> bool:
        lists = {self.manifest.blobs[blob].pieces for blob in stage} - {None}
        left = {piece.sha256 for one in self.gatherings for piece in one.left.values()}
        return bool(lists & left - self.lists_over)

    def _pieces(self, blob: Blob) -> tuple[tuple[int, str], ...]:
        return blobs.pieces(self.keeping.home, blob)

    def _gather(self, target: Target, *, is_next: bool = False) -> Gathering:
        part = self.parts.get(target.name)
        if part is None:
            with self.keeping.writing(0):
                part = Part(self.keeping.parts, target.name, target.size)
            self.parts[target.name] = part
        held = self.keeping.held(self.manifest, target.name) if target.packed else ()
        gathering = Gathering(target, part, held, is_next)
        self.gatherings.append(gathering)
        if self.keeping.adopt(self.manifest, target):
            gathering.left.clear()
            self._end(gathering)
            return gathering
        self._check(gathering)
        if gathering.left and not target.packed and len(target.pieces) > 1:
            for piece, data in self.twins.copies(gathering.left.values()):
                with self.keeping.writing(piece.size):
                    part.put(None, piece.start, data)
            self._check(gathering)
        return gathering

    def _give_out(self) -> None:
        now = self.patience.clock()
        while self._has_lane():
            job = next((job for road in self.roads if (job := self._job(road, now))), None)
            if job is None:
                return
            self.keeping.tell(job, self.gatherings)
            self.given.append(job)
            self.lanes.give(job)

    def _has_lane(self) -> bool:
        """One more than usual where all are silent: it looks whether the line is there."""
        return self.lanes.free > 0 or all(self._is_silent(job) for job in self.lanes.jobs)

    def _job(self, road: Road, now: float) -> Job | None:
        """The next stretch to ask of a road."""
        if not road.ready(now) or not self._may_ask(road):
            return None
        most = NEAR_STRETCH if road.source.near else STRETCH
        if not road.source.near:
            most = min(most, self._left())
        # What silent lanes were to bring is asked for again only where there is nothing else
        for silent_too in (True, False):
            for gathering in list(self.gatherings):
                room = most if gathering.is_next else min(most, self._room_for_later(gathering))
                if room <= 0:
                    continue
                busy = self._busy(gathering, silent_too=silent_too)
                if job := self._stretch(road, gathering, busy, room, now):
                    return job
        if self.stages and not self.lanes.jobs:  # what holds a stage up will not come from here
            self._open_stages()
        return None

    def _room_for_later(self, gathering: Gathering) -> int:
        """Bytes of what comes later that may be asked for now.

        The sitting that the learner needs next has the line to itself, but for moments in which it
        would lie idle: while its piece lists are awaited, and at its very end.
        """
        if not any(self._is_for_next(job) for job in self.lanes.jobs):
            return STRETCH
        if len(self.stages) > self.later:
            fills = any(not self._is_for_next(job) for job in self.lanes.jobs)
            return 0 if fills else FILLING
        passed = max(1.0, self.patience.clock() - self.begun)
        left = sum(one.lacks for one in self.gatherings if one.is_next) * passed
        if left <= NEARLY * self.fetched or (
            left <= AHEAD * self.fetched and self._is_awaited(gathering)
        ):
            return STRETCH
        return 0

    def _is_awaited(self, gathering: Gathering) -> bool:
        """Whether it brings a piece list without which the next stage cannot begin."""
        lists = {self.manifest.blobs[blob].pieces for stage in self.stages[:1] for blob in stage}
        return any(piece.sha256 in lists for piece in gathering.left.values())

    def _is_for_next(self, job: Job) -> bool:
        return any(one.is_next for one in self._of(job.part))

    def _busy(self, gathering: Gathering, *, silent_too: bool) -> list[Span]:
        """What of a file others are asking for."""
        return [
            (job.at, job.stop)
            for job in self.lanes.jobs
            if job.part is gathering.part and (silent_too or not self._is_silent(job))
        ]

    def _may_ask(self, road: Road) -> bool:
        """A road in trouble carries one request at a time, beside those that are silent."""
        mine = [job for job in self.lanes.jobs if job.source is road.source]
        lively = [job for job in mine if not self._is_silent(job)]
        if road.problem or len(lively) < len(mine):
            return not lively
        return len(lively) < (2 if road.source.near else LANES)

    def _left(self) -> int:
        """Bytes that the learner's rules still allow, those on their way taken off."""
        allowance = self.allow()
        self.held = allowance.held if allowance.bytes_left == 0 else None
        if allowance.bytes_left is None:
            return STRETCH
        coming = sum(job.stop - job.at for job in self.lanes.jobs if not job.source.near)
        return allowance.bytes_left - coming

    def _stretch(
        self, road: Road, gathering: Gathering, busy: list[Span], most: int, now: float
    ) -> Job | None:
        if gathering.target.packed and not road.source.packs:
            return self._loose_stretch(road, gathering, most, now)
        if not road.has(gathering.target):
            return None
        wanted = [
            one
            for one in gathering.left.values()
            if self._may_give(road, gathering, one)
            and not self._is_nearer(road, gathering.target, one)
        ]
        if road.whole_files:
            found = (0, gathering.target.size) if wanted and not busy else None
        else:
            found = gathering.stretch(wanted, busy, most)
        if found is None:
            return None
        return Job(gathering.target, gathering.part, road.source, *found, began=now, heard=now)

    def _loose_stretch(self, road: Road, gathering: Gathering, most: int, now: float) -> Job | None:
        """Of a neighbour, a member of a pack is asked for as the file that it is there."""
        # A pack of one file as it is has that file's name: it is not that file being gathered
        known = {one.target.name for one in self.gatherings if not one.target.packed}
        for piece in list(gathering.left.values()):
            target = loose(self.manifest, piece.sha256, self._pieces)
            if piece.sha256 in known or not road.has(target):
                continue
            if job := self._stretch(road, self._gather(target), [], most, now):
                return job
        return None

    def _is_nearer(self, road: Road, target: Target, piece: Piece) -> bool:
        """Whether a piece is to be had for nothing: what is on the stick is not fetched."""
        if road.source.near:
            return False
        near = (one for one in self.roads if one.source.near and one.ready(self.patience.clock()))
        right = (one for one in near if not one.wrong.get(piece.sha256))
        return any(one.has(self._there(one, target, piece)) for one in right)

    def _there(self, road: Road, target: Target, piece: Piece) -> Target:
        """The file that a piece is in, over there: where there are no packs, its own."""
        if target.packed and not road.source.packs:
            return loose(self.manifest, piece.sha256, self._pieces)
        return target

    def _may_give(self, road: Road, gathering: Gathering, piece: Piece) -> bool:
        """A piece that came wrong is asked of another first, and never a third time."""
        times = road.wrong.get(piece.sha256, 0)
        if times == 0 or times >= TWICE:
            return times == 0
        return not any(
            other.has(gathering.target) and not other.wrong.get(piece.sha256)
            for other in self.roads
            if other is not road
        )

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
        job, road = news.job, self._road(news.job)
        job.heard = self.patience.clock()
        job.came += news.stop - news.start
        self.fetched += news.stop - news.start
        road.worked()
        job.part.settle()
        for gathering in self._of(job.part):
            self._check(gathering)
        self.keeping.tell(job, self.gatherings)
        self.report(self.fetched)

    def _ended(self, news: Ended) -> None:
        job, road, problem = news.job, self._road(news.job), news.problem
        if job.start == 0 < job.at and job.stop < job.target.size <= job.at:
            road.whole_files = True
        if isinstance(problem, ConnectionProblem):
            log.info("%s: %s", job.target.path, problem)
            road.failed(problem, job.target.path, job.came, self.patience.clock())
            if not road.ready(self.patience.clock()):
                self.keeping.waits(problem, self.gatherings)
        elif problem is not None:
            raise problem  # the disk, or a bug
        for gathering in self._of(job.part):
            self._check(gathering)
        self.keeping.flush()
        self._open_stages()

    def _road(self, job: Job) -> Road:
        return next(road for road in self.roads if road.source is job.source)

    def _of(self, part: Part) -> list[Gathering]:
        return [one for one in self.gatherings if one.part is part]

    def _is_silent(self, job: Job) -> bool:
        return self.patience.clock() - job.heard > SILENT

    def _watch(self) -> None:
        """Break off what stays silent while the line is there; it may be dead at the other end."""
        now = self.patience.clock()
        for job in list(self.lanes.jobs):
            rivals = (one for one in self.given if one.source is job.source)  # ended ones too
            if self._is_silent(job) and any(
                one.began > job.heard and one.came and now - one.began > GRACE for one in rivals
            ):
                job.abort()

    # Check

    def _check(self, gathering: Gathering) -> None:
        """Look at every piece whose bytes are here now."""
        for piece in gathering.covered():
            if gathering.target.whole:
                good = gathering.is_right()
            else:
                content = gathering.content(piece)
                good = content is not None
                if content is not None and gathering.target.packed:
                    self.keeping.take(piece.sha256, content)
            if good:
                del gathering.left[piece.start]
            else:
                self._blame(gathering, piece)
        if not gathering.left:
            self._end(gathering)

    def _blame(self, gathering: Gathering, piece: Piece) -> None:
        """Whoever brought the bytes of a wrong piece; nobody where some are of an earlier run."""
        theirs = [
            job
            for job in self.given
            if job.part is gathering.part and job.begin < piece.stop and job.at > piece.start
        ]
        spans = parts.merged((job.begin, job.at) for job in theirs)
        if not parts.lacking(spans, piece.start, piece.stop):
            guilty = {self._road(job).source.url: self._road(job) for job in theirs}
            for road in guilty.values():
                log.warning("%s: a piece at %d is wrong", road.source.place, piece.start)
                blame(self.keeping.db, road, piece)
        self.given = [job for job in self.given if job not in theirs]

    def _end(self, gathering: Gathering) -> None:
        """A file is through: if it is a blob of its own, it is one now."""
        self.gatherings.remove(gathering)
        if not gathering.target.packed:
            self._place(gathering)
            return
        self.keeping.flush()
        coming = {blob for stage in self.stages for blob in stage}
        later = any(self.manifest.blobs[one].pack == gathering.target.name for one in coming)
        busy = any(job.part is gathering.part for job in self.lanes.jobs)
        if not later and not busy and not self._of(gathering.part):
            self.keeping.rescue(self.manifest, gathering)
            gathering.part.remove()
            self.parts.pop(gathering.target.name, None)

    def _place(self, gathering: Gathering) -> None:
        name, part = gathering.target.name, gathering.part
        if self.keeping.is_here(name):
            part.remove()
            self.parts.pop(name, None)
            return
        if not gathering.target.whole and not gathering.is_right():
            # Every piece is as its list says, and the list is not of this file: it is of no use
            self.lists_over.add(name)
            self._gather(Target(gathering.target.path, gathering.target.size, (_all(gathering),)))
            return
        part.close()
        self.keeping.place(name, part.path, gathering.target.size)
        part.remove()
        self.parts.pop(name, None)
        for one in self.gatherings:  # a member of a pack that came as a file of its own
            for start in [at for at, piece in one.left.items() if piece.sha256 == name]:
                del one.left[start]
        for one in [one for one in self.gatherings if not one.left]:
            self._end(one)

    # Wait, and end

    def _rest(self) -> bool:
        """Wait until a road may be asked again; False where there is nothing to wait for."""
        if self.changed or not (self.gatherings or self.stages):
            return False
        if self.stages and not self.gatherings:
            self.lists_over |= {blob for stage in self.stages for blob in stage}
            self._open_stages()
            return True
        now = self.patience.clock()
        useful = [road for road in self.roads if not road.over and self._is_useful(road)]
        waits = [road.not_before - now for road in useful if road.not_before > now]
        if self.held is not None or not waits:
            if self.stages and not self.held:
                stuck = {piece.sha256 for one in self.gatherings for piece in one.left.values()}
                if not stuck <= self.lists_over:
                    self.lists_over |= stuck  # what waits for these lists goes on without them
                    self._open_stages()
                    return True
            return False
        wait = min(waits)
        while wait > 0:
            self.report(self.fetched)
            self.patience.sleep(min(wait, BREATH))
            wait -= BREATH
        return True

    def _is_useful(self, road: Road) -> bool:
        return any(
            (road.has(one.target) or not road.source.packs)
            and any(self._may_give(road, one, piece) for piece in one.left.values())
            for one in self.gatherings
        )

    def _problems(self) -> dict[str, PlayerError]:
        """Why each blob is not here, of those that are still gathered."""
        found: dict[str, PlayerError] = {}
        if self.changed:
            return found
        for gathering in self.gatherings:
            problem = self._problem(gathering)
            if gathering.target.packed:
                found |= {piece.sha256: problem for piece in gathering.left.values()}
            else:
                found[gathering.target.name] = problem
        for stage in self.stages:
            found |= {
                blob: next(iter(found.values()), self.held or Offline(place="")) for blob in stage
            }
        return found

    def _problem(self, gathering: Gathering) -> PlayerError:
        lying = [road for road in self.roads if not all(map(road.gives, gathering.left.values()))]
        waiting = [road.problem for road in self.roads if road.problem is not None]
        if self.held is not None and not lying:
            return self.held
        if lying:
            what = QT_TRANSLATE_NOOP("errors", "A file of the course")
            return Damaged(what=what, place=lying[0].source.place)
        if waiting:
            return waiting[0]
        asked = [road for road in self.roads if gathering.target.path in road.lacks]
        if asked:
            return ServerRefused(place=asked[0].source.place, status=404)
        return Offline(place=self.roads[0].source.place if self.roads else self.manifest.title)


def _all(gathering: Gathering) -> Piece:
    size = gathering.target.size
    return Piece(0, size, gathering.target.name, size)
