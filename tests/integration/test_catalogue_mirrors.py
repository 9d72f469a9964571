# SPDX-License-Identifier: Apache-2.0
"""Several addresses of one repository, and documents that come packed."""

from __future__ import annotations

import gzip
from collections.abc import Mapping
from contextlib import AbstractContextManager

import pytest
from clock import Clock
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from publishers import K1, THIEF, catalogue
from simulator import URL, Simulator

from player.catalogue.mirrors import mirrors_of
from player.catalogue.refresh import CATALOGUE_LIMIT, Refreshed, fetch_course, refresh
from player.course.signing import public_key
from player.errors import (
    Damaged,
    NotTheServer,
    Offline,
    OlderCatalogue,
    PlayerError,
    UntrustedKey,
)
from player.store.database import Database
from player.transport import Reply

MIRROR = "http://mirror.example/copy/"
KEY = public_key(K1)


class Net:
    """Several servers, each under its own URL."""

    def __init__(self, *servers: Simulator) -> None:
        self.servers = servers

    def request(
        self,
        method: str,
        url: str,
        *,
        headers: Mapping[str, str] | None = None,
        body: bytes | None = None,
    ) -> AbstractContextManager[Reply]:
        for server in self.servers:
            if url.startswith(server.url):
                return server.request(method, url, headers=headers, body=body)
        raise Offline(place=url)


def files(number: int, version: int = 1, **fields: object) -> dict[str, bytes]:
    return catalogue(number, K1, version=version, **({"mirrors": [MIRROR]} | fields))  # type: ignore[arg-type]


@pytest.fixture
def main() -> Simulator:
    made = Simulator()
    made.publish(files(5))
    return made


@pytest.fixture
def mirror() -> Simulator:
    made = Simulator(MIRROR)
    made.publish(files(5))
    return made


@pytest.fixture
def net(main: Simulator, mirror: Simulator) -> Net:
    return Net(main, mirror)


def look(db: Database, net: Net | Simulator) -> Refreshed:
    return refresh(db, net, URL, [KEY], allow_unsigned=False, now=Clock())


def test_mirrors_are_known_after_the_first_look(db: Database, net: Net, main: Simulator) -> None:
    assert mirrors_of(db, URL) == []
    several = [MIRROR, URL, "HTTP://Mirror.example/copy", "file:///etc/", "ftp://x/", "http://"]
    main.publish(files(5, mirrors=several))
    look(db, net)
    assert mirrors_of(db, URL) == [MIRROR]
    main.publish(files(6, mirrors=[f"https://m{n}.example/" for n in range(50)]))
    look(db, net)
    assert len(mirrors_of(db, URL)) == 8


def test_a_mirror_is_not_asked_while_the_repository_answers(
    db: Database, net: Net, mirror: Simulator
) -> None:
    look(db, net)
    look(db, net)
    fetch_course(db, net, "demo")
    assert mirror.asked == []


def down(main: Simulator) -> None:
    main.unreachable()


def portal(main: Simulator) -> None:
    main.captive_portal()


def gone(main: Simulator) -> None:
    main.files.clear()


def lies(main: Simulator) -> None:
    main.lie("catalogue.json")


def lags(main: Simulator) -> None:
    main.publish(files(4))


def stranger(main: Simulator) -> None:
    main.publish(catalogue(9, THIEF))


def unsigned(main: Simulator) -> None:
    main.forget("catalogue.json.minisig")
    main.publish({"catalogue.json": files(9)["catalogue.json"]})


@pytest.mark.parametrize("harm", [down, portal, gone, lies, lags, stranger, unsigned])
def test_a_mirror_has_the_news_where_the_repository_fails(
    db: Database, net: Net, main: Simulator, mirror: Simulator, harm: object
) -> None:
    look(db, net)
    mirror.publish(files(6, version=2))
    harm(main)  # type: ignore[operator]
    if harm is lies:
        main.files["catalogue.json"] += b" "
    found = look(db, net)
    assert (found.url, found.number, found.trust) == (URL, 6, "trusted")
    assert db.execute("SELECT url, problem FROM repositories").fetchall() == [(URL, "")]
    main.unreachable()
    assert fetch_course(db, net, "demo").version == 2


LAGS, LIES = (4, K1, OlderCatalogue), (9, THIEF, UntrustedKey)


@pytest.mark.parametrize("harm", [LAGS, LIES], ids=["lags", "lies"])
def test_a_mirror_that_lags_or_lies_is_left_and_the_first_problem_is_said(
    db: Database, net: Net, harm: tuple[int, Ed25519PrivateKey, type[PlayerError]]
) -> None:
    number, secret, error = harm
    main, mirror = net.servers
    look(db, net)
    main.unreachable()
    mirror.publish(catalogue(number, secret))
    with pytest.raises(Offline):
        look(db, net)
    assert db.execute("SELECT number FROM repositories").fetchone() == (5,)
    main.unreachable(False)
    main.publish(catalogue(number, secret))
    with pytest.raises(error):
        look(db, net)


def test_a_manifest_comes_from_a_mirror_where_the_repository_has_a_wrong_one(
    db: Database, net: Net, main: Simulator, mirror: Simulator
) -> None:
    look(db, net)
    main.lie("courses/")
    assert fetch_course(db, net, "demo").version == 1
    assert "courses/demo/1.json" in mirror.asked


def test_a_manifest_that_nobody_has_right_is_said_to_be_damaged(
    db: Database, net: Net, main: Simulator, mirror: Simulator
) -> None:
    look(db, net)
    main.lie("courses/")
    mirror.unreachable()
    with pytest.raises(Damaged):
        fetch_course(db, net, "demo")


def test_the_repository_is_asked_again_once_it_is_back(
    db: Database, net: Net, main: Simulator, mirror: Simulator
) -> None:
    look(db, net)
    main.unreachable()
    look(db, net)
    main.unreachable(False)
    main.publish(files(7))
    mirror.asked.clear()
    assert look(db, net).number == 7
    assert mirror.asked == []


# Packed


def pack(server: Simulator) -> None:
    """Put the packed twin beside each document."""
    plain = [path for path in server.files if path.endswith(".json")]
    server.publish({f"{path}.gz": gzip.compress(server.files[path], 9) for path in plain})


def test_the_packed_twin_is_fetched_and_asked_by_its_own_etag(
    db: Database, main: Simulator
) -> None:
    pack(main)
    look(db, main)
    fetch_course(db, main, "demo")
    first = {"catalogue.json.gz", "catalogue.json.minisig"}
    assert set(main.asked[:2]) == first  # side by side
    assert main.asked[2:] == ["courses/demo/1.json.gz"]
    main.asked.clear()
    assert not look(db, main).changed
    assert main.asked == ["catalogue.json.gz"]


def test_a_twin_that_is_not_there_is_asked_for_once(db: Database, main: Simulator) -> None:
    look(db, main)
    main.publish(files(6, version=2))
    main.asked.clear()
    look(db, main)
    fetch_course(db, main, "demo")
    assert main.asked == ["catalogue.json", "catalogue.json.minisig", "courses/demo/2.json"]


def test_a_twin_that_comes_unpacked_is_taken_as_it_is(db: Database, main: Simulator) -> None:
    """As with a server that says `Content-Encoding: gzip` of it, which the transport undoes."""
    pack(main)
    for path in [path for path in main.files if path.endswith(".gz")]:
        main.files[path] = main.files[path.removesuffix(".gz")]
    look(db, main)
    assert fetch_course(db, main, "demo").version == 1
    assert not [path for path in main.asked if path.endswith(".json")]


def test_a_twin_that_a_proxy_packed_again_is_read(db: Database, main: Simulator) -> None:
    pack(main)
    main.gzip()
    look(db, main)
    assert fetch_course(db, main, "demo").version == 1


def test_a_bomb_does_not_go_off(db: Database, main: Simulator) -> None:
    pack(main)
    main.files["catalogue.json.gz"] = gzip.compress(bytes(CATALOGUE_LIMIT + 1))
    with pytest.raises(NotTheServer):
        look(db, main)
    del main.files["catalogue.json.gz"]
    look(db, main)


@pytest.mark.parametrize("harm", ["cut", "more", "rubbish"])
def test_a_twin_that_cannot_be_unpacked_is_passed_over(
    db: Database, main: Simulator, harm: str
) -> None:
    pack(main)
    whole = main.files["catalogue.json.gz"]
    main.files["catalogue.json.gz"] = {
        "cut": whole[:-20],
        "more": whole + b"x",
        "rubbish": b"\x1f\x8b" + bytes(50),
    }[harm]
    assert look(db, main).number == 5
    assert "catalogue.json" in main.asked


def test_a_twin_of_another_day_is_passed_over(db: Database, main: Simulator) -> None:
    pack(main)
    for path, data in files(4, version=2).items():
        if path.endswith(".json"):
            main.files[path.replace("/2.json", "/1.json") + ".gz"] = gzip.compress(data)
    assert look(db, main).number == 5
    assert fetch_course(db, main, "demo").version == 1
