# SPDX-License-Identifier: Apache-2.0
"""Letters that come back: by any road, once, in order, and whatever goes wrong on the way."""

from __future__ import annotations

import shutil
import sqlite3
from collections.abc import Iterator, Mapping
from contextlib import closing, contextmanager, suppress
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from itertools import count
from pathlib import Path
from threading import Thread
from typing import Any

import msgspec
import pytest
from carrying import ADA, BOB, CAMPUS, PASSPHRASE, Pc
from clock import Clock
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from every_act import CHOSEN, ENROLLED, PASSED
from power import Killed, Power, power
from simulator import URL, Simulator

from player import app
from player.app import Services
from player.course.signing import public_key
from player.errors import (
    BadKey,
    BadLetter,
    NewerFormat,
    NotTheServer,
    Offline,
    OtherPlatform,
    PlayerError,
    ServerRefused,
    StrayLetter,
)
from player.journal import export, outbox
from player.journal.events import Addressed
from player.journal.items import Announcement, AnyItem, Box, Mark, Received, Refused, written
from player.journal.learners import Learner
from player.journal.outbox import Counts
from player.sync import letter, seal
from player.sync.letter import Letter
from player.transport import Reply, Roads, Transport

__all__ = ["power"]  # a fixture, asked for by name

SECRET = Ed25519PrivateKey.from_private_bytes(bytes([7] * 32))
HOME = CAMPUS.home
PLATFORM = msgspec.structs.replace(CAMPUS, mail=(str(public_key(SECRET)),))
COURSE = "course"
EVERYBODY = Box(HOME, COURSE)
AT = "2026-01-06T09:00:00Z"


def news(number: int) -> Announcement:
    return Announcement(id=f"n{number}", at=AT, title=f"News {number}", text="<p>…</p>")


def mark(act: str, score: float = 0.5, at: str = AT) -> Mark:
    return Mark(id=f"{act} {at}", at=at, act=act, score=score, feedback="Well done")


@dataclass(frozen=True)
class Home:
    """A PC and what stands on it, read anew from its disk each time."""

    pc: Pc
    road: Transport

    @contextmanager
    def services(self) -> Iterator[Services]:
        found = app.build(self.pc.home, transport=self.road, now=self.pc.now)
        try:
            yield found
        finally:
            found.close_thread()

    def join(self, repository: str = URL, **changes: Any) -> None:
        platform = msgspec.structs.replace(PLATFORM, **changes)
        (self.pc.home / "platform.json").write_bytes(msgspec.json.encode(platform))
        with self.services() as services:
            services.add_repository(repository)
            with services.db.atomic():
                services.db.execute(
                    "INSERT OR IGNORE INTO offers (repository, course, version, title, language,"
                    " offer) VALUES (?, ?, 1, 'Course', 'fr', '{}')",
                    (repository, COURSE),
                )

    def enrol(self, learner: Learner = ADA) -> None:
        self.pc.do(ENROLLED, learner=learner)
        with self.services() as services:
            services.mail.tell_address()

    def box(self, learner: Learner = ADA) -> Box:
        """The box of that learner at this PC, as the platform knows it from what was told."""
        with self.pc.db() as db:
            (act,) = [
                one.event.act
                for one in outbox.ledger(db, learner.id, kinds=["addressed"])
                if isinstance(one.event.act, Addressed)
            ][:1]
        return Box(HOME, COURSE, learner.id, act.recipient)

    def collect(self, **how: Any) -> tuple[int, list[type[PlayerError]]]:
        with self.services() as services:
            found = services.mail.collect(**how)
        return found.new, [type(one) for one in found.problems]

    def titles(self) -> list[str]:
        with self.services() as services:
            return [one.id for one in services.mail.items()]

    def states(self) -> dict[str, str]:
        return self.pc.states()


def made(box: Box, number: int, *items: AnyItem, **changes: Any) -> bytes:
    """The bytes of a letter."""
    facts: dict[str, Any] = {
        "platform": box.platform,
        "course": box.course,
        "learner": box.learner,
        "recipient": box.recipient,
        "number": number,
        "at": "2026-01-06T10:00:00Z",
        "items": tuple(map(written, items)),
    }
    return letter.write(Letter(**{**facts, **changes}), SECRET)


def post(server: Simulator, box: Box, number: int, *items: AnyItem) -> str:
    """Have a letter lie at the server; returns its path."""
    path = box.path(number)
    server.files[path] = made(box, number, *items)
    return path


@pytest.fixture
def server() -> Simulator:
    return Simulator()


@pytest.fixture
def here(tmp_path: Path, clock: Clock, server: Simulator) -> Home:
    """A PC on which Ada takes the course, and has told its address."""
    found = Home(Pc(tmp_path / "pc", clock), server)
    found.pc.learn()
    found.join()
    found.enrol()
    return found


def test_what_came_is_shown_newest_first_until_it_is_read(here: Home, server: Simulator) -> None:
    post(server, EVERYBODY, 1, news(1))
    post(server, EVERYBODY, 2, news(2))
    post(server, here.box(), 1, Announcement(id="n3", at="2026-01-07T09:00:00Z", text="To Ada"))
    assert here.collect() == (3, [])
    assert here.titles() == ["n3", "n2", "n1"]
    with here.services() as services:
        assert (services.mail.unread(), services.mail.unread("other")) == (3, 0)
        services.mail.read(["n3", "n1", "nothing"])
        services.mail.read(["n3"])
        assert services.mail.unread(COURSE) == 1
        assert [one.is_read for one in services.mail.items()] == [True, False, True]


def test_no_letter_is_asked_for_twice(here: Home, server: Simulator) -> None:
    paths = [post(server, EVERYBODY, number, news(number)) for number in (1, 2)]
    here.collect()
    before = dict(server.served)
    post(server, EVERYBODY, 3, news(3))
    assert here.collect() == (1, [])
    assert [server.served[path] for path in paths] == [before[path] for path in paths]
    assert server.asked.count(EVERYBODY.path(4)) == 1


def test_a_mark_makes_an_act_received_and_marked_and_the_latest_holds(
    here: Home, server: Simulator
) -> None:
    act, other = here.pc.do(PASSED, CHOSEN)
    here.pc.pack(here.pc.home)
    post(server, here.box(), 1, mark(act, 0.5), mark(act, 0.75, at="2026-01-08T09:00:00Z"))
    post(server, here.box(), 2, mark(act, 0.6, at="2026-01-07T09:00:00Z"))
    assert here.collect() == (3, [])
    assert here.states()[act] == "marked"
    assert here.pc.counts() == Counts(packed=3, marked=1)
    with here.services() as services:
        (entry,) = services.ledger(states=["marked"])
        assert entry.mark == mark(act, 0.75, at="2026-01-08T09:00:00Z")
        assert [one.mark for one in services.ledger(states=["packed"])] == [None] * 3
        assert b'"score": 0.75' in export.as_json([entry])
        assert b"0.75,,,Well done,2026-01-08T09:00:00Z" in export.as_csv([entry])
        assert services.counts().arrived == 1
    assert here.states()[other] == "packed"


def test_a_receipt_says_what_arrived_and_what_the_last_file_brought_in_vain(
    here: Home, server: Simulator
) -> None:
    act, bad, later = here.pc.do(PASSED, CHOSEN, PASSED)
    (file,) = here.pc.pack(here.pc.home)
    no = (Refused(bad, "no verb"),)
    post(server, here.box(), 1, Received(id="r1", at=AT, received=(act,), refused=no))
    assert here.collect() == (1, [])
    assert here.titles() == []  # it is no news: it shows at the acts
    assert here.states() | {act: "received"} == here.states()
    assert here.states()[bad] == "packed"
    told = Received(id="r2", at=AT, received=(act,), refused=no, bundle=file.stem)
    post(server, here.box(), 2, told)
    here.collect()
    assert here.states() | {act: "received", bad: "refused", later: "packed"} == here.states()


def test_a_mark_for_an_act_that_is_not_here_yet_shows_when_it_comes(
    here: Home, server: Simulator, tmp_path: Path, clock: Clock
) -> None:
    second = Pc(tmp_path / "second", clock, 2)
    (act,) = second.do(PASSED)
    post(server, here.box(), 1, mark(act))
    assert here.collect() == (1, [])
    (parcel,) = second.pack_journal()
    (tmp_path / parcel.name).write_bytes(parcel.data)
    here.pc.bring(tmp_path / parcel.name)
    assert here.states()[act] == "saved"  # what this PC has to send it sends
    with here.pc.db() as db:
        outbox.acknowledge(db, [act], AT)
    assert here.states()[act] == "marked"


def test_whether_an_act_is_marked_is_answered_by_an_index(here: Home) -> None:
    """Without it a page of my work takes half a minute where there are 50,000 acts."""
    with here.pc.db() as db:
        plan = db.execute("EXPLAIN QUERY PLAN SELECT is_marked FROM ledger").fetchall()
    assert any("items_by_act (act=?" in row[3] for row in plan)


def test_nobody_marks_the_acts_of_others(here: Home, server: Simulator) -> None:
    """Not the platform either, by mistake: not in everybody's letters, nor in another learner's."""
    here.enrol(BOB)
    (act,) = here.pc.do(PASSED)
    here.pc.pack(here.pc.home)
    items = [mark(act), Received(id="r", at=AT, received=(act,)), mark("no such act")]
    post(server, EVERYBODY, 1, *items)
    post(server, here.box(BOB), 1, *items)
    assert here.collect() == (6, [])
    assert here.states()[act] == "packed"
    with here.services() as services:
        assert [one.mark for one in services.ledger()] == [None] * 3


def test_the_same_item_twice_is_one_and_in_two_boxes_two(here: Home, server: Simulator) -> None:
    post(server, EVERYBODY, 1, news(1), news(1))
    post(server, EVERYBODY, 2, news(1), news(2))
    post(server, here.box(), 1, news(1))
    assert here.collect() == (3, [])
    assert here.titles() == ["n1", "n2", "n1"]


def test_a_bad_letter_holds_up_its_box_and_no_other(here: Home, server: Simulator) -> None:
    path = post(server, EVERYBODY, 1, news(1))
    post(server, EVERYBODY, 2, news(2))
    post(server, here.box(), 1, news(3))
    server.lie(path, 1)
    assert here.collect() == (1, [BadLetter])
    assert here.titles() == ["n3"]
    assert here.collect() == (2, [])
    assert here.titles() == ["n2", "n1", "n3"]


@pytest.mark.parametrize(
    ("data", "said"),
    [
        (made(EVERYBODY, 1, news(1))[:-20], BadLetter),
        (made(EVERYBODY, 2, news(1)), StrayLetter),
        (made(EVERYBODY, 1, news(1), format="cartable/2"), NewerFormat),
        (made(Box("https://other.example", COURSE), 1, news(1)), OtherPlatform),
        (b"x" * (letter.LARGEST + 1), BadLetter),
        (b"\n <!DOCTYPE html><title>Hotel</title>", NotTheServer),
        (b"", BadLetter),
    ],
    ids=["cut", "number", "newer", "platform", "huge", "portal", "empty"],
)
def test_each_bad_letter_is_said_and_nothing_of_it_taken(
    here: Home, server: Simulator, data: bytes, said: type[PlayerError]
) -> None:
    server.files[EVERYBODY.path(1)] = data
    post(server, here.box(), 1, news(9))
    new, problems = here.collect()
    assert (new, problems) == (1, [said])
    assert here.titles() == ["n9"]  # from the other box


@pytest.mark.parametrize("status", [500, 302, 451, 511])
def test_what_a_server_refuses_of_one_box_holds_up_no_other(
    here: Home, server: Simulator, status: int
) -> None:
    server.refuse(status, "1.json", 2)
    post(server, EVERYBODY, 1, news(1))
    post(server, here.box(), 1, news(2))
    assert here.collect()[0] == 1
    assert here.titles() == ["n2"]


@pytest.mark.parametrize(
    ("trouble", "said"),
    [
        (lambda s: s.captive_portal(), NotTheServer),
        (lambda s: s.unreachable(), Offline),
        (lambda s: s.refuse(500, "2.json"), ServerRefused),
        (lambda s: s.refuse(304, "2.json"), ServerRefused),
        (lambda s: s.cut_after(2000), Offline),
    ],
    ids=["portal", "nobody", "5xx", "304 unasked", "cut"],
)
def test_whatever_the_road_does_what_came_is_kept_and_the_rest_comes_later(
    here: Home, server: Simulator, trouble: Any, said: type[PlayerError]
) -> None:
    post(server, EVERYBODY, 1, news(1))
    assert here.collect() == (1, [])
    for number in (2, 3, 4):
        post(server, EVERYBODY, number, news(number))
    trouble(server)
    assert here.collect()[1] == [said]  # once, not for each box
    assert "n1" in here.titles()
    server.captive_portal(False)
    server.unreachable(False)
    assert here.collect()[1] == []
    assert here.titles() == ["n4", "n3", "n2", "n1"]


@pytest.mark.parametrize("status", [403, 404, 410])
def test_where_there_is_none_it_ends(here: Home, server: Simulator, status: int) -> None:
    server.refuse(status, "mailbox/", 10**6)
    assert here.collect() == (0, [])
    assert len(server.asked) == 2  # one request a box


def test_it_comes_from_another_repository_where_one_is_gone_or_lies(
    here: Home, server: Simulator, tmp_path: Path
) -> None:
    here = replace(here, road=_Both(server))
    copy = tmp_path / "copy"
    here.join(f"{copy.as_uri()}/")  # asked first
    post(server, EVERYBODY, 1, news(1))
    assert here.collect() == (1, [])
    path = copy / post(server, EVERYBODY, 2, news(2))
    path.parent.mkdir(parents=True)
    path.write_bytes(b"half")
    assert here.collect() == (1, [BadLetter])
    path.with_name("3.json").write_bytes(made(EVERYBODY, 3, news(3)))
    server.unreachable()
    assert here.collect() == (1, [Offline])
    assert here.titles() == ["n3", "n2", "n1"]


class _Both:
    """The simulated server, and real folders."""

    def __init__(self, server: Simulator) -> None:
        self._server, self._roads = server, Roads()

    def request(self, method: str, url: str, **more: Any) -> Any:
        road = self._roads if url.startswith("file:") else self._server
        return road.request(method, url, **more)


def test_a_repository_from_an_older_backup_loses_nothing_here(
    here: Home, server: Simulator
) -> None:
    for number in (1, 2, 3):
        post(server, EVERYBODY, number, news(number))
    here.collect()
    for number in (2, 3):
        server.forget(EVERYBODY.path(number))
    assert here.collect() == (0, [])
    post(server, EVERYBODY, 3, news(7))  # written anew under its old number: here it was taken
    post(server, EVERYBODY, 4, news(4))
    assert here.collect() == (1, [])
    assert here.titles() == ["n4", "n3", "n2", "n1"]


def test_deleting_a_course_deletes_no_mail(here: Home, server: Simulator) -> None:
    post(server, EVERYBODY, 1, news(1))
    here.collect()
    with here.services() as services:
        services.remove_repository(URL)
        assert services.library() == []
    assert here.titles() == ["n1"]
    with here.pc.db() as db:
        for table in ("letters", "items"):
            with pytest.raises(sqlite3.IntegrityError, match="never deleted"):
                db.execute(f"DELETE FROM {table}")  # noqa: S608
            with pytest.raises(sqlite3.IntegrityError, match="never changed"):
                db.execute(f"UPDATE {table} SET at = ''")  # noqa: S608


def test_by_itself_it_looks_once_an_hour_whatever_the_clock_does(
    here: Home, server: Simulator, clock: Clock
) -> None:
    here.collect(by_hand=False)
    first = len(server.asked)
    here.collect(by_hand=False)
    assert len(server.asked) == first
    here.collect()
    assert len(server.asked) == 2 * first
    clock.forward(hours=1)
    here.collect(by_hand=False)
    assert len(server.asked) == 3 * first
    clock.now = datetime(2010, 1, 1, tzinfo=UTC)
    post(server, EVERYBODY, 1, news(1))
    assert here.collect(by_hand=False) == (1, [])
    clock.now = datetime(2038, 1, 1, tzinfo=UTC)
    post(server, EVERYBODY, 2, news(2))
    assert here.collect(by_hand=False) == (1, [])


def test_after_a_look_that_failed_it_looks_again_at_once(here: Home, server: Simulator) -> None:
    server.unreachable()
    assert here.collect(by_hand=False) == (0, [Offline])
    server.unreachable(False)
    post(server, EVERYBODY, 1, news(1))
    assert here.collect(by_hand=False) == (1, [])


def test_a_look_at_the_repositories_looks_for_letters(here: Home, server: Simulator) -> None:
    path = post(server, EVERYBODY, 1, news(1))
    post(server, here.box(), 1, news(2))
    server.lie(path)
    with here.services() as services:
        heard: list[object] = []
        services.announce = heard.append
        problems = [type(one) for one in services.refresh_all()]
        assert problems.count(BadLetter) == 1
        assert services.mail.unread() == 1
        assert services.traffic().answers > 0


def test_without_a_platform_or_without_its_letters_nobody_is_asked(
    here: Home, server: Simulator
) -> None:
    here.join(mail=())
    assert here.collect() == (0, [])
    (here.pc.home / "platform.json").unlink()
    assert here.collect() == (0, [])
    with here.services() as services:
        assert services.mail.take([here.pc.home]).problems == ()
        services.refresh_all()
    assert not any(path.startswith("mailbox/") for path in server.asked)


def test_an_address_is_told_once_for_each_learner_course_and_pc(here: Home, tmp_path: Path) -> None:
    here.enrol()
    here.enrol(BOB)
    boxes = {here.box(ADA).recipient, here.box(BOB).recipient}
    assert len(boxes) == 1
    identity = here.pc.home / "mail.age"
    assert identity.stat().st_mode & 0o777 == 0o600
    kinds = [
        one.event.kind
        for learner in (ADA, BOB)
        for one in _ledger(here.pc, learner)
        if one.event.kind == "addressed"
    ]
    assert len(kinds) == 2


def _ledger(pc: Pc, learner: Learner) -> list[outbox.Entry]:
    with pc.db() as db:
        return outbox.ledger(db, learner.id, limit=1000)


def test_a_second_pc_has_a_box_of_its_own_with_everything(
    here: Home, server: Simulator, tmp_path: Path, clock: Clock
) -> None:
    (act,) = here.pc.do(PASSED)
    here.pc.pack(here.pc.home)
    post(server, here.box(), 1, news(1), mark(act))
    here.collect()
    first = here.box()
    (parcel,) = here.pc.pack_journal()
    (tmp_path / parcel.name).write_bytes(parcel.data)
    second = Home(Pc(tmp_path / "second", clock, 2), server)
    second.pc.learn()
    second.join()
    second.pc.bring(tmp_path / parcel.name, PASSPHRASE)
    assert second.collect() == (0, [])  # what is sealed for the other PC is not asked for
    second.enrol()
    told = {
        one.event.act.recipient for one in _ledger(second.pc, ADA) if one.event.kind == "addressed"
    }  # type: ignore[union-attr]
    assert first.recipient in told
    assert len(told) == 2
    (own,) = told - {first.recipient}
    post(server, replace(first, recipient=own), 1, news(1), mark(act))
    assert second.collect() == (2, [])
    assert second.titles() == [*here.titles()]
    assert second.states()[act] == "marked"
    assert here.collect() == (0, [])


def test_a_pc_without_its_identity_still_has_what_is_for_everybody(
    here: Home, server: Simulator
) -> None:
    post(server, EVERYBODY, 1, news(1))
    (here.pc.home / "mail.age").write_text("nonsense")
    assert here.collect() == (1, [BadKey])
    with here.services() as services:
        services.mail.tell_address()  # holds up nothing


def test_letters_come_on_a_stick(here: Home, server: Simulator, tmp_path: Path) -> None:
    here = replace(here, road=_Both(server))
    stick = tmp_path / "été %20"
    for box, number in ((EVERYBODY, 1), (EVERYBODY, 2), (here.box(), 1)):
        path = stick / box.path(number)
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(made(box, number, news(number + 10 * bool(box.learner))))
    (stick / EVERYBODY.path(2)).write_bytes(b"half")
    with here.services() as services:
        found = services.mail.take([stick, tmp_path / "nothing"])
        assert (found.new, len(found.problems)) == (2, 1)
        assert services.mail.take([stick / "mailbox"]).new == 0
        assert services.traffic().answers == 0
    assert server.asked == []
    assert sorted(here.titles()) == ["n1", "n11"]


def test_killed_at_any_step_each_letter_is_taken_once_and_whole(
    here: Home, server: Simulator, power: Power, tmp_path: Path, clock: Clock
) -> None:
    (act,) = here.pc.do(PASSED)
    here.pc.pack(here.pc.home)
    goal = {"n1", "n2", f"{act} {AT}"}
    post(server, EVERYBODY, 1, news(1))
    post(server, EVERYBODY, 2, news(2))
    post(server, here.box(), 1, mark(act))
    for goes_at in count(1):
        copy = Pc(shutil.copytree(here.pc.home, tmp_path / f"{goes_at}"), clock)
        home = Home(copy, _Powered(server, power))
        is_through = False
        for at in (goes_at, None):
            power.steps, power.goes_at = 0, at
            with suppress(Killed):
                home.collect()
                is_through = is_through or at is not None
            power.goes_at = None
            assert set(home.titles()) <= goal
            assert (f"{act} {AT}" in home.titles()) == (home.states()[act] == "marked")
        assert sorted(home.titles()) == sorted(goal)
        if is_through:
            break
    assert goes_at > 15


class _Powered:
    """A road on which the power can go before a request, when it was answered, and at its end."""

    def __init__(self, inner: Transport, power: Power) -> None:
        self._inner, self._power = inner, power

    @contextmanager
    def request(
        self,
        method: str,
        url: str,
        *,
        headers: Mapping[str, str] | None = None,
        body: bytes | None = None,
    ) -> Iterator[Reply]:
        self._power.step()
        with self._inner.request(method, url, headers=headers, body=body) as reply:
            self._power.step()
            yield reply
        self._power.step()


class _Quiet(SimpleHTTPRequestHandler):
    def log_message(self, *args: Any) -> None:
        """Say nothing."""


def test_a_web_server_hands_letters_out(here: Home, tmp_path: Path) -> None:
    www = tmp_path / "www"
    for box in (EVERYBODY, here.box()):
        path = www / box.path(1)
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(made(box, 1, news(1 + bool(box.learner))))
    with ThreadingHTTPServer(("127.0.0.1", 0), partial(_Quiet, directory=str(www))) as httpd:
        thread = Thread(target=httpd.serve_forever)
        thread.start()
        try:
            with closing(Roads()) as roads:
                real = replace(here, road=roads)
                with real.services() as services:
                    services.remove_repository(URL)
                real.join(f"http://127.0.0.1:{httpd.server_port}/")
                assert real.collect() == (2, [])
                assert real.collect() == (0, [])
                with real.services() as services:
                    assert services.traffic().answers > 0
        finally:
            httpd.shutdown()
            thread.join()
    assert sorted(here.titles()) == ["n1", "n2"]


def test_an_identity_is_nothing_that_a_bundle_carries(here: Home, server: Simulator) -> None:
    secret = next(
        line
        for line in (here.pc.home / "mail.age").read_text().splitlines()
        if line.startswith("AGE-SECRET-KEY-")
    )
    assert seal.public_of(secret) == here.box().recipient
    with here.pc.db() as db:
        assert secret not in "\n".join(db.conn.iterdump())
