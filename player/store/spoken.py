# SPDX-License-Identifier: Apache-2.0
"""The courses that are here, in the language in which they are read (`player.course.languages`).

The journal says which one was chosen; without a choice it is the course's own. So the window, the
command line and a download that goes on tomorrow agree, whatever the system speaks where they run.
"""

from __future__ import annotations

from functools import lru_cache

from player.course import languages
from player.course.manifest import Manifest
from player.store import versions
from player.store.database import Database

# As in `versions.decoded`: by the bytes themselves
_said = lru_cache(maxsize=8)(
    lambda data, language: languages.spoken(versions.decoded(data), (language,))
)

_CHOSEN = """
    SELECT payload ->> '$.spoken' FROM events
    WHERE learner = (SELECT id FROM learners ORDER BY rowid LIMIT 1)
    AND kind = 'language_chosen' AND course = ? ORDER BY seq DESC LIMIT 1
"""


def language(db: Database, course: str) -> str:
    """The language that was chosen last for a course; '' for none."""
    row = db.execute(_CHOSEN, [course]).fetchone()
    return str(row[0] or "") if row else ""


def said(data: bytes, language: str) -> Manifest:
    """The course of these bytes in a language, or what comes nearest to it."""
    return _said(data, language) if language else versions.decoded(data)


def course(db: Database, course: str) -> Manifest | None:
    """The current version of a course; None where it is not here."""
    data = versions.manifest_bytes(db, course)
    return said(data, language(db, course)) if data is not None else None


def coming(db: Database, course: str) -> Manifest | None:
    """The update of a course that was agreed to and is not whole yet."""
    data = versions.coming_bytes(db, course)
    return said(data, language(db, course)) if data is not None else None


def goal(db: Database, name: str) -> Manifest | None:
    """The version that downloads work towards. See `versions.goal`."""
    return coming(db, name) or course(db, name)


def in_it(db: Database, manifest: Manifest) -> Manifest:
    """Any version of a course, as the one that is here is read."""
    chosen = language(db, manifest.id)
    return languages.spoken(manifest, (chosen,)) if chosen else manifest
