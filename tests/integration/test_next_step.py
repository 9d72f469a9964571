# SPDX-License-Identifier: Apache-2.0
"""The next step of a course: which, how long, what it costs, how far, and what waits at its end."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest
from clock import Clock
from revised import COURSE, Pupil
from small_course import COURSE as OUTLINE
from small_course import small_course, write

from player.app.next_step import Step, following, under_way
from player.course import needs
from player.course.manifest import Manifest, Video
from player.journal.events import Claimed, Completed, Finished, Opened, Paused
from player.journal.journal import record
from player.publish.keys import own_key, public_text
from player.publish.repository import publish
from player.store import blobs
from player.store.courses import Shelf

SECOND = """
[[section]]
title = "Décider"

[[section.sequence]]
id = "suite"
title = "Suite"
activities = [{ page = "pages/suite.md" }, { page = "pages/fin.md" }]
"""
PATHS = """
[[path]]
id = "calm"
title = "Pas à pas"
sections = ["decider"]

[[path]]
id = "fast"
title = "Droit au but"
sections = ["organiser"]
"""
RULE = """
[attestation]
title = "Suivi"
answered = 1.0
"""
PAGES = {
    "pages/suite.md": "# Suite\n\n" + "mot " * 540,
    "pages/fin.md": "# Fin\n\nEncore.\n",
}


def published(root: Path, clock: Clock, more: str = "", head: str = "") -> Pupil:
    """A pupil who has taken up a course of two sections; nothing of it is here."""
    text = OUTLINE.replace("[course]", f"[course]\n{head}") + SECOND + more
    source = write(small_course(root / "source"), {**PAGES, "course.toml": text})
    secret = own_key(root / "publisher.key")
    publish(source, root / "repository", secret)
    pupil = Pupil(root, clock)
    services = pupil.services
    services.change(allowed_keys=(public_text(secret),))
    services.refresh(services.add_repository(str(root / "repository")))
    services.introduce("Awa")
    services.take_up(COURSE)
    return pupil


@pytest.fixture
def pupil(tmp_path: Path, clock: Clock) -> Iterator[Pupil]:
    made = published(tmp_path, clock)
    yield made
    made.services.close_thread()


def manifest(pupil: Pupil) -> Manifest:
    return pupil.services.course(COURSE)


def ids(pupil: Pupil) -> list[str]:
    return [one.id for one in manifest(pupil).activities()]


def step(pupil: Pupil) -> Step:
    return pupil.services.steps.of(manifest(pupil))


def done(pupil: Pupil, *names: str) -> None:
    services = pupil.services
    for one in names:
        for act in (Opened(name=one, type="page"), Completed(name=one, type="page")):
            record(services.db, services.where(COURSE, one), act, services.now)
        pupil.clock.forward(minutes=1)


def fetch(pupil: Pupil, rendition: str = "240p") -> None:
    services = pupil.services
    services.ask(COURSE, [one.id for one in manifest(pupil).sections], rendition)
    services.download(by_hand=True)


# Which


@pytest.mark.parametrize(
    ("left", "last", "past", "wanted"),
    [
        ("abcd", None, False, "a"),
        ("bcd", "a", False, "b"),
        ("abcd", "b", False, "b"),  # begun and not done
        ("ad", "c", False, "d"),
        ("ab", "c", False, "a"),  # nothing behind it: what was left out
        ("abcd", "gone", False, "a"),
        ("", "a", False, ""),
        ("abcd", "b", True, "c"),  # left behind
        ("bd", "d", True, "b"),
        ("d", "d", True, ""),  # nothing else is left
    ],
)
def test_where_to_go_on(left: str, last: str | None, past: bool, wanted: str) -> None:
    assert following(list("abcd"), list(left), last, past=past) == wanted


def test_what_may_not_be_opened_yet_is_never_next(pupil: Pupil) -> None:
    names, steps = ids(pupil), pupil.services.steps
    steps.open_to = lambda _: frozenset(names[3:6])
    assert steps.next_activity(manifest(pupil)) == names[3]
    done(pupil, *names[:6])
    found = step(pupil)
    assert found.activity is None
    assert found.later is not None
    assert found.later.title == "Décider"
    assert found.opens_at is None
    steps.opens = lambda _: {found.later.id: pupil.clock.now} if found.later else {}
    assert step(pupil).opens_at == pupil.clock.now


def test_on_a_path_only_what_is_on_it_counts(tmp_path: Path, clock: Clock) -> None:
    pupil = published(tmp_path, clock, PATHS)
    services, course = pupil.services, manifest(pupil)
    services.paths.follow(course, "calm")
    found = step(pupil)
    assert found.activity is not None
    assert found.activity.id == ids(pupil)[6]
    assert (found.done, found.all) == (0, 2)
    done(pupil, *ids(pupil)[5:7])  # one of them is aside
    assert (step(pupil).done, step(pupil).all) == (1, 2)
    shelf = services.library()[0]
    assert (shelf.completed, shelf.activities) == (1, 2)
    assert [one.title for one in services.steps.way(course)] == ["Décider"]
    services.close_thread()


# How long, how far


def test_a_page_is_counted_once_it_is_here_and_judged_by_its_size_before(pupil: Pupil) -> None:
    names = ids(pupil)
    done(pupil, *names[:6])
    before = step(pupil)
    fetch(pupil, "")
    after = step(pupil)
    assert after.activity is not None
    assert after.activity.id == names[6]
    assert after.seconds == pytest.approx(541 / 180 * 60)
    assert before.seconds == pytest.approx(after.seconds, rel=0.5)
    assert before.price.size > 0
    assert after.price.size == 0


def test_what_is_left_of_a_video_is_at_the_learners_speed(pupil: Pupil) -> None:
    services = pupil.services
    video = next(one for one in manifest(pupil).activities() if isinstance(one, Video))
    where = services.where(COURSE, video.id)
    record(services.db, where, Opened(type="video"), services.now)
    rate, read = services.steps._seconds, services.steps._read(manifest(pupil))
    long = Video(id=video.id, title="", duration=600, renditions=video.renditions)
    services.change(speed=1.5)
    for second, left in ((0.0, 400), (300.0, 200), (600.0, 400)):  # from its end, it is seen again
        assert rate(manifest(pupil), replace(read, at={video.id: second}), long) == left
    playing = {"visit": "v", "time": 300.0, "length": 600.0}
    record(services.db, where, Paused(**playing), services.now)
    read = services.steps._read(manifest(pupil))
    assert rate(manifest(pupil), read, long) == 200
    assert rate(manifest(pupil), read, long, afresh=True) == 400


def test_how_far_the_week_and_the_sitting_are(pupil: Pupil) -> None:
    names = ids(pupil)
    done(pupil, *names[:7])
    found = step(pupil)
    assert found.week is not None
    assert found.sitting is not None
    assert (found.week.title, found.week.done, found.week.all) == ("Décider", 1, 2)
    assert (found.sitting.title, found.sitting.done) == ("Suite", 1)
    assert found.week.seconds == found.sitting.seconds == found.seconds
    assert not found.is_begun
    record(pupil.services.db, pupil.services.where(COURSE, names[7]), Opened(type="page"))
    assert step(pupil).is_begun


def test_the_way_says_of_each_activity_what_it_is(pupil: Pupil) -> None:
    names, steps = ids(pupil), pupil.services.steps
    done(pupil, names[0], names[2])
    record(pupil.services.db, pupil.services.where(COURSE, names[4]), Opened(type="quiz"))
    record(pupil.services.db, pupil.services.where(COURSE, names[1]), Opened(type="video"))
    steps.open_to = lambda _: frozenset(names[:7])
    first, second = steps.way(manifest(pupil))
    assert first.states == ("done", "next", "done", "open", "begun", "open")
    assert second.states == ("open", "later")
    assert first.done == 2


# What it costs


def test_what_lacks_costs_what_the_chosen_rendition_has_and_nothing_else(pupil: Pupil) -> None:
    services, names = pupil.services, ids(pupil)
    done(pupil, names[0])
    found = step(pupil)
    assert isinstance(found.activity, Video)
    choice = needs.Choice("240p", (), found.activity.id)
    section = manifest(pupil).sections[0]
    assert found.price.size == needs.size(manifest(pupil), needs.needs(section, choice))
    services.change(rendition="480p")
    assert step(pupil).price.size > found.price.size + 150_000
    services.ask(COURSE, [section.id], "audio")  # what the section was asked for comes first
    assert step(pupil).price.rendition == "audio"


def test_it_comes_before_everything_else_and_then_costs_nothing(pupil: Pupil) -> None:
    services, names = pupil.services, ids(pupil)
    done(pupil, names[0])
    services.ask(COURSE, [manifest(pupil).sections[1].id], "")
    price = step(pupil).price
    services.ask_next(COURSE, names[1])
    assert services.wishes()[0].key == (COURSE, "organiser", names[1])
    assert services.wishes()[0].total == price.size
    services.download(by_hand=True)
    assert step(pupil).price.size == 0
    assert needs.is_here(
        manifest(pupil).find(names[1]) or pytest.fail("gone"), blobs.present(services.db)
    )


# The end


def test_at_the_end_it_says_what_is_left_for_the_attestation(tmp_path: Path, clock: Clock) -> None:
    pupil = published(tmp_path, clock, RULE)
    done(pupil, *ids(pupil))
    found = step(pupil)
    assert (found.activity, found.later) == (None, None)
    assert found.attestation is not None
    assert not found.attestation.met
    assert found.attestation.next in ids(pupil)[4:6]
    services = pupil.services
    for name in ids(pupil)[4:6]:
        act = Finished(type="quiz", attempt=name, score=1, points=1, out_of=1)
        record(services.db, services.where(COURSE, name), act, services.now)
    found = step(pupil)
    assert found.attestation is not None
    assert found.attestation.met
    record(services.db, services.where(COURSE), Claimed(title="Suivi"), services.now)
    services.close_thread()


def test_a_course_that_asks_for_nothing_just_ends(pupil: Pupil) -> None:
    done(pupil, *ids(pupil))
    found = step(pupil)
    assert (found.activity, found.attestation, found.done, found.all) == (None, None, 8, 8)
    assert pupil.services.next_activity(manifest(pupil)) == ids(pupil)[0]


# Coming back


def test_who_was_here_last_week_is_not_welcomed_back(pupil: Pupil) -> None:
    steps = pupil.services.steps
    assert steps.returning(step(pupil)) is None  # never learnt
    done(pupil, ids(pupil)[0])
    pupil.clock.forward(days=13)
    assert steps.returning(step(pupil)) is None
    pupil.clock.now -= timedelta(days=400)  # a clock that is wrong tells nothing
    assert steps.returning(step(pupil)) is None
    pupil.clock.now += timedelta(days=402)
    back = steps.returning(step(pupil))
    assert back is not None
    assert back.days >= 14
    done(pupil, ids(pupil)[1])
    assert steps.returning(step(pupil)) is None  # here again


def test_to_look_at_again_there_is_the_beginning_of_the_sitting_that_was_under_way(
    pupil: Pupil,
) -> None:
    names, steps = ids(pupil), pupil.services.steps
    fetch(pupil)
    done(pupil, *names[:3])
    pupil.clock.forward(days=40)
    back = steps.returning(step(pupil))
    assert back is not None
    assert back.again is not None
    assert (back.got_to, back.again.id) == ("Les diapositives", names[0])
    assert back.seconds >= 20


def test_before_a_new_sitting_it_is_the_last_thing_that_was_learnt(pupil: Pupil) -> None:
    names, steps = ids(pupil), pupil.services.steps
    fetch(pupil)
    done(pupil, *names[:6])
    pupil.clock.forward(days=40)
    back = steps.returning(step(pupil))
    assert back is not None
    assert back.again is not None
    assert back.again.id == names[2]  # the slides; links, quiz and exam teach nothing anew


def test_nobody_pays_for_a_welcome(pupil: Pupil) -> None:
    done(pupil, *ids(pupil)[:3])  # and the files were deleted meanwhile
    pupil.clock.forward(days=40)
    back = pupil.services.steps.returning(step(pupil))
    assert back is not None
    assert back.again is None


def test_days_that_went_by_meanwhile_are_said_and_no_others(pupil: Pupil) -> None:
    names, steps, clock = ids(pupil), pupil.services.steps, pupil.clock
    start = clock.now
    days = {names[0]: 2, names[4]: 10, names[5]: 60, "organiser": 20, "decider": -3}
    steps.dates = lambda _: {one: start + timedelta(days=by) for one, by in days.items()}
    done(pupil, names[0])
    clock.forward(days=40)
    back = steps.returning(step(pupil))
    assert back is not None
    assert [one.title for one in back.passed] == ["Organiser", "Faites le point"]


# Which course


def shelf(name: str, **changes: object) -> Shelf:
    facts: dict[str, object] = {
        "id": name, "version": 1, "offered": 1, "title": name, "language": "fr", "summary": "",
        "repository": "", "trust": "trusted", "activities": 4, "completed": 1, "base": 0,
        "renditions": {}, "here": True, "last_at": "2026-01-05T09:00:00Z",
    }  # fmt: skip
    return Shelf(**{**facts, **changes})  # type: ignore[arg-type]


def test_the_library_leads_on_in_two_courses_at_the_most() -> None:
    shelves = [
        shelf("old", last_at="2025-01-05T09:00:00Z"),
        shelf("through", completed=4, last_at="2026-03-05T09:00:00Z"),
        shelf("new", last_at="2026-02-05T09:00:00Z"),
        shelf("offered", version=0),
        shelf("untouched", last_at=""),
        shelf("between"),
    ]
    assert [one.id for one in under_way(shelves)] == ["new", "between"]
    assert [one.id for one in under_way(shelves[1:2])] == ["through"]
    assert under_way(shelves[3:5]) == []


# Paths that are combined


def test_several_paths_are_followed_at_once_where_the_course_lets_them(
    tmp_path: Path, clock: Clock
) -> None:
    pupil = published(tmp_path, clock, PATHS, "combine_paths = true")
    services, course = pupil.services, manifest(pupil)
    assert course.combine_paths
    services.paths.follow(course, "fast calm")
    assert services.paths.of(COURSE) == "calm fast"  # in the course's order
    assert course.aside("calm fast") == frozenset()
    assert step(pupil).all == 8
    services.paths.follow(course, "fast")
    assert step(pupil).all == 6
    for wrong in ("", "gone", "fast gone"):
        with pytest.raises(KeyError):
            services.paths.follow(course, wrong)
    services.close_thread()


def test_another_path_puts_what_is_not_on_it_last_in_the_queue(
    tmp_path: Path, clock: Clock
) -> None:
    pupil = published(tmp_path, clock, PATHS)
    services, course = pupil.services, manifest(pupil)
    with pytest.raises(KeyError):
        services.paths.follow(course, "calm fast")  # this course has one at a time
    services.ask(COURSE, ["organiser", "decider"], "")
    services.paths.follow(course, "calm")
    assert [one.section for one in services.wishes()] == ["decider", "organiser"]
    services.paths.follow(course, "fast")
    assert [one.section for one in services.wishes()] == ["organiser", "decider"]
    services.close_thread()


def test_the_plan_is_an_act_and_a_week_shows_what_was_learnt(pupil: Pupil) -> None:
    services, course = pupil.services, manifest(pupil)
    assert services.plans.week(COURSE).planned == 0
    services.plans.set(course, 1.5)
    done(pupil, *ids(pupil)[:3])
    week = services.plans.week(COURSE)
    assert (week.planned, week.learnt) == (1.5, 120)
    pupil.clock.forward(days=7)
    assert services.plans.week(COURSE).learnt == 0  # a new week, whatever became of the last
    services.plans.set(course, 0)
    assert services.plans.of(COURSE) == 0
    for wrong in (-1, 41, float("nan")):
        with pytest.raises(ValueError, match=str(wrong)):
            services.plans.set(course, wrong)


def test_without_a_learner_there_is_nothing_to_read(tmp_path: Path, clock: Clock) -> None:
    services = Pupil(tmp_path, clock).services
    assert services.plans.week(COURSE).learnt == 0
    assert services.library() == []
    services.close_thread()
