# SPDX-License-Identifier: Apache-2.0
"""What an interruption leaves: `home/parts`, so that no byte is fetched twice.

`<sha256>.part` is the beginning of a blob, `<sha256>-<start>.part` that of a stretch of a pack.
Nothing in here counts as present; it is checked when it is taken apart.
"""

from __future__ import annotations

import hashlib
import logging
import re
import zlib
from collections.abc import Iterator
from pathlib import Path
from typing import BinaryIO

from player.course.manifest import Blob, Manifest
from player.download.plan import Fetch, Part
from player.store import blobs

log = logging.getLogger(__name__)

_BLOCK = 64 * 1024
_STRETCH = re.compile(r"([0-9a-f]{64})-(\d+)\.part")


def part_file(home: Path, fetch: Fetch) -> Path:
    """The file that the bytes of `fetch` are written to."""
    name = f"{fetch.name}-{fetch.start}" if fetch.packed else fetch.name
    return home / "parts" / f"{name}.part"


def take_up(home: Path, fetch: Fetch) -> Path:
    """Return the file of `fetch` with all that is already here of its bytes.

    They may stand in the file of a stretch that began earlier: when some of its members were
    rescued, what is still to come begins later.
    """
    file = part_file(home, fetch)
    file.parent.mkdir(parents=True, exist_ok=True)
    if fetch.packed and not file.exists():
        for start, earlier in _stretches(home, fetch.name):
            if start < fetch.start < start + earlier.stat().st_size:
                _copy_tail(earlier, fetch.start - start, file)
                earlier.unlink()
                break
    file.touch()
    if file.stat().st_size > fetch.stop - fetch.start:
        with file.open("r+b") as stream:
            stream.truncate(fetch.stop - fetch.start)
    return file


def take_apart(home: Path, fetch: Fetch, file: Path) -> tuple[dict[str, Path], list[Part]]:
    """Return the blobs of a complete file, each a file of its own, and the parts that are wrong."""
    if not fetch.packed:
        only = fetch.parts[0]
        if blobs.whole(file, only.sha256, only.blob.size):
            return {only.sha256: file}, []
        return {}, [only]
    good: dict[str, Path] = {}
    with file.open("rb") as stream:
        for part in fetch.parts:
            stream.seek(part.blob.offset - fetch.start)
            if (found := _unpack(home, stream, part)) is not None:
                good[part.sha256] = found
    return good, [part for part in fetch.parts if part.sha256 not in good]


def rescue(home: Path, manifest: Manifest, present: frozenset[str]) -> dict[str, Path]:
    """Return the blobs that came whole before a stretch of a pack was cut, each a file of its own.

    So they count at once, and whatever is planned next, they are not fetched again.
    """
    good: dict[str, Path] = {}
    for pack in manifest.packs:
        for start, file in _stretches(home, pack):
            stop = start + file.stat().st_size
            with file.open("rb") as stream:
                for sha256, blob in manifest.blobs.items():
                    inside = blob.pack == pack and start <= blob.offset
                    if not inside or blob.offset + blob.length > stop or sha256 in present:
                        continue
                    stream.seek(blob.offset - start)
                    if (found := _unpack(home, stream, Part(sha256, blob))) is not None:
                        good[sha256] = found
    return good


def clear(home: Path) -> None:
    """Throw away every beginning: nothing is wanted that is not here."""
    for file in (home / "parts").glob("*"):
        file.unlink(missing_ok=True)


def amount(home: Path) -> int:
    """How many bytes of beginnings are here."""
    return sum(file.stat().st_size for file in (home / "parts").glob("*.part"))


def _stretches(home: Path, pack: str) -> list[tuple[int, Path]]:
    files = (home / "parts").glob(f"{pack}-*.part")
    named = [(_STRETCH.fullmatch(file.name), file) for file in files]
    return sorted((int(name[2]), file) for name, file in named if name)


def _copy_tail(source: Path, skip: int, target: Path) -> None:
    """Under a name that counts for nothing until it is whole."""
    new = target.with_suffix(".new")
    with source.open("rb") as stream, new.open("wb") as out:
        stream.seek(skip)
        while block := stream.read(_BLOCK):
            out.write(block)
    new.replace(target)


def _unpack(home: Path, stream: BinaryIO, part: Part) -> Path | None:
    """Write one member to a file of its own and return it; None unless size and hash are right."""
    file = home / "parts" / f"{part.sha256}.new"
    digest, size = hashlib.sha256(), 0
    try:
        with file.open("wb") as out:
            for block in _unpacked(stream, part.blob):
                size += len(block)
                if size > part.blob.size:  # a bomb, or a lie
                    break
                digest.update(block)
                out.write(block)
    except zlib.error as error:
        log.warning("%s does not unpack: %s", part.sha256, error)
        size = -1
    if size == part.blob.size and digest.hexdigest() == part.sha256:
        return file
    file.unlink()
    return None


def _unpacked(stream: BinaryIO, blob: Blob) -> Iterator[bytes]:
    """The member at the stream's position, block by block, so that memory has a bound."""
    left = blob.length
    inflate = zlib.decompressobj() if blob.encoding == "zlib" else None
    while left > 0 and (block := stream.read(min(_BLOCK, left))):
        left -= len(block)
        if inflate is None:
            yield block
            continue
        more = True
        while more:
            out = inflate.decompress(block, _BLOCK)
            yield out
            block = inflate.unconsumed_tail
            more = bool(block) or len(out) == _BLOCK
