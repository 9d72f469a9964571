# SPDX-License-Identifier: Apache-2.0
"""One key after another: publisher documents of docs/format.md, and the catalogue signed anew.

Manifests stay as they are: the catalogue binds them by their hash.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from hashlib import sha256
from pathlib import Path

import msgspec
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from player.clock import Now, stamp, utc_now
from player.course.publisher import (
    Publisher,
    decode_publisher,
    publisher_path,
    signature_path,
)
from player.course.signing import PublicKey, public_key, sign
from player.errors import BadKey
from player.publish.repository import write_key
from player.publish.shelf import CATALOGUE, FORMAT, Shelf, finish_renames, open_shelf
from player.publish.writing import locked, put


@dataclass(frozen=True, slots=True)
class Changed:
    """What speaks for the publisher now: `keys` are minisign public keys, `revoked` their ids."""

    number: int
    catalogue_number: int
    keys: tuple[str, ...]
    revoked: tuple[str, ...]


def rotate(
    repository: Path,
    old: Ed25519PrivateKey,
    new: Ed25519PrivateKey,
    *,
    now: Now = utc_now,
) -> Changed:
    """Let `new` sign from now on. `old` still holds until it is revoked. May be repeated.

    Raises:
        BadKey: neither of the keys signed the catalogue there, or both are the same.
        BadSignature, Malformed, NewerFormat: what is there.
        NotAFolder, DiskFull, NotWritable: as for `publish`.
    """
    if public_key(old) == public_key(new):
        raise BadKey(place=repository, reason="the new key is the old one")
    with locked(repository):
        finish_renames(repository / CATALOGUE, new)
        try:
            shelf = open_shelf(repository, old)
        except BadKey:  # an earlier try got as far as the catalogue
            shelf = open_shelf(repository, new)
        before = _newest(repository)
        keys = [*(before.keys if before else ()), str(public_key(old)), str(public_key(new))]
        revoked = before.revoked if before else ()
        if public_key(new).id in revoked:
            raise BadKey(place=repository, reason="the new key was revoked")
        write_key(repository, new)
        return _publish(replace(shelf, secret=new), before, keys, revoked, [old, new], now)


def revoke(
    repository: Path,
    key: str,
    secret: Ed25519PrivateKey,
    *,
    now: Now = utc_now,
) -> Changed:
    """Take a key (its id) back for good; `secret` is one that stays, and signed the catalogue.

    Raises:
        BadKey: `key` is the one that signs, or no document says that it is this publisher's; or
            `secret` did not sign the catalogue there.
        BadSignature, Malformed, NewerFormat, NotAFolder, DiskFull, NotWritable: as for `rotate`.
    """
    with locked(repository):
        shelf = open_shelf(repository, secret)
        if key == public_key(secret).id:
            raise BadKey(place=repository, reason="it signs the catalogue; rotate to another first")
        before = _newest(repository)
        ids = {one.id for one in before.public_keys()} if before else set()
        if before is None or key not in ids | set(before.revoked):
            reason = f"no publisher document there has the key {key}; rotate from it first"
            raise BadKey(place=repository, reason=reason)
        keys = [text for text in before.keys if PublicKey.parse(text).id != key]
        revoked = tuple(dict.fromkeys([*before.revoked, key]))
        return _publish(shelf, before, keys, revoked, [secret], now)


def _newest(repository: Path) -> Publisher | None:
    """The document with the highest number; a crash may have left `publisher.json` behind it."""
    names = (repository / "keys").glob("publisher.*.json")
    numbers = [int(found) for path in names if (found := path.name.split(".")[1]).isdecimal()]
    if not numbers:
        return None
    return decode_publisher((repository / publisher_path(max(numbers))).read_bytes())


def _publish(
    shelf: Shelf,
    before: Publisher | None,
    keys: Sequence[str],
    revoked: tuple[str, ...],
    secrets: Sequence[Ed25519PrivateKey],
    now: Now,
) -> Changed:
    """Write the next document, then the catalogue that names it."""
    if shelf.catalogue is None:
        raise BadKey(place=shelf.repository, reason="there is no catalogue to sign")
    issued = stamp(now())
    document = Publisher(
        format=FORMAT,
        kind="publisher",
        number=before.number + 1 if before else 1,
        issued=issued,
        keys=tuple(k for k in dict.fromkeys(keys) if PublicKey.parse(k).id not in revoked),
        revoked=revoked,
        signers=tuple(public_key(secret).id for secret in secrets),
    )
    data = msgspec.json.encode(document)
    for path in (publisher_path(document.number), publisher_path()):
        for secret in secrets:
            comment = f"publisher document {document.number} of {issued}"
            signature = signature_path(path, public_key(secret).id)
            put(shelf.repository / signature, sign(data, secret, comment))
        put(shelf.repository / path, data)
    named = {"number": document.number, "sha256": sha256(data).hexdigest()}
    signed = replace(shelf, raw=shelf.raw | {"publisher": named})
    number = signed.replace(list(signed.raw["courses"]), issued)
    return Changed(document.number, number, document.keys, revoked)
