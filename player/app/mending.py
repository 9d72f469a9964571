# SPDX-License-Identifier: Apache-2.0
"""One activity whose files are damaged: what of them is, and having just that fetched again.

The damaged file stays where it is, so that what can be played goes on playing, for weeks if nobody
is reached. Only its row goes; a download copies its right pieces, fetches the others, and puts the
whole file in its place (`player.download.twins`).
"""

from __future__ import annotations

import hashlib
import shutil
from collections.abc import Callable, Mapping, Set
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path

from player.app.repair import Repaired, blobs_of, hand_back, manifests_of
from player.course.manifest import AnyActivity, Blob, Manifest, Video
from player.download import parts, wishes
from player.download.parts import Span
from player.download.plan import wanted
from player.download.roads import forgive
from player.download.room import writing
from player.errors import PlayerError
from player.store import blobs
from player.store.blobs import Meter, Report, silent
from player.store.database import Database, translated
from player.store.lock import Waiting, files_of

QUICK = 1_000_000
"""Bytes of a file that may be read where somebody waits for the screen."""
_SPARE = 20_000_000  # bytes that stay free beside the copy of a damaged file


Stretches = tuple[tuple[float, float], ...]


@dataclass(frozen=True, slots=True)
class Harm:
    """What of an activity is damaged or gone: its files, by hash; `cost` bytes bring it back.

    `is_coming`: it is being mended already, and comes as soon as somebody is reached. `stretches`
    says of a file with a piece list, by hash, which shares of it are bad, from 0 to 1.
    """

    course: str
    activity: str
    title: str
    lost: tuple[str, ...]
    cost: int
    is_coming: bool = False
    stretches: Mapping[str, Stretches] = field(default_factory=dict)


def is_suspicious(home: Path, manifest: Manifest, activity: AnyActivity) -> bool:
    """Whether a file of an activity that is here is plainly not what it should be.

    Of large files only the sizes are looked at. Pure reading, and quick.
    """
    try:
        return any(
            file.is_file() and not _seems_right(file, sha256, manifest.blobs[sha256].size)
            for sha256 in blobs_of(activity)
            if sha256 in manifest.blobs
            for file in (blobs.path(home, sha256),)
        )
    except (OSError, PlayerError):
        return False  # the drive is gone: that is said elsewhere


def has_large(home: Path, manifest: Manifest, activity: AnyActivity) -> bool:
    """Whether a file of an activity that is here takes longer to look at."""
    return any(
        manifest.blobs[one].size > QUICK and blobs.path(home, one).is_file()
        for one in blobs_of(activity)
        if one in manifest.blobs
    )


def _seems_right(file: Path, sha256: str, size: int) -> bool:
    if file.stat().st_size != size:
        return False
    return size > QUICK or blobs.whole(file, sha256, size)


def look(
    db: Database,
    home: Path,
    manifest: Manifest,
    activity: AnyActivity,
    report: Report = silent,
) -> Harm | None:
    """Look at every file of an activity; None where all are right, or none is here.

    What is being mended already counts as damaged until it is here. `report` may raise to stop.

    Raises:
        DriveGone: nothing can be looked at.
    """
    named, recorded = manifest.blobs, blobs.present(db)
    own = [one for one in sorted(blobs_of(activity)) if one in named]
    files = [one for one in own if one in recorded or blobs.path(home, one).is_file()]
    lists = {named[one].pieces for one in files} & recorded
    every = [*files, *(one for one in sorted(filter(None, lists)) if one in named)]
    meter = Meter(report, sum(named[one].size for one in every))
    lost = []
    for one in every:
        meter.begin(named[one].size)
        if not blobs.whole(blobs.path(home, one), one, named[one].size, meter):
            lost.append(one)
    if not lost:
        return None
    found = {one: _bad_of(home, one, named[one]) for one in lost if named[one].pieces}
    cost = sum(
        sum(stop - start for start, stop in found[one]) if found.get(one) else named[one].cost
        for one in lost
    )
    asked = wishes.wished(db, manifest.id)
    coming = recorded.isdisjoint(lost) and wanted(manifest, asked).issuperset(lost)
    shares = {
        one: tuple((start / named[one].size, stop / named[one].size) for start, stop in spans)
        for one, spans in found.items()
    }
    return Harm(manifest.id, activity.id, activity.title, tuple(lost), cost, coming, shares)


def _bad_of(home: Path, sha256: str, blob: Blob) -> list[Span]:
    """Which bytes of a file are in bad pieces; none where its list is not here."""
    found, start, file = [], 0, blobs.path(home, sha256)
    for length, hash_ in blobs.pieces(home, blob):
        if hashlib.sha256(_read(file, start, length)).hexdigest() != hash_:
            found.append((start, start + length))
        start += length
    return parts.merged(found)


def _read(file: Path, start: int, length: int) -> bytes:
    """A stretch of a file; nothing where the disk cannot read it, or ends."""
    try:
        with file.open("rb") as stream:
            stream.seek(start)
            return stream.read(length)
    except OSError:
        return b""


def mend(
    db: Database,
    home: Path,
    now: Callable[[], datetime],
    harm: Harm,
    waiting: Waiting | None = None,
) -> Repaired:
    """Have what is damaged wished for, so that a download fetches only what is bad of it.

    Raises:
        FilesBusy: a download is under way; nothing was changed.
        DriveGone, NotWritable, DiskFull: what was mended so far stays so.
    """
    with files_of(home, waiting), writing(home, 0):
        manifests = [one for one in manifests_of(db) if one.id == harm.course]
        lost = {one for one in harm.lost if any(one in each.blobs for each in manifests)}
        forgive(db, lost | _pieces(home, manifests, lost))
        with translated(db.path), db.atomic():
            db.conn.executemany("DELETE FROM blobs WHERE sha256 = ?", [(one,) for one in lost])
            for manifest in manifests:
                _wish(db, manifest, lost, now)
        for one in lost:
            blob = next(each.blobs[one] for each in manifests if one in each.blobs)
            if shutil.disk_usage(home).free < blob.size + _SPARE:
                hand_back(home, one, blob)  # no room for a copy: it cannot be played meanwhile
    return Repaired(len(lost), 0, 0, 0)


def _pieces(home: Path, manifests: list[Manifest], lost: Set[str]) -> set[str]:
    every = (each.blobs[one] for each in manifests for one in lost if one in each.blobs)
    return {sha256 for blob in every for _, sha256 in blobs.pieces(home, blob)}


def _wish(db: Database, manifest: Manifest, lost: Set[str], now: Callable[[], datetime]) -> None:
    """Have what was lost wished for: by the wishes that were, or by one for the activity alone."""
    left = set(lost)
    for wish in wishes.wished_for(db, manifest.id):
        if found := lost & wanted(manifest, [wish]):
            left -= found
            wishes.hold(db, manifest.id, wish.section, wish.activity, held=False)
            wishes.note(db, manifest.id, [wish], "", rests=False)
    for section in manifest.sections:
        for activity in section.activities():
            if left & blobs_of(activity):
                name = _rendition(activity, left)
                wishes.ask(db, manifest, [section.id], name, now, activity=activity.id)


def _rendition(activity: AnyActivity, lost: Set[str]) -> str:
    """The rendition that was lost, '' where only texts were."""
    renditions = activity.renditions if isinstance(activity, Video) else ()
    return next((one.name for one in renditions if one.blob in lost), "")
