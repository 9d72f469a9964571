# SPDX-License-Identifier: Apache-2.0
"""The PC next door: its address, and what it says that it lends ("A peer" of docs/format.md).

A peer is believed nothing: what it gives is judged by signature and hash as everything else.
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterable
from ipaddress import IPv4Address, IPv6Address, ip_address
from typing import Annotated
from urllib.parse import SplitResult, urlsplit

import msgspec

from player.course.decode import decode
from player.errors import QT_TRANSLATE_NOOP, Malformed, NotAPeer

PORT = 7717
ROOT = "/cartable/1/"
PEER_LIMIT = 1024 * 1024  # bytes of a `peer.json`
HAVE_LIMIT = 32 * 1024 * 1024  # bytes of a `have`: a million files

_HASH = 32  # bytes of a SHA-256
_PEER = QT_TRANSLATE_NOOP("errors", "What the other computer says of itself")
_HAVE = QT_TRANSLATE_NOOP("errors", "The other computer's list of files")

Key = Annotated[str, msgspec.Meta(pattern=r"^r/[0-9a-f]{16}/$")]


class Lent(msgspec.Struct, frozen=True):
    """One repository that a peer lends of.

    `url` is the repository's own address, '' where it has none that others could use; `number` that
    of the catalogue; `path` where the peer has it, below the peer's address.
    """

    number: Annotated[int, msgspec.Meta(ge=0)]
    path: Key
    url: Annotated[str, msgspec.Meta(max_length=2000)] = ""


class Peer(msgspec.Struct, frozen=True, kw_only=True):
    """`peer.json`. `free`: so many more may ask at this moment, without waiting."""

    format: str
    kind: str
    repositories: Annotated[tuple[Lent, ...], msgspec.Meta(max_length=1000)] = ()
    free: int = 0


def decode_peer(data: bytes) -> Peer:
    """Return what a peer says of itself. Raises Malformed, NewerFormat."""
    return decode(data, Peer, document=_PEER, expected="peer")


def encode_have(hashes: Iterable[str]) -> bytes:
    """The list of what a peer has: 32 bytes for each SHA-256, in their order, nothing between."""
    return b"".join(sorted(map(bytes.fromhex, hashes)))


def decode_have(data: bytes) -> frozenset[str]:
    """The hashes of what a peer has. Raises Malformed."""
    if len(data) % _HASH:
        raise Malformed(
            document=_HAVE, reason=QT_TRANSLATE_NOOP("errors", "it ends in the middle of a hash")
        )
    hashes = (data[start : start + _HASH] for start in range(0, len(data), _HASH))
    return frozenset(one.hex() for one in hashes)


def repository_path(url: str) -> str:
    """Where every peer has the repository of that address, below the peer's own."""
    return f"r/{hashlib.sha256(url.encode()).hexdigest()[:16]}/"


def peer_url(address: str) -> str:
    """Return the URL below which a peer answers, ending in '/', for an address that was typed.

    Args:
        address: `host:port`, `host` or a URL; the host is an IP address of this network, since a
            name would have to be looked up each time and may lead elsewhere the next.

    Raises:
        NotAPeer: it is none of these.
    """
    text = address.strip()
    scheme, _, rest = text.rpartition("://")
    try:
        parts = urlsplit(f"//{rest}")
        port = parts.port or PORT
    except ValueError as error:
        raise NotAPeer(place=text[:80]) from error
    plain = parts.path in ("", "/", ROOT) and not (parts.query or parts.fragment or parts.username)
    if scheme.lower() not in ("", "http") or not plain or not is_near(parts.hostname or ""):
        raise NotAPeer(place=text[:80])
    host = parts.hostname or ""
    return f"http://{f'[{host}]' if ':' in host else host}:{port}{ROOT}"


def is_near(host: str) -> bool:
    """Whether a host is this PC or one of its network: a private address, never a name."""
    if host == "localhost":
        return True
    try:
        address: IPv4Address | IPv6Address = ip_address(host.partition("%")[0])
    except ValueError:
        return False
    address = getattr(address, "ipv4_mapped", None) or address
    near = address.is_private or address.is_loopback or address.is_link_local
    return near and not (address.is_multicast or address.is_reserved or address.is_unspecified)


def is_lent(url: str) -> bool:
    """Whether a URL is of something that a peer lends: it costs nothing, and leads nowhere else."""
    try:
        parts = urlsplit(url)
    except ValueError:
        return False
    return parts.scheme == "http" and is_near(parts.hostname or "") and parts.path.startswith(ROOT)


def is_public(url: str) -> bool:
    """Whether the address of a repository may be told to others, and used by them.

    Not that of a folder or a stick, nor one that carries a name or a password.
    """
    try:
        parts: SplitResult = urlsplit(url)
    except ValueError:
        return False
    told = parts.scheme in ("http", "https") and bool(parts.hostname) and "@" not in parts.netloc
    return told and not re.search(r"[\s?#\x00-\x1f]", url)
