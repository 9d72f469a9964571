# SPDX-License-Identifier: Apache-2.0
"""A class answers a poll, and hears what it answered: counted at the desk, told by a letter."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pytest
from clock import Clock
from command_line import cartable
from every_act import ENROLLED
from posting import World
from small_course import COURSE as OUTLINE
from small_course import small_course

from player.app.polls import Counted
from player.errors import Damaged, NotAFolder
from player.journal import mail
from player.journal.events import Answered, Finished
from player.journal.items import Other, Poll, item
from player.journal.journal import Where, record
from player.publish.keys import own_key
from player.publish.repository import publish

SURVEY = """\
[[question]]
title = "Rythme"
body = "Le rythme <b>vous</b> convient-il ?"

[[question.interaction]]
type = "choice"
choices = { yes = "Oui", no = "Non", "odd&" = "<script>x()</script>" }
""".replace('"odd&"', "odd")
COURSE = "petit-cours"


@pytest.fixture
def world(tmp_path: Path, clock: Clock) -> Iterator[World]:
    with closing(World(tmp_path, clock)) as found:
        source = small_course(tmp_path / "source")
        (source / "quizzes" / "avis.toml").write_text(SURVEY, encoding="utf-8")
        text = OUTLINE.replace(
            "    { exam", '    { survey = "quizzes/avis.toml", id = "avis" },\n    { exam'
        )
        (source / "course.toml").write_text(text, encoding="utf-8")
        publish(source, found.repository, own_key(tmp_path / "publisher.key"))
        yield found


def say(world: World, name: str, response: str) -> None:
    pc = world.pc(name)
    act = Answered(
        attempt="x",
        question="rythme",
        title="Rythme",
        interaction="choice",
        response=response,
        given={},
    )
    record(pc.services.db, Where(pc.learner, COURSE, 1, "avis"), act, world.now)
    assert pc.services.send().problem is None


def heard(world: World) -> Poll:
    """What the first PC, which is in the course, knows after it looked for letters."""
    services = world.services("pc 0")
    learner = services.learner
    assert learner is not None
    with services.db.atomic():
        url = f"{world.repository.as_uri()}/"
        row = (url, COURSE)
        services.db.execute(
            "INSERT OR IGNORE INTO offers VALUES (?, ?, 1, 'C', 'fr', '{}', '')", row
        )
    record(services.db, Where(learner.id, COURSE, 1), ENROLLED, world.now)
    assert services.mail.collect().problems == ()
    found = mail.poll(services.db, learner.id, COURSE, "avis", "rythme")
    assert found is not None
    return found


def test_few_answers_are_told_to_nobody_and_enough_to_everybody(world: World) -> None:
    for number in range(4):
        say(world, f"pc {number}", "yes")
    assert world.desk.polls(world.repository) == Counted(0, 0, 1)
    say(world, "pc 4", "no")
    say(world, "pc 5", "gone")  # of another version
    assert world.desk.polls(world.repository) == Counted(1, 0, 0)
    assert world.desk.polls(world.repository) == Counted(0, 1, 0)
    assert world.desk.mailbox(world.repository).letters > 0
    found = Poll(
        id=heard(world).id,
        at="2026-01-05T09:00:00.000Z",
        title="Le rythme vous convient-il ?",
        activity="avis",
        question="rythme",
        counts={"yes": 4, "no": 1, "odd": 0},
        answers=5,
    )
    assert heard(world) == found
    # One more would tell what that one said
    say(world, "pc 6", "no")
    assert world.desk.polls(world.repository) == Counted(0, 0, 1)


def test_a_questionnaire_waits_for_no_mark(world: World) -> None:
    pc = world.pc("awa")
    where = Where(pc.learner, COURSE, 1, "avis")
    text = Answered(
        attempt="x",
        question="autre",
        title="Autre",
        interaction="long-fill-in",
        response="Rien",
        given={},
    )
    sent = Finished(type="survey", attempt="x", score=0, points=0, out_of=0)
    for act in (text, sent):
        record(pc.services.db, where, act, world.now)
    assert pc.services.send().problem is None
    say(world, "modou", "yes")
    assert not world.table()


def test_what_a_repository_does_not_have_is_said(world: World) -> None:
    with pytest.raises(NotAFolder):
        world.desk.polls(world.repository, "gone")
    for pack in (world.repository / "packs").rglob("*"):
        if pack.is_file():
            pack.write_bytes(b"")
    with pytest.raises(Damaged):
        world.desk.polls(world.repository, COURSE)


@pytest.mark.parametrize(
    "changes",
    [
        {"counts": {"a": 10**300}},
        {"counts": {"a": 1.5}},
        {"counts": {"a": -1}},
        {"counts": {"a" * 10_000: 1}},
        {"counts": {str(n): 1 for n in range(501)}},
        {"answers": 10**300},
        {"counts": None},
        {"question": 7},
    ],
)
def test_a_hostile_result_is_an_item_that_nobody_can_make_sense_of(
    changes: dict[str, object],
) -> None:
    good = {
        "type": "poll",
        "id": "p",
        "at": "2026-01-05T09:00:00Z",
        "activity": "avis",
        "question": "rythme",
        "counts": {"a": 1},
        "answers": 1,
    }
    assert isinstance(item(good), Poll)
    assert isinstance(item(good | changes), Other)


def test_how_few_are_too_few_can_be_said(world: World) -> None:
    for number in range(5):
        say(world, f"pc {number}", "yes")
    assert world.desk.polls(world.repository, least=6) == Counted(0, 0, 1)
    assert world.desk.polls(world.repository, least=1) == Counted(1, 0, 0)


def test_the_command_says_what_stands_in_the_way(tmp_path: Path) -> None:
    found = cartable(tmp_path / "home", "--json", "platform", "polls", tmp_path)
    assert found.code != 0
