# SPDX-License-Identifier: Apache-2.0
"""Files of a repository: each whole or not there, whatever happens in between.

A file is written beside its place as `<name>.part`, brought to the disk (fsync), then renamed.
"""

from __future__ import annotations

import errno
import gzip
import hashlib
import os
import shutil
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import BinaryIO

from player.errors import Damaged, DiskFull, NotAFolder, NotWritable
from player.publish.folder import Content

PART = ".part"
_LOCK = ".publishing.lock"
_CHUNK = 1024 * 1024


def put(path: Path, data: bytes, mode: int = 0o666) -> None:
    """Write `data` to `path`, whole or not at all; for whom `mode` and the umask allow."""
    prepare(path, data, mode)
    finish(path)


def put_with_gzip(path: Path, data: bytes) -> None:
    """Write `data`, and the same compressed in `<name>.gz`; the same bytes every time."""
    put(beside(path, ".gz"), gzip.compress(data, 9, mtime=0))
    put(path, data)


def put_once(path: Path, data: bytes) -> int:
    """Write a file that is named by its hash, unless it is there; return the bytes written."""
    if is_there(path, len(data)):
        return 0
    put(path, data)
    return len(data)


def copy_once(content: Content, path: Path) -> int:
    """The same for a content that is in a file.

    Raises:
        Damaged: the file has changed since it was read.
    """
    if is_there(path, content.size):
        return 0
    if content.path is None:
        return put_once(path, content.read())
    path.parent.mkdir(parents=True, exist_ok=True)
    with content.path.open("rb") as source, beside(path, PART).open("wb") as target:
        digest = hashlib.sha256()
        while chunk := source.read(_CHUNK):
            digest.update(chunk)
            target.write(chunk)
        _to_disk(target.fileno(), target)
    if digest.hexdigest() != content.sha256:
        beside(path, PART).unlink()
        raise Damaged(what=content.path.name, place=content.path.parent)
    finish(path)
    return content.size


def is_there(path: Path, size: int) -> bool:
    """Whether a file of that size is at `path`."""
    try:
        return path.stat().st_size == size
    except FileNotFoundError:
        return False


def prepare(path: Path, data: bytes, mode: int = 0o666) -> None:
    """Write `data` beside `path`, to be put in its place by `finish`."""
    path.parent.mkdir(parents=True, exist_ok=True)
    with open(beside(path, PART), "wb", opener=lambda name, how: os.open(name, how, mode)) as file:
        file.write(data)
        _to_disk(file.fileno(), file)


def finish(path: Path) -> None:
    """Put what was prepared in its place."""
    beside(path, PART).replace(path)
    if sys.platform != "win32":  # Windows cannot open a folder, and journals renames itself
        folder = os.open(path.parent, os.O_RDONLY)
        try:
            os.fsync(folder)
        finally:
            os.close(folder)


@contextmanager
def written(path: Path) -> Iterator[BinaryIO]:
    """A file to write, whole at `path` after the `with`, or not there at all."""
    part = beside(path, PART)
    try:
        with part.open("wb") as file:
            yield file
            _to_disk(file.fileno(), file)
        finish(path)
    except BaseException:
        part.unlink(missing_ok=True)
        raise


def beside(path: Path, ending: str) -> Path:
    """The path with `ending` behind its name."""
    return path.with_name(path.name + ending)


def _to_disk(handle: int, file: object) -> None:
    file.flush()  # type: ignore[attr-defined]
    os.fsync(handle)


@contextmanager
def locked(repository: Path) -> Iterator[None]:
    """Hold the repository against a second publisher; the system lets go if we are killed.

    Raises:
        NotAFolder: another publisher holds it.
        DiskFull, NotWritable: for whatever is written inside the `with`.
    """
    with disk_faults(repository):
        repository.mkdir(parents=True, exist_ok=True)
        with (repository / _LOCK).open("ab") as file:
            _lock(file.fileno(), repository)
            yield


@contextmanager
def disk_faults(folder: Path) -> Iterator[None]:
    """Say what a disk refuses. Raises DiskFull, NotWritable for what is written into `folder`."""
    try:
        yield
    except PermissionError as error:
        raise NotWritable(place=folder) from error
    except OSError as error:
        if error.errno not in (errno.ENOSPC, errno.EDQUOT):
            raise
        free = shutil.disk_usage(folder).free
        raise DiskFull(place=folder, needed="some MB", free=f"{free // 1024} KiB") from error


if sys.platform == "win32":  # pragma: no cover
    import msvcrt

    def _lock(handle: int, repository: Path) -> None:
        try:
            msvcrt.locking(handle, msvcrt.LK_NBLCK, 1)
        except OSError as error:
            raise _in_use(repository) from error
else:
    import fcntl

    def _lock(handle: int, repository: Path) -> None:
        try:
            fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except OSError as error:
            raise _in_use(repository) from error


def _in_use(repository: Path) -> NotAFolder:
    return NotAFolder(place=repository, reason="another program is publishing into it right now")
