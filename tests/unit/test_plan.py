# SPDX-License-Identifier: Apache-2.0
from __future__ import annotations

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st
from repository_builder import Draft, noise, sha256

from player.course.manifest import Manifest, Video
from player.course.needs import Choice, needs, pick_rendition, size
from player.download.plan import GAP, GAP_HELD, Plan, Wish, cost, plan, rest
from player.publish.pack import cost as catalogue_cost

NOTHING: frozenset[str] = frozenset()


def two_weeks() -> Manifest:
    draft = Draft()
    for week in ("one", "two"):
        draft.section(
            week,
            texts=[noise(f"{week} {n}", 3000) for n in range(3)],
            captions=[noise(f"{week} captions", 500)],
            videos=[
                {"audio": noise(f"{week} a", 9000), "240p": noise(f"{week} b", 30_000)},
                {"480p": noise(f"{week} c", 90_000)},
            ],
        )
    return draft.manifest()[0]


def fetched(found: Plan) -> list[str]:
    return [part.sha256 for fetch in found.fetches for part in fetch.parts]


def test_a_section_needs_its_texts_and_one_rendition_of_each_video() -> None:
    found = plan(two_weeks(), [Wish("one", "240p")], NOTHING)
    assert sha256(noise("one b", 30_000)) in fetched(found)
    assert sha256(noise("one a", 9000)) not in fetched(found)
    assert sha256(noise("one c", 90_000)) in fetched(found)  # it has no other
    assert not any(sha256(noise(f"two {n}", 3000)) in fetched(found) for n in range(3))


def test_without_a_rendition_no_video_comes() -> None:
    found = plan(two_weeks(), [Wish("one", "")], NOTHING)
    assert [fetch.packed for fetch in found.fetches] == [True]
    assert found.bytes_to_fetch == found.bytes_total


def test_the_texts_of_all_weeks_come_before_the_first_video_in_the_order_of_the_course() -> None:
    found = plan(two_weeks(), [Wish("two", "480p"), Wish("one", "480p")], NOTHING)
    assert [fetch.packed for fetch in found.fetches] == [True, True, False, False, False, False]
    assert fetched(found)[-4:] == [
        sha256(noise("one b", 30_000)),
        sha256(noise("one c", 90_000)),
        sha256(noise("two b", 30_000)),
        sha256(noise("two c", 90_000)),
    ]


def test_a_wish_for_a_section_that_is_gone_asks_for_nothing() -> None:
    assert plan(two_weeks(), [Wish("three", "240p")], NOTHING) == Plan((), 0, 0, 0)


def test_the_image_of_the_course_comes_with_the_first_section() -> None:
    image = noise("image", 40)
    draft = Draft(change=lambda made: msgspec.structs.replace(made, image=sha256(image)))
    draft.section("one", texts=[b"text"])
    draft.small.append([image])
    manifest, _ = draft.manifest()
    found = plan(manifest, [Wish("one", "")], NOTHING)
    assert fetched(found) == [sha256(image), sha256(b"text")]
    assert cost(manifest, ["one"], NOTHING)[""] == catalogue_cost(manifest).base


@pytest.mark.parametrize(
    ("wished", "has", "gets"),
    [
        ("240p", ["audio", "240p", "480p"], "240p"),
        ("360p", ["audio", "240p", "480p"], "240p"),
        ("1080p", ["audio", "240p"], "240p"),
        ("240p", ["audio", "480p"], "audio"),
        ("240p", ["480p", "720p"], "480p"),
        ("audio", ["240p", "480p"], "240p"),
        ("strange", ["audio", "480p"], "audio"),
    ],
)
def test_a_missing_rendition_is_replaced_by_the_next_lighter_else_the_lightest(
    wished: str, has: list[str], gets: str
) -> None:
    draft = Draft().section("one", videos=[{name: name.encode() for name in has}])
    video = next(draft.manifest()[0].activities())
    assert isinstance(video, Video)
    picked = pick_rendition(video, wished)
    assert picked is not None
    assert picked.name == gets


def test_nobody_who_wants_no_video_gets_one() -> None:
    video = next(Draft().section("one", videos=[{"audio": b"a"}]).manifest()[0].activities())
    assert isinstance(video, Video)
    assert pick_rendition(video, "") is None


def pack_of(*sizes: int) -> tuple[Manifest, list[str]]:
    """A course of texts of these sizes, in one pack, none of them compressed."""
    texts = [noise(f"text {n}", length) for n, length in enumerate(sizes)]
    manifest, _ = Draft().section("one", texts=texts).manifest()
    at, blobs = 0, {}
    for text in texts:
        blob = manifest.blobs[sha256(text)]
        blobs[sha256(text)] = msgspec.structs.replace(
            blob, offset=at, length=len(text), encoding=""
        )
        at += len(text)
    packs = {name: msgspec.structs.replace(pack, size=at) for name, pack in manifest.packs.items()}
    return msgspec.structs.replace(manifest, blobs=blobs, packs=packs), list(map(sha256, texts))


def test_neighbours_in_a_pack_come_with_one_request() -> None:
    manifest, _ = pack_of(100, 200, 300)
    (fetch,) = plan(manifest, [Wish("one")], NOTHING).fetches
    assert (fetch.start, fetch.stop, fetch.size, len(fetch.parts)) == (0, 600, 600, 3)


def test_a_short_stretch_that_is_here_is_bridged_and_a_longer_one_is_not_paid_again() -> None:
    manifest, names = pack_of(100, GAP_HELD, 100)
    (fetch,) = plan(manifest, [Wish("one")], frozenset(names[1:2])).fetches
    assert (fetch.start, fetch.stop) == (0, GAP_HELD + 200)
    assert [part.sha256 for part in fetch.parts] == [names[0], names[2]]
    manifest, names = pack_of(100, GAP_HELD + 1, 100)
    found = plan(manifest, [Wish("one")], frozenset(names[1:2]))
    assert [(fetch.start, fetch.stop) for fetch in found.fetches] == [
        (0, 100),
        (GAP_HELD + 101, GAP_HELD + 201),
    ]
    assert found.bytes_to_fetch == 200


def test_what_stands_between_unasked_is_kept_and_a_long_stretch_of_it_is_left_out() -> None:
    for between, stretches in ((GAP, 1), (GAP + 1, 2)):
        manifest, names = pack_of(100, between, 100)
        first, *_, last = next(iter(manifest.sections)).sequences[0].activities
        sitting = msgspec.structs.replace(
            manifest.sections[0].sequences[0], activities=(first, last)
        )
        section = msgspec.structs.replace(manifest.sections[0], sequences=(sitting,))
        manifest = msgspec.structs.replace(manifest, sections=(section,))
        found = plan(manifest, [Wish("one")], NOTHING)
        assert len(found.fetches) == stretches
        assert (names[1] in fetched(found)) == (stretches == 1)


def test_the_rest_of_a_fetch_begins_at_the_first_part_that_is_lacking() -> None:
    manifest, names = pack_of(100, 200, 300)
    (fetch,) = plan(manifest, [Wish("one")], NOTHING).fetches
    left = rest(fetch, {names[0], names[2]})
    assert left is not None
    assert (left.start, left.stop) == (100, 300)
    assert rest(fetch, set(names)) is None
    assert rest(fetch, NOTHING) == fetch


@given(st.sets(st.integers(0, 11)), st.sampled_from(["", "audio", "240p", "480p"]))
def test_what_is_fetched_and_what_is_here_are_all_that_was_wished_for(
    held: set[int], rendition: str
) -> None:
    manifest = two_weeks()
    present = frozenset(name for n, name in enumerate(sorted(manifest.blobs)) if n in held)
    wishes = [Wish("one", rendition), Wish("two", "")]
    found = plan(manifest, wishes, present)
    wanted = {
        blob
        for wish, section in zip(wishes, manifest.sections, strict=True)
        for blob in needs(section, wish.choice)
    }
    assert wanted <= present | set(fetched(found))
    assert not present & set(fetched(found))
    assert len(fetched(found)) == len(set(fetched(found)))
    assert found.bytes_total == size(manifest, wanted)
    assert found.bytes_here == size(manifest, wanted & present)
    for fetch in found.fetches:
        for part in fetch.parts:
            assert fetch.start <= part.blob.offset
            assert part.blob.offset + part.blob.cost <= fetch.stop <= fetch.size


def test_prices_agree_with_the_catalogue_and_fall_with_what_is_here() -> None:
    manifest = two_weeks()
    promised = catalogue_cost(manifest)
    prices = cost(manifest, ["one", "two"], NOTHING)
    assert prices[""] == promised.base
    assert {name: prices[name] - prices[""] for name in promised.renditions} == promised.renditions
    here = frozenset(needs(manifest.sections[0], Choice("240p")))
    assert cost(manifest, ["one"], here)["240p"] == 0
    assert cost(manifest, ["one", "two"], here)[""] == cost(manifest, ["two"], NOTHING)[""]


def test_a_section_without_videos_has_a_price_for_every_rendition_of_the_course() -> None:
    draft = Draft().section("one", texts=[b"text"]).section("two", videos=[{"240p": b"video"}])
    manifest, _ = draft.manifest()
    assert cost(manifest, ["one"], NOTHING) == {"": 4, "240p": 4}


def test_an_empty_file_is_planned_without_a_byte() -> None:
    manifest, _ = Draft().section("one", videos=[{"240p": b""}]).manifest()
    (fetch,) = plan(manifest, [Wish("one", "240p")], NOTHING).fetches
    assert (fetch.start, fetch.stop) == (0, 0)
