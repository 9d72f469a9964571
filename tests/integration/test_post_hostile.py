# SPDX-License-Identifier: Apache-2.0
"""What somebody with a key for writing may put into a store must harm no letter and no desk."""

from __future__ import annotations

import copy
import json
import os
import resource
import uuid
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest
from clock import Clock
from posting import COURSE, World

from player.journal import desk
from player.journal.desk import MOST_RECIPIENTS
from player.sync import seal

LOW_ORDER = "age1qqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqq5cu47z"
HOME = "https://campus.example"


@pytest.fixture
def campus(tmp_path: Path, clock: Clock) -> Iterator[World]:
    with closing(World(tmp_path, clock)) as found:
        yield found


def forge(world: World, like: str, change: Any) -> None:
    """Have a statement like a real one of that verb in the store, changed by somebody."""
    said = next(one for one in world.store.stored.values() if one["verb"]["id"].endswith(like))
    said = copy.deepcopy(said)
    said["id"] = str(uuid.uuid4())
    change(said)
    put(world, said)


def put(world: World, said: dict[str, Any]) -> None:
    world.store.stored[said["id"]] = said
    world.store._stored[said["id"]] = (world.now().isoformat(), "Basic ZGV2aWNlOnNlc2FtZQ==")


def marked(world: World) -> tuple[Any, str]:
    """A learner's PC whose answer was sent and marked."""
    pc = world.pc("awa")
    (answer,) = pc.do()
    pc.services.send()
    world.desk.grade(world.fill((answer, "0.5", "Half.")))
    return pc, answer


def extension(said: dict[str, Any], name: str) -> dict[str, Any]:
    found: dict[str, Any] = said["context"]["extensions"]
    return found if name == "" else found[f"{HOME}/xapi/extensions/{name}"]


@pytest.mark.parametrize(
    "recipient", [LOW_ORDER, "age1", "", 7, None, {"a": 1}, "age1" + "q" * 10**6, "../../etc", "é"]
)
def test_a_recipient_that_is_no_key_is_passed_over(campus: World, recipient: object) -> None:
    pc, answer = marked(campus)

    def change(said: dict[str, Any]) -> None:
        extension(said, "")[f"{HOME}/xapi/extensions/recipient"] = recipient

    forge(campus, "preferred", change)
    assert campus.desk.mailbox(campus.repository).letters == 1
    pc.services.mail.collect()
    assert pc.entries()[answer].state == "marked"


def test_nobody_has_a_letter_sealed_for_any_number_of_keys(campus: World) -> None:
    pc, _ = marked(campus)
    campus.desk.mailbox(campus.repository)
    for _ in range(3 * MOST_RECIPIENTS):
        key = seal.new_identity()[1]
        forge(campus, "preferred", lambda s, key=key: _name(s, key))
    campus.desk.mailbox(campus.repository)
    assert len(campus.mailbox()) == MOST_RECIPIENTS
    assert pc.services.mail.collect().new == 1


def _name(said: dict[str, Any], key: str) -> None:
    extension(said, "")[f"{HOME}/xapi/extensions/recipient"] = key


@pytest.mark.parametrize("course", ["../../outside", "..", "/etc", "a/b", "", 5, "c/../x", "C"])
def test_no_course_leads_out_of_the_mailbox(campus: World, course: object, tmp_path: Path) -> None:
    marked(campus)
    for verb in ("preferred", "answered"):
        forge(campus, verb, lambda s: extension(s, "course").update(id=course))
    before = {path for path in tmp_path.rglob("*") if "desk" not in path.parts}
    campus.desk.mailbox(campus.repository)
    new = {path for path in tmp_path.rglob("*") if "desk" not in path.parts} - before
    inside = campus.repository / "mailbox"
    assert all(path.is_relative_to(inside) or path.name == ".mailbox.lock" for path in new)
    assert len(campus.mailbox()) == 1


def test_a_course_that_the_repository_does_not_have_gets_no_box(campus: World) -> None:
    marked(campus)
    for verb in ("preferred", "answered"):
        forge(campus, verb, lambda s: extension(s, "course").update(id="made-up"))
    campus.desk.mailbox(campus.repository)
    assert not (campus.repository / "mailbox" / "made-up").exists()


@pytest.mark.parametrize("name", ["", "\n", "a\nb", "\0", "x" * 10**5])
def test_nobody_speaks_as_everybody(campus: World, name: str) -> None:
    marked(campus)
    for verb in ("preferred", "answered"):
        forge(campus, verb, lambda s: s["actor"]["account"].update(name=name))
    campus.desk.mailbox(campus.repository)
    assert len(campus.mailbox()) == 1
    assert not (campus.repository / "mailbox" / COURSE / "1.json").exists()


def test_a_mark_that_the_platform_did_not_give_reaches_nobody(campus: World) -> None:
    pc, answer = marked(campus)
    mark = f"{HOME}/xapi/extensions/mark"

    def better(said: dict[str, Any]) -> None:
        said["result"]["score"]["scaled"] = 1
        file = said["context"]["extensions"][mark]
        file["signed"] = file["signed"].replace('"score":0.5', '"score":1.0')

    def unsigned(said: dict[str, Any]) -> None:
        said["result"]["score"]["scaled"] = 1
        del said["context"]["extensions"][mark]

    def to_another(said: dict[str, Any]) -> None:
        said["actor"]["account"]["name"] = "somebody"

    for change in (better, unsigned, to_another):
        forge(campus, "scored", change)
    campus.desk.mailbox(campus.repository)
    pc.services.mail.collect()
    (found,) = pc.marks()
    assert (found.act, found.score) == (answer, 0.5)
    rows = campus.services("desk").db.execute("SELECT learner FROM post_items").fetchall()
    assert rows == [(pc.learner,)]


@pytest.mark.parametrize(
    "said",
    [
        {},
        {"id": 5},
        {"id": "x", "actor": [], "verb": {"id": "answered"}},
        {"id": "x", "actor": {"account": {"homePage": HOME, "name": "a"}}, "verb": None},
    ],
)
def test_what_is_no_statement_stops_nobody(campus: World, said: dict[str, Any]) -> None:
    pc, answer = marked(campus)
    pages = campus.store._page

    def page(*asked: Any) -> Any:
        answer = pages(*asked)
        shown = json.loads(answer.body)
        shown["statements"] = [said, None, "x", *shown["statements"]]
        return type(answer)(answer.status, json.dumps(shown).encode())

    campus.store._page = page  # type: ignore[method-assign]
    campus.desk.mailbox(campus.repository)
    pc.services.mail.collect()
    assert pc.entries()[answer].state == "marked"


def _half(said: dict[str, Any]) -> None:
    said["result"]["response"] = "\ud800"


def _endless(said: dict[str, Any]) -> None:
    said["result"]["score"] = {"scaled": 10**400}


def _nobody(said: dict[str, Any]) -> None:
    said["actor"]["account"]["name"] = "\udfff"


def _number(said: dict[str, Any]) -> None:
    said["context"]["extensions"][f"{HOME}/xapi/extensions/mark"] = {"format": 10**400}
    said["verb"]["id"] = "http://adlnet.gov/expapi/verbs/scored"


@pytest.mark.parametrize("change", [_half, _endless, _nobody, _number])
def test_what_can_be_written_nowhere_stops_nobody(campus: World, change: Any) -> None:
    pc, answer = marked(campus)
    forge(campus, "answered", change)
    campus.desk.mailbox(campus.repository)
    pc.services.mail.collect()
    assert pc.entries()[answer].state == "marked"


def test_an_activity_that_is_not_of_its_course_cannot_be_marked(campus: World) -> None:
    marked(campus)

    def change(said: dict[str, Any]) -> None:
        said["context"]["contextActivities"]["parent"][0]["id"] = "https://elsewhere.example/quiz"

    forge(campus, "answered", change)
    assert not campus.table()


def test_a_thousand_learners_get_their_letters_in_little_memory(
    campus: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(os, "fsync", lambda _: None)  # the drive is not what is tried here
    marked(campus)
    said = {one["verb"]["id"].rpartition("/")[2]: one for one in campus.store.stored.values()}
    acts = []
    for number in range(1000):
        for verb in ("preferred", "answered"):
            one = copy.deepcopy(said[verb])
            one["id"] = str(uuid.uuid5(uuid.NAMESPACE_URL, f"{verb}{number}"))
            one["actor"]["account"]["name"] = f"learner-{number}"
            if verb == "preferred":
                _name(one, seal.new_identity()[1])
            else:
                acts.append(one["id"])
            put(campus, one)
    before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    done = campus.desk.grade(campus.fill(*((one, "8/10", "Well done. " * 20) for one in acts)))
    assert (done.marked, done.problems) == (1000, ())
    assert campus.desk.mailbox(campus.repository).letters == 1001
    assert resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before < 60_000  # kB
    assert desk.unaddressed(campus.services("desk").db, COURSE) == 0
