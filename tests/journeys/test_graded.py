# SPDX-License-Identifier: Apache-2.0
"""What the platform marks, the whole way: published without its key, answered in a village, sent to
a real store, marked by the key file, and home again in a letter. With the commands people type."""

from __future__ import annotations

import csv
import shutil
from collections.abc import Iterator
from contextlib import ExitStack
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from clock import Clock
from command_line import cartable
from demo_platform import Campus, python, start
from pupil import attempt, opening
from small_course import write

from player.app import Services
from player.clock import stamp
from player.course.interactions import ChoiceInteraction
from player.course.quiz import Question
from player.lesson.attempt import Attempt
from player.publish.keys import own_key, public_text

__all__ = ["python"]  # a fixture, asked for by name

COURSE, BILAN = "cours", "bilan"
TOML = """\
[course]
id = "cours"
title = "Cours"
language = "fr"
summary = "Un cours."
authors = [{ name = "A. Diallo" }]
licence = "CC-BY-SA-4.0"

[[section]]
id = "une"
title = "Une"

[[section.sequence]]
title = "Séance"
activities = [
    { quiz = "bilan.gift", id = "bilan", title = "Bilan", marking = "platform", pass = 0.6%s },
]
"""
GIFT = """\
::Rôle:: Qui décide ? { =L'équipe #Oui, ensemble. ~Personne #Alors tout est urgent. ~Le chef }
::Jours:: Combien de jours dans deux semaines ? {#14}
"""


class Term:
    """A course of a campus whose desk marks; `answer_by` and `attempts` are its rules."""

    def __init__(self, python: str, folder: Path, clock: Clock) -> None:
        self.folder, self.clock = folder, clock
        self.desk, self.repository, self.keys = (
            folder / name for name in ("desk", "repository", "keys")
        )
        secret = own_key(folder / "publisher.key")
        self.publish()
        mail = cartable(self.desk, "platform", "key", "--json").facts["mail"]
        key = public_text(secret)
        self.campus: Campus = start(python, folder, "--key", key, "--mail", *mail)
        shutil.copy(self.campus.data / "lrs.json", self.desk / "lrs.json")
        assert cartable(self.desk, "join", self.campus.data / "platform.json").code == 0
        self._open = ExitStack()

    def close(self) -> None:
        self._open.close()
        assert self.campus.stop() == 0

    def publish(self, rules: str = "", gift: str = GIFT) -> None:
        source = write(self.folder / "source", {"course.toml": TOML % rules, "bilan.gift": gift})
        words = ("--key", self.folder / "publisher.key", "--keys", self.keys)
        done = cartable(self.folder / "author", "publish", source, self.repository, *words)
        assert done.code == 0, done.err

    def pc(self, name: str, other: Services | None = None) -> Services:
        """A PC with the course; somebody new's, or of who works at the `other`."""
        services = self._open.enter_context(opening(self.folder / name, now=self.clock))
        services.join((self.campus.data / "platform.json").read_bytes())
        if other is None:
            services.introduce("Awa")
        else:
            assert other.learner is not None
            services.homecoming.adopt(other.homecoming.code(other.learner))
        assert not [one for one in services.refresh_all() if isinstance(one, Exception)]
        services.ask(COURSE, ["une"], "")
        services.download()
        return services

    def grade(self, *words: object) -> Any:
        files = sorted(self.keys.glob("*.key.json"))
        return cartable(self.desk, "grade", *files, "--json", *words)

    def post(self) -> None:
        done = cartable(self.desk, "platform", "mailbox", self.repository)
        assert (done.code, done.err) == (0, "")

    def rows(self, *words: object) -> list[dict[str, str]]:
        table = self.folder / "marks.csv"
        done = self.grade("--table", table, *words)
        assert done.code == 0, done.err
        with table.open(encoding="utf-8-sig", newline="") as file:
            return list(csv.DictReader(file))


@pytest.fixture
def term(python: str, tmp_path: Path, clock: Clock) -> Iterator[Term]:
    found = Term(python, tmp_path, clock)
    try:
        yield found
    finally:
        found.close()


def answer(sat: Attempt, role: str, days: str) -> None:
    """Choose by words, as a learner does: ids say nothing."""
    for question in sat.questions:
        [asked] = question.interactions
        given = _choice(question, role) if isinstance(asked, ChoiceInteraction) else days
        assert sat.answer(question.id, {asked.id: given}) is None


def _choice(question: Question, words: str) -> str:
    [asked] = question.interactions
    assert isinstance(asked, ChoiceInteraction)
    return next(one.id for one in asked.choices if one.text == words)


def carry(one: Services, other: Services, stick: Path) -> None:
    """What was done on one PC goes to the other as a file: the store's key may not read."""
    assert one.learner is not None
    stick.mkdir(exist_ok=True)
    for file in one.courier.carry(one.courier.pack_journal(one.learner, "sésame"), stick):
        other.courier.bring(file, "sésame")


def score(services: Services) -> float | None:
    assert services.mail.collect().problems == ()
    return services.done(COURSE)[BILAN].score


def test_two_attempts_on_two_pcs(term: Term, clock: Clock) -> None:
    """The better one counts where two may; where one may, the first, whichever arrives first."""
    school = term.pc("school")
    home = term.pc("home", school)
    sat = attempt(school, COURSE, BILAN)
    answer(sat, "Personne", "14")
    sat.finish()
    clock.forward(days=1)
    second = attempt(home, COURSE, BILAN)
    answer(second, "L'équipe", "14")
    second.finish()
    assert home.send().problem is None  # the second attempt is known first
    assert [row["score"] for row in term.rows()] == ["1.0"]
    assert school.send().problem is None
    assert sorted(row["score"] for row in term.rows()) == ["0.5", "1.0"]
    term.post()
    assert (score(school), score(home)) == (0.5, 1.0)  # each by what it knows
    carry(school, home, term.folder / "stick")
    carry(home, school, term.folder / "stick")
    assert (score(school), score(home)) == (1.0, 1.0)

    term.publish(", attempts = 1")  # the same questions: nobody's answers change
    rows = {row["attempt"]: (row["score"], row["surplus"]) for row in term.rows()}
    assert rows == {sat.id: ("0.5", "no"), second.id: ("", "yes")}
    term.post()
    assert (score(school), score(home)) == (0.5, 0.5)


def test_a_question_changed_on_the_platform_after_the_download(term: Term, clock: Clock) -> None:
    village = term.pc("village")
    sat = attempt(village, COURSE, BILAN)
    term.publish(gift=GIFT.replace("deux semaines ? {#14}", "trois semaines ? {#21}"))
    town = term.pc("town")
    later = attempt(town, COURSE, BILAN)
    answer(sat, "L'équipe", "14")  # right by what was asked there
    answer(later, "L'équipe", "21")
    for services, one in ((village, sat), (town, later)):
        one.finish()
        assert services.send().problem is None
    [newest] = (one for one in term.keys.iterdir() if one.name == "cours-2.key.json")
    alone = cartable(term.desk, "grade", newest, "--json")
    assert alone.code == 1
    assert "version 1" in alone.facts["text"]
    assert alone.facts["attempts"] == 1
    rows = {row["version"]: row["score"] for row in term.rows()}
    assert rows == {"1": "1.0", "2": "1.0"}
    term.post()
    assert (score(village), score(town)) == (1.0, 1.0)


@pytest.mark.parametrize("late", ["flag", "refuse"])
def test_the_deadline_passes_between_answering_and_connecting(
    term: Term, clock: Clock, late: str
) -> None:
    """What was answered in time is in time, however long the road; what was not is late."""
    due = stamp(datetime.now(UTC) - timedelta(days=5))  # by the clock of the store
    term.publish(f", answer_by = {due}")
    prompt, tardy = term.pc("prompt"), term.pc("tardy")
    sat = attempt(prompt, COURSE, BILAN)
    answer(sat, "L'équipe", "14")
    sat.finish()
    clock.forward(days=8)
    other = attempt(tardy, COURSE, BILAN)
    answer(other, "L'équipe", "14")
    other.finish()
    clock.forward(days=1)
    for services in (prompt, tardy):  # clocks of another year
        assert services.send().problem is None
    rows = {row["attempt"]: row for row in term.rows("--late", late)}
    assert [rows[one.id]["late"] for one in (sat, other)] == ["no", "yes"]
    assert [rows[one.id]["score"] for one in (sat, other)] == [
        "1.0",
        "1.0" if late == "flag" else "0.0",
    ]
    assert {row["clock"] for row in rows.values()} == {"server"}
    term.post()
    assert score(prompt) == 1.0
    score(tardy)
    found = [one.item for one in tardy.mail.items()]
    assert found
    assert all(getattr(one, "late", True) for one in found)
