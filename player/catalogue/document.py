# SPDX-License-Identifier: Apache-2.0
"""One small document of a repository, over any road, judged before it is looked into."""

from __future__ import annotations

import zlib
from dataclasses import dataclass
from enum import Enum

from player.errors import Damaged, NotTheServer
from player.transport import Transport, place, refusal

GZIP = ".gz"

_MAGIC = b"\x1f\x8b"  # RFC 1952 §2.3.1; no document begins so
_LAYERS = 2  # a compressed file, compressed again by a server or proxy on its way


@dataclass(frozen=True, slots=True)
class Document:
    """Its plain bytes, the tag by which to ask whether it changed, and of which URL that is."""

    data: bytes
    etag: str
    url: str = ""


class Absent(Enum):
    """Why there is no document."""

    MISSING = "the server has none"
    UNCHANGED = "it is still the one of the etag"


def get(transport: Transport, url: str, limit: int, etag: str = "") -> Document | Absent:
    """Return the document at `url`, unpacked where it came packed.

    Args:
        transport: the road. It may have unpacked a `.gz` itself (`Content-Encoding`), or not.
        url: its address.
        limit: the most bytes that it may have, packed and unpacked.
        etag: of the one that is known; what is between here and the server is told not to answer
            from its memory otherwise.

    Raises:
        NotTheServer: a web page answered, or something longer than `limit`.
        Damaged: it cannot be unpacked.
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
        data = _unpacked(reply.read(limit), limit, url)
        # Neither JSON nor a signature begins with '<': a login page with status 200
        if data.removeprefix(b"\xef\xbb\xbf").lstrip()[:1] == b"<":
            raise NotTheServer(place=place(url))
        return Document(data, reply.headers.get("etag", ""), url)


def get_either(
    transport: Transport, url: str, limit: int, *, packed: bool, known: Document | None = None
) -> Document | Absent:
    """Return the document at `url`, or its packed twin, which has the same bytes and costs less.

    Args:
        transport: the road.
        url: of the plain document.
        limit: as for `get`.
        packed: whether the twin may be there. Where it is not, or cannot be unpacked, the plain one
            is asked for.
        known: the one of last time; asked for where it came from, by its etag.

    Raises:
        As `get`.
    """
    twin = url + GZIP
    if known and known.etag and known.url in (url, twin):
        found = get(transport, known.url, limit, known.etag)
        if found is not Absent.MISSING:
            return found
        packed = packed and known.url == url
    if packed:
        try:
            found = get(transport, twin, limit)
        except Damaged:
            found = Absent.MISSING
        if found is not Absent.MISSING:
            return found
    return get(transport, url, limit)


def _unpacked(data: bytes, limit: int, url: str) -> bytes:
    """The plain bytes; never more than `limit` of them, however many are promised."""
    for _ in range(_LAYERS):
        if not data.startswith(_MAGIC):
            break
        inflate = zlib.decompressobj(16 + zlib.MAX_WBITS)
        try:
            data = inflate.decompress(data, limit + 1)
        except zlib.error as error:
            raise Damaged(what=_name(url), place=place(url)) from error
        if len(data) > limit:
            raise NotTheServer(place=place(url))
        if not inflate.eof or inflate.unused_data:
            raise Damaged(what=_name(url), place=place(url))
    return data


def _name(url: str) -> str:
    return url.rpartition("/")[2]
