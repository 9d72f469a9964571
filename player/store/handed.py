# SPDX-License-Identifier: Apache-2.0
"""Files that a learner hands in: copied into the home when chosen, `handed/<aa>/<sha256>`.

They are the learner's work, not a course's: no cleaning up touches them, and neither moving nor
deleting a course does. Where a copy fails nothing is left of it but a `.part`, which goes with the
next one.
"""

from __future__ import annotations

import hashlib
import mimetypes
import os
import re
import stat
import unicodedata
from collections.abc import Iterator, Sequence
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path
from typing import BinaryIO

from player.errors import (
    FileGone,
    FileIsEmpty,
    FileNotAccepted,
    FileTooLarge,
    NotAFile,
)
from player.store.blobs import BLOCK, sync
from player.store.saving import refused

FOLDER = "handed"
PIECE = 256 * 1024  # bytes: what a line of 1 kB/s carries between two cuts
_LINE = re.compile(r"([0-9a-f]{64}) ([1-9]\d{0,15}) (.+)")
_LONGEST = 120  # characters of a name
_HEADS = {
    b"\xff\xd8\xff": "image/jpeg",
    b"\x89PNG\r\n": "image/png",
    b"%PDF-": "application/pdf",
}
_TYPES = mimetypes.MimeTypes()  # of Python's own table: what a system's adds differs from PC to PC
_OFFICE = "application/vnd.openxmlformats-officedocument"
for _ending, _kind in {
    ".heic": "image/heic",
    ".heif": "image/heif",
    ".avif": "image/avif",
    ".webp": "image/webp",
    ".m4a": "audio/mp4",
    ".md": "text/markdown",
    ".rtf": "application/rtf",
    ".odt": "application/vnd.oasis.opendocument.text",
    ".ods": "application/vnd.oasis.opendocument.spreadsheet",
    ".odp": "application/vnd.oasis.opendocument.presentation",
    ".docx": f"{_OFFICE}.wordprocessingml.document",
    ".xlsx": f"{_OFFICE}.spreadsheetml.sheet",
    ".pptx": f"{_OFFICE}.presentationml.presentation",
}.items():
    _TYPES.add_type(_kind, _ending)


@dataclass(frozen=True, slots=True)
class File:
    """A file that was chosen. `size` in bytes; `name` is what the learner called it."""

    sha256: str
    size: int
    name: str

    @property
    def line(self) -> str:
        """How it stands in an answer."""
        return f"{self.sha256} {self.size} {self.name}"

    @property
    def pieces(self) -> int:
        """In how many pieces it travels."""
        return -(-self.size // PIECE)


def file_of(line: str) -> File | None:
    """What a line of an answer names; None where that is no file of this PC."""
    match = _LINE.fullmatch(line)
    return File(match[1], int(match[2]), match[3]) if match else None


def path(home: Path, sha256: str) -> Path:
    """Where a file lies, or would lie."""
    return home / FOLDER / sha256[:2] / sha256


def is_here(home: Path, file: File) -> bool:
    """Whether it lies there in its whole length."""
    with suppress(OSError):
        return path(home, file.sha256).stat().st_size == file.size
    return False


def named(name: str) -> str:
    """A name that can stand in an answer: one line, no control characters, and not for ever."""
    text = unicodedata.normalize("NFC", name.encode("utf-8", "replace").decode())
    text = "".join(one for one in text if one.isprintable()).replace("[,]", "(,)").strip()
    stem, dot, ending = text.rpartition(".")
    if len(text) > _LONGEST and dot and len(ending) < 12:
        return f"{stem[: _LONGEST - len(ending) - 1]}.{ending}"
    return text[:_LONGEST] or "file"


def type_of(name: str, head: bytes = b"") -> str:
    """The media type, by the name or, where that says nothing, by the first bytes; '' unknown."""
    found = _TYPES.guess_type(name)[0]
    return found or next((kind for magic, kind in _HEADS.items() if head.startswith(magic)), "")


def fits(kind: str, accept: Sequence[str]) -> bool:
    """Whether a media type is one of `accept`, where `image/*` is every picture; all if empty."""
    family = f"{kind.partition('/')[0]}/*"
    return not accept or any(one.lower() in (kind, family, "*/*") for one in accept)


def endings(accept: Sequence[str]) -> list[str]:
    """How the names of such files end, the usual one of each type first; none where all fit."""
    known = {**_TYPES.types_map[False], **_TYPES.types_map[True]}
    usual = {"image/jpeg": ".jpg", "text/plain": ".txt"}
    found = [end for end, kind in known.items() if accept and fits(kind, accept)]
    return sorted(found, key=lambda end: end != usual.get(known[end]))


def check(source: Path, accept: Sequence[str] = (), most: int = 2**40) -> int:
    """The size of a file that may be handed in, in bytes.

    Raises:
        NotAFile, FileGone, FileIsEmpty, FileNotAccepted, FileTooLarge: as they say.
    """
    name = named(source.name)
    try:
        found = source.lstat()
        if not stat.S_ISREG(found.st_mode):  # a pipe would never end
            raise NotAFile(name=name)
        with source.open("rb") as stream:
            head = stream.read(16)
    except OSError as error:
        raise FileGone(name=name) from error
    if not found.st_size:
        raise FileIsEmpty(name=name)
    if not fits(type_of(name, head), accept):
        raise FileNotAccepted(name=name, types=", ".join(accept))
    if found.st_size > most:
        sizes = {"size": _megabytes(found.st_size), "most": _megabytes(most)}
        raise FileTooLarge(name=name, **sizes)
    return found.st_size


def keep(home: Path, source: Path, accept: Sequence[str] = (), most: int = 2**40) -> File:
    """Copy a file into the home; on the disk when this returns, whatever becomes of `source`.

    Raises:
        FileProblem: as `check`, also where it is unplugged or changes meanwhile.
        DiskFull, NotWritable: of this home.
    """
    name, expected = named(source.name), check(source, accept, most)
    with _coming(home, expected) as (target, part):
        try:
            stream = source.open("rb")
        except OSError as error:
            raise FileGone(name=name) from error
        with stream:
            found, size = _copy(stream, target, name, expected)
        if size != expected:
            raise FileGone(name=name)
        _put(home, target, part, found)
    return File(found, size, name)


def keep_bytes(home: Path, data: bytes, name: str) -> File:
    """Keep what the program made of a file, a smaller picture say. Raises: see `keep`."""
    found = hashlib.sha256(data).hexdigest()
    with _coming(home, len(data)) as (target, part):
        target.write(data)
        _put(home, target, part, found)
    return File(found, len(data), named(name))


def piece(home: Path, file: File, number: int) -> bytes:
    """The bytes of a piece, numbered from 1. Raises FileGone."""
    try:
        with path(home, file.sha256).open("rb") as stream:
            stream.seek((number - 1) * PIECE)
            return stream.read(PIECE)
    except OSError as error:
        raise FileGone(name=file.name) from error


def stored(home: Path) -> Iterator[Path]:
    """Every file that lies there."""
    yield from sorted((home / FOLDER).glob("??/*"))


def _copy(stream: BinaryIO, target: BinaryIO, name: str, most: int) -> tuple[str, int]:
    """Copy no more than one byte too many; the hash and how many there were."""
    found, size = hashlib.sha256(), 0
    while size <= most:
        try:
            block = stream.read(min(BLOCK, most + 1 - size))
        except OSError as error:
            raise FileGone(name=name) from error
        if not block:
            break
        target.write(block)
        found.update(block)
        size += len(block)
    return found.hexdigest(), size


@contextmanager
def _coming(home: Path, size: int) -> Iterator[tuple[BinaryIO, Path]]:
    """A new file to write into; gone again where its block fails."""
    folder = home / FOLDER
    part = folder / f"{os.getpid()}-{os.urandom(4).hex()}.part"
    try:
        folder.mkdir(exist_ok=True)
        with part.open("wb") as target:
            yield target, part
    except OSError as error:
        raise refused(error, home, size) from error
    finally:
        with suppress(OSError):
            part.unlink(missing_ok=True)


def _put(home: Path, target: BinaryIO, part: Path, sha256: str) -> None:
    """Give a whole file its name; on the disk when this returns."""
    target.flush()
    os.fsync(target.fileno())
    target.close()
    goal = path(home, sha256)
    goal.parent.mkdir(exist_ok=True)
    part.replace(goal)
    for folder in (goal.parent, goal.parent.parent, home):
        sync(folder)


def _megabytes(size: int) -> str:
    return f"{size / 1e6:.1f} MB" if size >= 100_000 else f"{size} B"
