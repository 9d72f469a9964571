# SPDX-License-Identifier: Apache-2.0
"""Manifests and catalogues are read as docs/format.md says, and refused with the place."""

from __future__ import annotations

import copy
import json
from pathlib import Path
from typing import Any

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st

from player.course.catalogue import decode_catalogue
from player.course.choosing import Facts, suggested
from player.course.manifest import Exam, Page, Quiz, Survey, Unknown, Video, decode_manifest
from player.course.needs import size
from player.course.peer import decode_peer, repository_path
from player.course.platform import decode_platform
from player.course.publisher import decode_publisher
from player.errors import Malformed, NewerFormat
from player.sync.receipt import Receipt

A, B, C = "a" * 64, "b" * 64, "c" * 64

MANIFEST: dict[str, Any] = {
    "format": "cartable/1",
    "kind": "course",
    "id": "cours",
    "version": 3,
    "title": "Cours",
    "language": "fr",
    "summary": "",
    "authors": [{"name": "A. Diallo"}],
    "licence": {"id": "CC-BY-SA-4.0"},
    "issued": "2026-11-22T10:00:00Z",
    "sections": [
        {
            "id": "s",
            "title": "S",
            "sequences": [
                {
                    "id": "q",
                    "title": "Q",
                    "activities": [
                        {"type": "page", "id": "p", "title": "P", "blob": A},
                        {
                            "type": "video",
                            "id": "v",
                            "title": "V",
                            "duration": 61.2,
                            "renditions": [{"name": "240p", "blob": B, "height": 240}],
                        },
                        {"type": "quiz", "id": "z", "title": "Z", "blob": A, "questions": 2},
                        {"type": "exam", "id": "e", "title": "E", "blob": A, "questions": 2},
                        {"type": "match", "id": "m", "title": "M", "cards": [1], "blob": C},
                    ],
                }
            ],
        }
    ],
    "blobs": {
        A: {"size": 9, "type": "text/html", "pack": C, "offset": 1, "length": 9},
        B: {"size": 5, "type": "video/mp4"},
    },
    "packs": {C: {"size": 10}},
}


def changed(path: str, value: Any) -> bytes:
    """The manifest with the value at a path such as `sections.0.title` replaced, or removed."""
    raw = copy.deepcopy(MANIFEST)
    *way, last = [int(key) if key.isdecimal() else key for key in path.split(".")]
    place: Any = raw
    for key in way:
        place = place[key]
    if value is None:
        place.pop(last) if isinstance(place, list) else place.pop(last, None)
    else:
        place[last] = value
    return json.dumps(raw).encode()


ACTIVITIES = "sections.0.sequences.0.activities"


def test_a_manifest_has_its_activities_with_their_defaults() -> None:
    manifest = decode_manifest(json.dumps(MANIFEST).encode())
    page, video, quiz, exam, unknown = manifest.activities()
    assert isinstance(page, Page)
    assert isinstance(video, Video)
    assert type(quiz) is Quiz
    assert (quiz.passing, quiz.tries, quiz.attempts) == (0.0, 0, 0)
    assert isinstance(exam, Exam)
    assert (exam.passing, exam.tries) == (0.5, 1)
    assert (quiz.counts, exam.counts) == ("best", "best")
    assert unknown == Unknown(id="m", title="M", kind="match")
    assert manifest.find("e") is exam
    assert manifest.find("nobody") is None
    assert (manifest.blobs[A].cost, manifest.blobs[B].cost) == (9, 5)


def test_unknown_fields_and_minor_versions_are_read() -> None:
    assert decode_manifest(changed("format", "cartable/1.12")).version == 3
    assert decode_manifest(changed(f"{ACTIVITIES}.0.mood", "good")).find("p")


def test_what_is_written_is_what_is_read_again() -> None:
    document = {"type": "document", "id": "d", "title": "D", "blob": A, "pages": 3}
    manifest = decode_manifest(changed(f"{ACTIVITIES}.4", document))
    assert decode_manifest(msgspec.json.encode(manifest)) == manifest


@pytest.mark.parametrize(
    ("path", "value", "words"),
    [
        ("kind", "catalogue", "$.kind"),
        ("format", "scorm/1", "$.format"),
        ("title", None, "title"),
        ("version", 0, "$.version"),
        ("id", "../x", "$.id"),
        ("id", "Cours", "$.id"),
        ("language", "fr_FR", "$.language"),
        ("image", B[:63], "$.image"),
        ("image", "d" * 64, "$.image"),
        ("sections.0.id", "q", "twice"),
        (f"{ACTIVITIES}.1.id", "p", "twice"),
        (f"{ACTIVITIES}.0.blob", "d" * 64, "not listed"),
        (f"{ACTIVITIES}.0.resources", {"x.png": "d" * 64}, "not listed"),
        (f"{ACTIVITIES}.1.renditions", [], "$.sections[0].sequences[0].activities[1].renditions"),
        (f"{ACTIVITIES}.1.slides", "d" * 64, "not listed"),
        (f"{ACTIVITIES}.1.duration", -1, "duration"),
        (f"{ACTIVITIES}.2.passing", 1.5, "passing"),
        (f"{ACTIVITIES}.2.questions", 2**31, "questions"),
        (f"{ACTIVITIES}.3.attempts", -1, "attempts"),
        (f"{ACTIVITIES}.4.id", "../m", "id"),
        (f"blobs.{A}.offset", 2, "outside its pack"),
        (f"blobs.{A}.pack", B, "outside its pack"),
        (f"blobs.{A}.size", -1, "size"),
        (f"blobs.{A}.encoding", "brotli", "encoding"),
        (f"blobs.{B}.pieces", "d" * 64, "no list of pieces"),
        (f"blobs.{B}.pieces", B, "no list of pieces"),
        (f"blobs.{B}.pieces", A, "no list of pieces"),
        (f"blobs.{B}.pieces", "../x", "pieces"),
    ],
)
def test_what_breaks_the_format_is_refused_with_its_place(
    path: str, value: Any, words: str
) -> None:
    with pytest.raises(Malformed) as caught:
        decode_manifest(changed(path, value))
    assert words in str(caught.value)


def with_list(**changes: object) -> bytes:
    raw = copy.deepcopy(MANIFEST)
    raw["blobs"]["d" * 64] = {"size": 72, "type": "application/vnd.cartable.pieces"} | changes
    raw["blobs"][B]["pieces"] = "d" * 64
    return json.dumps(raw).encode()


def test_a_list_of_pieces_counts_into_every_price_once() -> None:
    manifest = decode_manifest(with_list())
    assert manifest.blobs[B].pieces == "d" * 64
    assert size(manifest, [B]) == size(manifest, [B, "d" * 64]) == 5 + 72
    assert size(manifest, [A]) == 9


@pytest.mark.parametrize(
    "changes", [{"size": 0}, {"size": 71}, {"size": 36 * 120_000}, {"pieces": A}]
)
def test_what_cannot_be_a_list_of_pieces_is_refused(changes: dict[str, object]) -> None:
    with pytest.raises(Malformed, match="no list of pieces"):
        decode_manifest(with_list(**changes))


def packed(*members: tuple[int, int], **more: object) -> bytes:
    """The manifest with other members, each (offset, length), in its pack of 10 bytes."""
    raw = copy.deepcopy(MANIFEST)
    for number, (offset, length) in enumerate(members):
        member = {"size": 1, "type": "text/html", "pack": C, "offset": offset, "length": length}
        raw["blobs"][f"{number:064}"] = member | more
    return json.dumps(raw).encode()


def test_members_of_a_pack_lie_beside_each_other() -> None:
    assert decode_manifest(packed((0, 1), (1, 0), (10, 0)))
    for member in (0, 2), (9, 1), (2, 0):
        with pytest.raises(Malformed, match="one over the other"):
            decode_manifest(packed(member))


def test_what_is_unpacked_in_memory_has_a_limit() -> None:
    with pytest.raises(Malformed, match="too large"):
        decode_manifest(packed((0, 1), size=10**9))


def test_a_pack_and_a_file_of_one_name_are_one_file() -> None:
    """Both are gathered in one part file; of two sizes, one would be asked for for ever."""
    assert decode_manifest(changed(f"blobs.{C}", {"size": 10, "type": "text/html"}))
    with pytest.raises(Malformed, match="name of another"):
        decode_manifest(changed(f"blobs.{C}", {"size": 11, "type": "text/html"}))


def test_a_newer_format_says_which() -> None:
    with pytest.raises(NewerFormat, match="format 2"):
        decode_manifest(changed("format", "cartable/2.0"))


@pytest.mark.parametrize("data", [b"", b"[]", b"null", b"\xff", b"[" * 100_000, b'{"a":' * 9_999])
def test_what_is_no_document_is_malformed(data: bytes) -> None:
    for decode in (decode_manifest, decode_catalogue, decode_platform):
        with pytest.raises(Malformed):
            decode(data)


_JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False) | st.text(max_size=5),
    lambda inner: (
        st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=5), inner, max_size=3)
    ),
    max_leaves=8,
)
_PLACES = st.sampled_from(
    ["format", "kind", "id", "sections", "sections.0", "sections.0.sequences", "blobs", "packs",
     "sections.0.sequences.0", ACTIVITIES, f"{ACTIVITIES}.0", f"{ACTIVITIES}.1.renditions",
     f"{ACTIVITIES}.0.type", f"{ACTIVITIES}.4.type", f"{ACTIVITIES}.0.resources", f"blobs.{A}"]
)  # fmt: skip


@given(_PLACES, _JSON)
def test_anything_anywhere_is_read_or_refused(path: str, value: Any) -> None:
    try:
        manifest = decode_manifest(changed(path, value))
    except (Malformed, NewerFormat):
        return
    ids = [activity.id for activity in manifest.activities()]
    assert len(ids) == len(set(ids))
    assert all(blob in manifest.blobs for one in manifest.activities() for blob in one.blobs())


# The catalogue

CATALOGUE: dict[str, Any] = {
    "format": "cartable/1",
    "kind": "catalogue",
    "number": 7,
    "issued": "2026-11-22T10:00:00Z",
    "courses": [
        {
            "id": "cours",
            "version": 3,
            "title": "Cours",
            "language": "fr",
            "licence": {"id": "CC0-1.0"},
            "manifest": {"sha256": A, "size": 8123},
            "cost": {"base": 410223, "renditions": {"audio": 1203344}},
        }
    ],
}


def test_a_catalogue_has_its_offers_with_their_defaults() -> None:
    catalogue = decode_catalogue(json.dumps(CATALOGUE | {"later": 1}).encode())
    [offer] = catalogue.courses
    assert (catalogue.number, catalogue.title) == (7, "")
    assert (offer.sections, offer.duration, offer.summary) == (0, 0.0, "")


@pytest.mark.parametrize("count", [-1, 2**31])
def test_what_no_window_can_count_is_refused(count: int) -> None:
    [offer] = CATALOGUE["courses"]
    many = CATALOGUE | {"courses": [offer | {"activities": count}]}
    with pytest.raises(Malformed, match="activities"):
        decode_catalogue(json.dumps(many).encode())


def test_a_course_stands_once_in_a_catalogue() -> None:
    twice = CATALOGUE | {"courses": CATALOGUE["courses"] * 2}
    with pytest.raises(Malformed, match="twice"):
        decode_catalogue(json.dumps(twice).encode())


@pytest.mark.parametrize("mirrors", [7, "http://x.example/", None, {"a": 1}, [1, None]])
def test_mirrors_that_are_none_are_left_out(mirrors: object) -> None:
    catalogue = decode_catalogue(json.dumps(CATALOGUE | {"mirrors": mirrors}).encode())
    assert (catalogue.mirrors, len(catalogue.courses)) == ((), 1)


def test_a_mirror_that_is_none_takes_no_other_along() -> None:
    mirrors = [7, "http://y.example/"]
    catalogue = decode_catalogue(json.dumps(CATALOGUE | {"mirrors": mirrors}).encode())
    assert catalogue.mirrors == ("http://y.example/",)


def test_the_examples_of_the_format_page_are_documents() -> None:
    page = Path(__file__).parents[2] / "docs" / "format.md"
    text = page.read_text(encoding="utf-8").replace('"<sha256>"', f'"{A}"').replace('"…"', f'"{A}"')
    blocks = [json.loads(part.split("```")[0]) for part in text.split("```json\n")[1:]]
    documents = {block["kind"]: json.dumps(block).encode() for block in blocks}
    assert documents.keys() >= {"catalogue", "course", "quiz", "peer", "platform", "publisher"}
    assert decode_catalogue(documents["catalogue"]).courses
    assert decode_platform(documents["platform"]).lrs
    assert len(decode_publisher(documents["publisher"]).public_keys()) == 2
    assert msgspec.json.decode(documents["receipt"], type=Receipt).refused
    (lent,) = decode_peer(documents["peer"]).repositories
    assert lent.path == repository_path(lent.url)


def test_rules_of_any_shape_and_depth_refuse_no_more_than_their_course() -> None:
    deep: dict[str, Any] = {"question": "q", "chosen": "a"}
    for _ in range(300):
        deep = {"not": deep}
    rules = [{"path": "gone", "when": deep}, {"path": "x", "when": {"moon": 10**300}}]
    survey = {"type": "survey", "id": "s1", "title": "S", "blob": A, "questions": 1}
    data = changed("sections.0.sequences.0.activities.0", {**survey, "rules": rules})
    (one,) = [part for part in decode_manifest(data).activities() if isinstance(part, Survey)]
    assert suggested(one.rules, {"q": Facts(chosen=frozenset({"a"}))}) is None


def test_a_path_leaves_aside_what_is_on_others_alone() -> None:
    paths = [
        {"id": "a", "title": "A", "sections": ["s", "gone"]},
        {"id": "b", "title": "B", "sections": ["t", "s"]},
    ]
    found = decode_manifest(changed("paths", paths))
    assert found.aside("a") == {"t"}
    assert found.aside("b") == {"gone"}
    assert found.aside("") == found.aside("c") == frozenset()
    assert found.aside("a b") == found.aside("b a") == frozenset()
    assert found.aside("a c") == {"t"}  # one that there is no longer is passed over
    assert [one.id for one in found.chosen("b a c")] == ["a", "b"]
    assert not found.combine_paths
    assert decode_manifest(changed("combine_paths", True)).combine_paths


def test_who_follows_a_path_goes_on_past_what_is_on_others_alone() -> None:
    def section(name: str, *pages: str) -> dict[str, Any]:
        parts = [{"type": "page", "id": one, "title": one, "blob": A} for one in pages]
        sequence = {"id": f"q{name}", "title": name, "activities": parts}
        return {"id": name, "title": name, "sequences": [sequence]}

    raw = copy.deepcopy(MANIFEST)
    raw["sections"] = [section("one", "a"), section("two", "b", "c"), section("three", "d")]
    raw["paths"] = [
        {"id": "fast", "title": "F", "sections": ["three"]},
        {"id": "calm", "title": "C", "sections": ["two"]},
    ]
    course = decode_manifest(msgspec.json.encode(raw))
    assert course.beside("a", 1) == course.beside("a", 1, "calm") == "b"
    assert course.beside("a", 1, "fast") == "d"
    assert course.beside("d", -1, "fast") == "a"
    assert course.beside("b", 1, "fast") == "c"  # who looks in there sees all of it
    assert course.beside("c", 1, "fast") == "d"
    assert course.beside("c", 1, "calm") == course.beside("gone", 1) == ""
