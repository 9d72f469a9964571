# SPDX-License-Identifier: Apache-2.0
"""What was said, heard again: nothing is lost on the way, and nothing strange gets in."""

from __future__ import annotations

import copy
import json
import math
from datetime import UTC, datetime, timedelta
from typing import Any

import msgspec
import pytest
from every_act import EVERY_ACT, event
from hypothesis import given
from hypothesis import strategies as st
from lrs_simulator import PLATFORM

from player.journal import events as acts
from player.journal.events import LOCAL, AnyAct, Event, kind_of
from player.journal.union import Brought
from player.sync.heard import PassedOver, act_of
from player.sync.statements import Clock, statement
from player.sync.vocabulary import SEGMENTS

TOLD = {name: act for name, act in EVERY_ACT.items() if kind_of(act) not in LOCAL}
LEARNER = event(EVERY_ACT["enrolled"]).learner


def heard(said: Any) -> Brought:
    return act_of(said, PLATFORM, LEARNER)


def spoken(act: AnyAct, clock: Clock = Clock(), **changes: Any) -> bytes:  # noqa: B008 - frozen
    rendered = statement(event(act, **changes), PLATFORM, clock)
    assert rendered is not None
    return rendered


def as_event(brought: Brought) -> Event:
    act = msgspec.json.decode(brought.payload, type=AnyAct)
    return event(
        act,
        **{name: getattr(brought, name) for name in ("id", "learner", "course", "version")},
        **{name: getattr(brought, name) for name in ("activity", "at", "monotonic", "boot")},
    )


texts = st.text(st.characters(codec="utf-8"), max_size=12)
ids = st.from_regex(r"[a-z0-9][a-z0-9._-]{0,9}", fullmatch=True)
tags = st.sampled_from(["", "fr", "en-GB", "zh-Hant-TW", "x", "fr-FR-x-old"])
lengths = st.floats(0, 1e6)
fractions = st.floats(0, 1)
segments = st.lists(st.tuples(lengths, lengths), max_size=4).map(tuple)
named: dict[str, Any] = {"name": texts, "language": tags}
playing: dict[str, Any] = {
    **named,
    "visit": texts.filter(bool),
    "time": lengths,
    "length": lengths,
    "segments": segments,
    "progress": fractions,
}
types = st.sampled_from(["page", "document", "links", "video", "quiz", "exam", "hologram"])
graded = ["quiz", "exam"]
any_act = st.one_of(
    st.builds(acts.Enrolled, **named),
    st.builds(
        acts.Downloaded,
        section=texts.filter(bool),
        rendition=st.sampled_from(["", "240p"]),
        size=st.integers(0, 2**53),
        **named,
    ),
    st.builds(acts.Opened, type=types, **named),
    st.builds(acts.Followed, url=texts.map(lambda text: f"https://example.org/{text}"), **named),
    st.builds(acts.Played, speed=st.floats(0.25, 4), rendition=texts, **playing),
    st.builds(acts.Paused, **playing),
    st.builds(acts.Sought, to=lengths, **playing),
    st.builds(acts.Left, **playing),
    st.builds(
        acts.Completed,
        type=types,
        visit=texts,
        time=lengths,
        length=lengths,
        segments=segments,
        seconds=lengths,
        **named,
    ),
    st.builds(
        acts.Begun,
        type=st.sampled_from(graded),
        attempt=texts.filter(bool),
        number=st.integers(1, 99),
        **named,
    ),
    st.builds(
        acts.Answered,
        attempt=texts.filter(bool),
        question=texts.filter(bool),
        title=texts,
        interaction=st.sampled_from(["choice", "fill-in", "numeric", "other", "later"]),
        response=texts,
        given=st.just({}),
        choices=st.dictionaries(texts.filter(bool), texts, max_size=3),
        score=st.none() | fractions,
        success=st.none() | st.booleans(),
        number=st.integers(1, 99),
        seconds=lengths,
        **named,
    ),
    st.builds(
        acts.Finished,
        type=st.sampled_from(graded),
        attempt=texts.filter(bool),
        score=fractions,
        points=lengths,
        out_of=lengths,
        passed=st.none() | st.booleans(),
        seconds=lengths,
        **named,
    ),
    st.builds(
        acts.Reviewed,
        question=texts.filter(bool),
        rating=st.integers(1, 4),
        attempt=texts.filter(bool),
        seconds=lengths,
        **named,
    ),
    st.builds(acts.PutIn, question=texts.filter(bool), **named),
    st.builds(acts.SetAside, question=texts, **named),
)
times = st.datetimes(datetime(2000, 1, 1), datetime(2060, 1, 1), timezones=st.just(UTC))  # noqa: DTZ001
clocks = st.builds(
    Clock,
    st.floats(-1e9, 1e9).map(lambda seconds: timedelta(seconds=round(seconds, 3)))
    | st.just(timedelta()),
    st.none() | times,
    st.sampled_from(["", "earlier", "none"]),
)


def stamp(at: datetime) -> str:
    return at.isoformat(timespec="milliseconds").replace("+00:00", "Z")


@given(any_act, ids, ids, times, st.floats(0, 1e9), clocks)
def test_said_and_heard_and_said_again_it_is_the_same_bytes(
    act: AnyAct, course: str, activity: str, at: datetime, monotonic: float, clock: Clock
) -> None:
    of_course = isinstance(act, acts.SetAside) and not act.question
    of_course |= isinstance(act, acts.Enrolled | acts.Downloaded | acts.Claimed)
    here = "" if of_course else activity
    about = {"course": course, "activity": here, "at": stamp(at), "monotonic": monotonic}
    first = spoken(act, clock, **about)
    brought = heard(json.loads(first))
    assert bytes(brought.statement) == first
    again = as_event(brought)
    assert (again.course, again.activity, again.at) == (course, here, stamp(at))
    assert again.kind == kind_of(act)
    (_, brought_again) = first, heard(json.loads(spoken(again.act, clock, **about)))
    assert as_event(brought_again) == again, "what was heard once is heard the same"


@pytest.mark.parametrize("act", TOLD.values(), ids=TOLD.keys())
def test_what_a_statement_carries_comes_back(act: AnyAct) -> None:
    never_said: dict[type, set[str]] = {
        acts.Answered: {"name", "given"},
        acts.Followed: {"name"},
        acts.Downloaded: {"name"},
        acts.Played: {"segments", "progress"},
        acts.Sought: {"segments", "progress"},
        acts.Finished: {"type"},
        acts.Reviewed: {"name"},
        acts.PutIn: {"name"},
        acts.SetAside: {"name"},
    }
    back = as_event(heard(json.loads(spoken(act)))).act
    assert type(back) is type(act)
    for field in act.__struct_fields__:
        if field in never_said.get(type(act), set()) or field == "type":
            continue
        ours, theirs = getattr(act, field), getattr(back, field)
        if isinstance(ours, float):
            assert math.isclose(ours, theirs, abs_tol=0.001), field
        elif field == "choices":  # without their texts
            listed = ours if act.interaction == "choice" else {}  # type: ignore[union-attr]
            assert theirs == dict.fromkeys(listed, "")
        elif field == "url":
            assert theirs.startswith("https://example.org/")
        else:
            assert ours == theirs, field


@pytest.mark.parametrize("act", TOLD.values(), ids=TOLD.keys())
def test_a_store_may_spell_it_its_own_way(act: AnyAct) -> None:
    said = json.loads(spoken(act, Clock(timedelta(seconds=3600))))
    said["id"] = said["id"].upper()
    said["timestamp"] = said["timestamp"].replace("Z", "000+00:00")
    said["verb"] = {"id": said["verb"]["id"]}
    said["authority"] = {"objectType": "Agent", "mbox": "mailto:store@campus.example"}
    said["stored"] = "2026-11-22T12:00:00.123456+00:00"
    said["version"] = "1.0.3"
    brought = heard(said)
    assert bytes(brought.statement) == spoken(act, Clock(timedelta(seconds=3600)))
    assert brought.received_at == "2026-11-22T12:00:00.123Z"
    assert heard({**said, "stored": "yesterday"}).received_at is None


def test_a_field_of_a_later_version_is_kept_and_the_act_counts() -> None:
    said = json.loads(spoken(EVERY_ACT["passed"]))
    said["result"]["extensions"] = {f"{PLATFORM.home}/xapi/extensions/mood": "good"}
    brought = heard(said)
    assert brought.kind == "finished"
    assert json.loads(bytes(brought.statement)) == said


def changed(path: str, value: Any, act: str = "passed") -> Any:
    """A statement with another value at one place; `+` stands for our own words, `*` for played."""

    def key(step: str) -> str:
        own = f"{PLATFORM.home}/xapi/extensions/{step[1:]}"
        return own if step[0] == "+" else SEGMENTS if step == "*" else step

    said = json.loads(spoken(EVERY_ACT[act]))
    *steps, last = map(key, path.split("."))
    place = said
    for step in steps:
        place = place[step]
    place[last] = value
    return said


CLOCK = "context.extensions.+clock"


@pytest.mark.parametrize(
    ("said", "why"),
    [
        (changed("actor.account.name", "somebody"), "somebody else's"),
        (changed("actor.account.homePage", "https://else.example"), "somebody else's"),
        (changed("actor", {"mbox": "mailto:a@b.example"}), "not well formed"),
        (changed("verb.id", "http://adlnet.gov/expapi/verbs/scored"), "of a later kind"),
        (changed("context.extensions", {}), "another program's"),
        (changed("id", "7"), "not well formed"),
        (changed("id", 7), "not well formed"),
        (changed("id", "x" * 36), "not well formed"),
        (changed("object.id", "https://else.example/x"), "of no course"),
        (changed("object.id", f"{PLATFORM.home}/courses/other/activities/roles"), "of no course"),
        (changed("timestamp", "yesterday"), "not well formed"),
        (changed("timestamp", "2026-11-22T10:00:00"), "not well formed"),
        (changed("timestamp", None), "not well formed"),
        (changed(f"{CLOCK}.offset", 1e300), "not well formed"),
        (changed(f"{CLOCK}.offset", math.nan), "not well formed"),
        (changed(f"{CLOCK}.offset", 1e12), "not well formed"),
        (changed(f"{CLOCK}.monotonic", -math.inf), "not well formed"),
        (changed(f"{CLOCK}.monotonic", 10**400), "not well formed"),
        (changed(f"{CLOCK}.at", "0001-01-01T00:00:00.000Z"), ""),
        (changed("context.extensions.+course.version", 2**80), "not well formed"),
        (changed("context.extensions.+course.id", "../../etc"), "not well formed"),
        (changed("result.score.scaled", math.nan), "not well formed"),
        (changed("result.score.scaled", 7), "not well formed"),
        (changed("result.score.raw", "3"), "not well formed"),
        (changed("result.duration", "P3D"), "not well formed"),
        (changed("result.duration", "PT1e999S"), "not well formed"),
        (changed("result.success", "yes"), "not well formed"),
        (changed("object.definition.name", {"fr": "\ud800"}), "not well formed"),
        (changed("context.language", "\ud800"), "not well formed"),
        (changed("result.extensions.*", "nan[.]inf", "paused"), "not well formed"),
        (changed("result.extensions.*", "0[.]", "paused"), "not well formed"),
        ({}, "not well formed"),
    ],
)  # fmt: skip
def test_what_is_not_for_this_journal_is_passed_over_with_the_reason(said: Any, why: str) -> None:
    if not why:
        heard(said)
        return
    with pytest.raises(PassedOver, match=f"^{why}$"):
        heard(said)


strange = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(),
    lambda inner: st.lists(inner, max_size=2) | st.dictionaries(st.text(), inner, max_size=2),
    max_leaves=4,
)


@given(st.sampled_from(sorted(TOLD)), strange, st.data())
def test_whatever_stands_anywhere_it_is_heard_or_passed_over(
    name: str, value: Any, data: st.DataObject
) -> None:
    said = json.loads(spoken(TOLD[name]))
    spots: list[tuple[Any, Any]] = []

    def look(place: Any) -> None:
        for key in list(place if isinstance(place, dict) else range(len(place))):
            spots.append((place, key))
            if isinstance(place[key], dict | list):
                look(place[key])

    look(said)
    place, key = data.draw(st.sampled_from(spots))
    place[key] = value
    before = copy.deepcopy(said)
    try:
        brought = heard(said)
    except PassedOver:
        return
    assert brought.kind not in LOCAL
    msgspec.json.decode(bytes(brought.statement))
    assert msgspec.json.decode(brought.payload, type=AnyAct)
    assert datetime.fromisoformat(brought.at).tzinfo
    assert str(before) == str(said), "what was shown is left as it was"
