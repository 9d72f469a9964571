# SPDX-License-Identifier: Apache-2.0
"""A folder or a stick, answering as a server with ranges would."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from typing import BinaryIO

from player.errors import Offline
from player.transport.reply import Reply, local_path, place

BLOCK = 256 * 1024
_RANGE = re.compile(r"bytes=(\d+)-(\d*)\Z")


@contextmanager
def read_file(url: str, headers: Mapping[str, str]) -> Iterator[Reply]:
    """Answer a request for a `file:` URL; of the headers, `Range` is obeyed. Raises Offline."""
    stream = _open_file(url)
    if stream is None:
        yield Reply(404, url=url)
        return
    with stream:
        yield _opened(stream, headers.get("Range", ""), url)


def _open_file(url: str) -> BinaryIO | None:
    try:
        path = local_path(url)
        # A pipe or a device, which a stick may hold, would never end: it is not opened
        return path.open("rb") if path.is_file() else None
    except (FileNotFoundError, ValueError):
        return None
    except OSError as error:
        raise Offline(place=place(url)) from error


def _opened(stream: BinaryIO, wanted: str, url: str) -> Reply:
    size = stream.seek(0, 2)
    match = _RANGE.match(wanted)
    if match is None:
        stream.seek(0)
        return Reply(200, {"content-length": str(size)}, _blocks(stream, size, url), url)
    start, stop = int(match[1]), min(int(match[2] or size) + 1, size)
    if start >= stop:
        return Reply(416, {"content-range": f"bytes */{size}"}, url=url)
    stream.seek(start)
    answer = {
        "content-length": str(stop - start),
        "content-range": f"bytes {start}-{stop - 1}/{size}",
    }
    return Reply(206, answer, _blocks(stream, stop - start, url), url)


def _blocks(stream: BinaryIO, left: int, url: str) -> Iterator[bytes]:
    try:
        while left > 0 and (block := stream.read(min(BLOCK, left))):
            left -= len(block)
            yield block
    except OSError as error:  # the stick was pulled
        raise Offline(place=place(url)) from error
