# SPDX-License-Identifier: Apache-2.0
"""Two homes on one network: one has a course, the other takes it from there, with no internet."""

from __future__ import annotations

import signal
from collections.abc import Iterator
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path

import msgspec
import pytest
from command_line import cartable, end, start
from lending import furnish, keep_catalogue, lent
from repository_builder import STRANGER, Built, Draft, build, noise, sha256
from simulator import Simulator

from player import app
from player.app import Services
from player.catalogue.refresh import Refreshed
from player.course.peer import HAVE_LIMIT, decode_have, is_lent, repository_path
from player.download.patience import Patience
from player.errors import (
    BadSignature,
    ConnectionProblem,
    Damaged,
    NotAPeer,
    NotOffered,
    Offline,
    OlderCatalogue,
    UntrustedKey,
)
from player.store import blobs, database, traffic
from player.transport import Roads

# Nobody answers there: a name that never leads anywhere (RFC 6761)
URL = "https://campus.invalid/courses/"
FILM = noise("film", 400_000)


def draft(version: int = 1) -> Draft:
    texts = [noise(f"text {n} {version}", 3000) for n in range(4)]
    course = Draft(version=version).section("one", texts=texts, videos=[{"240p": FILM}])
    return course.section("two", texts=[noise("alone", 3000)])  # its pack has the name of the file


def repository(number: int = 1, **choice: object) -> Built:
    return build(draft(), number=number, **choice)  # type: ignore[arg-type]


@dataclass
class Two:
    """`lender` has a course; `services` are those of the other home."""

    lender: Path
    services: Services
    built: Built

    def known(self) -> dict[str, tuple[int, str, str]]:
        query = "SELECT url, number, trust, problem FROM repositories"
        return {url: tuple(rest) for url, *rest in self.services.db.execute(query)}


@pytest.fixture
def two(tmp_path: Path) -> Iterator[Two]:
    built = repository()
    furnish(tmp_path / "lender", built, URL)
    roads = Roads()
    services = app.build(tmp_path / "home", transport=roads)
    platform = {
        "format": "cartable/1",
        "kind": "platform",
        "name": "P",
        "home": "https://p.invalid",
    }
    services.join(msgspec.json.encode(platform | {"keys": [str(built.key)]}))
    services.introduce("Aminata")
    yield Two(tmp_path / "lender", services, built)
    services.close_thread()
    roads.close()


def test_a_course_comes_from_the_neighbour_alone(two: Two) -> None:
    with lent(two.lender) as url:
        peer = two.services.neighbours.add(url)
        assert peer.url == url
        assert two.services.neighbours.look_at(url) == [
            Refreshed(URL, 1, 1, True, "trusted", two.built.key.id)
        ]
        assert two.known() == {URL: (1, "trusted", "")}
        manifest = two.services.take_up("demo")
        assert manifest == two.built.manifests["demo"]
        with two.services.line.road("content") as road:
            with road.request("GET", url + "have") as reply:
                have = decode_have(reply.read(HAVE_LIMIT))
            assert have == set(manifest.blobs)
            for name, blob in manifest.blobs.items():
                where = f"{url}{repository_path(URL)}blobs/{name[:2]}/{name}"
                with road.request("GET", where, headers={"Range": "bytes=0-99999999"}) as reply:
                    assert sha256(reply.read(blob.size)) == name
        assert two.services.neighbours.known()[0].problem == ""
        assert two.services.neighbours.known()[0].seen_at
    assert traffic.used(two.services.db, *traffic.ends(two.services.now().date())) == 0
    two.services.transport.close()  # type: ignore[attr-defined]


def test_a_neighbour_that_knows_nothing_newer_is_asked_for_no_more(two: Two) -> None:
    with lent(two.lender) as url:
        two.services.neighbours.add(url)
        assert len(two.services.neighbours.look_at(url)) == 1
        assert two.services.neighbours.look_at(url) == []


def test_an_origin_that_answers_again_finds_its_own_row(two: Two) -> None:
    with closing(database.connect(two.services.home)) as db:
        db.execute("INSERT INTO repositories (url, problem) VALUES (?, 'no line')", [URL])
        db.conn.commit()
    with lent(two.lender) as url:
        two.services.neighbours.look_at(two.services.neighbours.add(url).url)
    assert two.known() == {URL: (1, "trusted", "")}
    etag = two.services.db.execute("SELECT etag FROM repositories").fetchone()[0]
    assert etag == ""  # the neighbour's own would be told to the origin


def test_a_course_is_downloaded_with_no_internet(two: Two) -> None:
    with lent(two.lender) as url:
        two.services.neighbours.look_at(two.services.neighbours.add(url).url)
        two.services.ask("demo", ["one", "two"], "240p")
        summary = two.services.download()
    assert summary.sections == 2
    assert blobs.verify(two.services.db, two.services.home) == []
    assert blobs.present(two.services.db) == set(two.built.manifests["demo"].blobs)
    assert traffic.used(two.services.db, *traffic.ends(two.services.now().date())) == 0
    two.services.transport.close()  # type: ignore[attr-defined]


def test_what_a_neighbour_has_damaged_is_not_taken(two: Two) -> None:
    file = blobs.path(two.lender, sha256(FILM))
    file.write_bytes(b"\0" + file.read_bytes()[1:])
    with lent(two.lender) as url:
        two.services.neighbours.look_at(two.services.neighbours.add(url).url)
        two.services.ask("demo", ["one", "two"], "240p")
        with pytest.raises((Damaged, Offline)):
            two.services.download(patience=Patience(tries=1))
    texts = set(two.built.manifests["demo"].blobs) - {sha256(FILM)}
    assert blobs.present(two.services.db) == texts
    two.services.transport.close()  # type: ignore[attr-defined]


@pytest.mark.parametrize(
    ("built", "error"),
    [
        (build(draft(), secret=STRANGER), UntrustedKey),
        (
            Built(repository().files | {"catalogue.json": b"{}"}, {}, repository().key),
            BadSignature,
        ),
    ],
)
def test_who_is_not_believed_leaves_no_trace(
    two: Two, built: Built, error: type[Exception]
) -> None:
    with closing(database.connect(two.lender)) as db:
        keep_catalogue(db, URL, built, 1)
    with lent(two.lender) as url:
        two.services.neighbours.add(url)
        (found,) = two.services.neighbours.look_at(url)
    assert isinstance(found, error)
    assert two.known() == {}


def test_a_greater_number_that_is_a_lie_changes_nothing(two: Two) -> None:
    with lent(two.lender) as url:
        two.services.neighbours.add(url)
        two.services.neighbours.look_at(url)
        with closing(database.connect(two.services.home)) as db:
            db.execute("UPDATE repositories SET number = 5, problem = 'as before'")
            db.conn.commit()
        with closing(database.connect(two.lender)) as db:
            keep_catalogue(db, URL, two.built, 9)
        (found,) = two.services.neighbours.look_at(url)
    assert isinstance(found, OlderCatalogue)
    assert two.known() == {URL: (5, "trusted", "as before")}


def test_a_stick_lent_has_the_neighbours_address(two: Two) -> None:
    with closing(database.connect(two.lender)) as db:
        db.execute("DELETE FROM repositories")
        keep_catalogue(db, "file:///media/stick/", two.built, 1)
        db.execute("UPDATE courses SET repository = 'file:///media/stick/'")
        db.conn.commit()
    with lent(two.lender) as url:
        two.services.neighbours.add(url)
        (found,) = two.services.neighbours.look_at(url)
        assert isinstance(found, Refreshed)
        assert found.url == url + repository_path("file:///media/stick/")
        assert two.services.take_up("demo").id == "demo"
    two.services.transport.close()  # type: ignore[attr-defined]


def test_a_version_that_the_neighbour_lacks_is_asked_of_the_origin(two: Two) -> None:
    with closing(database.connect(two.lender)) as db:
        db.execute("DELETE FROM courses")
        db.conn.commit()
    with lent(two.lender) as url:
        two.services.neighbours.add(url)
        two.services.neighbours.look_at(url)
        with pytest.raises(Offline, match=r"campus\.invalid"):
            two.services.take_up("demo")
    two.services.transport.close()  # type: ignore[attr-defined]


def test_a_neighbour_that_is_gone_is_asked_once(two: Two) -> None:
    with lent(two.lender) as url:
        two.services.neighbours.add(url)
        two.services.neighbours.look_at(url)
    two.services.transport.close()  # type: ignore[attr-defined]
    with pytest.raises(Offline, match=r"campus\.invalid"):
        two.services.take_up("demo")
    (known,) = two.services.neighbours.known()
    assert "127.0.0.1" in known.problem
    assert two.services.neighbours.roads_to(URL) == []
    with pytest.raises(ConnectionProblem):
        two.services.neighbours.look_at(url)


def test_what_answers_and_is_no_peer(two: Two) -> None:
    with closing(database.connect(two.lender)) as db:
        db.execute("DELETE FROM repositories")
        db.conn.commit()
    with lent(two.lender) as url:
        two.services.neighbours.add(url)
        assert two.services.neighbours.look_at(url) == []
    with pytest.raises(NotAPeer):
        two.services.neighbours.add("campus.example")
    with pytest.raises(NotOffered):
        two.services.take_up("demo")


# The commands


def test_two_programs_on_one_network(two: Two) -> None:
    two.services.close_thread()
    lending = start(two.lender, "share", "--port", 0, "--host", "127.0.0.1", "--json")
    assert lending.stderr is not None
    address = lending.stderr.readline().rpartition(" ")[2].strip()
    said = cartable(two.services.home, "peer", "--add", address, "--json")
    assert said.code == 0
    assert said.facts["peers"][0]["url"] == f"http://{address}/cartable/1/"
    assert said.facts["repositories"][0]["url"] == URL
    assert cartable(two.services.home, "courses", "demo").code == 0
    assert cartable(two.services.home, "peer", "--remove", address).code == 0
    assert cartable(two.services.home, "peer", "--remove", address).code == 2
    assert cartable(two.services.home, "peer", "--add", "campus.example").code == 1
    lending.send_signal(signal.SIGINT)
    ended = end(lending)
    assert ended.code == 0
    assert ended.facts["sent"] > 0


def test_ctrl_c_ends_the_lending(two: Two) -> None:
    lending = start(two.lender, "share", "--port", 0, "--host", "127.0.0.1")
    assert lending.stderr is not None
    lending.stderr.readline()
    lending.send_signal(signal.SIGINT)
    ended = end(lending)
    assert (ended.code, ended.out) == (0, "0.0 MB were lent.\n")


def test_lending_for_a_time(two: Two) -> None:
    said = cartable(
        two.lender, "share", "--port", 0, "--host", "127.0.0.1", "--for", "0.1", "--json"
    )
    assert (said.code, said.facts) == (0, {"sent": 0})


def test_what_a_neighbour_has_is_not_paid_for(two: Two, tmp_path: Path) -> None:
    """The repository answers too, and has packs; the neighbour has their members."""
    served: list[str] = []
    origin = Simulator(url=URL)
    origin.publish(two.built.files)
    roads = two.services.transport

    class Both:
        def request(self, method: str, url: str, **rest: object) -> object:
            if is_lent(url):
                return roads.request(method, url, **rest)  # type: ignore[arg-type]
            served.append(url)
            return origin.request(method, url, **rest)  # type: ignore[arg-type]

    two.services.line.transport = Both()  # type: ignore[assignment]
    with lent(two.lender) as url:
        two.services.neighbours.look_at(two.services.neighbours.add(url).url)
        two.services.ask("demo", ["one", "two"], "240p")
        assert two.services.download().sections == 2
    assert served == []
    roads.close()  # type: ignore[attr-defined]
