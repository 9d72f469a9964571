# SPDX-License-Identifier: Apache-2.0
"""What is lent: the courses of this home by the paths of "A peer" in docs/format.md.

A path is one of the patterns below or nothing, so that none leads out of the store. Nothing is
lent of a repository whose address carries a password, and nothing at all about the learner.
"""

from __future__ import annotations

import gzip
import hashlib
import re
from dataclasses import dataclass
from pathlib import Path

import msgspec

from player.course.peer import ROOT, Lent, Peer, encode_have, is_public, repository_path
from player.store import blobs, courses
from player.store.database import Database
from player.store.repositories import kept_catalogue, kept_document

_BLOB = r"blobs/(?P<aa>[0-9a-f]{2})/(?P<sha256>(?P=aa)[0-9a-f]{62})"
_PATHS = re.compile(
    rf"{ROOT}(?:(?P<name>peer\.json|have)|{_BLOB}"
    r"|(?P<at>r/[0-9a-f]{16}/)(?:(?P<catalogue>catalogue\.json)(?P<as>\.minisig|\.gz)?"
    r"|(?P<publisher>keys/publisher(?:\.[1-9][0-9]{0,9})?\.json(?:\.[0-9A-F]{16}\.minisig)?)"
    r"|courses/(?P<course>[a-z0-9][a-z0-9._-]{0,79})/(?P<version>[1-9][0-9]{0,9})\.json(?P<gz>\.gz)?"
    rf"|{_BLOB.replace('aa', 'bb').replace('sha256', 'member')}))"
)
_JSON, _BYTES = "application/json", "application/octet-stream"


@dataclass(frozen=True, slots=True)
class Thing:
    """Something lent: bytes, or a file of that size. `lasting`: it never changes under its path."""

    size: int
    etag: str
    type: str
    data: bytes = b""
    file: Path | None = None
    lasting: bool = False


def find(db: Database, home: Path, path: str, free: int = 0) -> Thing | None:
    """What is lent under a path; None where nothing is. `free` is told in `peer.json`."""
    match = _PATHS.fullmatch(path)
    if match is None:
        return None
    if match["name"] == "have":
        return _document(encode_have(_lent_blobs(db)), _BYTES)
    if match["name"]:
        return _document(msgspec.json.encode(_peer(db, free)), _JSON)
    if match["sha256"]:
        return _blob(db, home, match["sha256"])
    url = _repository(db, match["at"])
    return _of_repository(db, home, url, match) if url is not None else None


def _of_repository(db: Database, home: Path, url: str, match: re.Match[str]) -> Thing | None:
    if match["member"]:
        return _blob(db, home, match["member"])
    if match["catalogue"]:
        return _catalogue(db, url, match["as"] or "")
    if match["publisher"]:
        data = kept_document(db, url, match["publisher"])
        return _document(data, _BYTES) if data is not None else None
    return _manifest(db, url, match["course"], int(match["version"]), match["gz"] or "")


def _document(data: bytes, kind: str, form: str = "", *, lasting: bool = False) -> Thing:
    if form == ".gz":  # always the same bytes, so that it has a tag, and a cut one goes on
        data, kind = gzip.compress(data, mtime=0), "application/gzip"
    etag = f'"{hashlib.sha256(data).hexdigest()[:32]}"'
    return Thing(len(data), etag, kind, data, lasting=lasting)


def _peer(db: Database, free: int) -> Peer:
    lent = [
        Lent(number, repository_path(url), url if is_public(url) else "")
        for url, number in _repositories(db)
    ]
    return Peer(format="cartable/1", kind="peer", repositories=tuple(lent), free=free)


def _repositories(db: Database) -> list[tuple[str, int]]:
    """Those whose catalogue is kept as it came, by address and number."""
    query = "SELECT url, number FROM repositories WHERE length(catalogue) > 0 ORDER BY url"
    return [(url, number) for url, number in db.execute(query) if not _is_locked(url)]


def _repository(db: Database, at: str) -> str | None:
    return next((url for url, _ in _repositories(db) if repository_path(url) == at), None)


def _catalogue(db: Database, url: str, form: str) -> Thing | None:
    kept = kept_catalogue(db, url)
    if kept is None:
        return None
    if form == ".minisig":
        return _document(kept[1], "text/plain") if kept[1] else None
    return _document(kept[0], _JSON, form)


def _manifest(db: Database, url: str, course: str, version: int, form: str) -> Thing | None:
    query = "SELECT manifest FROM courses WHERE repository = ? AND id = ? AND version = ?"
    row = db.execute(query, [url, course, version]).fetchone()
    return _document(bytes(row[0]), _JSON, form, lasting=True) if row else None


def _blob(db: Database, home: Path, sha256: str) -> Thing | None:
    """A file that was verified when it came. It is not verified again: who fetches it does."""
    row = db.execute("SELECT size FROM blobs WHERE sha256 = ?", [sha256]).fetchone()
    if row is None or sha256 in _kept_back(db):
        return None
    file = blobs.path(home, sha256)
    return Thing(row[0], f'"{sha256}"', _BYTES, file=file, lasting=True)


def _lent_blobs(db: Database) -> frozenset[str]:
    return blobs.present(db) - _kept_back(db)


def _kept_back(db: Database) -> frozenset[str]:
    """The files of courses that somebody put behind a password."""
    query = "SELECT manifest, repository FROM courses WHERE repository LIKE '%@%'"
    locked = [bytes(data) for data, url in db.execute(query).fetchall() if _is_locked(url)]
    return frozenset(name for data in locked for name in courses.decoded(data).blobs)


def _is_locked(url: str) -> bool:
    return not url.startswith("file:") and not is_public(url)
