# SPDX-License-Identifier: Apache-2.0
"""How many pages a PDF has, without a PDF library on the author's side.

Pages are objects of `/Type /Page`, in the open or in compressed object streams (ISO 32000-1,
7.5.7). Where a file hides them otherwise, encrypted for instance, the answer is 0: unknown.
"""

from __future__ import annotations

import re
import zlib

_PAGE = re.compile(rb"/Type\s*/Page(?![A-Za-z])")
_OBJECT_STREAM = re.compile(
    rb"<<[^<>]{0,400}/ObjStm[^<>]{0,400}>>\s*stream\r?\n(.*?)endstream", re.DOTALL
)
_UPDATED = re.compile(rb"%%EOF\s+\d+ \d+ obj")  # saved twice: pages may stand twice
_LARGEST = 16 * 1024 * 1024  # bytes of one unpacked object stream


def count_pages(data: bytes) -> int:
    """Return the number of pages of a PDF; 0 where it cannot be told."""
    if _UPDATED.search(data) or b"/Encrypt" in data:
        return 0
    hidden = (_unpacked(match[1]) for match in _OBJECT_STREAM.finditer(data))
    return len(_PAGE.findall(data)) + sum(len(_PAGE.findall(one)) for one in hidden)


def _unpacked(stream: bytes) -> bytes:
    try:
        return zlib.decompressobj().decompress(stream, _LARGEST)
    except zlib.error:
        return b""
