# SPDX-License-Identifier: Apache-2.0
"""What to ask of whom next. Asks nobody itself."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass

from player.download.budget import Allowance
from player.download.files import Files
from player.download.gathering import STRETCH, Gathering
from player.download.lanes import Job, Lanes
from player.download.parts import Span
from player.download.roads import TWICE, Road
from player.download.targets import Piece, Target
from player.errors import PlayerError

LANES = 4  # transport.md §0: 2.4 times as fast at 1 % loss, free otherwise; more gains nothing
NEAR_LANES = 2
NEAR_STRETCH = 8 * STRETCH
FILLING = 32 * 1024  # bytes: as much as a line of 256 kbit/s brings in a second
NEARLY = 0.7  # seconds before its end, what follows a sitting is asked for
AHEAD = 2.5  # seconds before its end, the piece lists of that: they are small

Allow = Callable[[], Allowance]


@dataclass(slots=True)
class Asking:
    """Chooses among the files that are gathered and the roads that lead to them.

    `held` is why the learner's own rules allow nothing more, None while they do.
    """

    files: Files
    roads: Sequence[Road]
    lanes: Lanes
    allow: Allow
    held: PlayerError | None = None

    def next(self, now: float, speed: float) -> Job | None:
        """The next job for a lane; None while there is none to give.

        Args:
            now: by the clock of the run.
            speed: bytes per second that came so far.
        """
        # One more than usual where all are silent: it looks whether the line is there
        if self.lanes.free <= 0 and not all(job.is_silent(now) for job in self.lanes.jobs):
            return None
        return next((job for road in self.roads if (job := self._of(road, now, speed))), None)

    def is_useful(self, road: Road) -> bool:
        """Whether a road may bring something that is still lacking."""
        return not road.over and any(
            (road.has(one.target) or not road.source.packs)
            and any(self._may_give(road, one.target, piece) for piece in one.left.values())
            for one in self.files.gatherings
        )

    def _of(self, road: Road, now: float, speed: float) -> Job | None:
        if not road.ready(now) or not self._may_ask(road, now):
            return None
        most = NEAR_STRETCH if road.source.near else min(STRETCH, self._left())
        # What silent lanes were to bring is asked for again only where there is nothing else
        for silent_too in (True, False):
            for gathering in list(self.files.gatherings):
                room = most if gathering.is_next else min(most, self._room(gathering, speed))
                busy = list(self._busy(gathering, now, silent_too=silent_too))
                if room > 0 and (job := self._stretch(road, gathering, busy, room, now)):
                    return job
        return None

    def _may_ask(self, road: Road, now: float) -> bool:
        """A road in trouble carries one request at a time, beside those that are silent."""
        mine = [job for job in self.lanes.jobs if job.source is road.source]
        lively = [job for job in mine if not job.is_silent(now)]
        if road.source.near and len(lively) < len(mine):
            return False  # asleep perhaps; others have what it has
        if road.problem or len(lively) < len(mine):
            return not lively
        return len(lively) < (NEAR_LANES if road.source.near else LANES)

    def _left(self) -> int:
        """Bytes that the learner's rules still allow, those on their way taken off."""
        allowance = self.allow()
        self.held = allowance.held if allowance.bytes_left == 0 else None
        if allowance.bytes_left is None:
            return STRETCH
        coming = sum(job.stop - job.at for job in self.lanes.jobs if not job.source.near)
        return allowance.bytes_left - coming

    def _room(self, gathering: Gathering, speed: float) -> int:
        """Bytes of a file that comes later that may be asked for now.

        The sitting that the learner needs next has the line to itself, but for moments in which it
        would lie idle: while its piece lists are awaited, and at its very end.
        """
        for_next = [any(one.is_next for one in self.files.of(job.part)) for job in self.lanes.jobs]
        if not any(for_next):
            return NEAR_STRETCH
        if not self.files.knows_next:
            return FILLING if all(for_next) else 0
        lacks = sum(one.lacks for one in self.files.gatherings if one.is_next)
        awaited = self.files.awaited()
        is_list = any(piece.sha256 in awaited for piece in gathering.left.values())
        return NEAR_STRETCH if lacks <= speed * (AHEAD if is_list else NEARLY) else 0

    def _busy(self, gathering: Gathering, now: float, *, silent_too: bool) -> Iterator[Span]:
        """What of a file others are asking for."""
        for job in self.lanes.jobs:
            if job.part is gathering.part and (silent_too or not job.is_silent(now)):
                yield job.at, job.stop

    def _stretch(
        self, road: Road, gathering: Gathering, busy: list[Span], most: int, now: float
    ) -> Job | None:
        if gathering.target.packed and not road.source.packs:
            return self._loose_stretch(road, gathering, most, now)
        if not road.has(gathering.target):
            return None
        near = [] if road.source.near else self._near(now)
        wanted = (
            one
            for one in gathering.left.values()
            if self._may_give(road, gathering.target, one)
            and not self._is_nearer(near, gathering.target, one)
        )
        if road.whole_files:
            found = (0, gathering.target.size) if not busy and any(wanted) else None
        else:
            found = gathering.stretch(wanted, busy, most)
        if found is None:
            return None
        return Job(gathering.target, gathering.part, road.source, *found, began=now, heard=now)

    def _loose_stretch(self, road: Road, gathering: Gathering, most: int, now: float) -> Job | None:
        """Of a neighbour, a member of a pack is asked for as the file that it is there."""
        # A pack of one file as it is has that file's name: it is not that file being gathered
        known = {one.target.name for one in self.files.gatherings if not one.target.packed}
        for piece in list(gathering.left.values()):
            target = self.files.loose(piece.sha256)
            if piece.sha256 in known or not road.has(target):
                continue
            if job := self._stretch(road, self.files.gather(target), [], most, now):
                return job
        return None

    def _near(self, now: float) -> list[Road]:
        """The roads that cost nothing, may be asked now, and have not fallen asleep."""
        silent = {job.source.url for job in self.lanes.jobs if job.is_silent(now)}
        ready = (one for one in self.roads if one.source.near and one.ready(now))
        return [one for one in ready if one.source.url not in silent]

    def _is_nearer(self, near: Sequence[Road], target: Target, piece: Piece) -> bool:
        """Whether a piece is to be had for nothing: what is on the stick is not fetched."""
        right = (one for one in near if not one.wrong.get(piece.sha256))
        return any(one.has(self._there(one, target, piece)) for one in right)

    def _there(self, road: Road, target: Target, piece: Piece) -> Target:
        """The file that a piece is in, over there: where there are no packs, its own."""
        if target.packed and not road.source.packs:
            return self.files.loose(piece.sha256)
        return target

    def _may_give(self, road: Road, target: Target, piece: Piece) -> bool:
        """A piece that came wrong is asked of another first, and never a third time."""
        times = road.wrong.get(piece.sha256, 0)
        if times == 0 or times >= TWICE:
            return times == 0
        return not any(
            other.has(target) and not other.wrong.get(piece.sha256)
            for other in self.roads
            if other is not road
        )
