# SPDX-License-Identifier: Apache-2.0
"""A download that fails at its Nth step on the disk, for every N, and for each way to fail.

Steps are the writes, reads, syncs, renames and deletions of one download of two sections, in pieces
and in packs. After each failure everything is opened anew from the disk: nothing half is shown as
whole, nothing that came is fetched again but what was on its way, and the next run ends it.
"""

from __future__ import annotations

import errno
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import msgspec
import pytest
from clock import Clock
from repository_builder import Built, Draft, build, noise, sha256
from simulator import Simulator

from player.catalogue.refresh import fetch_course, refresh
from player.course.manifest import Blob, Manifest
from player.course.pieces import TYPE, encode_pieces
from player.download import parts, worker
from player.download.parts import Part
from player.download.patience import Patience
from player.download.worker import sections_state
from player.errors import PlayerError
from player.store import blobs, courses, database

PIECE, BLOCK = 2500, 1000
FILM = noise("film", 4 * PIECE)
CUT = [FILM[at : at + PIECE] for at in range(0, len(FILM), PIECE)]
LIST = encode_pieces((len(one), sha256(one)) for one in CUT)


class PowerCut(BaseException):
    """The program is gone, in the middle of a step."""


FAULTS: dict[str, Callable[[], BaseException]] = {
    "power cut": PowerCut,
    "bad sector": lambda: OSError(errno.EIO, "input/output error"),
    "disk full": lambda: OSError(errno.ENOSPC, "no space left on device"),
}


@dataclass
class Steps:
    """Counts steps, and fails at one of them. `half` of what that one would write is written."""

    fail_at: int = 0
    fault: Callable[[], BaseException] = PowerCut
    count: int = 0
    names: list[str] = field(default_factory=list)
    failed: bool = False

    def step(self, name: str) -> bool:
        """Whether this is the one."""
        self.count += 1
        self.names.append(name)
        self.failed = self.failed or self.count == self.fail_at
        return self.count == self.fail_at

    @contextmanager
    def watching(self, patch: pytest.MonkeyPatch) -> Iterator[Steps]:
        with patch.context() as each:
            for owner, name in (
                (Part, "_write"),
                (Part, "_note"),
                (Part, "read"),
                (Path, "replace"),
                (Path, "write_bytes"),
                (Path, "unlink"),
                (blobs, "sync"),
                (parts, "sync"),
            ):
                each.setattr(owner, name, self._wrapped(name, getattr(owner, name)))
            yield self

    def _wrapped(self, name: str, real: Callable[..., Any]) -> Callable[..., Any]:
        def done(*given: Any, **more: Any) -> Any:
            if self.step(name):
                if name == "_write":
                    part, at, view = given
                    real(part, at, view[: len(view) // 2])
                raise self.fault()
            return real(*given, **more)

        return done


def in_pieces(manifest: Manifest) -> Manifest:
    """The film with its piece list, which lies in the pack of the second section."""
    film = msgspec.structs.replace(manifest.blobs[sha256(FILM)], pieces=sha256(LIST))
    listed: Blob = msgspec.structs.replace(manifest.blobs[sha256(LIST)], type=TYPE)
    changed = {sha256(FILM): film, sha256(LIST): listed}
    return msgspec.structs.replace(manifest, blobs=manifest.blobs | changed)


@pytest.fixture(scope="module")
def built() -> Built:
    draft = Draft(change=in_pieces)
    draft.section("one", texts=[noise("a", 800), b"words " * 300], videos=[{"240p": FILM}])
    draft.section("two", texts=[noise("b", 700)], videos=[{"240p": noise("short", 1500)}])
    draft.small[1].append(LIST)
    return build(draft)


def begun(home: Path, built: Built) -> Simulator:
    server = Simulator(block=BLOCK)
    server.publish(built.files)
    database.prepare(home)
    with closing(database.connect(home)) as db:
        refresh(db, server, server.url, [built.key], allow_unsigned=False, now=Clock())
        worker.ask(db, fetch_course(db, server, "demo"), ["one", "two"], "240p", Clock())
    server.served.clear()
    server.asked.clear()
    return server


def run(home: Path, server: Simulator) -> None:
    with closing(database.connect(home)) as db:
        worker.run(db, home, server, patience=Patience(tries=0), lanes=1)


def nothing_half_is_whole(home: Path) -> None:
    with closing(database.connect(home)) as db:
        assert blobs.verify(db, home) == []
        for file in (home / "blobs").rglob("*"):
            assert not file.is_file() or blobs.digest(file) == file.name


def through(home: Path) -> list[str]:
    with closing(database.connect(home)) as db:
        manifest = courses.course(db, "demo")
        assert manifest is not None
        return [one.state for one in sections_state(db, manifest)]


@pytest.mark.timeout(300)
@pytest.mark.parametrize("fault", FAULTS)
def test_a_download_that_fails_anywhere_goes_on_from_there(
    built: Built, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, fault: str
) -> None:
    needed = 0
    for number in range(1000):
        home = tmp_path / str(number)
        server = begun(home, built)
        with Steps(number, FAULTS[fault]).watching(monkeypatch) as steps:
            try:
                run(home, server)
            except (PowerCut, PlayerError):
                assert steps.failed
        if number == 0:  # none fails: what it takes
            needed = server.served.total()
            assert {"_write", "_note", "read", "replace", "write_bytes", "sync"} <= {*steps.names}
            continue
        nothing_half_is_whole(home)
        run(home, server)
        nothing_half_is_whole(home)
        assert through(home) == ["here", "here"]
        assert server.served.total() <= needed + PIECE, steps.names[-1]
        if not steps.failed:
            assert server.served.total() == needed
            assert number > 30
            return
    pytest.fail("it never ended")


@pytest.mark.timeout(300)
def test_two_failures_in_a_row_cost_no_more_than_two(
    built: Built, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    needed = sum(
        len(data) for path, data in built.files.items() if path.startswith(("blobs/", "packs/"))
    )
    for first in range(1, 60, 3):
        home = tmp_path / str(first)
        server = begun(home, built)
        for number in (first, 7):
            with (
                Steps(number, PowerCut).watching(monkeypatch),
                pytest.raises(PowerCut) if number == first else closing(_Nothing()),
            ):
                try:
                    run(home, server)
                except PowerCut:
                    if number == first:
                        raise
            nothing_half_is_whole(home)
        run(home, server)
        assert through(home) == ["here", "here"]
        assert server.served.total() <= needed + 2 * PIECE


class _Nothing:
    def close(self) -> None:
        """Nothing to do."""
