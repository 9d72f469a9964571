# SPDX-License-Identifier: Apache-2.0
"""The one way from untrusted JSON to typed values.

Unknown fields are accepted and kept by keeping the document's bytes; a newer major format is
refused with a sentence; a fault names its path in the file (`$.sections[0].title`).
"""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Any, TypeVar

import msgspec

from player.errors import Malformed, NewerFormat

T = TypeVar("T")

FORMAT = 1  # the major version of docs/format.md that this program reads and writes

_FORMAT = re.compile(r"cartable/(\d{1,9})(?:\.\d{1,9})?\Z")


class _Header(msgspec.Struct, frozen=True):
    format: str
    kind: str


def decode(
    data: bytes,
    kind: type[T],
    *,
    document: str,
    expected: str,
    arrange: Callable[[dict[str, Any]], None] = lambda _raw: None,
) -> T:
    """Return `data` (UTF-8 JSON) as a `kind`, after its header was checked.

    Args:
        data: the document's bytes.
        kind: a msgspec struct.
        document: what to call the document in a sentence.
        expected: the header's `kind`: "catalogue", "course", "quiz" or "platform".
        arrange: sets aside, in place, what a later minor version added to a closed set.

    Raises:
        Malformed: not JSON, not this kind of document, or a field that breaks the format.
        NewerFormat: a major format after `FORMAT`.
    """
    try:
        raw = msgspec.json.decode(data)
        header = msgspec.convert(raw, _Header)
        _check(header, document=document, expected=expected)
        arrange(raw)
        return msgspec.convert(raw, kind)
    except (msgspec.MsgspecError, UnicodeDecodeError, RecursionError) as error:
        reason = str(error)
        reason = reason if " - at `" in reason else f"{reason} - at `$`"
        raise Malformed(document=document, reason=reason) from error


def _check(header: _Header, *, document: str, expected: str) -> None:
    match = _FORMAT.match(header.format)
    if match is None:
        raise Malformed(
            document=document, reason=f"unknown format {header.format[:40]!r} - at `$.format`"
        )
    if int(match[1]) > FORMAT:
        raise NewerFormat(document=document, format=match[1])
    if int(match[1]) != FORMAT:
        raise Malformed(document=document, reason=f"no format {match[1]} - at `$.format`")
    if header.kind != expected:
        reason = f"expected a {expected}, found {header.kind[:40]!r} - at `$.kind`"
        raise Malformed(document=document, reason=reason)
