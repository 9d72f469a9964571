# SPDX-License-Identifier: Apache-2.0
"""Keys that follow keys: publisher documents, believed when keys that are believed signed them.

The keys that a document lists become one *family*. Who wants into a family has signed for it, with
a key of the family and with its own; and only a family takes back its keys. So one publisher cannot
revoke, or speak for, another.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field, replace

from player.catalogue.document import Absent, get
from player.catalogue.trust import REVOKED, Policy
from player.clock import stamp, utc_now
from player.course.catalogue import PublisherReference
from player.course.publisher import (
    DOCUMENT,
    LIMIT,
    Publisher,
    decode_publisher,
    publisher_path,
    signature_path,
)
from player.course.signing import PublicKey, Signature
from player.errors import BadSignature, NotOffered, UntrustedKey
from player.store.database import Database, translated
from player.transport import Transport

LONGEST = 32  # documents that are walked through at once; who was away longer goes on then
_MINISIG_LIMIT = 4096


@dataclass(frozen=True, slots=True)
class _Road:
    """Where documents are fetched from (`base`), and for which repository (`url`)."""

    transport: Transport
    url: str
    base: str


@dataclass(frozen=True, slots=True)
class _Document:
    """A document as it came, not believed yet, and the path that its signatures are named after."""

    path: str
    data: bytes
    publisher: Publisher
    signatures: dict[str, bytes] = field(default_factory=dict)


def believed(db: Database, policy: Policy) -> Policy:
    """The policy with what publisher documents added to it and took from it."""
    rows = db.execute("SELECT public, family, revoked_at FROM publisher_keys").fetchall()
    families = {public: family for public, family, _ in rows}
    revoked = {public for public, _, revoked_at in rows if revoked_at}

    def extended(keys: Sequence[PublicKey]) -> list[PublicKey]:
        ours = {families[str(key)] for key in keys if str(key) in families}
        texts = [str(key) for key in keys]
        texts += [public for public, family, _ in rows if family in ours]
        return [PublicKey.parse(one) for one in dict.fromkeys(texts) if one not in revoked]

    withdrawn = [PublicKey.parse(public) for public in revoked]
    return replace(
        policy,
        keys=extended(policy.keys),
        allowed=extended(policy.allowed),
        withdrawn=withdrawn,
    )


def fellows(db: Database, policy: Policy, key: str) -> list[str]:
    """The ids of all keys that hold and belong to the publisher of a key, given by its id."""
    families = _families(db)
    now = believed(db, policy)
    keys = [*now.keys, *now.allowed]
    ours = {families.get(str(one)) for one in keys if one.id == key} - {None}
    return [key, *(one.id for one in keys if families.get(str(one)) in ours)]


def learn(
    db: Database,
    transport: Transport,
    url: str,
    base: str,
    policy: Policy,
    named: PublisherReference | None = None,
) -> int:
    """Read the publisher documents that this PC has not seen; return the number of the newest.

    Each one that is accepted is written down at once, whatever comes of the next.

    Args:
        db: the database.
        transport: the road.
        url: of the repository, as it is known here.
        base: where its files are fetched from: `url` or a mirror.
        policy: as it was given, without what documents added.
        named: the newest, as a catalogue that is believed names it. Nothing is asked of anybody
            when its number is known.

    Raises:
        UntrustedKey: the newest is not signed by those who must.
        BadSignature: it is not the one that was named.
        NotOffered: there is none. Malformed, NewerFormat, ConnectionProblem: as they say.
    """
    known = _known(db, url)
    if named and named.number <= known:
        return known
    road = _Road(transport, url, base)
    newest = _read(road, publisher_path(named.number if named else None))
    if named and hashlib.sha256(newest.data).hexdigest() != named.sha256:
        raise BadSignature(document=DOCUMENT)
    number = newest.publisher.number
    if number <= known or _accept(db, road, newest, policy, whole=True):
        return max(known, number)
    for step in range(known + 1, min(number, known + 1 + LONGEST)):
        try:
            document = _read(road, publisher_path(step))
        except (
            NotOffered
        ):  # a gap: what comes after it may be signed by somebody known all the same
            break
        _accept(db, road, document, policy)
    if not _accept(db, road, newest, policy):
        raise UntrustedKey(document=DOCUMENT, key=", ".join(newest.publisher.signers))
    return number


def _read(road: _Road, path: str) -> _Document:
    found = get(road.transport, road.base + path, LIMIT)
    if isinstance(found, Absent):
        raise NotOffered(what=DOCUMENT)
    return _Document(path, found.data, decode_publisher(found.data))


def _accept(
    db: Database, road: _Road, document: _Document, policy: Policy, *, whole: bool = False
) -> bool:
    """Write down what the document says, if a key that is believed and every new one signed it.

    With `whole`, not where it revokes a key that is believed here and not known as its publisher's:
    an older document may say that it is.
    """
    now = believed(db, policy)
    holding = [*now.keys, *now.allowed]
    listed = document.publisher.public_keys()
    signed = _signed_by(road, document, [*holding, *listed])
    vouching = {str(key) for key in holding} & signed
    if not vouching:
        return False
    families = _families(db)
    ours = {families[key] for key in vouching if key in families}
    members = vouching | {key for key, family in families.items() if family in ours}
    if not {str(key) for key in listed} <= members | signed:
        return False
    members |= {str(key) for key in listed}
    revoked = document.publisher.revoked
    if whole and any(key.id in revoked and str(key) not in members for key in holding):
        return False
    _write(db, road.url, document, members)
    return True


def _signed_by(road: _Road, document: _Document, keys: Iterable[PublicKey]) -> set[str]:
    """Those of `keys` that signed the document; only their signatures are fetched.

    They are left in `document.signatures`, by the id of the key.
    """
    found: set[str] = set()
    wanted = list(dict.fromkeys(keys))
    for signer in dict.fromkeys(document.publisher.signers):
        candidates = [key for key in wanted if key.id == signer]
        if not candidates:
            continue
        path = signature_path(document.path, signer)
        answer = get(road.transport, road.base + path, _MINISIG_LIMIT)
        try:
            signature = Signature.parse(b"" if isinstance(answer, Absent) else answer.data)
        except ValueError:
            continue
        fitting = {str(key) for key in candidates if signature.fits(document.data, key)}
        if fitting and not isinstance(answer, Absent):
            document.signatures[signer] = answer.data
        found |= fitting
    return found


def _write(db: Database, url: str, document: _Document, members: set[str]) -> None:
    families, publisher = _families(db), document.publisher
    family = min(families.get(key, key) for key in members)
    rows = [(key, PublicKey.parse(key).id, family) for key in sorted(members)]
    said = stamp(utc_now())
    with translated(db.path), db.atomic():
        db.conn.executemany(
            "INSERT INTO publisher_keys (public, id, family) VALUES (?, ?, ?)"
            " ON CONFLICT DO UPDATE SET family = excluded.family",
            rows,
        )
        for key in publisher.revoked:
            changed = db.execute(
                "UPDATE publisher_keys SET revoked_at = ? WHERE family = ? AND id = ?"
                " AND revoked_at = ''",
                [said, family, key],
            ).rowcount
            if changed:  # what it signed is no longer preferred; its files stay
                db.execute("UPDATE repositories SET trust = ? WHERE key = ?", [REVOKED, key])
        db.execute(
            "INSERT INTO repositories (url, publisher) VALUES (?, ?)"
            " ON CONFLICT DO UPDATE SET publisher = max(publisher, excluded.publisher)",
            [url, publisher.number],
        )
        db.conn.executemany(
            "INSERT OR REPLACE INTO documents (repository, path, data) VALUES (?, ?, ?)",
            [(url, path, data) for path, data in _files(document).items()],
        )


def _files(document: _Document) -> dict[str, bytes]:
    """The document and its signatures by the paths under which another PC asks for them."""
    files: dict[str, bytes] = {}
    for path in (publisher_path(document.publisher.number), publisher_path()):
        files[path] = document.data
        for signer, data in document.signatures.items():
            files[signature_path(path, signer)] = data
    return files


def _families(db: Database) -> dict[str, str]:
    return dict(db.execute("SELECT public, family FROM publisher_keys").fetchall())


def _known(db: Database, url: str) -> int:
    row = db.execute("SELECT publisher FROM repositories WHERE url = ?", [url]).fetchone()
    return row[0] if row else 0
