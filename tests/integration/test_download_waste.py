# SPDX-License-Identifier: Apache-2.0
"""Sources that are of no use: what a learner pays for them, and how long others wait for them."""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterator, Mapping
from contextlib import closing, contextmanager
from dataclasses import dataclass
from pathlib import Path

import msgspec
import pytest
from clock import Clock
from repository_builder import Draft, build, noise, sha256
from simulator import Simulator

from player.catalogue.refresh import fetch_course, refresh
from player.course.manifest import Manifest
from player.course.pieces import TYPE, encode_pieces
from player.download import worker
from player.download.patience import Patience
from player.download.sources import Source
from player.errors import Offline, PlayerError
from player.store import database
from player.transport import Reply

Fetch = Callable[..., None]


class TooMuch(Exception):
    """Ends a download that would have no end."""


@pytest.fixture
def server() -> Simulator:
    return Simulator(block=500)


@pytest.fixture
def fetch(tmp_path: Path, server: Simulator) -> Iterator[Fetch]:
    """Fetch a course, `most` bytes of it at the most."""
    home = tmp_path / "home"
    database.prepare(home)
    with closing(database.connect(home)) as db:

        def fetch(draft: Draft, before: Callable[[], object], most: int, lanes: int) -> None:
            built = build(draft)
            server.publish(built.files)
            refresh(db, server, server.url, [built.key], allow_unsigned=False, now=Clock())
            worker.ask(db, fetch_course(db, server, "demo"), ["one"], "240p", Clock())
            before()
            server.served.clear()

            def report(_size: int) -> None:
                if server.served.total() > most:
                    raise TooMuch

            patience = Patience(tries=5, sleep=lambda _: None)
            with pytest.raises(PlayerError):
                worker.run(db, home, server, lanes=lanes, report=report, patience=patience)

        yield fetch


@pytest.mark.parametrize("lanes", [1, 4])
def test_a_film_that_is_wrong_from_end_to_end_is_paid_twice_at_the_most(
    fetch: Fetch, server: Simulator, lanes: int
) -> None:
    pieces = [noise(f"{n}", 10_000) for n in range(40)]
    whole = b"".join(pieces)
    listed = encode_pieces((len(one), sha256(one)) for one in pieces)

    def cut(manifest: Manifest) -> Manifest:
        film, one = manifest.blobs[sha256(whole)], manifest.blobs[sha256(listed)]
        changed = {
            sha256(whole): msgspec.structs.replace(film, pieces=sha256(listed)),
            sha256(listed): msgspec.structs.replace(one, type=TYPE),
        }
        return msgspec.structs.replace(manifest, blobs=manifest.blobs | changed)

    draft = Draft(change=cut).section("one", texts=[b"page"], videos=[{"240p": whole}])
    draft.small[0].append(listed)
    path = f"blobs/{sha256(whole)[:2]}/{sha256(whole)}"

    def spoil() -> None:
        server.files[path] = bytes(len(whole))

    fetch(draft, spoil, 8 * len(whole), lanes)
    assert server.served[path] <= 2 * len(whole)


def test_bytes_that_come_again_and_again_are_no_progress(
    fetch: Fetch, server: Simulator, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A server without ranges, on a line that is cut each time at the same place."""
    answer = server._answer

    def cut(path: str, headers: dict[str, str]) -> object:
        server.cut_after(3000)
        return answer(path, headers)

    def begin() -> None:
        server.ignore_ranges()
        monkeypatch.setattr(server, "_answer", cut)

    draft = Draft().section("one", videos=[{"240p": noise("film", 60_000)}])
    fetch(draft, begin, 4 * 60_000, lanes=1)
    assert server.served.total() <= 3000 * 7


@dataclass
class Lender:
    """The PC next door: has everything, and gives a few bytes of it, then nothing or an end."""

    sizes: Mapping[str, int]
    ends: bool

    @contextmanager
    def request(
        self,
        method: str,
        url: str,
        *,
        headers: Mapping[str, str] | None = None,
        body: bytes | None = None,
    ) -> Iterator[Reply]:
        size, over = self.sizes[url[-64:]], threading.Event()
        wanted = (headers or {}).get("Range", f"bytes=0-{size - 1}").removeprefix("bytes=")
        start, last = map(int, wanted.split("-"))

        def drops() -> Iterator[bytes]:
            yield bytes(min(10, last + 1 - start))
            over.wait(0.02 if self.ends else None)
            raise Offline(place="next door")

        said = {"content-range": f"bytes {wanted}/{size}", "content-length": f"{last + 1 - start}"}
        status = 206 if "Range" in (headers or {}) else 200
        yield Reply(status, said, drops(), url, abort=over.set)


@pytest.mark.parametrize("ends", [True, False], ids=["breaks off", "falls asleep"])
def test_a_lender_that_is_of_no_use_does_not_hold_the_server_back(
    tmp_path: Path, server: Simulator, ends: bool
) -> None:
    texts = [noise(f"{n}", 3000) for n in range(6)]
    built = build(Draft().section("one", texts=texts, videos=[{"240p": noise("film", 50_000)}]))
    server.publish(built.files)
    home, seconds = tmp_path / "home", 0.0
    database.prepare(home)

    def clock() -> float:
        nonlocal seconds
        seconds += 0.5
        return seconds

    def report(_size: int) -> None:
        if seconds > 600 and not server.served:
            raise TooMuch

    with closing(database.connect(home)) as db:
        refresh(db, server, server.url, [built.key], allow_unsigned=False, now=Clock())
        manifest = fetch_course(db, server, "demo")
        worker.ask(db, manifest, ["one"], "240p", Clock())
        sizes = {name: blob.size for name, blob in manifest.blobs.items()}
        url, known = "http://127.0.0.1:1/cartable/1/", frozenset(sizes)
        near = Source(url, Lender(sizes, ends), near=True, packs=False, known=known)
        server.served.clear()
        worker.run(
            db,
            home,
            server,
            report=report,
            sources=lambda _course: [near, Source(server.url, server)],
            patience=Patience(tries=5, sleep=lambda _: None, clock=clock),
        )
        assert [one.state for one in worker.sections_state(db, manifest)] == ["here"]
