# SPDX-License-Identifier: Apache-2.0
"""Sealed for somebody: the age format (https://age-encryption.org/v1). Pure, but for chance.

Whoever has none of the keys learns how long it is and nothing else; one altered bit, anywhere, and
it does not open.
"""

from __future__ import annotations

import logging
from collections.abc import Sequence

import pyrage
from cryptography.hazmat.primitives.asymmetric.x25519 import X25519PrivateKey, X25519PublicKey
from pyrage import passphrase as by_passphrase
from pyrage import x25519

from player.errors import BundleDamaged, SealedForOthers, WrongPassphrase

log = logging.getLogger(__name__)

MAGIC = b"age-encryption.org/v1\n"  # how all that is sealed begins
_DIGITS = "qpzry9x8gf2tvdw0s3jn54khce6mua7l"  # of Bech32 (BIP 173), five bits each
_HEAD = 32 * 1024  # bytes
_END_OF_HEAD = b"\n--- "
_NOT_FOR_US = "No matching keys found"
_NOT_THIS_ONE = "Decryption failed"


def new_identity() -> tuple[str, str]:
    """A new pair: the secret text (`AGE-SECRET-KEY-1…`) and the public one (`age1…`)."""
    made = x25519.Identity.generate()
    return str(made), str(made.to_public())


def public_of(secret: str) -> str:
    """The public text of an identity. Raises ValueError."""
    try:
        return str(x25519.Identity.from_str(secret.strip()).to_public())
    except pyrage.IdentityError as error:
        raise ValueError("not an age identity") from error


def known(recipients: Sequence[str]) -> list[str]:
    """Those of `recipients` for whom this version can seal; others are said in the log."""
    found = []
    for text in recipients:
        try:
            x25519.Recipient.from_str(text)
            _check_point(text)
        except (pyrage.RecipientError, ValueError) as error:
            log.warning("not a recipient that can be sealed for: %r (%s)", text[:80], error)
        else:
            found.append(text)
    return found


def _check_point(recipient: str) -> None:
    """Raise ValueError for a point of small order, at which age would end the whole program."""
    bits = 0
    for digit in recipient.lower()[len("age1") : -6]:
        bits = bits << 5 | _DIGITS.index(digit)
    point = X25519PublicKey.from_public_bytes((bits >> 4).to_bytes(32, "big"))
    X25519PrivateKey.generate().exchange(point)


def sealed_for(data: bytes, recipients: Sequence[str]) -> bytes:
    """Seal `data` so that each of `recipients`, all of them `known`, can open it."""
    return bytes(pyrage.encrypt(data, [x25519.Recipient.from_str(one) for one in recipients]))


def sealed_with(data: bytes, passphrase: str) -> bytes:
    """Seal `data` so that whoever knows the passphrase can open it. Takes a second or two."""
    return bytes(by_passphrase.encrypt(data, passphrase))


def opened_by(data: bytes, identity: str, place: str) -> bytes:
    """Open what is sealed for an identity.

    Raises:
        SealedForOthers, BundleDamaged: as they say; `place` is what they call it.
    """
    _check_head(data, place)
    try:
        return bytes(pyrage.decrypt(data, [x25519.Identity.from_str(identity.strip())]))
    except pyrage.DecryptError as error:
        raise _fault(error, place) from error


def opened_with(data: bytes, passphrase: str, place: str) -> bytes:
    """Open what is sealed with a passphrase.

    Raises:
        WrongPassphrase, SealedForOthers, BundleDamaged: as they say.
    """
    _check_head(data, place)
    try:
        return bytes(by_passphrase.decrypt(data, passphrase))
    except pyrage.DecryptError as error:
        if str(error) == _NOT_THIS_ONE:
            raise WrongPassphrase(place=place) from error
        raise _fault(error, place) from error


def _check_head(data: bytes, place: str) -> None:
    """Raise BundleDamaged where it does not begin with a head of some 300 recipients at most.

    age takes the square of their number in time, and more: a minute for 2,000.
    """
    if data.find(_END_OF_HEAD, 0, _HEAD) < 0:
        raise BundleDamaged(place=place)


def _fault(error: Exception, place: str) -> SealedForOthers | BundleDamaged:
    if str(error) == _NOT_FOR_US:
        return SealedForOthers(place=place)
    return BundleDamaged(place=place)
