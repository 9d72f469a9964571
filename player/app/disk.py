# SPDX-License-Identifier: Apache-2.0
"""The disk under the courses: where their files are, what could go, what is damaged."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from pathlib import Path

from player.app import mending, repair
from player.clock import Now
from player.course.manifest import Manifest
from player.errors import NotOffered
from player.store import lock, moving, space
from player.store.blobs import Report, silent
from player.store.database import Database


class Disk:
    """The files of one home. Methods may be called from any thread."""

    def __init__(
        self,
        home: Path,
        db: Callable[[], Database],
        who: Callable[[], str],
        course: Callable[[str], Manifest],
        now: Now,
    ) -> None:
        self._home, self._db, self._who, self._course, self._now = home, db, who, course, now

    def room(self) -> space.Room:
        """Where the files of the courses are, and how much is free there. Raises DriveGone."""
        return space.room(self._home)

    def usage(self) -> list[space.Usage]:
        """What each course takes. Raises DriveGone."""
        return space.usage(self._db(), self._home)

    def suggestions(self) -> list[space.Suggestion]:
        """Videos that could go: of what is done and received first, then of what is watched."""
        learner = self._who()
        return space.suggestions(self._db(), learner) if learner else []

    def videos(self) -> list[space.Suggestion]:
        """The videos that are here, by section, in the order of the courses."""
        return space.videos(self._db(), self._who())

    def taken(self) -> int:
        """Bytes of all files that are here."""
        return space.taken(self._db())

    def unused(self) -> int:
        """Bytes of files that no course has any more."""
        return space.unreferenced_bytes(self._db())

    def free(self, chosen: Iterable[space.Suggestion], waiting: lock.Waiting | None = None) -> int:
        """Delete the videos that were chosen; returns bytes. What the learner did stays.

        While a download runs nothing can go. `waiting` is called until it has ended, for half a
        minute at most, and may raise to give up; without it nobody waits.

        Raises:
            FilesBusy: a download is under way, here or in another program; nothing was changed.
        """
        return space.free(self._db(), self._home, chosen, waiting)

    def free_sections(
        self, course: str, sections: Sequence[str], waiting: lock.Waiting | None = None
    ) -> int:
        """Delete the videos of sections; returns bytes. See `free`. Raises NotOffered."""
        manifest = self._course(course)
        if unknown := set(sections) - {section.id for section in manifest.sections}:
            raise NotOffered(what=f"{manifest.title}: {min(unknown)}")
        return self.free([space.Suggestion(course, name, "", "", 0) for name in sections], waiting)

    def free_unused(self, waiting: lock.Waiting | None = None) -> int:
        """Delete the files that no course has any more; returns bytes. See `free`."""
        return space.free_unreferenced(self._db(), self._home, waiting)

    def remove_course(self, course: str, waiting: lock.Waiting | None = None) -> int:
        """Delete the files of a course that is here; returns bytes. See `free`.

        Raises NotOffered.
        """
        return space.remove_course_files(self._db(), self._home, self._course(course).id, waiting)

    def move_plan(self, folder: Path) -> moving.Plan:
        """What moving the files there would take. See `moving.plan`."""
        return moving.plan(self._db(), self._home, folder)

    def move_content(self, folder: Path, report: Report = silent) -> moving.Moved:
        """Have the files of the courses in another folder. See `moving.move_content`."""
        return moving.move_content(self._db(), self._home, folder, report)

    def give_up_move(self, folder: Path) -> None:
        """Have nothing there of a move that was broken off."""
        moving.give_up(self._home, folder)

    def leave_drive(self) -> moving.Left:
        """Begin anew in the home, the drive being lost. See `moving.leave`."""
        return moving.leave(self._db(), self._home)

    def check(self, report: Report = silent) -> repair.Found:
        """Look at every file. See `repair.look`."""
        return repair.look(self._db(), self._home, report)

    def damage(self, found: repair.Found) -> list[repair.Spot]:
        """Where in the courses something is missed."""
        return repair.spots(self._db(), found.lost)

    def mend(self, found: repair.Found) -> repair.Repaired:
        """Mend what a check found, so that a download fetches only what is bad of it."""
        return repair.repair(self._db(), self._home, self._now, found, free=False)

    def harm(self, course: str, activity: str, report: Report = silent) -> mending.Harm | None:
        """What of one activity is damaged; None where nothing is. See `mending.look`."""
        manifest = self._course(course)
        found = manifest.find(activity)
        return mending.look(self._db(), self._home, manifest, found, report) if found else None

    def mend_harm(self, harm: mending.Harm, waiting: lock.Waiting | None = None) -> repair.Repaired:
        """Have it wished for, so that a download fetches what is bad of it. See `mending.mend`."""
        return mending.mend(self._db(), self._home, self._now, harm, waiting)
