# SPDX-License-Identifier: Apache-2.0
"""The one way from untrusted JSON to typed values.

Unknown fields are accepted and kept by keeping the document's bytes; a newer major format is
refused with a sentence; a fault names its path in the file (`$.sections[0].title`).
"""

from __future__ import annotations

import re
from typing import TypeVar

import msgspec

from player.errors import Malformed, NewerFormat

T = TypeVar("T")

FORMAT = 1  # the major version of docs/format.md that this program reads and writes

_FORMAT = re.compile(r"cartable/(\d+)(?:\.\d+)?\Z")


class _Header(msgspec.Struct, frozen=True):
    format: str
    kind: str


def decode(data: bytes, kind: type[T], *, document: str, expected: str) -> T:
    """Return `data` (UTF-8 JSON) as a `kind`, after its header was checked.

    Args:
        data: the document's bytes.
        kind: a msgspec struct.
        document: what to call the document in a sentence.
        expected: the header's `kind`: "catalogue", "course", "quiz" or "platform".

    Raises:
        Malformed: not JSON, not this kind of document, or a field that breaks the format.
        NewerFormat: a major format after `FORMAT`.
    """
    try:
        header = msgspec.json.decode(data, type=_Header)
    except (msgspec.MsgspecError, RecursionError) as error:
        raise Malformed(document=document, reason=str(error)) from error
    check_header(header.format, header.kind, document=document, expected=expected)
    try:
        return msgspec.json.decode(data, type=kind)
    except (msgspec.MsgspecError, RecursionError) as error:
        raise Malformed(document=document, reason=str(error)) from error


def check_header(format_: str, kind: str, *, document: str, expected: str) -> None:
    """Raise `NewerFormat` or `Malformed` unless the header is one of ours."""
    match = _FORMAT.match(format_)
    if match is None:
        raise Malformed(
            document=document, reason=f"unknown format {format_[:40]!r} - at `$.format`"
        )
    if int(match[1]) > FORMAT:
        raise NewerFormat(document=document, format=match[1])
    if kind != expected:
        reason = f"expected a {expected}, found {kind[:40]!r} - at `$.kind`"
        raise Malformed(document=document, reason=reason)
