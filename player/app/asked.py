# SPDX-License-Identifier: Apache-2.0
"""What a course asks of its learner beside its questions: a path, an opinion before and after."""

from __future__ import annotations

from collections.abc import Callable, Container, Iterator, Mapping
from dataclasses import dataclass, replace

from player.clock import Now
from player.course.manifest import AnyActivity, Manifest, Survey
from player.download import wishes
from player.journal import progress
from player.journal.events import PathChosen
from player.journal.journal import Where, record
from player.journal.progress import Done
from player.store.courses import Shelf
from player.store.database import Database


def within(manifest: Manifest, path: str) -> Iterator[AnyActivity]:
    """Yield the activities on a path, in order; all of them where it is none of the course's.

    `path` may name several: see `Manifest.aside`.
    """
    aside = manifest.aside(path)
    for section in manifest.sections:
        if section.id not in aside:
            yield from section.activities()


def offered(
    manifest: Manifest, path: str, done: Mapping[str, Done], may: Container[str] | None = None
) -> Survey | None:
    """The questionnaire to mention now: at the entry until it is sent, at the exit at the end.

    Of the activities that `may` be opened now, or of all: nobody waits a month to say a word.
    """
    here = [one for one in within(manifest, path) if may is None or one.id in may]
    open_ = [one for one in here if not ((how := done.get(one.id)) and how.completed_at)]
    asked = [one for one in open_ if isinstance(one, Survey) and one.when]
    is_over = len(open_) == len(asked) and len(here) > len(asked)
    wanted = "exit" if is_over else "entry"
    return next((one for one in asked if one.when == wanted), None)


def counted(shelf: Shelf, manifest: Manifest, path: str, done: Mapping[str, Done]) -> Shelf:
    """Return a course as the library shows it to somebody who follows a path of it."""
    ids = [one.id for one in within(manifest, path)]
    finished = sum(1 for one in ids if (how := done.get(one)) and how.completed_at)
    return replace(shelf, activities=len(ids), completed=finished)


@dataclass(frozen=True, slots=True)
class Paths:
    """Which path the learner follows. Any thread may ask; `db` is that thread's connection."""

    db: Callable[[], Database]
    learner: Callable[[], str]
    now: Now

    def of(self, course: str) -> str:
        """The id of the path chosen last, '' before that; the course may have it no longer.

        Several ids with blanks between, where the learner combined some.
        """
        learner = self.learner()
        return progress.path(self.db(), learner, course) if learner else ""

    def follow(self, manifest: Manifest, path: str, by: str = "learner") -> None:
        """Follow a path of the course from now on, or several where it lets them be combined.

        What is still to be fetched follows: sections that are not on it come last.

        Raises:
            KeyError: the course has none of that id, or lets one be followed at a time.
            DiskFull, DatabaseBusy, NotWritable: the learner stays on the one before.
        """
        act = chosen(manifest, path, by)
        record(self.db(), Where(self.learner(), manifest.id, manifest.version), act, self.now)
        self._put_last(manifest, path)

    def _put_last(self, manifest: Manifest, path: str) -> None:
        aside = manifest.aside(path)
        queue = [
            (one.manifest.id, one.wish.section, one.wish.activity)
            for one in wishes.queue(self.db())
        ]
        last = [one for one in queue if one[0] == manifest.id and one[1] in aside]
        if last and queue[-len(last) :] != last:
            wishes.order(self.db(), [one for one in queue if one not in last] + last)


def chosen(manifest: Manifest, path: str, by: str) -> PathChosen:
    """Return the act of choosing a path, or several. Raises KeyError: see `Paths.follow`."""
    found = manifest.chosen(path)
    if len(found) != len(path.split()) or (len(found) > 1 and not manifest.combine_paths):
        raise KeyError(path)
    if not found:
        raise KeyError(path)
    names, ids = (" + ".join(one.title for one in found), " ".join(one.id for one in found))
    return PathChosen(name=names, language=manifest.language, path=ids, by=by)
