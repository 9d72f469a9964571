# SPDX-License-Identifier: Apache-2.0
"""The PCs next door that this one knows: typed by a person, or found."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from urllib.parse import urlsplit

from player.clock import stamp
from player.course.peer import peer_url
from player.store.database import Database, translated


@dataclass(frozen=True, slots=True)
class KnownPeer:
    """A PC next door.

    `url` is below what it answers, ending in '/'; `name` what to call it; `seen_at` when it last
    answered, RFC 3339, None for never; `problem` why it did not the last time, '' if it did.
    """

    url: str
    name: str
    seen_at: str | None
    problem: str


def add_peer(db: Database, address: str, name: str = "") -> KnownPeer:
    """Know a peer from now on; once, however often it is added. Raises NotAPeer."""
    url = peer_url(address)
    with translated(db.path), db.atomic():
        db.execute(
            "INSERT INTO peers (url, name) VALUES (?, ?) ON CONFLICT DO UPDATE"
            " SET name = CASE ? WHEN '' THEN peers.name ELSE excluded.name END",
            [url, name or urlsplit(url).netloc, name],
        )
    return next(one for one in peers(db) if one.url == url)


def remove_peer(db: Database, address: str) -> bool:
    """Know it no longer; whether it was known. Raises NotAPeer."""
    with translated(db.path), db.atomic():
        gone = db.execute("DELETE FROM peers WHERE url = ?", [peer_url(address)])
    return gone.rowcount > 0


def peers(db: Database) -> list[KnownPeer]:
    """Every peer that is known, those first that answered the last time, the latest first."""
    query = (
        "SELECT url, name, seen_at, problem FROM peers"
        " ORDER BY problem <> '', seen_at IS NULL, seen_at DESC, url"
    )
    return [KnownPeer(*row) for row in db.execute(query)]


def saw(db: Database, url: str, at: datetime) -> None:
    """Write down that a peer answered. `at` is the wall clock, aware of its zone."""
    text = stamp(at)
    with translated(db.path), db.atomic():
        db.execute("UPDATE peers SET seen_at = ?, problem = '' WHERE url = ?", [text, url])


def missed(db: Database, url: str, problem: str) -> None:
    """Write down, as a sentence, why a peer did not answer as it should."""
    with translated(db.path), db.atomic():
        db.execute("UPDATE peers SET problem = ? WHERE url = ?", [problem, url])
