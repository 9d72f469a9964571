# SPDX-License-Identifier: Apache-2.0
"""Open Badges 3.0 credentials as signed JWTs (OB 3.0 §8.2). Pure.

The payload is the credential itself, with the registered claims beside its members. The issuer is a
`did:key`, which holds the key, so nothing has to be asked of a network; whose key it is, a reader
knows from its platform file. A *claim* is what a learner's PC says before the platform has
confirmed it: it has a type of its own, and no key makes it a credential.
"""

from __future__ import annotations

import hashlib
import uuid
from dataclasses import dataclass
from datetime import datetime

import msgspec
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from player.clock import stamp
from player.course import jwt
from player.course.did import did_of

CLAIM = "cartable-claim+jwt"
_CONTEXT = (
    "https://www.w3.org/ns/credentials/v2",
    "https://purl.imsglobal.org/spec/ob/v3p0/context-3.0.3.json",
)
TITLE, TEXT = 120, 240  # bytes in UTF-8: the whole goes into a QR code, which holds 2953
_NAME = 100


@dataclass(frozen=True, slots=True)
class Grant:
    """What a credential says: that `learner` met the rule of a course at a platform."""

    home: str
    platform: str
    course: str
    learner: str
    title: str
    text: str = ""
    name: str = ""


def id_of(home: str, course: str, learner: str) -> str:
    """The id of the one credential of a learner in a course."""
    what = msgspec.json.encode([home, "attestation", course, learner]).decode()
    return str(uuid.uuid5(uuid.NAMESPACE_URL, what))


def write(grant: Grant, secret: Ed25519PrivateKey, now: datetime) -> str:
    """Return the credential, signed. The same grant at the same second gives the same bytes.

    The account's name is a secret of the learner's: it stands in it as a hash.
    """
    did = did_of(secret.public_key())
    id_ = id_of(grant.home, grant.course, grant.learner)
    subject = f"urn:uuid:{uuid.uuid5(uuid.NAMESPACE_URL, f'{grant.home}#{grant.learner}')}"
    salt = id_[:8]
    whose = [_identity("accountId", hashed(grant.learner, salt), hashed=True, salt=salt)]
    if grant.name:
        whose.append(_identity("name", _cut(grant.name, _NAME), hashed=False))
    title = _cut(grant.title, TITLE)
    payload = {
        "@context": list(_CONTEXT),
        "type": ["VerifiableCredential", "OpenBadgeCredential"],
        "id": f"urn:uuid:{id_}",
        "name": title,
        "issuer": {"id": did, "type": ["Profile"], "name": _cut(grant.platform, _NAME)},
        "validFrom": stamp(now),
        "credentialSubject": {
            "id": subject,
            "type": ["AchievementSubject"],
            "identifier": whose,
            "achievement": {
                "id": f"{grant.home.rstrip('/')}/courses/{grant.course}",
                "type": ["Achievement"],
                "name": title,
                "description": title,
                "criteria": {"narrative": _cut(grant.text, TEXT) or title},
            },
        },
        "iss": did,
        "jti": f"urn:uuid:{id_}",
        "sub": subject,
        "nbf": int(now.timestamp()),
    }
    return jwt.write(payload, secret, kid=_kid(did))


def write_claim(grant: Grant, secret: Ed25519PrivateKey, now: datetime) -> str:
    """Return what a PC can say by itself: that the rule was met there, by its own key."""
    did = did_of(secret.public_key())
    id_ = id_of(grant.home, grant.course, grant.learner)
    payload = {
        "iss": did,
        "jti": f"urn:uuid:{id_}",
        "iat": int(now.timestamp()),
        "platform": _cut(grant.platform, _NAME),
        "course": f"{grant.home.rstrip('/')}/courses/{grant.course}",
        "title": _cut(grant.title, TITLE),
        "name": _cut(grant.name, _NAME),
        "account": hashed(grant.learner, id_[:8]),
        "salt": id_[:8],
    }
    return jwt.write(payload, secret, kid=_kid(did), typ=CLAIM)


def _identity(kind: str, value: str, **more: object) -> dict[str, object]:
    return {"type": "IdentityObject", "identityType": kind, "identityHash": value, **more}


def hashed(name: str, salt: str) -> str:
    """An account's name as a credential holds it."""
    return f"sha256${hashlib.sha256((name + salt).encode()).hexdigest()}"


def _cut(text: str, most: int) -> str:
    return text.encode()[:most].decode(errors="ignore")


def _kid(did: str) -> str:
    return f"{did}#{did.removeprefix('did:key:')}"
