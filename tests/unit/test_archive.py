# SPDX-License-Identifier: Apache-2.0
"""A `.course` file answers as a folder would, and what is wrong in it is not there."""

from __future__ import annotations

import os
import random
import struct
import time
import zipfile
from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from repository_builder import noise

from player.errors import BadCourseFile, ConnectionProblem, Offline
from player.transport import Roads, archive

FILM, TEXT = noise("film", 700_000), b'{"kind": "catalogue"}' * 40_000
FILES = {"blobs/aa/film": (FILM, zipfile.ZIP_STORED), "text.json": (TEXT, zipfile.ZIP_DEFLATED)}

Got = tuple[int, dict[str, str], bytes]


@pytest.fixture
def roads() -> Iterator[Roads]:
    found = Roads()
    yield found
    found.close()


@pytest.fixture
def file(tmp_path: Path) -> Path:
    return made(tmp_path / "Été 1.course")


def made(path: Path) -> Path:
    with zipfile.ZipFile(path, "w") as target:
        for name, (data, method) in FILES.items():
            target.writestr(name, data, method)
    return path


def get(roads: Roads, url: str, wanted: str = "") -> Got:
    with roads.request("GET", url, headers={"Range": wanted} if wanted else {}) as reply:
        return reply.status, dict(reply.headers), b"".join(reply.body)


@pytest.mark.parametrize(
    "wanted",
    [
        *("", "bytes=0-", "bytes=0-0", "bytes=5-300000", "bytes=699999-", "bytes=10-99999999"),
        *("bytes=700000-", "bytes=840000-", "bytes=9-3", "items=0-1", "bytes=-5"),
    ],
)
@pytest.mark.parametrize("name", [*FILES, "nothing", "blobs", "blobs/aa", ""])
def test_it_answers_as_a_folder_with_the_same_files(
    roads: Roads, file: Path, tmp_path: Path, name: str, wanted: str
) -> None:
    for inner, (data, _) in FILES.items():
        path = tmp_path / "folder" / inner
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(data)
    as_folder = get(roads, f"{(tmp_path / 'folder').as_uri()}/{name}", wanted)
    assert get(roads, f"{file.as_uri()}/{name}", wanted) == as_folder


def test_nothing_is_unpacked_to_the_disk(roads: Roads, file: Path, tmp_path: Path) -> None:
    get(roads, f"{file.as_uri()}/text.json")
    assert list(tmp_path.iterdir()) == [file]


def test_a_folder_of_that_name_is_a_folder(roads: Roads, tmp_path: Path) -> None:
    (tmp_path / "x.course").mkdir()
    (tmp_path / "x.course" / "file").write_bytes(b"here")
    assert get(roads, f"{tmp_path.as_uri()}/x.course/file")[2] == b"here"


def test_a_file_that_was_replaced_is_read_anew(roads: Roads, file: Path) -> None:
    assert get(roads, f"{file.as_uri()}/text.json")[2] == TEXT
    with zipfile.ZipFile(file.with_suffix(".new"), "w") as target:
        target.writestr("text.json", b"new")
    file.with_suffix(".new").replace(file)
    assert get(roads, f"{file.as_uri()}/text.json")[2] == b"new"


def test_a_file_on_a_stick_that_is_gone_is_not_there(roads: Roads, file: Path) -> None:
    file.unlink()
    assert get(roads, f"{file.as_uri()}/text.json")[0] == 404


def test_a_file_that_cannot_be_read_is_offline(
    roads: Roads, file: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fails(*_: object) -> None:
        raise OSError(5, "Input/output error")

    monkeypatch.setattr(Path, "open", fails)
    with pytest.raises(Offline):
        get(roads, f"{file.as_uri()}/text.json")


def test_nothing_outside_is_reached(roads: Roads, tmp_path: Path) -> None:
    (tmp_path / "secret").write_bytes(b"secret")
    with zipfile.ZipFile(tmp_path / "x.course", "w") as target:
        target.writestr("../secret", b"inside")
    for way in ("../secret", "%2e%2e/secret", "a/../../secret", "/etc/passwd"):
        status, _, body = get(roads, f"{tmp_path.as_uri()}/x.course/{way}")
        assert (status, body) in ((404, b""), (200, b"inside")), way


# What is wrong


@pytest.mark.parametrize("cut", [0, 1, 21, 1000, 600_000, -1, -22])
def test_a_file_that_is_half_copied_says_so(roads: Roads, file: Path, cut: int) -> None:
    file.write_bytes(file.read_bytes()[:cut])
    with pytest.raises(BadCourseFile, match="half copied"):
        get(roads, f"{file.as_uri()}/text.json")


def patched(file: Path, name: str, field: int, shape: str, value: int) -> None:
    """Write `value` at `field` of the entry of `name` in the central directory."""
    data = bytearray(file.read_bytes())
    at = data.rindex(name.encode()) - 46
    assert data[at : at + 4] == b"PK\1\2"
    struct.pack_into(shape, data, at + field, value)
    file.write_bytes(data)


@pytest.mark.parametrize(
    ("field", "shape", "value"),
    [
        (8, "<H", 1),  # encrypted
        (10, "<H", 12),  # bzip2
        (10, "<H", 99),  # nothing that there is
        (20, "<L", 5),  # stored in other bytes than it has
        (24, "<L", 2**32 - 2),
        (42, "<L", 7),  # begins where nothing begins
        (42, "<L", 2**31),
    ],
)
def test_what_lies_is_not_there_and_the_rest_is(
    roads: Roads, file: Path, field: int, shape: str, value: int
) -> None:
    patched(file, "blobs/aa/film", field, shape, value)
    assert get(roads, f"{file.as_uri()}/blobs/aa/film")[0] == 404
    assert get(roads, f"{file.as_uri()}/text.json")[2] == TEXT


@pytest.mark.filterwarnings("ignore:Duplicate name")
def test_what_stands_there_twice_is_not_there(roads: Roads, file: Path) -> None:
    with zipfile.ZipFile(file, "a") as target:
        target.writestr("text.json", b"another")
    assert get(roads, f"{file.as_uri()}/text.json")[0] == 404
    assert get(roads, f"{file.as_uri()}/blobs/aa/film")[2] == FILM


def test_a_bomb_gives_no_more_than_it_promised(roads: Roads, tmp_path: Path) -> None:
    file = tmp_path / "bomb.course"
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as target:
        target.writestr("bomb", bytes(100_000_000))
    assert get(roads, f"{file.as_uri()}/bomb")[0] == 404
    patched(file, "bomb", 24, "<L", 1000)
    assert get(roads, f"{file.as_uri()}/bomb")[::2] == (200, bytes(1000))


def test_what_is_shorter_than_it_promised_is_broken(roads: Roads, file: Path) -> None:
    patched(file, "text.json", 24, "<L", len(TEXT) + 1)
    with pytest.raises(BadCourseFile):
        get(roads, f"{file.as_uri()}/text.json")


def test_a_table_that_is_too_long_is_not_read(
    roads: Roads, file: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(archive, "_TABLE", 60)
    with pytest.raises(BadCourseFile):
        get(roads, f"{file.as_uri()}/text.json")


def test_thirty_thousand_names_twice_take_no_time(roads: Roads, tmp_path: Path) -> None:
    file = tmp_path / "many.course"
    entry = struct.pack("<4s6H3L5H2L", b"PK\1\2", *[20] * 2, *[0] * 7, 5, *[0] * 6) + b"names"
    table = entry * 30_000
    end = struct.pack("<4s4H2LH", b"PK\5\6", 0, 0, 30_000, 30_000, len(table), 0, 0)
    file.write_bytes(table + end)
    began = time.process_time()
    assert get(roads, f"{file.as_uri()}/names")[0] == 404
    assert time.process_time() - began < 5


@given(st.integers(0, 2**32), st.integers(1, 40))
@settings(max_examples=150)
def test_any_damage_is_a_sentence_or_an_answer(tmp_path: Path, seed: int, flips: int) -> None:
    rng = random.Random(seed)
    file = tmp_path / "small.course"
    with zipfile.ZipFile(file, "w") as target:
        target.writestr("stored", b"stored")
        target.writestr("deflated", b"deflated" * 50, zipfile.ZIP_DEFLATED)
    data = bytearray(file.read_bytes())
    for _ in range(flips):
        data[rng.randrange(len(data))] = rng.randrange(256)
    file.write_bytes(data)
    os.utime(file, ns=(seed, seed))
    roads = Roads()
    for name in ("stored", "deflated", "other"):
        try:
            status, headers, body = get(roads, f"{file.as_uri()}/{name}")
        except ConnectionProblem:
            continue
        assert status in (200, 404)
        assert len(body) <= int(headers.get("content-length", 0))
