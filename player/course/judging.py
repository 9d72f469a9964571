# SPDX-License-Identifier: Apache-2.0
"""What can be said of a credential that somebody shows, without a network. Pure.

What stands in it is somebody else's word: every value is looked at, and nothing of one that was
altered is ever shown.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta
from enum import StrEnum
from typing import Annotated, Any

import msgspec
from msgspec import Meta

from player.clock import stamp
from player.course import jwt
from player.course.credential import CLAIM, hashed
from player.course.did import key_of

LEEWAY = timedelta(minutes=5)  # of this PC's clock
_BADGES = {"OpenBadgeCredential", "AchievementCredential"}
_SHOWN = 300  # characters of a text


class Verdict(StrEnum):
    """What there is to say of something that was handed over; one of these and no other."""

    GENUINE = "genuine"  # by an issuer that is known here
    FOREIGN = "foreign"  # signed as it says, by somebody who is not known here
    ALTERED = "altered"  # the signature does not fit: changed, or forged
    EXPIRED = "expired"
    EARLY = "early"  # by this PC's clock it holds from a later time
    CLAIM = "claim"  # a learner's PC says so, and nobody confirmed it
    NO_KEY = "no-key"  # its issuer's key is neither in it nor known here
    ALGORITHM = "algorithm"  # signed in a way that is not believed, or not known
    NOTHING = "nothing"  # no credential at all


@dataclass(frozen=True, slots=True)
class Judged:
    """A verdict, and what the thing says of itself; believe that no further than the verdict.

    `issuer` is the name that we know the issuer by, else the one it gives itself, `key` its
    `did:key`. `since` and `until` are RFC 3339, '' for none. `name` is whom it names, '' for
    nobody. `account` and `salt` are a hash of whose it is.
    """

    verdict: Verdict
    title: str = ""
    issuer: str = ""
    key: str = ""
    name: str = ""
    text: str = ""
    course: str = ""
    id: str = ""
    since: str = ""
    until: str = ""
    algorithm: str = ""
    account: str = ""
    salt: str = ""

    def is_of(self, learner: str) -> bool:
        """Whether it was issued to the account of that name."""
        return bool(self.account) and self.account == hashed(learner, self.salt)


def judge(data: bytes, issuers: Mapping[str, str], now: datetime) -> Judged:
    """Say what was handed over: a token, or something in which one stands.

    Args:
        data: bytes of a file or a text. Linear in their length; whoever calls bounds that.
        issuers: the names of those whose credentials count, by `did:key`.
        now: by this PC's clock, which may be wrong.
    """
    text = jwt.find(data)
    if not text:
        return Judged(Verdict.ALGORITHM if _has_proof(data) else Verdict.NOTHING)
    token = jwt.read(text)
    if token.header.get("alg") != jwt.ALGORITHM or "crit" in token.header:
        return Judged(Verdict.ALGORITHM, algorithm=_clean(str(token.header.get("alg"))))
    try:
        is_claim = token.header.get("typ") == CLAIM
        said = _claimed(token.payload) if is_claim else _said(token.payload)
    except (msgspec.ValidationError, ValueError, OverflowError):
        return Judged(Verdict.NOTHING)
    verdict = _verdict(token, said, issuers, now)
    if verdict is Verdict.ALTERED:  # nothing that it says is shown to anybody
        return Judged(verdict)
    known = issuers.get(said.key, "") if verdict is not Verdict.CLAIM else ""
    return replace(said, verdict=verdict, issuer=known or said.issuer)


def _verdict(token: jwt.Token, said: Judged, issuers: Mapping[str, str], now: datetime) -> Verdict:
    try:
        key = key_of(said.key)
    except ValueError:
        return Verdict.NO_KEY
    if not token.is_by(key):
        return Verdict.ALTERED
    if token.header.get("typ") == CLAIM:
        return Verdict.CLAIM
    return _by_clock(said, now) if said.key in issuers else Verdict.FOREIGN


def _by_clock(said: Judged, now: datetime) -> Verdict:
    if said.until and now - LEEWAY > datetime.fromisoformat(said.until):
        return Verdict.EXPIRED
    if said.since and now + LEEWAY < datetime.fromisoformat(said.since):
        return Verdict.EARLY
    return Verdict.GENUINE


_Time = Annotated[float, Meta(ge=0, le=253_402_300_799)]  # seconds, to the end of year 9999


class _Identity(msgspec.Struct, rename="camel"):
    identity_hash: str = ""
    identity_type: str = ""
    hashed: bool = False
    salt: str = ""


class _Criteria(msgspec.Struct):
    narrative: str = ""


class _Achievement(msgspec.Struct):
    name: str
    id: str = ""
    criteria: _Criteria = msgspec.field(default_factory=_Criteria)


class _Subject(msgspec.Struct):
    achievement: _Achievement
    identifier: list[_Identity] = []


class _Issuer(msgspec.Struct):
    id: str
    name: str = ""


class _Credential(msgspec.Struct, rename={"subject": "credentialSubject"}):
    type: list[str]
    issuer: _Issuer
    subject: _Subject
    iss: str
    jti: str = ""
    nbf: _Time = 0.0
    exp: _Time | None = None


class _Claim(msgspec.Struct):
    iss: str
    title: str
    platform: str = ""
    course: str = ""
    name: str = ""
    jti: str = ""
    iat: _Time = 0.0
    account: str = ""
    salt: str = ""


def _said(payload: dict[str, Any]) -> Judged:
    """What a credential says. Raises msgspec.ValidationError, ValueError."""
    found = msgspec.convert(payload, _Credential)
    if not _BADGES.intersection(found.type):
        raise ValueError("signed, and no badge")
    if found.issuer.id != found.iss:
        raise ValueError("of two issuers")
    achievement, whose = found.subject.achievement, found.subject.identifier
    account = next((one for one in whose if one.hashed), _Identity())
    name = next((one.identity_hash for one in whose if _is_name(one)), "")
    return Judged(
        Verdict.NOTHING,
        title=_clean(achievement.name),
        issuer=_clean(found.issuer.name),
        key=found.iss,
        name=_clean(name),
        text=_clean(achievement.criteria.narrative),
        course=_clean(achievement.id),
        id=_clean(found.jti),
        since=_time(found.nbf) if found.nbf else "",
        until="" if found.exp is None else _time(found.exp),
        account=account.identity_hash,
        salt=account.salt,
    )


def _claimed(payload: dict[str, Any]) -> Judged:
    found = msgspec.convert(payload, _Claim)
    return Judged(
        Verdict.CLAIM,
        title=_clean(found.title),
        issuer=_clean(found.platform),
        key=found.iss,
        name=_clean(found.name),
        course=_clean(found.course),
        id=_clean(found.jti),
        since=_time(found.iat),
        account=found.account,
        salt=found.salt,
    )


def _is_name(one: _Identity) -> bool:
    return one.identity_type == "name" and not one.hashed


def _time(seconds: float) -> str:
    return stamp(datetime.fromtimestamp(seconds, UTC))


def _clean(text: str) -> str:
    """Words of somebody else, such that they stay where they are shown."""
    return "".join(one if one.isprintable() else " " for one in text)[:_SHOWN].strip()


def _has_proof(data: bytes) -> bool:
    """Whether it is a credential that is signed otherwise, with a Data Integrity proof."""
    try:
        found = msgspec.json.decode(data, type=dict[str, Any])
    except (msgspec.MsgspecError, RecursionError, UnicodeDecodeError):
        return False
    return "proof" in found and "credentialSubject" in found
