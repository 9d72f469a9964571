# SPDX-License-Identifier: Apache-2.0
"""All files that a run gathers: begun in stages, checked as their bytes come, kept when whole."""

from __future__ import annotations

from collections.abc import Callable, Collection
from dataclasses import dataclass, field

from player.course.manifest import Blob, Manifest
from player.download.gathering import Gathering
from player.download.keeping import Keeping
from player.download.lanes import Job
from player.download.parts import Part
from player.download.plan import Plan
from player.download.targets import Piece, Target, loose, targets
from player.download.twins import Twins
from player.store import blobs


@dataclass(slots=True)
class Files:
    """The files on their way, and the stages of the plan that wait until theirs are known.

    `jobs` are what lanes bring at the moment. `blame` is told which piece of which part came wrong.
    `later` of the stages, at the end, are not of the sitting that the learner needs next.
    """

    keeping: Keeping
    manifest: Manifest
    twins: Twins
    jobs: Collection[Job]
    blame: Callable[[Part, Piece], None]
    gatherings: list[Gathering] = field(default_factory=list)
    stages: list[tuple[str, ...]] = field(default_factory=list)
    later: int = 0
    _parts: dict[str, Part] = field(default_factory=dict)
    _done_without: set[str] = field(default_factory=set)

    def begin(self, plan: Plan) -> None:
        """Take a plan up, with what is left of earlier runs."""
        self.stages = list(plan.stages)
        self.later = len(plan.stages) - plan.first
        self.open_stages()

    def close(self) -> None:
        """Let the files go. What came is in them, and is taken from there the next time."""
        for part in self._parts.values():
            part.close()

    def of(self, part: Part) -> list[Gathering]:
        """What is gathered of a file."""
        return [one for one in self.gatherings if one.part is part]

    # Stages

    @property
    def knows_next(self) -> bool:
        """Whether all stages of the sitting that the learner needs next were opened."""
        return len(self.stages) <= self.later

    def awaited(self) -> set[str]:
        """The piece lists that hold the next stage up."""
        stage = self.stages[0] if self.stages else ()
        lists = {self.manifest.blobs[blob].pieces for blob in stage} - self._done_without
        return {piece.sha256 for one in self.gatherings for piece in one.left.values()} & lists

    def open_stages(self) -> None:
        """Begin the files of the stages that nothing holds up."""
        while self.stages and not self.awaited():
            is_next = not self.knows_next
            for target in targets(self.manifest, self.stages.pop(0), self._pieces):
                self.gather(target, is_next=is_next)

    def do_without(self) -> bool:
        """Open the next stage without the piece lists that hold it up; False where none do."""
        awaited = self.awaited()
        self._done_without |= awaited
        self.open_stages()
        return bool(awaited)

    def loose(self, sha256: str) -> Target:
        """A blob as a file of its own."""
        return loose(self.manifest, sha256, self._pieces)

    def _pieces(self, blob: Blob) -> tuple[tuple[int, str], ...]:
        return blobs.pieces(self.keeping.home, blob)

    def gather(self, target: Target, *, is_next: bool = False) -> Gathering:
        """Begin a file: what of it is here already, in whatever place, is not asked for."""
        part = self._parts.get(target.name)
        if part is None:
            with self.keeping.writing(0):
                part = Part(self.keeping.parts, target.name, target.size)
            self._parts[target.name] = part
        held = self.keeping.held(self.manifest, target.name) if target.packed else ()
        gathering = Gathering(target, part, held, is_next)
        self.gatherings.append(gathering)
        if self.keeping.adopt(self.manifest, target):
            gathering.left.clear()
        self._check(gathering)
        if gathering.left and not target.packed and len(target.pieces) > 1:
            for piece, data in self.twins.copies(gathering.left.values()):
                with self.keeping.writing(piece.size):
                    part.put(None, piece.start, data)
            self._check(gathering)
        return gathering

    # Check

    def came(self, part: Part, start: int, stop: int) -> None:
        """Look at what has become whole by bytes `start` to `stop` of a file."""
        part.settle()
        for gathering in self.of(part):
            self._check(gathering, start, stop)

    def _check(self, gathering: Gathering, start: int = 0, stop: int | None = None) -> None:
        for piece in gathering.covered(start, gathering.target.size if stop is None else stop):
            if self._is_right(gathering, piece):
                del gathering.left[piece.start]
            else:
                self.blame(gathering.part, piece)
        if not gathering.left:
            self._end(gathering)

    def _is_right(self, gathering: Gathering, piece: Piece) -> bool:
        if gathering.target.whole:
            return gathering.is_right()
        content = gathering.content(piece)
        if content is not None and gathering.target.packed:
            self.keeping.take(piece.sha256, content)
        return content is not None

    def _end(self, gathering: Gathering) -> None:
        """A file is through: if it is a blob of its own, it is one now."""
        if gathering not in self.gatherings:
            return
        self.gatherings.remove(gathering)
        if gathering.target.packed:
            self.keeping.flush()
            self._leave(gathering.part)
        else:
            self._place(gathering)

    def ended(self, job: Job) -> None:
        """A lane is through with a job."""
        self.came(job.part, job.begin, job.at)
        self.keeping.flush()
        if job.target.packed and job.part.name in self._parts:
            self._leave(job.part)
        self._let_go()
        self.open_stages()

    def _let_go(self) -> None:
        """Gather no longer as a file of its own, from a neighbour, what came in its pack."""
        for one in list(self.gatherings):
            is_member = not one.target.packed and self.manifest.blobs[one.target.name].pack
            if is_member and self.keeping.is_here(one.target.name):
                self.gatherings.remove(one)
                if not any(job.part is one.part for job in self.jobs):
                    self._remove(one.part)

    def _leave(self, pack: Part) -> None:
        """Have the beginning of a pack no longer, unless something more of it is to come."""
        coming = {blob for stage in self.stages for blob in stage}
        later = any(self.manifest.blobs[one].pack == pack.name for one in coming)
        busy = any(job.part is pack for job in self.jobs)
        if not later and not busy and not self.of(pack):
            self.keeping.rescue(self.manifest, pack)
            self._remove(pack)

    def _place(self, gathering: Gathering) -> None:
        target, part = gathering.target, gathering.part
        if self.keeping.is_here(target.name):
            self._remove(part)
            return
        if not target.whole and not gathering.is_right():
            # Every piece is as its list says, and the list is not of this file: it is of no use
            whole = Piece(0, target.size, target.name, target.size)
            self.gather(Target(target.path, target.size, (whole,)))
            return
        part.close()
        self.keeping.place(target.name, part.path, target.size)
        self._remove(part)
        self._is_here(target.name)

    def _is_here(self, sha256: str) -> None:
        """A member of a pack may have come as a file of its own."""
        for one in list(self.gatherings):
            for start in [at for at, piece in one.left.items() if piece.sha256 == sha256]:
                del one.left[start]
            if not one.left:
                self._end(one)

    def _remove(self, part: Part) -> None:
        part.remove()
        self._parts.pop(part.name, None)
