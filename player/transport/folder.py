# SPDX-License-Identifier: Apache-2.0
"""A folder or a stick, answering as a server with ranges would."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from typing import BinaryIO, NamedTuple

from player.errors import Offline
from player.transport.reply import Reply, local_path, place

BLOCK = 256 * 1024
_RANGE = re.compile(r"bytes=(\d+)-(\d*)\Z")


class Span(NamedTuple):
    """The bytes from `start` to `stop`, that one not included."""

    start: int
    stop: int


@contextmanager
def read_file(url: str, headers: Mapping[str, str]) -> Iterator[Reply]:
    """Answer a request for a `file:` URL; of the headers, `Range` is obeyed. Raises Offline."""
    stream = _open_file(url)
    if stream is None:
        yield Reply(404, url=url)
        return
    with stream:
        size = stream.seek(0, 2)
        yield answer(size, headers, lambda span: blocks(stream, span, url), url)


def _open_file(url: str) -> BinaryIO | None:
    try:
        path = local_path(url)
        # A pipe or a device, which a stick may hold, would never end: it is not opened
        return path.open("rb") if path.is_file() else None
    except (FileNotFoundError, ValueError):
        return None
    except OSError as error:
        raise Offline(place=place(url)) from error


def answer(
    size: int, headers: Mapping[str, str], body: Callable[[Span], Iterator[bytes]], url: str
) -> Reply:
    """The reply for a file of `size` bytes; `body` gives a span of it. `Range` is obeyed."""
    match = _RANGE.match(headers.get("Range", ""))
    if match is None:
        return Reply(200, {"content-length": str(size)}, body(Span(0, size)), url)
    span = Span(int(match[1]), min(int(match[2] or size) + 1, size))
    if span.start >= span.stop:
        return Reply(416, {"content-range": f"bytes */{size}"}, url=url)
    said = {
        "content-length": str(span.stop - span.start),
        "content-range": f"bytes {span.start}-{span.stop - 1}/{size}",
    }
    return Reply(206, said, body(span), url)


def blocks(stream: BinaryIO, span: Span, url: str) -> Iterator[bytes]:
    """The bytes of a span as they come. Raises Offline."""
    left = span.stop - span.start
    try:
        stream.seek(span.start)
        while left > 0 and (block := stream.read(min(BLOCK, left))):
            left -= len(block)
            yield block
    except OSError as error:  # the stick was pulled
        raise Offline(place=place(url)) from error
