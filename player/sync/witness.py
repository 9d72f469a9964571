# SPDX-License-Identifier: Apache-2.0
"""What a statement is worth for an attestation: videos watched, quizzes ended, claims made. Pure.

Whoever may write to the store can say anything: docs/platform.md tells what that means. Every value
is looked at here, and one that makes no sense raises what msgspec raises.
"""

from __future__ import annotations

import uuid
from typing import Any
from urllib.parse import unquote

import msgspec

from player.course.manifest import Id, Seconds, Share
from player.journal.desk import Seen
from player.sync import vocabulary as the
from player.sync.shown import Statement
from player.sync.spelling import part

_LONGEST = 40  # characters of a time
_ENDS = {the.PASSED, the.FAILED, the.COMPLETED}
_STOPS = {the.PAUSED, the.TERMINATED}


def seen(found: Statement, learner: str, course: str, version: int, home: str) -> list[Seen]:
    """Return what a statement tells, nothing where that is nothing that an attestation asks for."""
    at = found.timestamp[:_LONGEST]
    at.encode()  # half a surrogate pair cannot be written down
    frame = {"learner": learner, "course": course, "version": version, "at": at}
    nothing = {"act": "", "watched": 0.0, "length": 0.0, "score": None}
    told = _told(found, f"{home}/courses/{part(course)}")
    return [Seen(**{**frame, **nothing, **told})] if told else []


def _told(found: Statement, iri: str) -> dict[str, Any]:
    """The kind, the activity and its values; empty where it tells nothing."""
    verb, about, result = found.verb.id, found.context.extensions, found.result
    if verb == the.SATISFIED and found.object.id == iri:
        return {"kind": "claimed", "activity": ""}
    if not found.object.id.startswith(f"{iri}/activities/"):
        return {}
    name = unquote(found.object.id.removeprefix(f"{iri}/activities/"), errors="strict")
    activity = msgspec.convert(name, Id)
    if verb in _ENDS and the.ATTEMPT in about:
        id_, score = str(uuid.UUID(found.id)), result.score.scaled
        return {"kind": "finished", "activity": activity, "act": id_, "score": score}
    if verb == the.COMPLETED and found.object.definition.type == the.TYPES["video"]:
        watched = 1.0
    elif verb in _STOPS and the.PROGRESS in result.extensions:
        watched = float(msgspec.convert(result.extensions[the.PROGRESS], Share))
    else:
        return {}
    length = float(msgspec.convert(about.get(the.LENGTH, 0.0), Seconds))
    return {"kind": "watched", "activity": activity, "watched": watched, "length": length}
