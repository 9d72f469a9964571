# SPDX-License-Identifier: Apache-2.0
"""Marks as statements and back. Pure.

The store is where marks are kept, and everybody whose PC may write to it could write one too. So
each carries its own text, signed by the platform's `mail` key: what a reader of xAPI sees in
`result` is for statistics, and only the signed text ever reaches a learner.
"""

from __future__ import annotations

import uuid
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

import msgspec
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from player.clock import stamp
from player.course.platform import Platform
from player.course.signing import PublicKey
from player.errors import Malformed, NewerFormat
from player.journal.desk import DoneAct, Given
from player.journal.items import Mark
from player.sync import signed
from player.sync import vocabulary as the
from player.sync.phrases import bare
from player.sync.spelling import part, without_empty

_KIND = "mark"
_TITLE = 300  # characters of a question
_TOLD = timedelta(milliseconds=1)


@dataclass(frozen=True, slots=True)
class Verdict:
    """What somebody who marks says of an act: `score` 0 to 1, or `points` of `out_of` too."""

    score: float | None = None
    points: float | None = None
    out_of: float | None = None
    feedback: str = ""
    by: str = ""
    success: bool | None = None
    late: bool = False
    auto: bool = False

    def is_that_of(self, mark: Mark | None) -> bool:
        """Whether a mark says the same, whoever gave it."""
        said = ("score", "points", "out_of", "feedback", "success", "late")
        return mark is not None and all(getattr(self, one) == getattr(mark, one) for one in said)


class _Text(msgspec.Struct, frozen=True):
    """What is signed: bound to whose it is, so that no mark can be had from somebody else."""

    platform: str
    learner: str
    course: str
    mark: Mark


def given(
    act: DoneAct, verdict: Verdict, before: Mark | None, platform: Platform, now: datetime
) -> Given:
    """The mark; its id is the same for the same verdict after the same one `before`.

    It is later than the one before, whatever the clock says.
    """
    at = max(now, datetime.fromisoformat(before.at) + _TOLD) if before else now
    what = [platform.home, act.id, before.id if before else "", msgspec.to_builtins(verdict)]
    id_ = str(uuid.uuid5(uuid.NAMESPACE_URL, msgspec.json.encode(what).decode()))
    mark = Mark(
        id=id_,
        at=stamp(at, "milliseconds"),
        title=act.question[:_TITLE],
        act=act.id,
        activity=act.activity,
        score=verdict.score,
        points=verdict.points,
        out_of=verdict.out_of,
        success=verdict.success,
        late=verdict.late,
        auto=verdict.auto,
        feedback=verdict.feedback,
        by=verdict.by,
    )
    return Given(act.learner, act.course, mark)


def statement(one: Given, object_: str, platform: Platform, secret: Ed25519PrivateKey) -> bytes:
    """Return a mark as a statement: the learner *scored* the activity `object_`."""
    home, mark = platform.home.rstrip("/"), one.mark
    text = msgspec.json.encode(_Text(platform.home, one.learner, one.course, mark))
    course = f"{home}/courses/{part(one.course)}"
    raw = {} if mark.out_of is None else {"raw": mark.points, "min": 0, "max": mark.out_of}
    frame = {
        "id": mark.id,
        "actor": {
            "objectType": "Agent",
            "account": {"homePage": platform.home, "name": one.learner},
        },
        "verb": {"id": the.SCORED, "display": {"en-US": "scored"}},
        "object": bare(object_),
        "result": {"score": {"scaled": mark.score, **raw}},
        "context": {
            "registration": str(uuid.uuid5(uuid.NAMESPACE_URL, f"{course}#{one.learner}")),
            "platform": "Cartable",
            "statement": {"objectType": "StatementRef", "id": mark.act},
            "contextActivities": {"grouping": [bare(course)]},
            "extensions": {extension(platform): "signed"},
        },
        "timestamp": mark.at,
        "version": "1.0.0",
    }
    said = without_empty(frame)
    file = signed.write(text, _KIND, secret, f"mark {mark.id}")
    said["context"]["extensions"] = {extension(platform): msgspec.Raw(file)}
    return msgspec.json.encode(said)


def told(
    extensions: Mapping[str, Any], platform: Platform, keys: Sequence[PublicKey]
) -> Given | None:
    """The mark that a statement's context extensions tell of; None where one of `keys` did not
    sign it."""
    try:
        file = signed.read(msgspec.json.encode(extensions[extension(platform)]), _KIND, "a mark")
        if not file.is_by(keys):
            return None
        found = msgspec.json.decode(file.text, type=_Text)
    except (KeyError, Malformed, NewerFormat, msgspec.MsgspecError, ValueError):
        return None
    return (
        Given(found.learner, found.course, found.mark) if found.platform == platform.home else None
    )


def extension(platform: Platform) -> str:
    """The name of the extension with the signed text."""
    return f"{platform.home.rstrip('/')}/xapi/extensions/mark"
