# SPDX-License-Identifier: Apache-2.0
"""What can come back from the platform, and in which box: one struct for each type of item. Pure.

Types and fields are added, never changed. What a later version adds is kept as it came, and shown
by its title until this PC has that version.
"""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Annotated, Any

import msgspec
from msgspec import Meta

FOLDER = "mailbox"


@dataclass(frozen=True, slots=True)
class Box:
    """Whose letters, numbered from 1: everybody's in a course, or a learner's at one PC of theirs.

    `platform` is its home, `learner` the account's name (a UUID), `recipient` the PC's age public
    key; both are '' for everybody's.
    """

    platform: str
    course: str
    learner: str = ""
    recipient: str = ""

    def path(self, number: int) -> str:
        """Where letter `number` lies in a repository. To a learner, it tells nobody whose it is."""
        if not self.learner:
            return f"{FOLDER}/{self.course}/{number}.json"
        whose = (self.platform, self.course, self.learner, self.recipient, str(number))
        name = hashlib.sha256("\n".join(whose).encode()).hexdigest()[:32]
        return f"{FOLDER}/{self.course}/{name[:2]}/{name}.age"


Share = Annotated[float, Meta(ge=0, le=1)]


class Piece(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True, tag_field="type"):
    """What every item has: `id` is one item wherever it stands, `at` is RFC 3339, UTC."""

    id: Annotated[str, Meta(min_length=1, max_length=200)]
    at: str
    title: str = ""


class Announcement(Piece, frozen=True, kw_only=True, omit_defaults=True, tag="announcement"):
    """A word to the learners. `text` is HTML, to be cleaned by whoever shows it; `by` a name."""

    text: str
    language: str = ""
    by: str = ""


class Digest(Piece, frozen=True, kw_only=True, omit_defaults=True, tag="digest"):
    """What moderators gathered of one `week`. As `Announcement`."""

    text: str
    language: str = ""
    by: str = ""
    week: str = ""


class Mark(Piece, frozen=True, kw_only=True, omit_defaults=True, tag="mark"):
    """What an act is worth. `act` is its statement's id, `score` 0 to 1, `points` of `out_of`.

    `late` says that it came after `answer_by`, `auto` that a key file gave it and no person;
    `feedback` is plain text, `by` who marked. A later one for the same act takes its place.
    """

    act: str
    activity: str = ""
    score: Share | None = None
    points: float | None = None
    out_of: float | None = None
    success: bool | None = None
    late: bool = False
    auto: bool = False
    feedback: str = ""
    by: str = ""


class Attestation(Piece, frozen=True, kw_only=True, omit_defaults=True, tag="attestation"):
    """The platform's word that the course was followed; `credential` is a JWT."""

    credential: str
    text: str = ""


class Refused(msgspec.Struct, frozen=True):
    """An act that the platform will not have; `reason` is a sentence."""

    id: str
    reason: str


class Received(Piece, frozen=True, kw_only=True, omit_defaults=True, tag="receipt"):
    """The platform has these acts, by the ids of their statements.

    A refusal counts while `bundle` is the last one into which the act was packed.
    """

    received: tuple[str, ...] = ()
    refused: tuple[Refused, ...] = ()
    bundle: str = ""


Heads = Annotated[int, Meta(ge=0, le=10**9)]


class Poll(Piece, frozen=True, kw_only=True, omit_defaults=True, tag="poll"):
    """What a class answered to a `question` of an `activity`, as far as the platform has heard.

    `counts` by the choice's id; `answers` is how many answered, who may have chosen several. A
    later one takes its place.
    """

    activity: str
    question: str
    counts: Annotated[dict[Annotated[str, Meta(max_length=80)], Heads], Meta(max_length=500)]
    answers: Heads


class Other(Piece, frozen=True, kw_only=True, omit_defaults=True, tag=""):
    """An item of a later version, or one that this version cannot make sense of."""


AnyItem = Announcement | Digest | Mark | Attestation | Received | Poll | Other

_Known = Announcement | Digest | Mark | Attestation | Received | Poll


class _Least(msgspec.Struct, frozen=True):
    id: Annotated[str, Meta(min_length=1, max_length=200)]
    at: str
    type: str
    title: str = ""


def item(found: Mapping[str, Any]) -> AnyItem:
    """What a letter, or the row of an item, says.

    Raises:
        ValueError: not even `id`, `type` and `at` can be read.
    """
    try:
        least = msgspec.convert(found, _Least)
    except msgspec.ValidationError as error:
        raise ValueError(str(error)) from error
    check_time(least.at)
    try:
        return msgspec.convert(found, _Known)  # type: ignore[no-any-return]
    except msgspec.ValidationError:
        return Other(id=least.id, at=least.at, title=least.title)


def check_time(at: str) -> None:
    """Raise ValueError where `at` is no RFC 3339 time in UTC: such are compared as texts."""
    datetime.fromisoformat(at)
    if not at.endswith("Z"):
        raise ValueError(f"not in UTC: {at[:40]!r}")


def written(piece: AnyItem) -> dict[str, Any]:
    """How an item stands in a letter."""
    return msgspec.to_builtins(piece)  # type: ignore[no-any-return]
