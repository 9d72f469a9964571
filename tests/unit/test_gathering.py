# SPDX-License-Identifier: Apache-2.0
"""Which stretch of a file is asked for next, and what of a part file is believed."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from repository_builder import noise, sha256

from player.download.gathering import GAP, GAP_HELD, STRETCH, Gathering
from player.download.parts import Part, Span, lacking, merged
from player.download.targets import Piece, Target, unpacked

SPANS = st.lists(st.tuples(st.integers(0, 60), st.integers(0, 60)).map(sorted).map(tuple))


Gather = Callable[..., Gathering]


@pytest.fixture
def gathering(tmp_path: Path) -> Iterator[Gather]:
    """Makes a pack of members of the given sizes, some of them wanted, in one folder."""
    made: list[Part] = []

    def gather(*sizes: int, wanted: tuple[int, ...] | None = None) -> Gathering:
        pieces, at = [], 0
        for number, size in enumerate(sizes):
            if wanted is None or number in wanted:
                pieces.append(Piece(at, at + size, sha256(noise(str(number), size)), size))
            at += size
        target = Target("packs/aa/" + "a" * 64, at, tuple(pieces), packed=True)
        made.append(Part(tmp_path, target.name, at))
        return Gathering(target, made[-1])

    yield gather
    for part in made:
        part.close()


def asked(one: Gathering, busy: list[Span] | None = None, most: int = STRETCH) -> Span | None:
    return one.stretch(one.left.values(), busy or [], most)


def test_neighbours_come_with_one_request(gathering: Gather) -> None:
    assert asked(gathering(100, 200, 300)) == (0, 600)


def test_what_others_ask_for_is_not_asked_twice(gathering: Gather) -> None:
    one = gathering(100, 200, 300)
    assert asked(one, [(0, 100)]) == (100, 600)
    assert asked(one, [(0, 600)]) is None


def test_a_stretch_has_an_end(gathering: Gather) -> None:
    one = gathering(3 * STRETCH)
    assert asked(one) == (0, STRETCH)
    assert asked(one, [(0, STRETCH)]) == (STRETCH, 2 * STRETCH)
    assert asked(one, most=10) == (0, 10)


@pytest.mark.parametrize(("between", "stop"), [(GAP, GAP + 200), (GAP + 1, 100)])
def test_what_stands_between_unasked_comes_along_if_it_is_short(
    gathering: Gather, between: int, stop: int
) -> None:
    assert asked(gathering(100, between, 100, wanted=(0, 2))) == (0, stop)


@pytest.mark.parametrize(("between", "stop"), [(GAP_HELD, GAP_HELD + 200), (GAP_HELD + 1, 100)])
def test_what_is_here_is_paid_again_only_where_a_request_would_cost_as_much(
    gathering: Gather, between: int, stop: int
) -> None:
    one = gathering(100, between, 100, wanted=(0, 2))
    one.held = [(100, 100 + between)]
    assert asked(one) == (0, stop)


def test_what_came_is_not_asked_again_after_a_restart(gathering: Gather) -> None:
    one = gathering(100, 200, 300)
    run = one.part.put(None, 0, bytes(150))
    one.part.put(run, 150, bytes(10))
    one.part.close()
    again = gathering(100, 200, 300)
    assert again.part.spans == [(0, 160)]
    assert asked(again) == (160, 600)
    assert [piece.start for piece in again.covered(0, 10**6)] == [0]


def test_an_empty_file_is_here_at_once(gathering: Gather) -> None:
    for one in gathering(0), gathering(0, 5, 0, wanted=(0, 2)):
        assert one.covered(0, one.target.size) == list(one.left.values())


def test_bytes_are_written_once_and_wrong_ones_are_forgotten(gathering: Gather) -> None:
    one = gathering(100, 200)
    data = noise("0", 100) + noise("other", 200)
    run = one.part.put(None, 50, data[50:150])
    one.part.put(run, 0, data)
    assert one.part.read(0, 300) == data
    good, bad = one.covered(0, 10**6)
    assert one.content(good) == noise("0", 100)
    assert one.content(bad) is None
    assert one.part.spans == [(0, 100)]
    one.part.close()
    assert gathering(100, 200).part.spans == [(0, 100)]


def test_a_record_that_a_crash_cut_short_and_one_that_lies_are_not_believed(
    gathering: Gather, tmp_path: Path
) -> None:
    one = gathering(100, 200)
    one.part.put(None, 0, bytes(50))
    one.part.close()
    got = tmp_path / f"{one.target.name}.got"
    got.write_bytes(got.read_bytes() + b"\xff" * 16 + b"short")
    assert gathering(100, 200).part.spans == [(0, 50)]


def test_a_file_that_grew_loses_what_is_too_much(gathering: Gather) -> None:
    one = gathering(100)
    one.part.put(None, 0, noise("0", 100))
    one.part.close()
    with one.part.path.open("ab") as file:
        file.write(b"more")
    again = gathering(100)
    assert again.part.path.read_bytes() == noise("0", 100)
    assert again.part.spans == [(0, 100)]


@pytest.mark.skipif(sys.platform == "win32", reason="a link takes a right that pupils lack")
@pytest.mark.parametrize("kind", ["part", "new", "got"])
def test_a_link_in_place_of_a_part_leads_nowhere(
    gathering: Gather, tmp_path: Path, kind: str
) -> None:
    mine = tmp_path / "mine"
    mine.write_bytes(b"my own")
    (tmp_path / f"{'a' * 64}.{kind}").symlink_to(mine)
    one = gathering(100)
    one.part.put(None, 0, noise("0", 100))
    assert one.part.path.read_bytes() == noise("0", 100)
    assert mine.read_bytes() == b"my own"


@given(SPANS, st.integers(0, 60), st.integers(0, 60))
def test_what_lacks_is_what_no_interval_has(spans: list[Span], start: int, stop: int) -> None:
    have = {at for span in spans for at in range(*span)}
    found = lacking(merged(spans), start, stop)
    assert {at for span in found for at in range(*span)} == set(range(start, stop)) - have


@pytest.mark.parametrize("size", [9, 11])
def test_a_piece_of_another_length_is_wrong(size: int) -> None:
    assert unpacked(bytes(size), Piece(0, 10, sha256(bytes(10)), 10)) is None
    assert unpacked(bytes(10), Piece(0, 10, sha256(bytes(10)), 10)) == bytes(10)
