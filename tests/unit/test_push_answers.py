# SPDX-License-Identifier: Apache-2.0
"""What each answer of a store is taken for, and when two statements are the same."""

from __future__ import annotations

import json
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from typing import Any

import pytest
from every_act import EVERY_ACT, PASSED, event
from lrs_simulator import (
    ANSWER_LOST,
    BUSY,
    BUSY_FOR_AN_HOUR,
    EMPTY_PAGE,
    ENDPOINT,
    FAILS,
    FORBIDDEN,
    MOVED_TO_A_PORTAL,
    NOT_ADMITTED,
    NOT_ALLOWED,
    NOT_FOUND,
    NOT_IN_SCOPE,
    PLATFORM,
    PORTAL,
    SILENT,
    SOMEONE_ELSES_IDS,
    TOO_LARGE,
    Answer,
    LrsSimulator,
)

from player.course.platform import Lrs
from player.errors import (
    NotAdmitted,
    NotPermitted,
    NotTheServer,
    Offline,
    PlayerError,
    ServerBusy,
    ServerRefused,
    WrongEndpoint,
)
from player.journal.events import AnyAct
from player.sync.lrs import (
    Bad,
    Conflict,
    Halted,
    Outcome,
    Received,
    TooLarge,
    TryLater,
    get_statement,
    post,
    server_time,
)
from player.sync.sameness import same
from player.sync.statements import Clock, statement
from player.transport import Reply

ID = event(PASSED).id


class Says:
    """A road on which every request is answered alike."""

    def __init__(self, reply: Reply) -> None:
        self._reply = reply

    @contextmanager
    def request(self, *_args: Any, **_more: Any) -> Iterator[Reply]:
        yield self._reply


def rendered(act: AnyAct = PASSED, **changes: Any) -> bytes:
    found = statement(event(act, **changes), PLATFORM, Clock())
    assert found is not None
    return found


def lrs() -> Lrs:
    assert PLATFORM.lrs is not None
    return PLATFORM.lrs


def outcome(answer: Answer) -> Outcome:
    store = LrsSimulator()
    store.once = [answer]
    return post(store, lrs(), [rendered()])


@pytest.mark.parametrize(
    "answer",
    [
        Answer(204),
        Answer(200, json.dumps([ID]).encode()),
        Answer(200, json.dumps([ID.upper()]).encode()),
        Answer(200, b"[]"),  # Ralph names only what was new to it
    ],
)
def test_a_store_that_says_so_has_it(answer: Answer) -> None:
    assert outcome(answer) == Received()


@pytest.mark.parametrize(
    "answer",
    [
        PORTAL,
        MOVED_TO_A_PORTAL,
        EMPTY_PAGE,
        SOMEONE_ELSES_IDS,
        Answer(200, b'{"status":"ok"}'),
        Answer(200, b"[1]"),
        Answer(200, b"\xff\xfe"),
        Answer(200, b"[" * 10_000),
        Answer(202),
        Answer(511, b"<html>log in</html>"),
    ],
)
def test_whoever_else_answers_has_nothing(answer: Answer) -> None:
    found = outcome(answer)
    assert isinstance(found, Halted)
    assert isinstance(found.problem, NotTheServer)


@pytest.mark.parametrize(
    ("answer", "problem"),
    [
        (SILENT, Offline),
        (ANSWER_LOST, Offline),
        (NOT_ADMITTED, NotAdmitted),
        (NOT_IN_SCOPE, NotPermitted),
        (FORBIDDEN, NotPermitted),
        (NOT_FOUND, WrongEndpoint),
        (NOT_ALLOWED, WrongEndpoint),
        (Answer(410), WrongEndpoint),
        (Answer(308, b"", {"location": f"{ENDPOINT}/v2/statements"}), WrongEndpoint),
        (Answer(308, b"", {"location": "https://other.example/xAPI/statements"}), NotTheServer),
        (Answer(302, b"", {"location": f"{ENDPOINT}/log-in"}), NotTheServer),
        (Answer(307, b"", {"location": "http://["}), NotTheServer),
        (Answer(301, b"", {"location": "http://["}), NotTheServer),
        (Answer(407, b"<html>log in to the proxy</html>"), NotTheServer),
    ],
)
def test_some_answers_end_the_run(answer: Answer, problem: type[PlayerError]) -> None:
    found = outcome(answer)
    assert isinstance(found, Halted)
    assert isinstance(found.problem, problem)


def test_a_refused_admission_says_why() -> None:
    found = outcome(NOT_ADMITTED)
    assert isinstance(found, Halted)
    assert "Invalid authentication credentials" in str(found.problem)
    assert "sesame" not in str(found.problem)


@pytest.mark.parametrize(
    ("answer", "problem", "asked", "broken"),
    [
        (FAILS, ServerRefused, None, True),
        (Answer(502, b"<html>Bad Gateway</html>"), ServerRefused, None, True),
        (Answer(400, b"<h1>Bad Request (400)</h1>"), ServerRefused, None, True),
        (Answer(415), ServerRefused, None, True),
        (Answer(408), ServerRefused, None, False),
        (Answer(425), ServerRefused, None, False),
        (BUSY, ServerBusy, 7.0, False),
        (Answer(429), ServerBusy, None, False),
        (BUSY_FOR_AN_HOUR, ServerBusy, 3600.0, False),
    ],
)
def test_some_answers_ask_for_patience(
    answer: Answer, problem: type[PlayerError], asked: float | None, broken: bool
) -> None:
    found = outcome(answer)
    assert isinstance(found, TryLater)
    assert isinstance(found.problem, problem)
    assert (found.asked, found.broken) == (asked, broken)


RALPH_422 = {"detail": [{"loc": ["body", 17, "verb"], "msg": "Field required", "input": {}}]}


@pytest.mark.parametrize(
    ("answer", "bad"),
    [
        (
            Answer(422, json.dumps(RALPH_422).encode()),
            Bad("Field required (body.17.verb)", 17),
        ),
        (Answer(400, b'{"detail":"Invalid JSON body"}'), Bad("Invalid JSON body")),
        (Answer(400, b"verb is\n missing"), Bad("verb is missing")),
        (Answer(422, b'{"detail":[{"loc":["body"],"msg":"no"}]}'), Bad("no (body)")),
        (Answer(422, b'{"detail":[]}'), Bad("HTTP 422")),
        (Answer(422, b'{"detail":7}'), Bad('{"detail":7}')),
        (Answer(422, b"\xff" * 999), Bad("\ufffd" * 300)),
    ],
)
def test_a_refused_batch_names_its_reason_and_where_it_can_the_statement(
    answer: Answer, bad: Bad
) -> None:
    assert outcome(answer) == bad


def test_too_much_at_once_is_said_so() -> None:
    assert outcome(TOO_LARGE) == TooLarge("HTTP 413")


def test_a_known_id_is_a_conflict() -> None:
    assert outcome(Answer(409)) == Conflict()


@pytest.mark.parametrize("strict", [False, True])
def test_a_stored_statement_is_found_again_and_is_the_same(strict: bool) -> None:
    store = LrsSimulator(strict=strict)
    assert get_statement(store, lrs(), ID) is None
    assert post(store, lrs(), [rendered()]) == Received()
    assert same(rendered(), get_statement(store, lrs(), ID))


def test_a_key_for_writing_only_shows_nothing() -> None:
    store = LrsSimulator()
    post(store, lrs(), [rendered()])
    store.readable = False
    assert get_statement(store, lrs(), ID) is None


@pytest.mark.parametrize("answer", [PORTAL, SILENT, MOVED_TO_A_PORTAL])
@pytest.mark.parametrize("ask", [server_time, lambda road, store: get_statement(road, store, ID)])
def test_what_a_login_page_says_is_neither_time_nor_statement(answer: Answer, ask: Any) -> None:
    store = LrsSimulator()
    store.always = answer
    with pytest.raises((NotTheServer, Offline)):
        ask(store, lrs())


def test_a_proxy_that_wants_a_login_tells_no_time() -> None:
    date = {"date": "Mon, 05 Jan 2026 09:00:00 GMT"}
    with pytest.raises(NotTheServer):
        server_time(Says(Reply(407, date)), lrs())


def test_a_router_that_forgot_the_time_tells_none() -> None:
    store = LrsSimulator()
    store.now = lambda: datetime(1970, 1, 1, 0, 5, tzinfo=UTC)
    assert server_time(store, lrs()) is None


@pytest.mark.parametrize("strict", [False, True])
def test_a_store_tells_the_time(strict: bool) -> None:
    store = LrsSimulator(strict=strict)
    assert server_time(store, lrs()) == store.now()


def test_a_statement_of_a_thousand_lists_in_each_other_ends_no_program() -> None:
    """No player says one, but an office sends what is in a file."""
    deep = b'{"id":' + b"[" * 5000 + b"]" * 5000 + b"}"
    found = post(Says(Reply(200, body=iter([b'["x"]']))), lrs(), [deep])
    assert isinstance(found, Halted)


def test_what_stores_add_and_respell_makes_no_difference() -> None:
    theirs = json.loads(rendered())
    theirs |= {"stored": "2026-11-22T12:00:00Z", "version": "1.0.3", "authority": {"mbox": "x"}}
    theirs["verb"].pop("display")
    theirs["object"].pop("definition")
    theirs["timestamp"] = "2026-11-22T12:00:00.250999+02:00"
    theirs["attachments"] = []
    assert same(rendered(), theirs)


@pytest.mark.parametrize(
    "changes",
    [
        {"act": EVERY_ACT["failed"]},
        {"learner": "someone else"},
        {"activity": "another"},
        {"at": "2026-11-22T10:00:01.250Z"},
    ],
    ids=lambda changes: next(iter(changes)),
)
def test_another_meaning_makes_a_difference(changes: dict[str, Any]) -> None:
    assert not same(rendered(), json.loads(rendered(**changes)))


@pytest.mark.parametrize(
    "theirs",
    [
        None,
        [],
        "x",
        {},
        {"id": ID, "timestamp": "yesterday"},
        {"id": ID, "timestamp": "0001-01-01T00:00:00+14:00"},
        json.loads('{"result":' + "[" * 900 + "]" * 900 + "}"),
    ],
    ids=range(7),
)
def test_what_is_no_statement_is_not_the_same(theirs: object) -> None:
    assert not same(rendered(), theirs)
