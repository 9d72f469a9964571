# SPDX-License-Identifier: Apache-2.0
"""A course in the language of whoever learns: its translations, and what stands in where one lacks.

Whatever is not there in the language that was asked for is there in the next one that fits, and at
last in the course's own; so no translation can make a course shorter than it is. Ids, kinds, order
and every rule of marking are the course's own in all languages: what a learner did counts whichever
they did it in. Pure.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from functools import singledispatch
from typing import Any

from msgspec.structs import replace

from player.course.manifest import (
    AnyActivity,
    Document,
    Links,
    Manifest,
    Page,
    Quiz,
    Section,
    Translation,
    Video,
)


def spoken_in(own: str, translated: Iterable[str]) -> tuple[str, ...]:
    """The languages a course can be read in: its own, then those of its translations, each once."""
    known = {one.lower(): one for one in (*reversed(list(translated)), own)}
    others = (one for one in known.values() if one.lower() != own.lower())
    return (own, *sorted(others, key=str.lower))


def languages(manifest: Manifest) -> tuple[str, ...]:
    """The languages a course can be read in, its own first."""
    return spoken_in(manifest.language, (one.language for one in manifest.translations))


def is_own(manifest: Manifest) -> bool:
    """Whether a course, as it is read, is in its own language."""
    read = manifest.language.lower()
    return all(one.language.lower() != read for one in manifest.translations)


def preferred(available: Sequence[str], wanted: Sequence[str], own: str) -> tuple[str, ...]:
    """Those of `available` to read in, the best first; the last one is `own`.

    For each wish, RFC 4647 §3.4 ("lookup"): the tag itself, then without its last parts; and behind
    these, what RFC 4647 leaves out, the same language of other regions: whoever reads `fr-CA` reads
    `fr-FR` before English.
    """
    found: dict[str, str] = {}
    for wish in wanted:
        for one in _fitting(available, wish):
            if one.lower() == own.lower():
                return (*found.values(), own)
            found.setdefault(one.lower(), one)
    return (*found.values(), own)


def _fitting(available: Sequence[str], wish: str) -> list[str]:
    tag = wish.replace("_", "-").lower()
    parts = tag.split("-")
    ranks = {"-".join(parts[:count]): len(parts) - count for count in range(len(parts), 0, -1)}
    beside = [one for one in available if one.lower().split("-")[0] == parts[0] and parts[0]]
    return sorted(beside, key=lambda one: (ranks.get(one.lower(), len(parts)), one.lower()))


def best(manifest: Manifest, wanted: Sequence[str]) -> str:
    """The language of the course for whoever wants these, the dearest first."""
    return preferred(languages(manifest), wanted, manifest.language)[0]


def spoken(manifest: Manifest, wanted: Sequence[str]) -> Manifest:
    """The course as whoever wants these languages reads it.

    Its `language` is the best that there is. Each activity says its own: one that is not translated
    is in another. Translations of what the course does not have, or of another kind than its own,
    are passed over. Blobs are those of the whole course, of all languages.
    """
    order = preferred(languages(manifest), wanted, manifest.language)[:-1]
    first: dict[str, Translation] = {}
    for one in manifest.translations:
        first.setdefault(one.language.lower(), one)
    chosen = [first[one.lower()] for one in order]
    if not chosen:
        return manifest
    said = _Said(manifest.language, chosen)
    return replace(
        manifest,
        language=chosen[0].language,
        title=said.words("title") or manifest.title,
        summary=said.words("summary") or manifest.summary,
        effort=said.words("effort") or manifest.effort,
        sections=tuple(map(said.section, manifest.sections)),
        paths=tuple(said.titled(one) for one in manifest.paths),
        meetings=tuple(said.titled(one) for one in manifest.meetings),
    )


class _Said:
    """What translations say, the dearest first."""

    def __init__(self, own: str, chosen: Sequence[Translation]) -> None:
        self._own, self._chosen = own, chosen
        self._titles: dict[str, str] = {}
        for one in reversed(chosen):
            self._titles |= {id_: title for id_, title in one.titles.items() if title.strip()}
        self._activities = [
            (one.language, {activity.id: activity for activity in reversed(one.activities)})
            for one in chosen
        ]

    def words(self, name: str) -> str:
        return next((said for one in self._chosen if (said := getattr(one, name).strip())), "")

    def titled(self, part: Any) -> Any:
        """A part of the course with its title."""
        title = self._titles.get(part.id)
        return replace(part, title=title) if title else part

    def section(self, section: Section) -> Section:
        sequences = (
            replace(self.titled(one), activities=tuple(map(self.activity, one.activities)))
            for one in section.sequences
        )
        title = self._titles.get(section.id, section.title)
        return replace(section, title=title, sequences=tuple(sequences))

    def activity(self, activity: AnyActivity) -> AnyActivity:
        for language, activities in self._activities:
            found = activities.get(activity.id)
            if found is not None and type(found) is type(activity):
                title = found.title.strip() or activity.title
                said = {"title": title, "language": found.language or language}
                return replace(activity, **said, **_content(found))
        return replace(activity, language=activity.language or self._own)


@singledispatch
def _content(_activity: Any) -> dict[str, Any]:
    """What is another one in each language; all the rest is the course's own."""
    return {}


def _fields(activity: AnyActivity, *names: str) -> dict[str, Any]:
    return {name: getattr(activity, name) for name in ("resources", *names)}


@_content.register
def _(activity: Page) -> dict[str, Any]:
    return _fields(activity, "blob")


@_content.register
def _(activity: Document) -> dict[str, Any]:
    return _fields(activity, "blob", "pages")


@_content.register
def _(activity: Links) -> dict[str, Any]:
    return _fields(activity, "links", "note")


@_content.register
def _(activity: Quiz) -> dict[str, Any]:
    return _fields(activity, "blob")


@_content.register
def _(activity: Video) -> dict[str, Any]:
    seen = "duration", "renditions", "slides", "poster", "chapters", "turns"
    return _fields(activity, *seen, "captions", "transcripts")
