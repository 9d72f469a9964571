# SPDX-License-Identifier: Apache-2.0
"""What a course asks of its learner beside its questions: a path, an opinion before and after."""

from __future__ import annotations

from collections.abc import Callable, Container, Iterator, Mapping
from dataclasses import dataclass

from player.clock import Now
from player.course.manifest import AnyActivity, Manifest, Survey
from player.journal import progress
from player.journal.events import PathChosen
from player.journal.journal import Where, record
from player.journal.progress import Done
from player.store.database import Database


def within(manifest: Manifest, path: str) -> Iterator[AnyActivity]:
    """Yield the activities on a path, in order; all of them where it is none of the course's."""
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


@dataclass(frozen=True, slots=True)
class Paths:
    """Which path the learner follows. Any thread may ask; `db` is that thread's connection."""

    db: Callable[[], Database]
    learner: Callable[[], str]
    now: Now

    def of(self, course: str) -> str:
        """The id of the path chosen last, '' before that; the course may have it no longer."""
        learner = self.learner()
        return progress.path(self.db(), learner, course) if learner else ""

    def follow(self, manifest: Manifest, path: str, by: str = "learner") -> None:
        """Follow a path of the course from now on.

        Raises:
            KeyError: the course has none of that id.
            DiskFull, DatabaseBusy, NotWritable: the learner stays on the one before.
        """
        found = manifest.path(path)
        if found is None:
            raise KeyError(path)
        act = PathChosen(name=found.title, language=manifest.language, path=path, by=by)
        record(self.db(), Where(self.learner(), manifest.id, manifest.version), act, self.now)
