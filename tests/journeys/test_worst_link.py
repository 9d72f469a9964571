# SPDX-License-Identifier: Apache-2.0
"""Learners on the worst links there are: what they have in the end, and what they paid for it."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path

import msgspec
import pytest
from repository_builder import Built, Draft, build, noise, sha256
from simulator import Simulator

from player import app
from player.app import Services
from player.course.manifest import Manifest
from player.course.pieces import TYPE, encode_pieces
from player.download.news import DownloadNews
from player.download.patience import Patience
from player.errors import BudgetSpent, Offline
from player.journal.journal import events
from player.store import blobs
from player.transport import Reply, Roads, Transport

PIECE, WEEKS = 8000, 3


def quick() -> Patience:
    """Endless patience, in a time that passes only while it waits."""
    now = [0.0]

    def sleep(seconds: float) -> None:
        now[0] += seconds

    return Patience(tries=10**6, sleep=sleep, clock=lambda: now[0])


def film(week: int, version: int = 1) -> list[bytes]:
    """A film in ten pieces, of which version 2 has one anew."""
    return [noise(f"{week} {n} {version if n == 4 else 1}", PIECE) for n in range(10)]


def course(version: int = 1) -> Draft:
    lists = {}
    for week in range(WEEKS):
        pieces = film(week, version)
        lists[b"".join(pieces)] = encode_pieces((len(one), sha256(one)) for one in pieces)

    def cut(manifest: Manifest) -> Manifest:
        changed = {}
        for whole, listed in lists.items():
            blob, one = manifest.blobs[sha256(whole)], manifest.blobs[sha256(listed)]
            changed[sha256(whole)] = msgspec.structs.replace(blob, pieces=sha256(listed))
            changed[sha256(listed)] = msgspec.structs.replace(one, type=TYPE)
        return msgspec.structs.replace(manifest, blobs=manifest.blobs | changed)

    made = Draft(version=version, change=cut)
    for week, whole in enumerate(lists):
        texts = [noise(f"text {week} {n}", 1500) for n in range(4)]
        made.section(f"week-{week}", texts=texts, videos=[{"240p": whole}])
        made.small[week] += [lists[whole]]
    return made


@dataclass
class Hotspot:
    """A phone in a window: dies after so many bytes of courses, for three requests, many times.

    Sticks are read beside it.
    """

    inner: Simulator
    life: int = 10**9
    deaths: int = 0
    died: int = 0
    _left: int = field(init=False)
    _dead: int = 0

    def __post_init__(self) -> None:
        self._left = self.life

    @contextmanager
    def request(self, method: str, url: str, **given: object) -> Iterator[Reply]:
        if self._dead:
            self._dead -= 1
            raise Offline(place=url)
        if url.startswith("file:"):
            with Roads().request(method, url, headers=given.get("headers")) as reply:  # type: ignore[arg-type]
                yield reply
            return
        with self.inner.request(method, url, **given) as reply:  # type: ignore[arg-type]
            reply.body = self._carried(reply.body, url)
            yield reply

    def _carried(self, blocks: Iterator[bytes], url: str) -> Iterator[bytes]:
        for block in blocks:
            yield block
            self._left -= len(block) if "/blobs/" in url or "/packs/" in url else 0
            if self._left <= 0 and self.died < self.deaths:
                self.died += 1
                self._left, self._dead = self.life, 3
                raise Offline(place=url)


def begun(home: Path, transport: Transport, server: Simulator, built: Built) -> Services:
    services = app.build(home, transport=transport)
    services.introduce("Awa")
    services.change(allowed_keys=(str(built.key),))
    services.refresh(services.add_repository(server.url))
    manifest = services.take_up("demo")
    services.ask("demo", [section.id for section in manifest.sections], "240p")
    return services


def paid(server: Simulator) -> int:
    return sum(n for path, n in server.served.items() if path.startswith(("blobs/", "packs/")))


def needed(built: Built) -> int:
    return sum(len(d) for path, d in built.files.items() if path.startswith(("blobs/", "packs/")))


def everything_is_here(services: Services) -> None:
    assert all(one.here == one.total for one in services.wishes())
    assert blobs.verify(services.db, services.home) == []


@pytest.fixture
def built() -> Built:
    return build(course())


@pytest.fixture
def server(built: Built) -> Simulator:
    made = Simulator()
    made.publish(built.files)
    return made


def test_the_phones_hotspot_dies_forty_times(
    tmp_path: Path, server: Simulator, built: Built
) -> None:
    spot = Hotspot(server, life=needed(built) // 45, deaths=40)
    told: list[object] = []
    services = begun(tmp_path / "home", spot, server, built)
    services.announce = told.append
    services.download(patience=quick())
    assert spot.died == 40
    everything_is_here(services)
    assert paid(server) == needed(built)  # every byte that came was kept
    waits = [one for one in told if isinstance(one, DownloadNews) and one.state == "waiting"]
    assert waits
    assert all(one.since and one.problem for one in waits)
    services.close_thread()


def test_the_stick_holds_half_of_it(tmp_path: Path, server: Simulator, built: Built) -> None:
    stick = tmp_path / "stick"
    built.write(stick)
    for week in (1, 2):  # the trainer's stick was too small for all the films
        whole = sha256(b"".join(film(week)))
        (stick / "blobs" / whole[:2] / whole).unlink()
    services = begun(tmp_path / "home", Hotspot(server), server, built)
    services.refresh(services.add_repository(str(stick)))
    services.download(patience=quick())
    everything_is_here(services)
    films = 2 * sum(len(piece) for piece in film(1))
    assert paid(server) == films
    assert services.traffic().content >= films
    services.close_thread()


@pytest.mark.parametrize("tenths", range(2, 10))
def test_a_new_version_arrives_in_the_middle(
    tmp_path: Path, server: Simulator, built: Built, tenths: int
) -> None:
    class Enough(Exception):
        pass

    def some(size: int) -> None:
        if size > needed(built) * tenths // 10:
            raise Enough

    services = begun(tmp_path / "home", server, server, built)
    with pytest.raises(Enough):
        services.download(some, patience=quick())
    new = build(course(version=2), number=2)
    server.publish(new.files)
    services.refresh(server.url)
    acts = [one.id for one in events(services.db, "1", ())]
    services.renew("demo")
    assert services.course("demo").version == 1  # what is shown stays
    services.download(patience=quick())
    assert services.course("demo").version == 2
    everything_is_here(services)
    anew = WEEKS * PIECE + sum(
        len(data) for path, data in new.files.items() if path.startswith("packs/")
    )
    assert paid(server) <= needed(built) + anew
    assert [one.id for one in events(services.db, "1", ())][: len(acts)] == acts
    services.close_thread()


def test_the_months_budget_runs_out_at_70_per_cent(
    tmp_path: Path, server: Simulator, built: Built, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("player.app.allowance.MB", needed(built) // 10)
    services = begun(tmp_path / "home", server, server, built)
    services.change(budget_month_mb=7)
    with pytest.raises(BudgetSpent):
        services.download(patience=quick())
    spent = services.traffic()
    assert spent.left_month == 0
    assert 0.5 * needed(built) < paid(server) <= 0.7 * needed(built)
    first = services.wishes()[0]
    assert first.here == first.total  # the first week is whole, the rest waits
    assert any(one.problem for one in services.wishes())
    services.change(budget_month_mb=0)
    services.download(patience=quick())
    everything_is_here(services)
    assert paid(server) == needed(built)
    services.close_thread()
