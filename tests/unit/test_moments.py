# SPDX-License-Identifier: Apache-2.0
"""Chapters and turns of slides: what a course says of them wrong costs nobody the video."""

from __future__ import annotations

from typing import Any

import msgspec
import pytest

from player.course.manifest import Chapter, SlideTurn, Video, decode_manifest
from player.course.moments import index_at

GOOD = [{"at": 0, "title": "Un"}, {"at": 7.5, "title": "Deux"}]


def course(**facts: Any) -> bytes:
    sha256 = "a" * 64
    video = {"type": "video", "id": "v", "title": "V", "duration": 60.0}
    video |= {"renditions": [{"name": "240p", "blob": sha256, "height": 240}]} | facts
    sequence = {"id": "sq", "title": "S", "activities": [video]}
    return msgspec.json.encode(
        {
            "format": "cartable/1",
            "kind": "course",
            "id": "c",
            "version": 1,
            "title": "C",
            "language": "fr",
            "summary": "",
            "authors": [],
            "licence": {"id": "CC0-1.0"},
            "issued": "2026-01-01T00:00:00Z",
            "sections": [{"id": "s", "title": "S", "sequences": [sequence]}],
            "blobs": {sha256: {"size": 1, "type": "video/mp4"}},
        }
    )


def decoded(**facts: Any) -> Video:
    video = decode_manifest(course(**facts)).find("v")
    assert isinstance(video, Video)
    return video


def test_what_is_right_is_kept() -> None:
    video = decoded(chapters=GOOD, turns=[{"at": 0, "page": 1}, {"at": 59.9, "page": 2}])
    assert video.chapters == (Chapter(0.0, "Un"), Chapter(7.5, "Deux"))
    assert video.turns == (SlideTurn(0.0, 1), SlideTurn(59.9, 2))


def test_what_is_out_of_order_is_sorted_and_a_second_has_one_chapter() -> None:
    video = decoded(chapters=[*reversed(GOOD), {"at": 7.5, "title": "Encore"}])
    assert video.chapters == (Chapter(0.0, "Un"), Chapter(7.5, "Deux"))


@pytest.mark.parametrize(
    "wrong",
    [
        {"at": 60, "title": "Beyond", "page": 3},
        {"at": 1e300, "title": "Far beyond", "page": 3},
        {"at": -1, "title": "Before", "page": 3},
        {"at": "7", "title": "Words", "page": 3},
        {"at": True, "title": "Yes", "page": 3},
        {"at": None, "title": "Nothing", "page": 3},
        {"title": "Nowhere", "page": 3},
        {"at": 9, "title": "", "page": 0},
        {"at": 9, "title": ["a"], "page": "3"},
        {"at": 9, "title": 7, "page": 10**12},
        "7",
        None,
    ],
)
def test_what_cannot_be_is_left_out(wrong: object) -> None:
    video = decoded(chapters=[wrong, *GOOD], turns=[wrong, {"at": 3, "page": 2}])
    assert [one.title for one in video.chapters] == ["Un", "Deux"]
    assert video.turns == (SlideTurn(3.0, 2),)


@pytest.mark.parametrize("wrong", [None, "chapters", 7, {"at": 1}])
def test_what_is_no_list_is_none(wrong: object) -> None:
    video = decoded(chapters=wrong, turns=wrong)
    assert video.chapters == ()
    assert video.turns == ()


def test_a_video_of_unknown_length_keeps_its_chapters() -> None:
    assert len(decoded(duration=0.0, chapters=GOOD).chapters) == 2


def test_the_moment_that_holds() -> None:
    chapters = (Chapter(2.0, "Un"), Chapter(7.5, "Deux"))
    assert [index_at(chapters, time) for time in (0, 1.99, 2, 7.4, 7.5, 99)] == [-1, -1, 0, 0, 1, 1]
    assert index_at((), 5) == -1
