# SPDX-License-Identifier: Apache-2.0
"""One video, opened, watched, left and opened again, with and without warning."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from datetime import timedelta
from pathlib import Path
from typing import TYPE_CHECKING

import msgspec
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from player.course.manifest import Rendition, Video
from player.errors import DiskFull
from player.journal.events import Completed, Event, Left, Paused, Playing, Sought, Watching
from player.journal.journal import Where, events
from player.journal.progress import positions
from player.lesson import video
from player.lesson.video import VideoVisit
from player.lesson.watching import merge, threshold
from player.store import database
from player.store.database import Database

if TYPE_CHECKING:
    from clock import Clock

VIDEO = Video(
    id="roles-video",
    title="Qui fait quoi ?",
    duration=100.0,
    renditions=(Rendition(name="240p", blob="0" * 64, height=240),),
)


@pytest.fixture
def where(learner: str) -> Where:
    return Where(learner, "diriger-une-equipe", 3, VIDEO.id)


def watch(visit: VideoVisit, clock: Clock, start: float, end: float) -> None:
    """Tick four times a second, as the view does."""
    at = start
    while at < end:
        at = min(at + 0.25, end)
        clock.forward(seconds=0.25)
        visit.tick(at)


def acts(db: Database) -> list[Event]:
    return list(events(db))


def kinds(db: Database) -> list[str]:
    return [event.kind for event in acts(db)]


def test_a_visit_is_written_as_it_happens(db: Database, where: Where, clock: Clock) -> None:
    visit = VideoVisit(db, where, VIDEO, clock)
    assert (visit.resume_at, visit.watched) == (0, ())
    visit.played(0, speed=1.5, rendition="240p")
    watch(visit, clock, 0, 8)
    visit.sought(8, 40)
    watch(visit, clock, 40, 44)
    visit.paused(44)
    visit.left(44)
    assert kinds(db) == ["played", "sought", "watching", "paused", "left"]
    left = acts(db)[-1].act
    assert isinstance(left, Left)
    assert (left.segments, left.progress) == (((0, 8), (40, 44)), 0.12)
    assert (left.name, left.time, left.length) == ("Qui fait quoi ?", 44, 100)
    sought = acts(db)[1].act
    assert isinstance(sought, Sought)
    assert (sought.time, sought.to) == (8, 40)
    assert len({event.act.visit for event in acts(db) if isinstance(event.act, Playing)}) == 1


def test_the_next_visit_goes_on_and_adds_up(db: Database, where: Where, clock: Clock) -> None:
    first = VideoVisit(db, where, VIDEO, clock)
    first.played(0)
    watch(first, clock, 0, 30)
    first.left(30)
    second = VideoVisit(db, where, VIDEO, clock)
    assert second.resume_at == 30
    second.played(20)
    watch(second, clock, 20, 50)
    second.paused(50)
    assert second.watched == ((0, 50),)
    last = acts(db)[-1].act
    assert isinstance(last, Paused)
    assert (last.segments, last.progress) == (((20, 50),), 0.5)


def test_checkpoints_come_at_most_every_ten_seconds_whatever_the_clock_does(
    db: Database, where: Where, clock: Clock
) -> None:
    visit = VideoVisit(db, where, VIDEO, clock)
    visit.played(0)
    watch(visit, clock, 0, 35)
    assert kinds(db).count("watching") == 3
    clock.now -= timedelta(days=4000)  # the battery of its clock is dead
    watch(visit, clock, 35, 46)
    assert kinds(db).count("watching") == 5


def test_after_a_power_cut_nothing_is_lost_but_some_seconds(
    home: Path, db: Database, where: Where, clock: Clock
) -> None:
    visit = VideoVisit(db, where, VIDEO, clock)
    visit.played(0)
    watch(visit, clock, 0, 27)  # and then the power goes
    with closing(database.connect(home)) as after:
        again = VideoVisit(after, where, VIDEO, clock)
        assert again.resume_at == 20
        assert again.watched == ((0, 20),)
        assert kinds(after) == ["played", "watching", "watching", "left"]
        *_, checkpoint, left = (event.act for event in acts(after))
        assert isinstance(checkpoint, Watching)
        assert isinstance(left, Left)
        assert (left.visit, left.segments) == (checkpoint.visit, checkpoint.segments)
        VideoVisit(after, where, VIDEO, clock)
        assert kinds(after).count("left") == 1  # told once


def test_after_a_power_cut_it_can_be_watched_though_the_disk_is_full(
    db: Database, where: Where, clock: Clock, monkeypatch: pytest.MonkeyPatch
) -> None:
    VideoVisit(db, where, VIDEO, clock).played(27)

    def full(*_: object) -> None:
        raise DiskFull(place="home", needed="some MB", free="0 MB")

    with monkeypatch.context() as disk:
        disk.setattr(video, "record", full)
        assert VideoVisit(db, where, VIDEO, clock).resume_at == 27
    assert kinds(db) == ["played"]
    VideoVisit(db, where, VIDEO, clock)
    assert kinds(db) == ["played", "left"]  # told as soon as it can be


def test_the_version_that_was_cut_off_is_the_one_that_is_told(
    db: Database, where: Where, clock: Clock
) -> None:
    VideoVisit(db, where, VIDEO, clock).played(5)
    newer = Where(where.learner, where.course, 4, where.activity)
    VideoVisit(db, newer, VIDEO, clock)
    assert [(event.kind, event.version) for event in acts(db)] == [("played", 3), ("left", 3)]


def test_done_is_said_once_ever_when_enough_was_watched(
    db: Database, where: Where, clock: Clock
) -> None:
    visit = VideoVisit(db, where, VIDEO, clock)
    visit.played(0)
    watch(visit, clock, 0, 70)
    visit.paused(70)
    assert "completed" not in kinds(db)  # a video of 100 s asks for more than 0.7416
    visit.played(70)
    watch(visit, clock, 70, 76)
    visit.paused(76)
    assert kinds(db)[-2:] == ["paused", "completed"]
    done = acts(db)[-1].act
    assert isinstance(done, Completed)
    assert (done.type, done.segments, done.seconds) == ("video", ((0, 76),), 76)
    visit.played(76)
    watch(visit, clock, 76, 100)
    visit.ended(100)
    visit.left(100)
    again = VideoVisit(db, where, VIDEO, clock)
    again.played(0)
    watch(again, clock, 0, 100)
    again.ended(100)
    assert kinds(db).count("completed") == 1


def test_a_checkpoint_that_passes_the_threshold_says_done(
    db: Database, where: Where, clock: Clock
) -> None:
    visit = VideoVisit(db, where, VIDEO, clock)
    visit.played(0)
    watch(visit, clock, 0, 81)
    assert kinds(db)[-2:] == ["watching", "completed"]


def test_jumping_to_the_end_is_not_watching(db: Database, where: Where, clock: Clock) -> None:
    visit = VideoVisit(db, where, VIDEO, clock)
    visit.played(0)
    visit.sought(0, 98)
    watch(visit, clock, 98, 100)
    visit.ended(100)
    assert "completed" not in kinds(db)
    assert visit.progress == pytest.approx(0.02)


def test_who_had_seen_the_end_starts_anew(db: Database, where: Where, clock: Clock) -> None:
    visit = VideoVisit(db, where, VIDEO, clock)
    visit.played(90)
    watch(visit, clock, 90, 97)
    visit.left(97)
    assert VideoVisit(db, where, VIDEO, clock).resume_at == 0
    assert positions(db, where.learner, where.course) == {VIDEO.id: 97}


def test_who_jumped_and_lost_power_goes_on_where_they_jumped_to(
    db: Database, where: Where, clock: Clock
) -> None:
    visit = VideoVisit(db, where, VIDEO, clock)
    visit.played(0)
    visit.sought(3, 60)
    assert positions(db, where.learner, where.course) == {VIDEO.id: 60}
    assert VideoVisit(db, where, VIDEO, clock).resume_at == 60


def test_the_end_of_a_video_without_a_length_tells_its_length(
    db: Database, where: Where, clock: Clock
) -> None:
    visit = VideoVisit(db, where, msgspec.structs.replace(VIDEO, duration=0.0), clock)
    visit.played(0)
    watch(visit, clock, 0, 12)
    visit.ended(12)
    assert kinds(db)[-2:] == ["paused", "completed"]


def test_what_makes_no_sense_is_not_recorded(db: Database, where: Where, clock: Clock) -> None:
    visit = VideoVisit(db, where, VIDEO, clock)
    visit.tick(5)
    visit.paused(5)
    visit.left(float("nan"))
    visit.left(5)
    visit.ended(5)
    assert kinds(db) == ["left"]


def test_another_learners_watching_is_another_learners(
    db: Database, where: Where, clock: Clock
) -> None:
    with db.atomic():
        db.execute("INSERT INTO learners VALUES ('other', 'Bo', '2026-01-05T08:00:00Z')")
    VideoVisit(db, where, VIDEO, clock).played(50)
    other = Where("other", where.course, where.version, where.activity)
    assert VideoVisit(db, other, VIDEO, clock).resume_at == 0
    assert kinds(db) == ["played"]


def test_a_pause_and_the_done_it_brings_are_written_together_or_not_at_all(
    db: Database, where: Where, clock: Clock
) -> None:
    visit = VideoVisit(db, where, msgspec.structs.replace(VIDEO, duration=9.0), clock)
    visit.played(0)
    watch(visit, clock, 0, 9)
    db.execute(
        "CREATE TEMP TRIGGER full BEFORE INSERT ON main.events WHEN NEW.kind = 'completed'"
        " BEGIN SELECT RAISE(ABORT, 'the disk is full, say'); END"
    )
    with pytest.raises(sqlite3.IntegrityError):
        visit.paused(9)
    assert kinds(db) == ["played"]
    db.execute("DROP TRIGGER full")
    visit.left(9)  # nothing was lost: what comes next carries it
    assert kinds(db) == ["played", "left", "completed"]


calls = st.lists(
    st.tuples(
        st.sampled_from(["played", "tick", "tick", "paused", "sought", "cut off", "left"]),
        st.floats(0, 110),
        st.floats(0, 110),
    ),
    max_size=25,
)


@settings(max_examples=40)
@given(calls)
def test_whatever_happens_progress_is_what_the_journal_says(
    db: Database, where: Where, clock: Clock, happened: list[tuple[str, float, float]]
) -> None:
    """Progress seen in the window, and done or not, can be reckoned anew from the events."""
    course = f"course-{len(acts(db))}"
    here = Where(where.learner, course, 1, VIDEO.id)
    visit = VideoVisit(db, here, VIDEO, clock)
    for call, one, two in happened:
        clock.forward(seconds=3)
        if call == "cut off":
            visit = VideoVisit(db, here, VIDEO, clock)
        elif call == "left":
            visit.left(one)
            visit = VideoVisit(db, here, VIDEO, clock)
        elif call == "sought":
            visit.sought(one, two)
        else:
            getattr(visit, call)(one)
    visit.left(50)
    written = [event.act for event in events(db, "course = ?", (course,))]
    seen = merge(s for act in written if isinstance(act, Playing) for s in act.segments)
    assert VideoVisit(db, here, VIDEO, clock).watched == seen
    share = sum(end - start for start, end in seen) / 100
    done = sum(isinstance(act, Completed) for act in written)
    assert done == (1 if share > threshold(100) else 0)
