# SPDX-License-Identifier: Apache-2.0
"""Opens an export without trusting it.

No name from an archive ever becomes a path on this disk: members are kept under numbers and found
again by name in a dictionary. So names that climb out, names that differ only by case, names that
Windows reserves and ten thousand nested folders have nothing to act on; the first and the last
are refused all the same, since no honest export holds them.
"""

from __future__ import annotations

import bz2
import gzip
import lzma
import os
import shutil
import stat
import tarfile
import zipfile
import zlib
from dataclasses import dataclass
from pathlib import PurePosixPath
from typing import IO, TYPE_CHECKING, cast

from player.errors import BadExport

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

_DAMAGED = (
    tarfile.TarError,
    zipfile.BadZipFile,
    zlib.error,
    lzma.LZMAError,
    EOFError,
    OSError,  # gzip and bz2 say so when the content is damaged; it has no errno then
    RuntimeError,  # zipfile: the file is encrypted
    NotImplementedError,  # zipfile: a compression it does not know
    ValueError,
)
_CHUNK = 1 << 20


@dataclass(frozen=True, slots=True)
class Limits:
    """How much an export may hold before it is taken for an attack or a mistake."""

    files: int = 200_000
    bytes: int = 4 << 30
    depth: int = 64


def gather(archive: Path, room: Path, limits: Limits | None = None) -> Mapping[str, Path]:
    """All files of an export: name inside it, with `/` -> a readable file on this disk.

    A folder is read where it stands; an archive (tar, plain or in gz, xz or bz2; zip) is unpacked
    into `room`, which must exist. Links, devices and the leavings of a Mac are skipped.

    Raises:
        BadExport: damaged, too large, or a name that leaves the archive.
    """
    limits = limits or Limits()
    if archive.is_dir():
        return _walk(archive, limits)
    try:
        with archive.open("rb") as file:
            if file.read(2) == b"PK":
                return _unzip(archive, room, limits)
            return _untar(archive, room, limits)
    except _DAMAGED as error:
        if isinstance(error, OSError) and error.errno is not None:
            raise  # the disk, not the archive
        reason = f"the file is damaged or of another kind ({error})"
        raise BadExport(place=archive, reason=reason) from error


def _walk(folder: Path, limits: Limits) -> dict[str, Path]:
    """The files of an unpacked export. Links are not followed: they may lead anywhere."""
    files: dict[str, Path] = {}
    waiting = [folder]
    while waiting:
        with os.scandir(waiting.pop()) as entries:
            for entry in entries:
                path = folder.__class__(entry.path)
                name = _checked(path.relative_to(folder).as_posix(), folder, limits)
                if entry.is_dir(follow_symlinks=False):
                    waiting.append(path)
                elif entry.is_file(follow_symlinks=False) and not _leavings(name):
                    files[name] = path
        _count(len(files), folder, limits)
    return files


def _untar(archive: Path, room: Path, limits: Limits) -> dict[str, Path]:
    files: dict[str, Path] = {}
    with _expanded(archive) as stream:
        bounded = cast("IO[bytes]", _Bounded(stream, archive, limits.bytes))
        with tarfile.open(fileobj=bounded, mode="r:") as tar:
            for number, member in enumerate(tar):
                _count(number, archive, limits)
                name = _checked(member.name, archive, limits)
                content = None
                if member.isreg() and not member.issparse() and not _leavings(name):
                    content = tar.extractfile(member)
                if content is not None:
                    files[name] = _keep(content, room / f"{number:06d}")
        while bounded.read(_CHUNK):
            pass  # to the end: the checksum of gz and xz comes last
    return files


def _unzip(archive: Path, room: Path, limits: Limits) -> dict[str, Path]:
    files: dict[str, Path] = {}
    declared = 0
    with zipfile.ZipFile(archive) as bundle:
        _count(len(bundle.infolist()), archive, limits)
        for number, member in enumerate(bundle.infolist()):
            name = _checked(member.filename, archive, limits)
            mode = stat.S_IFMT(member.external_attr >> 16)
            if member.is_dir() or mode not in (0, stat.S_IFREG) or _leavings(name):
                continue
            declared += member.file_size  # zipfile never hands out more than a member declares
            if declared > limits.bytes:
                raise _too_large(archive, limits.bytes)
            with bundle.open(member) as content:
                files[name] = _keep(content, room / f"{number:06d}")
    return files


class _Bounded:
    """A stream that ends a bomb early.

    It counts what was really expanded, and refuses the one huge read that `tarfile` makes for
    the extended header of a member (an honest one has a few hundred bytes).
    """

    def __init__(self, stream: IO[bytes], archive: Path, limit: int) -> None:
        self._stream = stream
        self._archive = archive
        self._limit = limit

    def read(self, size: int) -> bytes:
        if not 0 <= size <= 4 * _CHUNK or self._stream.tell() + size > self._limit + 4 * _CHUNK:
            raise _too_large(self._archive, self._limit)
        return self._stream.read(size)

    def seek(self, position: int) -> int:
        if position > self._limit + 4 * _CHUNK:
            raise _too_large(self._archive, self._limit)
        return self._stream.seek(position)

    def tell(self) -> int:
        return self._stream.tell()


def _expanded(archive: Path) -> IO[bytes]:
    with archive.open("rb") as file:
        magic = file.read(6)
    if magic.startswith(b"\x1f\x8b"):
        return cast("IO[bytes]", gzip.open(archive))
    if magic.startswith(b"\xfd7zXZ"):
        return cast("IO[bytes]", lzma.open(archive))
    if magic.startswith(b"BZh"):
        return cast("IO[bytes]", bz2.open(archive))
    return archive.open("rb")


def _keep(content: IO[bytes], path: Path) -> Path:
    with path.open("wb") as out:
        shutil.copyfileobj(content, out, _CHUNK)
    return path


def _checked(name: str, archive: Path, limits: Limits) -> str:
    """The name without `./`, or a refusal."""
    path = PurePosixPath(name.replace("\\", "/"))
    if path.is_absolute() or ".." in path.parts or ":" in str(path)[:2]:
        raise BadExport(place=archive, reason=f"it wants to write outside its folder ({name!r})")
    if len(path.parts) > limits.depth:
        raise BadExport(place=archive, reason=f"more than {limits.depth} folders lie in each other")
    return str(path)


def _leavings(name: str) -> bool:
    parts = name.split("/")
    return parts[-1].startswith("._") or parts[-1] == ".DS_Store" or "__MACOSX" in parts


def _count(files: int, archive: Path, limits: Limits) -> None:
    if files > limits.files:
        raise BadExport(place=archive, reason=f"it holds more than {limits.files} files")


def _too_large(archive: Path, limit: int) -> BadExport:
    return BadExport(place=archive, reason=f"unpacked, it is larger than {limit >> 20} MiB")
