# SPDX-License-Identifier: Apache-2.0
"""What a run keeps: whole blobs, the sections that they complete, and the news of both."""

from __future__ import annotations

from collections.abc import Iterable
from contextlib import AbstractContextManager
from dataclasses import dataclass, field
from pathlib import Path

from player.clock import Now, stamp
from player.course import needs
from player.course.manifest import Manifest
from player.download import room
from player.download.gathering import Gathering
from player.download.lanes import Job
from player.download.news import DownloadNews, Teller
from player.download.parts import Part, write_anew
from player.download.plan import Wish, wanted
from player.download.targets import Target, member, unpacked
from player.errors import PlayerError
from player.journal.events import Downloaded
from player.journal.journal import Where, record
from player.store import blobs
from player.store.database import Database, translated
from player.store.place import parts_folder

BATCH = 32  # blobs: what is recorded in one transaction, at most


@dataclass(slots=True)
class Keeping:
    """What was wished for of one course, and how much of it lacks.

    `lacking` has, for each wish, the blobs that it still waits for.
    """

    db: Database
    home: Path
    manifest: Manifest
    wishes: list[Wish]
    teller: Teller
    learner: str | None
    now: Now
    kept: int = 0
    sections: int = 0
    lacking: dict[Wish, set[str]] = field(init=False)
    waiting_since: str = ""
    _taken: dict[str, Path] = field(default_factory=dict)

    def __post_init__(self) -> None:
        present = blobs.present(self.db)
        self.lacking = {wish: wanted(self.manifest, [wish]) - present for wish in self.wishes}

    @property
    def parts(self) -> Path:
        """The folder of what is on its way."""
        return parts_folder(self.home)

    def writing(self, size: int) -> AbstractContextManager[None]:
        """Turn the disk's faults inside the block into ours."""
        return room.writing(self.home, size)

    def is_here(self, sha256: str) -> bool:
        """Whether a blob is recorded."""
        query = "SELECT 1 FROM blobs WHERE sha256 = ?"
        return self.db.execute(query, [sha256]).fetchone() is not None

    def held(self, manifest: Manifest, pack: str) -> list[tuple[int, int]]:
        """Where in a pack those of its members lie that are here."""
        present = blobs.present(self.db)
        return [
            (blob.offset, blob.offset + blob.length)
            for sha256, blob in manifest.blobs.items()
            if blob.pack == pack and sha256 in present
        ]

    def adopt(self, manifest: Manifest, target: Target) -> bool:
        """Record what lies in its place but was not recorded: the power went in between.

        Returns whether that was all of the target.
        """
        names = [one.sha256 for one in target.pieces] if target.packed else [target.name]
        sizes = {name: manifest.blobs[name].size for name in names}
        found = {
            name: size
            for name, size in sizes.items()
            if not self.is_here(name) and blobs.whole(blobs.path(self.home, name), name, size)
        }
        if found:
            self._keep(found)
        return len(found) == len(names)

    def take(self, sha256: str, content: bytes) -> None:
        """Have a small blob that was checked; on the disk with the next `flush`."""
        room.check_room(self.home, len(content))
        file = self.parts / f"{sha256}.new"
        with self.writing(len(content)):
            write_anew(file, content)
        self._taken[sha256] = file
        if len(self._taken) >= BATCH:
            self.flush()

    def flush(self) -> None:
        """Have on the disk, and recorded, what was taken."""
        if not self._taken:
            return
        taken, self._taken = self._taken, {}
        sizes = {sha256: file.stat().st_size for sha256, file in taken.items()}
        with self.writing(sum(sizes.values())):
            blobs.place(self.home, taken)
        self._keep(sizes)

    def place(self, sha256: str, file: Path, size: int) -> None:
        """Have a whole file that was checked and synced as a blob."""
        with self.writing(0):
            blobs.place(self.home, {sha256: file})
        self._keep({sha256: size})

    def rescue(self, manifest: Manifest, pack: Part) -> None:
        """Keep members of a pack that came though nobody wished for them."""
        spans = pack.spans
        for sha256, blob in manifest.blobs.items():
            stop = blob.offset + blob.length
            inside = any(start <= blob.offset and stop <= end for start, end in spans)
            if blob.pack != pack.name or not inside or self.is_here(sha256):
                continue
            content = unpacked(pack.read(blob.offset, stop), member(sha256, blob))
            if content is not None:
                self.take(sha256, content)
        self.flush()

    def _keep(self, sizes: dict[str, int]) -> None:
        """Record blobs and the sections that they complete, in one transaction."""
        whole = [wish for wish, left in self.lacking.items() if left and left <= sizes.keys()]
        with translated(self.db.path), self.db.atomic():
            blobs.add_all(self.db, self.home, sizes)
            for wish in whole:
                self._record(wish)
        self.lacking = {wish: left - sizes.keys() for wish, left in self.lacking.items()}
        self.kept += len(sizes)
        self.sections += sum(1 for wish in whole if not wish.activity)
        for wish in whole:
            self.teller.tell(self._news(wish, "here"))

    def _record(self, wish: Wish) -> None:
        if self.learner is None:
            return
        course = self.manifest
        act = Downloaded(
            name=course.title,
            language=course.language,
            section=wish.section,
            rendition=wish.rendition,
            size=self._total(wish),
        )
        record(self.db, Where(self.learner, course.id, course.version), act, self.now)

    # News

    def tell(self, job: Job, gatherings: Iterable[Gathering]) -> None:
        """Tell of the first wish that waits for what a job brings; a mere try ends no waiting."""
        if self.waiting_since and not job.came:
            return
        self.waiting_since = ""
        wish = self._waiting_for(job.target)
        if wish and self.teller.due(wish.section):
            self.teller.tell(self._news(wish, "fetching", self._coming(wish, gatherings)))

    def waits(self, problem: PlayerError, gatherings: Iterable[Gathering]) -> None:
        """Tell that nothing comes, why, and since when."""
        if not self.waiting_since:
            self.waiting_since = stamp(self.now())
        for wish, left in self.lacking.items():
            if left:
                coming = self._coming(wish, gatherings)
                self.teller.tell(self._news(wish, "waiting", coming, problem))
                return

    def stopped(self, wish: Wish, problem: PlayerError) -> None:
        """Tell that a wish cannot be fulfilled now."""
        self.teller.tell(self._news(wish, "stopped", problem=problem))

    def _waiting_for(self, target: Target) -> Wish | None:
        names = {piece.sha256 for piece in target.pieces} if target.packed else {target.name}
        return next((wish for wish, left in self.lacking.items() if left & names), None)

    def _coming(self, wish: Wish, gatherings: Iterable[Gathering]) -> int:
        return sum(one.came(self.lacking[wish]) for one in gatherings)

    def _news(
        self, wish: Wish, state: str, coming: int = 0, problem: PlayerError | None = None
    ) -> DownloadNews:
        total = self._total(wish)
        done = total - needs.size(self.manifest, self.lacking[wish]) + coming
        said = str(problem) if problem else ""
        since = self.waiting_since if state == "waiting" else ""
        done = min(done, total)
        what = self.manifest.id, wish.section, done, total
        return DownloadNews(*what, state, said, since, wish.activity)

    def _total(self, wish: Wish) -> int:
        return needs.size(self.manifest, wanted(self.manifest, [wish]))
