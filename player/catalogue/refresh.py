# SPDX-License-Identifier: Apache-2.0
"""Reading a repository: its catalogue, and the manifest of one course.

Nothing is looked into before its signature or hash was checked, and nothing that is known is given
up for something worse: a failure leaves the offers of last time as they were.
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime

import msgspec

from player.catalogue.address import normalise
from player.catalogue.document import Absent, Document, get
from player.catalogue.trust import TRUSTED, UNSIGNED, Policy, Verdict, holds, judge
from player.course.catalogue import Catalogue, Offer, decode_catalogue
from player.course.manifest import Manifest
from player.course.signing import PublicKey
from player.errors import (
    BadSignature,
    ConnectionProblem,
    Damaged,
    Malformed,
    NotARepository,
    NotOffered,
    OlderCatalogue,
    PlayerError,
    Unsigned,
    UntrustedKey,
)
from player.store import courses
from player.store.database import Database, translated
from player.transport import Transport, place

__all__ = ["Refreshed", "fetch_course", "normalise", "refresh"]

CATALOGUE_LIMIT = 16 * 1024 * 1024  # bytes: some 20 000 courses
MANIFEST_LIMIT = 32 * 1024 * 1024
MINISIG_LIMIT = 4096
_NAME = "The catalogue"


@dataclass(frozen=True, slots=True)
class Refreshed:
    """What a repository offers now. `changed` is False where it was known already."""

    url: str
    number: int
    courses: int
    changed: bool
    trust: str
    key: str


@dataclass(frozen=True, slots=True)
class _Known:
    """What the last success found."""

    number: int = 0
    etag: str = ""
    verdict: Verdict = field(default_factory=lambda: Verdict(""))


def refresh(  # noqa: PLR0913 - whom to believe is three things
    db: Database,
    transport: Transport,
    url: str,
    keys: Sequence[PublicKey],
    *,
    allow_unsigned: bool,
    now: Callable[[], datetime],
    allow_keys: Sequence[PublicKey] = (),
) -> Refreshed:
    """Look what the repository at `url` offers and write it down.

    Args:
        db: the database.
        transport: the road.
        url: as `normalise` returns it.
        keys: the publishers that the platform vouches for.
        allow_unsigned: whether a person allowed catalogues that nobody signed. One that was signed
            by a trusted key before is refused without it all the same: taking the signature off is
            what somebody in between would do.
        now: the wall clock.
        allow_keys: publishers that a person allowed for this place.

    Raises:
        ConnectionProblem, ContentProblem: what was offered last time stays, and the sentence is
            written into the repository's row.
    """
    policy = Policy(keys, allow_keys, allow_unsigned)
    try:
        return _refresh(db, transport, url, policy, now)
    except PlayerError as error:
        with translated(db.path), db.atomic():
            db.execute(
                "INSERT INTO repositories (url, problem) VALUES (?, ?)"
                " ON CONFLICT DO UPDATE SET problem = excluded.problem",
                [url, str(error)],
            )
        raise


def fetch_course(
    db: Database,
    transport: Transport,
    course: str,
    policy: Policy | None = None,
    *,
    coming: bool = False,
    aside: bool = False,
) -> Manifest:
    """Have the latest offered version of a course here: its manifest, not its files.

    Nothing is asked of anybody when that very manifest is here already. With a `policy`, an offer
    that was believed once is believed only if it still would be. `coming` and `aside` say what the
    version becomes: see `courses.keep`.

    Raises:
        NotOffered: no repository known here has it.
        UntrustedKey, Unsigned: its publisher is believed no longer.
        Damaged, Malformed, NewerFormat, ConnectionProblem: nothing was kept.
    """
    row = db.execute(
        "SELECT offer, repository, trust, key FROM best_offers WHERE course = ?", [course]
    ).fetchone()
    if row is None:
        raise NotOffered(what=course)
    offer, (repository, trust, key) = msgspec.json.decode(row[0], type=Offer), row[1:]
    if policy is not None and not holds(Verdict(trust, key), policy):
        if key:
            raise UntrustedKey(document=offer.title, key=key)
        raise Unsigned(document=offer.title)
    data = courses.manifest_bytes(db, course, offer.version)
    if data is None or not _is_promised(data, offer):
        url = f"{repository}courses/{offer.id}/{offer.version}.json"
        found = get(transport, url, min(MANIFEST_LIMIT, offer.manifest.size))
        if isinstance(found, Absent):
            raise NotOffered(what=offer.title)
        data = found.data
        if not _is_promised(data, offer):
            raise Damaged(what=offer.title, place=place(repository))
    manifest = courses.decoded(data)
    if (manifest.id, manifest.version) != (offer.id, offer.version):
        raise Malformed(document=offer.title, reason="it is another course - at `$.id`")
    return courses.keep(db, data, repository, trust, coming=coming, aside=aside)


def _is_promised(data: bytes, offer: Offer) -> bool:
    promised = offer.manifest
    return len(data) == promised.size and hashlib.sha256(data).hexdigest() == promised.sha256


def _refresh(
    db: Database, transport: Transport, url: str, policy: Policy, now: Callable[[], datetime]
) -> Refreshed:
    known = _known(db, url)
    etag = known.etag if holds(known.verdict, policy) else ""
    answer = _catalogue(transport, url, etag)
    if answer is None:
        return _unchanged(db, url, known, now)
    try:
        verdict = _signed(transport, url, answer.data, policy)
    except BadSignature:  # perhaps a copy was under way between the two: once more
        answer = _catalogue(transport, url, "") or answer
        verdict = _signed(transport, url, answer.data, policy)
    if verdict.trust == UNSIGNED and known.verdict.trust == TRUSTED:
        raise Unsigned(document=_NAME)
    catalogue = decode_catalogue(answer.data)
    # A number that nobody trusted has said does not bind a publisher who is
    binding = known.verdict.trust == TRUSTED or verdict.trust != TRUSTED
    if binding and catalogue.number < known.number:
        raise OlderCatalogue(place=place(url), offered=catalogue.number, known=known.number)
    _write(db, url, answer, (catalogue, verdict), now)
    changed = catalogue.number != known.number
    return Refreshed(
        url, catalogue.number, len(catalogue.courses), changed, verdict.trust, verdict.key
    )


def _catalogue(transport: Transport, url: str, etag: str) -> Document | None:
    """The catalogue; None when it is still the one of `etag`."""
    found = get(transport, url + "catalogue.json", CATALOGUE_LIMIT, etag)
    if found is Absent.MISSING:
        raise NotARepository(place=place(url))
    return None if found is Absent.UNCHANGED else found


def _signed(transport: Transport, url: str, data: bytes, policy: Policy) -> Verdict:
    found = get(transport, url + "catalogue.json.minisig", MINISIG_LIMIT)
    minisig = None if isinstance(found, Absent) else found.data
    try:
        return judge(data, minisig, policy, _NAME)
    except UntrustedKey as error:
        # Whether to believe it is a person's decision; what the key is, the repository may say
        error.details["public"] = _public_key(transport, url, str(error.details["key"]))
        raise


def _public_key(transport: Transport, url: str, key: str) -> str:
    """The key of that id as the repository offers it; '' where it offers none."""
    try:
        found = get(transport, f"{url}keys/{key}.pub", MINISIG_LIMIT)
        offered = PublicKey.parse("" if isinstance(found, Absent) else found.data.decode())
    except (ConnectionProblem, ValueError):
        return ""
    return str(offered) if offered.id == key else ""


def _known(db: Database, url: str) -> _Known:
    query = "SELECT number, etag, trust, key FROM repositories WHERE url = ?"
    row = db.execute(query, [url]).fetchone()
    return _Known(row[0], row[1], Verdict(row[2], row[3])) if row else _Known()


def _unchanged(db: Database, url: str, known: _Known, now: Callable[[], datetime]) -> Refreshed:
    with translated(db.path), db.atomic():
        db.execute(
            "UPDATE repositories SET refreshed_at = ?, problem = '' WHERE url = ?",
            [_text(now), url],
        )
        query = "SELECT count(*) FROM offers WHERE repository = ?"
        count = db.execute(query, [url]).fetchone()[0]
    return Refreshed(url, known.number, count, False, known.verdict.trust, known.verdict.key)


class _Entries(msgspec.Struct, frozen=True):
    courses: tuple[msgspec.Raw, ...]


def _write(
    db: Database,
    url: str,
    answer: Document,
    found: tuple[Catalogue, Verdict],
    now: Callable[[], datetime],
) -> None:
    """Write the catalogue's number and all its offers, or nothing."""
    catalogue, verdict = found
    entries = msgspec.json.decode(answer.data, type=_Entries).courses  # unknown fields included
    row = [url, catalogue.title, catalogue.number, answer.etag, verdict.trust, verdict.key]
    with translated(db.path), db.atomic():
        db.execute(
            "INSERT INTO repositories (url, title, number, etag, trust, key, refreshed_at)"
            " VALUES (?, ?, ?, ?, ?, ?, ?) ON CONFLICT DO UPDATE SET title = excluded.title,"
            " number = excluded.number, etag = excluded.etag, trust = excluded.trust,"
            " key = excluded.key, refreshed_at = excluded.refreshed_at, problem = ''",
            [*row, _text(now)],
        )
        db.execute("DELETE FROM offers WHERE repository = ?", [url])
        db.conn.executemany(
            "INSERT INTO offers (repository, course, version, title, language, offer)"
            " VALUES (?, ?, ?, ?, ?, ?)",
            [
                (url, one.id, one.version, one.title, one.language, bytes(raw).decode())
                for one, raw in zip(catalogue.courses, entries, strict=True)
            ],
        )


def _text(now: Callable[[], datetime]) -> str:
    return now().astimezone(UTC).isoformat(timespec="seconds").replace("+00:00", "Z")
