# SPDX-License-Identifier: Apache-2.0
"""Piece lists: written, read, refused; and files cut where their content says."""

from __future__ import annotations

import hashlib
import sys
from collections.abc import Callable
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from repository_builder import noise

from player.course.pieces import LONGEST, decode_pieces, encode_pieces
from player.errors import Damaged, Malformed
from player.publish.cut import LEAST, MOST, piece_list
from player.publish.folder import content, file_content

HASH = hashlib.sha256(b"").hexdigest()
PIECES = st.lists(st.tuples(st.integers(1, LONGEST), st.just(HASH)), max_size=20)


@given(PIECES)
def test_a_list_is_read_as_it_was_written(pieces: list[tuple[int, str]]) -> None:
    size = sum(length for length, _ in pieces)
    assert decode_pieces(encode_pieces(pieces), size) == tuple(pieces)


@pytest.mark.parametrize(
    ("data", "size"),
    [
        (b"x" * 35, 1),
        (encode_pieces([(5, HASH)]) + b"x", 5),
        (encode_pieces([(5, HASH)]), 6),
        (encode_pieces([(0, HASH), (5, HASH)]), 5),
        (encode_pieces([(LONGEST + 1, HASH)]), LONGEST + 1),
        (b"", 5),
    ],
)
def test_what_is_no_list_of_this_file_is_refused(data: bytes, size: int) -> None:
    with pytest.raises(Malformed):
        decode_pieces(data, size)


@given(st.binary(max_size=400), st.integers(0, 10**9))
def test_rubbish_is_refused_and_nothing_worse(data: bytes, size: int) -> None:
    try:
        pieces = decode_pieces(data, size)
    except Malformed:
        return
    assert sum(length for length, _ in pieces) == size


def listed(path: Path, data: bytes) -> tuple[tuple[int, str], ...]:
    path.write_bytes(data)
    found = piece_list(file_content(path, "video/mp4"))
    assert found is not None
    return decode_pieces(found.read(), len(data))


def test_a_file_is_cut_into_pieces_that_make_it_up(tmp_path: Path) -> None:
    data = noise("film", 3_000_000)
    pieces = listed(tmp_path / "film", data)
    start = 0
    for length, sha256 in pieces:
        assert hashlib.sha256(data[start : start + length]).hexdigest() == sha256
        start += length
    assert all(LEAST <= length <= MOST for length, _ in pieces[:-1])


def test_an_insert_in_the_middle_leaves_nearly_all_pieces_as_they_were(tmp_path: Path) -> None:
    data = noise("film", 8_000_000)
    before = set(listed(tmp_path / "one", data))
    after = listed(tmp_path / "two", data[:4_000_000] + noise("new", 500_000) + data[4_000_000:])
    new = sum(length for length, sha256 in after if (length, sha256) not in before)
    assert new < 500_000 + 3 * MOST


def test_a_small_file_has_no_list(tmp_path: Path) -> None:
    path = tmp_path / "small"
    path.write_bytes(noise("small", MOST))
    assert piece_list(file_content(path, "video/mp4")) is None


def test_files_are_cut_where_they_were_cut_by_every_version_before(tmp_path: Path) -> None:
    """Another library, or other sizes, would make everybody pay whole for the next edit."""
    lengths = [length for length, _ in listed(tmp_path / "film", noise("film", 1_000_000))]
    assert lengths == [154281, 136581, 79230, 165627, 112677, 80820, 247916, 22868]


def test_what_was_made_and_lies_in_no_file_is_cut_too(tmp_path: Path) -> None:
    data = noise("quiz", 1_000_000)
    found = piece_list(content(data, "text/html"))
    assert found is not None
    assert decode_pieces(found.read(), len(data)) == listed(tmp_path / "same", data)


@pytest.mark.parametrize("change", [lambda data: data[1:], lambda data: b"x" + data[1:]])
def test_a_file_that_changes_meanwhile_gets_no_list(
    tmp_path: Path, change: Callable[[bytes], bytes]
) -> None:
    path = tmp_path / "film"
    path.write_bytes(noise("film", 1_000_000))
    one = file_content(path, "video/mp4")
    path.write_bytes(change(path.read_bytes()))
    with pytest.raises(Damaged, match="film"):
        piece_list(one)


def test_without_what_cuts_there_are_no_lists(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "pyfastcdc", None)
    assert piece_list(content(noise("film", 1_000_000), "video/mp4")) is None
