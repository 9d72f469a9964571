# SPDX-License-Identifier: Apache-2.0
"""One at a time, between programs: the system's own lock on a file.

The system lets it go when the program ends, however it ends; a file that only stands for a lock
would be left behind by a power cut.
"""

from __future__ import annotations

import sys
import time
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path
from typing import BinaryIO

from player.errors import DatabaseBusy, FilesBusy, NotWritable

PATIENCE = 30.0  # seconds that somebody waits for the files: a download may be about to end

Waiting = Callable[[], None]
"""Called again and again while somebody else holds the lock; may raise to give up."""

if sys.platform == "win32":
    import msvcrt

    def _take(file: BinaryIO) -> None:
        msvcrt.locking(file.fileno(), msvcrt.LK_NBLCK, 1)

else:
    import fcntl

    def _take(file: BinaryIO) -> None:
        fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)


def silent() -> None:
    """Wait without a word."""


@contextmanager
def files_of(home: Path, waiting: Waiting | None = None) -> Iterator[None]:
    """Hold the files of the courses: nobody downloads, moves, mends or frees them meanwhile.

    A download counts what is here when it begins, so nothing may go under its hands; and what was
    freed in the database and not yet on the disk must not be taken for whole by the next one.

    Args:
        home: whose files.
        waiting: told while somebody else holds them, for `PATIENCE` at most; nobody waits if None.

    Raises:
        FilesBusy: somebody else still holds them.
        NotWritable: the home cannot be written.
    """
    wait = PATIENCE if waiting else 0.0
    with ExitStack() as held:
        try:
            held.enter_context(alone(home / "download.lock", wait, waiting or silent))
        except DatabaseBusy as error:
            raise FilesBusy(place=str(home)) from error
        yield


@contextmanager
def alone(path: Path, wait: float = 0.0, waiting: Waiting = silent) -> Iterator[None]:
    """Hold the lock on the file `path`, made if need be, for the block.

    Args:
        path: the lock's file; its folder exists.
        wait: seconds to wait for whoever holds it.
        waiting: called meanwhile.

    Raises:
        DatabaseBusy: somebody else, in this program or another, still holds it.
        NotWritable: the file cannot be made.
    """
    try:
        file = path.open("ab")
    except OSError as error:
        raise NotWritable(place=str(path.parent)) from error
    with file:
        until = time.monotonic() + wait
        while True:
            try:
                _take(file)
                break
            except OSError as error:
                if time.monotonic() >= until:
                    raise DatabaseBusy(place=str(path.parent)) from error
                waiting()
                time.sleep(0.05)
        yield
