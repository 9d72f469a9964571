# SPDX-License-Identifier: Apache-2.0
"""The text of a PDF, page by page; the one module that knows pypdf.

The file is untrusted. It may be no PDF, be locked, unpack to gigabytes or keep a reader busy for
hours: it is read for `SECONDS` at the most, in streams of reasonable size, and whatever pypdf
stumbles over costs a page or the file, never the program.
"""

from __future__ import annotations

import logging
import time
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, TypeVar

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

_PAUSE = 0.004  # seconds before each page: the window has the interpreter to itself for a moment

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
    import pypdf  # noqa: PLC0415 - only whoever has a new PDF needs it

    if path.stat().st_size > LARGEST:
        log.warning("%s is too large to be searched", path.name)
        return None
    logging.getLogger("pypdf").setLevel(logging.CRITICAL)  # it has a word for every blemish
    until = time.monotonic() + seconds

    def watch(*_: object) -> None:
        alive()
        if time.monotonic() > until:
            raise _TooLong

    made: list[Segment] = []
    with pypdf.apply_configuration(_limits(pypdf.Configuration())), path.open("rb") as file:
        try:
            reader = _guarded(path, lambda: _unlocked(pypdf.PdfReader(file)), watch)
            count = _guarded(path, lambda: len(reader.pages), watch) if reader else None
            if reader is None or count is None:
                return None
            for number in range(min(count, PAGES)):
                text = _guarded(path, lambda at=number: _text(reader.pages[at], watch), watch)  # type: ignore[misc]
                parts = clipped(" ".join((text or "").split()))
                made += [Segment(part, page=number + 1) for part in parts]
                if len(made) >= MOST:
                    break
        except _TooLong:
            log.warning("%s takes too long: %d pieces of it can be found", path.name, len(made))
    return made


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
    time.sleep(_PAUSE)
    return page.extract_text(visitor_operand_before=watch)


def _guarded(path: Path, read: Callable[[], T], watch: Callable[[], None]) -> T | None:
    """What `read` returns; None where pypdf fails, which it does in every way there is."""
    try:
        return read()
    except _TooLong:
        raise
    except Exception as error:
        watch()  # what stops us, pypdf may have taken for a fault of the file
        told = f"{type(error).__name__}: {error}"[:200]
        log.warning("%s cannot be read for the search: %s", path.name, told)
        return None
