# SPDX-License-Identifier: Apache-2.0
"""Whether the disk has room, asked before anything is paid for; and what it says when it has not.

A download never takes the last bytes: what the learner does next has to be written down too.
"""

from __future__ import annotations

import errno
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from player.errors import DiskFull, NotWritable
from player.store.place import content_folder

RESERVE = 16 * 1024 * 1024  # bytes that stay free: weeks of answers
_FULL = (errno.ENOSPC, errno.EDQUOT)


def check_room(home: Path, needed: int) -> None:
    """Raise DiskFull unless `needed` bytes and the reserve are free where the files lie.

    Raises DriveGone too.
    """
    folder = content_folder(home)
    free = max(0, shutil.disk_usage(folder).free - RESERVE)
    if needed > free:
        raise DiskFull(place=str(folder), needed=in_words(needed), free=in_words(free))


@contextmanager
def writing(home: Path, needed: int) -> Iterator[None]:
    """Turn the disk's faults inside the block into ours. `needed` bytes were to be written."""
    try:
        yield
    except OSError as error:
        if error.errno in _FULL:
            free = in_words(shutil.disk_usage(home).free)
            raise DiskFull(place=str(home), needed=in_words(needed), free=free) from error
        raise NotWritable(place=str(home)) from error


def in_words(size: int) -> str:
    """A number of bytes for a sentence, in decimal units."""
    for unit, worth in (("GB", 10**9), ("MB", 10**6), ("kB", 10**3)):
        if size >= worth:
            return f"{size / worth:.1f} {unit}"
    return f"{size} bytes"
