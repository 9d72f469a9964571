# SPDX-License-Identifier: Apache-2.0
"""Where else the files of a repository lie, as its last verified catalogue says.

A mirror is believed in nothing: whatever comes from it fits a signature or a hash, or is left.
"""

from __future__ import annotations

from collections.abc import Iterable

import msgspec

from player.catalogue.address import normalise
from player.errors import NotARepository
from player.store.database import Database

MOST = 8  # that are kept and asked


def mirrors_of(db: Database, repository_url: str) -> list[str]:
    """The URLs of a repository's mirrors, each ending in '/', in the publisher's order."""
    query = "SELECT mirrors FROM repositories WHERE url = ?"
    row = db.execute(query, [repository_url]).fetchone()
    return msgspec.json.decode(row[0], type=list[str]) if row else []


def usable(mirrors: Iterable[str], repository_url: str) -> list[str]:
    """Those of a catalogue's mirrors that lead to the web, once each, without the repository."""
    found: list[str] = []
    for one in mirrors:
        if not one.lower().startswith(("http://", "https://")):
            continue  # a file of this PC is nobody's mirror
        try:
            url = normalise(one)
        except NotARepository:
            continue
        if url != repository_url and url not in found:
            found.append(url)
    return found[:MOST]
