# SPDX-License-Identifier: Apache-2.0
"""Whose word a document is: the table of docs/format.md, "Signatures"."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from player.course.signing import PublicKey, Signature
from player.errors import BadSignature, PlayerError, RevokedKey, Unsigned, UntrustedKey

TRUSTED, UNTRUSTED, UNSIGNED, REVOKED = "trusted", "untrusted", "unsigned", "revoked"


@dataclass(frozen=True, slots=True)
class Policy:
    """Whom this PC believes.

    `keys` came with its platform; `allowed` are those that a person allowed for one place. Allowing
    takes the whole key: its id alone, which anyone can write into a signature, proves nothing.
    `withdrawn` are keys that their own publishers took back: `publishers.believed` fills it, and
    has left them out of the others.
    """

    keys: Sequence[PublicKey]
    allowed: Sequence[PublicKey] = ()
    unsigned: bool = False
    withdrawn: Sequence[PublicKey] = ()


@dataclass(frozen=True, slots=True)
class Verdict:
    """`trust` is 'trusted', 'untrusted' (allowed by a person) or 'unsigned'; `key` its id.

    In the row of a repository it may also be 'revoked': once believed, for a key since taken back.
    """

    trust: str
    key: str = ""


def judge(data: bytes, minisig: bytes | None, policy: Policy, document: str) -> Verdict:
    """Return whose word `data` is.

    Args:
        data: the document's bytes, not looked into.
        minisig: its signature; None where there is none.
        policy: whom to believe.
        document: what to call it in a sentence.

    Raises:
        Unsigned: no signature, and nobody allowed that.
        UntrustedKey: signed by a key that nobody allowed; whether it fits cannot be known.
        RevokedKey: signed by a key that was believed once.
        BadSignature: it does not fit the bytes, or is no signature.
    """
    if minisig is None:
        if not policy.unsigned:
            raise Unsigned(document=document)
        return Verdict(UNSIGNED)
    try:
        signature = Signature.parse(minisig)
    except ValueError as error:
        raise BadSignature(document=document) from error
    for trust, keys in ((TRUSTED, policy.keys), (UNTRUSTED, policy.allowed)):
        known = [key for key in keys if key.id == signature.key]
        if any(signature.fits(data, key) for key in known):
            return Verdict(trust, signature.key)
    if _named(signature.key, policy.keys) or _named(signature.key, policy.allowed):
        raise BadSignature(document=document)
    raise disbelieved(signature.key, policy, document)


def disbelieved(key: str, policy: Policy, document: str) -> PlayerError:
    """What to raise for a document signed by a key, '' for none, that is not believed."""
    if not key:
        return Unsigned(document=document)
    withdrawn = _named(key, policy.withdrawn)
    return (RevokedKey if withdrawn else UntrustedKey)(document=document, key=key)


def holds(verdict: Verdict, policy: Policy) -> bool:
    """Whether a verdict of an earlier day would be the same under `policy`."""
    if verdict.trust == UNSIGNED:
        return policy.unsigned
    keys = {TRUSTED: policy.keys, UNTRUSTED: policy.allowed}.get(verdict.trust, ())
    return _named(verdict.key, keys)


def binds(before: Verdict, verdict: Verdict, policy: Policy) -> bool:
    """Whether the number that was believed `before` is a bound for one under `verdict`.

    What nobody trusted has said does not bind a publisher who is. Nor does what a thief of a key
    said, once it is revoked: a catalogue of number 10^9 would shut its publisher out for ever.
    """
    withdrawn = _named(before.key, policy.withdrawn) and not holds(before, policy)
    if before.trust == REVOKED or withdrawn:
        return False
    return before.trust == TRUSTED or verdict.trust != TRUSTED


def _named(key: str, keys: Iterable[PublicKey]) -> bool:
    return any(one.id == key for one in keys)
