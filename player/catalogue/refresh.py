# SPDX-License-Identifier: Apache-2.0
"""Reading a repository's catalogue, from its own address or else from a mirror.

Nothing is looked into before its signature was checked, and nothing that is known is given up for
something worse: a failure leaves the offers of last time as they were.
"""

from __future__ import annotations

import logging
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime
from functools import partial

from player.catalogue import record
from player.catalogue.address import normalise
from player.catalogue.document import GZIP, Absent, Document, get, get_either
from player.catalogue.manifests import fetch_course
from player.catalogue.publishers import believed, fellows, learn
from player.catalogue.record import Found, Known
from player.catalogue.trust import REVOKED, TRUSTED, UNSIGNED, Policy, Verdict, binds, holds, judge
from player.course.catalogue import DOCUMENT, Catalogue, decode_catalogue
from player.course.signing import PublicKey
from player.errors import (
    BadSignature,
    ConnectionProblem,
    ContentProblem,
    NotARepository,
    OlderCatalogue,
    PlayerError,
    Unsigned,
    UntrustedKey,
)
from player.store.database import Database
from player.transport import Transport, place

__all__ = ["Refreshed", "fetch_course", "normalise", "refresh"]

log = logging.getLogger(__name__)

CATALOGUE_LIMIT = 16 * 1024 * 1024  # bytes: some 20 000 courses
MINISIG_LIMIT = 4096


@dataclass(frozen=True, slots=True)
class Refreshed:
    """What a repository offers now. `changed` is False where it was known already."""

    url: str
    number: int
    courses: int
    changed: bool
    trust: str
    key: str


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

    Its mirrors are asked where it cannot be reached, or has not what it should have.

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
    known = record.known(db, url)
    problem: PlayerError | None = None
    for base in (url, *known.mirrors):
        look = _Look(db, transport, base, known, policy)
        try:
            return _refresh(look, now)
        except (ConnectionProblem, ContentProblem) as error:
            log.info("%s: %s", place(base), error)
            problem = problem or error
        except PlayerError as error:
            record.failed(db, url, error, now)
            raise
    problem = problem or NotARepository(place=place(url))
    record.failed(db, url, problem, now)
    raise problem


@dataclass(frozen=True, slots=True)
class _Look:
    """One look at one address of a repository."""

    db: Database
    transport: Transport
    base: str
    known: Known
    policy: Policy


@dataclass(frozen=True, slots=True)
class _Signed:
    """A catalogue's bytes, and whose word they are."""

    answer: Document
    minisig: bytes | None
    verdict: Verdict


_Signature = Callable[[], bytes | None]


def _refresh(look: _Look, now: Callable[[], datetime]) -> Refreshed:
    known, url = look.known, look.known.url
    last = known.answer if holds(known.verdict, believed(look.db, look.policy)) else None
    with _signature(look, last) as signature:
        answer = _catalogue(look, last, packed=known.packed)
        if answer is None:
            count = record.unchanged(look.db, url, now)
            said = known.verdict
            return Refreshed(url, known.number, count, False, said.trust, said.key)
        found = _found(look, answer, signature)
    record.write(look.db, url, found, now)
    number, verdict = found.catalogue.number, found.verdict
    changed = number != known.number
    count = len(found.catalogue.courses)
    return Refreshed(url, number, count, changed, verdict.trust, verdict.key)


def _found(look: _Look, first: Document, signature: _Signature) -> Found:
    signed = _signed(look, first, signature)
    catalogue = decode_catalogue(signed.answer.data)
    complete = _learnt(look, catalogue, signed.verdict)
    now = believed(look.db, look.policy)
    # The publisher document that it names may have taken back the very key that signed it
    verdict = judge(signed.answer.data, signed.minisig, now, DOCUMENT)
    known = look.known
    if verdict.trust == UNSIGNED and known.verdict.trust in (TRUSTED, REVOKED):
        raise Unsigned(document=DOCUMENT)
    if catalogue.number < known.number and binds(known.verdict, verdict, now):
        offered = {"offered": catalogue.number, "known": known.number}
        raise OlderCatalogue(place=place(look.base), **offered)
    return Found(
        catalogue=catalogue,
        answer=signed.answer,
        minisig=signed.minisig,
        verdict=verdict,
        packed=_is_packed(look, first),
        fellows=tuple(fellows(look.db, look.policy, verdict.key)),
        complete=complete,
    )


def _is_packed(look: _Look, answer: Document) -> bool:
    """Whether the packed twin is to be asked for next time too."""
    if look.base != look.known.url or look.known.answer.url == look.base + "catalogue.json":
        return look.known.packed  # nobody asked for it
    return answer.url.endswith(GZIP)


def _catalogue(look: _Look, last: Document | None, *, packed: bool) -> Document | None:
    """The catalogue; None when it is still the `last` one."""
    url = look.base + "catalogue.json"
    found = get_either(look.transport, url, CATALOGUE_LIMIT, packed=packed, known=last)
    if found is Absent.MISSING:
        raise NotARepository(place=place(look.base))
    return None if found is Absent.UNCHANGED else found


@contextmanager
def _signature(look: _Look, last: Document | None) -> Iterator[_Signature]:
    """How to get the catalogue's signature.

    At a first look it is fetched beside the catalogue, which saves a round trip. Later the answer
    is mostly that nothing changed, and it is not needed.
    """
    fetch = partial(_minisig, look)
    if last is not None:
        yield fetch
        return
    with ThreadPoolExecutor(1) as beside:
        yield beside.submit(fetch).result


def _minisig(look: _Look) -> bytes | None:
    found = get(look.transport, look.base + "catalogue.json.minisig", MINISIG_LIMIT)
    return None if isinstance(found, Absent) else found.data


def _signed(look: _Look, answer: Document, signature: _Signature) -> _Signed:
    try:
        return _judged(look, answer, signature())
    except BadSignature:  # perhaps a copy was under way between the two: once more
        again = _catalogue(look, None, packed=False)
        return _judged(look, again or answer, _minisig(look))


def _judged(look: _Look, answer: Document, minisig: bytes | None) -> _Signed:
    try:
        verdict = judge(answer.data, minisig, believed(look.db, look.policy), DOCUMENT)
    except UntrustedKey as error:
        if _has_news(look):  # perhaps it is the key that comes after one that is believed
            return _Signed(answer, minisig, _again(look, answer, minisig))
        # Whether to believe it is a person's decision; what the key is, the repository may say
        error.details["public"] = _public_key(look, str(error.details["key"]))
        raise
    return _Signed(answer, minisig, verdict)


def _again(look: _Look, answer: Document, minisig: bytes | None) -> Verdict:
    try:
        return judge(answer.data, minisig, believed(look.db, look.policy), DOCUMENT)
    except UntrustedKey as error:
        error.details["public"] = _public_key(look, str(error.details["key"]))
        raise


def _has_news(look: _Look) -> bool:
    """Whether a publisher document was there that this PC had not seen, and accepts."""
    policy = look.policy
    if not policy.keys and not policy.allowed:
        return False
    try:
        learn(look.db, look.transport, look.known.url, look.base, policy)
    except (ConnectionProblem, ContentProblem) as error:
        log.info("no publisher document from %s: %s", place(look.base), error)
        return False
    return True


def _learnt(look: _Look, catalogue: Catalogue, verdict: Verdict) -> bool:
    """Read the publisher document that a catalogue names; False: it has to be tried again."""
    if catalogue.publisher is None or verdict.trust == UNSIGNED:
        return True
    url, named = look.known.url, catalogue.publisher
    try:
        learn(look.db, look.transport, url, look.base, look.policy, named)
    except (ConnectionProblem, ContentProblem) as error:
        log.warning("the publisher document of %s is not taken: %s", place(look.base), error)
        return False
    return True


def _public_key(look: _Look, key: str) -> str:
    """The key of that id as the repository offers it; '' where it offers none."""
    try:
        found = get(look.transport, f"{look.base}keys/{key}.pub", MINISIG_LIMIT)
        offered = PublicKey.parse("" if isinstance(found, Absent) else found.data.decode())
    except (ConnectionProblem, ContentProblem, ValueError):
        return ""
    return str(offered) if offered.id == key else ""
