# SPDX-License-Identifier: Apache-2.0
"""A course into a repository (docs/format.md): `publish` it, or `remove` it from the catalogue.

Blobs and packs are written first, then the manifest, then the catalogue; so whoever reads sees
the old courses or the new ones, even if the publisher is killed on the way.
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from datetime import timedelta
from pathlib import Path

import msgspec
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from player.clock import Now, stamp, utc_now
from player.course.catalogue import Offer, Reference, Words
from player.course.languages import spoken
from player.course.manifest import Manifest, Video, decode_manifest
from player.course.signing import public_key
from player.errors import ContentProblem, NotARepository, NotOffered
from player.publish import versions
from player.publish.cut import MOST
from player.publish.faults import Fault
from player.publish.keyfile import folder_for_keys, keep_keys, salt
from player.publish.marked import notes
from player.publish.pack import Packed, cost, pack
from player.publish.permission import may_change, to_hand_out, to_publish
from player.publish.shelf import FORMAT, Shelf, open_shelf, write_signed
from player.publish.source import Source, read_source
from player.publish.writing import copy_once, is_there, locked, put_once


@dataclass(frozen=True, slots=True)
class Published:
    """What a publication did. `new_bytes` are what a learner with the last version fetches.

    `notes` say what it means that activities are marked here or by the platform; `key_file` has to
    be guarded, None where the package holds everything.
    """

    course: str
    version: int
    changed: bool
    catalogue_number: int
    new_blobs: int
    new_bytes: int
    total_bytes: int
    warnings: tuple[Fault, ...]
    notes: tuple[str, ...] = ()
    key_file: Path | None = None


def silent(_line: str) -> None:
    """Say nothing."""


def publish(  # noqa: PLR0913 - what, where, and by whom
    source: Path,
    repository: Path,
    secret: Ed25519PrivateKey,
    *,
    keys: Path | None = None,
    now: Now = utc_now,
    report: Callable[[str], None] = silent,
    take_over: bool = False,
    may_adapt: bool = False,
) -> Published:
    """Publish the course in `source`, unless the repository has it just so already.

    The key file of what the platform marks is written before the course is offered, and again where
    only a key was changed.

    Args:
        source: a folder with course.toml in it.
        repository: the repository's folder; made where it is missing. Other courses stay.
        secret: the publisher's key.
        keys: the folder for key files, outside of the repository. Needed where the platform marks.
        now: tells the time, with its zone.
        report: told each step in a line; may raise to stop.
        take_over: go on though the catalogue is signed by another key, or not at all.
        may_adapt: its owner has permitted to change a course whose licence does not.

    Raises:
        NotYoursToChange: it is a changed version of a course that allows none.
        SourceFaults, NotAFolder: the source; or the repository is in use.
        KeysInTheOpen: `keys` lies in the repository, or nobody said where they go.
        BadKey, BadSignature, Malformed, NewerFormat: the catalogue that is there.
        Damaged: a file of the source changed meanwhile.
        DiskFull, NotWritable: the disk.
    """
    report(f"Reading {source}")
    course = read_source(source, salt(secret))
    if adapted := course.outline.adapted:
        what = f"this is one: {adapted.rstrip('.')}"
        may_change(course.outline.licence, course.outline.title, what, allowed=may_adapt)
    folder = folder_for_keys(course, keys, repository)
    with locked(repository):
        shelf = open_shelf(repository, secret, take_over=take_over)
        packed = pack(course.contents, _heights(course))
        if any(one.size > MOST and not one.pieces for one in packed.blobs.values()):
            report("Large files get no piece lists: they need `pip install cartable[publish]`")
        before = _last_manifest(shelf, course.outline.id) if shelf.is_ours else None
        manifest = _manifest(course, packed, _next_version(shelf, course), stamp(now()))
        told = tuple(notes(manifest, list(versions.manifests(repository, manifest.id))))
        told += (*course.left, *to_publish(manifest), *to_hand_out(manifest.licence))
        if before and _same(before, manifest) and _is_whole(repository, before):
            report("Nothing has changed since the last publication")
            key_file = keep_keys(course, before, folder) if folder else None
            done = _published(before, shelf.number, course, before)
            return replace(done, notes=told, key_file=key_file)
        key_file = keep_keys(course, manifest, folder) if folder else None
        _write_contents(packed, repository, report)
        data = msgspec.json.encode(manifest)
        report(f"Signing version {manifest.version}")
        path = versions.place(repository, manifest.id, manifest.version)
        comment = f"{manifest.id} version {manifest.version} of {manifest.issued}"
        write_signed(path, data, secret, comment)
        write_key(repository, secret)
        number = shelf.replace(shelf.with_offer(_offer(manifest, data)), manifest.issued)
        done = _published(manifest, number, course, before)
        return replace(done, notes=told, key_file=key_file)


def remove(
    course: str,
    repository: Path,
    secret: Ed25519PrivateKey,
    *,
    now: Now = utc_now,
) -> int:
    """Offer the course no more; return the catalogue's number. Its files stay where they are.

    Raises:
        NotOffered: the catalogue has no such course.
        BadKey, BadSignature, Malformed, NewerFormat, DiskFull, NotWritable: as for `publish`.
    """
    with locked(repository):
        shelf = open_shelf(repository, secret)
        if shelf.offer(course) is None:
            raise NotOffered(what=course)
        left = [one for one in shelf.raw["courses"] if one["id"] != course]
        return shelf.replace(left, stamp(now()))


def promise(
    repository: Path,
    secret: Ed25519PrivateKey,
    *,
    mirrors: Sequence[str] | None = None,
    fresh_for: timedelta | None = None,
    now: Now = utc_now,
) -> int:
    """Say what holds for the whole repository; later publications keep it.

    Args:
        repository: its folder.
        secret: the publisher's key.
        mirrors: where else it lies, as URLs, http(s) and ending in '/'. None leaves them as they
            are.
        fresh_for: how long after each publication there will be another one at the latest; nothing
            promises nothing more. None leaves it as it is.
        now: tells the time, with its zone.

    Returns:
        The catalogue's number: a new one if mirrors have changed, or with `fresh_for`.

    Raises:
        NotARepository: nothing was published there.
        BadKey, BadSignature, Malformed, NewerFormat, DiskFull, NotWritable: as for `publish`.
    """
    with locked(repository):
        shelf = open_shelf(repository, secret)
        if shelf.catalogue is None:
            raise NotARepository(place=repository)
        raw = dict(shelf.raw)
        if mirrors is not None and raw.get("mirrors", []) != list(dict.fromkeys(mirrors)):
            raw["mirrors"] = list(dict.fromkeys(mirrors))
        if fresh_for is not None:
            raw["issued"] = stamp(now())
            raw["fresh_until"] = stamp(now() + fresh_for) if fresh_for else ""
        if raw == shelf.raw:
            return shelf.number
        return replace(shelf, raw=raw).replace(raw["courses"], stamp(now()))


def _heights(course: Source) -> dict[str, int]:
    activities = [one for section in course.sections for one in section.activities()]
    activities += [one for language in course.translations for one in language.activities]
    videos = (one for one in activities if isinstance(one, Video))
    return {one.blob: one.height for video in videos for one in video.renditions}


def _manifest(course: Source, packed: Packed, version: int, issued: str) -> Manifest:
    outline = course.outline
    return Manifest(
        format=FORMAT,
        kind="course",
        id=outline.id,
        version=version,
        title=outline.title,
        language=outline.language,
        summary=outline.summary,
        authors=outline.authors,
        licence=outline.licence,
        issued=issued,
        cite=outline.cite,
        adapted=outline.adapted,
        effort=outline.effort,
        image=course.image,
        attestation=outline.attestation,
        sections=course.sections,
        blobs=packed.blobs,
        packs=packed.listed(),
        paths=course.paths,
        translations=course.translations,
        combine_paths=outline.combine_paths,
        starts=outline.starts,
        ends=outline.ends,
        meetings=course.meetings,
    )


def _last_manifest(shelf: Shelf, course: str) -> Manifest | None:
    """The manifest that the catalogue names; None where it is not there as it was."""
    offer = shelf.offer(course)
    if offer is None:
        return None
    try:
        data = versions.place(shelf.repository, course, offer.version).read_bytes()
        if hashlib.sha256(data).hexdigest() != offer.manifest.sha256:
            return None
        return decode_manifest(data)
    except (FileNotFoundError, ContentProblem):
        return None


def _next_version(shelf: Shelf, course: Source) -> int:
    """One after every version that has a file: what was written once is never written over."""
    offer = shelf.offer(course.outline.id)
    written = versions.numbers(shelf.repository, course.outline.id)
    return max([offer.version if offer else 0, *written]) + 1


def _same(before: Manifest, after: Manifest) -> bool:
    """Whether both say the same to a learner, however their blobs are packed and cut."""
    plain = (
        msgspec.structs.replace(one, version=1, issued="", blobs={}, packs={})
        for one in (before, after)
    )
    return next(plain) == next(plain) and _contents(before) == _contents(after)


def _contents(manifest: Manifest) -> set[str]:
    """Its blobs but for the piece lists: a version for these alone would bring a learner nothing.

    So a course from before there were lists gets them with its next change.
    """
    lists = {blob.pieces for blob in manifest.blobs.values()}
    return manifest.blobs.keys() - lists


def _is_whole(repository: Path, manifest: Manifest) -> bool:
    """Whether every file that the manifest needs is there."""
    files = {name: blob.size for name, blob in manifest.blobs.items() if not blob.pack}
    return all(
        is_there(_place(repository, "blobs", name), size) for name, size in files.items()
    ) and all(
        is_there(_place(repository, "packs", name), one.size)
        for name, one in manifest.packs.items()
    )


def _place(repository: Path, kind: str, sha256: str) -> Path:
    return repository / kind / sha256[:2] / sha256


def _write_contents(packed: Packed, repository: Path, report: Callable[[str], None]) -> None:
    for sha256, data in packed.packs.items():
        if put_once(_place(repository, "packs", sha256), data):
            report(f"Wrote a pack of {len(data)} bytes")
    for sha256, content in packed.files.items():
        if copy_once(content, _place(repository, "blobs", sha256)):
            name = content.path.name if content.path else sha256[:12]
            report(f"Wrote {name}, {content.size} bytes")


def write_key(repository: Path, secret: Ed25519PrivateKey) -> None:
    """Write the public key, for whoever has no platform file; a person has to allow it."""
    key = public_key(secret)
    text = f"untrusted comment: minisign public key {key.id}\n{key}\n".encode()
    put_once(repository / "keys" / f"{key.id}.pub", text)


def _offer(manifest: Manifest, data: bytes) -> Offer:
    activities = list(manifest.activities())
    return Offer(
        id=manifest.id,
        version=manifest.version,
        title=manifest.title,
        language=manifest.language,
        summary=manifest.summary,
        authors=manifest.authors,
        licence=manifest.licence,
        manifest=Reference(hashlib.sha256(data).hexdigest(), len(data)),
        cost=cost(manifest),
        sections=len(manifest.sections),
        activities=len(activities),
        duration=round(sum(one.duration for one in activities if isinstance(one, Video)), 3),
        translations=tuple(
            Words(one.language, one.title, one.summary, cost(spoken(manifest, (one.language,))))
            for one in manifest.translations
        ),
    )


def _published(
    manifest: Manifest, number: int, course: Source, before: Manifest | None
) -> Published:
    known = before.blobs if before else {}
    new = [blob for sha256, blob in manifest.blobs.items() if sha256 not in known]
    return Published(
        course=manifest.id,
        version=manifest.version,
        changed=manifest is not before,
        catalogue_number=number,
        new_blobs=len(new),
        new_bytes=sum(blob.cost for blob in new),
        total_bytes=sum(blob.cost for blob in manifest.blobs.values()),
        warnings=course.warnings,
    )
