# SPDX-License-Identifier: Apache-2.0
"""A `.course` file, answering as a server with ranges would, without ever being unpacked.

It is a zip with a repository in it (docs/format.md, "A `.course` file"), and may come from anybody:
what is encrypted, stands there twice, or does not lie where the table says, is not there; nothing
gives more bytes than it promised, and a table of more than 4 MiB is not read.
"""

from __future__ import annotations

import errno
import io
import os
import struct
import zipfile
import zlib
from collections import Counter
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from functools import lru_cache
from pathlib import Path
from typing import BinaryIO, NamedTuple

from player.errors import BadCourseFile, Offline
from player.transport.folder import BLOCK, Span, answer, blocks
from player.transport.reply import Reply, local_path, place

ENDING = ".course"

_TABLE = 4 * 1024 * 1024  # bytes of the central directory: some 30,000 files
_DEFLATED = 32 * 1024 * 1024  # bytes: the most that a document may have (docs/format.md)
_LOCAL = struct.Struct("<4s22xHH")  # APPNOTE.TXT 4.3.7: signature, …, lengths of name and extra
_ENCRYPTED = 0x1


class _Entry(NamedTuple):
    """Where a file lies: `header` begins it, `stored` bytes follow, `size` once unpacked."""

    header: int
    stored: int
    size: int
    deflated: bool


def inside(url: str) -> tuple[Path, str] | None:
    """The `.course` file that a `file:` URL leads into, and the name in it; None for no such."""
    if ENDING not in url.lower():
        return None
    try:
        path = local_path(url)
        for outer in (*reversed(path.parents), path):
            if outer.name.lower().endswith(ENDING) and outer.is_file():
                return outer, path.relative_to(outer).as_posix()
    except (OSError, ValueError):
        pass  # `folder` says what is wrong with it
    return None


@contextmanager
def read_member(file: Path, name: str, headers: Mapping[str, str], url: str) -> Iterator[Reply]:
    """Answer a request for `name` in a `.course` file; of the headers, `Range` is obeyed.

    Raises:
        Offline: it cannot be read; the body raises it too.
        BadCourseFile: it is no zip, or a broken one.
    """
    try:
        stream = file.open("rb")
    except OSError as error:
        raise Offline(place=place(url)) from error
    with stream:
        try:
            entry = _table(file, _state(stream)).get(name)
            start = _start(stream, entry) if entry else None
        except OSError as error:
            raise Offline(place=place(url)) from error
        if entry is None or start is None:
            yield Reply(404, url=url)
            return

        def body(span: Span) -> Iterator[bytes]:
            if entry.deflated:
                stream.seek(start)
                return _inflated(stream, entry, span, file)
            return blocks(stream, Span(start + span.start, start + span.stop), url)

        yield answer(entry.size, headers, body, url)


def _state(stream: BinaryIO) -> tuple[int, int, int]:
    """What changes when the file is another one."""
    found = os.fstat(stream.fileno())
    return found.st_size, found.st_mtime_ns, found.st_ino


@lru_cache(maxsize=8)
def _table(file: Path, state: tuple[int, int, int]) -> dict[str, _Entry]:  # noqa: ARG001 - a key
    try:
        with _Careful(io.FileIO(file)) as stream, zipfile.ZipFile(stream) as archive:
            listed = archive.infolist()
    except (zipfile.BadZipFile, NotImplementedError, ValueError, struct.error, EOFError) as error:
        raise BadCourseFile(place=file) from error
    except OSError as error:
        if error.errno != errno.EINVAL:  # a place before the beginning of the file
            raise
        raise BadCourseFile(place=file) from error
    names = Counter(one.filename for one in listed)
    return {one.filename: _entry(one) for one in listed if names[one.filename] == 1 and _fits(one)}


class _Careful(io.BufferedReader):
    """Reads no more at once than a table may have, whatever the file says of its table."""

    def read(self, size: int | None = -1, /) -> bytes:
        if size is not None and size > _TABLE:
            raise zipfile.BadZipFile(f"a table of {size} bytes")
        return super().read(size)


def _fits(one: zipfile.ZipInfo) -> bool:
    if one.flag_bits & _ENCRYPTED:
        return False
    if one.compress_type == zipfile.ZIP_DEFLATED:
        return max(one.file_size, one.compress_size) <= _DEFLATED
    return one.compress_type == zipfile.ZIP_STORED and one.compress_size == one.file_size


def _entry(one: zipfile.ZipInfo) -> _Entry:
    deflated = one.compress_type == zipfile.ZIP_DEFLATED
    return _Entry(one.header_offset, one.compress_size, one.file_size, deflated)


def _start(stream: BinaryIO, entry: _Entry) -> int | None:
    """Where its bytes begin; None where they do not lie in the file."""
    if entry.header < 0:
        return None
    stream.seek(entry.header)
    head = stream.read(_LOCAL.size)
    if len(head) < _LOCAL.size:
        return None
    signature, name, extra = _LOCAL.unpack(head)
    start: int = entry.header + _LOCAL.size + name + extra
    fits = start + entry.stored <= stream.seek(0, os.SEEK_END)
    return start if fits and signature == b"PK\3\4" else None


def _inflated(stream: BinaryIO, entry: _Entry, span: Span, file: Path) -> Iterator[bytes]:
    """The bytes of `span`; the stream stands where the deflated ones begin."""
    inflate = zlib.decompressobj(-zlib.MAX_WBITS)
    at, stored = 0, entry.stored
    try:
        while at < span.stop:
            data = inflate.unconsumed_tail
            if not data:
                data = stream.read(min(BLOCK, stored))
                stored -= len(data)
            block = inflate.decompress(data, BLOCK)
            if not block and (inflate.eof or not data):  # it ends before it said it would
                raise BadCourseFile(place=file)
            wanted = block[max(0, span.start - at) : span.stop - at]
            at += len(block)
            if wanted:
                yield wanted
    except zlib.error as error:
        raise BadCourseFile(place=file) from error
    except OSError as error:  # the stick was pulled
        raise Offline(place=file) from error
