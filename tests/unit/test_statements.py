# SPDX-License-Identifier: Apache-2.0
from __future__ import annotations

import json
from datetime import UTC, datetime, timedelta
from typing import Any, get_args

import pytest
from every_act import (
    ADDRESSED,
    CHOSEN,
    DOWNLOADED,
    EMPTY,
    ENROLLED,
    EVERY_ACT,
    PASSED,
    VIDEO_DONE,
    event,
)
from hypothesis import given
from hypothesis import strategies as st
from lrs_simulator import PLATFORM

from player.journal import events as acts
from player.journal.events import LOCAL, AnyAct, kind_of
from player.sync.spelling import duration, iri, language, share, spelt
from player.sync.statements import Clock, statement

HOME = "https://campus.example"
COURSE = f"{HOME}/courses/diriger-une-equipe"
ROLES = f"{COURSE}/activities/roles"
TOLD = {name: act for name, act in EVERY_ACT.items() if kind_of(act) not in LOCAL}


def said(act: AnyAct, clock: Clock = Clock(), **changes: Any) -> Any:  # noqa: B008 - frozen
    rendered = statement(event(act, **changes), PLATFORM, clock)
    assert rendered is not None
    return json.loads(rendered)


def test_every_kind_of_act_has_an_example() -> None:
    kinds = {member.__struct_config__.tag for member in get_args(AnyAct)}
    assert kinds == {kind_of(act) for act in EVERY_ACT.values()}


def test_what_is_for_this_pc_alone_is_not_said() -> None:
    watching = EVERY_ACT["watching"]
    assert statement(event(watching), PLATFORM, Clock()) is None


@pytest.mark.parametrize("act", TOLD.values(), ids=TOLD.keys())
def test_every_statement_has_the_frame(act: AnyAct) -> None:
    it = said(act)
    assert it["id"] == event(act).id
    assert it["actor"] == {
        "objectType": "Agent",
        "account": {"homePage": HOME, "name": event(act).learner},
    }
    assert list(it["verb"]["display"]) == ["en-US"]
    assert it["timestamp"] == "2026-11-22T10:00:00.250Z"
    assert it["context"]["extensions"][f"{HOME}/xapi/extensions/course"] == {
        "id": "diriger-une-equipe",
        "version": 3,
    }
    assert it["object"]["id"].startswith((COURSE, "https://example.org/"))


@pytest.mark.parametrize("act", TOLD.values(), ids=TOLD.keys())
def test_no_statement_has_an_empty_member_or_the_key_to_a_question(act: AnyAct) -> None:
    def look(value: Any) -> None:
        if isinstance(value, dict | list):
            assert value
            for member in value.values() if isinstance(value, dict) else value:
                assert member is not None
                assert member != ""
                look(member)

    it = said(act)
    look(it)
    assert "correctResponsesPattern" not in it["object"].get("definition", {})


@pytest.mark.parametrize("act", TOLD.values(), ids=TOLD.keys())
def test_the_same_event_gives_the_same_compact_bytes(act: AnyAct) -> None:
    first = statement(event(act), PLATFORM, Clock())
    assert first == statement(event(act), PLATFORM, Clock())
    assert first is not None
    assert first.decode() == json.dumps(
        json.loads(first), ensure_ascii=False, separators=(",", ":")
    )


VERBS = {
    "enrolled": "http://adlnet.gov/expapi/verbs/registered",
    "addressed": "http://adlnet.gov/expapi/verbs/preferred",
    "downloaded": "http://id.tincanapi.com/verb/downloaded",
    "opened a page": "http://id.tincanapi.com/verb/viewed",
    "opened a document": "https://w3id.org/xapi/netc/verbs/accessed",
    "opened a video": "http://id.tincanapi.com/verb/viewed",
    "followed": "https://w3id.org/xapi/netc/verbs/accessed",
    "played": "https://w3id.org/xapi/video/verbs/played",
    "paused": "https://w3id.org/xapi/video/verbs/paused",
    "sought": "https://w3id.org/xapi/video/verbs/seeked",
    "left": "http://adlnet.gov/expapi/verbs/terminated",
    "completed a video": "http://adlnet.gov/expapi/verbs/completed",
    "begun": "http://adlnet.gov/expapi/verbs/attempted",
    "chose": "http://adlnet.gov/expapi/verbs/answered",
    "passed": "http://adlnet.gov/expapi/verbs/passed",
    "failed": "http://adlnet.gov/expapi/verbs/failed",
    "finished without a mark": "http://adlnet.gov/expapi/verbs/completed",
    "reviewed": "http://id.tincanapi.com/verb/reviewed",
    "put in": "http://id.tincanapi.com/verb/bookmarked",
    "set aside": "http://id.tincanapi.com/verb/skipped",
}


@pytest.mark.parametrize(("name", "verb"), VERBS.items())
def test_the_verb_is_the_documented_one(name: str, verb: str) -> None:
    it = said(EVERY_ACT[name])
    assert it["verb"] == {"id": verb, "display": {"en-US": verb.rpartition("/")[2]}}


def test_enrolment_concerns_the_course_itself() -> None:
    it = said(ENROLLED)
    assert it["object"] == {
        "objectType": "Activity",
        "id": COURSE,
        "definition": {
            "type": "http://adlnet.gov/expapi/activities/course",
            "name": {"fr": "Diriger une équipe"},
        },
    }
    assert "grouping" not in it["context"]["contextActivities"]


def test_where_letters_reach_a_pc_is_said_of_the_course() -> None:
    it = said(ADDRESSED)
    assert it["object"]["id"] == COURSE
    assert it["context"]["extensions"][f"{HOME}/xapi/extensions/recipient"] == ADDRESSED.recipient
    assert "contextActivities" not in it["context"]


def test_a_download_says_which_section_how_large_and_in_which_rendition() -> None:
    it = said(DOWNLOADED)
    assert it["object"]["id"] == f"{COURSE}/sections/organiser"
    extensions = it["context"]["extensions"]
    assert extensions["https://w3id.org/xapi/video/extensions/quality"] == "240p"
    assert extensions[f"{HOME}/xapi/extensions/size"] == 2_000_411


def test_a_pause_has_what_the_video_profile_asks_for() -> None:
    it = said(EVERY_ACT["paused"])
    video = "https://w3id.org/xapi/video"
    assert it["result"]["extensions"] == {
        f"{video}/extensions/time": 12.5,
        f"{video}/extensions/progress": 0.204,
        f"{video}/extensions/played-segments": "0[.]5.25[,]3[.]12.5",
    }
    context = it["context"]
    assert context["extensions"][f"{video}/extensions/length"] == 61.2
    assert context["extensions"][f"{video}/extensions/session-id"] == VIDEO_DONE.visit
    assert context["contextActivities"]["category"] == [{"objectType": "Activity", "id": video}]
    assert it["object"]["definition"]["type"] == f"{video}/activity-type/video"


def test_a_finished_video_counts_what_was_seen_twice_once() -> None:
    result = said(VIDEO_DONE)["result"]
    assert result["extensions"]["https://w3id.org/xapi/video/extensions/progress"] == 0.75
    assert result["completion"] is True
    assert result["duration"] == "PT70S"


def test_an_answer_says_what_was_asked_chosen_and_thought_of_it() -> None:
    it = said(CHOSEN)
    assert it["object"] == {
        "objectType": "Activity",
        "id": f"{ROLES}/questions/role",
        "definition": {
            "type": "http://adlnet.gov/expapi/activities/cmi.interaction",
            "name": {"fr": "Rôle"},
            "interactionType": "choice",
            "choices": [
                {"id": "a"},
                {"id": "b"},
                {"id": "c"},
            ],
        },
    }
    assert it["result"] == {
        "response": "a[,]b",
        "success": False,
        "score": {"scaled": 0.5},
        "duration": "PT21.4S",
    }
    assert it["context"]["contextActivities"]["parent"] == [{"objectType": "Activity", "id": ROLES}]


def test_an_empty_answer_keeps_its_mark_and_has_no_response() -> None:
    assert said(EMPTY)["result"] == {
        "success": False,
        "score": {"scaled": 0.0},
        "duration": "PT21.4S",
    }


def test_an_interaction_that_xapi_does_not_know_is_said_as_other() -> None:
    act = acts.Answered(
        attempt="a", question="q", title="", interaction="hotspot", response="(1,2)", given={}
    )
    assert said(act)["object"]["definition"]["interactionType"] == "other"


def test_a_passed_exam_has_points_and_success() -> None:
    assert said(PASSED)["result"] == {
        "score": {"scaled": 0.75, "raw": 3.0, "min": 0, "max": 4.0},
        "success": True,
        "completion": True,
        "duration": "PT312.25S",
    }


def test_one_learner_has_one_registration_in_a_course_whatever_is_done() -> None:
    first = said(ENROLLED)["context"]["registration"]
    assert said(PASSED)["context"]["registration"] == first
    assert said(PASSED, learner="someone")["context"]["registration"] != first
    assert said(PASSED, course="other")["context"]["registration"] != first


def test_a_clock_that_is_wrong_is_set_right_and_what_it_said_is_kept() -> None:
    late = Clock(timedelta(days=5800), datetime(2030, 1, 1, tzinfo=UTC))
    it = said(PASSED, late, at="2010-01-01T00:02:00.500Z")
    assert it["timestamp"] == "2025-11-18T00:02:00.500Z"
    assert it["context"]["extensions"][f"{HOME}/xapi/extensions/clock"] == {
        "at": "2010-01-01T00:02:00.500Z",
        "offset": 5800 * 86400.0,
        "monotonic": 1234.5,
        "boot": "5c3f2b1a-0000-4000-8000-000000000000",
    }


def test_nothing_happens_in_the_future() -> None:
    clock = Clock(timedelta(), datetime(2026, 11, 22, 12, tzinfo=UTC))
    assert said(PASSED, clock, at="2038-01-19T03:14:07.000Z")["timestamp"] == (
        "2026-11-22T12:00:00.000Z"
    )


@pytest.mark.parametrize(
    ("tag", "kept"),
    [
        ("fr", "fr"),
        ("pt-BR", "pt-BR"),
        ("zh-Hant-TW", "zh-Hant-TW"),
        ("fr-FR-x-campus", "fr-FR"),
        ("french", ""),
        ("", ""),
        ("<b>", ""),
    ],
)
def test_a_language_is_a_tag_that_every_store_takes(tag: str, kept: str) -> None:
    assert language(tag) == kept


@given(st.text(max_size=40))
def test_a_link_never_holds_what_an_iri_may_not(text: str) -> None:
    address = iri("https://example.org/" + text)
    assert address.isascii()
    assert not set(address) & set(' <>"{}|\\^`[]\n')
    assert address.count("#") <= 1


def test_a_good_link_stays_as_it_is() -> None:
    good = "https://fr.wikipedia.org/wiki/D%C3%A9l%C3%A9gation_(droit)?a=1&b=2,3#Notes"
    assert iri(good) == good


@pytest.mark.parametrize(
    ("value", "text"),
    [(21.4, "PT21.4S"), (3600, "PT3600S"), (0.014, "PT0.01S"), (0, None), (-3, None)],
)
def test_a_duration_is_iso_8601(value: float, text: str | None) -> None:
    assert duration(value) == text


def test_segments_of_a_long_video_keep_their_milliseconds() -> None:
    assert spelt(((12345.678, 123456.0),)) == "12345.678[.]123456"


@given(st.lists(st.tuples(st.floats(0, 100), st.floats(0, 100)), max_size=8))
def test_nobody_sees_more_than_the_whole(pairs: list[tuple[float, float]]) -> None:
    segments = tuple((min(pair), max(pair)) for pair in pairs)
    assert 0 <= share(segments, 100) <= 1
    assert share((*segments, (0, 100)), 100) == 1
    assert share(segments, 0) == 0
