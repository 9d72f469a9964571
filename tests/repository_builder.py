# SPDX-License-Identifier: Apache-2.0
"""Signed repositories in a few lines, as bytes by path: independent of `player.publish`.

built = build(course(sections=[section("one", texts=3, renditions={"240p": 5000})]))
built.files["catalogue.json"], built.key, built.manifests["demo"]
"""

from __future__ import annotations

import hashlib
import random
import zlib
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from pathlib import Path

import msgspec
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from player.course.catalogue import Catalogue, Cost, Offer, Reference
from player.course.manifest import (
    Author,
    Blob,
    Licence,
    Manifest,
    Pack,
    Page,
    Rendition,
    Section,
    Track,
    Video,
)
from player.course.manifest import (
    Sequence as Sitting,
)
from player.course.needs import Choice, needs
from player.course.signing import PublicKey, public_key, sign

SECRET = Ed25519PrivateKey.from_private_bytes(bytes(range(32)))
STRANGER = Ed25519PrivateKey.from_private_bytes(bytes(reversed(range(32))))


def noise(seed: str, size: int) -> bytes:
    """Bytes that do not compress, always the same for the same seed."""
    return random.Random(seed).randbytes(size)


def sha256(data: bytes) -> str:
    """The hash of `data`."""
    return hashlib.sha256(data).hexdigest()


@dataclass
class Draft:
    """A course on its way: what it says, and the bytes that it is made of."""

    id: str = "demo"
    version: int = 1
    title: str = "A course"
    sections: list[Section] = field(default_factory=list)
    small: list[list[bytes]] = field(default_factory=list)  # packed, by section
    large: list[bytes] = field(default_factory=list)
    change: Callable[[Manifest], Manifest] = lambda manifest: manifest

    def section(
        self,
        name: str,
        texts: Sequence[bytes] = (),
        videos: Sequence[dict[str, bytes]] = (),
        captions: Sequence[bytes] = (),
    ) -> Draft:
        """Add a section: a page for each text, a video for each dict of renditions."""
        pages = [
            Page(id=f"{name}-page-{n}", title=f"Page {n}", blob=sha256(text))
            for n, text in enumerate(texts)
        ]
        films = [
            Video(
                id=f"{name}-video-{n}",
                title=f"Video {n}",
                duration=10.0,
                renditions=tuple(
                    Rendition(kind, sha256(data), 0 if kind == "audio" else int(kind[:-1]))
                    for kind, data in renditions.items()
                ),
                captions=tuple(Track("en", sha256(data)) for data in captions[n : n + 1]),
            )
            for n, renditions in enumerate(videos)
        ]
        sitting = Sitting(id=f"{name}-all", title="All", activities=(*pages, *films))
        self.sections.append(Section(id=name, title=name.title(), sequences=(sitting,)))
        self.small.append([*texts, *captions])
        self.large += [data for renditions in videos for data in renditions.values()]
        return self

    def manifest(self) -> tuple[Manifest, dict[str, bytes]]:
        """The manifest, and the files that it names, by path."""
        blobs = {sha256(data): Blob(len(data), "video/mp4") for data in self.large}
        files = {_path("blobs", data): data for data in self.large}
        packs: dict[str, Pack] = {}
        for contents in self.small:
            members, data = _packed([one for one in contents if sha256(one) not in blobs])
            if data:
                pack = sha256(data)
                packs[pack] = Pack(len(data))
                files[_path("packs", data)] = data
                blobs |= {
                    name: msgspec.structs.replace(blob, pack=pack) for name, blob in members.items()
                }
        manifest = Manifest(
            format="cartable/1",
            kind="course",
            id=self.id,
            version=self.version,
            title=self.title,
            language="en",
            summary="What it is about.",
            authors=(Author("A. Diallo"),),
            licence=Licence("CC-BY-SA-4.0"),
            issued="2026-01-01T00:00:00Z",
            sections=tuple(self.sections),
            blobs=blobs,
            packs=packs,
        )
        return self.change(manifest), files


@dataclass(frozen=True)
class Built:
    """A repository: its files by path, and its courses."""

    files: dict[str, bytes]
    manifests: dict[str, Manifest]
    key: PublicKey

    def write(self, folder: Path) -> Path:
        """Write it all below `folder`."""
        for name, data in self.files.items():
            path = folder / name
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_bytes(data)
        return folder


def build(
    *drafts: Draft, number: int = 1, secret: Ed25519PrivateKey | None = SECRET, title: str = "Demo"
) -> Built:
    """A repository of these courses; not signed without a secret."""
    files: dict[str, bytes] = {}
    manifests, offers = {}, []
    for draft in drafts:
        manifest, contents = draft.manifest()
        manifests[draft.id] = manifest
        files |= contents
        data = msgspec.json.encode(manifest)
        _add(files, f"courses/{manifest.id}/{manifest.version}.json", data, secret)
        offers.append(offer(manifest, data))
    catalogue = Catalogue(
        format="cartable/1",
        kind="catalogue",
        number=number,
        issued="2026-01-01T00:00:00Z",
        title=title,
        courses=tuple(offers),
    )
    _add(files, "catalogue.json", msgspec.json.encode(catalogue), secret)
    return Built(files, manifests, public_key(secret or SECRET))


def offer(manifest: Manifest, data: bytes) -> Offer:
    """What the catalogue says of a course."""
    base = {blob for section in manifest.sections for blob in needs(section, Choice())}
    return Offer(
        id=manifest.id,
        version=manifest.version,
        title=manifest.title,
        language=manifest.language,
        summary=manifest.summary,
        licence=manifest.licence,
        manifest=Reference(sha256(data), len(data)),
        cost=Cost(sum(manifest.blobs[blob].cost for blob in base), {}),
        sections=len(manifest.sections),
        activities=sum(1 for _ in manifest.activities()),
    )


def _add(files: dict[str, bytes], path: str, data: bytes, secret: Ed25519PrivateKey | None) -> None:
    files[path] = data
    if secret:
        files[f"{path}.minisig"] = sign(data, secret, "a test")


def _path(kind: str, data: bytes) -> str:
    name = sha256(data)
    return f"{kind}/{name[:2]}/{name}"


def _packed(contents: Sequence[bytes]) -> tuple[dict[str, Blob], bytes]:
    """Members without their pack's name, and the pack: every second one is compressed."""
    members: dict[str, Blob] = {}
    pack = b""
    for number, data in enumerate(dict.fromkeys(contents)):
        stored, encoding = (zlib.compress(data), "zlib") if number % 2 else (data, "")
        members[sha256(data)] = Blob(len(data), "text/html", None, len(pack), len(stored), encoding)
        pack += stored
    return members, pack
