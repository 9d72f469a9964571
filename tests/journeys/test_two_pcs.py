# SPDX-License-Identifier: Apache-2.0
"""Two PCs, one learner, with a connection: the whole way, as the window and the terminal go it."""

from __future__ import annotations

import uuid
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import msgspec
import pytest
from clock import Clock
from command_line import cartable
from lrs_simulator import PLATFORM, LrsSimulator

from player import app
from player.app import Services
from player.course.interactions import Choice, ChoiceInteraction, TextAnswer, TextInteraction
from player.course.manifest import Quiz, Video
from player.course.quiz import Question
from player.errors import MayNotRead, NoPlatform, NothingToBring, OthersCode, WrongCode
from player.journal.events import Finished, Opened
from player.journal.journal import Where, record
from player.lesson.attempt import Attempt, begin_or_resume, history, look_back, unfinished
from player.lesson.video import VideoVisit
from player.store import lock
from player.sync.code import code_of
from player.sync.homecoming import Home

CHOICE = Question(
    id="role",
    title="Rôle",
    body="",
    interactions=(
        ChoiceInteraction(
            id="r", choices=(Choice(id="a", text="A", fraction=1.0), Choice("b", "B"))
        ),
    ),
)
TEXT = Question(
    id="town",
    title="Town",
    body="",
    interactions=(TextInteraction(id="t", answers=(TextAnswer(text="Dakar"),)),),
)
QUIZ = Quiz(id="quiz", title="Quiz", blob="0" * 64, questions=2)
VIDEO = Video(id="film", title="Film", duration=300.0, renditions={})


@pytest.fixture
def store(clock: Clock) -> LrsSimulator:
    found = LrsSimulator()
    found.now = clock
    return found


class Bench:
    """A place where PCs are set up, one program on each."""

    def __init__(self, folder: Path, store: LrsSimulator, clock: Clock) -> None:
        self._folder, self._store, self._clock = folder, store, clock
        self.told: list[object] = []

    @contextmanager
    def pc(self, name: str) -> Iterator[Services]:
        services = app.build(self._folder / name, self.told.append, self._store, self._clock)
        if services.platform is None:
            services.join(msgspec.json.encode(PLATFORM))
        try:
            yield services
        finally:
            services.close_thread()


@pytest.fixture
def bench(tmp_path: Path, store: LrsSimulator, clock: Clock) -> Bench:
    return Bench(tmp_path, store, clock)


def here(services: Services, activity: str = "page") -> Where:
    learner = services.learner
    assert learner is not None
    return Where(learner.id, "course", 1, activity)


def watch(services: Services, clock: Clock, start: float, stop: float) -> None:
    visit = VideoVisit(services.db, here(services, "film"), VIDEO, clock)
    visit.played(start)
    at = start
    while at < stop:
        at = min(at + 1, stop)
        clock.forward(seconds=1)
        visit.tick(at)
    visit.paused(stop)
    visit.left(stop)


def test_a_learner_goes_on_where_they_were_on_the_other_pc(bench: Bench, clock: Clock) -> None:
    with bench.pc("school") as school, bench.pc("home") as home:
        awa = school.introduce("Awa")
        watch(school, clock, 0, 100)
        record(school.db, here(school, "quiz"), _finished(0.5), clock)
        assert school.send().problem is None
        home.introduce("Awa D.")
        adopted = home.homecoming.adopt(school.homecoming.code(awa).lower())
        assert (adopted.id, adopted.name) == (awa.id, "Awa D.")
        assert home.homecoming.bring(adopted).new == 4
        clock.forward(hours=3)
        visit = VideoVisit(home.db, here(home, "film"), VIDEO, clock)
        assert (visit.resume_at, visit.watched) == (100, ((0, 100),))
        watch(home, clock, 100, 290)
        record(home.db, here(home, "quiz"), _finished(0.75), clock)
        assert home.send().problem is None
        clock.forward(days=1)
        record(school.db, here(school), Opened(type="page"), clock)
        bench.told.clear()
        school.send()
        (news,) = (one for one in bench.told if isinstance(one, Home))
        assert news.new == 5
        for services in (school, home):
            done = services.done("course")
            assert done["film"].completed_at
            assert done["quiz"].score == 0.75
        clock.forward(days=1)
        record(home.db, here(home), Opened(type="page"), clock)
        home.send()
        school.homecoming.bring(awa)
        assert school.counts() == home.counts()
        assert home.counts().received == 4 + 5 + 2


def _finished(score: float) -> Finished:
    return Finished(type="quiz", attempt=f"{score}", score=score, points=score, out_of=1.0)


def test_a_quiz_is_gone_on_with_on_the_other_pc(bench: Bench, clock: Clock) -> None:
    def attempt(services: Services) -> Attempt:
        where = here(services, "quiz")
        found = begin_or_resume(services.db, where, QUIZ, (CHOICE, TEXT), clock)
        assert found is not None
        return found

    with bench.pc("school") as school, bench.pc("home") as home:
        awa = school.introduce("Awa")
        begun = attempt(school)
        begun.answer("role", {"r": ["b"]})
        begun.answer("role", {"r": ["a"]})
        school.send()
        home.homecoming.adopt(school.homecoming.code(awa))
        home.homecoming.bring(awa)
        clock.forward(hours=1)
        there = attempt(home)
        assert (there.id, there.number) == (begun.id, 1)
        assert there.given(CHOICE) == {"r": ["a"]}
        marked = there.marked(CHOICE)
        assert marked is not None
        assert (marked.score, marked.parts[0].right) == (1.0, ("a",))
        there.answer("town", {"t": "Thiès"})
        assert there.finish().score == 0.5
        home.send()
        school.homecoming.bring(awa)
        assert unfinished(school.db, here(school, "quiz")) is None
        (past,) = history(school.db, here(school, "quiz"))
        back = look_back(school.db, here(school, "quiz"), QUIZ, (CHOICE, TEXT), past)
        assert (back.given(TEXT), past.result.score) == ({"t": "Thiès"}, 0.5)


def test_nobody_is_looked_for_who_has_one_pc(
    bench: Bench, store: LrsSimulator, clock: Clock
) -> None:
    with bench.pc("school") as school:
        school.introduce("Awa")
        for _ in range(3):
            record(school.db, here(school), Opened(type="page"), clock)
            school.send()
            clock.forward(days=2)
        assert not [url for url in store.gets if "agent=" in url]


def test_by_itself_it_looks_once_a_day_and_never_where_it_must_not_cost(
    bench: Bench, store: LrsSimulator, clock: Clock
) -> None:
    with bench.pc("school") as school:
        awa = school.introduce("Awa")
        school.homecoming.code(awa)

        def looks(**later: float) -> int:
            clock.forward(**later)
            before = len(store.gets)
            record(school.db, here(school), Opened(type="page"), clock)
            school.send()
            return sum("agent=" in url for url in store.gets[before:])

        assert [looks(hours=1) for _ in range(25)].count(1) == 2
        school.change(metered="yes", on_metered="ask")
        assert looks(days=3) == 0
        school.change(metered="no", budget_day_mb=1)
        school.line.tally.add("content", 2_000_000, 0, "")
        school.line.tally.settle()
        assert looks(minutes=1) == 0
        school.change(metered="yes", on_metered="wait")
        assert school.homecoming.bring(awa).problem is None, "by hand always"


def test_a_look_that_goes_wrong_is_no_matter_of_the_push(
    bench: Bench, store: LrsSimulator, clock: Clock
) -> None:
    with bench.pc("school") as school:
        awa = school.introduce("Awa")
        school.homecoming.code(awa)
        store.readable = False
        record(school.db, here(school), Opened(type="page"), clock)
        assert school.send().problem is None
        clock.forward(days=2)
        record(school.db, here(school), Opened(type="page"), clock)
        with lock.alone(school.home / "homecoming.lock"):
            assert school.send().problem is None
        assert isinstance(school.homecoming.bring(awa).problem, MayNotRead)


def test_a_code_is_taken_where_nobody_has_worked_yet(bench: Bench, clock: Clock) -> None:
    with bench.pc("school") as school, bench.pc("home") as home:
        code = school.homecoming.code(school.introduce("Awa"))
        with pytest.raises(WrongCode):
            home.homecoming.adopt(code[:-1] + ("0" if code[-1] != "0" else "1"))
        assert home.learner is None
        bo = home.introduce("Bo")
        record(home.db, here(home), Opened(type="page"), clock)
        with pytest.raises(OthersCode, match="Bo"):
            home.homecoming.adopt(code)
        assert home.learner == bo
        again = school.homecoming.adopt(code, "somebody")
        assert again == school.learner
        assert again.name == "Awa"


def test_without_a_platform_there_is_nowhere_to_look(tmp_path: Path, clock: Clock) -> None:
    services = app.build(tmp_path / "alone", None, LrsSimulator(), clock)
    awa = services.introduce("Awa")
    for ask in (
        lambda: services.homecoming.bring(awa),
        lambda: services.homecoming.code(awa),
        lambda: services.homecoming.adopt("0" * 28),
    ):
        with pytest.raises(NoPlatform):
            ask()
    services.close_thread()


def test_a_teacher_does_it_from_the_terminal(
    bench: Bench, store: LrsSimulator, tmp_path: Path, clock: Clock, monkeypatch: pytest.MonkeyPatch
) -> None:
    store.close = lambda: None  # type: ignore[attr-defined]
    monkeypatch.setattr("player.cli.answers.Roads", lambda _: store)
    school, home = tmp_path / "school", tmp_path / "home"
    for name in ("school", "home"):
        with bench.pc(name) as services:
            if name == "school":
                services.introduce("Awa")
                record(services.db, here(services), Opened(type="page"), clock)
    assert cartable(home, "bring-home").code == 2, "nobody learns here yet"
    assert cartable(school, "sync").code == 0
    code = cartable(school, "bring-home", "--show-code").out.strip()
    wrong: Any = cartable(home, "bring-home", "--json", "--code", code[1:], "--name", "A")
    assert (wrong.code, wrong.facts["error"]) == (1, "WrongCode")
    assert cartable(home, "bring-home", "--code", code).code == 2, "and what are they called?"
    said = cartable(home, "bring-home", "--json", "--code", code, "--name", "Awa")
    assert said.code == 0
    assert said.facts == {"learner": "Awa", "new": 1, "known": 0, "passed_over": 0}
    said = cartable(home, "bring-home", "--all")
    assert (said.code, said.out) == (0, "0 acts are new here; 1 were here, 0 passed over.\n")
    nobody = cartable(tmp_path / "third", "join", tmp_path / "home" / "platform.json")
    assert nobody.code == 0
    unknown = code_of(str(uuid.uuid4()))
    lost = cartable(tmp_path / "third", "bring-home", "--json", "--code", unknown, "--name", "Bo")
    assert (lost.code, lost.facts["error"]) == (1, NothingToBring.__name__)
