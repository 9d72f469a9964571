# SPDX-License-Identifier: Apache-2.0
"""One stretch of bytes, from a source into blobs: resumed, checked, on the disk.

The bytes go to a part file as they come, so a cut, a crash or `kill -9` costs nothing that arrived.
Only what is whole and has its hash becomes a blob: synced, renamed, its folder synced, and then
recorded by the caller's `keep`.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import replace
from pathlib import Path

from player.download import parts
from player.download.plan import Fetch, Part
from player.download.room import check_room, writing
from player.download.sources import HttpOrFolder
from player.errors import QT_TRANSLATE_NOOP, Damaged
from player.store import blobs

Report = Callable[[int], None]
"""Told how many new bytes are on the disk; may raise to stop, and everything that came is kept."""

Keep = Callable[[Mapping[str, int]], None]
"""Told blobs by hash, with their sizes, that are whole, checked and on the disk."""


def silent(_size: int) -> None:
    """Report nothing."""


def transfer(
    fetch: Fetch, source: HttpOrFolder, home: Path, keep: Keep, report: Report = silent
) -> None:
    """Have all blobs of `fetch` here.

    What arrives with a wrong hash is thrown away and fetched once more, of a pack only the members
    that are wrong.

    Raises:
        ConnectionProblem: what came so far waits in its part file.
        Damaged: wrong twice; the other members of a pack are here.
        DiskFull, NotWritable: what came so far is kept.
    """
    bad = _attempt(fetch, source, home, keep, report)
    again = [fetch] if len(bad) == len(fetch.parts) else [_only(fetch, part) for part in bad]
    still = [part for one in again for part in _attempt(one, source, home, keep, report)]
    if still:
        raise Damaged(what=QT_TRANSLATE_NOOP("errors", "A file of the course"), place=source.place)


def _only(fetch: Fetch, part: Part) -> Fetch:
    start = part.blob.offset
    return replace(fetch, start=start, stop=start + part.blob.length, parts=(part,))


def _attempt(
    fetch: Fetch, source: HttpOrFolder, home: Path, keep: Keep, report: Report
) -> list[Part]:
    """Fetch what is lacking; return the parts that came wrong."""
    found = _adopted(fetch, home)
    if len(found) == len(fetch.parts):
        keep(found)
        return []
    needed = fetch.stop - fetch.start
    with writing(home, needed):
        file = parts.take_up(home, fetch)
        missing = needed - file.stat().st_size
    unpacked = sum(part.blob.size for part in fetch.parts) if fetch.packed else 0
    check_room(home, missing + unpacked)
    if missing:
        _append(fetch, source, home, file, report)
    with writing(home, unpacked):
        good, bad = parts.take_apart(home, fetch, file)
        blobs.place(home, good)
    keep({part.sha256: part.blob.size for part in fetch.parts if part.sha256 in good})
    file.unlink(missing_ok=True)
    return bad


def _adopted(fetch: Fetch, home: Path) -> dict[str, int]:
    """The blobs that are in their place but were not recorded: the power went in between."""
    return {
        part.sha256: part.blob.size
        for part in fetch.parts
        if blobs.whole(blobs.path(home, part.sha256), part.sha256, part.blob.size)
    }


def _append(fetch: Fetch, source: HttpOrFolder, home: Path, file: Path, report: Report) -> None:
    """Append what is lacking to `file`, each block on its way to the disk before the next."""
    begin = fetch.start + file.stat().st_size
    missing = fetch.stop - begin
    with writing(home, missing):
        out = file.open("ab", buffering=0)
    with out, source.stretch(fetch.path, begin, fetch.stop, fetch.size) as blocks:
        for block in blocks:
            left = memoryview(block)
            with writing(home, missing):
                while left:
                    left = left[out.write(left) :]
            report(len(block))
