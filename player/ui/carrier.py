# SPDX-License-Identifier: Apache-2.0
"""What is carried to and from this PC, beside the window: sealing and opening take a moment."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, TypeVar

from PySide6.QtCore import QObject, Signal, SignalInstance

from player.app import Services
from player.journal.mail import Collected
from player.ui.tasks import Tasks

if TYPE_CHECKING:
    from player.app.courier import Parcel, Returned

T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Prepared:
    """What a folder brought, receipts and letters, and what could be written into it: `parcels`,
    and `files` that were handed in, `file_bytes` in all."""

    folder: Path
    returned: Returned
    letters: Collected
    parcels: tuple[Parcel, ...]
    files: int = 0
    file_bytes: int = 0


class Carrier(QObject):
    """One piece of work at a time; asking again while it runs changes nothing.

    Signals:
        prepared: a `Prepared`, or the `PlayerError` that stood in the way.
        carried: the list of the files that were written, or a `PlayerError`.
        taken: a `Taken`, or a `PlayerError`.
    """

    prepared = Signal(object)
    carried = Signal(object)
    taken = Signal(object)

    def __init__(self, services: Services, tasks: Tasks, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._services = services
        self._tasks = tasks
        self.is_busy = False

    def prepare(self, folder: Path) -> None:
        """Read what came back in `folder`, and make the files for the platform."""
        self._run(partial(self._prepare, folder), self.prepared)

    def carry(self, prepared: Prepared) -> None:
        """Write what was prepared."""
        write = partial(self._services.courier.carry, prepared.parcels, prepared.folder)
        self._run(write, self.carried)

    def carry_journal(self, folder: Path, passphrase: str) -> None:
        """Write all the learner did into `folder`, for another PC."""
        self._run(partial(self._carry_journal, folder, passphrase), self.carried)

    def bring(self, path: Path, passphrase: str) -> None:
        """Take in what the learner did on another PC."""
        self._run(partial(self._services.courier.bring, path, passphrase), self.taken)

    def _prepare(self, folder: Path) -> Prepared:
        courier, learner = self._services.courier, self._services.learner
        returned = courier.receipts([folder])
        letters = self._services.mail.take([folder])
        parcels = courier.pack([learner]) if learner else []
        files = self._services.handing.to_carry() if parcels else (0, 0)
        return Prepared(folder, returned, letters, tuple(parcels), *files)

    def _carry_journal(self, folder: Path, passphrase: str) -> list[Path]:
        courier, learner = self._services.courier, self._services.learner
        return courier.carry(courier.pack_journal(learner, passphrase), folder) if learner else []

    def _run(self, work: Callable[[], T], told: SignalInstance) -> None:
        if self.is_busy:
            return
        self.is_busy = True

        def ended(result: object) -> None:
            self.is_busy = False
            told.emit(result)

        self._tasks.run(work, ended, ended)
