# SPDX-License-Identifier: Apache-2.0
"""A folder becomes a repository that docs/format.md describes."""

from __future__ import annotations

import errno
import gzip
import hashlib
import json
import os
import subprocess
import sys
import zlib
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from clock import Clock
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from repository_builder import noise
from small_course import PAGE, film, png, small_course, write

from player.course.catalogue import Catalogue, Offer, decode_catalogue
from player.course.manifest import Blob, Exam, Links, Manifest, Page, Video, decode_manifest
from player.course.pieces import decode_pieces
from player.course.quiz import decode_quiz
from player.course.signing import PublicKey, Signature, public_key
from player.errors import (
    BadKey,
    BadSignature,
    Damaged,
    DiskFull,
    NewerFormat,
    NotAFolder,
    NotARepository,
    NotOffered,
    SourceFaults,
)
from player.publish.repository import Published, promise, publish, remove
from player.publish.writing import locked

SECRET = Ed25519PrivateKey.from_private_bytes(bytes(range(32)))
STRANGER = Ed25519PrivateKey.from_private_bytes(bytes(32))


@pytest.fixture
def source(tmp_path: Path) -> Path:
    return small_course(tmp_path / "source")


@pytest.fixture
def repository(tmp_path: Path) -> Path:
    return tmp_path / "repository"


def verified(path: Path, key: PublicKey) -> bytes:
    """The bytes of a document whose signature fits."""
    data = path.read_bytes()
    assert Signature.parse(path.with_name(path.name + ".minisig").read_bytes()).fits(data, key)
    assert gzip.decompress(path.with_name(path.name + ".gz").read_bytes()) == data
    return data


def catalogue_of(repository: Path) -> Catalogue:
    return decode_catalogue(verified(repository / "catalogue.json", public_key(SECRET)))


def manifest_of(repository: Path, offer: Offer) -> Manifest:
    path = repository / "courses" / offer.id / f"{offer.version}.json"
    data = verified(path, public_key(SECRET))
    assert hashlib.sha256(data).hexdigest() == offer.manifest.sha256
    assert len(data) == offer.manifest.size
    return decode_manifest(data)


def blob_of(repository: Path, sha256: str, blob: Blob) -> bytes:
    """The bytes of a blob, found and checked by docs/format.md alone."""
    if blob.pack:
        pack = (repository / "packs" / blob.pack[:2] / blob.pack).read_bytes()
        assert hashlib.sha256(pack).hexdigest() == blob.pack
        data = pack[blob.offset : blob.offset + blob.length]
        data = zlib.decompress(data) if blob.encoding == "zlib" else data
    else:
        data = (repository / "blobs" / sha256[:2] / sha256).read_bytes()
    assert len(data) == blob.size
    assert hashlib.sha256(data).hexdigest() == sha256
    return data


def read_all(repository: Path) -> dict[str, dict[str, bytes]]:
    """Every blob of every course that is offered, all checked."""
    offers = catalogue_of(repository).courses
    manifests = {offer.id: manifest_of(repository, offer) for offer in offers}
    return {
        course: {name: blob_of(repository, name, blob) for name, blob in manifest.blobs.items()}
        for course, manifest in manifests.items()
    }


def tree(repository: Path) -> dict[str, bytes]:
    return {
        path.relative_to(repository).as_posix(): path.read_bytes()
        for path in sorted(repository.rglob("*"))
        if path.is_file() and not path.name.startswith(".")
    }


def test_a_small_course_is_published_as_it_was_written(
    source: Path, repository: Path, clock: Clock
) -> None:
    published = publish(source, repository, SECRET, now=clock)
    [offer] = catalogue_of(repository).courses
    manifest = manifest_of(repository, offer)
    blobs = read_all(repository)["petit-cours"]
    [sequence] = manifest.sections[0].sequences
    page, video, document, links, quiz, exam = sequence.activities
    assert [one.id for one in sequence.activities] == [
        "qui-fait-quoi",
        "roles-video",
        "les-diapositives",
        "pour-aller-plus-loin",
        "faites-le-point",
        "examen",
    ]
    assert isinstance(page, Page)
    html = blobs[page.blob].decode()
    assert '<img src="cover.png" alt="Un schéma">' in html
    assert page.resources == {"cover.png": manifest.image}
    assert blobs[page.resources["cover.png"]] == png()
    assert isinstance(video, Video)
    assert [(one.name, one.height) for one in video.renditions] == [
        ("audio", 0),
        ("240p", 240),
        ("480p", 480),
    ]
    assert video.duration == 1.5
    assert blobs[video.captions[0].blob].startswith(b"WEBVTT\n")
    assert video.slides == document.blob
    assert isinstance(links, Links)
    assert links.note == "<p>À lire un jour de réseau.</p>"
    assert [(one.title, one.note) for one in links.links] == [
        ("Kolibri", "une bibliothèque."),
        ("Guide", ""),
    ]
    assert isinstance(exam, Exam)
    assert (exam.passing, exam.attempts, exam.tries, exam.questions) == (0.6, 2, 1, 2)
    assert exam.blob == quiz.blob
    assert [question.id for question in decode_quiz(blobs[quiz.blob])] == ["role", "jours"]
    assert manifest.issued == catalogue_of(repository).issued == "2026-01-05T09:00:00Z"
    assert (offer.sections, offer.activities, offer.duration) == (1, 6, 1.5)
    assert published == Published(
        course="petit-cours",
        version=1,
        changed=True,
        catalogue_number=1,
        new_blobs=len(blobs),
        new_bytes=sum(blob.cost for blob in manifest.blobs.values()),
        total_bytes=sum(blob.cost for blob in manifest.blobs.values()),
        warnings=published.warnings,
        notes=published.notes,
    )


def test_the_catalogue_names_the_bytes_that_a_learner_fetches(
    source: Path, repository: Path
) -> None:
    publish(source, repository, SECRET)
    [offer] = catalogue_of(repository).courses
    manifest = manifest_of(repository, offer)
    blobs = manifest.blobs
    video = next(one for one in manifest.activities() if isinstance(one, Video))
    heavy = {one.blob for one in video.renditions}
    light = {name for name in blobs if name not in heavy}
    assert offer.cost.base == sum(blobs[name].cost for name in light)
    assert offer.cost.renditions == {one.name: blobs[one.blob].cost for one in video.renditions}


def test_what_has_not_changed_is_not_published_again(
    source: Path, repository: Path, clock: Clock
) -> None:
    publish(source, repository, SECRET, now=clock)
    before = tree(repository)
    clock.forward(days=1)
    said: list[str] = []
    again = publish(source, repository, SECRET, now=clock, report=said.append)
    assert (again.changed, again.version, again.new_bytes) == (False, 1, 0)
    assert tree(repository) == before
    assert "Nothing has changed since the last publication" in said


def test_the_same_source_gives_the_same_bytes_anywhere(
    source: Path, tmp_path: Path, clock: Clock
) -> None:
    for name in ("one", "two"):
        publish(source, tmp_path / name, SECRET, now=clock)
    assert tree(tmp_path / "one") == tree(tmp_path / "two")


def test_a_change_costs_a_learner_what_changed(source: Path, repository: Path) -> None:
    first = publish(source, repository, SECRET)
    old = tree(repository)
    (source / "pages/roles.md").write_text(PAGE + "\nUne phrase de plus.\n", encoding="utf-8")
    second = publish(source, repository, SECRET)
    assert (second.version, second.changed, second.catalogue_number) == (2, True, 2)
    assert second.new_blobs == 1
    assert 0 < second.new_bytes < first.total_bytes / 10
    kept = {name: data for name, data in old.items() if not name.startswith("catalogue.json")}
    assert kept.items() <= tree(repository).items()
    read_all(repository)


def large_film(source: Path, middle: bytes = b"") -> None:
    half = 1_000_000
    rest = noise("before", half) + middle + noise("after", half)
    (source / "media/roles.480p.mp4").write_bytes(film(1.5, 480, rest=rest))


def pieces_of(repository: Path, height: str) -> set[tuple[int, str]]:
    manifest = manifest_of(repository, catalogue_of(repository).courses[0])
    video = next(one for one in manifest.activities() if isinstance(one, Video))
    name = next(one.blob for one in video.renditions if one.name == height)
    listed = manifest.blobs[name].pieces
    assert listed is not None
    data = blob_of(repository, listed, manifest.blobs[listed])
    return set(decode_pieces(data, manifest.blobs[name].size))


def test_a_large_film_has_a_list_and_its_price_includes_it(source: Path, repository: Path) -> None:
    large_film(source)
    publish(source, repository, SECRET)
    [offer] = catalogue_of(repository).courses
    blobs = manifest_of(repository, offer).blobs
    [(name, blob)] = [(name, blob) for name, blob in blobs.items() if blob.pieces]
    assert blob.pieces
    assert offer.cost.renditions["480p"] == blob.size + blobs[blob.pieces].length
    data = blob_of(repository, name, blob)
    at = 0
    listed = decode_pieces(blob_of(repository, blob.pieces, blobs[blob.pieces]), blob.size)
    for length, sha256 in listed:
        assert hashlib.sha256(data[at : at + length]).hexdigest() == sha256
        at += length


def test_an_insert_in_a_film_leaves_most_of_its_pieces(source: Path, repository: Path) -> None:
    large_film(source)
    publish(source, repository, SECRET)
    before = pieces_of(repository, "480p")
    large_film(source, middle=b"a few words more")
    publish(source, repository, SECRET)
    new = pieces_of(repository, "480p") - before
    assert 0 < sum(length for length, _ in new) < 700_000


def test_a_course_from_before_there_were_lists_gets_them_with_its_next_change(
    source: Path, repository: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    large_film(source)
    said: list[str] = []
    with monkeypatch.context() as patch:
        patch.setitem(sys.modules, "pyfastcdc", None)
        publish(source, repository, SECRET, report=said.append)
    assert any("no piece lists" in line for line in said)
    before = tree(repository)
    assert not publish(source, repository, SECRET).changed
    assert tree(repository) == before
    (source / "pages/roles.md").write_text(PAGE + "\nPlus.\n", encoding="utf-8")
    assert publish(source, repository, SECRET).version == 2
    assert pieces_of(repository, "480p")
    read_all(repository)


def test_a_pack_has_its_members_in_the_order_of_the_course(source: Path, repository: Path) -> None:
    """So the texts of one sitting are one range of it."""
    text = (source / "course.toml").read_text(encoding="utf-8")
    more = '[[section.sequence]]\nid = "suite"\ntitle = "Suite"\nactivities = [\n'
    more += '    { page = "pages/suite.md" },\n    { quiz = "quizzes/suite.gift" },\n]\n'
    files: dict[str, str | bytes] = {
        "course.toml": f"{text}\n{more}",
        "pages/suite.md": "# Suite",
        "quizzes/suite.gift": "Un ou deux ? {=1 ~2}",
    }
    write(source, files)
    publish(source, repository, SECRET)
    manifest = manifest_of(repository, catalogue_of(repository).courses[0])
    ends = 0
    for sitting in manifest.sections[0].sequences:
        needed = {blob for one in sitting.activities for blob in one.blobs()} - {manifest.image}
        starts = [manifest.blobs[one].offset for one in needed if manifest.blobs[one].pack]
        assert min(starts) >= ends
        ends = max(starts) + 1


def test_other_courses_and_fields_of_a_later_version_stay(source: Path, repository: Path) -> None:
    publish(source, repository, SECRET)
    path = repository / "catalogue.json"
    raw = json.loads(path.read_bytes())
    raw |= {"format": "cartable/1.7", "title": "Campus", "seasons": ["rain"]}
    raw["courses"].append(raw["courses"][0] | {"id": "other", "colour": "green"})
    path.write_text(json.dumps(raw), encoding="utf-8")
    (source / "pages/roles.md").write_text("# Autre", encoding="utf-8")
    (source / "pages/liens.md").write_text("- [a](https://a.example)", encoding="utf-8")
    with pytest.raises(BadSignature):
        publish(source, repository, SECRET)
    publish(source, repository, SECRET, take_over=True)
    now = json.loads(path.read_bytes())
    assert [course["id"] for course in now["courses"]] == ["petit-cours", "other"]
    assert now["courses"][0]["version"] == 2
    assert now["courses"][1]["colour"] == "green"
    assert (now["format"], now["title"], now["seasons"]) == ("cartable/1.7", "Campus", ["rain"])


def test_another_publishers_catalogue_is_left_alone(source: Path, repository: Path) -> None:
    publish(source, repository, STRANGER)
    before = tree(repository)
    with pytest.raises(BadKey, match=public_key(STRANGER).id):
        publish(source, repository, SECRET)
    assert tree(repository) == before
    publish(source, repository, SECRET, take_over=True)
    [offer] = catalogue_of(repository).courses
    assert (offer.version, catalogue_of(repository).number) == (2, 2)
    manifest_of(repository, offer)


def test_an_unsigned_catalogue_is_left_alone(source: Path, repository: Path) -> None:
    publish(source, repository, SECRET)
    (repository / "catalogue.json.minisig").unlink()
    with pytest.raises(BadKey, match="not signed"):
        publish(source, repository, SECRET)


def test_a_catalogue_of_a_newer_format_is_left_alone(source: Path, repository: Path) -> None:
    raw = {"format": "cartable/2", "kind": "catalogue"}
    write(repository, {"catalogue.json": json.dumps(raw)})
    with pytest.raises(NewerFormat):
        publish(source, repository, SECRET)
    assert tree(repository) == {"catalogue.json": json.dumps(raw).encode()}


def test_a_file_that_went_missing_is_written_again(source: Path, repository: Path) -> None:
    publish(source, repository, SECRET)
    [pack] = (repository / "packs").rglob("*/*")
    pack.unlink()
    assert publish(source, repository, SECRET).changed
    read_all(repository)


def test_a_version_that_was_written_once_is_never_written_over(
    source: Path, repository: Path
) -> None:
    write(repository / "courses" / "petit-cours", {"7.json": "{}"})
    assert publish(source, repository, SECRET).version == 8
    assert (repository / "courses/petit-cours/7.json").read_bytes() == b"{}"


def test_mirrors_are_said_once_and_kept(source: Path, repository: Path) -> None:
    with pytest.raises(NotARepository):
        promise(repository, SECRET, mirrors=["https://a.example/"])
    publish(source, repository, SECRET)
    before = catalogue_of(repository).courses
    urls = ["https://a.example/", "http://b.example/x/"]
    assert promise(repository, SECRET, mirrors=[*urls, urls[0]]) == 2
    assert promise(repository, SECRET, mirrors=urls) == 2
    assert json.loads((repository / "catalogue.json").read_bytes())["mirrors"] == urls
    (source / "pages/roles.md").write_text(PAGE + "\nPlus.\n", encoding="utf-8")
    publish(source, repository, SECRET)
    assert json.loads((repository / "catalogue.json").read_bytes())["mirrors"] == urls
    assert promise(repository, SECRET, mirrors=[]) == 4
    assert json.loads((repository / "catalogue.json").read_bytes())["mirrors"] == []
    assert [one.id for one in catalogue_of(repository).courses] == [one.id for one in before]


def test_the_next_publication_is_promised_anew_with_each(source: Path, repository: Path) -> None:
    def said() -> dict[str, str]:
        whole = json.loads((repository / "catalogue.json").read_bytes())
        return {name: whole.get(name, "") for name in ("issued", "fresh_until")}

    monday = datetime(2026, 3, 2, 9, 0, tzinfo=UTC)
    publish(source, repository, SECRET, now=lambda: monday)
    promise(repository, SECRET, fresh_for=timedelta(days=60), now=lambda: monday)
    assert said() == {"issued": "2026-03-02T09:00:00Z", "fresh_until": "2026-05-01T09:00:00Z"}
    (source / "pages/roles.md").write_text(PAGE + "\nPlus.\n", encoding="utf-8")
    publish(source, repository, SECRET, now=lambda: monday + timedelta(days=30))
    assert said() == {"issued": "2026-04-01T09:00:00Z", "fresh_until": "2026-05-31T09:00:00Z"}
    promise(repository, SECRET, fresh_for=timedelta(), now=lambda: monday)
    assert said()["fresh_until"] == ""


def test_a_removed_course_is_offered_no_more_and_comes_back_as_a_later_version(
    source: Path, repository: Path
) -> None:
    publish(source, repository, SECRET)
    assert remove("petit-cours", repository, SECRET) == 2
    assert catalogue_of(repository).courses == ()
    with pytest.raises(NotOffered):
        remove("petit-cours", repository, SECRET)
    again = publish(source, repository, SECRET)
    assert (again.version, again.catalogue_number) == (2, 3)


def test_two_publishers_at_once_are_one_too_many(source: Path, repository: Path) -> None:
    with locked(repository):
        code = (
            "import sys; from pathlib import Path; from player.publish.writing import locked\n"
            "from player.errors import NotAFolder\n"
            "try:\n  with locked(Path(sys.argv[1])): print('went in')\n"
            "except NotAFolder as error: print(error)\n"
        )
        command = [sys.executable, "-c", code, str(repository)]
        said = subprocess.run(command, capture_output=True, text=True, check=True).stdout
        assert "another program is publishing into it" in said
    assert publish(source, repository, SECRET).changed


def test_a_course_with_mistakes_touches_nothing(source: Path, repository: Path) -> None:
    (source / "pages/roles.md").unlink()
    with pytest.raises(SourceFaults):
        publish(source, repository, SECRET)
    assert not repository.exists()


def test_only_its_own_unfinished_files_are_tidied_up(source: Path, repository: Path) -> None:
    unfinished = {"blobs/ab/abc.part": b"", "courses/petit-cours/1.json.part": b""}
    other = {"film.part": b"of a browser", "notes/a.part": b""}
    write(repository, unfinished | other)
    publish(source, repository, SECRET)
    assert {path.relative_to(repository).as_posix() for path in repository.rglob("*.part")} == {
        *other
    }


def test_a_full_disk_says_so_and_leaves_the_old_catalogue(
    source: Path, repository: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    publish(source, repository, SECRET)
    (source / "pages/roles.md").write_text("# Autre\n", encoding="utf-8")
    (source / "pages/liens.md").write_text("- [a](https://a.example)", encoding="utf-8")

    def full(_handle: int) -> None:
        raise OSError(errno.ENOSPC, "no space")

    with monkeypatch.context() as patch:
        patch.setattr(os, "fsync", full)
        with pytest.raises(DiskFull):
            publish(source, repository, SECRET)
    assert catalogue_of(repository).number == 1
    assert publish(source, repository, SECRET).version == 2


def test_a_film_that_changes_while_it_is_copied_is_not_published(
    source: Path, repository: Path
) -> None:
    def change(line: str) -> None:
        if line.startswith("Wrote a pack"):
            (source / "media/roles.480p.mp4").write_bytes(film(1.5, 480, rest=bytes(200_001)))

    with pytest.raises(Damaged):
        publish(source, repository, SECRET, report=change)
    assert not (repository / "catalogue.json").exists()
    assert not list(repository.rglob("*.part"))


def test_a_folder_without_a_course_says_so(tmp_path: Path, repository: Path) -> None:
    with pytest.raises(NotAFolder, match=r"course\.toml"):
        publish(tmp_path, repository, SECRET)
