# SPDX-License-Identifier: Apache-2.0
"""Which keys speak for a publisher: `keys/publisher.json` of docs/format.md, "Publisher document".

Such documents only ever add: a key that is introduced stays one of this publisher's, a key that is
revoked stays revoked. So it does not matter in which order, or by which road, a PC hears of them.
"""

from __future__ import annotations

from typing import Annotated

import msgspec
from msgspec import Meta

from player.course.catalogue import Counter
from player.course.decode import decode
from player.course.signing import PublicKey
from player.errors import QT_TRANSLATE_NOOP, Malformed

LIMIT = 16 * 1024  # bytes

DOCUMENT = QT_TRANSLATE_NOOP("errors", "The publisher document")

KeyId = Annotated[str, Meta(pattern=r"^[0-9A-F]{16}\Z")]


class Publisher(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True):
    """One document. `number` counts up by 1 from 1; `issued` is RFC 3339 in UTC, advice only.

    `keys` are minisign public keys; `revoked` ids of keys that hold no longer; `signers` the ids of
    the keys whose signatures lie beside it.
    """

    format: str
    kind: str
    number: Counter
    issued: str
    keys: Annotated[tuple[str, ...], Meta(max_length=16)]
    revoked: Annotated[tuple[KeyId, ...], Meta(max_length=64)] = ()
    signers: Annotated[tuple[KeyId, ...], Meta(min_length=1, max_length=16)]

    def public_keys(self) -> tuple[PublicKey, ...]:
        """The keys. None of them is a bad one: `decode_publisher` has looked."""
        return tuple(PublicKey.parse(text) for text in self.keys)


def decode_publisher(data: bytes) -> Publisher:
    """Return the document.

    Raises:
        Malformed, NewerFormat: as for every document.
    """
    publisher = decode(data, Publisher, document=DOCUMENT, expected="publisher")
    try:
        publisher.public_keys()
    except ValueError as error:
        raise Malformed(document=DOCUMENT, reason=f"{error} - at `$.keys`") from error
    return publisher


def publisher_path(number: int | None = None) -> str:
    """Where a document lies in a repository: that of a number, otherwise the newest."""
    return f"keys/publisher.{number}.json" if number else "keys/publisher.json"


def signature_path(document: str, key: str) -> str:
    """Where the signature of the document at that path by a key (its id) lies."""
    return f"{document}.{key}.minisig"
