# SPDX-License-Identifier: Apache-2.0
"""A timed exam in a village: the battery dies, the clock is set back, two programs, a full disk."""

from __future__ import annotations

import os
import random
import shutil
import sqlite3
import threading
from collections.abc import Iterator
from datetime import datetime, timedelta
from pathlib import Path

import msgspec
import pytest
from clock import Clock
from lrs_simulator import LrsSimulator
from pupil import acts, answer, attempt, opening
from sitting import typed
from test_kill_while_answering import Children, broken_off, expect_sound
from village import COURSE, TIMED, published, settled

from player.app import Services
from player.errors import DiskFull
from player.journal import journal
from player.journal.events import Answered, Begun, Event, Finished, Ticked
from player.lesson import record
from player.lesson.attempt import Attempt, history

LIMIT = 1800.0


@pytest.fixture(scope="module")
def at_home(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A home with the course, before anything was answered."""
    return settled(published(tmp_path_factory.mktemp("village"))).home


@pytest.fixture
def home(at_home: Path, tmp_path: Path) -> Path:
    """A copy of it for one test."""
    return shutil.copytree(at_home, tmp_path / "home")


@pytest.fixture
def children() -> Iterator[Children]:
    found = Children("sitting.py")
    try:
        yield found
    finally:
        found.end()


def sat(services: Services) -> Attempt:
    """The exam as it is opened, its time running or over."""
    return attempt(services, COURSE, TIMED)


def passed(found: Attempt) -> float:
    assert found.time is not None
    return found.time.passed()


def finished(services: Services) -> list[Finished]:
    return [one.act for one in acts(services) if isinstance(one.act, Finished)]


def sit(found: Attempt, clock: Clock, **time: float) -> None:
    """Sit there with the exam open: it ticks."""
    assert found.time is not None
    for _ in range(round(timedelta(**time).total_seconds() / record.TICK)):
        clock.forward(seconds=record.TICK)
        found.time.tick()


# The battery dies


@pytest.mark.skipif(not hasattr(os, "fork"), reason="this system has no fork and no kill -9")
def test_the_battery_dies_in_the_middle_of_the_exam(
    home: Path, children: Children, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Whenever it does, all that was typed is there, and the clock ran on; then the time is up."""
    chance = random.Random(5)
    times = [(after, 0) for after in range(0, 16, 3)]
    times += [(chance.randrange(12), chance.randrange(4000)) for _ in range(20)]
    for after, microseconds in times:
        lines = children.lines_of_one(home, after, microseconds)
        told = [line.split(" ") for line in lines if line.startswith("typed ")]
        last = max((int(one[1]) for one in told[:after]), default=-1)
        with opening(home) as services:
            found = sat(services)
            begun, *_ = (one for one in acts(services) if isinstance(one.act, Begun))
            expect_kept(found, last, len(told) - after)
            start = begun.monotonic
            earliest = journal.since_boot() - start
            assert earliest - 0.01 <= passed(found) <= journal.since_boot() - start + 0.01
            expect_sound(services)
    typed_last = [found.draft(question) for question in found.questions]
    clock = after_the_real_one(acts_of(home)[-1], monkeypatch)
    clock.restart(minutes=40)  # the battery is empty, and full again
    with opening(home, now=clock) as services:
        assert services.hand_in_overdue() == 1
        (result,) = finished(services)
        assert (result.ended, result.seconds) == ("time", LIMIT)
        given = {one.act.question: one.act.given for one in acts(services) if is_answer(one)}
        assert [given[question.id] for question in found.questions] == typed_last
        expect_sound(services)


def expect_kept(found: Attempt, last: int, more: int) -> None:
    """The `last` thing that was told is there, and up to two that may not have been told."""
    ways = []
    for until in range(last, last + more + 3):
        kept = {}
        for number in range(until + 1):
            question = found.questions[number % len(found.questions)]
            kept[question.id] = typed(question, number)
        ways.append(kept)
    now = {one.id: draft for one in found.questions if (draft := found.draft(one)) is not None}
    assert any(way.items() <= now.items() for way in ways), (now, ways)


def is_answer(event: Event) -> bool:
    return isinstance(event.act, Answered)


def acts_of(home: Path) -> list[Event]:
    with opening(home) as services:
        return acts(services)


def after_the_real_one(event: Event, monkeypatch: pytest.MonkeyPatch) -> Clock:
    """A clock of a test that begins where the journal ends."""
    clock = Clock()
    clock.now, clock.up = datetime.fromisoformat(event.at), event.monotonic
    clock.boot = event.boot
    monkeypatch.setattr(journal, "since_boot", lambda: clock.up)
    monkeypatch.setattr(journal, "boot_id", lambda: clock.boot)
    return clock


# The clock is moved


def test_the_clock_is_set_back_an_hour_and_the_record_shows_it(
    tmp_path: Path, clock: Clock
) -> None:
    """The learner wins nothing, is told so, and the platform is told."""
    store = LrsSimulator()
    store.now = clock
    village = settled(published(tmp_path))
    with opening(village.home, store, clock) as services:
        found = sat(services)
        sit(found, clock, minutes=10)
        clock.now -= timedelta(hours=1)
        answer(found, found.questions[:2])
        assert passed(found) == pytest.approx(600)
        sit(found, clock, minutes=10)
    clock.restart(minutes=5)
    clock.now += timedelta(hours=1)
    with opening(village.home, store, clock) as services:
        found = sat(services)
        assert passed(found) == pytest.approx(600 + 600 + 300 + 3600), "what the clock says counts"
        (result,) = finished(services)
        assert result.points == 2
        what = [(one.what, one.seconds) for one in result.record]
        assert what == [(record.CLOCK, -3600), (record.RESTARTED, 3900)]
        assert services.send().problem is None
    (told,) = (one for one in store.stored.values() if one["verb"]["id"].endswith("/failed"))
    assert '"what":"clock","seconds":-3600' in msgspec.json.encode(told["context"]).decode()


def test_asleep_and_closed_it_runs_on(home: Path, clock: Clock) -> None:
    with opening(home, now=clock) as services:
        found = sat(services)
        sit(found, clock, minutes=1)
        clock.forward(minutes=9)  # the lid is shut: the PC's own clock goes on
        sit(found, clock, minutes=1)
    clock.forward(minutes=4)
    with opening(home, now=clock) as services:
        found = sat(services)
        assert passed(found) == pytest.approx(15 * 60)
        found.finish()
        (result,) = finished(services)
        what = [(one.what, one.seconds) for one in result.record]
        assert what == [(record.CLOSED, 560), (record.CLOSED, 240)]


def test_a_pc_without_a_battery_for_its_clock_takes_nobody_s_time(home: Path, clock: Clock) -> None:
    clock.now = datetime.fromisoformat("2000-01-01T00:00:00+00:00")
    with opening(home, now=clock) as services:
        sit(sat(services), clock, minutes=10)
    clock.restart(minutes=1)
    clock.now = datetime.fromisoformat("2026-01-05T09:00:00+00:00")
    with opening(home, now=clock) as services:
        found = sat(services)
        assert passed(found) == pytest.approx(630)
        assert record.CLOCK in {one.what for one in found.finish().record}


# Two programs


def test_two_programs_at_once_hand_in_once(home: Path, clock: Clock) -> None:
    """Two that have it open, and two that look at their start whether something is due."""
    with opening(home, now=clock) as services:
        found = sat(services)
        answer(found, found.questions[:1])
        found.keep(found.questions[1], typed(found.questions[1], 14))
    together, ended, overdue = threading.Barrier(5), [], []

    def has_it_open() -> None:
        with opening(home, now=clock) as own:
            open_here = sat(own)
            together.wait(30)
            together.wait(30)
            ended.append(open_here.finish())

    def starts() -> None:
        with opening(home, now=clock) as own:
            together.wait(30)
            together.wait(30)
            overdue.append(own.hand_in_overdue())

    threads = [threading.Thread(target=one) for one in (has_it_open, starts) * 2]
    for one in threads:
        one.start()
    together.wait(30)
    clock.forward(minutes=31)
    together.wait(30)
    for one in threads:
        one.join(60)
    with opening(home, now=clock) as services:
        (result,) = finished(services)
        assert ended == [result] * 2
        assert len(overdue) == 2
        assert len([one for one in acts(services) if is_answer(one)]) == 2
        assert len(history(services.db, services.where(COURSE, TIMED))) == 1
        expect_sound_end(services)


def expect_sound_end(services: Services) -> None:
    assert journal.broken_links(services.db) == []
    kinds = [one.kind for one in acts(services) if one.activity == TIMED]
    assert kinds.count("begun") == kinds.count("finished") == 1


# Faults


def test_broken_off_at_any_statement_the_end_is_there_whole_or_not_at_all(
    home: Path, clock: Clock
) -> None:
    with opening(home, now=clock) as services:
        found = sat(services)
        answer(found, found.questions[:2])
        found.keep(found.questions[2], typed(found.questions[2], 14))
    clock.restart(hours=2)
    whole, at = False, 0
    while not whole:
        at += 1
        with opening(home, now=clock) as services:
            before = acts(services)
            with broken_off(services, at):
                try:
                    services.hand_in_overdue()
                    whole = True
                except sqlite3.OperationalError as error:
                    if error.sqlite_errorcode != sqlite3.SQLITE_INTERRUPT:
                        raise
            if not finished(services):
                assert acts(services) == before
                whole = False
            elif not whole:
                whole = True  # broken off behind the commit
    with opening(home, now=clock) as services:
        assert services.hand_in_overdue() == 0
        (result,) = finished(services)
        assert len([one for one in acts(services) if is_answer(one)]) == 3
        assert result.seconds == LIMIT
        expect_sound_end(services)
    assert at > 10


def test_on_a_full_disk_it_goes_on_and_ends_when_there_is_room(home: Path, clock: Clock) -> None:
    said: list[str] = []
    with opening(home, now=clock) as services:
        found = sat(services)
        execute = services.db.conn.execute
        biggest = execute("PRAGMA max_page_count").fetchone()[0]
        execute(f"PRAGMA max_page_count = {execute('PRAGMA page_count').fetchone()[0]}")
        question = found.questions[1]
        for turn in range(2000):
            clock.forward(seconds=0.1)
            try:
                found.keep(question, {question.interactions[0].id: "1" * turn * 20})
                if found.time is not None:
                    found.time.tick()
            except DiskFull as full:
                said.append(str(full))
                break
        assert said, "the disk never got full"
        kept = found.draft(question)
        clock.forward(minutes=31)
        with pytest.raises(DiskFull):
            found.finish()
        assert finished(services) == []
        execute(f"PRAGMA max_page_count = {biggest}")
    with opening(home, now=clock) as services:
        assert services.hand_in_overdue() == 1
        (given,) = (one.act.given for one in acts(services) if is_answer(one))
        assert given == kept
        expect_sound_end(services)
    assert any(isinstance(one.act, Ticked) for one in acts_of(home))
