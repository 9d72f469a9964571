# SPDX-License-Identifier: Apache-2.0
"""What a repository offers: `catalogue.json` of docs/format.md."""

from __future__ import annotations

import logging
from typing import Annotated, Any

import msgspec
from msgspec import Meta

from player.course.decode import decode
from player.course.manifest import Author, Count, Id, Language, Licence, Seconds, Sha256, Size
from player.errors import QT_TRANSLATE_NOOP, Malformed

log = logging.getLogger(__name__)
DOCUMENT = QT_TRANSLATE_NOOP("errors", "The catalogue")

Counter = Annotated[int, Meta(ge=1, le=2**53 - 1)]
"""A number that counts up; JSON has no greater ones that every reader understands (RFC 8259 §6)."""


class Reference(msgspec.Struct, frozen=True):
    """The manifest's bytes: their hash, and how many."""

    sha256: Sha256
    size: Size


class Cost(msgspec.Struct, frozen=True):
    """Bytes to fetch: `base` is everything but video; `renditions` come on top, one of them."""

    base: Size
    renditions: dict[Id, Size]


class Words(msgspec.Struct, frozen=True, omit_defaults=True):
    """What a course is called in one of its other languages, '' as in its own; and its `cost`."""

    language: Language
    title: str = ""
    summary: str = ""
    cost: Cost | None = None


class Offer(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True):
    """One course as the catalogue shows it. `duration` is that of its videos, in seconds."""

    id: Id
    version: Counter
    title: str
    language: Language
    summary: str = ""
    authors: tuple[Author, ...] = ()
    licence: Licence
    manifest: Reference
    cost: Cost
    sections: Count = 0
    activities: Count = 0
    duration: Seconds = 0.0
    translations: tuple[Words, ...] = ()


class PublisherReference(msgspec.Struct, frozen=True):
    """The publisher document that holds now: its number, and the hash of its bytes."""

    number: Counter
    sha256: Sha256


class Catalogue(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True):
    """`number` counts up with every publication; `issued` is RFC 3339 in UTC.

    `fresh_until`, RFC 3339 too, is when the publisher means to have published again; advice only.
    `mirrors` are URLs under which the same repository lies.
    """

    format: str
    kind: str
    number: Counter
    issued: str
    title: str = ""
    fresh_until: str = ""
    mirrors: tuple[str, ...] = ()
    publisher: PublisherReference | None = None
    courses: tuple[Offer, ...]


def decode_catalogue(data: bytes) -> Catalogue:
    """Return what is offered.

    Raises:
        Malformed: with the path of the fault.
        NewerFormat: a major format after ours.
    """
    catalogue = decode(
        data,
        Catalogue,
        document=DOCUMENT,
        expected="catalogue",
        arrange=_leave_odd_mirrors_out,
    )
    ids = [offer.id for offer in catalogue.courses]
    if len(ids) != len(set(ids)):
        reason = "a course stands twice - at `$.courses`"
        raise Malformed(document=DOCUMENT, reason=reason)
    return catalogue


def _leave_odd_mirrors_out(raw: dict[str, Any]) -> None:
    """Keep, in place, what may be an address: no course is given up for a mirror that is none."""
    said = raw.get("mirrors", [])
    mirrors = [one for one in said if isinstance(one, str)] if isinstance(said, list) else []
    if mirrors != said:
        log.warning("the catalogue has mirrors that are no addresses: %.80r", said)
    raw["mirrors"] = mirrors
