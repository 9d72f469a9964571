# SPDX-License-Identifier: Apache-2.0
"""Letters into the mailbox of a course repository, as docs/format.md has it.

    what is new for a box ─► a letter, kept with its number ─► in the repository ─► said so

Killed anywhere in between, the next run puts the same bytes under the same number: nothing stands
in two letters and no number is left out. A letter that exists is never changed; where one lies that
is not ours, because this home was lost or another wrote it, the next number is taken.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from hashlib import sha256
from pathlib import Path

import msgspec
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from player.clock import Now, stamp
from player.course.manifest import Id
from player.course.platform import Platform
from player.journal import desk
from player.journal.desk import BoxState, Made
from player.journal.items import AnyItem, Box, Received, written
from player.store import lock, place
from player.store.database import Database
from player.sync import letter
from player.sync.letter import Letter

_AT_ONCE = 100  # boxes between two commits
_ROOM = letter.LARGEST // 2  # bytes of items in a letter: signing and sealing add to it
_RECEIPTS = 5000  # acts in one receipt, some 200 kB


@dataclass(frozen=True, slots=True)
class Posted:
    """What a run wrote: `letters` in the courses `courses`.

    `unaddressed` counts the learners for whom something waits who have named no PC: it cannot be
    sealed, and is never written otherwise.
    """

    courses: tuple[str, ...]
    letters: int
    unaddressed: int


def post(  # noqa: PLR0913 - whose, where, of what
    db: Database,
    repository: Path,
    platform: Platform,
    secret: Ed25519PrivateKey,
    courses: Sequence[str],
    *,
    now: Now,
    receipts_only: bool = False,
) -> Posted:
    """Write what is new of `courses` into the mailbox of the folder `repository`.

    With `receipts_only`, marks and announcements wait for the next run.

    Raises:
        DatabaseBusy: another run is writing there.
        OSError: of the folder; the next run goes on.
    """
    with lock.alone(repository / ".mailbox.lock"):
        run = _Run(db, repository.resolve(), platform, secret, now, receipts_only)
        run.go_on()
        for course in courses:
            while boxes := run.waiting(course):
                made = [run.made(box) for box in boxes]
                desk.put_letters(db, run.name, made)
                run.put(made)
    return Posted(tuple(courses), run.count, sum(desk.unaddressed(db, one) for one in courses))


def courses_of(repository: Path) -> list[str]:
    """The courses that a repository has, by its folders: whatever a store tells, no other box is
    opened there."""
    folder = repository / "courses"
    names = sorted(one.name for one in folder.iterdir() if one.is_dir()) if folder.is_dir() else []
    return [name for name in names if _is_id(name)]


def _is_id(name: str) -> bool:
    try:
        msgspec.convert(name, Id)
    except msgspec.ValidationError:
        return False
    return True


@dataclass(slots=True)
class _Run:
    db: Database
    repository: Path
    platform: Platform
    secret: Ed25519PrivateKey
    now: Now
    receipts_only: bool
    count: int = 0

    @property
    def name(self) -> str:
        """What the desk calls the repository."""
        return str(self.repository)

    def waiting(self, course: str) -> list[BoxState]:
        """The next boxes that get a letter."""
        only = self.receipts_only
        return desk.waiting(self.db, self.name, course, _AT_ONCE, receipts_only=only)

    def go_on(self) -> None:
        """End what a run that was killed began, and take away what it left half written."""
        letters = desk.letters_under_way(self.db, self.name)
        for path in (self._path(one.state) for one in letters):
            for half in path.parent.glob(f"{path.name}.*part"):
                half.unlink(missing_ok=True)
        self.put(letters)

    def put(self, letters: Iterable[Made]) -> None:
        """Have each in its place, unless something else lies there."""
        in_place: list[BoxState] = []
        given_up: list[BoxState] = []
        for one in letters:
            path = self._path(one.state)
            if not path.exists():
                path.parent.mkdir(parents=True, exist_ok=True)
                place.write(path, one.data)
            ours = path.read_bytes() == one.data
            (in_place if ours else given_up).append(one.state)
        self.count += len(in_place)
        desk.end_letters(self.db, self.name, in_place, given_up)

    def made(self, state: BoxState) -> Made:
        """The next letter of a box, not yet written."""
        number = state.number + 1
        while self._path(replace(state, number=number)).exists():
            number += 1
        then, items = self._content(replace(state, number=number))
        made = Letter(
            platform=self.platform.home,
            course=state.course,
            number=number,
            at=stamp(self.now(), "milliseconds"),
            items=tuple(written(one) for one in items),
            learner=state.learner,
            recipient=state.recipient,
        )
        return Made(then, letter.write(made, self.secret))

    def _content(self, state: BoxState) -> tuple[BoxState, list[AnyItem]]:
        """What goes into one letter, one item at least, and how far the box is with it."""
        items: list[AnyItem] = []
        acts = desk.receipts_after(self.db, state, _RECEIPTS)
        if acts:
            items.append(_receipt([act for _, act in acts], stamp(self.now(), "milliseconds")))
        last, room = state.items, _ROOM - (len(msgspec.json.encode(items)) if items else 0)
        for seq, item in () if self.receipts_only else desk.items_after(self.db, state):
            room -= len(msgspec.json.encode(item))
            if room < 0 and items:
                break
            items.append(item)
            last = seq
        return replace(state, items=last, receipts=acts[-1][0] if acts else state.receipts), items

    def _path(self, state: BoxState) -> Path:
        box = Box(self.platform.home, state.course, state.learner, state.recipient)
        return self.repository / box.path(state.number)


def _receipt(acts: Sequence[str], at: str) -> Received:
    id_ = sha256("\n".join(acts).encode()).hexdigest()[:32]
    return Received(id=f"receipt-{id_}", at=at, received=tuple(acts))
