# SPDX-License-Identifier: Apache-2.0
"""What a request asks for: HTTP/1.1 (RFC 9112) as far as reading needs it, and no further.

Anybody in the network may send anything. What is not plainly a GET or a HEAD is refused.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from urllib.parse import urlsplit

from player.course.peer import is_near

MOST_FIELDS = 64

_TOKEN = r"[!#$%&'*+.^_`|~0-9A-Za-z-]+"  # noqa: S105 - a word of RFC 9110 §5.6.2
_FIRST = re.compile(rf"({_TOKEN}) (?:http://[!-.0-~]+)?(/[!-~]*) HTTP/1\.([01])")
_FIELD = re.compile(rf"({_TOKEN}):[ \t]*([^\x00-\x08\x0a-\x1f\x7f]*?)[ \t]*")
_RANGE = re.compile(r"bytes=(\d{0,18})-(\d{0,18})", re.IGNORECASE)


class Refused(Exception):
    """A request that is answered with this status, and with nothing else."""

    def __init__(self, status: int) -> None:
        super().__init__(status)
        self.status = status


@dataclass(frozen=True, slots=True)
class Asked:
    """A request. `fields` have lower-case names; `stay`: another one may follow."""

    method: str
    path: str
    fields: Mapping[str, str]
    stay: bool


def parse(head: bytes) -> Asked:
    """Return what a head asks for; it comes without the empty line at its end.

    Raises:
        Refused: 400 not HTTP, or with a body; 405 another method; 421 addressed to a name that is
            none of this network's; 431 too many fields.
    """
    first, *lines = head.decode("latin-1").split("\r\n")
    match = _FIRST.fullmatch(first)
    if match is None:
        raise Refused(400)
    fields = _fields(lines)
    if match[1] not in ("GET", "HEAD"):
        raise Refused(405)
    if "transfer-encoding" in fields or fields.get("content-length", "0") != "0":
        raise Refused(400)
    said = fields.get("connection", "").lower()
    stay = "close" not in said and (match[3] == "1" or "keep-alive" in said)
    _addressed(fields.get("host"), old=match[3] == "0")
    return Asked(match[1], match[2], fields, stay)


def _fields(lines: list[str]) -> dict[str, str]:
    if len(lines) > MOST_FIELDS:
        raise Refused(431)
    fields: dict[str, str] = {}
    for line in lines:
        match = _FIELD.fullmatch(line)
        if match is None:
            raise Refused(400)
        name = match[1].lower()
        if name in fields and name in ("host", "range", "content-length"):
            raise Refused(400)
        fields[name] = f"{fields[name]}, {match[2]}" if name in fields else match[2]
    return fields


def _addressed(host: str | None, *, old: bool) -> None:
    """Refuse what is addressed to a name.

    A page in a browser of this network may have its own name lead here, and would then read what
    the learner follows (DNS rebinding).
    """
    if host is None:
        if old:
            return
        raise Refused(400)
    try:
        name = urlsplit(f"//{host}").hostname or ""
    except ValueError as error:
        raise Refused(400) from error
    if not is_near(name):
        raise Refused(421)


def stretch(asked: Asked, size: int, etag: str) -> tuple[int, int] | None:
    """Which bytes of `size` are asked for: from, to (not included); None for all (RFC 9110 §14).

    Several ranges, and what is no range, ask for all; so does one of an earlier state.

    Raises:
        Refused: 416, there are none of these.
    """
    match = _RANGE.fullmatch(asked.fields.get("range", "").strip())
    if asked.method != "GET" or match is None or match[1] == match[2] == "":
        return None
    if asked.fields.get("if-range", etag) != etag:
        return None
    if match[1]:
        start, stop = int(match[1]), min(int(match[2] or size) + 1, size)
        if match[2] and int(match[2]) < start:
            return None  # RFC 9110 §14.1.1: no range at all
    else:
        start, stop = max(0, size - int(match[2])), size
    if start >= stop:
        raise Refused(416)
    return start, stop


def is_known(asked: Asked, etag: str) -> bool:
    """Whether the asker has it in this state already."""
    known = asked.fields.get("if-none-match", "")
    tags = [tag.strip().removeprefix("W/") for tag in known.split(",")]
    return bool(known) and (etag in tags or "*" in tags)
