# SPDX-License-Identifier: Apache-2.0
"""Signing in at a real server on loopback, and what sending does with it."""

from __future__ import annotations

import stat
import urllib.request
from collections.abc import Callable, Iterator, Mapping
from contextlib import closing, contextmanager
from pathlib import Path
from threading import Thread

import keyring
import keyring.backend
import msgspec
import pytest
from clock import Clock
from every_act import PASSED
from keyring.errors import KeyringLocked, PasswordDeleteError
from lrs_simulator import PLATFORM, LrsSimulator
from openid_server import CLIENT, OpenIdServer, signing_in

from player.app.courier import Courier, Delivered, public_parts
from player.app.handing import Handing
from player.app.signing_in import Asks, SigningIn
from player.course.platform import Lrs, Platform, SignIn, decode_platform
from player.errors import (
    Malformed,
    NotAdmitted,
    NotTheServer,
    Offline,
    ServerBusy,
    ServerRefused,
    SignInFailed,
    SignInNeeded,
)
from player.journal import outbox
from player.journal.journal import Where, record, record_all
from player.journal.outbox import Counts
from player.store import secrets
from player.store.database import Database
from player.sync.backoff import Pace
from player.sync.loopback import returning
from player.sync.openid import Code
from player.sync.push import Pushed, push
from player.transport import Reply, Roads


@pytest.fixture
def server() -> Iterator[OpenIdServer]:
    with signing_in() as found:
        yield found


@pytest.fixture
def platform(server: OpenIdServer) -> Platform:
    lrs = Lrs("https://campus.example/xAPI", auth=SignIn(server.issuer, CLIENT))
    return msgspec.structs.replace(PLATFORM, lrs=lrs)


class Store(LrsSimulator):
    """Takes the access tokens that hold."""

    def __init__(self, server: OpenIdServer) -> None:
        super().__init__()
        self._server = server

    @contextmanager
    def request(self, method: str, url: str, **more: object) -> Iterator[Reply]:
        self.keys = {f"Bearer {one}" for one in self._server.valid}
        with super().request(method, url, **more) as reply:  # type: ignore[arg-type]
            yield reply


class Both:
    """The store in memory, everything else over the network."""

    def __init__(self, store: Store, roads: Roads) -> None:
        self._store, self._roads = store, roads

    @contextmanager
    def request(
        self,
        method: str,
        url: str,
        *,
        headers: Mapping[str, str] | None = None,
        body: bytes | None = None,
    ) -> Iterator[Reply]:
        road = self._store if url.startswith("https://campus.example/") else self._roads
        with road.request(method, url, headers=headers, body=body) as reply:  # type: ignore[attr-defined]
            yield reply


@pytest.fixture
def roads() -> Iterator[Roads]:
    with closing(Roads()) as found:
        yield found


@pytest.fixture
def store(server: OpenIdServer, clock: Clock) -> Store:
    found = Store(server)
    found.now = clock
    return found


@pytest.fixture
def desk(home: Path, platform: Platform, store: Store, roads: Roads) -> SigningIn:
    @contextmanager
    def road() -> Iterator[Both]:
        yield Both(store, roads)

    return SigningIn(home, lambda: platform, road)


@pytest.fixture
def send(db: Database, desk: SigningIn, platform: Platform, clock: Clock) -> Callable[[], Pushed]:
    def once() -> Pushed:
        pace = Pace(sleep=lambda _: None)
        with desk.road() as transport:
            allow = desk.authorize(transport)
            return push(
                db,
                transport,
                platform,
                now=clock,
                announce=lambda _: None,
                pace=pace,
                authorize=allow,
            )

    return once


@pytest.fixture
def acts(db: Database, learner: str, clock: Clock) -> list[str]:
    return [record(db, Where(learner, "course", 1, "quiz"), PASSED, clock).id for _ in range(3)]


class Person:
    """Who is asked. `slept` is how long was waited between two questions."""

    def __init__(self) -> None:
        self.codes: list[Code] = []
        self.slept: list[float] = []
        self.browsers: list[Thread] = []
        self.asks = Asks(self.browse, self.codes.append, sleep=self.slept.append)

    def browse(self, url: str) -> None:
        """A browser: it follows redirections, and comes back to the port."""
        self.browsers.append(Thread(target=self._open, args=[url]))
        self.browsers[-1].start()

    def _open(self, url: str) -> None:
        with urllib.request.urlopen(url, timeout=30) as page:  # noqa: S310 - loopback
            assert "Cartable" in page.read().decode()

    def close(self) -> None:
        for one in self.browsers:
            one.join()


@pytest.fixture
def person() -> Iterator[Person]:
    found = Person()
    yield found
    found.close()


def test_a_code_typed_on_a_telephone_signs_in(
    server: OpenIdServer, desk: SigningIn, person: Person
) -> None:
    server.device = ["authorization_pending", "slow_down", "authorization_pending"]
    assert desk.is_needed
    desk.start(person.asks, browser=False)
    assert not desk.is_needed
    assert person.codes[0].user_code == "WDJB-MJHT"
    assert person.slept == [5, 5, 10, 10]
    assert dict(server.asked)["device"]["scope"] == "openid offline_access"


def test_the_browser_of_this_pc_signs_in(
    server: OpenIdServer, desk: SigningIn, person: Person
) -> None:
    desk.start(person.asks, browser=True)
    assert not desk.is_needed
    ((path, form),) = server.asked
    assert (path, form["grant_type"]) == ("token", "authorization_code")
    assert len(form["code_verifier"]) >= 43  # RFC 7636 §4.1


@pytest.mark.parametrize(
    ("hidden", "browser", "way"),
    [
        ("device_authorization_endpoint", False, "authorization_code"),
        ("authorization_endpoint", True, "urn:ietf:params:oauth:grant-type:device_code"),
    ],
)
def test_the_way_that_the_server_knows_is_taken(
    server: OpenIdServer, desk: SigningIn, person: Person, hidden: str, browser: bool, way: str
) -> None:
    server.hidden = {hidden}
    desk.start(person.asks, browser=browser)
    assert server.asked[-1][1]["grant_type"] == way


def test_a_server_of_plain_oauth_is_found_too(
    server: OpenIdServer, desk: SigningIn, person: Person
) -> None:
    server.hidden = {"openid"}
    desk.start(person.asks, browser=False)
    assert not desk.is_needed


def test_a_server_that_speaks_for_another_is_not_believed(
    server: OpenIdServer, desk: SigningIn, person: Person
) -> None:
    server.issuer = "https://elsewhere.example/realm"
    with pytest.raises(SignInFailed, match="another issuer"):
        desk.start(person.asks, browser=False)


@pytest.mark.parametrize(
    ("error", "said"), [("access_denied", "refused there"), ("expired_token", "within the time")]
)
def test_whoever_declines_is_not_signed_in(
    server: OpenIdServer, desk: SigningIn, person: Person, error: str, said: str
) -> None:
    server.device = ["authorization_pending", error]
    with pytest.raises(SignInFailed, match=said):
        desk.start(person.asks, browser=False)
    assert desk.is_needed


def test_nobody_waits_for_a_code_for_ever(
    server: OpenIdServer, desk: SigningIn, person: Person
) -> None:
    server.device = ["authorization_pending"] * 99
    with pytest.raises(SignInFailed, match="within the time"):
        desk.start(person.asks, browser=False)
    assert sum(person.slept) <= 65


@pytest.mark.parametrize("browser", [False, True])
def test_whoever_gives_up_is_not_waited_for(desk: SigningIn, person: Person, browser: bool) -> None:
    asks = Asks(lambda _: None, person.codes.append, lambda: True)
    with pytest.raises(SignInFailed):
        desk.start(asks, browser=browser)
    assert desk.is_needed


def test_only_what_has_our_state_counts() -> None:
    with returning() as back:
        tries = (f"{back.url}?state=theirs&code=x", back.url.replace("signed-in", "favicon.ico"))
        answers: list[int] = []

        def browse() -> None:
            for url in (*tries, f"{back.url}?state=ours&code=y"):
                try:
                    with urllib.request.urlopen(url, timeout=30) as page:  # noqa: S310
                        answers.append(page.status)
                except urllib.error.HTTPError as error:
                    with error:
                        answers.append(error.code)

        browser = Thread(target=browse)
        browser.start()
        assert back.answer("ours", lambda: False) == {"state": "ours", "code": "y"}
        browser.join()
    assert answers == [404, 404, 200]


# What sending does with it


Send = Callable[[], Pushed]


@pytest.fixture
def signed_in(desk: SigningIn, person: Person) -> SigningIn:
    desk.start(person.asks, browser=False)
    return desk


def test_before_anybody_signed_in_work_waits(
    desk: SigningIn, send: Send, acts: list[str], db: Database
) -> None:
    done = send()
    assert isinstance(done.problem, SignInNeeded)
    assert outbox.counts(db) == Counts(saved=3)
    assert len(outbox.owed(db, 9)) == 3


def test_whoever_signed_in_sends(
    signed_in: SigningIn, send: Send, acts: list[str], store: Store, server: OpenIdServer
) -> None:
    asked = len(server.asked)
    assert send().received == 3
    assert list(store.stored) == acts
    assert len(server.asked) == asked  # the token is new


@pytest.fixture
def office(
    home: Path, db: Database, platform: Platform, signed_in: SigningIn, clock: Clock, tmp_path: Path
) -> Callable[[], Delivered]:
    """Delivers what this PC packed, as if its receipt had been lost each time."""
    road, allow = signed_in.road, signed_in.authorize
    courier = Courier(
        *(home, lambda: db, lambda: campus, road, lambda: None, lambda _: None, clock, allow),
        handing=lambda: Handing(home, lambda: db, lambda: campus, lambda _: None, clock),
    )
    secrets = courier.secrets(make=True)
    parts = {name: tuple(keys) for name, keys in public_parts(secrets).items()}
    campus = msgspec.structs.replace(platform, **parts)

    def deliver() -> Delivered:
        (path,) = courier.carry(courier.pack(), tmp_path)
        done = courier.deliver(path, secrets)
        (tmp_path / done.receipt).unlink()
        return done

    return deliver


def test_an_office_delivers_by_its_sign_in(
    acts: list[str], office: Callable[[], Delivered], store: Store
) -> None:
    done = office()
    assert (done.received, done.problem) == (3, None)
    assert list(store.stored) == acts


def test_an_office_remembers_that_a_store_knows_no_gzip(
    acts: list[str], office: Callable[[], Delivered], store: Store
) -> None:
    store.gzip = "400"
    assert office().received == office().received == len(acts)
    assert store.unread == 1


def test_an_old_token_is_renewed_before_the_push(
    signed_in: SigningIn,
    send: Send,
    acts: list[str],
    clock: Clock,
    server: OpenIdServer,
    store: Store,
) -> None:
    clock.forward(days=20)
    server.valid.clear()
    assert send().received == 3
    assert server.asked[-1][1]["grant_type"] == "refresh_token"
    assert len(store.wire) == 1  # nothing was sent with the old one


def test_a_clock_that_is_set_makes_no_token_newer(
    signed_in: SigningIn,
    send: Send,
    acts: list[str],
    clock: Clock,
    server: OpenIdServer,
    store: Store,
) -> None:
    clock.restart(days=3)
    clock.now = clock.now.replace(year=2010)
    server.valid.clear()
    assert send().received == 3
    assert len(store.wire) == 1


def test_a_token_that_was_taken_back_early_is_renewed_once(
    signed_in: SigningIn, send: Send, acts: list[str], server: OpenIdServer, store: Store
) -> None:
    server.valid.clear()
    assert send().received == 3
    assert len(store.wire) <= 3  # in gzip, with the old one and with the new one


def test_a_token_that_ends_while_a_long_queue_leaves_is_renewed(  # noqa: PLR0917 - fixtures
    signed_in: SigningIn,
    db: Database,
    learner: str,
    platform: Platform,
    server: OpenIdServer,
    store: Store,
    clock: Clock,
) -> None:
    where = Where(learner, "course", 1, "quiz")
    record_all(db, where, [PASSED] * 60, clock)

    def tell(_: object) -> None:
        if len(store.stored) > 20:  # once: those of the new token hold
            server.valid.discard(first)

    (first,) = server.valid
    with signed_in.road() as transport:
        done = push(
            db,
            transport,
            platform,
            now=clock,
            announce=tell,
            pace=Pace(batch=5, abreast=3, sleep=lambda _: None),
            authorize=signed_in.authorize(transport),
        )
    assert (done.received, done.left, done.problem) == (60, 0, None)
    assert first not in server.valid


def test_a_sign_in_that_was_revoked_deletes_nothing_and_asks_again(
    signed_in: SigningIn,
    send: Send,
    acts: list[str],
    server: OpenIdServer,
    person: Person,
    db: Database,
) -> None:
    server.revoke()
    done = send()
    assert isinstance(done.problem, SignInNeeded)
    assert done.left == 3
    assert signed_in.is_needed
    assert isinstance(send().problem, SignInNeeded)
    signed_in.start(person.asks, browser=False)
    assert send().received == 3
    assert outbox.counts(db) == Counts(received=3)


def test_a_new_token_that_the_store_does_not_accept_is_said_as_it_is(
    signed_in: SigningIn, send: Send, acts: list[str], store: Store, server: OpenIdServer
) -> None:
    store._server = OpenIdServer.__new__(OpenIdServer)
    store._server.valid = set()
    done = send()
    assert isinstance(done.problem, NotAdmitted)
    assert not signed_in.is_needed
    assert done.left == 3


@pytest.mark.parametrize(
    ("status", "problem"), [(503, ServerBusy), (500, ServerRefused), (302, NotTheServer)]
)
def test_a_server_that_is_ill_signs_nobody_out(  # noqa: PLR0917 - fixtures and one case
    signed_in: SigningIn,
    send: Send,
    acts: list[str],
    server: OpenIdServer,
    clock: Clock,
    status: int,
    problem: type[Exception],
) -> None:
    clock.forward(days=20)
    server.status = status
    assert isinstance(send().problem, problem)
    server.status = None
    assert send().received == 3


def test_a_server_that_is_gone_signs_nobody_out(
    signed_in: SigningIn,
    send: Send,
    acts: list[str],
    server: OpenIdServer,
    clock: Clock,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    clock.forward(days=20)

    def nobody(*_: object, **__: object) -> None:
        raise Offline(place="campus")

    with monkeypatch.context() as broken:
        broken.setattr(Roads, "request", nobody)
        assert isinstance(send().problem, Offline)
    assert send().received == 3


def test_a_server_that_keeps_its_refresh_token_may(
    signed_in: SigningIn, send: Send, acts: list[str], server: OpenIdServer, clock: Clock
) -> None:
    server.rotates = False
    for _ in range(2):
        clock.forward(days=1)
        assert send().problem is None
    assert send().left == 0


def test_another_platform_does_not_get_the_tokens_of_this_one(
    signed_in: SigningIn, platform: Platform, home: Path
) -> None:
    lrs = Lrs("https://campus.example/xAPI", auth=SignIn("https://other.example", CLIENT))
    other = msgspec.structs.replace(platform, lrs=lrs)
    assert SigningIn(home, lambda: other, signed_in.road).is_needed


def test_signing_out_forgets_the_tokens_alone(
    signed_in: SigningIn, acts: list[str], db: Database
) -> None:
    signed_in.end()
    assert signed_in.is_needed
    assert outbox.counts(db) == Counts(saved=3)


# Where it is kept


class Ring(keyring.backend.KeyringBackend):
    """A keyring in memory."""

    priority = 9  # type: ignore[assignment]

    def __init__(self) -> None:
        super().__init__()
        self.kept: dict[tuple[str, str], str] = {}
        self.locked = False

    def get_password(self, service: str, username: str) -> str | None:
        self._look()
        return self.kept.get((service, username))

    def set_password(self, service: str, username: str, password: str) -> None:
        self._look()
        self.kept[service, username] = password

    def delete_password(self, service: str, username: str) -> None:
        self._look()
        if self.kept.pop((service, username), None) is None:
            raise PasswordDeleteError

    def _look(self) -> None:
        if self.locked:
            raise KeyringLocked


@pytest.fixture
def ring() -> Iterator[Ring]:
    before = keyring.get_keyring()
    found = Ring()
    keyring.set_keyring(found)
    yield found
    keyring.set_keyring(before)


def test_tokens_are_in_the_keyring_where_there_is_one(
    ring: Ring, signed_in: SigningIn, home: Path, send: Send, acts: list[str]
) -> None:
    assert len(ring.kept) == 1
    assert not list(home.glob("*.secret"))
    assert signed_in.in_keyring
    assert send().received == 3
    signed_in.end()
    assert not ring.kept


def test_without_a_keyring_they_are_in_a_file_for_the_owner_alone(
    signed_in: SigningIn, home: Path
) -> None:
    (file,) = home.glob("*.secret")
    assert stat.S_IMODE(file.stat().st_mode) == 0o600
    assert not signed_in.in_keyring
    signed_in.end()
    assert not list(home.glob("*.secret"))


def test_a_keyring_that_is_locked_is_no_reason_to_lose_them(
    ring: Ring, desk: SigningIn, person: Person, home: Path
) -> None:
    ring.locked = True
    desk.start(person.asks, browser=False)
    assert not desk.is_needed
    assert secrets.find(home, "sign-in")


def test_a_home_beside_it_has_its_own(ring: Ring, home: Path, tmp_path: Path) -> None:
    secrets.keep(home, "sign-in", "ours")
    assert secrets.find(tmp_path / "other", "sign-in") is None


# What the platform file says


def test_a_platform_file_may_say_where_one_signs_in(server: OpenIdServer) -> None:
    data = msgspec.json.encode(PLATFORM)
    raw = msgspec.json.decode(data)
    raw["lrs"] = {
        "endpoint": "https://campus.example/xAPI",
        "auth": {"issuer": server.issuer, "client": "cartable", "more": 1},
    }
    found = decode_platform(msgspec.json.encode(raw))
    assert found.lrs is not None
    assert found.lrs.auth == SignIn(server.issuer, "cartable")
    raw["lrs"]["auth"]["issuer"] = "campus.example"
    with pytest.raises(Malformed, match=r"lrs\.auth\.issuer"):
        decode_platform(msgspec.json.encode(raw))
