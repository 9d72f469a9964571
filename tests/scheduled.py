# SPDX-License-Identifier: Apache-2.0
"""Courses with dates and needs, in a line each: there is nothing in them but their rules.

course(week("one", page("a")), week("two", page("b", "a"), opens_after=7.0), starts="2026-03-02")
"""

from __future__ import annotations

from typing import Any

from player.course.manifest import AnyActivity, Licence, Manifest, Page, Section, Sequence

BLOB = "0" * 64


def page(id_: str, *needs: str) -> Page:
    """A page that needs others."""
    return Page(id=id_, title=id_, blob=BLOB, needs=needs)


def week(id_: str, *activities: AnyActivity, **rules: Any) -> Section:
    """A section of one sitting; a page of its own where none is given."""
    inside = activities or (page(f"{id_}-page"),)
    return Section(id_, id_.title(), (Sequence(f"{id_}-sitting", "", inside),), **rules)


def course(*weeks: Section, **more: Any) -> Manifest:
    """A course of sections."""
    facts: dict[str, Any] = {
        "format": "1.0",
        "kind": "course",
        "id": "a-course",
        "version": 1,
        "title": "A course",
        "language": "en",
        "summary": "",
        "authors": (),
        "licence": Licence("CC-BY-4.0"),
        "issued": "2026-01-01T00:00:00Z",
        "blobs": {},
    }
    return Manifest(sections=weeks, **{**facts, **more})
