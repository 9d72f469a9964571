# SPDX-License-Identifier: Apache-2.0
"""The catalogue of a repository and its signature: the two files that are ever replaced.

They are two renames, so a crash may come between them. The new catalogue lies beside the old one by
then (`catalogue.json.part`) and fits the new signature: whoever publishes next finishes the work.
"""

from __future__ import annotations

import gzip
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any

import msgspec
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from player.clock import stamp
from player.course.catalogue import Catalogue, Offer, decode_catalogue
from player.course.signing import Signature, public_key, sign
from player.errors import BadKey, BadSignature, PlayerError
from player.publish.writing import PART, beside, finish, prepare, put, put_with_gzip

FORMAT = "cartable/1"
CATALOGUE = "catalogue.json"
SIGNATURE = ".minisig"

# What a crash may leave; named exactly, since the folder may hold other people's files too
_LEFT = tuple(
    place + PART
    for place in (f"{CATALOGUE}*", "courses/*/*.json*", "blobs/??/*", "packs/??/*", "keys/*")
)


@dataclass(frozen=True, slots=True)
class Shelf:
    """The catalogue as it stands, and whether its signature is ours and fits.

    `raw` has the fields too that this version does not know.
    """

    repository: Path
    secret: Ed25519PrivateKey
    raw: dict[str, Any]
    catalogue: Catalogue | None
    is_ours: bool

    def offer(self, course: str) -> Offer | None:
        """What is offered of that course."""
        courses = self.catalogue.courses if self.catalogue else ()
        return next((offer for offer in courses if offer.id == course), None)

    @property
    def number(self) -> int:
        """The catalogue's number, 0 where there is none yet."""
        return self.catalogue.number if self.catalogue else 0

    def replace(self, courses: list[dict[str, Any]], issued: str) -> int:
        """Publish the next catalogue with these courses; return its number.

        What was promised of the next publication is promised anew, as long ahead as it was.
        Signature first (docs/format.md, "Order of writing"), everything on the disk before that.
        """
        number = self.number + 1
        head = {"format": FORMAT, "kind": "catalogue"} | self.raw | self._promised(issued)
        data = msgspec.json.encode(head | {"number": number, "issued": issued, "courses": courses})
        path = self.repository / CATALOGUE
        prepare(beside(path, ".gz"), gzip.compress(data, 9, mtime=0))
        prepare(path, data)
        comment = f"{CATALOGUE} number {number} of {issued}"
        put(beside(path, SIGNATURE), sign(data, self.secret, comment))
        finish(beside(path, ".gz"))
        finish(path)
        return number

    def _promised(self, issued: str) -> dict[str, str]:
        try:
            said = (self.raw["issued"], self.raw["fresh_until"], issued)
            before, until, now = (datetime.fromisoformat(one) for one in said)
            return {"fresh_until": stamp(now + (until - before))}
        except (KeyError, TypeError, ValueError, OverflowError):
            return {}  # nothing was, or nothing that can be read

    def with_offer(self, offer: Offer) -> list[dict[str, Any]]:
        """The courses with this one in its place, or at the end."""
        new = msgspec.to_builtins(offer)
        courses = list(self.raw.get("courses", []))
        places = [at for at, one in enumerate(courses) if one["id"] == offer.id]
        for at in places:
            courses[at] = new
        return courses if places else [*courses, new]


def open_shelf(repository: Path, secret: Ed25519PrivateKey, *, take_over: bool = False) -> Shelf:
    """Return what the repository offers, after finishing what a crash left half done.

    Args:
        repository: its folder, which may be empty.
        secret: the publisher's key.
        take_over: go on though the catalogue has another key's signature, or none, or a wrong one.

    Raises:
        BadKey: signed by another key, or not signed.
        BadSignature: changed after it was signed.
        Malformed, NewerFormat: not a catalogue that this version can add to.
    """
    path = repository / CATALOGUE
    finish_renames(path, secret)
    for pattern in _LEFT:
        for left in repository.glob(pattern):
            left.unlink()
    if not path.exists():
        return Shelf(repository, secret, {}, None, is_ours=True)
    data = path.read_bytes()
    catalogue = decode_catalogue(data)
    fault = _fault(path, data, secret)
    if fault and not take_over:
        raise fault
    return Shelf(repository, secret, msgspec.json.decode(data), catalogue, is_ours=not fault)


def write_signed(path: Path, data: bytes, secret: Ed25519PrivateKey, comment: str) -> None:
    """Write a document that never changes, its compressed twin and its signature."""
    put_with_gzip(path, data)
    put(beside(path, SIGNATURE), sign(data, secret, comment))


def finish_renames(path: Path, secret: Ed25519PrivateKey) -> None:
    """Where the new signature is in its place and the new catalogue is not, put it there."""
    signature, part = _signature(path), beside(path, PART)
    if signature is None or not part.exists():
        return
    key = public_key(secret)
    if signature.key != key.id or not signature.fits(part.read_bytes(), key):
        return
    if beside(beside(path, ".gz"), PART).exists():
        finish(beside(path, ".gz"))
    finish(path)


def _fault(path: Path, data: bytes, secret: Ed25519PrivateKey) -> PlayerError | None:
    """What is wrong with the catalogue's signature."""
    signature, key = _signature(path), public_key(secret)
    if signature is None:
        return BadKey(place=path.parent, reason="the catalogue there is not signed")
    if signature.key != key.id:
        reason = f"the catalogue there is signed by another key, {signature.key}"
        return BadKey(place=path.parent, reason=reason)
    return None if signature.fits(data, key) else BadSignature(document=path)


def _signature(path: Path) -> Signature | None:
    try:
        return Signature.parse(beside(path, SIGNATURE).read_bytes())
    except (FileNotFoundError, ValueError):
        return None
