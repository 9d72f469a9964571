# SPDX-License-Identifier: Apache-2.0
"""One course of a repository in one file, to be handed over (docs/format.md, "A `.course` file").

The documents are those of the repository, byte for byte, so their signatures hold and no secret key
is needed: whoever has a repository may pack it.
"""

from __future__ import annotations

import hashlib
import zipfile
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from player.course.catalogue import Catalogue, decode_catalogue
from player.course.languages import languages, spoken
from player.course.manifest import Manifest, decode_manifest
from player.course.needs import Choice, needs
from player.course.signing import PublicKey, Signature
from player.errors import BadSignature, Damaged, NotARepository, NotOffered
from player.publish.permission import to_hand_out
from player.publish.shelf import CATALOGUE, SIGNATURE
from player.publish.writing import PART, beside, disk_faults, written

ENDING = ".course"

_CHUNK = 1024 * 1024  # bytes
_THEN = (1980, 1, 1, 0, 0, 0)  # the same repository gives the same bytes, whenever it is packed


@dataclass(frozen=True, slots=True)
class Single:
    """What was written: of which course, in which renditions (none: all), how many bytes.

    `notes` say what its licence asks of whoever hands it out.
    """

    course: str
    version: int
    renditions: tuple[str, ...]
    files: int
    size: int
    notes: tuple[str, ...] = ()


def pack_course(
    repository: Path,
    course: str,
    file: Path,
    renditions: Sequence[str] = (),
    report: Callable[[str], None] = lambda _line: None,
) -> Single:
    """Write a course of a repository to `file`, whole or not at all.

    Args:
        repository: its folder. It is only read.
        course: its id.
        file: what to write; what was there is replaced at the very end.
        renditions: of the videos (`audio`, `240p` …), or what stands in for them; `""` is no
            video. All that there are for ().
        report: told each file in a line; may raise to stop.

    Raises:
        NotARepository, NotOffered: there is no catalogue, or no such course in it.
        BadSignature, Malformed, NewerFormat, Damaged: the repository is not as it should be.
        DiskFull, NotWritable: the disk of `file`.
    """
    manifest, names = _documents(repository, course)
    contents = _contents(manifest, renditions)
    file.parent.mkdir(parents=True, exist_ok=True)
    with disk_faults(file.parent), written(file) as raw, zipfile.ZipFile(raw, "w") as archive:
        for name in names:
            archive.writestr(_info(name, zipfile.ZIP_DEFLATED), (repository / name).read_bytes())
        for name, sha256, size in contents:
            report(f"{name}, {size} bytes")
            _copy(repository / name, archive, name, sha256, size)
    size = file.stat().st_size
    files = len(names) + len(contents)
    told = tuple(to_hand_out(manifest.licence))
    return Single(course, manifest.version, tuple(renditions), files, size, told)


def _documents(repository: Path, course: str) -> tuple[Manifest, list[str]]:
    """The manifest, and the names of all documents: those of the signature before what it signs."""
    catalogue = _catalogue(repository)
    offer = next((one for one in catalogue.courses if one.id == course), None)
    if offer is None:
        raise NotOffered(what=course)
    name = f"courses/{course}/{offer.version}.json"
    try:
        data = (repository / name).read_bytes()
    except FileNotFoundError as error:
        raise Damaged(what=name, place=repository) from error
    if hashlib.sha256(data).hexdigest() != offer.manifest.sha256:
        raise Damaged(what=name, place=repository)
    keys = sorted(path for path in (repository / "keys").glob("*") if path.is_file())
    names = [f"keys/{path.name}" for path in keys if path.suffix != PART]
    signed = [one for base in (CATALOGUE, name) for one in (base, base + SIGNATURE)]
    return decode_manifest(data), [one for one in signed if (repository / one).exists()] + names


def _catalogue(repository: Path) -> Catalogue:
    """What is offered, unless its signature is seen not to fit: half uploaded, perhaps."""
    path = repository / CATALOGUE
    try:
        data = path.read_bytes()
        signature = Signature.parse(beside(path, SIGNATURE).read_bytes())
        key = (repository / "keys" / f"{signature.key}.pub").read_text(encoding="utf-8")
        if not signature.fits(data, PublicKey.parse(key)):
            raise BadSignature(document=path)
    except FileNotFoundError as error:  # unsigned, or the key is not there: the reader judges
        if not path.is_file():
            raise NotARepository(place=repository) from error
    except ValueError as error:
        raise BadSignature(document=path) from error
    return decode_catalogue(data)


def _contents(manifest: Manifest, renditions: Sequence[str]) -> list[tuple[str, str, int]]:
    """The files to take, in the order of the manifest: packs, then blobs; name, hash and size."""
    needed = set(_needed(manifest, renditions) if renditions else manifest.blobs)
    needed |= {one for blob in needed if (one := manifest.blobs[blob].pieces)}
    packs = {manifest.blobs[blob].pack for blob in needed}
    taken = [("packs", one, pack.size) for one, pack in manifest.packs.items() if one in packs]
    alone = ((one, blob) for one, blob in manifest.blobs.items() if not blob.pack)
    taken += [("blobs", one, blob.size) for one, blob in alone if one in needed]
    return [(f"{kind}/{one[:2]}/{one}", one, size) for kind, one, size in taken]


def _needed(manifest: Manifest, renditions: Sequence[str]) -> Iterator[str]:
    if manifest.image:
        yield manifest.image
    for language in languages(manifest):  # nobody knows who will be handed it
        for section in spoken(manifest, (language,)).sections:
            for name in renditions:
                yield from needs(section, Choice(name))


def _copy(path: Path, archive: zipfile.ZipFile, name: str, sha256: str, size: int) -> None:
    """Store a file as it is, at which a reader can seek. Raises Damaged."""
    info = _info(name, zipfile.ZIP_STORED)
    info.file_size = size  # so that one of more than 2 GiB gets the wide fields
    digest = hashlib.sha256()
    try:
        with path.open("rb") as source, archive.open(info, "w") as target:
            while chunk := source.read(_CHUNK):
                digest.update(chunk)
                target.write(chunk)
    except FileNotFoundError as error:
        raise Damaged(what=name, place=path) from error
    if digest.hexdigest() != sha256:
        raise Damaged(what=name, place=path)


def _info(name: str, method: int) -> zipfile.ZipInfo:
    info = zipfile.ZipInfo(name, _THEN)
    info.compress_type = method
    info.create_system = 3  # as on Unix, wherever it is packed
    info.external_attr = 0o644 << 16
    return info
