# SPDX-License-Identifier: Apache-2.0
"""A home that has courses, and one that lends them over a socket of this PC."""

from __future__ import annotations

import threading
import zlib
from collections.abc import Iterator
from contextlib import closing, contextmanager, suppress
from pathlib import Path

from repository_builder import Built, sha256

from player.course.peer import peer_url
from player.share.server import Lender, listen
from player.store import blobs, courses, database
from player.store.database import Database
from player.transport.ceiling import Ceiling


class Enough(Exception):
    """Ends the lending."""


def keep_catalogue(db: Database, url: str, built: Built, number: int) -> None:
    """Have a repository's catalogue as it came."""
    names = {row[1] for row in db.execute("PRAGMA table_info(repositories)")}
    for name in {"catalogue", "minisig"} - names:
        db.execute(f"ALTER TABLE repositories ADD COLUMN {name} BLOB")
    values = [built.files["catalogue.json"], built.files.get("catalogue.json.minisig")]
    db.execute("INSERT OR IGNORE INTO repositories (url) VALUES (?)", [url])
    query = "UPDATE repositories SET catalogue = ?, minisig = ?, number = ?, trust = 'trusted'"
    db.execute(f"{query} WHERE url = ?", [*values, number, url])
    db.conn.commit()


def unpacked(built: Built) -> Iterator[bytes]:
    """Every file of the courses, as a PC keeps it."""
    for manifest in built.manifests.values():
        for name, blob in manifest.blobs.items():
            if blob.pack:
                pack = built.files[f"packs/{blob.pack[:2]}/{blob.pack}"]
                data = pack[blob.offset : blob.offset + blob.length]
                yield zlib.decompress(data) if blob.encoding else data
            else:
                yield built.files[f"blobs/{name[:2]}/{name}"]


def furnish(home: Path, built: Built, url: str, number: int = 1) -> list[bytes]:
    """Have all of a repository in a home, as a refresh and a download leave it. Its files."""
    database.prepare(home)
    with closing(database.connect(home)) as db:
        keep_catalogue(db, url, built, number)
        for name, data in built.files.items():
            if name.startswith("courses/") and name.endswith(".json"):
                courses.keep(db, data, url, "trusted")
        contents = list(unpacked(built))
        parts = home / "parts"
        parts.mkdir(exist_ok=True)
        for content in contents:
            (parts / sha256(content)).write_bytes(content)
        blobs.place(home, {sha256(one): parts / sha256(one) for one in contents})
        blobs.add_all(db, home, {sha256(one): len(one) for one in contents})
    return contents


@contextmanager
def lent(home: Path, *, at_once: int = 8, ceiling: int = 0) -> Iterator[str]:
    """Lend what `home` has; yields the peer's address (`http://127.0.0.1:…/cartable/1/`)."""
    listener = listen(0, "127.0.0.1")
    port = listener.getsockname()[1]
    over = threading.Event()

    def report(_sent: int) -> None:
        if over.is_set():
            raise Enough

    lender = Lender(home, listener, at_once=at_once, ceiling=Ceiling(ceiling))

    def run() -> None:
        with suppress(Enough):
            lender.run(report)

    thread = threading.Thread(target=run)
    thread.start()
    try:
        yield peer_url(f"127.0.0.1:{port}")
    finally:
        over.set()
        thread.join(10)
