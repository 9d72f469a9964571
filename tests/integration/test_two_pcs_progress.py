# SPDX-License-Identifier: Apache-2.0
"""How far a learner is who works on several PCs: the same on each, whatever came first."""

from __future__ import annotations

import itertools
import json
import sqlite3
import tempfile
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager
from pathlib import Path
from statistics import fmean
from typing import NamedTuple

import msgspec
import pytest
from carrying import ADA, Pc
from clock import Clock
from hypothesis import given, settings
from hypothesis import strategies as st
from lrs_simulator import PLATFORM, LrsSimulator
from repository_builder import Draft

from player.course.manifest import Exam
from player.journal import learners, progress, union
from player.journal.events import Begun, Finished, Opened, PathChosen, Paused
from player.journal.journal import Where, record
from player.journal.union import TOLD
from player.lesson.attempt import history, look_back, unfinished
from player.store import courses, database
from player.store.database import Database
from player.store.schema import migrations
from player.sync import rendering
from player.sync.heard import act_of

COURSE = msgspec.json.encode(Draft(id="course").section("one", texts=[b"x"]).manifest()[0])
EXAM = Exam(id="quiz", title="Examen", blob="0" * 64, questions=0)
COUNTS = {"w": "average", "x": "first", "y": "last", "z": "best"}


class Doing(NamedTuple):
    """One thing done: on which PC, in which activity, with which score or at which second."""

    pc: int
    activity: str
    score: float
    seconds_later: int


doings = st.lists(
    st.builds(
        Doing,
        st.integers(0, 2),
        st.sampled_from("wxyz"),
        st.floats(0, 1).map(lambda score: round(score, 3)),
        st.integers(1, 10**6),
    ),
    max_size=12,
)


@contextmanager
def pcs(count: int) -> Iterator[list[Database]]:
    with tempfile.TemporaryDirectory() as folder:
        found = []
        for number in range(count):
            home = Path(folder) / str(number)
            database.prepare(home)
            found.append(database.connect(home))
        try:
            yield found
        finally:
            for db in found:
                db.close()


def do(dbs: list[Database], done: list[Doing]) -> None:
    clock = Clock()
    for number, one in enumerate(done):
        clock.forward(seconds=one.seconds_later)
        with dbs[one.pc].atomic():
            learners.keep(dbs[one.pc], ADA)
        where = Where(ADA.id, "course", 1, one.activity)
        quiz = Finished(
            type="quiz", attempt=f"{number}", score=one.score, points=one.score, out_of=1.0
        )
        video = Paused(visit="v", time=100 * one.score, length=100.0)
        for act in (quiz, video):
            record(dbs[one.pc], where, act, clock)
    for db in dbs:
        rendering.offline(db, PLATFORM)


def by_file(origin: Database, target: Database) -> None:
    acts = [act for _, act in union.of(origin, ADA.id, 0, 10**6)]
    assert all(act.is_whole for act in acts)
    union.take(target, ADA, acts, f"device of {origin.path}")


def by_network(origin: Database, target: Database) -> None:
    shown = [act for _, act in union.of(origin, ADA.id, 0, 10**6)]
    heard = [act_of(json.loads(bytes(one.statement)), PLATFORM, ADA.id) for one in shown]
    union.take(target, ADA, list(reversed(heard)), TOLD)


def standing(db: Database) -> tuple[object, ...]:
    return (
        progress.last_activity(db, ADA.id, "course"),
        progress.positions(db, ADA.id, "course"),
        progress.activities_done(db, ADA.id, "course", COUNTS),
        progress.course_progress(db, ADA.id),
    )


Way = Callable[[Database, Database], None]
ways = st.sampled_from([by_file, by_network])


def expected(done: list[Doing]) -> tuple[object, object, object]:
    scores = {name: [one.score for one in done if one.activity == name] for name in "wxyz"}
    rule = {"w": fmean, "x": lambda all_: all_[0], "y": lambda all_: all_[-1], "z": max}
    return (
        done[-1].activity if done else None,
        {one.activity: 100 * one.score for one in done},
        {name: rule[name](all_) for name, all_ in scores.items() if all_},
    )


@settings(max_examples=40)
@given(doings, st.permutations(range(3)), st.lists(ways, min_size=6, max_size=6))
def test_whichever_pc_is_merged_into_which_it_comes_to_the_same(
    done: list[Doing], order: list[int], by: list[Way]
) -> None:
    with pcs(3) as dbs:
        do(dbs, done)
        pairs = list(itertools.permutations(order, 2))
        for (one, other), way in zip(pairs, by, strict=True):
            way(dbs[one], dbs[other])
        for one, other in pairs:  # what came to one after it had given
            by_file(dbs[one], dbs[other])
        last, where, scores = expected(done)
        for db in dbs:
            assert db.execute("SELECT count(*) FROM events").fetchone()[0] == 2 * len(done)
            found = standing(db)
            assert found[0] == last
            assert found[1] == pytest.approx(where, abs=0.001)
            counted = {name: one.score for name, one in found[2].items()}  # type: ignore[attr-defined]
            assert counted == pytest.approx(scores)
            for other in dbs:
                by_network(other, db)
            assert standing(db) == found, "again it is nothing new"


def test_a_score_is_never_summed(db: Database, clock: Clock) -> None:
    def finished(score: float) -> Finished:
        return Finished(type="quiz", attempt=f"{score}", score=score, points=score, out_of=1.0)

    with db.atomic():
        learners.keep(db, ADA)
    for name in "wxyz":
        for score in (0.5, 0.75, 0.25):
            record(db, Where(ADA.id, "course", 1, name), finished(score), clock)
    done = progress.activities_done(db, ADA.id, "course", COUNTS)
    assert [done[name].score for name in "wxyz"] == [0.5, 0.5, 0.25, 0.75]
    assert {one.score for one in progress.activities_done(db, ADA.id, "course").values()} == {0.75}


def test_on_one_pc_what_was_done_last_is_last_whatever_its_clock_says(
    tmp_path: Path, clock: Clock
) -> None:
    """B's battery is dead: every morning it is 2010 there. What it does after A's work is later."""
    store = LrsSimulator()
    store.now = clock
    a, b = Pc(tmp_path / "a", clock, 1), Pc(tmp_path / "b", clock, 2)
    a.do(Opened(type="page"))
    a.push(store)
    b.learn()
    b.bring_home(store)
    with b.db() as db:
        for name in ("later", "last"):
            clock.forward(days=-6000)
            record(db, Where(ADA.id, "course", 1, name), Opened(type="page"), clock)
        assert progress.last_activity(db, ADA.id, "course") == "last"


def test_what_waits_here_is_not_later_than_what_was_done_elsewhere_after_it(
    tmp_path: Path, clock: Clock
) -> None:
    store = LrsSimulator()
    store.now = clock
    a, b = Pc(tmp_path / "a", clock, 1), Pc(tmp_path / "b", clock, 2)
    b.learn()
    with b.db() as db:
        record(db, Where(ADA.id, "course", 1, "waits"), Opened(type="page"), clock)
    clock.forward(hours=1)
    a.do(Opened(type="page"))
    a.push(store)
    b.bring_home(store)
    with b.db() as db:
        assert progress.last_activity(db, ADA.id, "course") == "activity"


def test_an_attempt_that_ended_elsewhere_is_not_gone_on_with(home: Path) -> None:
    """Its end came first: a store may show the latest first, and a file may be lost."""
    where = Where(ADA.id, "course", 1, "quiz")
    with closing(database.connect(home)) as db:
        with db.atomic():
            learners.keep(db, ADA)
        end = Finished(type="quiz", attempt="a", score=1.0, points=1.0, out_of=1.0)
        for act in (end, Begun(type="quiz", attempt="a", number=3)):
            record(db, where, act)
        assert unfinished(db, where) is None
        assert [past.number for past in history(db, where)] == [3]


@pytest.mark.parametrize(
    ("ends", "counts"),
    [
        ([("", 0.25), ("", 1.0)], 0.25),  # what was answered after handing in does not count
        ([("", 0.25), ("time", 1.0)], 0.25),
        ([("time", 0.0), ("time", 0.75)], 0.75),  # looked at on a PC that knew less
        ([("time", 0.75), ("time", 0.0)], 0.75),
        ([("time", 0.25), ("", 1.0)], 0.25),  # by a clock that was set back
        ([("time", 0.25), ("", 1.0), ("time", 0.5)], 0.5),
    ],
)
@pytest.mark.parametrize("order", [0, 1, 2])
def test_of_several_ends_of_one_attempt_the_same_counts_on_every_pc(
    ends: list[tuple[str, float]], counts: float, order: int
) -> None:
    clock, where = Clock(), Where(ADA.id, "course", 1, "quiz")
    begun = Begun(type="exam", attempt="one", number=1)
    with pcs(len(ends)) as dbs:
        for db, (ended, score) in zip(dbs, ends, strict=True):
            clock.forward(hours=1)
            with db.atomic():
                learners.keep(db, ADA)
            end = Finished(type="exam", attempt="one", score=score, points=score, out_of=1.0)
            record(db, where, msgspec.structs.replace(end, ended=ended), clock)
            rendering.offline(db, PLATFORM)
        record(dbs[0], where, begun, clock)
        rendering.offline(dbs[0], PLATFORM)
        pairs = list(itertools.permutations(dbs[order:] + dbs[:order], 2))
        for number, (one, other) in enumerate(pairs):
            (by_network if number % 2 else by_file)(one, other)
        for one, other in pairs:
            by_file(one, other)
        for db in dbs:
            for rule in ("best", "first", "last", "average"):
                done = progress.activities_done(db, ADA.id, "course", {"quiz": rule})
                assert done["quiz"].score == counts
            assert [past.result.score for past in history(db, where)] == [counts]
            looked = look_back(db, where, EXAM, (), history(db, where)[0])
            assert looked.result is not None
            assert looked.result.score == counts


def test_the_library_knows_when_one_was_last_in_a_course(tmp_path: Path, clock: Clock) -> None:
    store = LrsSimulator()
    store.now = clock
    a, b = Pc(tmp_path / "a", clock, 1), Pc(tmp_path / "b", clock, 2)

    def last(pc: Pc) -> str:
        with pc.db() as db:
            courses.keep(db, COURSE, "https://a.example/", "trusted")
            (shelf,) = courses.listing(db, ADA.id)
            return shelf.last_at

    a.do(Opened(type="page"))
    a.push(store)
    clock.forward(hours=1)
    b.do(Opened(type="page"))
    b.push(store)
    b.bring_home(store)  # what comes now was done before
    assert last(b) == "2026-01-05T10:00:00.000Z"
    assert last(a) == "2026-01-05T09:00:00.000Z"
    a.bring_home(store)
    assert last(a) == last(b)


def test_what_came_from_another_pc_before_is_dated_by_its_statement(tmp_path: Path) -> None:
    """A database from before acts of other PCs had their time beside them."""
    fact = "'c', 1, 'a', 'opened', '{}', '2010-01-01T00:00:00.000Z', 1.0, 'boot', '', ''"
    with closing(Database(sqlite3.connect(tmp_path / "old.db"))) as old:
        migrations.apply(old, stop_before="m015_home")
        old.execute("INSERT INTO learners VALUES ('ada', 'Ada', 't')")
        for event in ("told", "local"):
            old.execute(f"INSERT INTO events VALUES (NULL, '{event}', 'ada', {fact})")  # noqa: S608
            old.execute(f"INSERT INTO origins VALUES ('{event}', 'device', '', 'h')")  # noqa: S608
        statement = b'{"timestamp":"2026-01-05T09:00:00.000Z"}'
        old.execute(
            "INSERT INTO deliveries (seq, event, learner, state, statement)"
            " VALUES (1, 'told', 'ada', 'received', ?), (2, 'local', 'ada', 'local', NULL)",
            [statement],
        )
        migrations.apply(old)
        assert dict(old.execute("SELECT event, done_at FROM origins").fetchall()) == {
            "told": "2026-01-05T09:00:00.000Z",
            "local": "2010-01-01T00:00:00.000Z",
        }
        with pytest.raises(sqlite3.IntegrityError, match="never changed"):
            old.execute("UPDATE origins SET done_at = ''")


def test_the_path_chosen_last_is_followed_on_every_pc(tmp_path: Path, clock: Clock) -> None:
    first, second = Pc(tmp_path / "first", clock), Pc(tmp_path / "second", clock, 1)
    first.do(PathChosen(path="calm", by="rule"))
    clock.forward(hours=1)
    second.do(PathChosen(path="fast"))
    for number, (one, other) in enumerate([(first, second), (second, first)]):
        for parcel in one.pack_journal():
            path = tmp_path / f"{number} {parcel.name}"
            path.write_bytes(parcel.data)
            other.bring(path)
    for pc in (first, second):
        with pc.db() as db:
            assert progress.path(db, ADA.id, "course") == "fast"
