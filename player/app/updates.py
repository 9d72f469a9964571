# SPDX-License-Identifier: Apache-2.0
"""Updates: what one changes and costs before anybody agrees to it, and when it is through.

A version that was put off is not brought up again; the next one is.
"""

from __future__ import annotations

import logging
from collections.abc import Iterable, Iterator, Sequence, Set
from dataclasses import dataclass
from pathlib import Path

from player.course import needs
from player.course.changes import Changes, changes
from player.course.manifest import Manifest
from player.download.parts import write_anew
from player.download.plan import Wish, wanted
from player.download.room import writing
from player.download.sources import Source
from player.download.targets import Piece, member, unpacked
from player.download.twins import Twins
from player.download.wishes import wished_for
from player.errors import ConnectionProblem, ContentProblem, PlayerError
from player.settings import Settings
from player.store import blobs, courses, place, space, spoken
from player.store.courses import Shelf
from player.store.database import Database

log = logging.getLogger(__name__)

LISTS = 4 * 1024 * 1024  # bytes: more is not fetched to say a price


@dataclass(frozen=True, slots=True)
class Preview:
    """What the version `offered` changes, for whoever has `version`.

    `cost` is what fetching it takes, in bytes, for what is wished for; `at_most` is that without
    the pieces of large files that are here already. Where those could not be looked up, `exact` is
    false and both are the same.
    """

    course: str
    title: str
    version: int
    offered: int
    changes: Changes
    cost: int
    at_most: int
    exact: bool


@dataclass(frozen=True, slots=True)
class Renewed:
    """News: a course has become the new `version` that was agreed to."""

    course: str
    title: str
    version: int


def is_put_off(choices: Settings, shelf: Shelf) -> bool:
    """Whether the learner did not want the version that is offered now."""
    return f"{shelf.id} {shelf.offered}" in choices.put_off


def is_to_be_mentioned(choices: Settings, shelf: Shelf) -> bool:
    """Whether an update is offered that is not agreed to, and the learner wants to hear of it."""
    offered = shelf.version > 0 and max(shelf.version, shelf.coming) < shelf.offered
    return offered and choices.updates != "never" and not is_put_off(choices, shelf)


def put_off(choices: Settings, course: str, version: int) -> tuple[str, ...]:
    """The setting, with `version` of a course in it instead of any other; 0 for none."""
    others = [one for one in choices.put_off if one.partition(" ")[0] != course]
    return (*others, *([f"{course} {version}"] if version else []))


def preview(
    db: Database, home: Path, sources: Sequence[Source], old: Manifest, new: Manifest
) -> Preview:
    """Say what `new` changes and costs. A few piece lists may be fetched for it, and are kept."""
    wishes = _carried(old, new, wished_for(db, old.id))
    lacking = wanted(new, wishes) - blobs.present(db)
    if new.image and wishes and new.image not in blobs.present(db):
        lacking.add(new.image)
    exact = _have_lists(db, home, sources, new, lacking)
    at_most = needs.size(new, lacking - _lists(new)) - _here_of_lists(new, lacking, db)
    saved = sum(_saved(db, home, new, lacking)) if exact else 0
    return Preview(
        course=old.id,
        title=new.title,
        version=old.version,
        offered=new.version,
        changes=changes(old, new),
        cost=max(0, at_most - saved),
        at_most=at_most,
        exact=exact,
    )


def settle(db: Database, home: Path, course: str = "") -> list[str]:
    """Have each update as the course of which everything wished for is here; free the old files.

    Returns the courses that changed.
    """
    query = "SELECT id FROM courses WHERE stage = 'coming' AND ? IN ('', id)"
    through = []
    for (name,) in db.execute(query, [course]).fetchall():
        try:
            new = spoken.coming(db, name)
        except ContentProblem as error:
            log.warning("%s cannot be read: %s", name, error)
            continue
        if new and wanted(new, wished_for(db, name)) <= blobs.present(db):
            courses.settle(db, name)
            through.append(name)
    if through:
        try:
            space.free_unreferenced(db, home)
        except PlayerError as error:  # the files stay; `cartable free` frees them
            log.warning("old files stay: %s", error)
    return through


def _carried(old: Manifest, new: Manifest, wishes: Sequence[Wish]) -> list[Wish]:
    """The wishes that hold after the update: see `player.store.versions`."""
    before = {section.id for section in old.sections}
    whole = [wish for wish in wishes if not wish.activity]
    choices = {(wish.rendition, wish.languages) for wish in whole}
    if not before <= {wish.section for wish in whole} or len(choices) != 1:
        return list(wishes)
    [(rendition, languages)] = choices
    fresh = [section.id for section in new.sections if section.id not in before]
    known = {wish.section for wish in whole}
    return [
        *wishes,
        *(Wish(one, rendition, "", languages) for one in fresh if one not in known),
    ]


def _lists(manifest: Manifest) -> set[str]:
    return {blob.pieces for blob in manifest.blobs.values() if blob.pieces}


def _here_of_lists(manifest: Manifest, lacking: Iterable[str], db: Database) -> int:
    """What the lists that are here would cost: `needs.size` counts them with their files."""
    named = {manifest.blobs[one].pieces for one in lacking}
    return sum(manifest.blobs[one].cost for one in blobs.present(db) & named if one)


def _saved(db: Database, home: Path, new: Manifest, lacking: Iterable[str]) -> Iterator[int]:
    """Bytes of the files of `lacking` that are here in other files."""
    twins = Twins(db, home, new.id)
    for sha256 in lacking:
        listed = blobs.pieces(home, new.blobs[sha256])
        here = twins.places({piece for _, piece in listed})
        yield sum(length for length, piece in listed if piece in here)


# Piece lists that are not here


def _have_lists(
    db: Database, home: Path, sources: Sequence[Source], new: Manifest, lacking: Set[str]
) -> bool:
    """Have the piece lists of `lacking` here; whether that could be done."""
    present = blobs.present(db)
    named = {new.blobs[one].pieces for one in lacking} - present
    missing = sorted(one for one in named if one)
    if sum(new.blobs[one].cost for one in missing) > LISTS:
        return False
    try:
        for names in _by_pack(new, missing).values():
            _keep(db, home, _fetched(sources, new, names))
    except (ConnectionProblem, ContentProblem) as error:
        log.info("no exact price for %s: %s", new.id, error)
        return False
    return not (set(missing) - blobs.present(db))


def _by_pack(manifest: Manifest, names: Iterable[str]) -> dict[str, list[str]]:
    found: dict[str, list[str]] = {}
    for name in names:
        found.setdefault(manifest.blobs[name].pack or name, []).append(name)
    return found


def _fetched(
    sources: Sequence[Source], manifest: Manifest, names: Sequence[str]
) -> dict[str, bytes]:
    """Lists that lie in one pack, in one request; those that came as promised, by their hash."""
    found = [manifest.blobs[name] for name in names]
    pack = found[0].pack
    if pack:
        path, size = f"packs/{pack[:2]}/{pack}", manifest.packs[pack].size
        start = min(blob.offset for blob in found)
        stop = max(blob.offset + blob.length for blob in found)
    else:
        path, size = f"blobs/{names[0][:2]}/{names[0]}", found[0].size
        start, stop = 0, size
    if stop - start > LISTS or (pack and size > LISTS * 4):
        return {}
    for source in sources:
        if pack and not source.packs:
            continue
        try:
            with source.stretch(path, start, stop, size) as incoming:
                begin, data = incoming.start, b"".join(incoming.blocks)
        except ConnectionProblem as error:
            log.info("%s: %s", source.url, error)
            continue
        right: dict[str, bytes] = {}
        for name, blob in zip(names, found, strict=True):
            piece = member(name, blob) if pack else Piece(0, blob.size, name, blob.size)
            content = unpacked(data[piece.start - begin : piece.stop - begin], piece)
            if content is not None:
                right[name] = content
        if right:
            return right
    return {}


def _keep(db: Database, home: Path, lists: dict[str, bytes]) -> None:
    """Have lists as blobs, so that they are not paid twice."""
    folder = place.parts_folder(home)
    with writing(home, sum(map(len, lists.values()))):
        folder.mkdir(parents=True, exist_ok=True)
        files = {name: folder / f"{name}.list" for name in lists}
        for name, file in files.items():
            write_anew(file, lists[name])
        blobs.place(home, files)
    blobs.add_all(db, home, {name: len(data) for name, data in lists.items()})
