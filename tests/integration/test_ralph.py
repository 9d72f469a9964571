# SPDX-License-Identifier: Apache-2.0
"""The demo platform: a real store (Ralph) and a real web server, in processes of their own."""

from __future__ import annotations

import json
import stat
import subprocess
import sys
import urllib.error
import urllib.request
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from contextlib import closing, contextmanager, nullcontext
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import msgspec
import pytest
from demo_platform import Campus, python, read_back, start
from every_act import EVERY_ACT, event
from lrs_simulator import PLATFORM
from openid_server import signing_in

from player.app.signing_in import Asks, SigningIn
from player.course.platform import Lrs, Platform
from player.errors import (
    MayNotRead,
    NotAdmitted,
    NotPermitted,
    Offline,
    SignInNeeded,
    WrongEndpoint,
)
from player.journal import learners, outbox, slips
from player.journal.events import LOCAL, kind_of
from player.journal.journal import Where, record
from player.journal.slips import Said, Slip
from player.store import database
from player.store.database import Database
from player.sync.admission import Admission
from player.sync.backoff import Pace
from player.sync.endpoint import Endpoint
from player.sync.homecoming import Home
from player.sync.homecoming import bring as bring_home
from player.sync.lrs import get_statement
from player.sync.packing import Packing
from player.sync.push import Pushed, push
from player.sync.reading import pages
from player.sync.sameness import same
from player.sync.slips import send as send_slips
from player.sync.statements import Clock, statement
from player.transport import Reply, Roads

ROOT = Path(__file__).parents[2]
__all__ = ["Campus", "python", "start"]  # fixtures, and what other files need

TOLD = {name: act for name, act in EVERY_ACT.items() if kind_of(act) not in LOCAL}


@pytest.fixture(scope="module")
def campus(python: str, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Campus]:
    """One platform for all tests of this file: every test has ids of its own."""
    folder = tmp_path_factory.mktemp("campus")
    (folder / "repository").mkdir()
    (folder / "repository" / "catalogue.json").write_bytes(bytes(range(256)) * 8)
    found = start(python, folder, "--key", "RWQdemo")
    try:
        yield found
    finally:
        assert found.stop() == 0


@pytest.fixture
def roads() -> Iterator[Roads]:
    with closing(Roads()) as found:
        yield found


@pytest.fixture
def ids(db: Database, learner: str) -> list[str]:
    """The acts of a learner, one of each kind that the platform is told."""
    where = Where(learner, "course", 1, "activity")
    return [record(db, where, act).id for act in TOLD.values()]


def send(db: Database, road: Any, platform: Platform, batch: int = 100) -> Pushed:
    def now() -> datetime:
        return datetime.now(UTC)

    pace = Pace(batch=batch, sleep=lambda _: None)
    return push(db, road, platform, now=now, announce=lambda _: None, pace=pace)


def test_anonymous_answers_arrive_once_under_an_account_of_their_own(
    campus: Campus, roads: Roads, db: Database, learner: str
) -> None:
    said = Said(slips.chance(), "rythme", "Rythme", "choice", "oui", {"oui": "Oui"})
    slip = Slip(slips.chance(), "course", 1, "avis", "Votre avis", "fr", (said,))
    with db.atomic():
        slips.put(db, slip, datetime.now(UTC) - 9 * slips.WAIT)
    road = LosesAnswers(roads)
    for _ in range(2):  # the first time the answer is lost
        send_slips(
            db,
            road,
            campus.platform,
            now=lambda: datetime.now(UTC),
            alone=True,
            pace=Pace(sleep=lambda _: None),
        )
        road.losing = False
    assert not slips.waiting(db)
    (found,) = [one for one in campus.records() if one["id"] == said.id]
    assert found["actor"]["account"]["name"] == slip.account
    assert found["timestamp"] == found["stored"]  # it says no time itself
    assert learner not in json.dumps(found)


def stored(campus: Campus, ids: list[str]) -> Counter[str]:
    """How often the store has each of `ids`."""
    return Counter(one["id"] for one in campus.records() if one["id"] in ids)


def once_each(ids: list[str]) -> Counter[str]:
    return Counter(ids)


class LosesAnswers:
    """A road on which answers to a POST never arrive, though the store has all, while `losing`."""

    def __init__(self, roads: Roads) -> None:
        self._roads = roads
        self.losing = True

    @contextmanager
    def request(
        self,
        method: str,
        url: str,
        *,
        headers: Mapping[str, str] | None = None,
        body: bytes | None = None,
    ) -> Iterator[Reply]:
        with self._roads.request(method, url, headers=headers, body=body) as reply:
            if method == "POST" and self.losing:
                reply.read(10**6)
                raise Offline(place="the campus")
            yield reply


def test_every_kind_of_act_arrives_exactly_once(
    campus: Campus, db: Database, roads: Roads, ids: list[str]
) -> None:
    done = send(db, roads, campus.platform, batch=7)
    assert (done.received, done.refused, done.left) == (len(ids), 0, 0)
    assert stored(campus, ids) == once_each(ids)
    assert send(db, roads, campus.platform).sent == 0


def test_what_comes_back_is_what_was_said(
    campus: Campus, db: Database, roads: Roads, ids: list[str]
) -> None:
    campus_store = campus.platform
    send(db, roads, campus_store)
    theirs = {one["id"]: one for one in campus.records()}
    query = "SELECT event, statement FROM deliveries"
    ours = dict(db.execute(query).fetchall())
    assert set(ours) == set(ids)
    assert all(same(ours[id_], theirs[id_]) for id_ in ids)
    assert {theirs[id_]["authority"]["account"]["name"] for id_ in ids} == {"device"}


def test_answers_that_are_lost_double_nothing(
    campus: Campus, db: Database, roads: Roads, ids: list[str]
) -> None:
    road = LosesAnswers(roads)
    for _ in range(3):
        done = send(db, road, campus.platform, batch=5)
        assert isinstance(done.problem, Offline)
        assert done.received == 0
    road.losing = False
    assert send(db, road, campus.platform, batch=8).left == 0
    assert stored(campus, ids) == once_each(ids)


def test_a_wrong_password_is_said_and_nothing_lost(
    campus: Campus, db: Database, roads: Roads, ids: list[str]
) -> None:
    right = campus.platform
    assert right.lrs is not None
    wrong = msgspec.structs.replace(right, lrs=Lrs(right.lrs.endpoint, "device", "guess"))
    done = send(db, roads, wrong)
    assert isinstance(done.problem, NotAdmitted)
    assert "guess" not in str(done.problem)
    assert done.left == len(ids)
    assert send(db, roads, right).received == len(ids)


def test_a_wrong_address_is_said_and_nothing_lost(
    campus: Campus, db: Database, roads: Roads, ids: list[str]
) -> None:
    right = campus.platform
    assert right.lrs is not None
    elsewhere = msgspec.structs.replace(right.lrs, endpoint=right.lrs.endpoint.lower())
    done = send(db, roads, msgspec.structs.replace(right, lrs=elsewhere))
    assert isinstance(done.problem, WrongEndpoint)
    assert done.left == len(ids)


def test_a_bad_statement_is_refused_with_the_reason_and_blocks_no_other(
    campus: Campus, db: Database, roads: Roads, ids: list[str], learner: str
) -> None:
    bad = ids[4]
    outbox.put(db, [(bad, json.dumps({"id": bad, "actor": {}, "object": {}}).encode())])
    done = send(db, roads, campus.platform)
    assert (done.received, done.refused, done.left) == (len(ids) - 1, 1, 0)
    (entry,) = outbox.ledger(db, learner, states=["refused"])
    assert entry.event.id == bad
    assert "verb" in entry.reason or "Field required" in entry.reason
    assert stored(campus, ids) == once_each([id_ for id_ in ids if id_ != bad])


def test_this_computers_key_may_not_read_what_others_did(
    campus: Campus, db: Database, roads: Roads, ids: list[str]
) -> None:
    send(db, roads, campus.platform)
    lrs = campus.platform.lrs
    assert lrs is not None
    assert get_statement(roads, lrs, ids[0]) is None
    with pytest.raises(urllib.error.HTTPError) as refusal:
        read_back()(lrs.endpoint, lrs.username, lrs.password)
    with refusal.value:
        assert refusal.value.code == 401


def as_reader(campus: Campus, roads: Roads) -> Endpoint:
    """The store, asked with the key that may read everybody's."""
    reader = Lrs(**json.loads((campus.data / "reader.json").read_text()))
    return Endpoint(roads, reader, Packing(None, reader.endpoint, lambda: datetime.now(UTC)))


def test_it_is_read_page_by_page_and_no_further_than_asked(
    campus: Campus, db: Database, roads: Roads, learner: str
) -> None:
    where = Where(learner, "course", 1, "activity")
    ids = [record(db, where, TOLD["opened a page"]).id for _ in range(203)]
    send(db, roads, campus.platform)
    store = as_reader(campus, roads)
    everything = [one for page in pages(store) for one in page]
    assert set(ids) <= {one["id"] for one in everything}
    assert len(everything) == len(campus.records())
    home = campus.platform.home
    whose = [[one["id"] for one in page] for page in pages(store, agent=learner, home=home)]
    assert len(whose) > 2
    assert set(ids) <= {id_ for page in whose for id_ in page}
    assert not list(pages(store, agent=learner, home="https://elsewhere.example"))
    assert not list(pages(store, agent=learner, home=home, since="2099-01-01T00:00:00Z"))


def test_a_key_for_writing_reads_nothing(campus: Campus, roads: Roads) -> None:
    lrs = campus.platform.lrs
    assert lrs is not None
    with pytest.raises(MayNotRead):
        next(pages(Endpoint(roads, lrs, Packing(None, lrs.endpoint, lambda: datetime.now(UTC)))))


def test_what_was_done_elsewhere_comes_home_byte_for_byte(
    campus: Campus, db: Database, roads: Roads, tmp_path: Path
) -> None:
    """Late statements too: Ralph orders by doing, so they lie behind where it was read to."""
    mary = learners.add(db, "Mary")
    where = Where(mary.id, "course", 1, "activity")
    store = as_reader(campus, roads)
    with closing(fresh(tmp_path / "second")) as second:

        def bring() -> Home:
            found = bring_home(second, store, campus.platform, mary, now=lambda: datetime.now(UTC))
            assert found.problem is None
            return found

        first = [record(db, where, act).id for act in TOLD.values()]
        send(db, roads, campus.platform)
        assert bring() == Home(new=len(first))
        two_days_ago = datetime.now(UTC) - timedelta(days=2)
        late = record(db, where, TOLD["passed"], lambda: two_days_ago)
        outbox.put(db, [(late.id, statement(late, campus.platform, Clock()))])
        send(db, roads, campus.platform)
        assert bring() == Home(new=1, known=len(first))
        query = "SELECT event, statement FROM deliveries ORDER BY event"
        assert second.execute(query).fetchall() == db.execute(query).fetchall()


def fresh(home: Path) -> Database:
    database.prepare(home)
    return database.connect(home)


def test_who_signed_in_may_read_their_own_and_it_comes_home(
    python: str, tmp_path: Path, home: Path, db: Database, roads: Roads
) -> None:
    """`statements/read/mine`: the right that a platform gives learners, and no more."""
    with signing_in() as server:
        campus = start(python, tmp_path, "--issuer", server.issuer)
        try:
            platform = campus.platform
            assert platform.lrs is not None
            assert platform.lrs.auth is not None
            server.scope = "openid statements/write statements/read/mine"
            SigningIn(home, lambda: platform, lambda: nullcontext(roads)).start(
                Asks(print, print, sleep=lambda _: None), browser=False
            )
            admission = Admission(home, platform.lrs.auth)

            def authorize(renew: bool) -> str:
                return admission.header(roads, renew=renew)

            def now() -> datetime:
                return datetime.now(UTC)

            mary = learners.add(db, "Mary")
            record(db, Where(mary.id, "course", 1, "activity"), TOLD["passed"])
            push(db, roads, platform, now=now, announce=lambda _: None, authorize=authorize)
            packing = Packing(None, platform.lrs.endpoint, now)
            store = Endpoint(roads, platform.lrs, packing, authorize)
            with closing(fresh(tmp_path / "second")) as second:
                assert bring_home(second, store, platform, mary, now=now) == Home(new=1)
        finally:
            assert campus.stop() == 0


def known(db: Database) -> list[tuple[str, str]]:
    found: list[tuple[str, str]] = db.execute("SELECT endpoint, gzip FROM stores").fetchall()
    return found


def test_with_a_web_server_that_unpacks_it_answers_go_in_gzip(
    campus: Campus, db: Database, roads: Roads, ids: list[str]
) -> None:
    assert send(db, roads, campus.platform).received == len(ids)
    assert campus.platform.lrs is not None
    assert known(db) == [(campus.platform.lrs.endpoint, "yes")]


def test_ralph_alone_knows_no_gzip_and_gets_everything_all_the_same(
    python: str, tmp_path: Path, db: Database, roads: Roads, learner: str
) -> None:
    alone = start(python, tmp_path, "--plain")
    try:
        for _ in range(4):
            where = Where(learner, "course", 1, "activity")
            ids = [record(db, where, act).id for act in TOLD.values()]
            assert send(db, roads, alone.platform) == Pushed(len(ids), len(ids), 0, 0)
            assert stored(alone, ids) == once_each(ids)
        assert [state for _, state in known(db)] == ["no"]
    finally:
        assert alone.stop() == 0


def test_ralph_takes_who_signed_in_and_nobody_else(
    python: str, tmp_path: Path, home: Path, db: Database, roads: Roads, ids: list[str]
) -> None:
    def push_as(admission: Admission, platform: Platform) -> Pushed:
        return push(
            db,
            roads,
            platform,
            now=lambda: datetime.now(UTC),
            announce=lambda _: None,
            authorize=lambda renew: admission.header(roads, renew=renew),
        )

    with signing_in() as server:
        campus = start(python, tmp_path, "--issuer", server.issuer)
        try:
            platform = campus.platform
            assert platform.lrs is not None
            assert platform.lrs.auth is not None
            desk = SigningIn(home, lambda: platform, lambda: nullcontext(roads))
            admission = Admission(home, platform.lrs.auth)
            assert isinstance(push_as(admission, platform).problem, SignInNeeded)
            server.scope = "openid statements/read/mine"
            desk.start(Asks(print, print, sleep=lambda _: None), browser=False)
            assert isinstance(push_as(admission, platform).problem, NotPermitted)
            server.scope = "openid statements/write"
            server.claims = {"exp": 1_000_000_000}
            desk.start(Asks(print, print, sleep=lambda _: None), browser=False)
            server.claims = {}  # Ralph says that it is over, so it is renewed
            done = push_as(admission, platform)
            assert (done.received, done.left, done.problem) == (len(ids), 0, None)
            owners = {one["authority"]["openid"] for one in campus.records()}
            assert owners == {f"{server.issuer}/awa"}
        finally:
            assert campus.stop() == 0


_PUSH_AND_DIE = """
import os, sys
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta
from pathlib import Path
from player.course.platform import decode_platform
from player.store.database import connect
from player.sync.admission import Admission
from player.sync.backoff import Pace
from player.sync.push import push
from player.transport import Roads

home, platform, posts = Path(sys.argv[1]), Path(sys.argv[2]), int(sys.argv[3])

class Road:
    roads, left = Roads(), posts
    @contextmanager
    def request(self, method, url, **more):
        with self.roads.request(method, url, **more) as reply:
            self.left -= method == "POST"
            if self.left == 0:
                os._exit(9)
            yield reply

push(connect(home), Road(), decode_platform(platform.read_bytes()), now=lambda: datetime.now(UTC),
     announce=lambda _: None, pace=Pace(batch=5))
"""


def test_a_process_that_dies_while_sending_loses_and_doubles_nothing(
    campus: Campus, home: Path, db: Database, roads: Roads, ids: list[str]
) -> None:
    for posts in (1, 2, 2):
        dying = [sys.executable, "-c", _PUSH_AND_DIE, str(home), str(campus.data / "platform.json")]
        assert subprocess.run([*dying, str(posts)], cwd=ROOT, check=False).returncode == 9
        assert outbox.counts(db).received <= stored(campus, ids).total()
    assert send(db, roads, campus.platform).left == 0
    assert stored(campus, ids) == once_each(ids)


_VALIDATE = """
import json, sys
from ralph.models.xapi.base.statements import BaseXapiStatement
for line in sys.stdin:
    print(BaseXapiStatement(**json.loads(line)).id)
"""


_VALIDATE_AS = """
import json, sys
from ralph.models.selector import ModelSelector
select = ModelSelector("ralph.models.xapi").get_first_model
for line in sys.stdin:
    model = select(json.loads(line))
    model(**json.loads(line))
    print(model.__name__)
"""

MODELS = {
    "enrolled": "LMSRegisteredCourse",
    "opened a page": "PageViewed",
    "opened a document": "LMSAccessedFile",
    "followed": "LMSAccessedPage",
    "played": "VideoPlayed",
    "paused": "VideoPaused",
    "sought": "VideoSeeked",
    "left": "VideoTerminated",
    "completed a video": "VideoCompleted",
}
"""The acts for which Ralph knows the template of a profile."""


def validate(python: str, program: str, names: Iterable[str]) -> list[str]:
    rendered = [statement(event(EVERY_ACT[name]), PLATFORM, Clock()) for name in names]
    lines = b"\n".join(one for one in rendered if one is not None).decode()
    command = [python, "-c", program]
    done = subprocess.run(command, input=lines, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    return done.stdout.splitlines()


def test_every_statement_is_valid_by_ralphs_own_model(python: str) -> None:
    assert len(validate(python, _VALIDATE, TOLD)) == len(TOLD)


def test_what_a_profile_has_a_template_for_keeps_to_it(python: str) -> None:
    assert validate(python, _VALIDATE_AS, MODELS) == list(MODELS.values())


def test_the_credentials_are_this_platforms_own_and_private(campus: Campus) -> None:
    lrs = campus.platform.lrs
    assert lrs is not None
    assert len(lrs.password) >= 32
    assert campus.platform.keys == ("RWQdemo",)
    for name in ("platform.json", "reader.json", "secrets.json"):
        assert stat.S_IMODE((campus.data / name).stat().st_mode) == 0o600
    assert lrs.password not in (campus.data / "lrs" / "auth.json").read_text()


def test_a_platform_that_starts_again_is_the_same_one(
    python: str, tmp_path: Path, db: Database, roads: Roads, ids: list[str]
) -> None:
    first = start(python, tmp_path)
    before = first.platform
    assert send(db, roads, before).left == 0
    assert first.stop() == 0
    again = start(python, tmp_path)
    try:
        assert again.platform == before
        assert stored(again, ids) == once_each(ids)
    finally:
        again.process.terminate()
        assert again.stop() == 0


def fetch(campus: Campus, path: str, **headers: str) -> tuple[int, bytes, Mapping[str, str]]:
    named = {name.replace("_", "-"): value for name, value in headers.items()}
    request = urllib.request.Request(campus.platform.repositories[0] + path, headers=named)  # noqa: S310
    try:
        with urllib.request.urlopen(request, timeout=30) as reply:  # noqa: S310 - loopback
            return reply.status, reply.read(), reply.headers
    except urllib.error.HTTPError as error:
        with error:
            return error.code, error.read(), error.headers


def test_courses_come_whole_or_in_ranges(campus: Campus) -> None:
    whole = bytes(range(256)) * 8
    status, body, headers = fetch(campus, "catalogue.json")
    assert (status, body) == (200, whole)
    tag = headers["ETag"]
    status, body, part = fetch(campus, "catalogue.json", Range="bytes=10-19", If_Range=tag)
    assert (status, body, part["Content-Range"]) == (206, whole[10:20], "bytes 10-19/2048")
    assert fetch(campus, "catalogue.json", If_None_Match=tag)[0] == 304
    assert fetch(campus, "catalogue.json", Range="bytes=2048-")[0] == 416


def test_a_range_of_another_file_is_not_sent(campus: Campus) -> None:
    status, body, _ = fetch(campus, "catalogue.json", Range="bytes=10-19", If_Range='"old"')
    assert (status, len(body)) == (200, 2048)


@pytest.mark.parametrize("path", ["%2e%2e/data/secrets.json", "..%2fdata%2fsecrets.json", "", "no"])
def test_nothing_else_is_served(campus: Campus, path: str) -> None:
    assert fetch(campus, path)[0] == 404
