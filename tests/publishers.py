# SPDX-License-Identifier: Apache-2.0
"""Publishers of tests: their keys, and documents about keys as bytes by path.

Independent of `player.publish`, so that what it may never write can be tried too.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Sequence

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from repository_builder import SECRET, Draft, build

from player.course.signing import public_key, sign

K1 = SECRET
K2, K3, K4, THIEF = (Ed25519PrivateKey.from_private_bytes(bytes([n]) * 32) for n in (2, 3, 4, 9))

Files = dict[str, bytes]


def key_id(secret: Ed25519PrivateKey) -> str:
    """The id of a key."""
    return public_key(secret).id


def document(
    number: int,
    keys: Sequence[Ed25519PrivateKey],
    signers: Sequence[Ed25519PrivateKey],
    revoked: Sequence[Ed25519PrivateKey] = (),
    *,
    newest: bool = True,
    leave_out: Sequence[Ed25519PrivateKey] = (),
) -> Files:
    """A publisher document with its signatures, under its number, and as the `newest` one.

    `leave_out` are signers whose signatures are missing.
    """
    data = json.dumps(
        {
            "format": "cartable/1",
            "kind": "publisher",
            "number": number,
            "issued": "2026-01-01T00:00:00Z",
            "keys": [str(public_key(key)) for key in keys],
            "revoked": [key_id(key) for key in revoked],
            "signers": [key_id(key) for key in signers],
        }
    ).encode()
    files: Files = {}
    for path in [f"keys/publisher.{number}.json", *(["keys/publisher.json"] if newest else [])]:
        files[path] = data
        for key in signers:
            if key not in leave_out:
                files[f"{path}.{key_id(key)}.minisig"] = sign(data, key, "a test")
    return files


def catalogue(
    number: int,
    secret: Ed25519PrivateKey,
    *,
    version: int = 1,
    names: Files | None = None,
    **fields: object,
) -> Files:
    """A repository of one course, its catalogue signed by `secret`.

    `names` are the files of the publisher document that it names; `fields` go into the catalogue.
    """
    draft = Draft(version=version).section("one", texts=[f"text {version}".encode()])
    files = dict(build(draft, number=number, secret=secret).files)
    raw = json.loads(files["catalogue.json"]) | fields
    if names:
        data = names["keys/publisher.json"]
        named = {"number": json.loads(data)["number"], "sha256": hashlib.sha256(data).hexdigest()}
        raw["publisher"] = named
        files |= names
    data = json.dumps(raw).encode()
    return files | {"catalogue.json": data, "catalogue.json.minisig": sign(data, secret, "a test")}
