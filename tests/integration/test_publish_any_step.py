# SPDX-License-Identifier: Apache-2.0
"""A publisher is killed at any step: readers see the old courses or the new ones, whole."""

from __future__ import annotations

import os
from pathlib import Path

import pytest
from clock import Clock
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from small_course import PAGE, small_course

from player.course.catalogue import Catalogue, decode_catalogue
from player.course.manifest import decode_manifest
from player.course.signing import Signature, public_key
from player.publish import writing
from player.publish.repository import publish

SECRET = Ed25519PrivateKey.from_private_bytes(bytes(range(32)))


class Killed(BaseException):
    """As by `kill -9`: nobody catches it, nothing is tidied up."""


class Step:
    """Counts the writes, fsyncs and renames; kills before the one whose turn it is."""

    def __init__(self, monkeypatch: pytest.MonkeyPatch, last: int) -> None:
        self.count, self.last = 0, last
        fsync, replace, opened = os.fsync, Path.replace, Path.open
        monkeypatch.setattr(os, "fsync", lambda handle: (self.step(), fsync(handle))[1])
        monkeypatch.setattr(Path, "replace", lambda a, b: (self.step(), replace(a, b))[1])

        def open_(path: Path, mode: str = "r", **more: object) -> object:
            if "w" in mode:
                self.step()
            return opened(path, mode, **more)  # type: ignore[call-overload]

        monkeypatch.setattr(Path, "open", open_)

    def step(self) -> None:
        self.count += 1
        if self.count == self.last:
            raise Killed


def signed_catalogue(repository: Path) -> Catalogue | None:
    """What a reader takes: None where the signature does not fit, and it keeps what it had."""
    path = repository / "catalogue.json"
    data = path.read_bytes()
    signature = Signature.parse(path.with_name("catalogue.json.minisig").read_bytes())
    return decode_catalogue(data) if signature.fits(data, public_key(SECRET)) else None


def assert_whole(repository: Path, catalogue: Catalogue) -> None:
    """Every document and file that the catalogue leads to is there, as large as promised."""
    [offer] = catalogue.courses
    path = repository / "courses" / offer.id / f"{offer.version}.json"
    data = path.read_bytes()
    signature = Signature.parse(path.with_name(path.name + ".minisig").read_bytes())
    assert signature.fits(data, public_key(SECRET))
    manifest = decode_manifest(data)
    for sha256, pack in manifest.packs.items():
        assert writing.is_there(repository / "packs" / sha256[:2] / sha256, pack.size)
    for sha256, blob in manifest.blobs.items():
        if not blob.pack:
            assert writing.is_there(repository / "blobs" / sha256[:2] / sha256, blob.size)


def change(source: Path) -> None:
    (source / "pages/roles.md").write_text(PAGE + "\nPlus.\n", encoding="utf-8")
    film = source / "media/roles.480p.mp4"
    film.write_bytes(film.read_bytes() + b"\0\0\0\x08free")


def test_a_publisher_killed_at_any_step_leaves_a_whole_repository(
    tmp_path: Path, clock: Clock
) -> None:
    between = 0
    for last in range(1, 1000):
        source = small_course(tmp_path / f"source{last}")
        repository = tmp_path / f"repository{last}"
        publish(source, repository, SECRET, now=clock)
        change(source)
        with pytest.MonkeyPatch.context() as patch:
            steps = Step(patch, last)
            try:
                publish(source, repository, SECRET, now=clock)
            except Killed:
                killed = True
            else:
                killed = False
        seen = signed_catalogue(repository)
        if seen is None:
            between += 1
        else:
            assert_whole(repository, seen)
            assert seen.number in (1, 2)
        publish(source, repository, SECRET, now=clock)
        after = signed_catalogue(repository)
        assert after is not None
        assert after.number == 2, last
        assert_whole(repository, after)
        assert not list(repository.rglob("*.part"))
        if not killed:
            break
    assert not killed
    assert steps.count > 20
    assert between < 8, "only between the two last renames may a signature not fit"


def test_a_publisher_killed_at_its_first_publication_can_begin_again(
    tmp_path: Path, clock: Clock
) -> None:
    source = small_course(tmp_path / "source")
    last, killed = 0, True
    while killed:
        last += 1
        repository = tmp_path / f"repository{last}"
        with pytest.MonkeyPatch.context() as patch:
            Step(patch, last)
            try:
                publish(source, repository, SECRET, now=clock)
            except Killed:
                killed = True
            else:
                killed = False
        publish(source, repository, SECRET, now=clock)
        seen = signed_catalogue(repository)
        assert seen is not None
        assert seen.number == 1
        assert_whole(repository, seen)
    assert last > 20
