# SPDX-License-Identifier: Apache-2.0
"""What an export says about the course as a whole: title, authors, licence, summary.

Only the settings named here are read, so that no key, secret or e-mail address of a platform
(`lti_passports`, certificates, invitations) can come along.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from player.course.fragment import words
from player.publish.olx.dates import of_course
from player.publish.olx.desk import PICTURES
from player.publish.olx.model import slug
from player.publish.olx.xml import decode

if TYPE_CHECKING:
    from collections.abc import Mapping

    from player.publish.olx.desk import Desk
    from player.publish.olx.model import Block

UNKNOWN = "unknown"
_SUMMARY = 300
_BOILERPLATE = "Include your long course description here"


@dataclass(frozen=True, slots=True)
class About:
    """The `[course]` table."""

    id: str
    title: str
    language: str
    summary: str
    authors: tuple[tuple[str, str], ...]
    licence: str
    image: str | None
    dates: Mapping[str, str]
    adapted: str = ""


_CHANGED = {
    "en": "Imported from an Open edX export; {} of its parts were left out or changed.",
    "fr": "Repris d’un export Open edX\u00a0: {} parties laissées de côté ou modifiées.",
}


def changed_here(language: str, parts: int) -> str:
    """What most licences want to be said of a changed version (CC BY 4.0 §3(a)(1)(B))."""
    return _CHANGED.get(language[:2].lower(), _CHANGED["en"]).format(parts)


def about(course: Block, desk: Desk) -> About:
    """Read the facts. The course picture, if there is one, is copied into the course."""
    settings = course.settings
    run = [settings.get(key, "") for key in ("org", "course")] + [course.name]
    title = settings.get("display_name") or _page("title", desk) or settings.get("course", "Course")
    return About(
        id=slug("-".join(filter(None, run))),
        title=title,
        language=desk.language,
        summary=_summary(desk) or title,
        authors=_authors(settings.get("instructor_info", ""), settings),
        licence=licence(settings.get("license", "")),
        image=_image(settings.get("course_image", ""), desk),
        dates=of_course(course, desk),
    )


def language_of(course: Block) -> str:
    """The language as BCP 47, English where none is given: Open edX's own default."""
    code = course.settings.get("language", "").replace("_", "-")
    return code if re.fullmatch(r"[A-Za-z]{2,3}(-[A-Za-z0-9]{1,8})*", code) else "en"


def licence(text: str) -> str:
    """Open edX's licence, `creative-commons: ver=4.0 BY NC SA`, as SPDX: `CC-BY-NC-SA-4.0`."""
    kind, _, options = text.partition(":")
    if kind.strip() == "all-rights-reserved":
        return "LicenseRef-All-Rights-Reserved"
    if kind.strip() != "creative-commons":
        return UNKNOWN
    version = re.search(r"ver=([\d.]+)", options)
    given = {word.upper() for word in options.split()}
    if "ZERO" in given:
        return "CC0-1.0"
    parts = [part for part in ("BY", "NC", "SA", "ND") if part in given]
    return "-".join(["CC", *(parts or ["BY"]), version[1] if version else "4.0"])


def _authors(instructors: str, settings: object) -> tuple[tuple[str, str], ...]:
    listed = decode(instructors)
    people = listed.get("instructors") if isinstance(listed, dict) else None
    found = [
        (str(person["name"]), str(person.get("title") or person.get("organization") or ""))
        for person in (people if isinstance(people, list) else [])
        if isinstance(person, dict) and person.get("name")
    ]
    if found or not isinstance(settings, dict):
        return tuple(found)
    return ((settings.get("display_organization") or settings.get("org") or "unknown", ""),)


def _summary(desk: Desk) -> str:
    text = _page("short_description", desk) or _page("overview", desk)
    text = text.removeprefix("About This Course").strip()
    if text.startswith(_BOILERPLATE):
        return ""
    return text if len(text) <= _SUMMARY else text[:_SUMMARY].rsplit(" ", 1)[0] + "…"


def _page(name: str, desk: Desk) -> str:
    """A page of `about/` as text on one line."""
    file = desk.files.get(f"about/{name}.html")
    if file is None:
        return ""
    markup = re.sub(r"<", " <", file.read_text("utf-8-sig", errors="replace"))
    return words(markup)


def _image(name: str, desk: Desk) -> str | None:
    found = desk.named(name) if name else None
    if found is None or "." + found.rpartition(".")[2].lower() not in PICTURES:
        return None
    return desk.carry(found, "images")
