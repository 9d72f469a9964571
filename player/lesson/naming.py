# SPDX-License-Identifier: Apache-2.0
"""What an act says about its activity, so that it stands alone when the course is gone."""

from __future__ import annotations

from typing import TypedDict

from player.course.manifest import AnyActivity, Unknown
from player.journal.journal import Where
from player.store.database import Database


class Named(TypedDict):
    """The fields that every act has: the activity's title and the language that it is in."""

    name: str
    language: str


def named(db: Database, where: Where, activity: AnyActivity) -> Named:
    """Return the title of `activity` and its language, else its course's: '' where nobody knows."""
    if activity.language:
        return {"name": activity.title, "language": activity.language}
    query = "SELECT language FROM courses WHERE id = ? AND version = ?"
    row = db.execute(query, (where.course, where.version)).fetchone()
    return {"name": activity.title, "language": row[0] if row else ""}


def type_of(activity: AnyActivity) -> str:
    """Return its kind as the course's format has it: `page`, `video`, `exam` …"""
    if isinstance(activity, Unknown):
        return activity.kind
    return str(activity.__struct_config__.tag)
