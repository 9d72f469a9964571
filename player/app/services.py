# SPDX-License-Identifier: Apache-2.0
"""What the window and the command line hold: one home, one network, one clock.

Each method is one call of a stage, or joins two that may not know each other, with this thread's
own connection.
"""

from __future__ import annotations

import logging
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, Any

import msgspec

from player import settings
from player.app import updates
from player.app.allowance import Traffic
from player.app.asked import counted, within
from player.app.neighbours import Neighbours
from player.app.parts import Announce, Parts
from player.app.updates import Preview, Renewed
from player.catalogue import freshness
from player.catalogue.refresh import Refreshed, normalise, refresh
from player.catalogue.trust import Policy
from player.clock import Now
from player.course import needs
from player.course.manifest import Manifest
from player.course.peer import is_lent
from player.course.platform import Platform, decode_platform
from player.course.signing import PublicKey, readable
from player.download import wishes, worker
from player.download.budget import Allowance
from player.download.patience import Patience
from player.download.plan import Wish
from player.download.room import writing
from player.download.wishes import SectionState
from player.errors import (
    BadCourseFile,
    ClockBehind,
    ConnectionProblem,
    Malformed,
    NoPlatform,
    NotARepository,
    NotOffered,
    PlayerError,
)
from player.journal import journal, outbox, progress
from player.journal import slips as lying
from player.journal.events import Enrolled
from player.journal.handing import Standing, standing
from player.journal.journal import Where
from player.store import courses, drives, lock
from player.store.courses import Shelf
from player.sync import rest
from player.transport import Transport
from player.transport.detour import Detour

if TYPE_CHECKING:
    from player.app.courier import Courier
    from player.app.disk import Disk
    from player.app.finding import Finding
    from player.app.homecoming import Homecoming
    from player.sync.push import Pushed

log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Repository:
    """Where courses come from, and how the last look went. `problem` is '' after a success.

    `trust` may be 'revoked': its publisher took the key back that signed it. `notice` is a word for
    a person though nothing failed, '' for none.
    """

    url: str
    title: str
    trust: str
    key: str
    refreshed_at: str | None
    problem: str
    notice: str = ""


WishKey = tuple[str, str, str]
"""Course, section, and activity ('' for the whole section) of a wish."""


@dataclass(frozen=True, slots=True)
class WishedSection:
    """One wish, a section or an `activity` of it; `here` of `total` bytes.

    `title` is what was asked for, `rendition` is '' without video. With `held`, the learner has it
    wait; `problem` says why it does not move.
    """

    course: str
    section: str
    course_title: str
    title: str
    rendition: str
    here: int
    total: int
    problem: str
    activity: str = ""
    held: bool = False

    @property
    def key(self) -> WishKey:
        """What names it."""
        return self.course, self.section, self.activity


class Services(Parts):
    """One home. Methods may be called from any thread; each thread has its own connection."""

    def __init__(self, home: Path, announce: Announce, transport: Transport, now: Now) -> None:
        super().__init__(home, announce, transport, now)
        self.neighbours = Neighbours(
            home, lambda: self.db, lambda: self.line.road("catalogue"), self.refresh, now
        )

    # Some that most starts do without: their modules are loaded when they are used

    @cached_property
    def courier(self) -> Courier:
        """Work that leaves and comes as files."""
        from player.app.courier import Courier  # noqa: PLC0415 - see above

        return Courier(
            self.home,
            lambda: self.db,
            self.platform_to_tell,
            lambda: self.line.road("answers"),
            self._prepare,
            self.announce,
            self.now,
            lambda road: self.signing_in.authorize(road),  # noqa: PLW0108 - loaded when used
            lambda: self.handing,
        )

    @cached_property
    def disk(self) -> Disk:
        """Where the files of the courses are, what could go, and what is damaged."""
        from player.app.disk import Disk  # noqa: PLC0415 - see above

        return Disk(self.home, lambda: self.db, self.who, self.course, self.now)

    @cached_property
    def finding(self) -> Finding:
        """One search over all that the learner may see."""
        from player.app.finding import Finding  # noqa: PLC0415 - see above

        return Finding(
            self.home,
            lambda: self.db,
            lambda: self.learner,
            self.course,
            lambda: self.settings.language,
            self.calendar.open_to,
        )

    @cached_property
    def homecoming(self) -> Homecoming:
        """What a learner did on other PCs."""
        from player.app.homecoming import Homecoming  # noqa: PLC0415 - see above

        return Homecoming(
            self.home,
            lambda: self.db,
            self.platform_to_tell,
            lambda: self.line.road("answers"),
            self.signing_in.authorize,
            self.allowance,
            self.announce,
            self.now,
        )

    # Who and where

    def join(self, data: bytes) -> Platform:
        """Belong to the platform that a `platform.json` describes; its repositories are added.

        Raises:
            Malformed, NewerFormat, NotARepository, DiskFull, NotWritable: nothing was changed.
        """
        platform = decode_platform(data)
        urls = [normalise(address) for address in platform.repositories]
        path = self.home / "platform.json"
        part = path.with_suffix(".part")
        with writing(self.home, len(data)):
            part.touch()
            part.chmod(0o600)  # it may hold this device's key to the LRS
            part.write_bytes(data)
            part.replace(path)
        for url in urls:
            self.add_repository(url)
        return platform

    def where(self, course: str, activity: str = "") -> Where:
        """Whose journal, which course and version: what every act is recorded with."""
        learner, manifest = self.learner, self.course(course)
        if learner is None:
            raise RuntimeError("the first start comes before the first lesson")
        return Where(learner.id, course, manifest.version, activity)

    # What exists

    def repositories(self) -> list[Repository]:
        """Every repository known here, in the order of their addresses."""
        query = (
            "SELECT url, title, trust, key, refreshed_at, problem, notice"
            " FROM repositories ORDER BY url"
        )
        return [Repository(*row) for row in self.db.execute(query)]

    def add_repository(self, address: str) -> str:
        """Know the repository at `address` (a URL or a folder) from now on; returns its URL."""
        url = normalise(address)
        with self.db.atomic():
            self.db.execute("INSERT OR IGNORE INTO repositories (url) VALUES (?)", [url])
        return url

    def remove_repository(self, url: str) -> None:
        """Forget a repository. The courses that came from it stay."""
        with self.db.atomic():
            self.db.execute("DELETE FROM repositories WHERE url = ?", [url])

    def refresh(self, url: str, via: str = "") -> Refreshed:
        """Look what a repository offers now, asking below `via` where another PC has it.

        One on a stick that came back under another path is found there.

        Raises:
            ConnectionProblem, ContentProblem: what was offered last time stays.
        """
        moved = drives.find_again(url)
        via = via or (moved if moved and moved != url else "")
        with self.line.road("catalogue") as transport:
            return refresh(
                self.db,
                Detour(transport, url, via) if via else transport,
                url,
                self._platform_keys(),
                allow_unsigned=self.settings.allow_unsigned,
                allow_keys=readable(self.settings.allowed_keys),
                now=self.now,
            )

    def refresh_all(self) -> list[Refreshed | PlayerError]:
        """Refresh every repository, and look for letters there; no failure stops another."""
        results: list[Refreshed | PlayerError] = []
        for repository in self.repositories():
            try:
                results.append(self.refresh(repository.url))
            except PlayerError as error:
                results.append(error)
        return [*results, *self._follow_updates(), *self._look_for_mail()]

    def _look_for_mail(self) -> list[PlayerError]:
        """Take the letters that came, now and then; return what was wrong with them.

        What is wrong with the road was said when the catalogue was looked for.
        """
        try:
            platform = self.platform
            found = self.mail.collect(by_hand=False) if platform and platform.mail else None
        except PlayerError as error:
            return [error]
        problems = found.problems if found else ()
        return [one for one in problems if not isinstance(one, ConnectionProblem)]

    def clock_is_behind(self) -> ClockBehind | None:
        """What to say where this PC's clock stands before something that was already signed."""
        return freshness.clock_is_behind(self.db, self.now())

    def add_file(self, address: str) -> Refreshed:
        """Know a `.course` file or a folder from now on, if courses are in it.

        Raises:
            NotARepository, BadCourseFile: there are none; it is not known because of this.
            ConnectionProblem, ContentProblem: it is known, and what is in it is not believed, say.
        """
        known = [one.url for one in self.repositories()]
        url = self.add_repository(address)
        try:
            return self.refresh(url)
        except (NotARepository, BadCourseFile):
            if url not in known:
                self.remove_repository(url)
            raise

    def trust(self, key: str) -> None:
        """Believe a publisher whose public key (minisign) a person on this PC allowed."""
        self.change(allowed_keys=(*self.settings.allowed_keys, key))

    # What we have

    def library(self) -> list[Shelf]:
        """One row for each course, kept or offered, in the language in which it is read.

        What is counted is on the learner's path.
        """
        followed = progress.with_paths(self.db, self.who())
        shelves = (self.languages.shelf(one) for one in courses.listing(self.db, self.who()))
        return [self._on_path(one) if one.id in followed else one for one in shelves]

    def _on_path(self, shelf: Shelf) -> Shelf:
        manifest = courses.course(self.db, shelf.id) if shelf.version else None
        path = self.paths.of(shelf.id)
        if manifest is None or not manifest.aside(path):
            return shelf
        return counted(shelf, manifest, path, self.done(shelf.id))

    def course(self, course: str) -> Manifest:
        """The course as it is here, in the language in which the learner reads it.

        Raises NotOffered where it is not here.
        """
        found = self.languages.course(course)
        if found is None:
            raise NotOffered(what=course)
        return found

    def take_up(self, course: str) -> Manifest:
        """Have the course's manifest here, fetching it if need be; the learner is enrolled once."""
        manifest = self.languages.course(course)
        return self._enrol(manifest or self._fetched(course))

    def renew(self, course: str) -> Manifest:
        """Agree to the version that is offered now, and return it.

        While something of an earlier one is here or wished for, that stays the course until
        everything wished for is here of the new one; otherwise the new one is the course at once.
        """
        old = courses.course(self.db, course)
        new = self._enrol(self._fetched(course, coming=True))
        self._put_off(course, 0)
        updates.settle(self.db, self.home, course)
        now = self.languages.course(course) or new
        if old and old.version < now.version:
            self._tell_renewed(now)
        return now

    def update_preview(self, course: str) -> Preview:
        """What the version that is offered now changes and costs; nobody agrees to it by asking.

        Raises:
            NotOffered: the course is not here, or offered no longer.
            ConnectionProblem, ContentProblem: it could not be looked at.
        """
        old = self.course(course)
        new = self._fetched(course, aside=True)
        with self.line.road("catalogue", course) as transport:
            sources = worker.sources_of(self.db, transport, course)
            return updates.preview(self.db, self.home, sources, old, new)

    def goal(self, course: str) -> Manifest | None:
        """The version that downloads work towards: an update that was agreed to, or the course."""
        return self.languages.goal(course)

    def updatable(self) -> list[Shelf]:
        """The courses that are here and of which a later version is offered, agreed to or not."""
        return [shelf for shelf in self.library() if 0 < shelf.version < shelf.offered]

    def decline_update(self, course: str) -> None:
        """Put off the update of a course: nothing of it comes, and it is not brought up again."""
        courses.give_up_coming(self.db, course)
        self._put_off(course, next((s.offered for s in self.updatable() if s.id == course), 0))

    def _put_off(self, course: str, version: int) -> None:
        chosen = updates.put_off(self.settings, course, version)
        if chosen != self.settings.put_off:
            self.change(put_off=chosen)

    def _tell_renewed(self, course: Manifest) -> None:
        self.announce(Renewed(course.id, course.title, course.version))

    def _follow_updates(self) -> list[PlayerError]:
        """Agree to every update, where the learner chose that; return what went wrong."""
        problems = []
        for shelf in self.updatable() if self.settings.updates == "auto" else ():
            try:
                if updates.is_to_be_mentioned(self.settings, shelf):
                    self.renew(shelf.id)
            except PlayerError as error:
                problems.append(error)
        return problems

    def _fetched(self, course: str, *, coming: bool = False, aside: bool = False) -> Manifest:
        policy = Policy(
            self._platform_keys(),
            readable(self.settings.allowed_keys),
            unsigned=self.settings.allow_unsigned,
        )
        with self.line.road("catalogue", course) as transport:
            return self.languages.said(
                self.neighbours.fetch_course(transport, course, policy, coming=coming, aside=aside)
            )

    def _platform_keys(self) -> list[PublicKey]:
        platform = self.platform
        return readable(platform.keys if platform else ())

    def _enrol(self, manifest: Manifest) -> Manifest:
        learner = self.learner
        if learner and not self._enrolled(learner.id, manifest.id):
            where = Where(learner.id, manifest.id, manifest.version)
            act = Enrolled(name=manifest.title, language=manifest.language)
            journal.record(self.db, where, act, self.now)
        return manifest

    def _enrolled(self, learner: str, course: str) -> bool:
        condition = "learner = ? AND course = ? AND kind = 'enrolled'"
        return any(journal.events(self.db, condition, (learner, course)))

    # Bring it here

    def ask(
        self,
        course: str,
        sections: Sequence[str],
        rendition: str,
        *,
        activity: str = "",
        languages: Sequence[str] = (),
    ) -> None:
        """Wish for sections with videos in `rendition`, '' without videos. See `wishes.ask`."""
        manifest, new = self.take_up(course), self.goal(course)
        self.languages.keep(course)
        if new and len(needs.chosen(manifest, sections)) < len(needs.chosen(new, sections)):
            manifest = new  # sections that come with the update
        wishes.ask(
            self.db, manifest, sections, rendition, self.now, activity=activity, languages=languages
        )

    def download(
        self,
        report: Callable[[int], None] | None = None,
        *,
        by_hand: bool = False,
        patience: Patience = Patience(),  # noqa: B008 - frozen
    ) -> worker.Summary:
        """Fetch what was wished for. `report` is told the bytes so far and may raise to stop.

        What is asked for `by_hand`, just now, waits for no hours and for no other line.
        """
        learner = self.learner
        self.line.by_hand = by_hand
        try:
            with self.line.road("content") as transport:
                return worker.run(
                    self.db,
                    self.home,
                    transport,
                    learner=learner.id if learner else None,
                    report=report or (lambda _: None),
                    announce=self.announce,
                    now=self.now,
                    patience=patience,
                    allow=self.allowance,
                    following=self.next_activity,
                    sources=lambda course: self.neighbours.sources(transport, course),
                )
        finally:
            for name in updates.settle(self.db, self.home):
                self._tell_renewed(self.course(name))

    def allowance(self) -> Allowance:
        """How much may be fetched now, by the learner's own rules."""
        return self.line.allowance(self.db)

    def is_line_unknown(self) -> bool:
        """Whether the learner should be asked what the line costs: once for each network."""
        urls = [one.url for one in self.repositories()]
        servers = any(url.startswith("http") and not is_lent(url) for url in urls)
        unasked = self.settings.metered == "auto" and self.line.network() and not self.line.said()
        return bool(servers and unasked and self.metered() is None)

    def say_of_line(self, said: str) -> None:
        """Keep what the learner says of the network this PC is in. See `Settings.lines`."""
        lines = settings.saying_of(self.settings.lines, self.line.network(), said)
        self.change(lines=lines)

    def traffic(self, month: date | None = None) -> Traffic:
        """What the line was used for in the month of a day, in this month otherwise."""
        return self.line.traffic(self.db, month)

    def wishes(self) -> list[WishedSection]:
        """What was asked for, in the order of the queue, and how much of it is here."""
        found = []
        for one in wishes.queue(self.db):
            title = _title(one.manifest, one.wish)
            if title is None:
                continue
            names = (one.manifest.id, one.wish.section, one.manifest.title, title)
            state = (one.wish.rendition, one.here, one.total, one.problem)
            found.append(WishedSection(*names, *state, one.wish.activity, one.held))
        return found

    def try_again(self) -> None:
        """Have another try at what went wrong, of all that was asked for."""
        wishes.try_again(self.db)

    def order(self, queue: Sequence[WishKey]) -> None:
        """Have these wishes first in the queue, in this order."""
        wishes.order(self.db, queue)

    def hold(self, wish: WishKey, *, held: bool) -> None:
        """Have one wish wait, or go on."""
        wishes.hold(self.db, *wish, held=held)

    def give_up(self, course: str, section: str, activity: str = "") -> None:
        """No longer want something; what came of it stays."""
        wishes.give_up(self.db, course, section, activity)

    def sections(self, manifest: Manifest) -> list[SectionState]:
        """For each section: how much is wanted, how much is here."""
        return wishes.sections_state(self.db, manifest)

    # How far the learner is

    def done(self, course: str) -> dict[str, progress.Done]:
        """What the learner did in a course, by activity."""
        learner = self.learner
        if learner is None:
            return {}
        manifest = courses.course(self.db, course)
        rules = manifest.counting() if manifest else {}
        return progress.activities_done(self.db, learner.id, course, rules)

    def next_activity(self, manifest: Manifest) -> str:
        """Where to go on (`player.app.next_step`); at the end, where the course begins."""
        found = self.steps.next_activity(manifest)
        return found or next((one.id for one in within(manifest, self.paths.of(manifest.id))), "")

    def ask_next(self, course: str, activity: str) -> None:
        """Wish for one activity before everything else. Raises NotOffered."""
        manifest = self.course(course)
        found = manifest.find(activity)
        if found is None:
            raise NotOffered(what=f"{manifest.title}: {activity}")
        section, _ = manifest.around(activity)
        price = self.steps.price(manifest, section, found)
        wanted = (course, [section.id], price.rendition)
        self.ask(*wanted, activity=activity, languages=price.languages)
        self.order([(course, section.id, activity)])

    def ledger(self, **choice: Any) -> list[outbox.Entry]:
        """The learner's acts, the latest first. See `outbox.ledger`."""
        learner = self.learner
        return outbox.ledger(self.db, learner.id if learner else "", **choice)

    # Tell the platform

    def send(self) -> Pushed:
        """Send what is not yet received; what stood in the way is the result's `problem`.

        Then the files that were handed in, where the platform has a drop box; and then, once a day,
        what was done on another PC comes home: see `Homecoming.follow`.

        Raises:
            NoPlatform: there is nowhere to send to.
            DatabaseBusy: another Cartable is sending from this home.
        """
        platform = self.platform_to_tell()
        if platform.lrs is None:
            raise NoPlatform
        from player.sync import slips  # noqa: PLC0415 - the window is there before anything leaves
        from player.sync.push import push  # noqa: PLC0415 - as above

        self._prepare()
        with lock.alone(self.home / "sending.lock"), self.line.road("answers") as transport:
            pushed = push(
                self.db,
                transport,
                platform,
                now=self.now,
                announce=self.announce,
                authorize=self.signing_in.authorize(transport),
            )
            if pushed.problem is None:
                slips.send(self.db, transport, platform, now=self.now, alone=not pushed.sent)
                before, problem = self.files.taken, self.handing.send(transport)
                pieces = self.files.taken - before
                pushed = msgspec.structs.replace(pushed, problem=problem, pieces=pieces)
        if pushed.problem is None:
            self.homecoming.follow()
        return pushed

    @property
    def has_to_send(self) -> bool:
        """Whether something waits to be sent, and its moment has come."""
        if self.counts().waiting or (self.files_go == "network" and self.files.left):
            return True
        try:
            return bool(lying.due(self.db, self.now())) and self._may_leave()
        except Malformed:
            return False  # sending says so

    def _may_leave(self) -> bool:
        """Whether anonymous answers may."""
        from player.sync import slips  # noqa: PLC0415 - most have none

        return slips.may_leave(self.platform)

    def hand_in_overdue(self) -> int:
        """End the exams whose time is up. See `overdue.hand_in`."""
        from player.app import overdue  # noqa: PLC0415 - most starts have none

        return overdue.hand_in(self.db, self.home, self.now)

    def _prepare(self) -> None:
        """Have ready what is told beside what was done: exams that are over, and, where the
        platform writes letters, where they reach this PC."""
        self.hand_in_overdue()
        if (platform := self.platform) and platform.mail:
            self.mail.tell_address()

    def rest(self) -> float:
        """For how many seconds the store still wants to be left alone. By hand it is asked."""
        try:
            lrs = self.platform.lrs if self.platform else None
        except Malformed:
            return 0  # sending says so
        return rest.left(self.db, lrs.endpoint, self.now) if lrs else 0

    def retry_refused(self) -> None:
        """Put what the platform refused back among what is to be sent, the same bytes."""
        for entry in self.ledger(states=["refused"], limit=10_000):
            outbox.retry(self.db, entry.event.id)
        lying.retry(self.db)

    @property
    def files_go(self) -> str:
        """By which road files go that are handed in: "network", "stick" alone, or "" for none."""
        try:
            platform = self.platform
        except Malformed:
            return ""
        if platform is None or not platform.recipients:
            return ""
        return "network" if platform.dropbox else "stick"

    @property
    def files(self) -> Standing:
        """How far the files are that were handed in on this PC."""
        return standing(self.db)

    def counts(self) -> outbox.Counts:
        """How many acts are saved, sent, received, refused."""
        learner = self.learner
        return outbox.counts(self.db, learner.id if learner else None)


def _title(manifest: Manifest, wish: Wish) -> str | None:
    """What a wish is for; None where the course has no such thing."""
    for section in manifest.sections:
        if section.id == wish.section:
            found = (one.title for one in section.activities() if one.id == wish.activity)
            return next(found, None) if wish.activity else section.title
    return None
