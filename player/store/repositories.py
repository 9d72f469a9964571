# SPDX-License-Identifier: Apache-2.0
"""The repositories' signed documents as they came, for another PC to judge by itself."""

from __future__ import annotations

from player.store.database import Database


def kept_catalogue(db: Database, url: str) -> tuple[bytes, bytes] | None:
    """The catalogue of a repository and its signature, b'' where nobody signed it; None: not here.

    Manifests need no signature beside it: the catalogue binds them by hash.
    """
    query = "SELECT catalogue, minisig FROM repositories WHERE url = ?"
    row = db.execute(query, [url]).fetchone()
    return (bytes(row[0]), bytes(row[1] or b"")) if row and row[0] else None


def kept_document(db: Database, url: str, path: str) -> bytes | None:
    """A publisher document of a repository that was accepted here, or a signature of it.

    `path` is that in the repository, as `keys/publisher.json`. Signatures that were not needed here
    were not fetched, so they are not here either.
    """
    query = "SELECT data FROM documents WHERE repository = ? AND path = ?"
    row = db.execute(query, [url, path]).fetchone()
    return bytes(row[0]) if row else None
