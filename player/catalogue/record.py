# SPDX-License-Identifier: Apache-2.0
"""What is known of a repository, and writing down what was found: all of it or nothing."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field

import msgspec

from player.catalogue import freshness
from player.catalogue.document import Document
from player.catalogue.mirrors import usable
from player.catalogue.trust import Verdict
from player.clock import Now, stamp
from player.course.catalogue import Catalogue, Offer
from player.errors import OlderVersion, PlayerError
from player.store.database import Database, translated


@dataclass(frozen=True, slots=True)
class Known:
    """What the last success found. `answer` has the etag and where it came from, not its bytes."""

    url: str
    number: int = 0
    answer: Document = field(default_factory=lambda: Document(b"", ""))
    verdict: Verdict = field(default_factory=lambda: Verdict(""))
    packed: bool = True
    mirrors: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Found:
    """A catalogue that is believed, with everything that is to be written down of it.

    `fellows` are the ids of the keys of its publisher; `complete` says that the publisher document
    it names was read too, so that it need not be asked for again.
    """

    catalogue: Catalogue
    answer: Document
    minisig: bytes | None
    verdict: Verdict
    packed: bool
    fellows: tuple[str, ...]
    complete: bool


def known(db: Database, url: str) -> Known:
    """What is known of the repository at `url`; an empty one at the first time."""
    query = (
        "SELECT number, etag, etag_of, trust, key, packed, mirrors FROM repositories WHERE url = ?"
    )
    row = db.execute(query, [url]).fetchone()
    if row is None:
        return Known(url)
    number, etag, etag_of, trust, key, packed, mirrors = row
    last, verdict = Document(b"", etag, etag_of), Verdict(trust, key)
    others = msgspec.json.decode(mirrors, type=tuple[str, ...])
    return Known(url, number, last, verdict, bool(packed), others)


def failed(db: Database, url: str, problem: PlayerError, now: Now) -> None:
    """Write down what went wrong; what was found before stays."""
    with translated(db.path), db.atomic():
        db.execute(
            "INSERT INTO repositories (url, problem) VALUES (?, ?)"
            " ON CONFLICT DO UPDATE SET problem = excluded.problem",
            [url, str(problem)],
        )
        _note(db, url, now)


def unchanged(db: Database, url: str, now: Now) -> int:
    """Write down that nothing changed; return how many courses are offered."""
    with translated(db.path), db.atomic():
        db.execute(
            "UPDATE repositories SET refreshed_at = ?, problem = '' WHERE url = ?",
            [stamp(now()), url],
        )
        _note(db, url, now)
        query = "SELECT count(*) FROM offers WHERE repository = ?"
        return int(db.execute(query, [url]).fetchone()[0])


class _Entries(msgspec.Struct, frozen=True):
    courses: tuple[msgspec.Raw, ...]


def write(db: Database, url: str, found: Found, now: Now) -> None:
    """Write the catalogue, its number and all its offers, or nothing."""
    with translated(db.path), db.atomic():
        row = _row(url, found) | {"refreshed_at": stamp(now()), "problem": ""}
        names, values = ", ".join(row), ", ".join(f":{name}" for name in row)
        changes = ", ".join(f"{name} = excluded.{name}" for name in row)
        db.execute(
            f"INSERT INTO repositories ({names}) VALUES ({values})"  # noqa: S608 - names of ours
            f" ON CONFLICT DO UPDATE SET {changes}",
            row,
        )
        _write_offers(db, url, found)
        _note(db, url, now)


def _row(url: str, found: Found) -> dict[str, object]:
    catalogue, answer = found.catalogue, found.answer
    return {
        "url": url,
        "title": catalogue.title,
        "number": catalogue.number,
        "etag": answer.etag if found.complete else "",
        "etag_of": answer.url,
        "packed": found.packed,
        "trust": found.verdict.trust,
        "key": found.verdict.key,
        "catalogue": answer.data,
        "minisig": found.minisig,
        "mirrors": msgspec.json.encode(usable(catalogue.mirrors, url)).decode(),
        "issued": catalogue.issued,
        "fresh_until": catalogue.fresh_until,
    }


def _write_offers(db: Database, url: str, found: Found) -> None:
    entries = msgspec.json.decode(found.answer.data, type=_Entries).courses  # unknown fields too
    pairs = list(zip(found.catalogue.courses, entries, strict=True))
    seen = _versions(db, found.fellows) if found.verdict.key else {}
    db.execute("DELETE FROM offers WHERE repository = ?", [url])
    db.conn.executemany(
        "INSERT INTO offers (repository, course, version, title, language, offer, problem)"
        " VALUES (?, ?, ?, ?, ?, ?, ?)",
        [
            (url, one.id, one.version, one.title, one.language, bytes(raw).decode(), problem)
            for one, raw in pairs
            for problem in [_problem(one, seen.get(one.id, 0))]
        ],
    )
    if found.verdict.key:
        _remember(db, found.verdict.key, found.catalogue.courses)


def _problem(offer: Offer, seen: int) -> str:
    """Why an offer is left out: a later version was verified from the same publisher."""
    if offer.version >= seen:
        return ""
    return str(OlderVersion(title=offer.title, offered=offer.version, known=seen))


def _versions(db: Database, keys: tuple[str, ...]) -> dict[str, int]:
    """The highest version of each course that a publisher, by the ids of its keys, ever signed."""
    marks = ", ".join("?" * len(keys))
    query = f"SELECT course, max(version) FROM versions WHERE key IN ({marks}) GROUP BY course"  # noqa: S608 - question marks
    return dict(db.execute(query, list(keys)).fetchall())


def _remember(db: Database, key: str, offers: Iterable[Offer]) -> None:
    db.conn.executemany(
        "INSERT INTO versions (course, key, version) VALUES (?, ?, ?)"
        " ON CONFLICT DO UPDATE SET version = max(version, excluded.version)",
        [(one.id, key, one.version) for one in offers],
    )


def _note(db: Database, url: str, now: Now) -> None:
    """Say what a person should know of the repository though nothing failed."""
    query = "SELECT problem FROM offers WHERE repository = ? AND problem <> '' LIMIT 1"
    left_out = db.execute(query, [url]).fetchone()
    query = "SELECT fresh_until FROM repositories WHERE url = ?"
    until = db.execute(query, [url]).fetchone()[0]
    notice = left_out[0] if left_out else freshness.stale(db, url, until, now())
    db.execute("UPDATE repositories SET notice = ? WHERE url = ?", [notice, url])
