# SPDX-License-Identifier: Apache-2.0
"""Files that learners hand in: from this PC to the platform, and opened at the platform's desk."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from player.course.platform import Platform
from player.errors import PlayerError
from player.journal import handing
from player.store import blobs, handed
from player.store.database import Database
from player.sync.dropbox import FilesNews, Round
from player.transport import Transport

__all__ = ["FilesNews", "Handing"]


@dataclass(frozen=True, slots=True)
class Handing:
    """The files of one home. Any thread may ask; `db` is that thread's connection."""

    home: Path
    db: Callable[[], Database]
    platform: Callable[[], Platform]
    announce: Callable[[object], None]
    now: Callable[[], datetime]

    def send(self, transport: Transport) -> PlayerError | None:
        """Put what is left into the drop box. See `Round.send`."""
        return self._round.send(transport)

    def carry(self, stick: Path) -> list[Path]:
        """Write what is left onto a stick. See `Round.carry`."""
        handing.gather(self.db(), self.home)
        return self._round.carry(stick) if handing.standing(self.db()).left else []

    def to_carry(self) -> tuple[int, int]:
        """How many files are not all there yet, and their bytes."""
        handing.gather(self.db(), self.home)
        sizes = [one.file.size for one in handing.waiting(self.db())]
        return len(sizes), sum(sizes)

    def damaged(self) -> tuple[int, list[str]]:
        """How many files there are, and the names of those that are damaged or gone."""
        handing.gather(self.db(), self.home)
        files = [one.file for one in handing.all_files(self.db())]
        bad = [
            one.name
            for one in files
            if not blobs.whole(handed.path(self.home, one.sha256), one.sha256, one.size)
        ]
        return len(files), bad

    def tidy(self) -> int:
        """Delete copies that no answer and no draft names; bytes."""
        return handing.tidy(self.db(), self.home, self.now().timestamp())

    @property
    def _round(self) -> Round:
        return Round(self.db(), self.home, self.platform(), self.now, self.announce)
