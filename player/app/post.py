# SPDX-License-Identifier: Apache-2.0
"""What whoever runs a platform does now and then: mark, and write letters to the learners."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import AbstractContextManager, contextmanager
from dataclasses import dataclass, replace
from datetime import datetime
from functools import partial
from pathlib import Path

import msgspec
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from player.app import polls
from player.app.issuing import Issuer, Row, issue, read_names
from player.app.keyed import PLAIN, Marker, Marking, Sheet, by_course, placed
from player.app.polls import Counted
from player.course.answer_key import AnswerKey
from player.course.did import did_of
from player.course.platform import Lrs, Platform
from player.course.polls import LEAST
from player.course.signing import PublicKey, public_key, readable
from player.errors import (
    BadKey,
    BadMark,
    BadMarkTable,
    MarkRefused,
    NoPlatform,
    NotAFolder,
    PlayerError,
)
from player.journal import desk
from player.journal.desk import DoneAct
from player.journal.items import Announcement, Digest
from player.publish import keys
from player.publish.notice import read_notice
from player.publish.writing import disk_faults
from player.store import lock
from player.store.database import Database
from player.sync import deskwork, marktable, post, works
from player.sync.deskwork import MarkBook
from player.sync.endpoint import Authorize, Endpoint
from player.sync.marking import Verdict
from player.sync.marktable import Filled
from player.sync.packing import Packing
from player.sync.post import Posted
from player.sync.push import Pushed, deliver
from player.sync.works import Works
from player.transport import Transport

__all__ = ["Desk", "Graded", "Posted", "Works"]

MAIL = "mail.key"
ISSUER = "issuer.key"
STORE = "lrs.json"


@dataclass(frozen=True, slots=True)
class Graded:
    """What became of a table: marks the store has now, those it had, and those still to be sent."""

    marked: int
    known: int
    left: int
    problems: tuple[PlayerError, ...] = ()


@dataclass(frozen=True, slots=True)
class Desk:
    """The platform's side, from one home. Any thread may ask; `db` is that thread's connection.

    `platform` raises NoPlatform where this home belongs to none, and so does what needs one here.
    The store is asked with the key in `lrs.json` of the home, which may read everything and write;
    without one, with that of the platform file.
    """

    home: Path
    db: Callable[[], Database]
    platform: Callable[[], Platform]
    road: Callable[[], AbstractContextManager[Transport]]
    authorize: Callable[[Transport], Authorize | None]
    announce: Callable[[object], None]
    now: Callable[[], datetime]

    def key(self, *, make: bool = False) -> Ed25519PrivateKey:
        """What signs letters and marks; with `make`, made where it lacks. Raises BadKey."""
        path = self.home / MAIL
        return keys.own_key(path) if make else keys.load_key(path)

    @property
    def is_known(self) -> bool:
        """Whether the platform file names our key: if not, no PC believes the letters."""
        return public_key(self.key()) in readable(self.platform().mail)

    def open_acts(self, *, every: bool = False, whole: bool = False) -> tuple[bytes, int]:
        """The table of acts that wait for a mark, and how many; with `every`, of all that can be
        marked."""
        with self._store() as store:
            self._gather(store, whole=whole)
        acts = list(desk.open_acts(self.db(), every=every))
        return marktable.as_table(acts), len(acts)

    def works(
        self,
        folders: Sequence[Path],
        out: Path,
        identity: str,
        *,
        every: bool = False,
        whole: bool = False,
    ) -> Works:
        """Open what learners handed in, files from drop boxes and texts, into a folder.

        Raises:
            ConnectionProblem, SyncProblem: the store cannot be asked; nothing was opened.
            DiskFull, NotWritable: of the folder; the next run goes on.
        """
        with self._store() as store:
            self._gather(store, whole=whole)
        with disk_faults(out):
            out.mkdir(parents=True, exist_ok=True)
            acts = list(desk.open_acts(self.db(), every=every))
            known = partial(desk.act, self.db())
            return works.lay_out(acts, known, folders, out, identity, self.platform().home)

    def grade(self, path: Path, by: str = "") -> Graded:
        """Have the marks of a filled table in the store, each once.

        Raises:
            BadMarkTable: the file cannot be opened.
            ConnectionProblem, SyncProblem: the store cannot be asked; nothing was taken.
        """
        table = marktable.filled(_read(path), path.name, by)
        told, refusals = self._mark(lambda: self._verdicts(table, path.name))
        refused = (
            BadMark(place=path.name, line=table.line(act), reason=reason)
            for act, reason in refusals.items()
        )
        return replace(told, problems=(*table.problems, *refused, *told.problems))

    def grade_by_keys(
        self, keys: Sequence[AnswerKey], how: Marking = PLAIN, *, whole: bool = False
    ) -> tuple[Graded, list[Sheet]]:
        """Have the marks of every attempt that was handed in in the store, each once.

        Args:
            keys: what publishing the versions of courses left with the platform.
            how: see `Marking`.
            whole: read the whole store again.

        Returns:
            What became of the marks, and each attempt with what it is worth.

        Raises:
            ConnectionProblem, SyncProblem: the store cannot be asked; nothing was taken.
        """
        markers = [
            Marker(of, lambda act: desk.mark_of(self.db(), act), self.now(), how)
            for of in by_course(keys)
        ]
        sheets: list[Sheet] = []

        def verdicts() -> list[tuple[DoneAct, Verdict]]:
            sheets.extend(one for marker in markers for one in self._sheets(marker))
            return [verdict for sheet in sheets for verdict in sheet.verdicts]

        if how.dry:
            with self._store() as store:
                self._gather(store, whole=whole)
            verdicts()
            told, refusals = Graded(0, 0, 0), dict[str, str]()
        else:
            told, refusals = self._mark(verdicts, whole=whole)
        missed = (problem for marker in markers for problem in marker.problems())
        refused = (MarkRefused(act=act, reason=reason) for act, reason in refusals.items())
        return replace(told, problems=(*missed, *refused, *told.problems)), sheets

    def _sheets(self, marker: Marker) -> Iterator[Sheet]:
        activities = {id_ for key in marker.keys for id_ in key.activities}
        for activity in sorted(activities):
            attempts = list(desk.attempts(self.db(), marker.keys[0].course, activity))
            for place, acts in placed(attempts):
                sheet = marker.sheet(acts, place)
                if sheet is not None:
                    yield sheet

    def _mark(
        self, verdicts: Callable[[], Iterable[tuple[DoneAct, Verdict]]], *, whole: bool = False
    ) -> tuple[Graded, dict[str, str]]:
        """Tell the store these marks, made when it was read; and reasons of what it refused."""
        with self._store() as store:
            self._gather(store, whole=whole)
            book = MarkBook(self.db(), self.platform(), self._keys)
            before = self._tell(book, store)  # what a run that was cut off left
            if before.problem:
                raise before.problem
            known = deskwork.note(self.db(), verdicts(), self.platform(), self.key(), now=self.now)
            told = self._tell(book, store)
        refused = {act: reason.rstrip(".") for act, reason in book.refused.items()}
        outside = (told.problem,) if told.problem else ()
        return Graded(told.received, known, told.left, outside), refused

    def _verdicts(self, table: Filled, place: str) -> list[tuple[DoneAct, Verdict]]:
        """What was said of acts that there are; of others it is noted in the table."""
        found = []
        for id_, (line, verdict) in table.verdicts.items():
            if act := desk.act(self.db(), id_):
                found.append((act, verdict))
            else:
                reason = f"the store has no answer and no finished quiz with the id {id_[:60]}"
                table.problems.append(BadMark(place=place, line=line, reason=reason))
        return found

    def mailbox(
        self,
        repository: Path,
        course: str = "",
        announcements: Sequence[Path] = (),
        digests: Sequence[Path] = (),
        *,
        receipts_only: bool = False,
        whole: bool = False,
    ) -> Posted:
        """Write what is new into the mailbox of a repository: of one course, or of all it has.

        Raises:
            NotAFolder: it is no repository with that course.
            BadNotice: an announcement or digest; no letter was written.
            DatabaseBusy, DiskFull, NotWritable: the next run goes on.
            ConnectionProblem, SyncProblem: the store cannot be asked; no letter was written.
        """
        courses = _courses(repository, course)
        secret, now = self.key(), self.now()
        notices = [read_notice(path, Announcement, now) for path in announcements]
        notices += [read_notice(path, Digest, now) for path in digests]
        with self._store() as store, disk_faults(repository):
            self._gather(store, whole=whole)
            for one in courses:
                for notice in notices:
                    desk.add(self.db(), one, "", notice)
            return post.post(
                self.db(),
                repository,
                self.platform(),
                secret,
                courses,
                now=self.now,
                receipts_only=receipts_only,
            )

    def polls(
        self, repository: Path, course: str = "", *, least: int = LEAST, whole: bool = False
    ) -> Counted:
        """Count what was answered to polls: of one course of a repository, or of all it has.

        What is new is told by the next letters. See `player.app.polls.count`.

        Raises:
            NotAFolder: it is no repository with that course.
            Malformed, NewerFormat, Damaged: a course cannot be read there.
            ConnectionProblem, SyncProblem: the store cannot be asked; nothing was counted.
        """
        courses = _courses(repository, course)
        with self._store() as store, disk_faults(repository):
            self._gather(store, whole=whole)
            counted = (
                polls.count(self.db(), repository, one, least=least, now=self.now())
                for one in courses
            )
            return sum(counted, Counted())

    def issuer_key(self, *, make: bool = False) -> Ed25519PrivateKey:
        """What signs attestations; with `make`, made where it lacks. Raises BadKey."""
        path = self.home / ISSUER
        return keys.own_key(path) if make else keys.load_key(path)

    @property
    def is_issuer(self) -> bool:
        """Whether the platform file names our key: if not, no PC calls its attestations genuine."""
        return did_of(self.issuer_key().public_key()) in self.platform().issuers

    def attest(
        self,
        repository: Path,
        course: str = "",
        names: Path | None = None,
        *,
        dry: bool = False,
        whole: bool = False,
    ) -> list[Row]:
        """Issue the attestations of a repository's courses, of one or of all; who has which.

        They go out with the next letters. With `dry`, nothing is issued.

        Raises:
            NotAFolder: it is no repository with that course.
            BadNames: the table of names; nothing was issued.
            ConnectionProblem, SyncProblem: the store cannot be asked; nothing was issued.
        """
        issuer = Issuer(self.platform(), self.issuer_key(), self.now)
        called = read_names(names) if names else {}
        with self._store() as store:
            self._gather(store, whole=whole)
            return [
                row
                for one in _courses(repository, course)
                for row in issue(self.db(), repository, one, issuer, called, dry=dry)
            ]

    @contextmanager
    def _store(self) -> Iterator[Endpoint]:
        """The store; nobody else works at this desk meanwhile."""
        lrs, own = self._lrs()
        with lock.alone(self.home / "desk.lock"), self.road() as transport:
            authorize = None if own else self.authorize(transport)
            yield Endpoint(transport, lrs, Packing(None, lrs.endpoint, self.now), authorize)

    def _lrs(self) -> tuple[Lrs, bool]:
        """The store and our key for it; whether it is this desk's own."""
        path = self.home / STORE
        try:
            return msgspec.json.decode(path.read_bytes(), type=Lrs), True
        except FileNotFoundError:
            lrs = self.platform().lrs
        except (OSError, msgspec.MsgspecError, UnicodeDecodeError) as error:
            reason = "it is not JSON with endpoint, username and password"
            raise BadKey(place=path, reason=reason) from error
        if lrs is None:
            raise NoPlatform
        return lrs, False

    @property
    def _keys(self) -> list[PublicKey]:
        """Whose marks count: those of the platform file, and ours before it names us."""
        return [*readable(self.platform().mail), public_key(self.key())]

    def _gather(self, store: Endpoint, *, whole: bool = False) -> None:
        deskwork.gather(self.db(), store, self.platform(), self._keys, now=self.now, whole=whole)

    def _tell(self, book: MarkBook, store: Endpoint) -> Pushed:
        platform = msgspec.structs.replace(self.platform(), lrs=store.lrs)
        return deliver(
            book,
            store.transport,
            platform,
            now=self.now,
            announce=self.announce,
            authorize=store.authorize,
        )


def _read(path: Path) -> bytes:
    try:
        with path.open("rb") as file:
            data = file.read(marktable.LARGEST + 1)
    except OSError as error:
        raise BadMarkTable(place=path.name, reason=error.strerror or "no file") from error
    if len(data) > marktable.LARGEST:
        raise BadMarkTable(place=path.name, reason="it is far too large")
    return data


def _courses(repository: Path, course: str) -> list[str]:
    found = post.courses_of(repository)
    if not found:
        raise NotAFolder(place=repository, reason="it is no repository: there are no courses in it")
    if course and course not in found:
        raise NotAFolder(place=repository, reason=f"there is no course {course} in it")
    return [course] if course else found
