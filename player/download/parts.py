# SPDX-License-Identifier: Apache-2.0
"""What an interruption leaves: `parts/`, so that no byte is fetched twice.

A file of a repository on its way is two files here: `<sha256>.part`, its bytes at their places, and
`<sha256>.got`, which of them came, as intervals: two unsigned 64-bit little-endian integers each,
start and stop. An interval grows with every block that is written, after the block; so `kill -9`
costs nothing that was written. A power cut may leave intervals whose bytes never reached the disk;
nothing in here counts before its hash was checked, so that costs one piece.
"""

from __future__ import annotations

import logging
import os
import struct
import threading
from collections.abc import Iterable
from pathlib import Path

from player.store.blobs import sync

log = logging.getLogger(__name__)

Span = tuple[int, int]
"""Bytes `start` to `stop` (not included) of a file."""

_RECORD = struct.Struct("<QQ")
SYNC_EVERY = 8 * 1024 * 1024  # bytes: what a power cut may cost of one file, beyond the piece


class Run:
    """Bytes that came one after the other: one interval of a `.got` file, at `place` in it."""

    __slots__ = ("place", "start", "stop")

    def __init__(self, place: int, start: int, stop: int) -> None:
        self.place, self.start, self.stop = place, start, stop


class Part:
    """One file on its way. Any thread may `put`.

    Args:
        folder: where parts lie.
        name: the file's SHA-256.
        size: how many bytes it will have.
    """

    def __init__(self, folder: Path, name: str, size: int) -> None:
        folder.mkdir(parents=True, exist_ok=True)
        self.name, self.size = name, size
        self.path, self._got_path = folder / f"{name}.part", folder / f"{name}.got"
        self._lock = threading.Lock()
        self._unsynced = 0
        if self.path.is_symlink():
            self.path.unlink()  # on a drive that others use too it may lead anywhere
        self.path.touch()
        if self.path.stat().st_size > size:
            os.truncate(self.path, size)  # or it would never be whole
        spans = _known(self._got_path, min(size, self.path.stat().st_size))
        self._write_anew(spans)
        self._got = self._got_path.open("r+b", buffering=0)
        self._file = self.path.open("r+b", buffering=0)

    def _write_anew(self, spans: Iterable[Span]) -> None:
        """Begin the list of intervals again, so that it does not grow from start to start."""
        new = self._got_path.with_suffix(".new")
        write_anew(new, b"".join(_RECORD.pack(*span) for span in spans))
        new.replace(self._got_path)
        self._runs = [Run(at, *span) for at, span in enumerate(spans)]
        self._spans = list(spans)  # the runs, merged: few, however many runs there were

    @property
    def spans(self) -> list[Span]:
        """What is here, in order; neighbours are one."""
        return self._spans

    def missing(self, start: int, stop: int) -> list[Span]:
        """What of `start` to `stop` is not here."""
        return lacking(self.spans, start, stop)

    def put(self, run: Run | None, at: int, data: bytes) -> Run | None:
        """Write `data` to position `at`, except for bytes that are here already.

        Args:
            run: what the last `put` of the same stretch returned, None for the first.
            at: the position of the first byte.
            data: the bytes.
        """
        view = memoryview(data)
        with self._lock:
            for start, stop in lacking(self._spans, at, min(at + len(data), self.size)):
                if run is None or run.stop != start:
                    run = self._begin(start)
                self._write(start, view[start - at : stop - at])
                run.stop = stop
                self._note(run)
                self._spans = merged([*self._spans, (start, stop)])
        return run

    def _begin(self, start: int) -> Run:
        run = Run(len(self._runs), start, start)
        self._runs.append(run)
        return run

    def _write(self, at: int, left: memoryview) -> None:
        self._file.seek(at)
        while left:
            written = self._file.write(left)
            left = left[written:]
            self._unsynced += written

    def _note(self, run: Run) -> None:
        self._got.seek(run.place * _RECORD.size)
        self._got.write(_RECORD.pack(run.start, run.stop))

    def read(self, start: int, stop: int) -> bytes:
        """The bytes `start` to `stop`; fewer where the file ends."""
        data = bytearray()
        with self._lock:
            self._file.seek(start)
            while len(data) < stop - start and (more := self._file.read(stop - start - len(data))):
                data += more
        return bytes(data)

    def drop(self, start: int, stop: int) -> None:
        """Have the bytes `start` to `stop` no longer: they were wrong."""
        with self._lock:
            for run in list(self._runs):
                if run.stop <= start or run.start >= stop:
                    continue
                before, run.start = run.start, max(min(run.stop, stop), run.start)
                if before < start:  # noted first: a crash in between forgets nothing
                    kept = self._begin(before)
                    kept.stop = start
                    self._note(kept)
                self._note(run)
            self._spans = merged((run.start, run.stop) for run in self._runs)

    def settle(self, *, now: bool = False) -> None:
        """Have what came on the disk: every few MB, or `now`. The bytes before their intervals."""
        if not now and self._unsynced < SYNC_EVERY:
            return
        self._unsynced = 0
        sync(self.path)
        sync(self._got_path)

    def close(self) -> None:
        """Let the files go; what came stays."""
        with self._lock:
            self._file.close()
            self._got.close()

    def remove(self) -> None:
        """Have no part any more: the file is a blob now, or was wrong from end to end."""
        self.close()
        self._got_path.unlink(missing_ok=True)
        self.path.unlink(missing_ok=True)


def lacking(spans: Iterable[Span], start: int, stop: int) -> list[Span]:
    """What of `start` to `stop` is in none of `spans`, which are merged."""
    found = []
    for begin, end in spans:
        if end <= start or begin >= stop:
            continue
        if begin > start:
            found.append((start, begin))
        start = max(start, end)
    if start < stop:
        found.append((start, stop))
    return found


def total(spans: Iterable[Span]) -> int:
    """How many bytes `spans` have, which do not overlap."""
    return sum(stop - start for start, stop in spans)


def write_anew(file: Path, data: bytes) -> None:
    """Write a file that is ours alone, not what a link in its place leads to."""
    file.unlink(missing_ok=True)
    file.write_bytes(data)


def take_back(folder: Path, file: Path, name: str) -> None:
    """Have a blob's damaged file as a part again, so that only its wrong pieces are fetched."""
    size = file.stat().st_size
    folder.mkdir(parents=True, exist_ok=True)
    # First what is said to be there: a kill in between costs a look at nothing, not the pieces
    write_anew(folder / f"{name}.got", _RECORD.pack(0, size))
    file.replace(folder / f"{name}.part")


def clear(folder: Path) -> None:
    """Throw away every beginning: nothing is wanted that is not here."""
    for file in folder.glob("*"):
        file.unlink(missing_ok=True)


def begun(folder: Path, name: str) -> tuple[Path, list[Span]] | None:
    """The file of a beginning and what of it came; None where nothing did."""
    file = folder / f"{name}.part"
    spans = _known(folder / f"{name}.got", file.stat().st_size) if file.exists() else []
    return (file, spans) if spans else None


def amount(folder: Path) -> int:
    """How many bytes of beginnings are here."""
    return sum(total(_known(file, 2**63)) for file in folder.glob("*.got"))


def _known(got: Path, limit: int) -> list[Span]:
    """The intervals of a file, cut to `limit`; a record that a crash cut short is left out."""
    try:
        data = got.read_bytes()
    except FileNotFoundError:
        return []
    whole = data[: len(data) // _RECORD.size * _RECORD.size]
    spans = ((start, min(stop, limit)) for start, stop in _RECORD.iter_unpack(whole))
    return merged(spans)


def merged(spans: Iterable[Span]) -> list[Span]:
    """The same bytes as intervals that do not touch, in order."""
    found: list[Span] = []
    for start, stop in sorted(span for span in spans if span[0] < span[1]):
        if found and start <= found[-1][1]:
            found[-1] = (found[-1][0], max(stop, found[-1][1]))
        else:
            found.append((start, stop))
    return found
