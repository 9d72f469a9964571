# SPDX-License-Identifier: Apache-2.0
"""Downloads on Monday, no network until Friday, restarts in between, syncs on Friday.

Everything is received exactly once, with the time at which it was done.
"""

from __future__ import annotations

import json
import os
import subprocess
import sys
from collections import Counter
from collections.abc import Iterator, Mapping
from contextlib import AbstractContextManager, contextmanager
from datetime import datetime
from pathlib import Path

import msgspec
import pytest
from clock import Clock
from command_line import ROOT, cartable, run
from lrs_simulator import ANSWER_LOST, PLATFORM, LrsSimulator
from pupil import acts, answer, attempt, open_questions, opening, read, told, watch
from simulator import URL, Simulator

from player.app import Services
from player.course import needs
from player.course.needs import Choice
from player.errors import Offline
from player.journal import journal
from player.journal.events import Completed, Finished
from player.publish.keys import own_key, public_text
from player.publish.repository import publish
from player.store import blobs
from player.transport import Reply, Transport

SOURCE = ROOT / "examples" / "studying-without-a-network"
COURSE = SOURCE.name
WEEK = ["prepare", "show-what-you-know"]
DAYS = ["Monday", "Tuesday", "Wednesday", "Thursday", "Friday"]


class Line:
    """The village's line: courses and records at its other end, when there is another end."""

    def __init__(self, courses: Simulator, records: LrsSimulator) -> None:
        self.courses, self.records = courses, records
        self.up = True
        self.asked_in_vain = 0

    def request(
        self,
        method: str,
        url: str,
        *,
        headers: Mapping[str, str] | None = None,
        body: bytes | None = None,
    ) -> AbstractContextManager[Reply]:
        if not self.up:
            self.asked_in_vain += 1
            raise Offline(place="campus.example")
        road: Transport = self.courses if url.startswith(URL) else self.records
        return road.request(method, url, headers=headers, body=body)


@pytest.fixture(scope="module")
def published(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, str]:
    """The example course as a repository, and its publisher's public key."""
    folder = tmp_path_factory.mktemp("published")
    secret = own_key(folder / "publisher.key")
    publish(SOURCE, folder / "repository", secret, keys=folder / "marking")
    return folder / "repository", public_text(secret)


def expect_offline(services: Services) -> None:
    """Whatever is asked of the network fails in one sentence, and changes nothing."""
    before = acts(services), services.library()
    (result,) = services.refresh_all()
    assert isinstance(result, Offline)
    assert isinstance(services.send().problem, Offline)
    assert (acts(services), services.library()) == before


def tuesday(services: Services, clock: Clock) -> None:
    """Reads, watches; the power goes in the middle of the video, the quiz was begun."""
    read(services, COURSE, "page-downloads")
    quiz = attempt(services, COURSE, "quiz-downloads")
    answer(quiz, open_questions(quiz)[:2])
    watch(services, clock, COURSE, "video-prepare", 33.0)


def wednesday(services: Services, clock: Clock) -> None:
    """Goes on where the power went; begins the exam."""
    visit = watch(services, clock, COURSE, "video-prepare", 60.0)
    assert 20 < visit.resume_at <= 33, "the last checkpoint before the power went"
    visit.ended(visit.resume_at + 60)
    visit.left(visit.resume_at + 60)
    quiz = attempt(services, COURSE, "quiz-downloads")
    assert len(open_questions(quiz)) == len(quiz.questions) - 2
    answer(quiz, open_questions(quiz))
    assert quiz.finish().score == 1.0
    exam = attempt(services, COURSE, "exam")
    answer(exam, open_questions(exam)[:4])


def thursday(services: Services, clock: Clock) -> None:
    """Goes on with the exam, changes an answer, and is called away before its end."""
    exam = attempt(services, COURSE, "exam")
    assert len(open_questions(exam)) == len(exam.questions) - 4
    answer(exam, exam.questions[:1], right=False)
    answer(exam, open_questions(exam)[:3])
    read(services, COURSE, "page-stuck")


def friday(services: Services, clock: Clock) -> None:
    """Ends the exam on the way to where the network is."""
    exam = attempt(services, COURSE, "exam")
    assert exam.number == 1
    answer(exam, open_questions(exam))
    assert open_questions(exam) == []
    result = exam.finish()
    assert (result.points, result.out_of, result.passed) == (9, 10, True)


def expect_the_week(journal_of: list[journal.Event], stored: dict[str, dict[str, object]]) -> None:
    """What the store has is what was done, each once, at its time."""
    expected = told(journal_of)
    assert stored.keys() == expected.keys()
    times = {id_: event.at for id_, event in expected.items()}
    assert {id_: one["timestamp"] for id_, one in stored.items()} == times
    at = [datetime.fromisoformat(time) for time in times.values()]
    assert {f"{time:%A}" for time in at} == set(DAYS)
    assert len({f"{time:%G-%V}" for time in at}) == 1, "of one week"
    done = [event.act for event in journal_of]
    assert [one.score for one in done if isinstance(one, Finished)] == [1.0, 0.9]
    completed = [event.activity for event in journal_of if isinstance(event.act, Completed)]
    assert sorted(completed) == sorted(set(completed)), "what is done is done once"
    assert {"video-prepare", "page-downloads", "quiz-downloads", "exam"} <= set(completed)


def held(services: Services) -> int:
    """Bytes of all that is here: the week, and what stood between its parts in a pack."""
    manifest, here = services.course(COURSE), blobs.present(services.db)
    sections = needs.chosen(manifest, WEEK)
    assert {blob for section in sections for blob in needs.needs(section, Choice("240p"))} <= here
    return needs.size(manifest, here)


def test_a_week_without_a_network_arrives_on_friday_each_act_once(
    tmp_path: Path, clock: Clock, published: tuple[Path, str]
) -> None:
    repository, key = published
    line = Line(Simulator(), LrsSimulator(strict=True))
    line.courses.publish(repository)
    line.records.now = clock
    home = tmp_path / "home"
    platform = msgspec.structs.replace(PLATFORM, repositories=(URL,), keys=(key,))

    with opening(home, line, clock) as services:  # Monday, in the town
        services.join(msgspec.json.encode(platform))
        services.introduce("Awa")
        assert [shelf.id for shelf in services.library()] == []
        services.refresh_all()
        services.ask(COURSE, WEEK, "240p")
        line.courses.cut_after(300_000)  # the line of the town is not good either
        summary = services.download()
        assert summary.sections == len(WEEK)
        paths = ("blobs/", "packs/")
        paid = sum(n for path, n in line.courses.served.items() if path.startswith(paths))
        assert paid == summary.fetched == held(services), "no byte is paid twice"
    line.up = False
    already_known = len(line.courses.asked)

    for day in (tuesday, wednesday, thursday):
        clock.forward(days=1)
        with opening(home, line, clock) as services:
            expect_offline(services)
            day(services, clock)
            assert services.counts().received == 0
    clock.forward(days=1)
    with opening(home, line, clock) as services:
        friday(services, clock)
    assert line.asked_in_vain > 0
    assert len(line.courses.asked) == already_known
    assert line.records.posts == []

    line.up = True
    line.records.once = [ANSWER_LOST, ANSWER_LOST]  # in gzip and plain
    with opening(home, line, clock) as services:  # the first try is cut off
        assert isinstance(services.send().problem, Offline)
        assert services.counts().received == 0
    with opening(home, line, clock) as services:
        pushed = services.send()
        assert (pushed.problem, pushed.left, pushed.refused) == (None, 0, 0)
        expect_the_week(acts(services), line.records.stored)
        assert journal.broken_links(services.db) == []
        assert services.counts().received == len(line.records.stored)
        assert services.send().sent == 0, "nothing is owed any more"


# The same over the demonstration platform: real HTTP, a real store, the real command line


@contextmanager
def campus(python: str, folder: Path, repository: Path, key: str) -> Iterator[Path]:
    """The demonstration platform while it runs; gives its data folder."""
    serve = ROOT / "examples" / "platform" / "serve.py"
    command = [python, serve, "--with-parent", "--repository", repository, "--key", key]
    process = subprocess.Popen(
        [*map(str, command), "--data", str(folder)],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
    )
    assert process.stdin is not None
    assert process.stdout is not None
    try:
        with process.stdout:
            said = process.stdout.readline()
        assert said.endswith("Ready.\n"), said
        yield folder
    finally:
        process.stdin.close()
        assert process.wait(timeout=30) == 0


def read_back(data: Path) -> list[dict[str, object]]:
    """Every statement of the store, as the platform's own reader sees them."""
    reader = ROOT / "examples" / "platform" / "read_back.py"
    command = [sys.executable, str(reader), str(data)]
    out = subprocess.run(command, check=True, capture_output=True, encoding="utf-8").stdout
    return [json.loads(line) for line in out.splitlines()]


def test_the_same_week_over_a_real_platform_by_the_command_line(
    tmp_path: Path, clock: Clock, published: tuple[Path, str]
) -> None:
    python = os.environ["CARTABLE_PLATFORM_PYTHON"]
    if not Path(python).is_file():
        pytest.skip("no environment for the demo platform: see requirements/platform.in")
    repository, key = published
    home, data = tmp_path / "maison d’Awa", tmp_path / "campus"

    with campus(python, data, repository, key):
        assert cartable(home, "join", data / "platform.json").code == 0
        assert cartable(home, "learner", "Awa").out == "Awa\n"
        assert COURSE in cartable(home, "catalogue").out
        fetched = run(home, "download", COURSE, *WEEK, "--as", "240p", "--json")
        assert fetched.code == 0, fetched.err
        assert fetched.facts["sections"] == len(WEEK)
    with opening(home, now=clock) as services:
        assert fetched.facts["fetched"] == held(services)
        read(services, COURSE, "page-checklist")

    for day in (tuesday, wednesday, thursday, friday):
        clock.forward(days=1)
        with opening(home, now=clock) as services:
            day(services, clock)
            owed = len(told(acts(services)))
        again = run if day is wednesday else cartable
        kept = again(home, "sync", "--json")
        assert (kept.code, kept.facts["error"], kept.facts["left"]) == (75, "Offline", owed)

    with campus(python, data, repository, key):
        sent = run(home, "sync", "--json")
        assert (sent.code, sent.facts["left"]) == (0, 0), sent
        assert cartable(home, "sync", "--json").facts["sent"] == 0
        found = read_back(data)
    with opening(home, now=clock) as services:
        assert Counter(str(one["id"]) for one in found) == Counter([*told(acts(services))])
        done_by_hand = [e for e in acts(services) if e.kind not in ("enrolled", "downloaded")]
        shown = {str(one["id"]): one for one in found}
        expect_the_week(done_by_hand, {id_: shown[id_] for id_ in told(done_by_hand)})
        assert blobs.verify(services.db, home) == []
    assert cartable(home, "doctor").code == 0
