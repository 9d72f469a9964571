# SPDX-License-Identifier: Apache-2.0
"""The manifest of one course: bound by its hash in a catalogue, so it may come from anywhere."""

from __future__ import annotations

import hashlib

import msgspec

from player.catalogue.document import GZIP, Absent, get_either
from player.catalogue.mirrors import mirrors_of
from player.catalogue.publishers import believed
from player.catalogue.trust import REVOKED, Policy, Verdict, disbelieved, holds
from player.course.catalogue import Offer
from player.course.manifest import LARGEST_MANIFEST, Manifest
from player.errors import (
    ConnectionProblem,
    Damaged,
    Malformed,
    NotOffered,
    PlayerError,
    RevokedKey,
)
from player.store import courses
from player.store.database import Database
from player.transport import Transport, place

_ROOM = 1024  # bytes by which something small may grow when it is packed

_BEST = "SELECT offer, repository, trust, key FROM best_offers WHERE course = ?"
_REFUSED = """
    SELECT o.offer, o.repository, r.trust, r.key
    FROM offers AS o JOIN repositories AS r ON r.url = o.repository
    WHERE o.course = ? AND o.problem <> ''
    ORDER BY r.trust <> 'trusted', o.version DESC, o.repository LIMIT 1
"""


def fetch_course(  # noqa: PLR0913 - what the version becomes is said apart
    db: Database,
    transport: Transport,
    course: str,
    policy: Policy | None = None,
    *,
    older: bool = False,
    coming: bool = False,
    aside: bool = False,
) -> Manifest:
    """Have the latest offered version of a course here: its manifest, not its files.

    Nothing is asked of anybody when that very manifest is here already. With a `policy`, an offer
    that was believed once is believed only if it still would be. With `older`, what is meant is the
    offer that was left out because a later version was seen: a person asks for it. `coming` and
    `aside` say what the version becomes: see `courses.keep`.

    Raises:
        NotOffered: no repository known here has it.
        UntrustedKey, Unsigned, RevokedKey: its publisher is believed no longer.
        Damaged, Malformed, NewerFormat, ConnectionProblem: nothing was kept.
    """
    row = db.execute(_REFUSED if older else _BEST, [course]).fetchone()
    if row is None:
        raise NotOffered(what=course)
    offer, (repository, trust, key) = msgspec.json.decode(row[0], type=Offer), row[1:]
    _believe(db, offer, Verdict(trust, key), policy)
    data = courses.manifest_bytes(db, course, offer.version)
    if data is None or not _is_promised(data, offer):
        data = _fetched(db, transport, repository, offer)
    manifest = courses.decoded(data)
    if (manifest.id, manifest.version) != (offer.id, offer.version):
        raise Malformed(document=offer.title, reason="it is another course - at `$.id`")
    return courses.keep(db, data, repository, trust, coming=coming, aside=aside)


def _believe(db: Database, offer: Offer, verdict: Verdict, policy: Policy | None) -> None:
    if verdict.trust == REVOKED:
        raise RevokedKey(document=offer.title, key=verdict.key)
    if policy is None:
        return
    now = believed(db, policy)
    if not holds(verdict, now):
        raise disbelieved(verdict.key, now, offer.title)


def _fetched(db: Database, transport: Transport, repository: str, offer: Offer) -> bytes:
    """The promised bytes, from the repository or else from a mirror of it."""
    query = "SELECT packed FROM repositories WHERE url = ?"
    packed = bool(db.execute(query, [repository]).fetchone()[0])
    problem: PlayerError | None = None
    for base in (repository, *mirrors_of(db, repository)):
        try:
            return _from(transport, base, offer, packed=packed)
        except (ConnectionProblem, Damaged, NotOffered) as error:
            problem = problem or error
    raise problem or NotOffered(what=offer.title)


def _from(transport: Transport, base: str, offer: Offer, *, packed: bool) -> bytes:
    url = f"{base}courses/{offer.id}/{offer.version}.json"
    limit = min(LARGEST_MANIFEST, offer.manifest.size + _ROOM)
    found = get_either(transport, url, limit, packed=packed)
    if isinstance(found, Absent):
        raise NotOffered(what=offer.title)
    if _is_promised(found.data, offer):
        return found.data
    if found.url.endswith(GZIP):  # the twin may be of another day
        return _from(transport, base, offer, packed=False)
    raise Damaged(what=offer.title, place=place(base))


def _is_promised(data: bytes, offer: Offer) -> bool:
    promised = offer.manifest
    return len(data) == promised.size and hashlib.sha256(data).hexdigest() == promised.sha256
