# SPDX-License-Identifier: Apache-2.0
from __future__ import annotations

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st
from repository_builder import Draft, noise, sha256

from player.course.manifest import Manifest, Track, Video
from player.course.needs import Choice, needs, pick_rendition, size
from player.download.plan import Plan, Wish, cost, plan
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
    return [blob for stage in found.stages for blob in stage]


def kinds(manifest: Manifest, found: Plan) -> list[str]:
    """Of each stage, whether it is texts or videos."""
    packed = [{bool(manifest.blobs[blob].pack) for blob in stage} for stage in found.stages]
    assert all(len(one) == 1 for one in packed)
    return ["texts" if one.pop() else "videos" for one in packed]


def test_a_section_needs_its_texts_and_one_rendition_of_each_video() -> None:
    found = plan(two_weeks(), [Wish("one", "240p")], NOTHING)
    assert sha256(noise("one b", 30_000)) in fetched(found)
    assert sha256(noise("one a", 9000)) not in fetched(found)
    assert sha256(noise("one c", 90_000)) in fetched(found)  # it has no other
    assert not any(sha256(noise(f"two {n}", 3000)) in fetched(found) for n in range(3))


def test_without_a_rendition_no_video_comes() -> None:
    manifest = two_weeks()
    found = plan(manifest, [Wish("one", "")], NOTHING)
    assert kinds(manifest, found) == ["texts"]
    assert found.bytes_to_fetch == found.bytes_total


def test_first_the_next_sitting_then_all_texts_then_the_videos_as_they_are_queued() -> None:
    manifest = two_weeks()
    found = plan(manifest, [Wish("two", "480p"), Wish("one", "480p")], NOTHING)
    assert kinds(manifest, found) == ["texts", "videos", "texts", "videos"]
    assert found.stages[1] == (sha256(noise("two b", 30_000)), sha256(noise("two c", 90_000)))
    assert found.stages[3] == (sha256(noise("one b", 30_000)), sha256(noise("one c", 90_000)))


def test_the_next_sitting_is_the_one_with_the_activity_that_follows() -> None:
    draft = Draft().section("one", texts=[b"first"], videos=[{"240p": b"film"}])
    draft.section("two", texts=[b"second"])
    manifest, _ = draft.manifest()
    (section,) = (one for one in manifest.sections if one.id == "one")
    page, video = section.sequences[0].activities
    halves = tuple(
        msgspec.structs.replace(section.sequences[0], id=name, activities=(one,))
        for name, one in (("a", page), ("b", video))
    )
    split = msgspec.structs.replace(section, sequences=halves)
    manifest = msgspec.structs.replace(manifest, sections=(split, manifest.sections[1]))
    wishes = [Wish("one", "240p"), Wish("two")]
    assert plan(manifest, wishes, NOTHING, video.id).stages[0] == (sha256(b"film"),)
    assert plan(manifest, wishes, NOTHING).stages[0] == (sha256(b"first"),)


def test_a_piece_list_comes_before_the_file_it_is_of() -> None:
    manifest = two_weeks()
    film, listed = sha256(noise("one b", 30_000)), sha256(noise("one captions", 500))
    blob = msgspec.structs.replace(manifest.blobs[film], pieces=listed)
    manifest = msgspec.structs.replace(manifest, blobs=manifest.blobs | {film: blob})
    asked = [Wish("one", "240p", activity="one-video-0", languages=("fr",))]
    blobs = fetched(plan(manifest, asked, NOTHING))
    assert blobs.index(listed) < blobs.index(film)
    alone = fetched(plan(manifest, asked, frozenset([listed])))
    assert listed not in alone


def test_only_the_captions_that_are_read_come_and_all_where_there_are_no_others() -> None:
    manifest = two_weeks()
    captions = sha256(noise("one captions", 500))
    assert captions in fetched(plan(manifest, [Wish("one", languages=("fr",))], NOTHING))
    track = manifest.find("one-video-0")
    assert isinstance(track, Video)
    both = msgspec.structs.replace(track, captions=(*track.captions, Track("fr-CA", "f" * 64)))
    manifest = in_place(manifest, both)
    spoken = fetched(plan(manifest, [Wish("one", languages=("fr",))], NOTHING))
    assert ("f" * 64 in spoken, captions in spoken) == (True, False)


def in_place(manifest: Manifest, video: Video) -> Manifest:
    """The manifest with this video in the place of the one of its id."""
    section = manifest.sections[0]
    activities = tuple(
        video if one.id == video.id else one for one in section.sequences[0].activities
    )
    sitting = msgspec.structs.replace(section.sequences[0], activities=activities)
    section = msgspec.structs.replace(section, sequences=(sitting,))
    blob = manifest.blobs[video.captions[0].blob]
    return msgspec.structs.replace(
        manifest,
        sections=(section, *manifest.sections[1:]),
        blobs=manifest.blobs | {track.blob: blob for track in video.captions},
    )


def test_a_wish_for_a_section_that_is_gone_asks_for_nothing() -> None:
    assert plan(two_weeks(), [Wish("three", "240p")], NOTHING) == Plan((), 0, 0, 0)


def test_the_image_of_the_course_comes_with_the_first_section() -> None:
    image = noise("image", 40)
    draft = Draft(change=lambda made: msgspec.structs.replace(made, image=sha256(image)))
    draft.section("one", texts=[b"text"])
    draft.small.append([image])
    manifest, _ = draft.manifest()
    found = plan(manifest, [Wish("one", "")], NOTHING)
    assert sorted(fetched(found)) == sorted([sha256(image), sha256(b"text")])
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
