# SPDX-License-Identifier: Apache-2.0
"""A file for somebody, on a stick say: whole or not at all, and what its disk refuses is said."""

from __future__ import annotations

import errno
import shutil
from pathlib import Path

from player.errors import DiskFull, NotWritable
from player.store import place


def write(path: Path, data: bytes) -> None:
    """Write a file whole or not at all; on the disk when this returns.

    Raises:
        DiskFull, NotWritable: nothing was written.
    """
    try:
        place.write(path, data)
    except OSError as error:
        raise refused(error, path.parent, len(data)) from error


def refused(error: OSError, folder: Path, size: int) -> DiskFull | NotWritable:
    """What to raise where `size` bytes could not be written into `folder`."""
    if error.errno in (errno.ENOSPC, errno.EDQUOT):
        free = f"{shutil.disk_usage(folder).free / 1e6:.1f} MB"
        return DiskFull(place=str(folder), needed=f"{size / 1e6:.1f} MB", free=free)
    return NotWritable(place=str(folder))
