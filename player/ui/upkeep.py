# SPDX-License-Identifier: Apache-2.0
"""Work on the files of the courses beside the window: look, free, move, check, mend.

One piece of work at a time, and a download gives way to it: who frees space because the disk is
full must not wait for the download that fills it. Like errands, it outlives the window.
"""

from __future__ import annotations

import threading
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QTimer, Signal

from player.app import Services
from player.app.repair import Found, Spot
from player.errors import DriveGone, PlayerError
from player.store.space import Room, Suggestion, Usage
from player.ui.errands import Errands, Stopped
from player.ui.tasks import Repeated, Tasks

if TYPE_CHECKING:
    from player.app.mending import Harm

FREE, MOVE, LEAVE, CHECK, MEND = "free", "move", "leave", "check", "mend"
AGAIN = 3000  # ms between looks for a drive that is gone
CALM = 0.05  # seconds of rest after each MB that is read while something else matters more
OFTEN = 0.1  # seconds between two words of how far it is


@dataclass(frozen=True, slots=True)
class Disk:
    """What lies on the disk: `taken` bytes by all courses, `unused` ones of no course any more.

    `away` says whether the files are elsewhere than in the home.
    """

    room: Room
    usage: tuple[Usage, ...]
    videos: tuple[Suggestion, ...]
    taken: int
    unused: int
    away: bool


@dataclass(frozen=True, slots=True)
class Far:
    """How far a piece of work is, in bytes. While it `waits`, another program has the files."""

    kind: str
    done: int = 0
    total: int = 0
    waits: bool = False


@dataclass(frozen=True, slots=True)
class Checked:
    """What a check found, and where in the courses something is missed."""

    found: Found
    spots: Sequence[Spot]


class Upkeep(QObject):
    """Signals:
    looked: a `Disk`, or the PlayerError of looking.
    drive: the `Room` of the drive with the courses, or a PlayerError: mostly DriveGone.
    planned: a `moving.Plan`, or a PlayerError.
    examined: ((course id, activity id), what of it is damaged: a `Harm`, None, or
        the PlayerError of looking).
    far: a `Far`, or None once nothing is under way.
    ended: (kind, result): bytes freed, `Moved`, `Left`, `Checked`, `Repaired`, a PlayerError, or
        None where it was stopped.
    """

    looked = Signal(object)
    drive = Signal(object)
    planned = Signal(object)
    examined = Signal(object, object)
    far = Signal(object)
    ended = Signal(str, object)

    def __init__(self, services: Services, errands: Errands, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._services, self._errands = services, errands
        self._tasks = Tasks(services.close_thread, self)
        self._stop = threading.Event()
        self._looking = Repeated(self._tasks, self._read, self._looked, self._looked)
        self._closing = self._is_finding = False
        self._told = 0.0
        self.kind = ""
        """What is under way, '' for nothing."""
        self._again = QTimer(self, singleShot=True, interval=AGAIN)
        self._again.timeout.connect(self.find_drive)

    @property
    def idle(self) -> bool:
        """Whether nothing is under way."""
        return not self.kind and self._tasks.idle

    def close(self) -> None:
        """End everything; a move is gone on with another time."""
        self._closing = True
        self._stop.set()
        self._again.stop()
        self._tasks.close()

    # Look

    def look(self) -> None:
        """Read what lies on the disk."""
        self._looking.run()

    def _read(self) -> Disk:
        services = self._services
        room = services.disk.room()
        return Disk(
            room,
            tuple(services.disk.usage()),
            tuple(services.disk.videos()),
            services.disk.taken(),
            services.disk.unused(),
            away=room.folder != services.home,
        )

    def _looked(self, found: Disk | PlayerError) -> None:
        if self._looking.is_running:
            return  # out of date
        self._judge_drive(found.room if isinstance(found, Disk) else found)
        self.looked.emit(found)

    def find_drive(self) -> None:
        """Look whether the drive with the courses is there."""
        if self._is_finding:
            return
        self._is_finding = True
        self._tasks.run(self._services.disk.room, self._judge_drive, self._judge_drive)

    def _judge_drive(self, found: Room | PlayerError) -> None:
        self._is_finding = False
        if isinstance(found, DriveGone):
            self._again.start()
        else:
            self._again.stop()
        self.drive.emit(found)

    # Work

    def free(self, chosen: Sequence[Suggestion]) -> None:
        """Free the videos that were chosen."""
        self._begin(FREE, lambda: self._services.disk.free(chosen, self._wait))

    def free_unused(self) -> None:
        """Free what no course has any more."""
        self._begin(FREE, lambda: self._services.disk.free_unused(self._wait))

    def remove(self, course: str) -> None:
        """Free all files of a course."""
        self._begin(FREE, lambda: self._services.disk.remove_course(course, self._wait))

    def plan(self, folder: Path) -> None:
        """Say what moving the files to a folder takes."""
        self._tasks.run(
            lambda: self._services.disk.move_plan(folder), self.planned.emit, self.planned.emit
        )

    def move(self, folder: Path) -> None:
        """Take the files of all courses there; stopped, all is as it was."""
        self._begin(MOVE, lambda: self._move(folder))

    def _move(self, folder: Path) -> object:
        try:
            return self._services.disk.move_content(folder, self._report)
        except Stopped:
            if not self._closing:
                self._services.disk.give_up_move(folder)
            raise

    def leave(self) -> None:
        """Begin anew on this computer: the drive is lost."""
        self._begin(LEAVE, self._services.disk.leave_drive)

    def check(self) -> None:
        """Look at every file; a download may go on meanwhile."""

        def check() -> Checked:
            found = self._services.disk.check(self._report)
            return Checked(found, self._services.disk.damage(found))

        self._begin(CHECK, check)

    def examine(self, course: str, activity: str, *, calmly: bool = False) -> None:
        """Look at the files of one activity; `calmly`, beside a video that is playing."""

        def report(_done: int, _total: int) -> None:
            if self._closing:
                raise Stopped
            if calmly and _done:
                time.sleep(CALM)

        def look() -> Harm | None:
            try:
                return self._services.disk.harm(course, activity, report)
            except Stopped:
                return None

        ended = partial(self.examined.emit, (course, activity))
        self._tasks.run(look, ended, ended)

    def mend_harm(self, harm: Harm) -> None:
        """Mend one activity; what is bad of it has to be fetched then."""
        self._begin(MEND, lambda: self._services.disk.mend_harm(harm, self._wait))

    def mend(self, found: Found) -> None:
        """Mend what a check found; what is bad has to be fetched then."""
        self._begin(MEND, lambda: self._services.disk.mend(found))

    def stop(self) -> None:
        """Break off what is under way."""
        self._stop.set()

    def _begin(self, kind: str, work: Callable[[], object]) -> None:
        if self.kind:
            return
        self.kind = kind
        self._stop.clear()
        self.far.emit(Far(kind, waits=kind != CHECK and self._errands.is_fetching))

        def stoppable() -> object:
            try:
                return None if self._stop.is_set() else work()
            except Stopped:
                return None

        def begin() -> None:
            self.far.emit(Far(kind))
            self._tasks.run(stoppable, self._ended, self._ended)

        if kind == CHECK:
            begin()
        else:
            self._errands.give_way(begin)

    def _ended(self, result: object) -> None:
        kind, self.kind = self.kind, ""
        if kind != CHECK:
            self._errands.go_on()
        self.far.emit(None)
        self.ended.emit(kind, result)
        self.look()

    # Told from the worker's thread

    def _report(self, done: int, total: int) -> None:
        self._tell(Far(self.kind, done, total))

    def _wait(self) -> None:
        self._tell(Far(self.kind, waits=True))

    def _tell(self, far: Far) -> None:
        if self._stop.is_set():
            raise Stopped
        now = time.monotonic()
        if now - self._told >= OFTEN or far.done >= far.total > 0:
            self._told = now
            self.far.emit(far)
