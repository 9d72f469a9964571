# SPDX-License-Identifier: Apache-2.0
"""One run of the worker: course after course, fetch after fetch, source after source."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path

from player.course import needs
from player.course.manifest import Manifest
from player.download import parts
from player.download.news import DownloadNews, Teller
from player.download.patience import Patience, is_final
from player.download.plan import Fetch, Plan, Wish, plan, rest
from player.download.room import check_room, writing
from player.download.sources import HttpOrFolder, sources_of
from player.download.transfer import Report, transfer
from player.download.wishes import note, wished
from player.errors import ConnectionProblem, Damaged, PlayerError, ServerRefused
from player.journal.events import Downloaded
from player.journal.journal import Where, record
from player.store import blobs, courses
from player.store.database import Database, translated
from player.transport import Transport

_BREATH = 0.5  # seconds of waiting between two chances to stop


def utc_now() -> datetime:
    """The time."""
    return datetime.now(UTC)


@dataclass(slots=True)
class Work:
    """One run: how much came, and the `problems` that could not be overcome.

    `manifest`, `wishes` and `lacking` are of the course at hand; the last says which blobs each
    wished section still waits for.
    """

    db: Database
    home: Path
    transport: Transport
    report: Report
    teller: Teller
    learner: str | None = None
    now: Callable[[], datetime] = utc_now
    patience: Patience = field(default_factory=Patience)
    fetched: int = 0
    kept: int = 0
    sections: int = 0
    problems: list[PlayerError] = field(default_factory=list)
    manifest: Manifest = field(init=False)
    wishes: dict[str, Wish] = field(init=False)
    lacking: dict[str, set[str]] = field(init=False)

    def course(self, course: str) -> list[Wish]:
        """Work off the wishes for a course; return those that need no second look in this run."""
        manifest = courses.course(self.db, course)
        wanted = wished(self.db, course)
        if manifest is None:
            return wanted
        self.manifest = manifest
        self.wishes = {wish.section: wish for wish in wanted}
        present = blobs.present(self.db)
        self.lacking = {
            section.id: needs.needs(section, self.wishes[section.id].rendition).keys() - present
            for section in needs.chosen(manifest, list(self.wishes))
        }
        note(self.db, course, self.wishes.keys(), "", rests=False)
        try:
            self._rescue(present)
            return wanted if self._all(self._plan(wanted), wanted) else []
        except PlayerError as error:
            self._stopped(error, set(self.lacking), rests=False)
            return wanted

    def _rescue(self, present: frozenset[str]) -> None:
        with writing(self.home, 0):
            rescued = parts.rescue(self.home, self.manifest, present)
            blobs.place(self.home, rescued)
        self._keep({sha256: self.manifest.blobs[sha256].size for sha256 in rescued})

    def _plan(self, wanted: list[Wish]) -> Plan:
        found = plan(self.manifest, wanted, blobs.present(self.db))
        check_room(self.home, max(0, found.bytes_to_fetch - parts.amount(self.home)))
        return found

    def _all(self, todo: Plan, wanted: list[Wish]) -> bool:
        """Fetch everything; False when what is wanted changed meanwhile, and the plan with it.

        What no source has, or has only damaged, stops nothing else.
        """
        for fetch in todo.fetches:
            if wished(self.db, self.manifest.id) != wanted:
                return False
            try:
                self._one(fetch)
            except (Damaged, ServerRefused) as error:
                if not is_final(error):
                    raise
                hit = {part.sha256 for part in fetch.parts}
                concerned = {name for name, left in self.lacking.items() if left & hit}
                self._stopped(error, concerned, rests=isinstance(error, Damaged))
        return True

    def _one(self, fetch: Fetch) -> None:
        """Have one fetch here, from the first source that can."""
        problem: ConnectionProblem | Damaged | None = None
        for source in sources_of(self.db, self.transport, self.manifest.id):
            left = rest(fetch, blobs.present(self.db)) if problem else fetch
            if left is None:
                return
            try:
                self._persist(left, source)
            except (ConnectionProblem, Damaged) as error:
                problem = problem or error
            else:
                return
        if problem:
            raise problem

    def _persist(self, fetch: Fetch, source: HttpOrFolder) -> None:
        """Try one source until it has given everything or there is no use in it."""
        fruitless = 0
        while True:
            before = self.fetched
            try:
                self._tell(fetch, "fetching")
                transfer(fetch, source, self.home, self._keep, lambda size: self._came(fetch, size))
            except ConnectionProblem as problem:
                fruitless = 0 if self.fetched > before else fruitless + 1
                wait = self.patience.wait(problem, fruitless)
                if wait is None:
                    raise
                self._tell(fetch, "waiting", str(problem))
                self._rest(wait)
            else:
                return

    def _rest(self, seconds: float) -> None:
        while seconds > 0:
            self.report(self.fetched)
            self.patience.sleep(min(seconds, _BREATH))
            seconds -= _BREATH

    def _came(self, fetch: Fetch, size: int) -> None:
        self.fetched += size
        self._tell(fetch, "fetching")
        self.report(self.fetched)

    def _keep(self, sizes: Mapping[str, int]) -> None:
        """Record blobs and the sections that they complete, in one transaction."""
        whole = [name for name, left in self.lacking.items() if left and left <= sizes.keys()]
        with translated(self.db.path), self.db.atomic():
            blobs.add_all(self.db, self.home, sizes)
            for name in whole:
                self._record(name)
        self.lacking = {name: left - sizes.keys() for name, left in self.lacking.items()}
        self.kept += len(sizes)
        self.sections += len(whole)
        for name in whole:
            self.teller.tell(self._news(name, "here"))

    def _record(self, section: str) -> None:
        if self.learner is None:
            return
        course = self.manifest
        act = Downloaded(
            name=course.title,
            language=course.language,
            section=section,
            rendition=self.wishes[section].rendition,
            size=self._total(section),
        )
        record(self.db, Where(self.learner, course.id, course.version), act, self.now)

    def _stopped(self, problem: PlayerError, sections: set[str], *, rests: bool) -> None:
        self.problems.append(problem)
        concerned = {name for name in sections if self.lacking[name]}
        note(self.db, self.manifest.id, concerned, str(problem), rests=rests)
        for name in sorted(concerned):
            self.teller.tell(self._news(name, "stopped", problem=str(problem)))

    def _tell(self, fetch: Fetch, state: str, problem: str = "") -> None:
        """Tell of the first section that waits for `fetch`."""
        hit = {part.sha256 for part in fetch.parts}
        section = next((name for name, left in self.lacking.items() if left & hit), "")
        if not section or (state == "fetching" and not self.teller.due(section)):
            return
        file = parts.part_file(self.home, fetch)
        coming = file.stat().st_size if file.exists() else 0
        self.teller.tell(self._news(section, state, coming, problem))

    def _news(self, section: str, state: str, coming: int = 0, problem: str = "") -> DownloadNews:
        total = self._total(section)
        done = total - needs.size(self.manifest, self.lacking[section]) + coming
        return DownloadNews(self.manifest.id, section, min(done, total), total, state, problem)

    def _total(self, section: str) -> int:
        found = needs.chosen(self.manifest, [section])[0]
        wanted = needs.needs(found, self.wishes[section].rendition)
        return needs.size(self.manifest, wanted)
