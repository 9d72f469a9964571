# SPDX-License-Identifier: Apache-2.0
"""What is next: which activity, how long it takes, what it costs, how far the week is.

Nine learners in ten drop out, and each question before the next step is a place to do so. So it is
reckoned here once, from the journal and what is on the disk, for the library and the course's page.

The next activity is the one that was opened last, while it is not done; else the first behind it
that is not done; else the first of all. Only what is on the learner's path counts, what may be
opened now (`open_to`), and what this version of the program knows.

Whoever comes back after `AWAY` days without learning in a course is welcomed (`Return`), until they
do the first thing. What it offers to look at again is the beginning of the sequence that was under
way: its first video, page or document that was done, for a sequence is one sitting, and its end
rests on its beginning. Where nothing of that sequence was done yet, it is the last such activity
before it. Only what is on this PC is offered: nobody pays for a welcome.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from functools import partial
from itertools import takewhile
from pathlib import Path

from player.app.asked import Paths, within
from player.clock import Now
from player.course import needs
from player.course.attestation import Standing
from player.course.manifest import (
    AnyActivity,
    Document,
    Manifest,
    Page,
    Quiz,
    Section,
    Unknown,
    Video,
)
from player.course.needs import Choice
from player.download import wishes
from player.errors import PlayerError
from player.journal import progress, study
from player.journal.progress import Done
from player.lesson import lengths
from player.lesson.lengths import Pace
from player.settings import Settings
from player.store import blobs
from player.store.courses import Shelf
from player.store.database import Database

AWAY = 14  # days
COUNTED = 40  # activities left in a section: of a longer one, the sitting's pages alone are counted
TEACHING = (Video, Page, Document)

Dates = Callable[[Manifest], Mapping[str, datetime]]
"""A moment for each of some sections and activities, by their ids."""


@dataclass(frozen=True, slots=True)
class Part:
    """A section or a sitting: `done` of `all` activities; what is left takes `seconds`."""

    title: str
    done: int
    all: int
    seconds: float


@dataclass(frozen=True, slots=True)
class Price:
    """What lacks of an activity: `size` bytes, 0 where it is here, as they are to be asked for."""

    size: int = 0
    rendition: str = ""
    languages: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Step:
    """What is next in a course; `activity` is None where nothing is left that may be opened.

    `seconds` is how long what is left of it takes; `is_begun` whether it was opened before. `done`
    of `all` are those on the learner's path. At the end, `later` is the section that opens another
    day, at `opens_at` where a date says so, None where all is done, and `attestation` how far that
    is, None where there is none.
    """

    manifest: Manifest
    activity: AnyActivity | None
    section: Section | None
    done: int
    all: int
    seconds: float = 0.0
    is_begun: bool = False
    price: Price = Price()
    week: Part | None = None
    sitting: Part | None = None
    later: Section | None = None
    opens_at: datetime | None = None
    attestation: Standing | None = None


@dataclass(frozen=True, slots=True)
class Passed:
    """A day by which something should have been done, and that went by meanwhile."""

    title: str
    at: datetime


@dataclass(frozen=True, slots=True)
class Return:
    """Somebody comes back after `days`. `again` takes `seconds`."""

    days: int
    got_to: str
    again: AnyActivity | None
    seconds: float
    passed: tuple[Passed, ...]


@dataclass(frozen=True, slots=True)
class Stretch:
    """A section of the way: the state of each activity, see `STATES`."""

    title: str
    states: tuple[str, ...]

    @property
    def done(self) -> int:
        """How many are done."""
        return self.states.count("done")


CARDS = 2  # courses under way that the library leads on in


def under_way(shelves: Iterable[Shelf]) -> list[Shelf]:
    """The courses to go on with, the one learnt in last first, `CARDS` at the most.

    Where every course that was begun is through, the last of them: its end is worth a word.
    """
    begun = [one for one in shelves if one.version and one.last_at and one.activities]
    begun.sort(key=lambda one: one.last_at, reverse=True)
    going = [one for one in begun if one.completed < one.activities]
    return going[:CARDS] or [one for one in begun if one.completed][:1]


STATES = ("done", "next", "begun", "open", "later")
"""What an activity can be on the way: `later` is not open yet."""


def following(
    order: Sequence[str], left: Iterable[str], last: str | None, *, past: bool = False
) -> str:
    """Return where to go on in `order`, of what is `left`; '' where nothing is. See the top.

    With `past`, what was opened `last` is behind the learner, even where it is not done.
    """
    open_ = set(left)
    place = order.index(last) + past if last in order else 0
    behind = (one for one in order[place:] if one in open_)
    found = next(behind, None) or next((one for one in order if one in open_), "")
    return "" if past and found == last else found


@dataclass(frozen=True, slots=True)
class _Read:
    """What the journal tells of a course, up to the act of number `seq`.

    `answer` is how many seconds an answer takes, `at` where each video stands that was asked for.
    """

    seq: int
    done: Mapping[str, Done]
    last: str | None
    answer: float
    at: dict[str, float] = field(default_factory=dict)


@dataclass
class Steps:
    """The next steps of one home: it keeps what it read, until there is another act.

    `learner` gives an id, '' before the first start is through; `attesting` how far an attestation
    is, `open_to` which activities may be opened now.
    `dates` are by when something is due, `opens` from when it is open.
    """

    home: Path
    db: Callable[[], Database]
    learner: Callable[[], str]
    settings: Callable[[], Settings]
    now: Now
    paths: Paths
    attesting: Callable[[Manifest], Standing | None]
    open_to: Callable[[Manifest], frozenset[str]]
    dates: Dates
    opens: Dates
    _words: dict[str, int | None] = field(default_factory=dict)
    _courses: dict[tuple[str, str], _Read] = field(default_factory=dict)

    # Which one

    def next_activity(self, manifest: Manifest, after: str = "") -> str:
        """The id of the next activity, '' for none; `after` is one that is left behind."""
        read = self._read(manifest)
        order, left = self._left(manifest, read.done)
        return following(order, left, after or read.last, past=bool(after))

    def _read(self, manifest: Manifest) -> _Read:
        """Of the journal, as it is now; a page may ask several times a second."""
        db, learner, course = self.db(), self.learner(), manifest.id
        seq = int(db.execute("SELECT coalesce(max(seq), 0) FROM events").fetchone()[0])
        known = self._courses.get((learner, course))
        if known is None or known.seq != seq:
            known = self._courses[learner, course] = _Read(
                seq,
                progress.activities_done(db, learner, course),
                progress.last_activity(db, learner, course),
                study.answer_seconds(db, learner) or lengths.ANSWER,
            )
        return known

    def _left(
        self, manifest: Manifest, done: Mapping[str, Done], *, open_: bool = True
    ) -> tuple[list[str], list[str]]:
        """What is on the path, and what of it is to be done; only what may be opened where so."""
        here = list(within(manifest, self.paths.of(manifest.id)))
        may = self.open_to(manifest) if open_ else {one.id for one in here}
        left = [
            one.id
            for one in here
            if not _is_done(one.id, done) and one.id in may and not isinstance(one, Unknown)
        ]
        return [one.id for one in here], left

    # All of it

    def of(self, manifest: Manifest, *, count: bool = True) -> Step:
        """What is next in a course, and what there is to say of it.

        Without `count` no page is read: how long it takes is judged by its size.
        """
        read = self._read(manifest)
        done = read.done
        order, left = self._left(manifest, done)
        found = manifest.find(following(order, left, read.last))
        finished = sum(_is_done(one, done) for one in order)
        if found is None:
            return self._at_the_end(manifest, done, finished, len(order))
        section, sitting = manifest.around(found.id)
        rate = partial(self._seconds, manifest, read)
        many = sum(1 for one in section.activities() if one.id in left) > COUNTED
        counted = sitting.activities if many else tuple(section.activities())
        known = frozenset(one.id for one in counted if count)
        rest = {
            one.id: rate(one, count=one.id in known)
            for one in section.activities()
            if not _is_done(one.id, done)
        }
        return Step(
            manifest=manifest,
            activity=found,
            section=section,
            done=finished,
            all=len(order),
            seconds=rest[found.id],
            is_begun=found.id in done,
            price=self.price(manifest, section, found),
            week=_part(section.title, section.activities(), done, rest),
            sitting=_part(sitting.title, sitting.activities, done, rest),
        )

    def _at_the_end(
        self, manifest: Manifest, done: Mapping[str, Done], finished: int, every: int
    ) -> Step:
        _, shut = self._left(manifest, done, open_=False)
        later = manifest.around(shut[0])[0] if shut else None
        standing = self.attesting(manifest) if manifest.attestation and every else None
        at = self.opens(manifest).get(later.id) if later else None
        return Step(
            *(manifest, None, None, finished, every),
            later=later,
            opens_at=at,
            attestation=standing,
        )

    def price(self, manifest: Manifest, section: Section, activity: AnyActivity) -> Price:
        """What one activity still takes, in the rendition that its section was asked for in.

        A video that is here in any rendition is here.
        """
        present = blobs.present(self.db())
        if needs.is_here(activity, present):
            return Price()
        asked = wishes.wished_for(self.db(), manifest.id)
        wish = next((one for one in asked if one.section == section.id and not one.activity), None)
        rendition = self.settings().rendition
        languages: tuple[str, ...] = ()
        if wish is not None:
            rendition, languages = wish.rendition or rendition, wish.languages
        choice = Choice(rendition, languages, activity.id)
        lacking = needs.needs(section, choice).keys() - present
        return Price(needs.size(manifest, lacking), rendition, languages)

    def left_seconds(self, manifest: Manifest) -> float:
        """How long the rest of the learner's path takes, pages judged by their size."""
        read = self._read(manifest)
        left = set(self._left(manifest, read.done, open_=False)[1])
        found = (one for one in manifest.activities() if one.id in left)
        return sum(self._seconds(manifest, read, one, count=False) for one in found)

    def way(self, manifest: Manifest) -> tuple[Stretch, ...]:
        """The whole way, section by section, as far as it is on the learner's path."""
        done, may = self._read(manifest).done, self.open_to(manifest)
        here = {one.id for one in within(manifest, self.paths.of(manifest.id))}
        next_ = self.next_activity(manifest)

        def state(name: str) -> str:
            if _is_done(name, done):
                return "done"
            if name == next_:
                return "next"
            return "begun" if name in done else "open" if name in may else "later"

        found = (
            Stretch(one.title, tuple(state(a.id) for a in one.activities() if a.id in here))
            for one in manifest.sections
        )
        return tuple(one for one in found if one.states)

    # Coming back

    def returning(self, step: Step) -> Return | None:
        """What to say to somebody who comes back to a course; None where they were not away.

        A clock that stands before the last act says nothing of how long that is ago.
        """
        manifest = step.manifest
        last = study.last_at(self.db(), self.learner(), manifest.id)
        now = self.now()
        if last is None or now - last < timedelta(days=AWAY):
            return None
        read = self._read(manifest)
        got_to = read.last or ""
        found = manifest.find(got_to)
        again = self._again(step, got_to)
        return Return(
            days=(now - last).days,
            got_to=found.title if found else "",
            again=again,
            seconds=self._seconds(manifest, read, again, afresh=True) if again else 0.0,
            passed=tuple(self._passed(step, last, now)),
        )

    def _again(self, step: Step, got_to: str) -> AnyActivity | None:
        """See the top."""
        manifest, present = step.manifest, blobs.present(self.db())
        done = self._read(manifest).done
        target = step.activity.id if step.activity else got_to
        here = list(within(manifest, self.paths.of(manifest.id)))
        before = list(takewhile(lambda one: one.id != target, here))
        fit = [
            one
            for one in before
            if isinstance(one, TEACHING) and _is_done(one.id, done) and needs.is_here(one, present)
        ]
        if manifest.find(target) is None:
            return None
        _, sitting = manifest.around(target)
        under_way = [one for one in fit if one in sitting.activities]
        return under_way[0] if under_way else fit[-1] if fit else None

    def _passed(self, step: Step, last: datetime, now: datetime) -> Iterable[Passed]:
        manifest, dates = step.manifest, self.dates(step.manifest)
        _, left = self._left(manifest, self._read(manifest).done, open_=False)
        for section in manifest.sections:
            open_ = [one for one in section.activities() if one.id in left]
            for one in (*([section] if open_ else []), *open_):
                if (at := dates.get(one.id)) is not None and last < at <= now:
                    yield Passed(one.title, at)

    # How long

    def _seconds(
        self,
        manifest: Manifest,
        read: _Read,
        activity: AnyActivity,
        *,
        count: bool = True,
        afresh: bool = False,
    ) -> float:
        """What is left of an activity; all of it, where it is done `afresh`."""
        pace = Pace(self.settings().speed, read.answer)
        counted = self._counted(activity) if count and isinstance(activity, Page) else None
        through = 0.0
        if activity.id not in read.done or afresh:
            pass
        elif isinstance(activity, Video):
            through = self._at(manifest, read, activity)
            through = through if through < activity.duration else 0.0
        elif isinstance(activity, Quiz) and count:
            through = study.answered_so_far(self.db(), self.learner(), manifest.id, activity.id)
        return lengths.seconds(manifest, activity, pace, counted=counted, through=through)

    def _at(self, manifest: Manifest, read: _Read, video: Video) -> float:
        """The second at which a video stands; to find that takes a look at all that was watched."""
        if video.id not in read.at:
            found = progress.positions(self.db(), self.learner(), manifest.id)
            read.at.update(dict.fromkeys(read.done, 0.0) | found)
        return read.at[video.id]

    def _counted(self, page: Page) -> int | None:
        """The words of a page; None where it is not here, or not whole."""
        if page.blob not in self._words:
            try:
                html = blobs.read(self.home, page.blob, page.title)
            except PlayerError:
                return None
            self._words[page.blob] = lengths.words(html.decode(errors="replace"))
        return self._words[page.blob]


def _is_done(name: str, done: Mapping[str, Done]) -> bool:
    return name in done and bool(done[name].completed_at)


def _part(
    title: str,
    activities: Iterable[AnyActivity],
    done: Mapping[str, Done],
    rest: Mapping[str, float],
) -> Part:
    ids = [one.id for one in activities]
    finished = sum(_is_done(one, done) for one in ids)
    return Part(title, finished, len(ids), sum(rest.get(one, 0.0) for one in ids))
