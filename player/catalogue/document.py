# SPDX-License-Identifier: Apache-2.0
"""One small document of a repository, over any road, judged before it is looked into."""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum

from player.errors import NotTheServer
from player.transport import Transport, place, refusal


@dataclass(frozen=True, slots=True)
class Document:
    """Its bytes, and the tag by which to ask whether it changed ('' for none)."""

    data: bytes
    etag: str


class Absent(Enum):
    """Why there is no document."""

    MISSING = "the server has none"
    UNCHANGED = "it is still the one of the etag"


def get(transport: Transport, url: str, limit: int, etag: str = "") -> Document | Absent:
    """Return the document at `url`.

    Args:
        transport: the road.
        url: its address.
        limit: the most bytes that it may have.
        etag: of the one that is known; what is between here and the server is told not to answer
            from its memory otherwise.

    Raises:
        NotTheServer: a web page answered, or something longer than `limit`.
        Offline, ServerBusy, ServerRefused: as they say.
    """
    headers = {"If-None-Match": etag} if etag else {"Cache-Control": "no-cache"}
    with transport.request("GET", url, headers=headers) as reply:
        if reply.status in (404, 410):
            return Absent.MISSING
        if etag and reply.status == 304:
            return Absent.UNCHANGED
        if reply.status != 200:
            raise refusal(reply, url)
        data = reply.read(limit)
        # Neither JSON nor a signature begins with '<': a login page with status 200
        if data.removeprefix(b"\xef\xbb\xbf").lstrip()[:1] == b"<":
            raise NotTheServer(place=place(url))
        return Document(data, reply.headers.get("etag", ""))
