# SPDX-License-Identifier: Apache-2.0
"""Films and documents are looked into without any tool; packs and costs add up."""

from __future__ import annotations

import hashlib
import struct
import zlib
from pathlib import Path

import pytest
from hypothesis import example, given
from hypothesis import strategies as st
from repository_builder import noise
from small_course import box, film, mp4, sound, track

from player.course.manifest import (
    Blob,
    Licence,
    Manifest,
    Page,
    Rendition,
    Section,
    Sequence,
    Video,
)
from player.course.pieces import TYPE
from player.publish.folder import SMALL, Content, content
from player.publish.media import Media, describe
from player.publish.pack import FULL, cost, pack
from player.publish.pdf import count_pages

# Media


def described(tmp_path: Path, data: bytes) -> Media | None:
    path = tmp_path / "film.mp4"
    path.write_bytes(data)
    return describe(path)


def test_the_boxes_of_a_film_say_what_it_is(tmp_path: Path) -> None:
    assert described(tmp_path, film(61.25, 480)) == Media(61.25, 480, "h264", "aac")
    assert described(tmp_path, sound(2)) == Media(2.0, 0, "", "aac")


def test_large_boxes_and_64_bit_times_are_read(tmp_path: Path) -> None:
    times = struct.pack(">IQQIQ", 1 << 24, 0, 0, 90_000, 90_000 * 7)
    moov = box(b"moov", box(b"mvhd", times, bytes(80)), track(b"vide", b"hev1", 720))
    large = struct.pack(">I4sQ", 1, b"mdat", 16 + 5) + bytes(5)
    media = described(tmp_path, large + moov)
    assert media == Media(7.0, 720, "hevc", "")
    assert not media.plays_everywhere


@given(st.binary(max_size=80), st.integers(0, 300))
@example(bytes(37), 296)  # a picture of an unknown codec
def test_a_broken_film_is_none_or_a_film(
    tmp_path_factory: pytest.TempPathFactory, noise: bytes, at: int
) -> None:
    path = tmp_path_factory.getbasetemp() / "broken.mp4"
    whole = film(1, 240)
    path.write_bytes(whole[:at] + noise + whole[at + len(noise) :])
    media = describe(path)
    assert media is None or media.video or media.audio


def test_pyav_finds_the_same_in_a_real_film() -> None:
    pytest.importorskip("av")
    from player.publish.media import _from_boxes, _from_pyav  # noqa: PLC0415

    examples = Path(__file__).parents[2] / "examples"
    films = sorted(examples.glob("*/media/*.mp4")) + sorted(examples.glob("*/media/*.m4a"))
    assert films
    for one in films:
        boxes, pyav = _from_boxes(one), _from_pyav(one)
        assert boxes is not None
        assert pyav is not None
        assert (boxes.height, boxes.video, boxes.audio) == (pyav.height, pyav.video, pyav.audio)
        assert boxes.duration == pytest.approx(pyav.duration, abs=0.1)


def test_a_film_without_tracks_is_no_film(tmp_path: Path) -> None:
    assert described(tmp_path, mp4(5)) is None
    assert described(tmp_path, b"no film at all") is None


# Documents


def test_pages_of_a_pdf_are_counted_in_the_open_and_in_object_streams() -> None:
    hidden = zlib.compress(b"<</Type /Page>> <</Type/Page>> <</Type /Pages /Count 3>>")
    stream = b"2 0 obj <</Type /ObjStm /Length 9>> stream\n" + hidden + b"\nendstream endobj\n"
    assert count_pages(b"%PDF-1.5\n1 0 obj <</Type /Page /Parent 3 0 R>> endobj\n" + stream) == 3


@pytest.mark.parametrize(
    "data",
    [
        b"%PDF-1.4 /Encrypt <</Type /Page>>",
        b"%PDF-1.4 <</Type /Page>> %%EOF\n7 0 obj <</Type /Page>>",
        b"%PDF-1.5 <</Type /ObjStm>> stream\nnoise\nendstream",
    ],
)
def test_a_pdf_that_hides_its_pages_has_an_unknown_number(data: bytes) -> None:
    assert count_pages(data) == 0


# Packs


def some(*texts: bytes) -> list[Content]:
    return [content(text, "text/html") for text in texts]


@given(st.lists(st.lists(st.binary(max_size=300), max_size=6), max_size=4))
def test_every_content_comes_out_of_its_pack_as_it_went_in(sections: list[list[bytes]]) -> None:
    packed = pack([some(*texts) for texts in sections])
    every = {hashlib.sha256(text).hexdigest(): text for texts in sections for text in texts}
    assert packed.blobs.keys() == every.keys()
    for sha256, blob in packed.blobs.items():
        assert blob.pack is not None
        stored = packed.packs[blob.pack][blob.offset : blob.offset + blob.length]
        assert (zlib.decompress(stored) if blob.encoding else stored) == every[sha256]
        assert blob.length <= blob.size
    for sha256, data in packed.packs.items():
        inside = sorted((b.offset, b.length) for b in packed.blobs.values() if b.pack == sha256)
        assert sum(length for _, length in inside) == len(data)


def test_a_content_lies_where_it_is_first_needed_and_sections_share_no_pack() -> None:
    packed = pack([some(b"a" * 50, b"b"), some(b"c", b"a" * 50)])
    first, second = packed.packs
    places = {sha256: blob.pack for sha256, blob in packed.blobs.items()}
    assert places[hashlib.sha256(b"a" * 50).hexdigest()] == first
    assert places[hashlib.sha256(b"c").hexdigest()] == second


def test_large_contents_stay_alone_and_full_packs_are_closed() -> None:
    def noise(seed: int, size: int) -> bytes:
        return b"".join(
            hashlib.sha256(f"{seed}.{at}".encode()).digest() for at in range(size // 32)
        )

    small = [noise(seed, SMALL) for seed in range(9)]
    packed = pack([some(*small, noise(9, SMALL + 32))])
    assert sorted(len(data) for data in packed.packs.values()) == [SMALL, FULL]
    assert [one.size for one in packed.files.values()] == [SMALL + 32]
    assert all(not blob.encoding for blob in packed.blobs.values())


def large(name: str) -> Content:
    return content(noise(name, 600_000), "video/mp4")


def test_the_lists_of_a_section_lie_in_a_pack_of_their_own_each_rendition_together() -> None:
    light, heavy = [large("a 240p"), large("b 240p")], [large("a 480p"), large("b 480p")]
    heights = {one.sha256: 240 for one in light} | {one.sha256: 480 for one in heavy}
    mixed = [light[0], heavy[0], *some(b"page"), heavy[1], light[1]]
    packed = pack([mixed, [large("c"), light[0]]], heights)
    texts, lists, other = packed.packs
    assert packed.blobs[hashlib.sha256(b"page").hexdigest()].pack == texts
    places = {name: (blob.pack, blob.offset) for name, blob in packed.blobs.items()}
    order = [places[packed.blobs[one.sha256].pieces or ""] for one in (*light, *heavy)]
    assert order == sorted(order, key=lambda place: place[1])
    assert {pack_ for pack_, _ in order} == {lists}
    assert places[packed.blobs[large("c").sha256].pieces or ""] == (other, 0)
    assert sum(blob.type == TYPE for blob in packed.blobs.values()) == 5


# Costs


def video(name: str, *renditions: tuple[str, int]) -> Video:
    return Video(
        id=name,
        title=name,
        duration=1,
        renditions=tuple(
            Rendition(one, f"{name}{one}".encode().hex().ljust(64, "0"), height)
            for one, height in renditions
        ),
    )


def test_a_missing_rendition_costs_the_next_lighter_one_else_the_lightest() -> None:
    videos = (
        video("a", ("audio", 0), ("240p", 240), ("480p", 480)),
        video("b", ("240p", 240)),
        video("c", ("audio", 0)),
    )
    page = Page(id="p", title="p", blob="f" * 64)
    sizes = iter((1, 20, 300, 4000, 50_000))
    blobs = {one.blob: Blob(next(sizes), "v") for video in videos for one in video.renditions}
    blobs["f" * 64] = Blob(999, "text/html", "e" * 64, 0, 7, "zlib")
    manifest = Manifest(
        format="cartable/1",
        kind="course",
        id="c",
        version=1,
        title="",
        language="fr",
        summary="",
        authors=(),
        licence=Licence("CC0-1.0"),
        issued="",
        sections=(Section("s", "", (Sequence("q", "", (page, *videos)),)),),
        blobs=blobs,
    )
    spent = cost(manifest)
    assert spent.base == 7
    assert spent.renditions == {"audio": 54_001, "240p": 54_020, "480p": 54_300}
