# SPDX-License-Identifier: Apache-2.0
"""How far a learner is, read from what they did."""

from __future__ import annotations

import uuid
from typing import TYPE_CHECKING

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from player.course.manifest import Document, Link, Links, Page, Unknown
from player.journal import learners
from player.journal.events import (
    AnyAct,
    Completed,
    Enrolled,
    Event,
    Finished,
    Followed,
    Left,
    Opened,
    Sought,
    Watching,
)
from player.journal.journal import Where, events, record
from player.journal.progress import (
    Done,
    activities_done,
    course_progress,
    is_completed,
    last_activity,
    positions,
)
from player.lesson import reading
from player.store.database import Database

if TYPE_CHECKING:
    from clock import Clock

PAGE = Page(id="accueil", title="Accueil", blob="0" * 64)


@pytest.fixture
def where(learner: str) -> Where:
    return Where(learner, "diriger-une-equipe", 3, PAGE.id)


def test_a_page_is_done_once_when_its_end_was_seen(
    db: Database, where: Where, clock: Clock
) -> None:
    reading.opened(db, where, PAGE, clock)
    assert not is_completed(db, where.learner, where.course, PAGE.id)
    reading.read_through(db, where, PAGE, clock)
    reading.opened(db, where, PAGE, clock)
    reading.read_through(db, where, PAGE, clock)
    assert [event.act for event in events(db)] == [
        Opened(name="Accueil", type="page"),
        Completed(name="Accueil", type="page"),
        Opened(name="Accueil", type="page"),
    ]


@pytest.mark.parametrize(
    ("activity", "kind"),
    [
        (Document(id="d", title="", blob="0" * 64), "document"),
        (Links(id="l", title="", links=(Link(url="https://example.org", title=""),)), "links"),
        (Unknown(id="u", title="", kind="hologram"), "hologram"),
    ],
)
def test_each_kind_is_called_by_its_name(
    db: Database, where: Where, activity: Document | Links | Unknown, kind: str
) -> None:
    reading.opened(db, where, activity)
    assert [event.act for event in events(db)] == [Opened(type=kind)]


def test_a_link_that_is_followed_is_recorded(db: Database, where: Where, clock: Clock) -> None:
    reading.followed(db, where, "https://example.org/", PAGE, clock)
    assert [e.act for e in events(db)] == [Followed(name="Accueil", url="https://example.org/")]


def test_who_did_nothing_has_no_progress(db: Database, learner: str) -> None:
    assert course_progress(db, learner) == {}
    assert activities_done(db, learner, "c") == {}
    assert last_activity(db, learner, "c") is None
    assert positions(db, learner, "c") == {}


def test_progress_is_per_learner_course_and_activity(db: Database, learner: str) -> None:
    other = learners.add(db, "Bo").id
    record(db, Where(learner, "c", 1), Enrolled(name="C"))
    record(db, Where(learner, "c", 1, "a"), Completed(type="page"))
    record(db, Where(learner, "c", 1, "b"), Opened(type="page"))
    record(db, Where(learner, "d", 1, "a"), Completed(type="page"))
    record(db, Where(other, "c", 1, "z"), Completed(type="page"))
    assert course_progress(db, learner) == {"c": 1, "d": 1}
    assert set(activities_done(db, learner, "c")) == {"a", "b"}
    assert activities_done(db, learner, "c")["b"].completed_at is None
    assert last_activity(db, learner, "c") == "b"
    assert last_activity(db, other, "c") == "z"


acts: st.SearchStrategy[AnyAct] = st.one_of(
    st.just(Opened(type="page")),
    st.just(Completed(type="page")),
    st.builds(
        Finished,
        type=st.just("quiz"),
        attempt=st.just("x"),
        score=st.floats(0, 1),
        points=st.just(0.0),
        out_of=st.just(1.0),
    ),
    st.builds(Watching, visit=st.just("v"), time=st.floats(0, 100), length=st.just(100.0)),
    st.builds(Left, visit=st.just("v"), time=st.floats(0, 100), length=st.just(100.0)),
    st.builds(
        Sought,
        visit=st.just("v"),
        time=st.floats(0, 100),
        length=st.just(100.0),
        to=st.floats(0, 100),
    ),
)


@settings(max_examples=40)
@given(st.lists(st.tuples(st.sampled_from("ab"), st.sampled_from("xyz"), acts), max_size=15))
def test_progress_is_what_the_events_say(
    db: Database, clock: Clock, done: list[tuple[str, str, AnyAct]]
) -> None:
    learner = learners.add(db, "Awa").id
    for course, activity, act in done:
        clock.forward(seconds=1)
        record(db, Where(learner, course, 1, activity), act, clock)
    written = list(events(db, "learner = ?", (learner,)))
    for course in "ab":
        here = [event for event in written if event.course == course]
        expected = {
            activity: _done([event for event in here if event.activity == activity])
            for activity in {event.activity for event in here}
        }
        assert activities_done(db, learner, course) == expected
        completed = sum(one.completed_at is not None for one in expected.values())
        assert course_progress(db, learner).get(course, 0) == completed
        assert last_activity(db, learner, course) == (here[-1].activity if here else None)
        assert positions(db, learner, course) == {
            event.activity: event.act.to if isinstance(event.act, Sought) else event.act.time
            for event in here
            if isinstance(event.act, Watching | Left | Sought)
        }


def _done(some: list[Event]) -> Done:
    completed = [event.at for event in some if event.kind == "completed"]
    scores = [event.act.score for event in some if isinstance(event.act, Finished)]
    return Done(
        min(completed, default=None), max(scores, default=None), max(event.at for event in some)
    )


def test_learners_come_in_the_order_in_which_they_came(db: Database) -> None:
    names = ["  Zoé \n", "Awa  Diallo", "Awa Diallo", "Bo"]
    added = [learners.add(db, name) for name in names]
    assert learners.all_learners(db) == added
    assert [one.name for one in added] == ["Zoé", "Awa Diallo", "Awa Diallo", "Bo"]
    assert len({uuid.UUID(one.id) for one in added}) == 4
