# SPDX-License-Identifier: Apache-2.0
"""What each kind of act says in xAPI: verb, object, result, extensions. Pure.

The templates are those of research/xapi.md §4.3 and §4.4. What an answer is right by is never told:
whoever reads the store would have the key.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import singledispatch
from typing import Any

import msgspec

from player.journal import events as acts
from player.sync import vocabulary as the
from player.sync.spelling import duration, iri, language, part, seconds, share, spelt

Fields = Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Said:
    """What one kind of act adds to the frame; `own` extensions are named below the platform."""

    verb: str
    object: Fields
    result: Fields = field(default_factory=dict)
    extensions: Fields = field(default_factory=dict)
    own: Fields = field(default_factory=dict)
    profile: str = ""
    parent: str = ""


@singledispatch
def said(act: acts.Act, here: str) -> Said:
    """Say `act`, done in the activity whose IRI is `here`."""
    raise NotImplementedError(f"{type(act).__name__} has no statement for {here}")


@said.register
def _(act: acts.Enrolled, here: str) -> Said:
    course = _object(here, the.COURSE, act)
    role = {the.ROLE: "learner"}
    return Said(the.REGISTERED, course, extensions=role, profile=the.LMS_PROFILE)


@said.register
def _(act: acts.Addressed, here: str) -> Said:
    return Said(the.PREFERRED, _object(here, the.COURSE, act), own={"recipient": act.recipient})


@said.register
def _(act: acts.Downloaded, here: str) -> Said:
    section = {
        "objectType": "Activity",
        "id": f"{here}/sections/{part(act.section)}",
        "definition": {"type": the.MODULE},
    }
    return Said(
        the.DOWNLOADED,
        section,
        extensions={the.QUALITY: act.rendition},
        own={"size": act.size},
        profile=the.LMS_PROFILE,
        parent=here,
    )


@said.register
def _(act: acts.PathChosen, here: str) -> Said:
    path = {
        "objectType": "Activity",
        "id": f"{here}/paths/{part(act.path)}",
        "definition": {"type": the.MODULE, "name": _said_in(act, act.name)},
    }
    return Said(the.SELECTED, path, own={"by": act.by}, parent=here)


@said.register
def _(act: acts.Opened, here: str) -> Said:
    shown = _object(here, _type(act.type), act)
    if act.type == "document":
        return Said(the.ACCESSED, shown, profile=the.LMS_PROFILE)
    # A video too: the video profile's `initialized` must tell its length, which nobody knows yet.
    return Said(the.VIEWED, shown)


@said.register
def _(act: acts.Followed, here: str) -> Said:
    page = {"objectType": "Activity", "id": iri(act.url), "definition": {"type": the.WEBPAGE}}
    return Said(the.ACCESSED, page, profile=the.LMS_PROFILE, parent=here)


@said.register
def _(act: acts.Played, here: str) -> Said:
    speed = {the.SPEED: f"{act.speed:g}x", the.QUALITY: act.rendition}
    return _watched(the.PLAYED, act, here, {the.TIME: seconds(act.time)}, speed)


@said.register
def _(act: acts.Paused, here: str) -> Said:
    return _watched(the.PAUSED, act, here, _so_far(act))


@said.register
def _(act: acts.Sought, here: str) -> Said:
    jump = {the.TIME_FROM: seconds(act.time), the.TIME_TO: seconds(act.to)}
    return _watched(the.SEEKED, act, here, jump)


@said.register
def _(act: acts.Left, here: str) -> Said:
    return _watched(the.TERMINATED, act, here, _so_far(act))


@said.register
def _(act: acts.Completed, here: str) -> Said:
    result = {"completion": True, "duration": duration(act.seconds)}
    if not act.visit:
        return Said(the.COMPLETED, _object(here, _type(act.type), act), result)
    seen = {
        the.TIME: seconds(act.time),
        the.PROGRESS: share(act.segments, act.length),
        the.SEGMENTS: spelt(act.segments),
    }
    return Said(
        the.COMPLETED,
        _object(here, _type(act.type), act),
        {**result, "extensions": seen},
        {the.LENGTH: seconds(act.length), the.SESSION: act.visit},
        profile=the.VIDEO_PROFILE,
    )


@said.register
def _(act: acts.Begun, here: str) -> Said:
    return Said(
        the.ATTEMPTED,
        _object(here, _type(act.type), act),
        extensions={the.ATTEMPT: act.attempt},
        own={"number": act.number, "questions": act.questions},
    )


@said.register
def _(act: acts.Answered, here: str) -> Said:
    kind = act.interaction if act.interaction in the.INTERACTIONS else "other"
    # Their texts are in the course, which the platform has: half of what an answer would weigh
    listed = act.choices if kind in ("choice", "sequencing") else {}
    question = {
        "objectType": "Activity",
        "id": f"{here}/questions/{part(act.question)}",
        "definition": {
            "type": the.QUESTION,
            "name": _said_in(act, act.title),
            "interactionType": kind,
            "choices": [{"id": id_} for id_ in listed],
        },
    }
    result = {
        "response": act.response,
        "success": act.success,
        "score": {"scaled": act.score},
        "duration": duration(act.seconds),
    }
    attempt = {the.ATTEMPT: act.attempt}
    own = {"number": act.number, "questions": act.questions}
    return Said(the.ANSWERED, question, result, attempt, own, parent=here)


@said.register
def _(act: acts.Hinted, here: str) -> Said:
    number, attempt = {"number": act.number}, {the.ATTEMPT: act.attempt}
    hint = f"{here}/questions/{part(act.question)}/hint/{act.number}"
    return Said(the.ASKED, _object(hint, the.HINT, act), {}, attempt, number, parent=here)


_OUTCOME = {True: the.PASSED, False: the.FAILED, None: the.COMPLETED}


@said.register
def _(act: acts.Finished, here: str) -> Said:
    score = {"scaled": act.score, "raw": act.points, "min": 0, "max": act.out_of}
    result = {
        "score": score if 0 <= act.points <= act.out_of > 0 else {},
        "success": act.passed,
        "completion": True,
        "duration": duration(act.seconds),
    }
    quiz = _object(here, _type(act.type), act)
    own = {
        "ended": act.ended,
        "record": [msgspec.to_builtins(one) for one in act.record],
        "questions": act.questions,
    }
    return Said(_OUTCOME[act.passed], quiz, result, {the.ATTEMPT: act.attempt}, own)


@said.register
def _(act: acts.Reviewed, here: str) -> Said:
    """How well it was known, and not what was answered: no reader takes it for an answer."""
    return Said(
        the.REVIEWED,
        _question(act.question, here),
        {"duration": duration(act.seconds)},
        {the.ATTEMPT: act.attempt},
        {"rating": act.rating},
        parent=here,
    )


@said.register
def _(act: acts.PutIn, here: str) -> Said:
    return Said(the.BOOKMARKED, _question(act.question, here), parent=here)


@said.register
def _(act: acts.SetAside, here: str) -> Said:
    if not act.question:
        return Said(the.SKIPPED, bare(here))
    return Said(the.SKIPPED, _question(act.question, here), parent=here)


def _question(name: str, here: str) -> Fields:
    return bare(f"{here}/questions/{part(name)}")


@said.register
def _(act: acts.Claimed, here: str) -> Said:
    return Said(the.SATISFIED, _object(here, the.COURSE, act), own={"attestation": act.title})


def _watched(
    verb: str, act: acts.Playing, here: str, seen: Fields, more: Fields | None = None
) -> Said:
    context = {the.LENGTH: seconds(act.length), the.SESSION: act.visit, **(more or {})}
    video = _object(here, _type("video"), act)
    return Said(verb, video, {"extensions": seen}, context, profile=the.VIDEO_PROFILE)


def _so_far(act: acts.Playing) -> Fields:
    return {
        the.TIME: seconds(act.time),
        the.PROGRESS: seconds(act.progress),
        the.SEGMENTS: spelt(act.segments),
    }


def _object(id_: str, type_: str, act: acts.Act) -> Fields:
    definition = {"type": type_, "name": _said_in(act, act.name)}
    return {"objectType": "Activity", "id": id_, "definition": definition}


def bare(id_: str) -> Fields:
    """An activity by its IRI alone."""
    return {"objectType": "Activity", "id": id_}


def _type(kind: str) -> str:
    return the.TYPES.get(kind, the.RESOURCE)


def _said_in(act: acts.Act, text: str) -> Fields:
    return {language(act.language) or "und": text}
