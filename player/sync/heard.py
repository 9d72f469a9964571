# SPDX-License-Identifier: Apache-2.0
"""A statement that a store shows, as the act that it tells of: what `statements` says, backwards.

What comes is another program's word. Every value is looked at before it is used, and what is not
ours, not this learner's or of a later version is passed over with a reason, never a fault. All that
a statement carries comes back, so that saying it again gives the same bytes; what it never carried
(what a field of a question was called, the segments at a jump) is left as it was not known.
"""

from __future__ import annotations

import json
import re
import uuid
from collections.abc import Callable, Mapping
from contextlib import suppress
from datetime import datetime, timedelta
from typing import Any
from urllib.parse import unquote

import msgspec

from player.clock import stamp
from player.course.manifest import Id
from player.course.platform import Platform
from player.journal import events as acts
from player.journal.events import AnyAct, Event
from player.journal.union import TOLD, Brought
from player.sync import vocabulary as the
from player.sync.sameness import same
from player.sync.shown import Number, Own, Said, Statement, Told, Words
from player.sync.spelling import part
from player.sync.statements import Clock, statement

_ADDED = {"stored", "authority"}
_WRONG = (
    msgspec.MsgspecError,
    ArithmeticError,
    LookupError,
    RecursionError,
    TypeError,
    ValueError,
)
_AT = re.compile(r"[0-9]{4}(?:-[0-9]{2}){2}T[0-9]{2}(?::[0-9]{2}){2}\.[0-9]{3}Z")
_HERE = re.compile(r"(?:/activities/([^/]+))?")
_PIECE = re.compile(r"/(?:sections|questions|paths)/([^/]+)(?:/hint/[0-9]+)?")


class PassedOver(ValueError):
    """Nothing for this journal; `str` says why, for the log."""


def act_of(said: Mapping[str, Any], platform: Platform, learner: str) -> Brought:
    """The act that a statement of this learner's tells of, `received`, as `union` takes it in.

    Args:
        said: decoded JSON, as the store shows it.
        platform: whose.
        learner: the account's name.

    Raises:
        PassedOver: it is not ours, or cannot be understood.
    """
    try:
        return _act_of(said, platform, learner)
    except PassedOver:
        raise
    except _WRONG as error:
        raise PassedOver("not well formed") from error


def _act_of(said: Mapping[str, Any], platform: Platform, learner: str) -> Brought:
    own_words = f"{platform.home.rstrip('/')}/xapi/extensions/"
    found = msgspec.convert(said, Statement)
    if (found.actor.account.home_page, found.actor.account.name) != (platform.home, learner):
        raise PassedOver("somebody else's")
    told = found.context.extensions
    if f"{own_words}clock" not in told:
        raise PassedOver("another program's")
    own = msgspec.convert(
        {key.removeprefix(own_words): told[key] for key in told if key.startswith(own_words)}, Own
    )
    make = _VERBS.get(found.verb.id)
    if make is None:
        raise PassedOver("of a later kind")
    words = msgspec.convert({**told, **found.result.extensions}, Words)
    course = f"{platform.home.rstrip('/')}/courses/{part(own.course.id)}"
    activity, piece = _place(found, course)
    act = make(Said(found, words, own, piece))
    clock = _clock(own.clock, found.timestamp)
    event = Event(
        seq=0,
        id=_uuid(found.id),
        learner=learner,
        course=own.course.id,
        version=own.course.version,
        activity=activity,
        act=act,
        at=_time(own.clock.at or found.timestamp),
        monotonic=own.clock.monotonic,
        boot=own.clock.boot,
        previous="",
        hash="",
    )
    return _brought(event, _again(event, platform, clock, said), said.get("stored"))


def _brought(event: Event, rendered: bytes, stored: object) -> Brought:
    return Brought(
        id=event.id,
        learner=event.learner,
        course=event.course,
        version=event.version,
        activity=event.activity,
        payload=msgspec.json.encode(event.act).decode(),
        at=event.at,
        monotonic=event.monotonic,
        boot=event.boot,
        previous="",
        hash="",
        device=TOLD,
        statement=msgspec.Raw(rendered),
        state="received",
        received_at=_when(stored),
    )


def _again(event: Event, platform: Platform, clock: Clock, said: Mapping[str, Any]) -> bytes:
    """The statement's bytes as it was sent; as the store shows it where it was said otherwise.

    What is no JSON in it (`NaN`, half a surrogate pair) raises ValueError.
    """
    shown = {key: value for key, value in said.items() if key not in _ADDED}
    dumped = json.dumps(shown, ensure_ascii=False, allow_nan=False, separators=(",", ":")).encode()
    rendered = statement(event, platform, clock)
    return rendered if rendered is not None and same(rendered, shown) else dumped


def _place(found: Statement, course: str) -> tuple[str, str]:
    """The activity, '' for the course; and the section, question or path below it, '' for none."""
    parents = found.context.context_activities.parent
    here = parents[0].id if parents else found.object.id
    match = _HERE.fullmatch(here.removeprefix(course)) if here.startswith(course) else None
    if match is None:
        raise PassedOver("of no course")
    activity = msgspec.convert(unquote(match[1]), Id) if match[1] else ""
    piece = _PIECE.fullmatch(found.object.id.removeprefix(here))
    return activity, unquote(piece[1], errors="strict") if piece else ""


def _clock(told: Told, timestamp: str) -> Clock:
    """The clock that it was rendered by: where it is earlier than that tells, it was then now."""
    offset, now = timedelta(seconds=told.offset), datetime.fromisoformat(timestamp)
    true = datetime.fromisoformat(told.at or timestamp) + offset
    return Clock(offset, now if true > now else None, told.contact)


def _when(stored: object) -> str | None:
    """When the store took it in; None where it does not say."""
    with suppress(ValueError, OverflowError):
        return _time(str(stored))
    return None


def _time(text: str) -> str:
    return text if _AT.fullmatch(text) else stamp(_zoned(text), "milliseconds")


def _zoned(text: str) -> datetime:
    at = datetime.fromisoformat(text)
    if at.tzinfo is None:
        raise ValueError(text)
    return at


def _uuid(text: str) -> str:
    if len(text) != 36:  # what `uuid` takes otherwise, nobody sent
        raise ValueError(text)
    return str(uuid.UUID(text))


def _accessed(said: Said) -> AnyAct:
    if said.it.object.definition.type == the.WEBPAGE:
        return acts.Followed(language=said.about["language"], url=said.it.object.id)
    return acts.Opened(**said.about, type=said.type)


def _completed(said: Said) -> AnyAct:
    if said.words.attempt:
        return _finished(said)
    if not said.words.visit:
        return acts.Completed(**said.about, type=said.type, seconds=said.seconds)
    seen = {key: value for key, value in said.watched.items() if key != "progress"}
    return acts.Completed(**seen, type=said.type, seconds=said.seconds)


def _answered(said: Said) -> AnyAct:
    result, question = said.it.result, said.it.object.definition
    return acts.Answered(
        language=said.about["language"],
        attempt=said.words.attempt,
        question=said.piece,
        title=said.title,
        interaction=question.interaction_type,
        response=result.response,
        given={},
        choices={one.id: "" for one in question.choices},
        score=result.score.scaled,
        success=result.success,
        number=said.own.number,
        seconds=said.seconds,
        questions=said.own.questions,
    )


def _finished(said: Said) -> AnyAct:
    result = said.it.result
    return acts.Finished(
        **said.about,
        type=said.type,
        attempt=said.words.attempt,
        score=result.score.scaled or 0.0,
        points=result.score.raw,
        out_of=result.score.max,
        passed=result.success,
        seconds=said.seconds,
        ended=said.own.ended,
        record=said.own.record,
        questions=said.own.questions,
    )


def _played(said: Said) -> AnyAct:
    speed = msgspec.convert(float(said.words.speed[:-1]), Number)
    return acts.Played(**said.watched, speed=speed, rendition=said.words.rendition)


def _sought(said: Said) -> AnyAct:
    times = {"time": said.words.time_from, "to": said.words.time_to}
    return acts.Sought(**{**said.watched, **times})


def _reviewed(said: Said) -> AnyAct:
    return acts.Reviewed(
        language=said.about["language"],
        question=said.piece,
        rating=said.own.rating,
        attempt=said.words.attempt,
        seconds=said.seconds,
    )


_VERBS: dict[str, Callable[[Said], AnyAct]] = {
    the.REGISTERED: lambda said: acts.Enrolled(**said.about),
    the.PREFERRED: lambda said: acts.Addressed(**said.about, recipient=said.own.recipient),
    the.DOWNLOADED: lambda said: acts.Downloaded(
        **said.about, section=said.piece, rendition=said.words.rendition, size=said.own.size
    ),
    the.VIEWED: lambda said: acts.Opened(**said.about, type=said.type),
    the.SELECTED: lambda said: acts.PathChosen(**said.about, path=said.piece, by=said.own.by),
    the.ACCESSED: _accessed,
    the.PLAYED: _played,
    the.PAUSED: lambda said: acts.Paused(**said.watched),
    the.SEEKED: _sought,
    the.TERMINATED: lambda said: acts.Left(**said.watched),
    the.COMPLETED: _completed,
    the.ATTEMPTED: lambda said: acts.Begun(
        **said.about,
        type=said.type,
        attempt=said.words.attempt,
        number=said.own.number,
        questions=said.own.questions,
    ),
    the.ANSWERED: _answered,
    the.ASKED: lambda said: acts.Hinted(
        **said.about, attempt=said.words.attempt, question=said.piece, number=said.own.number
    ),
    the.PASSED: _finished,
    the.FAILED: _finished,
    the.REVIEWED: _reviewed,
    the.BOOKMARKED: lambda said: acts.PutIn(**said.about, question=said.piece),
    the.SKIPPED: lambda said: acts.SetAside(**said.about, question=said.piece),
    the.SATISFIED: lambda said: acts.Claimed(**said.about, title=said.own.attestation),
}
