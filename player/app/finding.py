# SPDX-License-Identifier: Apache-2.0
"""One search over all that the learner may see: what that is, the index of it, and the answer."""

from __future__ import annotations

import threading
from collections.abc import Callable, Collection, Iterator, Mapping
from dataclasses import dataclass, replace
from pathlib import Path

from player.course.manifest import Manifest
from player.course.needs import is_here
from player.errors import ContentProblem, NotOffered
from player.journal.learners import Learner
from player.lesson.spot import Spot
from player.search import finding, index, places, titles
from player.search.finding import Hit
from player.search.index import Indexed, Report
from player.search.places import Place
from player.search.query import Query, understand
from player.search.titles import Title
from player.store import blobs
from player.store.database import Database

SHOWN = 60
"""How much of what is found is shown: whoever wants more says more."""

KINDS: Mapping[str, frozenset[str]] = {
    "titles": frozenset({"course", "section", "sequence", "activity", "chapter"}),
    "videos": frozenset({"said", "transcript", "slides", "chapter"}),
    "texts": frozenset({"page", "document", "links", "question"}),
    "notes": frozenset({"note"}),
}
"""What may be asked for alone, by the name of the choice."""


@dataclass(frozen=True, slots=True)
class Found:
    """One thing that was found.

    Attributes:
        hit: what, and in which text.
        course: the title of its course.
        way: the titles of its section and its activity, none of them that is shown as the text.
        is_here: whether it can be opened on this PC.
        type: what kind of activity it is in, '' for none.
    """

    hit: Hit
    course: str
    way: tuple[str, ...]
    is_here: bool
    type: str = ""

    @property
    def spot(self) -> Spot:
        """The place in the activity."""
        hit = self.hit
        words = hit.words if hit.kind in ("page", "transcript", "question") else ""
        return Spot(time=hit.time, page=hit.page, words=words, question=hit.question)


@dataclass(frozen=True, slots=True)
class Answer:
    """What was found: all of one course together, the best first.

    With `is_more` there is more than this; `unread` files were not read yet, so something in them
    may be missing. `courses` are (id, title) of all that was looked in.
    """

    typed: str
    found: tuple[Found, ...] = ()
    is_more: bool = False
    unread: int = 0
    courses: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True, slots=True)
class _Seen:
    """What the learner may see, and from what that was made: it holds as long as those do."""

    state: tuple[object, ...]
    opened: dict[str, frozenset[str]]
    files: tuple[object, ...]
    manifests: dict[str, Manifest]
    places: tuple[Place, ...] = ()
    titles: tuple[Title, ...] = ()
    present: frozenset[str] = frozenset()


class Finding:
    """The search of one home. Methods may be called from any thread."""

    def __init__(
        self,
        home: Path,
        db: Callable[[], Database],
        learner: Callable[[], Learner | None],
        course: Callable[[str], Manifest],
        spoken: Callable[[], str],
        open_to: Callable[[Manifest], frozenset[str]],
    ) -> None:
        """`spoken` is the language the learner reads courses in, `open_to` what may be opened."""
        self._home, self._db, self._learner = home, db, learner
        self._course, self._spoken, self._open_to = course, spoken, open_to
        self._last: _Seen | None = None
        self._looking = threading.Lock()

    def index(self, report: Report = lambda _done, _total: None) -> Indexed:
        """Read what was not read yet. See `player.search.index.refresh`."""
        return index.refresh(self._db(), self._home, self._seen().places, report)

    def unread(self) -> int:
        """How many files there are still to read."""
        return index.lacking(self._db(), self._seen().places)

    def find(
        self, typed: str, *, near: str = "", within: str = "", kinds: Collection[str] = ()
    ) -> Answer:
        """What says all that was typed.

        Args:
            typed: by a person; words in quotes stand together.
            near: the course that the learner is in: what it has comes first.
            within: the course that is looked in alone, '' for all.
            kinds: names of `KINDS`, none for all.
        """
        query, seen = understand(typed), self._seen()
        named = tuple((name, one.title) for name, one in seen.manifests.items())
        if not query:
            return Answer(typed, courses=named)
        wanted = frozenset[str]().union(*(KINDS[one] for one in kinds))
        found, is_more = self._texts(query, seen, near, within, wanted)
        own = titles.find(query, [one for one in seen.titles if within in ("", one.course)])
        hits = [*own, *(one for one in found if not _is_named(one, own))]
        hits = [one for one in hits if not wanted or one.kind in wanted]
        ordered = _by_course(hits, near)
        return Answer(
            typed,
            tuple(self._dressed(seen, hit) for hit in ordered[:SHOWN]),
            is_more or len(ordered) > SHOWN,
            index.lacking(self._db(), seen.places),
            named,
        )

    def _texts(
        self, query: Query, seen: _Seen, near: str, within: str, wanted: Collection[str]
    ) -> tuple[list[Hit], bool]:
        if query.is_brief:
            return [], False
        numbers = index.known(self._db())
        allowed: dict[int, list[Place]] = {}
        for place in seen.places:
            number = numbers.get(place.source)
            fits = within in ("", place.course) and (not wanted or place.kind in wanted)
            if number is not None and fits:
                allowed.setdefault(number, []).append(place)
        return finding.find(self._db(), query, allowed, near)

    def _seen(self) -> _Seen:
        """What may be seen now; what was made of it last time where nothing happened since."""
        learner = self._learner()
        name, db = learner.id if learner else "", self._db()
        with self._looking:
            state = self._state(db, name)
            last = self._last
            manifests = (
                last.manifests if last and last.state == state else self._manifests(db, name)
            )
            opened = {one.id: self._open_to(one) for one in manifests.values()}
            files = db.execute("SELECT count(*), max(added_at) FROM blobs").fetchone()
            if last is None or (last.state, last.opened, last.files) != (state, opened, files):
                last = self._last = self._look(db, name, _Seen(state, opened, files, manifests))
            return last

    def _state(self, db: Database, learner: str) -> tuple[object, ...]:
        """What tells that courses are others than before, or that the learner did something."""
        acts = db.execute("SELECT max(seq) FROM events").fetchone()[0]
        query = "SELECT id, version, added_at FROM current_courses ORDER BY id"
        return (learner, self._spoken(), acts, *db.execute(query).fetchall())

    def _manifests(self, db: Database, learner: str) -> dict[str, Manifest]:
        made = {}
        for course in places.enrolled(db, learner):
            try:
                made[course] = self._course(course)
            except (NotOffered, ContentProblem):  # gone this very moment, or of a later program
                continue
        return made

    def _look(self, db: Database, learner: str, seen: _Seen) -> _Seen:
        present = blobs.present(db)
        named: list[Title] = []
        texts: list[Place] = []
        for manifest in seen.manifests.values():
            open_, over = seen.opened[manifest.id], places.over(db, learner, manifest)
            named += titles.of_course(manifest, open_)
            texts += places.of_course(manifest, open_, present, over)
            texts += places.notes(db, learner, manifest.id)
        return replace(seen, places=tuple(texts), titles=tuple(named), present=present)

    def _dressed(self, seen: _Seen, hit: Hit) -> Found:
        manifest = seen.manifests[hit.course]
        activity = manifest.find(hit.activity) if hit.activity else None
        way = [part for part in _way(manifest, hit) if part != hit.text]
        here = is_here(activity, seen.present) if activity else True
        kind = str(activity.__struct_config__.tag) if activity else ""
        return Found(hit, manifest.title, tuple(dict.fromkeys(way)), here, kind)


def _is_named(hit: Hit, titles: list[Hit]) -> bool:
    """Whether a text is found by its heading alone, and that is the title of its activity, which
    was found too: it would lead to the same place twice."""
    if hit.kind not in ("page", "document") or hit.time is not None or not hit.marks:
        return False
    head = hit.text[: hit.marks[-1][1]]
    return any(
        one.kind == "activity" and one.activity == hit.activity and one.course == hit.course
        and one.text.startswith(head)
        for one in titles
    )  # fmt: skip


def _way(manifest: Manifest, hit: Hit) -> Iterator[str]:
    """The titles of the section and of the activity in which it is."""
    if one := manifest.find(hit.activity):
        yield manifest.around(one.id)[0].title
        if hit.kind not in ("sequence", "activity"):
            yield one.title


def _by_course(hits: list[Hit], near: str) -> list[Hit]:
    """The course one is in, then others by the best of them; within each the best first."""
    best: dict[str, float] = {}
    for hit in hits:
        best[hit.course] = max(best.get(hit.course, hit.score), hit.score)
    return sorted(
        hits, key=lambda hit: (hit.course != near, -best[hit.course], hit.course, -hit.score)
    )
