# SPDX-License-Identifier: Apache-2.0
"""The text of a PDF, page by page; the one module that knows pypdf.

The file is untrusted. It may be no PDF, be locked, unpack to gigabytes or keep a reader busy for
ever: a process of its own reads it, `python -m player.search.pdf_text SECONDS MEGABYTES FILE`, in
streams of reasonable size. Whatever it stumbles over costs a page, or what comes behind, never the
program. A page that is read is a line of its output: JSON, its number and its pieces.
"""

from __future__ import annotations

import json
import logging
import os
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import IO, TYPE_CHECKING, TypeVar

from player import apart
from player.search.segments import MOST, Segment, clipped

if TYPE_CHECKING:
    from pypdf import Configuration, PageObject, PdfReader

log = logging.getLogger(__name__)

SECONDS = 30.0
"""For one file. A slide takes a hundredth, a printed page a tenth of one on an old PC."""

LARGEST = 64 * 1024 * 1024
"""Bytes of a file that is opened."""

LARGEST_STREAM = 8 * 1024 * 1024
"""Bytes that any part of it may unpack to; what draws a page of text has 10,000."""

OPERATIONS = 200_000
"""How much may be drawn on one page; a map has more, and no sentences."""

PAGES = 2000
"""How many pages are looked at."""

_STARTING = 60.0  # seconds for which it is waited longer, on an old disk that was asleep
_LOOK = 0.05  # seconds between two looks whether it is through
_MOST_READ = 16 * MOST * 1200  # bytes of its output that are believed to be text
_BEHIND = 10  # how far behind the window it stands in line for the processor (nice(2))

T = TypeVar("T")


class _TooLong(Exception):
    """The time is up."""


def segments(
    path: Path, alive: Callable[[], None] = lambda: None, seconds: float = SECONDS
) -> list[Segment] | None:
    """The pages of a PDF that have text, long ones in pieces; None for what cannot be read.

    Args:
        path: the file.
        alive: called now and then; may raise to stop.
        seconds: after which what was read until then is all.
    """
    if path.stat().st_size > LARGEST:
        log.warning("%s is too large to be searched", path.name)
        return None
    words = (str(seconds), str(apart.MEGABYTES), str(path))
    with tempfile.TemporaryFile() as output:
        process = subprocess.Popen(  # noqa: S603 - ourselves
            apart.command(__name__, *words),
            env=apart.environment(),
            stdin=subprocess.DEVNULL,
            stdout=output,
            stderr=subprocess.DEVNULL,
        )
        try:
            _await(process, alive, seconds + apart.AFTER + _STARTING)
        finally:
            process.kill()
            process.wait()
        output.seek(0)
        made = _said(output)
    if made is None:
        log.warning("%s cannot be read for the search", path.name)
    elif process.returncode:
        log.warning("%s takes too much: %d pieces of it can be found", path.name, len(made))
    return made


def _await(process: subprocess.Popen[bytes], alive: Callable[[], None], seconds: float) -> None:
    until = time.monotonic() + seconds
    while process.poll() is None and time.monotonic() < until:
        alive()
        time.sleep(_LOOK)


def _said(output: IO[bytes]) -> list[Segment] | None:
    """The pieces in what the process wrote, as far as it came; None where nothing was opened."""
    made: list[Segment] | None = None
    for line in output.read(_MOST_READ).splitlines(keepends=True):
        if line.endswith(b"\n"):  # the last one may be half of one
            number, parts = json.loads(line)
            made = made or []
            made += (Segment(str(part), page=int(number)) for part in parts)
    return made


def main(seconds: float, megabytes: int, path: Path) -> None:
    """Read a file, in a process of its own; exit code 1 where that took too long."""
    import pypdf  # noqa: PLC0415 - nobody else needs it

    apart.confine(megabytes)
    if sys.platform != "win32":
        os.nice(_BEHIND)
    logging.disable()
    with (
        apart.deadline(seconds),
        pypdf.apply_configuration(_limits(pypdf.Configuration())),
        path.open("rb") as file,
    ):
        for number, parts in _pages(lambda: pypdf.PdfReader(file), seconds):
            print(json.dumps((number, parts)), flush=True)  # noqa: T201 - what it is asked for


def _pages(opened: Callable[[], PdfReader], seconds: float) -> Iterator[tuple[int, list[str]]]:
    """The pieces of each page; before them none of page 0, when the file could be opened."""
    until, many = time.monotonic() + seconds, 0

    def watch(*_: object) -> None:
        if time.monotonic() > until:
            raise _TooLong

    reader = _guarded(lambda: _unlocked(opened()), watch)
    count = _guarded(lambda: len(reader.pages), watch) if reader else None
    if reader is None or count is None:
        return
    yield 0, []
    for at in range(min(count, PAGES)):
        text = _guarded(lambda at=at: _text(reader.pages[at], watch), watch)  # type: ignore[misc]
        parts = clipped(" ".join((text or "").split()))
        yield at + 1, parts
        many += len(parts)
        if many >= MOST:
            return


def _limits(usual: Configuration) -> Configuration:
    return usual.with_overwrites(
        maximum_declared_stream_length=LARGEST_STREAM,
        array_based_stream_maximum_output_length=LARGEST_STREAM,
        lzw_maximum_output_length=LARGEST_STREAM,
        run_length_maximum_output_length=LARGEST_STREAM,
        zlib_maximum_output_length=LARGEST_STREAM,
        stream_decoding_work_maximum_length=4 * LARGEST_STREAM,
        stream_parsing_work_maximum_count=OPERATIONS,
        jbig2dec_binary=None,  # it starts no other program
    )


def _unlocked(reader: PdfReader) -> PdfReader:
    if reader.is_encrypted and not reader.decrypt(""):
        raise ValueError("it asks for a password")
    return reader


def _text(page: PageObject, watch: Callable[..., None]) -> str:
    watch()
    return page.extract_text(visitor_operand_before=watch)


def _guarded(read: Callable[[], T], watch: Callable[[], None]) -> T | None:
    """What `read` returns; None where pypdf fails, which it does in every way there is."""
    try:
        return read()
    except _TooLong:
        raise
    except Exception:
        watch()  # what stops us, pypdf may have taken for a fault of the file
        return None


if __name__ == "__main__":
    try:
        main(float(sys.argv[1]), int(sys.argv[2]), Path(sys.argv[3]))
    except _TooLong:
        sys.exit(1)
