# SPDX-License-Identifier: Apache-2.0
"""The manifests that are here, and which of its versions a course is.

    keep ─► current: shown and played
    keep(coming=True) ─► coming: being fetched beside it ─► settle ─► current, the old one past

Nobody takes an update away from a learner, and nobody gives it unasked: while something of a course
is here, a version becomes the course only once it is whole. A manifest is kept as its bytes, so
that fields of a later minor version are not lost.
"""

from __future__ import annotations

from collections.abc import Collection
from functools import lru_cache

import msgspec

from player.clock import stamp, utc_now
from player.course.catalogue import Words
from player.course.manifest import Licence, Manifest, decode_manifest
from player.store import blobs
from player.store.database import Database, translated

# By the bytes themselves: right for every home and version, and reading them is the cheap part.
decoded = lru_cache(maxsize=8)(decode_manifest)


class Outside(msgspec.Struct, frozen=True, omit_defaults=True):
    """What the library shows of a course beside its title: of a manifest, or of an offer."""

    licence: Licence = Licence("")
    translations: tuple[Words, ...] = ()


MOST_LANGUAGES = 100
"""As many as the library lists of a course, so that none makes it slow."""


def outside(manifest: Manifest) -> Outside:
    """What the library shows of a course that is here."""
    translations = (
        Words(one.language, one.title, one.summary)
        for one in manifest.translations[:MOST_LANGUAGES]
    )
    return Outside(manifest.licence, tuple(translations))


def keep(
    db: Database,
    data: bytes,
    repository: str,
    trust: str,
    *,
    coming: bool = False,
    aside: bool = False,
) -> Manifest:
    """Keep a verified manifest; return the course that is now kept under its id and version.

    Versions never change, so the same one twice is kept once. Where somebody published two under
    one number, the later counts, but nobody replaces what a trusted publisher signed. A version
    before the current one is kept, and changes nothing else.

    Args:
        db: the database.
        data: the bytes of the manifest.
        repository: the URL it came from.
        trust: 'trusted', 'untrusted' or 'unsigned', as its catalogue was.
        coming: it is an update, to be fetched beside the current version; where nothing of that is
            here or wished for, it becomes current at once.
        aside: it is only looked at, and becomes nothing.

    Raises:
        Malformed, NewerFormat: nothing was kept.
    """
    manifest = decoded(data)
    row = {
        "id": manifest.id,
        "version": manifest.version,
        "title": manifest.title,
        "language": manifest.language,
        "summary": manifest.summary,
        "about": msgspec.json.encode(outside(manifest)).decode(),
        "activities": sum(1 for _ in manifest.activities()),
        "repository": repository,
        "trust": trust,
        "manifest": data,
        "added_at": stamp(utc_now()),
    }
    names = ", ".join(row)
    values = ", ".join(f":{name}" for name in row)
    changes = ", ".join(f"{name} = excluded.{name}" for name in row)
    query = (
        f"INSERT INTO courses ({names}) VALUES ({values}) "  # noqa: S608 - names of ours
        f"ON CONFLICT DO UPDATE SET {changes} "
        "WHERE courses.trust <> 'trusted' OR excluded.trust = 'trusted'"
    )
    with translated(db.path), db.atomic():
        db.execute(query, row)
        if not aside:
            _take_its_place(db, manifest, coming=coming)
    return course(db, manifest.id, manifest.version) or manifest


def _take_its_place(db: Database, manifest: Manifest, *, coming: bool) -> None:
    now = course(db, manifest.id)
    if now is not None and manifest.version <= now.version:
        return
    if now is None or not coming or not _is_used(db, now):
        _make_current(db, now, manifest)
        return
    _set(db, manifest.id, "coming", manifest.version)
    _wish_for_new_sections(db, now, manifest)


def _is_used(db: Database, manifest: Manifest) -> bool:
    """Whether something of a course is here or wished for."""
    query = "SELECT EXISTS (SELECT 1 FROM wishes WHERE course = ?)"
    wished = db.execute(query, [manifest.id]).fetchone()[0]
    return bool(wished) or not blobs.present(db).isdisjoint(manifest.blobs)


def course(db: Database, course: str, version: int | None = None) -> Manifest | None:
    """The course of that id as it is here: its current version unless one is named."""
    data = manifest_bytes(db, course, version)
    return decoded(data) if data is not None else None


def manifest_bytes(db: Database, course: str, version: int | None = None) -> bytes | None:
    """The manifest as it came; None where it is not here. See `course`."""
    given: list[object] = [course]
    query = "SELECT manifest FROM courses WHERE id = ? AND stage = 'current'"
    if version is not None:
        query = "SELECT manifest FROM courses WHERE id = ? AND version = ?"
        given = [course, version]
    row = db.execute(query, given).fetchone()
    return bytes(row[0]) if row else None


def coming(db: Database, course: str) -> Manifest | None:
    """The update of a course that was agreed to and is not whole yet."""
    data = coming_bytes(db, course)
    return decoded(data) if data is not None else None


def coming_bytes(db: Database, course: str) -> bytes | None:
    """Its manifest as it came. See `coming`."""
    query = "SELECT manifest FROM courses WHERE id = ? AND stage = 'coming'"
    row = db.execute(query, [course]).fetchone()
    return bytes(row[0]) if row else None


def is_as_then(db: Database, course: str, activity: str, now: int, then: Collection[int]) -> bool:
    """Whether an activity has in version `now` the file that it had in one of the versions `then`.

    Of a version whose manifest is not here nothing is known: it counts as another.
    """
    if now in then:
        return True
    file = _file(db, course, activity, now)
    return bool(file) and any(_file(db, course, activity, one) == file for one in then)


def _file(db: Database, name: str, activity: str, version: int) -> str:
    manifest = course(db, name, version)
    return str(getattr(manifest.find(activity) if manifest else None, "blob", ""))


def goal(db: Database, course: str) -> Manifest | None:
    """The version that downloads work towards: the one that is coming, else the current one."""
    return coming(db, course) or _current(db, course)


def settle(db: Database, course: str) -> Manifest | None:
    """Have the coming version as the course; return it, or None where none was coming.

    Wishes stay, except for what the course no longer has. Whoever calls it has seen that everything
    wished for is here; the files of the old version stay until `player.store.space` frees them.
    """
    with translated(db.path), db.atomic():
        new = coming(db, course)
        if new is not None:
            _make_current(db, _current(db, course), new)
    return new


def give_up_coming(db: Database, course: str) -> None:
    """Have the update come no longer; what came of it stays until space is asked for."""
    with translated(db.path), db.atomic():
        now, new = _current(db, course), coming(db, course)
        if new is not None:
            _set(db, course, "past", new.version)
        if now is not None and new is not None:
            _drop_wishes_beyond(db, now)


def _current(db: Database, name: str) -> Manifest | None:
    return course(db, name)


def _make_current(db: Database, old: Manifest | None, new: Manifest) -> None:
    if old is not None:
        _wish_for_new_sections(db, old, new)
    _set(db, new.id, "current", new.version)
    # What was coming and is older than this, nobody waits for any more
    db.execute(
        "UPDATE courses SET stage = 'past' WHERE id = ? AND stage = 'coming' AND version < ?",
        [new.id, new.version],
    )
    _drop_wishes_beyond(db, coming(db, new.id) or new)


def _set(db: Database, course: str, stage: str, version: int) -> None:
    """Give one version a stage, which no other version of the course then has."""
    if stage != "past":
        db.execute("UPDATE courses SET stage = 'past' WHERE id = ? AND stage = ?", [course, stage])
    db.execute(
        "UPDATE courses SET stage = ? WHERE id = ? AND version = ?", [stage, course, version]
    )


def _wish_for_new_sections(db: Database, old: Manifest, new: Manifest) -> None:
    """Whoever wished for all of a course, in one rendition, wishes for its new sections too."""
    before = {section.id for section in old.sections}
    rows = db.execute(
        "SELECT section, rendition, languages, held FROM wishes WHERE course = ? AND activity = ''",
        [old.id],
    ).fetchall()
    choices = {tuple(choice) for _, *choice in rows}
    if not before <= {section for section, *_ in rows} or len(choices) != 1:
        return
    [(rendition, languages, held)] = choices
    end = db.execute("SELECT coalesce(max(place), 0) FROM wishes").fetchone()[0]
    at = stamp(utc_now())
    fresh = [section.id for section in new.sections if section.id not in before]
    db.conn.executemany(
        "INSERT OR IGNORE INTO wishes"
        " (course, section, rendition, languages, held, place, asked_at)"
        " VALUES (?, ?, ?, ?, ?, ?, ?)",
        [
            (old.id, section, rendition, languages, held, end + number, at)
            for number, section in enumerate(fresh, 1)
        ],
    )


def _drop_wishes_beyond(db: Database, manifest: Manifest) -> None:
    """Wish for nothing that a course does not have."""
    known = {(section.id, "") for section in manifest.sections} | {
        (section.id, activity.id)
        for section in manifest.sections
        for activity in section.activities()
    }
    rows = db.execute("SELECT section, activity FROM wishes WHERE course = ?", [manifest.id])
    gone = [tuple(row) for row in rows.fetchall() if tuple(row) not in known]
    db.conn.executemany(
        "DELETE FROM wishes WHERE course = ? AND section = ? AND activity = ?",
        [(manifest.id, *one) for one in gone],
    )
