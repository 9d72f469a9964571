# SPDX-License-Identifier: Apache-2.0
"""`kill -9` at every step of answering, a full disk at every page: nothing lost, nothing half."""

from __future__ import annotations

import os
import random
import shutil
import signal
import sqlite3
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from command_line import ROOT
from pupil import acts, answer, attempt, open_questions, opening, read
from village import COURSE, EXAM, PAGE, QUIZ, TIMED, VIDEO, published, settled

from player.app import Services
from player.course.manifest import Video
from player.errors import DiskFull
from player.journal import journal
from player.journal.events import Answered, Begun, Completed, Event, Finished
from player.lesson.attempt import unfinished
from player.lesson.video import VideoVisit

PASSING = {EXAM: 0.6, QUIZ: 0.0, TIMED: 0.5}


@pytest.fixture(scope="module")
def at_home(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A home with the course, before anything was answered."""
    return settled(published(tmp_path_factory.mktemp("village"))).home


@pytest.fixture
def home(at_home: Path, tmp_path: Path) -> Path:
    """A copy of it for one test."""
    return shutil.copytree(at_home, tmp_path / "home")


def expect_sound(services: Services) -> list[Event]:
    """The chain holds, no row is missing in between, what belongs together is together."""
    found = acts(services)
    assert journal.broken_links(services.db) == []
    assert [event.seq for event in found] == list(range(1, len(found) + 1))
    assert len({event.id for event in found}) == len(found)
    done = {event.activity for event in found if isinstance(event.act, Completed)}
    for event in found:
        if isinstance(event.act, Finished) and event.act.score >= PASSING[event.activity]:
            assert event.activity in done, "a result without what it completes is half a result"
    return found


def expect_resumed(services: Services, activity: str, found: list[Event]) -> None:
    """The attempt that was under way goes on with every answer that is in the journal."""
    begun = unfinished(services.db, services.where(COURSE, activity))
    if begun is None:
        return
    answers = [
        event.act
        for event in found
        if isinstance(event.act, Answered) and event.act.attempt == begun.attempt
    ]
    again = attempt(services, COURSE, activity)
    assert again.id == begun.attempt
    given = {one.id: again.given(one) for one in again.questions if again.given(one)}
    assert given == {act.question: act.given for act in answers}
    assert len(acts(services)) == len(found), "opening it again begins nothing"


# Killed from outside


class Children:
    """A process whose children learn, as `script` has it, until they are killed."""

    def __init__(self, script: str = "answering.py") -> None:
        self._process = subprocess.Popen(
            [sys.executable, str(Path(__file__).with_name(script))],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
            env=os.environ
            | {"PYTHONPATH": os.pathsep.join(map(str, (ROOT, ROOT / "tests"))), "TZ": "UTC"},
        )
        assert self.line() == "ready"

    def line(self) -> str:
        assert self._process.stdout is not None
        return self._process.stdout.readline().rstrip("\n")

    def kill_one(self, home: Path, after: int, microseconds: int) -> list[tuple[int, str]]:
        """Let one learn in `home`, kill it after so many acts were told; return what was told."""
        told = [line.split(" ") for line in self.lines_of_one(home, after, microseconds)]
        return [(int(one[0]), one[1]) for one in told if len(one) == 2 and len(one[1]) == 36]

    def lines_of_one(self, home: Path, after: int, microseconds: int) -> list[str]:
        """The same; return every line, the last of which may be cut."""
        assert self._process.stdin is not None
        self._process.stdin.write(f"{home}\n")
        self._process.stdin.flush()
        child = int(self.line().removeprefix("child "))
        lines = [self.line() for _ in range(after)]
        time.sleep(microseconds / 1e6)  # a moment within the next act
        os.kill(child, signal.SIGKILL)
        while (line := self.line()) != "gone":  # what it told while it died; its last may be cut
            lines.append(line)
            assert line, "the parent died too"
        return lines

    def end(self) -> None:
        assert self._process.stdin is not None
        assert self._process.stdout is not None
        self._process.stdin.close()
        self._process.stdout.close()
        assert self._process.wait(timeout=30) == 0


@pytest.fixture
def children() -> Iterator[Children]:
    found = Children()
    try:
        yield found
    finally:
        found.end()


@pytest.mark.skipif(not hasattr(os, "fork"), reason="this system has no fork and no kill -9")
def test_killed_after_any_act_or_within_it_nothing_is_lost_and_nothing_is_half_there(
    home: Path, children: Children
) -> None:
    chance = random.Random(9)
    after_each = [(acts_told, 0) for acts_told in range(20)]
    within = [(chance.randrange(8), chance.randrange(3000)) for _ in range(25)]
    known: list[Event] = []
    for told_first, microseconds in after_each + within:
        told = children.kill_one(home, told_first, microseconds)
        with opening(home) as services:
            found = expect_sound(services)
            written = [(event.seq, event.id) for event in found]
            assert found[: len(known)] == known, "what was there before is there unchanged"
            assert len(told) >= told_first
            first = len(known)
            assert written[first : first + len(told)] == told, "what was told is there, once"
            untold = len(written) - first - len(told)
            assert untold <= 4, "at most the acts of one step: returned or told too late"
            for activity in (QUIZ, EXAM):
                expect_resumed(services, activity, found)
            known = acts(services)
    kinds = {event.kind for event in known}
    assert {"begun", "answered", "finished", "completed", "played", "left", "opened"} <= kinds
    assert len(known) > 200


# Broken off from inside


Act = Callable[[Services], object]


def _answers(services: Services) -> None:
    found = attempt(services, COURSE, EXAM)
    answer(found, (open_questions(found) or found.questions)[:1])  # an answer may be changed


def _finishes(services: Services) -> None:
    attempt(services, COURSE, EXAM).finish()


def _watches(services: Services) -> None:
    video = next(one for one in services.course(COURSE).activities() if one.id == VIDEO)
    assert isinstance(video, Video)
    visit = VideoVisit(services.db, services.where(COURSE, VIDEO), video)
    visit.played(0.0)
    visit.tick(1.5)
    visit.ended(1.5)


def _reads(services: Services) -> None:
    read(services, COURSE, PAGE)


ACTS = [_answers, _finishes, _watches, _reads]


@pytest.fixture
def exam_under_way(home: Path) -> Path:
    """A home in which all but two questions of the exam are answered."""
    with opening(home) as services:
        found = attempt(services, COURSE, EXAM)
        answer(found, open_questions(found)[:-2])
    return home


@contextmanager
def broken_off(services: Services, at: int) -> Iterator[list[int]]:
    """Let the database stop at its `at`-th statement; gives how many there were."""
    seen = [0]

    def statement(_sql: str) -> None:
        seen[0] += 1

    services.db.conn.set_trace_callback(statement)
    services.db.conn.set_progress_handler(lambda: seen[0] == at, 1)
    try:
        yield seen
    finally:
        services.db.conn.set_trace_callback(None)
        services.db.conn.set_progress_handler(None, 1)


@pytest.mark.parametrize("act", ACTS, ids=lambda act: act.__name__.strip("_"))
def test_broken_off_at_any_statement_an_act_is_there_whole_or_not_at_all(
    exam_under_way: Path, act: Act
) -> None:
    whole, at = False, 0
    while not whole:
        at += 1
        with opening(exam_under_way) as services:
            before = acts(services)
            with broken_off(services, at):
                try:
                    act(services)
                    whole = True
                except sqlite3.OperationalError as error:
                    if error.sqlite_errorcode != sqlite3.SQLITE_INTERRUPT:
                        raise
        with opening(exam_under_way) as services:
            found = expect_sound(services)
            assert found[: len(before)] == before
            expect_resumed(services, EXAM, found)
    assert at > 3


@pytest.mark.parametrize("act", ACTS, ids=lambda act: act.__name__.strip("_"))
def test_on_a_full_disk_an_act_is_refused_in_a_sentence_and_done_when_there_is_room(
    exam_under_way: Path, act: Act
) -> None:
    said: list[str] = []
    with opening(exam_under_way) as services:
        execute = services.db.conn.execute
        room = execute("PRAGMA page_count").fetchone()[0]
        biggest = execute("PRAGMA max_page_count").fetchone()[0]
        execute(f"PRAGMA max_page_count = {room}")
        while not said:  # until the pages that are there are full too
            before = acts(services)
            try:
                act(services)
            except DiskFull as full:
                said.append(str(full))
            found = expect_sound(services)
            assert found[: len(before)] == before
            assert len(found) < 2000, "the disk never got full"
        assert "The disk is full" in said[0]
        full_at = len(found)
        execute(f"PRAGMA max_page_count = {biggest}")
        expect_resumed(services, EXAM, found)
        act(services)
        assert len(expect_sound(services)) > full_at


def test_an_answer_that_was_refused_is_not_shown_as_given(exam_under_way: Path) -> None:
    with opening(exam_under_way) as services:
        found = attempt(services, COURSE, EXAM)
        first, last = open_questions(found)
        services.db.conn.execute("PRAGMA max_page_count = 1")  # SQLite takes what there is

        def until_it_is_full() -> None:
            for turn in range(500):
                answer(found, [first], right=turn % 2 == 0)

        with pytest.raises(DiskFull):
            until_it_is_full()
        given = [e.act.given for e in acts(services) if isinstance(e.act, Answered)]
        assert found.given(first) == given[-1], "what is shown is what is written"
        with pytest.raises(DiskFull):
            answer(found, [last])
        assert found.given(last) == {}
    with opening(exam_under_way) as services:
        again = attempt(services, COURSE, EXAM)
        answer(again, [first, last])
        assert again.finish().passed
        assert [e.act.number for e in acts(services) if isinstance(e.act, Begun)] == [1]
