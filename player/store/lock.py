# SPDX-License-Identifier: Apache-2.0
"""One at a time, between programs: the system's own lock on a file.

The system lets it go when the program ends, however it ends; a file that only stands for a lock
would be left behind by a power cut.
"""

from __future__ import annotations

import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import BinaryIO

from player.errors import DatabaseBusy, NotWritable

if sys.platform == "win32":
    import msvcrt

    def _take(file: BinaryIO) -> None:
        msvcrt.locking(file.fileno(), msvcrt.LK_NBLCK, 1)

else:
    import fcntl

    def _take(file: BinaryIO) -> None:
        fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)


@contextmanager
def alone(path: Path, wait: float = 0.0) -> Iterator[None]:
    """Hold the lock on the file `path`, made if need be, for the block.

    Args:
        path: the lock's file; its folder exists.
        wait: seconds to wait for whoever holds it.

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
                time.sleep(0.05)
        yield
