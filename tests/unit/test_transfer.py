# SPDX-License-Identifier: Apache-2.0
"""One stretch of bytes over a line that does what it likes."""

from __future__ import annotations

import errno
import shutil
import zlib
from collections import namedtuple
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from io import FileIO
from pathlib import Path

import msgspec
import pytest
from repository_builder import Draft, noise, sha256
from simulator import URL, Simulator

from player.course.manifest import Manifest
from player.download import parts
from player.download.plan import Fetch, Wish, plan
from player.download.room import RESERVE, in_words
from player.download.sources import HttpOrFolder
from player.download.transfer import transfer
from player.errors import (
    ConnectionProblem,
    Damaged,
    DiskFull,
    NotTheServer,
    NotWritable,
    Offline,
    PlayerError,
    ServerBusy,
    ServerRefused,
)
from player.store import blobs
from player.transport import Roads

VIDEO = noise("video", 10_500)
TEXTS = [noise("one", 2500), b"very often " * 400, noise("three", 1500), b"four" * 300]


@dataclass
class Case:
    """A server with one video and one pack, an empty home, and what was kept."""

    home: Path
    server: Simulator
    manifest: Manifest
    video: Fetch
    pack: Fetch
    kept: dict[str, int] = field(default_factory=dict)
    arrived: int = 0

    def keep(self, sizes: Mapping[str, int]) -> None:
        for name in sizes:
            assert blobs.whole(blobs.path(self.home, name), name, sizes[name])
        self.kept.update(sizes)

    def report(self, size: int) -> None:
        self.arrived += size

    def go(self, fetch: Fetch) -> None:
        source = HttpOrFolder(URL, self.server)
        transfer(fetch, source, self.home, self.keep, self.report)

    def go_on(self, fetch: Fetch) -> None:
        """Try until it is through."""
        while True:
            try:
                return self.go(fetch)
            except ConnectionProblem:
                continue


@pytest.fixture
def case(tmp_path: Path) -> Case:
    draft = Draft().section("one", texts=TEXTS, videos=[{"240p": VIDEO}])
    manifest, files = draft.manifest()
    server = Simulator()
    server.publish(files)
    pack, video = plan(manifest, [Wish("one", "240p")], frozenset()).fetches
    return Case(tmp_path, server, manifest, video, pack)


def both(case: Case) -> list[Fetch]:
    return [case.video, case.pack]


def test_what_arrives_is_whole_in_its_place_and_nothing_else_is_left(case: Case) -> None:
    for fetch in both(case):
        case.go(fetch)
    assert case.kept == {sha256(data): len(data) for data in [VIDEO, *TEXTS]}
    assert case.arrived == case.video.size + case.pack.size == case.server.served.total()
    assert list((case.home / "parts").iterdir()) == []


def test_compressed_and_plain_members_are_what_was_packed(case: Case) -> None:
    case.go(case.pack)
    assert [blobs.read(case.home, sha256(text), "x") for text in TEXTS] == TEXTS


@pytest.mark.parametrize("which", [0, 1])
def test_a_cut_at_every_block_costs_no_byte(case: Case, which: int) -> None:
    fetch = both(case)[which]
    for at in range(0, fetch.size + 1, 250):
        case.server.served.clear()
        shutil.rmtree(case.home)
        case.home.mkdir()
        case.server.cut_after(at)
        case.go_on(fetch)
        assert case.server.served[fetch.path] == fetch.size
    assert set(case.kept) == {part.sha256 for part in fetch.parts}


@pytest.mark.parametrize("which", [0, 1])
def test_a_line_cut_again_and_again_gets_there(case: Case, which: int) -> None:
    fetch = both(case)[which]
    case.server.block = 100
    for _ in range(50):
        case.server.cut_after(333)
        try:
            case.go(fetch)
        except Offline:
            continue
        break
    assert case.server.served[fetch.path] == fetch.size
    assert len(case.kept) == len(fetch.parts)


def test_only_what_is_lacking_is_asked_for_as_it_is(case: Case) -> None:
    case.server.cut_after(4000)
    with pytest.raises(Offline):
        case.go(case.video)
    case.go(case.video)
    assert "Range" not in case.server.headers[0]
    assert case.server.headers[1]["Range"] == "bytes=4000-10499"
    assert {headers["Accept-Encoding"] for headers in case.server.headers} == {"identity"}


def test_a_complete_part_file_is_not_asked_about(case: Case) -> None:
    file = parts.part_file(case.home, case.video)
    file.parent.mkdir()
    file.write_bytes(VIDEO)
    case.server.unreachable()
    case.go(case.video)
    assert case.kept == {sha256(VIDEO): len(VIDEO)}


def test_a_part_file_that_is_too_long_is_cut_to_size(case: Case) -> None:
    file = parts.part_file(case.home, case.video)
    file.parent.mkdir()
    file.write_bytes(VIDEO + b"and more")
    case.go(case.video)
    assert case.kept == {sha256(VIDEO): len(VIDEO)}
    assert case.server.asked == []


def test_a_part_file_with_a_wrong_byte_costs_one_more_try(case: Case) -> None:
    """A power cut may leave zeros where the last bytes were."""
    file = parts.part_file(case.home, case.video)
    file.parent.mkdir()
    file.write_bytes(VIDEO[:3000] + bytes(1000))
    case.go(case.video)
    assert case.kept == {sha256(VIDEO): len(VIDEO)}
    assert case.server.served.total() == len(VIDEO) - 4000 + len(VIDEO)


def test_a_file_that_was_placed_but_not_recorded_is_taken_up(case: Case) -> None:
    place = blobs.path(case.home, sha256(VIDEO))
    place.parent.mkdir(parents=True)
    place.write_bytes(VIDEO)
    case.server.unreachable()
    case.go(case.video)
    assert case.kept == {sha256(VIDEO): len(VIDEO)}


def test_a_damaged_file_in_its_place_is_replaced(case: Case) -> None:
    place = blobs.path(case.home, sha256(VIDEO))
    place.parent.mkdir(parents=True)
    place.write_bytes(VIDEO[:-1] + b"?")
    case.go(case.video)
    assert place.read_bytes() == VIDEO


def test_an_empty_file_is_made_without_asking(tmp_path: Path) -> None:
    manifest, _ = Draft().section("one", videos=[{"240p": b""}]).manifest()
    (fetch,) = plan(manifest, [Wish("one", "240p")], frozenset()).fetches
    server = Simulator()
    made = Case(tmp_path, server, manifest, fetch, fetch)
    made.go(fetch)
    assert made.kept == {sha256(b""): 0}
    assert server.asked == []


# What is not the content


def web_page(case: Case) -> None:
    case.server.captive_portal()


def zipped(case: Case) -> None:
    case.server.gzip()


def wrong_stretch(case: Case) -> None:
    case.server.wrong_range()


def shorter_file(case: Case) -> None:
    for path in case.server.files:
        case.server.files[path] = case.server.files[path][:-1]


def longer_file(case: Case) -> None:
    for path in case.server.files:
        case.server.files[path] += b"?"


def gone(case: Case) -> None:
    case.server.files.clear()


def failing(case: Case) -> None:
    case.server.refuse(500)


def busy(case: Case) -> None:
    case.server.refuse(429, headers={"retry-after": "7"})


def no_such_range(case: Case) -> None:
    case.server.refuse(416)


def login_needed(case: Case) -> None:
    case.server.refuse(511)


def silent(case: Case) -> None:
    case.server.stall()


@pytest.mark.parametrize("which", [0, 1])
@pytest.mark.parametrize(
    ("harm", "error"),
    [
        (web_page, NotTheServer),
        (zipped, NotTheServer),
        (wrong_stretch, NotTheServer),
        (shorter_file, NotTheServer),
        (longer_file, NotTheServer),
        (gone, ServerRefused),
        (failing, ServerRefused),
        (no_such_range, ServerRefused),
        (busy, ServerBusy),
        (login_needed, NotTheServer),
        (silent, Offline),
    ],
)
def test_another_answer_changes_nothing_of_what_came_before(
    case: Case, which: int, harm: Callable[[Case], None], error: type[PlayerError]
) -> None:
    fetch = both(case)[which]
    before = dict(case.server.files)
    case.server.cut_after(2500)
    with pytest.raises(Offline):
        case.go(fetch)
    file = parts.part_file(case.home, fetch)
    came = file.read_bytes()
    assert len(came) == 2500
    harm(case)
    with pytest.raises(error):
        case.go(fetch)
    assert file.read_bytes() == came
    assert case.kept == {}
    source = case.server.files = before
    healed = Simulator(files=source)
    transfer(fetch, HttpOrFolder(URL, healed), case.home, case.keep)
    assert healed.served[fetch.path] == fetch.size - 2500
    assert set(case.kept) == {part.sha256 for part in fetch.parts}


@pytest.mark.parametrize("which", [0, 1])
def test_a_server_without_ranges_is_read_from_the_start_and_the_rest_is_kept(
    case: Case, which: int
) -> None:
    fetch = both(case)[which]
    case.server.ignore_ranges()
    case.server.cut_after(2500)
    case.go_on(fetch)
    assert case.server.served[fetch.path] == 2500 + fetch.size
    assert case.arrived == fetch.size
    assert len(case.kept) == len(fetch.parts)


def test_of_a_server_without_ranges_no_more_is_read_than_needed(case: Case) -> None:
    case.server.ignore_ranges()
    present = frozenset(map(sha256, TEXTS[1:]))
    (fetch,) = plan(case.manifest, [Wish("one")], present).fetches
    case.go(fetch)
    assert fetch.stop == 2500
    assert case.server.served[fetch.path] == 3000  # whole blocks of the simulator


def test_a_pulled_stick_is_offline_and_a_lost_file_is_not(case: Case, tmp_path: Path) -> None:
    stick = tmp_path / "stick"
    stick.mkdir()
    source = HttpOrFolder(stick.as_uri() + "/", Roads())
    with pytest.raises(ServerRefused):
        transfer(case.video, source, case.home, case.keep)
    stick.rmdir()
    with pytest.raises(Offline, match="stick"):
        transfer(case.video, source, case.home, case.keep)


# Wrong bytes


@pytest.mark.parametrize("which", [0, 1])
def test_a_flipped_bit_is_fetched_once_more(case: Case, which: int) -> None:
    fetch = both(case)[which]
    case.server.lie(fetch.path, times=1)
    case.go(fetch)
    assert set(case.kept) == {part.sha256 for part in fetch.parts}


def test_of_a_pack_only_the_member_that_is_wrong_is_fetched_again(case: Case) -> None:
    case.server.lie(case.pack.path, times=1)
    case.go(case.pack)
    assert len(case.server.asked) == 2
    assert case.server.served.total() < case.pack.size + 2600


def test_a_file_that_is_wrong_over_there_is_damaged_after_two_tries(case: Case) -> None:
    case.server.lie(case.video.path)
    with pytest.raises(Damaged, match="campus"):
        case.go(case.video)
    assert case.server.served.total() == 2 * len(VIDEO)
    assert case.kept == {}
    assert not parts.part_file(case.home, case.video).exists()
    assert not blobs.path(case.home, sha256(VIDEO)).exists()


def test_the_good_members_of_a_pack_are_kept_beside_a_damaged_one(case: Case) -> None:
    data = case.server.files[case.pack.path]
    case.server.files[case.pack.path] = data[:10] + bytes([data[10] ^ 1]) + data[11:]
    with pytest.raises(Damaged):
        case.go(case.pack)
    assert set(case.kept) == {sha256(text) for text in TEXTS[1:]}
    assert case.server.served.total() == case.pack.size + 2500


def packed_as(case: Case, stored: bytes, size: int, name: str) -> Fetch:
    """A fetch of one compressed member, as a manifest describes it that lies."""
    pack = sha256(stored)
    blob = next(iter(case.manifest.blobs.values()))
    liar = msgspec.structs.replace(
        blob, size=size, pack=pack, offset=0, length=len(stored), encoding="zlib"
    )
    part = type(case.pack.parts[0])(name, liar)
    case.server.files[f"packs/{pack[:2]}/{pack}"] = stored
    return Fetch(f"packs/{pack[:2]}/{pack}", 0, len(stored), len(stored), (part,))


def test_a_bomb_is_not_unpacked_beyond_the_size_it_said(
    case: Case, monkeypatch: pytest.MonkeyPatch
) -> None:
    zeros = bytes(50_000_000)
    fetch = packed_as(case, zlib.compress(zeros), 1000, sha256(zeros))
    written = []
    monkeypatch.setattr(parts, "_unpacked", counting(parts._unpacked, written))
    with pytest.raises(Damaged):
        case.go(fetch)
    assert max(written) <= 2 * 64 * 1024
    assert case.kept == {}
    assert list((case.home / "parts").iterdir()) == []


def counting(unpacked: Callable[..., object], written: list[int]) -> Callable[..., object]:
    def counted(*args: object) -> object:
        total = 0
        for block in unpacked(*args):  # type: ignore[attr-defined]
            total += len(block)
            written.append(total)
            yield block

    return counted


@pytest.mark.parametrize(
    "stored",
    [
        b"no zlib at all",
        zlib.compress(b"text")[:-6],
        zlib.compress(b"text")[:-1] + b"?",
        zlib.compress(b"other"),
        b"",
    ],
)
def test_what_does_not_unpack_to_its_hash_is_damaged(case: Case, stored: bytes) -> None:
    with pytest.raises(Damaged):
        case.go(packed_as(case, stored, 4, sha256(b"text")))
    assert case.kept == {}


def test_a_large_member_unpacks_block_by_block(case: Case) -> None:
    data = noise("large", 100_000) * 5
    case.go(packed_as(case, zlib.compress(data), len(data), sha256(data)))
    assert blobs.read(case.home, sha256(data), "x") == data


@pytest.mark.parametrize("name", ["../" * 21 + "x", "/etc/passwd", "a" * 63 + "/"])
def test_no_name_of_a_manifest_leads_out_of_home(case: Case, name: str) -> None:
    with pytest.raises(ValueError, match="not a SHA-256"):
        case.go(packed_as(case, zlib.compress(b"text"), 4, name))


# The disk


Usage = namedtuple("Usage", "total used free")


def test_a_full_disk_is_said_before_a_byte_is_paid(
    case: Case, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(shutil, "disk_usage", lambda _: Usage(10**9, 0, RESERVE + 10_000))
    with pytest.raises(DiskFull) as caught:
        case.go(case.video)
    assert caught.value.details["needed"] == "10.5 kB"
    assert caught.value.details["free"] == "10.0 kB"
    assert case.server.asked == []


def test_what_is_here_already_needs_no_room(case: Case, monkeypatch: pytest.MonkeyPatch) -> None:
    case.server.cut_after(1000)
    with pytest.raises(Offline):
        case.go(case.video)
    monkeypatch.setattr(shutil, "disk_usage", lambda _: Usage(10**9, 0, RESERVE + 9_500))
    case.go(case.video)
    assert case.kept


@pytest.mark.parametrize(
    ("number", "error"), [(errno.ENOSPC, DiskFull), (errno.EACCES, NotWritable)]
)
def test_a_disk_that_fills_up_on_the_way_keeps_what_came(
    case: Case, monkeypatch: pytest.MonkeyPatch, number: int, error: type[PlayerError]
) -> None:
    room = 4321

    class Full(FileIO):
        def write(self, data: bytes | memoryview) -> int:  # type: ignore[override]
            left = room - self.tell()
            if left <= 0:
                raise OSError(number, "no")
            return super().write(bytes(data)[:left])

    opened = Path.open

    def full(self: Path, mode: str = "r", *args: int, **more: int) -> object:
        return Full(self, mode) if mode == "ab" else opened(self, mode, *args, **more)  # type: ignore[call-overload]

    monkeypatch.setattr(Path, "open", full)
    with pytest.raises(error):
        case.go(case.video)
    assert parts.part_file(case.home, case.video).read_bytes() == VIDEO[:room]
    monkeypatch.undo()
    case.go(case.video)
    assert case.kept == {sha256(VIDEO): len(VIDEO)}


def test_who_reports_may_stop_and_everything_that_came_is_kept(case: Case) -> None:
    class Stopped(Exception):
        """Somebody pressed Stop."""

    def stop(_size: int) -> None:
        raise Stopped

    source = HttpOrFolder(URL, case.server)
    for blocks in range(1, 4):
        with pytest.raises(Stopped):
            transfer(case.video, source, case.home, case.keep, stop)
        assert parts.part_file(case.home, case.video).stat().st_size == blocks * 1000
    case.go(case.video)
    assert case.arrived == len(VIDEO) - 3000


@pytest.mark.parametrize(
    ("size", "said"),
    [
        (0, "0 bytes"),
        (999, "999 bytes"),
        (1500, "1.5 kB"),
        (2 * 10**6, "2.0 MB"),
        (10**10, "10.0 GB"),
    ],
)
def test_sizes_are_said_in_words(size: int, said: str) -> None:
    assert in_words(size) == said
