# SPDX-License-Identifier: Apache-2.0
"""An update from the offer to the end: what it changes and costs, and when it is the course."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from contextlib import suppress
from itertools import count
from pathlib import Path

import msgspec
import pytest
from clock import Clock
from repository_builder import Built, Draft, build, noise, sha256
from simulator import Simulator

from player import app
from player.app.repair import Spot, look, repair
from player.app.updates import Renewed, is_to_be_mentioned
from player.course.manifest import Blob, Manifest, Pack
from player.course.pieces import TYPE, encode_pieces
from player.errors import DatabaseBusy, NotOffered, PlayerError
from player.store import blobs, courses, place
from player.store.database import Database
from player.store.lock import alone

PIECE = 1000
OLD = noise("film", 10 * PIECE)
NEW = OLD[: 4 * PIECE] + noise("insert", PIECE) + OLD[5 * PIECE :]
TEXT = noise("text", 300)


def pieced(manifest: Manifest, files: dict[str, bytes], *large: bytes) -> Manifest:
    """The manifest with piece lists, in a pack of their own that `files` then has."""
    listed, members, pack = dict(manifest.blobs), dict[str, tuple[int, bytes]](), b""
    for data in large:
        cut = [data[at : at + PIECE] for at in range(0, len(data), PIECE)]
        pieces = encode_pieces((len(one), sha256(one)) for one in cut)
        members[sha256(pieces)] = len(pack), pieces
        pack += pieces
        name = sha256(data)
        listed[name] = msgspec.structs.replace(listed[name], pieces=sha256(pieces))
    name = sha256(pack)
    for one, (offset, pieces) in members.items():
        listed[one] = Blob(len(pieces), TYPE, name, offset, len(pieces))
    files[f"packs/{name[:2]}/{name}"] = pack
    packs = {**manifest.packs, name: Pack(len(pack))}
    return msgspec.structs.replace(manifest, blobs=listed, packs=packs)


def published(version: int, film: bytes, text: bytes = TEXT, *, more: bool = False) -> Built:
    draft = Draft(version=version).section("one", [text], [{"240p": film}])
    if more:
        draft.section("two", [b"a new week"])
    extra: dict[str, bytes] = {}
    draft.change = lambda manifest: pieced(manifest, extra, film)
    built = build(draft, number=version)
    built.files.update(extra)
    return built


@pytest.fixture
def server() -> Simulator:
    found = Simulator()
    found.publish(published(1, OLD).files)
    return found


@pytest.fixture
def news() -> list[object]:
    """What the window is told."""
    return []


@pytest.fixture
def services(home: Path, server: Simulator, news: list[object]) -> Iterator[app.Services]:
    """Somebody who has all of version 1."""
    found = app.build(home, news.append, transport=server, now=Clock())
    found.add_repository(server.url)
    found.change(allowed_keys=(str(published(1, OLD).key),))
    found.introduce("Awa")
    assert not [one for one in found.refresh_all() if isinstance(one, PlayerError)]
    found.ask("demo", ["one"], "240p")
    found.download()
    yield found
    found.close_thread()


def offer(services: app.Services, server: Simulator, built: Built) -> None:
    server.publish(built.files)
    assert not [one for one in services.refresh_all() if isinstance(one, PlayerError)]
    server.asked.clear()
    server.served.clear()


def test_an_update_says_what_it_changes_and_costs(
    services: app.Services, server: Simulator
) -> None:
    assert services.updatable() == []
    offer(services, server, published(2, NEW, b"other text", more=True))
    [shelf] = services.updatable()
    assert (shelf.version, shelf.offered, shelf.coming) == (1, 2, 0)
    found = services.update_preview("demo")
    assert (found.version, found.offered, found.exact) == (1, 2, True)
    assert [(one.what, one.activity or one.section) for one in found.changes.every] == [
        ("added", "two"),
        ("content", "one-page-0"),
        ("renditions", "one-video-0"),
        ("added", "two-page-0"),
    ]
    texts = len(b"other text") + len(b"a new week")
    assert found.at_most == len(NEW) + texts
    assert found.cost == PIECE + texts, "what the old film holds is not paid"
    assert services.course("demo").version == 1
    assert services.goal("demo") == services.course("demo"), "nobody agreed to it"
    assert [path.split("/")[0] for path in server.asked] == ["courses", "packs"]


def test_looking_twice_pays_once(services: app.Services, server: Simulator) -> None:
    offer(services, server, published(2, NEW))
    first = services.update_preview("demo")
    server.asked.clear()
    assert services.update_preview("demo") == first
    assert server.asked == []


def test_without_piece_lists_the_most_is_said(services: app.Services, server: Simulator) -> None:
    built = published(2, NEW)
    files = {path: data for path, data in built.files.items() if not path.startswith("packs")}
    offer(services, server, Built(files, built.manifests, built.key))
    found = services.update_preview("demo")
    assert not found.exact
    assert found.cost == found.at_most > len(NEW)


def test_an_update_that_is_agreed_to_comes_and_frees_the_old_one(
    services: app.Services, server: Simulator, news: list[object]
) -> None:
    offer(services, server, published(2, NEW, b"other text", more=True))
    cost = services.update_preview("demo").cost
    assert services.renew("demo").version == 1, "the old one is shown until the new one is whole"
    assert services.library()[0].coming == 2
    assert {one.section for one in services.wishes()} == {"one", "two"}
    assert not any(isinstance(one, Renewed) for one in news)
    summary = services.download()
    assert summary.fetched == cost
    services.download()
    assert [one for one in news if isinstance(one, Renewed)] == [Renewed("demo", "A course", 2)]
    assert services.course("demo").version == 2
    assert services.library()[0].coming == 0
    assert blobs.verify(services.db, services.home) == []
    assert sha256(OLD) not in blobs.present(services.db)
    assert not blobs.path(services.home, sha256(OLD)).exists()
    assert {one.state for one in services.sections(services.course("demo"))} == {"here"}


def test_an_update_whose_files_are_all_here_is_the_course_at_once(
    services: app.Services, server: Simulator, news: list[object]
) -> None:
    built = published(2, OLD)
    offer(services, server, built)
    for _ in range(2):
        assert services.renew("demo").version == 2
    assert [one for one in news if isinstance(one, Renewed)] == [Renewed("demo", "A course", 2)]


def test_an_update_can_be_declined(services: app.Services, server: Simulator) -> None:
    offer(services, server, published(2, NEW))
    services.renew("demo")
    services.decline_update("demo")
    assert services.goal("demo") == services.course("demo")
    server.asked.clear()
    services.download()
    assert server.asked == []


def test_an_update_that_was_put_off_is_not_brought_up_again_and_the_next_one_is(
    services: app.Services, server: Simulator
) -> None:
    def mentioned() -> bool:
        return is_to_be_mentioned(services.settings, services.library()[0])

    assert not mentioned()  # there is none
    offer(services, server, published(2, NEW))
    assert mentioned()
    services.decline_update("demo")
    services.change(updates="auto")
    services.refresh_all()
    assert not mentioned()
    assert services.library()[0].coming == 0, "also where updates come by themselves"
    services.change(updates="ask")
    offer(services, server, published(3, NEW))
    assert mentioned()
    services.change(updates="never")
    assert not mentioned()
    services.change(updates="ask")
    services.decline_update("demo")
    services.renew("demo")
    assert not mentioned()  # it comes
    assert services.settings.put_off == ()


@pytest.mark.parametrize(("policy", "coming"), [("ask", 0), ("never", 0), ("auto", 2)])
def test_updates_come_by_the_learners_policy(
    services: app.Services, server: Simulator, policy: str, coming: int
) -> None:
    services.change(updates=policy)
    offer(services, server, published(2, NEW))
    assert services.library()[0].coming == coming


def test_only_what_is_here_has_an_update(services: app.Services) -> None:
    with pytest.raises(NotOffered):
        services.update_preview("nothing")


# Repair


def test_only_the_bad_piece_of_a_damaged_film_is_fetched(
    services: app.Services, server: Simulator
) -> None:
    file = blobs.path(services.home, sha256(OLD))
    data = bytearray(OLD)
    data[3500] ^= 1
    file.write_bytes(data)
    told: list[tuple[int, int]] = []
    found = services.disk.check(lambda *far: told.append(far))
    assert (found.damaged, found.cost) == ((sha256(OLD),), PIECE)
    size = sum(row[0] for row in services.db.execute("SELECT size FROM blobs"))
    assert told[-1] == (size, size)
    assert services.disk.damage(found) == [Spot("A course", "One", "Video 0")]
    assert file.read_bytes() == data, "looking changes nothing"
    done = services.disk.mend(found)
    assert (done.to_fetch, done.adopted, done.removed) == (1, 0, 0)
    assert sha256(OLD) not in blobs.present(services.db)
    assert services.download().fetched == PIECE
    assert file.read_bytes() == OLD
    assert look(services.db, services.home).damaged == ()


@pytest.mark.parametrize("wished", [True, False])
def test_what_is_gone_or_small_is_fetched_again_as_it_was(
    services: app.Services, wished: bool
) -> None:
    blobs.path(services.home, sha256(OLD)).unlink()
    blobs.path(services.home, sha256(TEXT)).write_bytes(b"bad")
    if not wished:
        services.give_up("demo", "one")
    found = look(services.db, services.home)
    assert (found.damaged, found.missing) == ((sha256(TEXT),), (sha256(OLD),))
    assert repair(services.db, services.home, services.now).to_fetch == 2
    assert [one.rendition for one in services.wishes()] == ["240p"]
    assert services.download().fetched == found.cost
    assert blobs.verify(services.db, services.home) == []
    assert {sha256(OLD), sha256(TEXT)} <= blobs.present(services.db)


def test_sound_files_are_taken_in_and_left_overs_go(services: app.Services) -> None:
    home, db = services.home, services.db
    with db.atomic():
        db.execute("DELETE FROM blobs WHERE sha256 = ?", [sha256(OLD)])
    strange = blobs.path(home, "ab" * 32)
    strange.parent.mkdir(exist_ok=True)
    strange.write_bytes(b"strange")
    (home / "blobs" / "letter.txt").write_text("not ours")
    parts = place.parts_folder(home)
    parts.mkdir(exist_ok=True)
    (parts / f"{sha256(TEXT)}.part").write_bytes(b"over")
    (parts / f"{'c' * 64}.part").write_bytes(b"on its way")
    found = look(db, home)
    assert found.sound == {sha256(OLD): len(OLD)}
    assert {file.name for file in found.stray} == {"ab" * 32, f"{sha256(TEXT)}.part"}
    done = repair(db, home, services.now)
    assert (done.to_fetch, done.adopted, done.removed) == (0, 1, 2)
    assert sha256(OLD) in blobs.present(db)
    assert [file.name for file in parts.iterdir()] == [f"{'c' * 64}.part"]
    assert (home / "blobs" / "letter.txt").exists()


def test_what_was_found_is_mended_as_far_as_it_still_holds(
    services: app.Services, server: Simulator
) -> None:
    home, db = services.home, services.db
    good = blobs.path(home, sha256(OLD)).read_bytes()
    blobs.path(home, sha256(OLD)).unlink()
    strange = blobs.path(home, "ab" * 32)
    strange.parent.mkdir(exist_ok=True)
    strange.write_bytes(b"strange")
    found = services.disk.check()
    assert (found.lost, found.stray) == ({sha256(OLD)}, (strange,))
    blobs.path(home, sha256(OLD)).write_bytes(good)
    blobs.add(db, home, "ab" * 32, len(b"strange"))
    done = services.disk.mend(found)
    assert (done.to_fetch, done.removed, done.freed) == (0, 0, 0)
    assert strange.exists(), "by now it is known"


def test_nothing_is_repaired_while_a_download_runs(services: app.Services) -> None:
    with alone(services.home / "download.lock"), pytest.raises(DatabaseBusy):
        repair(services.db, services.home, services.now)


def test_a_download_goes_on_another_drive(
    services: app.Services, server: Simulator, tmp_path: Path
) -> None:
    services.disk.move_content(tmp_path / "drive")
    offer(services, server, published(2, NEW))
    services.renew("demo")
    services.download()
    assert services.course("demo").version == 2
    assert blobs.verify(services.db, services.home) == []
    assert not (services.home / "blobs").exists()
    assert not (services.home / "parts").exists()
    assert courses.coming(services.db, "demo") is None


class Killed(BaseException):
    """The power went."""


def test_killed_at_any_step_of_a_repair_the_next_one_ends_it(
    services: app.Services, server: Simulator, tmp_path: Path
) -> None:
    """A step is each statement, commit, renaming and deletion; no right piece is lost by it."""
    data = bytearray(OLD)
    data[3500] ^= 1
    blobs.path(services.home, sha256(OLD)).write_bytes(data)
    services.close_thread()
    execute, unlink, replace = Database.execute, Path.unlink, Path.replace
    for last in count(1):
        home = shutil.copytree(services.home, tmp_path / str(last))
        again, steps = app.build(home, transport=server, now=Clock()), 0

        def step(at: int = last) -> None:
            nonlocal steps
            steps += 1
            if steps == at:
                raise Killed

        with pytest.MonkeyPatch.context() as patch, suppress(Killed):
            patch.setattr(Database, "execute", lambda *a, **k: (step(), execute(*a, **k))[1])
            patch.setattr(Path, "unlink", lambda *a, **k: (step(), unlink(*a, **k))[1])
            patch.setattr(Path, "replace", lambda *a, **k: (step(), replace(*a, **k))[1])
            repair(again.db, home, again.now)
        again.close_thread()
        repair(again.db, home, again.now)
        assert again.download().fetched == PIECE, last
        assert blobs.verify(again.db, home) == []
        assert look(again.db, home).stray == ()
        again.close_thread()
        if steps < last:
            break
    assert last > 5
