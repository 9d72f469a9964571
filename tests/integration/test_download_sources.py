# SPDX-License-Identifier: Apache-2.0
"""One plan over all that can bring a piece: servers, lying mirrors, sticks, older versions."""

from __future__ import annotations

import zlib
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from contextlib import closing
from dataclasses import dataclass, field
from pathlib import Path

import msgspec
import pytest
from clock import Clock
from repository_builder import Draft, build, noise, sha256
from simulator import Simulator

from player.catalogue.refresh import fetch_course, refresh
from player.course.manifest import Manifest
from player.course.pieces import TYPE, encode_pieces
from player.download import wishes, worker
from player.download.budget import Allowance
from player.download.patience import Patience
from player.download.sources import Source
from player.download.worker import Summary
from player.errors import BudgetSpent, Damaged, ServerRefused
from player.store import blobs, courses, database
from player.store.database import Database
from player.transport import Roads

PIECE, PIECES = 5000, 12
MIRROR = "https://mirror.example/"


def film(changed: Sequence[int] = ()) -> list[bytes]:
    """A film in pieces; those named are other ones."""
    return [noise(f"{n} {n in changed}", PIECE) for n in range(PIECES)]


def draft(pieces: list[bytes], version: int = 1) -> Draft:
    """A course of two sections: a page and the film, then a page and a short film in one piece."""
    whole, listed = b"".join(pieces), encode_pieces((len(p), sha256(p)) for p in pieces)

    def cut(manifest: Manifest) -> Manifest:
        film = msgspec.structs.replace(manifest.blobs[sha256(whole)], pieces=sha256(listed))
        lists = msgspec.structs.replace(manifest.blobs[sha256(listed)], type=TYPE)
        return msgspec.structs.replace(
            manifest, blobs=manifest.blobs | {sha256(whole): film, sha256(listed): lists}
        )

    made = Draft(version=version, change=cut)
    made.section("one", texts=[noise("page", 900)], videos=[{"240p": whole}])
    made.section("two", texts=[noise("other", 900)], videos=[{"240p": noise("short", 4000)}])
    made.small[0].append(listed)
    return made


FILM = film()
PATH = f"blobs/{sha256(b''.join(FILM))[:2]}/{sha256(b''.join(FILM))}"


@dataclass
class Line:
    """Several servers as one transport."""

    servers: list[Simulator]
    folder: Roads = field(default_factory=Roads)

    def request(self, method: str, url: str, **given: object) -> object:
        if url.startswith("file:"):
            return self.folder.request(method, url, headers=given.get("headers"))  # type: ignore[arg-type]
        server = next(one for one in self.servers if url.startswith(one.url))
        return server.request(method, url, **given)  # type: ignore[arg-type]


@dataclass
class Case:
    """A home with the course asked for, and whoever has it."""

    home: Path
    db: Database
    main: Simulator
    mirror: Simulator
    extra: list[str] = field(default_factory=list)

    def run(self, **more: object) -> Summary:
        line = Line([self.main, self.mirror])
        urls = [self.main.url, *self.extra]

        def sources(_course: str) -> list[Source]:
            return [Source(url, line, near=url.startswith("file:")) for url in urls]  # type: ignore[arg-type]

        patience = Patience(tries=3, sleep=lambda _seconds: None)
        given = {"patience": patience, "lanes": 1, "sources": sources} | more
        return worker.run(self.db, self.home, line, **given)  # type: ignore[arg-type]

    def states(self) -> list[str]:
        manifest = courses.course(self.db, "demo")
        assert manifest is not None
        return [one.state for one in worker.sections_state(self.db, manifest)]

    def paid(self) -> int:
        servers = Counter(self.main.served) + Counter(self.mirror.served)
        return sum(size for path, size in servers.items() if path.startswith(("blobs/", "packs/")))


@pytest.fixture
def case(tmp_path: Path) -> Iterator[Case]:
    home = tmp_path / "home"
    main, mirror = Simulator(), Simulator(url=MIRROR)
    built = build(draft(FILM))
    for server in (main, mirror):
        server.publish(built.files)
    database.prepare(home)
    with closing(database.connect(home)) as db:
        refresh(db, main, main.url, [built.key], allow_unsigned=False, now=Clock())
        manifest = fetch_course(db, main, "demo")
        worker.ask(db, manifest, ["one", "two"], "240p", Clock())
        main.served.clear()
        main.asked.clear()
        yield Case(home, db, main, mirror)


def loose_files(server: Simulator, manifest: Manifest) -> Iterator[tuple[str, bytes]]:
    """Every blob of a course by its hash, members of packs too."""
    for name, blob in manifest.blobs.items():
        place = f"packs/{blob.pack[:2]}/{blob.pack}" if blob.pack else f"blobs/{name[:2]}/{name}"
        data = server.files[place]
        data = data[blob.offset : blob.offset + blob.length] if blob.pack else data
        yield name, zlib.decompress(data) if blob.encoding else data


def spoil(server: Simulator, piece: int) -> None:
    """Have one byte of a piece wrong there for ever."""
    data = bytearray(server.files[PATH])
    data[piece * PIECE + 7] ^= 1
    server.files[PATH] = bytes(data)


def test_a_wrong_byte_costs_two_pieces_and_everything_else_arrives(case: Case) -> None:
    spoil(case.main, 4)
    needed = sum(len(case.main.files[path]) for path in case.main.files if "blobs" in path)
    with pytest.raises(Damaged):
        case.run()
    assert case.states() == ["partial", "here"]
    packs = sum(len(case.main.files[path]) for path in case.main.files if "packs" in path)
    assert case.paid() <= needed + packs + PIECE
    before = case.paid()
    worker_again = [one for one in worker.pending(case.db) if one.rests]
    assert [one.wish.section for one in worker_again] == ["one"]
    case.run()
    assert case.paid() == before  # not asked for a third time, after a restart too


def test_what_is_wrong_on_one_is_taken_from_another(case: Case) -> None:
    spoil(case.main, 4)
    case.extra = [MIRROR]
    case.run()
    assert case.states() == ["here", "here"]
    clean = sum(len(data) for path, data in case.main.files.items() if path[:5] in "blobspacks")
    assert case.mirror.served.total() > 0
    assert case.paid() <= clean + PIECE


def test_what_somebody_asks_for_again_is_asked_for_again(case: Case) -> None:
    spoil(case.main, 4)
    with pytest.raises(Damaged):
        case.run()
    case.main.files[PATH] = b"".join(FILM)  # mended over there
    wishes.try_again(case.db)
    before = case.paid()
    case.run()
    assert case.states() == ["here", "here"]
    assert case.paid() - before == PIECE


def test_what_is_on_the_stick_is_not_fetched(case: Case, tmp_path: Path) -> None:
    stick = tmp_path / "stick"
    for path, data in case.main.files.items():
        if path.startswith("blobs/"):
            (stick / path).parent.mkdir(parents=True, exist_ok=True)
            (stick / path).write_bytes(data)
    case.extra = [stick.as_uri() + "/"]
    case.run()
    assert case.states() == ["here", "here"]
    assert {path.split("/")[0] for path in case.main.served} == {"packs"}


def test_a_stick_with_half_of_a_film_gives_that_half(case: Case, tmp_path: Path) -> None:
    stick = tmp_path / "stick"
    (stick / PATH).parent.mkdir(parents=True)
    whole = b"".join(FILM)
    (stick / PATH).write_bytes(whole[: len(whole) // 2] + bytes(len(whole) - len(whole) // 2))
    case.extra = [stick.as_uri() + "/"]
    case.run()
    assert case.states() == ["here", "here"]
    assert case.main.served[PATH] == len(whole) // 2


Harm = Callable[[Simulator], None]
NEIGHBOURS: dict[str, Harm] = {
    "has nothing of it": lambda server: server.files.clear(),
    "has it all wrong": lambda server: server.lie("blobs/"),
    "is gone": lambda server: server.unreachable(),
}


@pytest.mark.parametrize("lanes", [1, 4])
@pytest.mark.parametrize("harm", NEIGHBOURS)
def test_what_a_neighbour_does_not_give_comes_from_the_server_and_nothing_lacks(
    case: Case, harm: str, lanes: int
) -> None:
    manifest = courses.course(case.db, "demo")
    assert manifest is not None
    case.mirror.publish(
        {f"blobs/{name[:2]}/{name}": data for name, data in loose_files(case.main, manifest)}
    )
    NEIGHBOURS[harm](case.mirror)
    line = Line([case.main, case.mirror])
    near = Source(MIRROR, line, near=True, packs=False, known=frozenset(manifest.blobs))  # type: ignore[arg-type]
    far = Source(case.main.url, line)  # type: ignore[arg-type]
    case.run(sources=lambda _course: [near, far], lanes=lanes)
    assert case.states() == ["here", "here"]
    assert not list((case.home / "parts").iterdir())


def test_a_new_version_costs_the_pieces_that_are_new(case: Case) -> None:
    case.run()
    new = film(changed=(3, 8))
    built = build(draft(new, version=2), number=2)
    case.main.publish(built.files)
    refresh(case.db, case.main, case.main.url, [built.key], allow_unsigned=False, now=Clock())
    fetch_course(case.db, case.main, "demo", coming=True)
    case.main.served.clear()
    case.run()
    path = f"blobs/{sha256(b''.join(new))[:2]}/{sha256(b''.join(new))}"
    assert case.main.served[path] == 2 * PIECE
    assert blobs.verify(case.db, case.home) == []


@pytest.mark.parametrize("harm", ["a wrong byte", "cut short"])
def test_of_a_film_that_is_damaged_here_only_the_bad_piece_is_fetched(
    case: Case, harm: str
) -> None:
    case.run()
    file = blobs.path(case.home, sha256(b"".join(FILM)))
    data = bytearray(file.read_bytes())
    data[5 * PIECE] ^= 1
    file.write_bytes(data if harm == "a wrong byte" else data[: -PIECE // 2])
    case.main.served.clear()
    manifest = courses.course(case.db, "demo")
    assert manifest is not None
    worker.ask(case.db, manifest, ["one"], "240p", Clock())
    case.run()
    assert case.states() == ["here", "here"]
    assert case.paid() <= 2 * PIECE
    assert blobs.verify(case.db, case.home) == []


def test_a_server_without_ranges_gives_whole_files_and_every_byte_is_kept(case: Case) -> None:
    case.main.ignore_ranges()
    case.run()
    assert case.states() == ["here", "here"]
    whole = {path: len(data) for path, data in case.main.files.items()}
    assert all(case.main.served[path] == whole[path] for path in case.main.served)


@pytest.mark.parametrize("came", [0, 3 * PIECE])
@pytest.mark.parametrize("there", [b"".join(FILM)[:-1], b"".join(FILM) + b"more"])
def test_a_file_of_another_size_is_asked_for_once(case: Case, came: int, there: bytes) -> None:
    """Half uploaded, say. To ask again costs what is under way until the answer is turned down."""
    pages = sum(len(case.main.files[path]) for path in case.main.files if "packs" in path)
    with pytest.raises(BudgetSpent):
        case.run(allow=lambda: Allowance(max(0, pages + came - case.paid()), reason="month"))
    case.main.files[PATH] = there
    case.main.asked.clear()
    with pytest.raises(ServerRefused):
        case.run()
    assert case.main.asked.count(PATH) == 1


@pytest.mark.parametrize("left", [0, 1, PIECE, 3 * PIECE + 17])
def test_a_budget_is_kept_to_the_byte_and_raised_it_goes_on(case: Case, left: int) -> None:
    spent = 0

    def allow() -> Allowance:
        reason = "month" if left - spent <= 0 else ""
        return Allowance(max(0, left - spent), None, reason, left)  # type: ignore[arg-type]

    def report(size: int) -> None:
        nonlocal spent
        spent = size

    with pytest.raises(BudgetSpent):
        case.run(allow=allow, report=report)
    assert case.paid() == left
    case.run()
    assert case.states() == ["here", "here"]
    clean = sum(len(data) for path, data in case.main.files.items() if path[:5] in "blobspacks")
    assert case.paid() == clean


def test_with_several_lanes_everything_comes_once(case: Case) -> None:
    case.run(lanes=4)
    assert case.states() == ["here", "here"]
    clean = sum(len(data) for path, data in case.main.files.items() if path[:5] in "blobspacks")
    assert case.paid() == clean


def test_a_bug_in_a_lane_is_no_fault_of_the_world(
    case: Case, monkeypatch: pytest.MonkeyPatch
) -> None:
    def wrong(*_given: object) -> None:
        raise KeyError("a bug")

    monkeypatch.setattr("player.download.parts.Part.put", wrong)
    with pytest.raises(KeyError):
        case.run()


Fault = Callable[[Simulator], None]
FAULTS: dict[str, Fault] = {
    "wrong range": lambda server: server.wrong_range(),
    "compressed on the way": lambda server: server.gzip(),
    "a login page": lambda server: server.captive_portal(),
    "416": lambda server: server.refuse(416, times=10**6),
    "500": lambda server: server.refuse(500, times=10**6),
    "429": lambda server: server.refuse(429, times=10**6, headers={"retry-after": "1"}),
    "nobody there": lambda server: server.unreachable(),
}


@pytest.mark.parametrize("fault", FAULTS)
def test_where_one_mirror_fails_in_any_way_the_other_brings_all(case: Case, fault: str) -> None:
    case.extra = [MIRROR]
    FAULTS[fault](case.main)
    case.run()
    assert case.states() == ["here", "here"]
    assert blobs.verify(case.db, case.home) == []
